package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/thread/date"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
)

// Forums with a block for each poster: XenForo, vBulletin, phpBB, MyBB and
// others. A block is the name, up to four lines of rank and standing, and pairs
// of a label and a figure ("Joined", "Messages"); above or below it stand the
// post's date and number.

// blockLabels are what forums count beside a poster's name, in lower case, in
// English, German, French and Spanish, as are all words of forums here.
var blockLabels = plain.Set("joined", "join date", "messages", "runs", "posts", "reaction score", "points", "likes", "likes received", "location", "trophy points",
	"solutions", "age", "gender", "website", "post of the week", "awards", "score", "country", "thanks", "thanked", "threads", "reputation", "rep power",
	"from", "contact", "has thanked", "been thanked", "registered", "member since", "media", "resources", "occupation", "real name", "status", "mentioned", "tagged", "blog entries", "karma",
	"beiträge", "registriert", "registriert seit", "mitglied seit", "wohnort", "ort", "punkte", "punkte reaktionen", "reaktionspunkte", "geschlecht", "danksagung erhalten", "hat sich bedankt",
	"inscription", "inscrit", "inscrit le", "localisation", "âge", "mensajes", "registrado", "ubicación", "puntos")

// surest are the labels of which a block has one at least.
var surest = plain.Set("joined", "join date", "messages", "posts", "registered", "member since",
	"beiträge", "registriert", "registriert seit", "mitglied seit", "inscription", "inscrit le", "mensajes", "registrado")

// line returns a line without the white space around it, "" past the end.
func lineAt(lines []string, at int) string {
	if at < 0 || at >= len(lines) {
		return ""
	}
	return strings.TrimFunc(lines[at], plain.IsSpace)
}

// skipBlank returns the first line from at on that is not blank.
func skipBlank(lines []string, at int) int {
	for at < len(lines) && lineAt(lines, at) == "" {
		at++
	}
	return at
}

// pair reads a label and its figure, which stand in one line or in two, and
// returns the line after them.
func pair(lines []string, at int) (label string, next int, ok bool) {
	line := lineAt(lines, at)
	if len(line) > 60 {
		return "", at, false
	}
	if strings.HasPrefix(line, "Thanked ") && strings.Contains(line, " Times in ") {
		return "thanked", at + 1, true
	}
	for _, sep := range []string{":", "\t"} {
		if name, value, found := strings.Cut(line, sep); found {
			name = strings.ToLower(strings.TrimSpace(name))
			if !blockLabels[name] {
				continue
			}
			if strings.TrimSpace(value) != "" {
				return name, at + 1, true
			}
			return name, skipBlank(lines, at+1) + 1, true
		}
	}
	name := strings.ToLower(line)
	if !blockLabels[name] {
		return "", at, false
	}
	value := skipBlank(lines, at+1)
	if v := lineAt(lines, value); v == "" || utf8.RuneCountInString(v) > 40 {
		return "", at, false
	}
	return name, value + 1, true
}

// isName says whether a line can be a poster's name.
func isName(line string) bool {
	n := utf8.RuneCountInString(line)
	if n == 0 || n > 40 || strings.Count(line, " ") > 4 || blockFoot(line) || pageHead[line] || pageLink(line) || isPageNumbers(line) || strings.HasPrefix(line, "http") {
		return false
	}
	label, _, _ := strings.Cut(line, ":")
	if blockLabels[strings.ToLower(strings.TrimSpace(label))] || ranks[strings.ToLower(line)] {
		return false
	}
	if _, _, dated := forum.DateLine(line); dated {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	return !strings.ContainsRune(".?!:,;…)", last)
}

// ranks are what forums call their members by default, in lower case.
var ranks = plain.Set("member", "senior member", "junior member", "new member", "active member", "well-known member", "registered user", "registered member",
	"banned", "guest", "newbie", "veteran", "regular", "full member", "hero member", "sr. member", "jr. member", "forum regular", "contributor", "premium member",
	"mitglied", "aktives mitglied", "sehr aktives mitglied", "bekanntes mitglied", "neues mitglied", "benutzer", "neuer benutzer", "erfahrener benutzer", "gast", "membre", "membre actif", "invité", "miembro", "miembro activo", "invitado")

// dates reads the lines from at on that hold the date and number of a post, or
// a button beside them.
func dates(lines []string, at int, h *head) (next, count int) {
	start := at
	for range 8 { // more stand by no post
		k := skipBlank(lines, at)
		if k-at > 2 {
			return at, count
		}
		// vBulletin's icon of a post that was read already.
		line := strings.TrimPrefix(lineAt(lines, k), "Old ")
		when, id, ok := forum.DateLine(line)
		switch {
		case ok:
			if _, subject, found := strings.Cut(line, "Post subject:"); found {
				subject, _, _ = strings.Cut(subject, "\t")
				h.subject = strings.TrimSpace(subject)
			}
			if !when.IsZero() {
				h.when = when
			}
			if id != "" {
				h.id = id
			}
			count++
		case line == "Share" || line == "Tweet":
		case line == "Add bookmark" || line == "New" || line == "OP" || line == "Thread starter" || line == "Reply with quote":
			if count == 0 {
				return start, count
			}
		case h.id != "" && h.when.IsZero() && count > 0 && len(line) < 120 && forum.IsDated(lineAt(lines, skipBlank(lines, k+1))):
			h.subject = line // vBulletin 5 has the post's title between its number and its date
		case count == 0:
			return start, count
		default:
			return at, count
		}
		at = k + 1
	}
	return at, count
}

// standing says whether a line below a name says what the forum makes of its
// bearer: a rank, a title, "is offline".
func standing(line string) bool { return utf8.RuneCountInString(line) <= 45 && !isPageNumbers(line) }

// blockHead reads a poster's block with the date and number of the post.
func blockHead(lines []string, at int) (head, bool) {
	h, _, ok := readBlock(lines, at)
	return h, ok
}

// readBlock is blockHead; sure says that the block has figures.
func readBlock(lines []string, at int) (h head, sure, ok bool) {
	at, above := dates(lines, at, &h)
	at = skipBlank(lines, at)
	at, certain := avatar(lines, at)
	h.author = posterName(lineAt(lines, at))
	if !isName(h.author) && !(certain && plain.IsNumber(h.author)) {
		return head{}, false, false
	}
	at, named := standings(lines, at+1, h.author, certain)
	if !named {
		return head{}, false, false
	}
	at, sure = profile(lines, at)
	after := at
	below := 0
	if above == 0 {
		after, below = dates(lines, at, &h)
		if below == 0 {
			after = at
		}
	}
	sure = sure || below > 0 && strings.HasPrefix(lineAt(lines, skipBlank(lines, at)), forum.Posted)
	// Without the pairs it takes a date and a number.
	if !sure && (above+below == 0 || h.id == "" || h.when.IsZero()) {
		return head{}, false, false
	}
	// A date that has a poster's block below it is of that block.
	if !sure && below > 0 {
		if _, sure, _ := readBlock(lines, at); sure {
			return head{}, false, false
		}
	}
	h.next = after
	// The alternative text of vBulletin's post icon, and the post's subject.
	k := skipBlank(lines, after)
	if subject, icon := strings.CutPrefix(lineAt(lines, k)+" ", "Default "); icon && !endsSentence(subject) {
		h.next, h.subject = k+1, strings.TrimSpace(subject)
	} else if lineAt(lines, k) == "Standard" {
		h.next = k + 1
	}
	// phpBB has a subject and a line "by NAME » DATE" below the block, SMF one
	// without the name.
	if by, found := bylineBelow(lines, after); found && (by.author == h.author || by.author == "") {
		h.next, h.when, h.subject = by.next, by.when, by.subject
	}
	return h, sure, true
}

// standings steps over what the forum says of a poster below the name: up to four
// lines of rank and standing, and the name said over again. It is false where
// they show that the name is another line.
func standings(lines []string, at int, author string, certain bool) (next int, ok bool) {
	for n, said := 0, 0; n < 4 && said < 4; {
		k := skipBlank(lines, at)
		line := lineAt(lines, k)
		if _, _, paired := pair(lines, k); paired || line == "" || k-at > 2 || !standing(line) || blockFoot(line) {
			break
		}
		if _, _, dated := forum.DateLine(line); dated {
			break
		}
		if !certain && line != author && line == lineAt(lines, skipBlank(lines, k+1)) {
			return at, false // an avatar and a name below it
		}
		switch {
		case line == author || strings.HasSuffix(line, " is offline") || strings.HasSuffix(line, " is online now"):
			said++
		case ranks[strings.ToLower(line)] && n > 0 && !certain:
			return at, false // the line above it is the name
		default:
			n++
		}
		at = k + 1
	}
	return at, true
}

// profile steps over the pairs of a label and a figure; sure says that one of
// them is found in posters' blocks alone.
func profile(lines []string, at int) (next int, sure bool) {
	for {
		k := skipBlank(lines, at)
		label, next, paired := pair(lines, k)
		if !paired || k-at > 2 {
			return at, sure
		}
		sure = sure || surest[label]
		at = next
	}
}

// avatar steps over what stands for a poster's picture above the name: the
// name itself, "Noor's Avatar", or its first letter. It returns the line of the name, and
// whether there was such a thing, which makes the name certain.
func avatar(lines []string, at int) (name int, certain bool) {
	line := lineAt(lines, at)
	k := skipBlank(lines, at+1)
	below := lineAt(lines, k)
	if line == "" || below == "" || k-at > 2 {
		return at, false
	}
	if line == below || line == below+"'s Avatar" {
		return k, true
	}
	first, _ := utf8.DecodeRuneInString(below)
	if utf8.RuneCountInString(line) == 1 && unicode.IsLetter(first) && strings.EqualFold(line, string(first)) && isName(below) {
		return k, true
	}
	return at, false
}

// posterName takes off a name what vBulletin and MyBB write beside it: "Noor is
// offline", "Noor Noor is offline", "Noor Offline".
func posterName(line string) string {
	name, ok := line, false
	for _, presence := range []string{" is offline", " is online now", " Offline", " Online", " Away"} {
		if name, ok = strings.CutSuffix(line, presence); ok {
			break
		}
	}
	if half := len(name) / 2; ok && half > 0 && name[half] == ' ' && name[:half] == name[half+1:] {
		return name[:half]
	}
	return name
}

// pageLink says whether a line leads to another page of the thread or is a
// button above it.
func pageLink(line string) bool {
	return pageLinks[line] || len(line) <= 3 && plain.IsNumber(line) || strings.HasPrefix(line, "Thread: ")
}

var pageLinks = plain.Set("Next", "Prev", "Previous", "First", "Last", "Next »", "« Prev", "…", "...", ">", "<", "Go to page", "Go", "Tags", "Filter", "Time", "Show", "Thread Tools", "Display", "Display Modes",
	"Search Thread", "Rate This Thread", "Jump to latest", "Thread starter", "Start date", "Tweet", "Comment", "Members", "Unread post", "Previous template Next")

// bylines are what phpBB has before the name in a post's byline.
var bylines = []string{
	"by ", "Post by ", "Unread post by ", "Postby ", "Unread postby ", "von ", "Beitrag von ", "Ungelesener Beitrag von ", "Beitragvon ", "Ungelesener Beitragvon ",
	"par ", "Message par ", "Message non lu par ", "Messagepar ", "por ", "Mensaje por ", "Mensaje sin leer por ", "Mensajepor ",
}

// byline reads phpBB's line "by NAME » DATE".
func byline(line string) (author string, when date.Date, ok bool) {
	for _, prefix := range bylines {
		rest, found := strings.CutPrefix(line, prefix)
		if !found {
			continue
		}
		name, said, found := strings.Cut(rest, " » ")
		if !found {
			continue
		}
		if when, _, dated := forum.DateLine(said); dated {
			return strings.TrimSpace(name), when, true
		}
	}
	return "", date.Date{}, false
}

// bareByline reads SMF's line "« Reply #1 on: DATE »".
func bareByline(line string) (when date.Date, ok bool) {
	reply, said, found := strings.Cut(strings.TrimPrefix(line, "« "), "on: ")
	if !found {
		reply, said, found = strings.Cut(strings.TrimPrefix(line, "« "), "am: ")
	}
	if said, ok = strings.CutSuffix(said, " »"); !ok || !found || len(reply) > 20 {
		return date.Date{}, false
	}
	when, _, ok = forum.DateLine(said)
	return when, ok
}

// bylineHead reads the head of phpBB where the poster's block is below the
// post's words or was not copied.
func bylineHead(lines []string, at int) (h head, ok bool) {
	h.author, h.when, ok = byline(lineAt(lines, at))
	h.next = at + 1
	return h, ok
}

// bylineBelow reads a byline below a poster's block, with the post's subject
// above it or none.
func bylineBelow(lines []string, at int) (h head, ok bool) {
	subject := ""
	for k, seen := at, 0; k < len(lines) && seen < 2; k++ {
		line := lineAt(lines, k)
		if line == "" || k > at && isQuoteButton(line) {
			continue
		}
		seen++
		if h, ok = bylineHead(lines, k); !ok {
			h.when, ok = bareByline(line)
		}
		if ok {
			h.next, h.subject = k+1, subject
			return h, true
		}
		if utf8.RuneCountInString(line) > longestSubject {
			break
		}
		subject = line
	}
	return head{}, false
}

// longestSubject is how many letters a post's subject has at most.
const longestSubject = 120

func isQuoteButton(line string) bool { return quoteButtons[line] }

var quoteButtons = plain.Set("Quote", "Reply with quote", "Zitat", "Zitieren", "Mit Zitat antworten", "Citer", "Répondre en citant", "Citar", "Responder con cita")

// cutSubject takes the subject of the next post, which stands above its byline,
// off the end of a post's lines. It is one if it says the thread's title again,
// or that it answers, or if the post has ended above it; else it is the last of
// the post's words.
func cutSubject(h *head, lines []string, title string) (words []string, subject string) {
	at, line := lastLine(lines)
	for at >= 0 && isQuoteButton(line) {
		at, line = lastLine(lines[:at])
	}
	if at < 0 || utf8.RuneCountInString(line) > longestSubject {
		return lines, ""
	}
	above := lines[:at]
	_, end := lastLine(above)
	switch {
	case strings.EqualFold(line, title), isReply(line) && (!endsSentence(line) || endsSentence(title)),
		isTopButton(end), len(bylineTail(h, above)) < len(above):
		return above, line
	}
	return lines, ""
}

// isTopButton says whether a line leads to the top of the page, which phpBB has below
// each post.
func isTopButton(line string) bool {
	return line == "Top" || line == "Back to top" || line == "Nach oben" || line == "Haut" || line == "Arriba"
}

// bylineTail drops the poster's block below the words: the name, and its pairs.
// The site's lines below the block stay.
func bylineTail(h *head, lines []string) []string {
	for i := len(lines) - 1; i >= 0; i-- {
		if lineAt(lines, i) != h.author {
			continue
		}
		rest := skipBlank(lines, i+1)
		for range 4 {
			if _, _, paired := pair(lines, rest); paired || rest >= len(lines) || !standing(lineAt(lines, rest)) {
				break
			}
			rest = skipBlank(lines, rest+1)
		}
		paired := false
		for rest < len(lines) {
			_, next, ok := pair(lines, rest)
			if !ok {
				break
			}
			paired = true
			rest = skipBlank(lines, next)
		}
		foot := min(rest, len(lines))
		for paired && rest < len(lines) && (lineAt(lines, rest) == "" || blockFoot(lineAt(lines, rest))) {
			rest++
		}
		if paired && rest >= len(lines) {
			return slices.Concat(lines[:i], lines[foot:])
		}
	}
	return lines
}

// blockTail takes XenForo 1's "NAME, DATE" and "#1" off the end of a post.
func blockTail(h *head, lines []string) []string {
	for i := len(lines) - 1; i >= max(0, len(lines)-8); i-- {
		line := lineAt(lines, i)
		rest, ok := strings.CutPrefix(line, h.author+", ")
		if !ok {
			if line == "" || blockFoot(line) || strings.HasPrefix(line, "#") && plain.IsNumber(line[1:]) {
				continue
			}
			return lines
		}
		when, id, dated := forum.DateLine(rest)
		if !dated {
			return lines
		}
		h.when = when
		kept := slices.Clone(lines[:i])
		for _, below := range lines[i+1:] {
			if below = strings.TrimSpace(below); strings.HasPrefix(below, "#") && plain.IsNumber(below[1:]) {
				id = below[1:]
			} else {
				kept = append(kept, below)
			}
		}
		if id != "" {
			h.id = id
		}
		return kept
	}
	return lines
}

var blockFeet = plain.Set("Like Reply", "Like", "Reply", "Report", "Quote", "+ Quote", "Reply With Quote", "Reply with quote", "Multi-Quote This Message", "Click to expand...",
	"Back to top", "Top", "Share", "Share this post", "Find", "Like\tReply", "Thanks", "Rate Post", "Blog this Post", "Edit", "Delete", "Unlike", "Upvote", "0", "IP Logged", "Logged", "Report Post", "Reply With Quote Reply With Quote", "Post Reply",
	"POST REPLY", "Comment", "Tweet", "Quick links", "FAQ", "Register", "Login", "Logout", "Search", "Multi Quote",
	"Antwort erstellen", "Publier une réponse", "Publicar una respuesta", "Nach oben", "Zitat", "Zitieren", "Mit Zitat antworten", "Antworten", "Gefällt mir", "Melden", "Teilen", "Danke", "Haut", "Citer", "Répondre", "Répondre en citant", "J'aime", "J’aime", "Signaler", "Partager", "Arriba", "Citar", "Responder", "Responder con cita", "Me gusta", "Reportar", "Compartir")

// blockFoot says whether a line is the site's below a post of a forum.
func blockFoot(line string) bool {
	switch {
	case blockFeet[line], isThanks(line), forum.IsEdited(line), strings.HasPrefix(line, "Tags: "), plain.HasAnyPrefix(line, "Reactions:", "Reaktionen:"), strings.HasPrefix(line, "Likes: "):
		return true
	}
	if figure, liked := strings.CutPrefix(line, "Like "); liked && plain.IsNumber(figure) {
		return true
	}
	// "Kestrel, Pavement and 3 others", with or without "like this".
	return strings.HasSuffix(line, " like this") || strings.HasSuffix(line, " like this.") || strings.HasSuffix(line, " likes this.") ||
		len(line) < 90 && strings.HasSuffix(line, " others") && strings.Contains(line, " and ")
}

// isThanks says whether a line is vBulletin's of who was grateful for a post:
// "The Following User Says Thank You to Noor For This Useful Post:", "Bill
// (03-05-2024), Ann (03-06-2024)".
func isThanks(line string) bool {
	if strings.HasPrefix(line, "The Following ") && strings.Contains(line, "Thank You to ") {
		return true
	}
	for _, thanks := range strings.Split(line, ", ") {
		name, when, ok := strings.Cut(strings.TrimSuffix(thanks, ")"), " (")
		if !ok || !forum.IsSpeaker(name) || !forum.IsDated(when) {
			return false
		}
	}
	return true
}
