package lexicon

// Leaning is a word or phrase of those who take an actor's side, or of those
// who are against it, wherever in a text it stands. Alone it proves nothing.
type Leaning struct {
	Words   []Word
	Actor   int // index in Lexicon.Actors
	Against bool
}

// leaningDraft is a leaning while files are laid over one another.
type leaningDraft struct {
	text    string
	against bool
	at      place
}

// addLeanings takes the words of those on either side that an entry has.
func (d *actorDraft) addLeanings(e *actorEntry) {
	for _, list := range []struct {
		against bool
		texts   []string
	}{{false, e.Favor}, {true, e.Against}} {
		for _, text := range list.texts {
			at := e.at
			at.text = text
			d.leanings = append(d.leanings, leaningDraft{text, list.against, at})
		}
	}
}

// compileLeanings makes the lexicon's leanings of the drafts of actors.
func (p *parser) compileLeanings() {
	for i, d := range p.actors {
		actor := &p.lexicon.Actors[i]
		seen := map[string]bool{} // whether it is against the actor, by its words
		for _, draft := range d.leanings {
			forms := p.forms(draft.text)
			if len(forms) == 0 {
				p.fail(draft.at, "actor %q has a phrase in favor or against without a word, or with too many forms: %q; take it out", d.name, draft.text)
			}
			for _, words := range forms {
				text := p.lexicon.text(words)
				against, twice := seen[text]
				if twice {
					if against != draft.against {
						p.fail(draft.at, "%q leans both to actor %q and against; take it out of one list", text, d.name)
					}
					continue
				}
				seen[text] = draft.against
				actor.Leanings = append(actor.Leanings, Leaning{Words: words, Actor: i, Against: draft.against})
			}
		}
	}
}

// Leanings returns the leanings that begin with a word, longest first.
func (l *Lexicon) Leanings(first Word) []*Leaning { return l.leanings[first] }
