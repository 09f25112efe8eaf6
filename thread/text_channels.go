package thread

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
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
func sentAt(text string) (when date, ok bool) {
	text = strings.TrimFunc(strings.ReplaceAll(text, "\u202f", " "), isSpace)
	if len(text) > 40 || !strings.ContainsRune(text, ':') {
		return date{}, false
	}
	if isClock(text) {
		return date{}, true
	}
	if when, _, ok = dateLine(text); ok {
		return when, true
	}
	day, clock, _ := strings.Cut(text, " ")
	return date{}, isClock(clock) && (isDay(day) || isNumber(strings.Replace(day, "/", "", 1)))
}

// isSent says whether a line is the time of a message and no more.
func isSent(line string) bool {
	_, ok := sentAt(line)
	return ok
}

// isDay says whether a word is the name of a day.
func isDay(word string) bool {
	upper := strings.ToUpper(word)
	return weekdays[upper] || upper == "TODAY" || upper == "YESTERDAY"
}

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

// isChannelFoot says whether a line is a messenger's around messages.
func isChannelFoot(line string) bool {
	return isNumber(line) || channelWords(line) == 0 || line != "" && emojiName.ReplaceAllString(line, "") == ""
}

// emojiName is how Slack writes what it shows as an emoji: ":+1:".
var emojiName = regexp.MustCompile(`:[a-z0-9_+-]{1,40}:`)

// channelWords returns where in a line of a message the messenger's words begin, which
// go on to its end; the length of the line where there are none.
func channelWords(line string) int {
	text := strings.TrimFunc(line, isSpace)
	if own, edited := strings.CutSuffix(text, "(edited)"); edited {
		return strings.Index(line, text) + len(strings.TrimRightFunc(own, isSpace))
	}
	day, _, _ := strings.Cut(text, ",")
	switch {
	case text == "":
	case isSent(strings.Trim(text, "[]")), channelLines[text], isDay(text), isDay(day) && isDated(text), isCount(text, "repl"), strings.HasPrefix(text, "Last reply "), strings.HasSuffix(text, " reaction."), strings.HasSuffix(text, " reactions."):
		return 0
	case isDated(text) && len(text) <= 20: // what parts two days
		return 0
	}
	return len(line)
}

var channelLines = set("New", "Edited", "View thread", "Reply in thread", "Also sent to the channel", "Image", "APP", "BOT")
