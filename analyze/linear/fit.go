package linear

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/optimize"
)

// CrossValidate trains on all folds but one and tells the one left out, for
// each fold in turn, and returns the probabilities of every example by a model
// that has not seen it. Examples of one group are in one fold.
func CrossValidate(examples []Example, folds int, opts Options) ([][]float64, error) {
	in := func(i, fold int) bool { return int(examples[i].Group%uint32(folds)) == fold }
	out := make([][]float64, len(examples))
	for fold := range folds {
		var train []Example
		for i := range examples {
			if !in(i, fold) {
				train = append(train, examples[i])
			}
		}
		if len(train) == 0 {
			return nil, fmt.Errorf("%d labels are too few to train on and to hold some back by turns: label more posts", len(examples))
		}
		w, err := Train(train, opts)
		if err != nil {
			return nil, err
		}
		for i := range examples {
			if in(i, fold) {
				out[i] = make([]float64, Classes)
				w.Logits(&examples[i].Vector, out[i])
				Softmax(out[i])
			}
		}
	}
	return out, nil
}

// Temperature returns by what the logits are to be divided so that the
// probabilities of examples not seen in training are calibrated best: the one
// with the least log loss (Guo et al., 2017).
func Temperature(p [][]float64, examples []Example) float64 {
	best, least := 1.0, math.Inf(1)
	for t := 0.5; t <= 3; t += 0.05 {
		scaled := Calibration{Temperature: t}
		loss := 0.0
		for i := range p {
			q := scaled.Of(p[i])
			loss -= examples[i].Weight * math.Log(max(q[examples[i].Class], 1e-12))
		}
		if loss < least {
			best, least = t, loss
		}
	}
	return best
}

// Calibrate returns the temperature and the bias with which the probabilities
// of examples not seen in training fit their labels best (bias-corrected
// temperature scaling; Alexandari, Kundaje and Shrikumar, 2020). The bias puts
// right that a model was trained on labels of which more, or fewer, take a
// side than of the examples. It is the same for both sides, so that it never
// turns one into the other. The result has no Lift.
func Calibrate(p [][]float64, examples []Example) Calibration {
	sums := make([][]float64, len(p))
	all := 0.0
	for i := range p {
		sums[i] = logits(p[i])
		all += examples[i].Weight
	}
	q := make([]float64, Classes)
	at := func(x []float64) Calibration {
		return Calibration{Temperature: math.Round(1000*math.Exp(x[0])) / 1000, Bias: math.Round(1000*x[1]) / 1000}
	}
	loss := func(x []float64) float64 {
		calibration := Calibration{Temperature: math.Exp(x[0]), Bias: x[1]}
		sum := 0.0
		for i := range sums {
			copy(q, sums[i])
			calibration.apply(q)
			sum -= examples[i].Weight * math.Log(max(q[examples[i].Class], 1e-12))
		}
		// A hundredth of an example's loss keeps few labels from going astray.
		return (sum + 0.01*(x[0]*x[0]+x[1]*x[1])) / all
	}
	start := make([]float64, 2)
	best, err := optimize.Minimize(optimize.Problem{Func: loss}, start, nil, &optimize.NelderMead{})
	if err != nil {
		return at(start)
	}
	return at(best.X)
}

// Score says how good the labels are that probabilities, lifted, come to.
type Score func(p [][]float64, examples []Example, lift []float64) float64

// Lift returns by how much each class's probability must count, the first
// class's being 1 and no other's less, for the labels to have the highest
// score. Scores that are less by up to plateau are taken to be as good.
func Lift(p [][]float64, examples []Example, score Score, plateau float64) []float64 {
	steps := []float64{1, 1.15, 1.3, 1.5, 1.75, 2, 2.3, 2.7, 3.2, 3.7}
	type tried struct{ a, b, score float64 }
	var all []tried
	top := -1.0
	for _, a := range steps {
		for _, b := range steps {
			f := score(p, examples, []float64{1, a, b})
			all = append(all, tried{a, b, f})
			top = max(top, f)
		}
	}
	// The top is flat, and where on it the best lies is chance: its middle is
	// what holds for other texts.
	var sum [2]float64
	n := 0.0
	for _, t := range all {
		if t.score > top-plateau {
			sum[0], sum[1], n = sum[0]+math.Log(t.a), sum[1]+math.Log(t.b), n+1
		}
	}
	return []float64{1, math.Round(100*math.Exp(sum[0]/n)) / 100, math.Round(100*math.Exp(sum[1]/n)) / 100}
}

// ExpectedMacroF1 is the mean F1 of the classes that calibrated probabilities,
// lifted before the likeliest class is taken, lead one to expect. It knows no
// labels, and so does not run after the chance in the few of a rare class: the
// lifts that are best by it hold better for other texts than those that are best
// by the labels (the decision-theoretic way of Ye, Chai, Lee and Chieu, 2012).
func ExpectedMacroF1(p [][]float64, examples []Example, lift []float64) float64 {
	return macroF1(p, examples, lift, func(i, class int) float64 { return p[i][class] })
}

// MacroF1 is the mean F1 of the classes, rows counted by their weights, where
// probabilities are lifted before the likeliest class is taken.
func MacroF1(p [][]float64, examples []Example, lift []float64) float64 {
	return macroF1(p, examples, lift, func(i, class int) float64 {
		if examples[i].Class == class {
			return 1
		}
		return 0
	})
}

// macroF1 is MacroF1 where an example has shares of the classes.
func macroF1(p [][]float64, examples []Example, lift []float64, share func(i, class int) float64) float64 {
	var hit, said, gold [Classes]float64
	for i := range p {
		best, weight := Choose(p[i], lift), examples[i].Weight
		said[best] += weight
		hit[best] += weight * share(i, best)
		for c := range gold {
			gold[c] += weight * share(i, c)
		}
	}
	sum := 0.0
	for c := range lift {
		if said[c]+gold[c] > 0 {
			sum += 2 * hit[c] / (said[c] + gold[c]) / float64(len(lift))
		}
	}
	return sum
}
