package lexicon

import (
	"maps"
	"slices"
)

// Tone is what a word does to the valence of the words near it.
type Tone uint8

const (
	Negates   Tone = 1 << iota // "not"
	Boosts                     // "very"
	Dampens                    // "slightly"
	Contrasts                  // "but"
)

// Idiom is a phrase that says something else than its words.
type Idiom struct {
	Words   []Word  // without the first
	Valence float64 // in [-1, 1]
	Tone    Tone    // Dampens for "kind of", Boosts for the like
}

// toneFile is a tone.toml.
type toneFile struct {
	Negators  []string           `toml:"negators"`
	Boosters  []string           `toml:"boosters"`
	Dampeners []string           `toml:"dampeners"`
	Contrasts []string           `toml:"contrasts"`
	Idioms    map[string]float64 `toml:"idioms"`
}

// Tone returns what w does to its neighbours.
func (l *Lexicon) Tone(w Word) Tone { return l.tones[w] }

// Idioms returns the idioms that begin with w, longest first.
func (l *Lexicon) Idioms(w Word) []Idiom {
	if l.places[w]&firstOfIdiom == 0 {
		return nil
	}
	return l.idioms[w]
}

// addTone takes a tone.toml; what it says of a phrase replaces what an earlier
// file said.
func (p *parser) addTone(file toneFile, f *sourceFile) {
	for _, list := range []struct {
		texts []string
		tone  Tone
	}{{file.Negators, Negates}, {file.Boosters, Boosts}, {file.Dampeners, Dampens}, {file.Contrasts, Contrasts}} {
		for _, text := range list.texts {
			p.addIdiom(f, text, Idiom{Tone: list.tone})
		}
	}
	for _, text := range slices.Sorted(maps.Keys(file.Idioms)) { // the same numbers on every run
		valence := file.Idioms[text]
		if !(valence >= -4 && valence <= 4) {
			p.fail(place{file: f, line: 1}.of(text), "%q has the valence %v; it may be from -4 to 4", text, valence)
			continue
		}
		p.addIdiom(f, text, Idiom{Valence: valence / 4})
	}
}

// addIdiom adds an idiom, or the tone of a single word. Of two of the same words
// the later holds.
func (p *parser) addIdiom(f *sourceFile, text string, idiom Idiom) {
	words := p.phrase(text)
	if len(words) == 0 {
		p.fail(place{file: f, line: 1}.of(text), "an entry has no words; take it out")
		return
	}
	l := p.lexicon
	first := words[0]
	if len(words) == 1 && idiom.Tone != 0 {
		set(&l.tones, first, idiom.Tone)
		return
	}
	idiom.Words = words[1:]
	l.idioms = grow(l.idioms, int(first)+1)
	for i, old := range l.idioms[first] {
		if slices.Equal(old.Words, idiom.Words) {
			l.idioms[first][i] = idiom
			return
		}
	}
	l.idioms[first] = append(l.idioms[first], idiom)
}

// compileTone is called when the vocabulary is whole.
func (p *parser) compileTone() {
	l := p.lexicon
	size := len(l.vocabulary.words)
	l.tones, l.idioms = grow(l.tones, size), grow(l.idioms, size)
	for _, list := range l.idioms {
		slices.SortStableFunc(list, func(a, b Idiom) int { return len(b.Words) - len(a.Words) })
	}
}
