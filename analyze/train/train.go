package train

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"threadstance/analyze"
	"threadstance/analyze/linear"
	"threadstance/analyze/stance"
	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/read"
)

// File is labelled data to train on.
type File struct {
	Path string
	// Labels is a file of labels for the posts of Path, which has none (see
	// readLabels); "" where the records hold their own.
	Labels string
	// Sentences is a file of labels for single sentences of the posts of Path
	// (see readSentences), which are then all that is learned from it.
	Sentences string
	Frames    bool // Path holds frames (see readFrames), and no posts
	// Lexicon has the actors that the labels are of; nil stands for the
	// lexicon that the model is trained with.
	Lexicon *lexicon.Lexicon
	Weight  float64 // how much a label of it counts
	// Picked is how much a label counts, of Weight, whose post was not drawn
	// at random but picked as likely to take a side; 0 stands for 1.
	Picked float64
}

// Options are how a model is trained.
type Options struct {
	Target string // train for the labels of this target alone; "" takes all
	Folds  int    // of the cross-validation that calibrates; 0 stands for 4
	Warn   func(error)
}

// settings were chosen by cross-validation on the forum's labels, with an eye
// on the dev rows of all sets.
var settings = linear.Options{L2: 1e-5, Prior: 1, Power: 0.9, Rate: 0.02, Passes: 10, MinGroup: 3}

// Stance trains a stance model. The same files give the same bytes.
func Stance(lex *lexicon.Lexicon, files []File, options Options) (*linear.Model, error) {
	meta := linear.Meta{Name: "stance", Classes: []string{"neutral", "favor", "against"}, Target: options.Target}
	var examples []linear.Example
	var origins []origin // by example
	var ends []int       // by file: of its examples
	for _, file := range files {
		data, err := file.content()
		if err != nil {
			return nil, err
		}
		before := len(examples)
		if file.Lexicon == nil {
			file.Lexicon = lex
		}
		err = stanceExamples(file.Lexicon, file, data, options, func(e linear.Example, from origin) {
			examples, origins = append(examples, e), append(origins, from)
		})
		if err != nil {
			return nil, err
		}
		meta.Data = append(meta.Data, file.note(data, len(examples)-before))
		ends = append(ends, len(examples))
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("no labels to train on in %s%s", files[0].Path, forTarget(options.Target))
	}
	markSided(examples, ends)
	folds := options.Folds
	if folds == 0 {
		folds = 4
	}
	if groups(examples) < 2*folds { // threads too few to be left out by turns: posts are
		for i := range examples {
			examples[i].Group = origins[i].post
		}
	}
	p, err := linear.CrossValidate(examples, folds, settings)
	if err != nil {
		return nil, err
	}
	weights, err := linear.Train(examples, settings)
	if err != nil {
		return nil, err
	}
	meta.Calibration, meta.Figures = calibrate(p, examples, fair(examples, origins, ends[0]), linear.ExpectedMacroF1)
	meta.Forms = make([]linear.Calibration, stance.Forms)
	for form := 1; form < stance.Forms; form++ {
		of := func(i int) bool { return origins[i].drawn && origins[i].form == form && !examples[i].Sided }
		if told(examples, of) {
			meta.Forms[form], _ = calibrate(p, examples, of, linear.MacroF1)
		}
	}
	return linear.NewModel(weights, meta), nil
}

// origin is where an example is from.
type origin struct {
	post  uint32 // a hash of it
	form  int    // of its text
	drawn bool   // at random, and not picked as likely to take a side
}

// fair returns by which examples to calibrate: those of the first file that were
// drawn at random and not cleared of what is neutral; where it has none, those of
// all files; and where there are none either, all.
func fair(examples []linear.Example, origins []origin, firstEnd int) func(i int) bool {
	for _, of := range []func(i int) bool{
		func(i int) bool { return i < firstEnd && origins[i].drawn && !examples[i].Sided },
		func(i int) bool { return origins[i].drawn && !examples[i].Sided },
		func(i int) bool { return !examples[i].Sided },
	} {
		for i := range examples {
			if of(i) {
				return of
			}
		}
	}
	return func(int) bool { return true }
}

// groups returns of how many groups examples are.
func groups(examples []linear.Example) int {
	seen := map[uint32]bool{}
	for i := range examples {
		seen[examples[i].Group] = true
	}
	return len(seen)
}

// markSided marks the examples of files that hold nothing neutral beside others
// that do: they were cleared of it, as P-Stance was, and tell who is for whom,
// but not how often a side is taken. ends are where each file's examples end.
func markSided(examples []linear.Example, ends []int) {
	neutral := func(e linear.Example) bool { return e.Class == 0 || e.Shares[0] > 0 }
	if !slices.ContainsFunc(examples, neutral) {
		return
	}
	from := 0
	for _, end := range ends {
		file := examples[from:end]
		sided := !slices.ContainsFunc(file, neutral)
		for i := range file {
			file[i].Sided = sided
		}
		from = end
	}
}

// apart returns the file of labels that are kept apart from the texts, "" where
// there is none.
func (f *File) apart() string { return cmp.Or(f.Labels, f.Sentences) }

// content returns the bytes that a file's labels and texts are in.
func (f *File) content() ([]byte, error) {
	data, err := os.ReadFile(f.Path)
	if err != nil || f.apart() == "" {
		return data, err
	}
	labels, err := os.ReadFile(f.apart())
	return append(labels, data...), err
}

// records yields the threads of a file of records with the content given, which
// may be compressed.
func records(path string, content []byte) iter.Seq2[*thread.Thread, error] {
	return read.From(bytes.NewReader(content), path, read.Options{Format: "jsonl"})
}

// note says of a model what it learned from the file, of the content given.
func (f *File) note(content []byte, rows int) linear.Data {
	sum := sha256.Sum256(content)
	name := filepath.Join(filepath.Base(filepath.Dir(f.Path)), filepath.Base(f.Path))
	if apart := f.apart(); apart != "" {
		name += " with " + filepath.Base(apart)
	}
	return linear.Data{Name: name, SHA256: hex.EncodeToString(sum[:]), Rows: rows, Weight: f.Weight}
}

// calibrate fits the calibration to the held-out probabilities of the examples
// for which of holds. The lifts are those with the highest score.
func calibrate(p [][]float64, examples []linear.Example, of func(i int) bool, score linear.Score) (linear.Calibration, map[string]float64) {
	var held []linear.Example
	var told [][]float64
	for i := range examples {
		if of(i) {
			held, told = append(held, examples[i]), append(told, p[i])
		}
	}
	c := linear.Calibrate(told, held)
	for i := range told {
		told[i] = c.Of(told[i])
	}
	c.Lift = linear.Lift(told, held, score, 0.003)
	return c, map[string]float64{"macro_f1": linear.MacroF1(told, held, c.Lift)}
}

// told says whether the examples for which of holds are enough to calibrate
// by: a thousand, and of each label one in twenty.
func told(examples []linear.Example, of func(i int) bool) bool {
	var n [3]int
	for i := range examples {
		if of(i) {
			n[examples[i].Class]++
		}
	}
	all := n[0] + n[1] + n[2]
	return all >= 1000 && min(n[0], n[1], n[2])*20 >= all
}

func forTarget(target string) string {
	if target == "" {
		return ""
	}
	return fmt.Sprintf(" for target %q", target)
}

// stanceExamples hands on the labels of one file with their features. Which posts
// were picked the field pick says.
func stanceExamples(lex *lexicon.Lexicon, file File, data []byte, options Options, yield func(e linear.Example, from origin)) error {
	group := uint32(0)
	analyzer, err := analyze.New(lex, analyze.Options{Sentiment: "rules", Scorer: func() stance.Scorer {
		return stance.NewRecorder(lex, options.Target, func(in *stance.Input, s *stance.Stance, v *linear.Vector, form int) {
			label, shares, err := parseLabel(gold(lex, in.Post, s))
			if err != nil || options.Target != "" && !strings.EqualFold(s.Actor, options.Target) {
				return
			}
			e := linear.Example{Class: int(label), Shares: shares, Weight: file.Weight, Group: group}
			e.Index = append([]uint32(nil), v.Index...)
			e.Value = append([]float32(nil), v.Value...)
			pick := ""
			if in.Post.Labels != nil {
				pick = in.Post.Labels.Fields["pick"]
			}
			from := origin{post: linear.Mix(group, uint32(in.Post.Index)), form: form, drawn: pick == "" || pick == "random"}
			if !from.drawn && file.Picked > 0 {
				e.Weight *= file.Picked
			}
			yield(e, from)
		})
	}})
	if err != nil {
		return err
	}
	threads := records(file.Path, data)
	switch {
	case file.Labels != "":
		threads, err = labelled(lex, file)
	case file.Sentences != "":
		threads, err = sentencesOf(file)
	case file.Frames:
		threads, err = framed(file)
	}
	if err != nil {
		return err
	}
	worker := analyzer.Worker()
	nameless := 0
	for t, err := range threads {
		if err != nil {
			if options.Warn != nil {
				options.Warn(err)
			}
			continue
		}
		group = linear.Hash(strings.TrimPrefix(t.ID, "d")) // as the forum set writes the threads of 4forums
		if t.ID == "" {
			nameless++
			group = linear.Mix(group, uint32(nameless))
		}
		AskGold(t)
		worker.Thread(t, func(*analyze.Result) bool { return true })
	}
	return nil
}
