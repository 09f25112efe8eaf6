package thread

import (
	"unicode"
	"unicode/utf8"
)

// Segmenter gives every byte of a thread's posts its owner. It keeps scratch
// memory from thread to thread and must not be used concurrently.
type Segmenter struct {
	tracer tracer
	owners []int32 // by line of the post under way: the post quoted, or None
	parts  []Segment
}

// Segment sets the Segments of every post of the thread and, where a post
// quotes another and it is not known what it answers, its ReplyTo. Segments
// that a reader has set already stay; only what they call Own is looked into.
func (s *Segmenter) Segment(t *Thread) {
	size := 0
	for i := range t.Posts {
		size += len(t.Posts[i].Text)
	}
	s.tracer.reset(size)
	for i := range t.Posts {
		s.post(t, i)
	}
}

// post segments one post, the ones before it having been done.
func (s *Segmenter) post(t *Thread, index int) {
	post := &t.Posts[index]
	marked := post.Segments
	if len(marked) == 0 {
		marked = []Segment{{Kind: Own, Span: Span{0, len(post.Text)}, QuoteOf: None}}
	}
	s.parts = s.parts[:0]
	for _, part := range marked {
		if part.Kind != Own {
			s.parts = append(s.parts, part)
			continue
		}
		s.trace(t.Posts, post, part.Span)
	}
	post.Segments = append([]Segment(nil), s.parts...)
	if post.ReplyTo == None {
		for _, part := range post.Segments {
			if part.Kind == Quote && part.QuoteOf != None {
				post.ReplyTo = part.QuoteOf
				break
			}
		}
	}
}

// Trim narrows span to what is not white space.
func Trim(text string, span Span) Span {
	for span.Start < span.End {
		r, size := utf8.DecodeRuneInString(text[span.Start:span.End])
		if !isSpace(r) {
			break
		}
		span.Start += size
	}
	for span.Start < span.End {
		r, size := utf8.DecodeLastRuneInString(text[span.Start:span.End])
		if !isSpace(r) {
			break
		}
		span.End -= size
	}
	return span
}

// trace finds the quotes among the poster's own lines within span, and adds
// the parts it falls into.
func (s *Segmenter) trace(posts []Post, post *Post, span Span) {
	t := &s.tracer
	t.lines = t.lines[:0]
	first := t.scan(post.Text, span, post.Index)
	last := len(t.words)
	t.match(first, last)
	s.owners = s.owners[:0]
	for i := range t.lines {
		owner := t.owner(posts, post.Text, i, first)
		if int(owner) == post.Index {
			owner = None // words said twice in one post, in two of its segments
		}
		s.owners = append(s.owners, owner)
	}
	s.dropEnd(post)
	s.join(post, span)
	for i, l := range t.lines {
		if s.owners[i] == None {
			t.indexLine(post.Text, l)
		}
	}
}

// join makes parts of the lines: neighbouring lines of one owner are one.
func (s *Segmenter) join(post *Post, span Span) {
	lines := s.tracer.lines
	if len(lines) == 0 {
		if rest := Trim(post.Text, span); rest.Len() > 0 {
			s.parts = append(s.parts, Segment{Kind: Own, Span: rest, QuoteOf: None})
		}
		return
	}
	start := span.Start
	for i := range lines {
		if i+1 < len(lines) && s.owners[i+1] == s.owners[i] {
			continue
		}
		end := span.End
		if i+1 < len(lines) {
			end = lines[i+1].span.Start
			if s.owners[i] != None {
				end = lines[i].span.End
			}
		}
		kind := Own
		if s.owners[i] != None {
			kind = Quote
		}
		s.parts = append(s.parts, Segment{Kind: kind, Span: Trim(post.Text, Span{start, end}), QuoteOf: int(s.owners[i])})
		start = end
	}
}

func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// dropEnd takes back what is no quote for want of an answer. A forum puts a
// quote above what is said to it; a post that ends in earlier words repeats
// them, and one that holds nothing else was posted twice. (Of 1,391 posts with
// quotes in pasted threads of 4forums, 3 ended in one.) Words that the poster
// put in quotation marks stay a quote.
func (s *Segmenter) dropEnd(post *Post) {
	lines := s.tracer.lines
	for i := len(lines) - 1; i >= 0 && s.owners[i] != None; i-- {
		if !inQuotationMarks(lines[i].span.Of(post.Text)) {
			s.owners[i] = None
		}
	}
}

func inQuotationMarks(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r == '"' || r == '“' || r == '«' || r == '„'
}
