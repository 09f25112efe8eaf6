package train

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"threadstance/analyze"
	"threadstance/analyze/linear"
	"threadstance/analyze/stance"
	"threadstance/lexicon"
	"threadstance/thread"
)

// File is labelled data to train on.
type File struct {
	Path   string
	Weight float64 // how much a label of it counts
}

// Options are how a model is trained.
type Options struct {
	Target string // train for the labels of this target alone; "" takes all
	Folds  int    // of the cross-validation that calibrates; 0 stands for 4
	Warn   func(error)
}

// settings were chosen by cross-validation on the forum's labels.
var settings = linear.Options{Classes: 3, L2: 1e-5, Prior: 1, Power: 1, Rate: 0.04, Passes: 6, MinCount: 2}

// Stance trains a stance model. The same files give the same bytes.
func Stance(lex *lexicon.Lexicon, files []File, options Options) (*linear.Model, error) {
	meta := linear.Meta{Name: "stance", Classes: []string{"neutral", "favor", "against"}, Target: options.Target}
	var examples []linear.Example
	var groups []uint32
	var drawn []bool // examples drawn at random from the first file: the model is calibrated by them
	for _, file := range files {
		data, err := os.ReadFile(file.Path)
		if err != nil {
			return nil, err
		}
		before := len(examples)
		first := len(drawn) == 0
		err = stanceExamples(lex, file, data, options, func(e linear.Example, group uint32, random bool) {
			examples, groups, drawn = append(examples, e), append(groups, group), append(drawn, first && random)
		})
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(data)
		name := filepath.Join(filepath.Base(filepath.Dir(file.Path)), filepath.Base(file.Path))
		meta.Data = append(meta.Data, linear.Data{Name: name, SHA256: hex.EncodeToString(sum[:]), Rows: len(examples) - before, Weight: file.Weight})
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("no labels to train on in %s%s", files[0].Path, forTarget(options.Target))
	}
	folds := options.Folds
	if folds == 0 {
		folds = 4
	}
	p, err := linear.CrossValidate(examples, groups, folds, settings)
	if err != nil {
		return nil, err
	}
	weights, err := linear.Train(examples, settings)
	if err != nil {
		return nil, err
	}
	var held []linear.Example
	var told [][]float64
	for i := range examples {
		if drawn[i] {
			held, told = append(held, examples[i]), append(told, p[i])
		}
	}
	meta.Temperature = linear.Temperature(told, held)
	meta.Lift = linear.Lift(told, held)
	meta.Figures = map[string]float64{"macro_f1": linear.MacroF1(told, held, meta.Lift)}
	return linear.NewModel(weights, meta), nil
}

func forTarget(target string) string {
	if target == "" {
		return ""
	}
	return fmt.Sprintf(" for target %q", target)
}

// stanceExamples hands on the labels of one file with their features. random
// is false for those that were picked because they were likely to take a side,
// which the field pick says.
func stanceExamples(lex *lexicon.Lexicon, file File, data []byte, options Options, yield func(e linear.Example, group uint32, random bool)) error {
	group := uint32(0)
	analyzer, err := analyze.New(lex, analyze.Options{Scorer: func() stance.Scorer {
		return stance.NewRecorder(lex, func(in *stance.Input, s *stance.Stance, v *linear.Vector) {
			label, ok := Gold(lex, in.Post, s)
			if !ok || options.Target != "" && !strings.EqualFold(s.Actor, options.Target) {
				return
			}
			e := linear.Example{Class: int(label), Weight: file.Weight}
			e.Index = append([]uint32(nil), v.Index...)
			e.Value = append([]float32(nil), v.Value...)
			pick := ""
			if in.Post.Labels != nil {
				pick = in.Post.Labels.Fields["pick"]
			}
			yield(e, group, pick == "" || pick == "random")
		})
	}})
	if err != nil {
		return err
	}
	worker := analyzer.Worker()
	for t, err := range (thread.JSONLines{}).Read(thread.Source{Path: file.Path, Reader: bytes.NewReader(data)}) {
		if err != nil {
			if options.Warn != nil {
				options.Warn(err)
			}
			continue
		}
		group = linear.Hash(t.ID)
		AskGold(t)
		worker.Thread(t, func(*analyze.Result) bool { return true })
	}
	return nil
}
