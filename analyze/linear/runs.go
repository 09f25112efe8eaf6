package linear

import "math"

// RunSeeds are added to what the hashes of runs of 3, 4 and 5 bytes start from:
// 0 leaves a run the hash that Hash gives it.
type RunSeeds [3]uint32

const shortestRun = 3 // bytes

// EachRun yields the hashes of the runs of 3 to 5 bytes within a word, which
// stands between spaces.
func EachRun(word string, seeds RunSeeds, yield func(hash uint32)) {
	for at := -1; at < len(word)-1; at++ {
		hashes := seeds
		for i := range hashes {
			hashes[i] += HashStart
		}
		for n := range shortestRun - 1 + len(seeds) {
			k := at + n
			if k > len(word) {
				break
			}
			c := byte(' ')
			if uint(k) < uint(len(word)) {
				c = word[k]
			}
			for i := max(0, n-shortestRun+1); i < len(hashes); i++ {
				hashes[i] = HashByte(hashes[i], c)
			}
			if n >= shortestRun-1 {
				yield(hashes[n-shortestRun+1])
			}
		}
	}
}

// Runs works out what the runs of bytes within words weigh by a model. Words
// come again and again, so it keeps the sums of those that have a number, and
// of the others that it saw last. It is for one goroutine at a time.
type Runs struct {
	Model    *Model
	kind     uint32
	seeds    RunSeeds
	numbered []RunSums  // by number of the word
	others   []keptSums // by hash of the word
}

// RunSums are the summed levels of the runs of bytes within a word, whole
// numbers that are the same in any order, and how many runs there are.
type RunSums struct {
	Levels [sides]int32
	Count  int32 // 0 where they are not known yet
}

// keptSums are those of a word that is short enough to be kept beside them.
type keptSums struct {
	RunSums
	kind   uint32
	length uint8 // of the word; 0 where it was too long
	word   [longestKept]byte
}

func (k *keptSums) are(kind uint32, word string) bool {
	return k.length > 0 && k.kind == kind && string(k.word[:k.length]) == word
}

const (
	keptWords   = 1 << 12 // a power of two
	longestKept = 27      // bytes
)

// NewRuns returns the sums by a model whose features of runs are of a kind: the
// hash of a run is mixed into it. Words have numbers of less than numbers.
func NewRuns(model *Model, kind uint32, seeds RunSeeds, numbers int) *Runs {
	return &Runs{Model: model, kind: kind, seeds: seeds, numbered: make([]RunSums, numbers), others: make([]keptSums, keptWords)}
}

// Of returns the sums of a word with its number, 0 for one that has none, and a
// hash. They are valid until the next call.
func (r *Runs) Of(number int, word string, hash uint32) *RunSums {
	if known := &r.numbered[number]; known.Count != 0 {
		return known
	}
	return r.first(number, word, hash)
}

// first is Of for a word whose sums are not kept by its number.
func (r *Runs) first(number int, word string, hash uint32) *RunSums {
	if number != 0 {
		r.numbered[number] = r.sums(r.kind, word)
		return &r.numbered[number]
	}
	return r.OfKind(r.kind, word, hash)
}

// OfKind is Of by features of another kind.
func (r *Runs) OfKind(kind uint32, word string, hash uint32) *RunSums {
	kept := &r.others[(hash^kind)*0x9e3779b1%keptWords]
	if !kept.are(kind, word) {
		*kept = keptSums{RunSums: r.sums(kind, word), kind: kind}
		if len(word) <= longestKept {
			kept.length = uint8(copy(kept.word[:], word))
		}
	}
	return &kept.RunSums
}

func (r *Runs) sums(kind uint32, word string) (sums RunSums) {
	EachRun(word, r.seeds, func(h uint32) {
		for c, level := range r.Model.cell(spread(Mix(kind, h))).levels() {
			sums.Levels[c] += level
		}
		sums.Count++
	})
	return sums
}

// RunTotal sums up the runs of bytes within the words of a text. They are whole
// numbers, so that the order of the words does not count.
type RunTotal struct {
	levels [sides]int64
	count  int
}

// Add adds the runs of a word.
func (t *RunTotal) Add(word *RunSums) {
	t.count += int(word.Count)
	for c, level := range word.Levels {
		t.levels[c] += int64(level)
	}
}

// Value is what each run counts as one of a group of features of a length: they are
// scaled by the root of how many they are. It is 0 where there are none.
func (t *RunTotal) Value(length float64) float64 {
	if t.count == 0 {
		return 0
	}
	return length / math.Sqrt(float64(t.count))
}

// To adds the total, scaled to a length, to the sums of other features.
func (t *RunTotal) To(sums *Sums, length float64) {
	for c, level := range t.levels {
		sums[c] += float32(float64(level) * t.Value(length))
	}
}
