package thread

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// readAll reads text as format does, and returns the threads and the errors.
func readAll(t testing.TB, format Format, path, text string, limits Limits) (threads []*Thread, failures []string) {
	t.Helper()
	for thread, err := range format.Read(Source{Path: path, Reader: strings.NewReader(text), Limits: limits}) {
		if err != nil {
			failures = append(failures, err.Error())
			continue
		}
		threads = append(threads, thread)
	}
	return threads, failures
}

func TestJSONLines(t *testing.T) {
	when := time.Date(2020, 1, 8, 6, 30, 0, 0, time.UTC)
	post := func(index int, id, author, text string, replyTo int) Post {
		return Post{ID: id, Index: index, Author: author, Text: text, ReplyTo: replyTo}
	}
	for _, test := range []struct {
		name, in string
		threads  []*Thread
		failures []string
	}{
		{
			name: "a thread is the lines that share its id",
			in: `{"id":"1","thread":"a","title":"Bases","author":"Noor","time":"2020-01-08T09:30:00+03:00","text":"They should leave."}
{"id":"2","thread":"a","author":"Bill","reply_to":"1","text":"And then?"}

{"id":"3","thread":"b","text":"Other matter."}
{"text":"No thread at all."}
{"text":"Nor here."}`,
			threads: []*Thread{
				{ID: "a", Title: "Bases", Posts: []Post{
					{ID: "1", Author: "Noor", Time: when, Text: "They should leave.", ReplyTo: None},
					post(1, "2", "Bill", "And then?", 0),
				}},
				{ID: "b", Posts: []Post{post(0, "3", "", "Other matter.", None)}},
				{Posts: []Post{post(0, "", "", "No thread at all.", None)}},
				{Posts: []Post{post(0, "", "", "Nor here.", None)}},
			},
		},
		{
			name: "numbers stand for identifiers and times",
			in:   `{"id":17,"thread":4,"time":1578465000,"reply_to":null,"text":"x"}`,
			threads: []*Thread{
				{ID: "4", Posts: []Post{{ID: "17", Time: when, Text: "x", ReplyTo: None}}},
			},
		},
		{
			name: "labels keep their order, other scalars are fields",
			in:   `{"id":"p","text":"Winner? No.","stance":{"Trump":"against","Biden":"neutral"},"tone":"negative","pick":"random","sarcasm":false,"year":2016,"context":["a","b"],"targets":["Iran",{"name":"Winner","start":0,"end":6,"label":"favor"}]}`,
			threads: []*Thread{{ID: "p", Posts: []Post{{
				ID: "p", Text: "Winner? No.", ReplyTo: None,
				Targets: []Target{{Name: "Iran"}, {"Winner", Span{0, 6}, "favor"}},
				Labels: &Labels{
					Stance: []Target{{Name: "Trump", Label: "against"}, {Name: "Biden", Label: "neutral"}},
					Tone:   "negative",
					Fields: map[string]string{"pick": "random", "sarcasm": "false", "year": "2016"},
				},
				Context: []string{"a", "b"},
			}}}},
		},
		{
			name:    "a parent is the text that is answered",
			in:      `{"text":"No.","parent":"Yes.","stance":{}}`,
			threads: []*Thread{{Posts: []Post{{Text: "No.", ReplyTo: None, Context: []string{"Yes."}, Labels: &Labels{}}}}},
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
			threads: []*Thread{{ID: "a", Posts: []Post{post(0, "", "", "one", None), post(1, "", "", "three", None)}}},
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
			threads: []*Thread{{
				ID:       "a",
				Posts:    []Post{post(0, "", "", "one", None), {Index: 1, Time: when, Text: "two", ReplyTo: None}, post(2, "", "", "three", None)},
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
			threads: []*Thread{
				{ID: "a", Posts: []Post{post(0, "1", "", "one", None), {
					ID: "3", Index: 1, Text: "three", ReplyTo: 0,
					Labels: &Labels{Stance: []Target{{Name: "Iran", Label: "favor"}}},
				}}},
				{ID: "b", Posts: []Post{post(0, "2", "", "two", None), post(1, "4", "", "four", None)}},
				{Posts: []Post{post(0, "", "", "alone", None)}},
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
			threads: []*Thread{{Posts: []Post{post(0, "", "", `a\xffb \ud83d c`, None)}, Warnings: []string{`bytes that are no UTF-8: 1, the first in line 1; they stand as \xNN (iconv makes UTF-8 of other encodings); halves of characters: 1, the first in line 1; they stand as \uNNNN`}}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := readAll(t, JSONLines{}, "in", test.in, Limits{})
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
	threads, failures := readAll(t, JSONLines{}, "in", in, Limits{Line: 100, Posts: 2})
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
			for _, format := range []Format{JSONLines{}, Reddit{}, ConvoKit{}, ForumDL{}} {
				if threads, failures := readAll(t, format, "in", line+"\n", Limits{}); len(failures) == 0 && len(threads) == 0 {
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
	threads, failures := readAll(t, JSONLines{}, "in", b.String(), Limits{})
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
	var threads []*Thread
	for th, err := range (JSONLines{}).Read(Source{Reader: strings.NewReader(b.String())}) {
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
		format  Format
		in      string
		posts   int
		failure string
	}{
		{JSONLines{}, "{\"text\":\"Keep it.\"}\n{\"text\":\"Close", 1, "in:2: the compressed input is cut short: unexpected EOF; this line is lost"},
		{JSONLines{}, "{\"text\":\"Keep it.\"}\n{\"text\":\"Close it.\"}", 2, "in:3: the compressed input is cut short: unexpected EOF"},
		{Reddit{}, "{\"id\":\"1\",\"title\":\"Keep it.\",\"created_utc\":1}\n{\"id\":\"2\",\"tit", 1, "in:2: the compressed input is cut short: unexpected EOF; this line is lost"},
	} {
		posts, failures := 0, ""
		cut := io.MultiReader(strings.NewReader(test.in), iotest.ErrReader(io.ErrUnexpectedEOF))
		for thread, err := range test.format.Read(Source{Path: "in", Reader: &limitedReader{cut, &account{}}}) {
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
	for _, format := range []Format{JSONLines{}, Reddit{}, ConvoKit{}, ForumDL{}} {
		_, failures := readAll(t, format, "in", "[{\"text\": \"a\"},\n{\"text\": \"b\"}\n]", Limits{})
		want := []string{"in:1: a JSON array, where one record a line is needed; make it so with: jq -c '.[]' in"}
		if diff := cmp.Diff(want, failures); diff != "" {
			t.Errorf("%s: %s", format.Name(), diff)
		}
	}
}
