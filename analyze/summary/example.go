package summary

import (
	"cmp"
	"slices"
	"strings"

	"threadstance/analyze"
	"threadstance/analyze/stance"
)

// MaxExamples is how many examples a cell keeps for an actor.
const MaxExamples = 3

// maxExampleText bounds the bytes of an example's text.
const maxExampleText = 160

// Example is a stance that a cell counts, by where it is found.
type Example struct {
	Score  int64  // in 1/analyze.Unit
	Thread string // identifier
	Post   int    // index in the thread
	Start  int    // byte in the post's text where the strongest evidence starts
	End    int
	Text   string // the evidence, cut where it is long
}

// Compare puts the strongest example first. Examples that are equal in all
// are the same.
func (e *Example) Compare(o *Example) int {
	return cmp.Or(
		cmp.Compare(strength(o.Score), strength(e.Score)),
		strings.Compare(e.Thread, o.Thread),
		cmp.Compare(e.Post, o.Post),
		cmp.Compare(e.Start, o.Start),
		cmp.Compare(e.End, o.End),
		cmp.Compare(e.Score, o.Score),
		strings.Compare(e.Text, o.Text),
	)
}

func strength(score int64) int64 { return max(score, -score) }

// addExample keeps a stance as an example if it is among the strongest.
func (t *Tags) addExample(r *analyze.Result, s *stance.Stance) {
	if len(s.Evidence) == 0 || s.Label == stance.Neutral {
		return
	}
	score := fixed(s.Score, analyze.Unit)
	if n := len(t.Examples); n == MaxExamples && strength(score) < strength(t.Examples[n-1].Score) {
		return // the usual case, without making the example
	}
	span := s.Evidence[0].Span
	text := span.Of(r.Post.Text)
	if len(text) > maxExampleText {
		text = strings.ToValidUTF8(text[:maxExampleText], "")
	}
	t.insert(Example{score, strings.Clone(r.Thread.ID), r.Post.Index, span.Start, span.End, strings.Clone(text)})
}

// insert keeps the example if it is among the strongest.
func (t *Tags) insert(e Example) {
	at, _ := slices.BinarySearchFunc(t.Examples, e, func(a, b Example) int { return a.Compare(&b) })
	if at == MaxExamples {
		return
	}
	t.Examples = slices.Insert(t.Examples, at, e)
	if len(t.Examples) > MaxExamples {
		t.Examples = t.Examples[:MaxExamples]
	}
}
