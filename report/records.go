package report

import (
	"bytes"
	"fmt"
	"time"

	"github.com/goccy/go-json"
)

// record is what AppendRecord writes, to be stored in other forms. A field
// that may be unknown is a pointer, or has a zero value that it else never
// has.
type record struct {
	Thread    string    `json:"thread" parquet:"thread,dict"`
	Title     string    `json:"title" parquet:"title,dict"`
	Index     int32     `json:"index" parquet:"index"`
	ID        string    `json:"id" parquet:"id"`
	Author    string    `json:"author" parquet:"author,optional,dict"`
	Time      time.Time `json:"time" parquet:"time,optional,timestamp(microsecond)"`
	ReplyTo   *int32    `json:"reply_to" parquet:"reply_to,optional"`
	Text      string    `json:"text" parquet:"text"`
	Segments  []segment `json:"segments" parquet:"segments,list"`
	Sentiment *judged   `json:"sentiment" parquet:"sentiment,optional"`
	Stances   []held    `json:"stances" parquet:"stances,list"`
	Topics    []spoken  `json:"topics" parquet:"topics,list"`
}

type segment struct {
	Kind    string `json:"kind" parquet:"kind,dict"`
	Start   int32  `json:"start" parquet:"start"`
	End     int32  `json:"end" parquet:"end"`
	QuoteOf *int32 `json:"quote_of" parquet:"quote_of,optional"`
	// A pointer, since the Parquet writer takes "" for a value where it follows one
	// in a list.
	Source *string `json:"source" parquet:"source,optional,dict"`
}

type judged struct {
	Score float64 `json:"score" parquet:"score"`
	Label string  `json:"label" parquet:"label,dict"`
}

type held struct {
	Actor      string  `json:"actor" parquet:"actor,dict"`
	Holder     string  `json:"holder" parquet:"holder,dict"`
	Label      string  `json:"label" parquet:"label,dict"`
	Score      float64 `json:"score" parquet:"score"`
	Confidence float64 `json:"confidence" parquet:"confidence"`
	Evidence   []shown `json:"evidence" parquet:"evidence,list"`
}

type shown struct {
	Start int32  `json:"start" parquet:"start"`
	End   int32  `json:"end" parquet:"end"`
	Text  string `json:"text" parquet:"text"`
}

type spoken struct {
	Topic string  `json:"topic" parquet:"topic,dict"`
	Score float64 `json:"score" parquet:"score"`
}

// lines reads records again from what AppendRecord wrote, in pieces of any
// length.
type lines struct {
	rest []byte // a line of which the end has not come
}

// each calls yield for every record that is whole with the next piece.
func (l *lines) each(piece []byte, yield func(*record) error) error {
	for line := range bytes.Lines(piece) {
		if line[len(line)-1] != '\n' {
			l.rest = append(l.rest, line...)
			return nil
		}
		if len(l.rest) > 0 {
			line = append(l.rest, line...)
			l.rest = l.rest[:0]
		}
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("a record cannot be read again: %w", err)
		}
		if err := yield(&r); err != nil {
			return err
		}
	}
	return nil
}
