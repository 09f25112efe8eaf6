package linear

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
)

// vectorOf has the words of a text as its features.
func vectorOf(text string) (v Vector) {
	for _, word := range strings.Fields(text) {
		v.Add(Hash(word), 1)
	}
	return v
}

// wordExamples are short texts of which a word or two tell the class.
func wordExamples() []Example {
	var list []Example
	for i, text := range []string{"he spoke today", "I love him", "I hate him", "he spoke at nine", "we love the man", "we hate the man"} {
		for range 5 {
			list = append(list, Example{Vector: vectorOf(text), Class: i % 3, Weight: 1})
		}
	}
	return list
}

var wordOptions = Options{L2: 1e-5, Prior: 1, Power: 1, Rate: 0.1, Passes: 20, MinCount: 1, Bits: 12}

func wordModel(t testing.TB) *Model {
	t.Helper()
	w, err := Train(wordExamples(), wordOptions)
	if err != nil {
		t.Fatal(err)
	}
	return NewModel(w, Meta{Name: "words", Classes: []string{"neutral", "favor", "against"}, Calibration: Calibration{Temperature: 1, Lift: []float64{1, 1, 1}}})
}

func TestTrain(t *testing.T) {
	m := wordModel(t)
	for text, want := range map[string]int{"they love him": 1, "they hate him": 2, "he spoke": 0} {
		v := vectorOf(text)
		p := make([]float64, 3)
		m.Probabilities(&v, 0, p)
		if got := Choose(p, m.Meta.Lift); got != want || p[want] < 0.6 {
			t.Errorf("%q is %d with %.2f, want %d", text, got, p, want)
		}
		if sum := p[0] + p[1] + p[2]; math.Abs(sum-1) > 1e-9 {
			t.Errorf("%q: the probabilities sum to %v", text, sum)
		}
	}
	var v Vector
	v.Add(Hash("love"), 1)
	v.Add(Hash("never seen"), 1)
	if w := m.Weight(m.cell(v.Index[0]), 1, 1, 0); w <= 0 {
		t.Errorf("love weighs %v for favor over neutral", w)
	}
	if w := m.Weight(m.cell(v.Index[1]), 1, 1, 0); w != 0 {
		t.Errorf("a word that was never seen weighs %v", w)
	}
	if _, err := Train(nil, wordOptions); err == nil {
		t.Error("a model was trained on nothing")
	}
}

// TestTrainByGroups learns no word that a single group has, however often.
func TestTrainByGroups(t *testing.T) {
	examples := wordExamples()
	for i := range 6 {
		e := Example{Vector: vectorOf("they quote him again"), Class: 1, Weight: 1, Group: 7}
		if i%2 == 0 {
			e = Example{Vector: vectorOf("they mock him again"), Class: 2, Weight: 1, Group: uint32(i)}
		}
		examples = append(examples, e)
	}
	opts := wordOptions
	opts.MinGroup = 2
	w, err := Train(examples, opts)
	if err != nil {
		t.Fatal(err)
	}
	m := NewModel(w, Meta{Name: "words", Calibration: Calibration{Temperature: 1, Lift: []float64{1, 1, 1}}})
	weigh := func(word string, class int) float64 { return m.Weight(m.cell(vectorOf(word).Index[0]), 1, class, 0) }
	if weight := weigh("quote", 1); weight != 0 {
		t.Errorf("a word of one group alone weighs %v", weight)
	}
	if weight := weigh("mock", 2); weight <= 0 {
		t.Errorf("a word of three groups weighs %v", weight)
	}
}

// TestTrainByCount learns a word from so many texts on, and from no fewer.
func TestTrainByCount(t *testing.T) {
	examples := wordExamples()
	for range 3 {
		examples = append(examples, Example{Vector: vectorOf("they praise him"), Class: 1, Weight: 1})
	}
	for count, learned := range map[int]bool{3: true, 4: false} {
		opts := wordOptions
		opts.MinCount = count
		w, err := Train(examples, opts)
		if err != nil {
			t.Fatal(err)
		}
		m := NewModel(w, Meta{Name: "words"})
		if weight := m.Weight(m.cell(vectorOf("praise").Index[0]), 1, 1, 0); (weight > 0) != learned {
			t.Errorf("a word of three texts weighs %v where %d are asked for", weight, count)
		}
	}
}

// TestTrainInOneSet keeps of more words than a set has buckets those that tell the
// classes apart, though another is the most frequent.
func TestTrainInOneSet(t *testing.T) {
	options := wordOptions
	options.Bits = 2
	const everywhere = 7
	examples := wordExamples()
	for i := range examples {
		e := &examples[i]
		e.Index = []uint32{everywhere, uint32(10 + 2*e.Class + i%2)}
		e.Value = []float32{1, 1}
	}
	w, err := Train(examples, options)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(w.Check, everywhere) || slices.Contains(w.Check, 0) {
		t.Errorf("of six words that tell a class and one that all texts hold, the four kept are %v", w.Check)
	}
}

// TestCell finds every feature of a full set, and no other.
func TestCell(t *testing.T) {
	w := &Weights{W: make([]float64, ways*Classes), Check: []uint16{1, 0x8000, 0, 0xffff}, Bias: make([]float64, Classes)}
	for b := range ways {
		w.W[b*Classes+1], w.W[b*Classes+2] = float64(b+1), -float64(b+1)
	}
	m := NewModel(w, Meta{})
	for feature := range uint32(1 << 16) {
		want := slices.Index(w.Check, uint16(feature)) + 1
		if got := m.Weight(m.cell(feature), 1, 1, 0); math.Round(got) != float64(want) {
			t.Fatalf("feature %#x weighs %v, want %d", feature, got, want)
		}
	}
}

// TestTrainSided learns which side is taken from a set that holds nothing else,
// and not that one is taken wherever its words are.
func TestTrainSided(t *testing.T) {
	neutral := map[bool]float64{}
	for _, sided := range []bool{false, true} {
		examples := wordExamples()
		for range 20 {
			examples = append(examples,
				Example{Vector: vectorOf("someone praised"), Class: 1, Weight: 1, Sided: sided},
				Example{Vector: vectorOf("someone cursed"), Class: 2, Weight: 1, Sided: sided})
		}
		w, err := Train(examples, wordOptions)
		if err != nil {
			t.Fatal(err)
		}
		p := make([]float64, Classes)
		v := vectorOf("someone spoke")
		w.Logits(&v, p)
		Softmax(p)
		neutral[sided] = p[0]
		v = vectorOf("someone cursed")
		w.Logits(&v, p)
		if Softmax(p); p[2] < 3*p[1] {
			t.Errorf("sided %v: cursed is against by %.2f, for by %.2f", sided, p[2], p[1])
		}
	}
	if neutral[true] < 0.7 || neutral[false] > neutral[true]-0.1 {
		t.Errorf("someone spoke is neutral by %.2f, where the set is not said to be sided by %.2f", neutral[true], neutral[false])
	}
}

// TestTrainShares learns as much from a label of several shares as from as many
// labels of one each, whatever Class says.
func TestTrainShares(t *testing.T) {
	sure, shared := wordExamples(), wordExamples()
	word := Vector{Index: []uint32{Hash("perhaps")}, Value: []float32{1}}
	for range 5 {
		sure = append(sure, Example{Vector: word, Class: 1, Weight: 3}, Example{Vector: word, Class: 2, Weight: 1})
		shared = append(shared, Example{Vector: word, Shares: [Classes]float64{0, 0.75, 0.25}, Weight: 4})
	}
	for name, examples := range map[string][]Example{"sure": sure, "shared": shared} {
		w, err := Train(examples, wordOptions)
		if err != nil {
			t.Fatal(err)
		}
		p := make([]float64, Classes)
		w.Logits(&word, p)
		Softmax(p)
		if p[1] < 0.6 || p[1] > 0.85 || p[2] < 0.15 || p[2] > 0.35 {
			t.Errorf("%s: %.2f, want about 0, 0.75 and 0.25", name, p)
		}
	}
}

// TestPack holds that a weight comes back from its byte with its sign, and off
// by no more than its place on the scale allows.
func TestPack(t *testing.T) {
	const top = 2.0
	scale := top / (127 * 127)
	for _, weight := range []float64{0, 1e-9, 1e-4, 0.01, 0.3, 1, 1.99, 2} {
		for _, sign := range []float64{1, -1} {
			got := float64(levels[pack(sign*weight, scale)]) * scale
			// The step at weight w is 2·sqrt(w·top)/127.
			if off := math.Abs(got - sign*weight); off > math.Sqrt(weight*top)/127+scale {
				t.Errorf("%v comes back as %v", sign*weight, got)
			}
		}
	}
	if got := pack(1, 0); got != 0 {
		t.Errorf("without a scale, 1 is packed as %d", got)
	}
}

func TestModelFile(t *testing.T) {
	m := wordModel(t)
	data, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := wordModel(t).MarshalBinary(); err != nil || !bytes.Equal(again, data) {
		t.Errorf("training again gives other bytes (%v)", err)
	}
	read := new(Model)
	if err := read.UnmarshalBinary(data); err != nil {
		t.Fatal(err)
	}
	if again, err := read.MarshalBinary(); err != nil || !bytes.Equal(again, data) {
		t.Errorf("read and written, the model is another (%v)", err)
	}
	for at := 0; at < len(data); at += 7 {
		damaged := bytes.Clone(data)
		damaged[at] ^= 0x10
		if err := new(Model).UnmarshalBinary(damaged); err == nil {
			t.Fatalf("a model with another byte at %d was read", at)
		}
	}
	for n := 0; n < len(data); n += 11 {
		if err := new(Model).UnmarshalBinary(data[:n]); err == nil {
			t.Fatalf("the first %d bytes of a model were read", n)
		}
	}
}

// What is no model is said to be none, and what to do about it.
func TestForeignModel(t *testing.T) {
	m := wordModel(t)
	data, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	m.Meta.Classes = []string{"yes", "no"}
	twoClasses, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	m = wordModel(t)
	m.Meta.Forms = []Calibration{{Temperature: 1, Lift: []float64{1}}}
	noLift, err := m.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"a photo":         {[]byte("\x89PNG\r\n"), "not a model file"},
		"nothing":         {nil, "not a model file"},
		"an older model":  {[]byte("threadstance model 1\n" + string(data[len(magic):])), "another version"},
		"half a download": {data[:len(magic)+20], "cut short"},
		"damage":          {append(bytes.Clone(data), 0), "damaged"},
		"two classes":     {twoClasses, "parts do not fit"},
		"no lift":         {noLift, "parts do not fit"},
	} {
		if err := new(Model).UnmarshalBinary(test.data); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

// FuzzUnmarshal reads files as they are, and with the checksum that fits, behind
// which only what is no model of ours at all can hide.
func FuzzUnmarshal(f *testing.F) {
	data, err := wordModel(f).MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:len(data)-sha256.Size])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		sum := sha256.Sum256(data)
		for _, file := range [][]byte{data, append(bytes.Clone(data), sum[:]...)} {
			m := new(Model)
			if m.UnmarshalBinary(file) != nil {
				continue
			}
			m.Probabilities(&Vector{Index: []uint32{Hash("a")}, Value: []float32{1}}, 0, make([]float64, Classes))
			again := new(Model)
			if once, err := m.MarshalBinary(); err != nil {
				t.Error(err)
			} else if err := again.UnmarshalBinary(once); err != nil {
				t.Errorf("what was written is not read: %v", err)
			}
		}
	})
}

// Worked by hand: the temperature takes the root of probabilities, and the bias
// multiplies those of the sides.
func TestCalibration(t *testing.T) {
	for _, test := range []struct {
		Calibration
		p, want []float64
	}{
		{Calibration{Temperature: 1}, []float64{0.5, 0.3, 0.2}, []float64{0.5, 0.3, 0.2}},
		{Calibration{Temperature: 2}, []float64{0.64, 0.32, 0.04}, []float64{0.8 / (1 + math.Sqrt(0.32)), math.Sqrt(0.32) / (1 + math.Sqrt(0.32)), 0.2 / (1 + math.Sqrt(0.32))}},
		{Calibration{Temperature: 1, Bias: math.Log(3)}, []float64{0.6, 0.3, 0.1}, []float64{0.6 / 1.8, 0.9 / 1.8, 0.3 / 1.8}},
	} {
		got := test.Of(test.p)
		for c := range got {
			if !(math.Abs(got[c]-test.want[c]) < 1e-9) {
				t.Errorf("%+v makes %v of %v, want %v", test.Calibration, got, test.p, test.want)
				break
			}
		}
	}
	// Sums may be as large as they like.
	p := []float64{1000, 1000, -1000}
	if Softmax(p); p[0] != 0.5 || p[1] != 0.5 || p[2] != 0 {
		t.Errorf("sums of 1000, 1000 and -1000 are probabilities %v", p)
	}
}

// Worked by hand: of the weights that are neutral 2 of 3 are found, of those in
// favor 1 of 2, of those against none.
func TestMacroF1(t *testing.T) {
	p := [][]float64{{0.8, 0.1, 0.1}, {0.6, 0.3, 0.1}, {0.3, 0.6, 0.1}, {0.2, 0.7, 0.1}, {0.5, 0.1, 0.4}}
	examples := []Example{{Class: 0, Weight: 2}, {Class: 1, Weight: 1}, {Class: 1, Weight: 1}, {Class: 0, Weight: 1}, {Class: 2, Weight: 1}}
	if got, want := MacroF1(p, examples, []float64{1, 1, 1}), (4.0/7+2.0/4+0)/3; !(math.Abs(got-want) < 1e-9) {
		t.Errorf("macro F1 is %v, want %v", got, want)
	}
	// Lifted, the second is in favor, and the last against.
	if got, want := MacroF1(p, examples, []float64{1, 2.5, 1.5}), (4.0/5+4.0/5+1)/3; !(math.Abs(got-want) < 1e-9) {
		t.Errorf("lifted, macro F1 is %v, want %v", got, want)
	}
	// Of what is sure, as much is to be expected as there is.
	sure := [][]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
	if got := ExpectedMacroF1(sure, examples[:3], []float64{1, 1, 1}); got != 1 {
		t.Errorf("of sure probabilities the expected macro F1 is %v", got)
	}
	if got, want := ExpectedMacroF1([][]float64{{0.5, 0.5, 0}}, examples[:1], []float64{1, 1, 1}), 1.0/1.5/3; !(math.Abs(got-want) < 1e-9) {
		t.Errorf("of an even chance the expected macro F1 is %v, want %v", got, want)
	}
}

// TestCalibrate works the temperature and the lifts out of probabilities of
// which the answer is known.
func TestCalibrate(t *testing.T) {
	// Overconfident: 0.9 is said and 0.6 is right.
	var p [][]float64
	var examples []Example
	for i := range 1000 {
		class := 1
		if i%10 >= 6 {
			class = 2
		}
		p = append(p, []float64{0.01, 0.9, 0.09})
		examples = append(examples, Example{Class: class, Weight: 1})
	}
	if temperature := Temperature(p, examples); temperature < 1.5 {
		t.Errorf("temperature %v leaves the model overconfident", temperature)
	}
	// What was trained on nearly equal shares is used where eight in ten are
	// neutral: the bias brings the said shares to the true ones.
	p, examples = nil, nil
	for i := range 1000 {
		p = append(p, []float64{0.4, 0.3, 0.3})
		examples = append(examples, Example{Class: []int{0, 0, 0, 0, 0, 0, 0, 0, 1, 2}[i%10], Weight: 1})
	}
	calibration := Calibrate(p, examples)
	for c, want := range []float64{0.8, 0.1, 0.1} {
		if got := calibration.Of(p[0])[c]; math.Abs(got-want) > 0.01 {
			t.Errorf("class %d is said to have a share of %v, has %v", c, got, want)
		}
	}
	// Favor is likeliest only when neutral is cut in half.
	p, examples = nil, nil
	for i := range 100 {
		p = append(p, []float64{0.5, 0.4, 0.1}, []float64{0.7, 0.1, 0.2})
		examples = append(examples, Example{Class: 1, Weight: 1}, Example{Class: []int{0, 0, 0, 2}[i%4], Weight: 1})
	}
	lift := Lift(p, examples, MacroF1, 0.004)
	if got := fmt.Sprint(Choose(p[0], lift), Choose(p[1], lift)); got != "1 0" {
		t.Errorf("lifts %v choose %s", lift, got)
	}
}
