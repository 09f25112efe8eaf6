package summary

import (
	"cmp"
	"strings"

	"threadstance/analyze"
	"threadstance/analyze/stance"
)

// Answer says who answers whom.
type Answer struct{ From, To Value }

// Compare orders answers by who gives them, then by who gets them.
func (a Answer) Compare(o Answer) int {
	return cmp.Or(a.From.Compare(o.From), a.To.Compare(o.To))
}

// Exchange counts the answers of one user to another.
type Exchange struct {
	Answers int64
	// Both posts take a side toward an actor: the same one, or the opposite.
	// A pair of posts counts once for each such actor.
	Agree, Disagree int64
}

// Add adds another exchange.
func (e *Exchange) Add(o Exchange) {
	e.Answers += o.Answers
	e.Agree += o.Agree
	e.Disagree += o.Disagree
}

// Replies is the exchanges between users, by who answers whom.
type Replies map[Answer]Exchange

// add counts a result that answers a post of its thread.
func (s Replies) add(r *analyze.Result) {
	p := r.Post
	if p.ReplyTo < 0 || p.ReplyTo >= len(r.Thread.Posts) {
		return
	}
	to := r.Thread.Posts[p.ReplyTo].Author
	e := Exchange{Answers: 1}
	for i := range r.Stances {
		if r.Stances[i].Holder != stance.Author || r.Stances[i].Label == stance.Neutral {
			continue
		}
		for j := range r.Answered {
			switch {
			case r.Answered[j].Actor != r.Stances[i].Actor:
			case r.Answered[j].Label == r.Stances[i].Label:
				e.Agree++
			default:
				e.Disagree++
			}
		}
	}
	// Copies of the names, which do not hold the thread in memory.
	s.count(Answer{Value{strings.Clone(p.Author), p.Author != ""}, Value{strings.Clone(to), to != ""}}, e)
}

func (s Replies) count(a Answer, e Exchange) {
	sum := s[a]
	sum.Add(e)
	s[a] = sum
}
