package report

import (
	"math"
	"strconv"
	"time"
	"unicode/utf8"

	"threadstance/analyze"
	"threadstance/thread"
)

// AppendRecord appends a result as one line of JSON, the record that
// --format jsonl prints for a post.
func AppendRecord(dst []byte, r *analyze.Result) []byte {
	p := r.Post
	dst = appendString(append(dst, `{"thread":`...), r.Thread.ID)
	dst = appendString(append(dst, `,"title":`...), r.Thread.Title)
	dst = strconv.AppendInt(append(dst, `,"index":`...), int64(p.Index), 10)
	dst = appendString(append(dst, `,"id":`...), p.ID)
	dst = appendString(append(dst, `,"author":`...), p.Author)
	dst = appendTime(append(dst, `,"time":`...), p.Time)
	dst = appendIndex(append(dst, `,"reply_to":`...), p.ReplyTo)
	dst = appendString(append(dst, `,"text":`...), p.Text)
	dst = append(dst, `,"segments":[`...)
	for i := range p.Segments {
		dst = appendSegment(comma(dst, i), &p.Segments[i])
	}
	dst = append(dst, `],"sentiment":`...)
	if r.Tone == nil {
		dst = append(dst, "null"...)
	} else {
		dst = appendFloat(append(dst, `{"score":`...), r.Tone.Score)
		dst = append(dst, `,"label":"`+r.Tone.Label.String()+`"}`...)
	}
	dst = append(dst, `,"stances":[`...)
	for i := range r.Stances {
		dst = appendStance(comma(dst, i), r, i)
	}
	dst = append(dst, `],"topics":[`...)
	for i, t := range r.Topics {
		dst = appendString(append(comma(dst, i), `{"topic":`...), t.Name)
		dst = append(appendFloat(append(dst, `,"score":`...), t.Score), '}')
	}
	return append(dst, "]}\n"...)
}

func appendSegment(dst []byte, s *thread.Segment) []byte {
	dst = append(dst, `{"kind":"`+s.Kind.String()+`",`...)
	dst = appendSpan(dst, s.Span)
	switch {
	case s.Kind == thread.Quote:
		dst = appendIndex(append(dst, `,"quote_of":`...), s.QuoteOf)
	case s.Kind == thread.News && s.Source != "":
		dst = appendString(append(dst, `,"source":`...), s.Source)
	}
	return append(dst, '}')
}

func appendStance(dst []byte, r *analyze.Result, i int) []byte {
	s := &r.Stances[i]
	dst = appendString(append(dst, `{"actor":`...), s.Actor)
	dst = appendString(append(dst, `,"holder":`...), s.Holder)
	dst = append(dst, `,"label":"`+s.Label.String()+`"`...)
	dst = appendFloat(append(dst, `,"score":`...), s.Score)
	dst = appendFloat(append(dst, `,"confidence":`...), s.Confidence)
	dst = append(dst, `,"evidence":[`...)
	for j, e := range s.Evidence {
		dst = appendSpan(append(comma(dst, j), '{'), e.Span)
		dst = append(appendString(append(dst, `,"text":`...), e.Span.Of(r.Post.Text)), '}')
	}
	return append(dst, "]}"...)
}

func appendSpan(dst []byte, s thread.Span) []byte {
	dst = strconv.AppendInt(append(dst, `"start":`...), int64(s.Start), 10)
	return strconv.AppendInt(append(dst, `,"end":`...), int64(s.End), 10)
}

// appendIndex appends the index of a post, or null where there is none.
func appendIndex(dst []byte, index int) []byte {
	if index == thread.None {
		return append(dst, "null"...)
	}
	return strconv.AppendInt(dst, int64(index), 10)
}

// appendTime appends a time as RFC 3339 has it, or null where it is not known
// or has a year that RFC 3339 cannot write.
func appendTime(dst []byte, t time.Time) []byte {
	if t.IsZero() || t.Year() < 0 || t.Year() > 9999 {
		return append(dst, "null"...)
	}
	return append(t.AppendFormat(append(dst, '"'), time.RFC3339), '"')
}

// appendFloat appends a number with the least digits that stand for it.
func appendFloat(dst []byte, x float64) []byte {
	if x == 0 || math.IsNaN(x) || math.IsInf(x, 0) {
		return append(dst, '0') // never "-0"
	}
	return strconv.AppendFloat(dst, x, 'f', -1, 64)
}

// comma appends a comma before every element of a list but the first.
func comma(dst []byte, i int) []byte {
	if i > 0 {
		return append(dst, ',')
	}
	return dst
}

// appendString appends s as a JSON string. What is not valid UTF-8 becomes
// U+FFFD.
func appendString(dst []byte, s string) []byte {
	const hex = "0123456789abcdef"
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				dst = append(append(dst, s[from:i]...), `\ufffd`...)
				from = i + n
			}
			i += n
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			i++
			continue
		}
		dst = append(dst, s[from:i]...)
		switch c {
		case '"', '\\':
			dst = append(dst, '\\', c)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		default:
			dst = append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		from = i
	}
	return append(append(dst, s[from:]...), '"')
}
