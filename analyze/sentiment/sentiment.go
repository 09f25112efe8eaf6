// Package sentiment judges the tone of a text: how pleasant or unpleasant its
// words are, whomever they speak of. It says nothing of who is for or against
// whom; that is package stance's.
package sentiment

import "threadstance/analyze/token"

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
