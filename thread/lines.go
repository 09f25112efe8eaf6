package thread

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// lineReader reads an input line by line with bounded memory.
type lineReader struct {
	r      *bufio.Reader
	max    int    // longest line that is read, in bytes
	long   []byte // a line that does not fit r's buffer
	line   int    // number of the last line returned, from 1
	offset int64  // byte where the last line returned starts
	next   int64  // byte after it
	failed error  // what r failed with, returned after the bytes before it
}

// errLongLine is what next returns for a line over the limit; the line is
// skipped and reading goes on after it.
var errLongLine = errors.New("line too long")

func newLineReader(src Source) *lineReader {
	return &lineReader{r: bufio.NewReaderSize(src.Reader, 256<<10), max: src.Limits.line()}
}

// read returns the next line without its end ("\n" or "\r\n"), valid until the
// next call. It returns io.EOF at the end, errLongLine for a line over the
// limit, or what the input failed with.
func (l *lineReader) read() ([]byte, error) {
	if l.failed != nil {
		return nil, l.failed
	}
	l.long = l.long[:0]
	l.offset = l.next
	tooLong := false
	for {
		part, err := l.r.ReadSlice('\n')
		l.next += int64(len(part))
		if tooLong || len(l.long)+len(part) > l.max+2 {
			tooLong = true
			l.long = l.long[:0]
		} else if err != nil || len(l.long) > 0 {
			l.long = append(l.long, part...)
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil {
			l.failed = err
			if l.next == l.offset {
				return nil, err
			}
		}
		l.line++
		if tooLong {
			return nil, errLongLine
		}
		if len(l.long) > 0 {
			part = l.long
		}
		part = bytes.TrimSuffix(part, []byte("\n"))
		part = bytes.TrimSuffix(part, []byte("\r"))
		if l.line == 1 {
			part = bytes.TrimPrefix(part, []byte("\xef\xbb\xbf"))
		}
		return part, nil
	}
}

// readError places err at the last line that was read.
func (l *lineReader) readError(path string, err error) *ReadError {
	if err == errLongLine {
		err = fmt.Errorf("a line of more than %d bytes; --max-line raises the limit", l.max)
		return &ReadError{Path: path, Line: l.line, Offset: l.offset, Err: err}
	}
	if err == l.failed {
		return &ReadError{Path: path, Line: l.line + 1, Offset: l.next, Err: cutShort(err)}
	}
	return &ReadError{Path: path, Line: l.line, Offset: l.offset, Err: err}
}

// cutShort says in words what an unexpected end means.
func cutShort(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the compressed input is cut short: %w", err)
	}
	return err
}
