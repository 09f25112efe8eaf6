package mention

import (
	"slices"
	"strings"

	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// candidate is whom a pronoun may mean, as far as a sentence goes.
type candidate struct {
	mention int  // index in Finder.mentions, -1 where there is none
	rival   bool // someone else was named as well
}

func (c *candidate) add(f *Finder, mention int) {
	if c.mention >= 0 && f.mentions[c.mention].Actor != f.mentions[mention].Actor {
		c.rival = true
	}
	c.mention = mention
}

// only returns the one that was named in this sentence or, where nobody was,
// in the one before; -1 where there is none or several.
func only(f *Finder, now, before candidate) int {
	switch {
	case now.rival || before.rival && now.mention < 0:
		return -1
	case now.mention < 0:
		return before.mention
	case before.mention >= 0 && (before.rival || f.mentions[before.mention].Actor != f.mentions[now.mention].Actor):
		return -1
	}
	return now.mention
}

// candidates are whom the pronouns may mean, as far as a sentence goes.
type candidates struct{ man, woman, people candidate }

var nobody = candidates{candidate{mention: -1}, candidate{mention: -1}, candidate{mention: -1}}

func (c *candidates) any() bool {
	return c.man.mention >= 0 || c.woman.mention >= 0 || c.people.mention >= 0
}

// pronouns adds the pronouns that can only mean the actor just named: "he" and "she"
// the only man or woman of this sentence and the one before, "it" and "they" the only
// state or people, and these only where both are subjects. It is careful: a
// pronoun that may mean someone else is left alone.
func (f *Finder) pronouns(doc *token.Scanner) {
	found := f.found[:0]
	before := nobody // of the sentence before
	next, decoy := 0, 0
	sentence, segment := -2, -1
	for next < len(f.mentions) || before.any() {
		// Go to the next sentence that matters.
		if before.any() {
			sentence++
		} else {
			sentence = f.mentions[next].Sentence
		}
		if sentence >= len(doc.Sentences) {
			break
		}
		s := &doc.Sentences[sentence]
		if s.Segment != segment {
			before, segment = nobody, s.Segment
		}
		now := nobody
		for i := s.First; i < s.Last; i++ {
			if next < len(f.mentions) && f.mentions[next].First == i {
				f.propose(doc, s, next, &now)
				i = f.mentions[next].Last - 1
				for next++; next < len(f.mentions) && f.mentions[next].First <= i; next++ {
					now.people.rival = now.people.rival || !f.mentions[next].Part // two actors in one word
				}
				continue
			}
			for decoy < len(f.Decoys) && f.Decoys[decoy].First < i {
				decoy++
			}
			if decoy < len(f.Decoys) && f.Decoys[decoy].First == i {
				i = f.Decoys[decoy].Last - 1
				now.people.rival = true
				continue
			}
			switch t := &doc.Tokens[i]; {
			case f.words.is(t.Word, pronoun):
				if at, possessive := f.meant(doc, s, i, &now, &before); at >= 0 {
					m := f.mentions[at]
					found = append(found, Mention{Actor: m.Actor, Span: t.Span, First: i, Last: i + 1, Sentence: sentence, Kind: m.Kind, Pronoun: true, Possessive: possessive})
				}
			case t.Is(token.Title) && i > s.First && !t.Is(token.Symbol) && t.Len() > 1 && !f.shouting.in(doc, sentence): // the name of someone else
				apart := doc.Tokens[i-1].Is(token.Punct)
				now.man.rival, now.woman.rival = now.man.rival || !apart, now.woman.rival || !apart
				now.people.rival = true
			}
		}
		before = now
	}
	f.found = found
	if len(found) > 0 {
		f.mentions = append(f.mentions, found...)
		slices.SortStableFunc(f.mentions, func(a, b Mention) int { return a.First - b.First })
	}
}

// propose makes a mention of a sentence the candidate of the pronouns that may mean it.
func (f *Finder) propose(doc *token.Scanner, s *token.Sentence, mention int, now *candidates) {
	m := &f.mentions[mention]
	kind := f.kind(m.Actor)
	one := isOne(kind)
	switch {
	case one && m.Kind == lexicon.Hashtag:
	case one, m.Kind == lexicon.Leader && doc.Tokens[m.First].Is(token.Title):
		if kind != "woman" {
			now.man.add(f, mention)
		}
		if kind == "woman" || kind == "person" {
			now.woman.add(f, mention)
		}
	case m.First-s.First <= 2 || f.words.is(doc.Tokens[m.First-1].Word, clauseStart) || f.words.is(doc.Tokens[m.First-2].Word, clauseStart): // a subject
		now.people.add(f, mention)
	case now.people.mention < 0 || f.mentions[now.people.mention].Actor != m.Actor:
		now.people.rival = true
	}
}

// meant returns which mention the pronoun at token i means, or -1, and whether
// it is one of possession. Whom "he", "she", "it" or "they" mean is the
// candidate for those that follow.
func (f *Finder) meant(doc *token.Scanner, s *token.Sentence, i int, now, before *candidates) (at int, possessive bool) {
	at = -1
	switch norm := doc.Tokens[i].Norm; norm {
	case "he", "him", "his", "himself":
		if at = only(f, now.man, before.man); at >= 0 {
			now.man.mention = at
		}
		possessive = norm == "his"
	case "she", "her", "hers", "herself":
		if at = only(f, now.woman, before.woman); at >= 0 {
			now.woman.mention = at
		}
		possessive = norm == "her" && i+1 < s.Last && f.words[doc.Tokens[i+1].Word] == 0 && !doc.Tokens[i+1].Is(token.Punct)
	case "they", "it":
		if i+1 >= s.Last || !f.subject(doc, s, i) {
			return -1, false
		}
		at = only(f, now.people, before.people)
		if at < 0 || !f.agrees(norm, &f.mentions[at], &doc.Tokens[i+1]) {
			return -1, false
		}
		now.people.mention = at
	case "its", "their":
		people := now.people
		if people.mention >= 0 && !people.rival && (before.people.mention < 0 || f.mentions[before.people.mention].Actor == f.mentions[people.mention].Actor) {
			return people.mention, true
		}
	}
	return at, possessive
}

// isOne says whether an actor of a kind is a single person.
func isOne(kind string) bool { return kind == "man" || kind == "woman" || kind == "person" }

func (f *Finder) kind(actor int) string { return f.lex.Actors[actor].Kind }

// subject reports whether the pronoun at i stands where a subject does.
func (f *Finder) subject(doc *token.Scanner, s *token.Sentence, i int) bool {
	if i > s.First && !f.words.is(doc.Tokens[i-1].Word, clauseStart) {
		return false
	}
	verb := &doc.Tokens[i+1]
	return f.words.is(verb.Word, verbOfState) || strings.HasSuffix(verb.Norm, "ed")
}

// agrees reports whether a pronoun has the number that the mention has.
func (f *Finder) agrees(norm string, m *Mention, verb *token.Token) bool {
	if norm == "they" {
		return true
	}
	// "it is" mostly means no one.
	return m.Kind == lexicon.Name && verb.Norm != "is" && verb.Norm != "was" && verb.Norm != "'s" && verb.Norm != "would" && verb.Norm != "can" && verb.Norm != "could"
}

// addressed adds "you" and "your" where a post speaks to one person by his
// handle at its head: "@name You are a liar."
func (f *Finder) addressed(doc *token.Scanner) {
	to := -1
	for i := range f.mentions {
		m := &f.mentions[i]
		if m.Kind == lexicon.Hashtag && doc.Tokens[m.First].Is(token.Handle) && isOne(f.kind(m.Actor)) {
			if to >= 0 && f.mentions[to].Actor != m.Actor {
				return
			}
			to = i
		}
	}
	if to < 0 {
		return
	}
	for i := range f.mentions[to].First { // only other handles stand before it
		if !doc.Tokens[i].Is(token.Handle) && doc.Tokens[i].Norm != "." {
			return
		}
	}
	m := f.mentions[to]
	for si := range doc.Sentences {
		s := &doc.Sentences[si]
		if s.Segment != doc.Sentences[m.Sentence].Segment {
			continue
		}
		for i := s.First; i < s.Last; i++ {
			switch t := &doc.Tokens[i]; t.Norm {
			case "you", "your", "u", "ur", "yourself":
				f.mentions = append(f.mentions, Mention{Actor: m.Actor, Span: t.Span, First: i, Last: i + 1, Sentence: si, Kind: m.Kind, Pronoun: true, Possessive: t.Norm == "your" || t.Norm == "ur"})
			}
		}
	}
	slices.SortStableFunc(f.mentions, func(a, b Mention) int { return a.First - b.First })
}
