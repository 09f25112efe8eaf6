package quote

import (
	"strings"
)

// How mail says over a quotation whose it is: "In article <id>, Noor
// (noor@tigris.example) writes:", "On Mon, Mar 4, 2024 at 9:12 AM Noor wrote:".

// StartsAttribution says whether text starts as an attribution of more than
// one line does.
func StartsAttribution(text string) bool {
	lower := strings.ToLower(text)
	for _, start := range []string{"in article", "in a previous article", "in message", "in <", "on ", "from article", "in news:", "in a message", "am ", "le ", "el "} {
		if strings.HasPrefix(lower, start) {
			return true
		}
	}
	// "name@host (Full Name) writes:", wrapped.
	address, _, _ := strings.Cut(text, " ")
	return strings.Contains(address, "@")
}

// EndsAttribution says whether words end as an attribution does: "Noor wrote:", or
// in German "Am 4. März um 9:12 Uhr schrieb Noor:".
func EndsAttribution(words string) bool {
	words = strings.ToLower(strings.TrimRight(words, " ."))
	for _, end := range []string{"writes:", "wrote:", "says:", "said:", "writes", "wrote", "states:", "asks:", "replies:", "responds:", "schrieb:", "a écrit :", "a écrit:", "escribió:", "writes...", "wrote..."} {
		if strings.HasSuffix(words, end) {
			return true
		}
	}
	return strings.Contains(words, " schrieb ") && strings.HasSuffix(words, ":") && HasTimeOfDay(words)
}

// HasTimeOfDay says whether text holds a time such as 9:12.
func HasTimeOfDay(text string) bool {
	isDigit := func(i int) bool { return i >= 0 && i < len(text) && '0' <= text[i] && text[i] <= '9' }
	for i := range text {
		if text[i] == ':' && isDigit(i-1) && isDigit(i+1) && isDigit(i+2) {
			return true
		}
	}
	return false
}

// AfterIdentifier is an attribution without "In article <…>" before the name
// and "<address>" behind it.
func AfterIdentifier(line string) string {
	var kept []string
	for {
		before, rest, _ := strings.Cut(line, "<")
		_, after, ok := strings.Cut(rest, ">")
		if !ok {
			kept = append(kept, strings.TrimSpace(line))
			return strings.TrimLeft(strings.Join(kept, " "), " ,")
		}
		before = strings.TrimLeft(strings.TrimSpace(before), " ,")
		lower := strings.ToLower(before)
		switch {
		case strings.Contains(lower, "article"), strings.Contains(lower, "message"), lower == "in" && len(kept) == 0:
			kept = kept[:0]
		case before != "":
			kept = append(kept, before)
		}
		line = after
	}
}

// NameInBrackets is the name that follows an address in an attribution, as in
// "noor@tigris.example (Noor) writes:".
func NameInBrackets(line string) string {
	_, after, _ := strings.Cut(line, "(")
	name, _, ok := strings.Cut(after, ")")
	if name = strings.Trim(name, " \""); !ok || len(name) < 3 || len(name) > 60 {
		return ""
	}
	return name
}
