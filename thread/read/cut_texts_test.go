package read

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread"
)

// TestCutText holds that what is said of a text is cut with it.
func TestCutText(t *testing.T) {
	p := thread.Post{Text: "> one\n\ntwo three", Segments: []thread.Segment{{Kind: thread.Quote, Span: thread.Span{Start: 0, End: 5}, QuoteOf: thread.None, Source: ""}, {Kind: thread.Own, Span: thread.Span{Start: 7, End: 10}, QuoteOf: thread.None, Source: ""}, {Kind: thread.Chrome, Span: thread.Span{Start: 11, End: 16}, QuoteOf: thread.None, Source: ""}}}
	cutText(&p, 11)
	if diff := cmp.Diff([]thread.Segment{{Kind: thread.Quote, Span: thread.Span{Start: 0, End: 5}, QuoteOf: thread.None, Source: ""}, {Kind: thread.Own, Span: thread.Span{Start: 7, End: 10}, QuoteOf: thread.None, Source: ""}}, p.Segments); diff != "" {
		t.Error(diff)
	}
}
