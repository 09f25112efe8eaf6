package text

import (
	"strings"
	"time"
	"unicode"

	"threadstance/thread/date"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
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
		if line == "" || plain.IsNumber(line) {
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
	return !plain.IsNumber(line) && !blockLabels[strings.ToLower(line)] && !pageLink(line) && !discourseFoot(line)
}

// discourseDate reads a date; of one without a year the time is not known.
func discourseDate(line string) (date.Date, bool) {
	if !forum.MayDate(line) || len(line) > len("September 30, 2025") {
		return date.Date{}, false
	}
	if when, err := time.Parse("Jan 2, 2006", line); err == nil {
		return date.Known(when), true
	}
	for _, short := range []string{"Jan 2", "Jan '06", "Jan 2006", "January 2"} {
		if _, err := time.Parse(short, line); err == nil {
			return date.Date{}, true
		}
	}
	n := len(line)
	return date.Date{}, n >= 2 && n <= 3 && plain.IsNumber(line[:n-1]) && strings.ContainsRune("mhd", rune(line[n-1]))
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
	return plain.IsNumber(line) || isCount(line, "repl") || isCount(line, "like")
}

// nameHead reads a line that only names who speaks: "Noor wrote:", "Noor wrote
// on Feb 3, 2025:", "On Feb 3, 2025, Noor wrote:", "Noor — 02/03/2025 10:14 AM".
// Where there is a date the colon may be wanting.
func nameHead(lines []string, at int) (h head, ok bool) {
	name, when, ok := speaker(lineAt(lines, at))
	if !ok {
		return head{}, false
	}
	next := skipBlank(lines, at+1)
	if strings.HasPrefix(lineAt(lines, next), ">") && !quotesAnother(lines, at, next, name) {
		return head{}, false // it introduces a quotation
	}
	return head{author: name, when: when, next: at + 1}, true
}

// speaker reads whom a line names as the one who speaks, and when.
func speaker(line string) (name string, when date.Date, ok bool) {
	if len(line) > 120 {
		return "", date.Date{}, false
	}
	for _, dash := range []string{" — ", " – "} {
		if name, said, found := strings.Cut(line, dash); found && forum.IsSpeaker(name) {
			if when, _, dated := forum.DateLine(said); dated {
				return name, when, true
			}
		}
	}
	rest, colon := strings.CutSuffix(line, ":")
	name, said, found := strings.Cut(rest, " wrote")
	if !found {
		return "", date.Date{}, false
	}
	said = strings.Trim(strings.TrimPrefix(strings.TrimSpace(said), "on "), " ()")
	if after, on := strings.CutPrefix(name, "On "); on {
		i := strings.LastIndex(after, ", ")
		if i < 0 {
			return "", date.Date{}, false
		}
		said, name = after[:i], after[i+2:]
	}
	if name = strings.TrimSpace(name); !forum.IsSpeaker(name) {
		return "", date.Date{}, false
	}
	if said == "" {
		return name, date.Date{}, colon
	}
	when, _, ok = forum.DateLine(said)
	return name, when, ok
}

// quotesAnother says whether the quotation below a line that names who speaks
// is of what another wrote above: then the line is the head of a post that
// begins with it, and does not say whose words it is.
func quotesAnother(lines []string, at, quote int, name string) bool {
	words := strings.TrimLeft(lineAt(lines, quote), "> ")
	if len(words) < 12 || underSpeaker(lines, at) { // what is shorter anyone may have said
		return false
	}
	for k := at - 1; k >= max(0, at-lookBack); k-- {
		if line := lineAt(lines, k); strings.HasPrefix(line, ">") || !strings.Contains(line, words) {
			continue
		}
		for above := k - 1; above >= max(0, k-lookBack); above-- {
			if other, _, ok := speaker(lineAt(lines, above)); ok && !underSpeaker(lines, above) {
				return !strings.EqualFold(other, name)
			}
		}
		return false
	}
	return false
}

// underSpeaker says whether the line above names who speaks as well: then that
// one is the head of a post, and this one within it.
func underSpeaker(lines []string, at int) bool {
	for at--; at > 0 && lineAt(lines, at) == ""; at-- {
	}
	_, _, ok := speaker(lineAt(lines, at))
	return ok
}

// lookBack is how many lines above are looked at, which bounds the work.
const lookBack = 300
