package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsSpace says whether a character is white space, marks of zero width included.
func IsSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' }

// folded is what FoldASCII returns, by byte.
var folded = func() (table [256]byte) {
	for c := range byte(128) {
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			table[c] = c
		case 'A' <= c && c <= 'Z':
			table[c] = c | 0x20
		}
	}
	return table
}()

// IsNameRune says whether a character can be one of a name's.
func IsNameRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// IsUnspaced says whether a letter is of a script that is written without spaces
// between words.
func IsUnspaced(r rune) bool {
	return r >= firstUnspaced && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) ||
		r == 'ー' || r == 'ｰ') // the mark of long vowels, which Hiragana and Katakana share
}

// firstUnspaced is the first letter of those scripts.
const firstUnspaced = '\u0e01'

// FoldASCII returns an ASCII letter in lower case, or a digit as it is; 0 for any
// other byte.
func FoldASCII(c byte) byte { return folded[c] }

// IsAlphanumeric says whether a byte is an ASCII letter or digit.
func IsAlphanumeric(c byte) bool { return folded[c] != 0 }

// LastRune returns the last character of a text, but for closing quotation marks
// and spaces.
func LastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"”’' "))
	return r
}
