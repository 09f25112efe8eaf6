package train

import (
	"fmt"
	"math"
	"strconv"

	"threadstance/analyze/linear"
	"threadstance/analyze/sentiment"
	"threadstance/thread"
	"threadstance/thread/read"
)

// toned is a part of a post, with the chance of each tone.
type toned struct {
	thread.Span
	class  int // the likeliest
	shares [linear.Classes]float64
}

// example returns an example of the tone, yet without features.
func (t *toned) example() linear.Example { return linear.Example{Class: t.class, Shares: t.shares} }

// readTones reads tones that are kept apart from the texts that they are of, by
// the id of the post: a line for each text with the post's id, the bytes of the
// post where the text starts and ends, and how many in a hundred it is neutral,
// positive and negative ("81/4/15"), parted by tabs.
func readTones(path string) (map[string][]toned, error) {
	tones := map[string][]toned{}
	err := readTable(path, []string{"post", "start", "end", "tone"}, func(cells []string) error {
		start, err1 := strconv.Atoi(cells[1])
		end, err2 := strconv.Atoi(cells[2])
		if err1 != nil || err2 != nil || start < 0 || start >= end {
			return fmt.Errorf("no text lies at %s to %s", cells[1], cells[2])
		}
		class, shares, err := parseShares(cells[3])
		tones[cells[0]] = append(tones[cells[0]], toned{thread.Span{Start: start, End: end}, class, shares})
		return err
	})
	return tones, err
}

// eachTone yields the texts of a file that have tones apart from them. Tones
// of posts that the file does not have, or of more text than they have, are an
// error: they are of other texts.
func eachTone(file File, yield func(text string, tone *toned)) error {
	tones, err := readTones(file.Labels)
	if err != nil {
		return err
	}
	found := 0
	for t, err := range read.Paths([]string{file.Path}, read.Options{}) {
		if err != nil {
			return err
		}
		for i := range t.Posts {
			p := &t.Posts[i]
			list := tones[p.ID]
			if len(list) > 0 {
				found++
			}
			for k := range list {
				if err := file.holds(p, "text", list[k].Span); err != nil {
					return err
				}
				yield(list[k].Of(p.Text), &list[k])
			}
		}
	}
	return file.allFound(found, len(tones))
}

// eachWord yields the words of a file: a line for each with the word and its
// tone, written as readTones has it, parted by a tab.
func eachWord(path string, yield func(word string, tone *toned)) error {
	return readTable(path, []string{"word", "tone"}, func(cells []string) error {
		class, shares, err := parseShares(cells[1])
		if err == nil {
			yield(cells[0], &toned{class: class, shares: shares})
		}
		return err
	})
}

// eachRated yields the sentences of a file: a line for each with its kind of text,
// a rating of its tone from -4, as unpleasant as can be, to 4, and the sentence,
// parted by tabs.
func eachRated(path string, yield func(text string, tone *toned)) error {
	return readTable(path, []string{"kind", "rating", "text"}, func(cells []string) error {
		rating, err := strconv.ParseFloat(cells[1], 64)
		if err != nil || !(math.Abs(rating) <= 4) {
			return fmt.Errorf("rating %q: there must be a number from -4 to 4", cells[1])
		}
		yield(cells[2], toneOfRating(rating))
		return nil
	})
}

// certain is a rating from which on nobody would call a text neutral.
const certain = 10.0 / 3

// toneOfRating returns a tone that has a side the more, the further the rating is
// from 0, so that the model learns how strong words are too.
func toneOfRating(rating float64) *toned {
	tone := &toned{class: int(sentiment.Positive)}
	if rating < 0 {
		tone.class = int(sentiment.Negative)
	}
	side := min(1, math.Abs(rating)/certain)
	tone.shares[tone.class] = side
	tone.shares[sentiment.Neutral] = 1 - side
	if side < 0.5 {
		tone.class = int(sentiment.Neutral)
	}
	return tone
}
