// Command threadstance-beam is threadstance analyze on Apache Beam, for dumps
// that are too large for one machine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	_ "github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem/s3" // the other file systems come with beamx
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"threadstance/beam/pipeline"
	"threadstance/lexicon"
)

// list is a flag that may be repeated.
type list []string

func (l *list) String() string { return strings.Join(*l, " ") }

// Set adds a value.
func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

func main() {
	var o pipeline.Options
	var inputs, by, actors, lexicons list
	flag.Var(&inputs, "input", "`pattern` of files to read, such as gs://dumps/RC_*.zst; may be repeated")
	flag.StringVar(&o.Output, "output", "", "`folder` to write tables, failures and the manifest to")
	flag.StringVar(&o.From, "from", "jsonl", "`format` of the files: jsonl or reddit")
	flag.Var(&by, "by", "a table for each: user, topic, actor, thread, source, month, or two joined as user,actor; by default user and topic")
	flag.IntVar(&o.Limit, "limit", 20, "rows of a table; 0 is all")
	flag.Var(&actors, "actor", "only stances toward this actor; may be repeated")
	flag.Var(&lexicons, "lexicon", "`folder` of lexicon files to lay over the embedded ones")
	flag.StringVar(&o.Stance, "stance", "linear", "stance `engine`: linear or rules")
	flag.StringVar(&o.Sentiment, "sentiment", "linear", "sentiment `engine`: linear, rules or bayes")
	flag.Float64Var(&o.MinConfidence, "min-confidence", 0, "make stances of a lower confidence neutral")
	flag.IntVar(&o.MaxPosts, "max-posts", 1_000_000, "posts of one thread that are read; the later ones are left out, and named")
	flag.IntVar(&o.MaxLine, "max-line", 64<<20, "bytes that a line may have")
	flag.BoolVar(&o.Records, "records", false, "write the records too, one object a post")
	flag.IntVar(&o.Shards, "shards", 16, "files that the records are spread over")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "usage: threadstance-beam --input PATTERN --output FOLDER [--runner prism|flink|spark|dataflow] [flags]")
		flag.PrintDefaults()
	}
	flag.Parse()
	beam.Init() // where this is a worker, it does not come back
	o.Inputs, o.By, o.Actors = inputs, by, actors
	if err := run(context.Background(), o, lexicons); err != nil {
		fmt.Fprintln(os.Stderr, "threadstance-beam:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o pipeline.Options, lexicons []string) error {
	if flag.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; files are named with --input", flag.Arg(0))
	}
	if len(o.By) == 0 {
		o.By = []string{"user", "topic"}
	}
	o.Version = "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		o.Version = info.Main.Version
	}
	switch {
	case len(lexicons) > 1:
		return errors.New("--lexicon: one folder goes to the workers; lay the others over it first")
	case len(lexicons) == 1:
		if _, err := lexicon.Load(lexicons[0]); err != nil { // which knows the folder, as the pipeline does not
			return err
		}
		o.Lexicon = map[string]string{}
		for _, name := range lexicon.Files {
			data, err := os.ReadFile(filepath.Join(lexicons[0], name))
			if errors.Is(err, os.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			o.Lexicon[name] = string(data)
		}
	}
	if !strings.Contains(o.Output, "://") && o.Output != "" {
		if err := os.MkdirAll(o.Output, 0o755); err != nil {
			return err
		}
	}
	p, s := beam.NewPipelineWithRoot()
	if err := pipeline.Build(s, o); err != nil {
		return err
	}
	result, err := beamx.RunWithMetrics(ctx, p)
	if err != nil {
		return err
	}
	if result == nil {
		return nil // the job goes on elsewhere
	}
	counts := pipeline.Counted(result.Metrics())
	fmt.Fprintf(os.Stderr, "threadstance-beam: %d records in %d bytes read, %d posts analyzed\n", counts.Lines, counts.Bytes, counts.Posts)
	if counts.Failures > 0 {
		return fmt.Errorf("%d of the records or files could not be read; %s names them", counts.Failures, strings.TrimSuffix(o.Output, "/")+"/failures.jsonl")
	}
	return nil
}
