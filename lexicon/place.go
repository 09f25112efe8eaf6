package lexicon

import (
	"bytes"
	"fmt"
)

// place is where an entry stands. Its line is looked for only when something
// is to be said about it.
type place struct {
	file  *sourceFile
	line  int    // counts from 1; 0 where it is not yet known
	table string // "actor": one of the file's [[actor]]; "" the whole file
	n     int    // which of them, from 0
	value string // what the line holds
	inner bool   // the line is that of the value, and not the entry's first
}

// header returns the place of the n-th [[table]] of a file.
func (f *sourceFile) header(table string, n int) place {
	return place{file: f, table: table, n: n}
}

// of narrows a place to the line of the entry that holds a value or a key.
func (at place) of(value string) place {
	at.value, at.inner = value, true
	return at
}

// lineNumber returns the line of a place, counted from 1.
func (at place) lineNumber() int {
	first, last := at.line, 0
	if first == 0 {
		first = 1
	}
	if at.table != "" {
		first, last = at.file.entry(at.table, at.n)
	}
	if !at.inner {
		return first
	}
	// As a value of its own, as a key, or as part of something longer.
	forms := []string{`"` + at.value + `"`, "'" + at.value + "'"}
	if at.value != "" {
		forms = append(forms, at.value+" =", at.value+"=", at.value)
	}
	for _, wanted := range forms {
		number := 0
		for line := range bytes.SplitSeq(at.file.data, []byte("\n")) {
			number++
			if number >= first && (last == 0 || number <= last) && bytes.Contains(line, []byte(wanted)) {
				return number
			}
		}
	}
	return first
}

// entry returns the first and the last line of the n-th [[table]] of a file.
func (f *sourceFile) entry(table string, n int) (first, last int) {
	first = 1
	seen, number := -1, 0
	for line := range bytes.SplitSeq(f.data, []byte("\n")) {
		number++
		line = bytes.TrimSpace(line)
		if !bytes.HasPrefix(line, []byte("[[")) {
			continue
		}
		if seen == n {
			return first, number - 1
		}
		name, _, _ := bytes.Cut(line[2:], []byte("]]"))
		if string(bytes.TrimSpace(name)) == table {
			if seen++; seen == n {
				first = number
			}
		}
	}
	return first, number
}

// String returns the place as an error names it: file:line.
func (at place) String() string { return fmt.Sprintf("%s:%d", at.file.path, at.lineNumber()) }
