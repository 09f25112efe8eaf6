package thread

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/lexicon"
)

// fuzzLimits are small, so that the fuzzer reaches them.
var fuzzLimits = Limits{Bytes: 1 << 22, Ratio: 100, Line: 1 << 16, Nesting: 8, Posts: 1000}

// fuzzTime is what one input of the fuzzer may take: far more than any of its
// size needs, so that what takes longer grows faster than it should.
const fuzzTime = 10 * time.Second

// fuzzFormat holds that a reader neither panics nor hangs nor breaks its
// promises, on whatever it is given, and that it gives the same however its input
// comes in pieces.
func fuzzFormat(f *testing.F, format Format, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		start := time.Now()
		defer func() {
			if took := time.Since(start); took > fuzzTime {
				t.Errorf("%d bytes took %v", len(data), took)
			}
		}()
		format.Sniff(data)
		read := func(r io.Reader) (threads []*Thread, failures []string) {
			for thread, err := range format.Read(Source{Path: "in", Reader: r, Limits: fuzzLimits}) {
				if err != nil {
					failures = append(failures, err.Error())
					continue
				}
				threads = append(threads, thread)
			}
			return threads, failures
		}
		threads, failures := read(bytes.NewReader(data))
		again, failuresAgain := read(iotest.HalfReader(bytes.NewReader(data)))
		if diff := cmp.Diff(threads, again) + cmp.Diff(failures, failuresAgain); diff != "" {
			t.Errorf("in pieces it is read otherwise: %s", diff)
		}
		for _, thread := range threads {
			checkThread(t, thread)
			// What a reader marks, the segmenter builds on.
			segmenter := Segmenter{News: &lexicon.Default().News}
			segmenter.Segment(thread)
			checkThread(t, thread)
			checkCovered(t, thread)
		}
	})
}

// checkCovered holds that all of a segmented thread but white space, as anyone
// understands that, is in a segment.
func checkCovered(t *testing.T, thread *Thread) {
	for i, p := range thread.Posts {
		at := 0
		for _, s := range append(p.Segments, Segment{Span: Span{len(p.Text), len(p.Text)}}) {
			if gap := p.Text[at:s.Start]; strings.TrimSpace(gap) != "" {
				t.Fatalf("post %d: %q is in no segment", i, gap)
			}
			at = s.End
		}
	}
}

func FuzzJSONLines(f *testing.F) {
	fuzzFormat(f, JSONLines{}, twoPosts,
		`{"id":17,"thread":4,"time":1578465000,"reply_to":null,"text":"x \ud83d \u0000"}`,
		`{"id":"p","text":"Winner? No.","stance":{"Trump":"against"},"tone":"negative","year":2016,"context":["a"],"targets":["Iran",{"name":"Winner","start":0,"end":6,"label":"favor"}]}`,
		`{"text":"a","parent":"b","context":[[[[1]]]]}`,
		`{"text":"&gt; a\n>> b\n>\n[quote=a]b [QUOTE]c[/quote]<blockquote>d</quote></blockquote> e\n[quote]f\n[quote]\ng[quote/]"}`,
		`{"text":"a","time":"the day after"}`, "x\"}\n{}\n# a\n"+twoPosts)
}

func FuzzReddit(f *testing.F) {
	fuzzFormat(f, Reddit{},
		`{"id":"s2","title":" T","selftext":"&gt; q","created_utc":1578465000,"is_self":false,"domain":"a.example","url":"https://a.example/b.html?c","post_hint":"link"}`,
		`{"id":"s1","author":"E","title":"T","selftext":"&gt; q\nx\n\ny","created_utc":1578465000}`+"\n"+
			`{"id":"c1","author":"f","body":"&gt; q\n\nno","created_utc":"1578465900","link_id":"t3_s1","parent_id":"t3_s1"}`)
}

func FuzzConvoKit(f *testing.F) {
	fuzzFormat(f, ConvoKit{}, `{"id":"1","conversation_id":"1","text":"a","speaker":{"id":"b"},"reply-to":"1","timestamp":1.5}`)
}

func FuzzForumDL(f *testing.F) {
	fuzzFormat(f, ForumDL{}, `{"generator":"forum-dl","type":"post","item":{"path":["2"],"subpath":["1","2"],"content":"<blockquote>a</blockquote>b<br>c"}}`)
}

func FuzzCSV(f *testing.F) {
	fuzzFormat(f, CSV{}, "id,thread,author,time,text\n1,a,Ann,2020-01-08,\"x\ny\"\n2,a,B\n", "text\tuser\n\"\"\"\tb\n", "text,user\n"+strings.Repeat("a,\"\"\"\n", 300), "text,user\n"+strings.Repeat("\"\n", 999), "text,user\n"+strings.Repeat("\"a\"b,c\n", 999), "text,user\ra,\"b\rc\"\r\"d,e\r", "time,text\n05/12/2020,a\n25/12/2020,b\n31/02/2020,c\n")
}

func FuzzMail(f *testing.F) {
	fuzzFormat(f, Mail{},
		"From a@b Wed Jan  8 06:30:00 2020\nFrom: =?utf-8?q?N=C3=B4?= <a@b>\nMessage-ID: <1@b>\nSubject: Re: x\n\n>> a\n> b\nc\n-- \nd\n\nFrom a@b Wed Jan  8 06:31:00 2020\nFrom: c\nReferences: <1@b>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x\n--b--\n",
		"From: a@b.example (Ann)\nSubject: y\nContent-Type: text/plain; format=flowed; charset=koi8-r\nContent-Transfer-Encoding: base64\n\neA==\n",
		answered+"No.\n-- \nB\n\n----- Original Message ----- From: x\nSent: y\nTo: z\n\n> a\n\n__________________________\nFrom: x\nDate: y\nTo: z\n\nw\n\nOn 1:23 x@y wrote:\n\nv\n",
		answered+"No.\n\nOn Wed, 6:30 noor@tigris.example wrote:\nThey should close the base this year.\n\nFrom: x\nDate: y\nTo: z\n\nYes.\n",
		"From: a@b\nSubject: y\n\nhi\n    Noor wrote:\n> a\n\nhello\n\nBo wrote:\n  \u200b\n  \u200b\n")
}

func FuzzHTML(f *testing.F) {
	pages, _ := filepath.Glob("../testdata/threads/html/*.html")
	more, _ := filepath.Glob("testdata/html/*.html")
	var seeds []string
	for _, page := range append(pages, more...) {
		data, err := os.ReadFile(page)
		if err != nil {
			f.Fatal(err)
		}
		seeds = append(seeds, string(data))
	}
	fuzzFormat(f, HTML{}, seeds...)
}

// FuzzOpen fuzzes what inputs are packed in, and how their form is found.
func FuzzOpen(f *testing.F) {
	for _, seed := range []string{
		twoPosts, gzipped(f, twoPosts), zstded(f, twoPosts), bzipped, tarred(f, "a", twoPosts, "b.html", "<html>x"), tarred(f, "a/utterances.jsonl", `{"id":"1","conversation_id":"1","text":"a","speaker":"b"}`, "a/conversations.json", `{"1":{"title":"c"}}`, "b/index.json", twoPosts),
		zipped(f, "a", twoPosts, "b", "From: a\nSubject: b\n\nc"), "a text", "\xff\xfea\x00",
		"\xff\xfea\x00,\x00t\x00e\x00x\x00t\x00\n\x00b\x00,\x00\x3d\xd8", "user,text\nZo\xeb,They don\x92t.\n",
		zstded(f, zstdWith(28, twoPosts)), tarred(f, "a", twoPosts)[:700], encrypted(zipped(f, "a", twoPosts)),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		threads, failures := readPaths(t, Options{Stdin: bytes.NewReader(data), Limits: fuzzLimits}, "-")
		again, failuresAgain := readPaths(t, Options{Stdin: iotest.HalfReader(bytes.NewReader(data)), Limits: fuzzLimits}, "-")
		if diff := cmp.Diff(threads, again) + cmp.Diff(failures, failuresAgain); diff != "" {
			t.Errorf("in pieces it is read otherwise: %s", diff)
		}
	})
}
