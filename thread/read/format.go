package read

import (
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"

	"threadstance/thread"
)

// Format reads one form that threads come in.
type Format interface {
	// Name is the format's name as --from takes it.
	Name() string
	// Sniff says whether head, the first bytes of an input (up to 64 KiB,
	// decompressed), looks like this format.
	Sniff(head []byte) bool
	// Read yields the threads of src in order. A record that cannot be read is
	// yielded as a nil thread and a *ReadError, and reading goes on after it
	// where that is possible.
	Read(src Source) iter.Seq2[*thread.Thread, error]
}

// Source is one input, decompressed, in an encoding that has ASCII as it is.
type Source struct {
	Path   string // as the user named it, for errors; "-" for standard input
	Reader io.Reader
	Limits Limits
	name   func(path string) string // what the thread of a path is called; nil by the file alone
	beside openFunc                 // opens a file that lies beside it; nil by the system
}

// openFunc opens the file of a path, as it is named in errors.
type openFunc func(path string) (io.ReadCloser, error)

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

// doubt is a warning of a whole input, which was read all the same.
type doubt struct{ path, text string }

func (d doubt) Error() string { return d.path + ": " + d.text }

// warn adds the doubts to the warnings of a thread.
func warn(t *thread.Thread, doubts []doubt) {
	for _, d := range doubts {
		text := d.text
		if d.path != t.Path && t.Path != "" { // it is of another of the thread's inputs
			text = d.Error()
		}
		t.Warnings = append(t.Warnings, text)
	}
}

// sniffSize is how much of an input its format is found by.
const sniffSize = 64 << 10

// shorten cuts text for an error message.
func shorten(text string) string {
	if len(text) > 60 {
		return strings.ToValidUTF8(text[:60], "") + "…"
	}
	return text
}

// threadName is what a thread is called that has no name but its file's: that one
// without folder and ending, or as the run tells it from others.
func (s *Source) threadName() string {
	if s.name != nil {
		return s.name(s.Path)
	}
	return valid(strings.TrimSuffix(filepath.Base(s.Path), filepath.Ext(s.Path)))
}
