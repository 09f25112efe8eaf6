package read

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/read/input"
)

// cutTexts cuts the posts of a thread that are longer than the limit: to judge
// a text takes hundreds of times its memory. The error says which; nil is none.
func cutTexts(t *thread.Thread, l input.Limits) error {
	first, count := thread.None, 0
	for i := range t.Posts {
		if p := &t.Posts[i]; len(p.Text) > l.MaxText() {
			if first == thread.None {
				first = i
			}
			count++
			cutText(p, l.MaxText())
		}
	}
	if first == thread.None {
		return nil
	}
	return &input.Error{Path: t.Path, Offset: -1, Err: fmt.Errorf(
		"posts of more than %d bytes in the thread %q: %d, the first is number %d; they are cut there, --max-text raises the limit", l.MaxText(), t.ID, count, first+1)}
}

// cutText leaves the first bytes of a post's text, and what is said of them.
func cutText(p *thread.Post, end int) {
	for end > 0 && !utf8.RuneStart(p.Text[end]) {
		end--
	}
	p.Text = strings.Clone(p.Text[:end])
	var segments []thread.Segment
	for _, s := range p.Segments {
		if s.Span = thread.Trim(p.Text, thread.Span{Start: min(s.Start, end), End: min(s.End, end)}); s.Len() > 0 {
			segments = append(segments, s)
		}
	}
	p.Segments = segments
	p.Targets = slices.DeleteFunc(p.Targets, func(t thread.Target) bool { return t.Span.End > end })
}
