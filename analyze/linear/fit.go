package linear

import "math"

// CrossValidate trains on all folds but one and tells the one left out, for
// each fold in turn, and returns the probabilities of every example by a model
// that has not seen it. group names what must not be torn apart, a thread say:
// examples of one group are in one fold.
func CrossValidate(examples []Example, group []uint32, folds int, opts Options) ([][]float64, error) {
	out := make([][]float64, len(examples))
	for fold := range folds {
		var train []Example
		for i := range examples {
			if int(group[i]%uint32(folds)) != fold {
				train = append(train, examples[i])
			}
		}
		w, err := Train(train, opts)
		if err != nil {
			return nil, err
		}
		for i := range examples {
			if int(group[i]%uint32(folds)) == fold {
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
	scaled := make([]float64, 4)
	for t := 0.5; t <= 3; t += 0.05 {
		loss := 0.0
		for i := range p {
			q := scaled[:len(p[i])]
			for c := range q {
				q[c] = math.Log(max(p[i][c], 1e-12)) / t
			}
			Softmax(q)
			loss -= examples[i].Weight * math.Log(max(q[examples[i].Class], 1e-12))
		}
		if loss < least {
			best, least = t, loss
		}
	}
	return best
}

// Lift returns by how much each class's probability must count, the first
// class's being 1 and no other's less, for the labels to have the highest
// score, MacroF1 for one.
func Lift(p [][]float64, examples []Example, score func(p [][]float64, examples []Example, lift []float64) float64) []float64 {
	steps := []float64{1, 1.15, 1.3, 1.5, 1.75, 2, 2.3, 2.7, 3.2}
	best := []float64{1, 1, 1}
	top := -1.0
	for _, a := range steps {
		for _, b := range steps {
			lift := []float64{1, a, b}
			if f := score(p, examples, lift); f > top+1e-9 {
				top, best = f, lift
			}
		}
	}
	return best
}

// MacroF1 is the mean F1 of the classes, rows counted by their weights, where
// probabilities are lifted before the likeliest class is taken.
func MacroF1(p [][]float64, examples []Example, lift []float64) float64 {
	var hit, said, gold [3]float64
	for i := range p {
		best := Choose(p[i], lift)
		said[best] += examples[i].Weight
		gold[examples[i].Class] += examples[i].Weight
		if best == examples[i].Class {
			hit[best] += examples[i].Weight
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
