package plain

import (
	"slices"
	"strings"
)

// IsNumber says whether a text is a number of up to seven digits, with white space
// around it or without.
func IsNumber(s string) bool {
	s = strings.TrimSpace(s)
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != "" && len(s) <= 7
}

// Flat returns a text with one space between its words.
func Flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// HasPrefixFold says whether text begins with prefix, whatever its capitals.
func HasPrefixFold(text, prefix string) bool {
	return len(text) >= len(prefix) && strings.EqualFold(text[:len(prefix)], prefix)
}

// HasAnyPrefix says whether a line begins with one of the prefixes.
func HasAnyPrefix(line string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(line, prefix) })
}

// Set returns words as a table to look others up in.
func Set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// LineEnd returns where the line ends that at stands in, at end or before it.
func LineEnd(text string, at, end int) int {
	if n := strings.IndexByte(text[at:end], '\n'); n >= 0 {
		return at + n
	}
	return end
}
