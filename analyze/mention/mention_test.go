package mention

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

func find(text string, targets ...thread.Target) (*token.Scanner, *Finder, []Mention) {
	lex := lexicon.Default()
	doc := &token.Scanner{}
	doc.Reset(lex, text)
	doc.Scan(thread.Span{Start: 0, End: len(text)}, 0)
	f := NewFinder(lex)
	return doc, f, f.Find(doc, targets)
}

// show lists mentions as "actor:text", with "~" at pronouns and "'" at
// possessors.
func show(doc *token.Scanner, mentions []Mention, targets []thread.Target) string {
	lex := lexicon.Default()
	var list []string
	for _, m := range mentions {
		name := ""
		if n := len(lex.Actors); m.Actor >= n {
			name = targets[m.Actor-n].Name
		} else {
			name = lex.Actors[m.Actor].Name
		}
		s := name + ":" + m.Span.Of(doc.Text)
		if m.Pronoun {
			s = "~" + s
		}
		if m.Possessive {
			s += "'"
		}
		list = append(list, s)
	}
	return strings.Join(list, " ")
}

func TestFind(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"The US left.", "US:US"},
		{"Tell us the truth.", ""},
		{"JOIN US AND MARCH TODAY", ""},
		{"GIVE US THE TRUTH NOW", ""},
		{"THE US LIES TO EVERYONE", "US:US"},
		{"US TROOPS OUT NOW", "US:US TROOPS"},
		{"US IS LYING TO EVERYONE", "US:US"},
		{"The U.S. and the USA", "US:U.S. US:USA"},
		{"The US' wars and America's wars", "US:US' US:America'"},
		{"America's going to lose", "US:America"},
		{"a war of America's", "US:America'"},
		{"a war of the US'", "US:US"},
		{"we pay for the US' wars", "US:US'"},
		{"America's the problem", "US:America"},
		{"iran and iraq are not us", "Iran:iran Iraq:iraq"},
		{"facts trump the theory", ""},
		{"this would trump everything", ""},
		{"i saw trump the other day", "Trump:trump"},
		{"they compared him to Trump", "Trump:Trump"},
		{"Iran-backed fighters met Trump supporters", ""},
		{"The US-Iran talks", "US:US Iran:Iran"},
		{"post-Saddam Iraq", "Iraq:Iraq"},
		{"the Trump-hating press", ""},
		{"Melania Trump and Hunter Biden", ""},
		{"Donald Trump met Joe Biden", "Trump:Donald Trump Biden:Joe Biden"},
		{"#TrumpIsALiar", "Trump:#TrumpIsALiar"},
		{"#trumpisaliar", "Trump:#trumpisaliar"},
		{"#impressive", ""},
		{"@realDonaldTrump hello", "Trump:@realDonaldTrump"},
		{"@realDonaldTrump You and your lies", "Trump:@realDonaldTrump ~Trump:You ~Trump:your'"},
		{"Trump spoke. He lied.", "Trump:Trump ~Trump:He"},
		{"Trump spoke. He says that Iran lies.", "Trump:Trump ~Trump:He Iran:Iran"},
		{"Trump met Obama. He lied.", "Trump:Trump"},
		{"Trump spoke. Iran heard Obama say he lied.", "Trump:Trump Iran:Iran"},
		{"TRUMP LIED TO EVERYONE AGAIN AND HE KNOWS", "Trump:TRUMP ~Trump:HE"},
		{"Trump met Biden. He lied.", "Trump:Trump Biden:Biden"},
		{"Trump and his friends", "Trump:Trump ~Trump:his'"},
		{"Its Biden, he's old", "Biden:Biden ~Biden:he"},
		{"Yanks should go, they are occupiers.", "US:Yanks ~US:they"},
		{"Iran has oil and its people are poor.", "Iran:Iran ~Iran:its'"},
		{"Iran met Iraq. They left.", "Iran:Iran Iraq:Iraq"},
		{"In Iran it is hot.", "Iran:Iran"},
		{"Iran is poor. It has lied and its people know.", "Iran:Iran ~Iran:It ~Iran:its'"},
		{"Trump left. Iran is poor. It has lied.", "Trump:Trump Iran:Iran ~Iran:It"},
		{"nothing can trump a good plan", ""},
		{"you would trump nobody", ""},
		{"Sleepy Joe spoke", "Biden:Sleepy Joe"},
		{"African Americans and South America", ""},
		{"i voted for trump", "Trump:trump"},
		{"everyone replaces trump once he's gone", "Trump:trump ~Trump:he"},
		{"Neither Iraq nor the US has a say there, so they have no vote.", "Iraq:Iraq US:US"},
		{"Iran has lived beside Iraq for ages, and they have oil.", "Iran:Iran Iraq:Iraq"},
		{"Iran has lived beside Iranian exiles for ages, and they have oil.", "Iran:Iran Iran:Iranian ~Iran:they"},
		{"Biden spoke. Trump heard him. He left.", "Biden:Biden Trump:Trump ~Trump:He"},
		{"Iran is poor. Their people know.", "Iran:Iran"},
		{"Iran spoke. Iraq and its people left.", "Iran:Iran Iraq:Iraq"},
		{"Iran is poor, and it is a pity.", "Iran:Iran"},
		{"Iran has the bomb, and it wants war.", "Iran:Iran ~Iran:it"},
		{"America is loud, Trump supporters are loud, and they want war.", "US:America"},
		{"America is loud, the anti-Trump mob is louder, and they want war.", "US:America"},
		{"#Trump spoke. He lied.", "Trump:#Trump"},
		{"#Trump2028 or nobody", "Trump:#Trump2028"},
		{"#HandsOffTheUSA", "US:#HandsOffTheUSA"},
		{"#USATroopsOut", "US:#USATroopsOut"},
		{"#TrumpİranıTehditEtti", ""},
		{"#Trumpelstilzchen", ""},
		{"#DonaldDuck", ""},
		{"#USA_2028", "US:#USA_2028"},
		{"GIVE US PEACE ... NOW ???", ""},
		{"JOIN US PUBLIC MEETING TONIGHT", ""},
		{"trump the fool lied", "Trump:trump"},
		{"he lied to trump administration officials", "Trump:trump administration"},
		{"", ""},
	} {
		doc, _, got := find(test.text)
		if s := show(doc, got, nil); s != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}

func TestTargets(t *testing.T) {
	for _, test := range []struct {
		text    string
		targets []thread.Target
		want    string
	}{
		{"Jane Doe lied. Doe left.", []thread.Target{{Name: "Jane Doe"}}, "Jane Doe:Jane Doe Jane Doe:Doe"},
		{"She met Trump.", []thread.Target{{Name: "She", Span: thread.Span{Start: 0, End: 3}}}, "~She:She Trump:Trump"},
		{"Trump met Trump.", []thread.Target{{Name: "Trump", Span: thread.Span{Start: 0, End: 5}}}, "Trump:Trump Trump:Trump"},
		{"Trump met her.", []thread.Target{{Name: "trump"}}, "Trump:Trump"},
		{"Jane met Jane Smith.", []thread.Target{{Name: "Jane Doe"}}, "Jane Doe:Jane"},
		{"We saw jane and a doe.", []thread.Target{{Name: "Jane Doe"}}, ""},
		{"The harbour board met on the board's quay.", []thread.Target{{Name: "harbour board"}}, "harbour board:harbour board"},
		{"#JaneDoe for mayor", []thread.Target{{Name: "Jane Doe"}}, "Jane Doe:#JaneDoe"},
		{"Nothing of the sort.", []thread.Target{{Name: "Jane Doe"}, {Name: "!?"}, {Name: ""}}, ""},
		{"#Doe for mayor, says @JaneDoe", []thread.Target{{Name: "Jane Doe"}}, "Jane Doe:#Doe Jane Doe:@JaneDoe"},
		{"Jane and Smith met.", []thread.Target{{Name: "Jane Doe"}}, "Jane Doe:Jane"},
		{"The US left.", []thread.Target{{Name: "us"}}, "US:US"},
		{"Nobody believes Jane", []thread.Target{{Name: "Jane Doe"}}, "Jane Doe:Jane"},
		{"Biden's wars", []thread.Target{{Name: "Joe", Span: thread.Span{Start: 0, End: 5}}}, "Joe:Biden'"},
		{"Trump and his son", []thread.Target{{Name: "him", Span: thread.Span{Start: 10, End: 13}}}, "Trump:Trump ~him:his'"},
		{"Out of range.", []thread.Target{{Name: "x", Span: thread.Span{Start: 90, End: 95}}}, ""},
	} {
		doc, _, got := find(test.text, test.targets...)
		if s := show(doc, got, test.targets); s != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, s, test.want)
		}
	}
}

func TestHashtagValence(t *testing.T) {
	for text, sign := range map[string]float64{"#TrumpIsALiar": -1, "#DumpTrumpNow": -1, "#StopBombingIran": 0, "#CorruptBiden": -1, "#TrumpIsGreat": 1, "#TrumpLies": -1, "#TrumpBetrayedUs": -1, "#SupportIran": 1, "#HateIran": -1, "#NeverTrustIran": -1, "#hateiran": -1} {
		_, _, got := find(text)
		if len(got) != 1 {
			t.Errorf("%s: %d mentions", text, len(got))
			continue
		}
		if v := got[0].Valence; sign != 0 && v*sign <= 0 {
			t.Errorf("%s: valence %v", text, v)
		}
	}
}

// A name says what it says wherever it stands, in a tag or under a target's span,
// and of nobody else.
func TestValence(t *testing.T) {
	for _, test := range []struct {
		text   string
		target thread.Span
		actor  int // the index of the mention
		sign   float64
	}{
		{"#DrumpfIsGreat", thread.Span{}, 0, -1},
		{"Sleepy Joe met Iran.", thread.Span{Start: 0, End: 10}, 0, -1},
		{"Drumpf met Biden.", thread.Span{Start: 11, End: 16}, 1, 0},
		{"Biden met Drumpf.", thread.Span{Start: 0, End: 5}, 0, 0},
	} {
		_, _, got := find(test.text, thread.Target{Name: "him", Span: test.target})
		if v := got[test.actor].Valence; v*test.sign < 0 || (v == 0) != (test.sign == 0) {
			t.Errorf("%q: %q has valence %v, want the sign of %v", test.text, got[test.actor].Span.Of(test.text), v, test.sign)
		}
	}
}

// What one wrote is no antecedent of what another did.
func TestPronounsOfSegments(t *testing.T) {
	lex := lexicon.Default()
	for _, test := range []struct{ first, second, want string }{
		{"Trump spoke.", "He lied.", "Trump:Trump"},
		{"Iran has the bomb.", "They want war.", "Iran:Iran"},
		{"@realDonaldTrump You lied.", "You did not.", "Trump:@realDonaldTrump ~Trump:You"},
	} {
		doc := &token.Scanner{}
		doc.Reset(lex, test.first+" "+test.second)
		doc.Scan(thread.Span{End: len(test.first)}, 0)
		doc.Scan(thread.Span{Start: len(test.first) + 1, End: len(doc.Text)}, 1)
		if got := show(doc, NewFinder(lex).Find(doc, nil), nil); got != test.want {
			t.Errorf("%q, then %q:\n got %s\nwant %s", test.first, test.second, got, test.want)
		}
	}
}

func TestDecoys(t *testing.T) {
	_, f, got := find("Iran-backed men and Trump supporters")
	if len(got) != 0 || len(f.Decoys) != 2 {
		t.Errorf("%d mentions, %d decoys", len(got), len(f.Decoys))
	}
}

func FuzzFind(f *testing.F) {
	f.Add("Trump said his US-Iran deal is #TrumpIsALiar, he's @realDonaldTrump you", "Jane Doe", 3, 9)
	f.Add("#TrumpİsALiar, say the USA-İran talks, and #HandsOffTheUSA", "#USA", 0, 0)
	f.Add("THE US' \xff #\x00 US-", "", 0, 1000)
	f.Fuzz(func(t *testing.T, text, name string, start, end int) {
		targets := []thread.Target{{Name: name}, {Name: "span", Span: thread.Span{Start: start, End: end}}}
		doc, _, got := find(strings.ToValidUTF8(text, "?"), targets...)
		last := 0
		for _, m := range got {
			if m.First < last || m.Last <= m.First || m.Last > len(doc.Tokens) {
				t.Fatalf("mention of tokens %d to %d after %d", m.First, m.Last, last)
			}
			last = m.First
			if m.Span.Start < 0 || m.Span.End <= m.Span.Start || m.Span.End > len(doc.Text) {
				t.Fatalf("span %v", m.Span)
			}
			if s := doc.Sentences[m.Sentence]; m.First < s.First || m.Last > s.Last {
				t.Fatalf("mention %v is not in its sentence", m)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := "The US bullied Iraq for years, and its people suffered. Trump said he would leave. Yanks need to go home, they are occupiers."
	doc, f, _ := find(text)
	b.ReportAllocs()
	for b.Loop() {
		f.Find(doc, nil)
	}
}

// Where the poster says on whose side he is, he speaks of the actor.
func TestDeclared(t *testing.T) {
	for _, test := range []struct {
		text string
		want float64 // 0 where there is no mention, or one that declares nothing
	}{
		{"I am a Trump supporter.", declared},
		{"I'm still a proud, lifelong Trump voter.", declared},
		{"We are Trump voters.", declared},
		{"As a Trump voter I am happy.", declared},
		{"Trump supporter here.", declared},
		{"I'm pro-Iran.", declared},
		{"I'm proudly pro-American.", declared},
		{"I'm an anti-Trump Republican.", -declared},
		{"I am as anti-Biden as they come.", -declared},
		{"I'm a never-Trumper.", -declared},
		{"I'm a huge Putin fan.", declared},
		{"I am a Putin critic.", -declared},
		{"Trump supporters are loud.", 0},
		{"I am tired of Trump supporters.", 0},
		{"I'm not a Trump supporter.", 0},
		{"I am no Trump supporter.", 0},
		{"I am a Trump supporter's neighbour.", 0},
		{"I am a victim of Trump supporters.", 0},
		{"As a Trump supporter he is happy.", 0},
		{"I'm a Republican but no Trump supporter.", 0},
		{"He is pro-Iran.", 0},
		{"You are a Trump supporter.", 0},
		{"The anti-Trump mob is here.", 0},
	} {
		_, f, mentions := find(test.text, thread.Target{Name: "Putin"})
		got := 0.0
		for _, m := range mentions {
			if m.Declared {
				got = m.Valence
			}
		}
		if got != test.want {
			t.Errorf("%q declares %v, want %v", test.text, got, test.want)
		}
		if got != 0 && len(f.Decoys) > 0 {
			t.Errorf("%q: %v is a decoy as well", test.text, f.Decoys)
		}
	}
}

// load returns the lexicon with actors of a test's own.
func load(t *testing.T, actors string) *lexicon.Lexicon {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "actors.toml"), []byte(actors), 0o600); err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

// Who speaks of a part of an actor speaks of the actor, and of whom that one is part.
func TestPartOf(t *testing.T) {
	lex := load(t, "[[actor]]\nname = \"Bluecoats\"\npart_of = \"US\"\n[[actor]]\nname = \"Tenth Wing\"\npart_of = \"Bluecoats\"\n")
	for text, want := range map[string]string{
		"The US lied.":                    "US",
		"The Bluecoats lied.":             "Bluecoats US(part)",
		"The Tenth Wing's chief met Iran": "Tenth Wing Bluecoats(part) US(part) Iran",
	} {
		doc := &token.Scanner{}
		doc.Reset(lex, text)
		doc.Scan(thread.Span{End: len(text)}, 0)
		var got []string
		for _, m := range NewFinder(lex).Find(doc, nil) {
			name := lex.Actors[m.Actor].Name
			if m.Part {
				name += "(part)"
			}
			got = append(got, name)
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// Of whom pronouns speak is told by the kind of the actor.
func TestShe(t *testing.T) {
	lex := load(t, "[[actor]]\nname = \"Merkel\"\nkind = \"woman\"\n[[actor]]\nname = \"Scholz\"\nkind = \"man\"\n")
	f := NewFinder(lex)
	for _, test := range []struct{ text, want string }{
		{"Merkel spoke. She lied.", "She"},
		{"Merkel knows herself, and her friends know her", "herself her' her"},
		{"Merkel and her friends. I like her.", "her' her"},
		{"Merkel has its problems. They were furious. It has failed. He lied.", ""},
		{"Scholz spoke. He lied.", "He"},
		{"Scholz spoke. She lied.", ""},
	} {
		doc := &token.Scanner{}
		doc.Reset(lex, test.text)
		doc.Scan(thread.Span{End: len(test.text)}, 0)
		var got []string
		for _, m := range f.Find(doc, nil) {
			switch {
			case m.Possessive:
				got = append(got, m.Span.Of(test.text)+"'")
			case m.Pronoun:
				got = append(got, m.Span.Of(test.text))
			}
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

// A name with marks in it is found as it is written, whoever gave it: a lexicon of
// the user's, or the command line.
func TestNamesWithMarks(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"LGBTQ+", "I support LGBTQ+ people, and LGBTQ+'s flag (LGBTQ+).", "LGBTQ+ LGBTQ+' LGBTQ+"},
		{"C++", "C++ is great. I write C++, not C or C+.", "C++ C++"},
		{"C#", "We love C#. It is hard to leave C# behind.", "C# C#"},
		{"Obamacare/ACA", "Obamacare/ACA works. Keep Obamacare/ACA!", "Obamacare/ACA Obamacare/ACA"},
		{"$TSLA", "I sold $TSLA, and bought $TSLA again.", "$TSLA $TSLA"},
		{"Boko Haram (JAS)", "Fight Boko Haram (JAS). Boko Haram (JAS)'s war goes on.", "Boko Haram (JAS) Boko Haram (JAS)'"},
		{"Group (UK)", "The Group (UK) left, and Group [UK] stays.", "Group (UK)"},
		{"Tesla, Inc.", "Tesla, Inc. sells cars. I love Tesla, Inc.", "Tesla, Inc. Tesla, Inc."},
		{`Ann "Red" Keel`, `They jailed Ann "Red" Keel again.`, `Ann "Red" Keel`},
		{"#HarbourNow", "Vote #HarbourNow today.", "#HarbourNow"},
		{"Docks w/o Borders", "We thank Docks w/o Borders for it.", "Docks w/o Borders"},
		{"9/11 Commission", "The 9/11 Commission lied.", "9/11 Commission"},
		{"the $5 Club", "We met the $5 Club there.", "the $5 Club"},
		{"D$G", "We love D$G more.", "D$G"},
		{"I <3 Ports", "Join I <3 Ports now.", "I <3 Ports"},
		{"Sad Club :(", "Join the Sad Club :( now.", "Sad Club :("},
	} {
		mine, err := lexicon.LoadTexts(map[string]string{"actors.toml": "[[actor]]\nname = \"someone\"\nnames = ['" + test.name + "']\n"})
		if err != nil {
			t.Fatal(err)
		}
		named, err := lexicon.Default().With(test.name)
		if err != nil {
			t.Fatal(err)
		}
		for way, lex := range map[string]*lexicon.Lexicon{"lexicon": mine, "command line": named} {
			doc := &token.Scanner{}
			doc.Reset(lex, test.text)
			doc.Scan(thread.Span{Start: 0, End: len(test.text)}, 0)
			var got []string
			for _, m := range NewFinder(lex).Find(doc, nil) {
				if m.Pronoun {
					continue
				}
				s := m.Span.Of(test.text)
				if m.Possessive {
					s += "'"
				}
				got = append(got, s)
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("%s, by the %s, in %q: %q, want %q", test.name, way, test.text, got, test.want)
			}
		}
	}
}
