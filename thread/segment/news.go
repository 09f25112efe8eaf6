package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/plain"
)

// Finding pasted articles. An article is told from a poster's own words by
// marks that each count points: an address on a line of its own, a line that
// credits an outlet, a dateline, the phrases of agencies, speech with its
// speaker, a headline, paragraphs. The poster speaks in the first and second
// person outside quotation marks, asks and exclaims, and judges in nobody's
// name; such paragraphs above and below an article are the poster's.

// paragraph is a block of lines of a post.
type paragraph struct {
	thread.Span
	words    int
	agency   int    // phrases that agencies use
	verdicts int    // sentences that judge, in nobody's name
	spoken   bool   // it reports what someone said
	address  bool   // it is only an address
	credit   credit // how it names the outlet
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
func (s *Segmenter) news(parts []thread.Segment, text string, own thread.Segment) []thread.Segment {
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
	add := func(kind thread.Kind, span thread.Span, source string) {
		if span = thread.Trim(text, span); span.Len() > 0 {
			parts = append(parts, thread.Segment{Kind: kind, Span: span, QuoteOf: thread.None, Source: source})
		}
	}
	add(thread.Own, thread.Span{Start: own.Start, End: blocks[first].Start}, "")
	add(thread.News, thread.Span{Start: blocks[first].Start, End: blocks[last].End}, source)
	add(thread.Own, thread.Span{Start: blocks[last].End, End: own.End}, "")
	return parts
}

// mayHold says whether there may be an article among the paragraphs of a text,
// by what is soon seen of them: most posts have neither a source, nor phrases of
// agencies, nor paragraphs under a headline, one of which [article] asks for.
func mayHold(text string, blocks []paragraph, cues *lexicon.News) bool {
	below := 0 // paragraphs of the length that [article] asks for under a headline
	for i := len(blocks) - 1; i >= 0; i-- {
		b := &blocks[i]
		if b.address || b.credit != noCredit || b.dateline || b.open && below >= 3 {
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
	first, last = bounds(text, blocks)
	var e evidence
	for i := first; i <= last; i++ {
		e.add(&blocks[i])
	}
	if !e.isArticle(blocks[first : last+1]) {
		return -1, -1, ""
	}
	for i := first; i <= last && e.source == ""; i++ {
		e.source = toldOutlet(blocks[i].Of(text), cues)
	}
	return first, last, e.source
}

// evidence is what paragraphs show of being an article.
type evidence struct {
	words    int
	personal int    // words of paragraphs in the poster's person
	long     int    // paragraphs that are more than a remark
	agency   int    // phrases that agencies use, at most two of a paragraph
	spoken   int    // paragraphs that report what someone said
	naming   int    // points for what names an outlet
	source   string // the outlet that is named first, of those of the lexicon if any is
	unknown  bool   // the source is not in the lexicon
}

func (e *evidence) add(p *paragraph) {
	e.words += p.words
	e.agency += min(p.agency, 2)
	if p.spoken {
		e.spoken++
	}
	if p.personal {
		e.personal += p.words
	}
	if p.words >= longParagraph {
		e.long++
	}
	points := p.naming()
	e.naming += points
	if points > 0 && p.outlet != "" && (e.source == "" || e.unknown && !p.unknown) {
		e.source, e.unknown = p.outlet, p.unknown
	}
}

// naming returns the points that a paragraph gives for naming an outlet.
func (p *paragraph) naming() int {
	switch {
	case p.credit == titleCredit: // which forums make of an address
		return 2
	case p.dateline, p.credit != noCredit && !p.unknown:
		return 3
	case p.credit != noCredit, p.address && !p.unknown:
		return 2
	case p.address:
		return 1
	}
	return 0
}

// isArticle says whether the evidence of the paragraphs, one or more, makes an
// article of them.
func (e *evidence) isArticle(blocks []paragraph) bool {
	// An article is in the third person throughout, but for a speaker's words
	// whose quotation marks were lost.
	reported := e.agency + e.spoken
	if e.words < 25 || e.long == 0 || e.personal*5 > e.words || reported == 0 {
		return false
	}
	points := e.naming + min(reported, 3)
	head := &blocks[0]
	if len(blocks) > 1 && (head.address || head.credit == leadCredit) {
		head = &blocks[1]
	}
	if head.headline && !head.personal && len(blocks) > 1 {
		points++
	}
	if e.long >= 3 {
		points++
	}
	if e.words >= 120 {
		points++
	}
	// Without a source it takes an agency's phrases, or the whole shape: a
	// headline, paragraphs of the third person under it, and speech.
	shaped := blocks[0].headline && e.long >= 3 && e.personal == 0 && e.spoken > 0 && reported > 1
	return points >= enough && (e.naming > 0 || e.agency >= 2 || shaped)
}

// bounds returns the first and last paragraph of what may be an article. What
// is above its beginning and below its end is the poster's.
func bounds(text string, blocks []paragraph) (first, last int) {
	first, last = 0, len(blocks)-1
	// The last paragraphs that an article may have below a credit at its head,
	// and that it has above one at its foot.
	long, reported := 0, 0
	for i := range blocks {
		if b := &blocks[i]; b.words >= longParagraph && !b.speaksUp() {
			long = i
			if b.spoken || b.agency > 0 {
				reported = i
			}
		}
	}
	// An address, a dateline or a credit begins an article, a source line ends
	// it. What is above a beginning is the poster's where it is short.
	head := 0
	for i := range min(last, 4) {
		b := &blocks[i]
		if b.address || b.dateline || b.credit != noCredit && b.credit != sourceCredit && i < long {
			first, head = i, i
			if b.dateline || b.credit == bylineCredit {
				first = headlineOf(text, blocks, i)
			}
			break
		}
	}
	for i := last; i > head; i-- {
		b := &blocks[i]
		if b.credit == sourceCredit || b.credit != noCredit && i > reported || b.address && i > head+1 {
			last = i
			break
		}
	}
	return reportedIn(text, blocks, first, last)
}

// headlineOf returns the paragraph that is the headline of the one of that
// index, with at most one between them; and index where it has none.
func headlineOf(text string, blocks []paragraph, index int) int {
	for i := index - 1; i >= max(0, index-2); i-- {
		b := &blocks[i]
		if b.headline || i == index-1 && !apart(text, b, &blocks[index]) && !strings.ContainsAny(b.Of(text), ".!?") {
			return i
		}
		if b.speaksUp() || b.verdicts > 0 {
			break
		}
	}
	return index
}

// apart says whether a blank line parts two paragraphs.
func apart(text string, above, below *paragraph) bool {
	return strings.Count(text[above.End:below.Start], "\n") >= 2
}

// speaksUp says whether it is the poster that speaks in a paragraph.
func (p *paragraph) speaksUp() bool {
	return !p.address && !p.dateline && p.credit == noCredit && (p.personal || p.excited)
}

// judges says whether a paragraph is no more than a verdict, and not an
// agency's.
func (p *paragraph) judges() bool {
	return p.verdicts > 0 && p.agency == 0 && !p.dateline && p.words < longParagraph*(p.verdicts+1)
}

// reportedIn narrows first and last by the paragraphs at either end in which
// the poster speaks: up for himself, or in a verdict of the third person, apart
// from the rest, which stands out from a report but not from a column.
func reportedIn(text string, blocks []paragraph, first, last int) (from, to int) {
	from, to = first, last
	for from < to && (blocks[from].speaksUp() || blocks[from].judges() && apart(text, &blocks[from], &blocks[from+1])) {
		from++
	}
	for to > from && (blocks[to].speaksUp() || blocks[to].judges() && apart(text, &blocks[to-1], &blocks[to])) {
		to--
	}
	verdicts, words := 0, 0
	for i := from; i <= to; i++ {
		verdicts += blocks[i].verdicts
		words += blocks[i].words
	}
	if verdicts*columnWords < words {
		return from, to
	}
	for first < last && blocks[first].speaksUp() {
		first++
	}
	for last > first && blocks[last].speaksUp() {
		last--
	}
	return first, last
}

// columnWords is in how many words a column has a verdict.
const columnWords = 100

// paragraphs cuts a span of text at its blank lines, or at all line breaks
// where it has no blank line, marks what is a line of its own kind, and appends
// all to out.
func paragraphs(out []paragraph, text string, span thread.Span, cues *lexicon.News) []paragraph {
	blank := strings.Contains(span.Of(text), "\n\n")
	start := -1
	flush := func(end int) {
		if start >= 0 {
			if s := thread.Trim(text, thread.Span{Start: start, End: end}); s.Len() > 0 {
				out = append(out, body(text, s, cues))
			}
		}
		start = -1
	}
	for at := span.Start; at < span.End; {
		end := plain.LineEnd(text, at, span.End)
		line := thread.Trim(text, thread.Span{Start: at, End: end})
		if line.Len() == 0 {
			flush(at)
		} else if p := mark(text, line, cues); p.address || p.credit != noCredit {
			flush(at)
			out = append(out, p)
		} else {
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

// mark reads an address or a credit, which is a paragraph of its own kind. Of other
// lines it returns neither.
func mark(text string, span thread.Span, cues *lexicon.News) paragraph {
	s := span.Of(text)
	p := paragraph{Span: span}
	if isAddress(s) {
		p.address = true
		p.outlet, p.unknown = outletAt(s, cues)
		return p
	}
	name, credit := creditOf(s, cues)
	if credit == noCredit {
		return p
	}
	p.credit, p.outlet = credit, name
	p.headline = credit == titleCredit
	p.agency = cues.AgencyPhrases(s, wordLength(s)) // what papers have above a column
	if isAddress(name) {
		p.outlet, p.unknown = outletAt(name, cues)
	} else if known := cues.Outlet(name); known != "" {
		p.outlet = known
	}
	return p
}

// body reads the marks that are soon seen of a paragraph of lines none of which is
// an address or a credit alone; together they may be: "Source:", and the name below.
func body(text string, span thread.Span, cues *lexicon.News) paragraph {
	s := span.Of(text)
	p := paragraph{Span: span}
	several := strings.Contains(s, "\n")
	if several {
		if p = mark(text, span, cues); p.credit != noCredit {
			return p
		}
	}
	p.outlet, p.dateline = dateline(s, cues)
	p.open = !several && !strings.ContainsRune(".!?…", plain.LastRune(s))
	return p
}

// read adds what the words of a paragraph say, but of a line that is an address
// or names the source.
func (p *paragraph) read(text string, cues *lexicon.News) {
	if p.address || p.credit != noCredit {
		return
	}
	s := p.Of(text)
	p.scan(s, cues)
	p.personal = p.personal || p.agency == 0 && startsWith(s, cues.Remarks)
	p.headline = p.open && p.words <= 18
}

// startsWith says whether text begins with one of the words or phrases,
// whatever its capitals.
func startsWith(text string, phrases []string) bool {
	for _, phrase := range phrases {
		if n := len(phrase); plain.HasPrefixFold(text, phrase) && (n == len(text) || !plain.IsAlphanumeric(text[n])) {
			return true
		}
	}
	return false
}

// scan counts the words of a paragraph and looks for the poster's person, for
// speech with its speaker, for what agencies write, and for sentences that
// judge in nobody's name.
func (p *paragraph) scan(s string, cues *lexicon.News) {
	quoted, spoken := false, false
	judged, claimed := false, false // of the sentence under way
	last := ""                      // word
	endSentence := func() {
		if judged && !claimed {
			p.verdicts++
		}
		judged, claimed = false, false
	}
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
					spoken, claimed = true, true
				case claimWord:
					claimed = true
				}
				judged = judged || cues.Judges(s[i:], n)
			}
			last = s[i : i+n]
			i += n
			continue
		}
		switch c := s[i]; {
		case c == '"' && paired:
			quoted = !quoted
		case (c == '?' || c == '!') && !quoted:
			p.excited = true
			endSentence()
		case c == '.' && !quoted && !isShortened(last):
			endSentence()
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
	endSentence()
	p.spoken = spoken && p.words >= 12
}

// isShortened says whether a stop after a word is likely to be its own: "Sen.",
// "U.S.".
func isShortened(word string) bool { return len(word) <= 3 && areNames([]string{word}) }

// wordLength returns the length in bytes of the word that s begins with, its
// apostrophes included, and 0 where it begins with none.
func wordLength(s string) int {
	n := 0
	for n < len(s) {
		switch c := s[n]; {
		case plain.FoldASCII(c) != 0, c == '\'' && n > 0:
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
	claimWord  // it says that someone took a view
)

// wordKinds are the words of a kind, in lower case.
var wordKinds = func() map[string]int {
	kinds := map[string]int{}
	for kind, words := range map[int]string{
		posterWord: "us i i'm i've i'd i'll im my me you your you're we our lol imo imho",
		speechWord: "said says told added warned announced stated reported according",
		claimWord: "say call calls called calling accuse accuses accused accusing argue argues argued believe believes believed charge charges charged " +
			"claim claims claimed claiming condemn condemns condemned consider considers considered criticize criticized criticise criticised decry decried " +
			"demand demands demanded demanding denounce denounced deny denies denied describe describes described insist insists insisted praise praised " +
			"reject rejected see sees suggest suggests suggested think thinks urge urges urged urging vowed whether wrote",
	} {
		for _, word := range strings.Fields(words) {
			kinds[word] = kind
		}
	}
	return kinds
}()

const longestKind = len("criticized")

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
		case plain.FoldASCII(c) != 0:
			lower[n] = plain.FoldASCII(c)
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

// outletAt returns the outlet whose address it is, which is known by the host or
// a domain that this is in; where it is not known, the host.
func outletAt(address string, cues *lexicon.News) (outlet string, unknown bool) {
	host := plain.Host(address)
	for domain := host; strings.Contains(domain, "."); {
		if outlet = cues.Outlet(domain); outlet != "" {
			return outlet, false
		}
		_, domain, _ = strings.Cut(domain, ".")
	}
	return host, true
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
