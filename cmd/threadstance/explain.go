package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"threadstance/analyze"
	"threadstance/report"
	"threadstance/thread"
	"threadstance/thread/read"
)

// explainCommand is threadstance explain.
type explainCommand struct {
	inputFlags
	engineFlags

	Post   int    `required:"" placeholder:"N" help:"The post's index in the thread, from 0, as the records of --format jsonl have it."`
	Thread string `placeholder:"ID" help:"The thread, where the input holds several: its identifier, or its place as #1, #2, …, as where it has none."`
	Color  string `enum:"auto,always,never" default:"auto" help:"Colours: ${enum}; auto only on a terminal without NO_COLOR."`
}

// Run finds the post and prints it.
func (c *explainCommand) Run(sys *system) error {
	paths, err := c.paths(sys)
	if err != nil {
		return err
	}
	options, err := c.options(sys)
	if err != nil {
		return err
	}
	_, analyzer, err := c.engine(sys, false)
	if err != nil {
		return err
	}
	t, failed, err := c.find(sys, paths, options)
	if err != nil {
		return err
	}
	sys.warn(t)
	if c.Post >= len(t.Posts) {
		return usagef("--post %d: the last post of thread %s is %d; they count from 0", c.Post, report.Clean(cmp.Or(t.ID, t.Path)), len(t.Posts)-1)
	}
	out := &output{Writer: sys.stdout}
	screen := report.Screen{Width: width(out), Color: color(c.Color, out)}
	worker := analyzer.Worker()
	worker.Thread(t, func(r *analyze.Result) bool {
		if r.Post.Index == c.Post {
			worker.ExplainTone(r)
			err = report.Explain(out, r, screen)
		}
		return r.Post.Index < c.Post
	})
	if err != nil {
		return writeError(sys, "", err)
	}
	if failed > 0 {
		return exitCode(exitFailed)
	}
	return nil
}

// find returns the thread that is asked for: that of the identifier, or the one
// whose place it tells. What cannot be read on the way is said and counted.
func (c *explainCommand) find(sys *system, paths []string, options read.Options) (found *thread.Thread, failed int, err error) {
	place, threads := 0, 0 // counted from 1
	if number, ok := strings.CutPrefix(c.Thread, "#"); ok {
		place, _ = strconv.Atoi(number)
	}
	var placed *thread.Thread // the one at that place
	name := func(t *thread.Thread, place int) string { return report.Clean(cmp.Or(t.ID, fmt.Sprintf("#%d", place))) }
	for t, err := range read.Paths(paths, options) {
		if err != nil {
			failed += sys.failed(err)
			continue
		}
		threads++
		switch {
		case threads == place && t.ID != c.Thread:
			placed = t
		case c.Thread != "" && t.ID != c.Thread:
		case found == nil:
			found = t
		case t.ID != "" && t.ID == found.ID:
			return nil, failed, usagef("%s and %s hold different threads of one identifier, %q; name only the file that is meant", report.Clean(found.Path), report.Clean(t.Path), report.Clean(t.ID))
		default:
			return nil, failed, usagef("there are several threads, %s and %s among them; name one with --thread, by its identifier or as #N, the Nth of the input", name(found, threads-1), name(t, threads))
		}
	}
	if found == nil {
		found = placed
	}
	switch {
	case found != nil:
		return found, failed, nil
	case failed > 0:
		return nil, failed, exitCode(exitUsage)
	case place > 0 && threads > 0:
		return nil, 0, fmt.Errorf("--thread %s: there are %d threads", report.Clean(c.Thread), threads)
	case c.Thread != "":
		return nil, 0, fmt.Errorf("--thread %s: no thread has this identifier", report.Clean(c.Thread))
	}
	return nil, 0, fmt.Errorf("%s: no thread found", strings.Join(paths, " "))
}
