package report

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"

	"threadstance/analyze/summary"
)

// camp is where a user stands toward an actor.
type camp uint8

const (
	inFavor camp = iota
	between
	isAgainst
	noStance
	camps int = iota
)

func (c camp) String() string { return [...]string{"for", "between", "against", "no stance"}[c] }

// campFrom is the size of the net stance from which on a user is in a camp.
const campFrom = 0.1

// campOf returns the camp that a user's tags put them into.
func campOf(t *summary.Tags) camp {
	switch {
	case t == nil || t.Count() == 0:
		return noStance
	case t.Net() >= campFrom:
		return inFavor
	case t.Net() <= -campFrom:
		return isAgainst
	}
	return between
}

// htmlCamps is who answers whom, by their stance toward an actor.
type htmlCamps struct {
	Actor string
	Rows  []htmlCampRow
	Names []string
	Notes []string
	Graph *htmlGraph
}

// htmlCampRow is the answers that a camp gives.
type htmlCampRow struct {
	Name  string
	Users int
	Cells []htmlCampCell
}

// htmlCampCell is the answers of one camp to another.
type htmlCampCell struct {
	Answers         string
	Times           string // how often as chance would have it, were camps indifferent
	Agree, Disagree int64
	Class           string
}

const (
	maxCamps   = 4 // actors
	maxPairs   = 15
	minAnswers = 10 // of a camp, from which on it is compared to chance
)

// htmlCampsOf returns the camps of the actors with most tags, by the users'
// cells and their exchanges.
func htmlCampsOf(g *summary.Group, replies summary.Replies) []htmlCamps {
	if len(replies) == 0 {
		return nil
	}
	tied := tiesOf(replies)
	var list []htmlCamps
	for _, actor := range actors(g) {
		of := func(v summary.Value) camp {
			if cell := g.Cells[summary.Key{First: v}]; cell != nil && v.Known {
				return campOf(cell.Tags[actor])
			}
			return noStance
		}
		var users [camps]int
		for key := range g.Cells {
			if key.First.Known {
				users[of(key.First)]++
			}
		}
		answers := campAnswersOf(replies, of)
		if users[inFavor]+users[isAgainst] == 0 || answers.total == 0 {
			continue
		}
		h := htmlCamps{Actor: actor, Graph: graphOf(tied, of)}
		for a := range camps {
			row := htmlCampRow{Name: camp(a).String(), Users: users[a]}
			h.Names = append(h.Names, row.Name)
			for b := range camps {
				row.Cells = append(row.Cells, answers.cell(a, b))
			}
			h.Rows = append(h.Rows, row)
		}
		same := answers.sums[inFavor][inFavor].Answers + answers.sums[isAgainst][isAgainst].Answers
		across := answers.sums[inFavor][isAgainst].Answers + answers.sums[isAgainst][inFavor].Answers
		if same+across >= minAnswers {
			h.Notes = append(h.Notes, fmt.Sprintf("Of the %s answers between users who take sides on %s, %s cross from one side to the other.", grouped(same+across), Clean(actor), percent(across, same+across)))
		}
		if list = append(list, h); len(list) == maxCamps {
			break
		}
	}
	return list
}

// campAnswers is how often the users of one camp answer those of another.
type campAnswers struct {
	sums     [camps][camps]summary.Exchange // by who answers, and whom
	from, to [camps]int64                   // answers
	total    int64
}

func campAnswersOf(replies summary.Replies, of func(summary.Value) camp) *campAnswers {
	c := new(campAnswers)
	for answer, x := range exchanges(replies) {
		a, b := of(answer.From), of(answer.To)
		c.sums[a][b].Add(x)
		c.from[a] += x.Answers
		c.to[b] += x.Answers
		c.total += x.Answers
	}
	return c
}

// cell returns the answers of camp a to camp b.
func (c *campAnswers) cell(a, b int) htmlCampCell {
	x := c.sums[a][b]
	cell := htmlCampCell{Answers: grouped(x.Answers), Agree: x.Agree, Disagree: x.Disagree}
	if expected := float64(c.from[a]) * float64(c.to[b]) / float64(c.total); expected >= minAnswers {
		times := float64(x.Answers) / expected
		cell.Times = fmt.Sprintf("%.2f", times)
		cell.Class = "t" + fmt.Sprint(max(0, min(4, int(math.Round(2*times)))))
	}
	return cell
}

// exchanges yields the replies of one user to another, where both are known.
func exchanges(replies summary.Replies) iter.Seq2[summary.Answer, summary.Exchange] {
	return func(yield func(summary.Answer, summary.Exchange) bool) {
		for a, x := range replies {
			if a.From != a.To && a.From.Known && a.To.Known && !yield(a, x) {
				return
			}
		}
	}
}

// htmlPair is two users of whom one answers the other.
type htmlPair struct {
	From, To                 string
	Answers, Agree, Disagree int64
}

// htmlPairs returns who answers whom most.
func htmlPairs(replies summary.Replies) []htmlPair {
	var answers []summary.Answer
	for a := range exchanges(replies) {
		answers = append(answers, a)
	}
	slices.SortFunc(answers, func(a, b summary.Answer) int {
		return cmp.Or(cmp.Compare(replies[b].Answers, replies[a].Answers), a.Compare(b))
	})
	var list []htmlPair
	for _, a := range answers[:min(maxPairs, len(answers))] {
		x := replies[a]
		list = append(list, htmlPair{Clean(a.From.Name), Clean(a.To.Name), x.Answers, x.Agree, x.Disagree})
	}
	return list
}
