package stance

import (
	"strings"
	"testing"

	"threadstance/lexicon"
)

// Whoever says outright what he thinks of someone is taken at his word, whatever
// else is mostly said in such words.
func TestDeclarations(t *testing.T) {
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	r := newReader()
	linear := NewLinear(lexicon.Default(), model)
	for _, line := range []string{
		"+ I love {}.", "+ I really like {} a lot.", "+ I support {}.", "+ I stand with {}.", "+ I admire {}.", "+ I've always respected {}.", "+ I'm with {} on this.", "+ I'm proud of {}.",
		"- I hate {}.", "- I despise {}.", "- I don't trust {}.", "- I never trusted {}.", "- I oppose {}.", "- I'm against {}.", "- I can't stand {}.", "- I hate {} and everything about it.", "- I detest {} and always will.",
		"- I have no respect for {}.", "- I blame {} for this mess.", "+ I'm pro-{}.", "- I'm anti-{}.", "+ I am a proud {} supporter.", "- I'm a {} hater.", "+ Trust {}.", "+ Support {}!", "- Blame {}.", "- Never trust {}!",
		"- Death to {}!", "- Down with {}!", "- Impeach {}!", "- Impeach {} now!", "- Boycott {}.", "- Stop {}!", "- Never {}!", "- {} must go!", "- Shame on {}!", "+ Free {}!", "+ God bless {}!", "+ Long live {}!", "+ Hands off {}!",
		"- I hate {}! I hate {}! I hate {}!", "- Death to {}! Death to {}!", "- I hate {}! I really hate {}! God I hate {} so much!",
	} {
		want := Favor
		if line[0] == '-' {
			want = Against
		}
		for _, actor := range []string{"Trump", "Biden", "Iran", "Iraq", "the US"} {
			text := strings.ReplaceAll(line[2:], "{}", actor)
			text = strings.NewReplacer("-the US", "-US", "a the US", "a US", "proud the US", "proud US").Replace(text)
			for _, s := range linear.Score(r.read(post("own:"+text)), nil) {
				if s.Label != want {
					t.Errorf("%q is %v %s with %.2f", text, s.Label, s.Actor, s.Confidence)
				}
				checkStance(t, r.read(post("own:"+text)), &s)
			}
		}
	}
}

// What is asked, supposed, told of others or meant otherwise is no declaration.
func TestNoDeclarations(t *testing.T) {
	r := newReader()
	for _, text := range []string{
		"Do I hate Trump?", "If I hated Trump I would say so.", "They hate Trump.", "You say that I love Iran.", "\"I love Iran\", he said.",
		"I love Trump, lol.", "I stopped Trump.", "I met with Trump.", "We supported Iraq then.", "He thinks we hate Iraq.", "I met Trump.", "I hate what you say of Iran, and of those who love Iran.",
		"Trust Trump?", "Hate Trump all you want.", "Just like Iran.", "We never trust Iraq.",
		"They chant death to Iran.", "\"Impeach Trump!\"", "Impeach Trump?", "Maybe impeach Trump.", "If only: death to Trump.", "Down with Trump, said the banner.", "Stop Trump from doing that again.",
	} {
		in := r.read(post("own:" + text))
		for _, h := range NewMatcher(r.lex).Hits(in) {
			if declares(in, &h) || slogan(in, &h) {
				t.Errorf("%q is taken for a declaration by %q", text, h.Cue)
			}
		}
	}
}

// Who uses a name that only one side has, in his own words, is on it.
func TestNicknamesOfOneSide(t *testing.T) {
	model, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	r := newReader()
	linear := NewLinear(lexicon.Default(), model)
	for _, test := range []struct {
		text string
		want Label
	}{
		{"Let's go Brandon!", Against},
		{"Gas is 5 bucks. Let's go Brandon.", Against},
	} {
		for _, s := range linear.Score(r.read(post("own:"+test.text)), nil) {
			if s.Label != test.want {
				t.Errorf("%q is %v %s with %.2f", test.text, s.Label, s.Actor, s.Confidence)
			}
		}
	}
	in := r.read(post("own:They shouted \"Let's go Brandon\" all night."))
	for _, h := range NewMatcher(r.lex).Hits(in) {
		if takesSide(in, &h) {
			t.Errorf("the quoted %q is taken for the poster's", h.Cue)
		}
	}
}
