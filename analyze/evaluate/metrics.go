// Package evaluate scores predictions against what people judged.
package evaluate

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Confusion counts rows by gold label, then by the label given. The labels are
// those of stance (neutral, favor, against) or of sentiment (neutral,
// positive, negative).
type Confusion [3][3]int

// Count is how many rows there are.
func (c *Confusion) Count() int {
	n := 0
	for _, row := range c {
		for _, k := range row {
			n += k
		}
	}
	return n
}

// Precision is the share of the rows given a label that have it; 0 where none
// was given it.
func (c *Confusion) Precision(label int) float64 {
	given := c[0][label] + c[1][label] + c[2][label]
	return share(c[label][label], given)
}

// Recall is the share of the rows that have a label that were given it; 0
// where none has it.
func (c *Confusion) Recall(label int) float64 {
	return share(c[label][label], c.Gold(label))
}

// Gold is how many rows have a label.
func (c *Confusion) Gold(label int) int { return c[label][0] + c[label][1] + c[label][2] }

// F1 is the harmonic mean of precision and recall.
func (c *Confusion) F1(label int) float64 {
	given := c[0][label] + c[1][label] + c[2][label]
	return share(2*c[label][label], given+c.Gold(label))
}

// MacroF1 is the mean F1 of the labels that any row has.
func (c *Confusion) MacroF1() float64 { return c.Macro(c.F1) }

// MacroRecall is the mean recall of the labels that any row has.
func (c *Confusion) MacroRecall() float64 { return c.Macro(c.Recall) }

// Macro is the mean of a figure over the labels that any row has. The figure may
// be that of a sample of the rows, which need not have them all.
func (c *Confusion) Macro(of func(int) float64) float64 {
	sum, n := 0.0, 0
	for label := range 3 {
		if c.Gold(label) > 0 {
			sum += of(label)
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return sum / float64(n)
}

// SidesF1 is the mean F1 of the two labels that are not neutral.
func (c *Confusion) SidesF1() float64 { return (c.F1(1) + c.F1(2)) / 2 }

// Accuracy is the share of rows given the label they have.
func (c *Confusion) Accuracy() float64 { return share(c[0][0]+c[1][1]+c[2][2], c.Count()) }

// Kappa is Cohen's (1960): the agreement beyond what the labels' shares give by
// chance, 1 at most.
func (c *Confusion) Kappa() float64 {
	n := float64(c.Count())
	if n == 0 {
		return 0
	}
	chance := 0.0
	for label := range 3 {
		given := c[0][label] + c[1][label] + c[2][label]
		chance += float64(given) * float64(c.Gold(label)) / n / n
	}
	if chance == 1 {
		return 0
	}
	return (c.Accuracy() - chance) / (1 - chance)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// Row is one judgement: what a person said and what was predicted.
type Row struct {
	Post       int // its number; the rows of a post stand together
	Gold       int
	Label      int
	P          [3]float64 // predicted probabilities of the labels
	Confidence float64    // of Label
}

// Confuse counts rows.
func Confuse(rows []Row) *Confusion {
	c := new(Confusion)
	for i := range rows {
		c[rows[i].Gold][rows[i].Label]++
	}
	return c
}

// Interval is a 95 % interval.
type Interval struct{ Low, High float64 }

// resamples is how many samples the bootstrap draws.
const resamples = 500

// Bootstrap returns the 95 % interval of a figure over samples of the posts drawn
// with replacement (Efron, 1979), each with all its rows: those of one post are not
// independent. The same rows give the same interval.
func Bootstrap(rows []Row, figure func(*Confusion) float64) Interval {
	if len(rows) == 0 {
		return Interval{}
	}
	var posts [][]Row
	for first, i := 0, 1; i <= len(rows); i++ {
		if i == len(rows) || rows[i].Post != rows[first].Post {
			posts = append(posts, rows[first:i])
			first = i
		}
	}
	random := rand.New(rand.NewPCG(1, 1))
	values := make([]float64, resamples)
	for i := range values {
		var c Confusion
		for range posts {
			for _, r := range posts[random.IntN(len(posts))] {
				c[r.Gold][r.Label]++
			}
		}
		values[i] = figure(&c)
	}
	slices.Sort(values)
	const outside = resamples * 25 / 1000 // on either side
	return Interval{values[outside], values[resamples-1-outside]}
}

// Bin is a bin of the reliability table: the rows of about one confidence.
type Bin struct {
	Low, High  float64
	Count      int
	Confidence float64 // mean
	Accuracy   float64
}

// Reliability returns the rows by confidence in tenths, empty bins left out,
// and the expected calibration error: by how much confidence and accuracy
// differ in a bin, weighted by its rows (Naeini et al., 2015).
func Reliability(rows []Row) (bins []Bin, calibrationError float64) {
	var all [10]Bin
	for i := range rows {
		r := &rows[i]
		b := &all[min(9, max(0, int(r.Confidence*10)))]
		b.Count++
		b.Confidence += r.Confidence
		if r.Label == r.Gold {
			b.Accuracy++
		}
	}
	for k, b := range all {
		if b.Count == 0 {
			continue
		}
		n := float64(b.Count)
		b.Low, b.High = float64(k)/10, float64(k+1)/10
		b.Confidence, b.Accuracy = b.Confidence/n, b.Accuracy/n
		calibrationError += math.Abs(b.Confidence-b.Accuracy) * n / float64(len(rows))
		bins = append(bins, b)
	}
	return bins, calibrationError
}

// groupSize is how many rows stand for what a cell of a table sums up.
const groupSize = 50

// Prevalence returns by how much the shares of the labels over random groups
// of 50 rows are off, as the mean absolute error of a share: by counting the
// labels given, and by summing the probabilities, as the tables do. It is 0, 0
// with fewer than 50 rows.
func Prevalence(rows []Row) (counted, summed float64) {
	if len(rows) < groupSize {
		return 0, 0
	}
	random := rand.New(rand.NewPCG(2, 2))
	const groups = 1000
	for range groups {
		var gold, given, p [3]float64
		for range groupSize {
			r := &rows[random.IntN(len(rows))]
			gold[r.Gold]++
			given[r.Label]++
			for c := range p {
				p[c] += r.P[c]
			}
		}
		for c := range gold {
			counted += math.Abs(gold[c]-given[c]) / groupSize / 3 / groups
			summed += math.Abs(gold[c]-p[c]) / groupSize / 3 / groups
		}
	}
	return counted, summed
}
