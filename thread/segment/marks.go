package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
	"threadstance/thread/quote"
)

// Quotations that the poster marked: lines that begin with ">", what stands
// between [quote] and [/quote], and the <blockquote> that an export left in the
// text. They are quotes whether or not their words stood earlier in the thread.
// All formats go through this, with what their readers did not know for a quote.

// quotation is a passage that is marked as someone's words.
type quotation struct {
	thread.Span               // with its marks
	words       []thread.Span // without them, and without what is quoted within it
	author      string        // whom its mark names, or ""
	open        bool          // its end is not marked, and only its tag is in Span
}

// own adds the parts of a span that the reader left to the poster: the quotations
// that are marked in it, and what is found between them.
func (s *Segmenter) own(t *thread.Thread, post *thread.Post, span thread.Span) {
	text := post.Text
	at, tag := span.Start, thread.Span{}
	for _, q := range quotations(text, span) {
		heading := at + introduction(text[at:q.Start])
		s.between(t, post, thread.Span{Start: at, End: heading}, tag)
		s.parts = thread.AppendSegment(s.parts, text, thread.Chrome, heading, q.Start)
		at, tag = q.End, thread.Span{}
		if q.open {
			tag = q.Span
			continue
		}
		s.parts = append(s.parts, thread.Segment{Kind: thread.Quote, Span: thread.Trim(text, q.Span), QuoteOf: s.source(t, post, &q)})
	}
	s.between(t, post, thread.Span{Start: at, End: span.End}, tag)
}

// between adds what stands between marked quotations. It begins with one whose
// end is not marked where tag, which opens that, is not empty.
func (s *Segmenter) between(t *thread.Thread, post *thread.Post, span, tag thread.Span) {
	before := len(s.parts)
	s.chrome(t.Posts, post, span, tag.Len() > 0)
	switch {
	case tag.Len() == 0:
	case len(s.parts) > before:
		s.parts[before].Start = tag.Start
	default:
		s.parts = append(s.parts, thread.Segment{Kind: thread.Chrome, Span: tag, QuoteOf: thread.None})
	}
}

// introduction returns where the line begins that names, at the end of text,
// whose words follow; the length of text where none does.
func introduction(text string) int {
	trimmed := strings.TrimRightFunc(text, plain.IsSpace)
	at := strings.LastIndexByte(trimmed, '\n') + 1
	line := strings.TrimSpace(trimmed[at:])
	for _, verb := range []string{" wrote:", " said:", " writes:"} {
		if name, ok := strings.CutSuffix(line, verb); ok && len(line) <= 120 && (forum.IsSpeaker(name) || quote.StartsAttribution(line) || strings.Contains(name, "@")) {
			return at
		}
	}
	return len(text)
}

// source returns the earlier post that a marked quotation is from, or None. The
// words of one from elsewhere are found by the posts below as this post's.
func (s *Segmenter) source(t *thread.Thread, post *thread.Post, q *quotation) int {
	if len(t.Posts) == 1 {
		return thread.None
	}
	trace := &s.tracer
	trace.Start(post)
	for _, span := range q.words {
		trace.Scan(span)
	}
	from := trace.Source(q.author)
	if from == thread.None {
		for _, l := range trace.Lines {
			trace.Index(l)
		}
	}
	return from
}

// quotations finds what is marked in a span of text, in order.
func quotations(text string, span thread.Span) []quotation {
	part := span.Of(text)
	if strings.IndexByte(part, '>') < 0 && strings.IndexByte(part, '[') < 0 && !strings.Contains(part, escapedSign) {
		return nil
	}
	var found []quotation
	at := span.Start
	tags := quoteTags(text, span)
	for i := 0; i < len(tags); i++ {
		tag := &tags[i]
		switch {
		case tag.end != thread.None:
			found = quotedLines(found, text, thread.Span{Start: at, End: tag.Start})
			q := quotation{Span: thread.Span{Start: tag.Start, End: tags[tag.end].End}, author: tag.Author}
			start := tag.End
			for i++; i < tag.end; i++ {
				if inner := &tags[i]; inner.end != thread.None {
					q.words = append(q.words, thread.Span{Start: start, End: inner.Start})
					i = inner.end
					start = tags[i].End
				}
			}
			i = tag.end
			q.words = append(q.words, thread.Span{Start: start, End: tags[i].Start})
			found = append(found, q)
			at = q.End
		case !tag.Ends && opensParagraph(text, tag.Span, span.End):
			found = quotedLines(found, text, thread.Span{Start: at, End: tag.Start})
			found = append(found, quotation{Span: tag.Span, open: true})
			at = tag.End
		}
	}
	return quotedLines(found, text, thread.Span{Start: at, End: span.End})
}

// opensParagraph says whether a tag stands at the start of a line, with words
// after it or right below. Elsewhere an open tag is spoken of, or left over.
func opensParagraph(text string, tag thread.Span, end int) bool {
	if !startsLine(text, tag.Start) {
		return false
	}
	below := strings.TrimPrefix(strings.TrimLeft(text[tag.End:end], " \t\r"), "\n")
	return strings.TrimLeft(below[:plain.LineEnd(below, 0, len(below))], " \t\r") != ""
}

func startsLine(text string, at int) bool { return at == 0 || text[at-1] == '\n' }

// quoteTag is a tag, with what ends it.
type quoteTag struct {
	quote.Tag
	end int // of one that starts a quotation, the index of the tag that ends it, or None
}

// quoteTags finds the tags in a span of text, each start with its end.
func quoteTags(text string, span thread.Span) []quoteTag {
	var tags []quoteTag
	for at := span.Start; at < span.End; {
		n := strings.IndexAny(text[at:span.End], "[<")
		if n < 0 {
			break
		}
		at += n
		if tag, ok := quote.ReadTag(text[at:span.End]); ok {
			tag.Start += at
			tag.End += at
			tags = append(tags, quoteTag{tag, thread.None})
			at = tag.End
		} else {
			at++
		}
	}
	var open []int // of the tags, those that started and did not end
	count := map[byte]int{}
	for i := range tags {
		tag := &tags[i]
		if !tag.Ends {
			open = append(open, i)
			count[tag.Markup]++
			continue
		}
		for found := false; count[tag.Markup] > 0 && !found; {
			last := &tags[open[len(open)-1]]
			open = open[:len(open)-1]
			count[last.Markup]--
			if found = last.Markup == tag.Markup; found {
				last.end = i
			}
		}
	}
	// Who forgets the stroke of an end writes a start of no one's words.
	for i := range len(tags) - 1 {
		start, end := &tags[i], &tags[i+1]
		if !start.Ends && start.end == thread.None && startsLine(text, start.Start) && !end.Ends && end.end == thread.None && end.Len() == len("[quote]") &&
			start.End < end.Start && !strings.Contains(text[start.End:end.Start], "\n\n") {
			start.end, end.Ends = i+1, true
		}
	}
	return tags
}

// escapedSign is the sign of a quoted line as HTML writes it.
const escapedSign = "&gt;"

// quotedLines adds the passages of a span whose lines all begin with ">", of one
// depth each.
func quotedLines(found []quotation, text string, span thread.Span) []quotation {
	depth, blank := 0, thread.None // of the lines above; where they are signs alone, the start of the first
	for at := span.Start; at < span.End; {
		end := plain.LineEnd(text, at, span.End)
		width, deep := quoteSigns(text[at:end])
		words := thread.Span{Start: at + width, End: end}
		switch {
		case !startsLine(text, at):
			deep = 0
		case deep > 0 && thread.Trim(text, words).Len() == 0:
			if depth == 0 && blank == thread.None {
				blank = at
			}
			deep = depth
		case depth == 0 && !startsQuote(words.Of(text), deep):
			deep = 0
		}
		switch {
		case deep == 0:
		case deep != depth:
			start := at
			if depth == 0 && blank != thread.None {
				start = blank
			}
			found = append(found, quotation{Span: thread.Span{Start: start, End: end}, words: []thread.Span{words}})
		default:
			q := &found[len(found)-1]
			q.End = end
			q.words = append(q.words, words)
		}
		if deep > 0 || thread.Trim(text, words).Len() > 0 {
			blank = thread.None
		}
		depth = deep
		at = end + 1
	}
	return found
}

// quoteSigns returns the bytes up to the words of a line, and how many signs of
// a quotation they hold.
func quoteSigns(line string) (width, depth int) {
	for {
		rest := strings.TrimLeftFunc(line[width:], plain.IsSpace)
		sign := ">"
		if strings.HasPrefix(rest, escapedSign) {
			sign = escapedSign
		} else if !strings.HasPrefix(rest, sign) {
			return width, depth
		}
		width = len(line) - len(rest) + len(sign)
		depth++
	}
}

// startsQuote says whether what follows so many signs of a line is quoted. Right
// after a sign words begin with a letter: ">50% of them" is more than that, and
// ">:(" a face. The number in ">>500123" is that of the post which is answered.
func startsQuote(words string, signs int) bool {
	isWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	if strings.TrimLeftFunc(words, plain.IsSpace) != words {
		return strings.ContainsFunc(words, isWord)
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(words, `"'“‘«„([*_~.…`))
	return unicode.IsLetter(r) || signs > 1 && isWord(r)
}
