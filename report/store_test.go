package report

import (
	"bytes"
	"database/sql"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"threadstance/analyze"
	"threadstance/analyze/summary"
)

// summed returns the harbour's results summed up, and its records.
func summed(t *testing.T, plan summary.Plan) (*summary.Summary, []Table, []byte) {
	t.Helper()
	s := plan.New()
	var records []byte
	for _, r := range harbour() {
		s.Add(r)
		records = AppendRecord(records, r)
	}
	tables, err := Tables(s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s, tables, records
}

// writeInPieces writes data in pieces that do not end where lines do.
func writeInPieces(t *testing.T, w interface{ Write([]byte) (int, error) }, data []byte) {
	t.Helper()
	for len(data) > 0 {
		n := min(37, len(data))
		if _, err := w.Write(data[:n]); err != nil {
			t.Fatal(err)
		}
		data = data[n:]
	}
}

var userAndTopic = summary.Plan{By: []summary.By{{First: summary.User}, {First: summary.Topic}}}

func TestSQLite(t *testing.T) {
	s, tables, records := summed(t, userAndTopic)
	write := func(name string) string {
		path := filepath.Join(t.TempDir(), name)
		db, err := NewSQLite(path)
		if err != nil {
			t.Fatal(err)
		}
		writeInPieces(t, db, records)
		if err := db.Finish(&Page{Totals: &s.Totals, Tables: tables}); err != nil {
			t.Fatal(err)
		}
		return path
	}
	path := write("a b?#%.sqlite")
	one, _ := os.ReadFile(path)
	two, _ := os.ReadFile(write("again.sqlite"))
	if len(one) == 0 || !bytes.Equal(one, two) {
		t.Error("the same records give other bytes")
	}
	db, err := sql.Open("sqlite", "file:"+escapePath(path))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	// The views hold what the tables do.
	for i, view := range []string{"by_user", "by_topic"} {
		table := &tables[i]
		for j := range table.Rows {
			row := &table.Rows[j]
			dimension := table.By.First
			key := unknown(dimension)
			if row.Key.First.Known {
				key = row.Key.First.Name
			}
			var n int64
			var mean sql.NullFloat64
			// A user called as the unknown ones are has a row of its own.
			err := db.QueryRow(fmt.Sprintf("select posts, tone from %s where %s = ? and posts = ? and (tone is null or abs(tone - ?) < 0.001)", view, dimension),
				key, row.Cell.Posts, row.figure(tone)).Scan(&n, &mean)
			if err != nil {
				t.Errorf("%s %q: %v", view, key, err)
				continue
			}
			for _, actor := range table.Actors {
				tags := row.Cell.Tags[actor]
				if tags == nil {
					continue
				}
				var net float64
				var count int64
				if err := db.QueryRow(fmt.Sprintf(`select "%s", "%s tags" from %s where %s = ? and "%s tags" > 0`, actor, actor, view, dimension, actor), key).Scan(&net, &count); err != nil {
					t.Errorf("%s %q %s: %v", view, key, actor, err)
				} else if math.Abs(net-tags.Net()) > 1e-4 || count != tags.Count() {
					t.Errorf("%s %q %s: %v of %d, want %v of %d", view, key, actor, net, count, tags.Net(), tags.Count())
				}
			}
		}
	}
	for query, want := range map[string]int{
		`select count(*) from posts`: len(harbour()),
		`select count(*) from posts_search where posts_search match 'port robs'`:                             5,
		`select count(*) from evidence join stances using (stance) where label = 'neutral'`:                  0,
		`select count(*) from posts where author is null and tone_label is not null and words = 3`:           1,
		`select count(*) from sqlite_master where sql like '%virtual table%using fts%content="posts"%'`:      1, // as Datasette asks
		`select value from runs where name = 'posts'`:                                                        len(harbour()),
		`select count(*) from segments s join posts using (post) where s."end" > length(cast(text as blob))`: 0,
	} {
		var got int
		if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
			t.Errorf("%s: %d (%v), want %d", query, got, err, want)
		}
	}
	var check string
	if err := db.QueryRow(`pragma integrity_check`).Scan(&check); err != nil || check != "ok" {
		t.Errorf("integrity: %s (%v)", check, err)
	}
}

func TestParquet(t *testing.T) {
	_, tables, records := summed(t, summary.Plan{By: []summary.By{{First: summary.User}, {First: summary.User, Second: summary.Actor, Joined: true}}})
	// Only some segments have a source.
	records = append(records, `{"thread":"t","id":"9","text":"No. Yes. Go.","segments":[{"kind":"own","start":0,"end":3},{"kind":"news","start":4,"end":8,"source":"Reuters"},{"kind":"own","start":9,"end":12}]}`+"\n"...)
	var file bytes.Buffer
	p := NewParquet(&file)
	writeInPieces(t, p, records)
	if err := p.Finish(); err != nil {
		t.Fatal(err)
	}
	got, err := parquet.Read[record](bytes.NewReader(file.Bytes()), int64(file.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var want []record
	new(lines).each(records, func(r *record) error {
		want = append(want, *r)
		return nil
	})
	if len(got) != len(want) || len(want) == 0 {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i := range want {
		g, w := textOf(&got[i]), textOf(&want[i])
		if g != w {
			t.Errorf("record %d is\n%s\nwant\n%s", i, g, w)
		}
	}

	text := func(name *string) string {
		if name == nil {
			return "(null)"
		}
		return *name
	}
	for i := range tables {
		var file bytes.Buffer
		if err := ParquetTable(&file, &tables[i]); err != nil {
			t.Fatal(err)
		}
		f, err := parquet.OpenFile(bytes.NewReader(file.Bytes()), int64(file.Len()))
		if err != nil {
			t.Fatal(err)
		}
		var columns []string
		for _, c := range f.Schema().Columns() {
			columns = append(columns, strings.Join(c, "."))
		}
		if want := strings.Fields("user posts users words tone actor net low high tags favor neutral against"); !reflect.DeepEqual(columns, want) {
			t.Errorf("by %s: columns %v, want %v", tables[i].By, columns, want)
		}
		type row struct {
			User    *string  `parquet:"user,optional"`
			Posts   int64    `parquet:"posts"`
			Users   int64    `parquet:"users"`
			Words   int64    `parquet:"words"`
			Tone    *float64 `parquet:"tone,optional"`
			Actor   *string  `parquet:"actor,optional"`
			Net     *float64 `parquet:"net,optional"`
			Low     *float64 `parquet:"low,optional"`
			High    *float64 `parquet:"high,optional"`
			Tags    int64    `parquet:"tags"`
			Favor   int64    `parquet:"favor"`
			Neutral int64    `parquet:"neutral"`
			Against int64    `parquet:"against"`
		}
		number := func(x *float64) string {
			if x == nil {
				return "(null)"
			}
			return fmt.Sprintf("%.4f", *x)
		}
		rows, err := parquet.Read[row](bytes.NewReader(file.Bytes()), int64(file.Len()))
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, r := range rows {
			line := fmt.Sprintf("%s %d %d %d %s", text(r.User), r.Posts, r.Users, r.Words, number(r.Tone))
			if r.Actor != nil {
				line += fmt.Sprintf(" %s %s %s to %s %d %d %d %d", *r.Actor, number(r.Net), number(r.Low), number(r.High), r.Tags, r.Favor, r.Neutral, r.Against)
			}
			got = append(got, line)
		}
		for _, r := range tables[i].Rows {
			tone := "(null)"
			if c := r.Cell; c.Toned > 0 {
				tone = fmt.Sprintf("%.4f", float64(c.Tone)/float64(c.Toned)/analyze.Unit)
			}
			line := fmt.Sprintf("%s %d %d %d %s", text(known(r.Key.First)), r.Cell.Posts, len(r.Cell.Users), r.Cell.Words, tone)
			actors := tables[i].Actors
			if r.Key.Second.Known {
				actors = []string{r.Key.Second.Name}
			}
			before := len(want)
			for _, actor := range actors {
				if tags := r.Cell.Tags[actor]; tags != nil {
					between := "(null) to (null)"
					if low, high, ok := tags.Interval(); ok {
						between = fmt.Sprintf("%.4f to %.4f", low, high)
					}
					want = append(want, line+fmt.Sprintf(" %s %.4f %s %d %d %d %d", actor, tags.Net(), between, tags.Count(), tags.Favor, tags.Neutral, tags.Against))
				}
			}
			if len(want) == before {
				want = append(want, line)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
			t.Errorf("by %s: %s", tables[i].By, diff)
		}
	}
}

// deref returns what p points to, nil where it points to nothing.
func deref[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// textOf writes a record as text to be compared.
func textOf(r *record) string {
	var b strings.Builder
	fmt.Fprint(&b, r.Thread, r.Title, r.Index, r.ID, r.Author, r.Time.Unix(), deref(r.ReplyTo), r.Text, r.Topics)
	for _, s := range r.Segments {
		fmt.Fprint(&b, s.Kind, s.Start, s.End, deref(s.QuoteOf), deref(s.Source))
	}
	if r.Sentiment != nil {
		fmt.Fprint(&b, *r.Sentiment)
	}
	for _, s := range r.Stances {
		fmt.Fprint(&b, s.Actor, s.Holder, s.Label, s.Score, s.Confidence, len(s.Evidence), s.Evidence)
	}
	return b.String()
}

func TestGraphML(t *testing.T) {
	plan := GraphPlan()
	s := plan.New()
	results := harbour()
	for i, r := range results {
		if i > 0 {
			r.Post.ReplyTo = i - 1
		}
		for _, o := range results {
			r.Thread.Posts = append(r.Thread.Posts[:min(o.Post.Index, len(r.Thread.Posts))], *o.Post)
		}
		s.Add(r)
	}
	var b bytes.Buffer
	if err := GraphML(&b, s); err != nil {
		t.Fatal(err)
	}
	type data []struct {
		Key  string `xml:"key,attr"`
		Text string `xml:",chardata"`
	}
	var graph struct {
		Keys []struct {
			ID   string `xml:"id,attr"`
			Name string `xml:"attr.name,attr"`
		} `xml:"key"`
		Nodes []struct {
			ID   string `xml:"id,attr"`
			Data data   `xml:"data"`
		} `xml:"graph>node"`
		Edges []struct {
			Source string `xml:"source,attr"`
			Target string `xml:"target,attr"`
			Data   data   `xml:"data"`
		} `xml:"graph>edge"`
	}
	if err := xml.Unmarshal(b.Bytes(), &graph); err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	labels := map[string]string{}
	for _, n := range graph.Nodes {
		labels[n.ID] = n.Data[0].Text
	}
	if len(labels) != len(s.Groups[0].Cells) || len(graph.Edges) != len(s.Replies) || len(graph.Edges) == 0 {
		t.Errorf("%d nodes and %d edges, want %d and %d", len(labels), len(graph.Edges), len(s.Groups[0].Cells), len(s.Replies))
	}
	for _, e := range graph.Edges {
		if labels[e.Source] == "" || labels[e.Target] == "" {
			t.Errorf("the edge from %s to %s joins no nodes", e.Source, e.Target)
		}
	}
	// What the data say, under the names of their keys.
	names := map[string]string{}
	for _, k := range graph.Keys {
		names[k.ID] = k.Name
	}
	said := func(d data) string {
		var list []string
		for _, x := range d {
			list = append(list, names[x.Key]+" "+x.Text)
		}
		return strings.Join(list, ", ")
	}
	nodes := map[string]string{}
	for _, n := range graph.Nodes {
		nodes[n.Data[0].Text] = said(n.Data[1:])
	}
	for name, want := range map[string]string{
		"Ebb|tide":          "posts 5, words 24, tone -0.5, Port -0.6, Port tags 5, City -0.05, City tags 1",
		"redherring":        "posts 1, words 2",
		"=HYPERLINK(\"x\")": "posts 1, words 4, tone 0.25, Port 0.55, Port tags 1",
	} {
		if nodes[name] != want {
			t.Errorf("of %s the graph says %q, want %q", name, nodes[name], want)
		}
	}
	for _, e := range graph.Edges {
		if labels[e.Source] == "Ebb|tide" && labels[e.Target] == "Ebb|tide" {
			if got, want := said(e.Data), "weight 3, agree 0, disagree 0"; got != want {
				t.Errorf("of the answers to oneself the graph says %q, want %q", got, want)
			}
		}
	}
	if text := b.String(); !strings.Contains(text, "=HYPERLINK(&#34;x&#34;)") {
		t.Errorf("names are not escaped in\n%s", text)
	}
}
