package pipeline

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/options/jobopts"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/testing/ptest"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"threadstance/analyze"
	"threadstance/analyze/summary"
	"threadstance/report"
	"threadstance/thread/read"
)

func TestMain(m *testing.M) { ptest.Main(m) }

// made returns posts as lines of JSON, of threads one after another. A tenth of
// them are of one thread, and a tenth of one user.
func made(posts int) [][]byte {
	data, err := os.ReadFile("../../analyze/stance/testdata/swap.txt")
	if err != nil {
		panic(err)
	}
	var sentences []string
	for line := range strings.Lines(string(data)) {
		if strings.Contains(line, "{}") {
			sentences = append(sentences, strings.TrimSpace(line))
		}
	}
	actors := []string{"Trump", "Biden", "the US", "Iran", "Iraq"}
	r := rand.New(rand.NewPCG(1, 1))
	begun := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	type post struct {
		ID      string    `json:"id"`
		Thread  string    `json:"thread"`
		Author  string    `json:"author"`
		Time    time.Time `json:"time"`
		ReplyTo string    `json:"reply_to,omitempty"`
		Text    string    `json:"text"`
	}
	lines := make([][]byte, 0, posts)
	for number := 0; len(lines) < posts; number++ {
		length := 1 + r.IntN(40)
		if number == 0 {
			length = max(posts/10, 1)
		}
		before := ""
		for i := range min(length, posts-len(lines)) {
			p := post{ID: fmt.Sprintf("%d-%d", number, i), Thread: fmt.Sprintf("thread %d", number), Author: fmt.Sprintf("user%d", r.IntN(posts/20+2)), Time: begun.Add(time.Duration(len(lines)) * time.Minute)}
			if r.IntN(10) == 0 {
				p.Author = "everywhere"
			}
			if i > 0 {
				p.ReplyTo = fmt.Sprintf("%d-%d", number, r.IntN(i))
			}
			var text []string
			for range 1 + r.IntN(3) {
				text = append(text, strings.ReplaceAll(sentences[r.IntN(len(sentences))], "{}", actors[r.IntN(len(actors))]))
			}
			p.Text = strings.Join(text, " ")
			if before != "" && r.IntN(4) == 0 {
				p.Text = before + "\n\n" + p.Text
			}
			before = text[0]
			line, err := json.Marshal(p)
			if err != nil {
				panic(err)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// local returns the tables of a run on one machine, as JSON.
func local(t testing.TB, path string, o Options) []byte {
	t.Helper()
	lex, err := o.LoadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	analyzer, err := analyze.New(lex, analyze.Options{Stance: o.Stance, Sentiment: o.Sentiment})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := o.plan()
	if err != nil {
		t.Fatal(err)
	}
	whole := plan.New()
	worker := analyzer.Worker()
	for th, err := range read.Paths([]string{path}, read.Options{}) {
		if err != nil {
			continue
		}
		worker.Thread(th, func(r *analyze.Result) bool {
			whole.Add(r)
			return true
		})
	}
	return asJSON(t, whole, o)
}

func asJSON(t testing.TB, whole *summary.Summary, o Options) []byte {
	t.Helper()
	tables, err := report.Tables(whole, report.Options{Limit: o.Limit})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := report.JSON(&b, &report.Page{Totals: &whole.Totals, Tables: tables}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// runPipeline runs the pipeline on the runner that the flags of the test name,
// Prism by default.
func runPipeline(t testing.TB, o Options) Counts {
	t.Helper()
	if *jobopts.JobName == "" {
		*jobopts.JobName = "threadstance"
	}
	if err := os.MkdirAll(o.Output, 0o755); err != nil {
		t.Fatal(err)
	}
	p, s := beam.NewPipelineWithRoot()
	if err := Build(s, o); err != nil {
		t.Fatal(err)
	}
	result, err := beamx.RunWithMetrics(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return Counted(result.Metrics())
}

func options(folder string) Options {
	return Options{
		Inputs: []string{filepath.Join(folder, "shard-*")}, From: "jsonl", Output: filepath.Join(folder, "out"),
		By: []string{"user", "topic", "month", "user,actor"}, Stance: "linear", Sentiment: "linear", MaxPosts: 1_000_000, MaxLine: 1 << 20, Records: true, Shards: 3,
	}
}

// shards writes lines into so many files of about equal length, of which two
// are compressed, and returns a file with all of them.
func shards(t testing.TB, folder string, n int, lines [][]byte) string {
	t.Helper()
	for i := range n {
		part := append(bytes.Join(lines[i*len(lines)/n:(i+1)*len(lines)/n], []byte("\n")), '\n')
		name := filepath.Join(folder, fmt.Sprintf("shard-%02d.jsonl", i))
		var packed bytes.Buffer
		switch i {
		case 1:
			w := gzip.NewWriter(&packed)
			w.Write(part)
			w.Close()
			name, part = name+".gz", packed.Bytes()
		case 2:
			w, _ := zstd.NewWriter(&packed)
			w.Write(part)
			w.Close()
			name, part = name+".zst", packed.Bytes()
		}
		if err := os.WriteFile(name, part, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all := filepath.Join(folder, "all.jsonl")
	if err := os.WriteFile(all, append(bytes.Join(lines, []byte("\n")), '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestSameBytes holds that the tables are those of a run on one machine, and
// the records too, though threads are cut across the files.
func TestSameBytes(t *testing.T) {
	for _, limit := range []int{0, 20} {
		t.Run(fmt.Sprint("limit ", limit), func(t *testing.T) { testSameBytes(t, limit) })
	}
}

func testSameBytes(t *testing.T, limit int) {
	folder := t.TempDir()
	lines := made(1500)
	all := shards(t, folder, 7, lines)
	o := options(folder)
	o.Limit = limit
	counts := runPipeline(t, o)
	if n := int64(len(lines)); counts.Lines != n || counts.Posts != n || counts.Bytes < 100*n || counts.Failures != 0 {
		t.Errorf("the counters tell of %+v, want %d lines and posts", counts, n)
	}
	got, err := os.ReadFile(filepath.Join(o.Output, "tables.json"))
	if err != nil {
		t.Fatal(err)
	}
	if want := local(t, all, o); !bytes.Equal(got, want) {
		t.Errorf("the tables differ: %d and %d bytes", len(got), len(want))
	}
	files, err := filepath.Glob(filepath.Join(o.Output, "records-*.jsonl"))
	if err != nil || len(files) != o.Shards {
		t.Errorf("%d files of records, want %d (%v)", len(files), o.Shards, err)
	}
	posts := map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(data) {
			var r struct{ Thread, ID string }
			if err := json.Unmarshal(line, &r); err != nil {
				t.Fatal(err)
			}
			posts[r.Thread+"/"+r.ID] = true
		}
	}
	if len(posts) != len(lines) {
		t.Errorf("records of %d posts, want %d", len(posts), len(lines))
	}
	var m manifest
	data, err := os.ReadFile(filepath.Join(o.Output, "manifest.json"))
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil || len(m.Files) != 7 || m.Posts != int64(len(lines)) || m.Failures != 0 || len(m.SHA256) != 3 {
		t.Errorf("manifest %+v (%v)", m, err)
	}
}

// TestManifestOfLexicon holds that the same lexicon has the same hash in every run,
// and another one another.
func TestManifestOfLexicon(t *testing.T) {
	hash := func(lexicon map[string]string) string {
		o := options(t.TempDir())
		o.Lexicon = lexicon
		m, err := o.manifest(new(summary.Totals))
		if err != nil {
			t.Fatal(err)
		}
		return m.SHA256["lexicon"]
	}
	ferry := func() map[string]string {
		return map[string]string{"actors.toml": "[[actor]]\nname = \"Ferry company\"\n", "valence.tsv": "seaworthy\t2\n"}
	}
	if one, again := hash(ferry()), hash(ferry()); one != again || one == hash(nil) {
		t.Errorf("%s and %s are the hashes of one lexicon, %s that of another", one, again, hash(nil))
	}
}

// TestFailures holds that what cannot be read is named, and the rest done.
func TestFailures(t *testing.T) {
	folder := t.TempDir()
	lines := made(60)
	good := slices.Clone(lines)
	lines = slices.Insert(lines, 10, []byte(`{"text":"half a li`), []byte(`{"thread":"thread 0","text":"`+strings.Repeat("x", 2000)+`"}`))
	lines = append(lines, []byte(`{"thread":"dated","time":"yesterday","text":"Trump lies."}`))
	good = append(good, lines[len(lines)-1])
	shards(t, folder, 4, lines)
	if err := os.WriteFile(filepath.Join(folder, "shard-09.jsonl.gz"), []byte("no gzip"), 0o644); err != nil {
		t.Fatal(err)
	}
	packed, err := os.ReadFile(filepath.Join(folder, "shard-01.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "shard-10.jsonl.gz"), packed[:10], 0o644); err != nil {
		t.Fatal(err)
	}
	o := options(folder)
	o.MaxLine, o.MaxPosts = 1500, 5
	counts := runPipeline(t, o)
	data, err := os.ReadFile(filepath.Join(o.Output, "failures.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`shard-00.jsonl","offset":`, `not JSON`, `a line of more than 1500 bytes; --max-line raises the limit`, `posts are left out: the thread has more than 5; --max-posts raises the limit`, `shard-09.jsonl.gz","offset":-1`, `shard-10.jsonl.gz","offset":0,"cause":"unexpected EOF"`,
		`"thread":"thread dated","cause":"of the lines of this thread: times that cannot be read: 1, the first in line 1, \"yesterday\"; their posts are read without one`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %q in\n%s", want, data)
		}
	}
	if n := bytes.Count(data, []byte("\n")) - bytes.Count(data, []byte(`"warning":true`)); counts.Failures != int64(n) {
		t.Errorf("%d failures are counted and %d named", counts.Failures, n)
	}
	var m manifest
	if data, err = os.ReadFile(filepath.Join(o.Output, "manifest.json")); err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil || int64(m.Failures) != counts.Failures || m.Warnings != 1 {
		t.Errorf("the manifest counts %d failures and %d warnings, want %d and 1 (%v)", m.Failures, m.Warnings, counts.Failures, err)
	}
	var tables struct{ Read struct{ Posts int } }
	data, err = os.ReadFile(filepath.Join(o.Output, "tables.json"))
	if err == nil {
		err = json.Unmarshal(data, &tables)
	}
	want := 0
	byThread := map[string]int{}
	for _, line := range good {
		var p struct{ Thread string }
		json.Unmarshal(line, &p)
		if byThread[p.Thread]++; byThread[p.Thread] <= 5 {
			want++
		}
	}
	if err != nil || tables.Read.Posts != want {
		t.Errorf("%d posts are counted, want %d (%v)", tables.Read.Posts, want, err)
	}
}

// TestBuildRefuses holds that what no worker could do is refused before a run.
func TestBuildRefuses(t *testing.T) {
	for want, change := range map[string]func(*Options){
		"an input and an output are needed":       func(o *Options) { o.Inputs = nil },
		"--from csv: there are jsonl and reddit":  func(o *Options) { o.From = "csv" },
		`--by nope: "nope" is no key`:             func(o *Options) { o.By = []string{"nope"} },
		`no stance engine is called "guess"`:      func(o *Options) { o.Stance = "guess" },
		`no sentiment engine is called "guess"`:   func(o *Options) { o.Sentiment = "guess" },
		"--min-confidence 2: it is a probability": func(o *Options) { o.MinConfidence = 2 },
		"actors.toml":     func(o *Options) { o.Lexicon = map[string]string{"actors.toml": "[["} },
		"--limit is 0":    func(o *Options) { o.Limit = -1 },
		"--max-posts, ":   func(o *Options) { o.MaxPosts = 0 },
		"--max-line and ": func(o *Options) { o.MaxLine = 0 },
		"--shards are 1":  func(o *Options) { o.Shards = 0 },
	} {
		o := options(t.TempDir())
		change(&o)
		_, s := beam.NewPipelineWithRoot()
		if err := Build(s, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// TestSplits holds that a file that is read in ranges gives each line once,
// wherever it is cut.
func TestSplits(t *testing.T) {
	folder := t.TempDir()
	text := "\ufeff{\"text\":\"one\"}\n\n{\"text\":\"two and more\"}\r\n{\"text\":\"three\"}"
	name := filepath.Join(folder, "x.jsonl")
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	o := options(folder)
	read := func(from, to int64) (got []string) {
		file, err := openAt(t.Context(), name, max(from-1, 0))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		buffer := bufio.NewReader(file)
		offset := from
		if from > 0 {
			n, _ := skipLine(buffer)
			offset = from - 1 + n
		}
		r := reader{o}
		err = r.each(t.Context(), name, buffer, offset, func(at int64) bool { return at < to },
			func(_ string, l Line) { got = append(got, fmt.Sprintf("%d %s", l.Offset, l.Data)) },
			func(f Failure) { t.Errorf("%+v", f) })
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	size := int64(len(text))
	whole := read(0, size)
	if len(whole) != 3 {
		t.Fatalf("%q", whole)
	}
	for a := int64(1); a < size; a++ {
		for b := a; b < size; b++ {
			if got := slices.Concat(read(0, a), read(a, b), read(b, size)); !slices.Equal(got, whole) {
				t.Fatalf("cut at %d and %d: %q", a, b, got)
			}
		}
	}
}

// brokenOff gives its text and then an error, as a file system does that is
// out of reach for a while.
type brokenOff struct{ *strings.Reader }

var errReset = errors.New("connection reset by peer")

func (b brokenOff) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		err = errReset
	}
	return n, err
}

// TestBrokenOff holds that a file that cannot be read on is an error and no
// failure of a line, so that a bundle of it is read again.
func TestBrokenOff(t *testing.T) {
	r := reader{options(t.TempDir())}
	var got []string
	err := r.each(t.Context(), "x.jsonl", bufio.NewReader(brokenOff{strings.NewReader("{\"text\":\"one\"}\n{\"text\":\"tw")}), 0,
		func(int64) bool { return true },
		func(_ string, l Line) { got = append(got, string(l.Data)) },
		func(f Failure) { t.Errorf("%+v", f) })
	if where, ok := errors.AsType[*readError](err); !ok || !errors.Is(err, errReset) || where.offset != 15 {
		t.Errorf("got the error %v", err)
	}
	if !slices.Equal(got, []string{`{"text":"one"}`}) {
		t.Errorf("read %q", got)
	}
}

// TestData runs over the threads of the labelled data, where they are, cut
// into 16 files.
func TestData(t *testing.T) {
	file := "../../../shared/data/threads/4forums-sample.jsonl.zst"
	packed, err := os.ReadFile(file)
	if err != nil || testing.Short() {
		t.Skip("needs the threads of the shared data")
	}
	d, err := zstd.NewReader(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	data, err := d.DecodeAll(packed, nil)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(data), []byte("\n"))[:8000]
	folder := t.TempDir()
	all := shards(t, folder, 16, lines)
	o := options(folder)
	o.Records = false
	runPipeline(t, o)
	got, err := os.ReadFile(filepath.Join(o.Output, "tables.json"))
	if err != nil {
		t.Fatal(err)
	}
	if want := local(t, all, o); !bytes.Equal(got, want) {
		t.Errorf("the tables differ: %d and %d bytes", len(got), len(want))
	}
}

// BenchmarkSkew runs over posts of which a tenth are of one thread and a tenth
// of one user. THREADSTANCE_POSTS says how many; write them out to measure the
// command line beside it with THREADSTANCE_KEEP.
func BenchmarkSkew(b *testing.B) {
	posts := 20_000
	fmt.Sscan(os.Getenv("THREADSTANCE_POSTS"), &posts)
	folder := b.TempDir()
	if keep := os.Getenv("THREADSTANCE_KEEP"); keep != "" {
		folder = keep
	}
	all := shards(b, folder, 16, made(posts))
	o := options(folder)
	o.By, o.Records = []string{"user", "topic"}, false
	b.Run("local", func(b *testing.B) {
		for b.Loop() {
			local(b, all, o)
		}
		b.ReportMetric(float64(posts)*float64(b.N)/b.Elapsed().Seconds(), "posts/s")
	})
	b.Run("pipeline", func(b *testing.B) {
		for b.Loop() {
			runPipeline(b, o)
		}
		b.ReportMetric(float64(posts)*float64(b.N)/b.Elapsed().Seconds(), "posts/s")
	})
}
