package thread

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// discourseHead reads a name, a title or none, and a date as Discourse writes
// it: "Feb 3", "Feb 3, 2025", "Feb '25", "12h".
func discourseHead(lines []string, at int) (h head, ok bool) {
	h.author = lineAt(lines, at)
	if !isHandle(h.author) {
		return head{}, false
	}
	for k, n := at+1, 0; k < len(lines) && n < 2; k++ {
		line := lineAt(lines, k)
		if line == "" || isNumber(line) {
			continue
		}
		if when, dated := discourseDate(line); dated {
			h.when, h.next = when, k+1
			return h, true
		}
		if !standing(line) || isHandle(line) && lineAt(lines, k-1) == "" {
			break // a tag above a name
		}
		n++
	}
	return head{}, false
}

func isHandle(line string) bool {
	if len(line) < 2 || len(line) > 30 {
		return false
	}
	for _, r := range line {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '-' && r != '.' {
			return false
		}
	}
	return !isNumber(line) && !blockLabels[strings.ToLower(line)] && !pageLink(line) && !discourseFoot(line)
}

// discourseDate reads a date; of one without a year the time is not known.
func discourseDate(line string) (time.Time, bool) {
	if when, err := time.Parse("Jan 2, 2006", line); err == nil {
		return when, true
	}
	for _, short := range []string{"Jan 2", "Jan '06", "Jan 2006", "January 2"} {
		if _, err := time.Parse(short, line); err == nil {
			return time.Time{}, true
		}
	}
	n := len(line)
	return time.Time{}, n >= 2 && n <= 3 && isNumber(line[:n-1]) && strings.ContainsRune("mhd", rune(line[n-1]))
}

// discourseFoot says whether a line is Discourse's below a post.
func discourseFoot(line string) bool {
	switch line {
	case "Reply", "Share", "Like", "Solution", "Solved", "created", "last reply", "replies", "views", "users", "likes", "links":
		return true
	}
	if gap, ok := strings.CutSuffix(line, " later"); ok && (isCount(gap, "day") || isCount(gap, "month") || isCount(gap, "year")) {
		return true
	}
	return isNumber(line) || isCount(line, "repl") || isCount(line, "like")
}

// nameHead reads a line that only names who speaks: "Noor wrote:", "Noor wrote
// on Feb 3, 2025:", "On Feb 3, 2025, Noor wrote:", "Noor — 02/03/2025 10:14 AM".
func nameHead(lines []string, at int) (h head, ok bool) {
	line := lineAt(lines, at)
	if len(line) > 120 {
		return head{}, false
	}
	for _, dash := range []string{" — ", " – "} {
		if name, date, found := strings.Cut(line, dash); found && isSpeaker(name) {
			if when, _, dated := dateLine(date); dated {
				return head{author: name, when: when, next: at + 1}, true
			}
		}
	}
	rest, found := strings.CutSuffix(line, ":")
	if !found {
		return head{}, false
	}
	next := skipBlank(lines, at+1)
	if strings.HasPrefix(lineAt(lines, next), ">") {
		return head{}, false // it introduces a quotation
	}
	name, date, found := strings.Cut(rest, " wrote")
	if !found {
		return head{}, false
	}
	date = strings.Trim(strings.TrimPrefix(strings.TrimSpace(date), "on "), " ()")
	if after, on := strings.CutPrefix(name, "On "); on {
		i := strings.LastIndex(after, ", ")
		if i < 0 {
			return head{}, false
		}
		date, name = after[:i], after[i+2:]
	}
	if name = strings.TrimSpace(name); !isSpeaker(name) {
		return head{}, false
	}
	h = head{author: name, next: at + 1}
	if date != "" {
		when, _, dated := dateLine(date)
		if !dated {
			return head{}, false
		}
		h.when = when
	}
	return h, true
}

// isSpeaker says whether a text can be the name of who speaks.
func isSpeaker(name string) bool {
	n := utf8.RuneCountInString(name)
	return n >= 2 && n <= 40 && strings.Count(name, " ") <= 3 && !strings.ContainsAny(name, "\"“”.,;:?!<>")
}
