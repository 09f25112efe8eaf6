package linear

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"slices"
)

// Classes is how many labels a model tells apart: the neutral one first, then
// two sides.
const Classes = 3

// sides is how many classes have weights: those of the first are 0, since only
// the differences count.
const sides = Classes - 1

// Model is a trained model in the form that ships: for each bucket two bytes that
// tell which feature has it and one byte a side.
type Model struct {
	Meta  Meta
	sets  []set
	scale float64 // of a level of a weight
	bias  []float64
}

// set is the buckets of a set, the first of them in the lowest bits: their checks,
// and their cells.
type set struct{ checks, cells uint64 }

// setSize is the bytes of a set.
const setSize = 16

// Meta says of what a model was made and how well it does.
type Meta struct {
	Name    string             `json:"name"`    // stance or sentiment, or the target that it was trained for
	Classes []string           `json:"classes"` // in the order of the probabilities
	Target  string             `json:"target,omitempty"`
	Data    []Data             `json:"data"`
	Figures map[string]float64 `json:"figures,omitempty"` // cross-validated on the training data
	Calibration
	// Forms are calibrations of their own for texts of other forms than most:
	// where the line between the labels is best drawn depends on how well they
	// can be told apart. One without a temperature is like most.
	Forms []Calibration `json:"forms,omitempty"`
}

// Calibration makes probabilities and labels of a model's sums.
type Calibration struct {
	Temperature float64   `json:"temperature"` // by which logits are divided
	Bias        float64   `json:"bias"`        // what is then added to those of the two sides
	Lift        []float64 `json:"lift"`        // by how much a label's probability counts when the label is chosen
}

// As returns the calibration of texts of a form, a number from 0.
func (m *Meta) As(form int) *Calibration {
	if form < len(m.Forms) && m.Forms[form].Temperature > 0 {
		return &m.Forms[form]
	}
	return &m.Calibration
}

// apply turns logits into calibrated probabilities, in place.
func (c *Calibration) apply(logits []float64) {
	for i := range logits {
		logits[i] /= c.Temperature
		if i > 0 {
			logits[i] += c.Bias
		}
	}
	Softmax(logits)
}

// Of returns uncalibrated probabilities as calibrated ones.
func (c *Calibration) Of(p []float64) []float64 {
	q := logits(p)
	c.apply(q)
	return q
}

// logits returns what Softmax turns into the probabilities.
func logits(p []float64) []float64 {
	q := make([]float64, len(p))
	for i, x := range p {
		q[i] = math.Log(max(x, 1e-12))
	}
	return q
}

// fits says whether its parts are there.
func (c *Calibration) fits() bool {
	return c.Temperature > 0 && len(c.Lift) == Classes
}

// Data is one file that a model was trained on.
type Data struct {
	Name   string  `json:"name"`
	SHA256 string  `json:"sha256"`
	Rows   int     `json:"rows"`
	Weight float64 `json:"weight"`
}

// The file: magic and version, the length of Meta as JSON, Meta, the scale, the
// biases, the sets, and the SHA-256 of all before it.
const magic = "threadstance model 4\n"

// NewModel makes weights small. meta is kept with them.
func NewModel(w *Weights, meta Meta) *Model {
	m := &Model{Meta: meta, sets: make([]set, len(w.Check)/ways), bias: slices.Clone(w.Bias)}
	top := 0.0
	for b := range w.Check {
		for c := range sides {
			top = max(top, math.Abs(w.side(b, c)))
		}
	}
	m.scale = top / (127 * 127)
	for b, check := range w.Check {
		s, shift := &m.sets[b/ways], b%ways*16
		s.checks |= uint64(check) << shift
		for c := range sides {
			s.cells |= uint64(pack(w.side(b, c), m.scale)) << (shift + 8*c)
		}
	}
	return m
}

// side returns by how much the feature of a bucket raises a side above the first
// class.
func (w *Weights) side(bucket, side int) float64 {
	return w.W[bucket*Classes+1+side] - w.W[bucket*Classes]
}

// pack returns a weight as a byte. Its square is in proportion to the weight,
// so that the many small ones keep their differences beside the few large.
func pack(weight, scale float64) byte {
	if scale == 0 {
		return 0
	}
	q := min(127, math.Round(math.Sqrt(math.Abs(weight)/scale)))
	if weight < 0 {
		q = -q
	}
	return byte(int8(q))
}

// levels are the packed weights in units of their scale.
var levels = func() (levels [256]float32) {
	for b := range levels {
		q := int32(int8(b))
		levels[b] = float32(q * max(q, -q))
	}
	return levels
}()

// Probabilities sets p to the probabilities of the classes, calibrated for
// texts of the form.
func (m *Model) Probabilities(v *Vector, form int, p []float64) {
	var sums Sums
	for i, feature := range v.Index {
		for c, level := range m.cell(feature).levels() {
			sums[c] += float32(level) * v.Value[i]
		}
	}
	m.Calibrated(&sums, form, p)
}

// Sums are weighted features, summed up by side, in units of the model's own.
type Sums [sides]float32

// Cell is the packed weights of a feature, 0 where the model does not know it.
type Cell uint16

// cell returns the cell of a feature.
func (m *Model) cell(feature uint32) Cell {
	at, check := place(feature, len(m.sets))
	s := &m.sets[at]
	// All checks at once and no branch: which features the model knows cannot be
	// foreseen, and the reading of the next sets need not wait for this one. Below
	// the lowest bit of found all checks are others (and above it, it may err); if
	// it is 0, all bits are shifted out.
	const each, high = 0x0001_0001_0001_0001, 0x8000_8000_8000_8000
	differ := s.checks ^ uint64(check)*each
	found := (differ - each) &^ differ & high
	return Cell(s.cells >> (bits.TrailingZeros64(found) &^ 15))
}

// levels returns the levels of the feature.
func (c Cell) levels() [sides]int32 {
	return [sides]int32{int32(levels[uint8(c)]), int32(levels[uint8(c>>8)])}
}

// Calibrated sets p to the probabilities that sums of features stand for, in
// texts of the form.
func (m *Model) Calibrated(sums *Sums, form int, p []float64) {
	copy(p, m.bias)
	for c, sum := range sums {
		p[1+c] += float64(sum) * m.scale
	}
	m.Meta.As(form).apply(p)
}

// Weight returns by how much a feature raises the logit of class a over b.
func (m *Model) Weight(cell Cell, value float32, a, b int) float64 {
	var levels [Classes]int32
	for c, level := range cell.levels() {
		levels[1+c] = level
	}
	return float64(levels[a]-levels[b]) * m.scale * float64(value)
}

// Push tells by how much features raise the logit of one class over those of
// the two others, summed: what a level of each side counts in it.
type Push [sides]float64

// Push returns the push toward a class.
func (m *Model) Push(class int) Push {
	var push Push
	for c := range push {
		push[c] = -m.scale
		if 1+c == class {
			push[c] = (Classes - 1) * m.scale
		}
	}
	return push
}

// Of returns the push of a feature of the value 1.
func (p *Push) Of(cell Cell) float64 {
	return p[0]*float64(levels[uint8(cell)]) + p[1]*float64(levels[uint8(cell>>8)])
}

// OfRuns returns the push of the runs of bytes within a word, each of the value 1.
func (p *Push) OfRuns(word *RunSums) float64 {
	sum := 0.0
	for c, level := range word.Levels {
		sum += p[c] * float64(level)
	}
	return sum
}

// Choose returns the class to name: the likelier of the two that take a side
// where it, lifted, is likelier than the first class, else the first.
func Choose(p, lift []float64) int {
	best := 1
	for c := 2; c < len(p); c++ {
		if p[c] > p[best] {
			best = c
		}
	}
	if p[best]*lift[best] > p[0]*lift[0] {
		return best
	}
	return 0
}

// figures is the bytes of a file's scale and biases.
const figures = 8 + 8*Classes

// MarshalBinary encodes the model.
func (m *Model) MarshalBinary() ([]byte, error) {
	meta, err := json.Marshal(m.Meta)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.WriteString(magic)
	binary.Write(&b, binary.LittleEndian, uint32(len(meta)))
	b.Write(meta)
	binary.Write(&b, binary.LittleEndian, m.scale)
	binary.Write(&b, binary.LittleEndian, m.bias)
	binary.Write(&b, binary.LittleEndian, m.sets)
	sum := sha256.Sum256(b.Bytes())
	b.Write(sum[:])
	return b.Bytes(), nil
}

// UnmarshalBinary decodes a model. It refuses what is no model, one of another
// version and one that is damaged.
func (m *Model) UnmarshalBinary(data []byte) error {
	if !bytes.HasPrefix(data, []byte(magic)) {
		if bytes.HasPrefix(data, []byte("threadstance model ")) {
			return errors.New("a model of another version of threadstance; train it anew")
		}
		return errors.New("not a model file of threadstance")
	}
	if len(data) < len(magic)+4+sha256.Size {
		return errors.New("a model file that was cut short")
	}
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if want := sha256.Sum256(body); !bytes.Equal(want[:], sum) {
		return errors.New("a damaged model file: its checksum does not fit; copy or train it anew")
	}
	rest := body[len(magic):]
	size := int(binary.LittleEndian.Uint32(rest))
	rest = rest[4:]
	if size > len(rest) {
		return errors.New("a damaged model file")
	}
	if err := json.Unmarshal(rest[:size], &m.Meta); err != nil {
		return fmt.Errorf("a damaged model file: %w", err)
	}
	rest = rest[size:]
	sets := max(0, len(rest)-figures) / setSize
	forms := slices.ContainsFunc(m.Meta.Forms, func(c Calibration) bool { return c.Temperature > 0 && !c.fits() })
	if len(m.Meta.Classes) != Classes || !m.Meta.fits() || forms ||
		sets == 0 || sets&(sets-1) != 0 || sets > 1<<24/ways || len(rest) != figures+sets*setSize {
		return errors.New("a damaged model file: its parts do not fit")
	}
	m.bias = make([]float64, Classes)
	if _, err := binary.Decode(rest, binary.LittleEndian, &m.scale); err != nil {
		return err
	}
	if _, err := binary.Decode(rest[8:], binary.LittleEndian, m.bias); err != nil {
		return err
	}
	m.sets = make([]set, sets)
	for i := range m.sets {
		at := rest[figures+i*setSize:]
		m.sets[i] = set{binary.LittleEndian.Uint64(at), binary.LittleEndian.Uint64(at[8:])}
	}
	return nil
}
