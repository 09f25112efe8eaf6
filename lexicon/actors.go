package lexicon

// Actor is someone that a stance can be held toward.
type Actor struct {
	Name    string
	Kind    string // state, man, woman, organisation or group: which pronouns may mean it
	PartOf  string // the actor that what is said of this one counts for as well, or ""
	Aliases []Alias
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

	at place
}

type aliasEntry struct {
	Text    string  `toml:"text"`
	Valence float64 `toml:"valence"`
}

type decoyEntry struct {
	Text  string `toml:"text"`
	Is    string `toml:"is"`
	Exact bool   `toml:"exact"`
}

var actorKinds = map[string]bool{"state": true, "man": true, "woman": true, "person": true, "organisation": true, "group": true}

// addActor lays an entry over the ones before it.
func (p *parser) addActor(e actorEntry) {
	if !p.named(e.at, e.Name, "actor") {
		return
	}
	at := -1
	for i := range p.actors {
		if equalFold(p.actors[i].Name, e.Name) {
			at = i
		}
	}
	if at >= 0 && p.actors[at].at.file == e.at.file {
		p.fail(e.at, "actor %q stands in this file twice; make one entry of the two", e.Name)
		return
	}
	switch {
	case e.Remove && at < 0:
		p.fail(e.at, "actor %q is to be removed, but there is none of that name", e.Name)
	case e.Remove:
		p.actors = append(p.actors[:at], p.actors[at+1:]...)
	case e.Extend && at < 0:
		p.fail(e.at, "actor %q is to be extended, but there is none of that name; leave out extend to make a new one", e.Name)
	case e.Extend:
		old := &p.actors[at]
		old.Names = append(old.Names, e.Names...)
		old.Exact = append(old.Exact, e.Exact...)
		old.Demonyms = append(old.Demonyms, e.Demonyms...)
		old.Institutions = append(old.Institutions, e.Institutions...)
		old.Leaders = append(old.Leaders, e.Leaders...)
		old.Hashtags = append(old.Hashtags, e.Hashtags...)
		old.Nicknames = append(old.Nicknames, e.Nicknames...)
		old.Not = append(old.Not, e.Not...)
		if e.Kind != "" {
			old.Kind = e.Kind
		}
		if e.PartOf != "" {
			old.PartOf = e.PartOf
		}
		old.at = e.at
	case at >= 0:
		p.actors[at] = e
	default:
		p.actors = append(p.actors, e)
	}
}

// compileActors makes the lexicon's actors of the entries and indexes their
// aliases by first word.
func (p *parser) compileActors() {
	l := p.lexicon
	taken := map[string]string{} // by alias: the actor that has it
	for i, e := range p.actors {
		if e.Kind == "" {
			e.Kind = "organisation"
		}
		if !actorKinds[e.Kind] {
			p.fail(p.find(e.at, e.Kind), "actor %q has the kind %q; it may be state, man, woman, person, organisation or group", e.Name, e.Kind)
		}
		actor := Actor{Name: e.Name, Kind: e.Kind, PartOf: e.PartOf}
		add := func(a Alias) {
			a.Actor = i
			a.Words = p.phrase(a.Text)
			if len(a.Words) == 0 {
				p.fail(e.at, "actor %q has an alias without a word: %q", e.Name, a.Text)
				return
			}
			if a.Valence < -1 || a.Valence > 1 {
				p.fail(p.find(e.at, a.Text), "%q has the valence %v; it may be from -1 to 1", a.Text, a.Valence)
			}
			key := l.text(a.Words)
			if a.Exact {
				key = a.Text
			}
			if owner, ok := taken[key]; ok && a.Kind != Decoy {
				if owner != e.Name {
					p.fail(p.find(e.at, a.Text), "alias %q of actor %q names %s already; an alias may name one actor only", a.Text, e.Name, owner)
				}
				return
			}
			taken[key] = e.Name
			actor.Aliases = append(actor.Aliases, a)
		}
		if len(e.Exact) == 0 {
			add(Alias{Kind: Name, Text: e.Name})
		}
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
			add(Alias{Kind: Nickname, Text: n.Text, Valence: n.Valence})
		}
		for _, d := range e.Not {
			add(Alias{Kind: Decoy, Text: d.Text, Is: d.Is, Exact: d.Exact})
		}
		l.Actors = append(l.Actors, actor)
	}
	p.checkParts()
}

// checkParts reports actors that are part of none, or of themselves.
func (p *parser) checkParts() {
	for _, e := range p.actors {
		seen := map[string]bool{}
		for name := e.Name; name != ""; {
			if seen[name] {
				p.fail(e.at, "actor %q is part of itself, by way of its part_of; break the circle", e.Name)
				break
			}
			seen[name] = true
			i := p.lexicon.Actor(name)
			if i < 0 {
				p.fail(e.at, "actor %q is part of %q, which is no actor", e.Name, name)
				break
			}
			name = p.lexicon.Actors[i].PartOf
		}
	}
}
