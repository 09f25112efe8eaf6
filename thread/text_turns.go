package thread

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// turn is a line of a transcript that begins with who speaks.
type turn struct {
	author string
	when   date
	words  []string // its lines, the first without who speaks
}

// splitTurns reads a transcript: two in three at least of its paragraphs, or of
// its lines where no blank ones part them, begin with who speaks, and no more
// than a title stands above the first. Above a dialogue that someone posts there
// are most often the poster's own words.
func splitTurns(t *Thread, lines []string) bool {
	lines = trimBlank(lines)
	title := ""
	if _, ok := readTurn(lines[0]); !ok {
		title, lines = lineAt(lines, 0), trimBlank(lines[1:])
	}
	var turns []turn
	apart := true // each turn is a paragraph
	paragraphs, rest := 0, 0
	for at, line := range lines {
		opens := lineAt(lines, at-1) == ""
		turn, ok := readTurn(line)
		switch {
		case ok:
			turns = append(turns, turn)
			apart = apart && opens
		case len(turns) == 0:
			return false
		default:
			last := &turns[len(turns)-1]
			last.words = append(last.words, line)
			if lineAt(lines, at) != "" {
				rest++
				if opens {
					paragraphs++
				}
			}
		}
	}
	if apart {
		rest = paragraphs
	}
	if len(turns) < 2*rest || !takeTurns(turns) {
		return false
	}
	t.Title = title
	var dates []date
	for _, turn := range turns {
		t.Posts = append(t.Posts, Post{Author: turn.author, ReplyTo: None, Text: strings.Join(trimBlank(turn.words), "\n")})
		dates = append(dates, turn.when)
	}
	setTimes(t.Posts, dates)
	return true
}

// takeTurns says whether those who speak are so few that they answer one
// another: two at least, of whom one in three comes again.
func takeTurns(turns []turn) bool {
	times := map[string]int{}
	again := 0
	for _, turn := range turns {
		if times[turn.author]++; times[turn.author] == 2 {
			again++
		}
	}
	return len(times) >= 2 && again >= 1 && 3*again >= len(times)
}

// readTurn reads "mike: Out now.", "Alice (10:01): Out now.", and behind a time of
// day "00:10:01 Alice: Out now.", "[10:01] <mike> Out now."
func readTurn(line string) (turn, bool) {
	text, end := strings.TrimFunc(line, isSpace), ": "
	if i := strings.IndexFunc(text, isSpace); i > 0 && isClock(strings.Trim(text[:i], "[]")) {
		text = strings.TrimLeftFunc(text[i:], isSpace)
		text = strings.Replace(text, ":\t", end, 1)
		if nick, ok := strings.CutPrefix(text, "<"); ok {
			text, end = nick, "> "
		}
	}
	name, words, ok := strings.Cut(text, end)
	if words = strings.TrimFunc(words, isSpace); !ok || words == "" || len(name) > 80 {
		return turn{}, false
	}
	var when date
	if bare, said, found := strings.Cut(strings.TrimSuffix(name, ")"), " ("); found {
		if !isClock(said) && !isDated(said) {
			return turn{}, false
		}
		name = bare
		when, _, _ = dateLine(said)
	}
	return turn{author: name, when: when, words: []string{words}}, isTurnName(name)
}

// isClock says whether a text is a time of the day: "10:01", "10:01:22 PM".
func isClock(text string) bool {
	return text != "" && text[0] >= '0' && text[0] <= '9' && strings.ContainsRune(text, ':') && slices.ContainsFunc([]string{"15:04", "15:04:05", "3:04 PM", "3:04:05 PM", "3:04PM", "3:04 pm", "3:04pm"}, func(layout string) bool {
		_, err := time.Parse(layout, text)
		return err == nil
	})
}

// isTurnName says whether a text can be the name of who speaks and is none of
// what posts say before a colon. A name of more words has capitals, and may have
// a title: "SEN. HALE".
func isTurnName(name string) bool {
	name = strings.ReplaceAll(name, ". ", " ")
	words := strings.Split(name, " ")
	if !isSpeaker(name) || utf8.RuneCountInString(name) > 25 || len(words) > 3 {
		return false
	}
	for i, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		if i == 0 && !unicode.IsLetter(first) && first != '@' && first != '_' || len(words) > 1 && unicode.IsLower(first) {
			return false
		}
	}
	lower := strings.ToLower(strings.TrimRight(name, " 0123456789")) // "Option 2"
	return !openings[lower] && !blockLabels[strings.ToLower(name)]
}

// openings are what posts say before a colon and is no name, in lower case.
var openings = set("note", "notes", "nb", "ps", "pps", "postscript", "source", "sources", "edit", "edited", "update", "updated", "correction", "tldr", "fyi", "btw", "imo", "imho", "eta", "re", "fw", "fwd", "cc", "to", "from", "by", "via", "date", "sent", "subject",
	"title", "author", "name", "age", "link", "links", "url", "http", "https", "page", "photo", "video", "image", "caption", "time", "place", "where", "when", "who", "what", "why", "how",
	"quote", "quotes", "comment", "reply", "response", "answer", "question", "ans", "query", "poll", "result", "results", "pro", "pros", "con", "cons", "for", "against", "in favor", "in favour",
	"fact", "facts", "myth", "myths", "truth", "reality", "fiction", "claim", "claims", "lie", "lies", "true", "false", "yes", "no", "before", "after", "then", "now", "today", "yesterday", "old", "new", "first", "second", "third", "last", "finally", "also", "and", "but", "so", "or", "plus",
	"example", "examples", "eg", "ie", "hint", "tip", "warning", "disclaimer", "spoiler", "reminder", "rule", "summary", "conclusion", "introduction", "background", "context", "point", "reason", "problem", "solution", "cause", "effect", "premise",
	"step", "part", "chapter", "section", "article", "option", "case", "scenario", "phase", "item", "number", "day", "week", "year", "verse", "main entry", "function", "etymology", "definition", "noun", "verb", "adjective", "translation", "original",
	"good", "bad", "best", "worst", "better", "worse", "winner", "loser", "left", "right", "party", "state", "country", "city", "religion", "gender", "race", "topic", "forum", "category", "tags", "breaking", "headline", "opinion", "analysis", "fixed", "sarcasm", "joke", "score", "rating", "verdict", "total", "cost", "price", "goal", "plan")
