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

// pronouns adds the pronouns that can only mean the actor just named: "he" and "she"
// the only man or woman of this sentence and the one before, "it" and "they" the only
// state or people, and these only where both are subjects. It is careful: a
// pronoun that may mean someone else is left alone.
func (f *Finder) pronouns(doc *token.Scanner) {
	if len(f.mentions) == 0 {
		return
	}
	found := f.found[:0]
	none := candidate{mention: -1}
	man, woman, people := none, none, none // of the sentence before
	next, decoy := 0, 0
	sentence, segment := -2, -1
	for next < len(f.mentions) || man.mention >= 0 || woman.mention >= 0 || people.mention >= 0 {
		// Go to the next sentence that matters.
		if man.mention < 0 && woman.mention < 0 && people.mention < 0 {
			sentence = f.mentions[next].Sentence
		} else {
			sentence++
		}
		if sentence >= len(doc.Sentences) {
			break
		}
		s := &doc.Sentences[sentence]
		if s.Segment != segment {
			man, woman, people, segment = none, none, none, s.Segment
		}
		manNow, womanNow, peopleNow := none, none, none
		for i := s.First; i < s.Last; i++ {
			if next < len(f.mentions) && f.mentions[next].First == i {
				m := &f.mentions[next]
				kind := f.kind(m.Actor)
				one := isOne(kind)
				switch {
				case one && m.Kind == lexicon.Hashtag:
				case one, m.Kind == lexicon.Leader && doc.Tokens[i].Is(token.Title):
					if kind != "woman" {
						manNow.add(f, next)
					}
					if kind == "woman" || kind == "person" {
						womanNow.add(f, next)
					}
				default:
					if i-s.First <= 2 || f.words.is(doc.Tokens[i-1].Word, clauseStart) || i >= s.First+2 && f.words.is(doc.Tokens[i-2].Word, clauseStart) {
						peopleNow.add(f, next)
					} else if peopleNow.mention < 0 || f.mentions[peopleNow.mention].Actor != m.Actor {
						peopleNow.rival = true
					}
				}
				i = m.Last - 1
				for next++; next < len(f.mentions) && f.mentions[next].First <= i; next++ {
					peopleNow.rival = peopleNow.rival || !f.mentions[next].Part // two actors in one word
				}
				continue
			}
			for decoy < len(f.Decoys) && f.Decoys[decoy].First < i {
				decoy++
			}
			if decoy < len(f.Decoys) && f.Decoys[decoy].First == i {
				i = f.Decoys[decoy].Last - 1
				peopleNow.rival = true
				continue
			}
			t := &doc.Tokens[i]
			if !f.words.is(t.Word, pronoun) {
				if t.Is(token.Title) && i > s.First && !t.Is(token.Symbol) && t.Len() > 1 && !f.shouting.in(doc, sentence) {
					apart := doc.Tokens[i-1].Is(token.Punct)
					manNow.rival, womanNow.rival = manNow.rival || !apart, womanNow.rival || !apart
					peopleNow.rival = true
				}
				continue
			}
			at := -1
			possessive := false
			switch t.Norm {
			case "he", "him", "his", "himself":
				at = only(f, manNow, man)
				if at >= 0 {
					manNow.mention = at
				}
				possessive = t.Norm == "his"
			case "she", "her", "hers", "herself":
				at = only(f, womanNow, woman)
				if at >= 0 {
					womanNow.mention = at
				}
				possessive = t.Norm == "her" && i+1 < s.Last && f.words[doc.Tokens[i+1].Word] == 0 && !doc.Tokens[i+1].Is(token.Punct)
			case "they", "it":
				if i+1 < s.Last && f.subject(doc, s, i) {
					at = only(f, peopleNow, people)
					if at >= 0 && !f.agrees(t.Norm, &f.mentions[at], &doc.Tokens[i+1]) {
						at = -1
					}
					if at >= 0 {
						peopleNow.mention = at
					}
				}
			case "its", "their":
				if peopleNow.mention >= 0 && !peopleNow.rival && (people.mention < 0 || f.mentions[people.mention].Actor == f.mentions[peopleNow.mention].Actor) {
					at, possessive = peopleNow.mention, true
				}
			}
			if at >= 0 {
				m := f.mentions[at]
				found = append(found, Mention{Actor: m.Actor, Span: t.Span, First: i, Last: i + 1, Sentence: sentence, Kind: m.Kind, Pronoun: true, Possessive: possessive})
			}
		}
		man, woman, people = manNow, womanNow, peopleNow
	}
	f.found = found
	if len(found) > 0 {
		f.mentions = append(f.mentions, found...)
		slices.SortStableFunc(f.mentions, func(a, b Mention) int { return a.First - b.First })
	}
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
