package segment

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
	"threadstance/thread/quote"
)

// Segmenter gives every byte of a thread's posts its owner. It keeps scratch
// memory from thread to thread and must not be used concurrently.
type Segmenter struct {
	News *lexicon.News // by what pasted articles are known; nil finds none

	tracer quote.Tracer
	owners []int32 // by line of the post under way: the post quoted, or None
	parts  []thread.Segment
	named  []thread.Segment // the parts once more, with the lines that name a speaker
	blocks []paragraph      // of the segment that is looked at for articles

	marking bool // what is traced was marked as a quotation
}

// Segment sets the Segments of every post of the thread and, where a post
// quotes another and it is not known what it answers, its ReplyTo. Segments
// that a reader has set already stay; only what they call Own is looked into.
func (s *Segmenter) Segment(t *thread.Thread) {
	s.Begin(t)
	for i := range t.Posts {
		s.Post(t, i)
	}
}

// Begin makes ready for the posts of a thread. Post is then to be called for
// each of them in order, which does for one what Segment does for all.
func (s *Segmenter) Begin(t *thread.Thread) {
	s.tracer.Reset(t.Posts)
}

// minArticle is the least length of an article, in bytes.
const minArticle = 120

// Post segments the post of that index; see Begin.
func (s *Segmenter) Post(t *thread.Thread, index int) {
	post := &t.Posts[index]
	marked := post.Segments
	if len(marked) == 0 {
		marked = []thread.Segment{{Kind: thread.Own, Span: thread.Span{Start: 0, End: len(post.Text)}, QuoteOf: thread.None}}
	}
	s.parts = s.parts[:0]
	for _, part := range marked {
		switch part.Kind {
		case thread.Own:
			if post.Labels == nil {
				s.own(t, post, part.Span)
			} else {
				s.chrome(t.Posts, post, part.Span, false)
			}
		case thread.News:
			s.parts = append(s.parts, s.headline(post, part))
		default:
			s.parts = append(s.parts, part)
		}
	}
	s.speakers(t, post)
	post.Segments = make([]thread.Segment, 0, len(s.parts))
	for _, part := range s.parts {
		if part.Kind == thread.Own && s.News != nil && part.Len() >= minArticle && post.Labels == nil {
			post.Segments = s.news(post.Segments, post.Text, part)
		} else {
			post.Segments = append(post.Segments, part)
		}
	}
	post.Segments = cover(post.Text, post.Segments)
	if post.ReplyTo == thread.None {
		// Of quotes in one another the outermost is the latest.
		for _, part := range post.Segments {
			if part.Kind == thread.Quote {
				post.ReplyTo = max(post.ReplyTo, part.QuoteOf)
			} else if part.Kind != thread.Chrome && post.ReplyTo != thread.None {
				break
			}
		}
	}
}

// headline takes words that the reader has marked as an outlet's, which later
// posts may quote, and names the outlet whose host the reader gave.
func (s *Segmenter) headline(post *thread.Post, part thread.Segment) thread.Segment {
	if s.News != nil && part.Source != "" {
		part.Source, _ = outletAt(part.Source, s.News)
	}
	t := &s.tracer
	t.Start(post)
	t.Scan(part.Span)
	for _, l := range t.Lines {
		t.Index(l)
	}
	return part
}

// cover gives the marks of zero width that lie between segments, and are no
// white space to others, to the segment before them.
func cover(text string, segments []thread.Segment) []thread.Segment {
	at := 0
	for i := range segments {
		s := &segments[i]
		if gap := text[at:s.Start]; strings.TrimSpace(gap) != "" {
			if i > 0 {
				segments[i-1].End += len(strings.TrimRightFunc(gap, unicode.IsSpace))
			} else {
				s.Start -= len(strings.TrimLeftFunc(gap, unicode.IsSpace))
			}
		}
		at = s.End
	}
	rest := text[at:]
	switch end := at + len(strings.TrimRightFunc(rest, unicode.IsSpace)); {
	case end == at || strings.TrimSpace(rest) == "":
	case len(segments) > 0:
		segments[len(segments)-1].End = end
	default:
		start := len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
		segments = append(segments, thread.Segment{Kind: thread.Own, Span: thread.Span{Start: start, End: end}, QuoteOf: thread.None})
	}
	return segments
}

// speakers makes chrome of a line above a quote that only names whose words
// it is: "Noor:", as Discourse has it.
func (s *Segmenter) speakers(t *thread.Thread, post *thread.Post) {
	named := s.named[:0]
	for i, part := range s.parts {
		if line := speakerLine(t, post, s.parts[i:]); line > 0 {
			at := part.End - line
			named = thread.AppendSegment(named, post.Text, thread.Own, part.Start, at)
			part = thread.Segment{Kind: thread.Chrome, Span: thread.Span{Start: at, End: part.End}, QuoteOf: thread.None}
		}
		named = append(named, part)
	}
	s.parts, s.named = named, s.parts
}

// speakerLine returns the length of the last line of the first part where it
// only names the author of the second, a quote; 0 where it does not.
func speakerLine(t *thread.Thread, post *thread.Post, parts []thread.Segment) int {
	if len(parts) < 2 || parts[0].Kind != thread.Own || parts[1].Kind != thread.Quote || parts[1].QuoteOf == thread.None {
		return 0
	}
	text, author := parts[0].Of(post.Text), t.Posts[parts[1].QuoteOf].Author
	line := text[strings.LastIndexByte(text, '\n')+1:]
	if author == "" || !strings.EqualFold(line, author+":") {
		return 0
	}
	return len(line)
}

// chrome takes the lines out of span that the site added, and traces what is
// between them. What stands between "Name said:" and "Click to expand..." is
// marked as a quote. Where quoting is set, span begins with a quotation.
func (s *Segmenter) chrome(posts []thread.Post, post *thread.Post, span thread.Span, quoting bool) {
	start := span.Start
	for at := span.Start; at < span.End; {
		end := plain.LineEnd(post.Text, at, span.End)
		line := thread.Trim(post.Text, thread.Span{Start: at, End: end})
		kind := siteLine(line.Of(post.Text))
		if quoting && at == start && forum.IsDated(line.Of(post.Text)) { // phpBB's, under "Noor wrote: ↑"
			s.parts = append(s.parts, thread.Segment{Kind: thread.Chrome, Span: line, QuoteOf: thread.None})
			at, start = end+1, min(end+1, span.End)
			continue
		}
		if kind == notSite {
			at = end + 1
			continue
		}
		switch {
		case kind == quoteEnd:
			s.marked(posts, post, thread.Span{Start: start, End: line.Start}, quoting)
		case quoting:
			s.opened(posts, post, thread.Span{Start: start, End: line.Start})
		default:
			s.trace(posts, post, thread.Span{Start: start, End: line.Start})
		}
		quoting = kind == quoteStart
		s.parts = append(s.parts, thread.Segment{Kind: thread.Chrome, Span: line, QuoteOf: thread.None})
		at, start = end+1, min(end+1, span.End)
	}
	if quoting {
		s.opened(posts, post, thread.Span{Start: start, End: span.End})
	} else {
		s.trace(posts, post, thread.Span{Start: start, End: span.End})
	}
}

// opened adds a passage that begins with a quotation whose end is not marked.
// The quotation is what stood earlier, or the first paragraph; where no blank
// line ends that, the first line.
func (s *Segmenter) opened(posts []thread.Post, post *thread.Post, span thread.Span) {
	span = thread.Trim(post.Text, span)
	before := len(s.parts)
	s.marking = true
	s.trace(posts, post, span)
	s.marking = false
	if len(s.parts) == before || s.parts[before].Kind != thread.Own {
		return
	}
	first := s.parts[before].Span
	end := strings.Index(first.Of(post.Text), "\n\n")
	if end < 0 {
		end = strings.IndexByte(first.Of(post.Text), '\n')
	}
	if end < 0 {
		s.parts[before].Kind = thread.Quote
		return
	}
	rest := thread.Trim(post.Text, thread.Span{Start: first.Start + end, End: first.End})
	s.parts[before] = thread.Segment{Kind: thread.Quote, Span: thread.Trim(post.Text, thread.Span{Start: first.Start, End: first.Start + end}), QuoteOf: thread.None}
	if rest.Len() > 0 {
		s.parts = slices.Insert(s.parts, before+1, thread.Segment{Kind: thread.Own, Span: rest, QuoteOf: thread.None})
	}
}

// marked adds a passage that ends in the site's mark of a quotation. It is a
// quote whole where its beginning was marked too; else the quote is what
// stood earlier, or the last paragraph.
func (s *Segmenter) marked(posts []thread.Post, post *thread.Post, span thread.Span, whole bool) {
	before := len(s.parts)
	s.marking = true
	s.trace(posts, post, span)
	s.marking = false
	if whole {
		quoteOf := thread.None
		for _, part := range s.parts[before:] {
			if part.Kind == thread.Quote {
				quoteOf = part.QuoteOf
				break
			}
		}
		s.parts = s.parts[:before]
		if span = thread.Trim(post.Text, span); span.Len() > 0 {
			s.parts = append(s.parts, thread.Segment{Kind: thread.Quote, Span: span, QuoteOf: quoteOf})
		}
		return
	}
	if n := len(s.parts); n > before && s.parts[n-1].Kind == thread.Own {
		s.parts[n-1].Kind = thread.Quote
	}
}

// Kinds of lines.
const (
	notSite    = iota
	siteWords  // anything the site says
	quoteStart // it names whose words follow
	quoteEnd   // what stands above it is a quote
)

// siteLine tells what the site says from what the poster says.
func siteLine(line string) int {
	if len(line) > 80 || line == "" {
		return notSite
	}
	switch line {
	case "Click to expand...", "Click to expand…", "Click to expand", "Zum Vergrößern anklicken....", "Klicke in dieses Feld, um es in vollständiger Größe anzuzeigen.", "Cliquez pour agrandir...", "Cliquez pour agrandir…", "Haz clic para expandir...", "Haz clic para expandir…":
		return quoteEnd
	case "Like Reply", "Like", "Reply", "Report", "Share", "Quote", "+ Quote", "Reply With Quote", "Reply With Quote Reply With Quote", "Add bookmark", "Like\tReply", "permalink", "Show Signature", "View Post":
		return siteWords
	case "Quote:", "QUOTE", "Code:", "Zitat:", "Citation :", "Cita:":
		return quoteStart
	}
	switch {
	case plain.HasPrefixFold(line, "originally posted by "), plain.HasPrefixFold(line, "quote originally posted by "), strings.HasPrefix(line, "Zitat von ") && forum.IsSpeaker(line[len("Zitat von "):]):
		return quoteStart
	case isHeading(line):
		return quoteStart
	case forum.IsEdited(line), strings.HasPrefix(line, "Reactions:"),
		plain.HasPrefixFold(line, "sent from my "), plain.HasPrefixFold(line, "permalink embed save"), strings.HasPrefix(line, "This message was last edited"):
		return siteWords
	}
	return notSite
}

// isHeading says whether a line is a site's over a quotation.
func isHeading(line string) bool {
	name, ok := quote.Heading(line)
	return ok && isQuoted(name)
}

// isQuoted says whether a text can name whose words follow. Below "Like I said:"
// the poster goes on, below "You said:" someone else does.
func isQuoted(name string) bool {
	return forum.IsSpeaker(name) && !slices.ContainsFunc(strings.Fields(name), func(word string) bool {
		return said(word) == posterWord && !plain.HasPrefixFold(word, "you")
	})
}

// trace finds the quotes among the poster's own lines within span, and adds
// the parts it falls into.
func (s *Segmenter) trace(posts []thread.Post, post *thread.Post, span thread.Span) {
	t := &s.tracer
	t.Start(post)
	if len(posts) == 1 { // there is nothing to quote
		s.join(post, span)
		return
	}
	t.Scan(span)
	s.owners = t.Owners(s.owners[:0])
	if !s.marking && strings.TrimLeftFunc(post.Text[span.End:], plain.IsSpace) == "" {
		s.dropEnd(post)
	}
	s.join(post, span)
	for i, l := range t.Lines {
		if s.owners[i] == thread.None {
			t.Index(l)
		}
	}
}

// join makes parts of the lines: neighbouring lines of one owner are one.
func (s *Segmenter) join(post *thread.Post, span thread.Span) {
	lines := s.tracer.Lines
	if len(lines) == 0 {
		if rest := thread.Trim(post.Text, span); rest.Len() > 0 {
			s.parts = append(s.parts, thread.Segment{Kind: thread.Own, Span: rest, QuoteOf: thread.None})
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
			end = lines[i+1].Start
			if s.owners[i] != thread.None {
				end = lines[i].End
			}
		}
		kind := thread.Own
		if s.owners[i] != thread.None {
			kind = thread.Quote
		}
		s.parts = append(s.parts, thread.Segment{Kind: kind, Span: thread.Trim(post.Text, thread.Span{Start: start, End: end}), QuoteOf: int(s.owners[i])})
		start = end
	}
}

// dropEnd takes back what is no quote for want of an answer. A forum puts a
// quote above what is said to it; a paragraph of earlier words that ends a post
// repeats them, and a post that holds nothing else was posted twice. (Of 1,391
// posts with quotes in pasted threads of 4forums, 3 ended in one.) Words that
// the poster put in quotation marks stay a quote, and so does a longer passage
// below the poster's own words.
func (s *Segmenter) dropEnd(post *thread.Post) {
	lines := s.tracer.Lines
	first, count := len(lines), 0
	for first > 0 && s.owners[first-1] != thread.None {
		first--
		count += lines[first].Count()
	}
	if first > 0 && len(lines)-first >= 2 && count >= longPassage {
		return
	}
	for i := first; i < len(lines); i++ {
		if !inQuotationMarks(lines[i].Of(post.Text)) {
			s.owners[i] = thread.None
		}
	}
}

// longPassage is how many words below a remark nobody repeats by chance.
const longPassage = 60

func inQuotationMarks(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r == '"' || r == '“' || r == '«' || r == '„'
}
