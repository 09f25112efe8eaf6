package pseudonym_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"threadstance/thread"
	"threadstance/thread/pseudonym"
	"threadstance/thread/read"
	"threadstance/thread/threadtest"
)

func load(t testing.TB, key string) *pseudonym.Names {
	p, err := pseudonym.Load(threadtest.Write(t, t.TempDir(), "key", key+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestNames(t *testing.T) {
	p := load(t, "0123456789abcdef0123456789abcdef")
	p.Keep = func(name string) bool { return name == "Iran" || name == "@realDonaldTrump" }
	noor, ali, iran, gil := p.Name("Noor"), p.Name("Noor Ali"), p.Name("Iran"), p.Name("gil_7")
	if noor != p.Name(" nOOR ") || noor == ali || !strings.HasPrefix(noor, "user") || len(noor) != 16 {
		t.Fatalf("names %q %q", noor, ali)
	}
	th := &thread.Thread{
		ID: "1@host.example", Title: "Noor's question",
		Names: []string{"Elsewhere"},
		Posts: []thread.Post{
			{Author: "Noor", Text: "I ask Noor Ali and @gil_7, u/gil_7 not @realDonaldTrump: write noor@tigris.example. Noorish! Elsewhere?"},
			{
				Author: "Noor Ali", Text: "Noor said:\nIran wrote: yes\nIran is wrong, NOOR.",
				Segments: []thread.Segment{{Kind: thread.Chrome, Span: thread.Span{Start: 0, End: 10}, QuoteOf: thread.None}, {Kind: thread.Quote, Span: thread.Span{Start: 11, End: 26}, QuoteOf: thread.None}, {Kind: thread.Own, Span: thread.Span{Start: 27, End: 47}, QuoteOf: thread.None}},
				Targets:  []thread.Target{{Name: "Iran", Span: thread.Span{Start: 27, End: 31}}, {Name: "x"}, {Name: "noor"}, {Name: "the friends of Noor Ali"}},
				Labels:   &thread.Labels{Stance: []thread.Target{{Name: "Iran", Label: "against"}, {Name: "Noor", Label: "favor"}}},
			},
			{Author: "Iran", Text: "No names."},
			{Author: "", Text: "é"},
		},
	}
	p.Apply(th)
	for i, want := range []string{
		"I ask " + ali + " and @" + gil + ", u/" + gil + " not @realDonaldTrump: write " + p.Name("noor@tigris.example") + ". Noorish! " + p.Name("Elsewhere") + "?",
		noor + " said:\n" + iran + " wrote: yes\nIran is wrong, " + noor + ".",
		"No names.",
		"é",
	} {
		if got := th.Posts[i].Text; got != want {
			t.Errorf("post %d is\n%q, want\n%q", i, got, want)
		}
	}
	titled := &thread.Thread{ID: "the base of Noor", Posts: []thread.Post{{Author: "Noor", Text: "a"}}}
	if p.Apply(titled); titled.ID != "the base of "+noor {
		t.Errorf("thread %q names a user", titled.ID)
	}
	identified := &thread.Thread{ID: "noor-1", Posts: []thread.Post{{ID: "noor-1", Author: "Noor"}, {ID: "post_NOOR_ALI_2", Author: "Noor Ali"}, {ID: "gil_7.3", Author: "gil_7"}, {ID: "iran/4", Author: "Iran"}, {ID: "Noorish5"}}}
	p.Apply(identified)
	if identified.ID != noor+"-1" {
		t.Errorf("thread %q names a user", identified.ID)
	}
	for i, want := range []string{noor + "-1", "post_" + noor + "_ALI_2", gil + ".3", iran + "/4", "Noorish5"} {
		if got := identified.Posts[i].ID; got != want {
			t.Errorf("post %d has the id %q, want %q", i, got, want)
		}
	}
	second := th.Posts[1]
	for i, want := range []string{noor + " said:", iran + " wrote: yes", "Iran is wrong, " + noor + "."} {
		if got := second.Segments[i].Of(second.Text); got != want {
			t.Errorf("segment %d is %q, want %q", i, got, want)
		}
	}
	if got := second.Targets[0].Span.Of(second.Text); got != "Iran" || second.Targets[1].Span != (thread.Span{}) {
		t.Errorf("the targets moved to %q and %v", got, second.Targets[1].Span)
	}
	for i, want := range []string{"Iran", "x", noor, "the friends of " + ali} {
		if got := second.Targets[i].Name; got != want {
			t.Errorf("target %d is %q, want %q", i, got, want)
		}
	}
	if got := second.Labels.Stance; got[0].Name != "Iran" || got[1].Name != noor || got[1].Label != "favor" {
		t.Errorf("the stances are toward %+v", got)
	}
	if second.Author != ali || th.Posts[3].Author != "" || th.Title != noor+"'s question" || strings.Contains(th.ID, "host") {
		t.Errorf("authors %q, %q, title %q, thread %q", second.Author, th.Posts[3].Author, th.Title, th.ID)
	}
	if load(t, "another key of some length").Name("Noor") == noor {
		t.Error("the key makes no difference")
	}
}

// TestNamesOfPages holds that no name of a page is left over.
func TestNamesOfPages(t *testing.T) {
	p := load(t, "0123456789abcdef0123456789abcdef")
	pages, _ := filepath.Glob("../../testdata/threads/html/*.html")
	for _, page := range pages {
		threads, _ := threadtest.Paths(t, read.Options{}, page)
		for _, th := range threads {
			names := append([]string(nil), th.Names...)
			for _, post := range th.Posts {
				names = append(names, post.Author)
			}
			p.Apply(th)
			threadtest.Check(t, th)
			left := threadtest.Dump([]*thread.Thread{th}, nil)
			for _, name := range names {
				if len(name) > 2 && strings.Contains(left, name) {
					t.Errorf("%s: %q is left in\n%s", page, name, left)
				}
			}
		}
	}
}

// TestNamesOfManyUsers holds that the time does not grow with the users
// times the text, nor with the names in a text times its segments.
func TestNamesOfManyUsers(t *testing.T) {
	const users = 20_000
	p := load(t, "0123456789abcdef0123456789abcdef")
	th := &thread.Thread{}
	var all strings.Builder
	last := thread.Post{}
	for i := range users {
		name := fmt.Sprintf("anna%dx", i)
		th.Posts = append(th.Posts, thread.Post{Author: name, Text: "Anna and another agree with " + strings.ToUpper(name) + ", and I am astonished."})
		start := all.Len()
		all.WriteString(name + " said:\n")
		last.Segments = append(last.Segments, thread.Segment{Kind: thread.Chrome, Span: thread.Span{Start: start, End: all.Len() - 1}, QuoteOf: thread.None})
	}
	last.Text = all.String()
	th.Posts = append(th.Posts, last)
	start := time.Now()
	p.Apply(th)
	if took := time.Since(start); took > 2*threadtest.MaxTime {
		t.Errorf("%d users took %v", users, took)
	}
	for i := range users {
		pseudonym := th.Posts[i].Author
		if got, want := th.Posts[i].Text, "Anna and another agree with "+pseudonym+", and I am astonished."; got != want {
			t.Fatalf("post %d is %q, want %q", i, got, want)
		}
		if got := th.Posts[users].Segments[i].Of(th.Posts[users].Text); got != pseudonym+" said:" {
			t.Fatalf("segment %d is %q", i, got)
		}
	}
}

func TestKey(t *testing.T) {
	if _, err := pseudonym.Load(filepath.Join(t.TempDir(), "none")); err == nil || !os.IsNotExist(unwrapAll(err)) {
		t.Errorf("no key: %v", err)
	}
	if _, err := pseudonym.Load(threadtest.Write(t, t.TempDir(), "key", "short\n")); err == nil || !strings.Contains(err.Error(), "openssl rand") || strings.Contains(err.Error(), "short\n") {
		t.Errorf("a short key: %v", err)
	}
}

func unwrapAll(err error) error {
	for {
		u, ok := err.(interface{ Unwrap() error })
		if !ok {
			return err
		}
		if _, ok := err.(*os.PathError); ok {
			return err
		}
		err = u.Unwrap()
	}
}

func FuzzNames(f *testing.F) {
	f.Add("Noor", "Ali", "Noor said: @noor a@b.cd\n\nAli u/x")
	p := load(f, "0123456789abcdef0123456789abcdef")
	f.Fuzz(func(t *testing.T, a, b, text string) {
		text, a, b = strings.ToValidUTF8(text, "?"), strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?")
		below := strings.IndexByte(text, '\n') + 1
		segments := thread.AppendSegment(thread.AppendSegment(nil, text, thread.Chrome, 0, below), text, thread.Own, below, len(text))
		thread := &thread.Thread{Posts: []thread.Post{{Author: a, ReplyTo: thread.None, Text: text}, {Author: b, Index: 1, ReplyTo: thread.None, Text: text, Segments: segments, Targets: []thread.Target{{Name: text}, {Name: a}}}}}
		p.Apply(thread)
		threadtest.Check(t, thread)
		if targets := thread.Posts[1].Targets; targets[0].Name != thread.Posts[0].Text {
			t.Errorf("target %q and text %q were one", targets[0].Name, thread.Posts[0].Text)
		}
	})
}
