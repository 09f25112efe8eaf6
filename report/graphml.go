package report

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"threadstance/analyze/summary"
)

// GraphPlan is what a summary must count for GraphML.
func GraphPlan() summary.Plan {
	return summary.Plan{By: []summary.By{{First: summary.User}}, Replies: true}
}

// GraphML writes who answers whom as a directed graph, which Gephi, Cytoscape
// and networkx open: users as nodes, with posts, words, tone, and net stance
// and number of tags by actor; answers as edges, with how many there are and
// how many agree and disagree, where both posts take a side toward an actor.
// Posts whose author the source lost are one node.
func GraphML(w io.Writer, s *summary.Summary) error {
	b := bufio.NewWriter(w)
	g := &s.Groups[0]
	names := actors(g)
	fmt.Fprint(b, `<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
`)
	key := func(id, of, name, kind string) {
		fmt.Fprintf(b, `<key id="%s" for="%s" attr.name="%s" attr.type="%s"/>`+"\n", id, of, escapeXML(name), kind)
	}
	key("label", "node", "label", "string")
	key("posts", "node", "posts", "long")
	key("words", "node", "words", "long")
	key("tone", "node", "tone", "double")
	for i, actor := range names {
		key(fmt.Sprint("net", i), "node", actor, "double")
		key(fmt.Sprint("tags", i), "node", actor+" tags", "long")
	}
	key("weight", "edge", "weight", "double")
	key("agree", "edge", "agree", "long")
	key("disagree", "edge", "disagree", "long")
	fmt.Fprint(b, `<graph edgedefault="directed">`+"\n")
	data := func(key, value string) { fmt.Fprintf(b, `<data key="%s">%s</data>`, key, escapeXML(value)) }
	number := func(key string, n int64) { data(key, strconv.FormatInt(n, 10)) }

	node := map[summary.Value]int{}
	users := slices.SortedFunc(maps.Keys(g.Cells), summary.Key.Compare)
	for i, user := range users {
		node[user.First] = i
		row := Row{user, g.Cells[user]}
		fmt.Fprintf(b, `<node id="u%d">`, i)
		data("label", name(user.First, summary.User))
		number("posts", row.Cell.Posts)
		number("words", row.Cell.Words)
		if mean, ok := row.tone(); ok {
			data("tone", inFull(mean))
		}
		for k, actor := range names {
			if tags := row.Cell.Tags[actor]; tags != nil && tags.Count() > 0 {
				data(fmt.Sprint("net", k), inFull(tags.Net()))
				number(fmt.Sprint("tags", k), tags.Count())
			}
		}
		fmt.Fprint(b, "</node>\n")
	}
	answers := slices.SortedFunc(maps.Keys(s.Replies), summary.Answer.Compare)
	slices.SortStableFunc(answers, func(a, c summary.Answer) int { return cmp.Compare(node[a.From], node[c.From]) })
	for _, a := range answers {
		e := s.Replies[a]
		fmt.Fprintf(b, `<edge source="u%d" target="u%d">`, node[a.From], node[a.To])
		number("weight", e.Answers)
		number("agree", e.Agree)
		number("disagree", e.Disagree)
		fmt.Fprint(b, "</edge>\n")
	}
	fmt.Fprint(b, "</graph>\n</graphml>\n")
	return b.Flush()
}

// escapeXML makes a text safe to stand in XML, which cannot hold control
// characters at all.
func escapeXML(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(Clean(text))) // a strings.Builder does not fail
	return b.String()
}
