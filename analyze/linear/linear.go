// Package linear is a hashed linear model: features in, calibrated
// probabilities out. A feature is a number that its words are hashed to, a
// model holds a small weight for each bucket of hashes and class, and the
// probabilities are the softmax of the summed weights (multinomial logistic
// regression).
package linear

import "math"

// DefaultBits is how many buckets a model has where options do not say: 2^18 of
// four bytes are 1 MB, which stays near the processor.
const DefaultBits = 18

// Vector is the features of one example. Index and Value have one length.
type Vector struct {
	Index []uint32 // hashes
	Value []float32
}

// Reset empties the vector, keeping its memory.
func (v *Vector) Reset() { v.Index, v.Value = v.Index[:0], v.Value[:0] }

// Add appends a feature by its hash.
func (v *Vector) Add(hash uint32, value float32) {
	v.Index = append(v.Index, spread(hash))
	v.Value = append(v.Value, value)
}

// spread makes a feature of a hash: its upper bits, which choose the bucket, are
// then of all the bits of the hash.
func spread(hash uint32) uint32 { return hash * 0x9e3779b1 }

// ways is how many buckets make a set, any of which a feature of that set may have.
const ways = 4

// place returns which of so many sets, a power of two, is a feature's by its upper
// bits, and the check that tells it from the others of the set: of 2^18 buckets the
// two are all of the feature's bits.
func place(feature uint32, sets int) (set int, check uint16) {
	return int(uint64(feature) * uint64(sets) >> 32), uint16(feature)
}

// Mix joins two hashes into one; the order counts.
func Mix(a, b uint32) uint32 {
	h := a*0x85ebca6b ^ (b+0x7ed55d16)*0xc2b2ae35
	h ^= h >> 15
	return h * 0x27d4eb2f
}

// HashStart is the hash of an empty text.
const HashStart uint32 = 2166136261

// HashByte returns the hash of a text of the hash h with one byte more.
func HashByte(h uint32, b byte) uint32 { return (h ^ uint32(b)) * 16777619 }

// Hash is FNV-1a of a text, in 32 bits.
func Hash(text string) uint32 {
	h := HashStart
	for i := 0; i < len(text); i++ {
		h = HashByte(h, text[i])
	}
	return h
}

// Softmax turns logits into probabilities, in place.
func Softmax(x []float64) {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	sum := 0.0
	for i, v := range x {
		x[i] = math.Exp(v - top)
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}
