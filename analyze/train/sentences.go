package train

import (
	"fmt"
	"iter"
	"strconv"

	"threadstance/thread"
	"threadstance/thread/read"
)

// sentence is a sentence of a post and those named in it, each with a label.
type sentence struct {
	thread.Span
	targets []thread.Target // their spans count from the sentence's start
}

// readSentences reads labels of sentences by the id of the post that they are
// in: a line for each sentence and name with the post's id, the bytes of the
// post's text where the sentence starts and ends, those where the name does,
// and the label (see parseLabel), parted by tabs. The lines of a sentence stand
// together.
func readSentences(path string) (map[string][]sentence, error) {
	sentences := map[string][]sentence{}
	columns := []string{"post", "start", "end", "start of the name", "end of the name", "label"}
	err := readTable(path, columns, func(cells []string) error {
		var at [4]int
		for k := range at {
			n, err := strconv.Atoi(cells[k+1])
			if err != nil {
				return fmt.Errorf("the %s is %q, which is no number", columns[k+1], cells[k+1])
			}
			at[k] = n
		}
		if at[0] < 0 || at[0] > at[2] || at[2] >= at[3] || at[3] > at[1] {
			return fmt.Errorf("the name at %d to %d does not lie in the sentence at %d to %d", at[2], at[3], at[0], at[1])
		}
		if _, _, err := parseLabel(cells[5]); err != nil {
			return err
		}
		span := thread.Span{Start: at[0], End: at[1]}
		list := sentences[cells[0]]
		if len(list) == 0 || list[len(list)-1].Span != span {
			list = append(list, sentence{Span: span})
		}
		last := &list[len(list)-1]
		last.targets = append(last.targets, thread.Target{Span: thread.Span{Start: at[2] - at[0], End: at[3] - at[0]}, Label: cells[5]})
		sentences[cells[0]] = list
		return nil
	})
	return sentences, err
}

// sentencesOf yields the labelled sentences of a file, each as a post of its
// own, in a thread with the id of the post's. Sentences of posts that the file
// does not have are an error: the labels are of other texts.
func sentencesOf(file File) (iter.Seq2[*thread.Thread, error], error) {
	sentences, err := readSentences(file.Sentences)
	if err != nil {
		return nil, err
	}
	return func(yield func(*thread.Thread, error) bool) {
		found := 0
		for t, err := range read.Paths([]string{file.Path}, read.Options{}) {
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			apart := &thread.Thread{ID: t.ID, Path: t.Path}
			for i := range t.Posts {
				p := &t.Posts[i]
				list := sentences[p.ID]
				if len(list) > 0 {
					found++
				}
				for _, s := range list {
					if err := file.holds(p, "sentence", s.Span); err != nil {
						yield(nil, err)
						return
					}
					apart.Posts = append(apart.Posts, s.post(p, len(apart.Posts)))
				}
			}
			if len(apart.Posts) > 0 && !yield(apart, nil) {
				return
			}
		}
		if err := file.allFound(found, len(sentences)); err != nil {
			yield(nil, err)
		}
	}, nil
}

// allOwn returns the segments of a text that is its poster's own whole.
func allOwn(text string) []thread.Segment {
	return []thread.Segment{{Kind: thread.Own, Span: thread.Span{End: len(text)}, QuoteOf: thread.None}}
}

// post returns the sentence, of post p, as the post of that index in a thread.
func (s *sentence) post(p *thread.Post, index int) thread.Post {
	out := thread.Post{
		ID: p.ID, Index: index, ReplyTo: thread.None, Text: s.Of(p.Text), Targets: s.targets,
		Segments: allOwn(s.Of(p.Text)),
		Labels:   &thread.Labels{Fields: map[string]string{"pick": "active"}},
	}
	for i := range out.Targets {
		t := &out.Targets[i]
		t.Name = t.Span.Of(out.Text)
	}
	return out
}
