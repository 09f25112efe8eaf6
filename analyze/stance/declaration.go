package stance

import (
	"math"
	"slices"

	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// declarationOdds is how much likelier a side becomes that the poster declares.
// Of 68 declarations in the labelled posts and tweets 56 are of the label and 11
// of the other side's: too few to be learned from, and in forums the words of
// some are mostly said of others ("they hate America").
const declarationOdds = 6

// declare weighs in what the poster declares, as in "I hate Trump" or "I stand
// with Iraq", on the probabilities of the labels of an actor whose hits were
// collected.
func (r *Rules) declare(in *Input, p []float64) {
	side := Neutral
	for i := range r.hits {
		h := &r.hits[i]
		if !declares(in, h) {
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
	}
	if side == Neutral {
		return
	}
	p[side] *= declarationOdds
	sum := p[Neutral] + p[Favor] + p[Against]
	for label := range p {
		p[label] /= sum
	}
}

// leastDeclared is the effect below which a cue is a nuance and no declaration.
const leastDeclared = 0.35

// declares says whether a hit is what the poster himself feels of the actor,
// said without doubt, irony or condition.
func declares(in *Input, h *Hit) bool {
	const plain = Negated | Boosted | Dampened | Pronominal
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
	first := in.Doc.Sentences[mention.Sentence].First
	for at > first && tokens[at].Norm != "i" && (tokens[at].Start == h.Span.Start || passable(&tokens[at])) {
		at--
	}
	if tokens[at].Norm != "i" {
		return false
	}
	for at++; at < mention.First && passable(&tokens[at]); at++ {
	}
	return at < mention.First && cues.Is(tokens[at].Word, lexicon.Attitude)
}
