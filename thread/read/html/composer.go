package html

import (
	"unicode"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/quote"
)

// composer puts a post's text together from the pieces of a page: white space
// collapsed, blocks on lines of their own, each piece in the segment of its
// owner.
type composer struct {
	text     []byte
	segments []thread.Segment
	hints    []quote.Hint // one for each segment
	kind     thread.Kind
	from     *quote.Hint // of the quotation that is being written; nil elsewhere
	fresh    bool        // the next visible character starts a segment
	gap      int         // white space owed before the next character: 1 a space, 2 a new line, 3 a blank line
}

func (c *composer) reset() { *c = composer{fresh: true} }

// owner says whose words follow.
func (c *composer) owner(kind thread.Kind, from *quote.Hint) {
	if kind != c.kind || from != c.from {
		c.kind, c.from, c.fresh = kind, from, true
	}
}

func (c *composer) space(gap int) { c.gap = max(c.gap, gap) }

// breakLine starts a new line, and leaves one blank where one was started already.
func (c *composer) breakLine() {
	if c.gap == 2 {
		c.space(3)
	} else {
		c.space(2)
	}
}

// write adds text as it stands in HTML, or inside a pre element.
func (c *composer) write(text string, pre bool) {
	start := -1 // of the word that is being scanned
	for i := 0; i < len(text); {
		r, width := utf8.DecodeRuneInString(text[i:])
		space := unicode.IsSpace(r)
		// Zero-width marks are the software's, not the writer's.
		drop := r == 0 || r == '\u200b' || r == '\ufeff' || r == utf8.RuneError && width == 1
		switch {
		case !space && !drop:
			if start < 0 {
				start = i
			}
		case start >= 0:
			c.word(text[start:i])
			start = -1
		}
		if space {
			if pre && r == '\n' {
				c.space(2)
			} else {
				c.space(1)
			}
		}
		i += width
	}
	if start >= 0 {
		c.word(text[start:])
	}
}

func (c *composer) word(word string) {
	if len(c.text) > 0 {
		c.text = append(c.text, [...]string{"", " ", "\n", "\n\n"}[c.gap]...)
	}
	c.gap = 0
	start := len(c.text)
	c.text = append(c.text, word...)
	if c.fresh {
		c.fresh = false
		h := quote.Hint{}
		if c.from != nil {
			h = *c.from
		}
		c.segments = append(c.segments, thread.Segment{Kind: c.kind, Span: thread.Span{Start: start, End: start}, QuoteOf: thread.None})
		c.hints = append(c.hints, h)
	}
	c.segments[len(c.segments)-1].End = len(c.text)
}
