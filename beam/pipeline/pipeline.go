// Package pipeline is the analysis as an Apache Beam pipeline:
//
//	files → lines by thread → threads → records, and parts of the Summary
//	parts by key → Summary → tables
//
// Lines are read in splits, brought together by thread, and put into the order
// in which they stood; every thread is then read and analyzed by the code that
// the command line uses. The Summary is a commutative monoid, so its parts may
// be merged in any order, and the tables are byte for byte those of a run on
// one machine.
package pipeline

import (
	"fmt"
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/metrics"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"threadstance/analyze/summary"
)

// Options say what is read and what is made of it. They go to every worker, so
// they hold all that the figures depend on.
type Options struct {
	Inputs        []string // patterns of files, on any file system that Beam knows
	From          string   // jsonl or reddit
	Output        string   // folder, on any file system that Beam knows
	By            []string // tables, as --by takes them
	Limit         int      // rows of a table; 0 is all
	Actors        []string // limits the stances, where there are any
	Stance        string   // engine
	Sentiment     string   // engine
	MinConfidence float64
	Lexicon       map[string]string // the user's lexicon files, by name
	MaxPosts      int               // of one thread; those that come later are left out, and named
	MaxLine       int               // bytes
	Records       bool              // write the records too
	Shards        int               // files of records
	Version       string            // of the program, for the manifest
}

// Line is one line of an input.
type Line struct {
	Path   string
	Offset int64 // of its first byte, decompressed
	Data   []byte
}

// Failure is what could not be read, or a warning of what was read in part.
type Failure struct {
	Path    string `json:"path"`
	Offset  int64  `json:"offset"` // byte of the decompressed file; -1 where it is of the whole
	Thread  string `json:"thread,omitempty"`
	Cause   string `json:"cause"`
	Warning bool   `json:"warning,omitempty"` // its posts are there
}

// Records is the records of one thread, with the place of its first line.
type Records struct {
	Path   string
	Offset int64
	Lines  []byte
}

// Part is a part of a Summary, as it goes from one worker to another.
type Part struct{ *summary.Summary }

func encodePart(p Part) ([]byte, error) {
	if p.Summary == nil {
		return nil, nil
	}
	return p.MarshalBinary()
}

func decodePart(data []byte) (Part, error) {
	if len(data) == 0 {
		return Part{}, nil
	}
	p := Part{new(summary.Summary)}
	return p, p.UnmarshalBinary(data)
}

func init() {
	beam.RegisterCoder(reflect.TypeOf((*Part)(nil)).Elem(), encodePart, decodePart)
	beam.RegisterType(reflect.TypeOf((*Line)(nil)).Elem())
	beam.RegisterType(reflect.TypeOf((*Failure)(nil)).Elem())
	beam.RegisterType(reflect.TypeOf((*Records)(nil)).Elem())
	register.Combiner1[Part](&sum{})
	register.Emitter1[Failure]()
	register.Emitter2[string, Line]()
	register.Emitter2[string, Part]()
	register.Emitter2[int, Records]()
	register.Iter1[Line]()
	register.Iter1[Failure]()
	register.Iter1[Records]()
	register.Iter1[fileio.FileMetadata]()
}

// Build adds the pipeline to a scope.
func Build(s beam.Scope, o Options) error {
	if len(o.Inputs) == 0 || o.Output == "" {
		return fmt.Errorf("an input and an output are needed")
	}
	if o.Limit < 0 || o.MaxPosts < 1 || o.MaxLine < 1 || o.Shards < 1 {
		return fmt.Errorf("--limit is 0 or more; --max-posts, --max-line and --shards are 1 or more")
	}
	if _, err := o.lines(); err != nil {
		return err
	}
	if _, err := o.plan(); err != nil {
		return err
	}
	if _, err := o.analyzer(); err != nil { // here rather than on every worker
		return err
	}
	var patterns []beam.PCollection
	for _, pattern := range o.Inputs {
		patterns = append(patterns, fileio.MatchFiles(s, pattern, fileio.MatchEmptyDisallow()))
	}
	files := beam.Flatten(s.Scope("files"), patterns...)
	lines, notRead := linesOf(s.Scope("read"), o, beam.Reshuffle(s, files))
	threads := beam.GroupByKey(s.Scope("threads"), lines)
	records, parts, notAnalyzed := beam.ParDo3(s.Scope("analyze"), &analyzeFn{Options: o}, threads)
	summed := beam.CombinePerKey(s.Scope("sum"), &sum{}, parts)
	failures := beam.Flatten(s.Scope("failures"), notRead, notAnalyzed)
	writeTables(s.Scope("tables"), o, summed, files, failures)
	writeFailures(s.Scope("failures"), o, failures)
	if o.Records {
		beam.ParDo0(s.Scope("records"), &recordsFn{Options: o}, beam.GroupByKey(s, records))
	}
	return nil
}

// Counts is what a run read and made, as its counters tell.
type Counts struct {
	Lines    int64 // records read
	Bytes    int64 // decompressed
	Posts    int64 // analyzed
	Failures int64
}

// Counted adds up the counters of a run. All are 0 where the runner does not
// tell them. Work that a runner did twice is counted twice.
func Counted(results metrics.Results) Counts {
	var c Counts
	for _, counter := range results.AllMetrics().Counters() {
		if counter.Namespace() != namespace {
			continue
		}
		switch counter.Name() {
		case "lines":
			c.Lines += counter.Result()
		case "bytes":
			c.Bytes += counter.Result()
		case "posts":
			c.Posts += counter.Result()
		case "failures":
			c.Failures += counter.Result()
		}
	}
	return c
}

// sum merges parts of a Summary.
type sum struct{}

// CreateAccumulator returns the part that adds nothing.
func (*sum) CreateAccumulator() Part { return Part{} }

// MergeAccumulators merges b into a.
func (*sum) MergeAccumulators(a, b Part) Part {
	if b.Summary == nil {
		return a
	}
	if a.Summary == nil {
		by := make([]summary.By, len(b.Groups))
		for i := range by {
			by[i] = b.Groups[i].By
		}
		a.Summary = summary.New(by...)
	}
	a.Merge(b.Summary)
	return a
}

// plan returns what is counted.
func (o *Options) plan() (summary.Plan, error) {
	var plan summary.Plan
	for _, keys := range o.By {
		by, err := summary.ParseBy(keys)
		if err != nil {
			return plan, fmt.Errorf("--by %s: %w", keys, err)
		}
		plan.By = append(plan.By, by)
	}
	return plan, nil
}
