package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"threadstance/analyze/summary"
)

// htmlMap is a table of net stances as a heat map.
type htmlMap struct {
	ID        string // of the table in the page and its address
	Title     string
	Names     []string // headings of the columns with names
	Figures   []string // and of those with figures
	Actors    []string
	Rows      []htmlRow
	Hidden    int // rows that are not seen at first
	CutRows   int // rows left out
	CutActors int
	Folded    bool // the table is folded at first
}

// htmlRow is a row of a heat map.
type htmlRow struct {
	Names   []htmlName
	Hidden  bool
	Figures []htmlFigure
	Cells   []htmlCell
}

// htmlName is a value of a key and what it is shown as.
type htmlName struct {
	Value, Text string
	Known       bool
}

// htmlFigure is a figure that is no stance.
type htmlFigure struct {
	Name, Text, Class string
	Value             string // to sort by
}

// htmlCell is a net stance.
type htmlCell struct {
	Column             int
	Actor              string
	Count              int64
	Net, Low, High     string
	HasInterval, Apart bool
	Class              string
	Raw                string // count, favor, neutral, against, sum, squares
	Label              string // for those who hear the page
}

var htmlTitles = map[summary.Dimension]string{
	summary.User: "By user", summary.Topic: "By topic", summary.Source: "By outlet of pasted news",
	summary.Month: "By month", summary.Thread: "By thread", summary.Actor: "By actor",
}

// newHTMLMap makes the heat map of a table. Threads are shown by their titles,
// by identifier, where those are known.
func newHTMLMap(t *Table, shown int, titles map[string]string) htmlMap {
	m := htmlMap{ID: strings.ReplaceAll(t.By.String(), ",", "-"), Title: htmlTitles[t.By.First]}
	if t.By.Joined {
		m.Title = "By " + t.By.First.String() + " and " + t.By.Second.String()
	}
	m.Folded = t.By == summary.By{First: summary.Month}
	for _, d := range t.By.Dimensions() {
		m.Names = append(m.Names, d.String())
	}
	figures := t.columns()
	for _, f := range figures {
		m.Figures = append(m.Figures, f.String())
	}
	actors := t.Actors
	if len(actors) > maxColumns {
		actors, m.CutActors = actors[:maxColumns], len(actors)-maxColumns
	}
	for _, actor := range actors {
		m.Actors = append(m.Actors, Clean(actor))
	}
	if t.byActor() {
		m.Actors = []string{"net"}
	}
	rows := t.Rows
	m.CutRows = t.Cut
	if len(rows) > maxRows {
		rows, m.CutRows = rows[:maxRows], m.CutRows+len(rows)-maxRows
	}
	for i := range rows {
		row := &rows[i]
		r := htmlRow{Hidden: shown > 0 && i >= shown}
		if r.Hidden {
			m.Hidden++
		}
		for j, d := range t.By.Dimensions() {
			v := row.value(j)
			n := htmlName{Value: Clean(v.Name), Text: Clean(name(v, d)), Known: v.Known}
			if title := titles[v.Name]; d == summary.Thread && v.Known && title != "" {
				n.Text = title
			}
			r.Names = append(r.Names, n)
		}
		for _, f := range figures {
			r.Figures = append(r.Figures, newHTMLFigure(row, f))
		}
		if t.byActor() {
			r.Cells = append(r.Cells, newHTMLCell(row, row.tags(t.By), "", r.Names))
		}
		for j, actor := range actors {
			cell := newHTMLCell(row, row.Cell.Tags[actor], actor, r.Names)
			cell.Column = j
			r.Cells = append(r.Cells, cell)
		}
		m.Rows = append(m.Rows, r)
	}
	return m
}

func newHTMLFigure(row *Row, f figure) htmlFigure {
	if f != tone {
		return htmlFigure{f.String(), grouped(int64(row.figure(f))), "", inFull(row.figure(f))}
	}
	mean, ok := row.tone()
	if !ok {
		return htmlFigure{f.String(), "–", "", ""}
	}
	return htmlFigure{f.String(), minus(mean), "", inFull(math.Round(mean*1e4) / 1e4)}
}

// newHTMLCell makes a cell; tags may be nil, and the actor "" where it is one of
// the row's names.
func newHTMLCell(row *Row, tags *summary.Tags, actor string, names []htmlName) htmlCell {
	if tags == nil || tags.Count() == 0 {
		return htmlCell{}
	}
	c := htmlCell{Actor: actor, Count: tags.Count(), Net: minus(tags.Net())}
	low, high, ok := tags.Interval()
	c.HasInterval = ok
	classes := []string{level(tags.Net())}
	var of []string
	for _, n := range names {
		of = append(of, n.Text)
	}
	label := strings.Join(of, ", ")
	if actor != "" {
		label += " on " + Clean(actor)
	}
	label += fmt.Sprintf(": net stance %s, %s", c.Net, plural(c.Count, "post"))
	if ok {
		c.Low, c.High = minus(low), minus(high)
		label += fmt.Sprintf(", 95 %% interval %s to %s", c.Low, c.High)
	}
	switch {
	case c.Count < FewTags:
		classes = append(classes, "few")
		label += ", not enough evidence"
	case low > 0 || high < 0:
		classes = append(classes, "sure")
		if c.Apart = row.apart(tags); c.Apart {
			label += ", tone says the opposite"
		}
	}
	c.Class, c.Label = strings.Join(classes, " "), label
	c.Raw = fmt.Sprint(tags.Count(), tags.Favor, tags.Neutral, tags.Against, tags.Score, tags.Squares)
	return c
}

// level is the class that colours a net stance: z for none, f1 to f4 for
// favor, a1 to a4 for against.
func level(net float64) string {
	size := math.Abs(net)
	n := 0
	for _, from := range [...]float64{0.05, 0.15, 0.3, 0.5} {
		if size >= from {
			n++
		}
	}
	switch {
	case n == 0:
		return "z"
	case net > 0:
		return "f" + strconv.Itoa(n)
	}
	return "a" + strconv.Itoa(n)
}

// htmlTone is a bar of the tone of a topic.
type htmlTone struct {
	Topic, Posts, Text string
	Class              string
	X, Width           string
}

// toneWidth is the width of half a bar of tone.
const toneWidth = 100

// htmlTones draws the tone of each topic of a table that has one in each row.
func htmlTones(t *Table) []htmlTone {
	var list []htmlTone
	for i := range t.Rows {
		row := &t.Rows[i]
		mean, ok := row.tone()
		if !ok {
			continue
		}
		class, x := "pleasant", float64(toneWidth)
		if mean < 0 {
			class, x = "unpleasant", toneWidth*(1+mean)
		}
		if row.Cell.Toned < FewTags {
			class += " few"
		}
		list = append(list, htmlTone{
			Topic: Clean(name(row.Key.First, summary.Topic)), Posts: grouped(row.Cell.Toned), Text: minus(mean),
			Class: class, X: decimal(x), Width: decimal(toneWidth * math.Abs(mean)),
		})
	}
	return list
}

// decimal writes a coordinate.
func decimal(x float64) string { return strconv.FormatFloat(math.Round(10*x)/10, 'f', -1, 64) }
