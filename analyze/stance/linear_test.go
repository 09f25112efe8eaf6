package stance

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"threadstance/analyze/linear"
	"threadstance/analyze/mention"
	"threadstance/lexicon"
	"threadstance/thread"
)

// What scores a post must sum up the features that the model was trained on. The
// posts declare nothing, which would be weighed in beside them.
func TestLinearIsTheModel(t *testing.T) {
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	lex := lexicon.Default()
	r := newReader()
	for _, text := range []string{
		"Trump is a liar.",
		"Come back Trump, nobody else can win.",
		"The Iranians say that the U.S. bullied Iraq, and who can blame them? America never learns of it.",
		"I don't trust Iraq's government, but the soldiers there are brave. Café owners in Baghdad agree.",
		"#Trump2020 because @JoeBiden can't even finish a sentence 😂",
	} {
		for _, target := range []string{"", "Trump"} {
			of := *model
			of.Meta.Target = target
			p := post("own:" + text)
			want := map[string]float64{}
			NewRecorder(lex, target, func(_ *Input, s *Stance, v *linear.Vector, form int) {
				var probability [linear.Classes]float64
				of.Probabilities(v, form, probability[:])
				want[s.Actor] = probability[Favor] - probability[Against]
			}).Score(r.read(p), nil)
			got := NewLinear(lex, model, &of).Score(r.read(p), nil)
			if len(want) == 0 || len(got) != len(want) {
				t.Errorf("%s: %d stances, want %d", text, len(got), len(want))
			}
			for _, s := range got {
				if (target == "" || target == s.Actor) && math.Abs(s.Score-want[s.Actor]) > 1e-5 {
					t.Errorf("%s: %s %.6f, want %.6f by the model of %q", text, s.Actor, s.Score, want[s.Actor], target)
				}
				if s.Label != Neutral && (len(s.Evidence) == 0 || s.Evidence[0].Span == thread.Span{}) {
					t.Errorf("%s: %s is %v without evidence", text, s.Actor, s.Label)
				}
			}
		}
	}
}

// Evidence never reaches over the words of others.
func TestEvidenceOfOnePart(t *testing.T) {
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	r := newReader()
	linear := NewLinear(lexicon.Default(), model)
	for _, p := range []*thread.Post{
		post("own:I really hate", "quote:your weak arguments", "own:Trump"),
		post("own:Thank God for", "quote:what he did", "own:Trump and his great people"),
	} {
		stances := linear.Score(r.read(p), nil)
		if len(stances) != 1 || len(stances[0].Evidence) == 0 {
			t.Errorf("%q: %+v, want a stance with evidence", p.Text, stances)
		}
		for i := range stances {
			checkStance(t, r.read(p), &stances[i])
		}
	}
}

// An outlet is said to take a side only where that is likelier than not.
func TestOutletsMostlyTakeNoSide(t *testing.T) {
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	sides, spared := 0, 0
	for _, text := range []string{
		"Trump is a liar and a crook, and his lies have cost thousands of lives.",
		"The strikes of the U.S. on Friday killed eleven, the ministry said, and called them a crime.",
		"Washington threatens Iraq with sanctions.",
		"Tehran is accused of arming the militia that attacked the base.",
		"U.S. forces shot down two drones over the base on Tuesday.",
		"Biden won praise from the allies for his handling of the talks.",
		"Iran seized a tanker in the Gulf and holds its crew.",
		"Baghdad has failed to pay its teachers since May.",
		"Trump again put off the talks that the allies had asked for.",
		"Trump's plan would cost farmers two billion a year.",
	} {
		poster := map[string]Label{}
		lin, r := NewLinear(lexicon.Default(), model), newReader()
		for _, s := range lin.Score(r.read(post("own:"+text)), nil) {
			poster[s.Actor] = s.Label
		}
		for _, s := range lin.Score(r.read(post("Reuters:"+text)), nil) {
			switch {
			case s.Label != Neutral && s.Confidence < 0.5:
				t.Errorf("%s: Reuters is said to be %v %s with %.2f", text, s.Label, s.Actor, s.Confidence)
			case s.Label != Neutral:
				sides++
			case poster[s.Actor] != Neutral:
				spared++
			}
		}
	}
	if sides == 0 || spared == 0 {
		t.Errorf("%d sides taken, %d not that a poster would have: both were to be shown", sides, spared)
	}
}

// The words of an actor's friends and foes move the judgement of a text that
// says nothing else of him, for actors of a user's own too.
func TestLeanings(t *testing.T) {
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	score := func(lists string) float64 {
		t.Helper()
		dir := t.TempDir()
		actor := fmt.Sprintf("[[actor]]\nname = \"Ferry Line\"\n%s\n", lists)
		if err := os.WriteFile(filepath.Join(dir, "actors.toml"), []byte(actor), 0o600); err != nil {
			t.Fatal(err)
		}
		lex, err := lexicon.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		reader := &reader{lex: lex, finder: mention.NewFinder(lex)}
		stances := NewLinear(lex, model).Score(reader.read(post("own:The Ferry Line has a timetable. Two hulls, a purple funnel, and then the winter crossing.")), nil)
		if len(stances) != 1 {
			t.Fatalf("%d stances, want 1", len(stances))
		}
		return stances[0].Score
	}
	neither := score("")
	favor := score(`favor = ["purple funnel~", "winter crossing"]`)
	against := score(`against = ["purple funnel~", "winter crossing"]`)
	if !(favor > neither && neither > against) {
		t.Errorf("in favor %.3f, neither %.3f, against %.3f", favor, neither, against)
	}
}

// TestLeans holds how often the holder's words lean to each side of an actor.
func TestLeans(t *testing.T) {
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	actors := "[[actor]]\nname = \"Ferry Line\"\nfavor = [\"purple funnel~\", \"winter crossing\"]\nagainst = [\"late\", \"late again\"]\n"
	if err := os.WriteFile(filepath.Join(dir, "actors.toml"), []byte(actors), 0o600); err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	reader := &reader{lex: lex, finder: mention.NewFinder(lex)}
	for _, test := range []struct {
		post *thread.Post
		want leaning
	}{
		{post("own:The Ferry Line has a timetable."), leaning{}},
		{post("own:The Ferry Line has purple funnels. I love the winter crossing."), leaning{favor: 2}},
		{post("own:The Ferry Line was late. The purple one with the funnel."), leaning{against: 1}},
		{post("own:The Ferry Line was late again, on its winter crossing."), leaning{favor: 1, against: 2}},
		{post("own:The Ferry Line has a purple funnel.", "Harbour News:The boats were late."), leaning{favor: 1}},
		{post("quote:Late, late, late!", "own:The Ferry Line has a purple funnel."), leaning{favor: 1}},
	} {
		linear := NewLinear(lex, model)
		linear.Score(reader.read(test.post), nil)
		if got := linear.extractor.leans[lex.Named("Ferry Line")]; got != test.want {
			t.Errorf("%q leans %+v, want %+v", test.post.Text, got, test.want)
		}
	}
}
