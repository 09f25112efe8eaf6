package report

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/analyze/stance"
	"threadstance/analyze/summary"
)

// The script counts in UTF-16 units of a text without control characters.
func TestVisible(t *testing.T) {
	text := "a\x1b[1mé😀\u202eb\r\nc"
	at := func(s string) int { return strings.Index(text, s) }
	offsets := []int{0, at("é"), at("😀"), at("b"), at("c"), len(text)}
	shown, units := visible(text, offsets)
	if shown != "a[1mé😀b\nc" {
		t.Errorf("%q is shown", shown)
	}
	if diff := cmp.Diff([]int{0, 4, 5, 7, 9, 10}, units); diff != "" {
		t.Error(diff)
	}
}

func TestMarkupStringIsNoMarkup(t *testing.T) {
	got := string(appendMarkupString(nil, `</script><!--"&\`+"\u2028\x00"))
	if want := `"\u003c/script\u003e\u003c!--\"\u0026\\"`; got != want && got != want[:len(want)-1]+` "` {
		t.Errorf("got %s", got)
	}
}

func TestLogOdds(t *testing.T) {
	// Worked by hand: 20+1 of 100+10 against 5+1 of 100+10.
	want := (math.Log(21.0/89) - math.Log(6.0/104)) / math.Sqrt(1.0/21+1.0/6)
	if got := logOdds(20, 100, 5, 100, 1, 10); math.Abs(got-want) > 1e-12 || got < 3 || got > 3.1 {
		t.Errorf("z = %v, want %v", got, want)
	}
	if got := logOdds(7, 50, 7, 50, 2, 10); got != 0 {
		t.Errorf("a word that both have alike has z = %v", got)
	}
}

func TestTypicalWords(t *testing.T) {
	favor, against := summary.Camp{Actor: "Ferry company", Label: stance.Favor}, summary.Camp{Actor: "Ferry company", Label: stance.Against}
	w := &summary.Words{
		All: map[string]summary.WordCount{"ferry": {Uses: 200, Posts: 90}, "cheap": {Uses: 30, Posts: 30}, "late": {Uses: 41, Posts: 41}, "once": {Uses: 9, Posts: 1}},
		Camps: map[summary.Camp]map[string]summary.WordCount{
			favor:   {"ferry": {Uses: 100, Posts: 45}, "cheap": {Uses: 30, Posts: 30}, "late": {Uses: 1, Posts: 1}, "once": {Uses: 9, Posts: 1}},
			against: {"ferry": {Uses: 100, Posts: 45}, "late": {Uses: 40, Posts: 40}},
		},
		Totals: map[summary.Camp]int64{favor: 50, against: 50},
	}
	list := htmlWordsOf(w)
	if len(list) != 1 {
		t.Fatalf("%d actors, want 1", len(list))
	}
	names := func(words []htmlWord) (list []string) {
		for _, word := range words {
			list = append(list, word.Word)
		}
		return list
	}
	// "once" is one post's: no word of the camp.
	if diff := cmp.Diff([]string{"cheap"}, names(list[0].Favor)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"late"}, names(list[0].Against)); diff != "" {
		t.Error(diff)
	}
	w.Totals[favor], w.Totals[against] = 5, 5
	if list := htmlWordsOf(w); len(list) != 1 {
		t.Error("no words of camps of five posts")
	}
	w.Totals[against] = 4
	if list := htmlWordsOf(w); len(list) > 0 {
		t.Error("words of a camp of four posts")
	}
}

// Of many words that two camps use alike, some differ by as much as one word
// in twenty would; none of them is typical.
func TestTypicalWordsBeyondChance(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	here, there, all := map[string]summary.WordCount{}, map[string]summary.WordCount{}, map[string]summary.WordCount{}
	large := 0
	for i := range 1000 {
		a, b := int64(0), int64(0)
		for range 60 {
			a, b = a+random.Int64N(2), b+random.Int64N(2)
		}
		word := fmt.Sprint("word ", i)
		here[word], there[word], all[word] = summary.WordCount{Uses: a, Posts: a}, summary.WordCount{Uses: b, Posts: b}, summary.WordCount{Uses: a + b, Posts: a + b}
		if float64(a-b)/math.Sqrt(float64(a+b)) > 1.3 {
			large++
		}
	}
	if large == 0 {
		t.Fatal("chance makes no word differ: the test holds nothing")
	}
	if got := typical(here, there, all); len(got) > 0 {
		t.Errorf("typical by chance: %+v", got)
	}
	here["ferry"] = summary.WordCount{Uses: 90, Posts: 80}
	all["ferry"] = here["ferry"]
	if got := typical(here, there, all); len(got) != 1 || got[0].Word != "ferry" {
		t.Errorf("got %+v, want ferry alone", got)
	}
	alone := func(uses int64) map[string]summary.WordCount {
		return map[string]summary.WordCount{"ferry": {Uses: uses, Posts: uses}}
	}
	if got := typical(alone(6), alone(7), alone(29)); len(got) > 0 {
		t.Errorf("of one word alone %+v is typical", got)
	}
}

// A chart goes from the first month to the last, but for a date that is so far
// off that nothing could be seen for it.
func TestChartMonths(t *testing.T) {
	for _, c := range []struct {
		name          string
		posts         map[string]int64
		first, last   string
		months        int
		outside, bars int64
	}{
		{"over a year's end", map[string]int64{"2024-11": 1, "2025-01": 2}, "2024-11", "2025-01", 3, 0, 2},
		{"a century", map[string]int64{"1925-01": 1, "2024-12": 1}, "1925-01", "2024-12", 1200, 0, 2},
		{"one date too early", map[string]int64{"1900-01": 1, "2024-03": 40, "2024-05": 10}, "2024-03", "2024-05", 3, 1, 2},
		{"one date too late", map[string]int64{"2024-03": 40, "2024-05": 10, "9999-12": 1}, "2024-03", "2024-05", 3, 1, 2},
		{"far apart alike", map[string]int64{"0001-01": 5, "2024-05": 5}, "2024-05", "2024-05", 1, 5, 1},
		{"no month that there is", map[string]int64{"10000-01": 2, "2024-05": 5}, "2024-05", "2024-05", 1, 2, 1},
	} {
		g := &summary.Group{By: summary.By{First: summary.Month}, Cells: map[summary.Key]*summary.Cell{{}: {Posts: 7}}}
		for month, n := range c.posts {
			g.Cells[summary.Key{First: summary.Known(month)}] = &summary.Cell{Posts: n, Tags: map[string]*summary.Tags{"US": {Favor: n}}}
		}
		charts, undated, outside := htmlCharts(g)
		if len(charts) != 1 || undated != 7 || outside != c.outside {
			t.Errorf("%s: %d charts, %d posts without a time, %d outside, want 1, 7, %d", c.name, len(charts), undated, outside, c.outside)
			continue
		}
		months := charts[0].months
		if months[0] != c.first || months[len(months)-1] != c.last || len(months) != c.months || len(charts[0].Bars) != int(c.bars) {
			t.Errorf("%s: %s to %s, %d months, %d bars", c.name, months[0], months[len(months)-1], len(months), len(charts[0].Bars))
		}
	}
	if charts, undated, _ := htmlCharts(&summary.Group{Cells: map[summary.Key]*summary.Cell{{}: {Posts: 7}}}); len(charts) > 0 || undated != 7 {
		t.Errorf("%d charts of posts without a time", len(charts))
	}
}

// What a chart shows of three months, the second without posts, worked by hand.
func TestChart(t *testing.T) {
	tags := func(favor, against, score, squares int64) map[string]*summary.Tags {
		return map[string]*summary.Tags{"Port": {Favor: favor, Against: against, Score: score, Squares: squares}}
	}
	g := &summary.Group{By: summary.By{First: summary.Month}, Cells: map[summary.Key]*summary.Cell{
		{First: summary.Known("2024-03")}: {Posts: 8, Tags: tags(0, 4, -12_000, 4*3000*3000)},
		{First: summary.Known("2024-05")}: {Posts: 4, Tags: tags(5, 0, 10_000, 5*2000*2000)},
	}}
	charts, _, _ := htmlCharts(g)
	if len(charts) != 1 {
		t.Fatalf("%d charts", len(charts))
	}
	c := charts[0]
	if c.Actor != "Port" || c.Scale != "0.5" || c.Most != 8 || !strings.Contains(c.Label, "toward Port by month, 2024-03 to 2024-05, of 9 posts") {
		t.Errorf("of %s up to %s and %d posts: %q", c.Actor, c.Scale, c.Most, c.Label)
	}
	step := float64(chartRight-chartLeft) / 3
	at := func(i float64) string { return decimal(chartLeft + (i+0.5)*step) }
	// -0.3 of 0.5 is at 8 tenths from the top, 0.2 at 3 tenths.
	y := func(tenths float64) string { return decimal(chartTop + tenths/10*(chartBottom-chartTop)) }
	points := []htmlPoint{
		{X: at(0), Y: y(8), Few: true, HasInterval: true, Low: y(8), High: y(8), Text: "2024-03: " + minus(-0.3) + ", 4 posts, 95 % " + minus(-0.3) + " to " + minus(-0.3)},
		{X: at(2), Y: y(3), HasInterval: true, Low: y(3), High: y(3), Text: "2024-05: " + minus(0.2) + ", 5 posts, 95 % " + minus(0.2) + " to " + minus(0.2)},
	}
	if diff := cmp.Diff(points, c.Points); diff != "" {
		t.Error(diff)
	}
	if want := at(0) + "," + y(8) + " " + at(2) + "," + y(3); c.Line != want {
		t.Errorf("the line is %s, want %s", c.Line, want)
	}
	height := float64(chartBase - chartBarTop)
	bars := []htmlBar{
		{decimal(chartLeft + 0.1*step), decimal(chartBase - height), decimal(0.8 * step), decimal(height), "2024-03: 8 posts"},
		{decimal(chartLeft + 2.1*step), decimal(chartBase - height/2), decimal(0.8 * step), decimal(height / 2), "2024-05: 4 posts"},
	}
	if diff := cmp.Diff(bars, c.Bars); diff != "" {
		t.Error(diff)
	}
}

// An axis names the months where there is room for them, else years.
func TestTicks(t *testing.T) {
	months := func(n int) (list []string) {
		for at := time.Date(2019, 11, 1, 0, 0, 0, 0, time.UTC); len(list) < n; at = at.AddDate(0, 1, 0) {
			list = append(list, at.Format("2006-01"))
		}
		return list
	}
	for n, want := range map[int]string{
		1: "2019-11", 3: "2019-11 2019-12 2020-01", 7: "2019-11 2020-02 2020-05", 15: "2020 2021", 40: "2020 2021 2022 2023",
	} {
		var got []string
		for _, tick := range monthTicks(months(n), func(i int) float64 { return float64(i) }) {
			got = append(got, tick.Text)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("of %d months: %q, want %q", n, got, want)
		}
	}
	if ticks := monthTicks(months(600), func(i int) float64 { return float64(i) }); len(ticks) < 8 || len(ticks) > 11 {
		t.Errorf("of 50 years %d are named", len(ticks))
	}
}

func TestLevel(t *testing.T) {
	for net, want := range map[float64]string{0: "z", 0.049: "z", -0.05: "a1", 0.15: "f2", -0.3: "a3", 0.5: "f4", -1: "a4"} {
		if got := level(net); got != want {
			t.Errorf("level(%v) = %s, want %s", net, got, want)
		}
	}
}

// A cell says whether there is enough evidence, and whether it is beyond
// chance.
func TestHTMLCell(t *testing.T) {
	row := &Row{Cell: &summary.Cell{Toned: 10, Tone: -40_000}}
	tags := &summary.Tags{Favor: 6, Score: 30_000, Squares: 6 * 5000 * 5000}
	c := newHTMLCell(row, tags, "US", []htmlName{{"keel", "keel", true}})
	if c.Class != "f4 sure" || !c.Apart {
		t.Errorf("six alike in favor, in an unpleasant tone: %+v", c)
	}
	if want := "keel on US: net stance +0.50, 6 posts, 95 % interval +0.50 to +0.50, tone says the opposite"; c.Label != want {
		t.Errorf("label %q", c.Label)
	}
	tags = &summary.Tags{Against: 4, Score: -20_000, Squares: 4 * 5000 * 5000}
	if c := newHTMLCell(row, tags, "US", []htmlName{{"keel", "keel", true}}); c.Class != "a4 few" || c.Apart {
		t.Errorf("four alike: %+v", c)
	}
	// What has no colour is on no side.
	tags = &summary.Tags{Favor: 1200, Score: 480_000, Squares: 1200 * 400 * 400}
	if c := newHTMLCell(row, tags, "US", []htmlName{{"keel", "keel", true}}); c.Class != "z sure" || c.Apart || !strings.Contains(c.Label, "1,200 posts") {
		t.Errorf("a net stance of 0.04: %+v", c)
	}
	if c := newHTMLCell(row, nil, "US", nil); c.Count != 0 || c.Class != "" {
		t.Errorf("no tags: %+v", c)
	}
}
