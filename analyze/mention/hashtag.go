package mention

import (
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

// piece is a word within a hashtag, by its place in the tag's norm.
type piece struct {
	from, to int
	word     lexicon.Word
}

// hashtag looks for an actor among the words of a hashtag that is no alias as
// a whole, and takes what the other words say of it as the name's valence.
func (f *Finder) hashtag(doc *token.Scanner, sentence, i int) {
	t := &doc.Tokens[i]
	text := t.Of(doc.Text)
	const longest = 48
	if len(text) != len(t.Norm) || len(text) > longest {
		return
	}
	if !f.capitals(text, t.Norm) && !f.segment(t.Norm) {
		return
	}
	for k, p := range f.pieces {
		a := f.single(t.Norm[p.from:p.to], text[p.from:p.to])
		if a == nil {
			continue
		}
		valence := a.Valence
		if valence == 0 {
			valence = f.tagValence(k)
		}
		span := thread.Span{Start: t.Start, End: t.End}
		f.mentions = append(f.mentions, Mention{Actor: a.Actor, Span: span, First: i, Last: i + 1, Sentence: sentence, Kind: lexicon.Hashtag, Alias: a, Valence: valence})
		return
	}
}

// tagValence is what the pieces of a hashtag say of the actor that piece k
// names.
func (f *Finder) tagValence(k int) float64 {
	cues := &f.lex.Cues
	sum, sign := 0.0, 1.0
	for i, p := range f.pieces {
		if cues.Is(p.word, lexicon.Negator) {
			sign = -0.8
			continue
		}
		if i == k {
			continue
		}
		switch verb := cues.Verb(p.word); {
		case verb != nil && i < k:
			sum += verb.Object
		case verb != nil:
			sum += verb.Subject
		default:
			if noun := cues.Noun(p.word); noun != nil {
				sum += noun.Valence
			} else {
				sum += f.lex.Valence(p.word)
			}
		}
	}
	return max(-1, min(1, sign*sum))
}

// capitals cuts a tag at its capitals, figures and underscores, and reports
// whether that made several words.
func (f *Finder) capitals(text, norm string) bool {
	f.pieces = f.pieces[:0]
	from := 1
	cut := func(to int) {
		if to > from {
			f.pieces = append(f.pieces, piece{from, to, f.lex.Word(norm[from:to])})
		}
		from = to
	}
	for i := 2; i < len(text); i++ {
		a, b := text[i-1], text[i]
		switch {
		case b == '_':
			cut(i)
			from = i + 1
		case isDigit(b) != isDigit(a), isUpper(b) && (!isUpper(a) || i+1 < len(text) && isLower(text[i+1])): // "USATroops"
			cut(i)
		}
	}
	cut(len(text))
	return len(f.pieces) > 1
}

func isUpper(b byte) bool { return 'A' <= b && b <= 'Z' }
func isLower(b byte) bool { return 'a' <= b && b <= 'z' }
func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// segment cuts a tag in small letters into the fewest words that the lexicon
// knows, and reports whether it could.
func (f *Finder) segment(norm string) bool {
	const none = 1 << 20
	n := len(norm)
	f.costs = append(f.costs[:0], make([]int, n+1)...)
	for i := range f.costs {
		f.costs[i] = none
	}
	f.costs[n] = 0
	price := func(from, to int) int {
		switch to - from {
		case 1:
			if norm[from] == 'a' || norm[from] == 'i' {
				return 3
			}
			return none
		case 2, 3:
			return 3
		}
		return 2
	}
	for from := n - 1; from >= 1; from-- {
		for to := from + 1; to <= n && to-from <= 16; to++ {
			if c := price(from, to) + f.costs[to]; c < f.costs[from] && f.lex.Word(norm[from:to]) != 0 {
				f.costs[from] = c
			}
		}
	}
	f.pieces = f.pieces[:0]
	if n < 2 || f.costs[1] >= none {
		return false
	}
	for from := 1; from < n; {
		for to := min(n, from+16); to > from; to-- {
			if f.costs[to] < none && price(from, to)+f.costs[to] == f.costs[from] && f.lex.Word(norm[from:to]) != 0 {
				f.pieces = append(f.pieces, piece{from, to, f.lex.Word(norm[from:to])})
				from = to
				break
			}
		}
	}
	return true
}
