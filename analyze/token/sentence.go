package token

import (
	"strings"

	"threadstance/thread"
)

// maxSentence bounds what later stages do for a text without any stop.
const maxSentence = 500

// sentences groups the tokens from first on.
func (s *Scanner) sentences(first, segment int, span thread.Span) {
	tokens := s.Tokens
	width := 0 // of wrapped lines; 0 is not measured yet, −1 not wrapped
	start := first
	for i := first; i < len(tokens); i++ {
		t := &tokens[i]
		if i == start {
			continue
		}
		end := false
		switch {
		case t.Flags&(Line|Paragraph) != 0:
			if t.Flags&Paragraph != 0 {
				end = true
			} else {
				if width == 0 {
					width = wrapWidth(span.Of(s.Text))
				}
				end = s.lineEnds(&tokens[i-1], t, width)
			}
			end = end || s.ends(start, i)
		case tokens[i-1].Flags&(Punct|Abbreviation) != 0:
			end = s.ends(start, i)
		}
		if end || i-start >= maxSentence {
			s.Sentences = append(s.Sentences, Sentence{start, i, segment})
			start = i
		}
	}
	if start < len(tokens) {
		s.Sentences = append(s.Sentences, Sentence{start, len(tokens), segment})
	}
}

// ends reports whether a sentence that starts at token start ends before
// token i by its marks.
func (s *Scanner) ends(start, i int) bool {
	tokens := s.Tokens
	next := &tokens[i]
	j := i - 1
	closed := false // a quotation mark or bracket stood after the stop
	for j > start && tokens[j].Flags&Punct != 0 && tokens[j].Flags&Spaced == 0 && closes(tokens[j].Norm) {
		closed = true
		j--
	}
	last := &tokens[j]
	if !closed && next.Flags&Punct != 0 && next.Flags&Spaced == 0 && closes(next.Norm) {
		return false // the stop's quotation mark or bracket belongs to it
	}
	if closed && next.Flags&Punct != 0 && next.Flags&Spaced == 0 {
		return false
	}
	if last.Flags&Abbreviation != 0 {
		if neverLast(last.Norm) || next.Flags&Title == 0 {
			return false
		}
		return starter(next.Norm) || last.Norm == "etc." || closed
	}
	if last.Flags&Punct == 0 {
		return false
	}
	switch mark := last.Norm; {
	case mark[0] == '!' || mark[0] == '?':
		if next.Flags&Punct != 0 && !opens(next.Norm) {
			return false
		}
		if closed {
			return next.Flags&Title != 0 || next.Flags&Symbol != 0 && next.Flags&Punct == 0
		}
		return next.Flags&Spaced != 0 || next.Flags&Title != 0 || next.Flags&(Punct|Emoji|Emoticon) == 0
	case mark == ".":
		if next.Flags&Punct != 0 && !opens(next.Norm) {
			return false
		}
		if closed {
			return next.Flags&Title != 0 || next.Flags&Punct != 0 || tokens[i-1].Norm == ")"
		}
		return next.Flags&(Emoji|Emoticon) == 0 || next.Flags&Spaced == 0
	case mark == "...":
		return next.Flags&Title != 0 && (starter(next.Norm) || next.Flags&Spaced != 0) && next.Norm != "i"
	}
	return false
}

func closes(norm string) bool {
	return norm == `"` || norm == "'" || norm == ")" || norm == "]" || norm == "''"
}

func opens(norm string) bool {
	switch norm {
	case `"`, "'", "(", "[", "--", "-", "*", "•", ">", "¿", "¡", "...":
		return true
	}
	return false
}

// lineEnds reports whether the line break between two tokens was meant, and
// not made by wrapping, at a width or by hand.
func (s *Scanner) lineEnds(last, next *Token, width int) bool {
	if last.Flags&next.Flags&Quoted != 0 || unfinished(last.Norm) {
		return false
	}
	line := s.Text[max(0, last.Start-wide):last.Start] // no further: how much longer a line is changes nothing
	length := len(line) - strings.LastIndexByte(line, '\n') - 1 + last.Len()
	if next.Flags&(Title|Symbol) == 0 && length >= narrow {
		return false
	}
	return width < 0 || length+1+next.Len() <= width
}

// unfinished reports whether a word cannot be a sentence's last.
func unfinished(norm string) bool {
	switch norm {
	case ",", "the", "a", "an", "of", "and", "or", "with", "from", "into", "his", "their", "its", "our", "my", "your", "than", "because", "if", "is", "are", "was", "were":
		return true
	}
	return false
}

const (
	narrow = 50  // bytes; a shorter line is not a full one
	wide   = 100 // a longer line was not wrapped
)

// wrapWidth measures at what width a text was wrapped: −1 where its line
// breaks are the writer's own.
func wrapWidth(text string) int {
	longest, full := 0, 0
	for rest := text; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		rest = after
		n := len(strings.TrimRight(line, " \r\t"))
		if n > wide {
			if strings.IndexByte(strings.TrimSpace(line), ' ') < 0 {
				continue // an address
			}
			return -1
		}
		if n > longest {
			longest = n
		}
		if n >= narrow {
			full++
		}
	}
	if longest < narrow || full < 2 {
		return -1
	}
	return longest
}
