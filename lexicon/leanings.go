package lexicon

import (
	"cmp"
	"slices"
)

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
			d.leanings = append(d.leanings, leaningDraft{text, list.against, e.at.of(text)})
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

// leaningsFrom are the leanings that begin with one word.
type leaningsFrom struct {
	alone  []*Leaning // of that word only
	longer []*Leaning // in the order of their second words
	second []Word     // of those
}

// indexLeanings makes the leanings quick to find: of some words begin so many
// that those with the same second word are looked for, and not all tried.
func (l *Lexicon) indexLeanings(size int) {
	l.leanings = make([]leaningsFrom, size)
	for i := range l.Actors {
		for k := range l.Actors[i].Leanings {
			leaning := &l.Actors[i].Leanings[k]
			from := &l.leanings[leaning.Words[0]]
			if len(leaning.Words) == 1 {
				from.alone = append(from.alone, leaning)
			} else {
				from.longer = append(from.longer, leaning)
			}
		}
	}
	for w := range l.leanings {
		from := &l.leanings[w]
		slices.SortStableFunc(from.longer, func(a, b *Leaning) int { return cmp.Compare(a.Words[1], b.Words[1]) })
		for _, leaning := range from.longer {
			from.second = append(from.second, leaning.Words[1])
		}
	}
}

// Leans says whether a word may lean alone, or begin with the second one what
// leans.
func (l *Lexicon) Leans(first, second Word) bool {
	place := l.places[first]
	return place&leaningAlone != 0 || place&firstOfLeaning != 0 && l.places[second]&secondOfLeaning != 0
}

// Leanings returns the leanings of a word alone, and those longer ones that
// begin with it and a second.
func (l *Lexicon) Leanings(first, second Word) (alone, longer []*Leaning) {
	from := &l.leanings[first]
	if len(from.second) == 0 || l.places[second]&secondOfLeaning == 0 {
		return from.alone, nil
	}
	begin, found := slices.BinarySearch(from.second, second)
	if !found {
		return from.alone, nil
	}
	end := begin + 1
	for end < len(from.second) && from.second[end] == second {
		end++
	}
	return from.alone, from.longer[begin:end]
}
