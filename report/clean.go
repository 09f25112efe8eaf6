package report

import (
	"strings"
	"unicode"
)

// Clean returns s as it can be shown on one line of a terminal: white space
// is a blank, and what moves the cursor, changes colours or the direction of
// writing is taken out.
func Clean(s string) string {
	return strings.TrimSpace(clean(s, false))
}

// CleanText is Clean for a text of several lines: line breaks and tabs stay.
func CleanText(s string) string { return clean(s, true) }

// clean is Clean or, where the text has lines, CleanText.
func clean(s string, lines bool) string {
	s = strings.ToValidUTF8(s, "\ufffd") // a lone byte may be a control code to a terminal
	if !strings.ContainsFunc(s, isUnsafe) {
		return s
	}
	var b strings.Builder
	skip := 0
	for i, r := range s {
		switch {
		case i < skip:
		case lines && (r == '\n' || r == '\t'):
			b.WriteRune(r)
		case r == '\x1b':
			skip = i + escape(s[i:])
		case unicode.IsSpace(r):
			if !lines || r != '\r' {
				b.WriteByte(' ')
			}
		case !isUnsafe(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isUnsafe reports whether a character does more than to be shown. Joiners
// stay: scripts and emoji need them.
func isUnsafe(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.Is(unicode.Cc, r) || r == '\u2028' || r == '\u2029' ||
		unicode.Is(unicode.Cf, r) && r != nonJoiner && r != joiner && !isTag(r)
}

// isTag reports whether r is one of the letters that flags of regions are
// spelled with.
func isTag(r rune) bool { return r >= 0xe0020 && r <= 0xe007f }

// escape returns the length of the escape sequence (ECMA-48) that s starts
// with.
func escape(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	switch s[1] {
	case '[': // control sequence: parameters, then a final byte
		for i := 2; i < len(s); i++ {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return i + 1
			}
			if s[i] < 0x20 || s[i] > 0x7e {
				return i
			}
		}
		return len(s)
	case ']', 'P', 'X', '^', '_': // a string up to BEL or ESC \
		for i := 2; i < len(s); i++ {
			if s[i] == 7 {
				return i + 1
			}
			if s[i] == 0x1b || s[i] == '\n' {
				return i
			}
		}
		return len(s)
	}
	if s[1] >= 0x20 && s[1] < 0x7f {
		return 2
	}
	return 1
}
