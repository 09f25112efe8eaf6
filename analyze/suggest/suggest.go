// Package suggest finds who else threads speak of: people, places and
// organisations that no actor of the lexicon covers yet. It rests on the
// entity extractor of github.com/jdkato/prose, which is slow, and is no part of
// the analysis.
package suggest

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v2"

	"threadstance/analyze/mention"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/segment"
)

// Counter counts the names in threads. It is for one goroutine at a time.
type Counter struct {
	lex       *lexicon.Lexicon
	model     *prose.Model
	segmenter segment.Segmenter
	doc       token.Scanner
	finder    *mention.Finder
	names     map[string]*name
	lower     map[string]*int // how often a word stands in lower case; a pointer, since to set a count would set the key too
	threads   int
	failed    int             // sentences
	found     map[string]bool // names in the post at hand
}

// name is what was counted of one name.
type name struct {
	text    string
	posts   int
	short   int // posts that use its last word alone as well
	threads int
	last    int            // thread that it was last seen in
	kinds   map[string]int // by what the extractor calls it
	example string
}

// bounds of what is kept: names and words beyond them are those of posts that
// came later, and no longer counted.
const (
	maxNames = 200_000
	maxWords = 1_000_000
)

// NewCounter returns a counter of names that the lexicon does not cover.
func NewCounter(lex *lexicon.Lexicon) (*Counter, error) {
	// The model is decoded once: a document without one decodes its own.
	doc, err := prose.NewDocument("", prose.WithSegmentation(false), prose.WithTokenization(false))
	if err != nil {
		return nil, err
	}
	return &Counter{
		lex: lex, model: doc.Model, finder: mention.NewFinder(lex), segmenter: segment.Segmenter{News: &lex.News},
		names: map[string]*name{}, lower: map[string]*int{}, found: map[string]bool{},
	}, nil
}

// Add counts the names in a thread's posts: in their own words and in the
// articles they paste, not in what they quote.
func (c *Counter) Add(t *thread.Thread) {
	c.threads++
	c.segmenter.Segment(t)
	for i := range t.Posts {
		c.post(&t.Posts[i])
	}
}

// post counts the names in what the poster and the pasted articles say.
func (c *Counter) post(p *thread.Post) {
	c.doc.Reset(c.lex, p.Text)
	for i, s := range p.Segments {
		if s.Kind == thread.Own || s.Kind == thread.News {
			c.doc.Scan(s.Span, i)
		}
	}
	mentions := c.finder.Find(&c.doc, nil)
	clear(c.found)
	for si := range c.doc.Sentences {
		s := c.doc.Sentences[si]
		if !c.worth(s) {
			continue
		}
		sentence := p.Text[c.doc.Tokens[s.First].Start:c.doc.Tokens[s.Last-1].End]
		entities, err := c.entities(sentence)
		if err != nil {
			c.failed++
			continue
		}
		for _, entity := range entities {
			text := clean(entity.Text)
			if text == "" || c.covered(p.Text, mentions, si, text) {
				continue
			}
			if !c.found[text] {
				c.found[text] = true
				c.count(text, entity.Label, sentence)
			}
		}
	}
	for text := range c.found {
		if n := c.names[text]; n != nil && c.found[n.surname()] {
			n.short++
		}
	}
}

// surname returns the last word of a name of several, "" of any other.
func (n *name) surname() string {
	i := strings.LastIndexByte(n.text, ' ')
	if i < 0 {
		return ""
	}
	return n.text[i+1:]
}

// entities runs the extractor. What it panics at is an error: it was not
// written for any text there is.
func (c *Counter) entities(text string) (list []prose.Entity, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the extractor failed: %v", r)
		}
	}()
	doc, err := prose.NewDocument(text, prose.WithSegmentation(false), prose.UsingModel(c.model))
	if err != nil {
		return nil, err
	}
	return doc.Entities(), nil
}

// Failed returns how many sentences the extractor failed at.
func (c *Counter) Failed() int { return c.failed }

// worth counts the sentence's words in lower case, and says whether it may
// hold a name: a word with a capital that is not its first, and not all of it.
func (c *Counter) worth(s token.Sentence) bool {
	capitals, words := 0, 0
	for i := s.First; i < s.Last; i++ {
		t := &c.doc.Tokens[i]
		if t.Is(token.Punct | token.Number | token.URL | token.Handle | token.Hashtag) {
			continue
		}
		words++
		if r, _ := utf8.DecodeRuneInString(c.doc.Text[t.Start:]); unicode.IsUpper(r) {
			if i > s.First {
				capitals++
			}
		} else if n := c.lower[t.Norm]; n != nil {
			*n++
		} else if len(c.lower) < maxWords {
			n := 1
			c.lower[strings.Clone(t.Norm)] = &n
		}
	}
	return capitals > 0 && 2*capitals < words && words <= 120
}

// clean returns a name without what does not belong to it, and "" for what
// can be none.
func clean(text string) string {
	text = strings.Trim(text, " .,;:!?\"'()[]*_-–—“”‘’")
	text = strings.TrimSuffix(strings.TrimSuffix(text, "'s"), "’s")
	if strings.HasPrefix(strings.ToLower(text), "the ") {
		text = text[4:]
	}
	if n := utf8.RuneCountInString(text); n < 3 || n > 40 || strings.Count(text, " ") > 3 || strings.ContainsFunc(text, notInName) {
		return ""
	}
	switch strings.ToUpper(text) {
	case "IMO", "IMHO", "LOL", "BTW", "FYI", "OMG", "WTF", "ROFL", "AFAIK", "IIRC", "CLICK", "QUOTE", "POST", "THREAD", "LORD", "GOD", "SIR":
		return ""
	}
	for _, ending := range []string{"'ve", "'d", "'ll", "'m", "'re", "n't", "’ve", "’d", "’ll", "’m", "’re", "n’t"} {
		if strings.HasSuffix(text, ending) {
			return ""
		}
	}
	for _, word := range strings.Fields(text) {
		if r, _ := utf8.DecodeRuneInString(word); !unicode.IsUpper(r) && word != "al" && word != "of" && word != "bin" && word != "and" {
			return ""
		}
	}
	return text
}

func notInName(r rune) bool { return !unicode.IsLetter(r) && !strings.ContainsRune(" -'’&", r) }

// covered says whether a name in a sentence is, or is part of, what the
// lexicon knows: an actor, or what is told from one.
func (c *Counter) covered(text string, mentions []mention.Mention, sentence int, found string) bool {
	for _, list := range [][]mention.Mention{mentions, c.finder.Decoys} {
		for i := range list {
			m := &list[i]
			if m.Sentence != sentence {
				continue
			}
			known := text[c.doc.Tokens[m.First].Start:c.doc.Tokens[m.Last-1].End]
			if strings.Contains(known, found) || strings.Contains(found, known) {
				return true
			}
		}
	}
	return false
}

// count counts a name once more, by the kind that it was taken for.
func (c *Counter) count(text, kind, sentence string) {
	n := c.names[text]
	if n == nil {
		if len(c.names) >= maxNames {
			return
		}
		text = strings.Clone(text) // which does not hold the post in memory
		n = &name{text: text, kinds: map[string]int{}}
		c.names[text] = n
	}
	n.posts++
	n.kinds[kind]++
	if n.last != c.threads {
		n.last = c.threads
		n.threads++
	}
	if line := oneLine(sentence); n.example == "" || len(line) < len(n.example) && len(line) > 40 {
		n.example = strings.Clone(line)
	}
}

// oneLine returns a text on one line, cut to be read at a glance.
func oneLine(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}), " ")
	if utf8.RuneCountInString(text) > 100 {
		text = string([]rune(text)[:99]) + "…"
	}
	return text
}

// Suggestion is a name that an actor could have.
type Suggestion struct {
	Name    string
	Names   []string // the ways it is called, Name first
	Kind    string   // as in actors.toml
	Posts   int      // that use one of the names
	Threads int      // that use the most frequent of them
	Example string   // a sentence with it
}

// Suggestions returns the names that at least so many posts use, the most
// used first. A surname alone is put to the one full name that ends in it.
func (c *Counter) Suggestions(least int) []Suggestion {
	var all []*name
	full := map[string][]*name{} // by last word
	for _, n := range c.names {
		all = append(all, n)
		if last := n.surname(); last != "" && n.posts >= 2 && kind(n) == "person" {
			full[last] = append(full[last], n)
		}
	}
	slices.SortFunc(all, func(a, b *name) int { return cmp.Or(cmp.Compare(b.posts, a.posts), cmp.Compare(a.text, b.text)) })
	surname := map[*name]*name{} // by full name
	for last, names := range full {
		if n := c.names[last]; n != nil && len(names) == 1 {
			surname[names[0]] = n
		}
	}
	alone := map[*name]bool{}
	for _, n := range surname {
		alone[n] = true
	}
	var out []Suggestion
	for _, n := range all {
		if alone[n] || !c.isName(n) {
			continue
		}
		s := Suggestion{Name: n.text, Names: []string{n.text}, Kind: kind(n), Posts: n.posts, Threads: n.threads, Example: n.example}
		if short := surname[n]; short != nil {
			s.Names = append(s.Names, short.text)
			s.Posts += short.posts - n.short
			s.Threads = max(s.Threads, short.threads)
		}
		if s.Posts >= least {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int { return cmp.Compare(b.Posts, a.Posts) })
	return out
}

// isName says whether what the extractor took for a name is used as one: a
// word that stands in lower case as often only began a sentence or was
// shouted.
func (c *Counter) isName(n *name) bool {
	if strings.Contains(n.text, " ") {
		return true
	}
	lower := c.lower[strings.ToLower(n.text)]
	return lower == nil || 2**lower < n.posts
}

// kind returns the kind of actor that a name is likely to be of.
func kind(n *name) string {
	switch {
	case n.kinds["PERSON"] > n.kinds["GPE"] && n.kinds["PERSON"] >= n.kinds["ORGANIZATION"]:
		return "person"
	case n.kinds["GPE"] >= n.kinds["ORGANIZATION"]:
		return "state"
	}
	return "organisation"
}

// Write writes suggestions as entries of actors.toml.
func Write(w io.Writer, suggestions []Suggestion) error {
	for i, s := range suggestions {
		if i > 0 {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		names := make([]string, len(s.Names))
		for k, n := range s.Names {
			names[k] = fmt.Sprintf("%q", n)
		}
		if _, err := fmt.Fprintf(w, "# %s in %s: %s\n[[actor]]\nname = %q\nkind = %q\nnames = [%s]\n",
			counted(s.Posts, "post"), counted(s.Threads, "thread"), s.Example, s.Name, s.Kind, strings.Join(names, ", ")); err != nil {
			return err
		}
	}
	return nil
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprint(n, " ", what, "s")
}
