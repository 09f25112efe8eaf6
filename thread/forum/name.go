package forum

import (
	"strings"
	"unicode/utf8"
)

// IsSpeaker says whether a text can be the name of who speaks.
func IsSpeaker(name string) bool {
	n := utf8.RuneCountInString(name)
	return n >= 2 && n <= 40 && strings.Count(name, " ") <= 3 && !strings.ContainsAny(name, "\"“”.,;:?!<>")
}
