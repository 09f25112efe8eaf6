package suggest_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unsafe"
	"weak"

	"threadstance/analyze/suggest"
	"threadstance/lexicon"
	"threadstance/thread"
)

func posts(texts ...string) *thread.Thread {
	t := &thread.Thread{ID: "t"}
	for i, text := range texts {
		t.Posts = append(t.Posts, thread.Post{Index: i, ReplyTo: thread.None, Text: text})
	}
	return t
}

func count(t *testing.T, threads ...*thread.Thread) *suggest.Counter {
	t.Helper()
	c, err := suggest.NewCounter(lexicon.Default())
	if err != nil {
		t.Fatal(err)
	}
	for _, th := range threads {
		c.Add(th)
	}
	return c
}

func TestSuggestions(t *testing.T) {
	c := count(t, // the last of the three posts on Merkel uses both of her names
		posts("I think that Angela Merkel spoke to Putin in Moscow about the war.",
			"We all know what Merkel said, and what Putin said to Trump about Iran.",
			"They went to Moscow because Angela Merkel asked them to, and I say that Merkel was right."),
		posts("The people in Moscow never liked Putin or the Pentagon."))
	got := map[string]suggest.Suggestion{}
	for _, s := range c.Suggestions(2) {
		got[s.Name] = s
	}
	if s := got["Angela Merkel"]; s.Posts != 3 || strings.Join(s.Names, ", ") != "Angela Merkel, Merkel" || s.Kind != "person" {
		t.Errorf("Merkel: %+v", s)
	}
	if s := got["Moscow"]; s.Posts != 3 || s.Threads != 2 || s.Kind != "state" {
		t.Errorf("Moscow: %+v", s)
	}
	for _, known := range []string{"Trump", "Iran", "Pentagon", "US"} {
		if s, ok := got[known]; ok {
			t.Errorf("the lexicon covers %s: %+v", known, s)
		}
	}
}

// TestKeepsNothingOfPosts holds that what is counted stays as it was when other
// posts come, and does not hold the posts in memory.
func TestKeepsNothingOfPosts(t *testing.T) {
	long := posts("They met Angela Merkel in Berlin and nobody else, " + strings.Repeat("and so on ", 100) + ".")
	post := weak.Make(unsafe.StringData(long.Posts[0].Text))
	c := count(t, long)
	for range 3 {
		c.Add(posts("He wants to see Angela Merkel in Québec, and not in Berlin.", "in québec, québec, québec it is."))
	}
	c.Add(posts("Über naïve, and à la carte in Berlin, " + strings.Repeat("as they say ", 200) + "."))
	for _, s := range c.Suggestions(1) {
		if s.Name == "Québec" {
			t.Errorf("a word that stands in lower case as often is taken for a name: %+v", s)
		}
	}
	runtime.GC()
	if post.Value() != nil {
		t.Error("the text of a post is held in memory")
	}
	runtime.KeepAlive(c)
}

// TestWrite holds that what is written is a lexicon.
func TestWrite(t *testing.T) {
	c := count(t, posts("He met Angela \u202e Merkel in \x1bBerlin on a day \x1b[31m with Angela Merkel.", "She saw Angela\aMerkel in Berlin \u202e\x1b[31m then."))
	folder := t.TempDir()
	file, err := os.Create(filepath.Join(folder, "actors.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := suggest.Write(file, c.Suggestions(1)); err != nil {
		t.Fatal(err)
	}
	file.Close()
	data, _ := os.ReadFile(file.Name())
	if strings.ContainsAny(string(data), "\x1b\u202e") {
		t.Errorf("escapes are written: %q", data)
	}
	lex, err := lexicon.Load(folder)
	if err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if lex.Actor("Angela Merkel") < 0 {
		t.Errorf("no Merkel in\n%s", data)
	}
}

func FuzzAdd(f *testing.F) {
	f.Add("Angela Merkel’s\n\n“Berlin” — U.S.A.")
	c, err := suggest.NewCounter(lexicon.Default()) // one, since making it takes long
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "")
		c.Add(posts("In "+text, text))
		c.Suggestions(1)
	})
}
