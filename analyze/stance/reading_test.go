package stance

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"threadstance/analyze/mention"
	"threadstance/lexicon"
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
		{"They call Trump such a liar.", "«liar» Trump is said of · as others see it"},
		{"Trump is such a liar.", "«Trump is such a liar» Trump is target of the phrase · strengthened"},
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
		{"Trump is honest and that is more than Biden is.", "«honest» Trump is said of"},
		{"Bombing Iran would unite them.", "«unite» Iran is who does it · only supposed; «Bombing» Iran is to whom it is done"},
		{"To say that the corrupt old Trump fooled everyone is fair.", "«fooled» Trump is who does it; «corrupt» Trump is said of; «old» Trump is said of"},
		{"Fools with loud mouths that hate Iran are everywhere.", "«hate» Iran is to whom it is done"},
		{"Trump is a \"very stable genius\".", "«stable» Trump is said of · in doubting quotation marks · strengthened; «genius» Trump is said of · in doubting quotation marks · strengthened"},
		{"Biden is \"the most honest man alive\".", "«honest» Biden is said of · in quoted words · strengthened; «alive» Biden is said of · in quoted words"},
		{"To claim that Iran is evil is simply absurd.", "«that Iran is evil» Iran is target of the phrase · as the deluded see it"},
		{"Trump, u are a liar.", "«liar» Trump is said of"},
		{"We should condemn Iran.", "«condemn» Iran is to whom it is done · as advice"},
		{"She was not proud of Trump and Biden.", "«proud of Trump» Trump is target of the phrase · negated; «proud of Trump» Biden is target of the phrase · negated"},
		{"He is no fan of Trump.", "«fan of Trump» Trump is target of the phrase · negated; «no» Trump is whose it is · negated"},
		{"The corruption of Trump and Biden is endless.", "«corruption of Trump» Trump is target of the phrase; «corruption of Trump» Biden is target of the phrase"},
		{"US policy is evil.", "«US policy is evil» US is target of the phrase · of what is theirs"},
		{"Trump and his friends are crooks.", "«crooks» his is whose it is (Trump) · of what is theirs"},
		{"His friend Trump is a crook.", "«crook» Trump is said of; «friend» Trump is said of"},
		{"Trump might lie.", "«lie» Trump is who does it · only supposed"},
		{"Trump could never lie.", "«lie» Trump is who does it · negated · only supposed"},
		{"Trump should never lie.", ""},
		{"Trump, who never lied, left.", "«lied» Trump is who does it · negated"},
		{"According to him, Trump is a liar.", "«liar» Trump is said of · as others see it"},
		{"I said that Trump is a liar.", "«liar» Trump is said of"},
		{"He said that Trump is a liar.", "«liar» Trump is said of · as others see it"},
		{"He did not say that Trump is a liar.", "«liar» Trump is said of · negated · as others see it"},
		{"I do not believe that Trump is a liar.", "«liar» Trump is said of · negated"},
		{"Everyone knows that Trump is a liar.", "«liar» Trump is said of"},
		{"They pretend that Trump is a hero.", "«pretend» Trump is to whom it is done; «hero» Trump is said of · as the deluded see it"},
		{"The myth that Trump is a hero must die.", "«hero» Trump is said of · as the deluded see it"},
		{"If Trump is a liar, so am I.", "«liar» Trump is said of · only supposed"},
		{"If you win, Trump is a liar.", "«liar» Trump is said of"},
		{"Why is Trump lying?", "«lying» Trump is who does it · in a question"},
		{"Who betrayed Iran?", "«betrayed» Iran is to whom it is done · in a question"},
		{"The US keeps bullying Iran.", "«bullying» US is who does it; «bullying» Iran is to whom it is done"},
		{"The US has been bullying Iran.", "«bullying» US is who does it; «bullying» Iran is to whom it is done"},
		{"The US is going to betray Iran.", "«betray» US is who does it; «betray» Iran is to whom it is done"},
		{"The US used to betray Iran.", "«betray» US is who does it; «betray» Iran is to whom it is done"},
		{"The US wants Iran to lie.", "«lie» Iran is who does it"},
		{"Iran is being bullied.", "«Iran is being bullied» Iran is target of the phrase"},
		{"Iran has to be punished.", "«Iran has to be punished» Iran is target of the phrase"},
		{"I am tired of US policy.", "«tired of US policy» US is target of the phrase · of what is theirs"},
		{"Down with the corrupt leaders of Iran!", "«Down with the corrupt leaders» Iran is target of the phrase · of what is theirs"},
		{"I put the blame for this mess on Iran.", "«blame for this mess on Iran» Iran is target of the phrase"},
		{"We condemn Iran, and Iraq.", "«condemn» Iran is to whom it is done; «condemn» Iraq is to whom it is done"},
		{"Iran has to lie.", ""},
		{"The stupidity of the US government is endless.", "«stupidity of the US government» US government is target of the phrase"},
		{"Iran's dishonest critics lied.", "«lied» Iran is who does it · of what is theirs · of those against them; «dishonest» Iran is whose it is · of those against them; «critics» Iran is whose it is"},
		{"Iran lost.", "«lost» Iran is who does it"},
		{"The US has always bullied Iran.", "«bullied» US is who does it · strengthened; «bullied» Iran is to whom it is done · strengthened"},
		{"The US has never once bullied Iran.", "«bullied» US is who does it · negated; «bullied» Iran is to whom it is done · negated"},
		{"The US bullied Iran, lied and left.", "«The US bullied Iran» US is target of the phrase; «lied» US is who does it; «The US bullied Iran» Iran is the other of the phrase"},
		{"The US left, bullying Iran.", "«bullying» US is who does it; «bullying» Iran is to whom it is done"},
		{"By bullying Iran, the US lost.", "«bullying» Iran is to whom it is done; «lost» US is who does it"},
		{"Do not ever trust Iran.", "«not ever trust Iran» Iran is target of the phrase · strengthened"},
		{"Trump alone lied.", "«lied» Trump is who does it"},
		{"Trump clearly lied.", "«lied» Trump is who does it"},
		{"Iran was bullied for years by cowards.", "«bullied» Iran is to whom it is done"},
		{"Iran was bullied in its own home by Trump.", "«bullied» Iran is to whom it is done; «bullied» Trump is who does it"},
		{"We trust neither Trump nor Biden.", "«We trust neither Trump» Trump is target of the phrase · negated; «We trust neither Trump» Biden is target of the phrase · negated"},
		{"Iran was attacked and Trump lied.", "«Iran was attacked» Iran is target of the phrase; «lied» Trump is who does it"},
		{"The US was bullied and betrayed.", "«bullied» US is to whom it is done; «betrayed» US is to whom it is done"},
		{"Save Iran and help Iraq.", "«Save Iran» Iran is target of the phrase; «help» Iraq is to whom it is done · as an order"},
		{"Go and support Iran.", "«support Iran» Iran is target of the phrase"},
		{"I hate Trump and love Biden.", "«I hate Trump» Trump is target of the phrase; «love Biden» Biden is target of the phrase"},
		{"I hate Trump, love Biden.", "«I hate Trump» Trump is target of the phrase; «love Biden» Biden is target of the phrase"},
		{"Trump was loved and Biden was hated.", "«loved» Trump is to whom it is done; «hated» Biden is to whom it is done"},
		{"Trump, the liar of our times, left.", "«liar» Trump is said of"},
		{"The US, which bullied Iran, left.", "«bullied» US is who does it; «bullied» Iran is to whom it is done"},
		{"The crimes of the leaders of the US are endless.", "«crimes of the leaders» US is target of the phrase · of what is theirs"},
		{"They blamed the war on Trump.", "«blamed» Trump is tied to it"},
		{"We gave our support to Trump.", "«support to Trump» Trump is target of the phrase"},
		{"The US, which lied, and Iran left.", "«lied» US is who does it"},
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

// TestPartOf holds that what is said of a part of an actor counts for the actor.
func TestPartOf(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "actors.toml"), []byte("[[actor]]\nname = \"Bluecoats\"\npart_of = \"US\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{lex: lex, finder: mention.NewFinder(lex)}
	for text, want := range map[string]map[string]Label{
		"The Bluecoats bullied Iran.":             {"Bluecoats": Against, "US": Against},
		"I stand with the Bluecoats.":             {"Bluecoats": Favor, "US": Favor},
		"The US is evil.":                         {"US": Against},
		"Biden is a liar. The Bluecoats are here": {"Bluecoats": Neutral, "US": Neutral, "Biden": Against},
	} {
		got := map[string]Label{}
		for _, s := range NewRules(lex).Score(r.read(ownWords(text)), nil) {
			if got[s.Actor] = s.Label; s.Label != want[s.Actor] {
				t.Errorf("%q is %v %s, want %v", text, s.Label, s.Actor, want[s.Actor])
			}
		}
		for actor := range want {
			if _, ok := got[actor]; !ok {
				t.Errorf("%q says nothing of %s", text, actor)
			}
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
		{"Iran lost although the plan was great.", "great", true},
		{"Iran lost while the mood was great.", "great", true},
		{"Iran lost since the plan was awful.", "awful", true},
		{"Iran loses unless the plan is great.", "great", true},
		{"Iran wins if the plan is great.", "great", true},
		{"Iran knows whether the plan is great.", "great", true},
		{"Iran knows that the plan is great.", "great", true},
		{"Iran lost; a great day.", "great", true},
		{"Iran, which had a great team, lost.", "great", true},
		{"Iran played (awful weather again).", "awful", true},
		{"The train to Iran, an awful one, left.", "awful", false},
		{"The problem is in dividing Iraq.", "problem", false},
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

// authorTones lists the tones of the author's words.
func authorTones(rules *Rules, in *Input) {
	rules.voices.list(in)
	rules.listTones(in, rules.voices.author())
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
		authorTones(rules, r.read(ownWords(test.text)))
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
	authorTones(rules, r.read(post("Daily Planet:An awful day.", "own:A beautiful one.")))
	if !slices.ContainsFunc(rules.tones, func(h Hit) bool { return h.Cue == "beautiful" }) || len(rules.tones) != 1 {
		t.Errorf("of a post with news the author's tones are %v", rules.tones)
	}
}

// TestStyle holds what a judgement rests on beside the cues: how the actor is spoken
// of, and in what tone of voice.
func TestStyle(t *testing.T) {
	r := newReader()
	rules := NewRules(r.lex)
	var got features
	rules.verdict = func(_ *Input, _ *voice, _ int, _ *Stance) { got = rules.features }
	for _, test := range []struct {
		text string
		want map[feature]bool
	}{
		{"Trump spoke.", map[feature]bool{mentionsOnly: true, people: true, asking: false, locative: false, demonym: false, secondPerson: false, firstPlural: false, modifying: false}},
		{"Trump is a liar!", map[feature]bool{mentionsOnly: false, asking: false, describedCue + 1: true, describedCue: false}},
		{"Has Trump spoken?", map[feature]bool{asking: true}},
		{"Trump has spoken.", map[feature]bool{asking: false}},
		{"We went to Iraq.", map[feature]bool{people: false, locative: false, firstPlural: true}},
		{"You live in Iraq.", map[feature]bool{locative: true, secondPerson: true}},
		{"They came from Iraq.", map[feature]bool{locative: true}},
		{"The Iraqis came.", map[feature]bool{demonym: true}},
		{"US policy is evil.", map[feature]bool{modifying: true}},
		{"The weather was awful. Trump spoke.", map[feature]bool{postTone + 1: true, postTone: false, nearTone + 1: false}},
		{"An awful day for Trump.", map[feature]bool{nearTone + 1: true, farTone + 1: false}},
		{"The day was awful because Trump spoke.", map[feature]bool{nearTone + 1: false, farTone + 1: true}},
	} {
		rules.Score(r.read(ownWords(test.text)), nil)
		for f, want := range test.want {
			if (got[f] != 0) != want {
				t.Errorf("%q: feature %d is %v", test.text, f, got[f])
			}
		}
	}
}

// TestMarks holds what the marks around a cue make of it: whether it still speaks
// for the same side, and more or less so than it would without them.
func TestMarks(t *testing.T) {
	for _, test := range []struct {
		base           float64
		marks          Mark
		turned, weaker bool
	}{
		{0.6, Negated, true, true},
		{-0.6, Negated, true, true},
		{0.6, Opposed, true, true},
		{-0.6, Opposed, true, true},
		{0.6, Reported, false, true},
		{-0.6, Reported, false, true},
		{0.6, Deluded, true, false},
		{-0.6, Deluded, true, false},
		{-0.6, Deluded | Reported, true, false},
		{0.6, Sarcastic, true, true},
		{-0.6, Sarcastic, false, true},
		{0.6, Sarcastic | Deluded, true, false},
		{0.6, Scare, true, true},
		{-0.6, Scare, false, true},
		{-0.8, Scare, true, true},
		{0.6, Quoted, false, true},
		{-0.6, Quoted, false, true},
		{-0.8, Quoted, true, true},
		{0.6, Hypothetical, false, true},
		{-0.6, Hypothetical, false, true},
		{0.6, Questioned, false, true},
		{0.6, Boosted, false, false},
		{-0.6, Boosted, false, false},
		{0.6, Dampened, false, true},
		{0.6, Modifying, false, true},
		{0.6, Negated | Boosted, true, false},
	} {
		got := effect(test.base, test.marks)
		if turned, weaker := got*test.base < 0, max(got, -got) < max(test.base, -test.base); turned != test.turned || weaker != test.weaker {
			t.Errorf("marks %b make %v of %v: turned %v, weaker %v", test.marks, got, test.base, turned, weaker)
		}
	}
	for _, base := range []float64{-1, 1} {
		if got := effect(base, Boosted); got != base {
			t.Errorf("%v strengthened is %v", base, got)
		}
	}
}
