package text

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
	"threadstance/thread/read/gather"
)

// turn is what one says in a transcript.
type turn struct {
	author string
	when   date.Date
	words  []string // its lines, the first without who speaks
	sure   bool     // the name is in capitals, or is that of a question or an answer
}

// splitTurns reads a transcript: two in three at least of its paragraphs, or of
// its lines where no blank ones part them, begin with who speaks, and no more
// than a title stands above the first. Above a dialogue that someone posts there
// are most often the poster's own words. Where the names are in capitals, and
// there are more than three turns, one may speak on for some paragraphs.
func splitTurns(t *thread.Thread, lines []string) bool {
	lines = trimBlank(lines)
	title := ""
	if _, ok := readTurn(lines[0]); !ok {
		title, lines = lineAt(lines, 0), trimBlank(lines[1:])
	}
	var turns []turn
	apart, sure := true, true // each turn is a paragraph; is of a sure name
	paragraphs, rest := 0, 0
	for at, line := range lines {
		opens := lineAt(lines, at-1) == ""
		turn, ok := readTurn(line)
		switch {
		case ok:
			turns = append(turns, turn)
			apart, sure = apart && opens, sure && turn.sure
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
	shortNames(turns)
	if !takeTurns(turns) || len(turns) < 2*rest && !(sure && len(turns) > 3 && 4*len(turns) >= rest && speakSentences(turns)) {
		return false
	}
	setTurns(t, title, turns)
	return true
}

// setTurns makes posts of the turns of a transcript.
func setTurns(t *thread.Thread, title string, turns []turn) {
	t.Title = title
	var dates []date.Date
	for i, turn := range turns {
		post := thread.Post{Author: turn.author, ReplyTo: thread.None, Text: strings.Join(trimBlank(turn.words), "\n")}
		if turn.author == "A" && i > 0 && turns[i-1].author == "Q" {
			post.ReplyTo = i - 1
		}
		markWithin(&post, stageDirection)
		t.Posts, dates = append(t.Posts, post), append(dates, turn.when)
	}
	gather.SetTimes(t.Posts, dates)
}

// splitCues reads a transcript in which who speaks stands above the words, in
// capitals on a line alone: two at least, each again and again, who take turns, and
// nothing else on a line in capitals but a title above all. Headings seldom come again
// so; and below them nobody asks, or ends as speech does.
func splitCues(t *thread.Thread, lines []string) bool {
	lines = trimBlank(lines)
	title := ""
	if !inCapitals(lines[0]) {
		title, lines = lineAt(lines, 0), trimBlank(lines[1:])
	}
	var turns []turn
	for at, line := range lines {
		name, ok := capitalName(lineAt(lines, at))
		switch capitals := inCapitals(line); {
		case capitals && ok:
			turns = append(turns, turn{author: name, sure: true})
		case capitals || len(turns) == 0 && lineAt(lines, at) != "":
			return false
		case len(turns) > 0:
			last := &turns[len(turns)-1]
			last.words = append(last.words, line)
		}
	}
	if len(turns) > 0 && title == "" && len(trimBlank(turns[0].words)) == 0 {
		title, turns = lineAt(lines, 0), turns[1:]
	}
	shortNames(turns)
	if !alternate(turns) || !ask(turns) || !speakSentences(turns) {
		return false
	}
	setTurns(t, title, turns)
	return true
}

// inCapitals says whether a line is written in capitals, and is no stage direction.
func inCapitals(line string) bool {
	text := strings.TrimFunc(smallLetters.Replace(line), plain.IsSpace)
	return text == strings.ToUpper(text) && text != strings.ToLower(text) && stageDirection(line) > 0
}

// ask says whether anyone asks.
func ask(turns []turn) bool {
	return slices.ContainsFunc(turns, func(turn turn) bool {
		return slices.ContainsFunc(turn.words, func(line string) bool { return strings.Contains(line, "?") })
	})
}

// alternate says whether two or more speak again and again, each after another, and
// all say something.
func alternate(turns []turn) bool {
	times := map[string]int{}
	for i, turn := range turns {
		if i > 0 && turn.author == turns[i-1].author || len(trimBlank(turn.words)) == 0 {
			return false
		}
		times[turn.author]++
	}
	for _, n := range times {
		if n < 2 {
			return false
		}
	}
	return len(times) >= 2
}

// speakSentences says whether most of what is said ends as speech is written down.
// What stands below headings in capitals does not.
func speakSentences(turns []turn) bool {
	ended := 0
	for _, turn := range turns {
		if _, line := lastLine(turn.words); strings.ContainsRune(".?!…-–—)]", plain.LastRune(line)) {
			ended++
		}
	}
	return 3*ended >= 2*len(turns)
}

// shortNames gives who is introduced with a longer name, "SEN. ANN HALE", and
// then called "HALE", one name.
func shortNames(turns []turn) {
	longer := map[string]string{} // by its last word; "" where two have it
	for _, turn := range turns {
		last := turn.author[strings.LastIndexByte(turn.author, ' ')+1:]
		if name, ok := longer[last]; turn.sure && last != turn.author && name != turn.author {
			longer[last] = turn.author
			if ok {
				longer[last] = ""
			}
		}
	}
	for i := range turns {
		if name := longer[turns[i].author]; name != "" && turns[i].sure {
			turns[i].author = name
		}
	}
}

// stageDirection returns 0 for a line in brackets, in which a transcript tells what
// is heard, "(APPLAUSE)", and the length of any other.
func stageDirection(line string) int {
	text := strings.TrimFunc(line, plain.IsSpace)
	for _, brackets := range []string{"()", "[]"} {
		if len(text) > 2 && len(text) <= 40 && text[0] == brackets[0] && strings.IndexByte(text, brackets[1]) == len(text)-1 {
			return 0
		}
	}
	return len(line)
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
// day "00:10:01 Alice: Out now.", "[10:01] <mike> Out now." Names in capitals
// may stand alone, "SENATOR KEMP:", and who they are behind them: "ANN HALE (R-OH),
// CANDIDATE: Out now."
func readTurn(line string) (turn, bool) {
	text, end := strings.TrimFunc(line, plain.IsSpace), ": "
	if i := strings.IndexFunc(text, plain.IsSpace); i > 0 && isClock(strings.Trim(text[:i], "[]")) {
		text = strings.TrimLeftFunc(text[i:], plain.IsSpace)
		text = strings.Replace(text, ":\t", end, 1)
		if nick, ok := strings.CutPrefix(text, "<"); ok {
			text, end = nick, "> "
		}
	}
	name, words, ok := strings.Cut(text, end)
	if !ok {
		name, ok = strings.CutSuffix(text, ":")
	}
	if !ok || len(name) > 80 {
		return turn{}, false
	}
	words = strings.TrimFunc(words, plain.IsSpace)
	if bare, sure := capitalName(name); sure {
		return turn{author: bare, words: []string{words}, sure: true}, true
	}
	if words == "" {
		return turn{}, false
	}
	var when date.Date
	if bare, said, found := strings.Cut(strings.TrimSuffix(name, ")"), " ("); found {
		if !isClock(said) && !forum.IsDated(said) {
			return turn{}, false
		}
		name = bare
		when, _, _ = forum.DateLine(said)
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

// capitalName returns who speaks, where the name is in capitals or that of a question
// or an answer, and is false for all else.
func capitalName(text string) (name string, ok bool) {
	if text == "Q" || text == "A" {
		return text, true
	}
	name, _, _ = strings.Cut(text, ",")
	name, _, _ = strings.Cut(name, " (")
	bare := strings.TrimFunc(smallLetters.Replace(name), plain.IsSpace)
	if len(name) < 3 || len(name) > 40 || strings.Count(name, " ") > 4 || strings.ToUpper(bare) != bare || strings.Trim(bare, "0123456789") == "" {
		return "", false
	}
	for i, r := range bare {
		if !unicode.IsLetter(r) && (i == 0 || !strings.ContainsRune(" .'’-0123456789", r)) {
			return "", false
		}
	}
	return name, !isOpening(name)
}

// smallLetters are those of names that are else in capitals.
var smallLetters = strings.NewReplacer("Mc", "", "Mr.", "", "Mrs.", "", "Ms.", "", "Dr.", "", "Sen.", "", "Rep.", "", "Gov.", "")

// isTurnName says whether a text can be the name of who speaks and is none of
// what posts say before a colon. A name of more words has capitals, and may have
// a title: "SEN. HALE".
func isTurnName(name string) bool {
	name = strings.ReplaceAll(name, ". ", " ")
	words := strings.Split(name, " ")
	if !forum.IsSpeaker(name) || utf8.RuneCountInString(name) > 25 || len(words) > 3 {
		return false
	}
	for i, word := range words {
		first, _ := utf8.DecodeRuneInString(word)
		if i == 0 && !unicode.IsLetter(first) && first != '@' && first != '_' || len(words) > 1 && unicode.IsLower(first) {
			return false
		}
	}
	return !isOpening(name)
}

// isOpening says whether a text is what posts say before a colon, or a label.
func isOpening(text string) bool {
	lower := strings.ToLower(text)
	return openings[strings.TrimRight(lower, " 0123456789")] || blockLabels[lower] // "Option 2"
}

// openings are what posts say before a colon and is no name, in lower case.
var openings = plain.Set("note", "notes", "nb", "ps", "pps", "postscript", "source", "sources", "edit", "edited", "update", "updated", "correction", "tldr", "fyi", "btw", "imo", "imho", "eta", "re", "fw", "fwd", "cc", "to", "from", "by", "via", "date", "sent", "subject",
	"title", "author", "name", "age", "link", "links", "url", "http", "https", "page", "photo", "video", "image", "caption", "time", "place", "where", "when", "who", "what", "why", "how",
	"quote", "quotes", "comment", "reply", "response", "answer", "question", "ans", "query", "poll", "result", "results", "pro", "pros", "con", "cons", "for", "against", "in favor", "in favour",
	"fact", "facts", "myth", "myths", "truth", "reality", "fiction", "claim", "claims", "lie", "lies", "true", "false", "yes", "no", "before", "after", "then", "now", "today", "yesterday", "old", "new", "first", "second", "third", "last", "finally", "also", "and", "but", "so", "or", "plus",
	"example", "examples", "eg", "ie", "hint", "tip", "warning", "disclaimer", "spoiler", "reminder", "rule", "summary", "conclusion", "introduction", "background", "context", "point", "reason", "problem", "solution", "cause", "effect", "premise",
	"step", "part", "chapter", "section", "article", "option", "case", "scenario", "phase", "item", "number", "day", "week", "year", "verse", "main entry", "function", "etymology", "definition", "noun", "verb", "adjective", "translation", "original",
	"good", "bad", "best", "worst", "better", "worse", "winner", "loser", "left", "right", "party", "state", "country", "city", "religion", "gender", "race", "topic", "forum", "category", "tags", "breaking", "headline", "opinion", "analysis", "fixed", "sarcasm", "joke", "score", "rating", "verdict", "total", "cost", "price", "goal", "plan",
	"todo", "fixme", "bug", "important", "caution", "danger", "info", "error", "debug", "usage", "options", "synopsis", "description", "see also", "ingredients", "method", "directions", "instructions", "requirements", "installation", "input", "output", "inputs", "outputs", "returns", "arguments", "args", "parameters",
	"license", "copyright", "format", "files", "upstream-name", "upstream-contact", "about", "features", "overview", "details", "participants", "moderators", "panelists", "speakers", "guests", "transcript", "references", "appendix", "strengths", "weaknesses", "opportunities", "threats", "screen", "battery", "camera")
