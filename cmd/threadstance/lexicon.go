package main

import "threadstance/lexicon"

// lexiconCommand is threadstance lexicon.
type lexiconCommand struct {
	Show  lexiconShow  `cmd:"" help:"Print all that is known, one entry a line with tabs: its kind, what it belongs to, its text, what it says, and the file and line that it is from."`
	Check lexiconCheck `cmd:"" help:"Name the mistakes in lexicon files, each with its line."`
	Init  lexiconInit  `cmd:"" help:"Write the built-in lexicon into a folder, to edit it."`
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
