package stance

import (
	"os"
	"strings"
	"testing"
)

// TestNamesSwapped counts the sentences whose label is another when only the
// name of whom they speak is. MODEL.md tells the figures; the bounds hold that
// a new model is not far worse.
func TestNamesSwapped(t *testing.T) {
	data, err := os.ReadFile("testdata/swap.txt")
	if err != nil {
		t.Fatal(err)
	}
	presidents, states, ok := strings.Cut(string(data), "--------\n")
	if !ok {
		t.Fatal("testdata/swap.txt has no line of dashes")
	}
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, engine := range []struct {
		name   string
		scorer func(*reader) Scorer
		most   [2]float64 // share of labels that change
	}{
		{"rules", func(r *reader) Scorer { return NewRules(r.lex) }, [2]float64{0, 0.1}},
		{"linear", func(r *reader) Scorer { return NewLinear(r.lex, model) }, [2]float64{0.1, 0.12}},
	} {
		for k, pair := range []struct {
			text string
			a, b string
		}{{presidents, "Trump", "Biden"}, {states, "US", "Iran"}} {
			n, changed, score := 0, 0, 0.0
			r := newReader()
			scorer := engine.scorer(r)
			judge := func(text, actor string) Stance {
				in := r.read(ownWords(text))
				for _, s := range scorer.Score(in, nil) {
					if s.Actor == actor {
						return s
					}
				}
				t.Errorf("%s: nothing of %s in %q", engine.name, actor, text)
				return Stance{}
			}
			for _, line := range strings.Split(pair.text, "\n") {
				if line == "" || line[0] == '#' {
					continue
				}
				name := func(actor string) string {
					if actor == "US" { // with its article
						actor = "the US"
					}
					s := strings.ReplaceAll(line, "{}", actor)
					return strings.ToUpper(s[:1]) + s[1:]
				}
				a, b := judge(name(pair.a), pair.a), judge(name(pair.b), pair.b)
				n++
				score += a.Score - b.Score
				if a.Label != b.Label {
					changed++
					t.Logf("%s: %q: %s %v %.2f, %s %v %.2f", engine.name, line, pair.a, a.Label, a.Score, pair.b, b.Label, b.Score)
				}
			}
			t.Logf("%s: %s for %s: %d of %d labels change; the mean score is %+.3f higher for %s", engine.name, pair.a, pair.b, changed, n, score/float64(n), pair.a)
			if float64(changed) > engine.most[k]*float64(n) {
				t.Errorf("%s: %d of %d labels change with the name", engine.name, changed, n)
			}
		}
	}
}
