package report

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"threadstance/analyze"
	"threadstance/analyze/summary"
)

// Options say what of a summary is shown.
type Options struct {
	Limit int    // rows of a table; 0 is all
	Sort  string // column to sort by; "" is by posts, and months in their order. An actor's name sorts by its net stance
}

// Table is the rows of one grouping, sorted and cut.
type Table struct {
	By     summary.By
	Actors []string // one column each, those with most tags first; none where the table is by actor
	Rows   []Row
	Cut    int // rows that the limit left out
}

// Row is one row of a table.
type Row struct {
	Key  summary.Key
	Cell *summary.Cell
}

// byActor reports whether the rows are of one actor each, and the columns of
// its tags.
func (t *Table) byActor() bool { return t.By.Has(summary.Actor) }

// columns says which figures stand between a table's keys and its actors.
func (t *Table) columns() []figure {
	figures := []figure{posts}
	if !t.By.Has(summary.User) {
		figures = append(figures, users)
	}
	if !t.By.Has(summary.Topic) {
		figures = append(figures, words)
	}
	if !t.By.Has(summary.Source) {
		figures = append(figures, tone)
	}
	return figures
}

// figure is a column that is not a key and not an actor.
type figure uint8

const (
	posts figure = iota
	users
	words
	tone
)

func (f figure) String() string { return [...]string{"posts", "users", "words", "tone"}[f] }

// CheckSort returns an error where no table of the groupings can have a column
// to sort by, whatever is read. The columns of actors are those that are given,
// or of anyone, as records name targets of their own, where none is.
func CheckSort(by []summary.By, column string, actors []string) error {
	tables := make([]Table, len(by))
	for i := range by {
		tables[i].By = by[i]
		if tables[i].byActor() {
			continue
		}
		if tables[i].Actors = actors; len(actors) == 0 {
			return nil
		}
	}
	return checkSort(tables, column)
}

// checkSort returns an error where no table has a column to sort by.
func checkSort(tables []Table, column string) error {
	var names []string
	for i := range tables {
		if column == "" || tables[i].order(column) != nil {
			return nil
		}
		for _, name := range tables[i].sortable() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	if len(tables) == 0 {
		return nil
	}
	const shown = 20 // each record may name another actor
	list := strings.Join(names[:min(shown, len(names))], ", ")
	if len(names) > shown {
		list += ", …"
	}
	return fmt.Errorf("no table has a column %q to sort by; there are %s", column, list)
}

// Tables returns a table for each grouping of a summary. Where none has the
// column to sort by, they are in the order that they have without one, and the
// error says so.
func Tables(s *summary.Summary, options Options) ([]Table, error) {
	tables := make([]Table, len(s.Groups))
	for i := range s.Groups {
		g := &s.Groups[i]
		t := &tables[i]
		t.By = g.By
		if !t.byActor() {
			t.Actors = actors(g)
		}
		t.Rows = make([]Row, 0, len(g.Cells))
		for key, cell := range g.Cells {
			t.Rows = append(t.Rows, Row{key, cell})
		}
	}
	var err error
	if s.Totals.Posts > 0 {
		err = checkSort(tables, options.Sort)
	}
	if err != nil {
		options.Sort = ""
	}
	for i := range tables {
		t := &tables[i]
		t.sort(options.Sort)
		if options.Limit > 0 && len(t.Rows) > options.Limit {
			t.Cut = len(t.Rows) - options.Limit
			t.Rows = t.Rows[:options.Limit]
		}
	}
	return tables, err
}

// Order is the order of a table's rows where no column is named to sort by.
func Order(by summary.By) func(a, b Row) int {
	t := &Table{By: by}
	less := t.order("")
	return func(a, b Row) int { return compareRows(less, a, b) }
}

// compareRows orders rows by less, where there is one, then by posts, then by
// key.
func compareRows(less func(a, b Row) int, a, b Row) int {
	by := 0
	if less != nil {
		by = less(a, b)
	}
	return cmp.Or(by, cmp.Compare(b.Cell.Posts, a.Cell.Posts), a.Key.Compare(b.Key))
}

// actors returns the actors that a group has tags for, those with most first.
func actors(g *summary.Group) []string {
	counts := map[string]int64{}
	for _, cell := range g.Cells {
		for actor, tags := range cell.Tags {
			counts[actor] += tags.Count()
		}
	}
	return Actors(counts)
}

// Actors returns the actors of a table in the order of its columns, by the
// tags that they have in all rows.
func Actors(counts map[string]int64) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(a, b))
	})
}

// sortable returns the columns that a table can be sorted by.
func (t *Table) sortable() []string {
	var names []string
	for _, d := range t.By.Dimensions() {
		names = append(names, d.String())
	}
	for _, f := range t.columns() {
		names = append(names, f.String())
	}
	if t.byActor() {
		return append(names, "net", "tags", "favor", "neutral", "against")
	}
	return append(names, t.Actors...)
}

// sort sorts the rows by a column, where there is such a one. Names go up and
// figures down. What is equal is sorted by posts, then by key.
func (t *Table) sort(column string) {
	less := t.order(column)
	slices.SortFunc(t.Rows, func(a, b Row) int { return compareRows(less, a, b) })
}

// order returns the order that a column gives, or nil where there is none.
func (t *Table) order(column string) func(a, b Row) int {
	column = strings.ToLower(column)
	if column == "" && t.By.First == summary.Month {
		column = summary.Month.String()
	}
	for i, d := range t.By.Dimensions() {
		if column == d.String() {
			return func(a, b Row) int { return a.value(i).Compare(b.value(i)) }
		}
	}
	down := func(value func(Row) float64) func(a, b Row) int {
		return func(a, b Row) int { return cmp.Compare(value(b), value(a)) }
	}
	for _, f := range t.columns() {
		if column == f.String() {
			return down(func(r Row) float64 { return r.figure(f) })
		}
	}
	if t.byActor() {
		switch column {
		case "net":
			return down(func(r Row) float64 { return net(r.tags(t.By)) })
		case "tags":
			return down(func(r Row) float64 { return float64(r.tags(t.By).Count()) })
		case "favor":
			return down(func(r Row) float64 { return float64(r.tags(t.By).Favor) })
		case "neutral":
			return down(func(r Row) float64 { return float64(r.tags(t.By).Neutral) })
		case "against":
			return down(func(r Row) float64 { return float64(r.tags(t.By).Against) })
		}
		return nil
	}
	for _, actor := range t.Actors {
		if column == strings.ToLower(actor) {
			return down(func(r Row) float64 { return net(r.Cell.Tags[actor]) })
		}
	}
	return nil
}

// net sorts what has no tags below everything.
func net(t *summary.Tags) float64 {
	if t == nil || t.Count() == 0 {
		return -2
	}
	return t.Net()
}

// value returns the row's value of the table's first or second dimension.
func (r *Row) value(i int) summary.Value {
	if i == 0 {
		return r.Key.First
	}
	return r.Key.Second
}

var noTags summary.Tags

// actor returns the actor that the row is of, in a table by actor.
func (r *Row) actor(by summary.By) string {
	if by.First == summary.Actor {
		return r.Key.First.Name
	}
	return r.Key.Second.Name
}

// tags returns the tags of the actor that the row is of, in a table by actor.
func (r *Row) tags(by summary.By) *summary.Tags {
	if t := r.Cell.Tags[r.actor(by)]; t != nil {
		return t
	}
	return &noTags
}

// figure returns a figure of the row; a tone that there is none of is below
// all others.
func (r *Row) figure(f figure) float64 {
	switch f {
	case posts:
		return float64(r.Cell.Posts)
	case users:
		return float64(len(r.Cell.Users))
	case words:
		return float64(r.Cell.Words)
	}
	if mean, ok := r.tone(); ok {
		return mean
	}
	return -2
}

// tone returns the mean tone of the row's posts that have one.
func (r *Row) tone() (float64, bool) {
	if r.Cell.Toned == 0 {
		return 0, false
	}
	return float64(r.Cell.Tone) / float64(r.Cell.Toned*analyze.Unit), true
}

// unknown is shown for a value that is not known, by dimension.
func unknown(d summary.Dimension) string {
	if d == summary.Topic {
		return "(none)"
	}
	return "(unknown)"
}

// apart reports whether the tone of a row is of the other side than one of its
// stances, which is beyond chance: who speaks well of an actor in unpleasant
// words, or the reverse.
func (r *Row) apart(t *summary.Tags) bool {
	mean, toned := r.tone()
	low, high, ok := t.Interval()
	if !toned || !ok || t.Count() < FewTags || math.Abs(mean) < noSide || math.Abs(t.Net()) < noSide {
		return false
	}
	return mean < 0 && low > 0 || mean > 0 && high < 0
}

// noSide is the size of a mean tone or net stance below which it is on no
// side, and has no colour.
const noSide = 0.05
