package lexicon

import (
	"cmp"
	"slices"
	"strings"
)

// Actor is someone that a stance can be held toward.
type Actor struct {
	Name     string
	Kind     string // state, man, woman, organisation or group: which pronouns may mean it
	PartOf   string // the actor that what is said of this one counts for as well, or ""
	Whole    int    // its index in Lexicon.Actors, or -1
	Aliases  []Alias
	Leanings []Leaning
}

// AliasKind says in what way an alias names its actor.
type AliasKind uint8

const (
	Name        AliasKind = iota // "United States"
	Demonym                      // "Americans", "Iranian"
	Institution                  // "the Pentagon", "IRGC"
	Leader                       // someone who acts for the actor: "Khamenei" for Iran
	Hashtag                      // "#MAGA"
	Nickname                     // "Sleepy Joe": carries a valence of its own
	Decoy                        // "Trump supporters": holds the actor's name and is not the actor
)

// String returns the kind's name as explain prints it.
func (k AliasKind) String() string {
	return [...]string{"name", "demonym", "institution", "leader", "hashtag", "nickname", "not the actor"}[k]
}

// Alias is one way in which an actor is spoken of, or seems to be.
type Alias struct {
	Kind    AliasKind
	Text    string
	Words   []Word
	Exact   bool    // letter case counts: "US", never "us"
	Valence float64 // in [-1, 1]: what using this name says about the actor
	Actor   int     // index in Lexicon.Actors
	Is      string  // of a Decoy: what it is instead, "people who support Trump"
}

// rank is less for an alias that goes before others of as many words: those whose
// letter case counts, and of two such or two others the decoy.
func (a *Alias) rank() int {
	switch {
	case a.Exact && a.Kind == Decoy:
		return 0
	case a.Exact:
		return 1
	case a.Kind == Decoy:
		return 2
	}
	return 3
}

// actorEntry is an actor as actors.toml has it.
type actorEntry struct {
	Name         string       `toml:"name"`
	Kind         string       `toml:"kind"`
	PartOf       string       `toml:"part_of"`
	Extend       bool         `toml:"extend"`
	Remove       bool         `toml:"remove"`
	Names        []string     `toml:"names"`
	Exact        []string     `toml:"exact"`
	Demonyms     []string     `toml:"demonyms"`
	Institutions []string     `toml:"institutions"`
	Leaders      []string     `toml:"leaders"`
	Hashtags     []aliasEntry `toml:"hashtags"`
	Nicknames    []aliasEntry `toml:"nicknames"`
	Not          []decoyEntry `toml:"not"`
	Favor        []string     `toml:"favor"`
	Against      []string     `toml:"against"`

	at place
}

type aliasEntry struct {
	Text    string  `toml:"text"`
	Valence float64 `toml:"valence"`
	Exact   bool    `toml:"exact"`
}

type decoyEntry struct {
	Text  string `toml:"text"`
	Is    string `toml:"is"`
	Exact bool   `toml:"exact"`
}

var actorKinds = map[string]bool{"state": true, "man": true, "woman": true, "person": true, "organisation": true, "group": true}

// actorDraft is an actor while files are laid over one another: each alias
// remembers where it stands.
type actorDraft struct {
	name, kind, partOf string
	at                 place
	exact              bool // the name itself is an alias only as it is written
	aliases            []aliasDraft
	leanings           []leaningDraft
}

type aliasDraft struct {
	Alias
	at place
}

// add takes the aliases and leanings of an entry.
func (d *actorDraft) add(e *actorEntry) {
	add := func(a Alias) {
		d.aliases = append(d.aliases, aliasDraft{a, e.at.of(a.Text)})
	}
	d.exact = d.exact || len(e.Exact) > 0
	for _, list := range []struct {
		kind  AliasKind
		exact bool
		texts []string
	}{{Name, true, e.Exact}, {Name, false, e.Names}, {Demonym, false, e.Demonyms}, {Institution, false, e.Institutions}, {Leader, false, e.Leaders}} {
		for _, text := range list.texts {
			add(Alias{Kind: list.kind, Text: text, Exact: list.exact})
		}
	}
	for _, h := range e.Hashtags {
		add(Alias{Kind: Hashtag, Text: h.Text, Valence: h.Valence})
	}
	for _, n := range e.Nicknames {
		add(Alias{Kind: Nickname, Text: n.Text, Valence: n.Valence, Exact: n.Exact})
	}
	for _, n := range e.Not {
		add(Alias{Kind: Decoy, Text: n.Text, Is: n.Is, Exact: n.Exact})
	}
	d.addLeanings(e)
}

// addActor lays an entry over the ones before it.
func (p *parser) addActor(e actorEntry) {
	if !p.named(e.at, e.Name, "actor") {
		return
	}
	if e.Kind != "" && !actorKinds[e.Kind] {
		p.fail(e.at.of(e.Kind), "actor %q has the kind %q; it may be state, man, woman, person, organisation or group", e.Name, e.Kind)
	}
	at := slices.IndexFunc(p.actors, func(d actorDraft) bool { return strings.EqualFold(d.name, e.Name) })
	earlier := place{}
	if at >= 0 {
		earlier = p.actors[at].at
	}
	draft := actorDraft{name: e.Name, kind: e.Kind, partOf: e.PartOf, at: e.at}
	switch {
	case !p.fits("actor", e.Name, e.at, earlier, e.Extend || e.Remove):
	case e.Remove:
		p.actors = slices.Delete(p.actors, at, at+1)
	case e.Extend:
		old := &p.actors[at]
		old.kind, old.partOf, old.at = cmp.Or(e.Kind, old.kind), cmp.Or(e.PartOf, old.partOf), e.at
		old.add(&e)
	case at >= 0:
		draft.add(&e)
		p.actors[at] = draft
	default:
		draft.add(&e)
		p.actors = append(p.actors, draft)
	}
}

// compileActors makes the lexicon's actors of the drafts.
func (p *parser) compileActors() {
	taken := map[string]takenAlias{}
	for i, d := range p.actors {
		actor := Actor{Name: d.name, Kind: cmp.Or(d.kind, "organisation"), PartOf: d.partOf, Whole: -1}
		if !d.exact {
			d.aliases = append([]aliasDraft{{Alias{Kind: Name, Text: d.name}, d.at.of(d.name)}}, d.aliases...)
		}
		for _, draft := range d.aliases {
			cut := splitName
			if draft.Kind == Decoy {
				cut = split // a decoy is no name: the models have learnt what split finds of the built-in ones
			}
			draft.Actor, draft.Words = i, p.numbers(cut(draft.Text))
			if p.checkAlias(&draft, d.name) {
				p.addAlias(&actor, draft, taken)
			}
		}
		p.lexicon.Actors = append(p.lexicon.Actors, actor)
	}
	p.joinParts()
}

// checkAlias says whether an alias of an actor can be, and reports what is wrong
// with it.
func (p *parser) checkAlias(a *aliasDraft, actor string) bool {
	switch {
	case !hasWord(a.Text):
		p.fail(a.at, "actor %q has an alias without a word: %q; take it out", actor, a.Text)
	case !(a.Valence >= -1 && a.Valence <= 1):
		p.fail(a.at, "%q has the valence %v; it may be from -1 to 1", a.Text, a.Valence)
	case a.Kind == Decoy && a.Is == "":
		p.fail(a.at, "%q of actor %q says not what it is instead; add is = \"…\"", a.Text, actor)
	default:
		return true
	}
	return false
}

// takenAlias is an alias that an actor has, by its index in the actor's Aliases.
type takenAlias struct {
	actor, alias int
	at           place
}

// addAlias adds an alias to the actor that is being made, unless someone has it.
// A decoy takes nothing from the aliases of the same words; of an alias that an
// actor has twice the later holds. taken are those of all actors by their keys.
func (p *parser) addAlias(actor *Actor, a aliasDraft, taken map[string]takenAlias) {
	key := p.aliasKey(&a.Alias)
	first, ok := taken[key]
	switch {
	case !ok:
		taken[key] = takenAlias{a.Actor, len(actor.Aliases), a.at}
		actor.Aliases = append(actor.Aliases, a.Alias)
	case first.actor == a.Actor:
		named := first.alias == 0 && !p.actors[a.Actor].exact // the actor's name, which a list may hold too
		if same := &actor.Aliases[first.alias]; !named && same.Kind == a.Kind && first.at.file == a.at.file && plain(same.Text) == plain(a.Text) {
			p.fail(a.at, "alias %q of actor %q stands in its lists twice; take one out", a.Text, actor.Name)
		}
		if a.Kind != Name || a.Valence != 0 { // a later file may give a name a valence
			actor.Aliases[first.alias] = a.Alias
		}
	case a.Kind != Decoy:
		p.fail(a.at, "alias %q of actor %q names %s already (%v); take it out of one of the two", a.Text, actor.Name, p.actors[first.actor].name, first.at)
	}
}

// aliasKey is the same for two aliases that nothing tells apart: their words, or
// their text where letter case counts. A decoy may be of the words of an alias.
func (p *parser) aliasKey(a *Alias) string {
	key := p.lexicon.text(a.Words)
	if a.Exact {
		key = "=" + a.Text
	}
	if a.Kind == Decoy {
		key = "!" + key
	}
	return key
}

// joinParts finds of whom each actor is part, and reports those that are part of
// none, or of themselves.
func (p *parser) joinParts() {
	for k, d := range p.actors {
		if d.partOf != "" {
			p.lexicon.Actors[k].Whole = p.lexicon.Actor(d.partOf)
		}
		at := d.at.of(d.partOf)
		seen := map[int]bool{}
		for i := p.lexicon.Actor(d.name); p.lexicon.Actors[i].PartOf != ""; {
			if seen[i] {
				p.fail(at, "actor %q is part of itself, by way of its part_of; break the circle", d.name)
				break
			}
			seen[i] = true
			whole := p.lexicon.Actors[i].PartOf
			if i = p.lexicon.Actor(whole); i < 0 {
				if len(seen) == 1 {
					p.fail(at, "actor %q is part of %q, which is no actor; name one of actors.toml", d.name, whole)
				}
				break
			}
		}
	}
}
