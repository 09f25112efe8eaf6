package train

import (
	"fmt"
	"iter"
	"os"
	"strings"

	"threadstance/analyze/stance"
	"threadstance/lexicon"
	"threadstance/thread"
)

// postID names a post of a thread.
type postID struct{ thread, post string }

// readLabels reads labels that are kept apart from the texts that they are of:
// a line for each post and actor with the thread's id, the post's, the actor,
// the label, and whether the post was drawn at random or picked because it was
// likely to take a side ("active"), parted by tabs. Lines that begin with "#"
// are comments.
func readLabels(path string) (map[postID]*thread.Labels, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	labels := map[postID]*thread.Labels{}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 5 {
			return nil, fmt.Errorf("%s:%d: %d columns; thread, post, actor, label and pick are wanted", path, n, len(cells))
		}
		if _, ok := stance.ParseLabel(cells[3]); !ok {
			return nil, fmt.Errorf("%s:%d: no label is called %q; there are favor, against and neutral", path, n, cells[3])
		}
		id := postID{cells[0], cells[1]}
		if labels[id] == nil {
			labels[id] = &thread.Labels{Fields: map[string]string{"pick": cells[4]}}
		}
		labels[id].Stance = append(labels[id].Stance, thread.Target{Name: cells[2], Label: cells[3]})
	}
	return labels, nil
}

// labelled yields the threads of a file whose posts have labels apart from
// them. Only the posters' own words are theirs, as in any thread.
func labelled(lex *lexicon.Lexicon, file File) (iter.Seq2[*thread.Thread, error], error) {
	labels, err := readLabels(file.Labels)
	if err != nil {
		return nil, err
	}
	segmenter := thread.Segmenter{News: &lex.News}
	return func(yield func(*thread.Thread, error) bool) {
		for t, err := range thread.Read([]string{file.Path}, thread.Options{}) {
			if err == nil {
				segmenter.Segment(t)
				for i := range t.Posts {
					t.Posts[i].Labels = labels[postID{t.ID, t.Posts[i].ID}]
				}
			}
			if !yield(t, err) {
				return
			}
		}
	}, nil
}
