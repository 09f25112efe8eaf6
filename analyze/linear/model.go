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

// Model is a trained model in the form that ships: for each bucket a check
// byte and one byte a class.
type Model struct {
	Meta    Meta
	classes int
	bits    int    // of a hash that choose the bucket
	cells   []byte // by bucket: check, then a weight a class
	scale   []float64
	bias    []float64
}

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
	Lift        []float64 `json:"lift"`        // by how much a label's probability counts when the label is chosen
}

// As returns the calibration of texts of a form, a number from 0.
func (m *Meta) As(form int) *Calibration {
	if form < len(m.Forms) && m.Forms[form].Temperature > 0 {
		return &m.Forms[form]
	}
	return &m.Calibration
}

// Data is one file that a model was trained on.
type Data struct {
	Name   string  `json:"name"`
	SHA256 string  `json:"sha256"`
	Rows   int     `json:"rows"`
	Weight float64 `json:"weight"`
}

// The file: magic and version, the length of Meta as JSON, Meta, the scales
// and biases, the cells, and the SHA-256 of all before it.
const magic = "threadstance model 2\n"

// NewModel makes weights small. meta is kept with them.
func NewModel(w *Weights, meta Meta) *Model {
	m := &Model{Meta: meta, classes: w.Classes, bits: w.Bits, cells: make([]byte, (1+w.Classes)<<w.Bits), bias: slices.Clone(w.Bias)}
	top := 0.0
	for _, v := range w.W {
		top = max(top, math.Abs(v))
	}
	for range w.Classes {
		m.scale = append(m.scale, top/(127*127))
	}
	for b := range w.Check {
		if w.Check[b] == 0 {
			continue
		}
		cell := m.cells[b*(1+w.Classes):]
		used := false
		for c := range w.Classes {
			cell[1+c] = pack(w.W[b*w.Classes+c], m.scale[c])
			used = used || cell[1+c] != 0
		}
		if used {
			cell[0] = w.Check[b]
		}
	}
	return m
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

// level returns a packed weight in units of its scale.
func level(b byte) float32 {
	q := int32(int8(b))
	if q < 0 {
		return float32(-q * q)
	}
	return float32(q * q)
}

// Probabilities sets p to the probabilities of the classes, calibrated for
// texts of the form.
func (m *Model) Probabilities(v *Vector, form int, p []float64) {
	var sums [4]float32
	size := 1 + m.classes
	for j, feature := range v.Index {
		bucket, check := place(feature, m.bits)
		cell := m.cells[int(bucket)*size : int(bucket)*size+size]
		if cell[0] != check {
			continue
		}
		x := v.Value[j]
		for c := 1; c < size; c++ {
			sums[c-1] += level(cell[c]) * x
		}
	}
	temperature := m.Meta.As(form).Temperature
	for c := range p {
		p[c] = (float64(sums[c])*m.scale[c] + m.bias[c]) / temperature
	}
	Softmax(p)
}

// Weight returns by how much a feature, as a Vector lists it, raises the logit
// of class a over b.
func (m *Model) Weight(feature uint32, value float32, a, b int) float64 {
	size := 1 + m.classes
	bucket, check := place(feature, m.bits)
	cell := m.cells[int(bucket)*size : int(bucket)*size+size]
	if cell[0] != check {
		return 0
	}
	return (float64(level(cell[1+a]))*m.scale[a] - float64(level(cell[1+b]))*m.scale[b]) * float64(value)
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
	b.Write(m.cells)
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
	m.classes = len(m.Meta.Classes)
	m.bits = bits.Len(uint((len(rest)-m.classes*16)/(1+m.classes))) - 1
	forms := slices.ContainsFunc(m.Meta.Forms, func(c Calibration) bool { return c.Temperature > 0 && len(c.Lift) != m.classes })
	if m.classes != 3 || len(m.Meta.Lift) != m.classes || m.Meta.Temperature <= 0 || forms ||
		m.bits < 1 || m.bits > 24 || len(rest) != m.classes*16+(1+m.classes)<<m.bits {
		return errors.New("a damaged model file: its parts do not fit")
	}
	m.scale, m.bias = make([]float64, m.classes), make([]float64, m.classes)
	for _, list := range [][]float64{m.scale, m.bias} {
		for c := range list {
			list[c] = math.Float64frombits(binary.LittleEndian.Uint64(rest))
			rest = rest[8:]
		}
	}
	m.cells = rest
	return nil
}
