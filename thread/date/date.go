// Package date reads dates and times as people, forums, mail and machines write them, in
// English, German, French and Spanish, and tells whether the day or the month stands
// first in a set of them.
package date

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"threadstance/thread/plain"
)

// Date is a time as it is written. In 3/12/2024 either figure may be the day: the
// other dates of an input tell which it is. Both readings are the same where the
// writing leaves no choice, and one is zero where it makes no sense.
type Date struct{ monthFirst, dayFirst time.Time }

// Known is a date that can be read in one way.
func Known(when time.Time) Date { return Date{when, when} }

// IsZero says whether nothing is known of a date.
func (d Date) IsZero() bool { return d.monthFirst.IsZero() && d.dayFirst.IsZero() }

// Either says whether both readings make sense and differ.
func (d Date) Either() bool {
	return !d.monthFirst.IsZero() && !d.dayFirst.IsZero() && !d.monthFirst.Equal(d.dayFirst)
}

// Time returns when it was, if the day stands first or not.
func (d Date) Time(dayFirst bool) time.Time {
	if dayFirst && !d.dayFirst.IsZero() || d.monthFirst.IsZero() {
		return d.dayFirst
	}
	return d.monthFirst
}

// Order learns from dates that make sense in one order alone which one all
// dates of an input have.
type Order struct {
	shown int // dates whose day must come first, less those whose month must
}

// Note takes a date into account.
func (o *Order) Note(d Date) {
	switch {
	case d.IsZero():
	case d.monthFirst.IsZero():
		o.shown++
	case d.dayFirst.IsZero():
		o.shown--
	}
}

// DayFirst says whether the day stands first in all of them, as far as is known.
func (o *Order) DayFirst() bool { return o.shown > 0 }

// DayFirst says whether the day is written before the month in dates that come
// in the order of their posts: where none shows it, the day is what changes
// oftener from one to the next, and where that tells nothing, it is as otherwise.
func DayFirst(dates []Date, otherwise bool) bool {
	var order Order
	changes := 0 // of the first figure, less those of the second
	last := Date{}
	for _, d := range dates {
		order.Note(d)
		twice := d.monthFirst.Equal(d.dayFirst) && d.dayFirst.Day() == int(d.dayFirst.Month()) // 4/4/2024
		if !d.Either() && !twice || d.IsZero() {
			continue
		}
		if !last.IsZero() && last.dayFirst.Day() != d.dayFirst.Day() {
			changes++
		}
		if !last.IsZero() && last.monthFirst.Day() != d.monthFirst.Day() {
			changes--
		}
		last = d
	}
	switch {
	case order.shown != 0:
		return order.shown > 0
	case changes != 0:
		return changes > 0
	}
	return otherwise
}

// figures is a date in figures, and the time of day where it has one.
var figures = regexp.MustCompile(`^(\d{4}|\d\d?)([./-])(\d\d?)([./-])(\d{4}|\d\d?)(?:(?:,| at| à| um)?[ \x{a0}\x{202f}](\d\d?)[:.](\d\d)(?:[:.](\d\d))?(?:[ \x{a0}\x{202f}]?([AaPp])\.?[ \x{a0}\x{202f}]?[Mm]\b\.?)?)?`)

// ReadFigures reads the date in figures that a text begins with, and returns
// what follows it. A time without a zone is taken as UTC.
func ReadFigures(text string) (d Date, rest string, ok bool) {
	part := figures.FindStringSubmatch(text)
	if part == nil || part[2] != part[4] {
		return Date{}, text, false
	}
	number := func(i int) int {
		n, _ := strconv.Atoi(part[i]) // "" is 0
		return n
	}
	hour, half := number(6), part[9]
	if half != "" {
		hour = hour%12 + 12*strings.Count(strings.ToLower(half), "p")
	}
	at := func(year, month, day int) time.Time {
		when := time.Date(year, time.Month(month), day, hour, number(7), number(8), 0, time.UTC)
		if when.Day() != day || int(when.Month()) != month || when.Hour() != hour || when.Minute() != number(7) {
			return time.Time{} // no such day or time
		}
		return when
	}
	first, second, year := number(1), number(3), number(5)
	switch {
	case len(part[1]) == 4:
		d = Known(at(first, second, year))
	case len(part[5]) == 1:
		return Date{}, text, false
	default:
		switch {
		case len(part[5]) == 2 && year >= 70:
			year += 1900
		case len(part[5]) == 2:
			year += 2000
		}
		d = Date{at(year, first, second), at(year, second, first)}
		if part[2] == "." && !d.dayFirst.IsZero() {
			d.monthFirst = d.dayFirst
		}
	}
	return d, text[len(part[0]):], !d.IsZero()
}

// allLayouts are the ways in which forums, mail and tables write a time with
// the name of the month, as [plainDate] leaves it: each day with each time of
// day and zone, and those with the year at the end.
var allLayouts = func() []string {
	layouts := []string{"Jan 2 15:04:05 2006", "Jan 2 15:04:05 MST 2006", "Jan 2 15:04:05 -0700 2006", "Jan 2 15:04:05 2006 MST"}
	for _, day := range []string{"2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006", "2 Jan 06", "2-Jan-06", "2-Jan-2006"} {
		layouts = append(layouts, day)
		for _, clock := range []string{"15:04", "15:04:05", "3:04PM", "3:04:05PM"} {
			for _, zone := range []string{"", " MST", " -0700"} {
				layouts = append(layouts, day+" "+clock+zone)
			}
		}
	}
	return layouts
}()

// Read reads a time as machines or forum software write it, in English, German,
// French or Spanish. It is false for what is none, "Yesterday, 06:30 AM" included:
// of when that was said nothing is known.
func Read(text string) (Date, bool) {
	if d, ok := readEnglish(text); ok {
		return d, true
	}
	if english, ok := inEnglish(text); ok {
		return readEnglish(english)
	}
	return Date{}, false
}

// inEnglish writes a date with names of German, French or Spanish as English has it:
// "Mo 5. Mär 2018, 10:12", "mar. 6 févr. 2018 à 10:12", "Lun Ene 08, 2018 10:12 am".
// It is false for what has no such names.
func inEnglish(text string) (english string, ok bool) {
	if len(text) > 60 {
		return "", false
	}
	var words []string
	for _, word := range strings.Fields(strings.ToUpper(text)) {
		written := strings.TrimRight(word, ",")
		word = strings.TrimRight(written, ".")
		month, foreign := foreignMonths[word]
		switch {
		case word != written && plain.IsNumber(word): // "5."
			ok, words = true, append(words, word)
		case foreign:
			ok, words = true, append(words, month)
		case word == "DE" || word == "À" || word == "UM" || word == "UHR" || word == "LE":
			ok = true
		default:
			words = append(words, word)
		}
	}
	if len(words) < 3 {
		return "", false
	}
	// "Mar" is Tuesday in French and Spanish.
	if day := words[0]; IsForeignWeekday(day) || day == "MAR" && (IsMonth(words[1]) || IsMonth(words[2])) {
		ok, words = true, words[1:]
	}
	return strings.Join(words, " "), ok
}

var foreignMonths = map[string]string{
	"JÄN": "JAN", "MÄR": "MAR", "MRZ": "MAR", "MAI": "MAY", "OKT": "OCT", "DEZ": "DEC", "JANUAR": "JAN", "JÄNNER": "JAN", "FEBRUAR": "FEB", "MÄRZ": "MAR", "JUNI": "JUN", "JULI": "JUL", "OKTOBER": "OCT", "DEZEMBER": "DEC",
	"JANV": "JAN", "FÉVR": "FEB", "FÉV": "FEB", "MARS": "MAR", "AVR": "APR", "JUIN": "JUN", "JUIL": "JUL", "AOÛT": "AUG", "DÉC": "DEC", "JANVIER": "JAN", "FÉVRIER": "FEB", "AVRIL": "APR", "JUILLET": "JUL", "SEPTEMBRE": "SEP", "OCTOBRE": "OCT", "NOVEMBRE": "NOV", "DÉCEMBRE": "DEC",
	"ENE": "JAN", "ABR": "APR", "AGO": "AUG", "DIC": "DEC", "ENERO": "JAN", "FEBRERO": "FEB", "MARZO": "MAR", "ABRIL": "APR", "MAYO": "MAY", "JUNIO": "JUN", "JULIO": "JUL", "AGOSTO": "AUG", "SEPTIEMBRE": "SEP", "OCTUBRE": "OCT", "NOVIEMBRE": "NOV", "DICIEMBRE": "DEC",
}

// The names of months and days of the week, in upper case.
var (
	months      = plain.Set("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
	weekdays    = plain.Set("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
	foreignDays = plain.Set("MO", "DI", "MI", "DO", "FR", "SA", "SO", "MONTAG", "DIENSTAG", "MITTWOCH", "DONNERSTAG", "FREITAG", "SAMSTAG", "SONNABEND", "SONNTAG", "LUN", "MER", "JEU", "VEN", "SAM", "DIM", "LUNDI", "MARDI", "MERCREDI", "JEUDI", "VENDREDI", "SAMEDI", "DIMANCHE",
		"MIÉ", "MIE", "JUE", "VIE", "SÁB", "SAB", "DOM", "LUNES", "MARTES", "MIÉRCOLES", "JUEVES", "VIERNES", "SÁBADO", "DOMINGO")
)

// IsMonth says whether a word is the name of a month in English, cut to three
// letters, in upper case.
func IsMonth(word string) bool { return months[word] }

// IsWeekday says whether a word is the name of a day of the week in English, or the
// first three letters of it, in upper case.
func IsWeekday(word string) bool { return weekdays[word] }

// IsForeignWeekday is IsWeekday for German, French and Spanish, whose short names
// are as short as two letters.
func IsForeignWeekday(word string) bool { return foreignDays[word] }

func readEnglish(text string) (Date, bool) {
	text = plain.Flat(text)
	if text == "" || len(text) > 100 {
		return Date{}, false
	}
	if !shapeOf(text).letter { // machines write a figure first
		if when, ok := ParseTime(text); ok {
			return Known(when), true
		}
		if d, rest, ok := ReadFigures(text); ok && rest == "" {
			return d, true
		}
	}
	if text = plainDate(text); text == "" {
		return Date{}, false
	}
	for _, layout := range layoutsByShape()[shapeOf(text)] {
		if when, err := time.Parse(layout, text); err == nil {
			return Known(when.UTC()), true
		}
	}
	return Date{}, false
}

// ParseTime reads RFC 3339, the same without a zone (taken as UTC) or without
// a time of day, and seconds or milliseconds since 1970. "" is the zero time. It is
// false for what is none of these.
func ParseTime(text string) (time.Time, bool) {
	if when, ok := parseUTC(text); ok {
		return when, true
	}
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, true
	}
	if when, err := time.Parse(time.RFC3339, text); err == nil {
		return when.UTC(), true
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if when, ok := unixTime(seconds); ok {
			return when, true
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02 15:04", "2006-01-02"} {
		if when, err := time.Parse(layout, text); err == nil {
			return when.UTC(), true
		}
	}
	return time.Time{}, false
}

// parseUTC reads "2006-01-02T15:04:05Z", the form of most exports, several
// times as fast as time.Parse. What it is not sure of it leaves to that.
func parseUTC(text string) (time.Time, bool) {
	if len(text) != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z' {
		return time.Time{}, false
	}
	two := func(i int) int {
		a, b := text[i]-'0', text[i+1]-'0'
		if a > 9 || b > 9 {
			return 1000
		}
		return int(a)*10 + int(b)
	}
	year, month, day := two(0)*100+two(2), two(5), two(8)
	hour, minute, second := two(11), two(14), two(17)
	if year > 9999 || month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, false
	}
	return time.Date(year, time.Month(month), day, hour, minute, second, 0, time.UTC), true
}

// unixTime turns seconds, or milliseconds where seconds would be past the year
// 5000, into a time. It is false for what is neither.
func unixTime(seconds float64) (time.Time, bool) {
	const year5000 = 95_617_584_000
	if math.Abs(seconds) >= year5000 {
		seconds /= 1000
	}
	if math.IsNaN(seconds) || math.Abs(seconds) >= year5000 {
		return time.Time{}, false
	}
	whole, part := math.Modf(seconds)
	return time.Unix(int64(whole), int64(part*1e3)*1e6).UTC(), true
}

// plainDate takes out of a date what tells nothing of when it is: commas, the
// day of the week, "(PST)" after the offset.
func plainDate(text string) string {
	text = dateWords.Replace(strings.ToUpper(text))
	if i := strings.LastIndex(text, " ("); i > 0 && strings.HasSuffix(text, ")") {
		text = text[:i]
	}
	if day, rest, ok := strings.Cut(text, " "); ok && IsWeekday(day) {
		return rest
	}
	return text
}

var dateWords = strings.NewReplacer(",", "", " AT ", " ", " - ", " ", "SEPT ", "SEP ", "A.M.", "AM", "P.M.", "PM", " A.M.", "AM", " P.M.", "PM", " AM", "AM", " PM", "PM",
	"1ST", "1", "2ND", "2", "3RD", "3", "0TH", "0", "1TH", "1", "2TH", "2", "3TH", "3", "4TH", "4", "5TH", "5", "6TH", "6", "7TH", "7", "8TH", "8", "9TH", "9")

// shape is what a date has in common with its layout. Most lines of a page
// are no dates: it saves trying all layouts on each.
type shape struct {
	letter         bool // it begins with a letter
	colons, spaces int
}

func shapeOf(text string) shape {
	return shape{text[0] >= 'A', strings.Count(text, ":"), strings.Count(text, " ")}
}

var layoutsByShape = sync.OnceValue(func() map[shape][]string {
	layouts := map[shape][]string{}
	for _, layout := range allLayouts {
		shape := shapeOf(layout)
		layouts[shape] = append(layouts[shape], layout)
	}
	return layouts
})
