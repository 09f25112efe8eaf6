package mail

import (
	"slices"
	"strings"

	"threadstance/thread"
	"threadstance/thread/plain"
	"threadstance/thread/quote"
)

// A message often stands whole below the words of who answers it or passes it
// on, with no signs at its lines. It has a head then: a title, "-----Original
// Message-----", the fields "From:", "Sent:", "To:" and "Subject:", or both; or
// it is introduced, "On Mon, Mar 4, 2024 at 9:12 AM Noor wrote:".

// markMessages says whose words the lines of a message are, and how deep they
// are quoted: as deep as their signs tell, and below the head of another
// message one deeper. Below words that introduce one, a reply may follow: where
// the text that is answered has some of the words, the rest is none of it. With
// nothing above it, a head has to tell of someone else than the author.
func markMessages(text, author, answered string, lines []mailLine) {
	signed := slices.ContainsFunc(lines, func(l mailLine) bool { return l.Depth > 0 })
	start, end, deep := 0, len(lines), 0 // of the message under way
	for i, says := 0, false; i < end; i++ {
		if lines[i].Depth > 0 {
			continue
		}
		n, h := messageHead(text, lines, i)
		isHead := n > 0 && (says || h.Author != "" && !strings.Contains(h.Author, author))
		if !isHead && says && !signed {
			n, h = attributionLines(text, lines, i)
		}
		if !isHead && !introducesMessage(h.Author) {
			says = says || lines[i].words(text) != ""
			continue
		}
		if body := skipBlankLines(text, lines, i+n); body < len(lines) && lines[body].Depth > 0 {
			i += n - 1 // the signs tell what is quoted
			continue
		}
		if !isHead && deep == 0 {
			end = i + n + wordsOf(text, lines[i+n:], answered)
		}
		markMessage(text, lines[start:i], deep)
		for start = i; start < i+n; start++ {
			lines[start].kind, lines[start].Depth = thread.Quote, deep
		}
		end = max(end, start)
		i, says = start-1, false
		deep++
	}
	markMessage(text, lines[start:end], deep)
	markMessage(text, lines[end:], 0)
}

// markMessage marks the lines of one message, which is quoted so deep.
func markMessage(text string, lines []mailLine, deep int) {
	signature := signatureLine(text, lines)
	for i := range lines {
		lines[i].Depth += deep
		switch {
		case i >= signature:
			lines[i].kind = thread.Chrome
		case lines[i].Depth > 0:
			lines[i].kind = thread.Quote
		}
	}
}

// introducesMessage says whether words are sure to be a program's over a
// message: who wrote it, with an address or a time of day.
func introducesMessage(words string) bool {
	who := strings.TrimSuffix(strings.TrimSuffix(words, " writes:"), " wrote:")
	if who == words {
		return false
	}
	return strings.HasSuffix(who, ">") || quote.StartsAttribution(words) && (strings.Contains(who, "@") || quote.HasTimeOfDay(who))
}

// wordsOf says how many of the lines, up to the last one that does, have most
// of their words from the text that is answered; all where none does. Of that
// text it looks at the beginning, as long as the lines may need.
func wordsOf(text string, lines []mailLine, answered string) int {
	if len(lines) == 0 {
		return 0
	}
	known := map[uint64]bool{}
	var s quote.Shingles
	s.Each(answered[:min(len(answered), 2*(len(text)-lines[0].Start))], func(hash uint64) { known[hash] = true })
	last := len(lines)
	s = quote.Shingles{}
	for i, l := range lines {
		total, found := 0, 0
		s.Each(l.words(text), func(hash uint64) {
			total++
			if known[hash] {
				found++
			}
		})
		if found > 0 && 2*found >= total {
			last = i + 1
		}
	}
	return last
}

// maxHead bounds the lines of a head: long lists of receivers are wrapped.
const maxHead = 30

// headTitles stand between dashes over a message.
var headTitles = plain.Set("original message", "forwarded message",
	"ursprüngliche nachricht", "originalnachricht", "original-nachricht", "weitergeleitete nachricht",
	"message d'origine", "message d’origine", "message original", "message transféré",
	"mensaje original", "mensaje reenviado")

// headBegins are whole lines that say the same.
var headBegins = plain.Set("begin forwarded message:", "anfang der weitergeleiteten nachricht:",
	"début du message réexpédié :", "début du message transféré :", "inicio del mensaje reenviado:")

// headField is what a field of a head tells.
type headField uint8

const (
	fromField headField = 1 << iota
	dateField
	toField
	subjectField
	otherField
)

// headFields are the fields of a head, in lower case: in English, German,
// French and Spanish.
var headFields = map[string]headField{
	"from": fromField, "von": fromField, "de": fromField,
	"sent": dateField, "date": dateField, "gesendet": dateField, "datum": dateField, "envoyé": dateField, "enviado": dateField, "enviado el": dateField, "fecha": dateField,
	"to": toField, "an": toField, "à": toField, "para": toField,
	"subject": subjectField, "betreff": subjectField, "objet": subjectField, "asunto": subjectField,
	"cc": otherField, "bcc": otherField, "reply-to": otherField, "newsgroups": otherField, "importance": otherField, "attachments": otherField,
}

// messageHead says how many lines from line i on are the head of a message, and
// whom that is from, as far as the head tells. It is 0 where they are none.
func messageHead(text string, lines []mailLine, i int) (int, quote.Hint) {
	words := lines[i].words(text)
	rest, titled := headTitle(words)
	fields := i // the line where they begin
	switch {
	case titled && rest == "" || strings.HasPrefix(words, "_") && isRule(words):
		fields++
		if fields < len(lines) && lines[fields].words(text) == "" {
			fields++
		}
	case !titled && i > 0 && lines[i-1].words(text) != "": // a memo, and prose
		return 0, quote.Hint{}
	case !titled:
		rest = words
	}
	n, from, told := readFields(text, lines, fields, rest, !titled)
	switch {
	case n > 0 && titled, told&dateField != 0 && told&(toField|subjectField) != 0:
		return fields + n - i, quote.Hint{Author: sender(from)}
	case !titled:
		return 0, quote.Hint{}
	}
	if n, h := attributionLines(text, lines, fields); n > 0 {
		return fields + n - i, h
	}
	return 1, quote.Hint{}
}

// headTitle says whether a line is the title of a head, and what stands in it
// after the title: some programs join the first field to it.
func headTitle(line string) (rest string, ok bool) {
	dashed, ok := strings.CutPrefix(line, "--")
	if !ok {
		return "", len(line) < 60 && strings.HasSuffix(line, ":") && headBegins[strings.ToLower(line)]
	}
	title, rest, ok := strings.Cut(strings.TrimLeft(dashed, "- "), "--")
	return strings.TrimLeft(rest, "- "), ok && len(title) < 60 && headTitles[strings.ToLower(strings.TrimSpace(title))]
}

// readFields reads the fields of a head from line i on, or from the rest of
// that line: how many lines they take, whom the message is from, and all that
// is told. It may be asked for fields that begin with the one of the sender.
func readFields(text string, lines []mailLine, i int, rest string, fromFirst bool) (n int, from string, told headField) {
	for k := i; k < len(lines) && k < i+maxHead && lines[k].Depth == lines[i].Depth; k++ {
		words := lines[k].words(text)
		if k == i && rest != "" {
			words = rest
		}
		if words == "" {
			break
		}
		field, value := readField(words)
		if k == i && (field == 0 || fromFirst && field != fromField) {
			break
		}
		if field == 0 { // the field above goes on
			continue
		}
		if field == fromField && from == "" {
			from = value
		}
		told |= field
		n = k + 1 - i
	}
	return n, from, told
}

// readField reads a line of a head; it is 0 where the line is no field.
func readField(line string) (headField, string) {
	name, value, ok := strings.Cut(line, ":")
	if !ok || len(name) > 20 {
		return 0, ""
	}
	return headFields[strings.ToLower(strings.Trim(name, spaceOrBold))], strings.Trim(value, spaceOrBold)
}

// spaceOrBold stands around the name of a field: "De :", "*From:*".
const spaceOrBold = " \t\u00a0*"

// sender is the author that a "From:" names, as attributions have it: the
// address with the name in brackets behind it.
func sender(from string) string {
	if _, author, ok := strings.Cut(from, "On Behalf Of "); ok {
		from = author
	}
	from = strings.NewReplacer("[mailto:", "<", "[", "<", "]", ">").Replace(from)
	name, address, _ := strings.Cut(fromName(from), "\x00")
	if name == "" && !strings.Contains(address, "@") {
		name, address = address, ""
	}
	return address + " (" + name + ")"
}
