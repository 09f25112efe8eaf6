package mention

import (
	"slices"
	"strings"

	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

// Finder finds mentions. It reuses its memory: what it returned is valid
// until the next Find. It is for one goroutine at a time.
type Finder struct {
	Decoys []Mention // of the last text: what holds an actor's name and is not the actor

	lex      *lexicon.Lexicon
	words    words
	mentions []Mention
	found    []Mention // the mentions that pronouns may mean
	pieces   []piece
	costs    []int
	name     token.Scanner
	shouting shouting
}

// NewFinder returns a finder of the lexicon's actors.
func NewFinder(lex *lexicon.Lexicon) *Finder {
	return &Finder{lex: lex, words: newWords(lex)}
}

// Find returns the mentions in a scanned text, in text order. doc was Reset
// with the finder's lexicon. targets are those that the record asks for
// beside the lexicon's actors: one that gives no span and names an actor of
// the lexicon adds nothing, one with a span is that span, any other is found
// by its name. It needs no part-of-speech tags.
func (f *Finder) Find(doc *token.Scanner, targets []thread.Target) []Mention {
	f.mentions, f.Decoys = f.mentions[:0], f.Decoys[:0]
	f.shouting.sentence = -1
	for si := range doc.Sentences {
		s := &doc.Sentences[si]
		for i := s.First; i < s.Last; {
			i += f.at(doc, si, i)
		}
	}
	f.declarations(doc)
	f.pronouns(doc)
	f.addressed(doc)
	if len(targets) > 0 {
		f.targets(doc, targets)
	}
	f.declare(doc)
	return f.mentions
}

// Resolve returns the index of the lexicon's actor that a record's target
// means, or -1 where it is a target of its own.
func Resolve(lex *lexicon.Lexicon, target *thread.Target) int {
	if target.Span != (thread.Span{}) {
		return -1
	}
	return lex.Named(target.Name)
}

// at adds what is spoken of at token i and returns how many tokens that
// takes, 1 where it is nothing.
func (f *Finder) at(doc *token.Scanner, sentence, i int) int {
	t := &doc.Tokens[i]
	if n := f.alias(doc, sentence, i); n > 0 {
		return n
	}
	switch {
	case t.Is(token.Hashtag):
		f.hashtag(doc, sentence, i)
	case t.Is(token.Symbol):
	case strings.IndexByte(t.Norm, '-') > 0:
		f.compound(doc, sentence, i)
	}
	return 1
}

// alias adds the longest alias that begins at token i and returns how many
// tokens it has, 0 where there is none.
func (f *Finder) alias(doc *token.Scanner, sentence, i int) int {
	tokens := doc.Tokens[i:doc.Sentences[sentence].Last]
	if tokens[0].Word == 0 {
		return 0
	}
	for _, a := range f.lex.Aliases(tokens[0].Word) {
		if !token.Begin(tokens, a.Words) {
			continue
		}
		n := len(a.Words)
		span := thread.Span{Start: tokens[0].Start, End: tokens[n-1].End}
		if a.Exact && span.Of(doc.Text) != a.Text {
			continue
		}
		if a.Kind != lexicon.Decoy && n == 1 && !f.names(doc, sentence, i, a) {
			continue
		}
		m := Mention{Actor: a.Actor, Span: span, First: i, Last: i + n, Sentence: sentence, Kind: a.Kind, Alias: a, Valence: a.Valence}
		if a.Kind == lexicon.Decoy {
			f.Decoys = append(f.Decoys, m)
			return n
		}
		m.Possessive = f.possessive(doc, sentence, i+n)
		f.mentions = append(f.mentions, m)
		for whole := f.lex.Actors[m.Actor].Whole; whole >= 0; whole = f.lex.Actors[whole].Whole {
			m.Actor, m.Part = whole, true
			f.mentions = append(f.mentions, m)
		}
		return n
	}
	return 0
}

// possessive reports whether the "'s" or "'" that stands at token i makes what
// is before it a possessor.
func (f *Finder) possessive(doc *token.Scanner, sentence, i int) bool {
	last := doc.Sentences[sentence].Last
	if i >= last {
		return false
	}
	t := &doc.Tokens[i]
	if t.Norm == "'" {
		return !t.Is(token.Spaced) && i+1 < last && doc.Tokens[i+1].Is(token.Spaced) && !t.Is(token.Quoted)
	}
	if t.Norm != "'s" {
		return false
	}
	if i+1 == last {
		return true
	}
	next := &doc.Tokens[i+1]
	return !next.Is(token.Punct) && !f.words.is(next.Word, afterIs) && !strings.HasSuffix(next.Norm, "ing")
}

// names reports whether the single word at token i, which an alias spells,
// does name the alias's actor there.
func (f *Finder) names(doc *token.Scanner, sentence, i int, a *lexicon.Alias) bool {
	t := &doc.Tokens[i]
	s := &doc.Sentences[sentence]
	var before, after *token.Token
	if i > s.First {
		before = &doc.Tokens[i-1]
	}
	if i+1 < s.Last {
		after = &doc.Tokens[i+1]
	}
	if a.Exact && t.Is(token.Upper) && !t.Is(token.Abbreviation) && f.words.is(t.Word, pronoun) && f.shouting.in(doc, sentence) {
		return f.countryInCapitals(before, after)
	}
	if !t.Is(token.Title|token.Upper|token.Symbol) && f.words.is(t.Word, verbToo) {
		return !verbUse(&f.words, before, after)
	}
	return true
}

// countryInCapitals reads "US" where all is in capitals: as the country only
// where the grammar has no room for the pronoun.
func (f *Finder) countryInCapitals(before, after *token.Token) bool {
	if before != nil && f.words.is(before.Word, article) {
		return true
	}
	if before != nil && f.words.is(before.Word, takesPronoun) {
		return false
	}
	if after == nil {
		return false
	}
	return f.words.is(after.Word, afterCountry) || after.Norm == "'s"
}

// verbUse reports whether a word in small letters that is a verb as well as a
// name ("trump") is the verb.
func verbUse(words *words, before, after *token.Token) bool {
	if before != nil && words.is(before.Word, modal) {
		return true
	}
	if before != nil && before.Word != 0 && words.is(before.Word, article) && after != nil && !after.Is(token.Punct) {
		return after.Norm == "card" || after.Norm == "cards"
	}
	if after == nil || !words.is(after.Word, article|object) {
		return false
	}
	// "facts trump the theory", and not "I saw trump the other day".
	return before != nil && !before.Is(token.Symbol) && !words.is(before.Word, takesPronoun)
}

// compound looks for actors in a word joined by hyphens: in "US-Iran" both
// are named, in "Iran-friendly" and "post-Saddam" neither is.
func (f *Finder) compound(doc *token.Scanner, sentence, i int) {
	t := &doc.Tokens[i]
	text := t.Of(doc.Text)
	if len(text) != len(t.Norm) {
		return
	}
	first := len(f.mentions)
	all := true
	var one Mention
	for from := 0; from < len(text); {
		to := strings.IndexByte(t.Norm[from:], '-')
		if to < 0 {
			to = len(text)
		} else {
			to += from
		}
		if a := f.single(t.Norm[from:to], text[from:to]); a != nil {
			span := thread.Span{Start: t.Start + from, End: t.Start + to}
			one = Mention{Actor: a.Actor, Span: span, First: i, Last: i + 1, Sentence: sentence, Kind: a.Kind, Alias: a, Valence: a.Valence}
			f.mentions = append(f.mentions, one)
		} else if text[from] < 'A' || text[from] > 'Z' {
			all = false
		}
		from = to + 1
	}
	if !all && len(f.mentions) > first {
		f.mentions = f.mentions[:first]
		one.Span, one.Kind = t.Span, lexicon.Decoy
		f.Decoys = append(f.Decoys, one)
	}
}

// single returns the alias of one word that norm, written as text, spells.
func (f *Finder) single(norm, text string) *lexicon.Alias {
	for _, a := range f.lex.Aliases(f.lex.Word(norm)) {
		if len(a.Words) == 1 && a.Kind != lexicon.Decoy && (!a.Exact || a.Text == text) {
			return a
		}
	}
	return nil
}

// shouting tells whether a sentence is in capitals, as far as that can be told
// from its other words. Few sentences are asked about, some of them often.
type shouting struct {
	sentence int // that it was last asked about, or -1
	shouted  bool
}

func (s *shouting) in(doc *token.Scanner, sentence int) bool {
	if s.sentence == sentence {
		return s.shouted
	}
	capitals, small := 0, 0
	for i := doc.Sentences[sentence].First; i < doc.Sentences[sentence].Last; i++ {
		switch t := &doc.Tokens[i]; {
		case t.Is(token.Symbol) || t.Len() < 2:
		case t.Is(token.Upper):
			capitals++
		default:
			small++
		}
	}
	*s = shouting{sentence, capitals >= 3 && capitals > 2*small}
	return s.shouted
}

// targets adds the mentions of the record's own targets.
func (f *Finder) targets(doc *token.Scanner, targets []thread.Target) {
	for i := range targets {
		t := &targets[i]
		actor := len(f.lex.Actors) + i
		if t.Span != (thread.Span{}) {
			f.spanned(doc, t.Span, actor)
		} else if Resolve(f.lex, t) < 0 {
			f.named(doc, t.Name, actor)
		}
	}
	slices.SortStableFunc(f.mentions, func(a, b Mention) int { return a.First - b.First })
}

// spanned adds the mention of a target that the record gives by its span. It
// takes the place of the actors' mentions there.
func (f *Finder) spanned(doc *token.Scanner, span thread.Span, actor int) {
	first, _ := slices.BinarySearchFunc(doc.Tokens, span.Start, func(t token.Token, at int) int {
		if t.End <= at {
			return -1
		}
		return 1
	})
	last := first
	for last < len(doc.Tokens) && doc.Tokens[last].Start < span.End {
		last++
	}
	if first == last {
		return // it stands in a part that nobody holds
	}
	sentence, _ := slices.BinarySearchFunc(doc.Sentences, first, func(s token.Sentence, at int) int {
		if s.Last <= at {
			return -1
		}
		return 1
	})
	last = min(last, doc.Sentences[sentence].Last)
	m := Mention{
		Actor: actor, Span: thread.Span{Start: doc.Tokens[first].Start, End: doc.Tokens[last-1].End}, First: first, Last: last, Sentence: sentence,
		Possessive: f.possessive(doc, sentence, last) || f.words.is(doc.Tokens[last-1].Word, possessor),
		Pronoun:    f.words.is(doc.Tokens[first].Word, pronoun) && last == first+1,
	}
	for _, old := range f.mentions {
		if old.Actor < len(f.lex.Actors) && old.First < last && first < old.Last && old.Valence != 0 {
			m.Valence = old.Valence
		}
	}
	f.mentions = slices.DeleteFunc(f.mentions, func(old Mention) bool {
		return old.Actor < len(f.lex.Actors) && old.First < last && first < old.Last
	})
	f.mentions = append(f.mentions, m)
}

// named adds the mentions of a target that no actor is, by its name. Of a name
// of two words, such as a person's, each may stand alone.
func (f *Finder) named(doc *token.Scanner, name string, actor int) {
	f.name.Reset(f.lex, name)
	f.name.Scan(thread.Span{Start: 0, End: len(name)}, 0)
	words := f.name.Tokens
	if len(words) == 0 {
		return
	}
	person := len(words) == 2 && words[0].Is(token.Title) && words[1].Is(token.Title)
	for si := range doc.Sentences {
		s := &doc.Sentences[si]
		for i := s.First; i < s.Last; i++ {
			t := &doc.Tokens[i]
			n, kind := 0, lexicon.Name
			switch {
			case t.Is(token.Hashtag | token.Handle):
				if joined(t.Norm[1:], words) || person && t.Norm[1:] == words[1].Norm {
					n, kind = 1, lexicon.Hashtag
				}
			default:
				for n < len(words) && i+n < s.Last && doc.Tokens[i+n].Norm == words[n].Norm {
					n++
				}
				if n < len(words) {
					n = 0
					if person && t.Is(token.Title) && (t.Norm == words[1].Norm || t.Norm == words[0].Norm && (i+1 >= s.Last || !doc.Tokens[i+1].Is(token.Title))) {
						n = 1
					}
				}
			}
			if n == 0 {
				continue
			}
			f.mentions = append(f.mentions, Mention{
				Actor: actor, Span: thread.Span{Start: t.Start, End: doc.Tokens[i+n-1].End}, First: i, Last: i + n, Sentence: si,
				Kind: kind, Possessive: f.possessive(doc, si, i+n),
			})
			i += n - 1
		}
	}
}

// joined reports whether tag is the words written as one.
func joined(tag string, words []token.Token) bool {
	for i := range words {
		rest, ok := strings.CutPrefix(tag, words[i].Norm)
		if !ok {
			return false
		}
		tag = rest
	}
	return tag == ""
}
