// Package lexicon holds the knowledge that people edit: who the actors are,
// which topics there are, the valence of words, and the cues by which a
// sentence takes a side. The defaults are embedded; a user's folder is laid
// over them.
//
// Words and phrases are written as people write them, and compared in the form
// of token.Token.Norm: lower case, "'s" and "n't" words of their own. A word
// that ends in "~" stands for all its inflections: "bully~" is bully, bullies,
// bullied and bullying.
package lexicon

import (
	"embed"
	"errors"
	"strings"
	"sync"
)

// Word is the number of a word in the lexicon's vocabulary. Every word that
// any actor, topic, cue or valence entry uses has one, so that a token is
// looked up once and all later stages work on numbers. 0 is every other word.
type Word int32

// Lexicon is what is known, validated and compiled. It does not change after
// Load and is safe for concurrent use.
type Lexicon struct {
	Actors []Actor
	Topics []Topic
	Cues   Cues
	News   News

	vocabulary vocabulary
	valence    []float32      // by Word
	tones      []Tone         // by Word
	idioms     [][]Idiom      // by first Word, longest first
	aliases    [][]*Alias     // by first Word, longest first
	terms      [][]*Term      // by first Word, longest first
	leanings   []leaningsFrom // by first Word
	places     []uint8        // by Word: those that it has in phrases
	sources    []*sourceFile  // in the order in which they were laid over one another
}

//go:embed actors.toml topics.toml cues.toml news.toml tone.toml valence.tsv
var embedded embed.FS

// Default returns the embedded lexicon.
var Default = sync.OnceValue(func() *Lexicon {
	l, err := Load()
	if err != nil {
		panic("the embedded lexicon is broken: " + err.Error()) // a test holds that it is not
	}
	return l
})

// Load returns the embedded lexicon with the folders laid over it, the later
// over the earlier: an entry replaces the earlier one of its name, adds to it
// where it says extend = true, and takes it away where it says remove = true.
// A file whose first line is "replace = true" stands in place of the earlier
// files of its name. The error joins all that is wrong, each with its file
// and line.
func Load(dirs ...string) (*Lexicon, error) {
	list, errs := files(dirs)
	return load(list, errs)
}

// LoadTexts is Load of one folder that is at hand as the texts of its files, by
// their names, of which there are those of Files.
func LoadTexts(texts map[string]string) (*Lexicon, error) {
	list := builtIn()
	for _, name := range Files {
		if text, ok := texts[name]; ok {
			list = lay(list, name, name, []byte(text))
		}
	}
	return load(list, nil)
}

// load compiles files that are laid over one another, and actors besides of which
// the name is known alone, adding to the errors.
func load(list []*sourceFile, errs []error, named ...string) (*Lexicon, error) {
	l := &Lexicon{sources: list}
	p := &parser{lexicon: l}
	for _, f := range list {
		p.read(f)
	}
	p.addNamed(named)
	p.compile()
	if errs = append(errs, p.errs...); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return l, nil
}

// Valence returns how pleasant a word is on its own, in [-1, 1]; 0 where
// nothing is known. (VADER's scale of [-4, 4], divided by 4.)
func (l *Lexicon) Valence(w Word) float64 { return float64(l.valence[w]) }

// Size returns how many words the vocabulary has; every Word is below it.
func (l *Lexicon) Size() int { return len(l.vocabulary.words) }

// Aliases returns the aliases and decoys that begin with a word, longest
// first.
func (l *Lexicon) Aliases(first Word) []*Alias {
	if l.places[first]&firstOfAlias == 0 {
		return nil
	}
	return l.aliases[first]
}

// Terms returns the topic terms that begin with a word, longest first.
func (l *Lexicon) Terms(first Word) []*Term {
	if l.places[first]&firstOfTerm == 0 {
		return nil
	}
	return l.terms[first]
}

// Places that a word has in phrases. Most words of a text have none, and one
// byte of each is sooner at hand than the lists are.
const (
	firstOfAlias = 1 << iota
	firstOfIdiom
	firstOfTerm
	leaningAlone
	firstOfLeaning // of more words
	secondOfLeaning
)

// place notes the places that words have.
func (l *Lexicon) place() {
	l.places = make([]uint8, len(l.vocabulary.words))
	for w := range l.places {
		if len(l.aliases[w]) > 0 {
			l.places[w] |= firstOfAlias
		}
		if len(l.idioms[w]) > 0 {
			l.places[w] |= firstOfIdiom
		}
		if len(l.terms[w]) > 0 {
			l.places[w] |= firstOfTerm
		}
		if len(l.leanings[w].alone) > 0 {
			l.places[w] |= leaningAlone
		}
		if len(l.leanings[w].longer) > 0 {
			l.places[w] |= firstOfLeaning
		}
		for _, second := range l.leanings[w].second {
			l.places[second] |= secondOfLeaning
		}
	}
}

// Actor returns the index of the actor called name, or -1. Letter case does
// not count.
func (l *Lexicon) Actor(name string) int {
	for i := range l.Actors {
		if strings.EqualFold(l.Actors[i].Name, name) {
			return i
		}
	}
	return -1
}
