// Package threadtest holds what the tests of the packages under thread share. It
// imports them, so that tests which use it are in a package of their own.
package threadtest

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/plain"
	"threadstance/thread/read"
	"threadstance/thread/read/input"
	"threadstance/thread/segment"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Dump writes threads in a form to be read and compared.
func Dump(threads []*thread.Thread, failures []string) string {
	var b strings.Builder
	for _, t := range threads {
		fmt.Fprintf(&b, "thread %q %q\n", t.ID, t.Title)
		for _, w := range t.Warnings {
			fmt.Fprintf(&b, "warning %s\n", w)
		}
		for _, p := range t.Posts {
			when := ""
			if !p.Time.IsZero() {
				when = p.Time.Format(time.RFC3339)
			}
			fmt.Fprintf(&b, "  %d %s %q %s reply to %d\n", p.Index, p.ID, p.Author, when, p.ReplyTo)
			for _, s := range p.Segments {
				of := ""
				if s.QuoteOf != thread.None {
					of = fmt.Sprint(" of ", s.QuoteOf)
				}
				fmt.Fprintf(&b, "    %s%s %q\n", s.Kind, of, s.Of(p.Text))
			}
			if len(p.Segments) == 0 {
				fmt.Fprintf(&b, "    text %q\n", p.Text)
			}
		}
	}
	for _, f := range failures {
		fmt.Fprintf(&b, "failure %s\n", f)
	}
	return b.String()
}

// Golden compares got with the golden file of this name, or writes it with
// -update. The files stand apart from the threads, whose folders are read whole.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata/golden", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

// Check fails where a thread breaks what every reader promises.
func Check(t testing.TB, th *thread.Thread) {
	t.Helper()
	for i, p := range th.Posts {
		if p.Index != i {
			t.Fatalf("post %d has index %d", i, p.Index)
		}
		if p.ReplyTo != thread.None && (p.ReplyTo < 0 || p.ReplyTo >= len(th.Posts) || p.ReplyTo == i) {
			t.Fatalf("post %d answers %d", i, p.ReplyTo)
		}
		for _, text := range []string{p.ID, p.Author, p.Text} {
			if text != strings.ToValidUTF8(text, "") {
				t.Fatalf("post %d is not UTF-8: %q", i, text)
			}
		}
		if p.Segments == nil {
			continue
		}
		at := 0
		for _, s := range p.Segments {
			if s.Start < at || s.End <= s.Start || s.End > len(p.Text) {
				t.Fatalf("post %d: segment %v after byte %d of %d", i, s, at, len(p.Text))
			}
			if gap := p.Text[at:s.Start]; strings.TrimFunc(gap, plain.IsSpace) != "" {
				t.Fatalf("post %d: %q is in no segment", i, gap)
			}
			if s.QuoteOf != thread.None && (s.QuoteOf < 0 || s.QuoteOf >= len(th.Posts)) {
				t.Fatalf("post %d quotes %d", i, s.QuoteOf)
			}
			at = s.End
		}
		if rest := p.Text[at:]; strings.TrimFunc(rest, plain.IsSpace) != "" {
			t.Fatalf("post %d: %q is in no segment", i, rest)
		}
	}
}

// Paths reads paths as a user would, checks the threads, and returns them and the
// errors.
func Paths(t testing.TB, opts read.Options, paths ...string) (threads []*thread.Thread, failures []string) {
	t.Helper()
	for thread, err := range read.Paths(paths, opts) {
		if err != nil {
			failures = append(failures, err.Error())
			continue
		}
		Check(t, thread)
		threads = append(threads, thread)
	}
	return threads, failures
}

// All reads text as format does, and returns the threads and the errors.
func All(t testing.TB, format input.Format, path, text string, limits input.Limits) (threads []*thread.Thread, failures []string) {
	t.Helper()
	for thread, err := range format.Read(input.Source{Path: path, Reader: strings.NewReader(text), Limits: limits}) {
		if err != nil {
			failures = append(failures, err.Error())
			continue
		}
		threads = append(threads, thread)
	}
	return threads, failures
}

// Write writes a file into a folder, which it makes, and returns its path.
func Write(t testing.TB, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// Limits are small ones, so that the fuzzer reaches them.
var Limits = input.Limits{Bytes: 1 << 22, Ratio: 100, Line: 1 << 16, Nesting: 8, Posts: 1000}

// MaxTime is what one input of the fuzzer may take: far more than any of its
// size needs, so that what takes longer grows faster than it should.
const MaxTime = 10 * time.Second

// Fuzz holds that a reader neither panics nor hangs nor breaks its
// promises, on whatever it is given, and that it gives the same however its input
// comes in pieces.
func Fuzz(f *testing.F, format input.Format, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		defer func() {
			if took := time.Since(start); took > MaxTime {
				t.Errorf("%d bytes took %v", len(data), took)
			}
		}()
		format.Sniff(data)
		get := func(r io.Reader) (threads []*thread.Thread, failures []string) {
			for thread, err := range format.Read(input.Source{Path: "in", Reader: r, Limits: Limits}) {
				if err != nil {
					failures = append(failures, err.Error())
					continue
				}
				threads = append(threads, thread)
			}
			return threads, failures
		}
		threads, failures := get(bytes.NewReader(data))
		again, failuresAgain := get(iotest.HalfReader(bytes.NewReader(data)))
		if diff := cmp.Diff(threads, again) + cmp.Diff(failures, failuresAgain); diff != "" {
			t.Errorf("in pieces it is read otherwise: %s", diff)
		}
		for _, thread := range threads {
			Check(t, thread)
			// What a reader marks, the segmenter builds on.
			segmenter := segment.Segmenter{News: &lexicon.Default().News}
			segmenter.Segment(thread)
			Check(t, thread)
			CheckCovered(t, thread)
		}
	})
}

// CheckCovered holds that all of a segmented thread but white space, as anyone
// understands that, is in a segment.
func CheckCovered(t *testing.T, th *thread.Thread) {
	for i, p := range th.Posts {
		at := 0
		for _, s := range append(p.Segments, thread.Segment{Span: thread.Span{Start: len(p.Text), End: len(p.Text)}}) {
			if gap := p.Text[at:s.Start]; strings.TrimSpace(gap) != "" {
				t.Fatalf("post %d: %q is in no segment", i, gap)
			}
			at = s.End
		}
	}
}

// Owners writes the title of a thread, and whose each part of each post is.
func Owners(thread *thread.Thread) string {
	var posts []string
	for _, p := range thread.Posts {
		var parts []string
		for _, s := range p.Segments {
			parts = append(parts, strings.TrimSpace(fmt.Sprintf("%s %q %s", s.Kind, s.Of(p.Text), s.Source)))
		}
		posts = append(posts, p.Author+": "+strings.Join(parts, "; "))
	}
	return fmt.Sprintf("%q %s", thread.Title, strings.Join(posts, "; "))
}

// TwoPosts is a thread as JSON Lines.
const TwoPosts = `{"thread":"a","text":"one"}
{"thread":"a","text":"two"}
`

// Benchmark reads an input again and again, from memory.
func Benchmark(b *testing.B, data string) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	posts := 0
	for b.Loop() {
		for t, err := range read.Paths([]string{"-"}, read.Options{Stdin: strings.NewReader(data)}) {
			if err != nil {
				b.Fatal(err)
			}
			posts += len(t.Posts)
		}
	}
	b.ReportMetric(float64(posts)/b.Elapsed().Seconds(), "posts/s")
}
