package main

import (
	"fmt"

	"threadstance/analyze/train"
	"threadstance/lexicon"
	"threadstance/report"
)

// trainCommand is threadstance train.
type trainCommand struct {
	Data    []string `arg:"" name:"data" help:"Files of labelled records, as JSON Lines. The first is what the model is calibrated on."`
	Target  string   `placeholder:"NAME" help:"Train for the labels of this target alone; the model then judges stances toward it only."`
	Output  string   `short:"o" required:"" placeholder:"FILE" help:"The model file to write."`
	Lexicon []string `sep:"none" placeholder:"DIR" help:"Lay the lexicon files of a folder over the embedded ones."`
}

// Run trains a model and writes it.
func (c *trainCommand) Run(sys *system) error {
	lex, err := lexicon.Load(c.Lexicon...)
	if err != nil {
		return err
	}
	out, err := openOutput(sys, c.Output, c.Data...)
	if err != nil {
		return err
	}
	defer out.discard()
	files := make([]train.File, len(c.Data))
	for i, path := range c.Data {
		files[i] = train.File{Path: path, Weight: 1}
	}
	failed := 0
	model, err := train.Stance(lex, files, train.Options{Target: c.Target, Warn: func(err error) {
		failed++
		sys.errorf("%s", report.Clean(err.Error()))
	}})
	if err != nil {
		return err
	}
	data, err := model.MarshalBinary()
	if err == nil {
		_, err = out.Write(data)
	}
	if err == nil {
		err = out.commit()
	}
	if err != nil {
		return writeError(sys, c.Output, err)
	}
	rows := 0
	for _, d := range model.Meta.Data {
		rows += d.Rows
	}
	fmt.Fprintf(sys.stderr, "threadstance: trained on %d labels; held-out macro F1 %.1f\n", rows, 100*model.Meta.Figures["macro_f1"])
	if failed > 0 {
		return exitCode(exitFailed)
	}
	return nil
}
