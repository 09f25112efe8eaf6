// Command generate trains the embedded models anew. Run it from the top of the
// repository: go run ./analyze/train/generate DATA, where DATA is the folder
// of the labelled sets that MODEL.md names.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"threadstance/analyze/train"
	"threadstance/lexicon"
)

func main() {
	data := "../shared/data"
	if len(os.Args) > 1 {
		data = os.Args[1]
	}
	if err := run(data); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(data string) error {
	model, err := train.Stance(lexicon.Default(), []train.File{
		{Path: filepath.Join(data, "forum/train.jsonl"), Weight: 2},
		{Path: filepath.Join(data, "newsmtsc/train.jsonl"), Weight: 1},
		{Path: filepath.Join(data, "mtcsd/train.jsonl"), Weight: 1.5},
		{Path: filepath.Join(data, "pstance/train.jsonl"), Weight: 1},
	}, train.Options{})
	if err != nil {
		return err
	}
	fmt.Printf("stance: temperature %.2f, lift %v\n", model.Meta.Temperature, model.Meta.Lift)
	file, err := model.MarshalBinary()
	if err != nil {
		return err
	}
	return os.WriteFile("analyze/stance/stance.model", file, 0o644)
}
