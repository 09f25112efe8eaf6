package csv

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"threadstance/thread/read/input"
)

// western reads an input that is in UTF-8 or in Windows-1252, as UTF-8. Which
// it is in is told by what follows the first byte that is not ASCII.
type western struct {
	in      *bufio.Reader
	decoded io.Reader // once it is told
}

func newWestern(r io.Reader) *western { return &western{in: bufio.NewReaderSize(r, input.SniffSize)} }

func (w *western) Read(p []byte) (int, error) {
	if w.decoded != nil {
		return w.decoded.Read(p)
	}
	if _, err := w.in.Peek(1); err != nil {
		return 0, err
	}
	head, _ := w.in.Peek(w.in.Buffered())
	ascii := bytes.IndexFunc(head, func(r rune) bool { return r >= utf8.RuneSelf })
	switch {
	case ascii < 0:
		return w.in.Read(p)
	case ascii > 0:
		return w.in.Read(p[:min(len(p), ascii)])
	}
	head, err := w.in.Peek(input.SniffSize)
	if err == nil {
		head = wholeRunes(head)
	}
	w.decoded = w.in
	if input.MostlyASCII(head) {
		w.decoded = charmap.Windows1252.NewDecoder().Reader(w.in)
	}
	return w.decoded.Read(p)
}

// withNewlines returns what r holds with "\n" for the bare "\r" that its lines end in,
// where its first bytes show that they do, as Excel on a Mac writes them.
func withNewlines(r io.Reader) io.Reader {
	in := bufio.NewReaderSize(r, input.SniffSize)
	if head, _ := in.Peek(input.SniffSize); haveReturns(head) {
		return newlines{in}
	}
	return in
}

// haveReturns says whether lines end in a bare "\r" alone.
func haveReturns(head []byte) bool {
	return bytes.IndexByte(head, '\r') >= 0 && bytes.IndexByte(head, '\n') < 0
}

// newlines reads each "\r" as "\n".
type newlines struct{ in io.Reader }

func (n newlines) Read(p []byte) (int, error) {
	size, err := n.in.Read(p)
	for i, c := range p[:size] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return size, err
}

// wholeRunes returns text without what its end may have cut a character to.
func wholeRunes(text []byte) []byte {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if last := text[len(text)-n:]; utf8.RuneStart(last[0]) {
			if !utf8.FullRune(last) {
				return text[:len(text)-n]
			}
			break
		}
	}
	return text
}
