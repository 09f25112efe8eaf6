package lexicon

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// parser reads the files of a lexicon, one over another, and compiles it.
type parser struct {
	lexicon *Lexicon
	actors  []actorDraft
	topics  []topicEntry
	cues    []cueFile
	errs    []error
}

func (p *parser) fail(at place, format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%v: %s", at, fmt.Sprintf(format, args...)))
}

func (p *parser) named(at place, name, what string) bool {
	if strings.TrimSpace(name) == "" {
		p.fail(at, "this %s has no name; add name = \"…\"", what)
		return false
	}
	return true
}

// fits says whether an entry of a name can be laid over the earlier one, whose
// place has no file where there is none. changes says whether the entry extends
// or removes that.
func (p *parser) fits(what, name string, at, earlier place, changes bool) bool {
	switch {
	case earlier.file == at.file:
		p.fail(at, "%s %q stands in this file twice; make one entry of the two", what, name)
	case earlier.file == nil && changes:
		p.fail(at, "%s %q is to be changed, but there is none of that name; leave out extend and remove to make a new one", what, name)
	default:
		return true
	}
	return false
}

// read takes the entries of one file.
func (p *parser) read(f *sourceFile) {
	if !utf8.Valid(f.data) {
		line := 0
		for text := range bytes.SplitSeq(f.data, []byte("\n")) {
			line++
			if !utf8.Valid(text) {
				break
			}
		}
		p.fail(place{file: f, line: line}, "not UTF-8; save the file as UTF-8")
		return
	}
	switch f.name {
	case "actors.toml":
		var file struct {
			Actors []actorEntry `toml:"actor"`
		}
		if p.decode(f, &file) {
			for i, e := range file.Actors {
				e.at = f.header("actor", i)
				p.addActor(e)
			}
		}
	case "topics.toml":
		var file struct {
			Topics []topicEntry `toml:"topic"`
		}
		if p.decode(f, &file) {
			for i, e := range file.Topics {
				e.at = f.header("topic", i)
				p.addTopic(e)
			}
		}
	case "cues.toml":
		file := cueFile{source: f}
		if p.decode(f, &file) {
			p.cues = append(p.cues, file)
		}
	case "news.toml":
		var file newsEntry
		if p.decode(f, &file) {
			p.addNews(file, f)
		}
	case "tone.toml":
		var file toneFile
		if p.decode(f, &file) {
			p.addTone(file, f)
		}
	case "valence.tsv":
		p.readValence(f)
	}
}

// decode decodes TOML, reporting what is no TOML and what keys nobody reads.
func (p *parser) decode(f *sourceFile, into any) bool {
	meta, err := toml.Decode(string(f.data), into)
	if err != nil {
		at := place{file: f, line: 1}
		if parse, ok := errors.AsType[toml.ParseError](err); ok {
			at.line = parse.Position.Line
			p.fail(at, "%s", strings.TrimPrefix(parse.Message, "toml: "))
		} else {
			// A value of the wrong type: "toml: line 3 (last key …): …".
			text := strings.TrimPrefix(err.Error(), "toml: ")
			if _, scanned := fmt.Sscanf(text, "line %d", &at.line); scanned == nil {
				_, text, _ = strings.Cut(text, " ")
				_, text, _ = strings.Cut(text, " ")
			}
			at.line = max(at.line, 1)
			p.fail(at, "%s; lexicon init writes files that show what each key holds", text)
		}
		return false
	}
	unknown := ""
	for _, key := range meta.Undecoded() {
		if unknown != "" && strings.HasPrefix(key.String(), unknown+".") {
			continue // it is said of the key above it
		}
		if key.String() == "replace" {
			if !f.replaces() {
				p.fail(place{file: f}.of("replace"), "%q has a meaning as the first line of a file only", replace)
			}
			continue
		}
		unknown = key.String()
		name := key[len(key)-1]
		p.fail(place{file: f}.of(name), "no such key: %q; lexicon init writes files that show every key", unknown)
	}
	return true
}

// readValence reads lines of a word, a tab and its valence in [-4, 4]; # at
// the start of a line makes it a comment, unless a tab follows.
func (p *parser) readValence(f *sourceFile) {
	line := 0
	for text := range strings.SplitSeq(string(f.data), "\n") {
		line++
		text = strings.TrimRight(text, "\r")
		name, figure, ok := strings.Cut(text, "\t")
		if !ok {
			if t := strings.TrimSpace(text); t != "" && t[0] != '#' {
				p.fail(place{file: f, line: line}, "%q has no tab; a line is a word, a tab and a figure from -4 to 4", text)
			}
			continue
		}
		if name = strings.TrimSpace(name); name == "" {
			p.fail(place{file: f, line: line}, "%q has no word before the tab; take the line out", text)
			continue
		}
		figure, _, _ = strings.Cut(figure, "\t")
		value, err := strconv.ParseFloat(strings.TrimSpace(figure), 64)
		if err != nil || !(value >= -4 && value <= 4) {
			p.fail(place{file: f, line: line}, "%q has the valence %q; it may be from -4 to 4", name, figure)
			continue
		}
		if strings.ContainsAny(name, " '’") && len(split(name)) > 1 {
			p.addIdiom(f, name, Idiom{Valence: value / 4})
			continue
		}
		set(&p.lexicon.valence, p.word(strings.ToLower(name)), float32(value/4))
	}
}

// word returns the number of a word, a new one where it had none.
func (p *parser) word(norm string) Word { return p.lexicon.vocabulary.add(norm) }

// phrase returns the words of a text as tokens have them.
func (p *parser) phrase(text string) []Word { return p.numbers(split(text)) }

// numbers returns the numbers of words.
func (p *parser) numbers(norms []string) []Word {
	var words []Word
	for _, norm := range norms {
		words = append(words, p.word(norm))
	}
	return words
}

// maxForms is how many forms a term or a phrase may stand for.
const maxForms = 512

// forms returns the words of a text with every choice of inflection of those
// that end in "~", nil where it has no words or too many forms.
func (p *parser) forms(text string) [][]Word {
	var forms [][]Word
	for _, form := range inflections(text) {
		words := make([]Word, len(form))
		for i, norm := range form {
			words[i] = p.word(norm)
		}
		forms = append(forms, words)
	}
	return forms
}

// text returns words as a text.
func (l *Lexicon) text(words []Word) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(l.vocabulary.words[w])
	}
	return b.String()
}

// compile makes the lexicon of all that was read.
func (p *parser) compile() {
	p.word("")
	for w := range strings.FieldsSeq(closedClass) {
		p.word(w)
	}
	p.compileActors()
	p.compileLeanings()
	p.compileTopics()
	p.compileCues()
	p.compileTone()
	l := p.lexicon
	size := len(l.vocabulary.words)
	l.valence = grow(l.valence, size)
	l.aliases = make([][]*Alias, size)
	for i := range l.Actors {
		index(l.aliases, l.Actors[i].Aliases, func(a *Alias) []Word { return a.Words })
	}
	l.indexLeanings(size)
	l.terms = make([][]*Term, size)
	for i := range l.Topics {
		index(l.terms, l.Topics[i].Terms, func(t *Term) []Word { return t.Words })
	}
	for w := range size {
		slices.SortStableFunc(l.aliases[w], func(a, b *Alias) int {
			return cmp.Or(len(b.Words)-len(a.Words), a.rank()-b.rank())
		})
		slices.SortStableFunc(l.terms[w], func(a, b *Term) int { return len(b.Words) - len(a.Words) })
	}
	l.place()
}

// index adds entries to the lists by first Word.
func index[T any](lists [][]*T, entries []T, words func(*T) []Word) {
	for i := range entries {
		w := words(&entries[i])[0]
		lists[w] = append(lists[w], &entries[i])
	}
}

// set sets the entry of a word in a list by Word.
func set[T any](list *[]T, w Word, entry T) {
	*list = grow(*list, int(w)+1)
	(*list)[w] = entry
}

func grow[T any](s []T, size int) []T {
	if size <= len(s) {
		return s
	}
	return append(s, make([]T, size-len(s))...)
}
