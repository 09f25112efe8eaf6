package sentiment

import (
	"math"

	"threadstance/analyze/linear"
	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// Features turns a text into the features of the linear model. It reuses its
// memory and is for one goroutine at a time.
type Features struct {
	rules    *Rules
	read     reading
	valences []float64
	words    []uint32 // by number of the word: its hash, 0 where it is not known yet
	hashes   []uint32 // by token: of its word
	bag      linear.Bag

	sentences []token.Sentence // of a long text, that it is judged by

	runs *linear.Runs // by the model that Sum was last called with
}

// NewFeatures returns an extractor that asks the rules of a lexicon.
func NewFeatures(lex *lexicon.Lexicon) *Features {
	return &Features{rules: NewRules(lex), words: make([]uint32, lex.Size())}
}

// Kinds of features: each has a hash of its own, so that one word in two
// places is two features.
var (
	kindWord   = linear.Hash("word")
	kindPair   = linear.Hash("pair")
	kindEnd    = linear.Hash("end")
	kindChar   = linear.Hash("char")
	kindTurned = linear.Hash("turned")
	kindSide   = linear.Hash("side")
	kindRules  = linear.Hash("rules")
	kindStyle  = linear.Hash("style")
	hashNumber = linear.Hash("\x00number")
	hashLink   = linear.Hash("\x00link")
	hashHandle = linear.Hash("\x00handle")
	hashUp     = linear.Hash("\x00positive")
	hashDown   = linear.Hash("\x00negative")
)

func (f *Features) add(kind, hash uint32) { f.value(linear.Mix(kind, hash), 1) }

func (f *Features) value(hash uint32, x float64) { f.bag.Add(hash, float32(x)) }

// A text is judged by so many tokens at its beginning and at its end, and the
// rest of their sentences: that is where posters say what they feel, and a
// page in between adds nothing to the figures.
const begin, end = 90, 60

// ends returns the sentences at the beginning and the end of a text.
func (f *Features) ends(sentences []token.Sentence) []token.Sentence {
	all := 0
	for _, s := range sentences {
		all += s.Last - s.First
	}
	if all <= begin+end {
		return sentences
	}
	f.sentences = f.sentences[:0]
	before := 0
	for _, s := range sentences {
		if before < begin || all-before-(s.Last-s.First) < end {
			f.sentences = append(f.sentences, s)
		}
		before += s.Last - s.First
	}
	return f.sentences
}

// Extract returns the features of some sentences of a scanned text, taken
// together. They are valid until the next call.
func (f *Features) Extract(doc *token.Scanner, sentences []token.Sentence) *linear.Vector {
	f.whole(doc, sentences, nil)
	return f.bag.All()
}

// Known returns those of the features that Extract returns which a model knows.
// They are valid until the next call.
func (f *Features) Known(doc *token.Scanner, sentences []token.Sentence, model *linear.Model) []linear.Known {
	f.whole(doc, sentences, model)
	return f.bag.Known()
}

// whole extracts the features with the runs of bytes within words.
func (f *Features) whole(doc *token.Scanner, sentences []token.Sentence, model *linear.Model) {
	f.but(doc, sentences, model)
	for _, s := range sentences {
		f.chars(doc, s)
	}
	f.bag.Scale(1)
}

// Sum sums up, by a model, the features that Known returns, faster: words come
// again and again, and what their runs of bytes weigh is worked out once.
func (f *Features) Sum(doc *token.Scanner, sentences []token.Sentence, model *linear.Model) linear.Sums {
	f.but(doc, sentences, model)
	if f.runs == nil || f.runs.Model != model {
		f.runs = linear.NewRuns(model, kindChar, runSeeds, f.rules.lex.Size())
	}
	sums := f.bag.Sums()
	var runs linear.RunTotal
	for _, s := range sentences {
		for i := s.First; i < s.Last; i++ {
			t := &doc.Tokens[i]
			if t.Is(token.Punct | token.URL | token.Number | token.Handle) {
				continue
			}
			runs.Add(f.runs.Of(int(t.Word), t.Norm, f.hashes[i]))
		}
	}
	runs.To(&sums, 1)
	return sums
}

// but extracts the features without the runs of bytes within words: those that a
// model knows, or all of them where there is none.
func (f *Features) but(doc *token.Scanner, sentences []token.Sentence, model *linear.Model) {
	f.bag.Reset(model)
	if n := len(doc.Tokens); cap(f.valences) < n {
		f.valences, f.hashes = make([]float64, n), make([]uint32, n)
	}
	f.valences, f.hashes = f.valences[:len(doc.Tokens)], f.hashes[:len(doc.Tokens)]
	clear(f.valences)
	f.read = reading{valences: f.valences}
	f.rules.read(doc, sentences, &f.read)
	for _, s := range sentences {
		for i := s.First; i < s.Last; i++ {
			f.hashes[i] = f.hashOf(&doc.Tokens[i])
		}
	}

	for _, s := range sentences {
		f.grams(s)
	}
	f.bag.Scale(1)
	for k, s := range sentences {
		f.turned(doc, s, k == len(sentences)-1)
	}
	f.bag.Scale(0.7)
	f.bag.OnNone()
	f.sums()
	f.style(doc, sentences)
}

// hashOf is the hash of a token's word, one for all numbers, addresses and
// handles.
func (f *Features) hashOf(t *token.Token) uint32 {
	if t.Is(token.URL | token.Number | token.Handle | token.Hashtag) {
		switch {
		case t.Is(token.URL):
			return hashLink
		case t.Is(token.Number):
			return hashNumber
		case t.Is(token.Handle):
			return hashHandle
		}
		return linear.Hash(t.Norm[1:])
	}
	if t.Word == 0 {
		return linear.Hash(t.Norm)
	}
	hash := &f.words[t.Word]
	if *hash == 0 {
		*hash = linear.Hash(t.Norm)
	}
	return *hash
}

// grams adds the words and pairs of a sentence.
func (f *Features) grams(s token.Sentence) {
	one := uint32(0)
	for i := s.First; i < s.Last; i++ {
		h := f.hashes[i]
		f.bag.On(i, i+1)
		f.add(kindWord, h)
		if one != 0 {
			f.add(kindPair, linear.Mix(one, h))
		}
		one = h
	}
}

// runSeeds leave the length of the runs of bytes within words to their bytes.
var runSeeds linear.RunSeeds

// chars adds the runs of 3 to 5 bytes within the words of a sentence.
func (f *Features) chars(doc *token.Scanner, s token.Sentence) {
	for i := s.First; i < s.Last; i++ {
		t := &doc.Tokens[i]
		if t.Is(token.Punct | token.URL | token.Number | token.Handle) {
			continue
		}
		f.bag.On(i, i+1)
		linear.EachRun(t.Norm, runSeeds, func(h uint32) { f.add(kindChar, h) })
	}
}

// turned adds the words that a negator reaches, the pairs with a word known to
// be pleasant or unpleasant in place of the word itself, and the words that a
// text ends on.
func (f *Features) turned(doc *token.Scanner, s token.Sentence, last bool) {
	reached := 0
	var before, wordBefore uint32
	for i := s.First; i < s.Last; i++ {
		t := &doc.Tokens[i]
		f.bag.On(i, i+1)
		if t.Is(token.Punct) {
			reached = 0
		}
		if reached > 0 {
			f.add(kindTurned, f.hashes[i])
			reached--
		}
		if t.Word != 0 && f.rules.lex.Tone(t.Word)&lexicon.Negates != 0 {
			reached = 4
		}
		side := f.hashes[i]
		switch v := f.valences[i]; {
		case v >= 0.1:
			side = hashUp
		case v <= -0.1:
			side = hashDown
		}
		if i > s.First && (side != f.hashes[i] || before != wordBefore) {
			f.add(kindSide, linear.Mix(before, side))
		}
		before, wordBefore = side, f.hashes[i]
		if last && i >= s.Last-6 {
			f.add(kindEnd, f.hashes[i])
		}
	}
}

func binned(x float64) uint32 {
	return uint32(int32(max(-10, min(10, math.Round(x)))) + 16)
}

// sums adds what the rules made of the text.
func (f *Features) sums() {
	r := &f.read
	for i, x := range [...]float64{r.score, r.positive / 8, r.negative / 8, r.most / 4, r.least / 4, r.last / 4} {
		kind := linear.Mix(kindRules, uint32(i))
		f.value(kind, 0.5*max(-2, min(2, x)))
		f.value(linear.Mix(kind, binned(x*8)), 0.4)
	}
	f.value(linear.Mix(kindRules^1, linear.Mix(binned(r.positive/2), binned(r.negative/2))), 0.4)
	f.value(linear.Mix(kindRules^2, linear.Mix(binned(r.most*1.5), binned(r.least*1.5))), 0.4)
	if r.contrast {
		f.value(linear.Mix(kindRules^3, binned(r.score*6)), 0.4)
	}
	f.bag.Keep()
}

// style adds the form of the text.
func (f *Features) style(doc *token.Scanner, sentences []token.Sentence) {
	var counts [10]int
	words := 0
	for _, s := range sentences {
		for i := s.First; i < s.Last; i++ {
			t := &doc.Tokens[i]
			switch {
			case t.Is(token.Hashtag):
				counts[0]++
			case t.Is(token.Handle):
				counts[1]++
			case t.Is(token.URL):
				counts[2]++
			case t.Is(token.Number):
				counts[3]++
			case t.Is(token.Emoji | token.Emoticon):
				counts[4]++
			case !t.Is(token.Punct):
				words++
			case t.Norm == "...":
				counts[5]++
			case t.Norm == "\"":
				counts[9]++
			}
			if !t.Is(token.Stretched | token.Upper | token.Quoted) {
				continue
			}
			if t.Is(token.Stretched) {
				counts[6]++
			}
			if t.Is(token.Upper) && !t.Is(token.Symbol) {
				counts[7]++
			}
			if t.Is(token.Quoted) {
				counts[8]++
			}
		}
	}
	for i, n := range counts {
		f.add(linear.Mix(kindStyle, uint32(i)), uint32(min(n, 3)))
	}
	f.add(linear.Mix(kindStyle, 20), uint32(min(f.read.exclamations, 4)))
	f.add(linear.Mix(kindStyle, 21), uint32(min(f.read.asked, 4)))
	f.add(linear.Mix(kindStyle, 22), uint32(math.Round(2*math.Log2(float64(1+words)))))
	f.bag.Scale(0.7)
}
