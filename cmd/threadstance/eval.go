package main

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"threadstance/analyze/evaluate"
	"threadstance/analyze/mention"
	"threadstance/lexicon"
	"threadstance/report"
	"threadstance/thread"
	"threadstance/thread/read"
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
	options, err := c.options(sys)
	if err != nil {
		return err
	}
	options.Except = []string{c.Output}
	lex, analyzer, err := c.engine(sys, false)
	if err != nil {
		return err
	}
	evaluator, err := evaluate.New(lex, analyzer, evaluate.Options{By: c.By, Errors: c.Errors})
	if err != nil {
		return err
	}
	out, err := openOutput(sys, c.Output, slices.Concat(c.Paths, c.Model)...)
	if err != nil {
		return err
	}
	defer out.discard()
	failed, threads, labels := 0, 0, 0
	seen := labelled{lex: lex, actors: c.Actor}
	for t, err := range read.Paths(paths, options) {
		if err != nil {
			failed += sys.failed(err)
			continue
		}
		threads++
		sys.warn(t)
		seen.add(t)
		labels += evaluator.Add(t)
	}
	switch {
	case len(seen.others) > 0 && !seen.stance:
		sys.errorf("%s: no labels found for --actor %s; there are labels for %s", strings.Join(paths, " "), report.Clean(strings.Join(c.Actor, ", ")), seen.others)
	case labels == 0 && (threads > 0 || failed == 0):
		sys.errorf("%s: no labels found; a labelled record has \"stance\", \"targets\" with a label, or \"tone\"", strings.Join(paths, " "))
	}
	if labels == 0 {
		return exitCode(exitUsage)
	}
	if c.By != "" && !seen.fields[c.By] {
		sys.errorf("--by %s: no labelled record has this field; there are %s", report.Clean(c.By), seen.fields)
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

// labelled is what the labelled records have.
type labelled struct {
	lex    *lexicon.Lexicon
	actors []string // whom --actor names
	stance bool     // there are labels for them, or for anyone where it names none
	others names    // for whom there are labels besides
	fields names    // that the figures can be split by
}

// add takes the records of a thread. Labels for others than --actor names are
// taken away, as the program is not to answer them.
func (l *labelled) add(t *thread.Thread) {
	for i := range t.Posts {
		p := &t.Posts[i]
		l.limit(p.Targets)
		if p.Labels == nil {
			continue
		}
		l.limit(p.Labels.Stance)
		for field := range p.Labels.Fields {
			l.fields.add(field)
		}
	}
}

func (l *labelled) limit(targets []thread.Target) {
	for i := range targets {
		switch target := &targets[i]; {
		case target.Label == "":
		case l.asked(target):
			l.stance = true
		default:
			l.others.add(target.Name)
			target.Label = ""
		}
	}
}

// asked says whether --actor names a target, or no one.
func (l *labelled) asked(target *thread.Target) bool {
	name := target.Name
	if actor := mention.Resolve(l.lex, target); actor >= 0 {
		name = l.lex.Actors[actor].Name
	}
	return len(l.actors) == 0 || slices.ContainsFunc(l.actors, func(asked string) bool {
		return strings.EqualFold(name, l.lex.TableName(asked))
	})
}

// names is a set of names.
type names map[string]bool

func (n *names) add(name string) {
	if *n == nil {
		*n = names{}
	}
	(*n)[name] = true
}

// String lists the names, or the first of them where they are many.
func (n names) String() string {
	const shown = 10
	list := slices.Sorted(maps.Keys(n))
	text := report.Clean(strings.Join(list[:min(shown, len(list))], ", "))
	if len(list) > shown {
		text += ", …"
	}
	return cmp.Or(text, "none")
}
