package token

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark adds the token that starts with the ASCII mark at i.
func (s *Scanner) mark(i int, flags Flag) int {
	text := s.Text
	b := text[i]
	switch b {
	case '@':
		if class[s.at(i+1)]&isWordPart != 0 || s.at(i+1) == '_' {
			return s.sigil(i, flags|Handle)
		}
	case '#':
		if class[s.at(i+1)]&isWordPart != 0 || s.letterAt(i+1) || s.at(i+1) == '_' {
			return s.sigil(i, flags|Hashtag)
		}
	case '$':
		if class[s.at(i+1)]&isDigit != 0 {
			return s.number(i, i+1, flags)
		}
	case '&':
		if n, norm := s.entity(i); n > 0 {
			s.add(i, i+n, norm, flags|Punct)
			return i + n
		}
	case '.':
		if class[s.at(i+1)]&isDigit != 0 && flags&Spaced != 0 {
			return s.number(i, i+1, flags)
		}
	case '\'', '`':
		if b == '`' && s.at(i+1) == '`' || b == '\'' && s.at(i+1) == '\'' {
			return s.quote(i, 2, flags)
		}
		if n := s.clipped(i + 1); n > 0 {
			s.add(i, i+1+n, s.norm(i, i+1+n, 0), flags)
			return i + 1 + n
		}
		s.add(i, i+1, "'", flags|Punct)
		return i + 1
	case '"':
		return s.quote(i, 1, flags)
	case '/':
		if s.at(i+1)|0x20 == 's' && class[s.at(i+2)]&isWordPart == 0 && flags&(Spaced|Line) != 0 {
			s.add(i, i+2, "/s", flags) // the mark of sarcasm
			return i + 2
		}
	}
	if n := s.emoticon(i); n > 0 {
		return s.face(i, i+n, flags)
	}
	if b == ':' {
		if n := s.smiley(i); n > 0 {
			s.add(i, i+n, s.norm(i, i+n, 0), flags|Emoticon)
			return i + n
		}
	}
	n := i + 1
	switch b {
	case '!', '?':
		for s.at(n) == '!' || s.at(n) == '?' {
			n++
		}
	case '(', ')', '[', ']', '{', '}', '<', '>':
	default:
		for s.at(n) == b {
			n++
		}
	}
	norm := text[i:n]
	switch {
	case b == '.' && n-i > 1:
		norm = "..."
	case b == '-' && n-i > 1:
		norm = "--"
	}
	s.add(i, n, norm, flags|Punct)
	return n
}

// entity returns the length of the HTML entity at i, which a page left in its
// text, and the mark it stands for.
func (s *Scanner) entity(i int) (int, string) {
	rest := s.Text[i:min(i+6, s.end)]
	switch {
	case strings.HasPrefix(rest, "&amp;"):
		return 5, "&"
	case strings.HasPrefix(rest, "&gt;"):
		return 4, ">"
	case strings.HasPrefix(rest, "&lt;"):
		return 4, "<"
	case strings.HasPrefix(rest, "&quot;"):
		return 6, `"`
	}
	return 0, ""
}

// clipped returns the length of the word at i where an apostrophe before it
// stands for what was cut off it.
func (s *Scanner) clipped(i int) int {
	n := 0
	for class[s.at(i+n)]&isLetter != 0 {
		n++
	}
	if n == 0 || n > 5 {
		return 0
	}
	switch strings.ToLower(s.Text[i : i+n]) {
	case "s", "re", "ve", "ll", "d", "m", "t", "em", "tis", "twas", "til", "cause", "bout":
		return n
	}
	return 0
}

// sigil adds a handle or hashtag.
func (s *Scanner) sigil(i int, flags Flag) int {
	n := i + 1
	seen := uint8(0)
	for n < s.end {
		c := class[s.Text[n]]
		if c&isHigh != 0 {
			r, size := s.rune(n)
			if flags&Handle != 0 || !isWordRune(r) {
				break
			}
			n += size
		} else if c&isWordPart != 0 || s.Text[n] == '_' {
			n++
		} else {
			break
		}
		seen |= c
	}
	norm := s.Text[i:n]
	if seen&(isUpper|isHigh) != 0 {
		norm = s.norm(i, n, 0)
	}
	s.add(i, n, norm, flags)
	return n
}

// emoticon returns the length of the emoticon at i, 0 where there is none.
func (s *Scanner) emoticon(i int) int {
	n := i
	switch s.at(n) {
	case '<': // <3, </3
		n++
		if s.at(n) == '/' {
			n++
		}
		if s.at(n) == '3' && class[s.at(n+1)]&isWordPart == 0 {
			return n + 1 - i
		}
		return 0
	case '^', '-', '>': // ^_^, -_-, >_<
		if m := s.at(n + 1); m == '_' || m == '.' && s.at(n) == '>' {
			eye := s.at(n)
			if eye == '>' {
				eye = '<'
			}
			for s.at(n+2) == '_' {
				n++
			}
			if s.at(n+2) == eye && class[s.at(n+3)]&isWordPart == 0 {
				return n + 3 - i
			}
		}
		if s.at(i) != '>' {
			return 0
		}
		n = i + 1 // >:(
	case '(': // (: and (;
		if m := s.at(i + 1); (m == ':' || m == ';') && (s.blankAt(i+2) && s.boundary(i)) {
			return 2
		}
		return 0
	}
	switch s.at(n) {
	case ':', ';', '=':
	default:
		return 0
	}
	eyes := n
	n++
	if s.at(n) == '\'' {
		n++
	}
	if m := s.at(n); m == '-' || m == 'o' || m == '^' || m == '~' {
		n++
	}
	mouth := s.at(n)
	switch mouth {
	case ')', '(', ']', '[', '}', '{', '|', '\\', '*':
	case '/':
		if s.at(n+1) == '/' || s.at(eyes) == '=' {
			return 0
		}
	case 'D', 'P', 'p', 'O', 'o', 'S', 's', 'x', 'X', 'd', '3', 'b':
		if n == eyes+1 && !s.boundary(i) {
			return 0
		}
		if s.at(eyes) == '=' && n == eyes+1 && mouth != 'D' && mouth != 'P' && mouth != 'p' {
			return 0
		}
	case '>', '<':
		if s.at(eyes) == '=' {
			return 0
		}
	default:
		return 0
	}
	n++
	for s.at(n) == mouth && (mouth == ')' || mouth == '(' || mouth == 'D') {
		n++
	}
	if class[mouth]&isWordPart != 0 && class[s.at(n)]&isWordPart != 0 {
		return 0
	}
	return n - i
}

// face adds an emoticon, whose norm has its mouth once.
func (s *Scanner) face(from, to int, flags Flag) int {
	n := to
	for n-from > 2 && s.Text[n-1] == s.Text[n-2] {
		n--
	}
	if n < to {
		flags |= Stretched
	}
	s.add(from, to, s.norm(from, n, 0), flags|Emoticon)
	return to
}

// boundary reports whether no letter or digit stands right before i.
func (s *Scanner) boundary(i int) bool {
	return i == 0 || class[s.Text[i-1]]&(isWordPart|isHigh) == 0
}

func (s *Scanner) blankAt(i int) bool {
	return i >= s.end || class[s.Text[i]]&isSpace != 0
}

// smiley returns the length of a forum's ":rolleyes:" at i, 0 where there is none.
func (s *Scanner) smiley(i int) int {
	if !s.boundary(i) {
		return 0
	}
	n, letters := i+1, 0
	for n-i <= 26 {
		b := s.at(n)
		if class[b]&isLetter != 0 {
			letters++
		} else if class[b]&isDigit == 0 && b != '_' && b != '-' {
			break
		}
		n++
	}
	if letters < 2 || s.at(n) != ':' || class[s.at(n+1)]&isWordPart != 0 {
		return 0
	}
	return n + 1 - i
}

// namedSmiley adds a smiley that the page gave by its picture's name, such as
// "emoticon_xclown".
func (s *Scanner) namedSmiley(from, to int, flags Flag) int {
	const prefix = "emoticon_"
	name := s.Text[from+len(prefix) : to]
	if len(name) > 2 && name[0] == 'x' {
		name = name[1:]
	}
	out := s.room(len(name) + 2)
	start := len(out)
	out = append(out, ':')
	for i := range len(name) {
		b := name[i]
		if class[b]&isUpper != 0 {
			b |= 0x20
		}
		out = append(out, b)
	}
	out = append(out, ':')
	s.add(from, to, s.cut(out, start), flags&^(Stretched|Abbreviation)|Emoticon)
	return to
}

// sign adds the token that starts with r, which is not ASCII and no part of a
// word.
func (s *Scanner) sign(i int, r rune, size int, flags Flag) int {
	switch r {
	case '“', '”', '„', '«', '»', '‟', '〝', '〞', '″':
		return s.quote(i, size, flags)
	case '‘', '’', '‚', '‛', '′', '´', 'ʼ', '＇', '‹', '›':
		if n := s.clipped(i + size); n > 0 && (r == '’' || r == '‘') && s.at(i+size+n) != '\'' {
			s.add(i, i+size+n, s.norm(i, i+size+n, 0), flags)
			return i + size + n
		}
		s.add(i, i+size, "'", flags|Punct)
		return i + size
	case '…':
		n := i + size
		for strings.HasPrefix(s.Text[n:s.end], "…") || s.at(n) == '.' {
			if s.Text[n] == '.' {
				n++
			} else {
				n += size
			}
		}
		s.add(i, n, "...", flags|Punct)
		return n
	case '–', '—', '―', '‒', '‐', '‑':
		n := i + size
		for {
			if n < s.end {
				if next, size := s.rune(n); next == r {
					n += size
					continue
				}
			}
			break
		}
		norm := "--"
		if r == '‐' || r == '‑' {
			norm = "-"
		}
		s.add(i, n, norm, flags|Punct)
		return n
	case '€', '£', '¥', '₤', '﷼':
		if class[s.at(i+size)]&isDigit != 0 {
			return s.number(i, i+size, flags)
		}
	}
	if isEmoji(r) {
		n := s.emoji(i, r, size)
		s.add(i, n, s.emojiNorm(i, n), flags|Emoji)
		return n
	}
	s.add(i, i+size, s.Text[i:i+size], flags|Punct)
	return i + size
}

const (
	joiner     = 0x200d
	asEmoji    = 0xfe0f
	asText     = 0xfe0e
	keycap     = 0x20e3
	firstTone  = 0x1f3fb
	lastTone   = 0x1f3ff
	firstFlag  = 0x1f1e6
	lastFlag   = 0x1f1ff
	firstEmTag = 0xe0020
	lastEmTag  = 0xe007f
)

func isEmoji(r rune) bool {
	switch {
	case 0x1f000 <= r && r <= 0x1faff:
		return true
	case 0x2600 <= r && r <= 0x27bf:
		return true
	case 0x2300 <= r && r <= 0x23ff:
		return r == 0x231a || r == 0x231b || r == 0x2328 || r == 0x23cf || 0x23e9 <= r && r <= 0x23fa
	case 0x2b00 <= r && r <= 0x2bff:
		return r == 0x2b05 || r == 0x2b06 || r == 0x2b07 || r == 0x2b1b || r == 0x2b1c || r == 0x2b50 || r == 0x2b55
	}
	return r == 0x203c || r == 0x2049 || r == 0x3030 || r == 0x303d || r == 0x3297 || r == 0x3299
}

// emoji returns the end of the emoji at i, with all that belongs to it: tone,
// variation, joined emoji, the second letter of a flag.
func (s *Scanner) emoji(i int, r rune, size int) int {
	n := i + size
	pair := firstFlag <= r && r <= lastFlag
	for n < s.end {
		next, size := s.rune(n)
		switch {
		case next == asEmoji || next == asText || next == keycap,
			firstTone <= next && next <= lastTone,
			firstEmTag <= next && next <= lastEmTag:
			n += size
			continue
		case next == joiner:
			if n+size < s.end {
				if joined, more := s.rune(n + size); isEmoji(joined) {
					n += size + more
					continue
				}
			}
		case pair && firstFlag <= next && next <= lastFlag:
			pair = false
			n += size
			continue
		}
		break
	}
	return n
}

// emojiNorm is the emoji without its skin tone and variation selectors.
func (s *Scanner) emojiNorm(from, to int) string {
	text := s.Text[from:to]
	if utf8.RuneCountInString(text) == 1 {
		return text
	}
	out := s.room(len(text))
	start := len(out)
	for _, r := range text {
		if r == asEmoji || r == asText || firstTone <= r && r <= lastTone && len(out) > start {
			continue
		}
		out = utf8.AppendRune(out, r)
	}
	return s.cut(out, start)
}

// maxQuote is how far a quotation mark's partner is looked for, in bytes.
const maxQuote = 1000

// quote adds the double quotation mark of n bytes at i. Where it opens a
// quotation that closes in the same paragraph, the tokens between are Quoted.
func (s *Scanner) quote(i, n int, flags Flag) int {
	after := i + n
	if i < s.quoteEnd {
		s.add(i, after, `"`, flags|Punct)
		return after
	}
	flags &^= Quoted
	s.add(i, after, `"`, flags|Punct)
	if s.blankAt(after) || !s.opens(i) {
		return after
	}
	breaks := 0
	for j := after; j < s.end && j-after < maxQuote; j++ {
		switch c := s.Text[j]; {
		case c == '\n':
			if breaks++; breaks > 1 {
				return after
			}
			continue
		case class[c]&isSpace != 0:
			continue
		case c == '"' || (c == '\'' || c == '`') && s.at(j+1) == c || c >= utf8.RuneSelf && s.curly(j):
			if class[s.Text[j-1]]&isSpace != 0 && !s.blankAt(j+1) { // another one opens
				return after
			}
			s.quoteEnd = j
			return after
		}
		breaks = 0
	}
	return after
}

func (s *Scanner) curly(i int) bool {
	switch r, _ := s.rune(i); r {
	case '“', '”', '‟', '«', '»':
		return true
	}
	return false
}

// opens reports whether a quotation mark at i may open a quotation.
func (s *Scanner) opens(i int) bool {
	if i == 0 {
		return true
	}
	b := s.Text[i-1]
	if b >= utf8.RuneSelf {
		r, _ := utf8.DecodeLastRuneInString(s.Text[:i])
		return !unicode.IsLetter(r)
	}
	return class[b]&isWordPart == 0 && b != '.' && b != '!' && b != '?' && b != ','
}
