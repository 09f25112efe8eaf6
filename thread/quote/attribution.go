package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
)

// Attribution is where a text says whose words follow, and the name it has for them.
type Attribution struct {
	thread.Span
	Name string
}

// Attributions finds, in order, where a text names those whom it quotes: in lines
// that sites put over a quotation, in the tags of BBCode, and in the lines of mail,
// up to three, that end in "wrote:" or begin with "From:". Where prose may have such
// a line too, it names no one by a pronoun or an article.
func Attributions(text string) []Attribution {
	var found []Attribution
	lines := splitLines(text)
	for i := 0; i < len(lines); {
		var start int
		found, start = appendTagged(found, text, lines[i].Span)
		lines[i].Start = start
		n, name := attribution(text, lines[i:])
		if name != "" {
			found = append(found, Attribution{thread.Span{Start: start, End: lines[i+n-1].End}, name})
		}
		if n == 0 {
			found = appendBeside(found, text, lines[i].Span)
			n = 1
		}
		i += n
	}
	return found
}

// quotedLine is a line of a text without the signs of a quotation before it.
type quotedLine struct {
	thread.Span
	depth int
}

func splitLines(text string) []quotedLine {
	var lines []quotedLine
	for at := 0; at < len(text); {
		end := plain.LineEnd(text, at, len(text))
		m := ReadMark(text[at:end])
		lines = append(lines, quotedLine{thread.Trim(text, thread.Span{Start: at + m.Width, End: end}), m.Depth})
		at = end + 1
	}
	return lines
}

// appendTagged adds what the tags in a line name, and returns where the last ends.
func appendTagged(found []Attribution, text string, line thread.Span) ([]Attribution, int) {
	start := line.Start
	for at := line.Start; at < line.End; {
		n := strings.IndexByte(text[at:line.End], '[')
		if n < 0 {
			break
		}
		at += n
		tag, ok := ReadTag(text[at:line.End])
		if !ok {
			at++
			continue
		}
		if isName(tag.Author) {
			found = append(found, Attribution{thread.Span{Start: at, End: at + tag.End}, tag.Author})
		}
		at += tag.End
		start = at
	}
	return found, start
}

// appendBeside adds the names in brackets that stand behind an address in a line, or
// at its start where the line above ends in one, as mail has them of whom it speaks:
// "noor@tigris.example (Noor Aziz)".
func appendBeside(found []Attribution, text string, line thread.Span) []Attribution {
	for at := line.Start; at < line.End; {
		open := strings.IndexByte(text[at:line.End], '(')
		if open < 0 {
			break
		}
		at += open
		length := strings.IndexByte(text[at:line.End], ')')
		if length < 0 {
			break
		}
		before := strings.TrimRightFunc(text[max(0, at-maxAttribution):at], unicode.IsSpace)
		address := before[strings.LastIndexFunc(before, unicode.IsSpace)+1:]
		name := known(text[at+1 : at+length])
		if strings.IndexByte(address, '@') > 0 && isCapitalised(name) {
			found = append(found, Attribution{thread.Span{Start: at, End: at + length}, name})
		}
		at += length
	}
	return found
}

// isCapitalised says whether a text is two words or more that all begin with a
// capital.
func isCapitalised(text string) bool {
	words := strings.Fields(text)
	return len(words) >= 2 && !slices.ContainsFunc(words, func(word string) bool {
		first, _ := utf8.DecodeRuneInString(word)
		return !unicode.IsUpper(first)
	})
}

// maxAttribution is how many bytes a line of an attribution has at most.
const maxAttribution = 200

// attribution returns how many of the lines, from the first on, name whose words
// follow, and the name. It is 0 where they do not, and "" where it is no name.
func attribution(text string, lines []quotedLine) (n int, name string) {
	first := strings.TrimSpace(lines[0].Of(text))
	if first == "" || len(first) > maxAttribution {
		return 0, ""
	}
	if name, ok := siteName(first); ok {
		return 1, name
	}
	if sender, ok := fromField(first); ok {
		return 1, sender
	}
	words := ""
	for n := 1; n <= 3 && n <= len(lines); n++ {
		line := strings.TrimSpace(lines[n-1].Of(text))
		if line == "" || len(line) > maxAttribution || lines[n-1].depth != lines[0].depth {
			return 0, ""
		}
		words = strings.TrimLeft(words+" "+line, " ")
		if !EndsAttribution(words) {
			continue
		}
		starts := StartsAttribution(words)
		switch {
		case n > 1 && !starts:
			return 0, ""
		case !strings.Contains(words, "@") && !(starts && HasTimeOfDay(words)) && !quotesDeeper(text, lines, n):
			return 0, ""
		}
		return n, attributed(words)
	}
	return 0, ""
}

// quotesDeeper says whether below the first lines, blank ones aside, there is a line
// that is quoted deeper.
func quotesDeeper(text string, lines []quotedLine, n int) bool {
	depth := lines[0].depth
	for n < len(lines) && strings.TrimSpace(lines[n].Of(text)) == "" {
		n++
	}
	return n < len(lines) && lines[n].depth > depth
}

// siteName returns whom a line names that a site put over a quotation: as [Heading]
// has it, vBulletin's "Originally Posted by Noor", MyBB's "(02-03-2025, 10:14 AM)Noor
// Wrote:".
func siteName(line string) (name string, ok bool) {
	if name, ok := Heading(line); ok && !strings.Contains(name, "@") {
		return proseName(name), forum.IsSpeaker(name)
	}
	if when, rest, ok := strings.Cut(strings.TrimPrefix(line, "("), ")"); ok && line[0] == '(' && forum.IsDated(when) {
		name, ok := strings.CutSuffix(rest, " Wrote:")
		return known(name), ok
	}
	if name, ok := strings.CutPrefix(line, "Zitat von "); ok {
		return known(name), forum.IsSpeaker(name)
	}
	if plain.HasPrefixFold(line, "originally posted by ") || plain.HasPrefixFold(line, "quote originally posted by ") {
		return known(Author(strings.TrimSuffix(line, " View Post"))), true
	}
	return "", false
}

// fromField returns the name beside the address in a field of a message's head.
func fromField(line string) (name string, ok bool) {
	for _, field := range []string{"from:", "von:", "de :", "de:", "*from:*"} {
		if plain.HasPrefixFold(line, field) && strings.Contains(line, "@") {
			return attributed(line[len(field):]), true
		}
	}
	return "", false
}

// attributed returns the name in the words of an attribution of mail: in brackets
// behind the address, or what is left without the addresses, the verb, and the time.
func attributed(words string) string {
	if name := known(NameInBrackets(words)); name != "" && !strings.Contains(name, "@") && !isZone(name) {
		return name
	}
	words = AfterIdentifier(words)
	if before, after, ok := strings.Cut(words, " schrieb "); ok && known(after) != "" {
		words = after
	} else if ok {
		words = before
	}
	fields := strings.Fields(words)
	for i, field := range fields {
		if verbs[strings.Trim(strings.ToLower(field), ".:")] {
			fields = fields[:i]
			break
		}
	}
	for i := len(fields) - 1; i >= 0; i-- {
		if HasTimeOfDay(" "+fields[i]) || strings.HasSuffix(fields[i], ",") && isDatePart(fields[i]) || fields[i] == "article," || fields[i] == "message," {
			fields = fields[i+1:]
			break
		}
	}
	fields = slices.DeleteFunc(fields, func(field string) bool {
		return strings.ContainsAny(field, "@()") || field == "," || isZone(field) || isDatePart(field)
	})
	return proseName(strings.Join(fields, " "))
}

// verbs end attributions, and what stands between a name and them.
var verbs = plain.Set("writes", "wrote", "says", "said", "states", "asks", "replies", "responds", "schrieb", "a", "escribió", "who", "also", "once", "recently", "previously")

// isDatePart says whether a word is a number of a date, with what stands at it:
// "2020,", "4.", "+0100".
func isDatePart(word string) bool {
	return strings.ContainsAny(word, "0123456789") && strings.Trim(word, "0123456789.,:/+-") == ""
}

// isZone says whether a word belongs to a time: "AM", "(UTC)", "Uhr".
func isZone(word string) bool {
	word = strings.Trim(word, "(),.")
	switch strings.ToLower(word) {
	case "am", "pm", "a.m", "p.m", "uhr":
		return true
	}
	return len(word) <= 4 && len(word) > 2 && strings.HasSuffix(word, "T") && strings.ToUpper(word) == word || word == "UTC"
}

// proseName is known for what may be prose: without the words that join it to
// what stands above, and "" where a pronoun or an article tells that it is no name.
func proseName(name string) string {
	name = known(name)
	if strings.ContainsAny(name, "()") { // half of what stands in brackets
		return ""
	}
	for {
		first, rest, more := strings.Cut(name, " ")
		switch first = strings.ToLower(first); {
		case more && joining[first]:
			name = known(rest)
		case slices.ContainsFunc(strings.Fields(strings.ToLower(name)), func(word string) bool { return pronouns[word] }), articles[first]:
			return ""
		default:
			return name
		}
	}
}

var (
	joining  = plain.Set("as", "and", "but", "or", "so", "then", "also", "when", "where", "what", "like", "here", "because", "if", "once", "earlier", "later", "again")
	pronouns = plain.Set("i", "i've", "me", "my", "we", "us", "our", "you", "your", "he", "his", "him", "she", "her", "it", "its", "they", "their", "them", "who", "someone", "somebody", "anyone", "anybody", "everyone", "everybody", "nobody", "one", "people", "others", "which", "whoever")
	articles = plain.Set("the", "a", "an", "this", "that", "these", "those", "some", "any", "another", "other", "every", "all", "many", "most")
)

// known returns a name without the signs around it, "" for what is none.
func known(name string) string {
	if !strings.Contains(name, "[") { // half a tag
		name, _, _ = strings.Cut(name, "]")
	}
	name = strings.Trim(name, " \t\u00a0:,;@*\"“”'↑")
	if !isName(name) {
		return ""
	}
	return name
}

// isName says whether a text can be a name.
func isName(text string) bool {
	n := utf8.RuneCountInString(text)
	return n >= 2 && n <= 60 && strings.Count(text, " ") <= 4 && strings.ContainsFunc(text, unicode.IsLetter) && !strings.ContainsAny(text, "<>\n")
}
