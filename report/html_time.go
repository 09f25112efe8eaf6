package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"threadstance/analyze/summary"
)

// htmlChart is the stance toward an actor over time.
type htmlChart struct {
	Actor        string
	Label        string // for those who hear the page
	First        string // month
	Count        int    // of months
	Most         int64  // posts of the month with most
	Scale        string // net stance at the upper edge; the lower one is the same below 0
	Line         string // points of the line
	Points       []htmlPoint
	Bars         []htmlBar
	Ticks        []htmlTick
	Width        int
	Height       int
	Left, Right  int
	Top, Bottom  int // of the stance
	Middle       int
	BarTop, Base int
	Across       int // width between left and right
	Below        int // base line of the ticks’ text

	months []string
}

// htmlPoint is the net stance of a month.
type htmlPoint struct {
	X, Y, Low, High string
	HasInterval     bool
	Few             bool
	Text            string
}

type htmlBar struct{ X, Y, Width, Height, Text string }

type htmlTick struct{ X, Text string }

// The measures of a chart, which the script has too.
const (
	chartWidth  = 720
	chartHeight = 216
	chartLeft   = 64
	chartRight  = 712
	chartTop    = 8
	chartBottom = 128
	chartBarTop = 148
	chartBase   = 188
	maxCharts   = 8
	maxMonths   = 1200 // a century; what is dated outside is left out
)

// htmlCharts draws the actors' net stance over the months of a group, and the
// number of posts under it. It also returns how many posts have no time, and
// how many have one outside the months that are drawn.
func htmlCharts(g *summary.Group) (charts []htmlChart, undated, outside int64) {
	if cell := g.Cells[summary.Key{}]; cell != nil {
		undated = cell.Posts
	}
	t := timelineOf(g)
	if len(t.months) == 0 {
		return nil, undated, 0
	}
	for key, cell := range g.Cells {
		if key.First.Known {
			outside += cell.Posts
		}
	}
	for _, cell := range t.cells {
		if cell != nil {
			outside -= cell.Posts
		}
	}
	bars, ticks := t.bars(), monthTicks(t.months, t.x)
	names := actors(g)
	for _, actor := range names[:min(maxCharts, len(names))] {
		if c := t.chart(actor); len(c.Points) > 0 {
			c.Bars, c.Ticks = bars, ticks
			charts = append(charts, c)
		}
	}
	return charts, undated, outside
}

// timeline is the months that are drawn, with what was counted in each.
type timeline struct {
	months []string
	cells  []*summary.Cell // by month; nil where nothing was
	most   int64           // posts of the month with most, or 1
}

func timelineOf(g *summary.Group) *timeline {
	t := &timeline{months: monthsOf(g), most: 1}
	for _, month := range t.months {
		cell := g.Cells[summary.Key{First: summary.Known(month)}]
		t.cells = append(t.cells, cell)
		if cell != nil {
			t.most = max(t.most, cell.Posts)
		}
	}
	return t
}

// step is how wide a month is.
func (t *timeline) step() float64 { return float64(chartRight-chartLeft) / float64(len(t.months)) }

// x is where the middle of a month is.
func (t *timeline) x(month int) float64 { return chartLeft + (float64(month)+0.5)*t.step() }

// bars draws the number of posts of each month.
func (t *timeline) bars() []htmlBar {
	var bars []htmlBar
	for i, cell := range t.cells {
		if cell != nil {
			height := float64(chartBase-chartBarTop) * float64(cell.Posts) / float64(t.most)
			bars = append(bars, htmlBar{
				decimal(t.x(i) - 0.4*t.step()), decimal(chartBase - height), decimal(0.8 * t.step()), decimal(height),
				t.months[i] + ": " + plural(cell.Posts, "post"),
			})
		}
	}
	return bars
}

// chart draws the net stance toward an actor. It has no points where nobody
// takes one in these months.
func (t *timeline) chart(actor string) htmlChart {
	scale := 0.25
	for _, cell := range t.cells {
		if cell != nil && cell.Tags[actor] != nil {
			scale = max(scale, math.Ceil(4*math.Abs(cell.Tags[actor].Net()))/4)
		}
	}
	y := func(net float64) float64 {
		net = max(-scale, min(scale, net)) // an interval may go on
		return chartTop + (1-net/scale)/2*(chartBottom-chartTop)
	}
	var points []htmlPoint
	var line []string
	var tagged int64
	for i, cell := range t.cells {
		if cell == nil || cell.Tags[actor] == nil {
			continue
		}
		tags := cell.Tags[actor]
		tagged += tags.Count()
		p := htmlPoint{X: decimal(t.x(i)), Y: decimal(y(tags.Net())), Few: tags.Count() < FewTags}
		p.Text = fmt.Sprintf("%s: %s, %s", t.months[i], minus(tags.Net()), plural(tags.Count(), "post"))
		if low, high, ok := tags.Interval(); ok {
			p.HasInterval, p.Low, p.High = true, decimal(y(low)), decimal(y(high))
			p.Text += fmt.Sprintf(", 95 %% %s to %s", minus(low), minus(high))
		}
		points = append(points, p)
		line = append(line, p.X+","+p.Y)
	}
	first, last := t.months[0], t.months[len(t.months)-1]
	return htmlChart{
		Actor: actor, First: first, Count: len(t.months), Most: t.most, months: t.months,
		Scale: strconv.FormatFloat(scale, 'f', -1, 64), Line: strings.Join(line, " "), Points: points,
		Label: fmt.Sprintf("Net stance toward %s by month, %s to %s, of %s; the figures are in the table by month", Clean(actor), first, last, plural(tagged, "post")),
		Width: chartWidth, Height: chartHeight, Left: chartLeft, Right: chartRight, Top: chartTop, Bottom: chartBottom,
		Middle: (chartTop + chartBottom) / 2, BarTop: chartBarTop, Base: chartBase,
		Across: chartRight - chartLeft, Below: chartBase + 17,
	}
}

// monthsOf returns the months that are drawn of a group: all from its first to
// its last, and where these are more than maxMonths, those with most posts in
// so long a time, the latest such. So one wrong date hides no others.
func monthsOf(g *summary.Group) []string {
	var known []time.Time
	for key := range g.Cells {
		if month, err := time.Parse("2006-01", key.First.Name); err == nil {
			known = append(known, month)
		}
	}
	slices.SortFunc(known, time.Time.Compare)
	count := func(month time.Time) int64 {
		return g.Cells[summary.Key{First: summary.Known(month.Format("2006-01"))}].Posts
	}
	var first, last time.Time
	var held, most int64
	from := 0
	for _, month := range known {
		held += count(month)
		for ; !month.Before(known[from].AddDate(0, maxMonths, 0)); from++ {
			held -= count(known[from])
		}
		if held >= most {
			most, first, last = held, known[from], month
		}
	}
	if len(known) == 0 {
		return nil
	}
	var list []string
	for at := first; !at.After(last); at = at.AddDate(0, 1, 0) {
		list = append(list, at.Format("2006-01"))
	}
	return list
}

// monthTicks labels the years, or the months where they are few.
func monthTicks(months []string, x func(int) float64) []htmlTick {
	var ticks []htmlTick
	years := map[string]bool{}
	for _, month := range months {
		years[month[:4]] = true
	}
	every := len(years)/10 + 1 // as many as a phone has room for
	for i, month := range months {
		switch {
		case len(months) <= 14 && (i%3 == 0 || len(months) <= 6):
			ticks = append(ticks, htmlTick{decimal(x(i)), month})
		case len(months) > 14 && strings.HasSuffix(month, "-01") && len(ticks)*every <= i/12:
			ticks = append(ticks, htmlTick{decimal(x(i)), month[:4]})
		}
	}
	return ticks
}
