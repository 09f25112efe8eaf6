package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"threadstance/analyze"
	"threadstance/analyze/linear"
	"threadstance/analyze/summary"
	"threadstance/lexicon"
	"threadstance/report"
	"threadstance/thread"
)

// analyzeCommand is threadstance analyze.
type analyzeCommand struct {
	inputFlags
	engineFlags
	limitFlag

	Format string   `enum:"table,markdown,csv,tsv,json,jsonl,html,sqlite,parquet,graphml" default:"table" help:"What to print: ${enum}. jsonl is one record a post, html a page to click, sqlite and parquet are the records with the tables, graphml is who answers whom, all else is the tables."`
	Output string   `short:"o" placeholder:"FILE" help:"Write to a file, which appears only once it is whole."`
	By     []string `sep:"none" placeholder:"KEYS" help:"A table for each: user, topic, actor, thread, source, month, or two joined as user,actor. By default user and topic."`
	Sort   string   `placeholder:"COLUMN" help:"Column to sort by; by default posts."`

	Journal    string `placeholder:"FILE" help:"Record finished inputs in a file, and take them from there in the next run."`
	Pseudonyms string `placeholder:"KEYFILE" help:"Replace the names of users by pseudonyms, the same for the same key, in texts too."`

	MaxErrors int `placeholder:"N" help:"Give up once so many inputs or parts of them could not be read; 0, the default, never does."`

	Jobs     int    `default:"${jobs}" placeholder:"N" help:"Threads to analyze at once; by default one for each core, and at most four for each."`
	Progress string `enum:"auto,always,never" default:"auto" help:"Tell how far the reading is, on standard error: ${enum}; auto only on a terminal."`
	Quiet    bool   `short:"q" help:"No warnings and no progress."`
	Color    string `enum:"auto,always,never" default:"auto" help:"Colours: ${enum}; auto only on a terminal without NO_COLOR."`
}

// limitFlag says how much of a table is printed.
type limitFlag struct {
	Limit *int `placeholder:"N" help:"Rows of a table, 20 by default; 0 is all."`
}

// rows returns how many rows a table may have, 0 for all.
func (f *limitFlag) rows() (int, error) {
	switch {
	case f.Limit == nil:
		return 20, nil
	case *f.Limit < 0:
		return 0, usagef("--limit %d: it is 0 or more", *f.Limit)
	}
	return *f.Limit, nil
}

// engineFlags choose how posts are judged.
type engineFlags struct {
	Actor         []string `sep:"none" placeholder:"NAME" help:"Only stances toward this actor, of the lexicon or not; may be repeated."`
	Lexicon       []string `sep:"none" placeholder:"DIR" help:"Lay the lexicon files of a folder over the embedded ones."`
	Stance        string   `enum:"linear,rules" default:"linear" help:"Stance engine: ${enum}."`
	Sentiment     string   `enum:"linear,rules,bayes" default:"linear" help:"Sentiment engine: ${enum}."`
	Model         []string `sep:"none" placeholder:"FILE" help:"Judge by a model that train wrote: the target that it was trained for, or all where it was trained for all. May be repeated."`
	MinConfidence float64  `placeholder:"P" help:"Make stances of a lower confidence neutral."`
}

// lexicon returns the lexicon with the user's folders laid over it, and with whom
// --actor names besides.
func (f *engineFlags) lexicon(sys *system, quiet bool) (*lexicon.Lexicon, error) {
	lex, err := lexicon.Load(f.Lexicon...)
	if err != nil {
		return nil, err
	}
	for _, name := range f.Actor {
		if strings.TrimSpace(name) == "" {
			return nil, usagef("--actor %q: name someone", name)
		}
		if lex.Named(name) < 0 && !quiet {
			sys.errorf("--actor %s: no actor of the lexicon has this name; it is found by the name as given (--lexicon can tell it others)", report.Clean(name))
		}
	}
	if lex, err = lex.With(f.Actor...); err != nil {
		return nil, usagef("--actor: %w", err)
	}
	return lex, nil
}

// analyzer returns the analyzer that the flags ask for.
func (f *engineFlags) analyzer(lex *lexicon.Lexicon) (*analyze.Analyzer, error) {
	if !(f.MinConfidence >= 0 && f.MinConfidence <= 1) {
		return nil, usagef("--min-confidence %v: it is a probability, from 0 to 1", f.MinConfidence)
	}
	options := analyze.Options{Stance: f.Stance, Sentiment: f.Sentiment, Actors: f.Actor, MinConfidence: f.MinConfidence}
	for _, path := range f.Model {
		if f.Stance != "linear" {
			return nil, usagef("--model is for --stance linear")
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, usagef("--model %s: %w", path, pathCause(err))
		}
		model := new(linear.Model)
		if err := model.UnmarshalBinary(data); err != nil {
			return nil, usagef("--model %s: %w", path, err)
		}
		options.Models = append(options.Models, model)
	}
	return analyze.New(lex, options)
}

// Run reads, analyzes and prints.
func (c *analyzeCommand) Run(sys *system) error {
	paths, err := c.paths(sys)
	if err != nil {
		return err
	}
	options, err := c.options(sys)
	if err != nil {
		return err
	}
	by, err := c.groupings()
	if err != nil {
		return err
	}
	options.Except = c.written(by)
	limit, err := c.rows()
	if err != nil {
		return err
	}
	if c.Jobs < 1 || c.MaxErrors < 0 {
		return usagef("--max-errors is 0 or more, --jobs 1 or more")
	}
	lex, err := c.lexicon(sys, c.Quiet)
	if err != nil {
		return err
	}
	if err := c.checkSort(lex, by); err != nil {
		return err
	}
	if !c.Quiet {
		c.sayIdle(sys, limit)
	}
	analyzer, err := c.analyzer(lex)
	if err != nil {
		return err
	}
	out, err := openOutput(sys, c.Output, slices.Concat(c.Paths, c.Model, []string{c.Journal, c.Pseudonyms})...)
	if err != nil {
		return err
	}
	defer out.discard()

	if c.Format == "html" && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(30) // the posts of a page are kept: less may lie about besides them
	}
	p, err := c.pipeline(sys, analyzer, lex, by)
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
	if records != nil {
		p.render = report.AppendRecord
	}
	if kept != nil {
		defer kept.discard()
	}
	sys.finishing()
	stopProgress := startProgress(sys, &p.counts, c.progress(sys))
	defer stopProgress()
	var found findings
	counted, err := p.run(sys.ctx, paths, options, func(b *batch) error {
		found.add(sys, b, c.Quiet)
		if len(b.records) == 0 {
			return nil
		}
		_, err := records.Write(b.records)
		return err
	})
	stopProgress()
	ended, why := c.ended(sys, p, err)
	if err := c.readable(sys, out, paths, &found, ended, err); err != nil {
		return err
	}
	complete := found.failed == 0 && ended == ""
	if p.counting {
		page := &report.Page{Totals: &counted.Totals, Partial: why, Failures: found.failures, MoreFailed: found.failed - len(found.failures)}
		shown := limit
		if c.Format == "html" || kept != nil {
			shown = 0 // they are not read from top to bottom
		}
		if page.Tables, err = report.Tables(counted, report.Options{Limit: shown, Sort: c.Sort}); err != nil {
			complete = false
			sys.errorf("--sort %s; the tables are in their usual order", report.Clean(c.Sort+": "+err.Error()))
		}
		if err := c.tables(sys, out, counted, page, limit, lex, kept); err != nil {
			return writeError(sys, c.Output, err)
		}
	}
	if err := out.commit(); err != nil {
		return writeError(sys, c.Output, err)
	}
	if found.failed > 0 {
		sys.errorf("%d of the inputs or their parts could not be read", found.failed)
	}
	if !complete {
		return exitCode(exitFailed)
	}
	return nil
}

// pipeline makes ready what reads, analyzes and counts.
func (c *analyzeCommand) pipeline(sys *system, analyzer *analyze.Analyzer, lex *lexicon.Lexicon, by []summary.By) (p *pipeline, err error) {
	p = &pipeline{analyzer: analyzer, jobs: min(c.Jobs, maxJobs()), plan: c.plan(by), counting: c.Format != "jsonl", maxErrors: c.MaxErrors}
	if c.Pseudonyms != "" {
		if p.pseudonyms, err = thread.LoadPseudonyms(c.Pseudonyms); err != nil {
			return nil, usageError{err}
		}
		// A name that is also a word of the lexicon would take it out of the
		// texts; such a user is replaced where plainly meant.
		p.pseudonyms.Keep = func(name string) bool { return lex.Word(strings.ToLower(name)) != 0 || lex.Actor(name) >= 0 }
	}
	if c.Journal != "" {
		if p.journal, err = c.openJournal(p.pseudonyms); err != nil {
			return nil, usageError{err}
		}
		if lost := p.journal.Lost(); lost > 0 && !c.Quiet {
			sys.errorf("--journal %s: the last %d bytes are torn or damaged and were cut off; inputs that they told of are read anew", report.Clean(c.Journal), lost)
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
func (c *analyzeCommand) ended(sys *system, p *pipeline, err error) (ended, why string) {
	switch {
	case errors.Is(err, context.Canceled) && sys.ctx.Err() != nil:
		return "interrupted", "the reading was interrupted"
	case err == nil && p.gaveUp:
		return fmt.Sprintf("%d errors, which --max-errors bears no more of", c.MaxErrors),
			fmt.Sprintf("the reading was given up after %d errors (--max-errors)", c.MaxErrors)
	}
	return "", ""
}

// readable is an error where a run has nothing to print, or would replace an
// earlier output by a part. err is what the reading ended with.
func (c *analyzeCommand) readable(sys *system, out *output, paths []string, found *findings, ended string, err error) error {
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
		if found.failed == 0 {
			sys.errorf("%s: no thread found", strings.Join(paths, " "))
		}
		return exitCode(exitUsage)
	}
	return nil
}

// writeError is an error of writing; the reader having gone is none.
func writeError(sys *system, path string, err error) error {
	if isClosedPipe(err) {
		return err
	}
	if path == "" {
		path = "standard output"
	}
	sys.errorf("%s: cannot write: %v", path, pathCause(err))
	return exitCode(exitFailed)
}

// groupings returns the tables that are asked for.
func (c *analyzeCommand) groupings() ([]summary.By, error) {
	if len(c.By) == 0 {
		return []summary.By{{First: summary.User}, {First: summary.Topic}}, nil
	}
	var list []summary.By
	for _, s := range c.By {
		by, err := summary.ParseBy(s)
		if err != nil {
			return nil, usagef("--by %s: %w", s, err)
		}
		list = append(list, by)
	}
	return list, nil
}

// written returns the files that the run itself writes, and an earlier one like
// it may have left in a folder that is read.
func (c *analyzeCommand) written(by []summary.By) []string {
	files := []string{c.Journal, c.Output}
	if c.Format == "parquet" {
		for _, by := range by {
			files = append(files, tablePath(c.Output, by))
		}
	}
	return files
}

// plan returns what is counted for the format.
func (c *analyzeCommand) plan(by []summary.By) summary.Plan {
	switch c.Format {
	case "html":
		return report.HTMLPlan(by)
	case "graphml":
		return report.GraphPlan()
	}
	return summary.Plan{By: by}
}

// sayIdle names the flags for tables that the format has no use for.
func (c *analyzeCommand) sayIdle(sys *system, limit int) {
	by, limited, sorted := len(c.By) > 0, c.Limit != nil && limit > 0, c.Sort != ""
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
			sys.errorf("%s has no effect: --format %s %s", flag.name, c.Format, has)
		}
	}
}

// checkSort refuses a column to sort by that no table can have.
func (c *analyzeCommand) checkSort(lex *lexicon.Lexicon, by []summary.By) error {
	if c.Sort != "" && (c.Format == "jsonl" || c.Format == "graphml") {
		return usagef("--sort %s: it is for tables, and --format %s has none", c.Sort, c.Format)
	}
	var actors []string
	for _, name := range c.Actor {
		actors = append(actors, lex.TableName(name))
	}
	if err := report.CheckSort(c.plan(by).By, c.Sort, actors); err != nil {
		return usagef("--sort %s: %w", c.Sort, err)
	}
	return nil
}

// tables prints what was counted, limit rows of a table at first where a page
// shows more on demand. It fills in the page.
func (c *analyzeCommand) tables(sys *system, out *output, counted *summary.Summary, page *report.Page, limit int, lex *lexicon.Lexicon, kept store) (err error) {
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
		if page.Run, err = c.settings(lex); err != nil {
			return err
		}
		return kept.finish(sys, page)
	case "html":
		if page.Run, err = c.settings(lex); err != nil {
			return err
		}
		return report.HTML(out, page, counted, limit)
	}
	for i := range page.Tables {
		if t := &page.Tables[i]; t.Cut > 0 {
			sys.errorf("by %s: %d of %d rows; --limit 0 gives all", t.By, len(t.Rows), len(t.Rows)+t.Cut)
		}
	}
	if c.Format == "tsv" {
		return report.TSV(out, page)
	}
	return report.CSV(out, page)
}

// progress says whether and how to tell of the progress.
func (c *analyzeCommand) progress(sys *system) progressMode {
	terminal := isTerminal(sys.stderr.Writer)
	switch {
	case c.Quiet || c.Progress == "never" || c.Progress == "auto" && (!terminal || c.Output == "" && c.Format == "jsonl"):
		return noProgress
	case terminal:
		return liveProgress
	}
	return lineProgress
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// width returns the columns of the terminal that is written to, or those that
// COLUMNS says; 0, which is no limit, for all else.
func width(out *output) int {
	if n, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && n > 0 && out.file == nil {
		return n
	}
	if file, ok := out.Writer.(*os.File); ok && out.file == nil {
		if n, _, err := term.GetSize(int(file.Fd())); err == nil {
			return n
		}
	}
	return 0
}

// color says whether to write colours.
func color(flag string, out *output) bool {
	switch flag {
	case "always":
		return true
	case "never":
		return false
	}
	return os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && out.file == nil && isTerminal(out.Writer)
}

// jobs is the default of --jobs.
func jobs() string { return fmt.Sprint(runtime.GOMAXPROCS(0)) }

// maxJobs is how many jobs are run at most. More would take memory and no less
// time, as a job waits for nothing but its core.
func maxJobs() int { return 4 * runtime.GOMAXPROCS(0) }
