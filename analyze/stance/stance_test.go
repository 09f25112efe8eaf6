package stance

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"threadstance/lexicon"
	"threadstance/thread"
)

// post makes a post of parts, each own, quote or news as its first word says.
func post(parts ...string) *thread.Post {
	p := &thread.Post{ReplyTo: thread.None}
	for _, part := range parts {
		kind, text, _ := strings.Cut(part, ":")
		if p.Text != "" {
			p.Text += "\n\n"
		}
		s := thread.Segment{Span: thread.Span{Start: len(p.Text), End: len(p.Text) + len(text)}, QuoteOf: thread.None}
		switch kind {
		case "quote":
			s.Kind, s.QuoteOf = thread.Quote, 0
		case "own":
			s.Kind = thread.Own
		default:
			s.Kind, s.Source = thread.News, kind
		}
		p.Text += text
		p.Segments = append(p.Segments, s)
	}
	return p
}

func score(p *thread.Post) string {
	r := newReader()
	var list []string
	for _, s := range NewRules(r.lex).Score(r.read(p), nil) {
		list = append(list, s.Holder+" "+s.Actor+" "+s.Label.String())
	}
	return strings.Join(list, ", ")
}

func TestHolders(t *testing.T) {
	for _, test := range []struct {
		name string
		post *thread.Post
		want string
	}{
		{"own", post("own:Trump is a liar."), "author Trump against"},
		{"a quote gives none", post("quote:Trump is a liar.", "own:So you say."), ""},
		{"quote and reply", post("quote:Trump is a liar.", "own:Come back Trump!"), "author Trump favor"},
		{"news has its source", post("own:Interesting.", "Daily Planet:Biden is a warmonger."), "source:Daily Planet Biden against"},
		{"author before sources", post("Daily Planet:Biden is a warmonger.", "own:Biden is a good man."), "author Biden favor, source:Daily Planet Biden against"},
		{"two sources", post("A:Iran is evil.", "B:Iran is evil."), "source:A Iran against, source:B Iran against"},
		{"unpleasant news are no stance", post("A:Four people were killed in Iraq when a bomb exploded in a crowded market."), "source:A Iraq neutral"},
		{"actors in the lexicon's order", post("own:Trump is a liar and Iran is evil."), "author Iran against, author Trump against"},
		{"nothing", post("own:"), ""},
	} {
		if got := score(test.post); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestTargets(t *testing.T) {
	p := post("own:Jane Doe is a crook. Trump spoke of the weather.")
	p.Targets = []thread.Target{{Name: "Jane Doe"}, {Name: "Trump"}, {Name: "Nobody Here"}, {Name: "iran"}}
	r := newReader()
	want := []struct {
		actor  string
		target int
		label  Label
	}{{"Trump", thread.None, Neutral}, {"Jane Doe", 0, Against}, {"Nobody Here", 2, Neutral}, {"Iran", thread.None, Neutral}}
	got := NewRules(r.lex).Score(r.read(p), nil)
	if len(got) != len(want) {
		t.Fatalf("got %d stances, want %d: %v", len(got), len(want), got)
	}
	for i, w := range want {
		if got[i].Actor != w.actor || got[i].Target != w.target || got[i].Label != w.label {
			t.Errorf("%d: got %s %d %v, want %s %d %v", i, got[i].Actor, got[i].Target, got[i].Label, w.actor, w.target, w.label)
		}
	}
}

// TestWhy holds the lines that explain prints.
func TestWhy(t *testing.T) {
	r := newReader()
	rules := NewRules(r.lex)
	for text, want := range map[string]string{
		"Yanks go home!":                   "phrase 'X go home' · Yanks is target of the phrase · against -0.85",
		"Trump does not seem honest.":      "adjective 'honest' · Trump is said of · negated · against -0.47",
		"Biden's here. He lied.":           "verb 'lie' · He is who does it (Biden) · against -0.65",
		"The food was awful. Trump spoke.": "tone of 'awful' · elsewhere in the text · against -0.25",
		"Drumpf left.":                     "name 'Drumpf' · Drumpf is named so · against -0.90",
		"Sleepy  Joe spoke.":               "name 'Sleepy Joe' · Sleepy Joe is named so · against -0.90",
		"Trump praised Biden.":             "verb 'praise' · Biden is to whom it is done · for +0.30",
	} {
		found := false
		in := r.read(ownWords(text))
		hits := rules.matcher.Hits(in)
		var all []string
		for i := range hits {
			why := rules.why(in, &hits[i])
			all = append(all, why)
			found = found || why == want
		}
		authorTones(rules, in)
		for i := range rules.tones {
			found = found || rules.why(in, &rules.tones[i]) == want
		}
		if !found {
			t.Errorf("%q:\n got %s\nwant %s", text, strings.Join(all, "\n     "), want)
		}
	}
}

// TestTime holds that a post of very many mentions, or of very many outlets' words,
// takes about as long as as many posts of a part of it.
func TestTime(t *testing.T) {
	r := newReader()
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	outlets := func(n int) *thread.Post {
		var parts []string
		for i := range n {
			parts = append(parts, fmt.Sprintf("Paper %d:Iran and Iraq spoke.", i))
		}
		return post(parts...)
	}
	ironic := func(n int) *thread.Post { return ownWords(strings.Repeat("Iran spoke. ", n) + "/s") }
	for _, test := range []struct {
		name         string
		scorer       Scorer
		text         func(n int) *thread.Post
		count, times int
	}{
		{"a mark of irony behind all", NewRules(r.lex), ironic, 500, 40},
		{"outlets, by rules", NewRules(r.lex), outlets, 50, 40},
		{"outlets, by the model", NewLinear(r.lex, model), outlets, 50, 40},
	} {
		const most, tries = 4, 4
		took := func(p *thread.Post, times int) time.Duration {
			in := r.read(p)
			start := time.Now()
			for range times {
				test.scorer.Score(in, nil)
			}
			return time.Since(start)
		}
		short, long := test.text(test.count), test.text(test.count*test.times)
		slow := true
		for try := 0; slow && try < tries; try++ { // another program may have had the processor
			slow = took(long, 1) > most*took(short, test.times)
		}
		if slow {
			t.Errorf("%s: the time grows faster than the text", test.name)
		}
	}
}

// TestSwap holds that what decides is what is said, and not of whom: the same
// words of another man or state have the same effect.
func TestSwap(t *testing.T) {
	r := newReader()
	rules := NewRules(r.lex)
	for _, pair := range [][2]string{{"Trump", "Biden"}, {"Iran", "Iraq"}} {
		for _, pattern := range []string{"X is a liar.", "I stand with X.", "X must resign.", "Hands off X!", "X was bullied by everyone.", "They say that X is evil.", "X's crimes are endless.", "X spoke today."} {
			var scores [2]float64
			for i, name := range pair {
				for _, s := range rules.Score(r.read(ownWords(strings.ReplaceAll(pattern, "X", name))), nil) {
					if s.Actor == name {
						scores[i] = s.Score
					}
				}
			}
			if scores[0] != scores[1] {
				t.Errorf("%q: %s has %v, %s has %v", pattern, pair[0], scores[0], pair[1], scores[1])
			}
		}
	}
}

// Who gives a target by its span may give one that a name of its own says much of.
func TestTargetNamed(t *testing.T) {
	p := post("own:Drumpf spoke of the weather.")
	p.Targets = []thread.Target{{Name: "him", Span: thread.Span{Start: 0, End: 6}}}
	r := newReader()
	got := NewRules(r.lex).Score(r.read(p), nil)
	if len(got) != 1 || got[0].Actor != "him" || got[0].Label != Against {
		t.Errorf("got %+v, want one against him", got)
	}
}

func FuzzScore(f *testing.F) {
	f.Add("Trump said \"Iran is 'evil'\" and bombing Iraq, he's a liar... oh wait. No?", "Jane Doe")
	f.Add("US US US' 's of of by is is not to to stop stop bombing (Iran", "the")
	f.Add("To claim that Trump lied is wrong", "Trump lied")
	f.Add("If the US hadn't, which who that Biden, you you", "")
	lex := lexicon.Default()
	f.Fuzz(func(t *testing.T, text, name string) {
		p := ownWords(strings.ToValidUTF8(text, "?"))
		p.Targets = []thread.Target{{Name: name}, {Name: "Trump"}}
		r := newReader()
		rules := NewRules(lex)
		first := rules.Score(r.read(p), nil)
		for i := range first {
			checkStance(t, r.read(p), &first[i])
		}
		rules.Score(r.read(ownWords("Biden's US is not the Iran that they, who he hates, are \"stopping\".")), nil) // what a scorer did before does not count
		second := rules.Score(r.read(p), nil)
		if len(first) != len(second) {
			t.Fatalf("%d stances, then %d", len(first), len(second))
		}
		for i := range first {
			if first[i].Score != second[i].Score || first[i].Label != second[i].Label {
				t.Fatalf("%v, then %v", first[i], second[i])
			}
		}
	})
}

const benchText = "The US bullied Iraq for years, and its people suffered. Trump said he would leave. Yanks need to go home, they are occupying a land where everyone hates them. The weather was fine. I had soup for lunch and went home early. Biden is not a good man, and nobody thinks that he is honest."

func BenchmarkMatch(b *testing.B) {
	r := newReader()
	in := r.read(ownWords(benchText))
	m := NewMatcher(r.lex)
	b.ReportAllocs()
	for b.Loop() {
		m.Hits(in)
	}
}

func BenchmarkScore(b *testing.B) {
	r := newReader()
	in := r.read(ownWords(benchText))
	rules := NewRules(r.lex)
	var dst []Stance
	b.ReportAllocs()
	for b.Loop() {
		dst = rules.Score(in, dst[:0])
	}
}

func BenchmarkAll(b *testing.B) {
	r := newReader()
	rules := NewRules(r.lex)
	p := ownWords(benchText)
	var dst []Stance
	b.ReportAllocs()
	for b.Loop() {
		dst = rules.Score(r.read(p), dst[:0])
	}
}
