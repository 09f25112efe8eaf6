package thread

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"threadstance/lexicon"
)

// TestLongPosts holds that the work on a post grows no faster than the post.
func TestLongPosts(t *testing.T) {
	const size = 1 << 21
	phrases := func(step int) string { // each of four words, in the order that step makes
		var b strings.Builder
		const count = size / 32
		for i := range count {
			k := i * step % count
			fmt.Fprintf(&b, "a%d b%d c%d d%d. ", k, k, k, k)
		}
		return b.String()
	}
	repeat := func(part string) string { return strings.Repeat(part, size/len(part)) }
	for _, test := range []struct {
		name  string
		posts []string
	}{
		{"a line of many quotes", []string{phrases(1), phrases(7919)}},
		{"names over quotes", []string{"They all lie here today.", repeat("No.\nNoor:\n> They all lie here today.\n"), "Yes."}},
		{"blank lines below what the site says", []string{"No.", repeat("No.\nLike Reply\n") + repeat("\n")}},
		{"a host of many domains", []string{"http://" + repeat("a.")}},
	} {
		thread := &Thread{}
		for i, text := range test.posts {
			thread.Posts = append(thread.Posts, Post{Index: i, Author: "Noor", ReplyTo: None, Text: text})
		}
		start := time.Now()
		(&Segmenter{News: &lexicon.Default().News}).Segment(thread)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: it took %v", test.name, took)
		}
		checkThread(t, thread)
		checkCovered(t, thread)
	}
}

// TestManyShortQuotes holds that the work on a message that quotes a word here
// and there from a long one grows no faster than the two.
func TestManyShortQuotes(t *testing.T) {
	long := "From: noor@tigris.example\nMessage-ID: <1@tigris.example>\nSubject: Base\n\n" + strings.Repeat("They lie.\n", 30_000)
	short := "From: bill@potomac.example\nReferences: <1@tigris.example>\nSubject: Re: Base\n\n> They lie.\nNo.\n\n" + strings.Repeat("> Who?\nNo.\n\n", 30_000)
	start := time.Now()
	threads, _ := readAll(t, Mail{}, "in", "From a Wed Jan  8 06:30:00 2020\n"+long+"\nFrom a Wed Jan  8 06:31:00 2020\n"+short, Limits{})
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	if len(threads) != 1 || len(threads[0].Posts) != 2 || threads[0].Posts[1].Segments[0].QuoteOf != 0 {
		t.Errorf("%d threads, or the first quote is of no post", len(threads))
	}
}
