package stance

import (
	"math"
	"slices"

	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// declarationOdds is how much likelier a side becomes with each sentence in which
// the poster declares it.
// Of 308 declarations in the labelled posts and tweets 261 are of the label and 35
// of the other side's: too few to be learned from, and the words of some are mostly
// said of others ("they hate America").
const declarationOdds = 6

// declare weighs in what the poster declares, as in "I hate Trump", "I stand with
// Iraq", "I'm pro-Iran" or "Impeach Trump!", on the probabilities of the labels of an
// actor whose hits were collected.
func (r *Rules) declare(in *Input, p []float64) {
	side, odds, last := Neutral, 1.0, -1
	for i := range r.hits {
		h := &r.hits[i]
		mention := &in.Mentions[h.Mention]
		if !mention.Declared && !declares(in, h) && !slogan(in, h) && !takesSide(in, h) {
			continue
		}
		said := Favor
		if h.Effect < 0 {
			said = Against
		}
		if side != Neutral && side != said {
			return
		}
		side = said
		if mention.Sentence != last {
			odds, last = odds*declarationOdds, mention.Sentence
		}
	}
	if side == Neutral {
		return
	}
	weighIn(p, side, odds)
}

// weighIn makes a label so many times likelier.
func weighIn(p []float64, label Label, odds float64) {
	p[label] *= odds
	sum := p[Neutral] + p[Favor] + p[Against]
	for label := range p {
		p[label] /= sum
	}
}

// takesSide says whether a hit is a nickname that only those use who are against the
// actor, or only those who are for him, in the poster's own words.
func takesSide(in *Input, h *Hit) bool {
	return h.Kind == NicknameCue && h.Marks == 0 && math.Abs(h.Base) >= leastNickname && in.Mentions[h.Mention].Kind == lexicon.Nickname
}

// leastNickname is the valence from which on a nickname is of one side alone.
const leastNickname = 0.9

// leastDeclared is the effect below which a cue is a nuance and no declaration.
const leastDeclared = 0.3

// declares says whether a hit is what the poster himself feels of the actor, said
// without doubt, irony or condition: "I trust Iraq", or "Trust Iraq" and no more.
func declares(in *Input, h *Hit) bool {
	plain := Negated | Boosted | Dampened | Pronominal | Imperative
	if h.Base < 0 {
		plain |= Sarcastic // "I hate X lol"
	}
	if h.Marks&^plain != 0 || math.Abs(h.Effect) < leastDeclared {
		return false
	}
	switch h.Role {
	case Object, Slot, Participant:
	default:
		return false
	}
	tokens, cues := in.Doc.Tokens, &in.Lexicon.Cues
	passable := func(t *token.Token) bool {
		return t.Tag.Adverb() || cues.Is(t.Word, lexicon.Auxiliary|lexicon.Negator|lexicon.Booster)
	}
	mention := &in.Mentions[h.Mention]
	at, _ := slices.BinarySearchFunc(tokens, h.Span.Start, func(t token.Token, start int) int { return t.Start - start })
	sentence := in.Doc.Sentences[mention.Sentence]
	for at > sentence.First && tokens[at].Norm != "i" && (tokens[at].Start == h.Span.Start || passable(&tokens[at])) {
		at--
	}
	ordered := tokens[at].Norm != "i"
	switch {
	case !ordered:
		at++
	case at > sentence.First || !closes(tokens[mention.Last:sentence.Last]):
		return false
	}
	for at < mention.First && passable(&tokens[at]) {
		at++
	}
	said := &tokens[at]
	if at >= mention.First || ordered && said.Tag != token.VB && said.Tag != token.VBP {
		return false
	}
	return cues.Is(said.Word, lexicon.Attitude)
}

// slogan says whether a hit is a phrase about the actor that is all that a sentence
// says: "Impeach Trump now!", "Death to America", "No to Iran".
func slogan(in *Input, h *Hit) bool {
	if h.Kind != PhraseCue || h.Role != Slot || h.Marks&^(Negated|Boosted|Imperative) != 0 || math.Abs(h.Effect) < leastDeclared {
		return false
	}
	sentence := in.Doc.Sentences[in.Mentions[h.Mention].Sentence]
	for _, t := range in.Doc.Tokens[sentence.First:sentence.Last] {
		if t.Tag == token.IN && in.Lexicon.Cues.Is(t.Word, lexicon.Attitude) {
			return false // "Just like Iran."
		}
		within := h.Span.Start <= t.Start && t.End <= h.Span.End
		mark := t.Is(token.Punct) && !t.Asks()
		adverb := t.Tag.Adverb() && !in.Lexicon.Cues.Is(t.Word, lexicon.Negator|lexicon.Hedge)
		if !within && !mark && !adverb {
			return false
		}
	}
	return true
}

// closes says whether nothing but marks is left of a sentence, and it does not ask.
func closes(rest []token.Token) bool {
	return !slices.ContainsFunc(rest, func(t token.Token) bool { return !t.Is(token.Punct) || t.Asks() })
}
