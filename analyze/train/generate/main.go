// Command generate trains the embedded models anew. Run it from the top of the
// repository: go run ./analyze/train/generate [-only MODEL] DATA, where DATA is
// the folder of the labelled sets that MODEL.md names and MODEL is stance or
// sentiment; without it both are trained.
package main

import (
	"errors"
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
	trainers := map[string]func(string, train.Options) (*linear.Model, error){"stance": stance, "sentiment": sentiment}
	if only != "" && trainers[only] == nil {
		return fmt.Errorf("-only %s: the models are stance and sentiment", only)
	}
	for _, name := range []string{"stance", "sentiment"} {
		if only != "" && only != name {
			continue
		}
		// No model is made of a part of the data: what is passed over is an error.
		var flaws []error
		model, err := trainers[name](data, train.Options{Warn: func(err error) { flaws = append(flaws, err) }})
		if err := errors.Join(append(flaws, err)...); err != nil {
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

func stance(data string, options train.Options) (*linear.Model, error) {
	actors, err := lexicon.Load("analyze/train/labels/lexicon")
	if err != nil {
		return nil, err
	}
	set := func(name string) string { return filepath.Join(data, name) }
	own := func(name string) string { return filepath.Join("analyze/train/labels", name) }
	const threads = "threads/4forums-sample.jsonl.zst"
	return train.Stance(lexicon.Default(), []train.File{
		{Path: set("forum/train.jsonl"), Weight: 3.3, Picked: 0.7},
		{Path: set(threads), Labels: own("4forums.tsv"), Weight: 2.1, Picked: 0.7},
		{Path: set("newsmtsc/train.jsonl"), Weight: 4},
		{Path: set("mtcsd/train.jsonl"), Weight: 2},
		{Path: set("pstance/train.jsonl"), Weight: 1.6},
		{Path: set(threads), Labels: own("4forums-more.tsv"), Lexicon: actors, Weight: 2.1},
		{Path: own("written.jsonl"), Weight: 0.5},
		{Path: own("frames.tsv"), Frames: true, Weight: 0.28},

		// By tools/teacher.
		{Path: set("newsmtsc/train.jsonl"), Sentences: own("taught/newsmtsc-others.tsv"), Weight: 0.9},
		{Path: set(threads), Sentences: own("taught/4forums-sentences.tsv"), Weight: 0.7},
		{Path: set(threads), Labels: own("taught/4forums-posts.tsv"), Lexicon: actors, Weight: 0.8},
		{Path: set("pstance/train.jsonl"), Labels: own("taught/pstance-others.tsv"), Lexicon: actors, Weight: 0.5},
		{Path: set("forum/train.jsonl"), Labels: own("taught/forum.tsv"), Lexicon: actors, Weight: 2.1},
		{Path: set("newsmtsc/train.jsonl"), Sentences: own("taught/newsmtsc.tsv"), Weight: 2.2},
	}, options)
}

func sentiment(data string, options train.Options) (*linear.Model, error) {
	set := func(name string) string { return filepath.Join(data, name) }
	const labels = "analyze/train/labels"
	taught := func(name string) string { return filepath.Join(labels, "taught", name) }
	return train.Sentiment(lexicon.Default(), train.ToneData{
		Files: []train.File{
			{Path: set("semeval2017/train.jsonl"), Weight: 1},
			{Path: set("forum/train.jsonl"), Weight: 0.3},
			{Path: set("newsmtsc/train.jsonl"), Weight: 0.3},

			// By tools/teacher.
			{Path: set("threads/4forums-sample.jsonl.zst"), Labels: taught("tone-4forums.tsv"), Weight: 0.5},
			{Path: set("newsmtsc/train.jsonl"), Labels: taught("tone-newsmtsc.tsv"), Weight: 0.3},
			{Path: set("pstance/train.jsonl"), Labels: taught("tone-pstance.tsv"), Weight: 0.3},
		},
		Words:   []train.File{{Path: taught("tone-words.tsv"), Weight: 0.2}},
		Rated:   []train.File{{Path: filepath.Join(labels, "rated.tsv"), Weight: 3}},
		Without: []string{set("semeval2017/dev.jsonl"), set("forum/dev.jsonl")},
	}, options)
}
