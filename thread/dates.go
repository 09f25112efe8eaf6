package thread

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"
)

// dateLayouts are the ways in which forums, mail and tables write a time, in
// the order in which they are tried; a time without a zone is taken as UTC,
// and of two numbers the month comes first, as in the software's defaults.
var dateLayouts = []string{
	time.RFC1123Z, time.RFC1123, time.RFC822Z, time.RFC822, time.RFC850, time.ANSIC, time.UnixDate,
	"Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon, 2 Jan 2006 15:04 -0700",
	"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 MST", "2 Jan 2006 15:04 MST",
	"Mon, 2 Jan 06 15:04:05 MST", "2 Jan 06 15:04:05 MST", "2 Jan 06 15:04 MST",
	"Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04", "Mon, 2 Jan 06 15:04:05", "2 Jan 06 15:04:05",
	"Mon Jan 2 15:04:05 -0700 2006", "Mon Jan 2 15:04:05 2006 MST",
	"Jan 2, 2006 at 3:04 PM", "Jan 2, 2006 at 3:04:05 PM", "Jan 2, 2006 3:04 PM", "Jan 2, 2006, 3:04 PM", "January 2, 2006 at 3:04 PM", "January 2, 2006, 3:04:05 PM", "January 2, 2006, 3:04 PM", "January 2, 2006 3:04 PM", "January 2, 2006, 15:04:05", "January 2, 2006, 15:04",
	"Mon Jan 2, 2006 3:04 PM", "Mon Jan 2, 2006 15:04", "Mon, Jan 2, 2006 3:04 PM",
	"2 January 2006 at 15:04", "2 Jan 2006 at 15:04:05", "2 January 2006 - 3:04 PM", "2 January 2006 15:04", "2 Jan 2006, 15:04", "2 January 2006, 15:04", "2 Jan 2006, 3:04 PM", "Mon 2 Jan 2006 15:04",
	"01-02-2006, 3:04 PM", "01-02-2006 3:04 PM", "01-02-2006, 15:04", "1/2/2006 3:04:05 PM", "1/2/2006 3:04 PM", "1/2/2006, 3:04 PM", "1/2/2006 15:04:05", "1/2/2006 15:04", "1/2/2006",
	"2006/01/02 15:04:05", "2006/01/02 15:04", "02.01.2006 15:04", "02.01.2006, 15:04", "02.01.2006",
	"Jan 2, 2006", "January 2, 2006", "2 Jan 2006", "2 January 2006", "01-02-2006",
}

var ordinals = strings.NewReplacer("1st", "1", "2nd", "2", "3rd", "3", "4th", "4", "5th", "5", "6th", "6", "7th", "7", "8th", "8", "9th", "9", "0th", "0", "11th", "11", "12th", "12", "13th", "13", " am", " AM", " pm", " PM", "a.m.", "AM", "p.m.", "PM")

// parseDate reads a time as machines or forum software write it. It is false
// for what is none, "Yesterday, 06:30 AM" included: of when that was said
// nothing is known.
func parseDate(text string) (time.Time, bool) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" || len(text) > 100 {
		return time.Time{}, false
	}
	if !shapeOf(text).letter { // machines write a figure first
		if when, ok := parseTime(text); ok {
			return when, true
		}
	}
	text = ordinals.Replace(text)
	if i := strings.LastIndex(text, " ("); i > 0 && strings.HasSuffix(text, ")") {
		text = text[:i] // "(PST)" after the offset
	}
	for _, layout := range layoutsByShape()[shapeOf(text)] {
		if when, err := time.Parse(layout, text); err == nil {
			return when.UTC(), true
		}
	}
	return time.Time{}, false
}

// parseTime reads RFC 3339, the same without a zone (taken as UTC) or without
// a time of day, and seconds or milliseconds since 1970. "" is the zero time. It is
// false for what is none of these.
func parseTime(text string) (time.Time, bool) {
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

// badTimes counts the times of an input that cannot be read: their posts are
// read without one.
type badTimes struct {
	count, line int    // line is that of the first
	first       string // the first of them
}

func (b *badTimes) note(text string, line int) {
	if b.count == 0 {
		b.first, b.line = strings.Clone(shorten(text)), line
	}
	b.count++
}

// doubt is what is to be said of the times of an input, nil where all are read.
func (b *badTimes) doubt(path string) error {
	if b.count == 0 {
		return nil
	}
	return doubt{path, fmt.Sprintf("times that cannot be read: %d, the first in line %d, %q; their posts are read without one (RFC 3339 and seconds since 1970 can be read)", b.count, b.line, b.first)}
}

// dateOrder reads the dates of a column, all with the day first or all with the
// month first. Dates in which only one of the two orders makes sense show which.
type dateOrder struct {
	shown int // dates whose day must come first, less those whose month must
}

// parse reads a date, with the month first where the order does not matter;
// either says that it does not.
func (o *dateOrder) parse(text string) (when time.Time, either, ok bool) {
	when, ok = parseDate(text)
	turned, inNumbers := turnDate(text)
	if !inNumbers {
		return when, false, ok
	}
	other, otherOK := parseDate(turned)
	switch {
	case ok && otherOK:
		return when, true, true
	case ok:
		o.shown--
	case otherOK:
		o.shown++
		return other, false, true
	}
	return when, false, ok
}

// settle turns the dates that were read with the month first, where the day is.
func (o *dateOrder) settle(records []record) {
	for i := range records {
		if r := &records[i]; r.eitherDay && o.shown > 0 {
			_, month, day := r.Time.Date()
			r.Time = r.Time.AddDate(0, day-int(month), int(month)-day)
		}
	}
}

// turnDate turns the day and the month of a date in numbers, as 25/12/2020 is.
func turnDate(text string) (turned string, ok bool) {
	for _, sign := range []string{"/", "-"} {
		parts := strings.SplitN(text, sign, 3)
		if len(parts) == 3 && len(parts[0]) <= 2 && len(parts[1]) <= 2 {
			return parts[1] + sign + parts[0] + sign + parts[2], true
		}
	}
	return "", false
}

// dateShape is what a date has in common with its layout. Most lines of a page
// are no dates: it saves trying all layouts on each.
type dateShape struct {
	letter         bool // it begins with a letter
	colons, spaces int
}

func shapeOf(text string) dateShape {
	return dateShape{text[0] >= 'A', strings.Count(text, ":"), strings.Count(text, " ")}
}

var layoutsByShape = sync.OnceValue(func() map[dateShape][]string {
	layouts := map[dateShape][]string{}
	for _, layout := range dateLayouts {
		shape := shapeOf(layout)
		layouts[shape] = append(layouts[shape], layout)
	}
	return layouts
})
