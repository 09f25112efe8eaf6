package text

import (
	"strings"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
	"threadstance/thread/read/reddit"
)

// oldRedditHead reads "[–]name 123 points 2 hours ago", and of the submission
// "submitted 5 hours ago by name".
func oldRedditHead(lines []string, at int) (h head, ok bool) {
	line := lineAt(lines, at)
	if rest, found := strings.CutPrefix(line, "submitted "); found {
		_, name, found := strings.Cut(rest, " ago")
		if _, name, _ = strings.Cut(name, "by "); found && name != "" && !strings.Contains(rest[:strings.Index(rest, " ago")], ".") {
			h.author, _, _ = strings.Cut(name, " ")
			h.next, h.opens = at+1, true
			return h, true
		}
	}
	for _, mark := range []string{"[–]", "[-]", "[+]"} {
		rest, found := strings.CutPrefix(line, mark)
		if !found {
			continue
		}
		if fields := strings.Fields(rest); len(line) < 200 && holdsAge(fields) {
			return head{author: redditName(fields[0]), next: at + 1}, true
		}
	}
	return head{}, false
}

// holdsAge says whether words but the first tell an age: "noor 3 points 2 hours
// ago (1 child)". Of a post that is gone the points are not shown.
func holdsAge(words []string) bool {
	for i := 1; i < len(words); i++ {
		next := func(n int) string { return strings.Join(words[i:min(i+n, len(words))], " ") }
		if forum.IsAge(next(3)) || forum.IsAge(next(2)) && words[i] == "just" {
			return true
		}
	}
	return false
}

// redditName is a name as the site shows it, "" for an account that is gone.
func redditName(name string) string {
	name = strings.TrimSuffix(strings.TrimPrefix(name, "u/"), "[S]")
	if reddit.IsRemoved(name) {
		return ""
	}
	return name
}

// redditHead reads a name, a dot and an age, in one line, in two or in three.
func redditHead(lines []string, at int) (h head, ok bool) {
	line := lineAt(lines, at)
	if name, aged := dottedAge(line); aged && isRedditName(name) {
		return head{author: redditName(name), next: at + 1}, true
	}
	if strings.HasPrefix(line, "r/") && len(line) <= 24 && !strings.Contains(line, " ") {
		return redditSubmission(lines, at)
	}
	if !isRedditName(line) {
		return head{}, false
	}
	k := skipBlank(lines, at+1)
	for range 2 { // "OP", flair
		if mark, aged := dottedAge(lineAt(lines, k)); aged && (mark == "" || strings.EqualFold(mark, "OP") || strings.EqualFold(mark, "Mod")) {
			return head{author: redditName(line), next: k + 1}, true
		}
		if dot := lineAt(lines, k); dot == "•" || dot == "·" || dot == "" || utf8.RuneCountInString(dot) > 30 || redditFoot(dot) {
			break
		}
		k = skipBlank(lines, k+1)
	}
	if dot := lineAt(lines, k); dot != "•" && dot != "·" {
		return head{}, false
	}
	if k = skipBlank(lines, k+1); !forum.IsAge(lineAt(lines, k)) {
		return head{}, false
	}
	h = head{author: redditName(line), next: k + 1}
	// "Edited 1h ago", "Top 1% Commenter", each behind a dot of its own.
	for range 3 {
		dot := skipBlank(lines, h.next)
		if d := lineAt(lines, dot); d != "•" && d != "·" {
			break
		}
		h.next = skipBlank(lines, dot+1) + 1
	}
	if badge := skipBlank(lines, h.next); plain.HasAnyPrefix(lineAt(lines, badge), "Top ", "Profile Badge for ") && strings.Contains(lineAt(lines, badge), "% ") {
		h.next = badge + 1
	}
	return h, true
}

// dottedAge reads a line that ends in a dot and an age, and returns what stands
// before them: a name, "OP" or nothing.
func dottedAge(line string) (before string, ok bool) {
	for _, dot := range []string{"• ", "· "} {
		if before, age, found := strings.Cut(line, dot); found && forum.IsAge(age) {
			return strings.TrimSpace(before), true
		}
	}
	return "", false
}

// redditSubmission reads the community, an age, and who submitted; the title
// follows.
func redditSubmission(lines []string, at int) (h head, ok bool) {
	k := skipBlank(lines, at+1)
	if dot := lineAt(lines, k); dot == "•" || dot == "·" {
		k = skipBlank(lines, k+1)
	}
	name := skipBlank(lines, k+1)
	if !forum.IsAge(lineAt(lines, k)) || !isRedditName(lineAt(lines, name)) {
		return head{}, false
	}
	title := lineAt(lines, skipBlank(lines, name+1))
	return head{author: redditName(lineAt(lines, name)), title: title, next: name + 1}, true
}

// isRedditName says whether a line is a name and nothing else.
func isRedditName(line string) bool {
	name := strings.TrimPrefix(line, "u/")
	if reddit.IsRemoved(name) {
		return true
	}
	if redditFoot(line) || strings.EqualFold(line, "OP") || len(name) < 2 || len(name) > 24 {
		return false
	}
	for i := 0; i < len(name); i++ {
		if !plain.IsAlphanumeric(name[i]) && name[i] != '_' && name[i] != '-' {
			return false
		}
	}
	return true
}

var redditFeet = plain.Set("Upvote", "Downvote", "Go to comments", "Comments", "View all comments", "Reply", "Award", "Share", "Report", "Save", "Follow", "Vote", "Give Award", "permalink", "embed", "save", "parent", "report",
	"give award", "reply", "source", "context", "hide child comments", "full comments", "unsave", "crosspost", "share", "hide", "More replies", "Continue this thread", "load more comments", "…", "...", "Open", "Sort by:", "Best", "Controversial", "Q&A", "Search Comments", "Expand comment search", "Comments Section", "Join the conversation", "Add a comment", "Back to top",
	"Comment removed by moderator", "Comment deleted by user")

// redditFoot says whether a line is Reddit's below a post.
func redditFoot(line string) bool {
	if depth, ok := strings.CutPrefix(line, "level "); ok && plain.IsNumber(depth) {
		return true
	}
	if avatar, ok := strings.CutSuffix(line, " avatar"); ok && isRedditName(avatar) {
		return true
	}
	return redditFeet[line] || isVotes(line) || plain.IsNumber(strings.TrimPrefix(line, "-")) || strings.Contains(line, " share save hide report") || strings.HasPrefix(line, "permalink") && strings.Contains(line, "embed") ||
		strings.HasPrefix(line, "load more comments") || strings.HasSuffix(line, " more replies") || strings.HasSuffix(line, " more reply") ||
		strings.HasPrefix(line, "sorted by:") || strings.HasPrefix(line, "all ") && strings.HasSuffix(line, " comments") || isCount(line, "comment")
}

// markHeadline marks what a post that links to a page begins with: the title,
// which is its outlet's, and the host, which stands below it, with a button or
// none, or at its end: "US to keep troops in Iraq (reuters.com)".
func markHeadline(post *thread.Post) {
	own := thread.Segment{Kind: thread.Own, Span: thread.Span{Start: 0, End: len(post.Text)}, QuoteOf: thread.None}
	var rest []thread.Segment
	if len(post.Segments) > 0 {
		own, rest = post.Segments[0], post.Segments[1:]
	}
	if own.Kind != thread.Own {
		return
	}
	lines := strings.Split(post.Text[:own.End], "\n")
	if lineAt(lines, 0) == "" {
		return
	}
	host, next := hostAtEnd(lineAt(lines, 0)), 1
	if below := skipBlank(lines, 1); isHost(lineAt(lines, below)) {
		button := skipBlank(lines, below+1)
		if button >= len(lines) || lineAt(lines, button) == "Open" {
			host, next = lineAt(lines, below), min(button+1, len(lines))
		}
	}
	outlet := reddit.LinkedOutlet(host)
	if outlet == "" && next == 1 {
		return
	}
	title, end := len(lines[0]), len(strings.Join(lines[:next], "\n"))
	kind := thread.News
	if outlet == "" {
		kind = thread.Own
	}
	segments := thread.AppendSegment(nil, post.Text, kind, own.Start, title)
	segments[0].Source = outlet
	segments = thread.AppendSegment(segments, post.Text, thread.Chrome, title, end)
	segments = thread.AppendSegment(segments, post.Text, thread.Own, end, own.End)
	post.Segments = append(segments, rest...)
}

// hostAtEnd returns the host that stands in brackets at the end of a title, ""
// where there is none or it is the site's own.
func hostAtEnd(title string) string {
	open := strings.LastIndex(title, " (")
	if open < 0 || !strings.HasSuffix(title, ")") {
		return ""
	}
	host, _, _ := strings.Cut(title[open+len(" ("):len(title)-1], "/")
	if !isHost(host) || strings.HasPrefix(host, "self.") {
		return ""
	}
	return host
}

// isHost says whether a text is the name of a host: "reuters.com".
func isHost(text string) bool {
	dot := strings.LastIndexByte(text, '.')
	return dot > 0 && len(text)-dot > 2 && !plain.IsNumber(text[dot+1:]) && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}

// isVotes says whether a line is a rounded number of votes: "1.2K".
func isVotes(line string) bool {
	figure, ok := strings.CutSuffix(strings.ToLower(line), "k")
	return ok && plain.IsNumber(strings.Replace(figure, ".", "", 1))
}

// isCount says whether a line is a figure and what it counts: "2 Replies".
func isCount(line, what string) bool {
	figure, word, ok := strings.Cut(line, " ")
	return ok && plain.IsNumber(figure) && strings.HasPrefix(strings.ToLower(word), what) && len(word) <= len(what)+3
}
