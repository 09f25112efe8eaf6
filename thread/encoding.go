package thread

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// utf16In returns the UTF-16 that an input is in by its first bytes, nil where it
// is in none: by its byte order mark, or by the zeros of Latin text.
func utf16In(head []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), zerosAt(head, 1):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(head, []byte("\xfe\xff")), zerosAt(head, 0):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

// fromUTF16 returns r as UTF-8 where it is UTF-16. It then begins with the mark
// of UTF-8, so that no reader takes it for anything else.
func fromUTF16(r *bufio.Reader) *bufio.Reader {
	head, _ := r.Peek(zerosHead)
	in := utf16In(head)
	if in == nil {
		return r
	}
	decoded := in.NewDecoder().Reader(r)
	return bufio.NewReaderSize(io.MultiReader(strings.NewReader("\ufeff"), decoded), sniffSize)
}

// western reads an input that is in UTF-8 or in Windows-1252, as UTF-8. Which
// it is in is told by what follows the first byte that is not ASCII.
type western struct {
	in      *bufio.Reader
	decoded io.Reader // once it is told
}

func newWestern(r io.Reader) *western { return &western{in: bufio.NewReaderSize(r, sniffSize)} }

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
	head, err := w.in.Peek(sniffSize)
	if err == nil {
		head = wholeRunes(head)
	}
	w.decoded = w.in
	if mostlyASCII(head) {
		w.decoded = charmap.Windows1252.NewDecoder().Reader(w.in)
	}
	return w.decoded.Read(p)
}

// withNewlines returns what r holds with "\n" for the bare "\r" that its lines end in,
// where its first bytes show that they do, as Excel on a Mac writes them.
func withNewlines(r io.Reader) io.Reader {
	in := bufio.NewReaderSize(r, sniffSize)
	if head, _ := in.Peek(sniffSize); haveReturns(head) {
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

// decode returns data as valid UTF-8 with "\n" line ends. What is no UTF-8 and
// has no sign of being binary it reads as Windows-1252. What of it could not be
// read is said in the warnings.
func decode(data []byte) (text string, warnings []string, err error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if isBinary(data) {
		return "", nil, errors.New("binary data, not text; save the thread as text or as a web page")
	}
	if !utf8.Valid(data) && mostlyASCII(data) {
		if data, err = charmap.Windows1252.NewDecoder().Bytes(data); err != nil {
			return "", nil, err
		}
	}
	var bad badBytes
	text = string(bad.mend(data, `\`, 1))
	if bad.count > 0 {
		warnings = append(warnings, bad.String())
	}
	repaired := strings.Count(text, "\uFFFD")
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(text, 0) >= 0 {
		repaired += strings.Count(text, "\x00")
		text = strings.ReplaceAll(text, "\x00", "\uFFFD")
	}
	if repaired > 0 {
		warnings = append(warnings, fmt.Sprintf("%d characters could not be read and stand as U+FFFD", repaired))
	}
	return text, warnings, nil
}

// badBytes counts the bytes of an input that are no UTF-8. Each is written as
// \xNN where it stands: nothing is lost, and names that differ in such bytes
// alone stay those of different users. In JSON it counts the halves of pairs
// too, as "\ud83d" is that an emoji was cut in two at, which stay as they are
// written.
type badBytes struct {
	count, line      int // line is that of the first
	halves, halfLine int
}

// mend returns data, which begins at the given line, with its bad bytes
// written out; backslash is how the form of the input writes a "\".
func (b *badBytes) mend(data []byte, backslash string, line int) []byte {
	if utf8.Valid(data) {
		return data
	}
	var out []byte
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			if b.count == 0 {
				b.line = line + bytes.Count(data[:at], []byte("\n"))
			}
			b.count++
			out = fmt.Appendf(out, "%sx%02x", backslash, data[at])
		} else {
			out = append(out, data[at:at+size]...)
		}
		at += size
	}
	return out
}

// mendJSON is mend for a line of JSON.
func (b *badBytes) mendJSON(data []byte, line int) []byte { return b.mend(data, `\\`, line) }

// mendHalves returns a line of JSON with the halves of pairs as text, and
// whether it has any.
func (b *badBytes) mendHalves(data []byte, line int) ([]byte, bool) {
	var out []byte
	from := 0 // what stands before it is in out
	for at := 0; ; {
		n := bytes.IndexByte(data[at:], '\\')
		if n < 0 {
			break
		}
		at += n
		half, size := surrogate(data[at:])
		if half {
			if b.halves == 0 {
				b.halfLine = line
			}
			b.halves++
			out = append(append(out, data[from:at]...), '\\') // "\\ud83d" is the text "\ud83d"
			from = at
		}
		at += size
	}
	if out == nil {
		return data, false
	}
	return append(out, data[from:]...), true
}

// replaced says whether a decoder may have put U+FFFD for half of a pair in
// what it read.
func (r *record) replaced() bool {
	return hasReplacement(r.Text) || hasReplacement(r.Author) || hasReplacement(r.title) ||
		hasReplacement(r.ID) || hasReplacement(r.thread) || hasReplacement(r.replyTo)
}

func hasReplacement(text string) bool {
	const first = 0xEF // byte of it, and seldom of anything else
	return strings.IndexByte(text, first) >= 0 && strings.Contains(text, "\uFFFD")
}

// surrogate returns the length of the escape that data begins with, and whether
// it is half of a surrogate pair without the other half.
func surrogate(data []byte) (half bool, size int) {
	first := utf16Escape(data)
	switch {
	case first < 0:
		return false, min(2, len(data))
	case !utf16.IsSurrogate(first):
		return false, 6
	case utf16.DecodeRune(first, utf16Escape(data[6:])) == utf8.RuneError:
		return true, 6
	}
	return false, 12
}

// utf16Escape returns what the escape \uNNNN stands for that data begins with,
// −1 where it begins with none.
func utf16Escape(data []byte) rune {
	if len(data) < 6 || data[0] != '\\' || data[1] != 'u' {
		return -1
	}
	code, err := strconv.ParseUint(string(data[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(code)
}

// String says what was found.
func (b *badBytes) String() string {
	var found []string
	if b.count > 0 {
		found = append(found, fmt.Sprintf(`bytes that are no UTF-8: %d, the first in line %d; they stand as \xNN (iconv makes UTF-8 of other encodings)`, b.count, b.line))
	}
	if b.halves > 0 {
		found = append(found, fmt.Sprintf(`halves of characters: %d, the first in line %d; they stand as \uNNNN`, b.halves, b.halfLine))
	}
	return strings.Join(found, "; ")
}

// doubt is a warning of a whole input, which was read all the same.
type doubt struct{ path, text string }

func (d doubt) Error() string { return d.path + ": " + d.text }

// warn adds the doubts to the warnings of a thread.
func warn(t *Thread, doubts []doubt) {
	for _, d := range doubts {
		text := d.text
		if d.path != t.Path && t.Path != "" { // it is of another of the thread's inputs
			text = d.Error()
		}
		t.Warnings = append(t.Warnings, text)
	}
}

// doubt is what is to be said of the bytes in an input, nil where none is bad.
func (b *badBytes) doubt(path string) error {
	if b.count+b.halves == 0 {
		return nil
	}
	return doubt{path, b.String()}
}

// valid returns text with every byte that is no UTF-8 written as \xNN.
func valid(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return string(new(badBytes).mend([]byte(text), `\`, 1))
}

// zerosHead is how much zerosAt looks at.
const zerosHead = 512

// zerosAt says whether nearly every second byte, from the given one on, is
// zero and the others are not: Latin text in UTF-16.
func zerosAt(data []byte, first int) bool {
	head := data[:min(len(data), zerosHead)&^1]
	zero, other := 0, 0
	for i, c := range head {
		if c != 0 {
			continue
		}
		if i&1 == first {
			zero++
		} else {
			other++
		}
	}
	return len(head) >= 8 && zero*10 > len(head)/2*8 && other*20 < len(head)
}

// isBinary says whether the first bytes are of no text: more than one in thirty
// is a control character that text has no use for.
func isBinary(data []byte) bool {
	head := data[:min(len(data), 8192)]
	odd := 0
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b {
			odd++
		}
	}
	return odd*30 > len(head)
}

// mostlyASCII says whether the bytes above 127 that are no UTF-8 stand alone
// among ASCII, as accented letters and curly quotes of Windows-1252 do, rather
// than being damage to UTF-8 text.
func mostlyASCII(data []byte) bool {
	broken, whole := 0, 0
	for at := 0; at < len(data); {
		if data[at] < utf8.RuneSelf {
			at++
			continue
		}
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size <= 1 {
			broken++
		} else {
			whole++
		}
		at += size
	}
	return broken > whole
}
