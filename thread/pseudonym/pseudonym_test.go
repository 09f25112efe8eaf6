package pseudonym_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
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
	if noor == p.Name("nOOR") || noor == ali || !strings.HasPrefix(noor, "user") || len(noor) != 16 {
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

// TestQuoted holds that whom a post quotes by name is replaced in all the texts of its
// thread, though nobody of that name posts in it.
func TestQuoted(t *testing.T) {
	p := load(t, "0123456789abcdef0123456789abcdef")
	p.Keep = func(name string) bool {
		return slices.Contains([]string{"Iran", "Hope", "Bush", "George", "you"}, name)
	}
	p.Public = func(name string) bool { return name == "Reuters" }
	one := p.Name("1@a.example")
	for _, test := range []struct{ text, want, name string }{
		{"Keel_88 wrote:\n> Close it.\nYes. KEEL_88 is right.", "NAME wrote:\n> Close it.\nYes. NAME is right.", "Keel_88"},
		{"Keel_88 said: ↑\nClose it.\nClick to expand...", "NAME said: ↑\nClose it.\nClick to expand...", "Keel_88"},
		{"[quote=Keel_88]Close it.[/quote] No. Keel_88 is wrong.", "[quote=NAME]Close it.[/quote] No. NAME is wrong.", "Keel_88"},
		{`[QUOTE="Keel Row, post: 1, member: 3"]Close it.[/QUOTE] Keel Row!`, `[QUOTE="NAME, post: 1, member: 3"]Close it.[/QUOTE] NAME!`, "Keel Row"},
		{"Originally Posted by Keel Row View Post\nClose it.\n\nNo, Keel Row.", "Originally Posted by NAME View Post\nClose it.\n\nNo, NAME.", "Keel Row"},
		{"> (02-03-2025, 10:14 AM)Keel Wrote: \n> Close it.\n\nKeel?", "> (02-03-2025, 10:14 AM)NAME Wrote: \n> Close it.\n\nNAME?", "Keel"},
		{"Quote from: Keel on February 03, 2025, 10:14:00 AM\nClose it.", "Quote from: NAME on February 03, 2025, 10:14:00 AM\nClose it.", "Keel"},
		{"On Mon, Mar 4, 2024 at 9:12 AM Anna Reed wrote:\n> Close it.\nAnna Reed errs.", "On Mon, Mar 4, 2024 at 9:12 AM NAME wrote:\n> Close it.\nNAME errs.", "Anna Reed"},
		{"Am 4. März 2024 um 9:12 Uhr schrieb Anna Reed:\n> Weg damit.", "Am 4. März 2024 um 9:12 Uhr schrieb NAME:\n> Weg damit.", "Anna Reed"},
		{"|> >1@a.example (Anna\n|> >Reed) wrote:\n|> >> Close it.\nAnna Reed errs.", "|> >" + one + " (NAME) wrote:\n|> >> Close it.\nNAME errs.", "Anna Reed"},
		// A word is replaced where the user is meant, and no pronoun is a name.
		{"[quote=Hope]Close it.[/quote] I hope so.", "[quote=NAME]Close it.[/quote] I hope so.", "Hope"},
		{"George Bush wrote:\n> Close it.\nGeorge Bush errs.", "NAME wrote:\n> Close it.\nGeorge Bush errs.", "George Bush"},
		{"Reuters wrote:\n> Close it.\nReuters again.", "Reuters wrote:\n> Close it.\nReuters again.", ""},
		{"As he said:\n> Close it.\nHe lies.", "As he said:\n> Close it.\nHe lies.", ""},
		{"The mayor wrote:\n> Close it.\nThe mayor lies.", "The mayor wrote:\n> Close it.\nThe mayor lies.", ""},
	} {
		th := &thread.Thread{Posts: []thread.Post{{Author: "gil", Text: test.text}, {Author: "noor", Text: "So says " + test.name + "_, not gill."}}}
		p.Apply(th)
		if got, want := th.Posts[0].Text, strings.ReplaceAll(test.want, "NAME", p.Name(test.name)); got != want {
			t.Errorf("%q is\n%q, want\n%q", test.text, got, want)
		}
		if got, want := th.Posts[1].Text, "So says "+test.name+"_, not gill."; got != want {
			t.Errorf("%q is %q", want, got)
		}
	}
}

// TestUnspaced holds that a name in a script that is written without spaces is found
// between other letters.
func TestUnspaced(t *testing.T) {
	p := load(t, "0123456789abcdef0123456789abcdef")
	for _, test := range []struct{ name, text, want string }{
		{"山田太郎", "山田太郎さん、@山田太郎は。しかし山田太郎", "NAMEさん、@NAMEは。しかしNAME"},
		{"田中", "田中さんは", "NAMEさんは"},
		{"田", "田中さん", "田中さん"},
		{"みどり", "あのみどりだ", "あのNAMEだ"},
		{"ヨーコー", "ヨーコー様", "NAME様"},
		{"สมชาย", "คุณสมชายพูด", "คุณNAMEพูด"},
		{"ສົມສັກ", "ທ່ານສົມສັກເວົ້າ", "ທ່ານNAMEເວົ້າ"},
		{"សុខា", "លោកសុខាថា", "លោកNAMEថា"},
		{"မောင်", "ကိုမောင်က", "ကိုNAMEက"},
		{"Keel", "Keelさん、Keeling", "NAMEさん、Keeling"},
		{"Ким", "Кимом", "Кимом"},
	} {
		th := &thread.Thread{Posts: []thread.Post{{Author: test.name, Text: test.text}}}
		p.Apply(th)
		if got, want := th.Posts[0].Text, strings.ReplaceAll(test.want, "NAME", p.Name(test.name)); got != want {
			t.Errorf("%s in %q is %q, want %q", test.name, test.text, got, want)
		}
	}
}

// TestLetterCase holds that users whose names differ in letter case alone stay apart.
func TestLetterCase(t *testing.T) {
	p := load(t, "0123456789abcdef0123456789abcdef")
	th := &thread.Thread{Posts: []thread.Post{
		{Author: "Bob", Text: "I am Bob, not bob."},
		{Author: "bob", Text: "u/Bob and @bob, and BOB."},
		{Author: "Keel", Text: "KEEL wrote:\n> keel, @keel."},
	}}
	p.Apply(th)
	upper, lower, keel := p.Name("Bob"), p.Name("bob"), p.Name("Keel")
	for i, want := range []thread.Post{
		{Author: upper, Text: "I am " + upper + ", not " + lower + "."},
		{Author: lower, Text: "u/" + upper + " and @" + lower + ", and " + p.Name("BOB") + "."},
		{Author: keel, Text: keel + " wrote:\n> " + keel + ", @" + keel + "."},
	} {
		if got := th.Posts[i]; got.Author != want.Author || got.Text != want.Text {
			t.Errorf("post %d is by %q:\n%q, want %q:\n%q", i, got.Author, got.Text, want.Author, want.Text)
		}
	}
}

// TestNoNameIsLeft puts names of many kinds wherever a thread has them.
func TestNoNameIsLeft(t *testing.T) {
	p := load(t, "0123456789abcdef0123456789abcdef")
	names := []string{"Keel_88", "anna reed", "Dr. Ö-Neill", "山田太郎", "Ким", "สมชาย", "x.y-z", "Row, Keel"}
	forms := []string{
		"%s", "(%s)", "As %s has it,", "“%s”", "@%s", "%s's", "%s wrote:\n> No.\n%[1]s errs.", "[quote=%s]No.[/quote]\n\n%[1]s errs.",
		"[quote=\"%s, post: 1\"]No.[/quote] %[1]s!", "Originally posted by %s\nNo.\n\n%[1]s errs.", "In article <1@host.example> a@host.example (%s) writes:\n> No.\n%[1]s errs.",
		"On Mon, 4 Mar 2024 at 9:12, \"%s\" <a@host.example> wrote:\n> No.\n%[1]s errs.", "From: \"%s\" <a@host.example>\n\n%[1]s errs.",
	}
	for _, name := range names {
		for _, form := range forms {
			text := fmt.Sprintf(form, name)
			threads := []*thread.Thread{{ID: "1", Title: text, Posts: []thread.Post{{ID: "of_" + name + "_1", Author: name, ReplyTo: thread.None, Text: text}}}}
			if quotes := strings.Contains(form, "%[1]s"); quotes && !(name == "Row, Keel" && strings.HasPrefix(form, "%s wrote")) {
				threads = append(threads, &thread.Thread{ID: "2", Posts: []thread.Post{{Author: "gil", ReplyTo: thread.None, Text: text}}})
			}
			for _, th := range threads {
				p.Apply(th)
				threadtest.Check(t, th)
			}
			if left := threadtest.Dump(threads, nil); strings.Contains(left, name) {
				t.Errorf("%q is left of %q in\n%s", name, text, left)
			}
		}
	}
}

// TestReplace holds that users are found in the names of files.
func TestReplace(t *testing.T) {
	p := load(t, "0123456789abcdef0123456789abcdef")
	p.Keep = func(name string) bool { return name == "Iran" }
	users := map[string]struct{}{}
	for _, name := range []string{"Keel", "Keel Row", "tide_7", "山田", "Iran", "x"} {
		users[p.Name(name)] = struct{}{}
	}
	for text, want := range map[string]string{
		"out/Keel.jsonl":              "out/" + p.Name("Keel") + ".jsonl",
		"Keel Row_tide_7-2.txt":       p.Name("Keel Row") + "_" + p.Name("tide_7") + "-2.txt",
		"山田さん.txt":                    p.Name("山田") + "さん.txt",
		"Keeling/Iran/x.txt":          "Keeling/Iran/x.txt",
		"\xffKeel: no such file or a": "\xff" + p.Name("Keel") + ": no such file or a",
		"":                            "",
	} {
		if got := p.Replace(text, users); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
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
	f.Add("Noor", "noor", "NOOR wrote:\n> [quote=Ali]\nnoor")
	f.Add("山田 太郎", "Noor Ali", "a@b.cd (Noor\n> Ali) writes:\n>> 山田\n太郎さん")
	p := load(f, "0123456789abcdef0123456789abcdef")
	f.Fuzz(func(t *testing.T, a, b, text string) {
		text, a, b = strings.ToValidUTF8(text, "?"), strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?")
		below := strings.IndexByte(text, '\n') + 1
		segments := thread.AppendSegment(thread.AppendSegment(nil, text, thread.Chrome, 0, below), text, thread.Own, below, len(text))
		thread := &thread.Thread{Posts: []thread.Post{{Author: a, ReplyTo: thread.None, Text: text}, {Author: b, Index: 1, ReplyTo: thread.None, Text: text, Segments: segments, Targets: []thread.Target{{Name: text}, {Name: a}}}}}
		p.Apply(thread)
		threadtest.Check(t, thread)
		if posts := thread.Posts; (posts[0].Author == posts[1].Author) != (a == b) {
			t.Errorf("%q is %q, and %q is %q", a, posts[0].Author, b, posts[1].Author)
		}
		if targets := thread.Posts[1].Targets; targets[0].Name != thread.Posts[0].Text {
			t.Errorf("target %q and text %q were one", targets[0].Name, thread.Posts[0].Text)
		}
	})
}
