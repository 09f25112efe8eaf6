package summary

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/analyze"
	"threadstance/lexicon"
	"threadstance/thread"
)

func TestReplies(t *testing.T) {
	lex, err := lexicon.Load()
	if err != nil {
		t.Fatal(err)
	}
	analyzer, err := analyze.New(lex, analyze.Options{Stance: "rules"})
	if err != nil {
		t.Fatal(err)
	}
	s := Plan{Replies: true}.New()
	analyzer.Worker().Thread(&thread.Thread{ID: "strait", Posts: []thread.Post{
		{Index: 0, Author: "keel", ReplyTo: thread.None, Text: "Trump is a liar."},
		{Index: 1, Author: "tide", ReplyTo: 0, Text: "Trump is a hero."},
		{Index: 2, Author: "keel", ReplyTo: 1, Text: "Trump is a disgrace, and you have not read a thing."},
		{Index: 3, Author: "", ReplyTo: 0, Text: "Trump is a fraud."},
		{Index: 4, Author: "tide", ReplyTo: 2, Text: "What has the ferry to do with it?"},
		// Who takes no side neither agrees nor disagrees.
		{Index: 5, Author: "keel", ReplyTo: 1, Text: "Trump spoke at nine."},
	}}, func(r *analyze.Result) bool { s.Add(r); return true })
	keel, tide := Known("keel"), Known("tide")
	want := Replies{
		{tide, keel}:    {Answers: 2, Disagree: 1},
		{keel, tide}:    {Answers: 2, Disagree: 1},
		{Value{}, keel}: {Answers: 1, Agree: 1},
	}
	if diff := cmp.Diff(want, s.Replies); diff != "" {
		t.Error(diff)
	}
}

func TestInterval(t *testing.T) {
	// Of -0.5, -0.1, 0.3 and -0.7: the mean is -0.25, its error 0.2217, and t 3.182.
	tags := Tags{Against: 3, Favor: 1, Score: -10000, Squares: 25_000_000 + 1_000_000 + 9_000_000 + 49_000_000}
	low, high, ok := tags.Interval()
	if !ok || low < -0.9569 || low > -0.9555 || high < 0.4555 || high > 0.4569 {
		t.Errorf("interval %v to %v, %v", low, high, ok)
	}
	// Of 0 and 0.1: t is 12.706 with one degree of freedom.
	two := Tags{Favor: 1, Neutral: 1, Score: 1000, Squares: 1_000_000}
	if low, high, ok := two.Interval(); !ok || math.Abs(low+0.5853) > 0.001 || math.Abs(high-0.6853) > 0.001 {
		t.Errorf("interval of two %v to %v, %v", low, high, ok)
	}
	// No net stance is beyond -1 and 1.
	apart := Tags{Favor: 1, Against: 1, Squares: 2 * 90_000_000}
	if low, high, ok := apart.Interval(); low != -1 || high != 1 || !ok {
		t.Errorf("interval of two that are far apart %v to %v, %v", low, high, ok)
	}
	if _, _, ok := (&Tags{Favor: 1, Score: 5000, Squares: 25_000_000}).Interval(); ok {
		t.Error("one tag has an interval")
	}
}

// TestStudentT compares with the percentiles as tables of them have them.
func TestStudentT(t *testing.T) {
	for freedom, want := range map[int64]float64{
		1: 12.70620, 2: 4.30265, 5: 2.57058, 10: 2.22814, 20: 2.08596, 29: 2.04523, 30: 2.04227, 31: 2.03951, 32: 2.03693,
		35: 2.03011, 40: 2.02108, 50: 2.00856, 60: 2.00030, 80: 1.99006, 100: 1.98397, 120: 1.97993, 1000: 1.96234, 1 << 40: 1.95996,
	} {
		if got := studentT(freedom); math.Abs(got-want) > 0.001 {
			t.Errorf("with %d degrees of freedom %.5f, want %.5f", freedom, got, want)
		}
	}
}
