package stance

import (
	"testing"

	"threadstance/lexicon"
	"threadstance/thread"
)

// What someone else says of an actor is not the poster's stance.
func TestHearsay(t *testing.T) {
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	r := newReader()
	linear := NewLinear(lexicon.Default(), model)
	for _, text := range []string{
		"CNN says Trump is a danger.", "Fox News calls Biden a liar.", "According to Tehran, the US is evil.", "My uncle believes that Trump is a genius.", "The senator called Iran a liar.",
		"Critics say Biden went too far.", "She called Trump a liar on live television.", "The ambassador accused Iraq of breaking the truce.",
	} {
		for _, s := range linear.Score(r.read(post("own:"+text)), nil) {
			if s.Label != Neutral {
				t.Errorf("%q is %v %s with %.2f", text, s.Label, s.Actor, s.Confidence)
			}
			checkStance(t, r.read(post("own:"+text)), &s)
		}
	}
}

// What the poster says himself, in whatever he says of others, is no hearsay.
func TestNoHearsay(t *testing.T) {
	r := newReader()
	rules := NewRules(r.lex)
	hearsay := func(p *thread.Post) bool {
		in := r.read(p)
		rules.Score(in, nil)
		author, actor := rules.voices.author(), in.Mentions[0].Actor
		rules.listSpoken(in, author)
		rules.collect(in, author, actor)
		return rules.hearsay(in, author, actor)
	}
	for _, text := range []string{
		"Trump is a danger.", "I say Trump is a danger.", "We think that Biden lied.", "Even Fox News calls Trump a liar.", "Anyone who thinks Iran is evil is a fool.", "Whoever says that Trump lied is a fool.",
		"CNN says Trump is a danger. They are right.", "CNN says Trump is a danger, but he is not.", "Does CNN say Trump is a danger?", "Nobody says that Trump lied.", "Trump says he won.", "According to me, Trump lied.",
		"CNN says Trump is a danger 😂", "CNN says Trump is a danger #VoteBlue",
	} {
		if hearsay(post("own:" + text)) {
			t.Errorf("%q is taken for hearsay", text)
		}
	}
	told := post("own:The senator called Jane Doe a liar.")
	told.Targets = []thread.Target{{Name: "Jane Doe"}}
	if !hearsay(told) {
		t.Errorf("%q is no hearsay", told.Text)
	}
	told.Targets[0].Span = thread.Span{Start: 19, End: 27}
	if hearsay(told) {
		t.Errorf("%q is hearsay where the record points at the words", told.Text)
	}
}
