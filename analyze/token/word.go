package token

import (
	"encoding/binary"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/lexicon"
)

// plain adds the word at i, which begins with a letter of the class c, and
// returns its length, where it is as most are: up to eight letters of ASCII, the
// others lower case, with white space or a mark that joins nothing behind. Of
// all others, which [Scanner.word] takes, it returns 0. It reads all the letters
// at once.
func (s *Scanner) plain(i int, c uint8, flags Flag) int {
	const all = lexicon.ShortWord
	if i+all >= s.end {
		return 0
	}
	x := binary.LittleEndian.Uint64([]byte(s.Text[i : i+all]))
	if c&isUpper != 0 {
		x |= 'a' - 'A'
		flags |= Title
	}
	n := lowerLetters(x)
	if class[s.Text[i+n]]&^(isSpace|isBreak) != 0 {
		return 0
	}
	x &= 1<<(8*n) - 1
	if n > 2 && thrice(x, n) {
		return 0
	}
	norm := s.Text[i : i+n]
	if c&isUpper != 0 {
		arena := s.room(all)
		start := len(arena)
		norm = s.cut(binary.LittleEndian.AppendUint64(arena, x)[:start+n], start)
	}
	if n > 2 {
		if cut, _, _ := bareContraction(norm); cut > 0 {
			return 0
		}
	}
	var word lexicon.Word
	if s.lex != nil {
		word = s.lex.Short(x, n)
	}
	s.put(i, i+n, norm, word, flags)
	return n
}

const (
	eachByte = 0x0101010101010101
	highBits = 0x80 * eachByte
)

// lowerLetters counts the lower-case letters of ASCII that eight bytes begin
// with.
func lowerLetters(x uint64) int {
	low := x &^ highBits // no sum of two bytes reaches the next one
	letters := (low + (0x80-'a')*eachByte) &^ (low + (0x80-'z'-1)*eachByte) &^ x
	return bits.TrailingZeros64(^letters&highBits) / 8
}

// thrice says whether one of the first n bytes, three or more, stands three
// times in a row.
func thrice(x uint64, n int) bool {
	same := x ^ x>>8 // 0 by a byte that is like the next one
	same |= same >> 8
	same |= ^uint64(0) << (8 * (n - 2))
	return (same-eachByte)&^same&highBits != 0
}

// word adds the word that starts at from, of which [from, i) is already known
// to be a part, with c what that part holds; where that is nothing yet, a letter
// stands at i. A contraction is two tokens.
func (s *Scanner) word(from, i int, c uint8, flags Flag) int {
	text, end := s.Text, s.end
	var (
		seen       = c
		apostrophe = -1 // where the last one stands
		prev       byte
		run        int
	)
loop:
	for i < end {
		b := text[i]
		c := class[b]
		if c&isWordPart != 0 {
			seen |= c
			if b|0x20 == prev {
				if run++; run >= 2 && c&isLetter != 0 {
					flags |= Stretched
				}
			} else {
				run = 0
			}
			prev = b | 0x20
			i++
			continue
		}
		prev = 0
		switch {
		case c&isHigh != 0:
			if n := s.apostrophe(i); n > 0 {
				if !s.letterAt(i + n) {
					break loop
				}
				apostrophe = i
				i += n
				seen |= isHigh
				continue
			}
			r, size := s.rune(i)
			if r == 0x2010 || r == 0x2011 { // hyphens
				if !s.letterAt(i + size) {
					break loop
				}
			} else if r == 0xad && s.letterAt(i+size) { // soft hyphen in a word
			} else if !isWordRune(r) {
				break loop
			}
			seen |= isHigh
			i += size
		case c&isLink != 0:
			n := s.link(from, i, &apostrophe, &flags)
			if n == 0 {
				break loop
			}
			if n < 0 { // the token is done
				return -n
			}
			if b == '*' || b == '$' || b == '!' || b == '`' {
				seen |= isHigh
			}
			i += n
		default:
			break loop
		}
	}
	if text[from] == 'e' && strings.HasPrefix(text[from:i], "emoticon_") {
		return s.namedSmiley(from, i, flags)
	}
	s.form(from, i, seen, apostrophe, flags)
	return i
}

// link says how many bytes at i, a mark, join the word from [from, i) to what
// follows: 0 where the word ends. It is −n where it has itself added a token
// that ends at n.
func (s *Scanner) link(from, i int, apostrophe *int, flags *Flag) int {
	text := s.Text
	switch text[i] {
	case '\'', '`':
		if !s.letterAt(i + 1) {
			return 0
		}
		*apostrophe = i
		return 1
	case '-':
		if s.letterAt(i+1) || class[s.at(i+1)]&isDigit != 0 {
			return 1
		}
	case '_':
		if n := i - len("emoticon"); n > from && text[n:i] == "emoticon" { // glued to the word before
			if strings.HasPrefix(text[from:n], "emoticon_") {
				s.namedSmiley(from, n, *flags)
			} else {
				s.form(from, n, isHigh|isUpper, -1, *flags)
			}
			return -n
		}
		if next := s.at(i + 1); next == '_' || class[next]&isWordPart != 0 {
			return 1
		}
	case '.':
		return s.stop(from, i, flags)
	case '&': // AT&T, R&B
		if class[text[i-1]]&isUpper != 0 && class[s.at(i+1)]&isUpper != 0 {
			return 1
		}
	case '*': // f**k
		n := 1
		for s.at(i+n) == '*' {
			n++
		}
		if class[s.at(i+n)]&isLetter != 0 && n <= 8 && (n > 1 || i-from <= 2) {
			return n
		}
	case '$', '!': // U$A, sh!t
		if i-from <= 3 && class[text[i-1]]&class[s.at(i+1)]&isLetter != 0 && (class[s.at(i+2)]&isLetter == 0 || class[s.at(i+3)]&isLetter == 0) {
			return 1
		}
	case '@':
		if n := s.address(from, i); n > i {
			s.add(from, n, "@", *flags|URL)
			return -n
		}
		if i-from <= 2 && class[s.at(i+1)]&isLetter != 0 && class[text[i-1]]&isLetter != 0 {
			return 1
		}
	case ':': // http://
		if s.at(i+1) == '/' && s.at(i+2) == '/' && class[s.at(i+3)]&(isWordPart|isHigh) != 0 {
			return -s.addURL(from, s.addressEnd(i+3), *flags)
		}
	case '/': // w/o
		if i == from+1 && text[from]|0x20 == 'w' && (s.at(i+1)|0x20 == 'o' && class[s.at(i+2)]&isWordPart == 0) {
			return 1
		}
	}
	return 0
}

// letterAt reports whether a letter stands at i.
func (s *Scanner) letterAt(i int) bool {
	if i >= s.end {
		return false
	}
	if c := class[s.Text[i]]; c&isHigh == 0 {
		return c&isLetter != 0
	}
	r, _ := s.rune(i)
	return unicode.IsLetter(r)
}

// apostrophe returns the length of the apostrophe at i, 0 where there is none.
func (s *Scanner) apostrophe(i int) int {
	rest := s.Text[i:s.end]
	switch {
	case rest == "":
	case rest[0] == '\'' || rest[0] == '`':
		return 1
	case rest[0] < utf8.RuneSelf:
	case strings.HasPrefix(rest, "’") || strings.HasPrefix(rest, "‘") || strings.HasPrefix(rest, "＇"):
		return 3
	case strings.HasPrefix(rest, "´") || strings.HasPrefix(rest, "ʼ"):
		return 2
	}
	return 0
}

// form adds the word [from, to) as one token, or two of a contraction. seen
// are the classes of its bytes; apostrophe is where its last one is, or −1.
func (s *Scanner) form(from, to int, seen uint8, apostrophe int, flags Flag) {
	text := s.Text
	if seen&isUpper != 0 {
		if class[text[from]]&isUpper != 0 {
			flags |= Title
		}
		if seen&isLower == 0 && to-from > 1 {
			flags |= Upper
		}
	}
	if seen&isHigh != 0 && flags&Title == 0 {
		if r, _ := s.rune(from); unicode.IsUpper(r) {
			flags |= Title
		}
	}
	if flags&(Stretched|Upper) == Stretched|Upper && text[to-1] == 'I' {
		flags &^= Stretched // a Roman number
	}
	norm := text[from:to]
	if seen&(isUpper|isHigh) != 0 || flags&(Stretched|Abbreviation) != 0 {
		norm = s.norm(from, to, flags)
	}
	if apostrophe > from {
		if to-from <= longestContraction && s.contraction(from, to, apostrophe, seen, flags, norm) {
			return
		}
	} else if n := len(norm); 3 <= n && n <= 8 && n == to-from && seen&isDigit == 0 {
		if cut, head, tail := bareContraction(norm); cut > 0 && flags&Abbreviation == 0 {
			s.add(from, from+cut, head, flags)
			s.add(from+cut, to, tail, flags&(Upper|Quoted))
			return
		}
	}
	s.add(from, to, norm, flags)
}

// longestContraction bounds the work on words that are all apostrophes, in
// bytes.
const longestContraction = 64

// contraction splits [from, to) before the clitic that follows its last
// apostrophe, and reports whether it did.
func (s *Scanner) contraction(from, to, apostrophe int, seen uint8, flags Flag, norm string) bool {
	text := s.Text
	after := apostrophe + s.apostrophe(apostrophe)
	var clitic string
	cut := apostrophe
	switch rest := text[after:to]; len(rest) {
	case 1:
		switch rest[0] | 0x20 {
		case 's':
			clitic = "'s"
		case 'd':
			clitic = "'d"
		case 'm':
			clitic = "'m"
		case 't':
			if text[apostrophe-1]|0x20 != 'n' {
				return false
			}
			clitic = "n't"
			cut--
		}
	case 2:
		switch string([]byte{rest[0] | 0x20, rest[1] | 0x20}) {
		case "re":
			clitic = "'re"
		case "ve":
			clitic = "'ve"
		case "ll":
			clitic = "'ll"
		}
	}
	if clitic == "" {
		return false
	}
	tail := flags & Quoted
	if s.capitals(cut, to) {
		tail |= Upper
	}
	if cut == from { // "n't" standing alone
		s.add(from, to, clitic, flags)
		return true
	}
	flags &^= Stretched | Upper
	if s.capitals(from, cut) {
		flags |= Upper
	}
	inner := -1
	for i := cut - 1; i > from; i-- {
		if s.apostrophe(i) > 0 {
			inner = i
			break
		}
	}
	head := s.headNorm(norm, clitic)
	if inner > from {
		s.form(from, cut, seen, inner, flags)
	} else {
		s.add(from, cut, head, flags)
	}
	s.add(cut, to, clitic, tail)
	return true
}

// capitals reports whether [from, to) has two letters or more, all capitals.
func (s *Scanner) capitals(from, to int) bool {
	n := 0
	for _, r := range s.Text[from:to] {
		if unicode.IsUpper(r) {
			n++
		} else if unicode.IsLower(r) {
			return false
		}
	}
	return n > 1
}

// headNorm is the norm of what stands before a clitic.
func (s *Scanner) headNorm(norm, clitic string) string {
	head := norm[:max(0, len(norm)-len(clitic))]
	if clitic == "n't" {
		switch head {
		case "ca":
			return "can"
		case "wo":
			return "will"
		case "sha":
			return "shall"
		case "ai":
			return "is"
		}
	}
	return head
}

// bareContraction knows the contractions that are written without their
// apostrophe and mean nothing else, and "cannot". norm has 3 bytes or more.
func bareContraction(norm string) (cut int, head, tail string) {
	n := len(norm)
	switch norm[n-2:] {
	case "nt":
		switch norm {
		case "cant":
			return 2, "can", "n't"
		case "wont":
			return 2, "will", "n't"
		case "aint":
			return 2, "is", "n't"
		case "shant":
			return 3, "shall", "n't"
		case "dont", "didnt", "doesnt", "isnt", "arent", "wasnt", "werent", "hasnt", "havent", "hadnt",
			"couldnt", "wouldnt", "shouldnt", "mustnt", "neednt", "mightnt":
			return n - 2, norm[:n-2], "n't"
		}
	case "ot":
		if norm == "cannot" {
			return 3, "can", "not"
		}
	case "ts", "es":
		switch norm {
		case "thats", "whats", "theres", "heres", "shes":
			return n - 1, norm[:n-1], "'s"
		}
	case "re":
		switch norm {
		case "youre", "theyre":
			return n - 2, norm[:n-2], "'re"
		}
	case "ve":
		switch norm {
		case "youve", "theyve", "weve":
			return n - 2, norm[:n-2], "'ve"
		case "ive":
			return 1, "i", "'ve"
		}
	}
	return 0, "", ""
}

// norm makes the norm of the word [from, to) in the arena.
func (s *Scanner) norm(from, to int, flags Flag) string {
	text := s.Text[from:to]
	out := s.room(len(text) + len(text)/2 + utf8.UTFMax + 1)
	start := len(out)
	for i := 0; i < len(text); {
		b := text[i]
		switch c := class[b]; {
		case c&isUpper != 0:
			out = append(out, b|0x20)
			i++
		case b == '`':
			out = append(out, '\'')
			i++
		case c&isHigh == 0:
			out = append(out, b)
			i++
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			i += size
			switch r {
			case '’', '‘', '´', 'ʼ', '＇':
				out = append(out, '\'')
			case 0x2010, 0x2011:
				out = append(out, '-')
			case 0xad:
			default:
				out = utf8.AppendRune(out, unicode.ToLower(r))
			}
		}
	}
	if flags&Abbreviation != 0 && len(out) > start {
		out = fullStops(out, start)
	}
	if flags&Stretched != 0 {
		return s.unstretch(out, start)
	}
	return s.cut(out, start)
}

// fullStops gives initials the last stop where the writer left it out.
func fullStops(out []byte, start int) []byte {
	n := len(out) - start
	if n >= 3 && out[start+1] == '.' && out[len(out)-2] == '.' && class[out[len(out)-1]]&isLetter != 0 {
		return append(out, '.')
	}
	return out
}

// unstretch takes letters that stand more than twice in a row down to two,
// and to one where the lexicon knows only that.
func (s *Scanner) unstretch(out []byte, start int) string {
	two := out[:start]
	for _, b := range out[start:] {
		if n := len(two); n-start >= 2 && two[n-1] == b && two[n-2] == b && class[b]&isLetter != 0 {
			continue
		}
		two = append(two, b)
	}
	norm := s.cut(two, start)
	if s.lex == nil || s.lex.Word(norm) != 0 {
		return norm
	}
	one := s.room(len(norm))
	n := len(one)
	for i := range len(norm) {
		if i > 0 && norm[i] == norm[i-1] {
			continue
		}
		one = append(one, norm[i])
	}
	if short := s.cut(one, n); s.lex.Word(short) != 0 {
		return short
	}
	return norm
}
