package jsonl

import (
	"fmt"

	"threadstance/thread/read/input"
)

// Each target of a record is judged over the whole text, and may be named by each
// of its words. At worst one takes 0.4 s and 50 MB for a MiB of text: all that are
// judged of a record take 7 s and 1 GB of the longest text that is not cut.
const (
	maxTargets   = 200      // of a record: more than anyone asks for
	leastTargets = 16       // that may be asked for in any text
	targetText   = 16 << 20 // bytes of text that the targets of a record go through together, where they are more
)

// mostTargets is how many targets may be asked for in a text.
func mostTargets(text string) int {
	return min(maxTargets, max(leastTargets, targetText/max(1, len(text))))
}

// leftTargets counts the targets of an input that are left out.
type leftTargets struct{ count, line int } // line is that of the first

// note takes so many of the record of a line into account.
func (l *leftTargets) note(count, line int) {
	if l.count == 0 {
		l.line = line
	}
	l.count += count
}

// doubt returns what is to be said of them, nil where none is left out.
func (l *leftTargets) doubt(path string) error {
	if l.count == 0 {
		return nil
	}
	return input.Doubt{Path: path, Text: fmt.Sprintf("targets that are left out: %d, the first in line %d; the first %d of a record are judged, of one with a long text fewer, down to %d", l.count, l.line, maxTargets, leastTargets)}
}
