package thread

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode returns data as valid UTF-8 with "\n" line ends. It reads UTF-8 and
// UTF-16 by their byte order marks, UTF-16 without one by its zeros, and as
// Windows-1252 what is no UTF-8 and has no sign of being binary. Bytes that
// stand for no character become U+FFFD, and repaired counts them.
func decode(data []byte) (text string, repaired int, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
	case zerosAt(data, 1):
		data, err = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder().Bytes(data)
	case zerosAt(data, 0):
		data, err = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder().Bytes(data)
	}
	if err != nil {
		return "", 0, err
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if binary(data) {
		return "", 0, errors.New("binary data, not text; save the thread as text or as a web page")
	}
	if !utf8.Valid(data) && mostlyASCII(data) {
		if data, err = charmap.Windows1252.NewDecoder().Bytes(data); err != nil {
			return "", 0, err
		}
	}
	text = string(data)
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	repaired = strings.Count(text, "\uFFFD")
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	}
	if strings.IndexByte(text, 0) >= 0 {
		repaired += strings.Count(text, "\x00")
		text = strings.ReplaceAll(text, "\x00", "\uFFFD")
	}
	return text, repaired, nil
}

// zerosAt says whether nearly every second byte, from the given one on, is
// zero and the others are not: Latin text in UTF-16.
func zerosAt(data []byte, first int) bool {
	head := data[:min(len(data), 512)&^1]
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

// binary says whether the first bytes are of no text: more than one in thirty
// is a control character that text has no use for.
func binary(data []byte) bool {
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
