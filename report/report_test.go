package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/analyze"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/stance"
	"threadstance/analyze/summary"
	"threadstance/analyze/topic"
	"threadstance/lexicon"
	"threadstance/thread"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update takes it over):\n%s", name, diff)
	}
}

// harbour is a thread of posts whose every result is set here, so that these
// tests are of the writing only.
func harbour() []*analyze.Result {
	t := &thread.Thread{ID: "harbour", Title: "The harbour is sold"}
	var list []*analyze.Result
	post := func(author, day, text string, tone float64, stances ...stance.Stance) {
		p := &thread.Post{ID: "p", Index: len(list), Author: author, ReplyTo: thread.None, Text: text}
		if day != "" {
			p.Time, _ = time.Parse(time.DateOnly, day)
		}
		p.Segments = []thread.Segment{{Kind: thread.Own, Span: thread.Span{End: len(text)}, QuoteOf: thread.None}}
		r := &analyze.Result{
			Thread: t, Post: p, Words: len(strings.Fields(text)), English: true,
			Tone: &analyze.Tone{Score: tone, Label: sentiment.Negative}, Stances: stances,
		}
		if len(list)%2 == 0 {
			r.Topics = []topic.Topic{{Name: "trade", Score: 0.5}}
		}
		list = append(list, r)
	}
	of := func(actor string, label stance.Label, score float64, evidence thread.Span) stance.Stance {
		s := stance.Stance{Actor: actor, Target: thread.None, Holder: stance.Author, Label: label, Score: score, Confidence: 0.75}
		if label != stance.Neutral {
			s.Evidence = []stance.Evidence{{Span: evidence, Weight: score, Why: "the verb rob, done by it"}}
		}
		return s
	}
	port := thread.Span{Start: 0, End: 8}
	post("Ebb|tide", "2024-02-29", "The port robs us. The city let it.", -0.5, of("Port", stance.Against, -0.6, port), of("City", stance.Neutral, -0.05, port))
	post("=HYPERLINK(\"x\")", "2024-03-02", "The port feeds us.", 0.25, of("Port", stance.Favor, 0.55, port))
	post("", "", "Nobody asked me.", -0.1234)
	post("(unknown)", "", "Nor me.", 0)
	for range 4 {
		post("Ebb|tide", "2024-03-03", "The port robs us.", -0.5, of("Port", stance.Against, -0.6, port))
	}
	post("\x1b[31mred\x1b[0m\u202eherring", "2024-03-04", "La mer.", 0)
	list[8].English, list[8].Tone = false, nil
	return list
}

func page(t *testing.T, options Options, by ...string) *Page {
	t.Helper()
	var list []summary.By
	for _, s := range by {
		one, err := summary.ParseBy(s)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, one)
	}
	s := summary.New(list...)
	for _, r := range harbour() {
		s.Add(r)
	}
	tables, err := Tables(s, options)
	if err != nil {
		t.Fatal(err)
	}
	return &Page{Totals: &s.Totals, Tables: tables}
}

func TestGolden(t *testing.T) {
	p := page(t, Options{}, "user", "topic", "user,actor", "month")
	wide := func(width int, color bool) func(w io.Writer, p *Page) error {
		return func(w io.Writer, p *Page) error { return Terminal(w, p, Screen{Width: width, Color: color}) }
	}
	for name, write := range map[string]func(io.Writer, *Page) error{
		"tables.txt": wide(0, false), "tables-40.txt": wide(40, false), "tables-color.txt": wide(0, true),
		"tables.md": Markdown, "tables.csv": CSV, "tables.tsv": TSV, "tables.json": JSON,
	} {
		var b bytes.Buffer
		if err := write(&b, p); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.String())
	}
	var b bytes.Buffer
	partial := page(t, Options{Limit: 2, Sort: "port"}, "user")
	partial.Partial = "the reading was interrupted"
	if err := Terminal(&b, partial, Screen{}); err != nil {
		t.Fatal(err)
	}
	golden(t, "tables-cut.txt", b.String())
}

func TestTableFitsTheScreen(t *testing.T) {
	for width := 30; width < 120; width += 7 {
		var b bytes.Buffer
		if err := Terminal(&b, page(t, Options{}, "user", "topic"), Screen{Width: width}); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			// Below what the first actor needs, a table stays as it is.
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > max(width, 47) {
				t.Errorf("at width %d a line has %d: %s", width, n, line)
			}
		}
	}
}

// Of many actors those that there is no room for are left out in a time that
// grows with their number alone: a table where each record brings its own.
func TestManyActorsFit(t *testing.T) {
	table := Table{By: summary.By{First: summary.User}}
	for i := range 8_000 {
		table.Actors = append(table.Actors, fmt.Sprint("ferry ", i))
	}
	for _, user := range []string{"keel", "tide"} {
		table.Rows = append(table.Rows, Row{summary.Key{First: summary.Known(user)}, &summary.Cell{Posts: 1}})
	}
	g := newGrid(&table)
	begun := time.Now()
	dropped := g.fit(100)
	if passed := time.Since(begun); passed > 5*time.Second {
		t.Errorf("it took %v", passed)
	}
	if kept := g.actors; dropped != len(table.Actors)-kept || kept != 8 || g.width() > 100 || len(g.rows[1]) != len(g.header) {
		t.Errorf("%d columns wide, %d actors kept, %d dropped", g.width(), kept, dropped)
	}
}

func TestCSVIsCSV(t *testing.T) {
	var b bytes.Buffer
	if err := CSV(&b, page(t, Options{}, "user")); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if strings.ContainsAny(row[0][:1], "=+-@") {
			t.Errorf("%q would run as a formula", row[0])
		}
	}
}

func TestSortNamesWhatThereIs(t *testing.T) {
	s := summary.New(summary.By{First: summary.User})
	for _, r := range harbour() {
		s.Add(r)
	}
	tables, err := Tables(s, Options{Sort: "harbour master"})
	if err == nil || !strings.Contains(err.Error(), "user, posts, words, tone, Port, City") {
		t.Errorf("error %v does not name the columns", err)
	}
	if usual, _ := Tables(s, Options{}); cmp.Diff(usual, tables) != "" {
		t.Error("the tables are not in their usual order")
	}
	for _, column := range []string{"user", "posts", "words", "tone", "Port", "CITY"} {
		if _, err := Tables(s, Options{Sort: column}); err != nil {
			t.Error(err)
		}
	}
}

func TestCheckSort(t *testing.T) {
	for _, c := range []struct {
		by, column string
		actors     []string
		want       string // of the error
	}{
		{by: "user", column: "Words"},
		{by: "user", column: "harbour master"}, // may be a target of a record
		{by: "user", column: "harbour master", actors: []string{"Harbour Master"}},
		{by: "user", column: "ferry", actors: []string{"Port", "City"}, want: `no table has a column "ferry" to sort by; there are user, posts, words, tone, Port, City`},
		{by: "actor", column: "net"},
		{by: "topic,actor", column: "Port", want: `no table has a column "Port" to sort by; there are topic, actor, posts, users, tone, net, tags, favor, neutral, against`},
	} {
		by, err := summary.ParseBy(c.by)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if err := CheckSort([]summary.By{by}, c.column, c.actors); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("--by %s --sort %s: %q, want %q", c.by, c.column, got, c.want)
		}
	}
	by := []summary.By{{First: summary.Actor}, {First: summary.User}}
	if err := CheckSort(by, "net", []string{"Port"}); err != nil {
		t.Error(err)
	}
}

func TestRecordIsJSON(t *testing.T) {
	for _, r := range harbour() {
		line := AppendRecord(nil, r)
		var back struct {
			Author, Text string
			Segments     []struct{ Start, End int }
			Stances      []struct {
				Score    float64
				Evidence []struct{ Text string }
			}
			Sentiment *struct{ Score float64 }
		}
		if err := json.Unmarshal(line, &back); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if back.Author != r.Post.Author || back.Text != r.Post.Text || len(back.Stances) != len(r.Stances) || (back.Sentiment == nil) != (r.Tone == nil) {
			t.Errorf("%s is not %+v", line, r.Post)
		}
	}
}

func FuzzString(f *testing.F) {
	for _, s := range []string{"", "a\"b\\c", "\x00\x1f\x7f", "\xff\xfe", "\u2028", "\ud7ff𝄞", "tab\tnew\nline\r"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		if err := json.Unmarshal(appendString(nil, s), &back); err != nil {
			t.Fatal(err)
		}
		if want := strings.ToValidUTF8(s, "\ufffd"); strings.ToValidUTF8(s, "") == s && back != want {
			t.Errorf("%q came back as %q", s, back)
		}
	})
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                               "plain",
		"\x1b[31mred\x1b[0m":                  "red",
		"a\x1b]0;title\x07b":                  "ab",
		"a\x1b]8;;http://x\x1b\\link\x1b]8;;": "alink",
		"two\nlines\tand\u2028more":           "two lines and more",
		"\u202eevil\u202c":                    "evil",
		"zero\u200bwidth\ufeff":               "zerowidth",
		"👩\u200d🚀":                            "👩\u200d🚀",
		"bell\a\b\x9b31m":                     "bell\ufffd31m",
		"\x1b":                                "",
		"\x1b[":                               "",
		"  spaces ":                           "spaces",
		"a\x1b(Bb":                            "aBb",
	} {
		if got := Clean(in); got != want {
			t.Errorf("Clean(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("\x1b[31mred\x1b]0;t\x07")
	f.Add("\u202e\u2066a\nb")
	f.Fuzz(func(t *testing.T, s string) {
		if got := Clean(s); strings.ContainsFunc(got, isUnsafe) {
			t.Errorf("Clean(%q) = %q", s, got)
		}
		if got := CleanText(s); strings.ContainsAny(got, "\x1b\r\x00\a\b\u202e") {
			t.Errorf("CleanText(%q) = %q", s, got)
		}
	})
}

// TestExplainNested closes evidence that is a whole mention before the mention.
func TestExplainNested(t *testing.T) {
	analyzer, err := analyze.New(lexicon.Default(), analyze.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := "We saw Sleepy Joe there."
	th := &thread.Thread{ID: "quay", Posts: []thread.Post{{ReplyTo: thread.None, Text: text, Segments: []thread.Segment{{Span: thread.Span{End: len(text)}, QuoteOf: thread.None}}}}}
	analyzer.Worker().Thread(th, func(r *analyze.Result) bool {
		var b bytes.Buffer
		if err := Explain(&b, r, Screen{}); err != nil {
			t.Error(err)
		}
		for _, want := range []string{"[«Sleepy Joe» = Biden]", "quay\n"} { // a thread without a title is called by its identifier
			if !strings.Contains(b.String(), want) {
				t.Errorf("no %q in\n%s", want, b.String())
			}
		}
		return true
	})
}

func TestExplain(t *testing.T) {
	list := harbour()
	for _, color := range []bool{false, true} {
		var b bytes.Buffer
		for _, r := range []*analyze.Result{list[0], list[2], list[8]} {
			if err := Explain(&b, r, Screen{Color: color}); err != nil {
				t.Fatal(err)
			}
		}
		golden(t, map[bool]string{false: "explain.txt", true: "explain-color.txt"}[color], b.String())
	}
}

// Words that decided of two actors are marked once.
func TestExplainMarksOnce(t *testing.T) {
	r := harbour()[0]
	r.Stances[1].Evidence = r.Stances[0].Evidence
	var b bytes.Buffer
	if err := Explain(&b, r, Screen{}); err != nil {
		t.Fatal(err)
	}
	if text, _, _ := strings.Cut(b.String(), "\ntone"); strings.Count(text, "«") != 1 {
		t.Errorf("the words are not marked once in\n%s", text)
	}
}

// The names of actors are a user's as well: in a header none steers a terminal or
// is a formula.
func TestCSVActors(t *testing.T) {
	s := summary.New(summary.By{First: summary.User})
	r := harbour()[0]
	r.Stances[0].Actor = "=Po\x1b[31mrt"
	s.Add(r)
	tables, err := Tables(s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, write := range map[string]func(io.Writer, *Page) error{"CSV": CSV, "TSV": TSV} {
		var b bytes.Buffer
		if err := write(&b, &Page{Totals: &s.Totals, Tables: tables}); err != nil {
			t.Fatal(err)
		}
		if header, _, _ := strings.Cut(b.String(), "\n"); strings.Contains(header, "\x1b") || !strings.Contains(header, "'=Port low") {
			t.Errorf("the header of %s is %q", name, header)
		}
	}
}
