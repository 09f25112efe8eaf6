package read

import (
	"fmt"
	"strings"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/read/input"
)

// badTimes counts the times of an input that cannot be read: their posts are
// read without one.
type badTimes struct {
	count, line int    // line is that of the first
	first       string // the first of them
}

func (b *badTimes) note(text string, line int) {
	if b.count == 0 {
		b.first, b.line = strings.Clone(input.Shorten(text)), line
	}
	b.count++
}

// doubt is what is to be said of the times of an input, nil where all are read.
func (b *badTimes) doubt(path string) error {
	if b.count == 0 {
		return nil
	}
	return input.Doubt{Path: path, Text: fmt.Sprintf("times that cannot be read: %d, the first in line %d, %q; their posts are read without one (RFC 3339 and seconds since 1970 can be read)", b.count, b.line, b.first)}
}

// setTimes says when each post was made, as far as its date tells.
func setTimes(posts []thread.Post, dates []date.Date) {
	days := date.DayFirst(dates, false)
	for i := range posts {
		posts[i].Time = dates[i].Time(days)
	}
}
