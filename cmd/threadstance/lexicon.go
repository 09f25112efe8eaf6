package main

import (
	"strings"

	"threadstance/analyze/suggest"
	"threadstance/lexicon"
	"threadstance/thread/read"
)

// lexiconCommand is threadstance lexicon.
type lexiconCommand struct {
	Show  lexiconShow  `cmd:"" help:"Print all that is known, one entry a line with tabs: its kind, what it belongs to, its text, what it says, and the file and line that it is from."`
	Check lexiconCheck `cmd:"" help:"Name the mistakes in lexicon files, each with its line."`
	Init  lexiconInit  `cmd:"" help:"Write the built-in lexicon into a folder, to edit it."`

	Suggest lexiconSuggest `cmd:"" help:"List the people, places and organisations that threads speak of most and no actor covers yet, ready to paste into actors.toml."`
}

// lexiconShow is threadstance lexicon show.
type lexiconShow struct {
	Lexicon []string `sep:"none" placeholder:"DIR" help:"Lay the lexicon files of a folder over the embedded ones."`
}

// Run prints the lexicon.
func (c *lexiconShow) Run(sys *system) error {
	lex, err := lexicon.Load(c.Lexicon...)
	if err != nil {
		return err
	}
	if err := lex.Show(sys.stdout); err != nil {
		return writeError(sys, "", err)
	}
	return nil
}

// lexiconCheck is threadstance lexicon check.
type lexiconCheck struct {
	Dirs []string `arg:"" optional:"" name:"dir" help:"Folders of lexicon files, the later laid over the earlier."`
}

// Run loads the lexicon, whose errors are the mistakes.
func (c *lexiconCheck) Run(sys *system) error {
	if _, err := lexicon.Load(c.Dirs...); err != nil {
		printErrors(sys, err)
		return exitCode(exitFailed)
	}
	return nil
}

// lexiconInit is threadstance lexicon init.
type lexiconInit struct {
	Dir string `arg:"" help:"The folder to write to; it is made if it is not there."`
}

// Run writes the files.
func (c *lexiconInit) Run(*system) error { return lexicon.Init(c.Dir) }

// lexiconSuggest is threadstance lexicon suggest.
type lexiconSuggest struct {
	inputFlags

	Lexicon  []string `sep:"none" placeholder:"DIR" help:"Lay the lexicon files of a folder over the embedded ones."`
	Limit    int      `default:"20" placeholder:"N" help:"Names to list; 0 lists all."`
	MinPosts int      `default:"2" least:"1" placeholder:"N" help:"Fewest posts that must use a name."`
}

// Run counts the names and prints the most used.
func (c *lexiconSuggest) Run(sys *system) error {
	paths, err := c.paths(sys)
	if err != nil {
		return err
	}
	options, err := c.options(sys)
	if err != nil {
		return err
	}
	lex, err := lexicon.Load(c.Lexicon...)
	if err != nil {
		return err
	}
	counter, err := suggest.NewCounter(lex)
	if err != nil {
		return err
	}
	count, failed := 0, 0
	for t, err := range read.Paths(paths, options) {
		if err != nil {
			failed += sys.failed(err)
			continue
		}
		count++
		sys.warn(t)
		counter.Add(t)
	}
	if count == 0 {
		if failed == 0 {
			sys.errorf("%s: no thread found", strings.Join(paths, " "))
		}
		return exitCode(exitUsage)
	}
	if n := counter.Failed(); n > 0 {
		sys.errorf("%d sentences are left out: the extractor of names failed at them", n)
	}
	list := counter.Suggestions(c.MinPosts)
	if c.Limit > 0 && len(list) > c.Limit {
		sys.errorf("%d of %d names; --limit 0 lists all", c.Limit, len(list))
		list = list[:c.Limit]
	}
	if err := suggest.Write(sys.stdout, list); err != nil {
		return writeError(sys, "", err)
	}
	if failed > 0 {
		return exitCode(exitFailed)
	}
	return nil
}
