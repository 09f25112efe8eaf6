// Package sentiment judges the tone of a text: how pleasant or unpleasant its
// words are, whomever they speak of. It says nothing of who is for or against
// whom; that is package stance's.
package sentiment

import (
	"cmp"
	"math"
	"slices"

	"threadstance/analyze/token"
	"threadstance/thread"
)

// Label is a tone in one word.
type Label uint8

const (
	Neutral Label = iota
	Positive
	Negative
)

// String returns the label as the records print it.
func (l Label) String() string { return [...]string{"neutral", "positive", "negative"}[l] }

// Engine judges tone. It is safe for concurrent use.
type Engine interface {
	// Judge returns the tone of the given sentences of a scanned text, taken
	// together: of a post, of one passage, or of one sentence. The score is in
	// [-1, 1]; without words to judge by it is 0, and the label is neutral.
	Judge(doc *token.Scanner, sentences []token.Sentence) (score float64, label Label)
}

// label reads a score by the thresholds of an engine.
func label(score, negative, positive float64) Label {
	switch {
	case score >= positive:
		return Positive
	case score <= negative:
		return Negative
	}
	return Neutral
}

// Explainer is an Engine that can say what moved it.
type Explainer interface {
	Engine

	// Reasons returns the words that moved the score most, strongest first.
	Reasons(doc *token.Scanner, sentences []token.Sentence) []Reason
}

// Reason is a word and how far it moved the score: up where the weight is above
// 0. Weights compare with one another only.
type Reason struct {
	thread.Span
	Weight float64
}

const (
	mostReasons = 6
	weakReason  = 0.15 // of the strongest, below which words are left out
)

// strongest returns the words of the largest weights, by token.
func strongest(doc *token.Scanner, weights []float64) []Reason {
	var reasons []Reason
	for i, w := range weights {
		if w != 0 && !doc.Tokens[i].Is(token.URL|token.Handle) {
			reasons = append(reasons, Reason{doc.Tokens[i].Span, w})
		}
	}
	slices.SortStableFunc(reasons, func(a, b Reason) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	for i, r := range reasons {
		if i == mostReasons || math.Abs(r.Weight) < weakReason*math.Abs(reasons[0].Weight) {
			return reasons[:i]
		}
	}
	return reasons
}
