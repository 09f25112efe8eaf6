package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/lexicon"
	"threadstance/thread/plain"
)

// credit is how a line says whose an article is.
type credit int

const (
	noCredit     credit = iota
	sourceCredit        // "Source: Reuters", below an article
	leadCredit          // "From Reuters:", above its headline
	titleCredit         // "Harbour bridge to close - BBC News", as a page's title has it
	bylineCredit        // "By Jane Doe, CNN", under the headline
)

// longestCredit is how many bytes a line that credits an outlet may have.
const longestCredit = 160

// creditOf returns how a line credits an outlet, and the name. But for a source
// line's, it is an outlet of the lexicon.
func creditOf(line string, cues *lexicon.News) (string, credit) {
	if name := sourceOf(line); name != "" {
		return name, sourceCredit
	}
	if len(line) > longestCredit || line == "" || strings.Contains(line, "\n") {
		return "", noCredit
	}
	if plain.HasPrefixFold(line, "by ") {
		if outlet := signedOutlet(line[len("by "):], cues); outlet != "" {
			return outlet, bylineCredit
		}
	}
	if line[len(line)-1] == ':' || plain.HasPrefixFold(line, "from ") || plain.HasPrefixFold(line, "via ") {
		if outlet := announcedOutlet(line, cues); outlet != "" {
			return outlet, leadCredit
		}
	}
	if outlet := outletOf(strings.Trim(line, "-–—~() "), cues); outlet != "" {
		return outlet, bylineCredit
	}
	if outlet := titledOutlet(line, cues); outlet != "" {
		return outlet, titleCredit
	}
	return "", noCredit
}

// sourceOf returns what a line names as the source: "Source: Reuters".
func sourceOf(s string) string {
	label, name, ok := strings.Cut(s, ":")
	if !ok {
		return ""
	}
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "source", "sources", "via", "courtesy", "link", "full article", "full story", "read more":
	default:
		return ""
	}
	if name = strings.TrimSpace(name); strings.Count(name, " ") > 7 || strings.Contains(name, "\n") {
		return ""
	}
	return strings.TrimRight(name, ".")
}

// announcedOutlet returns the outlet that a line announces. It holds nothing
// besides but words that credit; with others it is a poster's own sentence.
func announcedOutlet(line string, cues *lexicon.News) string {
	words := strings.FieldsFunc(line, func(r rune) bool { return r == ' ' || strings.ContainsRune(":,()\"“”", r) })
	if len(words) > 10 {
		return ""
	}
	found := ""
	for len(words) > 0 {
		outlet, n := outletFirst(words, cues)
		if outlet == "" && !cues.IsCredit(strings.ReplaceAll(words[0], "’", "'")) {
			return ""
		}
		if found == "" {
			found = outlet
		}
		words = words[max(n, 1):]
	}
	return found
}

// besideNames parts the names and offices of a byline.
var besideNames = strings.NewReplacer(" for ", "|", " of ", "|", " at ", "|", " - ", "|", "–", "|", "—", "|", ",", "|")

// signedOutlet returns the outlet that a byline has after the writers, or in
// their stead.
func signedOutlet(names string, cues *lexicon.News) string {
	for i, name := range strings.Split(besideNames.Replace(names), "|") {
		words := strings.Fields(name)
		outlet, n := outletFirst(words, cues)
		switch {
		case outlet != "" && (n == len(words) || i > 0 && areNames(words[n:])):
			return outlet
		case !areNames(words[:min(1, len(words))]):
			return ""
		}
	}
	return ""
}

// titledOutlet returns the outlet that the title of a page ends in.
func titledOutlet(line string, cues *lexicon.News) string {
	first := max(0, len(line)-cues.LongestOutlet()-len(" — ")) // where the mark may stand
	for _, mark := range [...]string{" | ", " - ", " – ", " — "} {
		if at := strings.LastIndex(line[first:], mark); at >= 0 && strings.Contains(line[:first+at], " ") {
			if outlet := outletOf(line[first+at+len(mark):], cues); outlet != "" {
				return outlet
			}
		}
	}
	return ""
}

// outletOf returns the outlet of a name or a domain. A name has a capital, or
// it would be a word like "time".
func outletOf(name string, cues *lexicon.News) string {
	outlet := cues.Outlet(name)
	if outlet != "" && !strings.Contains(name, ".") && name == strings.ToLower(name) {
		return ""
	}
	return outlet
}

// longestOutlet is how many words an outlet's name may have.
const longestOutlet = 5

// outletFirst returns the outlet whose name words begin with, which may stand in
// the genitive, and how many of them it is.
func outletFirst(words []string, cues *lexicon.News) (string, int) {
	for n := min(longestOutlet, len(words)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
		if outlet := outletOf(name, cues); outlet != "" {
			return outlet, n
		}
	}
	return "", 0
}

// areNames says whether all words begin with a capital.
func areNames(words []string) bool {
	for _, word := range words {
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}
