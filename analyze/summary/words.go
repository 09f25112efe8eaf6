package summary

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/analyze"
	"threadstance/analyze/stance"
	"threadstance/thread"
)

// Words counts the own words of the posts whose authors have a stance toward
// an actor.
type Words struct {
	All    map[string]WordCount          // in all of these posts
	Camps  map[Camp]map[string]WordCount // in those of a camp
	Totals map[Camp]int64                // posts of a camp
	seen   map[string]int64              // scratch
}

// WordCount is how often a word is used, and in how many posts.
type WordCount struct{ Uses, Posts int64 }

// Camp is the posts that take a side toward an actor.
type Camp struct {
	Actor string
	Label stance.Label // Favor or Against
}

// Compare orders camps by actor, then by label.
func (c Camp) Compare(o Camp) int {
	return cmp.Or(strings.Compare(c.Actor, o.Actor), cmp.Compare(c.Label, o.Label))
}

func newWords() *Words {
	return &Words{All: map[string]WordCount{}, Camps: map[Camp]map[string]WordCount{}, Totals: map[Camp]int64{}, seen: map[string]int64{}}
}

// add counts the words of a result.
func (w *Words) add(r *analyze.Result) {
	judged := false
	for i := range r.Stances {
		judged = judged || r.Stances[i].Holder == stance.Author
	}
	if !judged {
		return
	}
	clear(w.seen)
	for i := range r.Post.Segments {
		if s := &r.Post.Segments[i]; s.Kind == thread.Own {
			for word := range words(s.Of(r.Post.Text)) {
				w.seen[word]++
			}
		}
	}
	for word, uses := range w.seen {
		count(w.All, strings.Clone(word), WordCount{uses, 1})
	}
	for i := range r.Stances {
		s := &r.Stances[i]
		if s.Holder != stance.Author || s.Label == stance.Neutral {
			continue
		}
		c := Camp{strings.Clone(s.Actor), s.Label}
		camp := w.camp(c)
		w.Totals[c]++
		for word, uses := range w.seen {
			count(camp, strings.Clone(word), WordCount{uses, 1})
		}
	}
}

func (w *Words) camp(c Camp) map[string]WordCount {
	camp := w.Camps[c]
	if camp == nil {
		camp = map[string]WordCount{}
		w.Camps[c] = camp
	}
	return camp
}

// count adds to a word's count. The word has to be a copy of its own: a map
// takes the key that it is given last, and with it would hold the thread in
// memory that the word was cut from.
func count(words map[string]WordCount, word string, n WordCount) {
	sum := words[word]
	words[word] = WordCount{sum.Uses + n.Uses, sum.Posts + n.Posts}
}

func (w *Words) merge(o *Words) {
	for word, n := range o.All {
		count(w.All, word, n)
	}
	for c, camp := range o.Camps {
		into := w.camp(c)
		w.Totals[c] += o.Totals[c]
		for word, n := range camp {
			count(into, word, n)
		}
	}
}

// Words of fewer or more letters are not counted: the former are hardly ever
// telling, the latter no words.
const (
	minLetters = 3
	maxLetters = 24
)

// words yields the words of a text in lower case: runs of letters, apostrophes
// and hyphens between them. What stands in a web address is none.
func words(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for field := range strings.FieldsSeq(text) {
			if strings.Contains(field, "://") || strings.HasPrefix(field, "www.") {
				continue
			}
			for part := range strings.FieldsFuncSeq(field, func(r rune) bool {
				return !unicode.IsLetter(r) && r != '\'' && r != '’' && r != '-'
			}) {
				word := strings.Trim(strings.ReplaceAll(strings.ToLower(part), "’", "'"), "'-")
				if n := utf8.RuneCountInString(word); n >= minLetters && n <= maxLetters && !yield(word) {
					return
				}
			}
		}
	}
}

func (e *encoder) words(w *Words) {
	e.counts(w.All)
	e.int(int64(len(w.Camps)))
	for _, c := range slices.SortedFunc(maps.Keys(w.Camps), Camp.Compare) {
		e.string(c.Actor)
		e.int(int64(c.Label), w.Totals[c])
		e.counts(w.Camps[c])
	}
}

func (d *decoder) words() *Words {
	w := newWords()
	w.All = d.counts()
	for range d.length() {
		c := Camp{d.string(), d.label()}
		w.Totals[c] = d.int()
		w.Camps[c] = d.counts()
	}
	return w
}

func (e *encoder) counts(counts map[string]WordCount) {
	e.int(int64(len(counts)))
	for _, word := range slices.Sorted(maps.Keys(counts)) {
		e.string(word)
		e.int(counts[word].Uses, counts[word].Posts)
	}
}

func (d *decoder) counts() map[string]WordCount {
	counts := map[string]WordCount{}
	for range d.length() {
		word := d.string()
		counts[word] = WordCount{d.int(), d.int()}
	}
	return counts
}
