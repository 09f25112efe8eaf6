package stance

import (
	"os"
	"slices"
	"strings"
	"testing"

	"threadstance/thread"
)

// TestSentences judges sentences of which each shows one way of taking a side.
func TestSentences(t *testing.T) {
	data, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	r := newReader()
	rules := NewRules(r.lex)
	n := 0
	for number, line := range strings.Split(string(data), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		n++
		text, want, _ := strings.Cut(line, "\t")
		in := r.read(ownWords(text))
		got := map[string]Label{}
		stances := rules.Score(in, nil)
		for _, s := range stances {
			got[s.Actor] = s.Label
			checkStance(t, in, &s)
		}
		want = strings.TrimSpace(want)
		for _, w := range strings.Fields(want) {
			actor, sign := w[:len(w)-1], w[len(w)-1]
			label := map[byte]Label{'+': Favor, '-': Against, '0': Neutral}[sign]
			g, ok := got[actor]
			if !ok || g != label {
				t.Errorf("line %d: %s\n  toward %s: got %v, want %v (found: %v)", number+1, text, actor, g, label, ok)
				for _, h := range rules.matcher.Hits(in) {
					t.Logf("    %s", rules.why(in, &h))
				}
			}
		}
	}
	t.Logf("%d sentences", n)
}

// checkStance holds a stance to what the contract says of every one.
func checkStance(t *testing.T, in *Input, s *Stance) {
	t.Helper()
	if s.Score < -1 || s.Score > 1 || !(s.Confidence > 0 && s.Confidence <= 1) {
		t.Errorf("%q: %s has score %v, confidence %v", in.Doc.Text, s.Actor, s.Score, s.Confidence)
	}
	if s.Label != Neutral && len(s.Evidence) == 0 {
		t.Errorf("%q: %s is %v without evidence", in.Doc.Text, s.Actor, s.Label)
	}
	for _, e := range s.Evidence {
		if e.Start < 0 || e.End <= e.Start || e.End > len(in.Doc.Text) {
			t.Errorf("%q: evidence %v is no span of the text", in.Doc.Text, e.Span)
		}
		if !slices.ContainsFunc(in.Post.Segments, func(part thread.Segment) bool {
			return part.Start <= e.Start && e.End <= part.End && (part.Kind == thread.Own || part.Kind == thread.News)
		}) {
			t.Errorf("%q: evidence %q is not of one part that is own words or news", in.Doc.Text, e.Of(in.Doc.Text))
		}
		if e.Why == "" {
			t.Errorf("%q: evidence %q without a reason", in.Doc.Text, e.Of(in.Doc.Text))
		}
	}
}
