package evaluate

import (
	"math"
	"testing"
)

func near(t *testing.T, name string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9) { // also where it is no number
		t.Errorf("%s is %v, want %v", name, got, want)
	}
}

// Worked by hand: 10 rows.
func TestConfusion(t *testing.T) {
	c := &Confusion{{4, 1, 0}, {1, 1, 0}, {1, 0, 2}}
	near(t, "precision of neutral", c.Precision(0), 4.0/6)
	near(t, "recall of neutral", c.Recall(0), 4.0/5)
	near(t, "F1 of neutral", c.F1(0), 8.0/11)
	near(t, "F1 of favor", c.F1(1), 0.5)
	near(t, "F1 of against", c.F1(2), 0.8)
	near(t, "macro F1", c.MacroF1(), (8.0/11+0.5+0.8)/3)
	near(t, "F1 of the sides", c.SidesF1(), 0.65)
	near(t, "macro recall", c.MacroRecall(), (0.8+0.5+2.0/3)/3)
	near(t, "accuracy", c.Accuracy(), 0.7)
	// By chance: 5/10·6/10 + 2/10·2/10 + 3/10·2/10 = 0.40.
	near(t, "kappa", c.Kappa(), 0.3/0.6)
	none := &Confusion{}
	near(t, "kappa of nothing", none.Kappa(), 0)
	near(t, "macro F1 of nothing", none.MacroF1(), 0)
}

func TestMacroLeavesOutLabelsThatNoRowHas(t *testing.T) {
	c := &Confusion{{0, 0, 0}, {1, 2, 1}, {0, 1, 3}}
	near(t, "macro F1", c.MacroF1(), (4.0/7+6.0/8)/2)
}

func TestReliability(t *testing.T) {
	rows := []Row{
		{Gold: 0, Label: 0, Confidence: 0.92},
		{Gold: 0, Label: 0, Confidence: 0.98},
		{Gold: 1, Label: 2, Confidence: 0.45},
		{Gold: 2, Label: 2, Confidence: 0.43},
	}
	bins, e := Reliability(rows)
	if len(bins) != 2 || bins[0].Count != 2 || bins[1].Count != 2 {
		t.Fatalf("bins are %v", bins)
	}
	near(t, "accuracy of the low bin", bins[0].Accuracy, 0.5)
	near(t, "confidence of the low bin", bins[0].Confidence, 0.44)
	near(t, "calibration error", e, (0.06+0.05)/2)
	near(t, "start of the low bin", bins[0].Low, 0.4)
	near(t, "end of the high bin", bins[1].High, 1)
}

func TestPrevalence(t *testing.T) {
	var rows []Row
	for range 60 {
		rows = append(rows, Row{Gold: 2, Label: 0, P: [3]float64{0.7, 0.1, 0.2}})
	}
	counted, summed := Prevalence(rows)
	near(t, "counted", counted, 2.0/3)
	near(t, "summed", summed, (0.7+0.1+0.8)/3)
	counted, _ = Prevalence(rows[:groupSize])
	near(t, "counted of 50", counted, 2.0/3)
	if counted, summed := Prevalence(rows[:groupSize-1]); counted != 0 || summed != 0 {
		t.Errorf("49 rows give %v, %v", counted, summed)
	}
}

func TestBootstrap(t *testing.T) {
	var rows []Row
	for i := range 100 {
		rows = append(rows, Row{Post: i, Gold: 0, Label: i % 2})
	}
	a, b := Bootstrap(rows, (*Confusion).Accuracy), Bootstrap(rows, (*Confusion).Accuracy)
	if a != b {
		t.Errorf("two runs give %v and %v", a, b)
	}
	if !(a.Low > 0.38 && a.Low < 0.45 && a.High > 0.55 && a.High < 0.62) {
		t.Errorf("the interval of 0.5 over 100 rows is %v", a)
	}
	// Four rows of one post say no more than one.
	var four []Row
	for _, r := range rows {
		four = append(four, r, r, r, r)
	}
	if b := Bootstrap(four, (*Confusion).Accuracy); b != a {
		t.Errorf("with each row four times the interval is %v, want %v", b, a)
	}
}

// What is reported of the rows is what they give worked by hand: 10 rows, as in
// TestConfusion, of which the floors judge all alike.
func TestFigures(t *testing.T) {
	rows := func(counts Confusion, floors [2]int) (list []judged) {
		for gold := range counts {
			for label, n := range counts[gold] {
				row := Row{Gold: gold, Label: label, Confidence: 0.75}
				row.P[label] = 1
				for range n {
					row.Post++
					list = append(list, judged{Row: row, sign: 2, floors: floors})
				}
			}
		}
		return list
	}
	stance, tone := []string{"neutral", "favor", "against"}, []string{"neutral", "positive", "negative"}
	counts := Confusion{{4, 1, 0}, {1, 1, 0}, {1, 0, 2}}
	g := figures("all", rows(counts, [2]int{1, 2}), stance)
	near(t, "macro F1", g.MacroF1.Value, (8.0/11+0.5+0.8)/3)
	near(t, "F1 of the sides", g.SidesF1.Value, 0.65)
	near(t, "macro recall", g.MacroRecall.Value, (0.8+0.5+2.0/3)/3)
	near(t, "accuracy", g.Accuracy.Value, 0.7)
	near(t, "kappa", g.Kappa.Value, 0.3/0.6)
	near(t, "calibration error", g.CalibrationError, 0.05)
	for label, want := range []LabelFigure{
		{"neutral", 5, Figure{Value: 4.0 / 6}, Figure{Value: 0.8}, Figure{Value: 8.0 / 11}},
		{"favor", 2, Figure{Value: 0.5}, Figure{Value: 0.5}, Figure{Value: 0.5}},
		{"against", 3, Figure{Value: 1}, Figure{Value: 2.0 / 3}, Figure{Value: 0.8}},
	} {
		got := g.Labels[label]
		near(t, "precision of "+want.Label, got.Precision.Value, want.Precision.Value)
		near(t, "recall of "+want.Label, got.Recall.Value, want.Recall.Value)
		near(t, "F1 of "+want.Label, got.F1.Value, want.F1.Value)
		if got.Label != want.Label || got.Count != want.Count {
			t.Errorf("%d rows of %s, want %d of %s", got.Count, got.Label, want.Count, want.Label)
		}
		for _, f := range []Figure{got.Precision, got.Recall, got.F1} {
			if f.Low > f.Value || f.High < f.Value || f.Low == f.High && got.Label != "against" {
				t.Errorf("of %s %v is not within %v to %v", want.Label, f.Value, f.Low, f.High)
			}
		}
	}
	for k, want := range []Floor{
		{"always neutral", 2.0 / 3 / 3, 0, 1.0 / 3, 0.5},
		{"sign of the sentiment", 1.0 / 3 / 3, 1.0 / 6, 1.0 / 3, 0.2},
		{"sign of cdipaolo/sentiment", 6.0 / 13 / 3, 3.0 / 13, 1.0 / 3, 0.3},
	} {
		got := g.Floors[k]
		near(t, "macro F1 of "+want.Name, got.MacroF1, want.MacroF1)
		near(t, "F1 of the sides of "+want.Name, got.SidesF1, want.SidesF1)
		near(t, "macro recall of "+want.Name, got.MacroRecall, want.MacroRecall)
		near(t, "accuracy of "+want.Name, got.Accuracy, want.Accuracy)
		if got.Name != want.Name {
			t.Errorf("a floor is called %q, want %q", got.Name, want.Name)
		}
	}
	if g.SignF1 != nil {
		t.Error("the sign is scored although there are neutral rows")
	}
	// Without neutral rows the sign counts, which says against of all.
	g = figures("all", rows(Confusion{{}, {3, 1, 0}, {2, 0, 4}}, [2]int{}), stance)
	if g.SignF1 == nil || g.Floors[0].Name != "always against" {
		t.Fatalf("F1 of the sign %v, first floor %q", g.SignF1, g.Floors[0].Name)
	}
	near(t, "F1 of the sign", g.SignF1.Value, 12.0/16/2)
	if f := g.SignF1; f.Low >= f.Value || f.High <= f.Value {
		t.Errorf("F1 of the sign %v is not within %v to %v", f.Value, f.Low, f.High)
	}
	// A tone has no probabilities that could be off.
	g = figures("all", rows(counts, [2]int{}), tone)
	if g.CalibrationError != 0 || g.Reliability != nil || g.Floors[0].Name != "always neutral" {
		t.Errorf("of tones: calibration error %v, bins %v, floor %q", g.CalibrationError, g.Reliability, g.Floors[0].Name)
	}
}

// The floors go by the sign of a score that is one: near 0 it says nothing.
func TestSides(t *testing.T) {
	for _, test := range []struct {
		score      float64
		side, sign int
	}{{0.9, 1, 1}, {0.05, 1, 1}, {0.04, 0, 1}, {0, 0, 1}, {-0.04, 0, 2}, {-0.05, 2, 2}, {-0.9, 2, 2}} {
		if side, sign := sideOf(test.score), signOf(test.score); side != test.side || sign != test.sign {
			t.Errorf("%v is side %d and sign %d, want %d and %d", test.score, side, sign, test.side, test.sign)
		}
	}
}
