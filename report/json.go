package report

import (
	"io"
	"time"

	"threadstance/analyze/summary"
	"threadstance/thread"
)

// JSON writes the tables as one JSON object. Names and figures are in full;
// what is not known is null.
func JSON(w io.Writer, p *Page) error {
	b := []byte(`{"schema":"threadstance.tables/1"`)
	if p.Partial != "" {
		b = append(b, `,"partial":true`...)
	}
	b = appendTotals(append(b, `,"read":`...), p.Totals)
	b = append(b, `,"tables":[`...)
	for i := range p.Tables {
		b = appendTable(append(comma(b, i), '\n'), &p.Tables[i])
	}
	b = append(b, "\n]}\n"...)
	_, err := w.Write(b)
	return err
}

func appendTotals(b []byte, t *summary.Totals) []byte {
	b = appendCount(b, `{"threads":`, t.Threads)
	b = appendCount(b, `,"posts":`, t.Posts)
	b = appendCount(b, `,"users":`, t.UserCount())
	b = appendCount(b, `,"posts_without_author":`, t.NoAuthor)
	b = appendCount(b, `,"posts_not_english":`, t.NotEnglish)
	b = appendCount(b, `,"posts_without_own_words":`, t.NoOwnWords)
	b = appendCount(b, `,"stances":`, t.Stances)
	var earliest, newest time.Time
	if t.Dated > 0 {
		earliest, newest = time.Unix(t.Earliest, 0).UTC(), time.Unix(t.Newest, 0).UTC()
	}
	b = appendTime(append(b, `,"earliest":`...), earliest)
	b = appendTime(append(b, `,"newest":`...), newest)
	b = append(b, `,"bytes":{`...)
	for kind, n := range t.Bytes {
		b = append(comma(b, kind), `"`+thread.Kind(kind).String()+`":`...)
		b = appendCount(b, "", n)
	}
	return append(b, "}}"...)
}

func appendTable(b []byte, t *Table) []byte {
	b = append(b, `{"by":[`...)
	for i, d := range t.By.Dimensions() {
		b = append(comma(b, i), `"`+d.String()+`"`...)
	}
	b = append(b, `],"actors":[`...)
	for i, actor := range t.Actors {
		b = appendString(comma(b, i), actor)
	}
	b = appendCount(b, `],"rows_cut":`, int64(t.Cut))
	b = append(b, `,"rows":[`...)
	for i := range t.Rows {
		b = appendRow(append(comma(b, i), '\n'), t, &t.Rows[i])
	}
	return append(b, "]}"...)
}

func appendRow(b []byte, t *Table, row *Row) []byte {
	b = append(b, '{')
	for i, d := range t.By.Dimensions() {
		b = append(comma(b, i), `"`+d.String()+`":`...)
		if v := row.value(i); v.Known {
			b = appendString(b, v.Name)
		} else {
			b = append(b, "null"...)
		}
	}
	for _, f := range t.columns() {
		b = append(b, `,"`+f.String()+`":`...)
		if _, ok := row.tone(); f == tone && !ok {
			b = append(b, "null"...)
		} else {
			b = appendFloat(b, row.figure(f))
		}
	}
	if t.byActor() {
		b = append(b, ',')
		return append(appendTagFields(b, row.tags(t.By)), '}')
	}
	b = append(b, `,"stances":{`...)
	first := true
	for _, actor := range t.Actors {
		tags := row.Cell.Tags[actor]
		if tags == nil {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(appendString(b, actor), ":{"...)
		b = append(appendTagFields(b, tags), '}')
	}
	return append(b, "}}"...)
}

// appendTagFields appends net stance with its 95 % interval and the standard
// deviation of the scores, counts, and the shares that the probabilities of
// the labels amount to.
func appendTagFields(b []byte, t *summary.Tags) []byte {
	if t.Count() == 0 {
		b = append(b, `"net":null`...)
	} else {
		b = appendFloat(append(b, `"net":`...), t.Net())
	}
	if low, high, ok := t.Interval(); ok {
		b = appendFloat(append(b, `,"low":`...), low)
		b = appendFloat(append(b, `,"high":`...), high)
		b = appendFloat(append(b, `,"deviation":`...), t.Deviation())
	} else {
		b = append(b, `,"low":null,"high":null,"deviation":null`...)
	}
	b = appendCount(b, `,"tags":`, t.Count())
	b = appendCount(b, `,"favor":`, t.Favor)
	b = appendCount(b, `,"neutral":`, t.Neutral)
	b = appendCount(b, `,"against":`, t.Against)
	favor, neutral, against := t.Shares()
	b = appendFloat(append(b, `,"share_favor":`...), favor)
	b = appendFloat(append(b, `,"share_neutral":`...), neutral)
	return appendFloat(append(b, `,"share_against":`...), against)
}

func appendCount(b []byte, before string, n int64) []byte {
	return appendFloat(append(b, before...), float64(n))
}
