package thread

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/lexicon"
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
	threads, failures := readAll(t, Reddit{}, "RC_2020-01", in, Limits{})
	for _, thread := range threads {
		checkThread(t, thread)
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
	if diff := cmp.Diff(want, dump(threads, failures)); diff != "" {
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
			threads, failures := readAll(t, Reddit{}, "in", in, Limits{})
			if len(threads) != 1 || len(failures) > 0 {
				t.Fatal(len(threads), failures)
			}
			segmenter := Segmenter{News: &lexicon.Default().News}
			segmenter.Segment(threads[0])
			checkThread(t, threads[0])
			want := `"Strike near the airport" tamarind: ` + test.want + `; fennel: quote "Strike near the airport"; own "Who did it?"`
			if got := ownersOf(threads[0]); got != want {
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
	threads, failures := readAll(t, Reddit{}, "in", ann+bo+cy+post+ann+bo+cy+post, Limits{})
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
	if diff := cmp.Diff(want, dump(threads, failures)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestGatherSpills holds that what does not fit in memory comes out the same.
func TestGatherSpills(t *testing.T) {
	var b strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&b, `{"id":"c%d","author":"u%d","body":"Word %d of the matter.","created_utc":%d,"link_id":"t3_s%d","parent_id":"t3_s%d"}`+"\n",
			i, i%7, i, 1578465000+i, i*i%97, i*i%97)
	}
	read := func(memory int) string {
		c := Reddit{}.collect(Limits{}).(*grouped)
		defer c.close()
		c.records.memory = memory
		c.add(Source{Path: "in", Reader: strings.NewReader(b.String())}, func(err error) bool { t.Fatal(err); return false })
		var threads []*Thread
		c.threads(func(thread *Thread, err error) bool {
			if err != nil {
				t.Fatal(err)
			}
			threads = append(threads, thread)
			return true
		})
		if memory < 1<<20 && c.records.parts == nil {
			t.Error("nothing went to disk")
		}
		return dump(threads, nil)
	}
	want := read(gatherMemory)
	for _, memory := range []int{10_000, 1000} { // with 1000 parts are parted again
		if diff := cmp.Diff(want, read(memory)); diff != "" {
			t.Errorf("spilling past %d bytes changed the threads (-in memory +spilled):\n%s", memory, diff)
		}
	}
}

// TestGatherMemory holds that a part which does not fit the memory is not put
// in order there.
func TestGatherMemory(t *testing.T) {
	const threads, size = 600, 100_000
	p, err := newPart()
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	text := make([]byte, size)
	for i := range threads {
		if err := p.write(fmt.Sprint("t", i), uint64(i), text); err != nil {
			t.Fatal(err)
		}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	live := func() uint64 {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	runtime.GC()
	before, most := live(), uint64(0)
	done := make(chan error)
	go func() { done <- p.sort(1 << 20) }()
	for sorting := true; sorting; {
		select {
		case err = <-done:
			sorting = false
		case <-time.After(time.Millisecond):
			most = max(most, live())
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if most > before+threads*size/2 {
		t.Errorf("to put a part of %d bytes in order took %d bytes of memory", threads*size, most-before)
	}
	for i := range threads {
		in, err := p.read()
		if err != nil || in.key != fmt.Sprint("t", i) || len(in.data) != size {
			t.Fatalf("thread %d is %q with %d bytes, %v", i, in.key, len(in.data), err)
		}
	}
	if in, err := p.read(); err != io.EOF {
		t.Errorf("after the last thread stands %q, %v", in.key, err)
	}
}

func TestConvoKit(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "utterances.jsonl", `{"id":"1","conversation_id":"1","text":"Close the base.","speaker":"ann","meta":{},"reply-to":null,"timestamp":1578465000,"vectors":[]}
{"id":"5","root":"5","text":"Other.","user":{"id":"cy"},"reply_to":null,"timestamp":null}
{"id":"2","conversation_id":"1","text":"Never.","speaker":"bo","reply-to":"1","timestamp":"1578465900"}
{"id":"3","conversation_id":"1","speaker":"bo"}
{"id":"4","conversation_id":"1","text":"Ever.","speaker":"ann","reply-to":"2","timestamp":"noon"}
{"text":"On its own.","speaker":"[deleted]"}
{"text":"[deleted]","speaker":{"name":"[deleted]"}}
`)
	write(t, dir, "conversations.json", `{"1":{"meta":{"title":"Ain al-Asad","n":3},"vectors":[]},"5":{"meta":{"title":7}}}`)
	write(t, dir, "speakers.json", `{"ann":{}}`)
	write(t, dir, "corpus.json", `{}`)
	threads, failures := readPaths(t, Options{}, dir)
	want := `thread "1" "Ain al-Asad"
warning times that cannot be read: 1, the first in line 5, "noon"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)
  0 1 "ann" 2020-01-08T06:30:00Z reply to -1
    text "Close the base."
  1 2 "bo" 2020-01-08T06:45:00Z reply to 0
    text "Never."
  2 4 "ann"  reply to 1
    text "Ever."
thread "5" "7"
  0 5 "cy"  reply to -1
    text "Other."
thread "" ""
  0  ""  reply to -1
    text "On its own."
thread "" ""
  0  ""  reply to -1
    chrome "[deleted]"
failure DIR/utterances.jsonl:4: no "text" in this utterance
`
	if diff := cmp.Diff(want, strings.ReplaceAll(dump(threads, failures), dir, "DIR")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRemoved holds that in whatever form posts of Reddit come, those whose author
// is gone are nobody's, and what stands for a text that is gone is no one's words.
func TestRemoved(t *testing.T) {
	want := `thread "s1" ""
  0 c1 ""  reply to -1
    chrome "[removed]"
  1 c2 "gil"  reply to -1
    text "They wrote [removed] there."
`
	for _, test := range []struct {
		format Format
		in     string
	}{
		{CSV{}, "id,thread,author,text\nc1,s1,[deleted],[removed]\nc2,s1,gil,They wrote [removed] there.\n"},
		{JSONLines{}, `{"id":"c1","thread":"s1","author":"[deleted]","text":"[removed]"}` + "\n" + `{"id":"c2","thread":"s1","author":"gil","text":"They wrote [removed] there."}`},
	} {
		threads, failures := readAll(t, test.format, "in", test.in, Limits{})
		if diff := cmp.Diff(want, dump(threads, failures)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.format.Name(), diff)
		}
	}
}

// TestConversations holds that what cannot be read of a corpus's titles is said,
// and takes away no other.
func TestConversations(t *testing.T) {
	for _, test := range []struct{ name, conversations, title, failure string }{
		{"none", "", "", ""},
		{"of other kinds", `{"0":7,"2":{"title":["x"],"meta":"y"},"1":{"title":"Bases","meta":null}}`, "Bases", ""},
		{"no object", `["1"]`, "", "byte 1: not an object of conversations; the conversations from here on have no title"},
		{"cut short within one", `{"1":{"title":"Bases"},"2":{"title":"Fer`, "Bases", "byte 27: unexpected EOF; the conversations from here on have no title"},
		{"cut short between two", `{"1":{"title":"Bases"},`, "Bases", "byte 23: unexpected EOF; the conversations from here on have no title"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "utterances.jsonl", `{"id":"1","conversation_id":"1","text":"Close the base.","speaker":"ann"}`)
			if test.conversations != "" {
				write(t, dir, "conversations.json", test.conversations)
			}
			threads, failures := readPaths(t, Options{}, dir)
			if len(threads) != 1 || threads[0].Title != test.title {
				t.Error(dump(threads, nil))
			}
			failure := ""
			if len(failures) > 0 {
				_, failure, _ = strings.Cut(failures[0], "conversations.json: ")
			}
			if failure != test.failure {
				t.Errorf("failure is %q, want %q", failure, test.failure)
			}
		})
	}
}

func TestForumDL(t *testing.T) {
	in := `{"generator":"forum-dl","version":"0.3.0","extractor":"phpbb","type":"board","item":{"path":["2"],"title":"News"}}
{"generator":"forum-dl","version":"0.3.0","extractor":"phpbb","type":"thread","item":{"path":["2","90"],"url":"https://fireside.example/t=90","title":"The embassy"}}
{"generator":"forum-dl","version":"0.3.0","extractor":"phpbb","type":"post","item":{"path":["2","90"],"subpath":["401"],"author":"Hedda","creation_time":"2020-01-08T06:30:00","content":"It will fall.<br>Soon."}}
{"generator":"forum-dl","version":"0.3.0","extractor":"phpbb","type":"post","item":{"path":["2","90"],"subpath":["401","402"],"author":"Ivo","creation_time":"yesterday","content":"<blockquote><div><cite>Hedda wrote:</cite>It will fall.</div></blockquote>It stands &amp; will."}}
`
	threads, failures := readAll(t, ForumDL{}, "in", in, Limits{})
	want := `thread "2/90" "The embassy"
warning times that cannot be read: 1, the first in line 4, "yesterday"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)
  0 401 "Hedda" 2020-01-08T06:30:00Z reply to -1
    own "It will fall.\nSoon."
  1 402 "Ivo"  reply to 0
    chrome "Hedda wrote:"
    quote of 0 "It will fall."
    own "It stands & will."
`
	if diff := cmp.Diff(want, dump(threads, failures)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCSV(t *testing.T) {
	for _, test := range []struct {
		name, in, want string
		columns        map[string]string
	}{
		{
			name: "usual names, quoted fields, a bad time, a short row",
			in: "\ufeffPost ID,Thread ID,User,Date,Comment\r\n" +
				"1,a,Ann,2020-01-08 06:30:00,\"Out, \"\"now\"\"\nI say.\"\r\n" +
				"2,b,Bo,1/8/2020 7:15 AM,Other\r\n" +
				"3,a,Cy,someday,Third\r\n" +
				"4,a,Di\r\n" +
				"5,a,Ed,,Last\r\n",
			want: `thread "a" ""
warning times that cannot be read: 1, the first in line 5, "someday"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)
  0 1 "Ann" 2020-01-08T06:30:00Z reply to -1
    text "Out, \"now\"\nI say."
  1 3 "Cy"  reply to -1
    text "Third"
  2 5 "Ed"  reply to -1
    text "Last"
thread "b" ""
  0 2 "Bo" 2020-01-08T07:15:00Z reply to -1
    text "Other"
failure in:6: 3 columns where the header has 5
`,
		},
		{
			name:    "columns of other names, tabs",
			in:      "Wer\tWas\nAnn\tRaus!\nBo\tNein.\n",
			columns: map[string]string{"text": "Was", "author": "wer"},
			want: `thread "" ""
warning no column holds the thread, so that each row is one by itself; --columns thread=NAME names it
  0  "Ann"  reply to -1
    text "Raus!"
thread "" ""
  0  "Bo"  reply to -1
    text "Nein."
`,
		},
		{
			name: "lines that end in bare returns, as Excel on a Mac writes them",
			in:   "id,user,parent,text\r1,Ann,,\"Out.\rNow.\"\r2,Bo,1,Zo\xebl\r3,Cy\r",
			want: `thread "in" ""
  0 1 "Ann"  reply to -1
    text "Out.\nNow."
  1 2 "Bo"  reply to 0
    text "Zoël"
failure in:5: 2 columns where the header has 4
`,
		},
		{
			name: "no thread, but who answers whom: a discussion",
			in:   "id,user,parent,text\n1,Ann,,Out.\n2,Bo,1,Other\n",
			want: `thread "in" ""
  0 1 "Ann"  reply to -1
    text "Out."
  1 2 "Bo"  reply to 0
    text "Other"
`,
		},
		{
			name: "who wrote when, as tweets do: no discussion",
			in:   "user\tdate\ttext\nAnn\t2020-01-08\tOut.\nBo\t2020-01-09\tOther\n",
			want: `thread "" ""
warning no column holds the thread, so that each row is one by itself; --columns thread=NAME names it
  0  "Ann" 2020-01-08T00:00:00Z reply to -1
    text "Out."
thread "" ""
  0  "Bo" 2020-01-09T00:00:00Z reply to -1
    text "Other"
`,
		},
		{
			name:    "each row a thread, by its id",
			in:      "id,user,date,text\n1,Ann,2020-01-08,Out.\n2,Bo,2020-01-09,Other\n",
			columns: map[string]string{"thread": "id"},
			want: `thread "1" ""
  0 1 "Ann" 2020-01-08T00:00:00Z reply to -1
    text "Out."
thread "2" ""
  0 2 "Bo" 2020-01-09T00:00:00Z reply to -1
    text "Other"
`,
		},
		{
			name: "titles part threads",
			in:   "user,date,title,text\nAnn,2020-01-08,Bases,Out.\nBo,2020-01-09,Ferries,Other\n",
			want: `thread "Bases" "Bases"
  0  "Ann" 2020-01-08T00:00:00Z reply to -1
    text "Out."
thread "Ferries" "Ferries"
  0  "Bo" 2020-01-09T00:00:00Z reply to -1
    text "Other"
`,
		},
		{
			name: "no authors, no discussion",
			in:   "date,text\n2020-01-08,Out.\n2020-01-09,Other\n",
			want: `thread "" ""
warning no column holds the thread, so that each row is one by itself; --columns thread=NAME names it
  0  "" 2020-01-08T00:00:00Z reply to -1
    text "Out."
thread "" ""
  0  "" 2020-01-09T00:00:00Z reply to -1
    text "Other"
`,
		},
		{
			name:    "a column that is not there",
			in:      "a;b\n1;2\n",
			columns: map[string]string{"text": "Body"},
			want:    "failure in:1: no column is called \"Body\"; the columns are a, b\n",
		},
		{
			name: "a quotation mark in the last column that is not closed",
			in:   "id,thread,user,text\n1,a,Ann,\"Out, now.\n2,a,Bo,Other\n3,a,Cy,\"Third, then.\"\n4,a,Di,Last\n",
			want: `thread "a" ""
  0 1 "Ann"  reply to -1
    text "Out, now."
  1 2 "Bo"  reply to -1
    text "Other"
  2 3 "Cy"  reply to -1
    text "Third, then."
  3 4 "Di"  reply to -1
    text "Last"
failure in:2: the quotation mark that opens a field in this line is not closed; the field is read up to the end of the line
`,
		},
		{
			name: "no mark after it, and a field of several lines before it",
			in:   "id,thread,user,text\n1,a,\"Ann\nLee\",\"Out.\n2,a,Bo,Other\n",
			want: `thread "a" ""
  0 1 "Ann\nLee"  reply to -1
    text "Out."
  1 2 "Bo"  reply to -1
    text "Other"
failure in:3: the quotation mark that opens a field in this line is not closed; the field is read up to the end of the line
`,
		},
		{
			name: "marks within fields, not doubled",
			in:   "id,thread,user,text\n1,a,Ann,He said \"out\".\n2,a,Bo,\"He \"said\" it.\"\n3,a,Cy,\"The \"third\" one,\n\nhe said\"\n4,a,\"\",\"\"\"Last\"\"\"\n",
			want: `thread "a" ""
  0 1 "Ann"  reply to -1
    text "He said \"out\"."
  1 2 "Bo"  reply to -1
    text "He \"said\" it."
  2 3 "Cy"  reply to -1
    text "The \"third\" one,\n\nhe said"
  3 4 ""  reply to -1
    text "\"Last\""
`,
		},
		{
			name: "fields that begin with a quotation mark and are in none",
			in:   "thread\tuser\ttext\na\tAnn\t\"Out\" was all, Bo.\na\tBo\tOther\na\tCy\t\"Third\", he \"said.\na\t\"Di\"\t\"So? \"Last\" so.\n",
			want: `thread "a" ""
  0  "Ann"  reply to -1
    text "\"Out\" was all, Bo."
  1  "Bo"  reply to -1
    text "Other"
  2  "Cy"  reply to -1
    text "\"Third\", he \"said."
  3  "\"Di\""  reply to -1
    text "\"So? \"Last\" so."
`,
		},
		{
			name: "a blank after each comma",
			in:   "thread, user, text\na, Ann, \"Out, now.\"\na, \"Bo\", \"Two\nlines, \"\"both\"\"\"\na, Cy,\n",
			want: `thread "a" ""
  0  "Ann"  reply to -1
    text "Out, now."
  1  "Bo"  reply to -1
    text "Two\nlines, \"both\""
  2  "Cy"  reply to -1
    text ""
`,
		},
		{
			name: "no blank after a comma of the header",
			in:   "thread, user,text\na, Ann, \"Out\" was all.\n",
			want: `thread "a" ""
  0  "Ann"  reply to -1
    text "\"Out\" was all."
`,
		},
		{
			name: "what parts the columns in a line of its own, as Excel writes it",
			in:   "\ufeff\"sep=;\"\r\n\r\nthread;user;text\r\na;Ann;Out, now, all, of, you.\r\na;Bo\r\n",
			want: `thread "a" ""
  0  "Ann"  reply to -1
    text "Out, now, all, of, you."
failure in:5: 2 columns where the header has 3
`,
		},
		{
			name: "no text",
			in:   "a;b\n1;2\n",
			want: "failure in:1: no column holds a text; the columns are a, b; --columns text=NAME names it\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := readAll(t, CSV{test.columns}, "in", test.in, Limits{})
			if diff := cmp.Diff(test.want, dump(threads, failures)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestCSVDates holds in what order the day and the month of a table's dates are
// read, and that a post whose date cannot be is read without one.
func TestCSVDates(t *testing.T) {
	for _, test := range []struct {
		name        string
		dates, want []string
		warning     string
	}{
		{
			name:  "nothing shows the order",
			dates: []string{"05/12/2020", "1/2/2020 15:04", "05-12-2020"},
			want:  []string{"2020-05-12 00:00", "2020-01-02 15:04", "2020-05-12 00:00"},
		},
		{
			name:  "a date below shows that the day comes first",
			dates: []string{"05/12/2020", "7/7/2020", "", "25/12/2020", "06/12/2020 3:04 PM", "2020-05-12", "05.12.2020"},
			want:  []string{"2020-12-05 00:00", "2020-07-07 00:00", "", "2020-12-25 00:00", "2020-12-06 15:04", "2020-05-12 00:00", "2020-12-05 00:00"},
		},
		{
			name:  "with hyphens",
			dates: []string{"25-12-2020, 15:04", "05-12-2020, 15:04"},
			want:  []string{"2020-12-25 15:04", "2020-12-05 15:04"},
		},
		{
			name:  "a slip among dates with the month first",
			dates: []string{"12/25/2020", "25/12/2020", "12/31/2020", "05/12/2020"},
			want:  []string{"2020-12-25 00:00", "2020-12-25 00:00", "2020-12-31 00:00", "2020-05-12 00:00"},
		},
		{
			name:    "dates that are none",
			dates:   []string{"05/12/2020", "31/02/2020", "25/25/2020", "the day after"},
			want:    []string{"2020-05-12 00:00", "", "", ""},
			warning: `times that cannot be read: 3, the first in line 3, "31/02/2020"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := "thread,date,text\n"
			for _, date := range test.dates {
				in += "a,\"" + date + "\",Out.\n"
			}
			threads, failures := readAll(t, CSV{}, "in", in, Limits{})
			if len(threads) != 1 || failures != nil {
				t.Fatal(dump(threads, failures))
			}
			var got []string
			for _, p := range threads[0].Posts {
				text := ""
				if !p.Time.IsZero() {
					text = p.Time.Format("2006-01-02 15:04")
				}
				got = append(got, text)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if warning := strings.Join(threads[0].Warnings, "\n"); warning != test.warning {
				t.Errorf("warning %q, want %q", warning, test.warning)
			}
		})
	}
}

// TestCSVLimit holds that a field that is not closed is given up at the limit.
func TestCSVLimit(t *testing.T) {
	in := "user,text\nAnn,\"Out.\n" + strings.Repeat("no row at all\n", 100) + "Bo,\"In.\"\n"
	threads, failures := readAll(t, CSV{}, "in", in, Limits{Line: 1000})
	if len(threads) != 2 || len(failures) != 2 || !strings.Contains(failures[1], "in:3: 1 columns where the header has 2; nor do the 99 rows after it fit") || !strings.HasPrefix(failures[0], "in:2: the quotation mark") {
		t.Errorf("%d threads, %d failures, first %q", len(threads), len(failures), failures[0])
	}
}

// TestSniff holds that each form is known by what it holds.
func TestSniff(t *testing.T) {
	for _, test := range []struct{ want, head string }{
		{"jsonl", `{"id":"1","text":"x"}` + "\n"},
		{"jsonl", "\ufeff  {\"text\":\"link_id and created_utc\"}"},
		{"reddit", `{"author":"a","body":"text","created_utc":1,"link_id":"t3_x"}`},
		{"reddit", `{"title":"a","selftext":"","created_utc":1,"subreddit":"b"}`},
		{"convokit", `{"id":"1","conversation_id":"1","text":"x","speaker":"a"}`},
		{"forum-dl", `{"generator": "forum-dl", "type": "post", "item": {"path": []}}`},
		{"mbox", "From noor@tigris.example Wed Jan  8 06:30:00 2020\nFrom: Noor <noor@tigris.example>\nSubject: x\n\ny"},
		{"mbox", "From: a@b.example (Ann)\nSubject: bases\nLines: 2\n\nOut.\n"},
		{"mbox", "Return-Path: <a@b.example>\r\nReceived: x\r\n\tby y\r\nFrom: a@b.example\r\nTo: c\r\n\r\nOut.\r\n"},
		{"html", "\n<!DOCTYPE html>\n<html><head>"},
		{"html", "<!-- saved from url=(0020)https://f.example/ -->\n<html>"},
		{"csv", "author,text\nAnn,Out\n"},
		{"csv", "id\tauthor\tbody\n1\tAnn\tOut\n"},
		{"csv", "\ufeffSEP=,\r\nauthor,text\r\nAnn,Out\r\n"},
		{"csv", "author,text\rAnn,Out\r"},
		{"text", "author, text.\rAnn.\rOut.\r"},
		{"text", "sep=none\nauthor, text.\nAnn, out.\n"},
		{"text", "From: the river\nto the sea\n"},
		{"text", "Dear author, the text of your comment, Sir, is wrong.\nYours"},
		{"jsonl", "lose it.\"}\n{\"text\":\"Never.\"}\n{\"text\":\"Ever.\"}\n{\"te"},
		{"jsonl", "{}\n{\"text\":\"Never.\"}\n"},
		{"jsonl", "null\n\n{\"text\":\"Never.\"}"},
		{"jsonl", "# posts of May\n// all\n{\"text\":\"Never.\"}\n"},
		{"jsonl", "{\"text\":\"Clos\n{\"text\":\"Never.\"}\n"},
		{"reddit", "{\"a\":[]}],\"score\":3}\n{\"author\":\"a\",\"body\":\"text\",\"created_utc\":1,\"link_id\":\"t3_x\"}\n"},
		{"convokit", "ann\"}\n{\"id\":\"1\",\"conversation_id\":\"1\",\"text\":\"x\",\"speaker\":\"a\"}\n"},
		{"text", "{curly} braces\n"},
		{"text", "[3/12/24, 7:03:11\u202fPM] Maya: {\"text\":1}\n[3/12/24, 7:04:11\u202fPM] Omar: b\n"},
		{"text", "mike: Out, now.\nann: Never, author, text.\n"},
		{"text", "Noor wrote:\n{\"text\":\"Never.\"}\n"},
		{"text", "# Posts\n{\"text\":\"Never.\"}\nis what I get.\n"},
		{"text", "void close() { now(); }\n{\"text\":\"Never.\"}\nwhat is that?"},
		{"text", "# One\n2\n3\n"},
		{"text", "{}\n"},
		{"text", "From the desk of Noor Ali at 10:30\n"},
		{"text", ""},
	} {
		format, err := find([]byte(test.head), Options{})
		if err != nil || format.Name() != test.want {
			t.Errorf("%q is taken for %v (%v), want %s", test.head, format, err, test.want)
		}
	}
}

// TestSniffNamed holds that an input is known for a table by the columns that
// are named, though one of them is not there, and that other text is not.
func TestSniffNamed(t *testing.T) {
	for _, test := range []struct{ want, head, text, author string }{
		{"csv", "Wer;Was;Wann\nAnn;Raus!;2020\n", "Was", "Wer"},
		{"csv", "Wer;Was;Wann\nAnn;Raus!;2020\n", "Wass", "Wer"},
		{"csv", "Username,Body\nAnn,Out.\n", "Bodyy", ""},
		{"csv", "Username,Msg,Date\nAnn,Out.,2020\n", "", "Usr"},
		{"csv", "Was;Wann\nRaus!;2020\n", "Was", ""},
		{"text", "Well, no.\nThey came, and they went.\n", "Body", ""},
		{"text", "Author\tMessage\nNoor\nPosted: Wed Jan 8\n", "Body", ""},
		{"mbox", "From: a@b.example (Ann)\nSubject: bases, roads\n\nOut, I say.\n", "Body", ""},
	} {
		columns := map[string]string{}
		if test.text != "" {
			columns["text"] = test.text
		}
		if test.author != "" {
			columns["author"] = test.author
		}
		format, err := find([]byte(test.head), Options{Columns: columns})
		if err != nil || format.Name() != test.want {
			t.Errorf("%q with the columns %v is taken for %v (%v), want %s", test.head, columns, format, err, test.want)
		}
	}
}

func write(t testing.TB, dir, name, content string) string {
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
