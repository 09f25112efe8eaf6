package lexicon

import (
	"maps"
	"slices"
	"strings"
)

// Cues is how a sentence takes a side.
type Cues struct {
	verbs     []*Verb     // by Word
	actions   []*Verb     // by Word: of nouns
	nouns     []*Noun     // by Word
	phrases   [][]*Phrase // by the Word of their anchor
	functions []Function  // by Word
	sarcasm   [][][]Word  // by first Word: the rest of the mark
	irony     [][][]Word  // the same
}

// Verb is what a verb says of those it ties: of who does it, and of whom it is
// done to, as the one who tells it sees them.
type Verb struct {
	Lemma   string
	Subject float64 // in [-1, 1]
	Object  float64
	Noun    bool // the word is a noun of the verb: "invasion"
}

// Noun is a noun or adjective that says something of what it is said of: "X is
// a warmonger", "that warmonger X", "a corrupt X".
type Noun struct {
	Text      string
	Valence   float64 // of what is called so, in [-1, 1]
	Owner     float64 // of whose it is: "X's victims"
	Adjective bool
}

// Phrase is a pattern of words around a target.
type Phrase struct {
	Text     string // as written: "kick~ {X} out"
	Elements []Element
	Anchor   int     // the element that the phrase is looked up by
	X, Y     float64 // what it says of who stands at {X} and at {Y}, in [-1, 1]
}

// ElementKind is what an element of a phrase stands for.
type ElementKind uint8

const (
	Literal ElementKind = iota // one of Words
	SlotX                      // the target
	SlotY                      // someone else
	Gap                        // up to three words
)

// Element is a part of a phrase.
type Element struct {
	Kind     ElementKind
	Words    []Word
	Optional bool
}

// Function is what a word does to the words around it.
type Function uint32

const (
	Negator     Function = 1 << iota // "not", "never", "nobody"
	Booster                          // "very"
	Dampener                         // "slightly"
	Contrast                         // "but"
	Condition                        // "if", "unless"
	Hedge                            // "maybe", "would"
	Report                           // "say", "claim": what follows is another's view
	Delusion                         // "pretend", "fooled into": what follows is held to be false
	Determiner                       // "the", "this"
	Auxiliary                        // "is", "have", "will"
	FirstPerson                      // "I", "my"
	Support                          // "support", "agree": the poster takes the side of what follows
	Question                         // "why", "who"
	Clause                           // "that", "which", "because": begins a clause
	Others                           // "people", "they", "liberals": those whose view is reported
	Attitude                         // "hate", "admire", "with": what one feels of someone, where "I" says it
	Opponent                         // "critic", "hater": one who is against whom he belongs to
	Supporter                        // "voter", "fan": one who is for him
)

// Verb returns what the verb of which w is a form says, or nil.
func (c *Cues) Verb(w Word) *Verb { return c.verbs[w] }

// Action returns what the noun w says as a verb would: "invasion" of who
// invades and who is invaded. Nil where it is no such noun.
func (c *Cues) Action(w Word) *Verb { return c.actions[w] }

// Noun returns what the noun or adjective w says, or nil.
func (c *Cues) Noun(w Word) *Noun { return c.nouns[w] }

// Phrases returns the phrases whose anchor is w, longest first.
func (c *Cues) Phrases(w Word) []*Phrase { return c.phrases[w] }

// Is reports whether w has any of the functions.
func (c *Cues) Is(w Word, f Function) bool { return c.functions[w]&f != 0 }

// Sarcasm returns the marks of sarcasm that begin with w, without it.
func (c *Cues) Sarcasm(w Word) [][]Word { return c.sarcasm[w] }

// Irony returns the marks that begin with w, without it, by which a poster says
// himself that he means the opposite.
func (c *Cues) Irony(w Word) [][]Word { return c.irony[w] }

// cueFile is a cues.toml.
type cueFile struct {
	Verbs      []verbEntry         `toml:"verb"`
	Nouns      []nounEntry         `toml:"noun"`
	Adjectives []nounEntry         `toml:"adjective"`
	Phrases    []phraseEntry       `toml:"phrase"`
	Functions  map[string][]string `toml:"function"`
	Sarcasm    []string            `toml:"sarcasm"`
	Irony      []string            `toml:"irony"`

	source *sourceFile
}

type verbEntry struct {
	Lemmas  []string `toml:"lemmas"`
	Nouns   []string `toml:"nouns"`
	Subject float64  `toml:"subject"`
	Object  float64  `toml:"object"`
}

// nounEntry is a noun or an adjective.
type nounEntry struct {
	Words   []string `toml:"words"`
	Valence float64  `toml:"valence"`
	Owner   *float64 `toml:"owner"`
}

type phraseEntry struct {
	Texts []string `toml:"texts"`
	X     float64  `toml:"X"`
	Y     float64  `toml:"Y"`
}

var functionNames = map[string]Function{
	"negator": Negator, "booster": Booster, "dampener": Dampener, "contrast": Contrast, "condition": Condition,
	"hedge": Hedge, "report": Report, "delusion": Delusion, "determiner": Determiner, "auxiliary": Auxiliary,
	"first_person": FirstPerson, "support": Support, "question": Question, "clause": Clause, "others": Others,
	"attitude": Attitude, "opponent": Opponent, "supporter": Supporter,
}

// cueCompiler makes the cues of files that are laid over one another: of two that
// say something of the same word or phrase the later file's holds.
type cueCompiler struct {
	*parser
	cues    *Cues
	phrases map[string][]*Phrase // by text, one for each choice of its words
	texts   []string             // of the phrases, in order
}

// compileCues compiles the cues of all files.
func (p *parser) compileCues() {
	c := cueCompiler{parser: p, cues: &p.lexicon.Cues, phrases: map[string][]*Phrase{}}
	for _, file := range p.cues {
		c.addVerbs(file)
		c.addNouns(file.source, "noun", file.Nouns)
		c.addNouns(file.source, "adjective", file.Adjectives)
		c.addPhrases(file)
		c.addFunctions(file)
		c.addMarks(file.source, &c.cues.sarcasm, file.Sarcasm)
		c.addMarks(file.source, &c.cues.irony, file.Irony)
	}
	c.finish()
}

// oneWord returns the one word of text, with its "~" where it stands for all its
// forms. It reports what is no word or several, and is false then.
func (c *cueCompiler) oneWord(at place, what, text string) (word string, ok bool) {
	base, all := strings.CutSuffix(strings.TrimSpace(text), "~")
	switch words := split(base); len(words) {
	case 0:
		c.fail(at.of(text), "%s %q has no word; take it out", what, text)
		return "", false
	case 1:
		if all {
			return words[0] + "~", true
		}
		return words[0], true
	default:
		c.fail(at.of(text), "%s %q has more than one word: %q; write it as a phrase", what, text, words)
		return "", false
	}
}

// inRange reports effects of a cue that may not be.
func (c *cueCompiler) inRange(at place, what, text string, effects ...float64) {
	for _, effect := range effects {
		if !(effect >= -1 && effect <= 1) {
			c.fail(at.of(text), "%s %q has the effect %v; it may be from -1 to 1", what, text, effect)
		}
	}
}

// addVerbs adds verbs in all their forms, and the nouns that say the same.
func (c *cueCompiler) addVerbs(file cueFile) {
	for i, e := range file.Verbs {
		at := file.source.header("verb", i)
		if len(e.Lemmas) == 0 {
			c.fail(at, "this verb has no lemmas; add lemmas = [\"…\"]")
		}
		for _, lemma := range e.Lemmas {
			c.inRange(at, "verb", lemma, e.Subject, e.Object)
			word, ok := c.oneWord(at, "verb", lemma)
			if !ok {
				continue
			}
			base := strings.TrimSuffix(word, "~")
			verb := &Verb{Lemma: base, Subject: e.Subject, Object: e.Object}
			for _, form := range inflect(base + "~") {
				set(&c.cues.verbs, c.word(form), verb)
			}
		}
		for _, text := range e.Nouns {
			base, ok := c.oneWord(at, "noun", text)
			if !ok {
				continue
			}
			noun := &Verb{Lemma: base, Subject: e.Subject, Object: e.Object, Noun: true}
			for _, form := range []string{base, third(base)} {
				set(&c.cues.actions, c.word(form), noun)
			}
		}
	}
}

// addNouns adds nouns or, as the table says, adjectives.
func (c *cueCompiler) addNouns(file *sourceFile, table string, entries []nounEntry) {
	for i, e := range entries {
		at := file.header(table, i)
		if len(e.Words) == 0 {
			c.fail(at, "this %s has no words; add words = [\"…\"]", table)
		}
		owner := e.Valence
		if e.Owner != nil {
			owner = *e.Owner
		}
		for _, text := range e.Words {
			c.inRange(at, table, text, e.Valence)
			if e.Owner != nil {
				c.inRange(at, table, text, owner)
			}
			base, ok := c.oneWord(at, table, text)
			if !ok {
				continue
			}
			noun := &Noun{Text: base, Valence: e.Valence, Owner: owner, Adjective: table == "adjective"}
			set(&c.cues.nouns, c.word(base), noun)
			if !noun.Adjective {
				set(&c.cues.nouns, c.word(third(base)), noun)
			}
		}
	}
}

// addPhrases takes phrases; of two with one text the later holds.
func (c *cueCompiler) addPhrases(file cueFile) {
	for i, e := range file.Phrases {
		at := file.source.header("phrase", i)
		if len(e.Texts) == 0 {
			c.fail(at, "this phrase has no texts; add texts = [\"…\"]")
		}
		if e.X == 0 && e.Y == 0 {
			c.fail(at, "this phrase says nothing; give X or Y an effect from -1 to 1")
		}
		for _, text := range e.Texts {
			c.inRange(at, "phrase", text, e.X, e.Y)
			forms, wrong := c.elements(text)
			if wrong != "" {
				c.fail(at.of(text), "phrase %q %s", text, wrong)
				continue
			}
			if c.phrases[text] == nil {
				c.texts = append(c.texts, text)
			}
			c.phrases[text] = nil
			for _, elements := range forms {
				c.phrases[text] = append(c.phrases[text], &Phrase{Text: text, Elements: elements, Anchor: c.anchor(elements), X: e.X, Y: e.Y})
			}
		}
	}
}

// addFunctions gives words in all their forms the functions that they have.
func (c *cueCompiler) addFunctions(file cueFile) {
	at := place{file: file.source, line: 1}
	for _, name := range slices.Sorted(maps.Keys(file.Functions)) {
		function, ok := functionNames[name]
		if !ok {
			c.fail(at.of(name), "no function is called %q; the functions are %s", name, strings.Join(slices.Sorted(maps.Keys(functionNames)), ", "))
			continue
		}
		for _, text := range file.Functions[name] {
			word, ok := c.oneWord(at, name, text)
			if !ok {
				continue
			}
			for _, form := range inflect(word) {
				w := c.word(form)
				c.cues.functions = grow(c.cues.functions, int(w)+1)
				c.cues.functions[w] |= function
			}
		}
	}
}

// addMarks adds marks of sarcasm or irony to a list of them by their first words.
func (c *cueCompiler) addMarks(file *sourceFile, marks *[][][]Word, texts []string) {
	for _, text := range texts {
		words := c.phrase(text)
		if len(words) == 0 {
			c.fail(place{file: file, line: 1}.of(text), "%q has no word; take it out", text)
			continue
		}
		*marks = grow(*marks, int(words[0])+1)
		(*marks)[words[0]] = append((*marks)[words[0]], words[1:])
	}
}

// finish makes the lists as long as the vocabulary, which is whole now, and the
// phrases quick to find.
func (c *cueCompiler) finish() {
	cues, size := c.cues, len(c.lexicon.vocabulary.words)
	cues.verbs, cues.actions, cues.nouns = grow(cues.verbs, size), grow(cues.actions, size), grow(cues.nouns, size)
	cues.functions = grow(cues.functions, size)
	cues.sarcasm, cues.irony = grow(cues.sarcasm, size), grow(cues.irony, size)
	cues.phrases = make([][]*Phrase, size)
	for _, text := range c.texts {
		for _, phrase := range c.phrases[text] {
			for _, w := range phrase.Elements[phrase.Anchor].Words {
				if list := cues.phrases[w]; len(list) == 0 || list[len(list)-1] != phrase {
					cues.phrases[w] = append(list, phrase)
				}
			}
		}
	}
	for _, list := range cues.phrases {
		slices.SortStableFunc(list, func(a, b *Phrase) int { return len(b.Elements) - len(a.Elements) })
	}
}

// elements returns the elements of a phrase: "{X}" and "{Y}" are slots, "*" a
// gap, "(a|b)" a choice, "word?" may be missing, "word~" is any inflection. A
// choice of which one has several words gives a list of elements for each. The
// second result says what is wrong, "" where nothing is.
func (p *parser) elements(text string) (forms [][]Element, wrong string) {
	forms = [][]Element{nil}
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		var choices [][]Element
		if rest[0] == '(' {
			choices, rest, wrong = p.bracket(rest)
		} else {
			var part string
			part, rest, _ = strings.Cut(rest, " ")
			choices, wrong = p.part(part)
		}
		if wrong != "" {
			return nil, wrong
		}
		if len(forms)*len(choices) > maxForms {
			return nil, "has too many choices; make several phrases of it"
		}
		var grown [][]Element
		for _, form := range forms {
			for _, choice := range choices {
				grown = append(grown, append(form[:len(form):len(form)], choice...))
			}
		}
		forms = grown
	}
	for _, form := range forms {
		if wrong := incomplete(form); wrong != "" {
			return nil, wrong
		}
	}
	return forms, ""
}

// incomplete says what a form of a phrase lacks or has too much of, "" where it
// is as it may be.
func incomplete(form []Element) string {
	targets, words := 0, 0
	for _, e := range form {
		if e.Kind == SlotX {
			targets++
		}
		if e.Kind == Literal && !e.Optional {
			words++
		}
	}
	switch {
	case words == 0:
		return "has no word that must be there"
	case targets > 1:
		return "has {X} twice; call the other one {Y}"
	case targets == 0:
		return "has no {X}; say where the target stands"
	}
	return ""
}

// bracket returns the choices of the bracket that text begins with, those of one
// word as one element, and the text after it.
func (p *parser) bracket(text string) (choices [][]Element, rest, wrong string) {
	inside, rest, closed := strings.Cut(text[1:], ")")
	if !closed {
		return nil, "", "opens a bracket and does not close it"
	}
	var words []Word
	for choice := range strings.SplitSeq(inside, "|") {
		switch elements := p.literal(choice, false); len(elements) {
		case 0:
			return nil, "", "has an empty choice; write (a|b)? for one that may be missing"
		case 1:
			words = append(words, elements[0].Words...)
		default:
			choices = append(choices, elements)
		}
	}
	if len(words) > 0 {
		choices = append(choices, []Element{{Words: words}})
	}
	rest, optional := strings.CutPrefix(rest, "?")
	if optional {
		choices = append(choices, nil)
	}
	return choices, rest, ""
}

// part returns the elements of a part of a phrase that stands between blanks.
func (p *parser) part(text string) (choices [][]Element, wrong string) {
	base, optional := strings.CutSuffix(text, "?")
	if base == "" {
		base, optional = text, false
	}
	owner, owned := strings.CutSuffix(base, "'s")
	var elements []Element
	switch {
	case owner == "{X}":
		elements = []Element{{Kind: SlotX}}
	case owner == "{Y}":
		elements = []Element{{Kind: SlotY, Optional: optional}}
	case base == "*":
		return [][]Element{{{Kind: Gap}}}, ""
	case strings.ContainsAny(base, "{}"):
		return nil, "holds braces; only {X} and {Y} have a meaning"
	default:
		return [][]Element{p.literal(base, optional)}, ""
	}
	if owned {
		elements = append(elements, Element{Words: []Word{p.word("'s"), p.word("'")}})
	}
	return [][]Element{elements}, ""
}

// literal returns an element for each word of a text.
func (p *parser) literal(text string, optional bool) []Element {
	var elements []Element
	for _, norm := range split(text) {
		var words []Word
		for _, form := range inflect(norm) {
			words = append(words, p.word(form))
		}
		elements = append(elements, Element{Words: words, Optional: optional})
	}
	return elements
}

// anchor returns which element a phrase is looked up by: the one whose words
// are the longest, since those are the rarest.
func (p *parser) anchor(elements []Element) int {
	best, most := -1, -1
	for i, e := range elements {
		if e.Kind != Literal || e.Optional {
			continue
		}
		least := 99
		for _, w := range e.Words {
			least = min(least, len(p.lexicon.vocabulary.words[w]))
		}
		if least > most {
			best, most = i, least
		}
	}
	return best
}
