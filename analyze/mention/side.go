package mention

import (
	"slices"
	"strings"

	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// declared is what it says of an actor that the poster counts himself among those
// who are for him, or against him with the sign turned.
const declared = 0.9

// declarations makes mentions of the decoys by which the poster says on whose side
// he is: "I'm pro-Iran", "as a Trump voter, I". Said of others such words speak of
// them.
func (f *Finder) declarations(doc *token.Scanner) {
	kept := f.Decoys[:0]
	for _, d := range f.Decoys {
		if side := f.side(doc, d.First, d.Last); side != 0 && f.ofPoster(doc, &d) {
			d.Kind, d.Valence, d.Declared = lexicon.Nickname, side, true
			f.mentions = append(f.mentions, d)
		} else {
			kept = append(kept, d)
		}
	}
	if len(kept) < len(f.Decoys) {
		f.Decoys = kept
		slices.SortStableFunc(f.mentions, func(a, b Mention) int { return a.First - b.First })
	}
}

// declare finds the same at the mentions of those of whom no decoy is known.
func (f *Finder) declare(doc *token.Scanner) {
	for k := range f.mentions {
		m := &f.mentions[k]
		if m.Pronoun || m.Possessive || m.Last >= doc.Sentences[m.Sentence].Last {
			continue
		}
		whole := *m
		whole.Last++
		if side := f.side(doc, m.Last, whole.Last); side != 0 && f.ofPoster(doc, &whole) {
			m.Valence, m.Declared = side, true
		}
	}
}

// side returns what the words [first, last), "pro-US" or "Trump voter", say of the
// actor whose name is among them, 0 where they tell of no side.
func (f *Finder) side(doc *token.Scanner, first, last int) float64 {
	opening, _, _ := strings.Cut(doc.Tokens[first].Norm, "-")
	switch opening {
	case "pro":
		return declared
	case "anti", "never":
		return -declared
	}
	switch w := doc.Tokens[last-1].Word; {
	case f.lex.Cues.Is(w, lexicon.Supporter):
		return declared
	case f.lex.Cues.Is(w, lexicon.Opponent):
		return -declared
	}
	return 0
}

// ofPoster reports whether the poster calls himself what the words of a mention
// are: "I am still" or "as a proud" stands before them, or "here" behind.
func (f *Finder) ofPoster(doc *token.Scanner, m *Mention) bool {
	s := &doc.Sentences[m.Sentence]
	before, after := doc.Tokens[s.First:m.First], doc.Tokens[m.Last:s.Last]
	if len(after) > 0 {
		switch after[0].Norm {
		case "'s", "'":
			return false
		case "here":
			return true
		}
	}
	before, one := f.beforeArticle(before)
	if one && strings.HasSuffix(doc.Tokens[m.Last-1].Norm, "s") {
		return false // "a man against Trump voters"
	}
	for len(before) > 0 && f.words.is(before[len(before)-1].Word, degree) {
		before = before[:len(before)-1]
	}
	if end(before, "as") {
		if one {
			return slices.ContainsFunc(after, func(t token.Token) bool { return f.words.is(t.Word, poster) })
		}
		before = before[:len(before)-1]
	}
	return end(before, "i", "am") || end(before, "i", "'m") || end(before, "im") || end(before, "we", "are") || end(before, "we", "'re")
}

// beforeArticle returns what stands before the "a" or "an" of a noun phrase that
// tokens end in, at most three words after it, and whether there is one.
func (f *Finder) beforeArticle(tokens []token.Token) (before []token.Token, found bool) {
	for n := len(tokens) - 1; n >= 0 && n >= len(tokens)-4; n-- {
		switch t := &tokens[n]; {
		case t.Norm == "a" || t.Norm == "an":
			return tokens[:n], true
		case f.words.is(t.Word, pronoun|possessor|modal|takesPronoun) || f.lex.Cues.Is(t.Word, lexicon.Clause|lexicon.Negator|lexicon.Auxiliary):
			return tokens, false
		}
	}
	return tokens, false
}

// end says whether tokens end in words.
func end(tokens []token.Token, words ...string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, t := range tokens[len(tokens)-len(words):] {
		if t.Norm != words[i] {
			return false
		}
	}
	return true
}
