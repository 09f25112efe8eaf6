package text

import (
	"slices"
	"strings"
	"unicode/utf8"

	"threadstance/thread/date"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
)

// Comments below articles, videos and posts: Disqus, YouTube, Facebook, WordPress, the
// sites of newspapers. Above the words stand a name and how old they are, and below them
// buttons to answer or to praise. Facebook has the age among the buttons.

// commentHead reads a name, what stands beside it and an age or a date, in one
// line ("Noor Haddad • 3 hours ago") or in a few. Beside the name may stand a badge, a place,
// and who is answered; where they have lines of their own, the site's words must
// stand above the name, which it could not be told from them without.
func commentHead(lines []string, at int) (h head, ok bool) {
	name, pictured := picture(lines, at)
	if beside, when, dated := datedLine(lineAt(lines, name)); dated && beside != "" {
		h.author, h.answers, ok = besideName(beside)
		h.when, h.next = when, name+1
		return h, ok
	}
	h.next = name + 1
	for range 3 {
		k := skipBlank(lines, h.next)
		line := lineAt(lines, k)
		if k-h.next > 1 || line == "" || utf8.RuneCountInString(line) > 60 {
			return head{}, false
		}
		beside, when, dated := datedLine(line)
		h.next = k + 1
		if !dated {
			h.answers = append(h.answers, line)
			continue
		}
		h.author, h.when = commenter(lineAt(lines, name)), when
		if !isCommenter(h.author) || slices.ContainsFunc(h.answers, endsSentence) {
			return head{}, false
		}
		if (beside != "" || h.answers != nil) && !pictured && !isCommentSite(lineAbove(lines, at)) {
			return head{}, false
		}
		h.next = skipBadges(lines, h.next)
		if !when.IsZero() && plain.IsNumber(lineAt(lines, h.next)) { // votes, at the Guardian
			h.next++
		}
		return h, true
	}
	return head{}, false
}

// commenter takes off a name what YouTube has before it and WordPress behind it:
// "@noor", "Noor says:".
func commenter(line string) string {
	line = strings.TrimPrefix(line, "@")
	for _, says := range []string{" says:", " said:", " sagt:", " dit :", " dice:"} {
		line = strings.TrimSuffix(line, says)
	}
	return line
}

// picture steps over what stands for a commenter's picture above the name, and
// says whether there was such a thing.
func picture(lines []string, at int) (name int, pictured bool) {
	if lineAt(lines, at) == "Avatar" {
		return skipBlank(lines, at+1), true
	}
	return avatar(lines, at)
}

// datedLine reads a line that ends in an age or a date, behind a dot or a bar where
// something stands before it: "3 hours ago (edited)", "Boston | Feb. 3, 2025".
// Of an age, and of a date without a year, the time is not known.
func datedLine(line string) (beside string, when date.Date, ok bool) {
	if len(line) > 120 || !strings.ContainsAny(line, "0123456789") && !strings.Contains(line, " ago") && !strings.Contains(line, "now") && !plain.HasAnyPrefix(line, "vor ", "il y a ", "hace ") {
		return "", date.Date{}, false
	}
	for _, mark := range []string{" (edited)", " (bearbeitet)", " (modifié)", " (editado)", " edited", "• Edited", "· Edited", "· Bearbeitet", "· Modifié", "· Editado", " ·"} {
		line = strings.TrimSuffix(line, mark)
	}
	if i := strings.LastIndexAny(line, "•·|"); i >= 0 {
		_, size := utf8.DecodeRuneInString(line[i:])
		beside, line = strings.TrimFunc(line[:i], plain.IsSpace), line[i+size:]
	}
	line = strings.TrimFunc(line, plain.IsSpace)
	if day, clock, found := strings.Cut(line, " at "); found && isClock(clock) && !forum.IsDated(line) {
		line = day
	}
	if plain.IsNumber(line) || strings.HasPrefix(line, "#") {
		return "", date.Date{}, false
	}
	if isAgeInWords(line) {
		return beside, date.Date{}, true
	}
	if when, _, ok = forum.DateLine(line); ok {
		return beside, when, true
	}
	when, ok = discourseDate(strings.Replace(line, ". ", " ", 1))
	return beside, when, ok
}

// isAgeInWords says whether a line is an age as [forum.IsAge] knows it, or with a word
// for the figure, or in German, French or Spanish: "an hour ago", "vor 3 Stunden".
func isAgeInWords(line string) bool {
	if len(line) > 25 {
		return false
	}
	line = strings.ToLower(line)
	for _, ago := range []string{"vor ", "il y a ", "hace "} {
		line = strings.TrimPrefix(line, ago)
	}
	for _, figure := range []string{"a few ", "an ", "a ", "einer ", "einem ", "une ", "un ", "una "} {
		if unit, ok := strings.CutPrefix(line, figure); ok {
			line = "1 " + unit
			break
		}
	}
	figure, unit, _ := strings.Cut(line, " ")
	return forum.IsAge(line) || len(figure) <= 3 && plain.IsNumber(figure) && foreignUnits[strings.TrimSuffix(unit, ".")]
}

var foreignUnits = plain.Set("sek", "sekunden", "min", "minute", "minuten", "std", "stunde", "stunden", "tag", "tage", "tagen", "woche", "wochen", "wo", "monat", "monate", "monaten", "jahr", "jahre", "jahren",
	"secondes", "heure", "heures", "j", "jour", "jours", "sem", "semaine", "semaines", "mois", "an", "ans", "segundos", "minuto", "minutos", "hora", "horas", "día", "días", "semana", "semanas", "mes", "meses", "año", "años")

// besideName parts what Disqus has before the age: a name, a badge or none, and
// behind a wider space who is answered.
func besideName(text string) (author string, answers []string, ok bool) {
	author, answered, found := cutWide(text)
	if found {
		answers = []string{answered}
	}
	for _, badge := range []string{" Mod", " Guest"} {
		author = strings.TrimSuffix(author, badge)
	}
	return author, answers, isCommenter(author)
}

// cutWide cuts a text at the first white space that is more than one character
// wide.
func cutWide(text string) (before, after string, found bool) {
	last := false
	for i, r := range text {
		if plain.IsSpace(r) && last {
			return strings.TrimFunc(text[:i], plain.IsSpace), strings.TrimFunc(text[i:], plain.IsSpace), true
		}
		last = plain.IsSpace(r)
	}
	return text, "", false
}

// agelessHead reads a name alone above words that end in an age and buttons, as
// Facebook and Instagram have it. The site's words stand above the name.
func agelessHead(lines []string, at int) (h head, ok bool) {
	h.author = lineAt(lines, at)
	above := lineAbove(lines, at)
	if !isCommenter(h.author) || isAged(h.author) || above != "" && !isAged(above) && !isCommentSite(above) {
		return head{}, false
	}
	h.next = skipBadges(lines, at+1)
	beside, when, known := datedLine(lineAt(lines, h.next))
	if known = known && beside == ""; known { // of what is commented on
		h.when, h.next = when, h.next+1
	}
	said, aged, button := false, known, false
	for _, line := range lines[h.next:min(len(lines), h.next+longestComment)] {
		line = strings.TrimFunc(line, plain.IsSpace)
		when, dated := agedLine(line)
		switch {
		case line == "":
		case !dated && !isCommentFoot(line):
			if said && button { // the next name
				return h, aged
			}
			said, aged, button = true, known, false
		default:
			if h.when.IsZero() {
				h.when = when
			}
			aged = aged || dated
			button = button || isButton(line)
		}
	}
	return h, said && aged && button
}

// agedLine reads the age of a comment that stands alone in a line or behind
// buttons: "3h", "Like · Reply · February 3 at 10:14 AM".
func agedLine(line string) (when date.Date, ok bool) {
	beside, when, ok := datedLine(line)
	return when, ok && (beside == "" || isCommentFoot(beside))
}

// skipBadges steps over what the site calls a commenter below the name.
func skipBadges(lines []string, at int) int {
	for range 3 {
		k := skipBlank(lines, at)
		if !badges[strings.ToLower(lineAt(lines, k))] {
			break
		}
		at = k + 1
	}
	return at
}

var badges = plain.Set("author", "top fan", "top contributor", "admin", "moderator", "verified", "rising contributor", "follow", "times pick", "guardian pick", "featured comment", "highlighted comment", "highlighted reply")

// longestComment is how many lines below a name are looked through for buttons,
// which bounds the work.
const longestComment = 100

// isAged says whether a line is a site's below a comment where the age is there
// too: "3h", "Like · Reply · 3h".
func isAged(line string) bool {
	_, aged := agedLine(line)
	return aged || isCommentFoot(line)
}

// lineAbove returns the last line above one that says anything, "" where none does.
func lineAbove(lines []string, at int) string {
	_, line := lastLine(lines[:at])
	return line
}

// isCommenter says whether a line can be the name of who comments. It may end in an
// initial.
func isCommenter(line string) bool {
	if line == "" || utf8.RuneCountInString(line) > 60 || strings.Count(line, " ") > 4 || strings.ContainsAny(line, "\"“”<>/:;?!") || strings.ContainsRune(",…)", plain.LastRune(line)) {
		return false
	}
	if rest, dot := strings.CutSuffix(line, "."); dot && utf8.RuneCountInString(rest[strings.LastIndexByte(rest, ' ')+1:]) > 2 {
		return false
	}
	return strings.ContainsFunc(line, plain.IsNameRune) && !plain.IsNumber(line) && !isCommentSite(line) && !forum.IsDated(line)
}

// haveButtons says whether buttons to answer or to praise stand below the words
// of half at least of the posts that begin at the starts.
func haveButtons(lines []string, starts []int) bool {
	with := 0
	for i, start := range starts {
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if slices.ContainsFunc(lines[start:end], func(line string) bool { return isButton(strings.TrimFunc(line, plain.IsSpace)) }) {
			with++
		}
	}
	return 2*with >= len(starts)
}

// isButton says whether a line is of buttons to answer or to praise a comment.
func isButton(line string) bool {
	return isAged(line) && slices.ContainsFunc(buttonsOf(line), func(part string) bool {
		switch part = strings.ToLower(part); part {
		case "reply", "like", "recommend", "report", "flag", "antworten", "gefällt mir", "répondre", "j'aime", "j’aime", "responder", "me gusta":
			return true
		default:
			return isCount(part, "recommend")
		}
	})
}

// buttonsOf parts a line at the dots and bars between its buttons.
func buttonsOf(line string) []string {
	parts := strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune("•·|›\t", r) })
	for i := range parts {
		parts[i] = strings.TrimFunc(parts[i], plain.IsSpace)
	}
	return parts
}

// commentFeet are the words of sites around comments, in lower case.
var commentFeet = plain.Set("", "reply", "like", "share", "report", "recommend", "flag", "edit", "delete", "permalink", "link", "copy link", "save", "subscribe", "follow", "following", "comment", "comments", "tweet", "favorite", "login", "log in",
	"see more", "see less", "read more", "show less", "show more", "load more", "translate", "edited", "−", "⚑", "△", "▽", "▲", "▼", "✉subscribe", "dadd disqus to your site", "⚠do not sell my data", "add disqus to your site", "do not sell my data", "powered by disqus", "privacy", "privacy policy", "disqus' privacy policy", "🔒 disqus' privacy policy",
	"join the discussion…", "start the discussion…", "log in with", "or sign up with disqus", "sort by", "sort by best", "sort by newest", "sort by oldest", "comments for this thread are now closed", "comments for this thread are now closed.", "avatar",
	"add a comment...", "add a comment…", "add a public comment...", "add a public comment…", "top comments", "newest first", "most relevant", "all comments", "write a comment…", "write a comment...", "write a public comment…", "all reactions:",
	"reader picks", "nyt picks", "threads collapsed", "threads expanded", "hide replies", "show replies", "view replies", "more replies", "load more comments", "view more comments", "view previous comments", "show more replies", "view more replies", "show more comments",
	"antworten", "gefällt mir", "melden", "teilen", "bearbeitet", "weiterlesen", "relevanteste zuerst", "mehr anzeigen", "antworten anzeigen", "répondre", "j'aime", "j’aime", "signaler", "partager", "modifié", "plus pertinents", "lire la suite", "responder", "me gusta", "reportar", "compartir", "editado", "más relevantes", "leer más")

// commentTops are words that stand above comments alone: below one they may be the
// commenter's.
var commentTops = plain.Set("name", "?", "best", "newest", "oldest", "all", "x", "facebook", "twitter", "unrolled", "collapsed", "expanded")

// isCommentSite says whether a line above a name is the site's.
func isCommentSite(line string) bool {
	return isCommentFoot(line) || commentTops[strings.ToLower(line)]
}

// isCommentFoot says whether a line is a site's around comments: buttons, counts,
// and what leads to more of them.
func isCommentFoot(line string) bool {
	if line == "" || len(line) > 100 {
		return false
	}
	for _, part := range buttonsOf(line) {
		if !isCommentButton(part) && !(strings.ContainsAny(line, "•·") && isAgeInWords(part)) {
			return false
		}
	}
	return true
}

func isCommentButton(text string) bool {
	lower := strings.ToLower(text)
	figure := strings.Map(func(r rune) rune {
		if strings.ContainsRune(",.() △▽−+", r) {
			return -1
		}
		return r
	}, lower)
	if count, of, ok := strings.Cut(lower, " "); ok && plain.IsNumber(count) && plain.HasAnyPrefix(of, "thoughts on ", "thought on ", "comments on ", "comment on ", "responses to ", "response to ") {
		return true // WordPress's, above the comments
	}
	switch {
	case commentFeet[lower], badges[lower], plain.IsNumber(figure), isVotes(lower), strings.HasPrefix(lower, "pinned by "), strings.HasPrefix(lower, "featured by "), strings.HasPrefix(lower, "translate to "), strings.HasPrefix(lower, "comment as "), strings.HasPrefix(lower, "sort by:"), strings.HasPrefix(lower, "this discussion is now closed"), strings.HasPrefix(lower, "the times needs your voice"), strings.HasSuffix(lower, " replied"):
		return true
	}
	return isCounted(lower)
}

// isCounted says whether a text is a count of what stands around comments, alone
// or on a button: "4 replies", "View all 12 replies", "Recommend (12)".
func isCounted(lower string) bool {
	what := false
	words := strings.FieldsFunc(lower, func(r rune) bool { return strings.ContainsRune(" \u00a0():", r) })
	for _, word := range words {
		switch word {
		case "reply", "replies", "comment", "comments", "like", "likes", "share", "shares", "favorite", "login", "reaction", "reactions", "recommend", "recommends", "upvotes", "subscribers", "show", "antwort", "antworten", "kommentare", "réponse", "réponses", "commentaires", "respuesta", "respuestas", "comentarios":
			what = true
		case "view", "hide", "see", "load", "all", "more", "previous":
		default:
			if !plain.IsNumber(strings.ReplaceAll(word, ",", "")) && !isVotes(word) {
				return false
			}
		}
	}
	return what && len(words) > 1
}
