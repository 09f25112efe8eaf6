package quote

import "strings"

// Mark is the sign at the start of a quoted line.
type Mark struct {
	Width int    // bytes up to the quoted words
	Depth int    // how often the line was quoted
	Weak  string // a sign that only counts where several lines have it
}

// ReadMark looks for the sign of a quotation at the start of a line: ">",
// ">>", "|>", "> >", the writer's initials as in "[SB] " and "SB> ", and, as
// weak signs, "|", "%", ": ", "# ", "} ".
func ReadMark(line string) Mark {
	var m Mark
	at := 0
	for at < len(line) {
		rest := line[at:]
		if m.Depth == 0 || rest[0] == ' ' {
			trimmed := strings.TrimLeft(rest, " \t")
			if len(rest)-len(trimmed) > 3 {
				break
			}
			if m.Depth > 0 && (len(rest)-len(trimmed) > 1 || readSign(trimmed) == 0) {
				break
			}
			if n := readSign(trimmed); n > 0 {
				at += len(rest) - len(trimmed) + n
				m.Depth++
				m.Width = at
				continue
			}
			break
		}
		n := readSign(rest)
		if n == 0 {
			break
		}
		at += n
		m.Depth++
		m.Width = at
	}
	if m.Depth > 0 {
		return m
	}
	if len(line) > 1 && strings.IndexByte("|:}%#", line[0]) >= 0 && (line[1] == ' ' || line[0] == '|' || line[0] == '%') {
		return Mark{Width: 1, Depth: 1, Weak: line[:1]}
	}
	return Mark{}
}

// readSign is the length of one sign of quotation at the start of text, or 0.
func readSign(text string) int {
	switch {
	case strings.HasPrefix(text, ">"):
		return 1
	case strings.HasPrefix(text, "|>"):
		return 2
	case strings.HasPrefix(text, "["):
		end := capitals(text[1:], 12)
		if end > 0 && strings.HasPrefix(text[1+end:], "] ") {
			return end + 2
		}
	default:
		end := capitals(text, 4)
		if end > 0 && strings.HasPrefix(text[end:], ">") {
			return end + 1
		}
	}
	return 0
}

// capitals is the length of one to most capital letters at the start of text.
func capitals(text string, most int) int {
	n := 0
	for n < len(text) && text[n] >= 'A' && text[n] <= 'Z' {
		n++
	}
	if n > most {
		return 0
	}
	return n
}

// Unquoted is the line without its signs of quotation.
func Unquoted(line string) string {
	return line[ReadMark(line).Width:]
}
