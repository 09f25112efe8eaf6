package linear

import (
	"errors"
	"math"
	"math/rand/v2"
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
	Bits     int     // of a hash that choose its bucket; 0 stands for DefaultBits
}

// Weights is a trained model before it is made small: Classes weights a
// bucket, and a bias a class.
type Weights struct {
	Bits  int       // of a hash that choose its bucket
	W     []float64 // by bucket, then class
	Check []uint8   // by bucket: which feature has it; 0 where none does
	Bias  []float64
}

// Train fits a multinomial logistic regression with L2 penalty by gradient descent. Each
// weight is scaled by the Naive Bayes log-count ratio of its feature and class
// (Wang and Manning, 2012, for several classes one against the rest), which is
// the same as a penalty that spares features that tell the classes apart. The
// result is the same for the same examples in the same order.
func Train(examples []Example, opts Options) (*Weights, error) {
	if len(examples) == 0 {
		return nil, errors.New("no examples to train on")
	}
	if opts.Bits == 0 {
		opts.Bits = DefaultBits
	}
	buckets := 1 << opts.Bits
	numbers, features := chooseFeatures(examples, opts)
	ratio := ratios(numbers, examples, len(features), opts)
	x := descend(numbers, examples, ratio, len(features), opts)
	w := &Weights{Bits: opts.Bits, W: make([]float64, buckets*Classes), Check: make([]uint8, buckets), Bias: make([]float64, Classes)}
	for u, feature := range features {
		bucket, check := place(feature, w.Bits)
		w.Check[bucket] = check
		for c := range Classes {
			w.W[int(bucket)*Classes+c] = float64(x[u*Classes+c] * ratio[u*Classes+c])
		}
	}
	for c := range Classes {
		w.Bias[c] = float64(x[len(features)*Classes+c])
	}
	return w, nil
}

// descend minimises the penalised log loss by stochastic gradient descent with
// a step of its own for each weight (AdaGrad; Duchi, Hazan and Singer, 2011),
// and returns the mean of the weights over the last half of the passes.
func descend(numbers [][]int32, examples []Example, ratio []float32, used int, opts Options) []float32 {
	const k = Classes
	n := used * k
	x := make([]float32, n+k)
	squares := make([]float32, n+k)
	for i := range squares {
		squares[i] = 1e-3
	}
	mean := make([]float32, n+k)
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
	return mean
}

func sqrt(x float32) float32 { return float32(math.Sqrt(float64(x))) }

// chooseFeatures gives every bucket to the feature that tells the classes apart best
// among those that fall into it and occur often enough. It returns the
// features of each example as numbers of the chosen ones, −1 for the others,
// and the chosen features.
func chooseFeatures(examples []Example, opts Options) (numbers [][]int32, features []uint32) {
	type tally struct {
		feature uint32
		counts  [3]float32
		last    int32  // example that it was seen in
		group   uint32 // of that
		n       int    // examples
		groups  int
	}
	index := make(map[uint32]int32, 1<<20)
	var tallies []tally
	var totals [3]float64
	for i := range examples {
		e := &examples[i]
		weights := e.weights()
		for c, w := range weights {
			totals[c] += w
		}
		for _, feature := range e.Index {
			k, ok := index[feature]
			if !ok {
				k = int32(len(tallies))
				index[feature] = k
				tallies = append(tallies, tally{feature: feature, last: -1})
			}
			t := &tallies[k]
			if t.last != int32(i) {
				if t.n == 0 || t.group != e.Group {
					t.groups++
				}
				t.last, t.group = int32(i), e.Group
				for c, w := range weights {
					t.counts[c] += float32(w)
				}
				t.n++
			}
		}
	}
	all := totals[0] + totals[1] + totals[2]
	best := make([]int32, 1<<opts.Bits) // 1 + number of the tally that has the bucket
	score := make([]float64, 1<<opts.Bits)
	for k := range tallies {
		t := &tallies[k]
		if t.n < opts.MinCount || t.groups < opts.MinGroup {
			continue
		}
		sum := float64(t.counts[0] + t.counts[1] + t.counts[2])
		chi := 0.0
		for c := range Classes {
			expected := sum * totals[c] / all
			d := float64(t.counts[c]) - expected
			chi += d * d / (expected + 0.5)
		}
		bucket, _ := place(t.feature, opts.Bits)
		if best[bucket] == 0 || chi > score[bucket] {
			best[bucket], score[bucket] = int32(k+1), chi
		}
	}
	number := make([]int32, len(tallies))
	for k := range number {
		number[k] = -1
	}
	for _, k := range best {
		if k > 0 {
			number[k-1] = int32(len(features))
			features = append(features, tallies[k-1].feature)
		}
	}
	numbers = make([][]int32, len(examples))
	for i := range examples {
		list := make([]int32, len(examples[i].Index))
		for j, feature := range examples[i].Index {
			list[j] = number[index[feature]]
		}
		numbers[i] = list
	}
	return numbers, features
}

// ratios returns by used bucket and class how far the feature tells the class
// from the others.
func ratios(numbers [][]int32, examples []Example, used int, opts Options) []float32 {
	ratio := make([]float32, used*Classes)
	for i := range ratio {
		ratio[i] = 1
	}
	if opts.Prior == 0 {
		return ratio
	}
	counts := make([]float64, used*Classes)
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
	for u := range used {
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
		bucket, check := place(feature, w.Bits)
		if w.Check[bucket] != check {
			continue
		}
		at := int(bucket) * Classes
		x := float64(v.Value[j])
		for c := range dst {
			dst[c] += w.W[at+c] * x
		}
	}
}
