// Package csv reads tables of posts, a post a row.
package csv

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/input"
)

// Format reads tables with a header, one post a row, parted by commas,
// semicolons, tabs or bars. Dates such as 5/12/2020 have their month first,
// unless others of the table show that the day is.
type Format struct {
	// Columns names the column of a field (text, author, time, id, thread,
	// title, reply_to) where it is not one of the usual names.
	Columns map[string]string
}

// usualColumns are the names under which fields are looked for, the most
// telling first; lower case, with "_" for anything that is no letter.
var usualColumns = []struct {
	field string
	names []string
}{
	{"text", []string{"text", "body", "post_text", "full_text", "content", "message", "comment", "comment_text", "tweet", "post", "selftext"}},
	{"author", []string{"author", "username", "user_name", "user", "screen_name", "poster", "speaker", "author_name", "from", "name"}},
	{"time", []string{"time", "created_at", "created_utc", "timestamp", "datetime", "date", "posted_at", "posted", "published_at", "published", "created"}},
	{"id", []string{"id", "post_id", "comment_id", "message_id", "tweet_id"}},
	{"thread", []string{"thread", "thread_id", "conversation_id", "topic_id", "discussion_id", "link_id", "conversation", "discussion"}},
	{"title", []string{"title", "thread_title", "subject", "topic", "headline"}},
	{"reply_to", []string{"reply_to", "reply_to_id", "in_reply_to", "in_reply_to_id", "in_reply_to_status_id", "parent_id", "parent"}},
}

// CheckColumns is an error where columns, as Format.Columns has them, are those of a
// field that there is not.
func CheckColumns(columns map[string]string) error {
	var fields []string
	for _, usual := range usualColumns {
		fields = append(fields, usual.field)
	}
	for _, field := range slices.Sorted(maps.Keys(columns)) {
		if !slices.Contains(fields, field) {
			return fmt.Errorf("no field is called %q; the fields are %s", field, strings.Join(fields, ", "))
		}
	}
	return nil
}

// Name returns "csv".
func (Format) Name() string { return "csv" }

// Sniff looks for a first line that names a text and another column, and a
// second one that has columns. Who names columns has a table: then one column
// that is known is enough, and Read says which is not there.
func (f Format) Sniff(head []byte) bool {
	if haveReturns(head) {
		head = bytes.ReplaceAll(head, []byte("\r"), []byte("\n"))
	}
	line, rest, found := bytes.Cut(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), []byte("\n"))
	if namesSeparator(line) {
		line, rest, found = bytes.Cut(rest, []byte("\n"))
	}
	if !found || len(line) > 4096 {
		return false
	}
	reader := csv.NewReader(bytes.NewReader(line))
	reader.Comma = separator(line)
	header, err := reader.Read()
	if err != nil || len(header) < 2 {
		return false
	}
	columns, err := f.columns(header)
	if len(columns) == 0 || len(f.Columns) == 0 && (err != nil || len(columns) < 2) {
		return false
	}
	// phpBB's pages begin with "Author", a tab and "Message" too.
	second, _, found := bytes.Cut(rest, []byte("\n"))
	return !found || bytes.ContainsRune(second, separator(line)) || bytes.ContainsRune(second, '"')
}

// namesSeparator says whether a table's first line is one such as "sep=;", which
// Excel puts above the header.
func namesSeparator(line []byte) bool {
	text := strings.ToLower(strings.Trim(string(line[:min(len(line), 10)]), "\"\r"))
	return len(text) == len("sep=;") && strings.HasPrefix(text, "sep=")
}

// separator is the sign that parts the columns of a header.
func separator(header []byte) rune {
	best, most := ',', 0
	for _, sign := range []rune{',', '\t', ';', '|'} {
		if n := bytes.Count(header, []byte(string(sign))); n > most {
			best, most = sign, n
		}
	}
	return best
}

// columns finds the column of each field that has one. Where one that is needed
// is not there, it returns the others with the error.
func (f Format) columns(header []string) (columns map[string]int, err error) {
	names := make([]string, len(header))
	for i, name := range header {
		names[i] = columnName(name)
	}
	columns = map[string]int{}
	for _, usual := range usualColumns {
		if name, ok := f.Columns[usual.field]; ok {
			i := slices.Index(header, name)
			if i < 0 {
				i = slices.Index(names, columnName(name))
			}
			switch {
			case i >= 0:
				columns[usual.field] = i
			case err == nil:
				err = fmt.Errorf("no column is called %q; the columns are %s", name, strings.Join(header, ", "))
			}
			continue
		}
		for _, name := range usual.names {
			if i := slices.Index(names, name); i >= 0 {
				columns[usual.field] = i
				break
			}
		}
	}
	if _, ok := columns["text"]; !ok && err == nil {
		err = fmt.Errorf("no column holds a text; the columns are %s; --columns text=NAME names it", strings.Join(header, ", "))
	}
	return columns, err
}

func columnName(name string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-' || r == '.':
			return '_'
		case r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(name)))
}

// isDiscussion says whether all rows of a table are one thread, where no column
// parts them: a table that has who wrote in answer to what is. Tweets have an author
// and a time too.
func isDiscussion(columns map[string]int) bool {
	has := func(field string) bool { _, ok := columns[field]; return ok }
	return !has("thread") && !has("title") && has("author") && has("reply_to")
}

// Read yields the threads of src; see [input.Format].
func (f Format) Read(src input.Source) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		var dates date.Order
		read := func(src input.Source, yield func(*gather.Record, error) bool) { f.read(src, &dates, yield) }
		finish := func(g *gather.Groups, key string, records []gather.Record) (*thread.Thread, error) {
			settle(records, &dates)
			return g.Build(key, records)
		}
		gather.From(src, gather.NewGroups(src.Limits, read, finish), yield)
	}
}

// read yields the rows of src as records, and learns in what order the dates
// are.
func (f Format) read(src input.Source, dates *date.Order, yield func(*gather.Record, error) bool) {
	t, err := f.openTable(src, dates)
	if err != nil {
		yield(nil, err)
		return
	}
	for {
		fields, number, err := t.rows.next()
		fits := len(fields) == t.rows.wide
		switch {
		case (err != nil || fits) && !t.sayMisfits(yield):
			return
		case err == io.EOF:
			t.sayDoubts(yield)
			return
		case err != nil && !yield(nil, err):
			return
		case fits && !yield(t.record(fields, number), nil):
			return
		case !fits && fields != nil:
			t.misfit(fields, number)
		}
	}
}

// csvTable is a table whose header is read.
type csvTable struct {
	path       string
	rows       *csvRows
	columns    map[string]int // by field
	discussion string         // the thread of the rows, "" where each says its own or is one by itself
	dates      *date.Order
	times      gather.BadTimes
	lone       int          // rows that are threads of their own
	first      *input.Error // the first of the rows before the next one that do not fit
	misfits    int          // how many these are
}

// openTable reads the header of src.
func (f Format) openTable(src input.Source, dates *date.Order) (*csvTable, error) {
	src.Reader = newWestern(withNewlines(src.Reader))
	t := &csvTable{path: src.Path, rows: newCSVRows(src), dates: dates}
	header, number, err := t.rows.next()
	if err == io.EOF {
		return nil, &input.Error{Path: src.Path, Line: 1, Err: errors.New("no header")}
	}
	if err != nil {
		return nil, err
	}
	if t.columns, err = f.columns(header); err != nil {
		return nil, &input.Error{Path: src.Path, Line: number, Err: err}
	}
	t.rows.wide = len(header)
	if isDiscussion(t.columns) {
		t.discussion = src.ThreadName()
	}
	return t, nil
}

// record makes a record of a row that fits, on the given line.
func (t *csvTable) record(fields []string, number int) *gather.Record {
	get := func(field string) string {
		if i, ok := t.columns[field]; ok {
			return strings.TrimSpace(fields[i])
		}
		return ""
	}
	r := &gather.Record{
		Post:  thread.Post{ID: get("id"), Author: get("author"), ReplyTo: thread.None, Text: get("text")},
		Title: get("title"), Answers: get("reply_to"),
	}
	r.Thread = cmp.Or(get("thread"), r.Title, t.discussion)
	if r.Thread == "" {
		t.lone++
	}
	if text := get("time"); text != "" {
		when, ok := date.Read(text)
		if !ok {
			t.times.Note(text, number)
		}
		t.dates.Note(when)
		r.Time, r.EitherDay = when.Time(false), when.Either()
	}
	return r
}

// misfit notes a row that has more or fewer columns than the header. Of rows that
// follow one another they are told of once: a mark that is not closed may leave a
// million.
func (t *csvTable) misfit(fields []string, number int) {
	if t.misfits == 0 {
		t.first = &input.Error{Path: t.path, Line: number, Err: fmt.Errorf("%d columns where the header has %d", len(fields), t.rows.wide)}
	}
	t.misfits++
}

func (t *csvTable) sayMisfits(yield func(*gather.Record, error) bool) bool {
	if t.misfits > 1 {
		t.first.Err = fmt.Errorf("%w; nor do the %d rows after it fit", t.first.Err, t.misfits-1)
	}
	said := t.misfits == 0 || yield(nil, t.first)
	t.misfits = 0
	return said
}

// sayDoubts says what is to be said of the whole table.
func (t *csvTable) sayDoubts(yield func(*gather.Record, error) bool) {
	doubts := []error{t.rows.bad.Doubt(t.path), t.times.Doubt(t.path)}
	if _, named := t.columns["thread"]; !named && t.lone > 1 {
		doubts = append(doubts, input.Doubt{Path: t.path, Text: "no column holds the thread, so that each row is one by itself; --columns thread=NAME names it"})
	}
	for _, err := range doubts {
		if err != nil && !yield(nil, err) {
			return
		}
	}
}

// settle turns the dates that were read with the month first, where by the order of
// all of them the day is.
func settle(records []gather.Record, order *date.Order) {
	for i := range records {
		if r := &records[i]; r.EitherDay && order.DayFirst() {
			_, month, day := r.Time.Date()
			r.Time = r.Time.AddDate(0, day-int(month), int(month)-day)
		}
	}
}
