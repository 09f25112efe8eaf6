package main

import (
	"os"

	"golang.org/x/term"

	"threadstance/thread/read"
	"threadstance/thread/read/csv"
	"threadstance/thread/read/input"
)

// inputFlags say what is read and how.
type inputFlags struct {
	Paths   []string          `arg:"" optional:"" name:"path" help:"Files or folders to read; - is standard input."`
	From    string            `placeholder:"FORMAT" help:"Read every input as text, html, jsonl, reddit, convokit, mbox or csv; without it the format is found by content."`
	Columns map[string]string `placeholder:"FIELD=NAME" mapsep:"," help:"For csv: the column that holds a field, as text=Body,author=User."`

	MaxBytes   int64 `placeholder:"N" group:"Limits" help:"Most bytes of one input, as it is and decompressed."`
	MaxRatio   int64 `placeholder:"N" group:"Limits" help:"Most decompressed bytes for a compressed one."`
	MaxLine    int   `placeholder:"N" group:"Limits" help:"Most bytes of one line, message, page or pasted thread."`
	MaxText    int   `placeholder:"N" group:"Limits" help:"Most bytes of one post's text; what is longer is cut."`
	MaxNesting int   `placeholder:"N" group:"Limits" help:"Deepest archives in archives, and quotes in quotes."`
	MaxPosts   int   `placeholder:"N" group:"Limits" help:"Most posts of one thread."`
}

// paths returns what to read: standard input where nothing is named and it is
// no terminal.
func (f *inputFlags) paths(sys *system) ([]string, error) {
	if len(f.Paths) > 0 {
		return f.Paths, nil
	}
	if file, ok := sys.stdin.(*os.File); ok && term.IsTerminal(int(file.Fd())) {
		return nil, usagef("name a file or folder to read, or - to type the thread in")
	}
	return []string{"-"}, nil
}

// options returns how to read.
func (f *inputFlags) options(sys *system) (read.Options, error) {
	options := read.Options{
		Format:  f.From,
		Columns: f.Columns,
		Stdin:   sys.stdin,
		Limits: input.Limits{
			Bytes: f.MaxBytes, Ratio: f.MaxRatio, Line: f.MaxLine, Text: f.MaxText, Nesting: f.MaxNesting, Posts: f.MaxPosts,
		},
	}
	if err := csv.CheckColumns(f.Columns); err != nil {
		return options, usagef("--columns: %w", err)
	}
	if f.From == "" {
		return options, nil
	}
	var names []string
	for _, format := range read.Formats(options) {
		if format.Name() == f.From {
			return options, nil
		}
		names = append(names, format.Name())
	}
	return options, usagef("--from %s: there is no such format; there are %v", f.From, names)
}
