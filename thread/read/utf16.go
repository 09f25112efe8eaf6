package read

import (
	"bufio"
	"bytes"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"threadstance/thread/read/input"
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
	return bufio.NewReaderSize(io.MultiReader(strings.NewReader("\ufeff"), decoded), input.SniffSize)
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
