package jsonl_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
	"threadstance/thread/threadtest"
)

func TestJSONLines(t *testing.T) {
	when := time.Date(2020, 1, 8, 6, 30, 0, 0, time.UTC)
	post := func(index int, id, author, text string, replyTo int) thread.Post {
		return thread.Post{ID: id, Index: index, Author: author, Text: text, ReplyTo: replyTo}
	}
	for _, test := range []struct {
		name, in string
		threads  []*thread.Thread
		failures []string
	}{
		{
			name: "a thread is the lines that share its id",
			in: `{"id":"1","thread":"a","title":"Bases","author":"Noor","time":"2020-01-08T09:30:00+03:00","text":"They should leave."}
{"id":"2","thread":"a","author":"Bill","reply_to":"1","text":"And then?"}

{"id":"3","thread":"b","text":"Other matter."}
{"text":"No thread at all."}
{"text":"Nor here."}`,
			threads: []*thread.Thread{
				{ID: "a", Title: "Bases", Posts: []thread.Post{
					{ID: "1", Author: "Noor", Time: when, Text: "They should leave.", ReplyTo: thread.None},
					post(1, "2", "Bill", "And then?", 0),
				}},
				{ID: "b", Posts: []thread.Post{post(0, "3", "", "Other matter.", thread.None)}},
				{Posts: []thread.Post{post(0, "", "", "No thread at all.", thread.None)}},
				{Posts: []thread.Post{post(0, "", "", "Nor here.", thread.None)}},
			},
		},
		{
			name: "numbers stand for identifiers and times",
			in:   `{"id":17,"thread":4,"time":1578465000,"reply_to":null,"text":"x"}`,
			threads: []*thread.Thread{
				{ID: "4", Posts: []thread.Post{{ID: "17", Time: when, Text: "x", ReplyTo: thread.None}}},
			},
		},
		{
			name: "labels keep their order, other scalars are fields",
			in:   `{"id":"p","text":"Winner? No.","stance":{"Trump":"against","Biden":"neutral"},"tone":"negative","pick":"random","sarcasm":false,"year":2016,"context":["a","b"],"targets":["Iran",{"name":"Winner","start":0,"end":6,"label":"favor"}]}`,
			threads: []*thread.Thread{{ID: "p", Posts: []thread.Post{{
				ID: "p", Text: "Winner? No.", ReplyTo: thread.None,
				Targets: []thread.Target{{Name: "Iran"}, {Name: "Winner", Span: thread.Span{Start: 0, End: 6}, Label: "favor"}},
				Labels: &thread.Labels{
					Stance: []thread.Target{{Name: "Trump", Label: "against"}, {Name: "Biden", Label: "neutral"}},
					Tone:   "negative",
					Fields: map[string]string{"pick": "random", "sarcasm": "false", "year": "2016"},
				},
				Context: []string{"a", "b"},
			}}}},
		},
		{
			name:    "a parent is the text that is answered",
			in:      `{"text":"No.","parent":"Yes.","stance":{}}`,
			threads: []*thread.Thread{{Posts: []thread.Post{{Text: "No.", ReplyTo: thread.None, Context: []string{"Yes."}, Labels: &thread.Labels{}}}}},
		},
		{
			name: "a bad line is named and the rest read",
			in: `{"thread":"a","text":"one"}
{"thread":"a","text":
{"thread":"a"}
{"thread":"a","text":"two","time":["yesterday"]}
{"thread":"a","text":["x"]}
{"thread":"a","text":"x","targets":[{"name":"x","start":0,"end":9}]}
{"thread":"a","text":"x","stance":{"Iran":"maybe"}}
["x"]
{"thread":"a","text":"x","author":{"name":"Ann"}}
{"thread":"a","text":"x","stance":["Iran"]}
{"thread":"a","text":"x","targets":["Iran",{"label":"favor"}]}
{"thread":"a","text":"three"}`,
			threads: []*thread.Thread{{ID: "a", Posts: []thread.Post{post(0, "", "", "one", thread.None), post(1, "", "", "three", thread.None)}}},
			failures: []string{
				"in:2: not JSON: unexpected end of JSON input (at byte 21 of the line)",
				`in:3: no "text" in this record; a post needs one`,
				`in:4: "time": found array where a string is needed`,
				`in:5: "text": found array where a string is needed`,
				"in:6: target 0 is at bytes 0 to 9 of a text of 1 bytes",
				`in:7: the stance toward Iran: "maybe" is no stance: favor, against or neutral is`,
				"in:8: found array where a record is needed, a JSON object",
				`in:9: "author": found object where a string is needed`,
				`in:10: "stance" is not an object`,
				"in:11: target 1 has neither a name nor bytes where it is named",
			},
		},
		{
			name: "a time that cannot be read is said once",
			in: `{"thread":"a","text":"one","time":"yesterday"}
{"thread":"a","text":"two","time":"2020-01-08T06:30:00Z"}
{"thread":"a","text":"three","time":"25/12/2020"}
`,
			threads: []*thread.Thread{{
				ID:       "a",
				Posts:    []thread.Post{post(0, "", "", "one", thread.None), {Index: 1, Time: when, Text: "two", ReplyTo: thread.None}, post(2, "", "", "three", thread.None)},
				Warnings: []string{`times that cannot be read: 2, the first in line 1, "yesterday"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)`},
			}},
		},
		{
			name: "threads that are mixed are put in order",
			in: `{"id":"1","thread":"a","text":"one"}
{"id":"2","thread":"b","text":"two"}
{"text":"alone"}
{"id":"3","thread":"a","text":"three","reply_to":"1","stance":{"Iran":"favor"}}
{"thread":"a"}
{"id":"4","thread":"b","text":"four"}
`,
			threads: []*thread.Thread{
				{ID: "a", Posts: []thread.Post{post(0, "1", "", "one", thread.None), {
					ID: "3", Index: 1, Text: "three", ReplyTo: 0,
					Labels: &thread.Labels{Stance: []thread.Target{{Name: "Iran", Label: "favor"}}},
				}}},
				{ID: "b", Posts: []thread.Post{post(0, "2", "", "two", thread.None), post(1, "4", "", "four", thread.None)}},
				{Posts: []thread.Post{post(0, "", "", "alone", thread.None)}},
			},
			failures: []string{`in:5: no "text" in this record; a post needs one`},
		},
		{
			name:     "an array is no list of lines",
			in:       "[\n  {\"text\": \"a\"}\n]",
			failures: []string{"in:1: a JSON array, where one record a line is needed; make it so with: jq -c '.[]' in"},
		},
		{
			name:     "nor is a record over several lines",
			in:       "{\n  \"text\": \"a\"\n}",
			failures: []string{"in:1: JSON over several lines, where one record a line is needed; make it so with: jq -c . in"},
		},
		{
			name:    "broken UTF-8 and halves of characters are written out",
			in:      "{\"text\":\"a\xffb \\ud83d c\"}",
			threads: []*thread.Thread{{Posts: []thread.Post{post(0, "", "", `a\xffb \ud83d c`, thread.None)}, Warnings: []string{`bytes that are no UTF-8: 1, the first in line 1; they stand as \xNN (iconv makes UTF-8 of other encodings); halves of characters: 1, the first in line 1; they stand as \uNNNN`}}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := threadtest.All(t, jsonl.Posts{}, "in", test.in, input.Limits{})
			for _, thread := range threads {
				thread.Path = ""
			}
			if diff := cmp.Diff(test.threads, threads); diff != "" {
				t.Errorf("threads (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.failures, failures); diff != "" {
				t.Errorf("failures (-want +got):\n%s", diff)
			}
		})
	}
}

func TestJSONLinesLimits(t *testing.T) {
	in := `{"thread":"a","text":"one"}
{"thread":"a","text":"` + strings.Repeat("x", 300) + `"}
{"thread":"a","text":"two"}
{"thread":"a","text":"three"}
{"thread":"a","text":"four"}
{"thread":"b","text":"five"}`
	threads, failures := threadtest.All(t, jsonl.Posts{}, "in", in, input.Limits{Line: 100, Posts: 2})
	want := []string{
		"in:2: a line of more than 100 bytes; --max-line raises the limit",
		`in:4: thread "a" has more than 2 posts, the rest is left out; --max-posts raises the limit`,
	}
	if diff := cmp.Diff(want, failures); diff != "" {
		t.Errorf("failures (-want +got):\n%s", diff)
	}
	if len(threads) != 2 || len(threads[0].Posts) != 2 || len(threads[1].Posts) != 1 {
		t.Errorf("got %d threads: %+v", len(threads), threads)
	}
}

// TestDeepJSON holds that nesting costs no stack without end.
func TestDeepJSON(t *testing.T) {
	for _, deep := range []string{strings.Repeat("[", 1<<20), strings.Repeat(`{"a":`, 1<<20), strings.Repeat("[", 1<<20) + strings.Repeat("]", 1<<20)} {
		for _, line := range []string{`{"x":` + deep, `{"x":` + deep + `,"text":"a"}`, `{"text":"a","context":` + deep + `}`, `{"text":"a","stance":` + deep + `}`, `{"text":"a","targets":` + deep + `}`, deep} {
			for _, format := range []input.Format{jsonl.Posts{}, jsonl.Reddit{}, jsonl.ConvoKit{}, jsonl.ForumDL{}} {
				if threads, failures := threadtest.All(t, format, "in", line+"\n", input.Limits{}); len(failures) == 0 && len(threads) == 0 {
					t.Errorf("%s says nothing of %.20q", format.Name(), line)
				}
			}
		}
	}
}

// TestReappearance holds that a thread that goes on late is told of, once.
func TestReappearance(t *testing.T) {
	var b strings.Builder
	for range 2 {
		for i := range 9000 {
			fmt.Fprintf(&b, "{\"thread\":\"t%d\",\"text\":\"some words to fill the line\"}\n", i)
		}
	}
	threads, failures := threadtest.All(t, jsonl.Posts{}, "in", b.String(), input.Limits{})
	if len(threads) != 18_000 || len(failures) > 0 {
		t.Fatalf("%d threads, failures %q", len(threads), failures)
	}
	for i, thread := range threads {
		var want []string
		if i == 9000 {
			want = []string{`line 9001: thread "t0" goes on after other threads, and is read as more than one; sort the lines by thread`}
		}
		if diff := cmp.Diff(want, thread.Warnings); diff != "" {
			t.Errorf("thread %d: %s", i, diff)
		}
	}
}

// Posts stay what they were while more lines are read into the same memory.
func TestJSONLinesStay(t *testing.T) {
	var b strings.Builder
	texts := []string{"Keep the ferry.", "Keep \"the\"\nferry.", "Keep the ferry — é."}
	const posts = 20_000
	for i := range posts {
		line, err := json.Marshal(map[string]string{
			"id": fmt.Sprint("p", i), "thread": fmt.Sprint("t", i/7000), "title": fmt.Sprint("Ferry ", i/7000), "author": fmt.Sprint("user ", i%97),
			"reply_to": fmt.Sprint("p", i-1), "text": fmt.Sprint(i, " ", texts[i%3]),
		})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	var threads []*thread.Thread
	for th, err := range (jsonl.Posts{}).Read(input.Source{Reader: strings.NewReader(b.String())}) {
		if err != nil {
			t.Fatal(err)
		}
		threads = append(threads, th)
	}
	i := 0
	for n, th := range threads {
		if th.ID != fmt.Sprint("t", n) || th.Title != fmt.Sprint("Ferry ", n) {
			t.Fatalf("thread %d is %q, %q", n, th.ID, th.Title)
		}
		for j, p := range th.Posts {
			if p.ID != fmt.Sprint("p", i) || p.Author != fmt.Sprint("user ", i%97) || p.Text != fmt.Sprint(i, " ", texts[i%3]) || p.ReplyTo != j-1 {
				t.Fatalf("post %d is %+v", i, p)
			}
			i++
		}
	}
	if i != posts {
		t.Errorf("%d posts, want %d", i, posts)
	}
}

// An input that fails within a line is one failure, said of that line.
func TestTornLine(t *testing.T) {
	for _, test := range []struct {
		format  input.Format
		in      string
		posts   int
		failure string
	}{
		{jsonl.Posts{}, "{\"text\":\"Keep it.\"}\n{\"text\":\"Close", 1, "in:2: the compressed input is cut short: unexpected EOF; this line is lost"},
		{jsonl.Posts{}, "{\"text\":\"Keep it.\"}\n{\"text\":\"Close it.\"}", 2, "in:3: the compressed input is cut short: unexpected EOF"},
		{jsonl.Reddit{}, "{\"id\":\"1\",\"title\":\"Keep it.\",\"created_utc\":1}\n{\"id\":\"2\",\"tit", 1, "in:2: the compressed input is cut short: unexpected EOF; this line is lost"},
	} {
		posts, failures := 0, ""
		cut := io.MultiReader(strings.NewReader(test.in), iotest.ErrReader(fmt.Errorf("the compressed input is cut short: %w", io.ErrUnexpectedEOF)))
		for thread, err := range test.format.Read(input.Source{Path: "in", Reader: cut}) {
			if err != nil {
				failures += err.Error()
				continue
			}
			posts += len(thread.Posts)
		}
		if posts != test.posts || failures != test.failure {
			t.Errorf("%s %q: %d posts, %q", test.format.Name(), test.in, posts, failures)
		}
	}
}

// TestNoLines holds that every reader of lines says once what to do with JSON of
// another form.
func TestNoLines(t *testing.T) {
	for _, format := range []input.Format{jsonl.Posts{}, jsonl.Reddit{}, jsonl.ConvoKit{}, jsonl.ForumDL{}} {
		_, failures := threadtest.All(t, format, "in", "[{\"text\": \"a\"},\n{\"text\": \"b\"}\n]", input.Limits{})
		want := []string{"in:1: a JSON array, where one record a line is needed; make it so with: jq -c '.[]' in"}
		if diff := cmp.Diff(want, failures); diff != "" {
			t.Errorf("%s: %s", format.Name(), diff)
		}
	}
}

// TestHalves holds the same for halves of surrogate pairs in JSON, and that
// whole pairs, U+FFFD itself and text that only looks like an escape stay.
func TestHalves(t *testing.T) {
	const posts = `{"id":"1","thread":"a","author":"Noor","title":"a","text":"\ud83d\ude00 \\ud83d \ufffd"}
{"id":"2","thread":"a","author":"Ren\ud83d","text":"No \ud83d\ud83d\ude00."}
{"id":"3","thread":"a","author":"Ren\ude00","text":"Yes."}
`
	mixed := posts + `{"id":"4","thread":"b","text":"No."}` + "\n" + `{"id":"5","thread":"a","text":"No."}` + "\n"
	dumped := strings.NewReplacer(`"thread":"a"`, `"link_id":"t3_1"`, `"text"`, `"created_utc":1,"body"`).Replace(posts)
	for _, test := range []struct {
		name, in string
		format   input.Format
	}{
		{"jsonl", posts, jsonl.Posts{}},
		{"jsonl that is mixed", mixed, jsonl.Posts{}},
		{"reddit", dumped, jsonl.Reddit{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := threadtest.All(t, test.format, "in", test.in, input.Limits{})
			if len(failures) > 0 || len(threads) == 0 || len(threads[0].Posts) < 3 {
				t.Fatalf("%s", threadtest.Dump(threads, failures))
			}
			for i, want := range []string{"Noor: \U0001F600 \\ud83d \uFFFD", `Ren\ud83d: No \ud83d` + "\U0001F600.", `Ren\ude00: Yes.`} {
				if p := threads[0].Posts[i]; p.Author+": "+p.Text != want {
					t.Errorf("post %d is %q by %q, want %q", i, p.Text, p.Author, want)
				}
			}
			var warnings []string
			for _, thread := range threads {
				warnings = append(warnings, thread.Warnings...)
			}
			if all := strings.Join(warnings, "\n"); strings.Count(all, `halves of characters: 3, the first in line 2; they stand as \uNNNN`) != 1 {
				t.Errorf("warnings %q", all)
			}
		})
	}
}

// A half is told of in whichever field it stands, and wherever in it.
func TestHalfInEachField(t *testing.T) {
	for _, field := range []string{"id", "thread", "title", "author", "reply_to", "text"} {
		for _, value := range []string{`\ud83d`, `Noor \ude00`} {
			record := fmt.Sprintf(`{"text":"No.",%q:"%s"}`, field, value)
			if field == "text" {
				record = fmt.Sprintf(`{"text":"%s"}`, value)
			}
			threads, failures := threadtest.All(t, jsonl.Posts{}, "in", `{"id":"1","text":"Close it."}`+"\n"+record+"\n", input.Limits{})
			var warnings []string
			for _, thread := range threads {
				warnings = append(warnings, thread.Warnings...)
			}
			if all := strings.Join(warnings, "\n"); len(failures) > 0 || !strings.Contains(all, "halves of characters: 1, the first in line 2") {
				t.Errorf("%s: failures %q, warnings %q", record, failures, all)
			}
		}
	}
}

func FuzzJSONLines(f *testing.F) {
	threadtest.Fuzz(f, jsonl.Posts{}, threadtest.TwoPosts,
		`{"id":17,"thread":4,"time":1578465000,"reply_to":null,"text":"x \ud83d \u0000"}`,
		`{"id":"p","text":"Winner? No.","stance":{"Trump":"against"},"tone":"negative","year":2016,"context":["a"],"targets":["Iran",{"name":"Winner","start":0,"end":6,"label":"favor"}]}`,
		`{"text":"a","parent":"b","context":[[[[1]]]]}`,
		`{"text":"&gt; a\n>> b\n>\n[quote=a]b [QUOTE]c[/quote]<blockquote>d</quote></blockquote> e\n[quote]f\n[quote]\ng[quote/]"}`,
		`{"text":"a","time":"the day after"}`, "x\"}\n{}\n# a\n"+threadtest.TwoPosts)
}
