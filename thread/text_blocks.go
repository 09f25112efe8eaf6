package thread

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Forums with a block for each poster: XenForo, vBulletin, phpBB, MyBB and
// others. A block is the name, up to six lines of rank and standing, and pairs
// of a label and a figure ("Joined", "Messages"); above or below it stand the
// post's date and number.

// blockLabels are what forums count beside a poster's name, in lower case.
var blockLabels = set("joined", "join date", "messages", "runs", "posts", "reaction score", "points", "likes", "likes received", "location", "trophy points",
	"solutions", "age", "gender", "website", "post of the week", "awards", "score", "country", "thanks", "thanked", "threads", "reputation", "rep power",
	"from", "registered", "member since", "media", "resources", "occupation", "real name", "status", "mentioned", "tagged", "blog entries", "karma")

// surest are the labels of which a block has one at least.
var surest = set("joined", "join date", "messages", "posts", "registered", "member since")

// line returns a line without the white space around it, "" past the end.
func lineAt(lines []string, at int) string {
	if at < 0 || at >= len(lines) {
		return ""
	}
	return strings.TrimFunc(lines[at], isSpace)
}

// skipBlank returns the first line from at on that is not blank.
func skipBlank(lines []string, at int) int {
	for at < len(lines) && lineAt(lines, at) == "" {
		at++
	}
	return at
}

// pair reads a label and its figure, which stand in one line or in two, and
// returns the line after them.
func pair(lines []string, at int) (label string, next int, ok bool) {
	line := lineAt(lines, at)
	if len(line) > 60 {
		return "", at, false
	}
	for _, sep := range []string{":", "\t"} {
		if name, value, found := strings.Cut(line, sep); found {
			name = strings.ToLower(strings.TrimSpace(name))
			if !blockLabels[name] {
				continue
			}
			if strings.TrimSpace(value) != "" {
				return name, at + 1, true
			}
			return name, skipBlank(lines, at+1) + 1, true
		}
	}
	name := strings.ToLower(line)
	if !blockLabels[name] {
		return "", at, false
	}
	value := skipBlank(lines, at+1)
	if v := lineAt(lines, value); v == "" || utf8.RuneCountInString(v) > 40 {
		return "", at, false
	}
	return name, value + 1, true
}

// isName says whether a line can be a poster's name.
func isName(line string) bool {
	n := utf8.RuneCountInString(line)
	if n == 0 || n > 40 || strings.Count(line, " ") > 4 || blockFoot(line) || strings.HasPrefix(line, "http") {
		return false
	}
	label, _, _ := strings.Cut(line, ":")
	if blockLabels[strings.ToLower(strings.TrimSpace(label))] || ranks[strings.ToLower(line)] {
		return false
	}
	if _, _, dated := dateLine(line); dated {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	return !strings.ContainsRune(".?!:,;…)", last)
}

// ranks are what forums call their members by default, in lower case.
var ranks = set("member", "senior member", "junior member", "new member", "active member", "well-known member", "registered user", "registered member",
	"banned", "guest", "newbie", "veteran", "regular", "full member", "hero member", "sr. member", "jr. member", "forum regular", "contributor", "premium member")

// dateLine reads a line that holds a post's date, and its number where that
// stands beside it: "Feb 3, 2025", "02-03-2025, 10:14 AM #1", "Yesterday, 10:14
// AM" (of which the time is not known).
func dateLine(line string) (when time.Time, id string, ok bool) {
	if line == "" || len(line) > 110 {
		return time.Time{}, "", false
	}
	if i := strings.LastIndexByte(line, '#'); i >= 0 && isNumber(line[i+1:]) {
		id, line = line[i+1:], strings.TrimRightFunc(line[:i], isSpace)
		if line == "" {
			return time.Time{}, id, true
		}
	}
	lower := strings.ToLower(line)
	if i := strings.Index(lower, "posted:"); i >= 0 && i <= 8 {
		line = line[i+len("posted:"):]
		if k := strings.Index(line, "Post subject"); k >= 0 {
			line = line[:k]
		}
	}
	line = strings.TrimSuffix(strings.TrimFunc(line, isSpace), ",")
	if line == "" || !unicode.IsLetter(rune(line[0])) && !unicode.IsDigit(rune(line[0])) {
		return time.Time{}, "", false
	}
	if when, ok := parseDate(line); ok {
		return when, id, true
	}
	for _, day := range []string{"Yesterday", "Today", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"} {
		if rest, found := strings.CutPrefix(line, day); found && (strings.HasPrefix(rest, " at ") || strings.HasPrefix(rest, ", ")) && strings.ContainsRune(rest, ':') && len(rest) < 16 {
			return time.Time{}, id, true
		}
	}
	return time.Time{}, "", false
}

func isNumber(s string) bool {
	s = strings.TrimSpace(s)
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != "" && len(s) <= 7
}

// dates reads the lines from at on that hold the date and number of a post, or
// a button beside them.
func dates(lines []string, at int, h *head) (next, count int) {
	for {
		k := skipBlank(lines, at)
		if k-at > 2 {
			return at, count
		}
		line := lineAt(lines, k)
		when, id, ok := dateLine(line)
		switch {
		case ok:
			if !when.IsZero() {
				h.when = when
			}
			if id != "" {
				h.id = id
			}
			count++
		case line == "Add bookmark" || line == "New" || line == "Share" || line == "OP" || line == "Thread starter" || line == "Reply with quote":
			if count == 0 {
				return at, count
			}
		default:
			return at, count
		}
		at = k + 1
	}
}

// standing says whether a line below a name says what the forum makes of its
// bearer: a rank, a title, "is offline".
func standing(line string) bool { return utf8.RuneCountInString(line) <= 45 }

func blockHead(lines []string, at int) (h head, ok bool) {
	at, above := dates(lines, at, &h)
	at = skipBlank(lines, at)
	h.author = lineAt(lines, at)
	if !isName(h.author) {
		return head{}, false
	}
	at++
	for n := 0; n < 6; {
		k := skipBlank(lines, at)
		line := lineAt(lines, k)
		if _, _, paired := pair(lines, k); paired || line == "" || k-at > 2 || !standing(line) || blockFoot(line) {
			break
		}
		if _, _, dated := dateLine(line); dated {
			break
		}
		switch {
		case line == h.author || strings.HasSuffix(line, " is offline") || strings.HasSuffix(line, " is online now"):
		case ranks[strings.ToLower(line)] && n > 0:
			return head{}, false // the line above it is the name
		default:
			n++
		}
		at = k + 1
	}
	sure := false
	for pairs := 0; ; pairs++ {
		k := skipBlank(lines, at)
		label, next, paired := pair(lines, k)
		if !paired || k-at > 2 {
			break
		}
		sure = sure || surest[label]
		at = next
	}
	after := at
	below := 0
	if above == 0 {
		after, below = dates(lines, at, &h)
		if below == 0 {
			after = at
		}
	}
	// Without the pairs it takes a date and a number.
	if !sure && (above+below == 0 || h.id == "" || h.when.IsZero()) {
		return head{}, false
	}
	h.next = after
	// phpBB has a title and a line "by NAME » DATE" below the block.
	if name, when, next, found := byline(lines, after); found && name == h.author {
		h.next = next
		if !when.IsZero() {
			h.when = when
		}
	}
	return h, true
}

// byline reads phpBB's "by NAME » DATE", with a title above it or none.
func byline(lines []string, at int) (name string, when time.Time, next int, ok bool) {
	for k, seen := at, 0; k < len(lines) && seen < 2; k++ {
		line := lineAt(lines, k)
		if line == "" {
			continue
		}
		seen++
		for _, prefix := range []string{"by ", "Post by ", "Unread post by ", "Postby ", "Unread postby "} {
			rest, found := strings.CutPrefix(line, prefix)
			if !found {
				continue
			}
			name, date, found := strings.Cut(rest, " » ")
			if !found {
				continue
			}
			if when, dated := parseDate(date); dated {
				return strings.TrimSpace(name), when, k + 1, true
			}
		}
		if utf8.RuneCountInString(line) > 120 {
			break
		}
	}
	return "", time.Time{}, at, false
}

// bylineHead reads the head of phpBB where the poster's block is below the
// post's words or was not copied.
func bylineHead(lines []string, at int) (h head, ok bool) {
	h.author, h.when, h.next, ok = byline(lines, at)
	if ok && skipBlank(lines, at) != at {
		return head{}, false
	}
	return h, ok
}

// bylineTail drops the poster's block below the words: the name, and its pairs.
func bylineTail(post *Post, lines []string) []string {
	for i := len(lines) - 1; i >= 0; i-- {
		if lineAt(lines, i) != post.Author {
			continue
		}
		rest := skipBlank(lines, i+1)
		for range 4 {
			if _, _, paired := pair(lines, rest); paired || rest >= len(lines) || !standing(lineAt(lines, rest)) {
				break
			}
			rest = skipBlank(lines, rest+1)
		}
		paired := false
		for rest < len(lines) {
			_, next, ok := pair(lines, rest)
			if !ok {
				break
			}
			paired = true
			rest = skipBlank(lines, next)
		}
		if paired && rest >= len(lines) {
			return lines[:i]
		}
	}
	return lines
}

// blockTail takes XenForo 1's "NAME, DATE" and "#1" off the end of a post.
func blockTail(post *Post, lines []string) []string {
	end := len(lines)
	for end > 0 {
		line := lineAt(lines, end-1)
		switch rest, ok := strings.CutPrefix(line, post.Author+", "); {
		case line == "" || blockFoot(line):
			end--
			continue
		case strings.HasPrefix(line, "#") && isNumber(line[1:]) && end > 1 && strings.HasPrefix(lineAt(lines, skipBlankBack(lines, end-2)), post.Author+", "):
			post.ID = line[1:]
			end--
			continue
		case ok:
			if when, id, dated := dateLine(rest); dated {
				post.Time = when
				if id != "" {
					post.ID = id
				}
				return append(lines[:end-1:end-1], lines[end:]...)
			}
		}
		return lines
	}
	return lines
}

func skipBlankBack(lines []string, at int) int {
	for at > 0 && lineAt(lines, at) == "" {
		at--
	}
	return at
}

var blockFeet = set("Like Reply", "Like", "Reply", "Report", "Quote", "+ Quote", "Reply With Quote", "Reply with quote", "Multi-Quote This Message", "Click to expand...",
	"Back to top", "Top", "Share", "Share this post", "Find", "Like\tReply", "Thanks", "Rate Post", "Blog this Post", "Edit", "Delete", "Unlike", "Upvote", "0", "IP Logged", "Logged", "Report Post")

// blockFoot says whether a line is the site's below a post of a forum.
func blockFoot(line string) bool {
	switch {
	case blockFeet[line], strings.HasPrefix(line, "Last edited"), strings.HasPrefix(line, "Reactions:"), strings.HasPrefix(line, "Likes: "):
		return true
	}
	// "Kestrel, Pavement and 3 others", with or without "like this".
	return strings.HasSuffix(line, " like this") || strings.HasSuffix(line, " like this.") || strings.HasSuffix(line, " likes this.") ||
		len(line) < 90 && strings.HasSuffix(line, " others") && strings.Contains(line, " and ")
}
