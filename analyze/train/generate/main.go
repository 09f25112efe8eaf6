// Command generate trains the embedded models anew. Run it from the top of the
// repository: go run ./analyze/train/generate [-only MODEL] DATA, where DATA is
// the folder of the labelled sets that MODEL.md names and MODEL is stance or
// sentiment; without it both are trained.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"threadstance/analyze/linear"
	"threadstance/analyze/train"
	"threadstance/lexicon"
)

func main() {
	only := flag.String("only", "", "train this `model` alone: stance or sentiment")
	flag.Parse()
	data := "../shared/data"
	if flag.NArg() > 0 {
		data = flag.Arg(0)
	}
	if err := run(data, *only); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(data, only string) error {
	trainers := map[string]func(string) (*linear.Model, error){"stance": stance, "sentiment": sentiment}
	if only != "" && trainers[only] == nil {
		return fmt.Errorf("-only %s: the models are stance and sentiment", only)
	}
	for _, name := range []string{"stance", "sentiment"} {
		if only != "" && only != name {
			continue
		}
		model, err := trainers[name](data)
		if err != nil {
			return err
		}
		fmt.Printf("%s: temperature %.2f, bias %.2f, lift %v, forms %v, %v\n", name, model.Meta.Temperature, model.Meta.Bias, model.Meta.Lift, model.Meta.Forms, model.Meta.Figures)
		file, err := model.MarshalBinary()
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join("analyze", name, name+".model"), file, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func stance(data string) (*linear.Model, error) {
	actors, err := lexicon.Load("analyze/train/labels/lexicon")
	if err != nil {
		return nil, err
	}
	threads := filepath.Join(data, "threads/4forums-sample.jsonl.zst")
	return train.Stance(lexicon.Default(), []train.File{
		{Path: filepath.Join(data, "forum/train.jsonl"), Weight: 2, Picked: 0.7},
		{Path: threads, Labels: "analyze/train/labels/4forums.tsv", Weight: 1.4, Picked: 0.7},
		{Path: filepath.Join(data, "newsmtsc/train.jsonl"), Weight: 3},
		{Path: filepath.Join(data, "mtcsd/train.jsonl"), Weight: 1.5},
		{Path: filepath.Join(data, "pstance/train.jsonl"), Weight: 1.4},
		{Path: threads, Labels: "analyze/train/labels/4forums-more.tsv", Lexicon: actors, Weight: 1.4},
		{Path: "analyze/train/labels/written.jsonl", Weight: 0.5},
	}, train.Options{})
}

func sentiment(data string) (*linear.Model, error) {
	return train.Sentiment(lexicon.Default(), train.ToneData{
		Files: []train.File{
			{Path: filepath.Join(data, "semeval2017/train.jsonl"), Weight: 1},
			{Path: filepath.Join(data, "forum/train.jsonl"), Weight: 0.3},
			{Path: filepath.Join(data, "newsmtsc/train.jsonl"), Weight: 0.3},
		},
		Without: []string{filepath.Join(data, "semeval2017/dev.jsonl"), filepath.Join(data, "forum/dev.jsonl")},
	}, train.Options{})
}
