package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/term"

	"threadstance/analyze"
	"threadstance/analyze/linear"
	"threadstance/analyze/summary"
	"threadstance/lexicon"
	"threadstance/report"
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

	Jobs     int    `default:"${jobs}" least:"1" placeholder:"N" help:"Threads to analyze at once; by default one for each core, and at most four for each."`
	Progress string `enum:"auto,always,never" default:"auto" help:"Tell how far the reading is, on standard error: ${enum}; auto only on a terminal."`
	Quiet    bool   `short:"q" help:"No warnings and no progress."`
	Color    string `enum:"auto,always,never" default:"auto" help:"Colours: ${enum}; auto only on a terminal without NO_COLOR."`
}

// limitFlag says how much of a table is printed.
type limitFlag struct {
	Limit *int `placeholder:"N" help:"Rows of a table, 20 by default; 0 is all."`
}

// rows returns how many rows a table may have, 0 for all.
func (f *limitFlag) rows() int {
	if f.Limit == nil {
		return 20
	}
	return *f.Limit
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

// engine returns the lexicon and the analyzer that the flags ask for.
func (f *engineFlags) engine(sys *system, quiet bool) (*lexicon.Lexicon, *analyze.Analyzer, error) {
	models, err := f.models()
	if err != nil {
		return nil, nil, err
	}
	lex, err := f.lexicon(sys, models, quiet)
	if err != nil {
		return nil, nil, err
	}
	analyzer, err := f.analyzer(lex, models)
	return lex, analyzer, err
}

// models reads the files of --model.
func (f *engineFlags) models() ([]*linear.Model, error) {
	var models []*linear.Model
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
		models = append(models, model)
	}
	return models, nil
}

// lexicon returns the lexicon with the user's folders laid over it, and with whom
// --actor names besides; where it names no one, with whom the models are for.
func (f *engineFlags) lexicon(sys *system, models []*linear.Model, quiet bool) (*lexicon.Lexicon, error) {
	lex, err := lexicon.Load(f.Lexicon...)
	if err != nil {
		return nil, err
	}
	say := func(format string, args ...any) {
		if !quiet {
			sys.errorf(format+": no actor of the lexicon has this name; it is found by the name as given (--lexicon can tell it others)", args...)
		}
	}
	for _, name := range f.Actor {
		if err := lexicon.CheckName(name); err != nil {
			return nil, usagef("--actor: %w", err)
		}
		if lex.Named(name) < 0 {
			say("--actor %s", report.Clean(name))
		}
	}
	if len(f.Actor) > 0 {
		if lex, err = lex.With(f.Actor...); err != nil {
			return nil, usagef("--actor: %w", err)
		}
		return lex, nil
	}
	var targets []string
	for i, model := range models {
		target := model.Meta.Target
		known := func(name string) bool { return strings.EqualFold(name, target) }
		if lexicon.CheckName(target) != nil || lex.Named(target) >= 0 || slices.ContainsFunc(targets, known) {
			continue
		}
		say("--model %s: its target is %s", f.Model[i], report.Clean(target))
		targets = append(targets, target)
	}
	return lex.With(targets...)
}

// analyzer returns the analyzer that the flags ask for.
func (f *engineFlags) analyzer(lex *lexicon.Lexicon, models []*linear.Model) (*analyze.Analyzer, error) {
	return analyze.New(lex, analyze.Options{Stance: f.Stance, Sentiment: f.Sentiment, Actors: f.Actor, MinConfidence: f.MinConfidence, Models: models})
}

// Run reads, analyzes and prints.
func (c *analyzeCommand) Run(sys *system) error {
	a, err := c.analysis(sys)
	if err != nil {
		return err
	}
	return a.run()
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
