// Package stance judges who is for or against whom, by the words that say so.
package stance

import (
	"slices"
	"strings"

	"threadstance/analyze/mention"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

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
	Target     int    // index in Post.Targets of the target that is meant, or thread.None for an actor of the lexicon
	Holder     string // "author", or "source:NAME"
	Label      Label
	Score      float64 // P(favor) − P(against), in [-1, 1]
	Confidence float64 // calibrated probability of Label
	Evidence   []Evidence
}

// has says whether the evidence holds the words of a span of text already: said
// twice they prove no more.
func (s *Stance) has(text string, span thread.Span) bool {
	return slices.ContainsFunc(s.Evidence, func(e Evidence) bool { return strings.EqualFold(e.Of(text), span.Of(text)) })
}

// Author is the holder of what stands in a post's own words.
const Author = "author"

// Source returns the holder of what stands in a pasted article.
func Source(outlet string) string { return "source:" + outlet }

// Input is a post as the earlier stages leave it.
type Input struct {
	Lexicon  *lexicon.Lexicon
	Post     *thread.Post
	Doc      *token.Scanner    // the own and news segments; sentences that hold a mention are tagged
	Mentions []mention.Mention // in text order
	Title    string            // of the thread
	Parent   string            // the text of the post answered, "" where there is none
}

// Scorer judges the stances of a post: one for each holder (the author, then
// the sources in the order of their segments) and each actor that this
// holder's segments speak of (in the lexicon's order), then one of the author
// for each of the record's targets that had none. It appends them to dst.
// A scorer is for one goroutine at a time.
type Scorer interface {
	Score(in *Input, dst []Stance) []Stance
}

// ActorName returns what Mention.Actor stands for.
func (in *Input) ActorName(actor int) string {
	if n := len(in.Lexicon.Actors); actor >= n {
		return in.Post.Targets[actor-n].Name
	}
	return in.Lexicon.Actors[actor].Name
}

// ParseLabel returns the label that a record calls name.
func ParseLabel(name string) (Label, bool) {
	for _, l := range []Label{Neutral, Favor, Against} {
		if name == l.String() {
			return l, true
		}
	}
	return Neutral, false
}
