package main

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
)

// record is a line of --format jsonl, as a user's own script would read it.
type record struct {
	Author   string
	Text     string
	Segments []struct {
		Kind       string
		Start, End int
	}
	Sentiment *struct{ Score float64 }
	Stances   []struct {
		Actor, Holder, Label string
		Score                float64
	}
	Topics []struct{ Topic string }
}

// tally is what a table says of an actor.
type tally struct {
	Net                           float64
	Tags, Favor, Neutral, Against int
}

// row is a row of --format json.
type row struct {
	User, Topic         *string
	Posts, Words, Users int
	Tone                *float64
	Stances             map[string]*tally

	tones   []float64
	authors map[string]bool
}

// Every figure of the tables can be worked out from the records.
func TestTablesFollowFromRecords(t *testing.T) {
	inputs := []string{"../../testdata/threads"}
	for _, flags := range [][]string{nil, {"--actor", "US"}, {"--min-confidence", "0.6"}} {
		users, topics := map[string]*row{}, map[string]*row{}
		for line := range strings.Lines(printed(t, append(append([]string{"analyze", "--quiet", "--format", "jsonl"}, flags...), inputs...))) {
			var r record
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatal(err)
			}
			count(users, r.Author, &r)
			for _, topic := range r.Topics {
				count(topics, topic.Topic, &r)
			}
			if len(r.Topics) == 0 {
				count(topics, "", &r)
			}
		}
		var page struct{ Tables []struct{ Rows []*row } }
		if err := json.Unmarshal([]byte(printed(t, append(append([]string{"analyze", "--quiet", "--format", "json", "--limit", "0"}, flags...), inputs...))), &page); err != nil {
			t.Fatal(err)
		}
		compareRows(t, "user", users, page.Tables[0].Rows, func(r *row) *string { return r.User })
		compareRows(t, "topic", topics, page.Tables[1].Rows, func(r *row) *string { return r.Topic })
	}
}

// printed runs the program and returns what it prints.
func printed(t *testing.T, args []string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr); code != exitOK {
		t.Fatalf("threadstance %v: exit status %d\n%s", args, code, stderr.String())
	}
	return stdout.String()
}

// count adds a record to the row of a key.
func count(rows map[string]*row, key string, r *record) {
	c := rows[key]
	if c == nil {
		c = &row{Stances: map[string]*tally{}, authors: map[string]bool{}}
		rows[key] = c
	}
	c.Posts++
	for _, s := range r.Segments {
		if s.Kind == "own" {
			c.Words += len(strings.Fields(r.Text[s.Start:s.End]))
		}
	}
	if r.Author != "" {
		c.authors[r.Author] = true
	}
	if r.Sentiment != nil {
		c.tones = append(c.tones, r.Sentiment.Score)
	}
	for _, s := range r.Stances {
		if s.Holder != "author" {
			continue
		}
		a := c.Stances[s.Actor]
		if a == nil {
			a = &tally{}
			c.Stances[s.Actor] = a
		}
		a.Tags++
		a.Net += s.Score
		switch s.Label {
		case "favor":
			a.Favor++
		case "against":
			a.Against++
		default:
			a.Neutral++
		}
	}
}

func compareRows(t *testing.T, table string, want map[string]*row, got []*row, key func(*row) *string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("by %s: %d rows, the records have %d", table, len(got), len(want))
	}
	near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
	for _, g := range got {
		name := ""
		if k := key(g); k != nil {
			name = *k
		}
		w := want[name]
		if w == nil {
			t.Errorf("by %s: %q is in no record", table, name)
			continue
		}
		if g.Posts != w.Posts || table == "user" && g.Words != w.Words || table == "topic" && g.Users != len(w.authors) {
			t.Errorf("by %s: %q: %d posts, %d words, %d users; the records have %d, %d, %d", table, name, g.Posts, g.Words, g.Users, w.Posts, w.Words, len(w.authors))
		}
		if (g.Tone == nil) != (len(w.tones) == 0) || g.Tone != nil && !near(*g.Tone, mean(w.tones)) {
			t.Errorf("by %s: %q: tone is not %v", table, name, mean(w.tones))
		}
		if len(g.Stances) != len(w.Stances) {
			t.Errorf("by %s: %q: %d actors, the records have %d", table, name, len(g.Stances), len(w.Stances))
		}
		for actor, a := range g.Stances {
			b := w.Stances[actor]
			if b == nil || a.Tags != b.Tags || a.Favor != b.Favor || a.Neutral != b.Neutral || a.Against != b.Against || !near(a.Net, b.Net/float64(b.Tags)) {
				t.Errorf("by %s: %q, %s: %+v; the records have %+v", table, name, actor, a, b)
			}
		}
	}
}

func mean(list []float64) float64 {
	sum := 0.0
	for _, x := range slices.Sorted(slices.Values(list)) {
		sum += x
	}
	return sum / float64(len(list))
}
