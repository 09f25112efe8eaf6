package linear

import (
	"cmp"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
)

// Example is a labelled vector.
type Example struct {
	Vector
	Class int
	// Shares is the chance of each class, where a label is not sure; where it is
	// all 0, Class is.
	Shares [Classes]float64
	Weight float64
	// Group is what must not be torn apart when a model is tested, a thread say:
	// examples of one group have the same. They stand together.
	Group uint32
	// Sided says that the set was cleared of all that is of the first class: the
	// label tells one side from the other, and not how likely a side is taken.
	Sided bool
}

// shares returns the chance of each class.
func (e *Example) shares() [Classes]float64 {
	shares := e.Shares
	if shares == ([Classes]float64{}) {
		shares[e.Class] = 1
	}
	return shares
}

// weights returns how much it counts for each class.
func (e *Example) weights() [Classes]float64 {
	weights := e.shares()
	for c := range weights {
		weights[c] *= e.Weight
	}
	return weights
}

// Balance gives the classes of examples equal weight together, each example
// weight on the mean. What is seldom does not count more than most times over.
func Balance(examples []Example, weight, most float64) {
	var counts [Classes]float64
	for i := range examples {
		for c, share := range examples[i].shares() {
			counts[c] += share
		}
	}
	classes := 0.0
	for _, n := range counts {
		if n > 0 {
			classes++
		}
	}
	for i := range examples {
		e := &examples[i]
		shares := e.shares()
		sum := 0.0
		for c := range shares {
			if shares[c] > 0 {
				shares[c] *= min(float64(len(examples))/classes/counts[c], most)
				sum += shares[c]
			}
		}
		e.Weight = weight * sum
		if e.Shares != ([Classes]float64{}) {
			for c := range shares {
				e.Shares[c] = shares[c] / sum
			}
		}
	}
}

// Options are how a model is trained.
type Options struct {
	L2       float64 // strength of the penalty on weights, per example
	Prior    float64 // Naive Bayes smoothing; 0 leaves the features unweighted
	Power    float64 // exponent of the Naive Bayes weight
	Rate     float64 // length of the first steps
	Passes   int     // over the examples
	MinCount int     // examples that a feature must be seen in
	MinGroup int     // groups of examples that a feature must be seen in
	Bits     int     // 2^Bits buckets, 4 or more; 0 stands for DefaultBits
}

// Weights is a trained model before it is made small: Classes weights a
// bucket, and a bias a class.
type Weights struct {
	W     []float64 // by bucket, then class
	Check []uint16  // by bucket: which feature of the set has it
	Bias  []float64
}

// Train fits a multinomial logistic regression with L2 penalty by gradient
// descent. Each weight is scaled by the Naive Bayes log-count ratio of its
// feature and class (Wang and Manning, 2012, for several classes one against the
// rest), which is the same as a penalty that spares features that tell the
// classes apart. Of the features of a set it keeps as many as there are buckets,
// those that a fit to all features would miss most. The result is the same for
// the same examples in the same order.
func Train(examples []Example, opts Options) (*Weights, error) {
	if len(examples) == 0 {
		return nil, errors.New("no examples to train on")
	}
	if opts.Bits == 0 {
		opts.Bits = DefaultBits
	}
	numbers, features := candidates(examples, opts)
	ratio := ratios(numbers, examples, len(features), opts)
	first := opts
	first.Passes = (opts.Passes + 1) / 2
	x, squares := descend(numbers, examples, ratio, len(features), first)
	size := 1 << opts.Bits
	w := &Weights{W: make([]float64, size*Classes), Check: make([]uint16, size), Bias: make([]float64, Classes)}
	buckets, ratio := w.choose(numbers, features, ratio, saliency(x, squares, len(features)))
	x, _ = descend(numbers, examples, ratio, len(buckets), opts)
	for u, bucket := range buckets {
		for c := range Classes {
			w.W[bucket*Classes+c] = float64(x[u*Classes+c] * ratio[u*Classes+c])
		}
	}
	for c := range Classes {
		w.Bias[c] = float64(x[len(buckets)*Classes+c])
	}
	return w, nil
}

// descend minimises the penalised log loss by stochastic gradient descent with
// a step of its own for each weight (AdaGrad; Duchi, Hazan and Singer, 2011),
// and returns the mean of the weights over the last half of the passes, and the
// sums of the squared gradients by weight.
func descend(numbers [][]int32, examples []Example, ratio []float32, used int, opts Options) (mean, squares []float32) {
	const k = Classes
	n := used * k
	x := make([]float32, n+k)
	squares = make([]float32, n+k)
	for i := range squares {
		squares[i] = 1e-3
	}
	mean = make([]float32, n+k)
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	random := rand.New(rand.NewPCG(1, 2))
	logits := make([]float64, k)
	averaged := 0
	for pass := range opts.Passes {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			e := &examples[i]
			for c := range logits {
				logits[c] = float64(x[n+c])
			}
			for j, u := range numbers[i] {
				if u < 0 {
					continue
				}
				at := int(u) * k
				v := e.Value[j]
				for c := range logits {
					logits[c] += float64(x[at+c] * ratio[at+c] * v)
				}
			}
			if e.Sided { // the loss is that of the sides, given that one is taken
				Softmax(logits[1:])
				logits[0] = 0
			} else {
				Softmax(logits)
			}
			shares := e.shares()
			for c := range logits {
				logits[c] = (logits[c] - shares[c]) * e.Weight
				g := float32(logits[c])
				squares[n+c] += g * g
				x[n+c] -= float32(opts.Rate) * g / sqrt(squares[n+c])
			}
			for j, u := range numbers[i] {
				if u < 0 {
					continue
				}
				at := int(u) * k
				v := e.Value[j]
				for c := range logits {
					g := float32(logits[c])*v*ratio[at+c] + float32(opts.L2)*x[at+c]
					squares[at+c] += g * g
					x[at+c] -= float32(opts.Rate) * g / sqrt(squares[at+c])
				}
			}
		}
		if pass >= opts.Passes/2 {
			averaged++
			for i := range mean {
				mean[i] += x[i]
			}
		}
	}
	for i := range mean {
		mean[i] /= float32(averaged)
	}
	return mean, squares
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// candidates returns the features of each example that occur often enough as
// numbers, −1 for the others, and the features by number.
func candidates(examples []Example, opts Options) (numbers [][]int32, features []uint32) {
	type tally struct {
		feature uint32
		last    int32  // example that it was seen in
		group   uint32 // of that
		n       int    // examples
		groups  int
	}
	index := make(map[uint32]int32, 1<<20)
	var tallies []tally
	numbers = make([][]int32, len(examples))
	for i := range examples {
		e := &examples[i]
		numbers[i] = make([]int32, len(e.Index))
		for j, feature := range e.Index {
			k, ok := index[feature]
			if !ok {
				k = int32(len(tallies))
				index[feature] = k
				tallies = append(tallies, tally{feature: feature, last: -1})
			}
			numbers[i][j] = k
			t := &tallies[k]
			if t.last != int32(i) {
				if t.n == 0 || t.group != e.Group {
					t.groups++
				}
				t.last, t.group = int32(i), e.Group
				t.n++
			}
		}
	}
	to := make([]int32, len(tallies))
	for k := range tallies {
		to[k] = -1
		if t := &tallies[k]; t.n >= opts.MinCount && t.groups >= opts.MinGroup {
			to[k] = int32(len(features))
			features = append(features, t.feature)
		}
	}
	renumber(numbers, to)
	return numbers, features
}

// renumber gives each feature the number that stands at its old one.
func renumber(numbers [][]int32, to []int32) {
	for _, list := range numbers {
		for j, k := range list {
			if k >= 0 {
				list[j] = to[k]
			}
		}
	}
}

// saliency returns by feature about how much the loss would rise without it: its
// weights' squares by the curvature there, for which the squared gradients stand
// (optimal brain damage; LeCun, Denker and Solla, 1990).
func saliency(x, squares []float32, features int) []float32 {
	salient := make([]float32, features)
	for u := range salient {
		for c := u * Classes; c < (u+1)*Classes; c++ {
			salient[u] += x[c] * x[c] * squares[c]
		}
	}
	return salient
}

// choose gives the buckets of every set to the most salient of its features. The
// examples' numbers are from then on those of the chosen ones, −1 for the others.
// It returns the buckets of the chosen ones, by number, and their ratios.
func (w *Weights) choose(numbers [][]int32, features []uint32, ratio, salient []float32) (buckets []int, chosen []float32) {
	order, to := make([]int, len(features)), make([]int32, len(features))
	for u := range features {
		order[u], to[u] = u, -1
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(salient[b], salient[a]) })
	taken := make([]int, len(w.Check)/ways) // buckets, by set
	for _, u := range order {
		set, check := place(features[u], len(taken))
		if taken[set] == ways {
			continue
		}
		bucket := set*ways + taken[set]
		taken[set]++
		w.Check[bucket] = check
		to[u] = int32(len(buckets))
		buckets = append(buckets, bucket)
		chosen = append(chosen, ratio[u*Classes:(u+1)*Classes]...)
	}
	renumber(numbers, to)
	return buckets, chosen
}

// ratios returns by number of the feature and class how far the feature tells the
// class from the others.
func ratios(numbers [][]int32, examples []Example, features int, opts Options) []float32 {
	ratio := make([]float32, features*Classes)
	for i := range ratio {
		ratio[i] = 1
	}
	if opts.Prior == 0 {
		return ratio
	}
	counts := make([]float64, features*Classes)
	totals := make([]float64, Classes)
	for i := range examples {
		weights := examples[i].weights()
		for c, w := range weights {
			totals[c] += w
		}
		for _, u := range numbers[i] {
			if u < 0 {
				continue
			}
			for c, w := range weights {
				counts[int(u)*Classes+c] += w
			}
		}
	}
	all := 0.0
	for _, t := range totals {
		all += t
	}
	for u := range features {
		sum := 0.0
		for c := range Classes {
			sum += counts[u*Classes+c]
		}
		for c := range Classes {
			in := (counts[u*Classes+c] + opts.Prior) / (totals[c] + opts.Prior)
			out := (sum - counts[u*Classes+c] + opts.Prior) / (all - totals[c] + opts.Prior)
			r := math.Abs(math.Log(in / out))
			ratio[u*Classes+c] = float32(math.Pow(0.05+min(r, 4), opts.Power))
		}
	}
	return ratio
}

// Logits sets dst to the summed weights of a vector's features.
func (w *Weights) Logits(v *Vector, dst []float64) {
	copy(dst, w.Bias)
	for j, feature := range v.Index {
		set, check := place(feature, len(w.Check)/ways)
		first := set * ways
		way := slices.Index(w.Check[first:first+ways], check)
		if way < 0 {
			continue
		}
		at := (first + way) * Classes
		x := float64(v.Value[j])
		for c := range dst {
			dst[c] += w.W[at+c] * x
		}
	}
}
