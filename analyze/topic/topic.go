// Package topic tells what a post is about, by the terms of topics.toml.
package topic

import (
	"cmp"
	"math"
	"slices"

	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// Topic is a subject of a post.
type Topic struct {
	Name  string
	Score float64 // in (0, 1]: how surely the post is about it
}

const (
	least      = 0.6 // what the terms of a topic must weigh together
	titleShare = 0.3 // what a term of the thread's title weighs beside one of the post
	most       = 4   // topics of one post
)

// Tagger finds topics. It reuses its memory and is for one goroutine at a
// time.
type Tagger struct {
	lex     *lexicon.Lexicon
	weights []float64 // by topic
	titles  []float64
	seen    []*lexicon.Term // of the post at hand
	order   []int
}

// NewTagger returns a tagger of the lexicon's topics.
func NewTagger(lex *lexicon.Lexicon) *Tagger {
	n := len(lex.Topics)
	return &Tagger{lex: lex, weights: make([]float64, n), titles: make([]float64, n)}
}

// Topics appends the topics of a document, highest score first, to dst. A term
// counts once however often it stands there. title is the thread's title scanned
// with the same lexicon, or nil: a weak sign, which alone makes no topic.
func (t *Tagger) Topics(doc, title *token.Scanner, dst []Topic) []Topic {
	clear(t.weights)
	clear(t.titles)
	t.seen = t.seen[:0]
	for i := range doc.Sentences {
		s := &doc.Sentences[i]
		t.add(doc.Tokens[s.First:s.Last], t.weights)
	}
	if title != nil {
		t.seen = t.seen[:0]
		t.add(title.Tokens, t.titles)
	}
	t.order = t.order[:0]
	total := func(i int) float64 { return t.weights[i] + titleShare*min(1, t.titles[i]) }
	for i := range t.weights {
		if total(i) >= least {
			t.order = append(t.order, i)
		}
	}
	// Of equal ones, as topics.toml has them.
	slices.SortStableFunc(t.order, func(a, b int) int { return cmp.Compare(total(b), total(a)) })
	for _, i := range t.order[:min(most, len(t.order))] {
		dst = append(dst, Topic{Name: t.lex.Topics[i].Name, Score: score(total(i))})
	}
	return dst
}

// score turns a weight into a score: 0.5 for one term that alone makes the
// topic, nearer to 1 the more there are; two decimals.
func score(weight float64) float64 {
	return math.Max(0.01, math.Round(100*(1-math.Exp2(-weight)))/100)
}

// add adds the weights of the terms among the tokens of one sentence: the
// longest at each place.
func (t *Tagger) add(tokens []token.Token, weights []float64) {
	for i := 0; i < len(tokens); {
		n := 1
		for _, term := range t.lex.Terms(tokens[i].Word) {
			if len(term.Words) < n {
				break
			}
			if !token.Begin(tokens[i:], term.Words) {
				continue
			}
			n = len(term.Words)
			if !slices.Contains(t.seen, term) {
				t.seen = append(t.seen, term)
				weights[term.Topic] += term.Weight
			}
		}
		i += n
	}
}
