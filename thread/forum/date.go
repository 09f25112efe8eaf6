package forum

import (
	"strings"
	"unicode"

	"threadstance/thread/date"
	"threadstance/thread/plain"
)

// DateLine reads a line that holds a post's date, and its number where that
// stands beside it: "Feb 3, 2025", "02-03-2025, 10:14 AM #1", "Yesterday, 10:14
// AM" and "3 minutes ago" (of which the time is not known).
func DateLine(line string) (when date.Date, id string, ok bool) {
	if !MayDate(line) || plain.IsNumber(line) {
		return date.Date{}, "", false
	}
	if i := strings.LastIndexByte(line, '#'); i >= 0 && plain.IsNumber(line[i+1:]) {
		id, line = line[i+1:], strings.TrimRightFunc(line[:i], plain.IsSpace)
		if line == "" {
			return date.Date{}, id, true
		}
	}
	if i := strings.Index(line, "Posted:"); i >= 0 && i <= 8 {
		line, _, _ = strings.Cut(line[i+len("Posted:"):], "Post subject")
	}
	for _, label := range []string{"Verfasst am:", "Verfasst:"} {
		if rest, ok := strings.CutPrefix(line, label); ok {
			line, _, _ = strings.Cut(rest, "Titel:")
		}
	}
	line = strings.TrimPrefix(line, Posted)
	line = strings.TrimSuffix(strings.TrimFunc(line, plain.IsSpace), ",")
	if line == "" || !unicode.IsLetter(rune(line[0])) && !unicode.IsDigit(rune(line[0])) {
		return date.Date{}, "", false
	}
	if when, ok := date.Read(line); ok {
		return when, id, true
	}
	if strings.HasSuffix(line, " ago") && IsAge(line) {
		return date.Date{}, id, true
	}
	for _, day := range []string{"Yesterday", "Today", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Gestern", "Heute", "Hier", "Aujourd’hui", "Aujourd'hui", "Ayer", "Hoy"} {
		if rest, found := strings.CutPrefix(line, day); found && plain.HasAnyPrefix(rest, " at ", ", ", " um ", " à ", " a las ") && strings.ContainsRune(rest, ':') && len(rest) < 16 {
			return date.Date{}, id, true
		}
	}
	return date.Date{}, "", false
}

// Posted stands before the date in Invision's heads, which have no figures and no
// number to tell them by.
const Posted = "Posted "

// MayDate says whether it is worth trying to read a line as a date: it begins
// with a figure or as the names of months and days do, or with "Posted".
func MayDate(line string) bool {
	if len(line) < 2 || len(line) > 110 || strings.Count(line, " ") > 20 {
		return false
	}
	if c := line[0]; c == '#' || '0' <= c && c <= '9' {
		return true
	}
	if len(line) < 3 || !strings.ContainsAny(line, "0123456789") {
		return false
	}
	if start := strings.ToUpper(line[:3]); date.IsMonth(start) || date.IsWeekday(start) || dateStarts[start] {
		return true
	}
	first := line[:max(0, strings.IndexAny(line, " .,"))]
	return len(first) <= 12 && date.IsForeignWeekday(strings.ToUpper(first))
}

// dateStarts are how dates begin besides, in upper case: "Today", "Posted",
// "Gestern", "Verfasst am".
var dateStarts = plain.Set("TOD", "YES", "POS", "GES", "HEU", "HIE", "AUJ", "AYE", "HOY", "VER")

// IsDated says whether a line holds a date that is known.
func IsDated(line string) bool {
	when, _, ok := DateLine(line)
	return ok && !when.IsZero()
}

// IsEdited says whether a line is a forum's of when a post was edited.
func IsEdited(line string) bool {
	return plain.HasAnyPrefix(line, "Last edited", "Zuletzt bearbeitet", "Zuletzt geändert von ", "Dernière modification par ", "Dernière édition par ", "Última edición por ", "Última modificación por ", "Editado por última vez por ")
}

// IsAge says whether a line is how long ago a post was made: "2h ago", "3 hr.
// ago", "5 months ago", "just now".
func IsAge(line string) bool {
	line = strings.TrimSuffix(line, "*")
	if line == "just now" {
		return true
	}
	rest, found := strings.CutSuffix(line, " ago")
	if !found {
		rest = line
	}
	n := 0
	for n < len(rest) && rest[n] >= '0' && rest[n] <= '9' {
		n++
	}
	if n == 0 || n > 3 {
		return false
	}
	switch strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(rest[n:]), "."), "s") {
	case "h", "d", "m", "y", "w", "mo", "hr", "min", "wk", "yr", "sec", "minute", "hour", "day", "week", "month", "year", "second", "":
		return rest[n:] != ""
	}
	return false
}
