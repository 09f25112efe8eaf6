package report

import (
	"fmt"
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"threadstance/analyze/summary"
)

// Parquet writes records into a Parquet file, one row a post, with segments,
// stances, their evidence and topics nested. It is an io.Writer of records.
// The same records give the same bytes.
type Parquet struct {
	out   *parquet.GenericWriter[record]
	lines lines
	rows  int
}

// rowsInGroup is how many posts are kept in memory until they are written.
const rowsInGroup = 4_000

// NewParquet returns a writer to w.
func NewParquet(w io.Writer) *Parquet {
	return &Parquet{out: parquet.NewGenericWriter[record](w, parquetOptions("threadstance.records/1")...)}
}

func parquetOptions(schema string) []parquet.WriterOption {
	return []parquet.WriterOption{
		parquet.Compression(&zstd.Codec{}),
		parquet.CreatedBy("threadstance", schema, ""),
		parquet.KeyValueMetadata("schema", schema),
	}
}

// Write stores records as AppendRecord writes them.
func (p *Parquet) Write(records []byte) (int, error) {
	err := p.lines.each(records, func(r *record) error {
		if _, err := p.out.Write([]record{*r}); err != nil {
			return err
		}
		if p.rows++; p.rows%rowsInGroup == 0 {
			return p.out.Flush()
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return len(records), nil
}

// Finish writes what is left and the file's end.
func (p *Parquet) Finish() error { return p.out.Close() }

// tableRow is a row of a table as Parquet has it: one for each key and actor,
// and one without an actor for a key without stances.
type tableRow struct {
	First   *string  `parquet:"-"` // named after the keys
	Second  *string  `parquet:"-"`
	Posts   int64    `parquet:"posts"`
	Users   int64    `parquet:"users"`
	Words   int64    `parquet:"words"`
	Tone    *float64 `parquet:"tone,optional"`
	Actor   string   `parquet:"actor,optional,dict"`
	Net     *float64 `parquet:"net,optional"`
	Low     *float64 `parquet:"low,optional"`
	High    *float64 `parquet:"high,optional"`
	Tags    int64    `parquet:"tags"`
	Favor   int64    `parquet:"favor"`
	Neutral int64    `parquet:"neutral"`
	Against int64    `parquet:"against"`
}

// ParquetTable writes a table in long form: the keys, the figures of the row,
// and an actor with its net stance, the 95 % interval of that, and its counts.
func ParquetTable(w io.Writer, t *Table) error {
	var rows []tableRow
	for i := range t.Rows {
		row := &t.Rows[i]
		first := tableRow{First: known(row.Key.First), Second: known(row.Key.Second), Posts: row.Cell.Posts, Users: int64(len(row.Cell.Users)), Words: row.Cell.Words}
		if mean, ok := row.tone(); ok {
			first.Tone = &mean
		}
		actors := t.Actors
		if t.byActor() {
			actors = []string{row.actor(t.By)}
		}
		before := len(rows)
		for _, actor := range actors {
			tags := row.Cell.Tags[actor]
			if tags == nil || tags.Count() == 0 {
				continue
			}
			r := first
			net := tags.Net()
			r.Actor, r.Net = actor, &net
			if low, high, ok := tags.Interval(); ok {
				r.Low, r.High = &low, &high
			}
			r.Tags, r.Favor, r.Neutral, r.Against = tags.Count(), tags.Favor, tags.Neutral, tags.Against
			rows = append(rows, r)
		}
		if len(rows) == before {
			rows = append(rows, first)
		}
	}
	var names []parquet.SchemaOption
	for i, field := range []string{"First", "Second"} {
		if list := t.By.Dimensions(); i < len(list) && list[i] != summary.Actor { // which has a column already
			names = append(names, parquet.StructTag(reflect.StructTag(fmt.Sprintf(`parquet:"%s,optional,dict"`, list[i])), field))
		}
	}
	// The names of columns that are given here hold for rows that the schema
	// takes apart; a writer of tableRow would go by its tags.
	schema := parquet.SchemaOf(tableRow{}, names...)
	out := parquet.NewGenericWriter[any](w, append(parquetOptions("threadstance.table/1"), schema)...)
	for i := range rows {
		if _, err := out.WriteRows([]parquet.Row{schema.Deconstruct(nil, &rows[i])}); err != nil {
			return err
		}
	}
	return out.Close()
}

// known is a value's name, nil where it is not known.
func known(v summary.Value) *string {
	if !v.Known {
		return nil
	}
	return &v.Name
}
