package input

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// BadBytes counts the bytes of an input that are no UTF-8. Each is written as
// \xNN where it stands: nothing is lost, and names that differ in such bytes
// alone stay those of different users. In JSON it counts the halves of pairs
// too, as "\ud83d" is that an emoji was cut in two at, which stay as they are
// written.
type BadBytes struct {
	Count, line      int // line is that of the first
	halves, halfLine int
}

// Mend returns data, which begins at the given line, with its bad bytes
// written out; backslash is how the form of the input writes a "\".
func (b *BadBytes) Mend(data []byte, backslash string, line int) []byte {
	if utf8.Valid(data) {
		return data
	}
	var out []byte
	for at := 0; at < len(data); {
		r, size := utf8.DecodeRune(data[at:])
		if r == utf8.RuneError && size == 1 {
			if b.Count == 0 {
				b.line = line + bytes.Count(data[:at], []byte("\n"))
			}
			b.Count++
			out = fmt.Appendf(out, "%sx%02x", backslash, data[at])
		} else {
			out = append(out, data[at:at+size]...)
		}
		at += size
	}
	return out
}

// MendJSON is mend for a line of JSON.
func (b *BadBytes) MendJSON(data []byte, line int) []byte { return b.Mend(data, `\\`, line) }

// MendHalves returns a line of JSON with the halves of pairs as text, and
// whether it has any.
func (b *BadBytes) MendHalves(data []byte, line int) ([]byte, bool) {
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
func (b *BadBytes) String() string {
	var found []string
	if b.Count > 0 {
		found = append(found, fmt.Sprintf(`bytes that are no UTF-8: %d, the first in line %d; they stand as \xNN (iconv makes UTF-8 of other encodings)`, b.Count, b.line))
	}
	if b.halves > 0 {
		found = append(found, fmt.Sprintf(`halves of characters: %d, the first in line %d; they stand as \uNNNN`, b.halves, b.halfLine))
	}
	return strings.Join(found, "; ")
}

// Doubt is what is to be said of the bytes in an input, nil where none is bad.
func (b *BadBytes) Doubt(path string) error {
	if b.Count+b.halves == 0 {
		return nil
	}
	return Doubt{path, b.String()}
}

// Valid returns text with every byte that is no UTF-8 written as \xNN.
func Valid(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return string(new(BadBytes).Mend([]byte(text), `\`, 1))
}

// MostlyASCII says whether the bytes above 127 that are no UTF-8 stand alone
// among ASCII, as accented letters and curly quotes of Windows-1252 do, rather
// than being damage to UTF-8 text.
func MostlyASCII(data []byte) bool {
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
