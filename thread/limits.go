package thread

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
)

// Limits bound what a hostile input can cost. A zero field stands for its
// default; each error that a limit causes names the flag that raises it.
type Limits struct {
	Bytes   int64 // decompressed bytes of one input (--max-bytes; 1 TiB)
	Ratio   int64 // decompressed bytes for each compressed one (--max-ratio; 1,000)
	Line    int   // bytes of one line, mail message, page or pasted thread (--max-line; 64 MiB)
	Text    int   // bytes of one post's text (--max-text; 1 MiB)
	Nesting int   // archives in archives, quotes in quotes, JSON in JSON (--max-nesting; 64)
	Posts   int   // posts of one thread (--max-posts; 1,000,000)
}

// ratioFloor is how much an input may decompress to before Ratio applies: a
// small file of blanks harms nobody.
const ratioFloor = 64 << 20

func (l Limits) bytes() int64 { return or(l.Bytes, 1<<40) }
func (l Limits) ratio() int64 { return or(l.Ratio, 1000) }
func (l Limits) line() int    { return or(l.Line, 64<<20) }
func (l Limits) text() int    { return or(l.Text, 1<<20) }
func (l Limits) nesting() int { return or(l.Nesting, 64) }
func (l Limits) posts() int   { return or(l.Posts, 1_000_000) }

func or[T int | int64](value, otherwise T) T {
	if value <= 0 {
		return otherwise
	}
	return value
}

// cutTexts cuts the posts of a thread that are longer than the limit: to judge
// a text takes hundreds of times its memory. The error says which; nil is none.
func (l Limits) cutTexts(t *Thread) error {
	first, count := None, 0
	for i := range t.Posts {
		if p := &t.Posts[i]; len(p.Text) > l.text() {
			if first == None {
				first = i
			}
			count++
			p.cut(l.text())
		}
	}
	if first == None {
		return nil
	}
	return &ReadError{Path: t.Path, Offset: -1, Err: fmt.Errorf(
		"posts of more than %d bytes in the thread %q: %d, the first is number %d; they are cut there, --max-text raises the limit", l.text(), t.ID, count, first+1)}
}

// cut leaves the first bytes of a post's text, and what is said of them.
func (p *Post) cut(end int) {
	for end > 0 && !utf8.RuneStart(p.Text[end]) {
		end--
	}
	p.Text = strings.Clone(p.Text[:end])
	var segments []Segment
	for _, s := range p.Segments {
		if s.Span = Trim(p.Text, Span{min(s.Start, end), min(s.End, end)}); s.Len() > 0 {
			segments = append(segments, s)
		}
	}
	p.Segments = segments
	p.Targets = slices.DeleteFunc(p.Targets, func(t Target) bool { return t.Span.End > end })
}

// countingReader counts the bytes that went through it.
type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// account holds what went into the decompressors of an input, and what has come
// out of all of them, those of what is inside others included.
type account struct {
	in     *countingReader // of the outermost
	out    int64
	limits Limits
}

// overdrawn is an error once more has come out than the limits allow.
func (a *account) overdrawn() error {
	if a.out > a.limits.bytes() {
		return fmt.Errorf("decompresses to more than %d bytes; --max-bytes raises the limit", a.limits.bytes())
	}
	if a.out > ratioFloor && a.out/a.limits.ratio() > a.in.n {
		return fmt.Errorf("decompresses to more than %d times its size; --max-ratio raises the limit", a.limits.ratio())
	}
	return nil
}

// limitedReader is a decompressor that fails once the account is overdrawn.
type limitedReader struct {
	r       io.Reader
	account *account
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if err := l.account.overdrawn(); err != nil {
		return 0, err
	}
	n, err := l.r.Read(p)
	l.account.out += int64(n)
	switch err {
	case io.ErrUnexpectedEOF:
		err = fmt.Errorf("the compressed input is cut short: %w", err)
	case zstd.ErrWindowSizeExceeded, zstd.ErrDecoderSizeExceeded:
		err = fmt.Errorf("zstd: %w: 2 GiB at most, and inside other zstd a sixteenth of what may be around it; decompress it first", err)
	}
	return n, err
}
