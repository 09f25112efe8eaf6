package train

import (
	"strings"
	"testing"

	"threadstance/analyze/stance"
	"threadstance/lexicon"
	"threadstance/thread"
)

// TestLabelled joins labels with the posts that they are of, leaves what a
// post quotes to whom it is from, and names the line of a mistake.
func TestLabelled(t *testing.T) {
	dir := t.TempDir()
	posts := write(t, dir, "posts.jsonl", `{"thread":"ferry","id":"1","text":"America should pull its troops out of that harbour before more of them drown."}
{"thread":"ferry","id":"2","reply_to":"1","text":"America should pull its troops out of that harbour before more of them drown.\n\nNo, America saved this town."}
`)
	labels := write(t, dir, "labels.tsv", "# thread, post, actor, label, pick\nferry\t2\tUS\tfavor\trandom\n")
	threads, err := labelled(lexicon.Default(), File{Path: posts, Labels: labels})
	if err != nil {
		t.Fatal(err)
	}
	for th, err := range threads {
		if err != nil {
			t.Fatal(err)
		}
		if th.Posts[0].Labels != nil {
			t.Error("post 1 has labels of another")
		}
		p := th.Posts[1]
		if p.Labels == nil || len(p.Labels.Stance) != 1 || p.Labels.Stance[0].Label != "favor" {
			t.Fatalf("labels of post 2: %+v", p.Labels)
		}
		if len(p.Segments) != 2 || p.Segments[0].Kind != thread.Quote {
			t.Errorf("segments of post 2: %+v", p.Segments)
		}
	}
	for text, want := range map[string]string{
		"ferry\t2\tUS\tfavour\trandom\n":       `:1: no label is called "favour"`,
		"ferry\t2\tUS\t70/20/20\tactive\n":     ":1: label \"70/20/20\": the shares sum to 110",
		"# a comment\nferry\t2\tUS\tfavor\n":   ":2: 4 columns",
		"ferry\t2\tUS\tfavor\trandom\textra\n": ":1: 6 columns",
	} {
		_, err := readLabels(write(t, dir, "bad.tsv", text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestParseLabel reads sure labels and shares of a hundred, of which the
// greatest is the label.
func TestParseLabel(t *testing.T) {
	for text, want := range map[string]struct {
		label  stance.Label
		shares [3]float64
	}{
		"favor":   {stance.Favor, [3]float64{}},
		"81/4/15": {stance.Neutral, [3]float64{0.81, 0.04, 0.15}},
		"9/0/91":  {stance.Against, [3]float64{0.09, 0, 0.91}},
		"0/100/0": {stance.Favor, [3]float64{0, 1, 0}},
	} {
		label, shares, err := parseLabel(text)
		if err != nil || label != want.label || shares != want.shares {
			t.Errorf("%q is %v of %v (%v), want %v of %v", text, label, shares, err, want.label, want.shares)
		}
	}
	for _, text := range []string{"", "pro", "81/4", "81/4/15/0", "81/4/x", "110/-5/-5", "80/4/15"} {
		if _, _, err := parseLabel(text); err == nil {
			t.Errorf("%q is taken for a label", text)
		}
	}
}

// TestLabelsOfOtherTexts finds that a file of labels is of other posts than
// the file of texts has.
func TestLabelsOfOtherTexts(t *testing.T) {
	dir := t.TempDir()
	posts := write(t, dir, "posts.jsonl", `{"id":"2","thread":"ferry","text":"The US was right."}`+"\n")
	labels := write(t, dir, "labels.tsv", "ferry\t2\tUS\tfavor\trandom\nferry\t3\tUS\tfavor\trandom\n")
	threads, err := labelled(lexicon.Default(), File{Path: posts, Labels: labels})
	if err != nil {
		t.Fatal(err)
	}
	var last error
	for _, last = range threads {
	}
	if last == nil || !strings.Contains(last.Error(), "labels.tsv: 1 of its 2 posts are not in") {
		t.Errorf("found %v", last)
	}
}
