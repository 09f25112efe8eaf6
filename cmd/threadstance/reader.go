package main

import (
	"context"
	"iter"

	"threadstance/analyze/journal"
	"threadstance/thread"
	"threadstance/thread/read"
	"threadstance/thread/read/input"
)

// reader makes batches of what a pipeline reads. Its methods are false once
// reading is to end: where ctx did, or after too many errors.
type reader struct {
	p             *pipeline
	ctx           context.Context
	work, ordered chan<- *batch
	batch         *batch // under way
	failures      int    // counted here, in the order of the input, so that where reading ends does not hang on the workers
}

// read makes batches of the inputs, till they or ctx end, at the latest after
// the thread that is being read.
func (p *pipeline) read(ctx context.Context, inputs iter.Seq2[*read.Input, error], work, ordered chan<- *batch) {
	defer close(ordered)
	defer close(work)
	r := &reader{p: p, ctx: ctx, work: work, ordered: ordered, batch: newBatch()}
	for input, err := range inputs {
		if err != nil && !r.fail(err) || err == nil && !r.input(input) {
			return
		}
	}
	r.send()
}

// input reads an input, or takes from the journal what it gave in an earlier run.
func (r *reader) input(input *read.Input) bool {
	size := max(input.Size, 0)
	r.p.counts.files.Add(int64(len(input.Files())))
	r.p.counts.size.Add(size)
	before := r.p.counts.bytes.Load()
	if r.p.journal != nil {
		if !r.batch.empty() && !r.send() { // a batch is of one input
			return false
		}
		if entry := r.record(input); entry != nil {
			r.p.counts.bytes.Store(before + size)
			gaveUp := r.failed(failuresIn(entry))
			return r.send() && !gaveUp
		}
	}
	for t, err := range input.Threads() {
		r.p.counts.bytes.Store(before + input.BytesRead())
		if r.ctx.Err() != nil || err != nil && !r.fail(err) || err == nil && !r.add(t) {
			return false
		}
	}
	r.p.counts.bytes.Store(before + size)
	if r.ctx.Err() != nil {
		return false
	}
	r.batch.last = r.batch.recording != nil
	return !r.batch.last || r.send()
}

// record begins the recording of an input, or returns what the journal has of
// it. An input that cannot be opened is not recorded: reading it says why.
func (r *reader) record(input *read.Input) *journal.Entry {
	key, ok, err := r.p.journal.Key(input)
	if err != nil || !ok {
		return nil
	}
	if entry := r.p.journal.Find(key); entry != nil && input.Recall(namedIn(entry)) {
		r.batch.recorded = entry
		return entry
	}
	r.batch.recording = &recording{input: input, key: key, writer: r.p.journal.Begin(), part: r.p.plan.New()}
	r.batch.part = r.p.plan.New()
	return nil
}

// add adds a thread.
func (r *reader) add(t *thread.Thread) bool {
	b := r.batch
	b.threads = append(b.threads, t)
	for _, warning := range warnings(t) {
		b.problems = append(b.problems, problem{warning, true})
	}
	for i := range t.Posts {
		b.size += len(t.Posts[i].Text)
	}
	r.p.counts.posts.Add(int64(len(t.Posts)))
	return b.size < batchSize || r.send()
}

// warnings returns the warnings of a thread, with where it is from.
func warnings(t *thread.Thread) []error {
	var list []error
	for _, warning := range t.Warnings {
		list = append(list, &input.Error{Path: t.Path, Offset: -1, Err: warningError(warning)})
	}
	return list
}

// warningError is a warning where an error is asked for.
type warningError string

func (w warningError) Error() string { return string(w) }

// fail adds what could not be read, or is doubtful of what was.
func (r *reader) fail(err error) bool {
	doubtful := isDoubt(err)
	r.batch.problems = append(r.batch.problems, problem{err, doubtful})
	if !doubtful && r.failed(1) {
		r.send()
		return false
	}
	return len(r.batch.problems) < batchProblems || r.send()
}

// failed counts so many errors, and says whether they are too many.
func (r *reader) failed(n int) bool {
	r.failures += n
	r.p.gaveUp = r.p.maxErrors > 0 && r.failures >= r.p.maxErrors
	return r.p.gaveUp
}

// send puts the batch into the queues, and begins the next.
func (r *reader) send() bool {
	b := r.batch
	b.count = len(b.threads)
	for _, queue := range []chan<- *batch{r.ordered, r.work} {
		select {
		case queue <- b:
		case <-r.ctx.Done():
			return false
		}
	}
	r.batch = newBatch()
	if b.recording != nil && !b.last {
		r.batch.recording, r.batch.part = b.recording, r.p.plan.New()
	}
	return true
}
