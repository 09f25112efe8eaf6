package input

import (
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
	// yielded as a nil thread and a *Error, and reading goes on after it
	// where that is possible.
	Read(src Source) iter.Seq2[*thread.Thread, error]
}

// SniffSize is how much of an input its format is found by.
const SniffSize = 64 << 10

// Lines is a format of one record a line whose threads can be brought together
// by others, line by line: all lines of one thread, in their order, are an
// input of it.
type Lines interface {
	Format
	// ThreadOf returns the identifier of the thread that a line belongs to, ""
	// where the line is a thread of its own, and an error for what Read would
	// not read. It keeps nothing of line.
	ThreadOf(line []byte) (string, error)
}

// Source is one input, decompressed, in an encoding that has ASCII as it is.
type Source struct {
	Path   string // as the user named it, for errors; "-" for standard input
	Reader io.Reader
	Limits Limits
	Name   func(path string) string // what the thread of a path is called; nil by the file alone
	Beside OpenFunc                 // opens a file that lies beside it; nil by the system
}

// ThreadName is what a thread is called that has no name but its file's: that one
// without folder and ending, or as the run tells it from others.
func (s *Source) ThreadName() string {
	if s.Name != nil {
		return s.Name(s.Path)
	}
	return Valid(strings.TrimSuffix(filepath.Base(s.Path), filepath.Ext(s.Path)))
}

// OpenFunc opens the file of a path, as it is named in errors.
type OpenFunc func(path string) (io.ReadCloser, error)
