package thread

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/lexicon"
)

// Finding pasted articles. An article is told from a poster's own words by
// marks that each count points: an address on a line of its own, a line that
// names the source, a dateline, the phrases of agencies, speech with its
// speaker, a headline, paragraphs. The poster speaks in the first and second
// person outside quotation marks, asks and exclaims; such paragraphs above and
// below an article are the poster's.

// paragraph is a block of lines of a post.
type paragraph struct {
	Span
	words    int
	agency   int    // phrases that agencies use
	spoken   bool   // it reports what someone said
	address  bool   // it is only an address
	source   bool   // it is a line that names the source
	dateline bool   // it begins with a place and an agency
	outlet   string // that is named by it
	unknown  bool   // the outlet is not in the lexicon
	open     bool   // it is one line and ends without a stop
	headline bool   // it is short besides
	personal bool   // it speaks in the poster's person
	excited  bool   // it asks or exclaims outside quotation marks
}

// enough is how many points make an article.
const enough = 4

// longParagraph is how many words make a paragraph more than a remark.
const longParagraph = 20

// news splits an own segment into articles and what stands around them, and
// appends the parts.
func (s *Segmenter) news(parts []Segment, text string, own Segment) []Segment {
	cues := s.News
	s.blocks = paragraphs(s.blocks[:0], text, own.Span, cues)
	blocks := s.blocks
	if !mayHold(own.Of(text), blocks, cues) {
		return append(parts, own)
	}
	for i := range blocks {
		blocks[i].read(text, cues)
	}
	first, last, source := article(text, blocks, cues)
	if first < 0 {
		return append(parts, own)
	}
	add := func(kind Kind, span Span, source string) {
		if span = Trim(text, span); span.Len() > 0 {
			parts = append(parts, Segment{Kind: kind, Span: span, QuoteOf: None, Source: source})
		}
	}
	add(Own, Span{own.Start, blocks[first].Start}, "")
	add(News, Span{blocks[first].Start, blocks[last].End}, source)
	add(Own, Span{blocks[last].End, own.End}, "")
	return parts
}

// mayHold says whether there may be an article among the paragraphs of a text,
// by what is soon seen of them: most posts have neither a source, nor phrases of
// agencies, nor paragraphs under a headline, one of which [article] asks for.
func mayHold(text string, blocks []paragraph, cues *lexicon.News) bool {
	below := 0 // paragraphs of the length that [article] asks for under a headline
	for i := len(blocks) - 1; i >= 0; i-- {
		b := &blocks[i]
		if b.address || b.source || b.dateline || b.open && below >= 3 {
			return true
		}
		if b.Len() >= 2*longParagraph-1 { // a word and what parts it from the next
			below++
		}
	}
	return cues.HasPhrases(text, 2)
}

// article returns the first and last paragraph of the article among the blocks
// of a text, and its source; -1 where there is none.
func article(text string, blocks []paragraph, cues *lexicon.News) (first, last int, source string) {
	first, last = 0, len(blocks)-1
	// An address or a dateline begins an article, a source line ends it. What
	// is above a beginning is the poster's where it is short.
	for i := range blocks {
		b := &blocks[i]
		if (b.address || b.dateline) && i <= 3 && i < last {
			first = i
			if i > 0 && blocks[i-1].headline && b.dateline {
				first = i - 1
			}
			break
		}
	}
	for i := last; i > first; i-- {
		if blocks[i].source || blocks[i].address && i > first+1 {
			last = i
			break
		}
	}
	for first < last && !blocks[first].address && !blocks[first].dateline && (blocks[first].personal || blocks[first].excited) {
		first++
	}
	for last > first && !blocks[last].source && !blocks[last].address && (blocks[last].personal || blocks[last].excited) {
		last--
	}
	points, words, long, personal := 0, 0, 0, 0
	marks, agency, spoken, named, unknown := 0, 0, 0, false, false
	for i := first; i <= last; i++ {
		b := &blocks[i]
		words += b.words
		agency += min(b.agency, 2)
		points += min(b.agency, 2)
		if b.spoken {
			points++
			spoken++
		}
		if b.personal {
			personal += b.words
		}
		if b.words >= longParagraph {
			long++
		}
		switch {
		case b.source && b.outlet != "":
			marks += 3
		case b.source:
			marks += 2
		case b.dateline:
			marks += 3
		case b.address && !b.unknown:
			marks += 2
		case b.address:
			marks++
		}
		named = named || b.source || b.address || b.dateline
		if b.outlet != "" && (b.source || b.address || b.dateline) && (source == "" || unknown && !b.unknown) {
			source, unknown = b.outlet, b.unknown
		}
	}
	if long >= 1 && blocks[first].headline && last > first {
		marks++
	}
	if long >= 3 {
		marks++
	}
	if words >= 120 {
		marks++
	}
	// An article is in the third person throughout, but for a speaker's words
	// whose quotation marks were lost.
	if words < 25 || long == 0 || personal*5 > words || points == 0 || marks+min(points, 3) < enough {
		return -1, -1, ""
	}
	// Without a source it takes an agency's phrases, or the whole shape: a
	// headline, paragraphs of the third person under it, and speech.
	shaped := blocks[first].headline && long >= 3 && personal == 0 && spoken > 0 && agency+spoken > 1
	if !named && agency < 2 && !shaped {
		return -1, -1, ""
	}
	if source == "" {
		for i := first; i <= last; i++ {
			if told := toldOutlet(blocks[i].Of(text), cues); told != "" {
				return first, last, told
			}
		}
	}
	return first, last, source
}

// paragraphs cuts a span of text at its blank lines, or at all line breaks
// where it has no blank line, marks what is a line of its own kind, and appends
// all to out.
func paragraphs(out []paragraph, text string, span Span, cues *lexicon.News) []paragraph {
	blank := strings.Contains(span.Of(text), "\n\n")
	start := -1
	flush := func(end int) {
		if start >= 0 {
			if s := Trim(text, Span{start, end}); s.Len() > 0 {
				out = append(out, mark(text, s, cues))
			}
		}
		start = -1
	}
	for at := span.Start; at < span.End; {
		end := lineEnd(text, at, span.End)
		line := Trim(text, Span{at, end})
		switch {
		case line.Len() == 0:
			flush(at)
		case isAddress(line.Of(text)) || sourceOf(line.Of(text)) != "":
			flush(at)
			out = append(out, mark(text, line, cues))
		default:
			if start < 0 {
				start = at
			}
			if !blank {
				flush(end)
			}
		}
		at = end + 1
	}
	flush(span.End)
	return out
}

// mark reads the marks of one paragraph that are soon seen.
func mark(text string, span Span, cues *lexicon.News) paragraph {
	s := span.Of(text)
	p := paragraph{Span: span}
	if isAddress(s) {
		p.address, p.outlet = true, cues.Outlets[domainOf(s, cues)]
		if p.outlet == "" {
			p.outlet = hostOf(s)
			p.unknown = true
		}
		return p
	}
	if name := sourceOf(s); name != "" {
		p.source, p.outlet = true, name
		if isAddress(name) {
			p.outlet = cues.Outlets[domainOf(name, cues)]
		} else if known := cues.Outlets[strings.ToLower(name)]; known != "" {
			p.outlet = known
		}
		return p
	}
	p.outlet, p.dateline = dateline(s, cues)
	p.open = !strings.ContainsRune(".!?…", lastRune(s)) && !strings.Contains(s, "\n")
	return p
}

// read adds what the words of a paragraph say, but of a line that is an address
// or names the source.
func (p *paragraph) read(text string, cues *lexicon.News) {
	if p.address || p.source {
		return
	}
	s := p.Of(text)
	p.scan(s, cues)
	p.personal = p.personal || startsWith(s, cues.Remarks)
	p.headline = p.open && p.words <= 18
}

// startsWith says whether text begins with one of the words or phrases,
// whatever its capitals.
func startsWith(text string, phrases []string) bool {
	for _, phrase := range phrases {
		if n := len(phrase); hasPrefixFold(text, phrase) && (n == len(text) || !isASCIIAlphanumeric(text[n])) {
			return true
		}
	}
	return false
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, "\"”’' "))
	return r
}

// scan counts the words of a paragraph and looks for the poster's person, for
// speech with its speaker, and for what agencies write.
func (p *paragraph) scan(s string, cues *lexicon.News) {
	quoted, spoken := false, false
	paired := strings.Count(s, "\"") >= 2
	for i := 0; i < len(s); {
		if n := wordLength(s[i:]); n > 0 {
			p.words++
			if p.agency < 2 {
				p.agency += cues.AgencyPhrases(s[i:], n)
			}
			if !quoted {
				switch said(s[i : i+n]) {
				case posterWord:
					p.personal = true
				case speechWord:
					spoken = true
				}
			}
			i += n
			continue
		}
		switch c := s[i]; {
		case c == '"' && paired:
			quoted = !quoted
		case (c == '?' || c == '!') && !quoted:
			p.excited = true
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(s[i:])
			switch r {
			case '“':
				quoted = true
			case '”':
				quoted = false
			}
			i += size
			continue
		}
		i++
	}
	p.spoken = spoken && p.words >= 12
}

// wordLength returns the length in bytes of the word that s begins with, its
// apostrophes included, and 0 where it begins with none.
func wordLength(s string) int {
	n := 0
	for n < len(s) {
		switch c := s[n]; {
		case folded[c] != 0, c == '\'' && n > 0:
			n++
			continue
		case c < utf8.RuneSelf:
			return n
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && (r != '’' || n == 0) {
			return n
		}
		n += size
	}
	return n
}

// Kinds of words.
const (
	plainWord  = iota
	posterWord // it is in the poster's person, or its reader's
	speechWord // it says that someone spoke
)

// wordKinds are the words of a kind, in lower case.
var wordKinds = func() map[string]int {
	kinds := map[string]int{}
	for kind, words := range map[int]string{
		posterWord: "us i i'm i've i'd i'll im my me you your you're we our lol imo imho",
		speechWord: "said says told added warned announced stated reported according",
	} {
		for _, word := range strings.Fields(words) {
			kinds[word] = kind
		}
	}
	return kinds
}()

const longestKind = len("announced")

// ofKind says of a length and a first letter whether a word of a kind has them.
var ofKind = func() (table [longestKind + len("’")][32]bool) {
	for word := range wordKinds {
		table[len(word)][word[0]&31] = true
	}
	return table
}()

// said returns the kind of a word. "US" and "Us" are not the poster's.
func said(word string) int {
	const curly = len("’") - len("'")
	first, long := word[0]&31, len(word)
	if word[0] >= utf8.RuneSelf || long > longestKind+curly || !ofKind[long][first] && (long <= curly || !ofKind[long-curly][first]) {
		return plainWord
	}
	var lower [longestKind + 2]byte
	n := 0
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case folded[c] != 0:
			lower[n] = folded[c]
		case strings.HasPrefix(word[i:], "’"):
			lower[n] = '\''
			i += len("’") - 1
		default:
			lower[n] = c
		}
		n++
	}
	if n > longestKind || !ofKind[n][lower[0]&31] {
		return plainWord
	}
	kind := wordKinds[string(lower[:n])]
	if kind == posterWord && n == 2 && string(lower[:n]) == "us" && word != "us" {
		return plainWord
	}
	return kind
}

// isAddress says whether a line is a web address and nothing else.
func isAddress(s string) bool {
	return (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "www.")) && !strings.ContainsAny(s, " \t\n")
}

// hostOf returns the host of an address, without "www.".
func hostOf(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	host, _, _ := strings.Cut(address, "/")
	return strings.ToLower(strings.TrimPrefix(host, "www."))
}

// domainOf returns the part of an address's host that an outlet is known by.
func domainOf(address string, cues *lexicon.News) string {
	for host := hostOf(address); host != ""; {
		if cues.Outlets[host] != "" {
			return host
		}
		_, parent, ok := strings.Cut(host, ".")
		if !ok || !strings.Contains(parent, ".") {
			return ""
		}
		host = parent
	}
	return ""
}

// sourceOf returns what a line names as the source: "Source: Reuters".
func sourceOf(s string) string {
	label, name, ok := strings.Cut(s, ":")
	if !ok {
		return ""
	}
	switch strings.ToLower(strings.TrimSpace(label)) {
	case "source", "sources", "via", "courtesy", "link", "full article", "full story", "read more":
	default:
		return ""
	}
	if name = strings.TrimSpace(name); strings.Count(name, " ") > 7 || strings.Contains(name, "\n") {
		return ""
	}
	return strings.TrimRight(name, ".")
}

// dateline says whether a paragraph begins as agency copy does, "BAGHDAD
// (Reuters) - …", and returns the outlet.
func dateline(s string, cues *lexicon.News) (string, bool) {
	head := s[:min(len(s), 80)]
	open := strings.IndexByte(head, '(')
	if open < 0 {
		return "", false
	}
	end := strings.IndexByte(head[open:], ')')
	if end < 0 {
		return "", false
	}
	name := strings.ToLower(strings.TrimSpace(head[open+1 : open+end]))
	outlet := cues.Outlets[name]
	if outlet == "" {
		// An outlet that is not known is told by the place before it in capitals.
		if place := head[:open]; place != strings.ToUpper(place) || strings.Count(name, " ") > 3 || !strings.ContainsFunc(place, unicode.IsLetter) {
			return "", false
		}
		outlet = strings.TrimSpace(head[open+1 : open+end])
	}
	after := strings.TrimLeft(s[open+end+1:], " ")
	for _, dash := range []string{"-", "–", "—", "--"} {
		if strings.HasPrefix(after, dash) {
			return outlet, true
		}
	}
	return "", false
}

// toldOutlet returns the outlet that someone is said to have spoken to: "told
// Reuters".
func toldOutlet(s string, cues *lexicon.News) string {
	for at := 0; ; {
		i := strings.Index(s[at:], "told ")
		if i < 0 {
			return ""
		}
		at += i + len("told ")
		rest := strings.FieldsFunc(s[at:min(len(s), at+40)], func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '-' })
		for n := min(3, len(rest)); n > 0; n-- {
			if name := strings.Join(rest[:n], " "); name != strings.ToLower(name) {
				if outlet := cues.Outlets[strings.ToLower(name)]; outlet != "" {
					return outlet
				}
			}
		}
	}
}
