package mail

import (
	"strings"

	"threadstance/thread"
	"threadstance/thread/quote"
)

// mailLine is one line of a message.
type mailLine struct {
	thread.Span
	quote.Mark
	kind thread.Kind
}

// words is the line without its signs of quotation and the white space around.
func (l mailLine) words(text string) string { return strings.TrimSpace(l.Of(text)[l.Width:]) }

// mailSegments says whose words the lines of a message are, and what the lines
// over its quotations tell of where they come from: attribution holds their
// words, with the quoted post's identifier where they name it. The author's
// name and the text of the post that is answered are "" where not known.
func mailSegments(text, author, answered string) ([]thread.Segment, []quote.Hint) {
	lines := mailLines(text)
	markMessages(text, author, answered, lines)
	var by [8]quote.Hint // of the quotations by depth
	var segments []thread.Segment
	var hints []quote.Hint
	heading := thread.None // where the lines over the next quotation start
	add := func(kind thread.Kind, start, end int, h quote.Hint) {
		n, words := len(segments), start
		if heading != thread.None && kind == thread.Quote {
			start = heading
		}
		heading = thread.None
		segments = thread.AppendSegment(segments, text, kind, start, end)
		if len(segments) > n {
			s := segments[n] // without the white space around it
			h.Skip = min(max(words, s.Start), s.End) - s.Start
			hints = append(hints, h)
		}
	}
	for i := 0; i < len(lines); {
		l := lines[i]
		// The lines over a quotation go with it.
		if n, h := attribution(text, lines, i); n > 0 {
			deep := min(l.Depth+1, len(by)-1)
			by[deep] = h
			if heading == thread.None {
				heading = l.Start
			}
			i = skipBlankLines(text, lines, i+n)
			continue
		}
		j := i + 1
		for j < len(lines) && lines[j].kind == l.kind && (l.kind != thread.Quote || lines[j].Depth == l.Depth) {
			if n, _ := attribution(text, lines, j); n > 0 {
				break
			}
			j++
		}
		h := quote.Hint{}
		if l.kind == thread.Quote {
			h = by[min(l.Depth, len(by)-1)]
		}
		add(l.kind, l.Start, lines[j-1].End, h)
		i = j
	}
	return segments, hints
}

// mailLines parts a text into lines with the signs they start with. A weak
// sign counts where three lines or more have it.
func mailLines(text string) []mailLine {
	var lines []mailLine
	weak := map[string]int{}
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		l := mailLine{Span: thread.Span{Start: at, End: end}, Mark: quote.ReadMark(strings.TrimRight(text[at:end], "\r\n"))}
		if l.Weak != "" {
			weak[l.Weak]++
		}
		lines = append(lines, l)
		at = end
	}
	for i := range lines {
		l := &lines[i]
		if l.Weak != "" && weak[l.Weak] < 3 {
			l.Mark = quote.Mark{}
		}
		// A blank line is quoted as deep as the one above it.
		if l.Depth > 0 && i > 0 && lines[i-1].Depth > 0 && strings.TrimSpace(l.Of(text)[l.Width:]) == "" {
			l.Depth = lines[i-1].Depth
		}
	}
	markIndented(text, lines)
	return lines
}

// markIndented marks what stands indented under an attribution: some quote by
// spaces alone.
func markIndented(text string, lines []mailLine) {
	isIndented := func(line string) bool { return strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t") }
	for i := 0; i < len(lines); i++ {
		if lines[i].Depth > 0 || !quote.EndsAttribution(strings.TrimSpace(lines[i].Of(text))) {
			continue
		}
		end, last, n := i+1, i, 0
		for ; end < len(lines) && lines[end].Depth == 0; end++ {
			line := lines[end].Of(text)
			if isIndented(line) && strings.TrimSpace(line) != "" {
				last = end
				n++
			} else if strings.TrimSpace(line) != "" {
				break
			}
		}
		if n < 2 {
			continue
		}
		for j := i + 1; j <= last; j++ {
			if strings.TrimSpace(lines[j].Of(text)) != "" || lines[j-1].Depth > 0 {
				lines[j].Depth = 1
			}
		}
		i = last
	}
}

// scrubbedLine is the line from which on an archive of Mailman lists the parts of
// a message that it took out, or the number of lines.
func scrubbedLine(text string, lines []mailLine) int {
	for i, l := range lines {
		if l.Depth == 0 && strings.HasPrefix(l.Of(text), "-------------- next part --------------") {
			if below := skipBlankLines(text, lines, i+1); below < len(lines) && strings.HasSuffix(lines[below].words(text), " was scrubbed...") {
				return i
			}
		}
	}
	return len(lines)
}

// signatureLine is the first line of the signature, or the number of lines.
// It stands under "-- ", or under a ruled line near the end.
func signatureLine(text string, lines []mailLine) int {
	lines = lines[:scrubbedLine(text, lines)]
	quoted := false
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].Depth > 0 && lines[i].Weak == "" {
			quoted = true
		}
		line := strings.TrimRight(lines[i].Of(text), "\r\n")
		below := len(lines) - 1 - i
		switch {
		case line == "-- " && (!quoted || below <= 10):
			return i
		case quoted:
			return len(lines)
		case strings.TrimSpace(line) == "--" && below <= 20 && below > 0:
			// Some write two of them: the upper one is the start.
			for i > 0 && strings.TrimSpace(lines[i-1].Of(text)) == "--" {
				i--
			}
			return i
		case below <= 7 && below > 0 && isRule(strings.TrimSpace(line)) && !hasRuleAbove(text, lines[:i], 8):
			return i
		}
	}
	return len(lines)
}

// isRule says whether a line is drawn, as over a signature.
func isRule(line string) bool {
	return len(line) >= 20 && strings.Trim(line, line[:1]) == "" && strings.Contains("-_=*~#+", line[:1])
}

// hasRuleAbove says whether one of the last lines is drawn: a box has two, and
// its upper one is the start of the signature.
func hasRuleAbove(text string, lines []mailLine, reach int) bool {
	for i := len(lines) - 1; i >= 0 && i >= len(lines)-reach; i-- {
		if isRule(strings.TrimSpace(lines[i].Of(text))) {
			return true
		}
	}
	return false
}

// attribution says how many lines from line i on introduce the quotation that
// follows them one deeper: "In article <id>, Noor (noor@tigris.example)
// writes:", or the head of a message. It is 0 where they do not.
func attribution(text string, lines []mailLine, i int) (int, quote.Hint) {
	if i >= len(lines) || lines[i].kind == thread.Chrome {
		return 0, quote.Hint{}
	}
	n, h := messageHead(text, lines, i)
	if n == 0 {
		n, h = attributionLines(text, lines, i)
	}
	if n == 0 {
		return 0, quote.Hint{}
	}
	next := skipBlankLines(text, lines, i+n)
	if next >= len(lines) || lines[next].kind == thread.Chrome || lines[next].Depth <= lines[i].Depth {
		return 0, quote.Hint{}
	}
	return n, h
}

// attributionLines says how many lines from line i on say who wrote what follows.
// It is 0 where they do not.
func attributionLines(text string, lines []mailLine, i int) (int, quote.Hint) {
	words := ""
	for n := 1; n <= 3 && i+n <= len(lines); n++ {
		l := lines[i+n-1]
		line := l.words(text)
		if line == "" || l.Depth != lines[i].Depth || l.kind == thread.Chrome {
			return 0, quote.Hint{}
		}
		words += " " + line
		if !quote.EndsAttribution(words) {
			continue
		}
		if n > 1 && !quote.StartsAttribution(strings.TrimSpace(words)) {
			return 0, quote.Hint{}
		}
		h := quote.Hint{Author: strings.TrimSpace(words)}
		if _, after, ok := strings.Cut(words, "<"); ok {
			if id, _, ok := strings.Cut(after, ">"); ok && strings.Contains(id, "@") {
				h.Post = id
			}
		}
		return n, h
	}
	return 0, quote.Hint{}
}

// skipBlankLines returns the first line from i on that says anything.
func skipBlankLines(text string, lines []mailLine, i int) int {
	for i < len(lines) && strings.TrimSpace(quote.Unquoted(lines[i].Of(text))) == "" {
		i++
	}
	return i
}
