package text

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
)

// Channels of Slack, Discord and Teams: above the words stand a name and the time
// of day, or a day and a time.

// channelHead reads "[10:14 AM] Noor Haddad", "Noor Haddad  10:14 AM", "Noor — Today at
// 10:14 AM", and the same in lines of their own, where badges may stand below the name.
func channelHead(lines []string, at int) (h head, ok bool) {
	line := lineAt(lines, at)
	if len(line) > 120 {
		return head{}, false
	}
	h.next = at + 1
	if said, name, found := strings.Cut(line, "] "); found && line[0] == '[' {
		h.author = name
		h.when, ok = sentAt(said[1:])
		return h, ok && isMember(name)
	}
	name, said, found := strings.Cut(line, " — ")
	if !found {
		name, said, found = cutWide(line)
	}
	if found {
		h.author = name
		h.when, ok = sentAt(said)
		return h, ok && isMember(name)
	}
	h.author = line
	for range 3 {
		k := skipBlank(lines, h.next)
		line, dash := strings.CutPrefix(lineAt(lines, k), "—")
		if k-h.next > 1 || len(line) > 60 {
			return head{}, false
		}
		h.next = k + 1
		said := line
		if status, behind, wide := cutWide(line); wide && !strings.ContainsFunc(emojiName.ReplaceAllString(status, ""), unicode.IsLetter) {
			said = behind
		}
		if h.when, ok = sentAt(said); ok {
			return h, isMember(h.author)
		}
		if !isTag(line) && !(dash && line == "") {
			return head{}, false
		}
	}
	return head{}, false
}

// sentAt reads the time of a message: a time of day, alone or behind a day. Of one
// whose day is not said, or only in words, the time is not known.
func sentAt(text string) (when date.Date, ok bool) {
	text = strings.TrimFunc(strings.ReplaceAll(text, "\u202f", " "), plain.IsSpace)
	text = strings.TrimSuffix(text, " Uhr")
	if len(text) > 40 || !strings.ContainsRune(text, ':') {
		return date.Date{}, false
	}
	if isClock(text) {
		return date.Date{}, true
	}
	if when, _, ok = forum.DateLine(text); ok {
		return when, true
	}
	day, clock, _ := strings.Cut(text, " ")
	for _, at := range []string{"at ", "um ", "à ", "a las "} {
		clock = strings.TrimPrefix(clock, at)
	}
	return date.Date{}, isClock(clock) && (isDay(day) || plain.IsNumber(strings.Replace(day, "/", "", 1)))
}

// isSent says whether a line is the time of a message and no more.
func isSent(line string) bool {
	_, ok := sentAt(line)
	return ok
}

// isDay says whether a word is the name of a day.
func isDay(word string) bool {
	upper := strings.ToUpper(word)
	return date.IsWeekday(upper) || date.IsForeignWeekday(upper) && len(upper) > 3 || nearDays[upper]
}

var nearDays = plain.Set("TODAY", "YESTERDAY", "HEUTE", "GESTERN", "AUJOURD'HUI", "AUJOURD’HUI", "HIER", "HOY", "AYER")

// isTag says whether a line below a name is a badge: "APP", "[GC]".
func isTag(line string) bool {
	inner, ok := strings.CutPrefix(line, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	return line == "APP" || line == "BOT" || ok && closed && len(inner) <= 8
}

// isMember says whether a text can be the name of who writes in a channel: "Haddad,
// Noor (Guest)".
func isMember(name string) bool {
	bare, _, _ := strings.Cut(name, " (")
	return isContact(name) && isCommenter(strings.Replace(bare, ",", "", 1)) && !isChannelFoot(name)
}

// isChannel says whether heads are those of a channel: words stand below most.
// Programmes and fixtures have times below names too, but little is said there, few
// names come again, and a time may stand above the first; where the times are set
// off as in no list, that is not asked.
func isChannel(lines []string, starts []int) bool {
	var turns []turn
	spoken, told, apart := 0, 0, 0
	for i, start := range starts {
		h, _ := channelHead(lines, start)
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		body := trimBlank(lines[h.next:max(end, h.next)])
		if len(body) > 0 {
			spoken++
		}
		if len(strings.Fields(strings.Join(body[:min(len(body), 20)], " "))) >= 4 {
			told++
		}
		if strings.ContainsAny(strings.Join(lines[start:h.next], ""), "—[") || strings.Contains(lines[h.next-1], "  ") || h.next == start+1 {
			apart++
		}
		turns = append(turns, turn{author: h.author})
	}
	if 4*spoken < 3*len(starts) {
		return false
	}
	return apart == len(starts) || 3*told >= len(starts) && takeTurns(turns) && !slices.ContainsFunc(lines[:starts[0]], isSent)
}

// preview is what Discord shows of a message above the head of one that answers it.
type preview struct {
	text string // "" is none
	of   int    // the post that it is of
}

// cutPreview takes the preview above the next head off the end of a message's lines:
// a name with its sign, and the first words of a message of that name, which the
// message itself or one above must begin with. Else they are the message's own.
func cutPreview(h *head, lines []string, posts []thread.Post) (words []string, shown preview) {
	at, said := lastLine(lines)
	if !strings.HasPrefix(said, "@") {
		above, name := lastLine(lines[:max(at, 0)])
		at, said = above, name+" "+said
	}
	if at < 0 || said[0] != '@' {
		return lines, preview{}
	}
	begins := func(author, text string) bool {
		rest, ok := strings.CutPrefix(said[1:], author+" ")
		if rest = plain.Flat(strings.TrimRight(rest, "….")); !ok || author == "" || rest == "" {
			return false
		}
		text = plain.Flat(text[:min(len(text), 2*len(said))])
		return strings.HasPrefix(text, rest) && (strings.Contains(rest, " ") || strings.TrimRight(text, ".") == rest)
	}
	shown = preview{text: strings.Join(lines[at:], "\n"), of: len(posts)}
	if begins(h.author, strings.Join(lines[:at], "\n")) {
		return lines[:at], shown
	}
	for shown.of--; shown.of >= max(0, len(posts)-lookBack); shown.of-- {
		post, start := &posts[shown.of], 0
		if len(post.Segments) > 0 && post.Segments[0].Kind == thread.Quote {
			start = post.Segments[0].End
		}
		if begins(post.Author, post.Text[start:]) {
			return lines[:at], shown
		}
	}
	return lines, preview{}
}

// quote puts a preview above the words of the post that answers it.
func (p preview) quote(post *thread.Post) {
	if p.text == "" {
		return
	}
	if post.Segments == nil {
		post.Segments = thread.AppendSegment(nil, post.Text, thread.Own, 0, len(post.Text))
	}
	shift := len(p.text) + len("\n")
	for i := range post.Segments {
		post.Segments[i].Start += shift
		post.Segments[i].End += shift
	}
	post.Text = p.text + "\n" + post.Text
	post.Segments = append([]thread.Segment{{Kind: thread.Quote, Span: thread.Trim(post.Text, thread.Span{Start: 0, End: len(p.text)}), QuoteOf: p.of}}, post.Segments...)
	post.ReplyTo = p.of
}

// isChannelFoot says whether a line is a messenger's around messages.
func isChannelFoot(line string) bool {
	return plain.IsNumber(line) || channelWords(line) == 0 || line != "" && emojiName.ReplaceAllString(line, "") == ""
}

// emojiName is how Slack writes what it shows as an emoji: ":+1:".
var emojiName = regexp.MustCompile(`:[a-z0-9_+-]{1,40}:`)

// channelWords returns where in a line of a message the messenger's words begin, which
// go on to its end; the length of the line where there are none.
func channelWords(line string) int {
	text := strings.TrimFunc(line, plain.IsSpace)
	if own, edited := strings.CutSuffix(text, "(edited)"); edited {
		return strings.Index(line, text) + len(strings.TrimRightFunc(own, plain.IsSpace))
	}
	day, _, _ := strings.Cut(text, ",")
	switch {
	case text == "":
	case isSent(strings.Trim(text, "[]")), channelLines[text], isDay(text), isDay(day) && forum.IsDated(text), isCount(text, "repl"), strings.HasPrefix(text, "Last reply "), strings.HasSuffix(text, " reaction."), strings.HasSuffix(text, " reactions."):
		return 0
	case forum.IsDated(text) && len(text) <= 20: // what parts two days
		return 0
	}
	return len(line)
}

var channelLines = plain.Set("New", "Edited", "View thread", "Reply in thread", "Also sent to the channel", "Image", "APP", "BOT")
