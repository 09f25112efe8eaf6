package segment_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/segment"
	"threadstance/thread/threadtest"
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
		th := &thread.Thread{}
		for i, text := range test.posts {
			th.Posts = append(th.Posts, thread.Post{Index: i, Author: "Noor", ReplyTo: thread.None, Text: text})
		}
		start := time.Now()
		(&segment.Segmenter{News: &lexicon.Default().News}).Segment(th)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: it took %v", test.name, took)
		}
		threadtest.Check(t, th)
		threadtest.CheckCovered(t, th)
	}
}
