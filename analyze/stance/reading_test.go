package stance

import (
	"slices"
	"strings"
	"testing"
)

// TestReading holds who does what to whom in a sentence, as explain tells it: of
// each cue its words, and what whom it speaks of is to it. Words that are merely
// near are left out.
func TestReading(t *testing.T) {
	r := newReader()
	rules := NewRules(r.lex)
	for _, test := range []struct{ text, want string }{
		{"Biden is better than Trump.", "«Biden is better than» Biden is target of the phrase; «better» Trump is tied to it"},
		{"Calling Trump a hero is silly.", "«hero» Trump is said of · as others see it"},
		{"I regard Trump as a hero.", "«hero» Trump is said of"},
		{"I met Trump with a liar.", ""},
		{"A big role in building Iraq again.", ""},
		{"Although bombing Iran was easy, it solved nothing.", "«bombing» Iran is to whom it is done; «easy» Iran is said of"},
		{"Someone could beat Trump.", "«beat Trump» Trump is target of the phrase · only supposed"},
		{"The US bombing Iraq is a crime.", "«bombing» US is who does it; «crime» US is said of; «bombing» Iraq is to whom it is done; «crime» Iraq is tied to it · of what is theirs · of those against them"},
		{"Great speech tonight #Trump2020", "«Great» #Trump2020 is said of; «#Trump2020» #Trump2020 is named so"},
		{"I am tired of their America bashing.", "«bashing» America is to whom it is done"},
		{"I put the blame for all this on Iran.", "«blame for all this on Iran» Iran is target of the phrase"},
		{"Those wounded brave Americans are heroes.", "«brave Americans» Americans is target of the phrase; «heroes» Americans is said of"},
		{"It is best not to trust Iran.", "«trust» Iran is to whom it is done · negated"},
		{"They told Trump to lie.", "«lie» Trump is who does it"},
		{"Trump, who is a hero, left.", "«hero» Trump is said of"},
		{"Although the US lied, Iran left.", "«lied» US is who does it"},
		{"The US lied, and betrayed Iran.", "«lied» US is who does it; «betrayed» US is who does it; «betrayed» Iran is to whom it is done"},
		{"The US should stop bullying Iran.", "«stop bullying Iran» Iran is target of the phrase"},
		{"The US stopped bullying Iran.", "«bullying» US is who does it; «bullying» Iran is to whom it is done"},
		{"The US did not stop bullying Iran.", "«stop» US is who does it · negated; «stop bullying Iran» Iran is target of the phrase · negated"},
		{"Iran was bullied by the US.", "«bullied» Iran is to whom it is done; «bullied by the US» US is target of the phrase"},
		{"Iran was bullied for years and years by the US.", "«bullied» Iran is to whom it is done; «bullied» US is who does it"},
		{"Iran was bullied and betrayed by Trump.", "«bullied» Iran is to whom it is done; «betrayed» Iran is to whom it is done; «betrayed by Trump» Trump is target of the phrase"},
		{"The policy of the US is evil.", "«the US is evil» US is target of the phrase"},
		{"The troops in Iraq are murderers.", ""},
		{"The people who bullied Iran betrayed Iraq.", "«Iran betrayed Iraq» Iran is target of the phrase · of those against them; «bullied» Iran is to whom it is done; «Iran betrayed Iraq» Iraq is the other of the phrase · of those against them"},
		{"Trump wants to betray Iran.", "«betray» Trump is who does it; «betray» Iran is to whom it is done"},
		{"Trump would betray Iran.", "«Trump would betray Iran» Trump is target of the phrase · only supposed; «Trump would betray Iran» Iran is the other of the phrase · only supposed"},
		{"Trump must not betray Iran.", "«betray» Iran is to whom it is done · negated · as advice"},
		{"Trump has never betrayed Iran.", "«betrayed» Trump is who does it · negated; «betrayed» Iran is to whom it is done · negated"},
		{"They had no reason to betray Iran.", "«betray» Iran is to whom it is done · negated"},
		{"The attack on Iran was a crime.", "«attack» Iran is to whom it is done"},
		{"The support for Iran is great.", "«support for Iran» Iran is target of the phrase"},
		{"The Iranian people are not liars.", "«liars» Iranian people is said of · negated"},
		{"Iran's enemies are liars.", "«liars» Iran is whose it is · of what is theirs · of those against them; «enemies» Iran is whose it is"},
		{"Iran's brave people deserve better.", "«brave people deserve better» Iran is target of the phrase · of what is theirs"},
		{"The crimes of the US government are endless.", "«crimes of the US government» US government is target of the phrase"},
		{"Trump, the liar, is back.", "«liar» Trump is said of"},
		{"Trump, you are a liar and u know it.", "«liar» Trump is said of"},
		{"What a great country Iran is!", "«great» Iran is said of"},
		{"The problem is Trump.", "«The problem is Trump» Trump is target of the phrase"},
		{"The liar is Trump.", "«liar» Trump is said of"},
		{"If the US had not invaded Iraq, they would be alive.", "«the US had not invaded» US is target of the phrase · only supposed; «invaded» Iraq is to whom it is done · only supposed"},
		{"If the US had invaded Iran, it would be a crime.", "«invaded» US is who does it · only supposed; «invaded» Iran is to whom it is done · only supposed"},
		{"Biden is a very good man.", "«Biden is a very good man» Biden is target of the phrase · strengthened"},
		{"Biden is a slightly corrupt man.", "«Biden is a slightly corrupt man» Biden is target of the phrase · weakened"},
		{"Biden is somewhat corrupt.", "«corrupt» Biden is said of · weakened"},
		{"Trump isn't really a liar.", "«liar» Trump is said of · negated · strengthened"},
		{"The very corrupt Biden left.", "«corrupt» Biden is whose it is · strengthened"},
		{"Trump is nowhere near honest.", "«honest» Trump is said of · negated"},
		{"Hands off Iran and Iraq!", "«Hands off Iran» Iran is target of the phrase; «Hands off Iran» Iraq is target of the phrase"},
		{"We must not abandon Iran.", "«abandon» Iran is to whom it is done · negated · as advice"},
		{"We never should have abandoned Iran.", "«abandoned» Iran is to whom it is done · negated · as advice"},
		{"I will not vote for the corrupt Biden.", "«will not vote for the corrupt Biden» Biden is target of the phrase"},
		{"Bravo, Trump!", "«Bravo, Trump» Trump is target of the phrase"},
		{"Trump and Biden lied to us.", "«lied» Trump is who does it; «lied» Biden is who does it"},
		{"Trump or Biden lied.", "«lied» Trump is who does it; «lied» Biden is who does it"},
		{"She praised Trump and Biden.", "«praised» Trump is to whom it is done; «praised» Biden is to whom it is done"},
		{"The terrorists attacked America.", "«attacked» America is to whom it is done"},
		{"The US attacked the terrorists.", "«The US attacked the terrorists» US is target of the phrase"},
		{"The US helped the terrorists.", "«helped» US is who does it"},
		{"The US did not help the terrorists.", "«help» US is who does it · negated"},
		{"The US armed thousands of terrorists.", "«The US armed thousands of terrorists» US is target of the phrase"},
		{"Everyone hates Trump.", "«Everyone hates Trump» Trump is target of the phrase"},
		{"The world hates Trump.", "«The world hates Trump» Trump is target of the phrase"},
		{"My brother hates Trump.", "«hates» Trump is to whom it is done"},
		{"We hate Trump.", "«We hate Trump» Trump is target of the phrase"},
		{"They laughed about Trump.", "«laughed» Trump is tied to it"},
		{"I am opposed to Trump.", "«I am opposed to Trump» Trump is target of the phrase"},
		{"Those who bash Trump are idiots.", "«bash» Trump is to whom it is done; «idiots» Trump is tied to it · of what is theirs · of those against them"},
		{"Those who never bash Trump are idiots.", "«bash» Trump is to whom it is done · negated; «idiots» Trump is tied to it · of what is theirs"},
		{"Those who trust Trump are idiots.", "«trust» Trump is to whom it is done; «idiots» Trump is tied to it · of what is theirs"},
		{"Anyone who does not trust Trump is an idiot.", "«trust» Trump is to whom it is done · negated; «idiot» Trump is tied to it · of what is theirs · of those against them"},
		{"People bashing Trump should be ashamed.", "«Trump should be ashamed» Trump is target of the phrase · of those against them; «bashing» Trump is to whom it is done"},
		{"Trump's stupid critics lied.", "«Trump's stupid» Trump is target of the phrase; «lied» Trump is who does it · of what is theirs · of those against them; «critics» Trump is whose it is"},
	} {
		in := r.read(ownWords(test.text))
		var read []string
		for _, h := range rules.matcher.Hits(in) {
			if h.Role != Near {
				parts := strings.Split(rules.why(in, &h), " · ")
				read = append(read, "«"+h.Span.Of(test.text)+"» "+strings.Join(parts[1:len(parts)-1], " · "))
			}
		}
		if got := strings.Join(read, "; "); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// TestToneApart holds in which clause a pleasant or unpleasant word stands: in the
// actor's own it says more of him than in another.
func TestToneApart(t *testing.T) {
	r := newReader()
	matcher := NewMatcher(r.lex)
	for _, test := range []struct {
		text, word string
		apart      bool
	}{
		{"A sad day for Iran.", "sad", false},
		{"The weather was awful, and Iran lost.", "awful", true},
		{"Iran lost, so the party was great.", "great", true},
		{"I was furious because Iran lost.", "furious", true},
		{"Iran lost because we had an awful plan.", "awful", true},
		{"Iran lost but the mood was great.", "great", true},
		{"Iran played (awful weather again).", "awful", true},
		{"The train to Iran, an awful one, left.", "awful", false},
	} {
		found := false
		for _, h := range matcher.Hits(r.read(ownWords(test.text))) {
			if h.Cue != test.word || h.Role != Near {
				continue
			}
			found = true
			if apart := h.Distance > 0; apart != test.apart {
				t.Errorf("%q: %s is %d clauses from the name", test.text, h.Cue, h.Distance)
			}
		}
		if !found {
			t.Errorf("%q: %s is not found", test.text, test.word)
		}
	}
}

// TestTones holds which words tell of the mood of a post, whomever they are said of.
func TestTones(t *testing.T) {
	r := newReader()
	rules := NewRules(r.lex)
	for _, test := range []struct{ text, want string }{
		{"The food was awful and the beach beautiful. Trump spoke.", "-awful +beautiful"},
		{"The food was not awful.", "+awful"},
		{"It was never a good idea, and a bad one too.", "-good -bad"},
		{"Not one of the rooms was beautiful.", "+beautiful"},
		{"We took the bus to the lake.", ""},
	} {
		rules.listTones(r.read(ownWords(test.text)), Author)
		var tones []string
		for _, h := range rules.tones {
			sign := "+"
			if h.Effect < 0 {
				sign = "-"
			}
			tones = append(tones, sign+h.Cue)
		}
		if got := strings.Join(tones, " "); got != test.want {
			t.Errorf("%q: %s, want %s", test.text, got, test.want)
		}
	}
	rules.listTones(r.read(post("Daily Planet:An awful day.", "own:A beautiful one.")), Author)
	if !slices.ContainsFunc(rules.tones, func(h Hit) bool { return h.Cue == "beautiful" }) || len(rules.tones) != 1 {
		t.Errorf("of a post with news the author's tones are %v", rules.tones)
	}
}
