package text

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/plain"
)

// chatMessage is a message of a chat, or what the messenger says between them.
type chatMessage struct {
	author string // "" where the messenger speaks
	sent   date.Date
	line   string   // that it begins in
	words  []string // its lines, the first without author and time
	below  []string // what the messenger says before the next message
}

// splitChat reads what WhatsApp exports and what is copied from Telegram: no
// more than a title stands above the first message. What the messenger says
// above it is left out as the head of a page is; below one it is chrome.
func splitChat(t *thread.Thread, lines []string) bool {
	var all []chatMessage
	title := ""
	for at, line := range lines {
		m, ok := readMessage(line)
		switch {
		case ok:
			all = append(all, m)
		case len(all) > 0:
			last := &all[len(all)-1]
			last.words = append(last.words, line)
		case title != "" && lineAt(lines, at) != "":
			return false
		case title == "":
			title = lineAt(lines, at)
		}
	}
	group := groupAuthor(all)
	messages := spoken(all, group)
	if len(all) < 2 || len(messages) == 0 {
		return false
	}
	t.Title = cmp.Or(title, group, groupCreated(all))
	days := chatOrder(all)
	for _, m := range messages {
		post := thread.Post{Author: m.author, Time: m.sent.Time(days), ReplyTo: thread.None}
		setMessage(&post, trimBlank(m.words), m.below)
		t.Posts = append(t.Posts, post)
	}
	return true
}

// readMessage reads the line that a message begins in: "12/03/2024, 19:04 -
// Leila: Out now." or "[3/12/24, 7:03:11 PM] Maya: Out now." of WhatsApp, and
// "Katja, [01.02.2023 10:17]" of Telegram, above the words.
func readMessage(line string) (m chatMessage, ok bool) {
	m.line = line
	text := strings.TrimFunc(line, isUnseen)
	if name, date, found := strings.Cut(text, ", ["); found && isContact(name) {
		if date, found = strings.CutSuffix(strings.TrimSuffix(date, ":"), "]"); found {
			if m.sent, ok = readWhole(date); ok {
				m.author, m.words = name, []string{""}
				return m, true
			}
		}
	}
	rest, bracket := strings.CutPrefix(text, "[")
	m.sent, rest, ok = readStamp(rest)
	if !ok {
		return chatMessage{}, false
	}
	if bracket {
		rest, ok = strings.CutPrefix(rest, "] ")
	} else if rest, ok = strings.CutPrefix(rest, " - "); !ok {
		rest, ok = strings.CutPrefix(rest, " – ")
	}
	if !ok {
		return chatMessage{}, false
	}
	name, words, found := strings.Cut(rest, ": ")
	if !found {
		name, found = strings.CutSuffix(rest, ":")
	}
	name = strings.TrimFunc(strings.TrimPrefix(name, "~"), isUnseen) // of whom its user does not know
	if found && isContact(name) {
		m.author, rest = name, words
	}
	m.words = []string{rest}
	return m, true
}

// isUnseen says whether a character shows nothing: white space, and the marks
// of direction that messengers put around names and their own words.
func isUnseen(r rune) bool {
	return plain.IsSpace(r) || r == '\u200e' || r == '\u200f' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// isContact says whether a text can be the name of someone in a chat, which is
// whatever its user calls them.
func isContact(name string) bool {
	n := utf8.RuneCountInString(name)
	return n >= 1 && n <= 60 && strings.Count(name, " ") <= 7 && !strings.ContainsAny(name, "\"“”[]<>")
}

// groupAuthor returns the group under whose name the messenger speaks: iOS has
// the notice of encryption, and whatever is not of a member, said by it.
func groupAuthor(messages []chatMessage) string {
	group := ""
	for _, m := range messages {
		if group == "" && m.author != "" && isNotice(strings.TrimFunc(m.words[0], isUnseen)) {
			group = m.author
		}
	}
	for _, m := range messages {
		if m.author == group && slices.ContainsFunc(m.words, func(line string) bool { return messengerWords(line) > 0 }) {
			return "" // a chat of two: the other's name
		}
	}
	return group
}

// groupCreated returns what a group was called that someone created.
func groupCreated(messages []chatMessage) string {
	for _, m := range messages {
		if m.author != "" {
			continue
		}
		_, name, found := strings.Cut(m.line, " created group ")
		if name = strings.Trim(name, "\"“”"); found && name != "" {
			return name
		}
	}
	return ""
}

// spoken returns the messages that someone wrote, each with what the messenger
// says below it.
func spoken(all []chatMessage, group string) []chatMessage {
	var messages []chatMessage
	for _, m := range all {
		switch n := len(messages); {
		case m.author != "" && m.author != group:
			messages = append(messages, m)
		case n > 0:
			last := &messages[n-1]
			last.below = append(append(last.below, m.line), m.words[1:]...)
		}
	}
	return messages
}

// setMessage sets a post's text: the words, of which some may be the
// messenger's or forwarded, and what the messenger says below them.
func setMessage(post *thread.Post, words, below []string) {
	text := strings.Join(words, "\n")
	post.Text = strings.Join(append(words, below...), "\n")
	kind, start, opening := thread.Own, 0, true
	for at := 0; at < len(text); {
		end := plain.LineEnd(text, at, len(text))
		line := text[at:end]
		from := at + messengerWords(line)
		if opening && isBracketed(line) {
			from = at
		}
		if from < end {
			post.Segments = thread.AppendSegment(post.Segments, text, kind, start, from)
			post.Segments = thread.AppendSegment(post.Segments, text, thread.Chrome, from, end)
			start = end
		}
		if opening && strings.HasPrefix(line, "[Forwarded from ") {
			kind = thread.Quote
		}
		opening = opening && from == at
		at = end + 1
	}
	post.Segments = thread.AppendSegment(post.Segments, text, kind, start, len(text))
	post.Segments = thread.AppendSegment(post.Segments, post.Text, thread.Chrome, len(text), len(post.Text))
}

// isBracketed says whether a line is Telegram's above a message's words: "[In
// reply to Katja]", "[ Photo ]".
func isBracketed(line string) bool {
	inner, ok := strings.CutPrefix(strings.TrimSpace(line), "[")
	inner, closed := strings.CutSuffix(inner, "]")
	return ok && closed && len(inner) <= 80 && !strings.ContainsAny(inner, "[]")
}

// messengerWords returns where in a line of a message WhatsApp's words begin,
// which go on to its end; the length of the line where there are none.
func messengerWords(line string) int {
	text := strings.TrimFunc(line, isUnseen)
	switch {
	case strings.HasPrefix(line, "\u200e"): // iOS marks all of its own so
		return 0
	case isNotice(text), messengerLines[strings.TrimSuffix(text, ".")], strings.HasSuffix(text, " (file attached)"):
		return 0
	case strings.HasSuffix(text, " omitted") && strings.ContainsRune(line, '\u200e'): // "base.pdf • 3 pages document omitted"
		return 0
	case strings.HasPrefix(text, "<") && strings.HasSuffix(text, ">") && len(text) <= 60 && strings.Count(text, "<") == 1: // "<Media omitted>", in any language
		return 0
	}
	if own, edited := strings.CutSuffix(text, "<This message was edited>"); edited {
		return strings.Index(line, text) + len(strings.TrimRightFunc(own, isUnseen))
	}
	return len(line)
}

// isNotice says whether a text is what WhatsApp opens chats with.
func isNotice(text string) bool {
	return plain.HasAnyPrefix(text, "Messages and calls are end-to-end encrypted", "Messages you send to this chat and calls are now secured", "Messages to this chat and calls are now secured", "Messages to this group are now secured")
}

var messengerLines = plain.Set("This message was deleted", "You deleted this message", "This message was deleted by admin", "Missed voice call", "Missed video call", "Waiting for this message. This may take a while",
	"image omitted", "video omitted", "audio omitted", "sticker omitted", "GIF omitted", "document omitted", "Contact card omitted", "Video note omitted")

// readStamp reads the time that a message begins with, in figures, and returns
// what follows it.
func readStamp(text string) (sent date.Date, rest string, ok bool) {
	sent, rest, ok = date.ReadFigures(text)
	return sent, rest, ok && strings.ContainsFunc(text[:len(text)-len(rest)], plain.IsSpace) // behind the day
}

// readWhole reads a text that is a time and no more, with figures for the month
// or its name: "1. Feb 2023 at 10:17:05".
func readWhole(text string) (sent date.Date, ok bool) {
	if sent, rest, ok := readStamp(text); ok {
		return sent, rest == ""
	}
	if strings.ContainsRune(text, ':') {
		return date.Read(strings.Replace(text, ". ", " ", 1))
	}
	return date.Date{}, false
}

// american is how the United States write the time of a message, and few others.
var american = regexp.MustCompile(`^[^0-9]*[1-9]\d?/[1-9]\d?/\d\d,? [0-9:]+[ \x{a0}\x{202f}]?[AP]M`)

// chatOrder says whether the day is written before the month in a chat: where
// its dates do not tell, only the United States have the month first.
func chatOrder(messages []chatMessage) bool {
	var dates []date.Date
	abroad := false
	for _, m := range messages {
		dates = append(dates, m.sent)
		abroad = abroad || !american.MatchString(m.line)
	}
	return date.DayFirst(dates, abroad)
}
