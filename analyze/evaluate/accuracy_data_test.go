package evaluate_test

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"

	"threadstance/analyze"
	"threadstance/analyze/evaluate"
	"threadstance/lexicon"
	"threadstance/thread/read"
)

// TestAccuracy holds the embedded models, by the default settings, to the
// figures that they are shipped with. The labelled sets are no part of the
// project; without them the test is skipped.
func TestAccuracy(t *testing.T) {
	data := cmp.Or(os.Getenv("THREADSTANCE_DATA"), "../../../shared/data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("no labelled sets in ", data)
	}
	macroF1 := func(g *evaluate.Group) float64 { return g.MacroF1.Value }
	bySign := func(g *evaluate.Group) float64 { return g.SignF1.Value }
	for _, test := range []struct {
		file, group string
		figure      func(*evaluate.Group) float64
		least       float64
	}{
		{"forum/dev.jsonl", "all", macroF1, 0.610},
		{"newsmtsc/dev-mt.jsonl", "all", macroF1, 0.730},
		{"newsmtsc/dev-rw.jsonl", "all", macroF1, 0.743},
		{"mtcsd/dev.jsonl", "all", func(g *evaluate.Group) float64 { return g.SidesF1.Value }, 0.336},
		{"pstance/dev.jsonl", "Trump", bySign, 0.803},
		{"pstance/dev.jsonl", "Biden", bySign, 0.776},
		{"semeval2017/dev.jsonl", "all", func(g *evaluate.Group) float64 { return g.MacroRecall.Value }, 0.716},
	} {
		t.Run(test.file+" "+test.group, func(t *testing.T) {
			report := score(t, filepath.Join(data, test.file))
			groups := report.Stance
			if len(groups) == 0 {
				groups = report.Tone
			}
			for i := range groups {
				g := &groups[i]
				if g.Name != test.group {
					continue
				}
				if got := test.figure(g); got < test.least {
					t.Errorf("%.4f is less than %.4f", got, test.least)
				}
				for _, floor := range g.Floors {
					if g.MacroF1.Value <= floor.MacroF1 && floor.Name[:6] != "always" {
						t.Errorf("no better than %s: %.3f", floor.Name, floor.MacroF1)
					}
				}
				return
			}
			t.Errorf("no figures of %s", test.group)
		})
	}
	t.Run("calibration", func(t *testing.T) {
		g := score(t, filepath.Join(data, "forum/dev.jsonl")).Stance[0]
		if g.CalibrationError > 0.045 || g.Prevalence > 0.056 {
			t.Errorf("calibration error %.3f, prevalence error %.3f", g.CalibrationError, g.Prevalence)
		}
	})
}

func score(t *testing.T, path string) *evaluate.Report {
	t.Helper()
	lex := lexicon.Default()
	analyzer, err := analyze.New(lex, analyze.Options{})
	if err != nil {
		t.Fatal(err)
	}
	evaluator, err := evaluate.New(lex, analyzer, evaluate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for th, err := range read.Paths([]string{path}, read.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		evaluator.Add(th)
	}
	return evaluator.Report()
}
