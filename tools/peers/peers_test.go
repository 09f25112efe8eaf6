// Package peers measures threadstance beside other programs, over the same
// posts in the same run. THREADSTANCE_BENCH names an input; without it the
// threads of testdata are read. Compare the posts/s of the benchmarks of one
// run: machines differ.
package peers

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"os"
	"testing"

	gojson "github.com/goccy/go-json"
	"github.com/jonreiter/govader"
	"github.com/klauspost/compress/zstd"

	"threadstance/analyze"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/summary"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/read"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
)

func sample() string { return cmp.Or(os.Getenv("THREADSTANCE_BENCH"), "../../testdata/threads") }

func threads(b *testing.B) (list []*thread.Thread, posts int) {
	b.Helper()
	for t, err := range read.Paths([]string{sample()}, read.Options{}) {
		if err != nil {
			b.Fatal(err)
		}
		list = append(list, t)
		posts += len(t.Posts)
	}
	if posts == 0 {
		b.Fatal("no posts in ", sample())
	}
	b.ResetTimer()
	return list, posts
}

func postsPerSecond(b *testing.B, posts int) {
	b.ReportMetric(float64(posts)*float64(b.N)/b.Elapsed().Seconds(), "posts/s")
}

// BenchmarkGovader is VADER's sentiment in Go, of posts in memory.
func BenchmarkGovader(b *testing.B) {
	list, posts := threads(b)
	analyzer := govader.NewSentimentIntensityAnalyzer()
	for b.Loop() {
		for _, t := range list {
			for i := range t.Posts {
				analyzer.PolarityScores(t.Posts[i].Text)
			}
		}
	}
	postsPerSecond(b, posts)
}

// BenchmarkSentiment is our sentiment, of the same posts in memory.
func BenchmarkSentiment(b *testing.B) {
	list, posts := threads(b)
	lex := lexicon.Default()
	model, err := sentiment.Default()
	if err != nil {
		b.Fatal(err)
	}
	engine := sentiment.NewLinear(lex, model)
	var doc token.Scanner
	for b.Loop() {
		for _, t := range list {
			for i := range t.Posts {
				p := &t.Posts[i]
				doc.Reset(lex, p.Text)
				doc.Scan(thread.Span{End: len(p.Text)}, 0)
				engine.Judge(&doc, doc.Sentences)
			}
		}
	}
	postsPerSecond(b, posts)
}

// BenchmarkRead is reading alone: decompressing, JSON, posts.
func BenchmarkRead(b *testing.B) {
	_, posts := threads(b)
	for b.Loop() {
		for _, err := range read.Paths([]string{sample()}, read.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	postsPerSecond(b, posts)
}

// BenchmarkAnalyze is all that there is from the file to the figures of the
// tables, on one core.
func BenchmarkAnalyze(b *testing.B) {
	_, posts := threads(b)
	analyzer, err := analyze.New(lexicon.Default(), analyze.Options{})
	if err != nil {
		b.Fatal(err)
	}
	worker := analyzer.Worker()
	for b.Loop() {
		sum := summary.New()
		for t, err := range read.Paths([]string{sample()}, read.Options{}) {
			if err != nil {
				b.Fatal(err)
			}
			worker.Thread(t, func(r *analyze.Result) bool {
				sum.Add(r)
				return true
			})
		}
	}
	postsPerSecond(b, posts)
}

// lines returns the input decompressed, where it is JSON Lines.
func lines(b *testing.B) []byte {
	b.Helper()
	file, err := os.Open(sample())
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	d, err := zstd.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	defer d.Close()
	data, err := io.ReadAll(d)
	if err != nil {
		b.Skip("needs JSON Lines in zstd as THREADSTANCE_BENCH")
	}
	b.SetBytes(int64(len(data)))
	b.ResetTimer()
	return data
}

type record struct {
	ID      string `json:"id"`
	Thread  string `json:"thread"`
	Title   string `json:"title"`
	Author  string `json:"author"`
	Time    string `json:"time"`
	ReplyTo string `json:"reply_to"`
	Text    string `json:"text"`
}

// BenchmarkJSON is our reading of JSON Lines, from bytes in memory to threads.
func BenchmarkJSON(b *testing.B) {
	data := lines(b)
	for b.Loop() {
		for _, err := range (jsonl.Posts{}).Read(input.Source{Path: "posts.jsonl", Reader: bytes.NewReader(data)}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkJSONGoccy decodes the same lines with goccy/go-json, and no more.
func BenchmarkJSONGoccy(b *testing.B) { decode(b, gojson.Unmarshal) }

// BenchmarkJSONGoccyStream decodes the same records as goccy/go-json reads a
// stream, as we do, and no more.
func BenchmarkJSONGoccyStream(b *testing.B) {
	data := lines(b)
	for b.Loop() {
		stream := gojson.NewDecoder(bytes.NewReader(data))
		for stream.More() {
			var r record
			if err := stream.Decode(&r); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkJSONStandard decodes the same lines with encoding/json, and no more.
func BenchmarkJSONStandard(b *testing.B) { decode(b, json.Unmarshal) }

func decode(b *testing.B, unmarshal func([]byte, any) error) {
	data := lines(b)
	for b.Loop() {
		for line := range bytes.Lines(data) {
			var r record
			if err := unmarshal(line, &r); err != nil {
				b.Fatal(err)
			}
		}
	}
}
