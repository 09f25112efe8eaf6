package report

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"threadstance/analyze/summary"
)

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

const (
	maxNodes = 36  // users of a graph
	maxEdges = 150 // of a graph, besides those where sides are taken

	// The graph's circle; names stand outside of it.
	graphRadius = 190
	graphMiddle = 320
	graphCenter = 310
)

// ties is how much each two users have answered each other.
type ties struct {
	answers   map[summary.Value]int64 // by user: given and got
	exchanges map[pair]summary.Exchange
}

// pair is two users, the lesser first.
type pair struct{ a, b summary.Value }

func tiesOf(replies summary.Replies) *ties {
	t := &ties{map[summary.Value]int64{}, map[pair]summary.Exchange{}}
	for answer, x := range exchanges(replies) {
		t.answers[answer.From] += x.Answers
		t.answers[answer.To] += x.Answers
		p := pair{answer.From, answer.To}
		if p.b.Compare(p.a) < 0 {
			p.a, p.b = p.b, p.a
		}
		sum := t.exchanges[p]
		sum.Add(x)
		t.exchanges[p] = sum
	}
	return t
}

// point is a place in a graph.
type point struct{ x, y float64 }

// graphOf draws the ties of users, of whom of says the camp; nil where there are
// none.
func graphOf(t *ties, of func(summary.Value) camp) *htmlGraph {
	busier := func(a, b summary.Value) int {
		return cmp.Or(cmp.Compare(t.answers[b], t.answers[a]), a.Compare(b))
	}
	users := slices.SortedFunc(maps.Keys(t.answers), busier)
	users = users[:min(maxNodes, len(users))]
	if len(users) < 2 {
		return nil
	}
	most := max(1, t.answers[users[0]])
	slices.SortFunc(users, func(a, b summary.Value) int { return cmp.Or(cmp.Compare(of(a), of(b)), busier(a, b)) })
	graph := &htmlGraph{Users: len(t.answers)}
	at := map[summary.Value]point{}
	for i, u := range users {
		angle := 2*math.Pi*float64(i)/float64(len(users)) - math.Pi/2
		at[u] = point{graphMiddle + graphRadius*math.Cos(angle), graphCenter + graphRadius*math.Sin(angle)}
		radius := 4 + 8*math.Sqrt(float64(t.answers[u])/float64(most))
		graph.Nodes = append(graph.Nodes, newHTMLNode(u.Name, of(u), t.answers[u], at[u], angle, radius))
	}
	graph.Edges = t.edges(at)
	return graph
}

// newHTMLNode draws a user at a point of the circle, of that angle in radians.
func newHTMLNode(user string, of camp, answers int64, at point, angle, radius float64) htmlNode {
	// Names run outward, and are never upside down.
	anchor, turn, shift := "start", angle*180/math.Pi, radius+4
	if math.Cos(angle) < -1e-9 {
		anchor, turn, shift = "end", turn+180, -shift
	}
	return htmlNode{
		Name: truncate(Clean(user), 16), Class: [...]string{"favor", "between", "against", "nostance"}[of], Anchor: anchor,
		X: decimal(at.x), Y: decimal(at.y), Radius: decimal(radius),
		Turn: fmt.Sprintf("translate(%s %s) rotate(%s)", decimal(at.x), decimal(at.y), decimal(turn)), Shift: decimal(shift),
		Text: fmt.Sprintf("%s: %s, %s given and got", Clean(user), of, count(answers, "answer")),
	}
}

// edges draws the ties between the users who stand somewhere.
func (t *ties) edges(at map[summary.Value]point) []htmlEdge {
	var pairs []pair
	for p := range t.exchanges {
		_, okA := at[p.a]
		_, okB := at[p.b]
		if okA && okB {
			pairs = append(pairs, p)
		}
	}
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(t.exchanges[p].Answers, t.exchanges[q].Answers), p.a.Compare(q.a), p.b.Compare(q.b))
	})
	var edges []htmlEdge
	for i, p := range pairs { // the strongest last, on top
		if x := t.exchanges[p]; i >= len(pairs)-maxEdges || x.Agree+x.Disagree > 0 {
			edges = append(edges, newHTMLEdge(p, x, at[p.a], at[p.b]))
		}
	}
	return edges
}

// newHTMLEdge draws what two users have answered each other, from a to b.
func newHTMLEdge(p pair, x summary.Exchange, a, b point) htmlEdge {
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
	return htmlEdge{
		decimal(a.x), decimal(a.y), decimal(b.x), decimal(b.y),
		bend(a.x, b.x, graphMiddle), bend(a.y, b.y, graphCenter), class, text,
	}
}
