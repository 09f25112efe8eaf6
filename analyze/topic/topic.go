// Package topic tells what a post is about, by the terms of topics.toml.
package topic

import (
	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// Topic is a subject of a post.
type Topic struct {
	Name  string
	Score float64 // in (0, 1]
}

// Tagger finds topics. It is for one goroutine at a time.
type Tagger struct {
	lex     *lexicon.Lexicon
	weights []float64
}

// NewTagger returns a tagger of the lexicon's topics.
func NewTagger(lex *lexicon.Lexicon) *Tagger {
	return &Tagger{lex: lex, weights: make([]float64, len(lex.Topics))}
}

// Topics appends the topics of the sentences for which own holds, highest
// score first, to dst. title is the thread's title scanned with the same
// lexicon, or nil; it is a weak sign.
func (t *Tagger) Topics(doc *token.Scanner, own func(segment int) bool, title *token.Scanner, dst []Topic) []Topic {
	return dst
}
