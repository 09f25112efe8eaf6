package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"threadstance/analyze"
	"threadstance/analyze/summary"
	"threadstance/lexicon"
	"threadstance/report"
	"threadstance/thread/pseudonym"
	"threadstance/thread/read"
)

// analysis is a run of analyze: what its flags stand for.
type analysis struct {
	sys      *system
	flags    *analyzeCommand
	paths    []string
	options  read.Options
	by       []summary.By
	limit    int // rows of a table, or those that a page shows at first; 0 is all
	lex      *lexicon.Lexicon
	analyzer *analyze.Analyzer
}

// analysis checks the flags and loads what they name.
func (c *analyzeCommand) analysis(sys *system) (*analysis, error) {
	a := &analysis{sys: sys, flags: c}
	var err error
	if a.paths, err = c.paths(sys); err != nil {
		return nil, err
	}
	if a.options, err = c.options(sys); err != nil {
		return nil, err
	}
	if a.by, err = c.groupings(); err != nil {
		return nil, err
	}
	a.options.Except = a.written()
	a.limit = c.rows()
	if a.lex, a.analyzer, err = c.engine(sys, c.Quiet); err != nil {
		return nil, err
	}
	if err := a.checkSort(); err != nil {
		return nil, err
	}
	if !c.Quiet {
		a.sayIdle()
	}
	return a, nil
}

// run reads, analyzes and prints.
func (a *analysis) run() error {
	c := a.flags
	out, err := openOutput(a.sys, c.Output, slices.Concat(c.Paths, c.Model, []string{c.Journal, c.Pseudonyms})...)
	if err != nil {
		return err
	}
	defer out.discard()
	if c.Format == "html" && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(30) // the posts of a page are kept: less may lie about besides them
	}
	p, err := a.pipeline()
	if err != nil {
		return err
	}
	if p.journal != nil {
		defer p.journal.Close()
	}
	records, kept, err := c.records(out)
	if err != nil {
		return err
	}
	if kept != nil {
		defer kept.discard()
	}
	var found findings
	counted, err := a.read(p, records, &found)
	ended, why := a.ended(p, err)
	if err := a.readable(out, &found, ended, err); err != nil {
		return err
	}
	var status exitCode
	if found.failed > 0 || ended != "" {
		status = exitFailed
	}
	if p.counting {
		inputs, failures := p.hideUsers(c.Paths, &counted.Totals), p.hideUsers(found.failures, &counted.Totals)
		page := &report.Page{Totals: &counted.Totals, Partial: why, Failures: failures, MoreFailed: found.failed - len(failures)}
		shown := a.limit
		if c.Format == "html" || kept != nil {
			shown = 0 // they are not read from top to bottom
		}
		if page.Tables, err = report.Tables(counted, report.Options{Limit: shown, Sort: c.Sort}); err != nil {
			status = exitUsage // which only what was read could tell
			a.sys.errorf("--sort %s; the tables are in their usual order", report.Clean(c.Sort+": "+err.Error()))
		}
		if err := a.tables(out, counted, page, inputs, kept); err != nil {
			return writeError(a.sys, c.Output, err)
		}
	}
	if err := out.commit(); err != nil {
		return writeError(a.sys, c.Output, err)
	}
	if found.failed > 0 {
		a.sys.errorf("%d of the inputs or their parts could not be read", found.failed)
	}
	if status != 0 {
		return status
	}
	return nil
}

// read runs the pipeline, writes its records, if any are wanted, and tells how
// far it is. It returns what was counted till the end or till the error.
func (a *analysis) read(p *pipeline, records io.Writer, found *findings) (*summary.Summary, error) {
	if records != nil {
		p.render = report.AppendRecord
	}
	a.sys.finishing()
	stopProgress := startProgress(a.sys, &p.counts, a.flags.progress(a.sys))
	defer stopProgress()
	return p.run(a.sys.ctx, a.paths, a.options, func(b *batch) error {
		found.add(a.sys, b, a.flags.Quiet)
		if len(b.records) == 0 {
			return nil
		}
		_, err := records.Write(b.records)
		return err
	})
}

// pipeline makes ready what reads, analyzes and counts.
func (a *analysis) pipeline() (p *pipeline, err error) {
	c, lex := a.flags, a.lex
	p = &pipeline{analyzer: a.analyzer, jobs: min(c.Jobs, maxJobs()), plan: a.plan(), counting: c.Format != "jsonl", maxErrors: c.MaxErrors}
	if c.Pseudonyms != "" {
		if p.pseudonyms, err = pseudonym.Load(c.Pseudonyms); err != nil {
			return nil, usageError{err}
		}
		// A name that is also a word of the lexicon would take it out of the
		// texts; such a user is replaced where plainly meant.
		p.pseudonyms.Keep = func(name string) bool { return lex.Word(strings.ToLower(name)) != 0 || lex.Actor(name) >= 0 }
		p.pseudonyms.Public = func(name string) bool { return lex.News.Outlet(name) != "" }
	}
	if c.Journal != "" {
		if p.journal, err = c.openJournal(p.pseudonyms); err != nil {
			return nil, usageError{err}
		}
		if lost := p.journal.Lost(); lost > 0 && !c.Quiet {
			a.sys.errorf("--journal %s: the last %d bytes are torn or damaged and were cut off; inputs that they told of are read anew", report.Clean(c.Journal), lost)
		}
	}
	return p, nil
}

// findings are what a run found in its inputs.
type findings struct {
	threads  int
	failed   int      // inputs or their parts that could not be read
	failures []string // the first of them
}

// maxFailures is how many failures a report names; the rest are counted.
const maxFailures = 100

// add takes in a batch, and says what is wrong with it.
func (f *findings) add(sys *system, b *batch, quiet bool) {
	f.threads += b.count
	for _, problem := range b.problems {
		text := report.Clean(problem.err.Error())
		if !problem.warning {
			f.failed++
			if len(f.failures) < maxFailures {
				f.failures = append(f.failures, text)
			}
		}
		if !problem.warning || !quiet {
			sys.errorf("%s", text)
		}
	}
}

// ended says why the reading ended before the inputs did, as it is said at the
// terminal and in a report; both are "" where it did not.
func (a *analysis) ended(p *pipeline, err error) (ended, why string) {
	switch {
	case errors.Is(err, context.Canceled) && a.sys.ctx.Err() != nil:
		return "interrupted", "the reading was interrupted"
	case err == nil && p.gaveUp:
		ended = fmt.Sprintf("--max-errors %d is reached", a.flags.MaxErrors)
		return ended, "the reading was given up: " + ended
	}
	return "", ""
}

// readable is an error where a run has nothing to print, or would replace an
// earlier output by a part. err is what the reading ended with.
func (a *analysis) readable(out *output, found *findings, ended string, err error) error {
	c, sys := a.flags, a.sys
	switch {
	case ended != "" && out.file != nil:
		sys.errorf("%s; %s is left as it was", ended, c.Output)
		return exitCode(exitFailed)
	case ended != "" && (found.threads > 0 || err != nil):
		sys.errorf("%s; what is printed is of the part read so far", ended)
		return nil
	case err != nil:
		if _, ok := errors.AsType[journalError](err); ok {
			sys.errorf("--journal %s: %v; a run with what it holds goes on from there", c.Journal, pathCause(err))
			return exitCode(exitFailed)
		}
		return writeError(sys, c.Output, err)
	case found.threads == 0:
		switch {
		case ended != "":
			sys.errorf("%s; no thread was whole till then, and what follows is not read", ended)
		case found.failed == 0:
			sys.errorf("%s: no thread found", strings.Join(a.paths, " "))
		}
		return exitCode(exitUsage)
	}
	return nil
}

// written returns the files that the run itself writes, and an earlier one like
// it may have left in a folder that is read.
func (a *analysis) written() []string {
	c := a.flags
	files := []string{c.Journal, c.Output}
	if c.Format == "parquet" {
		for _, by := range a.by {
			files = append(files, tablePath(c.Output, by))
		}
	}
	return files
}

// plan returns what is counted for the format.
func (a *analysis) plan() summary.Plan {
	switch a.flags.Format {
	case "html":
		return report.HTMLPlan(a.by)
	case "graphml":
		return report.GraphPlan()
	}
	return summary.Plan{By: a.by}
}

// sayIdle names the flags for tables that the format has no use for.
func (a *analysis) sayIdle() {
	c := a.flags
	by, limited, sorted := len(c.By) > 0, c.Limit != nil && a.limit > 0, c.Sort != ""
	has := ""
	switch c.Format {
	case "jsonl", "graphml":
		has = "has no tables"
	case "sqlite":
		has = "has views by user and by topic, of all rows"
	case "parquet":
		has, by, sorted = "has all rows", false, false
	default:
		return
	}
	for _, flag := range []struct {
		name  string
		given bool
	}{{"--by", by}, {"--limit", limited}, {"--sort", sorted}} {
		if flag.given {
			a.sys.errorf("%s has no effect: --format %s %s", flag.name, c.Format, has)
		}
	}
}

// checkSort refuses a column to sort by that no table can have.
func (a *analysis) checkSort() error {
	c := a.flags
	if c.Sort != "" && (c.Format == "jsonl" || c.Format == "graphml") {
		return usagef("--sort %s: it is for tables, and --format %s has none", c.Sort, c.Format)
	}
	var actors []string
	for _, name := range c.Actor {
		actors = append(actors, a.lex.TableName(name))
	}
	if err := report.CheckSort(a.plan().By, c.Sort, actors); err != nil {
		return usagef("--sort %s: %w", c.Sort, err)
	}
	return nil
}

// tables prints what was counted of the inputs. It fills in the page.
func (a *analysis) tables(out *output, counted *summary.Summary, page *report.Page, inputs []string, kept store) (err error) {
	c := a.flags
	switch c.Format {
	case "table":
		return report.Terminal(out, page, report.Screen{Width: width(out), Color: color(c.Color, out)})
	case "markdown":
		return report.Markdown(out, page)
	case "json":
		return report.JSON(out, page)
	case "graphml":
		return report.GraphML(out, counted)
	case "sqlite", "parquet":
		if page.Run, err = c.settings(a.lex, inputs); err != nil {
			return err
		}
		return kept.finish(a.sys, page)
	case "html":
		if page.Run, err = c.settings(a.lex, inputs); err != nil {
			return err
		}
		return report.HTML(out, page, counted, a.limit)
	}
	for i := range page.Tables {
		if t := &page.Tables[i]; t.Cut > 0 {
			a.sys.errorf("by %s: %d of %d rows; --limit 0 gives all", t.By, len(t.Rows), len(t.Rows)+t.Cut)
		}
	}
	if c.Format == "tsv" {
		return report.TSV(out, page)
	}
	return report.CSV(out, page)
}
