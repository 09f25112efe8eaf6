package evaluate

import (
	"math"
	"testing"
)

func near(t *testing.T, name string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
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
}

func TestPrevalence(t *testing.T) {
	var rows []Row
	for range 60 {
		rows = append(rows, Row{Gold: 2, Label: 0, P: [3]float64{0.7, 0.1, 0.2}})
	}
	counted, summed := Prevalence(rows)
	near(t, "counted", counted, 2.0/3)
	near(t, "summed", summed, (0.7+0.1+0.8)/3)
}

func TestBootstrap(t *testing.T) {
	var rows []Row
	for i := range 100 {
		rows = append(rows, Row{Gold: 0, Label: i % 2})
	}
	a, b := Bootstrap(rows, (*Confusion).Accuracy), Bootstrap(rows, (*Confusion).Accuracy)
	if a != b {
		t.Errorf("two runs give %v and %v", a, b)
	}
	if !(a.Low > 0.38 && a.Low < 0.45 && a.High > 0.55 && a.High < 0.62) {
		t.Errorf("the interval of 0.5 over 100 rows is %v", a)
	}
}
