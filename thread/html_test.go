package thread

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread/plain"
)

var update = flag.Bool("update", false, "write the golden files anew")

// dump writes threads in a form to be read and compared.
func dump(threads []*Thread, failures []string) string {
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
				if s.QuoteOf != None {
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

// golden compares got with the golden file of this name, or writes it with
// -update. The files stand apart from the threads, whose folders are read whole.
func golden(t *testing.T, name, got string) {
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

// checkThread fails where a thread breaks what every reader promises.
func checkThread(t testing.TB, thread *Thread) {
	t.Helper()
	for i, p := range thread.Posts {
		if p.Index != i {
			t.Fatalf("post %d has index %d", i, p.Index)
		}
		if p.ReplyTo != None && (p.ReplyTo < 0 || p.ReplyTo >= len(thread.Posts) || p.ReplyTo == i) {
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
			if s.QuoteOf != None && (s.QuoteOf < 0 || s.QuoteOf >= len(thread.Posts)) {
				t.Fatalf("post %d quotes %d", i, s.QuoteOf)
			}
			at = s.End
		}
		if rest := p.Text[at:]; strings.TrimFunc(rest, plain.IsSpace) != "" {
			t.Fatalf("post %d: %q is in no segment", i, rest)
		}
	}
}

// readPaths reads as a user would.
func readPaths(t testing.TB, opts Options, paths ...string) (threads []*Thread, failures []string) {
	t.Helper()
	for thread, err := range Read(paths, opts) {
		if err != nil {
			failures = append(failures, err.Error())
			continue
		}
		checkThread(t, thread)
		threads = append(threads, thread)
	}
	return threads, failures
}

// TestPages reads a page of each forum software.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("../testdata/threads/html/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages: ", err)
	}
	more, _ := filepath.Glob("testdata/html/*.html")
	for _, page := range append(pages, more...) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			threads, failures := readPaths(t, Options{}, page)
			golden(t, "html/"+strings.TrimSuffix(filepath.Base(page), ".html"), dump(threads, failures))
		})
	}
}

// TestFolderOfPages holds that the pages of one thread become one thread.
func TestFolderOfPages(t *testing.T) {
	dir := t.TempDir()
	for from, to := range map[string]string{"xenforo2-page-1.html": "b.html", "xenforo2-page-2.html": "a.html", "phpbb3.html": "c.html"} {
		page, err := os.ReadFile(filepath.Join("../testdata/threads/html", from))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, to), page, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	threads, failures := readPaths(t, Options{}, dir)
	if len(threads) != 2 || len(failures) > 0 {
		t.Fatalf("got %d threads and failures %v", len(threads), failures)
	}
	first := threads[0]
	if len(first.Posts) != 3 || len(first.Warnings) > 0 || filepath.Base(first.Path) != "b.html" {
		t.Fatalf("the pages did not become one thread:\n%s", dump(threads, failures))
	}
	last := first.Posts[2]
	if last.Author != "Dan O'Hara" || last.ReplyTo != 0 && last.ReplyTo != 1 {
		t.Errorf("the last post is %+v", last)
	}
	var quoted []int
	for _, s := range last.Segments {
		if s.Kind == Quote {
			quoted = append(quoted, s.QuoteOf)
		}
	}
	if diff := cmp.Diff([]int{0, 1}, quoted); diff != "" {
		t.Errorf("quoted posts (-want +got):\n%s", diff)
	}
}

// TestPageOfDates tells the day from the month by all dates of a thread, over
// its pages.
func TestPageOfDates(t *testing.T) {
	page := func(number int, dates ...string) string {
		html := fmt.Sprintf(`<html><head><title>MyBB</title><link rel="canonical" href="https://board.example/thread-7.html?page=%d"></head><body>`, number)
		for i, date := range dates {
			html += fmt.Sprintf(`<div class="post" id="post_%d"><span class="largetext">Marram</span><span class="post_date">%s</span><div class="post_body">No.</div></div>`, 10*number+i, date)
		}
		return html
	}
	dir := t.TempDir()
	for name, text := range map[string]string{"1.html": page(1, "03-04-2025, 10:14 AM", "04-04-2025, 09:00 PM"), "2.html": page(2, "Yesterday, 10:14 AM", "13-04-2025, 10:14 AM")} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	threads, failures := readPaths(t, Options{}, dir)
	if len(threads) != 1 || len(failures) > 0 {
		t.Fatal(len(threads), failures)
	}
	var got []string
	for _, p := range threads[0].Posts {
		got = append(got, p.Time.Format(time.DateTime))
	}
	want := []string{"2025-04-03 10:14:00", "2025-04-04 21:00:00", "0001-01-01 00:00:00", "2025-04-13 10:14:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestPageTime reads a time from among the other words of a post's head.
func TestPageTime(t *testing.T) {
	for text, want := range map[string]string{
		"#12 02-03-2025, 04:14 PM":                               "2025-02-03 16:14:00",
		"02-03-2025, 04:14 PM #12":                               "2025-02-03 16:14:00",
		"Posted: Mon Feb 03, 2025 4:14 pm Post subject: Re: Oil": "2025-02-03 16:14:00",
		"by Noor » Mon Feb 03, 2025 4:14 pm":                     "2025-02-03 16:14:00",
		"« Reply #1 on: February 03, 2025, 04:14:00 PM »":        "2025-02-03 16:14:00",
		"2025-02-03T16:14:00 1738599240":                         "2025-02-03 16:14:00",
		"#12":                                                    "0001-01-01 00:00:00",
		"Today, 04:14 PM":                                        "0001-01-01 00:00:00",
	} {
		if got := pageTime(text).Time(false).Format(time.DateTime); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// TestWordsApart holds that words stay apart which elements part, in a post and
// in a page of unknown software.
func TestWordsApart(t *testing.T) {
	const words = `Oil<br>rose.<br><br>Gas<p>fell.</p>Coal<table><tr><td>May</td><td>12</td></tr><tr><th>June</th><th>13</th></tr></table><ul><li>Tin</li><li>Zinc</li></ul>`
	const want = "Oil\nrose.\n\nGas\n\nfell.\n\nCoal\n\nMay 12\nJune 13\n\nTin\nZinc"
	if got, _, _ := readFragment(words); got != want {
		t.Errorf("a post: %q, want %q", got, want)
	}
	if got, _ := readableText([]byte("<html><body>" + words)); got != want {
		t.Errorf("a page: %q, want %q", got, want)
	}
}
