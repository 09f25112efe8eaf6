package text

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"threadstance/thread/read/input"
)

// decode returns data as valid UTF-8 with "\n" line ends. What is no UTF-8 and
// has no sign of being binary it reads as Windows-1252. What of it could not be
// read is said in the warnings.
func decode(data []byte) (text string, warnings []string, err error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if isBinary(data) {
		return "", nil, errors.New("binary data, not text; save the thread as text or as a web page")
	}
	if !utf8.Valid(data) && input.MostlyASCII(data) {
		if data, err = charmap.Windows1252.NewDecoder().Bytes(data); err != nil {
			return "", nil, err
		}
	}
	var bad input.BadBytes
	text = string(bad.Mend(data, `\`, 1))
	if bad.Count > 0 {
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
