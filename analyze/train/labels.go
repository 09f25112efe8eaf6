package train

import (
	"fmt"
	"iter"
	"os"
	"strconv"
	"strings"

	"threadstance/analyze/linear"
	"threadstance/analyze/stance"
	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/read"
	"threadstance/thread/segment"
)

// postID names a post of a thread.
type postID struct{ thread, post string }

// readLabels reads labels that are kept apart from the texts that they are of:
// a line for each post and actor with the thread's id, the post's, the actor,
// the label (see parseLabel), and whether the post was drawn at random or
// picked ("active", because it was likely to take a side), parted by tabs.
func readLabels(path string) (map[postID]*thread.Labels, error) {
	labels := map[postID]*thread.Labels{}
	err := readTable(path, []string{"thread", "post", "actor", "label", "pick"}, func(cells []string) error {
		if _, _, err := parseLabel(cells[3]); err != nil {
			return err
		}
		id := postID{cells[0], cells[1]}
		if labels[id] == nil {
			labels[id] = &thread.Labels{Fields: map[string]string{"pick": cells[4]}}
		}
		labels[id].Stance = append(labels[id].Stance, thread.Target{Name: cells[2], Label: cells[3]})
		return nil
	})
	return labels, err
}

// readTable hands on the cells of each line, parted by tabs. Lines that begin
// with "#" are comments. What is wrong with a line is said with its number.
func readTable(path string, columns []string, row func(cells []string) error) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != len(columns) {
			return fmt.Errorf("%s:%d: %d columns; there must be %d: %s", path, n, len(cells), len(columns), strings.Join(columns, ", "))
		}
		if err := row(cells); err != nil {
			return fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	return nil
}

// parseLabel reads a label: favor, against or neutral or, where it is not
// sure, how many in a hundred it is neutral, favor and against: "81/4/15".
// shares is all 0 where it is sure.
func parseLabel(text string) (label stance.Label, shares [linear.Classes]float64, err error) {
	if label, ok := stance.ParseLabel(text); ok {
		return label, shares, nil
	}
	if !strings.Contains(text, "/") {
		return 0, shares, fmt.Errorf("no label is called %q; there are favor, against, neutral, and shares of a hundred like 81/4/15 (neutral, favor, against)", text)
	}
	class, shares, err := parseShares(text)
	return stance.Label(class), shares, err
}

// parseShares reads how many in a hundred each class has: "81/4/15". class is
// the first that has the most.
func parseShares(text string) (class int, shares [linear.Classes]float64, err error) {
	parts := strings.Split(text, "/")
	if len(parts) != len(shares) {
		return 0, shares, fmt.Errorf("%q: there must be %d shares of a hundred, like 81/4/15", text, len(shares))
	}
	sum := 0
	for c, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 {
			return 0, shares, fmt.Errorf("label %q: %q is no share of a hundred", text, part)
		}
		sum += n
		shares[c] = float64(n) / 100
		if shares[c] > shares[class] {
			class = c
		}
	}
	if sum != 100 {
		return 0, shares, fmt.Errorf("label %q: the shares sum to %d; they must to 100", text, sum)
	}
	return class, shares, nil
}

// labelled yields the threads of a file whose posts have labels apart from
// them. Only the posters' own words are theirs, as in any thread. Labels of
// posts that the file does not have are an error: they are of other texts.
func labelled(lex *lexicon.Lexicon, file File) (iter.Seq2[*thread.Thread, error], error) {
	labels, err := readLabels(file.Labels)
	if err != nil {
		return nil, err
	}
	segmenter := segment.Segmenter{News: &lex.News}
	return func(yield func(*thread.Thread, error) bool) {
		found := 0
		for t, err := range read.Paths([]string{file.Path}, read.Options{}) {
			if err == nil {
				segmenter.Segment(t)
				for i := range t.Posts {
					p := &t.Posts[i]
					if p.Labels = labels[postID{t.ID, p.ID}]; p.Labels != nil {
						found++
					}
				}
			}
			if !yield(t, err) {
				return
			}
		}
		if err := file.allFound(found, len(labels)); err != nil {
			yield(nil, err)
		}
	}, nil
}

// holds is an error where a post ends before a part that the labels are of,
// which kind names.
func (f *File) holds(p *thread.Post, kind string, part thread.Span) error {
	if part.End > len(p.Text) {
		return fmt.Errorf("%s: post %s has %d bytes, and a %s of it ends at %d", f.apart(), p.ID, len(p.Text), kind, part.End)
	}
	return nil
}

// allFound is an error where some of the posts that the labels are of were not
// found.
func (f *File) allFound(found, posts int) error {
	if found < posts {
		return fmt.Errorf("%s: %d of its %d posts are not in %s", f.apart(), posts-found, posts, f.Path)
	}
	return nil
}
