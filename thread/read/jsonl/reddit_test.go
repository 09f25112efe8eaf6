package jsonl_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/lexicon"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
	"threadstance/thread/segment"
	"threadstance/thread/threadtest"
)

func TestReddit(t *testing.T) {
	in := `{"id":"c2","author":"gil","body":"&gt; Was it worth it,\nafter all this?\n\nYes &amp; no.","created_utc":1578466800,"link_id":"t3_s1","parent_id":"t1_c1","subreddit":"worldtalk"}
{"id":"c9","author":"hal","body":"Other thread.","created_utc":"1578466900","link_id":"t3_s2","parent_id":"t3_s2"}
{"id":"c1","author":"frida","body":"Was it worth it, after all this?\n\n&gt;!spoiler!&lt; no quote","created_utc":1578465900,"link_id":"t3_s1","parent_id":"t3_s1"}
{"id":"s1","author":"Ewan_K","title":"Strike near the airport","selftext":"[removed]","created_utc":1578465000,"subreddit":"worldtalk","num_comments":3}
{"id":"c3","author":"[deleted]","body":"[removed]","created_utc":1578467000.0,"link_id":"t3_s1","parent_id":null}
{"id":"c5","author":"jo","body":"When was that?","created_utc":"a while ago","link_id":"t3_s1","parent_id":"t1_c3"}
{"id":"c6","author":"kay","body":"Never.","created_utc":null,"link_id":"t3_s1","parent_id":"t1_c5"}
{"id":"c4","author":"ida","body":"cut in ha`
	threads, failures := threadtest.All(t, jsonl.Reddit{}, "RC_2020-01", in, input.Limits{})
	for _, thread := range threads {
		threadtest.Check(t, thread)
	}
	want := `thread "t3_s1" "Strike near the airport"
warning times that cannot be read: 1, the first in line 6, "a while ago"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)
  0 t3_s1 "Ewan_K" 2020-01-08T06:30:00Z reply to -1
    own "Strike near the airport"
    chrome "[removed]"
  1 t1_c1 "frida" 2020-01-08T06:45:00Z reply to 0
    own "Was it worth it, after all this?\n\n>!spoiler!< no quote"
  2 t1_c2 "gil" 2020-01-08T07:00:00Z reply to 1
    quote of 1 "> Was it worth it,\nafter all this?"
    own "Yes & no."
  3 t1_c3 "" 2020-01-08T07:03:20Z reply to 0
    chrome "[removed]"
  4 t1_c5 "jo"  reply to 3
    own "When was that?"
  5 t1_c6 "kay"  reply to 4
    own "Never."
thread "t3_s2" ""
  0 t1_c9 "hal" 2020-01-08T07:01:40Z reply to -1
    own "Other thread."
failure RC_2020-01:8: not JSON: unexpected end of JSON input (at byte 43 of the line)
`
	if diff := cmp.Diff(want, threadtest.Dump(threads, failures)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRedditLinks holds that the title over a page of another site is its
// outlet's, and the title over anything that posters make their own.
func TestRedditLinks(t *testing.T) {
	for _, test := range []struct{ name, fields, want string }{
		{"an outlet that is known", `"is_self":false,"domain":"uk.reuters.com","url":"https://uk.reuters.com/a"`, `news "Strike near the airport" Reuters`},
		{"one that is not, by its address alone", `"url":"https://www.local.example/a?b=c.jpg"`, `news "Strike near the airport" local.example`},
		{"with words below it", `"is_self":false,"domain":"local.example","url":"https://local.example/a","selftext":"&gt; Near it.\n\nShame."`, `news "Strike near the airport" local.example; quote "> Near it."; own "Shame."`},
		{"a text", `"is_self":true,"domain":"self.worldtalk","url":"https://www.reddit.com/r/worldtalk/comments/s1/"`, `own "Strike near the airport"`},
		{"a gallery", `"is_self":false,"domain":"reddit.com","url":"https://www.reddit.com/gallery/s1"`, `own "Strike near the airport"`},
		{"a picture", `"is_self":false,"domain":"pics.example","url":"https://pics.example/a.JPG?b"`, `own "Strike near the airport"`},
		{"a video", `"is_self":false,"domain":"m.youtube.com","url":"https://m.youtube.com/watch?v=a"`, `own "Strike near the airport"`},
		{"a video of a site that is not known", `"is_self":false,"domain":"tube.example","url":"https://tube.example/a","post_hint":"rich:video"`, `own "Strike near the airport"`},
		{"a post elsewhere", `"is_self":false,"domain":"x.com","url":"https://x.com/a/status/1"`, `own "Strike near the airport"`},
		{"a link that was posted before", `"is_self":false,"domain":"bbc.co.uk","url":"https://www.bbc.co.uk/a","crosspost_parent":"t3_r1"`, `news "Strike near the airport" BBC`},
		{"a text that was posted before", `"is_self":false,"domain":"self.other","url":"/r/other/comments/r1/","crosspost_parent":"t3_r1"`, `own "Strike near the airport"`},
		{"no address", `"is_self":false,"domain":null,"url":null`, `own "Strike near the airport"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := `{"id":"s1","author":"tamarind","title":"Strike near the airport","created_utc":1578465000,"subreddit":"worldtalk",` + test.fields + "}\n" +
				`{"id":"c1","author":"fennel","body":"Strike near the airport\n\nWho did it?","created_utc":1578465900,"link_id":"t3_s1","parent_id":"t3_s1"}`
			threads, failures := threadtest.All(t, jsonl.Reddit{}, "in", in, input.Limits{})
			if len(threads) != 1 || len(failures) > 0 {
				t.Fatal(len(threads), failures)
			}
			segmenter := segment.Segmenter{News: &lexicon.Default().News}
			segmenter.Segment(threads[0])
			threadtest.Check(t, threads[0])
			want := `"Strike near the airport" tamarind: ` + test.want + `; fennel: quote "Strike near the airport"; own "Who did it?"`
			if got := threadtest.Owners(threads[0]); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// TestRedditRepeats holds that a post that overlapping dumps have is read once,
// and that posts without an identifier are all read.
func TestRedditRepeats(t *testing.T) {
	const (
		ann  = `{"id":"a","author":"ann","body":"Leave.","created_utc":1578465000,"link_id":"t3_s","parent_id":"t3_s"}` + "\n"
		bo   = `{"id":"b","author":"bo","body":"Stay.","created_utc":1578465000,"link_id":"t3_s","parent_id":"t1_a"}` + "\n"
		cy   = `{"author":"cy","body":"Why?","created_utc":1578465000,"link_id":"t3_s","parent_id":"t1_"}` + "\n"
		post = `{"author":"di","title":"Bases","created_utc":1578465000,"subreddit":"w"}` + "\n"
	)
	threads, failures := threadtest.All(t, jsonl.Reddit{}, "in", ann+bo+cy+post+ann+bo+cy+post, input.Limits{})
	want := `thread "t3_s" ""
  0 t1_a "ann" 2020-01-08T06:30:00Z reply to -1
    own "Leave."
  1 t1_b "bo" 2020-01-08T06:30:00Z reply to 0
    own "Stay."
  2  "cy" 2020-01-08T06:30:00Z reply to -1
    own "Why?"
  3  "cy" 2020-01-08T06:30:00Z reply to -1
    own "Why?"
thread "" "Bases"
  0  "di" 2020-01-08T06:30:00Z reply to -1
    own "Bases"
thread "" "Bases"
  0  "di" 2020-01-08T06:30:00Z reply to -1
    own "Bases"
`
	if diff := cmp.Diff(want, threadtest.Dump(threads, failures)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzReddit(f *testing.F) {
	threadtest.Fuzz(f, jsonl.Reddit{},
		`{"id":"s2","title":" T","selftext":"&gt; q","created_utc":1578465000,"is_self":false,"domain":"a.example","url":"https://a.example/b.html?c","post_hint":"link"}`,
		`{"id":"s1","author":"E","title":"T","selftext":"&gt; q\nx\n\ny","created_utc":1578465000}`+"\n"+
			`{"id":"c1","author":"f","body":"&gt; q\n\nno","created_utc":"1578465900","link_id":"t3_s1","parent_id":"t3_s1"}`)
}

func BenchmarkReddit(b *testing.B) {
	var dump strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&dump, `{"all_awardings":[],"author":"u%d","author_flair_css_class":null,"body":"&gt; Comment %d says little.\n\nComment %d says little, or so they tell me, and I agree.","created_utc":%d,"gilded":0,"id":"c%d","link_id":"t3_s%d","parent_id":"t1_c%d","permalink":"/r/x/comments/%d/","score":%d,"subreddit":"worldtalk","subreddit_id":"t5_2"}`+"\n",
			i%97, i-7, i, 1578465000+i, i, i%7, i-7, i, i%31)
	}
	threadtest.Benchmark(b, dump.String())
}
