package main

import (
	"strings"

	"threadstance/analyze/evaluate"
	"threadstance/report"
	"threadstance/thread"
)

// evalCommand is threadstance eval.
type evalCommand struct {
	inputFlags
	engineFlags

	Format string `enum:"table,markdown,json" default:"table" help:"What to print: ${enum}."`
	Output string `short:"o" placeholder:"FILE" help:"Write to a file, which appears only once it is whole."`
	By     string `placeholder:"FIELD" help:"Split the figures by the values of a field of the records as well."`
	Errors int    `placeholder:"N" help:"Print the N most confident mistakes, with their evidence."`
}

// Run scores the analysis of labelled threads.
func (c *evalCommand) Run(sys *system) error {
	paths, err := c.paths(sys)
	if err != nil {
		return err
	}
	if c.Errors < 0 {
		return usagef("--errors is 0 or more")
	}
	options, err := c.options(sys)
	if err != nil {
		return err
	}
	options.Except = []string{c.Output}
	lex, err := c.lexicon(sys, false)
	if err != nil {
		return err
	}
	analyzer, err := c.analyzer(lex)
	if err != nil {
		return err
	}
	evaluator, err := evaluate.New(lex, analyzer, evaluate.Options{By: c.By, Errors: c.Errors})
	if err != nil {
		return err
	}
	out, err := openOutput(sys, c.Output)
	if err != nil {
		return err
	}
	defer out.discard()
	failed, labels := 0, 0
	for t, err := range thread.Read(paths, options) {
		if err != nil {
			failed++
			sys.errorf("%s", report.Clean(err.Error()))
			continue
		}
		labels += evaluator.Add(t)
	}
	if labels == 0 {
		if failed > 0 {
			return exitCode(exitUsage)
		}
		sys.errorf("%s: no labels found; a labelled record has \"stance\", \"targets\" with a label, or \"tone\"", strings.Join(paths, " "))
		return exitCode(exitUsage)
	}
	figures := evaluator.Report()
	switch c.Format {
	case "json":
		err = report.EvaluationJSON(out, figures)
	case "markdown":
		err = report.EvaluationMarkdown(out, figures)
	default:
		err = report.Evaluation(out, figures, report.Screen{})
	}
	if err == nil {
		err = out.commit()
	}
	if err != nil {
		return writeError(sys, c.Output, err)
	}
	if failed > 0 {
		sys.errorf("%d of the inputs or their parts could not be read", failed)
		return exitCode(exitFailed)
	}
	return nil
}
