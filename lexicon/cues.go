package lexicon

import (
	"sort"
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
	Verbs []struct {
		Lemmas  []string `toml:"lemmas"`
		Nouns   []string `toml:"nouns"`
		Subject float64  `toml:"subject"`
		Object  float64  `toml:"object"`
	} `toml:"verb"`
	Nouns []struct {
		Words   []string `toml:"words"`
		Valence float64  `toml:"valence"`
		Owner   *float64 `toml:"owner"`
	} `toml:"noun"`
	Adjectives []struct {
		Words   []string `toml:"words"`
		Valence float64  `toml:"valence"`
		Owner   *float64 `toml:"owner"`
	} `toml:"adjective"`
	Phrases []struct {
		Texts []string `toml:"texts"`
		X     float64  `toml:"X"`
		Y     float64  `toml:"Y"`
	} `toml:"phrase"`
	Functions map[string][]string `toml:"function"`
	Sarcasm   []string            `toml:"sarcasm"`
	Irony     []string            `toml:"irony"`

	source *sourceFile
}

var functionNames = map[string]Function{
	"negator": Negator, "booster": Booster, "dampener": Dampener, "contrast": Contrast, "condition": Condition,
	"hedge": Hedge, "report": Report, "delusion": Delusion, "determiner": Determiner, "auxiliary": Auxiliary,
	"first_person": FirstPerson, "support": Support, "question": Question, "clause": Clause, "others": Others,
	"attitude": Attitude, "opponent": Opponent, "supporter": Supporter,
}

// compileCues compiles the cues of all files; of two that say something of the
// same word or phrase the later file's holds.
func (p *parser) compileCues() {
	c := &p.lexicon.Cues
	verbs, actions, nouns := map[Word]*Verb{}, map[Word]*Verb{}, map[Word]*Noun{}
	phrases := map[string][]*Phrase{}
	var order []string
	type function struct {
		word Word
		f    Function
	}
	var functions []function
	var sarcasm, irony [][]Word
	inRange := func(file *sourceFile, table string, entry int, text string, values ...float64) {
		for _, v := range values {
			if !(v >= -1 && v <= 1) {
				p.fail(p.find(file.header(table, entry), text), "%s %q has the effect %v; it may be from -1 to 1", table, text, v)
			}
		}
	}
	for _, file := range p.cues {
		for i, e := range file.Verbs {
			at := file.source.header("verb", i)
			if len(e.Lemmas) == 0 {
				p.fail(at, "this verb has no lemmas; add lemmas = [\"…\"]")
			}
			for _, lemma := range e.Lemmas {
				inRange(file.source, "verb", i, lemma, e.Subject, e.Object)
				verb := &Verb{Lemma: lemma, Subject: e.Subject, Object: e.Object}
				for _, form := range inflect(strings.TrimSuffix(lower(lemma), "~") + "~") {
					if strings.ContainsRune(form, ' ') {
						p.fail(p.find(at, lemma), "verb %q has more than one word; write it as a phrase", lemma)
						break
					}
					verbs[p.word(form)] = verb
				}
			}
			for _, text := range e.Nouns {
				base := lower(text)
				noun := &Verb{Lemma: base, Subject: e.Subject, Object: e.Object, Noun: true}
				for _, form := range []string{base, third(base)} {
					if len(split(form)) != 1 {
						p.fail(p.find(at, text), "noun %q has more than one word; write it as a phrase", text)
						break
					}
					actions[p.word(form)] = noun
				}
			}
		}
		for kind, list := range [2][]struct {
			Words   []string `toml:"words"`
			Valence float64  `toml:"valence"`
			Owner   *float64 `toml:"owner"`
		}{file.Nouns, file.Adjectives} {
			table := [2]string{"noun", "adjective"}[kind]
			for i, e := range list {
				at := file.source.header(table, i)
				if len(e.Words) == 0 {
					p.fail(at, "this %s has no words; add words = [\"…\"]", table)
				}
				for _, text := range e.Words {
					inRange(file.source, table, i, text, e.Valence)
					base := lower(text)
					noun := &Noun{Text: base, Valence: e.Valence, Owner: e.Valence, Adjective: kind == 1}
					if e.Owner != nil {
						inRange(file.source, table, i, text, *e.Owner)
						noun.Owner = *e.Owner
					}
					forms := []string{base}
					if kind == 0 {
						forms = append(forms, third(base))
					}
					for _, form := range forms {
						if words := split(form); len(words) == 1 {
							nouns[p.word(form)] = noun
						} else {
							p.fail(p.find(at, text), "%s %q has more than one word; write it as a phrase", table, text)
							break
						}
					}
				}
			}
		}
		for i, e := range file.Phrases {
			at := file.source.header("phrase", i)
			if len(e.Texts) == 0 {
				p.fail(at, "this phrase has no texts; add texts = [\"…\"]")
			}
			if e.X == 0 && e.Y == 0 {
				p.fail(at, "this phrase says nothing; give X or Y an effect from -1 to 1")
			}
			for _, text := range e.Texts {
				inRange(file.source, "phrase", i, text, e.X, e.Y)
				forms, err := p.elements(text)
				if err != "" {
					p.fail(p.find(at, text), "phrase %q %s", text, err)
					continue
				}
				if phrases[text] == nil {
					order = append(order, text)
				}
				phrases[text] = nil
				for _, elements := range forms {
					phrases[text] = append(phrases[text], &Phrase{Text: text, Elements: elements, Anchor: p.anchor(elements), X: e.X, Y: e.Y})
				}
			}
		}
		names := make([]string, 0, len(file.Functions))
		for name := range file.Functions {
			names = append(names, name)
		}
		sort.Strings(names)
		for _, name := range names {
			f, ok := functionNames[name]
			if !ok {
				p.fail(p.find(place{file: file.source, line: 1}, name), "no function is called %q", name)
				continue
			}
			for _, text := range file.Functions[name] {
				for _, form := range inflect(lower(text)) {
					functions = append(functions, function{p.word(form), f})
				}
			}
		}
		sarcasm = append(sarcasm, p.phrases(file.Sarcasm)...)
		irony = append(irony, p.phrases(file.Irony)...)
	}
	size := len(p.lexicon.vocabulary.words)
	c.verbs, c.actions, c.nouns = make([]*Verb, size), make([]*Verb, size), make([]*Noun, size)
	c.phrases, c.functions = make([][]*Phrase, size), make([]Function, size)
	c.sarcasm, c.irony = byFirst(sarcasm, size), byFirst(irony, size)
	for w, v := range verbs {
		c.verbs[w] = v
	}
	for w, v := range actions {
		c.actions[w] = v
	}
	for w, n := range nouns {
		c.nouns[w] = n
	}
	for _, text := range order {
		for _, phrase := range phrases[text] {
			for _, w := range phrase.Elements[phrase.Anchor].Words {
				if list := c.phrases[w]; len(list) == 0 || list[len(list)-1] != phrase {
					c.phrases[w] = append(list, phrase)
				}
			}
		}
	}
	for _, list := range c.phrases {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].Elements) > len(list[j].Elements) })
	}
	for _, f := range functions {
		c.functions[f.word] |= f.f
	}
}

// byFirst lists phrases by their first word, each without it.
func byFirst(phrases [][]Word, size int) [][][]Word {
	by := make([][][]Word, size)
	for _, words := range phrases {
		by[words[0]] = append(by[words[0]], words[1:])
	}
	return by
}

// elements returns the elements of a phrase: "{X}" and "{Y}" are slots, "*" a
// gap, "(a|b)" a choice, "word?" may be missing, "word~" is any inflection. A
// choice of which one has several words gives a list of elements for each. The
// second result says what is wrong, "" where nothing is.
func (p *parser) elements(text string) ([][]Element, string) {
	forms := [][]Element{nil}
	add := func(choices ...[]Element) {
		var grown [][]Element
		for _, form := range forms {
			for _, choice := range choices {
				grown = append(grown, append(form[:len(form):len(form)], choice...))
			}
		}
		forms = grown
	}
	literal := func(text string, optional bool) []Element {
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
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		if len(forms) > maxForms {
			return nil, "has too many choices; make several phrases of it"
		}
		if rest[0] == '(' {
			end := strings.IndexByte(rest, ')')
			if end < 0 {
				return nil, "opens a bracket and does not close it"
			}
			optional := strings.HasPrefix(rest[end+1:], "?")
			var words []Word
			var choices [][]Element
			for choice := range strings.SplitSeq(rest[1:end], "|") {
				switch elements := literal(choice, false); len(elements) {
				case 0:
					return nil, "has an empty choice; write (a|b)? for one that may be missing"
				case 1:
					words = append(words, elements[0].Words...)
				default:
					choices = append(choices, elements)
				}
			}
			if len(words) > 0 {
				choices = append(choices, []Element{{Words: words}})
			}
			if optional {
				choices = append(choices, nil)
			}
			add(choices...)
			rest = rest[end+1:]
			if optional {
				rest = rest[1:]
			}
			continue
		}
		part, after, _ := strings.Cut(rest, " ")
		rest = after
		base, optional := strings.CutSuffix(part, "?")
		if base == "" {
			base, optional = part, false
		}
		switch base {
		case "{X}", "{X}'s":
			add([]Element{{Kind: SlotX}})
			if base != "{X}" {
				add([]Element{{Words: []Word{p.word("'s"), p.word("'")}}})
			}
		case "{Y}", "{Y}'s":
			add([]Element{{Kind: SlotY, Optional: optional}})
			if base != "{Y}" {
				add([]Element{{Words: []Word{p.word("'s"), p.word("'")}}})
			}
		case "*":
			add([]Element{{Kind: Gap}})
		default:
			if strings.ContainsAny(base, "{}") {
				return nil, "holds braces; only {X} and {Y} have a meaning"
			}
			add(literal(base, optional))
		}
	}
	for _, form := range forms {
		targets, words := 0, 0
		for _, e := range form {
			if e.Kind == SlotX {
				targets++
			}
			if e.Kind == Literal && !e.Optional {
				words++
			}
		}
		if words == 0 {
			return nil, "has no word that must be there"
		}
		if targets > 1 {
			return nil, "has {X} twice; call the other one {Y}"
		}
		if targets == 0 {
			return nil, "has no {X}; say where the target stands"
		}
	}
	return forms, ""
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
