package thread

import (
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
		if when, err := parseTime(text); err == nil {
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
