package text

import (
	"slices"
	"strings"

	"threadstance/thread/forum"
	"threadstance/thread/plain"
)

// hackerHead reads the line above a comment on Hacker News, "noor 3 hours ago |
// parent | next [–]", and that of the submission, "120 points by noor 5 hours
// ago | hide | 3 comments".
func hackerHead(lines []string, at int) (h head, ok bool) {
	line := lineAt(lines, at)
	if len(line) > 160 {
		return head{}, false
	}
	parts := strings.Split(line, " | ")
	fields := strings.Fields(strings.TrimPrefix(parts[0], "[–]"))
	if len(fields) > 3 && (fields[1] == "points" || fields[1] == "point") && fields[2] == "by" && plain.IsNumber(fields[0]) {
		h.opens, fields = true, fields[3:]
	}
	if len(fields) < 2 || len(parts) < 2 || !isRedditName(fields[0]) {
		return head{}, false
	}
	said := strings.Join(fields[1:], " ")
	if day, on := strings.CutPrefix(said, "on "); on && forum.IsDated(day) {
		h.when, _, _ = forum.DateLine(day)
	} else if !forum.IsAge(said) {
		return head{}, false
	}
	links := []string{"parent", "root", "prev", "next", "[–]", "next [–]", "prev [–]", "parent [–]", "root [–]", "hide", "on:", "flag", "favorite"}
	if !slices.Contains(links, strings.TrimSpace(parts[1])) {
		return head{}, false
	}
	h.author, h.next = fields[0], at+1
	return h, true
}

// hackerFoot says whether a line is Hacker News's below a comment.
func hackerFoot(line string) bool {
	return line == "reply" || line == "add comment" || line == "More"
}
