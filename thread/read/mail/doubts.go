package mail

import (
	"fmt"

	"threadstance/thread/read/input"
)

// doubt is a kind of small flaw that messages have which are read all the same.
type doubt struct{ what, then string }

// What mail writes amiss, and how it is read then.
var (
	badDate     = doubt{"dates that cannot be read", "their messages are read without a time"}
	badEncoding = doubt{"transfer encodings that are not known", "their texts are read as they stand"}
	badCharset  = doubt{"charsets that are not known", "their texts are read as UTF-8 or Windows-1252"}
	badBytes    = doubt{"texts with bytes that are no UTF-8", `the bytes stand as \xNN`}
	badPart     = doubt{"headers of parts that cannot be read", "the parts are read as plain text"}
	noBoundary  = doubt{"multipart bodies without any boundary", "they are read as one text"}
	badBoundary = doubt{"multipart bodies with another boundary than is named", "they are cut at that"}
)

// doubts counts the flaws of an input.
type doubts struct {
	kinds []doubt // in the order in which they were met
	found map[doubt]*noted
}

// noted is how often a flaw was met, and the first of them.
type noted struct {
	count, line int
	first       string
}

// note takes a flaw into account. what stands there is named where it is not "";
// line is asked for where the flaw is the first of its kind.
func (d *doubts) note(kind doubt, stands string, line func() int) {
	n := d.found[kind]
	if n == nil {
		if d.found == nil {
			d.found = map[doubt]*noted{}
		}
		n = &noted{line: line(), first: input.Shorten(stands)}
		d.found[kind] = n
		d.kinds = append(d.kinds, kind)
	}
	n.count++
}

// list returns what is to be said of the input of a path.
func (d *doubts) list(path string) []input.Doubt {
	var list []input.Doubt
	for _, kind := range d.kinds {
		n := d.found[kind]
		first := fmt.Sprintf("the first in line %d", n.line)
		if n.first != "" {
			first += fmt.Sprintf(", %q", n.first)
		}
		list = append(list, input.Doubt{Path: path, Text: fmt.Sprintf("%s: %d, %s; %s", kind.what, n.count, first, kind.then)})
	}
	return list
}
