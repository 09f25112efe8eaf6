// Command clusters sorts the words of discussions into classes of words that
// stand in the same company, and writes ../clusters.bin. Run it from the top of
// the repository: go run ./analyze/stance/clusters DATA, where DATA is the
// folder of the sets that MODEL.md names.
//
// Words are told by what stands up to three places beside them: the positive
// pointwise mutual information with each neighbour, cut down to a hundred
// dimensions by a singular value decomposition (Levy, Goldberg and Dagan,
// 2015) and put into classes by k-means. Labels play no part in it.
package main

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"gonum.org/v1/gonum/mat"

	"threadstance/analyze/linear"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

const (
	words      = 20000 // most frequent ones
	neighbours = 8000
	least      = 8 // times that a word must occur
	window     = 3
	dimensions = 100
	classes    = 800
	smoothing  = 0.75 // exponent of the neighbours' counts
	rounds     = 25   // of k-means
)

func main() {
	data := "../shared/data"
	if len(os.Args) > 1 {
		data = os.Args[1]
	}
	if err := run(data); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(data string) error {
	var c corpus
	for _, name := range []string{"threads", "forum/train.jsonl", "newsmtsc/train.jsonl", "mtcsd/train.jsonl", "pstance/train.jsonl", "semeval2017/train.jsonl"} {
		if err := c.read(filepath.Join(data, name)); err != nil {
			return err
		}
	}
	vocabulary := c.vocabulary()
	fmt.Printf("%d posts, %d words, %d kinds kept\n", len(c.posts), c.total, len(vocabulary))
	vectors := embed(c.company(vocabulary))
	class := kmeans(vectors, classes)

	type entry struct {
		hash  uint32
		class uint16
	}
	entries := make([]entry, len(vocabulary))
	for i, w := range vocabulary {
		entries[i] = entry{linear.Hash(w), uint16(class[i])}
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.hash, b.hash) })
	var out []byte
	for _, e := range entries {
		out = binary.LittleEndian.AppendUint32(out, e.hash)
		out = binary.LittleEndian.AppendUint16(out, e.class)
	}
	return os.WriteFile("analyze/stance/clusters.bin", out, 0o644)
}

// corpus is the posts as numbers of words.
type corpus struct {
	posts  [][]int32
	number map[string]int32
	names  []string
	counts []int
	total  int
}

// read adds the posts of a file or folder; the same text is taken once.
func (c *corpus) read(path string) error {
	if c.number == nil {
		c.number = map[string]int32{}
	}
	var doc token.Scanner
	seen := map[string]bool{}
	for t, err := range thread.Read([]string{path}, thread.Options{}) {
		if err != nil {
			return err
		}
		for i := range t.Posts {
			text := t.Posts[i].Text
			if seen[text] {
				continue
			}
			seen[text] = true
			doc.Reset(lexicon.Default(), text)
			doc.Scan(thread.Span{Start: 0, End: len(text)}, 0)
			var post []int32
			for k := range doc.Tokens {
				norm := doc.Tokens[k].Norm
				n, ok := c.number[norm]
				if !ok {
					n = int32(len(c.names))
					c.number[norm] = n
					c.names = append(c.names, norm)
					c.counts = append(c.counts, 0)
				}
				c.counts[n]++
				c.total++
				post = append(post, n)
			}
			c.posts = append(c.posts, post)
		}
	}
	return nil
}

// vocabulary returns the most frequent words, the most frequent first, and
// numbers the posts' words by it, −1 for all others.
func (c *corpus) vocabulary() []string {
	order := make([]int32, len(c.names))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(c.counts[b], c.counts[a]), cmp.Compare(c.names[a], c.names[b]))
	})
	rank := make([]int32, len(c.names))
	for i := range rank {
		rank[i] = -1
	}
	var list []string
	for _, n := range order {
		if len(list) < words && c.counts[n] >= least {
			rank[n] = int32(len(list))
			list = append(list, c.names[n])
		}
	}
	for _, post := range c.posts {
		for i, n := range post {
			post[i] = rank[n]
		}
	}
	return list
}

// row is the non-zero cells of a row of a matrix, by column.
type row struct {
	column []int32
	value  []float64
}

// company returns, by word, its positive pointwise mutual information with the
// frequent words to its left and, in columns of their own, to its right.
func (c *corpus) company(vocabulary []string) []row {
	counts := make([]map[int32]int, len(vocabulary))
	for i := range counts {
		counts[i] = map[int32]int{}
	}
	for _, post := range c.posts {
		for i, w := range post {
			if w < 0 {
				continue
			}
			for d := 1; d <= window; d++ {
				near := 6 / d // nearer ones count more
				if k := i - d; k >= 0 && post[k] >= 0 && post[k] < neighbours {
					counts[w][post[k]] += near
				}
				if k := i + d; k < len(post) && post[k] >= 0 && post[k] < neighbours {
					counts[w][post[k]+neighbours] += near
				}
			}
		}
	}
	rows := make([]row, len(counts))
	sums := make([]float64, len(counts))
	columns := make([]float64, 2*neighbours)
	for i, m := range counts {
		for k := range m {
			rows[i].column = append(rows[i].column, k)
		}
		slices.Sort(rows[i].column)
		for _, k := range rows[i].column {
			rows[i].value = append(rows[i].value, float64(m[k]))
			sums[i] += float64(m[k])
			columns[k] += float64(m[k])
		}
	}
	all := 0.0
	for k := range columns {
		columns[k] = math.Pow(columns[k], smoothing)
		all += columns[k]
	}
	for i := range rows {
		kept := 0
		for k, column := range rows[i].column {
			if v := math.Log(rows[i].value[k] * all / (sums[i] * columns[column])); v > 0 {
				rows[i].column[kept], rows[i].value[kept] = column, v
				kept++
			}
		}
		rows[i].column, rows[i].value = rows[i].column[:kept], rows[i].value[:kept]
	}
	return rows
}

// embed returns a vector of length one for each row: the left singular vectors
// by the roots of their values, found by subspace iteration (Halko,
// Martinsson and Tropp, 2011).
func embed(rows []row) [][]float64 {
	const extra = 10
	const size = dimensions + extra
	random := rand.New(rand.NewPCG(1, 2))
	right := grid(2*neighbours, size)
	for _, r := range right {
		for k := range r {
			r[k] = random.NormFloat64()
		}
	}
	left := times(rows, right)
	for range 3 {
		orthogonal(left)
		right = transposed(rows, left)
		orthogonal(right)
		left = times(rows, right)
	}
	// left = A·right with right's columns orthogonal: the eigenvectors of
	// leftᵀ·left turn left's columns into singular vectors.
	gram := mat.NewSymDense(size, nil)
	for a := range size {
		for b := a; b < size; b++ {
			sum := 0.0
			for _, r := range left {
				sum += r[a] * r[b]
			}
			gram.SetSym(a, b, sum)
		}
	}
	var eigen mat.EigenSym
	eigen.Factorize(gram, true)
	var turn mat.Dense
	eigen.VectorsTo(&turn)
	values := eigen.Values(nil) // squares of the singular values, ascending
	out := grid(len(rows), dimensions)
	for i, r := range left {
		length := 0.0
		for d := range dimensions {
			column := size - 1 - d
			sum := 0.0
			for k, v := range r {
				sum += v * turn.At(k, column)
			}
			// sum is u·s; u·√s is wanted.
			sum /= math.Pow(math.Max(values[column], 1e-12), 0.25)
			out[i][d] = sum
			length += sum * sum
		}
		length = math.Sqrt(length) + 1e-9
		for d := range out[i] {
			out[i][d] /= length
		}
	}
	return out
}

func grid(n, m int) [][]float64 {
	cells := make([]float64, n*m)
	out := make([][]float64, n)
	for i := range out {
		out[i] = cells[i*m : (i+1)*m]
	}
	return out
}

// times returns rows·m.
func times(rows []row, m [][]float64) [][]float64 {
	out := grid(len(rows), len(m[0]))
	parallel(len(rows), func(i int) {
		for k, column := range rows[i].column {
			v := rows[i].value[k]
			for d, x := range m[column] {
				out[i][d] += v * x
			}
		}
	})
	return out
}

// transposed returns rowsᵀ·m.
func transposed(rows []row, m [][]float64) [][]float64 {
	out := grid(2*neighbours, len(m[0]))
	for i := range rows {
		for k, column := range rows[i].column {
			v := rows[i].value[k]
			for d, x := range m[i] {
				out[column][d] += v * x
			}
		}
	}
	return out
}

// orthogonal makes the columns of m orthogonal and of length one (modified
// Gram and Schmidt).
func orthogonal(m [][]float64) {
	for a := range m[0] {
		for b := range a {
			dot := 0.0
			for _, r := range m {
				dot += r[a] * r[b]
			}
			for _, r := range m {
				r[a] -= dot * r[b]
			}
		}
		length := 0.0
		for _, r := range m {
			length += r[a] * r[a]
		}
		length = math.Sqrt(length) + 1e-12
		for _, r := range m {
			r[a] /= length
		}
	}
}

// kmeans returns a class for each vector. It begins with vectors far from each
// other (Arthur and Vassilvitskii, 2007).
func kmeans(vectors [][]float64, k int) []int {
	random := rand.New(rand.NewPCG(3, 4))
	centres := grid(k, len(vectors[0]))
	class := make([]int, len(vectors))
	far := make([]float64, len(vectors))
	for i := range far {
		far[i] = math.Inf(1)
	}
	pick := random.IntN(len(vectors))
	for c := range centres {
		copy(centres[c], vectors[pick])
		sum := 0.0
		for i, v := range vectors {
			far[i] = min(far[i], distance(v, centres[c]))
			sum += far[i]
		}
		at := random.Float64() * sum
		for i := range vectors {
			if at -= far[i]; at <= 0 {
				pick = i
				break
			}
		}
	}
	for range rounds {
		parallel(len(vectors), func(i int) {
			best := math.Inf(1)
			for c := range centres {
				if d := distance(vectors[i], centres[c]); d < best {
					best, class[i] = d, c
				}
			}
		})
		n := make([]int, k)
		sums := grid(k, len(vectors[0]))
		for i, c := range class {
			n[c]++
			for d, x := range vectors[i] {
				sums[c][d] += x
			}
		}
		for c := range centres {
			if n[c] > 0 {
				for d := range centres[c] {
					centres[c][d] = sums[c][d] / float64(n[c])
				}
			}
		}
	}
	return class
}

func distance(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		d := x - b[i]
		sum += d * d
	}
	return sum
}

// parallel calls f for each number below n, on all processors.
func parallel(n int, f func(i int)) {
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				f(i)
			}
		})
	}
	wg.Wait()
}
