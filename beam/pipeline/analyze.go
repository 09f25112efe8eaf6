package pipeline

import (
	"bytes"
	"container/heap"
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"threadstance/analyze"
	"threadstance/analyze/summary"
	"threadstance/lexicon"
	"threadstance/report"
	"threadstance/thread/read/input"
)

func init() {
	register.DoFn6x1[context.Context, string, func(*Line) bool, func(int, Records), func(string, Part), func(Failure), error](&analyzeFn{})
}

var analyzed = beam.NewCounter(namespace, "posts")

// analyzeFn reads and analyzes one thread after another.
type analyzeFn struct {
	Options Options

	format input.Lines
	plan   summary.Plan
	worker *analyze.Worker
	counts *summary.Summary // of the bundle
}

// Setup loads lexicon and models, once a worker.
func (fn *analyzeFn) Setup() error {
	analyzer, err := fn.Options.analyzer()
	if err != nil {
		return err
	}
	fn.worker = analyzer.Worker()
	if fn.format, err = fn.Options.lines(); err != nil {
		return err
	}
	fn.plan, err = fn.Options.plan()
	return err
}

// analyzer returns the analyzer that the options ask for.
func (o *Options) analyzer() (*analyze.Analyzer, error) {
	if !(o.MinConfidence >= 0 && o.MinConfidence <= 1) {
		return nil, fmt.Errorf("--min-confidence %v: it is a probability, from 0 to 1", o.MinConfidence)
	}
	lex, err := o.LoadLexicon()
	if err != nil {
		return nil, err
	}
	return analyze.New(lex, analyze.Options{Stance: o.Stance, Sentiment: o.Sentiment, Actors: o.Actors, MinConfidence: o.MinConfidence})
}

// LoadLexicon returns the embedded lexicon with the user's files over it, and with
// the actors that are named besides.
func (o *Options) LoadLexicon() (*lexicon.Lexicon, error) {
	lex, err := lexicon.LoadTexts(o.Lexicon)
	if err != nil {
		return nil, err
	}
	return lex.With(o.Actors...)
}

// StartBundle begins to count.
func (fn *analyzeFn) StartBundle(_ context.Context, _ func(int, Records), _ func(string, Part), _ func(Failure)) {
	fn.counts = fn.plan.New()
}

// ProcessElement analyzes the thread of which all lines are given, in any
// order.
func (fn *analyzeFn) ProcessElement(ctx context.Context, key string, lines func(*Line) bool, emit func(int, Records), _ func(string, Part), fail func(Failure)) error {
	kept, left := fn.collect(lines)
	if len(kept) == 0 {
		return nil
	}
	first := kept[0]
	if left > 0 {
		failed.Inc(ctx, 1)
		fail(Failure{Path: first.Path, Offset: first.Offset, Thread: key, Cause: fmt.Sprintf("%d posts are left out: the thread has more than %d; --max-posts raises the limit", left, fn.Options.MaxPosts)})
	}
	var text bytes.Buffer
	for _, line := range kept {
		text.Write(line.Data)
		text.WriteByte('\n')
	}
	var records []byte
	for t, err := range fn.format.Read(input.Source{Path: first.Path, Reader: &text, Limits: input.Limits{Line: fn.Options.MaxLine, Posts: fn.Options.MaxPosts}}) {
		if err != nil {
			failed.Inc(ctx, 1)
			fail(Failure{Path: first.Path, Offset: first.Offset, Thread: key, Cause: err.Error()})
			continue
		}
		for _, warning := range t.Warnings {
			fail(Failure{Path: first.Path, Offset: first.Offset, Thread: key, Cause: "of the lines of this thread: " + warning, Warning: true})
		}
		fn.worker.Thread(t, func(r *analyze.Result) bool {
			analyzed.Inc(ctx, 1)
			fn.counts.Add(r)
			if fn.Options.Records {
				records = report.AppendRecord(records, r)
			}
			return true
		})
	}
	if fn.Options.Records && len(records) > 0 {
		h := fnv.New32a()
		h.Write([]byte(key))
		emit(int(h.Sum32()%uint32(fn.Options.Shards)), Records{first.Path, first.Offset, records})
	}
	return nil
}

// FinishBundle hands on what was counted, in parts by key.
func (fn *analyzeFn) FinishBundle(_ context.Context, _ func(int, Records), emit func(string, Part), _ func(Failure)) {
	fn.counts.Split(func(key string, part *summary.Summary) bool {
		emit(key, Part{part})
		return true
	})
	fn.counts = nil
}

// collect returns the lines in their order, the first MaxPosts of them, and how
// many are left out. No more are held in memory.
func (fn *analyzeFn) collect(lines func(*Line) bool) (kept []Line, left int) {
	var latest latestFirst
	var line Line
	for lines(&line) {
		switch {
		case len(latest) < fn.Options.MaxPosts:
			heap.Push(&latest, line)
		case compareLines(line, latest[0]) < 0:
			latest[0] = line
			heap.Fix(&latest, 0)
			left++
		default:
			left++
		}
		line = Line{}
	}
	slices.SortFunc(latest, compareLines)
	return latest, left
}

func compareLines(a, b Line) int { return before(a.Path, a.Offset, b.Path, b.Offset) }

// latestFirst is a heap of lines, the last of the input on top.
type latestFirst []Line

func (h latestFirst) Len() int           { return len(h) }
func (h latestFirst) Less(i, j int) bool { return compareLines(h[i], h[j]) > 0 }
func (h latestFirst) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push adds a line.
func (h *latestFirst) Push(x any) { *h = append(*h, x.(Line)) }

// Pop takes the last line away.
func (h *latestFirst) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}
