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
	months := monthsOf(g)
	if len(months) == 0 {
		return nil, undated, 0
	}
	step := float64(chartRight-chartLeft) / float64(len(months))
	x := func(i int) float64 { return chartLeft + (float64(i)+0.5)*step }
	for key, cell := range g.Cells {
		if key.First.Known {
			outside += cell.Posts
		}
	}
	most := int64(1)
	for _, month := range months {
		if cell := g.Cells[summary.Key{First: summary.Known(month)}]; cell != nil {
			most = max(most, cell.Posts)
			outside -= cell.Posts
		}
	}
	var bars []htmlBar
	for i, month := range months {
		if cell := g.Cells[summary.Key{First: summary.Known(month)}]; cell != nil {
			height := float64(chartBase-chartBarTop) * float64(cell.Posts) / float64(most)
			bars = append(bars, htmlBar{
				decimal(x(i) - 0.4*step), decimal(chartBase - height), decimal(0.8 * step), decimal(height),
				month + ": " + plural(cell.Posts, "post"),
			})
		}
	}
	names := actors(g)
	for _, actor := range names[:min(maxCharts, len(names))] {
		c := htmlChart{
			Actor: actor, First: months[0], Count: len(months), Most: most, Bars: bars, Ticks: monthTicks(months, x),
			Width: chartWidth, Height: chartHeight, Left: chartLeft, Right: chartRight, Top: chartTop, Bottom: chartBottom,
			Middle: (chartTop + chartBottom) / 2, BarTop: chartBarTop, Base: chartBase,
			Across: chartRight - chartLeft, Below: chartBase + 17, months: months,
		}
		scale := 0.25
		for _, month := range months {
			if cell := g.Cells[summary.Key{First: summary.Known(month)}]; cell != nil && cell.Tags[actor] != nil {
				scale = max(scale, math.Ceil(4*math.Abs(cell.Tags[actor].Net()))/4)
			}
		}
		c.Scale = strconv.FormatFloat(scale, 'f', -1, 64)
		y := func(net float64) float64 {
			net = max(-scale, min(scale, net)) // an interval may go on
			return chartTop + (1-net/scale)/2*(chartBottom-chartTop)
		}
		var line []string
		var tagged int64
		for i, month := range months {
			cell := g.Cells[summary.Key{First: summary.Known(month)}]
			if cell == nil || cell.Tags[actor] == nil {
				continue
			}
			tags := cell.Tags[actor]
			tagged += tags.Count()
			p := htmlPoint{X: decimal(x(i)), Y: decimal(y(tags.Net())), Few: tags.Count() < FewTags}
			p.Text = fmt.Sprintf("%s: %s, %s", month, minus(tags.Net()), plural(tags.Count(), "post"))
			if low, high, ok := tags.Interval(); ok {
				p.HasInterval, p.Low, p.High = true, decimal(y(low)), decimal(y(high))
				p.Text += fmt.Sprintf(", 95 %% %s to %s", minus(low), minus(high))
			}
			c.Points = append(c.Points, p)
			line = append(line, p.X+","+p.Y)
		}
		if len(c.Points) == 0 {
			continue
		}
		c.Line = strings.Join(line, " ")
		c.Label = fmt.Sprintf("Net stance toward %s by month, %s to %s, of %s; the figures are in the table by month", Clean(actor), months[0], months[len(months)-1], plural(tagged, "post"))
		charts = append(charts, c)
	}
	return charts, undated, outside
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
