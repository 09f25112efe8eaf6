package report

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

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
	maxCamps   = 4   // actors
	maxNodes   = 36  // users of a graph
	maxEdges   = 150 // of a graph, besides those where sides are taken
	maxPairs   = 15
	minAnswers = 10 // of a camp, from which on it is compared to chance
)

// htmlCampsOf returns the camps of the actors with most tags, by the users'
// cells and their exchanges.
func htmlCampsOf(g *summary.Group, replies summary.Replies) []htmlCamps {
	if len(replies) == 0 {
		return nil
	}
	var list []htmlCamps
	for _, actor := range actors(g) {
		of := func(v summary.Value) camp {
			if cell := g.Cells[summary.Key{First: v}]; cell != nil && v.Known {
				return campOf(cell.Tags[actor])
			}
			return noStance
		}
		h := htmlCamps{Actor: actor}
		var users [camps]int
		for key := range g.Cells {
			if key.First.Known {
				users[of(key.First)]++
			}
		}
		var sums [camps][camps]summary.Exchange
		var from, to [camps]int64
		total := int64(0)
		for answer, x := range replies {
			if answer.From == answer.To || !answer.From.Known || !answer.To.Known {
				continue
			}
			a, b := of(answer.From), of(answer.To)
			sum := &sums[a][b]
			sum.Answers += x.Answers
			sum.Agree += x.Agree
			sum.Disagree += x.Disagree
			from[a] += x.Answers
			to[b] += x.Answers
			total += x.Answers
		}
		if users[inFavor]+users[isAgainst] == 0 || total == 0 {
			continue
		}
		for a := range camps {
			row := htmlCampRow{Name: camp(a).String(), Users: users[a]}
			h.Names = append(h.Names, row.Name)
			for b := range camps {
				x := sums[a][b]
				cell := htmlCampCell{Answers: grouped(x.Answers), Agree: x.Agree, Disagree: x.Disagree}
				if expected := float64(from[a]) * float64(to[b]) / float64(total); expected >= minAnswers {
					times := float64(x.Answers) / expected
					cell.Times = fmt.Sprintf("%.2f", times)
					cell.Class = "t" + fmt.Sprint(max(0, min(4, int(math.Round(2*times)))))
				}
				row.Cells = append(row.Cells, cell)
			}
			h.Rows = append(h.Rows, row)
		}
		same := sums[inFavor][inFavor].Answers + sums[isAgainst][isAgainst].Answers
		across := sums[inFavor][isAgainst].Answers + sums[isAgainst][inFavor].Answers
		if same+across >= minAnswers {
			h.Notes = append(h.Notes, fmt.Sprintf("Of the %s answers between users who take sides on %s, %s cross from one side to the other.", grouped(same+across), Clean(actor), percent(across, same+across)))
		}
		h.Graph = graphOf(g, replies, of)
		if list = append(list, h); len(list) == maxCamps {
			break
		}
	}
	return list
}

// htmlPair is two users of whom one answers the other.
type htmlPair struct {
	From, To                 string
	Answers, Agree, Disagree int64
}

// htmlPairs returns who answers whom most.
func htmlPairs(replies summary.Replies) []htmlPair {
	answers := slices.SortedFunc(maps.Keys(replies), func(a, b summary.Answer) int {
		return cmp.Or(cmp.Compare(replies[b].Answers, replies[a].Answers), a.Compare(b))
	})
	var list []htmlPair
	for _, a := range answers {
		if a.From == a.To || !a.From.Known || !a.To.Known {
			continue
		}
		x := replies[a]
		list = append(list, htmlPair{Clean(a.From.Name), Clean(a.To.Name), x.Answers, x.Agree, x.Disagree})
		if len(list) == maxPairs {
			break
		}
	}
	return list
}

// htmlGraph is a drawing of the users who answer most: on a circle by their
// camps, with a line between two who answer each other.
type htmlGraph struct {
	Nodes []htmlNode
	Edges []htmlEdge
	Users int // of all that answer or are answered
}

type htmlNode struct {
	Name, Class, Anchor string
	X, Y, Radius        string
	Turn                string // of the name, which runs outward
	Shift               string // of the name from the middle
	Text                string
}

type htmlEdge struct{ X1, Y1, X2, Y2, MidX, MidY, Class, Text string }

// The graph's circle; names stand outside of it.
const (
	graphRadius = 190
	graphMiddle = 320
	graphCenter = 310
)

func graphOf(g *summary.Group, replies summary.Replies, of func(summary.Value) camp) *htmlGraph {
	degree := map[summary.Value]int64{}
	type pair struct{ a, b summary.Value }
	edges := map[pair]summary.Exchange{}
	for answer, x := range replies {
		if answer.From == answer.To || !answer.From.Known || !answer.To.Known {
			continue
		}
		degree[answer.From] += x.Answers
		degree[answer.To] += x.Answers
		p := pair{answer.From, answer.To}
		if p.b.Compare(p.a) < 0 {
			p.a, p.b = p.b, p.a
		}
		sum := edges[p]
		sum.Answers += x.Answers
		sum.Agree += x.Agree
		sum.Disagree += x.Disagree
		edges[p] = sum
	}
	graph := &htmlGraph{Users: len(degree)}
	users := slices.SortedFunc(maps.Keys(degree), func(a, b summary.Value) int {
		return cmp.Or(cmp.Compare(degree[b], degree[a]), a.Compare(b))
	})
	users = users[:min(maxNodes, len(users))]
	if len(users) < 2 {
		return nil
	}
	slices.SortFunc(users, func(a, b summary.Value) int {
		return cmp.Or(cmp.Compare(of(a), of(b)), cmp.Compare(degree[b], degree[a]), a.Compare(b))
	})
	most := int64(1)
	for _, u := range users {
		most = max(most, degree[u])
	}
	type point struct{ x, y float64 }
	at := map[summary.Value]point{}
	for i, u := range users {
		angle := 2*math.Pi*float64(i)/float64(len(users)) - math.Pi/2
		p := point{graphMiddle + graphRadius*math.Cos(angle), graphCenter + graphRadius*math.Sin(angle)}
		at[u] = p
		radius := 4 + 8*math.Sqrt(float64(degree[u])/float64(most))
		// Names run outward, and are never upside down.
		anchor, turn, shift := "start", angle*180/math.Pi, radius+4
		if math.Cos(angle) < -1e-9 {
			anchor, turn, shift = "end", turn+180, -shift
		}
		graph.Nodes = append(graph.Nodes, htmlNode{
			Name: truncate(Clean(u.Name), 16), Class: [...]string{"favor", "between", "against", "nostance"}[of(u)], Anchor: anchor,
			X: decimal(p.x), Y: decimal(p.y), Radius: decimal(radius),
			Turn: fmt.Sprintf("translate(%s %s) rotate(%s)", decimal(p.x), decimal(p.y), decimal(turn)), Shift: decimal(shift),
			Text: fmt.Sprintf("%s: %s, %s given and got", Clean(u.Name), of(u), count(degree[u], "answer")),
		})
	}
	pairs := slices.SortedFunc(maps.Keys(edges), func(p, q pair) int {
		return cmp.Or(cmp.Compare(edges[p].Answers, edges[q].Answers), p.a.Compare(q.a), p.b.Compare(q.b))
	})
	pairs = slices.DeleteFunc(pairs, func(p pair) bool {
		_, okA := at[p.a]
		_, okB := at[p.b]
		return !okA || !okB
	})
	for i, p := range pairs { // the strongest last, on top
		a, b, x := at[p.a], at[p.b], edges[p]
		if i < len(pairs)-maxEdges && x.Agree+x.Disagree == 0 {
			continue
		}
		class := "e" + fmt.Sprint(min(4, 1+int(math.Log2(float64(x.Answers))/1.5)))
		text := fmt.Sprintf("%s and %s: %s", Clean(p.a.Name), Clean(p.b.Name), count(x.Answers, "answer"))
		if x.Agree+x.Disagree > 0 {
			text += fmt.Sprintf(", same side %d times, opposite %d times", x.Agree, x.Disagree)
			switch {
			case x.Agree > x.Disagree:
				class += " agree"
			case x.Agree < x.Disagree:
				class += " disagree"
			}
		}
		bend := func(u, v float64, center float64) string { return decimal(((u+v)/2 + center) / 2) }
		graph.Edges = append(graph.Edges, htmlEdge{
			decimal(a.x), decimal(a.y), decimal(b.x), decimal(b.y),
			bend(a.x, b.x, graphMiddle), bend(a.y, b.y, graphCenter), strings.TrimSpace(class), text,
		})
	}
	return graph
}
