package train

import (
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"threadstance/analyze/stance"
	"threadstance/thread"
)

// frame is a short text with a place for an actor, "{X}", or for two, "{X}" and
// "{Y}", and the label of each.
type frame struct {
	text   string
	labels []string
}

var slots = []string{"{X}", "{Y}"}

// readFrames reads frames: a line for each with the label of {X}, or those of
// {X} and {Y} as "favor/against", and the text, parted by a tab.
func readFrames(path string) ([]frame, error) {
	var frames []frame
	err := readTable(path, []string{"labels", "text"}, func(cells []string) error {
		f := frame{text: cells[1], labels: strings.Split(cells[0], "/")}
		if len(f.labels) > len(slots) {
			return fmt.Errorf("there are %d labels, and at most %d actors: %s", len(f.labels), len(slots), strings.Join(slots, " and "))
		}
		for i, slot := range slots {
			if has, labelled := strings.Contains(f.text, slot), i < len(f.labels); has != labelled {
				return fmt.Errorf("there are %d labels, and %q must have as many of %s", len(f.labels), f.text, strings.Join(slots, " and "))
			}
		}
		for _, label := range f.labels {
			if _, ok := stance.ParseLabel(label); !ok {
				return fmt.Errorf("no label is called %q; there are favor, against and neutral", label)
			}
		}
		frames = append(frames, f)
		return nil
	})
	return frames, err
}

// framed yields each frame of a file as a thread that has a post for each actor
// of the embedded lexicon, so that none of them is seen in one sort of text more
// than the others are.
func framed(file File) (iter.Seq2[*thread.Thread, error], error) {
	frames, err := readFrames(file.Path)
	if err != nil {
		return nil, err
	}
	return func(yield func(*thread.Thread, error) bool) {
		for n, f := range frames {
			t := &thread.Thread{ID: filepath.Base(file.Path) + " " + strconv.Itoa(n), Path: file.Path}
			for i := range framedActors {
				t.Posts = append(t.Posts, f.post(i, n))
			}
			if !yield(t, nil) {
				return
			}
		}
	}, nil
}

// framedActors are those that stand in the frames, and how they are named there.
var framedActors = [...]struct{ actor, name string }{{"Trump", "Trump"}, {"Biden", "Biden"}, {"US", "the US"}, {"Iran", "Iran"}, {"Iraq", "Iraq"}}

// post returns frame n with actor i in the place of {X}, and in that of {Y}
// another, which changes from frame to frame.
func (f *frame) post(i, n int) thread.Post {
	p := thread.Post{ID: strconv.Itoa(i), Index: i, ReplyTo: thread.None, Text: f.text, Labels: &thread.Labels{}}
	for k, label := range f.labels {
		a := framedActors[(i+k*(1+n%(len(framedActors)-1)))%len(framedActors)]
		p.Text = fill(p.Text, slots[k], a.name)
		p.Labels.Stance = append(p.Labels.Stance, thread.Target{Name: a.actor, Label: label})
	}
	p.Segments = allOwn(p.Text)
	return p
}

// fill puts a name into a slot of a text. Its article is left out after another
// determiner and within a word ("that US policy", "anti-US"), and is written
// large where a sentence begins.
func fill(text, slot, name string) string {
	bare, article := strings.CutPrefix(name, "the ")
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, slot)
		out.WriteString(before)
		if !found {
			return out.String()
		}
		so := out.String()
		words := strings.Fields(so)
		switch {
		case !article:
		case len(words) == 0 || strings.HasSuffix(so, " ") && strings.ContainsAny(words[len(words)-1], ".!?"):
			out.WriteString("The ")
		case strings.HasSuffix(so, " ") && !slices.Contains(determiners, strings.ToLower(words[len(words)-1])):
			out.WriteString("the ")
		}
		out.WriteString(bare)
		text = after
	}
}

var determiners = []string{"the", "a", "an", "this", "that", "these", "those", "my", "your", "his", "her", "our", "their", "no", "any", "some", "every", "another", "all"}
