package main

import (
	"fmt"
	"os"

	"threadstance/report"
)

// diffCommand is threadstance diff.
type diffCommand struct {
	limitFlag

	A string `arg:"" help:"The tables of a run, as analyze --format json --limit 0 writes them."`
	B string `arg:"" help:"Those of a later run, or of one with another lexicon or model."`

	Format string `enum:"table,markdown,json" default:"table" help:"What to print: ${enum}."`
	Output string `short:"o" placeholder:"FILE" help:"Write to a file, which appears only once it is whole."`
}

// Run tells what moved from A to B.
func (c *diffCommand) Run(sys *system) error {
	limit := c.rows()
	if c.Format == "json" && c.Limit != nil && limit > 0 {
		sys.errorf("--limit has no effect: --format json has all rows")
	}
	var runs [2]*report.Saved
	for i, path := range []string{c.A, c.B} {
		file, err := os.Open(path)
		if err != nil {
			return usagef("%s: %w", path, pathCause(err))
		}
		runs[i], err = report.ReadJSON(file)
		file.Close()
		if err != nil {
			return usageError{fmt.Errorf("%s: %w", path, err)}
		}
	}
	diff, err := report.Compare(runs[0], runs[1])
	if err != nil {
		return usageError{err}
	}
	out, err := openOutput(sys, c.Output, c.A, c.B)
	if err != nil {
		return err
	}
	defer out.discard()
	switch c.Format {
	case "json":
		err = report.ChangesJSON(out, diff)
	case "markdown":
		err = report.ChangesMarkdown(out, diff, limit)
	default:
		err = report.Changes(out, diff, limit, report.Screen{Width: width(out)})
	}
	if err == nil {
		err = out.commit()
	}
	if err != nil {
		return writeError(sys, c.Output, err)
	}
	return nil
}
