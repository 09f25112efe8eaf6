package html

import "testing"

// TestWordsApart holds that words stay apart which elements part, in a post and
// in a page of unknown software.
func TestWordsApart(t *testing.T) {
	const words = `Oil<br>rose.<br><br>Gas<p>fell.</p>Coal<table><tr><td>May</td><td>12</td></tr><tr><th>June</th><th>13</th></tr></table><ul><li>Tin</li><li>Zinc</li></ul>`
	const want = "Oil\nrose.\n\nGas\n\nfell.\n\nCoal\n\nMay 12\nJune 13\n\nTin\nZinc"
	if got, _, _ := Fragment(words); got != want {
		t.Errorf("a post: %q, want %q", got, want)
	}
	if got, _ := readableText([]byte("<html><body>" + words)); got != want {
		t.Errorf("a page: %q, want %q", got, want)
	}
}
