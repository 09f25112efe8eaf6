package sentiment

import (
	"math"
	"testing"

	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

func score(e Engine, text string) float64 {
	score, _ := judge(e, text)
	return score
}

func judge(e Engine, text string) (float64, Label) {
	var s token.Scanner
	s.Reset(lexicon.Default(), text)
	s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
	return e.Judge(&s, s.Sentences)
}

// What VADER's own program says of these sentences, written for this test.
func TestRulesHaveVadersArithmetic(t *testing.T) {
	rules := NewRules(lexicon.Default())
	for _, test := range []struct {
		text string
		want float64
	}{
		{"The new treaty is good.", 0.4404},
		{"The new treaty is good!!", 0.5399},
		{"The new treaty is very good.", 0.4927},
		{"The new treaty is VERY GOOD, they say.", 0.6867},
		{"It was a terrible war.", -0.7906},
		{"It was not a terrible war.", 0.6908},
		{"They were brave, honest and smart.", 0.8555},
		{"They were not brave, honest nor smart.", -0.7741},
		{"The plan was good, but the outcome is awful.", -0.4678},
		{"The weather is only kind of nice.", 0.3626},
		{"That was never this good.", 0.6084},
		{"At least the soldiers are safe.", 0.4404},
		{"He is the least honest of them.", -0.4023},
		{"No fun at all.", -0.4023},
		{"What a stupid, stupid idea???", -0.8095},
		{"The march was peaceful :)", 0.7351},
		{"Without doubt a great speech.", 0.7359},
		{"They hate it and we love it.", 0.128},
		{"HATE that bridge, hate the tunnel.", -0.8455},
		{"The tables are in the kitchen.", 0.0},
	} {
		if got := score(rules, test.text); math.Abs(got-test.want) > 0.00006 {
			t.Errorf("%q: %.4f, VADER says %.4f", test.text, got, test.want)
		}
	}
}

// Each pair differs in one thing, and the first must be the more pleasant.
func TestRulesRank(t *testing.T) {
	rules := NewRules(lexicon.Default())
	for _, test := range []struct{ better, worse string }{
		{"the deal is good", "the deal is not good"},
		{"the deal is good", "the deal isnt good"},
		{"it is not a bad plan", "it is a bad plan"},
		{"I do not see what is so terrible", "I do see what is so terrible"},
		{"the troops were really brave", "the troops were brave"},
		{"the troops were brave", "the troops were kind of brave"},
		{"GREAT news from Baghdad", "great news from Baghdad"},
		{"great news from Baghdad!!", "great news from Baghdad"},
		{"he lied, but the outcome is great", "the outcome is great, but he lied"},
		{"what a speech 😍", "what a speech 😡"},
		{"what a speech :-)", "what a speech :-("},
		{"no doubt a good man", "no good man"},
		{"it was without a doubt excellent", "it was without an excellent end"},
		{"I can't believe how great it was", "I can't say how great it was"},
		{"we had a Great time", "we met the Great Lakes"},
		{"I can't wait for the debate", "I wait for the debate"},
		{"not only honest but brave", "not honest"},
		{"I like that senator", "that senator looks like that"},
		{"he never was this good", "he never was good"},
		{"the movie is the bomb", "the movie is a bomb"},
		{"sooooo happy today", "happy today"},
		{"#love this", "this"},
		{"thoughts", "fed up"},
		{"the UN Security Council met", "the council met in fear"},
	} {
		better, worse := score(rules, test.better), score(rules, test.worse)
		if better <= worse {
			t.Errorf("%q has %.3f, not above %.3f of %q", test.better, better, worse, test.worse)
		}
	}
}

func TestScoresOfNothing(t *testing.T) {
	bayes, err := NewBayes()
	if err != nil {
		t.Fatal(err)
	}
	for name, engine := range map[string]Engine{"linear": newLinear(t), "rules": NewRules(lexicon.Default()), "bayes": bayes} {
		for _, text := range []string{"", " \n", "https://example.com/", "...", "@someone"} {
			if got, label := judge(engine, text); got != 0 || label != Neutral {
				t.Errorf("%s: %q scores %v, %s", name, text, got, label)
			}
		}
	}
}

func TestBayes(t *testing.T) {
	bayes, err := NewBayes()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		text string
		want Label
	}{
		{"a wonderful and moving film", Positive},
		{"a dull and stupid waste of time", Negative},
		{"This was terrible\nawful", Negative},
		{"A wonderful, moving film. It was brilliant!", Positive},
	} {
		got, label := judge(bayes, test.text)
		if got < -1 || got > 1 || label != test.want {
			t.Errorf("%q scores %v, %s", test.text, got, label)
		}
	}
	// One sentence either way, of equal length.
	if got := score(bayes, "a wonderful moving film. a dull stupid waste."); got != 0 {
		t.Errorf("half and half scores %v", got)
	}
}

func TestScoresStayInRange(t *testing.T) {
	rules := NewRules(lexicon.Default())
	text := ""
	for range 2000 {
		text += "LOVE, love! great 😍 :) "
	}
	if got := score(rules, text); got <= 0.9 || got > 1 {
		t.Errorf("much praise scores %v", got)
	}
}

func BenchmarkRules(b *testing.B) {
	text := "I don't think the troops should stay there any longer, it is a terrible waste of money and good people! Bring them home, PLEASE :("
	rules := NewRules(lexicon.Default())
	var s token.Scanner
	b.ReportAllocs()
	for b.Loop() {
		s.Reset(lexicon.Default(), text)
		s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
		rules.Score(&s, s.Sentences)
	}
}
