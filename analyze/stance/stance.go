// Package stance judges who is for or against whom, by the words that say so.
package stance

import "threadstance/thread"

// Label is a side taken.
type Label uint8

const (
	Neutral Label = iota
	Favor
	Against
)

// String returns the label as the records print it.
func (l Label) String() string { return [...]string{"neutral", "favor", "against"}[l] }

// Evidence is a span of the post that decided, and why.
type Evidence struct {
	thread.Span
	Weight float64 // signed: above 0 speaks for favor, below 0 for against
	Why    string  // for explain: cue, role, negation
}

// Stance is what one holder holds toward one actor in one post.
type Stance struct {
	Actor      string
	Holder     string // "author", or "source:NAME"
	Label      Label
	Score      float64 // P(favor) − P(against), in [-1, 1]
	Confidence float64 // calibrated probability of Label
	Evidence   []Evidence
}
