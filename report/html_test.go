package report

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

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
}

func TestMonthsBetween(t *testing.T) {
	if diff := cmp.Diff([]string{"2024-11", "2024-12", "2025-01"}, monthsBetween("2024-11", "2025-01")); diff != "" {
		t.Error(diff)
	}
	if n := len(monthsBetween("0001-01", "9999-12")); n != maxMonths {
		t.Errorf("%d months, want %d", n, maxMonths)
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
