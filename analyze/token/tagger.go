package token

import (
	_ "embed"
	"hash/maphash"
	"math/bits"
	"strings"
	"sync"
	"unsafe"
)

//go:generate go run generate/main.go

//go:embed tags.bin
var tagData string

// Tagger gives tokens their parts of speech. It is the averaged perceptron of
// github.com/jdkato/prose (after Matthew Honnibal's), with its weights and,
// on the same words, its tags; laid out to be read in order. The weights are
// loaded at the first use and shared. The zero value is ready, for the tokens of
// one lexicon and one goroutine at a time.
type Tagger struct {
	model *tagModel
	words []wordForm
	lower []byte
	rows  [][kinds]*scores // by text, after none, and kind of feature; nil where they are not unpacked yet
	room  []scores         // for more rows
	known []known          // by number of the word in the lexicon
}

// wordForm is what the features of one word and its neighbours look at.
type wordForm struct {
	word   int32 // the normalised word's number, −1 where no feature knows it
	suffix int32 // the number of the normalised word's last three bytes, or −1
	ending int32 // the same of the word as written
	first  byte
	tag    Tag // where it needs no context
}

// Tag sets the Tag of the tokens of one sentence of text.
func (t *Tagger) Tag(text string, tokens []Token) {
	if t.model == nil {
		t.model = loadTagModel()
		t.rows = make([][kinds]*scores, 1+len(t.model.texts))
	}
	m := t.model
	// Two words stand before and after the sentence.
	t.words = append(t.words[:0], m.startBeforeLast, m.startLast)
	for i := range tokens {
		t.words = append(t.words, t.form(text, &tokens[i]))
	}
	t.words = append(t.words, m.endFirst, m.endSecond)
	one, two := tagStart, tagStart2
	for i := range tokens {
		tag := t.words[i+2].tag
		if tag == NoTag {
			tag = t.predict(t.words[i:i+5], one, two)
		}
		tokens[i].Tag = tag
		one, two = tag, one
	}
}

// surface is the word as the tagger's features see it.
func surface(text string, t *Token) string {
	word := t.Of(text)
	if t.Flags&Punct != 0 {
		switch {
		case t.Norm != `"`:
			return t.Norm
		case t.Flags&(Spaced|Line) != 0: // as the treebank writes them
			return "``"
		}
		return "''"
	}
	if t.Norm == "n't" || t.Norm[0] == '\'' { // straight, and whole
		return t.Norm
	}
	return word
}

// form returns what the features know of a token by itself, with the tag that it
// has in any place, if there is one.
func (t *Tagger) form(text string, token *Token) wordForm {
	word := surface(text, token)
	f := t.lookup(word, token)
	switch {
	case token.Flags&(Emoticon|Emoji) != 0:
		f.tag = SYM
	case word == "-":
		f.tag = Dash
	case token.Flags&(URL|Handle) != 0 || word[0] == '@' || 3 < len(word) && len(word) < 256 && strings.IndexByte(word, '.') > 0 && linked(word):
		f.tag = NN
	case word == "*" || word == "0" || treebankMark(word):
		f.tag = Dash
	}
	return f
}

// lookup finds the numbers of the features of a token's word.
func (t *Tagger) lookup(word string, token *Token) wordForm {
	m := t.model
	f := wordForm{first: word[0]}
	hyphen := word[0] != '-' && strings.IndexByte(word, '-') > 0
	switch {
	case hyphen:
		f.word, f.suffix = m.hyphen, m.suffixOf[m.hyphen]
	case year(word):
		f.word, f.suffix = m.year, m.suffixOf[m.year]
	case class[word[0]]&isDigit != 0:
		f.word, f.suffix = m.digits, m.suffixOf[m.digits]
	default:
		lower := t.toLower(word)
		if token.Word != 0 && lower == token.Norm {
			f.word, f.suffix = t.numbered(token)
		} else {
			f.word, f.suffix = m.wordAndSuffix(lower)
		}
		if lower == word {
			f.ending = f.suffix
			if f.word >= 0 {
				f.tag = m.tagOf[f.word]
			}
			return f
		}
	}
	f.ending = m.find(ending(word))
	if known := m.find(word); known >= 0 {
		f.tag = m.tagOf[known]
	}
	return f
}

// numbered finds the numbers of a word of the lexicon and of its suffix. It
// keeps what it has found.
func (t *Tagger) numbered(token *Token) (word, suffix int32) {
	if n := int(token.Word); n >= len(t.known) {
		t.known = append(t.known, make([]known, n+1-len(t.known))...)
	}
	k := &t.known[token.Word]
	if !k.found {
		k.found = true
		k.word, k.suffix = t.model.wordAndSuffix(token.Norm)
	}
	return k.word, k.suffix
}

// known is the numbers of a word and of its suffix.
type known struct {
	word, suffix int32
	found        bool
}

// toLower returns the word in lower case; it is valid until the next call.
func (t *Tagger) toLower(word string) string {
	var seen uint8
	for i := range len(word) {
		seen |= class[word[i]]
	}
	if seen&isHigh != 0 {
		return strings.ToLower(word)
	}
	if seen&isUpper == 0 {
		return word
	}
	t.lower = t.lower[:0]
	for i := range len(word) {
		b := word[i]
		if class[b]&isUpper != 0 {
			b |= 0x20
		}
		t.lower = append(t.lower, b)
	}
	return unsafe.String(unsafe.SliceData(t.lower), len(t.lower))
}

func ending(word string) string { return word[max(0, len(word)-3):] }

// year reports whether the word is four bytes that strconv.Atoi reads.
func year(word string) bool {
	if len(word) != 4 || class[word[3]]&isDigit == 0 {
		return false
	}
	first := class[word[0]]&isDigit != 0 || word[0] == '+' || word[0] == '-'
	return first && class[word[1]]&class[word[2]]&isDigit != 0
}

// treebankMark reports whether prose takes a word for a sign of the treebank,
// such as -LRB-.
func treebankMark(word string) bool {
	if len(word) != 5 || word[0] != '-' || word[4] != '-' {
		return false
	}
	return class[word[1]]&class[word[2]]&class[word[3]]&isUpper != 0
}

// linked reports whether prose takes a word for a link: something lower case,
// a full stop, and at least two bytes more of which the last is no mark.
func linked(word string) bool {
	for i := 1; i < len(word); i++ {
		if word[i] != '.' {
			continue
		}
		b := word[i-1]
		if class[b]&(isLower|isDigit) == 0 && b != '.' && b != '-' {
			continue
		}
		n := 0
		for _, r := range word[i+1:] {
			if r == '(' || r == ')' || r == '<' || r == '>' {
				break
			}
			if n++; n >= 2 && !strings.ContainsRune("!()[]{};:'\".,<>?", r) {
				return true
			}
		}
	}
	return false
}

const (
	tagStart  = Dash + 1 // stands before a sentence's first word
	tagStart2 = Dash + 2 // and before that
	contexts  = int(tagStart2) + 1
	tagStates = 64 // a power of two above every tag
)

// fileTag is the tag that tags.bin numbers so: the model's own from 0, then
// the two that stand before a sentence.
func fileTag(n int) Tag {
	if t := Tag(n + 1); t < numTags {
		return t
	}
	return Tag(n+1) - numTags + tagStart
}

// tagModel is the weights, as lists of (weight in thousandths, tag) that are
// added up for the tags.
type tagModel struct {
	seed  maphash.Seed
	texts []string
	slots []int32 // open-addressed: number of the text + 1

	tagOf    []Tag   // of words that have but one tag
	suffixOf []int32 // number of the text's last three bytes, or −1

	context []scores // by the tags of the two words before: the bias and all that they weigh
	prefix  [256]scores
	byText  [kinds][]list // by kind of feature and the text's number
	mask    []uint64      // by word: the tags before it that have a list in pairs
	base    []int32       // by word: its first list in pairs
	pairs   []list        // tag before and word
	weights []int32       // weight << 6 | tag

	hyphen, year, digits                            int32
	startBeforeLast, startLast, endFirst, endSecond wordForm
}

// list is a range of weights.
type list struct{ from, to uint32 }

// The kinds of features that look at a text.
const (
	endingHere = iota
	suffixBefore
	suffixAfter
	wordHere
	wordBefore
	wordBefore2
	wordAfter
	wordAfter2
	kinds // is how many there are
)

func (m *tagModel) find(text string) int32 {
	h := maphash.String(m.seed, text)
	mask := uint64(len(m.slots) - 1)
	for i := h; ; i++ {
		n := m.slots[i&mask] - 1
		if n < 0 || m.texts[n] == text {
			return n
		}
	}
}

// wordAndSuffix finds the numbers of a text as a normalised word and of its
// suffix, −1 where no feature knows them.
func (m *tagModel) wordAndSuffix(text string) (word, suffix int32) {
	word = m.find(text)
	if word >= 0 {
		return word, m.suffixOf[word]
	}
	return word, m.find(ending(text))
}

// predict returns the likeliest tag of the word in the middle of five.
func (t *Tagger) predict(words []wordForm, one, two Tag) Tag {
	m, here := t.model, &words[2]
	context, prefix := &m.context[int(one)*contexts+int(two)], &m.prefix[here.first]
	ending, word := t.row(endingHere, here.ending), t.row(wordHere, here.word)
	suffixBefore, suffixAfter := t.row(suffixBefore, words[1].suffix), t.row(suffixAfter, words[3].suffix)
	before, before2 := t.row(wordBefore, words[1].word), t.row(wordBefore2, words[0].word)
	after, after2 := t.row(wordAfter, words[3].word), t.row(wordAfter2, words[4].word)
	var sum scores
	for i := range sum {
		sum[i] = context[i] + prefix[i] + ending[i] + word[i] + suffixBefore[i] + suffixAfter[i] + before[i] + before2[i] + after[i] + after2[i]
	}
	if w := here.word; w >= 0 {
		if bit := uint64(1) << one; m.mask[w]&bit != 0 {
			sum.add(m.weights, m.pairs[int(m.base[w])+bits.OnesCount64(m.mask[w]&(bit-1))])
		}
	}
	return sum.best()
}

// row returns the weights of a kind of feature of a text, 0 where the text is
// none. What it has unpacked once it keeps: words come again and again.
func (t *Tagger) row(kind int, text int32) *scores {
	if row := t.rows[text+1][kind]; row != nil {
		return row
	}
	return t.unpack(kind, text)
}

// unpack is row for a row that is not kept yet.
func (t *Tagger) unpack(kind int, text int32) *scores {
	row := &noScores
	if text >= 0 {
		if l := t.model.byText[kind][text]; l.from != l.to {
			if len(t.room) == 0 {
				t.room = make([]scores, 256)
			}
			row = &t.room[0]
			t.room = t.room[1:]
			row.add(t.model.weights, l)
		}
	}
	t.rows[text+1][kind] = row
	return row
}

// scores are a sum of weights for each tag: three in a word, so that one
// addition adds three. A negative one borrows from the next, which gives it
// back as soon as the sum is read.
type scores [(int(numTags) - 1) / lanes]uint64

const (
	lanes    = 3  // scores in a word
	laneBits = 21 // of a score: 1,048 on either side in thousandths
	lane     = 1<<laneBits - 1
)

var noScores scores

// add adds the weights of a list.
func (s *scores) add(weights []int32, l list) {
	for _, w := range weights[l.from:l.to] {
		at := w&(tagStates-1) - int32(NumberSign)
		s[at/lanes] += uint64(int64(w>>6)) << (at % lanes * laneBits)
	}
}

// best returns the tag of the highest score, the first of equal ones.
func (s *scores) best() Tag {
	const half = 1 << (laneBits - 1) // makes every score positive
	highest := uint64(0)
	for i, word := range s {
		word += half | half<<laneBits | half<<(2*laneBits)
		first := uint64(i*lanes) ^ (tagStates - 1) // a later tag is a smaller number
		highest = max(highest, (word&lane)<<6|first, (word>>laneBits&lane)<<6|(first-1), (word>>(2*laneBits)&lane)<<6|(first-2))
	}
	return NumberSign + Tag(highest&(tagStates-1)^(tagStates-1))
}

var loadTagModel = sync.OnceValue(readTagModel)

// readTagModel reads tags.bin, which the generate program wrote; the tests
// read it too, so that what is embedded is known to be whole.
func readTagModel() *tagModel {
	r := tagReader{data: tagData}
	m := &tagModel{seed: maphash.MakeSeed(), weights: r.weights()}
	for range r.number() { // the tags' names, which a test compares
		r.text()
	}
	m.texts = make([]string, r.number())
	for i := range m.texts {
		m.texts[i] = r.text()
	}
	m.slots = make([]int32, 1<<bits.Len(uint(2*len(m.texts))))
	for i, text := range m.texts {
		at := maphash.String(m.seed, text)
		mask := uint64(len(m.slots) - 1)
		for m.slots[at&mask] != 0 {
			at++
		}
		m.slots[at&mask] = int32(i + 1)
	}
	m.suffixOf = make([]int32, len(m.texts))
	for i, text := range m.texts {
		m.suffixOf[i] = m.find(ending(text))
	}
	m.tagOf = make([]Tag, len(m.texts))
	for range r.number() {
		word := r.number()
		m.tagOf[word] = Tag(r.number() + 1)
	}

	bias := r.list()
	var before, before2 [tagStates]list
	r.lists(func(key int, l list) { before[fileTag(key)] = l })
	r.lists(func(key int, l list) { before2[fileTag(key)] = l })
	const fileTags = int(numTags) - 1 + 2 // the model's and the two that stand before a sentence
	both := make([]list, tagStates*tagStates)
	r.lists(func(key int, l list) {
		both[int(fileTag(key/fileTags))*tagStates+int(fileTag(key%fileTags))] = l
	})
	m.context = make([]scores, contexts*contexts)
	for one := Tag(0); one <= tagStart2; one++ {
		for two := Tag(0); two <= tagStart2; two++ {
			sum := &m.context[int(one)*contexts+int(two)]
			sum.add(m.weights, bias)
			sum.add(m.weights, before[one])
			sum.add(m.weights, before2[two])
			sum.add(m.weights, both[int(one)*tagStates+int(two)])
		}
	}
	r.lists(func(key int, l list) { m.prefix[key].add(m.weights, l) })
	for kind := range m.byText {
		m.byText[kind] = make([]list, len(m.texts))
		r.lists(func(key int, l list) { m.byText[kind][key] = l })
	}
	m.pairs = make([]list, 0, 1<<15)
	m.mask = make([]uint64, len(m.texts))
	m.base = make([]int32, len(m.texts))
	r.lists(func(key int, l list) {
		word, tag := key>>6, fileTag(key&(1<<6-1))
		if m.mask[word] == 0 {
			m.base[word] = int32(len(m.pairs))
		}
		m.mask[word] |= 1 << tag
		m.pairs = append(m.pairs, l)
	})

	m.hyphen, m.year, m.digits = m.find("!HYPHEN"), m.find("!YEAR"), m.find("!DIGITS")
	edge := func(text string) wordForm {
		word, suffix := m.wordAndSuffix(text)
		return wordForm{word: word, suffix: suffix}
	}
	m.startBeforeLast, m.startLast = edge("-START-"), edge("-START2-")
	m.endFirst, m.endSecond = edge("-END-"), edge("-END2-")
	return m
}

// list reads how many weights are next in the row.
func (r *tagReader) list() list {
	l := list{from: r.weight}
	r.weight += uint32(r.number())
	l.to = r.weight
	return l
}

// lists reads lists and their keys, which stand as differences.
func (r *tagReader) lists(put func(key int, l list)) {
	key := 0
	for range r.number() {
		key += r.number()
		put(key, r.list())
	}
}

// tagReader reads tags.bin.
type tagReader struct {
	data   string
	at     int
	weight uint32 // the next list's first
}

// number reads a number as binary.AppendUvarint writes it.
func (r *tagReader) number() int {
	n, shift := 0, 0
	for {
		b := r.data[r.at]
		r.at++
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
		shift += 7
	}
}

// weights reads the row of all weights.
func (r *tagReader) weights() []int32 {
	weights := make([]int32, r.number())
	data := r.data[r.at : r.at+4*len(weights)]
	for i := range weights {
		b := data[4*i : 4*i+4]
		weights[i] = int32(uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24)
	}
	r.at += len(data)
	return weights
}

func (r *tagReader) text() string {
	n := r.number()
	r.at += n
	return r.data[r.at-n : r.at]
}
