package mention

import (
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

// Finder finds mentions. It reuses its memory: what it returned is valid
// until the next Find. It is for one goroutine at a time.
type Finder struct {
	Decoys []Mention // of the last text: what holds an actor's name and is not the actor

	lex      *lexicon.Lexicon
	mentions []Mention
}

// NewFinder returns a finder of the lexicon's actors.
func NewFinder(lex *lexicon.Lexicon) *Finder { return &Finder{lex: lex} }

// Find returns the mentions in a scanned text, in text order. doc was Reset
// with the finder's lexicon. targets are those that the record asks for
// beside the lexicon's actors: one that gives no span and names an actor of
// the lexicon adds nothing, one with a span is that span, any other is found
// by its name. It needs no part-of-speech tags.
func (f *Finder) Find(doc *token.Scanner, targets []thread.Target) []Mention {
	f.mentions, f.Decoys = f.mentions[:0], f.Decoys[:0]
	for si := range doc.Sentences {
		s := &doc.Sentences[si]
		for i := s.First; i < s.Last; {
			n := f.alias(doc, si, i)
			if n == 0 {
				n = 1
			}
			i += n
		}
	}
	return f.mentions
}

// alias adds the longest alias that begins at token i and returns how many
// tokens it has, 0 where there is none.
func (f *Finder) alias(doc *token.Scanner, sentence, i int) int {
	last := doc.Sentences[sentence].Last
next:
	for _, a := range f.lex.Aliases(doc.Tokens[i].Word) {
		n := len(a.Words)
		if i+n > last {
			continue
		}
		for k, w := range a.Words {
			if doc.Tokens[i+k].Word != w {
				continue next
			}
		}
		span := thread.Span{Start: doc.Tokens[i].Start, End: doc.Tokens[i+n-1].End}
		if a.Exact && span.Of(doc.Text) != a.Text {
			continue
		}
		m := Mention{Actor: a.Actor, Span: span, First: i, Last: i + n, Sentence: sentence, Kind: a.Kind, Alias: a, Valence: a.Valence}
		if a.Kind == lexicon.Decoy {
			f.Decoys = append(f.Decoys, m)
		} else {
			f.mentions = append(f.mentions, m)
		}
		return n
	}
	return 0
}
