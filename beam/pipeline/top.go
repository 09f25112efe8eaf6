package pipeline

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"reflect"
	"slices"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"

	"threadstance/analyze/summary"
	"threadstance/report"
)

// Top is what the tables of a Summary need: its totals, the first rows of each
// table in the order in which they are printed, and of all rows together how
// many there are and how many tags each actor has. It does not grow with the
// rows that are not printed.
type Top struct {
	*summary.Summary                    // totals without the names of the users, and the cells of the first rows
	Rows             []int64            // of each table
	Actors           []map[string]int64 // their tags in each table
}

func init() {
	beam.RegisterCoder(reflect.TypeOf((*Top)(nil)).Elem(), encodeTop, decodeTop)
	register.Combiner2[Top, Part](&topFn{})
}

// topFn finds the first rows. Which they are does not depend on the order in
// which parts come, since their order is total.
type topFn struct{ Options Options }

// CreateAccumulator returns what holds nothing.
func (fn *topFn) CreateAccumulator() Top {
	plan, err := fn.Options.plan()
	if err != nil { // which Build has seen to
		return Top{}
	}
	top := Top{Summary: plan.New(), Rows: make([]int64, len(plan.By)), Actors: make([]map[string]int64, len(plan.By))}
	for i := range top.Actors {
		top.Actors[i] = map[string]int64{}
	}
	return top
}

// AddInput adds a part that is whole: no other has its key.
func (fn *topFn) AddInput(top Top, part Part) Top {
	if part.Summary == nil {
		return top
	}
	for i := range part.Groups {
		for _, cell := range part.Groups[i].Cells {
			top.Rows[i]++
			for actor, tags := range cell.Tags {
				top.Actors[i][actor] += tags.Count()
			}
		}
	}
	nameless := *part.Summary
	nameless.Totals.Elsewhere += int64(len(nameless.Totals.Users))
	nameless.Totals.Users = nil
	top.Merge(&nameless)
	return fn.cut(top, 4)
}

// MergeAccumulators merges b into a.
func (fn *topFn) MergeAccumulators(a, b Top) Top {
	for i := range b.Rows {
		a.Rows[i] += b.Rows[i]
		for actor, n := range b.Actors[i] {
			a.Actors[i][actor] += n
		}
	}
	a.Merge(b.Summary)
	return fn.cut(a, 4)
}

// ExtractOutput returns the first rows and no more.
func (fn *topFn) ExtractOutput(top Top) Top { return fn.cut(top, 1) }

// cut leaves the rows away that are not among the first, where there are at
// least so many times as many as are wanted.
func (fn *topFn) cut(top Top, times int) Top {
	limit := fn.Options.Limit
	for i := range top.Groups {
		g := &top.Groups[i]
		if limit == 0 || len(g.Cells) <= times*limit {
			continue
		}
		rows := make([]report.Row, 0, len(g.Cells))
		for key, cell := range g.Cells {
			rows = append(rows, report.Row{Key: key, Cell: cell})
		}
		slices.SortFunc(rows, report.Order(g.By))
		for _, row := range rows[limit:] {
			delete(g.Cells, row.Key)
		}
	}
	return top
}

// tables returns the tables, as report.Tables does for the whole Summary.
func (t *Top) tables() ([]report.Table, error) {
	tables, err := report.Tables(t.Summary, report.Options{})
	for i := range tables {
		if len(tables[i].Actors) > 0 || len(t.Actors[i]) > 0 && !tables[i].By.Has(summary.Actor) {
			tables[i].Actors = report.Actors(t.Actors[i])
		}
		tables[i].Cut = int(t.Rows[i]) - len(tables[i].Rows)
	}
	return tables, err
}

// topCounts is the part of a Top that is not a Summary.
type topCounts struct {
	Rows   []int64
	Actors []map[string]int64
}

func encodeTop(t Top) ([]byte, error) {
	counts, err := json.Marshal(topCounts{t.Rows, t.Actors})
	if err != nil {
		return nil, err
	}
	rest, err := t.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return append(append(binary.AppendUvarint(nil, uint64(len(counts))), counts...), rest...), nil
}

func decodeTop(data []byte) (Top, error) {
	size, n := binary.Uvarint(data)
	if n <= 0 || size > uint64(len(data)-n) {
		return Top{}, errors.New("damaged rows")
	}
	var counts topCounts
	if err := json.Unmarshal(data[n:n+int(size)], &counts); err != nil {
		return Top{}, err
	}
	t := Top{new(summary.Summary), counts.Rows, counts.Actors}
	return t, t.UnmarshalBinary(data[n+int(size):])
}
