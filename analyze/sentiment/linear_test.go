package sentiment

import (
	_ "embed"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"threadstance/analyze/linear"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

func newLinear(t testing.TB) *Linear {
	t.Helper()
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return NewLinear(lexicon.Default(), model)
}

func TestLinear(t *testing.T) {
	engine := newLinear(t)
	for _, test := range []struct {
		text string
		want Label
	}{
		{"What a lovely evening, thank you all!", Positive},
		{"so excited for the game tonight!!", Positive},
		{"Congrats to the whole team, well deserved 👏", Positive},
		{"I can't wait to see you again", Positive},
		{"A moving and beautifully acted film.", Positive},
		{"this airline is a joke, three hours late again", Negative},
		{"I do not like this at all", Negative},
		{"Disgusting. They should be ashamed of themselves.", Negative},
		{"They lied to us, and people died for nothing.", Negative},
		{"A complete waste of two hours.", Negative},
		{"this is not good news :(", Negative},
		{"The shop opens at nine on Monday.", Neutral},
		{"New episode tonight at 8 on channel four", Neutral},
		{"The minister will travel to Geneva in March.", Neutral},
		{"Does anyone know which bus goes to the library?", Neutral},
	} {
		score, label := judge(engine, test.text)
		if label != test.want {
			t.Errorf("%q is %s (%+.2f), not %s", test.text, label, score, test.want)
		}
		if score < -1 || score > 1 || label == Positive && score < 0 || label == Negative && score > 0 {
			t.Errorf("%q: score %v beside %s", test.text, score, label)
		}
	}
}

//go:embed testdata/graded.tsv
var graded string

//go:embed testdata/graded-facts.tsv
var gradedFacts string

// The scores must follow how pleasant people find sentences, and the model
// must add to what the rules know of that: over all, and in each kind, of some
// twenty or thirty sentences, not take from it but by a few neighbours in the
// order.
func TestScoresFollowIntensity(t *testing.T) {
	for _, test := range []struct {
		name, graded, kind string
		least              float64 // rank correlation
		gain               float64 // over the rules
	}{
		{"graded", graded, "tweet", 0.97, 0},
		{"graded", graded, "product", 0.82, 0.12},
		{"graded", graded, "movie", 0.89, 0},
		{"graded", graded, "editorial", 0.89, 0.01},
		{"graded", graded, "", 0.90, 0.03},
		{"facts", gradedFacts, "product", 0.53, 0.12},
		{"facts", gradedFacts, "movie", 0.81, 0.05},
		{"facts", gradedFacts, "editorial", 0.51, 0.14},
		{"facts", gradedFacts, "", 0.64, 0.09},
	} {
		people, linear, rules := grades(t, test.graded, test.kind)
		got, floor := rankCorrelation(people, linear), rankCorrelation(people, rules)
		t.Logf("%s %s: %d sentences, %.3f, the rules %.3f", test.name, test.kind, len(people), got, floor)
		if got < test.least || got < floor+test.gain {
			t.Errorf("%s %s: rank correlation %.3f, the rules' is %.3f", test.name, test.kind, got, floor)
		}
	}
}

// grades returns what people, the model and the rules say of graded sentences
// of a kind, "" being all.
func grades(t *testing.T, graded, kind string) (people, linear, rules []float64) {
	t.Helper()
	byModel, byRules := newLinear(t), NewRules(lexicon.Default())
	for line := range strings.Lines(graded) {
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if strings.HasPrefix(line, "#") || kind != "" && fields[0] != kind {
			continue
		}
		rating, err := strconv.ParseFloat(fields[1], 64)
		if err != nil || len(fields) != 3 {
			t.Fatalf("%q: %v", line, err)
		}
		people, linear, rules = append(people, rating), append(linear, score(byModel, fields[2])), append(rules, score(byRules, fields[2]))
	}
	return people, linear, rules
}

// rankCorrelation is Spearman's, equal values having their mean rank.
func rankCorrelation(x, y []float64) float64 {
	a, b := ranks(x), ranks(y)
	mean := float64(len(a)+1) / 2
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - mean) * (b[i] - mean)
		aa += (a[i] - mean) * (a[i] - mean)
		bb += (b[i] - mean) * (b[i] - mean)
	}
	return ab / math.Sqrt(aa*bb)
}

func ranks(x []float64) []float64 {
	sorted := slices.Sorted(slices.Values(x))
	out := make([]float64, len(x))
	for i, v := range x {
		first, _ := slices.BinarySearch(sorted, v)
		last := first
		for last < len(sorted) && sorted[last] == v {
			last++
		}
		out[i] = float64(first+1+last) / 2
	}
	return out
}

// Each list runs from the most pleasant to the most unpleasant.
func TestLinearKeepsOrder(t *testing.T) {
	engine := newLinear(t)
	for _, list := range [][]string{
		{"the soup was GREAT!!!", "the soup was great", "the soup was okay", "the soup was bad", "the soup was TERRIBLE!!!"},
		{"I love this town", "I like this town", "I live in this town", "I dislike this town", "I hate this town"},
		{"what a day 😍", "what a day", "what a day 😠"},
		{"the deal is very good", "the deal is good", "the deal is not good", "the deal is awful"},
		{"the hotel was not bad", "the hotel was bad", "the hotel was horrible"},
		{"he lied, but the outcome is great", "the outcome is great, but he lied"},
		{"the phone works perfectly", "the phone works", "the phone broke", "the phone broke and they were rude :("},
	} {
		for i := 1; i < len(list); i++ {
			if better, worse := score(engine, list[i-1]), score(engine, list[i]); better <= worse {
				t.Errorf("%q has %.3f, not above %.3f of %q", list[i-1], better, worse, list[i])
			}
		}
	}
}

func TestReasons(t *testing.T) {
	for name, engine := range map[string]Explainer{"linear": newLinear(t), "rules": NewRules(lexicon.Default())} {
		text := "The crew was lovely, but the food was disgusting."
		var s token.Scanner
		s.Reset(lexicon.Default(), text)
		s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
		signs := map[string]float64{}
		for _, r := range engine.Reasons(&s, s.Sentences) {
			signs[r.Of(text)] = r.Weight
		}
		if !(signs["lovely"] > 0 && signs["disgusting"] < 0) {
			t.Errorf("%s: reasons %v", name, signs)
		}
		s.Reset(lexicon.Default(), "")
		if got := engine.Reasons(&s, s.Sentences); len(got) != 0 {
			t.Errorf("%s: nothing has reasons %v", name, got)
		}
	}
}

// Texts of all sorts have a score in its range, the same each time and from
// each of several workers at once.
func TestLinearIsSafe(t *testing.T) {
	texts := []string{
		"", "I", "😀😀😀", "I\\u2019m here", "\xff\xfe broken", "न अच्छा न बुरा", "das ist sehr schlecht und traurig",
		strings.Repeat("GREAT! ", 3000), strings.Repeat("a", 100_000), strings.Repeat("not ", 500) + "good", "no. no. no.", "#fail #sad",
	}
	engine := newLinear(t)
	var want []float64
	for _, text := range texts {
		got, label := judge(engine, text)
		if !(got >= -1 && got <= 1) || label == Neutral && math.Abs(got) >= decided {
			t.Errorf("%.40q scores %v, %s", text, got, label)
		}
		want = append(want, got)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i, text := range texts {
				if got := score(engine, text); got != want[i] {
					t.Errorf("%.40q scores %v, then %v", text, want[i], got)
				}
			}
		})
	}
	wait.Wait()
}

func TestDamagedModel(t *testing.T) {
	for name, change := range map[string]func([]byte) []byte{
		"cut":      func(b []byte) []byte { return b[:len(b)/2] },
		"flipped":  func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"foreign":  func([]byte) []byte { return []byte("PK\x03\x04 something else") },
		"empty":    func([]byte) []byte { return nil },
		"too long": func(b []byte) []byte { return append(b, 0) },
	} {
		if err := new(linear.Model).UnmarshalBinary(change(slices.Clone(modelData))); err == nil {
			t.Errorf("a model file that is %s is taken", name)
		}
	}
}

func BenchmarkLinear(b *testing.B) {
	text := "I don't think the troops should stay there any longer, it is a terrible waste of money and good people! Bring them home, PLEASE :("
	engine := newLinear(b)
	var s token.Scanner
	b.ReportAllocs()
	for b.Loop() {
		s.Reset(lexicon.Default(), text)
		s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
		engine.Judge(&s, s.Sentences)
	}
}
