package input

import (
	"fmt"
	"strings"

	"threadstance/thread"
)

// Error says what could not be read, and where.
type Error struct {
	Path   string
	Line   int   // counts from 1; 0 where lines mean nothing
	Offset int64 // byte in the decompressed input; -1 where it is not known
	Err    error
}

// Error returns "path:line: cause" or "path: byte offset: cause".
func (e *Error) Error() string {
	switch {
	case e.Line > 0:
		return fmt.Sprintf("%s:%d: %v", e.Path, e.Line, e.Err)
	case e.Offset >= 0:
		return fmt.Sprintf("%s: byte %d: %v", e.Path, e.Offset, e.Err)
	}
	return fmt.Sprintf("%s: %v", e.Path, e.Err)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Doubt is a warning of a whole input, which was read all the same.
type Doubt struct{ Path, Text string }

// Error returns "path: text".
func (d Doubt) Error() string { return d.Path + ": " + d.Text }

// Warn adds the doubts to the warnings of a thread.
func Warn(t *thread.Thread, doubts []Doubt) {
	for _, d := range doubts {
		text := d.Text
		if d.Path != t.Path && t.Path != "" { // it is of another of the thread's inputs
			text = d.Error()
		}
		t.Warnings = append(t.Warnings, text)
	}
}

// Shorten cuts text for an error message.
func Shorten(text string) string {
	if len(text) > 60 {
		return strings.ToValidUTF8(text[:60], "") + "…"
	}
	return text
}
