package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// LineReader reads an input line by line with bounded memory.
type LineReader struct {
	Keep bool // lines stay valid: a buffer is never used twice
	Line int  // number of the last line returned, from 1

	src    io.Reader
	max    int // longest line that is read, in bytes
	buf    []byte
	at     int   // where the next line starts in buf
	offset int64 // byte where the last line returned starts
	next   int64 // byte after it
	failed error // what src failed with, returned after the bytes before it
	torn   bool  // the last line is cut short by it
}

// ErrLongLine is what Next returns for a line over the limit; the line is
// skipped and reading goes on after it.
var ErrLongLine = errors.New("line too long")

// lineBuffer is how much is read at once.
const lineBuffer = 256 << 10

// NewLineReader returns a reader of the lines of src.
func NewLineReader(src Source) *LineReader {
	return &LineReader{src: src.Reader, max: src.Limits.MaxLine()}
}

// Next returns the next line without its end ("\n" or "\r\n"), valid until the
// next call, or, with keep, for good. It returns io.EOF at the end,
// ErrLongLine for a line over the limit, or what the input failed with.
func (l *LineReader) Next() ([]byte, error) {
	l.offset = l.next
	searched := 0 // bytes of the line that are known to have no end
	for {
		line := l.buf[l.at:]
		if i := bytes.IndexByte(line[searched:], '\n'); i >= 0 {
			end := searched + i
			l.advance(end + 1)
			if end > l.max+1 {
				return nil, ErrLongLine
			}
			return l.trim(line[:end:end]), nil
		}
		searched = len(line)
		if searched > l.max+1 {
			return nil, l.skip()
		}
		if l.failed != nil {
			if searched == 0 {
				return nil, l.failed
			}
			l.advance(searched)
			return l.trim(line[:searched:searched]), nil
		}
		l.fill()
	}
}

// advance steps over a line of n bytes.
func (l *LineReader) advance(n int) {
	l.at += n
	l.next += int64(n)
	l.Line++
}

func (l *LineReader) trim(line []byte) []byte {
	line = bytes.TrimSuffix(line, []byte("\r"))
	if l.Line == 1 {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	}
	return line
}

// fill reads more behind the part of a line that is there.
func (l *LineReader) fill() {
	if len(l.buf) == cap(l.buf) {
		part := l.buf[l.at:]
		buf := l.buf[:0]
		if l.Keep || len(part) > cap(l.buf)/2 || cap(l.buf) == 0 {
			buf = make([]byte, 0, max(lineBuffer, 2*len(part)))
		}
		l.buf = append(buf, part...)
		l.at = 0
	}
	// A reader that returns nothing for long is one that has failed.
	for range 100 {
		n, err := l.src.Read(l.buf[len(l.buf):cap(l.buf)])
		l.buf = l.buf[:len(l.buf)+n]
		l.failed = err
		if n > 0 || err != nil {
			return
		}
	}
	l.failed = io.ErrNoProgress
}

// skip drops the rest of a line that is too long.
func (l *LineReader) skip() error {
	for {
		if i := bytes.IndexByte(l.buf[l.at:], '\n'); i >= 0 {
			l.advance(i + 1)
			return ErrLongLine
		}
		l.next += int64(len(l.buf) - l.at)
		l.buf, l.at = l.buf[:0], 0
		if l.Keep {
			l.buf = nil
		}
		if l.failed != nil {
			l.Line++
			return ErrLongLine
		}
		l.fill()
	}
}

// IsTorn says whether the last line that was read, of which nothing could be
// made, has no end because the input failed within it. That failure, which Next
// returns next, is then said to be in this line.
func (l *LineReader) IsTorn() bool {
	l.torn = l.failed != nil && l.failed != io.EOF && l.at == len(l.buf)
	return l.torn
}

// ErrorAt places err at the last line that was read.
func (l *LineReader) ErrorAt(path string, err error) *Error {
	if err == ErrLongLine {
		err = fmt.Errorf("a line of more than %d bytes; --max-line raises the limit", l.max)
		return &Error{Path: path, Line: l.Line, Offset: l.offset, Err: err}
	}
	if err == l.failed && l.torn {
		return &Error{Path: path, Line: l.Line, Offset: l.offset, Err: fmt.Errorf("%w; this line is lost", err)}
	}
	if err == l.failed {
		return &Error{Path: path, Line: l.Line + 1, Offset: l.next, Err: err}
	}
	return &Error{Path: path, Line: l.Line, Offset: l.offset, Err: err}
}
