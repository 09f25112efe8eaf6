package read

import (
	"cmp"
	"fmt"
	"iter"
	"strings"

	"threadstance/thread"
	"threadstance/thread/read/input"
)

// collector reads inputs whose threads may span them, and gives the threads
// once all inputs are read.
type collector interface {
	// add reads one input. What cannot be read is reported; a report that
	// returns false ends the reading.
	add(src input.Source, report func(error) bool) bool
	// threads yields what was collected, each thread once.
	threads(yield func(*thread.Thread, error) bool)
	// close frees what the collector holds.
	close()
}

// collecting is a format whose threads may span inputs: the pages of a
// thread, a thread's articles, the comments on a submission.
type collecting interface {
	input.Format
	collect(limits input.Limits) collector
}

// collectOne reads one input of a collecting format by itself.
func collectOne(format collecting, src input.Source) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) { collectFrom(src, format.collect(src.Limits), yield) }
}

// collectFrom reads one input into a collector, yields the threads, and closes
// the collector.
func collectFrom(src input.Source, c collector, yield func(*thread.Thread, error) bool) {
	defer c.close()
	if c.add(src, func(err error) bool { return yield(nil, err) }) {
		c.threads(yield)
	}
}

// grouped collects records by the key of their thread; one without a key is a
// thread of its own.
type grouped struct {
	records *gather
	limits  input.Limits
	path    string // the first input's, for errors and threads
	doubts  []input.Doubt
	// read yields the records of one input.
	read func(src input.Source, yield func(*record, error) bool)
	// finish makes a thread of the records that share a key; nil, or a thread
	// without posts, drops them. An error is of the thread's path, if it has one.
	finish func(g *grouped, key string, records []record) (*thread.Thread, error)
}

func newGrouped(limits input.Limits, read func(input.Source, func(*record, error) bool), finish func(*grouped, string, []record) (*thread.Thread, error)) *grouped {
	return &grouped{records: newGather(), limits: limits, read: read, finish: finish}
}

// alone starts what a record without a key is kept under.
const alone = "\x00record "

func (g *grouped) add(src input.Source, report func(error) bool) bool {
	if g.path == "" {
		g.path = src.Path
	}
	more := true
	g.read(src, func(r *record, err error) bool {
		if d, ok := err.(input.Doubt); ok {
			g.doubts = append(g.doubts, d)
			return true
		}
		if err == nil {
			key := r.thread
			if key == "" {
				key = fmt.Sprint(alone, g.records.seq)
			}
			if err = g.records.add(key, r); err == nil {
				return true
			}
			// The disk is full or the like: the rest would fail as well.
			report(&input.Error{Path: src.Path, Offset: -1, Err: err})
			more = false
			return false
		}
		more = report(err)
		return more
	})
	return more
}

func (g *grouped) threads(yield func(*thread.Thread, error) bool) {
	more := true
	err := g.records.each(func(key string, records []record) bool {
		if strings.HasPrefix(key, alone) {
			key = ""
		}
		t, err := g.finish(g, key, records)
		path := g.path
		if t != nil {
			t.Path = cmp.Or(t.Path, path)
			path = t.Path
		}
		if err != nil && !yield(nil, &input.Error{Path: path, Offset: -1, Err: err}) {
			more = false
			return false
		}
		if t == nil || len(t.Posts) == 0 {
			return true
		}
		input.Warn(t, g.doubts)
		g.doubts = nil
		more = yield(t, nil)
		return more
	})
	if err != nil && more {
		yield(nil, &input.Error{Path: g.path, Offset: -1, Err: err})
	}
}

func (g *grouped) close() { g.records.close() }

// build makes a thread of records in their order.
func (g *grouped) build(key string, records []record) (*thread.Thread, error) {
	b := builder{limits: g.limits}
	var refused error
	for i := range records {
		records[i].thread = key
		if err := b.add(&records[i]); err != nil {
			refused = err
		}
	}
	return b.finish(), refused
}
