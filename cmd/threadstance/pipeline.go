package main

import (
	"context"
	"sync"
	"sync/atomic"

	"threadstance/analyze"
	"threadstance/analyze/journal"
	"threadstance/analyze/summary"
	"threadstance/thread"
	"threadstance/thread/pseudonym"
	"threadstance/thread/read"
)

// pipeline analyzes threads on several workers and hands on what they make of
// them in the order in which they were read:
//
//	one reader → batches → workers → batches in order → emit
//
// A batch enters the queue of results and that of work at once; both are
// bounded, so that memory is bounded by the largest threads and not by the
// input.
type pipeline struct {
	analyzer  *analyze.Analyzer
	jobs      int
	plan      summary.Plan
	render    func(dst []byte, r *analyze.Result) []byte // nil where no records are wanted
	counting  bool                                       // whether there is a summary
	counts    counts
	maxErrors int  // after which reading ends; 0 is no limit
	gaveUp    bool // it ended so; set by the time run returns

	pseudonyms *pseudonym.Names // nil where names stay
	journal    *journal.Journal // nil where nothing is recorded
	unfinished *summary.Summary // of the input that is being recorded
}

// counts is how far the reading is.
type counts struct {
	files, bytes, size, posts atomic.Int64
}

// batch is a run of threads that one worker takes.
type batch struct {
	threads  []*thread.Thread
	count    int // of the threads
	problems []problem
	size     int           // bytes of text
	done     chan struct{} // closed when records are ready
	records  []byte

	// With a journal a batch is of one input only, and has a summary of its
	// own; recording is nil for an input that is not recorded.
	recording *recording
	part      *summary.Summary
	last      bool           // of the input
	recorded  *journal.Entry // what the input gave in an earlier run
}

// problem is an error, or a warning of a thread, in the order of the input.
type problem struct {
	err     error
	warning bool
}

const (
	batchSize     = 128 << 10 // bytes of text from which on a batch is full
	batchProblems = 100       // as many as fill it without any
)

func newBatch() *batch { return &batch{done: make(chan struct{})} }

// empty says whether nothing was read into a batch.
func (b *batch) empty() bool { return len(b.threads)+len(b.problems) == 0 }

// run reads all inputs, calls emit for every batch in input order, and returns
// what was counted. Where ctx ends first, it is what was counted till then,
// with ctx's error.
func (p *pipeline) run(ctx context.Context, paths []string, options read.Options, emit func(*batch) error) (*summary.Summary, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	work := make(chan *batch, p.jobs)
	ordered := make(chan *batch, 4*p.jobs)
	go p.read(ctx, read.Walk(paths, options), work, ordered)

	whole := p.plan.New()
	parts := make([]*summary.Summary, p.jobs)
	var workers sync.WaitGroup
	for i := range parts {
		parts[i] = p.plan.New()
		workers.Go(func() { p.work(ctx, work, parts[i]) })
	}

	err := func() error {
		for {
			select {
			case b, ok := <-ordered:
				if !ok {
					return nil
				}
				select {
				case <-b.done:
				case <-ctx.Done():
					return ctx.Err()
				}
				if err := p.take(b, whole, emit); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}()
	cancel(err)
	workers.Wait()
	if p.unfinished != nil {
		whole.Merge(p.unfinished)
	}
	for _, part := range parts {
		whole.Merge(part)
	}
	return whole, err
}

// hideUsers replaces the names of the users that were counted in texts that name files.
func (p *pipeline) hideUsers(texts []string, counted *summary.Totals) []string {
	if p.pseudonyms == nil {
		return texts
	}
	hidden := make([]string, len(texts))
	for i, text := range texts {
		hidden[i] = p.pseudonyms.Replace(text, counted.Users)
	}
	return hidden
}

// take hands on a batch, whose turn it is, and records it where that is asked
// for.
func (p *pipeline) take(b *batch, whole *summary.Summary, emit func(*batch) error) error {
	if b.recorded != nil {
		return p.replay(b.recorded, whole, emit)
	}
	if r := b.recording; r != nil {
		if err := r.add(b); err != nil {
			return journalError{err}
		}
		p.unfinished = r.part
		if b.last {
			p.unfinished = nil
			whole.Merge(r.part)
			if err := r.finish(); err != nil {
				return journalError{err}
			}
		}
	}
	return emit(b)
}

// work analyzes batches until there are no more.
func (p *pipeline) work(ctx context.Context, work <-chan *batch, part *summary.Summary) {
	worker := p.analyzer.Worker()
	for {
		var b *batch
		select {
		case <-ctx.Done():
			return
		case b = <-work:
			if b == nil {
				return
			}
		}
		part := part
		if b.part != nil {
			part = b.part
		}
		for _, t := range b.threads {
			if p.pseudonyms != nil {
				p.pseudonyms.Apply(t)
			}
			worker.Thread(t, func(r *analyze.Result) bool {
				if p.render != nil {
					b.records = p.render(b.records, r)
				}
				if p.counting {
					part.Add(r)
				}
				return ctx.Err() == nil
			})
		}
		if ctx.Err() != nil { // a thread may have been left halfway: nobody is to take the batch for whole
			return
		}
		b.threads = nil // frees the texts while the batch waits for its turn
		close(b.done)
	}
}
