package report

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"
)

// Saved is the tables of a run, as JSON wrote them.
type Saved struct {
	Schema string `json:"schema"`
	Read   struct {
		Threads int64 `json:"threads"`
		Posts   int64 `json:"posts"`
		Users   int64 `json:"users"`
	} `json:"read"`
	Tables []savedTable `json:"tables"`
}

type savedTable struct {
	By   []string                     `json:"by"`
	Cut  int                          `json:"rows_cut"`
	Rows []map[string]json.RawMessage `json:"rows"`
}

type savedTags struct {
	Net       *float64 `json:"net"`
	Tags      int64    `json:"tags"`
	Deviation *float64 `json:"deviation"`
}

// ReadJSON reads tables that JSON wrote.
func ReadJSON(r io.Reader) (*Saved, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	s := new(Saved)
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), s); err != nil {
		return nil, fmt.Errorf("not the tables of a run: %w; write them with analyze --format json --limit 0", err)
	}
	if s.Schema != "threadstance.tables/1" {
		return nil, fmt.Errorf("not the tables of a run: its schema is %q and not \"threadstance.tables/1\"; write them with analyze --format json --limit 0", Clean(s.Schema))
	}
	return s, nil
}

// Diff is what moved between two runs, a table for each grouping that both
// have.
type Diff struct {
	A, B   *Saved      `json:"-"`
	Tables []DiffTable `json:"tables"`
}

// DiffTable is what moved in one table: first what moved beyond chance.
type DiffTable struct {
	By      []string `json:"by"`
	Changes []Change `json:"changes"`
	OnlyA   int      `json:"only_in_a"` // pairs of a key and an actor that have tags in A alone
	OnlyB   int      `json:"only_in_b"`
	RowsCut int      `json:"rows_cut"` // that one of the runs did not write
}

// Change is the net stance of one key toward one actor in both runs.
type Change struct {
	Key        []*string `json:"key"` // nil for what is not known
	Actor      string    `json:"actor"`
	A          float64   `json:"a"`
	B          float64   `json:"b"`
	TagsA      int64     `json:"tags_a"`
	TagsB      int64     `json:"tags_b"`
	Difference float64   `json:"difference"` // B less A
	// The 95 % interval of the difference and the chance of one as large by
	// chance alone, by Welch's t-test; none where a run has fewer than FewTags
	// tags, or none of them differ.
	Low  *float64 `json:"low"`
	High *float64 `json:"high"`
	P    *float64 `json:"p"`
	// Beyond says that the difference is beyond chance: of those that are said
	// to be, no more than one in twenty is expected not to be (Benjamini and
	// Hochberg, 1995, over the changes of the table).
	Beyond bool `json:"beyond_chance"`
}

// falseDiscoveries is the share of what is said to be beyond chance that may
// be by chance.
const falseDiscoveries = 0.05

// discoveries returns the largest of some p-values that is beyond chance
// (Benjamini and Hochberg, 1995), or -1. It sorts them.
func discoveries(ps []float64) float64 {
	slices.Sort(ps)
	limit := -1.0
	for i, p := range ps {
		if p <= falseDiscoveries*float64(i+1)/float64(len(ps)) {
			limit = p
		}
	}
	return limit
}

// Compare tells what moved from run a to run b. It takes the posts of one run
// for independent of those of the other: over the same posts, as with two
// lexicons, it finds less than there is.
func Compare(a, b *Saved) (*Diff, error) {
	d := &Diff{A: a, B: b}
	for i := range a.Tables {
		for k := range b.Tables {
			if slices.Equal(a.Tables[i].By, b.Tables[k].By) {
				t, err := compareTables(&a.Tables[i], &b.Tables[k])
				if err != nil {
					return nil, err
				}
				d.Tables = append(d.Tables, *t)
				break
			}
		}
	}
	if len(d.Tables) == 0 {
		return nil, errors.New("the two runs have no table by the same keys")
	}
	return d, nil
}

func compareTables(a, b *savedTable) (*DiffTable, error) {
	t := &DiffTable{By: a.By, RowsCut: a.Cut + b.Cut, Changes: []Change{}}
	cellsA, order, err := a.cells()
	if err != nil {
		return nil, fmt.Errorf("run A, table by %s: %w", strings.Join(a.By, ","), err)
	}
	cellsB, _, err := b.cells()
	if err != nil {
		return nil, fmt.Errorf("run B, table by %s: %w", strings.Join(b.By, ","), err)
	}
	for _, id := range order {
		x := cellsA[id]
		y, ok := cellsB[id]
		if !ok {
			t.OnlyA++
			continue
		}
		t.Changes = append(t.Changes, change(x, y))
	}
	t.OnlyB = len(cellsB) - len(t.Changes)
	discover(t.Changes)
	slices.SortStableFunc(t.Changes, func(x, y Change) int {
		return cmp.Or(cmp.Compare(x.chance(), y.chance()), cmp.Compare(math.Abs(y.Difference), math.Abs(x.Difference)))
	})
	return t, nil
}

// chance is P, and more than any P where the difference could not be tested.
func (c *Change) chance() float64 {
	if c.P == nil {
		return math.Inf(1)
	}
	return *c.P
}

// savedCell is the tags of one key toward one actor.
type savedCell struct {
	key   []*string
	actor string
	savedTags
}

// id is the same for the same key and actor.
func (c *savedCell) id() string {
	var id strings.Builder
	for _, name := range c.key {
		if name == nil {
			id.WriteString("-")
		} else {
			fmt.Fprintf(&id, "%q", *name)
		}
	}
	fmt.Fprintf(&id, "%q", c.actor)
	return id.String()
}

// possible says whether scores in [-1, 1] can have these figures.
func (t *savedTags) possible() bool {
	return t.Tags > 0 && math.Abs(*t.Net) <= 1 && (t.Deviation == nil || 0 <= *t.Deviation && *t.Deviation <= 2)
}

// cells returns the cells that have tags by key and actor, and their order.
func (t *savedTable) cells() (map[string]savedCell, []string, error) {
	cells := map[string]savedCell{}
	var order []string
	for _, row := range t.Rows {
		key, stances, err := t.read(row)
		if err != nil {
			return nil, nil, err
		}
		for _, actor := range slices.Sorted(maps.Keys(stances)) {
			c := savedCell{key, actor, stances[actor]}
			if c.Tags == 0 || c.Net == nil {
				continue
			}
			id := c.id()
			if !c.possible() {
				return nil, nil, fmt.Errorf("the figures of %s can be of no posts; write the table anew with analyze --format json", id)
			}
			if _, twice := cells[id]; twice {
				return nil, nil, fmt.Errorf("two rows are of the same key %s; write the table anew with analyze --format json", id)
			}
			cells[id] = c
			order = append(order, id)
		}
	}
	return cells, order, nil
}

// read returns the key of a row without its actor, where it has one, and its
// tags by actor.
func (t *savedTable) read(row map[string]json.RawMessage) (key []*string, stances map[string]savedTags, err error) {
	for _, by := range t.By {
		var name *string
		if err := json.Unmarshal(row[by], &name); err != nil {
			return nil, nil, fmt.Errorf("a row has no %q: %w", by, err)
		}
		key = append(key, name)
	}
	at := slices.Index(t.By, "actor")
	if at < 0 {
		if err := json.Unmarshal(row["stances"], &stances); err != nil {
			return nil, nil, fmt.Errorf("a row has no stances: %w", err)
		}
		return key, stances, nil
	}
	actor := key[at]
	if actor == nil {
		return key, nil, nil
	}
	// The tags are fields of the row itself.
	whole, err := json.Marshal(row)
	if err != nil {
		return nil, nil, err
	}
	var tags savedTags
	if err := json.Unmarshal(whole, &tags); err != nil {
		return nil, nil, err
	}
	return slices.Delete(key, at, at+1), map[string]savedTags{*actor: tags}, nil
}

// change compares a cell of both runs by Welch's t-test.
func change(a, b savedCell) Change {
	c := Change{Key: a.key, Actor: a.actor, A: *a.Net, B: *b.Net, TagsA: a.Tags, TagsB: b.Tags, Difference: *b.Net - *a.Net}
	if a.Deviation == nil || b.Deviation == nil || a.Tags < FewTags || b.Tags < FewTags {
		return c
	}
	va, vb := *a.Deviation**a.Deviation/float64(a.Tags), *b.Deviation**b.Deviation/float64(b.Tags)
	if va+vb <= 0 {
		return c
	}
	freedom := (va + vb) * (va + vb) / (va*va/float64(a.Tags-1) + vb*vb/float64(b.Tags-1))
	spread := math.Sqrt(va + vb)
	students := distuv.StudentsT{Sigma: 1, Nu: freedom}
	p := 2 * students.CDF(-math.Abs(c.Difference)/spread)
	half := students.Quantile(0.975) * spread
	low, high := max(-2, c.Difference-half), min(2, c.Difference+half)
	c.P, c.Low, c.High = &p, &low, &high
	return c
}

// discover marks the changes beyond chance.
func discover(changes []Change) {
	var ps []float64
	for i := range changes {
		if p := changes[i].P; p != nil {
			ps = append(ps, *p)
		}
	}
	limit := discoveries(ps)
	for i := range changes {
		changes[i].Beyond = changes[i].P != nil && *changes[i].P <= limit
	}
}

// Changes writes what moved as text for a terminal, limit rows of each table
// (0 is all).
func Changes(w io.Writer, d *Diff, limit int, screen Screen) error {
	var b strings.Builder
	fmt.Fprintf(&b, "A: %s\nB: %s\n", d.A.headline(), d.B.headline())
	for i := range d.Tables {
		t := &d.Tables[i]
		g, notes := t.grid(limit)
		fmt.Fprintf(&b, "\nby %s\n", strings.Join(t.By, " and "))
		if err := g.render(&b); err != nil {
			return err
		}
		for _, note := range notes {
			wrap(&b, note, screen.Width)
		}
	}
	b.WriteByte('\n')
	wrap(&b, diffLegend, screen.Width)
	_, err := io.WriteString(w, b.String())
	return err
}

// ChangesMarkdown writes what moved as Markdown.
func ChangesMarkdown(w io.Writer, d *Diff, limit int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "A: %s  \nB: %s\n", d.A.headline(), d.B.headline())
	for i := range d.Tables {
		t := &d.Tables[i]
		g, notes := t.grid(limit)
		fmt.Fprintf(&b, "\n## By %s\n\n", strings.Join(t.By, " and "))
		markdownGrid(&b, g)
		for _, note := range notes {
			b.WriteString("\n" + escapeMarkdown(note) + "\n")
		}
	}
	b.WriteString("\n" + escapeMarkdown(diffLegend) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// ChangesJSON writes what moved as one JSON object.
func ChangesJSON(w io.Writer, d *Diff) error {
	data, err := json.MarshalIndent(struct {
		Schema string `json:"schema"`
		*Diff
	}{"threadstance.diff/1", d}, "", " ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

const diffLegend = "Net stance in both runs, in brackets the posts it rests on; their difference with its 95 % interval. ! is a change beyond chance (Welch's t-test; of those marked in a table one in twenty may be chance). Without an interval there is not enough evidence: fewer than 5 posts in a run. The runs are taken to be of different posts; of the same ones, as with two lexicons, more may have moved."

func (s *Saved) headline() string {
	return count(s.Read.Threads, "thread") + ", " + count(s.Read.Posts, "post") + ", " + count(s.Read.Users, "user")
}

// grid returns the table as text with its foot notes.
func (t *DiffTable) grid(limit int) (*grid, []string) {
	g := &grid{}
	for _, by := range t.By {
		if by != "actor" {
			g.header = append(g.header, by)
		}
	}
	g.header = append(g.header, "actor")
	g.left = len(g.header)
	g.header = append(g.header, "A", "B", "change", "95 %")
	rows := t.Changes
	if limit > 0 && len(rows) > limit {
		rows = rows[:limit]
	}
	beyond := 0
	for i := range t.Changes {
		if t.Changes[i].Beyond {
			beyond++
		}
	}
	for i := range rows {
		c := &rows[i]
		var cells []string
		for k, name := range c.Key {
			if name == nil {
				lost := "(unknown)"
				if g.header[k] == "topic" {
					lost = "(none)"
				}
				cells = append(cells, lost)
			} else {
				cells = append(cells, truncate(Clean(*name), maxName))
			}
		}
		mark, between := " ", "–"
		if c.Beyond {
			mark = "!"
		}
		if c.Low != nil {
			between = signed(*c.Low) + " to " + signed(*c.High)
		}
		cells = append(cells, truncate(Clean(c.Actor), maxName), fmt.Sprintf("%s (%d)", signed(c.A), c.TagsA), fmt.Sprintf("%s (%d)", signed(c.B), c.TagsB), signed(c.Difference)+mark, between)
		g.rows = append(g.rows, cells)
	}
	notes := []string{fmt.Sprintf("%d of %s beyond chance", beyond, count(int64(len(t.Changes)), "change"))}
	if len(rows) < len(t.Changes) {
		notes = append(notes, fmt.Sprintf("%d of %d rows; --limit 0 shows all", len(rows), len(t.Changes)))
	}
	if t.OnlyA+t.OnlyB > 0 {
		notes = append(notes, fmt.Sprintf("%d only in A, %d only in B", t.OnlyA, t.OnlyB))
	}
	if t.RowsCut > 0 {
		notes = append(notes, fmt.Sprintf("%s of A and B were not written and are not compared; analyze --limit 0 writes all", count(int64(t.RowsCut), "row")))
	}
	return g, notes
}
