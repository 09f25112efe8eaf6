package lexicon

import (
	"slices"
	"strings"
)

// News is by what a pasted article is known.
type News struct {
	Outlets  map[string]string // by domain, as "bbc.co.uk", or by name in lower case: the outlet's name
	Phrases  []string          // what agency copy says and posters do not, in lower case
	Remarks  []string          // how a poster's remark on an article begins, in lower case
	Verdicts []string          // what posters say of what they read and agency copy does not, in lower case
	Credits  []string          // the words beside an outlet's name in a line above its article, in lower case

	longest  int // bytes of a domain or name of an outlet
	phrases  byFirstWord
	verdicts byFirstWord
	credits  map[string]bool
	heads    headSet // of the phrases
	unseen   bool    // some phrase has no head, or a letter beyond ASCII
}

// byFirstWord are phrases by their first word.
type byFirstWord struct {
	phrases map[string][]string
	lengths [32]uint32 // of the first words, a bit each, by the lowest bits of their first letter
}

func newByFirstWord(phrases int) byFirstWord {
	return byFirstWord{phrases: make(map[string][]string, phrases)}
}

func (b *byFirstWord) add(phrase string) {
	first := phrase[:firstWord(phrase)]
	b.phrases[first] = append(b.phrases[first], phrase)
	b.lengths[phrase[0]&31] |= 1 << len(first)
}

// of returns the phrases whose first word is the one that text begins with, of
// so many bytes, whatever its capitals.
func (b *byFirstWord) of(text string, word int) []string {
	var first [maxPhraseWord]byte
	if word == 0 || word > len(first) || b.lengths[text[0]&31]>>word&1 == 0 {
		return nil
	}
	for i := range word {
		first[i] = small(text[i])
	}
	return b.phrases[string(first[:word])]
}

// Judges says whether one of the verdicts begins with the word that text begins
// with, of so many bytes, whatever its capitals.
func (n *News) Judges(text string, word int) bool {
	for _, verdict := range n.verdicts.of(text, word) {
		if hasSmallPrefix(text, verdict) && (len(text) == len(verdict) || !isWordByte(text[len(verdict)])) {
			return true
		}
	}
	return false
}

// IsCredit says whether a word is one of the credits, whatever its capitals.
func (n *News) IsCredit(word string) bool { return n.credits[strings.ToLower(word)] }

// LongestOutlet is how many bytes a domain or a name has that Outlet knows, at most.
func (n *News) LongestOutlet() int { return n.longest }

// addOutlet adds a domain or a name of an outlet.
func (n *News) addOutlet(text, outlet string) {
	key := strings.ToLower(text)
	n.Outlets[key] = outlet
	n.longest = max(n.longest, len(key))
}

// Outlet returns the name of the outlet that a domain or a name is of, whatever
// its capitals, and "" where it is of none.
func (n *News) Outlet(name string) string {
	if len(name) > n.longest {
		return ""
	}
	var known [64]byte // more than most have
	if len(name) > len(known) {
		return n.Outlets[strings.ToLower(name)]
	}
	for i := range len(name) {
		if name[i] >= 0x80 {
			return n.Outlets[strings.ToLower(name)]
		}
		known[i] = small(name[i])
	}
	return n.Outlets[string(known[:len(name)])]
}

// AgencyPhrases returns how many of the phrases begin with the word that text
// begins with, of so many bytes, whatever its capitals.
func (n *News) AgencyPhrases(text string, word int) int {
	if !n.unseen && (len(text) < headBytes || !n.heads.has(headOf(text))) {
		return 0
	}
	found := 0
	for _, phrase := range n.phrases.of(text, word) {
		if hasSmallPrefix(text, phrase) {
			found++
		}
	}
	return found
}

// HasPhrases says whether a text may have so many of the phrases of agencies or
// more, by their first words.
func (n *News) HasPhrases(text string, count int) bool {
	if n.unseen {
		return true
	}
	if len(text) < headBytes {
		return false
	}
	// The four bytes at hand are looked for at every byte: where words begin
	// cannot be foreseen, and that a phrase does is rare.
	head := headOf(text) << 8
	for at := range len(text) - headBytes + 1 {
		head = head>>8 | uint32(text[at+headBytes-1]|0x20)<<24
		if !n.heads.has(head) || at > 0 && isWordByte(text[at-1]) {
			continue
		}
		word := at
		for word < len(text) && isLetter(text[word]) && text[word] < 0x80 {
			word++
		}
		if count -= n.AgencyPhrases(text[at:], word-at); count <= 0 {
			return true
		}
	}
	return false
}

// headBytes of a phrase are soon compared, whatever their capitals.
const headBytes = 4

func headOf(text string) uint32 {
	return uint32(text[0]|0x20) | uint32(text[1]|0x20)<<8 | uint32(text[2]|0x20)<<16 | uint32(text[3]|0x20)<<24
}

// headSet has a bit for each head, which others may share.
type headSet [1 << 12 / 64]uint64

func headBit(head uint32) uint32 { return head * 0x9e3779b1 >> (32 - 12) }

func (s *headSet) add(head uint32) { s[headBit(head)/64] |= 1 << (headBit(head) % 64) }

func (s *headSet) has(head uint32) bool { return s[headBit(head)/64]>>(headBit(head)%64)&1 != 0 }

func isWordByte(b byte) bool { return isLetter(b) && b < 0x80 || '0' <= b && b <= '9' || b == '\'' }

// hasSmallPrefix says whether text begins with a prefix in lower case, whatever
// its own capitals.
func hasSmallPrefix(text, prefix string) bool {
	if len(text) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if small(text[i]) != prefix[i] {
			return false
		}
	}
	return true
}

func small(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b | 0x20
	}
	return b
}

// isLetter says whether a byte is a letter of ASCII, or of one beyond it.
func isLetter(b byte) bool { b = small(b); return 'a' <= b && b <= 'z' || b >= 0x80 }

// maxPhraseWord is the most bytes that a phrase's first word may have.
const maxPhraseWord = 24

// firstWord returns the length in bytes of the word that a text begins with, the
// apostrophes in it included.
func firstWord(text string) int {
	end := 0
	for end < len(text) && (isLetter(text[end]) || end > 0 && text[end] == '\'') {
		end++
	}
	return end
}

// index makes the phrases, verdicts and credits quick to find.
func (n *News) index() {
	n.phrases = newByFirstWord(len(n.Phrases))
	n.heads, n.unseen = headSet{}, false
	for _, phrase := range n.Phrases {
		end := firstWord(phrase)
		if len(phrase) < headBytes || strings.ContainsFunc(phrase[:end], func(r rune) bool { return r >= 0x80 }) {
			n.unseen = true
		} else {
			n.heads.add(headOf(phrase))
		}
		n.phrases.add(phrase)
	}
	n.verdicts = newByFirstWord(len(n.Verdicts))
	for _, verdict := range n.Verdicts {
		n.verdicts.add(verdict)
		if curly := strings.ReplaceAll(verdict, "'", "’"); curly != verdict {
			n.verdicts.add(curly)
		}
	}
	n.credits = make(map[string]bool, len(n.Credits))
	for _, credit := range n.Credits {
		n.credits[credit] = true
	}
}

type newsEntry struct {
	Outlets []struct {
		Name    string   `toml:"name"`
		Domains []string `toml:"domains"`
		Also    []string `toml:"also"`
	} `toml:"outlet"`
	Phrases  []string `toml:"phrases"`
	Remarks  []string `toml:"remarks"`
	Verdicts []string `toml:"verdicts"`
	Credits  []string `toml:"credits"`
}

// addNews adds what a file has to what those before it have.
func (p *parser) addNews(e newsEntry, file *sourceFile) {
	news := &p.lexicon.News
	if news.Outlets == nil {
		news.Outlets = map[string]string{}
	}
	for i, o := range e.Outlets {
		at := file.header("outlet", i)
		if !p.named(at, o.Name, "outlet") {
			continue
		}
		news.addOutlet(o.Name, o.Name)
		for i, d := range append(o.Domains, o.Also...) {
			switch {
			case strings.TrimSpace(d) == "":
				p.fail(at.of(d), "outlet %q has an empty name or domain; take it out", o.Name)
			case i < len(o.Domains) && strings.Contains(d, "/"):
				p.fail(at.of(d), "outlet %q has the domain %q; write the host alone, as bbc.co.uk", o.Name, d)
			default:
				news.addOutlet(d, o.Name)
			}
		}
	}
	for _, list := range []struct {
		key  string
		from []string
		to   *[]string
	}{
		{"phrases", e.Phrases, &news.Phrases},
		{"remarks", e.Remarks, &news.Remarks},
		{"verdicts", e.Verdicts, &news.Verdicts},
		{"credits", e.Credits, &news.Credits},
	} {
		for _, text := range list.from {
			if phrase := strings.ToLower(strings.TrimSpace(text)); firstWord(phrase) == 0 || firstWord(phrase) > maxPhraseWord {
				p.fail(place{file: file}.of(text), "one of the %s of the news is %q; they begin with a word of letters", list.key, text)
			} else if !slices.Contains(*list.to, phrase) {
				*list.to = append(*list.to, phrase)
			}
		}
	}
	news.index()
}
