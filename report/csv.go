package report

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"threadstance/analyze/summary"
)

// CSV writes the tables with commas, each with a header, an empty line between
// two (what Miller calls csvlite). Figures are in full; of each actor there
// are the net stance, its 95 % interval and the numbers of tags by label. Names that a
// spreadsheet would take for formulas are defused by an apostrophe.
func CSV(w io.Writer, p *Page) error { return separated(w, p, ',') }

// TSV is CSV with tabs and no quotation marks: tabs and line breaks in names
// are blanks.
func TSV(w io.Writer, p *Page) error { return separated(w, p, '\t') }

// separated writes the tables with comma, which may be a tab, between columns.
func separated(w io.Writer, p *Page, comma rune) error {
	var b bytes.Buffer
	for i := range p.Tables {
		if i > 0 {
			b.WriteByte('\n')
		}
		if comma == '\t' {
			for _, row := range records(&p.Tables[i]) {
				b.WriteString(strings.Join(row, "\t") + "\n")
			}
			continue
		}
		out := csv.NewWriter(&b)
		if err := out.WriteAll(records(&p.Tables[i])); err != nil {
			return err
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// records returns a table's header and rows with all figures in full.
func records(t *Table) [][]string {
	var header []string
	for _, d := range t.By.Dimensions() {
		header = append(header, d.String())
	}
	for _, f := range t.columns() {
		header = append(header, f.String())
	}
	if t.byActor() {
		header = append(header, "net", "low", "high", "favor", "neutral", "against")
	}
	for _, actor := range t.Actors {
		actor = Clean(actor)
		header = append(header, defuse(actor), defuse(actor+" low"), defuse(actor+" high"), defuse(actor+" favor"), defuse(actor+" neutral"), defuse(actor+" against"))
	}
	list := [][]string{header}
	for i := range t.Rows {
		row := &t.Rows[i]
		record := make([]string, 0, len(header))
		for j, d := range t.By.Dimensions() {
			record = append(record, defuse(Clean(name(row.value(j), d))))
		}
		for _, f := range t.columns() {
			record = append(record, figureInFull(row, f))
		}
		if t.byActor() {
			record = appendTags(record, row.tags(t.By))
		}
		for _, actor := range t.Actors {
			record = appendTags(record, row.Cell.Tags[actor])
		}
		list = append(list, record)
	}
	return list
}

// figureInFull writes a figure with all its digits, and nothing where there is
// none.
func figureInFull(row *Row, f figure) string {
	if f == tone {
		if _, ok := row.tone(); !ok {
			return ""
		}
	}
	return inFull(row.figure(f))
}

func inFull(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// appendTags appends net stance, its 95 % interval and counts; without tags
// there is no net stance, and with fewer than two no interval.
func appendTags(record []string, t *summary.Tags) []string {
	if t == nil || t.Count() == 0 {
		return append(record, "", "", "", "0", "0", "0")
	}
	record = append(record, inFull(t.Net()))
	if low, high, ok := t.Interval(); ok {
		record = append(record, inFull(low), inFull(high))
	} else {
		record = append(record, "", "")
	}
	for _, n := range []int64{t.Favor, t.Neutral, t.Against} {
		record = append(record, strconv.FormatInt(n, 10))
	}
	return record
}

// defuse keeps a name from being run as a formula by a spreadsheet.
func defuse(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) || strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠") {
		return "'" + s
	}
	return s
}
