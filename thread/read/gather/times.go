package gather

import (
	"fmt"
	"strings"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/read/input"
)

// BadTimes counts the times of an input that cannot be read: their posts are
// read without one.
type BadTimes struct {
	count, line int    // line is that of the first
	first       string // the first of them
}

// Note takes a time of a line that cannot be read into account.
func (b *BadTimes) Note(text string, line int) {
	if b.count == 0 {
		b.first, b.line = strings.Clone(input.Shorten(text)), line
	}
	b.count++
}

// Doubt returns what is to be said of the times of an input, nil where all are read.
func (b *BadTimes) Doubt(path string) error {
	if b.count == 0 {
		return nil
	}
	return input.Doubt{Path: path, Text: fmt.Sprintf("times that cannot be read: %d, the first in line %d, %q; their posts are read without one (RFC 3339 and seconds since 1970 can be read)", b.count, b.line, b.first)}
}

// SetTimes says when each post was made, as far as its date tells.
func SetTimes(posts []thread.Post, dates []date.Date) {
	days := date.DayFirst(dates, false)
	for i := range posts {
		posts[i].Time = dates[i].Time(days)
	}
}
