package quote

import (
	"strings"
	"unicode"

	"threadstance/thread"
)

// fewWords looks for quotations of fewer than quotedWords words in the posts of
// a thread, which are asked about in order.
type fewWords struct {
	posts  []thread.Post
	recent [quotedReach]struct { // posts that were looked through, by the remainder of their index
		post  int
		words string // as ownWords returns them, or "" for no post
	}
	last  int // post whose quotations were looked for
	tries int // how many of it were
}

// quotedReach is how many earlier posts are looked through for a quotation.
const quotedReach = 20

// find returns the post, of that author if one is named, that post i has a
// quotation from, or None: the one that it answers, or the latest.
func (f *fewWords) find(i int, text, author string) int {
	words := normalWords(Unquoted(text))
	if words == " " {
		return thread.None
	}
	if f.last != i {
		f.last, f.tries = i, 0
	}
	if f.tries++; f.tries > maxShortLines {
		return thread.None
	}
	has := func(k int) bool {
		return (author == "" || strings.EqualFold(f.posts[k].Author, author)) && strings.Contains(f.ownWords(k), words)
	}
	if to := f.posts[i].ReplyTo; to != thread.None && to < i && has(to) {
		return to
	}
	for k := i - 1; k >= 0 && k >= i-quotedReach; k-- {
		if has(k) {
			return k
		}
	}
	return thread.None
}

// ownWords returns the normal words of the parts of post k that it does not
// quote, in lines.
func (f *fewWords) ownWords(k int) string {
	known := &f.recent[k%quotedReach]
	if known.post != k || known.words == "" {
		var b strings.Builder
		eachOwn(&f.posts[k], func(text string) { b.WriteString(normalWords(text) + "\n") })
		known.post, known.words = k, b.String()
	}
	return known.words
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

// maxShortLines is how many lines or quotations of a few words are looked for in
// one post, which bounds the work.
const maxShortLines = 50
