package thread

import (
	"strings"
	"unicode/utf8"

	"threadstance/thread/plain"
)

// Trim narrows span to what is not white space.
func Trim(text string, span Span) Span {
	for span.Start < span.End {
		r, size := utf8.DecodeRuneInString(text[span.Start:span.End])
		if !plain.IsSpace(r) {
			break
		}
		span.Start += size
	}
	for span.Start < span.End {
		r, size := utf8.DecodeLastRuneInString(text[span.Start:span.End])
		if !plain.IsSpace(r) {
			break
		}
		span.End -= size
	}
	return span
}

// AppendSegment adds text[start:end] without the white space around it, if
// anything is left.
func AppendSegment(segments []Segment, text string, kind Kind, start, end int) []Segment {
	part := text[start:end]
	trimmed := strings.TrimLeftFunc(part, plain.IsSpace)
	start += len(part) - len(trimmed)
	trimmed = strings.TrimRightFunc(trimmed, plain.IsSpace)
	if trimmed == "" {
		return segments
	}
	return append(segments, Segment{Kind: kind, Span: Span{start, start + len(trimmed)}, QuoteOf: None})
}
