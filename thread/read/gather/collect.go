package gather

import (
	"cmp"
	"fmt"
	"iter"
	"strings"

	"threadstance/thread"
	"threadstance/thread/read/input"
)

// Collector reads inputs whose threads may span them, and gives the threads
// once all inputs are read.
type Collector interface {
	// Add reads one input. What cannot be read is reported; a report that
	// returns false ends the reading.
	Add(src input.Source, report func(error) bool) bool
	// Threads yields what was collected, each thread once.
	Threads(yield func(*thread.Thread, error) bool)
	// Close frees what the collector holds.
	Close()
}

// Format is a format whose threads may span inputs: the pages of a thread, a
// thread's articles, the comments on a submission.
type Format interface {
	input.Format
	// Collect returns a collector of this format's inputs, to be closed.
	Collect(limits input.Limits) Collector
}

// One reads one input of a collecting format by itself.
func One(format Format, src input.Source) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) { From(src, format.Collect(src.Limits), yield) }
}

// From reads one input into a collector, yields the threads, and closes the
// collector.
func From(src input.Source, c Collector, yield func(*thread.Thread, error) bool) {
	defer c.Close()
	if c.Add(src, func(err error) bool { return yield(nil, err) }) {
		c.Threads(yield)
	}
}

// Groups collects records by the key of their thread; one without a key is a
// thread of its own.
type Groups struct {
	Limits input.Limits

	records *store
	path    string // the first input's, for errors and threads
	doubts  []input.Doubt
	// read yields the records of one input.
	read func(src input.Source, yield func(*Record, error) bool)
	// finish makes a thread of the records that share a key; nil, or a thread
	// without posts, drops them. An error is of the thread's path, if it has one.
	finish func(g *Groups, key string, records []Record) (*thread.Thread, error)
}

// NewGroups returns groups of the records that read yields of an input, of which
// finish makes threads.
func NewGroups(limits input.Limits, read func(input.Source, func(*Record, error) bool), finish func(*Groups, string, []Record) (*thread.Thread, error)) *Groups {
	return &Groups{records: newStore(), Limits: limits, read: read, finish: finish}
}

// Alone begins the key that a record without a key is kept under.
const Alone = "\x00record "

// Add implements [Collector].
func (g *Groups) Add(src input.Source, report func(error) bool) bool {
	if g.path == "" {
		g.path = src.Path
	}
	more := true
	g.read(src, func(r *Record, err error) bool {
		if d, ok := err.(input.Doubt); ok {
			g.doubts = append(g.doubts, d)
			return true
		}
		if err == nil {
			key := r.Thread
			if key == "" {
				key = fmt.Sprint(Alone, g.records.seq)
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

// Threads implements [Collector].
func (g *Groups) Threads(yield func(*thread.Thread, error) bool) {
	more := true
	err := g.records.each(func(key string, records []Record) bool {
		if strings.HasPrefix(key, Alone) {
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

// Close implements [Collector].
func (g *Groups) Close() { g.records.close() }

// Build makes a thread of records in their order.
func (g *Groups) Build(key string, records []Record) (*thread.Thread, error) {
	b := Builder{Limits: g.Limits}
	var refused error
	for i := range records {
		records[i].Thread = key
		if err := b.Add(&records[i]); err != nil {
			refused = err
		}
	}
	return b.Finish(), refused
}
