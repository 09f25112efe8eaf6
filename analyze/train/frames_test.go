package train

import (
	"math"
	"strings"
	"testing"

	"threadstance/analyze"
	"threadstance/analyze/stance"
	"threadstance/lexicon"
)

// TestFramed puts each actor once into each place of a frame, labelled, with the
// article that the sentence asks for, and names the line of a mistake.
func TestFramed(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "frames.tsv", "# labels, text\nfavor\t{X} saved the ferry. {X} again!\nagainst/neutral\tThat {X} ferry is worse than {Y}, an anti-{X} boat.\n")
	threads, err := framed(File{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	labels := map[string]int{}
	for th, err := range threads {
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range th.Posts {
			texts = append(texts, p.Text)
			for _, s := range p.Labels.Stance {
				labels[s.Name+" "+s.Label]++
			}
			if len(p.Segments) != 1 || p.Segments[0].End != len(p.Text) {
				t.Errorf("%q has the segments %v", p.Text, p.Segments)
			}
		}
	}
	for _, want := range []string{
		"The US saved the ferry. The US again!", "Iran saved the ferry. Iran again!",
		"That US ferry is worse than Iraq, an anti-US boat.", "That Biden ferry is worse than Iran, an anti-Biden boat.",
	} {
		if !strings.Contains(strings.Join(texts, "\n"), want) {
			t.Errorf("no text is %q among %q", want, texts)
		}
	}
	for _, a := range framedActors {
		for _, label := range []string{"favor", "against", "neutral"} {
			if n := labels[a.actor+" "+label]; n != 1 {
				t.Errorf("%s is %s in %d posts, not in one", a.actor, label, n)
			}
		}
	}
	for text, want := range map[string]string{
		"favor\tThe ferry is late.\n":                ":1: there are 1 labels",
		"# a comment\nfavor\t{X} is late, not {Y}\n": ":2: there are 1 labels",
		"favour\t{X} is late.\n":                     `:1: no label is called "favour"`,
		"favor {X} is late.\n":                       ":1: 1 columns",
		"favor/against/neutral\t{X} rams {Y}.\n":     ":1: there are 3 labels, and at most 2 actors",
	} {
		if _, err := readFrames(write(t, dir, "bad.tsv", text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestHeldOutFrames judges frames that no model was trained on: what people who
// try the program say first, and what is harder.
func TestHeldOutFrames(t *testing.T) {
	threads, err := framed(File{Path: "testdata/frames.tsv"})
	if err != nil {
		t.Fatal(err)
	}
	lex := lexicon.Default()
	analyzer, err := analyze.New(lex, analyze.Options{})
	if err != nil {
		t.Fatal(err)
	}
	worker := analyzer.Worker()
	right, all := 0, 0
	for th, err := range threads {
		if err != nil {
			t.Fatal(err)
		}
		AskGold(th)
		worker.Thread(th, func(r *analyze.Result) bool {
			for i := range r.Stances {
				s := &r.Stances[i]
				if want, ok := Gold(lex, r.Post, s); ok && s.Holder == stance.Author {
					all++
					if s.Label == want {
						right++
					}
				}
			}
			return true
		})
	}
	if share := float64(right) / float64(all); share < leastOfFrames || math.IsNaN(share) {
		t.Errorf("%d of %d labels are right: %.3f, less than %.3f", right, all, share, leastOfFrames)
	}
}

// leastOfFrames is the share of right labels that the embedded model is shipped
// with.
const leastOfFrames = 0.798
