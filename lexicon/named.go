package lexicon

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Named returns the index of the actor that a name means: its name in the tables
// or one of its other names, letter case aside. It is -1 where there is none.
func (l *Lexicon) Named(name string) int {
	if actor := l.Actor(name); actor >= 0 {
		return actor
	}
	for i := range l.Actors {
		for k := range l.Actors[i].Aliases { // not copied: records ask for their targets here
			if a := &l.Actors[i].Aliases[k]; a.Kind == Name && strings.EqualFold(a.Text, name) {
				return i
			}
		}
	}
	return -1
}

// TableName returns what the tables call the actor that a name means, and the name
// itself where it means none.
func (l *Lexicon) TableName(name string) string {
	if actor := l.Named(name); actor >= 0 {
		return l.Actors[actor].Name
	}
	return name
}

// With returns the lexicon with an actor more for each of the names that is not
// [Lexicon.Named], as if actors.toml had an entry of that name and no other. Letter
// case counts in a name all in capitals alone ("WHO" is not "who"); where two
// capitalised words seem to name a person, the last stands for both. Whom that name
// meant so far ("Khamenei" the state of Iran) the new actor counts for as a part.
// The error says what of a name can be none.
func (l *Lexicon) With(names ...string) (*Lexicon, error) {
	unknown := slices.DeleteFunc(slices.Clone(names), func(name string) bool { return l.Named(name) >= 0 })
	if len(unknown) == 0 {
		return l, nil
	}
	return load(l.sources, nil, unknown...)
}

// CheckName says why a name can be found in no text, nil where it can.
func CheckName(name string) error {
	if !hasWord(name) {
		return fmt.Errorf("%q has no word; name someone", name)
	}
	return nil
}

// addNamed adds the actors of which no more than a name is known.
func (p *parser) addNamed(names []string) {
	file := &sourceFile{path: "the actors that were named"}
	for i, name := range names {
		if slices.ContainsFunc(names[:i], func(before string) bool { return strings.EqualFold(before, name) }) {
			continue
		}
		e := actorEntry{Name: name, at: place{file: file, line: i + 1}}
		for k := range p.actors {
			d := &p.actors[k]
			d.aliases = slices.DeleteFunc(d.aliases, func(a aliasDraft) bool {
				same := strings.EqualFold(a.Text, name)
				if same && a.Kind != Decoy {
					e.PartOf = d.name
				}
				return same
			})
		}
		switch first, last, _ := strings.Cut(name, " "); {
		case strings.IndexFunc(name, unicode.IsLower) < 0:
			e.Exact = []string{name}
		case capitalised(first) && capitalised(last):
			e.Kind, e.Names = "person", []string{name}
			if !p.taken(last) {
				e.Names = append(e.Names, last)
			}
		}
		p.addActor(e)
	}
}

// capitalised reports whether a text is one word that begins with a capital.
func capitalised(text string) bool {
	return text != "" && unicode.IsUpper([]rune(text)[0]) && strings.IndexFunc(text, unicode.IsLower) > 0 && !strings.ContainsAny(text, " .")
}

// taken reports whether an actor has the name already.
func (p *parser) taken(name string) bool {
	return slices.ContainsFunc(p.actors, func(d actorDraft) bool {
		return strings.EqualFold(d.name, name) || slices.ContainsFunc(d.aliases, func(a aliasDraft) bool { return strings.EqualFold(a.Text, name) })
	})
}
