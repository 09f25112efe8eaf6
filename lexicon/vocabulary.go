package lexicon

import (
	"encoding/binary"
	"hash/maphash"
)

// vocabulary numbers the words that the lexicon knows: an open-addressed
// table, since every token of every post is looked up in it. The zero value
// is empty and ready.
type vocabulary struct {
	slots []slot
	words []string // by Word; words[0] is ""
}

// slot holds a word's number, 0 where it is free, and its key.
type slot struct {
	bytes  uint64 // of the key
	length uint8
	word   Word
}

// key is a word, short ones as they are: two words of up to eight bytes have
// one key only if they are the same. A longer word has its hash.
type key struct {
	bytes  uint64
	length uint8 // 0 for a longer word
}

// ShortWord is the most bytes of a word that [Lexicon.Short] finds.
const ShortWord = 8

func keyOf(norm string) key {
	n := len(norm)
	switch {
	case n > ShortWord:
		return key{bytes: maphash.String(seed, norm)}
	case n >= 4: // the first four bytes and the last, which may overlap
		return key{bytes: uint64(binary.LittleEndian.Uint32([]byte(norm))) | uint64(binary.LittleEndian.Uint32([]byte(norm[n-4:])))<<(8*(n-4)), length: uint8(n)}
	case n > 0:
		return key{bytes: uint64(norm[0]) | uint64(norm[n/2])<<(8*(n/2)) | uint64(norm[n-1])<<(8*(n-1)), length: uint8(n)}
	}
	return key{}
}

// hash returns where among the slots a key is looked for first.
func (k key) hash() uint64 {
	h := (k.bytes ^ uint64(k.length)<<56) * 0x9e3779b97f4a7c15
	return h ^ h>>32
}

var seed = maphash.MakeSeed() // orders the slots only, never the words

// find returns the number of a word, 0 where it is not known.
func (v *vocabulary) find(norm string) Word {
	if norm == "" {
		return 0
	}
	return v.findKey(keyOf(norm), norm)
}

// findKey is find for a word whose key is known; of a short one it needs no more.
func (v *vocabulary) findKey(k key, norm string) Word {
	if len(v.slots) == 0 {
		return 0
	}
	mask := uint64(len(v.slots) - 1)
	for i := k.hash(); ; i++ {
		s := &v.slots[i&mask]
		if s.word == 0 {
			return 0
		}
		if s.bytes == k.bytes && s.length == k.length && (k.length != 0 || v.words[s.word] == norm) {
			return s.word
		}
	}
}

// add returns the number of a word, a new one where it had none.
func (v *vocabulary) add(norm string) Word {
	if w := v.find(norm); w != 0 || norm == "" {
		return w
	}
	if len(v.words) == 0 {
		v.words = append(make([]string, 0, 1<<14), "")
	}
	w := Word(len(v.words))
	v.words = append(v.words, norm)
	if 4*len(v.words) > 3*len(v.slots) {
		v.slots = make([]slot, max(1<<15, 2*len(v.slots))) // the embedded files need that many
		for w := range v.words[1:] {
			v.place(Word(w + 1))
		}
	} else {
		v.place(w)
	}
	return w
}

func (v *vocabulary) place(w Word) {
	k := keyOf(v.words[w])
	mask := uint64(len(v.slots) - 1)
	i := k.hash()
	for v.slots[i&mask].word != 0 {
		i++
	}
	v.slots[i&mask] = slot{k.bytes, k.length, w}
}

// Word returns the number of a word in the form that token.Token.Norm has, 0
// where the lexicon does not know it.
func (l *Lexicon) Word(norm string) Word { return l.vocabulary.find(norm) }

// Short is Word for one of 1 to ShortWord bytes that are at hand as a number,
// the first byte the lowest and none set beyond the last.
func (l *Lexicon) Short(bytes uint64, length int) Word {
	return l.vocabulary.findKey(key{bytes, uint8(length)}, "")
}

// closedClass are the words of grammar. They are always in the vocabulary, so
// that every stage can tell them by their numbers.
const closedClass = `the a an this that these those all any both each every either neither some no none another other such what which whose
	i me my mine myself we us our ours ourselves you your yours yourself u ur he him his himself she her hers herself it its itself they them their theirs themselves who whom
	one anyone everyone someone nobody anybody everybody somebody anything everything something nothing
	is are was were be been being am has have had having do does did done will would shall should can could may might must ought 's 're 've 'll 'd 'm n't not never
	to of in on at by for with from into onto upon about against toward towards over under between among behind around before after since until through during without within than as like
	and but or nor so yet because if unless when whenever while although though where whereas whether then there here now just also still only very too really
	, . ; : ! ? ... -- - ( ) [ ] / & " '
	want wants wanted need needs keep keeps make makes let lets help see say says tell tells told give gives gave show ask leave go goes went get gets got take takes took made join send sell bring brings
	saw met meet meets call called`
