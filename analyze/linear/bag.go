package linear

import (
	"math"
	"slices"
)

// Bag gathers the features of a text, group by group. One by a model keeps the
// features that the model knows, in the form in which it weighs them: the others,
// which are most, only count in their groups. One without a model keeps all, for
// training. It reuses its memory.
type Bag struct {
	model *Model
	group []feature
	of    Tokens // of the features that are added
	all   Vector
	known []Known
}

// Tokens is a run of tokens of a text, half open. It is empty for a feature that
// is of none.
type Tokens struct{ First, Last int32 }

// feature is one of the group under way.
type feature struct {
	index uint32
	value float32
	of    Tokens
}

// Known is a feature that a model knows.
type Known struct {
	Cell  Cell
	Value float32
	Of    Tokens
}

// Reset empties the bag, for the features of a text by a model, or by none.
func (b *Bag) Reset(model *Model) {
	b.model = model
	b.group, b.of = b.group[:0], Tokens{}
	b.all.Reset()
	b.known = b.known[:0]
}

// On says of which tokens the next features are: those from first to before last.
func (b *Bag) On(first, last int) { b.of = Tokens{int32(first), int32(last)} }

// OnNone says that the next features are of no tokens.
func (b *Bag) OnNone() { b.of = Tokens{} }

// Add adds a feature by its hash to the group under way.
func (b *Bag) Add(hash uint32, value float32) {
	b.group = append(b.group, feature{spread(hash), value, b.of})
}

// Scale ends a group of features: they are scaled so that the group has the length
// given, where each has the value 1, however many they are.
func (b *Bag) Scale(length float64) {
	if n := len(b.group); n > 0 {
		b.keep(float32(length / math.Sqrt(float64(n))))
	}
}

// Keep ends a group of features that stay as they are.
func (b *Bag) Keep() { b.keep(1) }

func (b *Bag) keep(scale float32) {
	if b.model == nil {
		for _, f := range b.group {
			b.all.Index, b.all.Value = append(b.all.Index, f.index), append(b.all.Value, f.value*scale)
		}
	} else {
		b.known = b.model.known(b.known, b.group, scale)
	}
	b.group = b.group[:0]
}

// known appends those features of a group that the model knows, their values
// scaled, to dst.
func (m *Model) known(dst []Known, group []feature, scale float32) []Known {
	n := len(dst)
	dst = slices.Grow(dst, len(group))[:n+len(group)]
	for i := range group {
		f := &group[i]
		// Each is written, and the next over it where it is not known: no branch,
		// since which features are known cannot be foreseen.
		cell := m.cell(f.index)
		dst[n] = Known{cell, f.value * scale, f.of}
		if cell != 0 {
			n++
		}
	}
	return dst[:n]
}

// All returns the features of a bag without a model. They are valid until the next
// call of Reset.
func (b *Bag) All() *Vector { return &b.all }

// Known returns the features that the model of the bag knows. They are valid until
// the next call of Reset.
func (b *Bag) Known() []Known { return b.known }

// Sums returns the sums of the features that the model knows.
func (b *Bag) Sums() Sums {
	var first, second float32
	for i := range b.known {
		f := &b.known[i]
		first += levels[uint8(f.Cell)] * f.Value
		second += levels[uint8(f.Cell>>8)] * f.Value
	}
	return Sums{first, second}
}
