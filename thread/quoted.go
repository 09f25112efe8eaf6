package thread

import (
	"slices"
	"strings"
	"unicode"
)

// hint is what a page or message says of where a quotation comes from.
type hint struct {
	post   string // identifier of the quoted post
	author string // name of the quoted author
	skip   int    // bytes at the segment's start that introduce the quotation
}

// resolveQuotes finds the post that each marked quotation comes from: by
// identifier where the hint has one, else the earlier post with most of the
// lines among its own words, of the author that the hint names if any.
// hints[i][j] belongs to segment j of post i; nil stands for none. A post that
// is known to answer nothing answers the first post that it quotes.
func resolveQuotes(t *Thread, hints [][]hint) {
	r := quoteResolver{thread: t}
	for i := range t.Posts {
		p := &t.Posts[i]
		for j := range p.Segments {
			s := &p.Segments[j]
			if s.Kind != Quote || s.QuoteOf != None {
				continue
			}
			var h hint
			if i < len(hints) && j < len(hints[i]) {
				h = hints[i][j]
			}
			if h.author != "" && !slices.Contains(t.Names, h.author) && len(t.Names) < maxNames {
				t.Names = append(t.Names, h.author)
			}
			s.QuoteOf = r.find(i, s.Of(p.Text)[h.skip:], h)
			if s.QuoteOf != None && p.ReplyTo == None {
				p.ReplyTo = s.QuoteOf
			}
		}
	}
}

// maxNames bounds the names that one thread gathers.
const maxNames = 10_000

// quoteResolver looks for quoted words in the earlier posts of a thread.
type quoteResolver struct {
	thread *Thread
	byID   map[string]int
	words  []string // the own words of each post, made when first asked for
}

// quotedReach is how many earlier posts are looked through for the words of a
// quotation: who quotes without naming the post quotes what is near.
const quotedReach = 300

// find returns the post that post i quotes, or None.
func (r *quoteResolver) find(i int, text string, h hint) int {
	posts := r.thread.Posts
	if h.post != "" {
		if r.byID == nil {
			r.byID = make(map[string]int, len(posts))
			for k, p := range posts {
				if p.ID != "" {
					r.byID[p.ID] = k
				}
			}
		}
		if k, ok := r.byID[h.post]; ok && k != i {
			return k
		}
	}
	var lines []string
	for line := range strings.Lines(text) {
		if line = normalWords(unquoted(line)); strings.Count(line, " ") >= 3 {
			lines = append(lines, line)
		}
		if len(lines) == 50 {
			break
		}
	}
	if len(lines) == 0 {
		if line := normalWords(unquoted(text)); line != " " {
			lines = []string{line}
		}
	}
	if len(lines) == 0 {
		return None
	}
	best, most := None, (len(lines)-1)/2
	try := func(k int) {
		if h.author != "" && !strings.EqualFold(posts[k].Author, h.author) {
			return
		}
		words, found := r.ownWords(k), 0
		for _, line := range lines {
			if strings.Contains(words, line) {
				found++
			}
		}
		if found > most {
			best, most = k, found
		}
	}
	if to := posts[i].ReplyTo; to != None && to < i {
		try(to)
	}
	for k := i - 1; k >= 0 && k >= i-quotedReach && most < len(lines); k-- {
		try(k)
	}
	return best
}

// ownWords returns the words of post k that are its author's.
func (r *quoteResolver) ownWords(k int) string {
	if r.words == nil {
		r.words = make([]string, len(r.thread.Posts))
	}
	if r.words[k] == "" {
		p := &r.thread.Posts[k]
		own := normalWords(p.Text)
		if len(p.Segments) > 0 {
			own = " "
			for _, s := range p.Segments {
				if s.Kind == Own || s.Kind == News {
					own += normalWords(s.Of(p.Text))
				}
			}
		}
		r.words[k] = own
	}
	return r.words[k]
}

// normalWords returns the letters and digits of text in lower case, the words
// parted and surrounded by one space.
func normalWords(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 2)
	b.WriteByte(' ')
	gap := true
	for _, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(unicode.ToLower(r))
			gap = false
		case r == '\'' || r == '’':
		case !gap:
			b.WriteByte(' ')
			gap = true
		}
	}
	if !gap {
		b.WriteByte(' ')
	}
	return b.String()
}
