// Package text reads threads that were copied from a browser as plain text: one file a
// layout, blocks.go for forums with a block for each poster.
package text

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/plain"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/input"
	"threadstance/thread/read/reddit"
)

// Format reads a thread that was copied from a browser as plain text. The site's
// layout is known by its marks: what parts two posts, where a name and a date
// stand, and what the site itself says.
type Format struct{}

// Name is "text".
func (Format) Name() string { return "text" }

// Sniff says yes to all: plain text is what nothing else claims.
func (Format) Sniff([]byte) bool { return true }

// Read yields the one thread that src holds.
func (Format) Read(src input.Source) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		t, err := readText(src)
		if err != nil {
			yield(nil, &input.Error{Path: src.Path, Offset: -1, Err: err})
			return
		}
		if n, most := len(t.Posts), src.Limits.MaxPosts(); n > most {
			t.Posts = t.Posts[:most]
			err := fmt.Errorf("the thread has %d posts, more than %d, and the rest is left out; --max-posts raises the limit", n, most)
			if !yield(nil, &input.Error{Path: src.Path, Offset: -1, Err: err}) {
				return
			}
		}
		yield(t, nil)
	}
}

func readText(src input.Source) (*thread.Thread, error) {
	most := src.Limits.MaxLine()
	data, err := io.ReadAll(io.LimitReader(src.Reader, int64(most)+1))
	if err != nil {
		return nil, err
	}
	if len(data) > most {
		return nil, fmt.Errorf("more than %d bytes of text in one thread; split it, hand it over as JSON Lines, or raise the limit with --max-line", most)
	}
	text, warnings, err := decode(data)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("empty")
	}
	t := &thread.Thread{ID: src.ThreadName(), Path: src.Path, Warnings: warnings}
	Split(t, text)
	return t, nil
}

// Split finds the layout of the pasted text and sets the thread's title
// and posts.
func Split(t *thread.Thread, text string) {
	lines := strings.Split(text, "\n")
	if !splitChat(t, lines) && !splitHeads(t, lines) && !splitSeparators(t, lines) && !splitTurns(t, lines) && !splitCues(t, lines) {
		t.Posts = []thread.Post{{Text: strings.TrimSpace(text), ReplyTo: thread.None}}
		t.Warnings = append(t.Warnings, `nothing in the text parts one post from the next: it is read as one post; if it is more, a line "NAME wrote:" above each parts them, as do CSV and JSON Lines`)
	}
	for i := range t.Posts {
		p := &t.Posts[i]
		p.Index = i
		if p.ID == "" {
			p.ID = fmt.Sprint(i + 1)
		}
	}
}

// head is what a layout shows of a post above its words, or around them.
type head struct {
	author string
	when   date.Date
	id     string
	next   int    // the first line of the post's words
	opens  bool   // the thread's title are words of this post
	title  string // of the thread, where the head or the words show it

	subject string // of the post, where one stands in its head

	answers []string // what stands beside the name, of which one may be who is answered
}

// layout is one way in which a site's page looks when it is copied as text.
type layout struct {
	// head reads the head of a post that begins at a line, and is false where
	// none does.
	head func(lines []string, at int) (head, bool)
	// foot says whether a line belongs to the site below a post's words.
	foot func(line string) bool
	// least is how many heads tell the layout.
	least int
	// tail takes what belongs to the post's head off the end of its words, in
	// layouts that have it there; nil takes nothing.
	tail func(h *head, lines []string) []string
	// titled says that a post's subject may stand above its head.
	titled bool
	// sure says whether what looks like the heads of posts, which begin at the
	// starts, is that, in layouts whose heads other texts have too; nil is yes.
	sure func(lines []string, starts []int) bool
	// within returns where in a line of the words the site's begin, which go on to
	// its end, in layouts that have them there; nil finds none.
	within func(line string) int
	// previews says that the message which one answers is shown above its head.
	previews bool
	// addressed says that a post may begin with the name of who is answered.
	addressed bool
}

// layouts are tried all. Of those that find many posts the one is taken whose
// first post begins highest on the page, of these the one that finds most, the
// first of equals.
var layouts = []layout{
	{head: blockHead, foot: blockFoot, least: 2, tail: blockTail},
	{head: bylineHead, foot: blockFoot, least: 2, tail: bylineTail, titled: true},
	{head: oldRedditHead, foot: redditFoot, least: 2},
	{head: redditHead, foot: redditFoot, least: 2},
	{head: hackerHead, foot: hackerFoot, least: 2},
	{head: discourseHead, foot: discourseFoot, least: 3},
	{head: commentHead, foot: isCommentFoot, least: 2, sure: haveButtons, addressed: true},
	{head: agelessHead, foot: isAged, least: 2, addressed: true},
	{head: channelHead, foot: isChannelFoot, least: 2, sure: isChannel, within: channelWords, previews: true},
	{head: nameHead, foot: func(string) bool { return false }, least: 2},
}

// splitHeads cuts the lines at the heads of posts, if a layout finds any.
func splitHeads(t *thread.Thread, lines []string) bool {
	separators := 0
	for _, line := range lines {
		if isSeparator(line) {
			separators++
		}
	}
	found := make([][]int, len(layouts)) // by layout: the lines at which posts begin
	most := 0
	for i, l := range layouts {
		for at := 0; at < len(lines); {
			if strings.TrimSpace(lines[at]) == "" {
				at++
			} else if h, ok := l.head(lines, at); ok {
				found[i] = append(found[i], at)
				at = max(h.next, at+1)
			} else {
				at++
			}
		}
		if l.sure != nil && !l.sure(lines, found[i]) {
			found[i] = nil
		}
		if len(found[i]) >= l.least {
			most = max(most, len(found[i]))
		}
	}
	if most <= separators {
		return false // what looks like heads stands in posts that were pasted
	}
	best := thread.None
	for i, l := range layouts {
		if n := len(found[i]); n >= l.least && 2*n >= most && (best == thread.None || found[i][0] < found[best][0] || found[i][0] == found[best][0] && n > len(found[best])) {
			best = i
		}
	}
	if best == thread.None {
		return false
	}
	cut(t, lines, &layouts[best], found[best])
	return true
}

// cut makes posts of the lines between the starts.
func cut(t *thread.Thread, lines []string, l *layout, starts []int) {
	opening := unheaded(lines[:starts[0]], l.foot)
	t.Title = titleOf(lines[:opening], l.foot)
	if l.titled && t.Title == "" {
		_, t.Title = lastLine(lines[:opening])
	}
	var dates []date.Date // of the posts
	if opening < starts[0] {
		post := thread.Post{ReplyTo: thread.None}
		setBody(&post, lines[opening:starts[0]], nil, l.foot)
		t.Posts, dates = append(t.Posts, post), append(dates, date.Date{})
	}
	latest := map[string]int{} // the post of each author that stands last above
	var subject string         // of the post to come
	var first string           // of the subjects
	var shown preview          // above the head of the post to come
	for i, start := range starts {
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		h, _ := l.head(lines, start)
		if i == 0 {
			t.Title = cmp.Or(h.title, t.Title)
		}
		if t.Title == "" {
			t.Title = cmp.Or(h.title, h.subject)
		}
		h.subject = cmp.Or(h.subject, subject)
		above := ""
		switch {
		case h.opens:
			above = t.Title
		case saysMore(h.subject, t.Title, first):
			above = h.subject
		}
		first = cmp.Or(first, h.subject)
		body := lines[min(h.next, end):end]
		if l.titled && end < len(lines) {
			body, subject = cutSubject(&h, body, t.Title)
		}
		answers := shown
		if shown = (preview{}); l.previews && end < len(lines) {
			body, shown = cutPreview(&h, body, t.Posts)
		}
		post := l.post(&h, body, above, end == len(lines))
		post.ReplyTo = l.answered(&h, post.Text, latest)
		answers.quote(&post)
		latest[h.author] = len(t.Posts)
		t.Posts, dates = append(t.Posts, post), append(dates, h.when)
	}
	gather.SetTimes(t.Posts, dates)
}

// post makes a post of its head and the lines below it, which go on to the end
// of the page where it is the last; above is a title of the poster's own words.
func (l *layout) post(h *head, body []string, above string, last bool) thread.Post {
	words := pageEnd(body, last)
	page := body[words:]
	body = body[:words]
	if l.tail != nil {
		body = l.tail(h, body)
	}
	if above != "" {
		body = slices.Concat([]string{above, ""}, trimBlank(body))
	}
	post := thread.Post{ID: h.id, Author: h.author, ReplyTo: thread.None}
	setBody(&post, body, page, l.foot)
	if h.opens || h.title != "" {
		markHeadline(&post)
	}
	if l.within != nil {
		markWithin(&post, l.within)
	}
	return post
}

// markWithin marks what the site says among the words that a post begins with.
func markWithin(post *thread.Post, within func(line string) int) {
	own, rest := thread.Segment{Kind: thread.Own, Span: thread.Span{Start: 0, End: len(post.Text)}}, []thread.Segment(nil)
	if len(post.Segments) > 0 {
		own, rest = post.Segments[0], post.Segments[1:]
	}
	if own.Kind != thread.Own {
		return
	}
	var segments []thread.Segment
	start := own.Start
	for at := own.Start; at < own.End; {
		end := plain.LineEnd(post.Text, at, own.End)
		if from := at + within(post.Text[at:end]); from < end {
			segments = thread.AppendSegment(segments, post.Text, thread.Own, start, from)
			segments = thread.AppendSegment(segments, post.Text, thread.Chrome, from, end)
			start = end
		}
		at = end + 1
	}
	post.Segments = append(thread.AppendSegment(segments, post.Text, thread.Own, start, own.End), rest...)
}

// answered returns the post that one answers whose head or first words name who
// is answered; None where neither does.
func (l *layout) answered(h *head, text string, latest map[string]int) int {
	names := h.answers
	if l.addressed {
		names = append(slices.Clone(names), addressees(text)...)
	}
	for _, name := range names {
		if to, ok := latest[name]; ok && name != h.author && name != "" {
			return to
		}
	}
	return thread.None
}

// addressees returns the names that a post may begin with: "@noor Why?", "Noor
// Haddad Why?". Without the sign it takes two words, of which the posters' own
// begin with fewer names.
func addressees(text string) []string {
	text, marked := strings.CutPrefix(text[:min(len(text), 200)], "@")
	least := 2
	if marked {
		least = 1
	}
	var names []string
	for at, words := 0, 1; words <= 5; words++ {
		n := strings.IndexFunc(text[at:], plain.IsSpace)
		if n <= 0 {
			break
		}
		if at += n; words >= least {
			names = append(names, strings.TrimRight(text[:at], ",:"))
		}
		at++
	}
	slices.Reverse(names) // the longest first
	return names
}

// saysMore says whether a post's subject is words of the poster's own: it
// neither answers nor says again what the thread is about.
func saysMore(subject string, known ...string) bool {
	return subject != "" && !isReply(subject) && !slices.ContainsFunc(known, func(title string) bool { return strings.EqualFold(subject, title) })
}

// isReply says whether a subject is that of an answer: "Re: The embassy".
func isReply(subject string) bool {
	return plain.HasPrefixFold(subject, "Re: ") || plain.HasPrefixFold(subject, "AW: ")
}

// endsSentence says whether a line ends as sentences do and titles seldom.
func endsSentence(line string) bool { return strings.ContainsRune(".!…", plain.LastRune(line)) }

// unheaded returns the line from which on the lines above the first head are
// the words of a post whose head was not copied, and their number where they
// are not. Such words stand right above, below the title, and end a sentence;
// what a site says there does not.
func unheaded(lines []string, foot func(line string) bool) int {
	end, line := lastLine(lines)
	for end >= 0 && foot(line) {
		end, line = lastLine(lines[:end])
	}
	if !endsSentence(line) || isPageHead(line) {
		return len(lines)
	}
	start := end
	for k := end - 1; k >= 0; k-- {
		line := lineAt(lines, k)
		if foot(line) || isPageHead(line) {
			break
		}
		if line != "" {
			start = k
		}
	}
	if first := lineAt(lines, start); utf8.RuneCountInString(first) <= longestTitle && (start == end || !endsSentence(first)) {
		start = skipBlank(lines, start+1)
	}
	if start > end {
		return len(lines)
	}
	return start
}

// lastLine returns the last line that says anything, and where it stands; None
// where no line does.
func lastLine(lines []string) (at int, line string) {
	for at = len(lines) - 1; at >= 0; at-- {
		if line = lineAt(lines, at); line != "" {
			return at, line
		}
	}
	return thread.None, ""
}

// longestTitle is how many letters a title has at most.
const longestTitle = 150

// isPageHead says whether a line is the site's, above the first post.
func isPageHead(line string) bool {
	return pageHead[line] || pageLink(line) || isPageNumbers(line) || startsThread(line) || strings.Contains(line, " viewing this ")
}

// startsThread says whether a line is XenForo's of who started a thread.
func startsThread(line string) bool {
	return plain.HasAnyPrefix(line, "Thread starter", "Discussion in '", "Themenstarter", "Ersteller", "Auteur du sujet", "Autor Tema")
}

// setBody sets the post's text: its words, and the lines of the page below
// them. Those are chrome, like the site's lines at the end of the words and the
// poster's signature.
func setBody(post *thread.Post, words, page []string, foot func(string) bool) {
	words = trimBlank(words)
	own := signature(words)
	for own > 0 {
		line := strings.TrimSpace(words[own-1])
		if line != "" && !foot(line) && lineAt(words, own-2) != "Reactions:" {
			break
		}
		own--
	}
	if own == 1 && reddit.IsRemoved(strings.TrimSpace(words[0])) {
		own = 0
	}
	lines := trimBlank(slices.Concat(words, page))
	post.Text = strings.Join(lines, "\n")
	if own == len(lines) {
		return
	}
	end := len(strings.Join(lines[:own], "\n"))
	post.Segments = thread.AppendSegment(nil, post.Text, thread.Own, 0, end)
	post.Segments = thread.AppendSegment(post.Segments, post.Text, thread.Chrome, end, len(post.Text))
}

// signature returns the line at which the poster's signature begins: under a
// rule of underscores near the end.
func signature(lines []string) int {
	for i := len(lines) - 1; i >= max(1, len(lines)-12); i-- {
		if line := strings.TrimSpace(lines[i]); len(line) >= 10 && strings.Trim(line, "_") == "" {
			return i
		}
	}
	return len(lines)
}

func trimBlank(lines []string) []string {
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && strings.TrimSpace(lines[len(lines)-1]) == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// titleOf finds the thread's title among the lines above the first post: under
// its label, else the last line of three words or more.
func titleOf(lines []string, foot func(line string) bool) string {
	title := ""
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if startsThread(line) {
			for k := i - 1; k >= 0; k-- {
				if above := strings.TrimSpace(lines[k]); above != "" {
					return above
				}
			}
		}
		for _, label := range []string{"Thread:", "Topic:", "Subject:"} {
			rest, ok := strings.CutPrefix(line, label)
			rest, _, _ = strings.Cut(rest, "  (Read ") // SMF's "  (Read 1204 times)"
			if rest = strings.TrimSpace(rest); ok && rest != "" {
				return rest
			}
		}
		if strings.Count(line, " ") >= 2 && !pageHead[line] && !redditFoot(line) && !foot(line) && !isPageNumbers(line) {
			title = line
		}
	}
	return title
}

// isPageNumbers says whether a line leads to other pages: "Page 1 of 3",
// "12 posts • Page 1 of 1".
func isPageNumbers(line string) bool {
	lower := strings.ToLower(line)
	return plain.HasAnyPrefix(lower, "page ", "seite ", "página ") || strings.Contains(lower, "seite 1 von") || strings.Contains(lower, "page 1 sur") || strings.Contains(lower, "página 1 de") || strings.Contains(lower, "\t") || strings.Contains(lower, "page 1 of") || strings.Contains(lower, " of ") && strings.Contains(lower, "go to page") ||
		strings.HasPrefix(lower, "sorted by") || strings.HasPrefix(lower, "results ") || plain.HasAnyPrefix(lower, "start date", "beginndatum", "date de début")
}

// pageEnd returns the line at which a page ends whose foot stands below a post:
// below the last one, or one within a paste of several pages.
func pageEnd(lines []string, last bool) int {
	for i := range lines {
		line := lineAt(lines, i)
		if pageFootLine[strings.Trim(line, "()")] || last && (leadsBack(lines, i) || plain.HasAnyPrefix(line, "« Previous", "Display posts from previous", "Quick Navigation", "Users browsing", "Users Browsing", "+ Reply to Thread", "Forum software by", "Guidelines | FAQ")) {
			for i > 0 && (lineAt(lines, i-1) == "" || isPageNumbers(lineAt(lines, i-1))) {
				i--
			}
			return pageLinksEnd(lines[:i])
		}
	}
	end := pageLinksEnd(lines)
	for last && end > 0 && (lineAt(lines, end-1) == "" || pageFoot[lineAt(lines, end-1)]) {
		end--
	}
	return end
}

// leadsBack says whether a line is phpBB's "Return to World", below the number
// of the page or a button.
func leadsBack(lines []string, at int) bool {
	forum, ok := "", false
	for _, back := range []string{"Return to ", "Zurück zu ", "Retourner vers ", "Revenir vers ", "Volver a "} {
		if forum, ok = strings.CutPrefix(lineAt(lines, at), back); ok {
			break
		}
	}
	if !ok {
		return false
	}
	_, line := lastLine(lines[:at])
	return plain.HasAnyPrefix(forum, "“", "„", "«") || isPageNumbers(line) || pageLink(line) || blockFoot(line)
}

// pageLinksEnd returns the line at which the numbers of the pages begin that
// end a page: "1", "2", "Next".
func pageLinksEnd(lines []string) int {
	named := false
	for i := len(lines); i > 0; i-- {
		line := lineAt(lines, i-1)
		if line != "" && !pageLink(line) {
			if named {
				return i
			}
			break
		}
		named = named || line == "Next" || line == "Prev" || line == "Previous template Next"
	}
	return len(lines)
}

var pageFootLine = plain.Set("You must log in or register to reply here.", "You must log in or sign up to reply here.", "Similar threads", "Quick Reply", "Post Reply", "POST REPLY", "Posting Permissions",
	"Thread Information", "Users viewing this thread", "Who is online", "Suggested Topics", "Suggested topics", "Related topics", "Quick Navigation", "You have selected 0 posts.", "Not open for further replies.",
	"Antwort erstellen", "Publier une réponse", "Publicar una respuesta", "Wer ist online?", "Du musst dich einloggen oder registrieren, um hier zu antworten.", "Ähnliche Themen",
	"Leave a Reply", "Leave a Reply Cancel reply", "Leave a Comment", "Leave a comment", "Schreibe einen Kommentar")

// isSeparator says whether a line holds nothing but white space with a
// no-break space in it, which is what XenForo leaves between two posts where
// the poster's block was not copied.
func isSeparator(line string) bool {
	return strings.ContainsRune(line, '\u00a0') && strings.TrimFunc(line, unicode.IsSpace) == ""
}

// splitSeparators reads XenForo's text without poster blocks: lines with only
// a no-break space part the posts, and only the first post may have its block.
func splitSeparators(t *thread.Thread, lines []string) bool {
	lines = trimPage(lines)
	count := 0
	for _, line := range lines {
		if isSeparator(line) {
			count++
		}
	}
	if count == 0 {
		return false
	}
	lines = takeTitle(t, lines)
	for start := 0; start <= len(lines); {
		end := start
		for end < len(lines) && !isSeparator(lines[end]) {
			end++
		}
		part := lines[start:end]
		post := thread.Post{ReplyTo: thread.None}
		if start == 0 {
			if h, ok := blockHead(part, 0); ok {
				post.Author, post.Time, part = h.author, h.when.Time(false), part[min(h.next, len(part)):]
			}
		}
		post.Text = strings.TrimSpace(strings.Join(part, "\n"))
		if post.Text != "" || end < len(lines) {
			t.Posts = append(t.Posts, post)
		}
		start = end + 1
	}
	return true
}

// trimPage drops what stands above and below the thread on the page.
func trimPage(lines []string) []string {
	for len(lines) > 0 && (strings.TrimSpace(lines[0]) == "" && !isSeparator(lines[0]) || pageHead[strings.TrimSpace(lines[0])]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && (strings.TrimSpace(lines[len(lines)-1]) == "" || pageFoot[strings.TrimSpace(lines[len(lines)-1])]) {
		lines = lines[:len(lines)-1]
	}
	return lines
}

var (
	pageHead = plain.Set("What's new", "Home", "Forums", "Menu", "Log in", "Register", "Search", "New posts", "Skip to main content", "Search this topic…", "Members", "Post Reply", "POST REPLY", "Comments Section", "Antwort erstellen", "Antworten", "Répondre", "Publier une réponse", "Responder", "Publicar una respuesta")
	pageFoot = plain.Set("Back", "Top", "Bottom", "Back / Top", "Back to top", "You must log in or register to reply here.", "Share:")
)

// takeTitle takes the thread's title off the first line that says anything. A
// line that is all there is of the first post stays its words.
func takeTitle(t *thread.Thread, lines []string) []string {
	for i, line := range lines {
		if isSeparator(line) {
			return lines[i+1:]
		}
		if line = strings.TrimSpace(line); line != "" {
			if utf8.RuneCountInString(line) > longestTitle {
				return lines[i:]
			}
			t.Title = line
			for _, below := range lines[i+1:] {
				if isSeparator(below) {
					break
				}
				if strings.TrimSpace(below) != "" {
					return lines[i+1:]
				}
			}
			return lines[i:]
		}
	}
	return lines
}
