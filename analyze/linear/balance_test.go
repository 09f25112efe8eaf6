package linear

import (
	"math"
	"testing"
)

// TestBalance gives the classes equal weight together: 8 examples of which the
// first class has 6, one of them by halves.
func TestBalance(t *testing.T) {
	examples := make([]Example, 8)
	examples[6].Class = 1
	examples[7].Class = 2
	examples[0].Shares = [Classes]float64{0.5, 0.5, 0}
	// The classes count 5.5, 1.5 and 1; a third of 8 is 2 2/3.
	Balance(examples, 0.5, 100)
	var counts [Classes]float64
	for i := range examples {
		for c, w := range examples[i].weights() {
			counts[c] += w
		}
	}
	for c, n := range counts {
		if math.Abs(n-0.5*8/3) > 1e-9 {
			t.Errorf("class %d counts %.4f, not %.4f", c, n, 0.5*8/3)
		}
	}
	if got, want := examples[0].Shares[1], (0.5*8/3/1.5)/(0.5*8/3/1.5+0.5*8/3/5.5); math.Abs(got-want) > 1e-9 {
		t.Errorf("the share of the rarer class is %.4f, not %.4f", got, want)
	}
	if got := examples[1].Shares; got != ([Classes]float64{}) {
		t.Errorf("a sure label has the shares %v", got)
	}

	// A rare class counts no more than most times over, and a class without
	// examples not at all.
	few := []Example{{Class: 0}, {Class: 0}, {Class: 0}, {Class: 0}, {Class: 0}, {Class: 0}, {Class: 0}, {Class: 2}}
	Balance(few, 1, 2)
	if few[7].Weight != 2 || few[0].Weight != 8.0/2/7 {
		t.Errorf("the weights are %.3f and %.3f, not %.3f and 2", few[0].Weight, few[7].Weight, 8.0/2/7)
	}
}
