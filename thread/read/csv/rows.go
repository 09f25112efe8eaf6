package csv

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"threadstance/thread/read/input"
)

// csvRows cuts a table into rows, and the rows into fields. Where a quotation
// mark is not closed, the library takes all that follows for one field: so the
// rows are found here, and the library sees one at a time.
type csvRows struct {
	lines  *input.LineReader
	path   string
	comma  byte // what parts the columns
	spaced bool // a blank follows each comma, as in the header
	wide   int  // columns of the header; 0 before it is read
	most   int  // bytes of a row
	ahead  []csvLine
	failed bool // nothing more can be read
	bad    input.BadBytes
	buf    *bufio.Reader
}

// csvLine is a line that is read and in no row yet.
type csvLine struct {
	text   []byte
	number int
	err    error // what kept the line from being read, or the end
}

// csvLineCost is about what keeping a line takes besides its text.
const csvLineCost = 64

// strayLines is how far a field may go on in which a mark stands alone. Rows
// that never end would each be read to the end of the table.
const strayLines = 100

// newCSVRows returns the rows of a table, of which the first is its header.
func newCSVRows(src input.Source) *csvRows {
	r := &csvRows{lines: input.NewLineReader(src), path: src.Path, most: src.Limits.MaxLine()}
	r.lines.Keep = true
	for l := r.line(0); l.err == nil && (len(bytes.TrimSpace(l.text)) == 0 || namesSeparator(l.text)); l = r.line(0) {
		r.ahead = r.ahead[1:]
	}
	header := r.line(0).text
	r.comma = byte(separator(header))
	blanks := bytes.Count(header, []byte{r.comma, ' '})
	r.spaced = r.comma != '\t' && blanks > 0 && blanks == bytes.Count(header, []byte{r.comma})
	return r
}

// line returns the line that is so many ahead.
func (r *csvRows) line(i int) csvLine {
	for len(r.ahead) <= i {
		if r.failed {
			r.ahead = append(r.ahead, csvLine{err: io.EOF})
			continue
		}
		text, err := r.lines.Next()
		if err != nil && err != io.EOF {
			r.failed = r.failed || err != input.ErrLongLine
			err = r.lines.ErrorAt(r.path, err)
		}
		r.ahead = append(r.ahead, csvLine{text, r.lines.Line, err})
	}
	return r.ahead[i]
}

// next returns the fields of the next row and the line that it begins on, and
// io.EOF at the end. With another error, there may be fields: they are what of
// a broken row can be read.
func (r *csvRows) next() (fields []string, number int, err error) {
	for l := r.line(0); l.err != nil || len(bytes.TrimSpace(l.text)) == 0; l = r.line(0) {
		if l.err == io.EOF {
			return nil, l.number, io.EOF
		}
		r.ahead = r.ahead[1:]
		if l.err != nil {
			return nil, l.number, l.err
		}
	}
	number = r.ahead[0].number
	quote := csvQuote{comma: r.comma, spaced: r.spaced}
	n, size, opened := 0, 0, 0                    // opened is the line with the mark that is not closed yet
	stray, likeRow, broken := false, false, false // a mark stands within a field; a line within one is as wide as a row
	literal := false                              // the marks of the first line may be letters like others
	within := ""
	for ; n == 0 || quote.inside; n++ {
		l := r.line(n)
		size += len(l.text) + csvLineCost
		if broken = l.err != nil || n > 0 && size > r.most; broken {
			if l.err == nil {
				within = fmt.Sprintf(" within %d bytes (--max-line raises the limit)", r.most)
			}
			break
		}
		if n > 0 {
			alone := csvQuote{comma: r.comma, spaced: r.spaced}
			alone.scan(l.text)
			likeRow = likeRow || alone.columns == r.wide
		}
		opens, lone := quote.scan(l.text)
		stray = stray || lone
		literal = literal || lone && n == 0
		if broken = stray && (likeRow || n > strayLines); broken {
			break
		}
		if opens {
			opened = n
		}
	}
	if broken && literal && bytes.Count(r.ahead[0].text, []byte{r.comma})+1 == r.wide {
		return r.literalFields(), number, nil
	}
	if broken {
		err = fmt.Errorf("the quotation mark that opens a field in this line is not closed%s; the field is read up to the end of the line", within)
		err = &input.Error{Path: r.path, Line: r.ahead[opened].number, Err: err}
		n = opened + 1
	}
	fields, parseErr := r.fields(n)
	if parseErr != nil && err == nil {
		err = &input.Error{Path: r.path, Line: number, Err: parseErr}
	}
	return fields, number, err
}

// fields takes so many lines as a row.
func (r *csvRows) fields(lines int) ([]string, error) {
	var row []byte
	for _, l := range r.ahead[:lines] {
		row = append(append(row, l.text...), '\n')
	}
	row = r.bad.Mend(row, `\`, r.ahead[0].number)
	r.ahead = r.ahead[lines:]
	if r.buf == nil {
		r.buf = bufio.NewReaderSize(nil, 4096)
	}
	r.buf.Reset(bytes.NewReader(row))
	parse := csv.NewReader(r.buf)
	parse.Comma = rune(r.comma)
	parse.FieldsPerRecord = -1
	parse.LazyQuotes = true
	parse.TrimLeadingSpace = r.spaced
	return parse.Read()
}

// literalFields takes the next line as a row in which quotation marks mean nothing,
// as in a field that begins with one: "Leave" was all he said.
func (r *csvRows) literalFields() []string {
	line := r.ahead[0]
	r.ahead = r.ahead[1:]
	return strings.Split(string(r.bad.Mend(line.text, `\`, line.number)), string(r.comma))
}

// csvQuote follows the quotation marks of a row through its lines.
type csvQuote struct {
	comma   byte
	spaced  bool // see csvRows
	inside  bool // of a field in quotation marks that the last line did not end
	columns int
}

// scan reads a line. It says whether the field that goes on behind it opened
// in it, and whether a mark stands alone within a field: there it should be
// doubled.
func (q *csvQuote) scan(line []byte) (opens, lone bool) {
	at := 0
	for {
		if !q.inside {
			q.columns++
			for q.spaced && at < len(line) && line[at] == ' ' {
				at++
			}
			if at == len(line) || line[at] != '"' {
				i := bytes.IndexByte(line[at:], q.comma)
				if i < 0 {
					return false, lone
				}
				at += i + 1
				continue
			}
			q.inside, opens = true, true
			at++
		}
		i := bytes.IndexByte(line[at:], '"')
		if i < 0 {
			return opens, lone
		}
		at += i + 1
		switch {
		case at == len(line):
			q.inside = false
			return false, lone
		case line[at] == '"':
			at++
		case line[at] == q.comma:
			q.inside, opens = false, false
			at++
		default:
			lone = true
		}
	}
}
