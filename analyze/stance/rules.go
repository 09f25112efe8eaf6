package stance

import (
	"threadstance/lexicon"
	"threadstance/thread"
)

// Rules is the Scorer that weighs the cues found at an actor's mentions.
type Rules struct {
	matcher *Matcher
	seen    []int32 // by actor and holder being scored
}

// NewRules returns a scorer by the lexicon's cues.
func NewRules(lex *lexicon.Lexicon) *Rules { return &Rules{matcher: NewMatcher(lex)} }

// Score judges the stances of a post.
func (r *Rules) Score(in *Input, dst []Stance) []Stance {
	n := len(in.Lexicon.Actors)
	for actor := range n + len(in.Post.Targets) {
		spoken := false
		for i := range in.Mentions {
			spoken = spoken || in.Mentions[i].Actor == actor
		}
		if spoken {
			target := thread.None
			if actor >= n {
				target = actor - n
			}
			dst = append(dst, Stance{Actor: in.ActorName(actor), Target: target, Holder: Author, Confidence: 0.6})
		}
	}
	return dst
}
