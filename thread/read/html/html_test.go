package html_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread"
	"threadstance/thread/read"
	"threadstance/thread/read/html"
	"threadstance/thread/threadtest"
)

// TestPages reads a page of each forum software.
func TestPages(t *testing.T) {
	pages, err := filepath.Glob("../../../testdata/threads/html/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal("no pages: ", err)
	}
	more, _ := filepath.Glob("testdata/html/*.html")
	for _, page := range append(pages, more...) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			threads, failures := threadtest.Paths(t, read.Options{}, page)
			threadtest.Golden(t, "html/"+strings.TrimSuffix(filepath.Base(page), ".html"), threadtest.Dump(threads, failures))
		})
	}
}

// TestFolderOfPages holds that the pages of one thread become one thread.
func TestFolderOfPages(t *testing.T) {
	dir := t.TempDir()
	for from, to := range map[string]string{"xenforo2-page-1.html": "b.html", "xenforo2-page-2.html": "a.html", "phpbb3.html": "c.html"} {
		page, err := os.ReadFile(filepath.Join("../../../testdata/threads/html", from))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, to), page, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	threads, failures := threadtest.Paths(t, read.Options{}, dir)
	if len(threads) != 2 || len(failures) > 0 {
		t.Fatalf("got %d threads and failures %v", len(threads), failures)
	}
	first := threads[0]
	if len(first.Posts) != 3 || len(first.Warnings) > 0 || filepath.Base(first.Path) != "b.html" {
		t.Fatalf("the pages did not become one thread:\n%s", threadtest.Dump(threads, failures))
	}
	last := first.Posts[2]
	if last.Author != "Dan O'Hara" || last.ReplyTo != 0 && last.ReplyTo != 1 {
		t.Errorf("the last post is %+v", last)
	}
	var quoted []int
	for _, s := range last.Segments {
		if s.Kind == thread.Quote {
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
	threads, failures := threadtest.Paths(t, read.Options{}, dir)
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

func FuzzHTML(f *testing.F) {
	pages, _ := filepath.Glob("../../../testdata/threads/html/*.html")
	more, _ := filepath.Glob("testdata/html/*.html")
	var seeds []string
	for _, page := range append(pages, more...) {
		data, err := os.ReadFile(page)
		if err != nil {
			f.Fatal(err)
		}
		seeds = append(seeds, string(data))
	}
	threadtest.Fuzz(f, html.Format{}, seeds...)
}

func BenchmarkPage(b *testing.B) {
	data, err := os.ReadFile("../../../testdata/threads/html/xenforo2-page-1.html")
	if err != nil {
		b.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(data), `<article class="message `)
	article, tail, _ := strings.Cut(rest, "</div>\n</body>")
	var page strings.Builder
	page.WriteString(head)
	for i := range 500 {
		page.WriteString(strings.ReplaceAll(`<article class="message `+article, "9001", fmt.Sprint(10_000+i)))
	}
	page.WriteString("</div>\n</body>" + tail)
	threadtest.Benchmark(b, page.String())
}
