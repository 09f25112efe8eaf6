package analyze

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"threadstance/analyze/stance"
	"threadstance/lexicon"
	"threadstance/thread"
)

func FuzzFields(f *testing.F) {
	f.Add("Yanks need to  go\nhome\u00a0now\u2003and\x85so on \xff\xc2 ")
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := fields(s), len(strings.Fields(s)); got != want {
			t.Errorf("%d fields in %q, want %d", got, s, want)
		}
	})
}

// TestFieldsOfEachByte puts every byte at every place among eight.
func TestFieldsOfEachByte(t *testing.T) {
	for b := range 256 {
		for at := range 8 {
			for _, around := range []string{"aaaaaaaa", "        "} {
				s := around[:at] + string([]byte{byte(b)}) + around[at+1:] + around
				if got, want := fields(s), len(strings.Fields(s)); got != want {
					t.Errorf("%d fields in %q, want %d", got, s, want)
				}
			}
		}
	}
}

// TestThreadStops holds that no work is done for posts that nobody asks for:
// an interrupt is not to wait for the rest of a long thread.
func TestThreadStops(t *testing.T) {
	analyzer, err := New(lexicon.Default(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	long := &thread.Thread{Posts: []thread.Post{
		{Index: 0, ReplyTo: thread.None, Text: "The US should go home."},
		{Index: 1, ReplyTo: thread.None, Text: "It stays."},
	}}
	analyzer.Worker().Thread(long, func(*Result) bool { return false })
	if long.Posts[0].Segments == nil || long.Posts[1].Segments != nil {
		t.Errorf("segments %v and %v, want those of the first post alone", long.Posts[0].Segments, long.Posts[1].Segments)
	}
}

// FuzzThread holds that any text can be analyzed, by each engine, that what is told
// of it lies in it, and that it is the same whatever the worker did before.
func FuzzThread(f *testing.F) {
	for _, text := range []string{
		"Trump lies http://…",
		"Trump lies http://www./x",
		"Trump lies http://😀",
		"Putin's a LIAR, isn't he?! \"Hands off Iran,\" they say… #NoWar @POTUS :-(",
		"harbour said:\n> The US can't win in Iraq.\nIt can't, and shouldn't ʼn't 'tis.\u2028U.S. out!",
		"TEHRAN (Reuters) - Iran’s president said on Monday that the Americans must go.\n\nGood riddance.",
	} {
		f.Add("Troops in Iraq", text, "I agree with that. Trump is a hero, unlike you.", "the ferry company")
	}
	var workers []*Worker
	for _, options := range []Options{{}, {Stance: "rules", Sentiment: "rules"}} {
		analyzer, err := New(lexicon.Default(), options)
		if err != nil {
			f.Fatal(err)
		}
		workers = append(workers, analyzer.Worker())
	}
	f.Fuzz(func(t *testing.T, title, text, answer, target string) {
		valid := func(s string) string { return strings.ToValidUTF8(s, "?") } // as every reader does
		for _, worker := range workers {
			told := func() string {
				var all strings.Builder
				worker.Thread(&thread.Thread{Title: valid(title), Posts: []thread.Post{
					{Index: 0, ReplyTo: thread.None, Author: "keel", Text: valid(text), Targets: []thread.Target{{Name: valid(target)}}},
					{Index: 1, ReplyTo: 0, Author: "tide", Text: valid(answer)},
				}}, func(r *Result) bool {
					worker.ExplainTone(r)
					checkResult(t, r)
					fmt.Fprintln(&all, r.Post.Segments, r.Words, r.English, r.Mentions, r.Stances, r.Answered, r.Topics)
					if r.Tone != nil {
						fmt.Fprintln(&all, *r.Tone)
					}
					return true
				})
				return all.String()
			}
			if first, second := told(), told(); first != second {
				t.Errorf("%q and %q are first\n%s\nand then\n%s", text, answer, first, second)
			}
		}
	})
}

// checkResult holds a result to what stands of it in the contract.
func checkResult(t *testing.T, r *Result) {
	t.Helper()
	inside := func(what string, s thread.Span) {
		if s.Start < 0 || s.End <= s.Start || s.End > len(r.Post.Text) || !utf8.ValidString(s.Of(r.Post.Text)) {
			t.Errorf("%q: %s %v", r.Post.Text, what, s)
		}
	}
	for i := range r.Stances {
		s := &r.Stances[i]
		if !(-1 <= s.Score && s.Score <= 1 && 0 <= s.Confidence && s.Confidence <= 1) || s.Label != stance.Neutral && len(s.Evidence) == 0 {
			t.Errorf("%q: stance %+v", r.Post.Text, s)
		}
		for _, e := range s.Evidence {
			inside("evidence", e.Span)
		}
	}
	for i := range r.Mentions {
		inside("mention", r.Mentions[i].Span)
	}
	if r.Tone != nil && !(-1 <= r.Tone.Score && r.Tone.Score <= 1) {
		t.Errorf("%q: tone %v", r.Post.Text, r.Tone.Score)
	}
	for i, topic := range r.Topics {
		if !(0 < topic.Score && topic.Score <= 1) || i > 0 && topic.Score > r.Topics[i-1].Score {
			t.Errorf("%q: topics %v", r.Post.Text, r.Topics)
		}
	}
}

// TestAnswersOnlySidesThatAreKnown holds that nobody agrees or disagrees with
// what no record holds, such as a side that is taken in another language.
func TestAnswersOnlySidesThatAreKnown(t *testing.T) {
	analyzer, err := New(lexicon.Default(), Options{Stance: "rules"})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{
		"Trump is a liar, and everyone here knows it.":                                             1,
		"Wir wissen alle, dass er wieder gelogen hat: Trump is a liar. Das ist nicht mehr lustig.": 0,
	} {
		analyzer.Worker().Thread(&thread.Thread{Posts: []thread.Post{
			{Index: 0, ReplyTo: thread.None, Author: "keel", Text: text},
			{Index: 1, ReplyTo: 0, Author: "tide", Text: "No, Trump is a hero."},
		}}, func(r *Result) bool {
			if got := len(r.Stances); r.Post.Index == 0 && got != want {
				t.Errorf("%q: %d stances, want %d", text, got, want)
			}
			if got := len(r.Answered); r.Post.Index == 1 && got != want {
				t.Errorf("%q: %d sides are answered, want %d", text, got, want)
			}
			return true
		})
	}
}
