// Package train makes the program's models from labelled threads.
package train

import (
	"threadstance/analyze/mention"
	"threadstance/analyze/stance"
	"threadstance/lexicon"
	"threadstance/thread"
)

// AskGold makes targets of all that was labelled of a thread's posts, so that
// the analysis has an answer for each.
func AskGold(t *thread.Thread) {
	for i := range t.Posts {
		p := &t.Posts[i]
		if p.Labels != nil {
			p.Targets = append(p.Targets, p.Labels.Stance...)
			p.Labels.Stance = nil
		}
	}
}

// Gold returns the label of the target that a stance answers, and false where
// there is none.
func Gold(lex *lexicon.Lexicon, p *thread.Post, s *stance.Stance) (stance.Label, bool) {
	return stance.ParseLabel(gold(lex, p, s))
}

// gold returns the label of the target that a stance answers as it is written,
// "" where there is none.
func gold(lex *lexicon.Lexicon, p *thread.Post, s *stance.Stance) string {
	for i := range p.Targets {
		if t := &p.Targets[i]; t.Label != "" && Answers(lex, s, p, i) {
			return t.Label
		}
	}
	return ""
}

// Answers says whether a stance is the one toward a post's target, by its index.
func Answers(lex *lexicon.Lexicon, s *stance.Stance, p *thread.Post, target int) bool {
	if s.Target != thread.None {
		return s.Target == target
	}
	k := mention.Resolve(lex, &p.Targets[target])
	return k >= 0 && lex.Actors[k].Name == s.Actor
}
