package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/plain"
)

// Hint is what a page or message says of where a quotation comes from.
type Hint struct {
	Post   string // identifier of the quoted post
	Author string // name of the quoted author
	Skip   int    // bytes at the segment's start that introduce the quotation
}

// Resolve finds the post that each marked quotation comes from: by
// identifier where the hint has one, else the earlier post with most of the
// words among its own, of the author that the hint names if any.
// hints[i][j] belongs to segment j of post i; nil stands for none. A post that
// is known to answer nothing answers the first post that it quotes.
func Resolve(t *thread.Thread, hints [][]Hint) {
	r := quoteResolver{posts: t.Posts, few: fewWords{posts: t.Posts}}
	for i := range t.Posts {
		p := &t.Posts[i]
		for j := range p.Segments {
			s := &p.Segments[j]
			if s.Kind != thread.Quote || s.QuoteOf != thread.None {
				continue
			}
			var h Hint
			if i < len(hints) && j < len(hints[i]) {
				h = hints[i][j]
			}
			if h.Author != "" && !slices.Contains(t.Names, h.Author) && len(t.Names) < MaxNames {
				t.Names = append(t.Names, h.Author)
			}
			s.QuoteOf = r.find(i, s.Of(p.Text)[h.Skip:], h)
			if s.QuoteOf != thread.None && p.ReplyTo == thread.None {
				p.ReplyTo = s.QuoteOf
			}
		}
	}
}

// MaxNames bounds the names that one thread gathers.
const MaxNames = 10_000

// quoteResolver looks for quoted words in the earlier posts of a thread. Its
// work is linear in the length of the thread: shingles of the authors' own
// words are looked up in a table.
type quoteResolver struct {
	posts   []thread.Post
	byID    map[string]int
	table   map[uint64]int32 // the latest post with a shingle, by its hash, also with its author's
	indexed int              // posts that are in the table
	votes   map[int32]int    // by post: the shingles that are looked up and it has
	few     fewWords
}

// quotedWords is how many words in a row tell a quotation.
const quotedWords = 4

// find returns the post that post i quotes, or None.
func (r *quoteResolver) find(i int, text string, h Hint) int {
	if k, ok := r.identified(h.Post); ok && k != i {
		return k
	}
	if r.table == nil {
		r.table, r.votes = map[uint64]int32{}, map[int32]int{}
	}
	for ; r.indexed < i; r.indexed++ {
		r.index(r.indexed)
	}
	clear(r.votes)
	total := 0
	by := authorHash(h.Author)
	var s Shingles
	for line := range strings.Lines(text) {
		s.Each(Unquoted(line), func(hash uint64) {
			total++
			if k, ok := r.table[hash^by]; ok {
				r.votes[k]++
			}
		})
	}
	if total == 0 {
		return r.few.find(i, text, h.Author)
	}
	best, most := thread.None, 0
	for k, n := range r.votes {
		if n > most || n == most && int(k) > best {
			best, most = int(k), n
		}
	}
	// Who quotes leaves out and mends, but keeps the most.
	if most*5 < total*2 {
		return thread.None
	}
	return best
}

// identified returns the post of an identifier, the last of several. No post is
// of "".
func (r *quoteResolver) identified(id string) (int, bool) {
	if id == "" {
		return 0, false
	}
	if r.byID == nil {
		r.byID = make(map[string]int, len(r.posts))
		for k := range r.posts {
			r.byID[r.posts[k].ID] = k
		}
	}
	k, ok := r.byID[id]
	return k, ok
}

// index puts the own words of post k into the table.
func (r *quoteResolver) index(k int) {
	p := &r.posts[k]
	by := authorHash(p.Author)
	eachOwn(p, func(text string) {
		var s Shingles
		s.Each(text, func(hash uint64) {
			r.table[hash] = int32(k)
			if by != 0 {
				r.table[hash^by] = int32(k)
			}
		})
	})
}

// eachOwn calls do with the parts of a post that it does not quote.
func eachOwn(p *thread.Post, do func(text string)) {
	if len(p.Segments) == 0 {
		do(p.Text)
	}
	for _, s := range p.Segments {
		if s.Kind == thread.Own || s.Kind == thread.News {
			do(s.Of(p.Text))
		}
	}
}

// Shingles hashes every quotedWords words in a row.
type Shingles struct {
	last [quotedWords]uint64 // hashes of the last words
	n    int                 // words so far
}

// Each calls do with the hash of each shingle that ends in text.
func (s *Shingles) Each(text string, do func(uint64)) {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	word := uint64(offset)
	end := func() {
		if word == offset {
			return
		}
		copy(s.last[:], s.last[1:])
		s.last[quotedWords-1] = word
		word = offset
		if s.n++; s.n < quotedWords {
			return
		}
		hash := uint64(offset)
		for _, w := range s.last {
			hash = (hash ^ w) * prime
			hash ^= hash >> 29
		}
		do(hash)
	}
	for _, c := range text {
		switch {
		case c < utf8.RuneSelf && plain.IsAlphanumeric(byte(c)) || c >= utf8.RuneSelf && (unicode.IsLetter(c) || unicode.IsDigit(c)):
			word = (word ^ uint64(unicode.ToLower(c))) * prime
		case c == '\'' || c == '’':
		default:
			end()
		}
	}
	end()
}

// authorHash tells shingles of one author from those of others; 0 is anyone.
func authorHash(author string) uint64 {
	hash := uint64(0)
	for _, c := range strings.ToLower(author) {
		hash = (hash ^ uint64(c) ^ 0x9e3779b97f4a7c15) * 1099511628211
	}
	return hash
}
