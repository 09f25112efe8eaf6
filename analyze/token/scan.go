package token

import (
	"slices"
	"unicode"
	"unicode/utf8"
	"unsafe"

	"threadstance/lexicon"
	"threadstance/thread"
)

// Scanner cuts one text after another into tokens and sentences. It reuses
// its memory: what it returned is valid until the next Reset. The zero value
// is ready. It is for one goroutine at a time.
type Scanner struct {
	Text      string
	Tokens    []Token
	Sentences []Sentence

	lex      *lexicon.Lexicon
	end      int    // where the span ends that is being scanned
	quoteEnd int    // tokens before it stand inside quotation marks
	arena    []byte // holds the norms that are not substrings of Text
}

// Reset makes the scanner ready for a text. lex may be nil: then no token has
// a Word.
func (s *Scanner) Reset(lex *lexicon.Lexicon, text string) {
	s.lex, s.Text = lex, text
	if cap(s.Tokens) > keep { // one huge text need not cost for ever
		s.Tokens, s.Sentences, s.arena = nil, nil, nil
	}
	s.Tokens, s.Sentences = s.Tokens[:0], s.Sentences[:0]
	s.arena = s.arena[:0]
}

const keep = 1 << 18 // tokens

// Scan appends the tokens and sentences of a part of the text. Every byte of
// it that is not white space belongs to exactly one token, and every token to
// exactly one sentence; segment is what the sentences say they are of.
func (s *Scanner) Scan(span thread.Span, segment int) {
	first := len(s.Tokens)
	s.end, s.quoteEnd = span.End, span.Start
	s.tokens(span.Start)
	s.sentences(first, segment, span)
}

// What a byte may be, as a set of bits.
const (
	isLower = 1 << iota
	isUpper
	isDigit
	isSpace // white space, and bytes that show nothing
	isBreak // line breaks
	isHigh  // a part of a rune that is not ASCII
	isLink  // may join two parts of a word

	isLetter   = isLower | isUpper
	isWordPart = isLetter | isDigit
)

var class = func() (table [256]uint8) {
	for i := range table {
		switch b := byte(i); {
		case 'a' <= b && b <= 'z':
			table[i] = isLower
		case 'A' <= b && b <= 'Z':
			table[i] = isUpper
		case '0' <= b && b <= '9':
			table[i] = isDigit
		case b == '\n' || b == '\r' || b == '\v' || b == '\f':
			table[i] = isSpace | isBreak
		case b <= ' ' || b == 0x7f:
			table[i] = isSpace
		case b >= utf8.RuneSelf:
			table[i] = isHigh
		case b == '\'' || b == '-' || b == '.' || b == '_' || b == '&' || b == '*' || b == '$' || b == '@' || b == '`' || b == '/' || b == ':' || b == '!':
			table[i] = isLink
		}
	}
	return table
}()

// blank reports whether a rune shows nothing: white space, controls, and the
// marks of zero width that browsers copy along.
func blank(r rune) bool {
	switch {
	case r <= ' ' || 0x7f <= r && r <= 0xa0:
		return true
	case r < 0x1680:
		return r == 0xad || r == 0x034f || r == 0x061c
	case r == 0x200d || r == 0xfe0f || r == 0xfe0e: // parts of emoji
		return true
	case 0x200b <= r && r <= 0x200f || 0x202a <= r && r <= 0x202e || 0x2060 <= r && r <= 0x206f || r == 0xfeff:
		return true
	}
	return unicode.IsSpace(r)
}

// rune decodes the rune at i, which is before s.end.
func (s *Scanner) rune(i int) (rune, int) {
	if b := s.Text[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(s.Text[i:s.end])
}

// at returns the byte at i, or 0 outside the span.
func (s *Scanner) at(i int) byte {
	if uint(i) < uint(s.end) {
		return s.Text[i]
	}
	return 0
}

// tokens appends the tokens from byte i on to the end of the span.
func (s *Scanner) tokens(i int) {
	text, end := s.Text, s.end
	gap := Line | Paragraph
	for i < end {
		c := class[text[i]]
		if c&isSpace != 0 {
			gap |= Spaced
			if c&isBreak != 0 {
				i = s.lineBreak(i, &gap)
			} else {
				i++
			}
			continue
		}
		if i < s.quoteEnd {
			gap |= Quoted
		}
		before := len(s.Tokens)
		switch {
		case c&isLetter != 0:
			if n := s.plain(i, c, gap); n > 0 {
				i += n
			} else {
				i = s.word(i, i, c, gap)
			}
		case c&isDigit != 0:
			i = s.number(i, i, gap)
		case c&isHigh != 0:
			r, size := s.rune(i)
			switch {
			case blank(r):
				gap |= Spaced
				if r == 0x2028 || r == 0x2029 {
					gap |= Line
				}
				i += size
				continue
			case isWordRune(r) && r != 'ʼ':
				i = s.word(i, i+size, isHigh, gap)
			default:
				i = s.sign(i, r, size, gap)
			}
		default:
			i = s.mark(i, gap)
		}
		if len(s.Tokens) > before {
			gap = 0
		}
	}
}

// lineBreak passes the line break at i and says what it was.
func (s *Scanner) lineBreak(i int, gap *Flag) int {
	if s.Text[i] == '\r' && s.at(i+1) == '\n' {
		i++
	}
	if *gap&Line != 0 {
		*gap |= Paragraph
	}
	*gap |= Line
	return i + 1
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)
}

// add appends the token [from, to).
func (s *Scanner) add(from, to int, norm string, flags Flag) {
	var word lexicon.Word
	if s.lex != nil {
		word = s.lex.Word(norm)
	}
	s.put(from, to, norm, word, flags)
}

// put is add for a word whose number is known.
func (s *Scanner) put(from, to int, norm string, word lexicon.Word, flags Flag) {
	n := len(s.Tokens)
	if n == cap(s.Tokens) {
		s.Tokens = slices.Grow(s.Tokens, max(64, n))
	}
	s.Tokens = s.Tokens[:n+1]
	t := &s.Tokens[n] // in place: a token is too large to be made and then copied
	t.Start, t.End = from, to
	t.Norm, t.Word, t.Flags, t.Tag = norm, word, flags, Tag(0)
}

// room returns the arena with room for n more bytes. Strings already cut from
// it stay whole: a full arena is left to them.
func (s *Scanner) room(n int) []byte {
	if cap(s.arena)-len(s.arena) < n {
		s.arena = make([]byte, 0, max(2*cap(s.arena), n, 1024))
	}
	return s.arena
}

// cut makes a string of what was appended to the arena after the first n bytes.
func (s *Scanner) cut(arena []byte, n int) string {
	s.arena = arena
	return unsafe.String(unsafe.SliceData(arena[n:]), len(arena)-n)
}
