package stance

import (
	"slices"
	"strings"

	"threadstance/analyze/mention"
	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// chunk is a noun phrase: its words up to its head.
type chunk struct {
	first, last int // tokens, half open
	head        int // token
	mention     int // index in Input.Mentions of the one that is the head, or −1
	modifier    int // of the one that only qualifies the head ("US policy"), or −1
	owner       int // the chunk of whose it is: "X's crimes", "the crimes of X", or −1
	coordinate  int // the chunk that stands beside it before "and", or −1
	negative    bool
}

// named is the mention that is the head or qualifies it, or −1.
func (c *chunk) named() int {
	if c.mention >= 0 {
		return c.mention
	}
	return c.modifier
}

// mood is what a verb group's form says of whether what it tells is so.
type mood uint8

const (
	told    mood = iota
	hedged       // would, might, could
	advised      // should, must, need to
	ordered      // imperative
)

// group is a verb group: "would not have been bullied".
type group struct {
	first, last int  // tokens, half open
	main        int  // token of the main verb
	subject     int  // chunk, or −1
	object      int  // chunk, or −1
	complement  int  // chunk that says what the object is called: "calls X a liar", or −1
	attached    int  // chunk that a preposition ties to it: "lied to X", or −1
	agent       int  // chunk of a passive's "by X", or −1
	relative    int  // the group that tells whom its subject is, or −1: "those who bash X" are
	relates     bool // it is such a group
	negated     bool
	passive     bool
	copula      bool // the main verb is "be" or a like one
	ceasing     bool // what is or should be stopped: "stop bombing"
	mood        mood
}

// sentence is a shallow parse of one sentence. Its memory is reused.
type sentence struct {
	lex    *lexicon.Lexicon
	tokens []token.Token // of the whole post
	token.Sentence
	index     int               // in Scanner.Sentences
	mentioned []mention.Mention // in it
	clause    []int             // by token from First on
	inside    []int             // chunk by token from First on, or −1
	chunks    []chunk
	groups    []group
	marks     []Mark // by token from First on: those that do not depend on the mention

	question bool
}

func (s *sentence) chunkAt(i int) int  { return s.inside[i-s.First] }
func (s *sentence) clauseAt(i int) int { return s.clause[i-s.First] }

// is reports whether token i has any of the functions.
func (s *sentence) is(i int, f lexicon.Function) bool {
	return i >= s.First && i < s.Last && s.lex.Cues.Is(s.tokens[i].Word, f)
}

// norm returns the norm of token i, "" outside the sentence.
func (s *sentence) norm(i int) string {
	if i < s.First || i >= s.Last {
		return ""
	}
	return s.tokens[i].Norm
}

func (s *sentence) tag(i int) token.Tag {
	if i < s.First || i >= s.Last {
		return token.NoTag
	}
	return s.tokens[i].Tag
}

// parse parses the sentence of that index, in which mentions[from:to] stand.
func (s *sentence) parse(in *Input, index, from, to int) {
	s.lex, s.tokens, s.Sentence, s.index = in.Lexicon, in.Doc.Tokens, in.Doc.Sentences[index], index
	n := s.Last - s.First
	s.clause, s.inside, s.marks = resize(s.clause, n), resize(s.inside, n), resize(s.marks, n)
	s.chunks, s.groups = s.chunks[:0], s.groups[:0]
	s.question = false
	for i := s.Last - 1; i >= s.First && i > s.Last-4; i-- {
		if s.tokens[i].Asks() {
			s.question = true
		}
	}
	s.mentioned = in.Mentions[from:to]
	s.retag()
	s.findChunks(in.Mentions, from, to)
	s.findGroups()
	s.findClauses()
	s.tie()
}

// retag mends the tags of nouns that names show to be verbs: in -ing between two
// names ("the US bombing Iraq"), and what one does at the sentence's start, before
// a name ("Blame Trump.").
func (s *sentence) retag() {
	for k := range s.mentioned {
		i := s.mentioned[k].First - 1
		if i >= s.First && s.norm(i) == "the" {
			i--
		}
		if i < s.First || !s.tag(i).Noun() {
			continue
		}
		verb := s.lex.Cues.Verb(s.tokens[i].Word)
		switch {
		case verb == nil:
		case i == s.First && s.norm(i) == verb.Lemma:
			s.tokens[i].Tag = token.VB
		case k > 0 && s.mentioned[k-1].Last == i && strings.HasSuffix(s.norm(i), "ing"):
			s.tokens[i].Tag = token.VBG
		}
	}
}

func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, 2*n)
	}
	s = s[:n]
	clear(s)
	return s
}

// findChunks cuts out the noun phrases. A mention is one word to it, and a
// noun whatever its tag.
func (s *sentence) findChunks(mentions []mention.Mention, from, to int) {
	for i := range s.inside {
		s.inside[i] = -1
	}
	next := from
	for i := s.First; i < s.Last; {
		c := chunk{first: i, last: i, head: -1, mention: -1, modifier: -1, owner: -1, coordinate: -1}
		next = s.grow(&c, mentions, next, to)
		if c.last == c.first+1 && c.head < 0 && s.tag(c.first) == token.DT {
			c.head = c.first // "this", "that"
		}
		if c.head < 0 {
			i = max(c.first+1, c.last)
			continue
		}
		for k := c.first; k < c.last; k++ {
			s.inside[k-s.First] = len(s.chunks)
		}
		s.join(&c, mentions)
		s.chunks = append(s.chunks, c)
		i = c.last
	}
}

// grow takes into a noun phrase all that is of it from its last token on. It
// returns which of the mentions from next on, up to to, comes after it.
func (s *sentence) grow(c *chunk, mentions []mention.Mention, next, to int) int {
	for c.last < s.Last {
		i := c.last
		for next < to && mentions[next].First < i {
			next++
		}
		if next < to && mentions[next].First == i {
			m := &mentions[next]
			if c.head >= 0 && c.mention < 0 && s.tag(c.head) == token.PRP {
				return next
			}
			if c.mention >= 0 {
				c.modifier = c.mention
			}
			c.mention, c.head, c.last = next, m.Last-1, m.Last
			if m.Possessive || m.Kind != lexicon.Name && !m.Pronoun && strings.HasSuffix(s.norm(c.head), "s") && s.tag(c.head+1) == token.NNS {
				return next // "called the Americans cowards": two noun phrases
			}
			continue
		}
		t := &s.tokens[i]
		switch tag := t.Tag; {
		case s.quoteInside(i, c.first):
		case t.Is(token.Punct | token.Emoticon | token.Emoji):
			return next
		case tag == token.DT || tag == token.PDT || tag == token.PRPS || tag == token.WPS:
			if c.head >= 0 {
				return next
			}
			c.negative = c.negative || t.Norm == "no" || t.Norm == "neither"
		case tag == token.PRP:
			if c.head < 0 && i == c.first {
				c.head = i
				c.last++
			}
			return next
		case tag.Noun() || tag == token.FW || tag == token.CD:
			if c.mention >= 0 && (tag == token.CD || tellsWhen(t.Norm) || s.laughs(t)) {
				return next // "proud of Iran today", "I hate Iran lol"
			}
			if c.mention >= 0 {
				c.modifier, c.mention = c.mention, -1
			}
			c.head = i
		case tag.Adjective():
			if c.head >= 0 && !s.nounFollows(i, mentions, next, to) {
				return next
			}
		case tag == token.VBN || tag == token.VBG:
			if c.head >= 0 || i == c.first || !s.nounFollows(i, mentions, next, to) {
				return next
			}
		case tag.Adverb():
			if c.head >= 0 || i == c.first || !s.tag(i+1).Adjective() && s.tag(i+1) != token.VBN {
				return next
			}
		default:
			return next
		}
		c.last++
	}
	return next
}

// join finds whether a noun phrase is the one's before it, beside it, or its
// owner.
func (s *sentence) join(c *chunk, mentions []mention.Mention) {
	n := len(s.chunks)
	if n == 0 {
		return
	}
	p := &s.chunks[n-1]
	possessive := p.mention >= 0 && mentions[p.mention].Possessive
	switch gap := c.first - p.last; {
	case gap == 0 && possessive: // "his crimes"
		c.owner = n - 1
	case gap == 1 && (s.tag(p.last) == token.POS || possessive && s.norm(p.last)[0] == '\''):
		c.owner = n - 1
	case gap == 1 && (s.norm(p.last) == "of" || s.norm(p.last) == "by"):
		if p.owner < 0 {
			p.owner = n
		}
	case gap == 1 && (s.tag(p.last) == token.CC || s.norm(p.last) == "/" || s.norm(p.last) == "&"),
		gap == 2 && s.norm(p.last) == "," && s.tag(p.last+1) == token.CC:
		c.coordinate = n - 1
	}
}

// tellsWhen reports whether a noun by itself says when something is so.
func tellsWhen(norm string) bool {
	switch norm {
	case "today", "tonight", "yesterday", "tomorrow", "nowadays":
		return true
	}
	return false
}

// laughs reports whether a word by itself is a mark of sarcasm, as "lol" is.
func (s *sentence) laughs(t *token.Token) bool {
	return slices.ContainsFunc(s.lex.Cues.Sarcasm(t.Word), func(rest []lexicon.Word) bool { return len(rest) == 0 })
}

// quoteInside reports whether a quotation mark stands at i within a noun
// phrase that starts at first: a "great" country.
func (s *sentence) quoteInside(i, first int) bool {
	if n := s.norm(i); n != "\"" && n != "'" || i == first || i+1 >= s.Last {
		return false
	}
	before, after := s.tag(i-1), s.tag(i+1)
	return (before == token.DT || before.Adjective() || before == token.PRPS) && (after.Adjective() || after.Noun() || after == token.VBN || after == token.VBG) ||
		s.tokens[i].Is(token.Quoted) && (before.Adjective() || before.Noun()) && after.Noun()
}

// nounFollows reports whether the adjective or participle at i stands before
// a noun.
func (s *sentence) nounFollows(i int, mentions []mention.Mention, next, to int) bool {
	for i++; i < s.Last && i < s.First+500; i++ {
		for next < to && mentions[next].First < i {
			next++
		}
		if next < to && mentions[next].First == i {
			return true
		}
		switch tag := s.tag(i); {
		case tag.Noun():
			return true
		case tag.Adjective() || tag == token.CC && s.tag(i+1).Adjective():
		default:
			return false
		}
	}
	return false
}

// findGroups cuts out the verb groups between the noun phrases.
func (s *sentence) findGroups() {
	for i := s.First; i < s.Last; {
		if s.chunkAt(i) >= 0 || !s.startsGroup(i) {
			i++
			continue
		}
		g := group{first: i, main: -1, subject: -1, object: -1, complement: -1, attached: -1, agent: -1, relative: -1}
		be := false // the last verb was a form of "be"
		base := false
		for ; i < s.Last && s.chunkAt(i) < 0; i++ {
			tag := s.tag(i)
			w := s.norm(i)
			switch {
			case s.is(i, lexicon.Negator) && !tag.Verb():
				g.negated = true
				continue
			case tag == token.MD:
				switch w {
				case "should", "must", "ought", "shall":
					g.mood = advised
				case "would", "could", "might", "may", "'d":
					g.mood = hedged
				}
				continue
			case tag == token.TO:
				if g.main >= 0 && (s.norm(g.main) == "need" || s.norm(g.main) == "needs" || s.norm(g.main) == "have" || s.norm(g.main) == "has" || s.norm(g.main) == "ought" || s.norm(g.main) == "got") {
					g.mood = advised
				} else if g.main >= 0 && i > g.first {
					goto done // "want to bomb": a group of its own
				}
				continue
			case tag.Adverb(), tag == token.RP && g.main >= 0:
				continue
			case tag.Verb():
			default:
				goto done
			}
			if g.main >= 0 && !s.is(g.main, lexicon.Auxiliary) && s.norm(i-1) != "to" {
				goto done // two main verbs
			}
			g.passive = be && tag == token.VBN || be && tag == token.VBD
			base = tag == token.VB || tag == token.VBP
			be = isBe(w)
			g.main = i
		}
	done:
		if g.main < 0 {
			i = max(i, g.first+1)
			continue
		}
		g.last = i
		for g.last > g.main+1 && !s.is(g.last-1, lexicon.Negator) && s.tag(g.last-1) != token.RP {
			g.last-- // adverbs that follow belong to what comes
		}
		i = g.last
		g.copula = be || isCopula(s.norm(g.main))
		if !g.passive && s.tag(g.main) == token.VBN && g.first == g.main && !base {
			g.passive = true // "bullied by X"
		}
		s.groups = append(s.groups, g)
	}
}

func (s *sentence) startsGroup(i int) bool {
	tag := s.tag(i)
	return tag.Verb() || tag == token.MD || tag == token.TO && (s.tag(i+1) == token.VB || s.tag(i+1) == token.RB && s.tag(i+2) == token.VB) ||
		s.is(i, lexicon.Negator) && (s.tag(i+1).Verb() || s.tag(i+1) == token.TO)
}

func isBe(w string) bool {
	switch w {
	case "be", "is", "are", "was", "were", "been", "being", "'s", "'re", "'m", "am", "get", "got", "gets", "getting":
		return true
	}
	return false
}

func isCopula(w string) bool {
	switch w {
	case "is", "are", "was", "were", "be", "been", "being", "'s", "'re", "am", "seem", "seems", "seemed", "look", "looks", "looked", "become", "became", "becomes", "becoming", "remain", "remains", "sound", "sounds", "turn", "turned", "feel", "feels":
		return true
	}
	return false
}

// findClauses numbers the clauses: a mark, a "but", a relative pronoun or an
// "and" before a subject of its own begins a new one.
func (s *sentence) findClauses() {
	n := 0
	for i := s.First; i < s.Last; i++ {
		if i > s.First {
			t := &s.tokens[i]
			switch tag := t.Tag; {
			case t.Is(token.Punct):
				switch t.Norm[0] {
				case ';', ':', '-', '(', ')', '.', '!', '?':
					n++
				case ',':
					if s.subjectFollows(i + 1) {
						n++
					}
				}
			case tag == token.WDT || tag == token.WP || tag == token.WRB:
				n++
			case tag == token.CC || s.is(i, lexicon.Contrast):
				if !s.tokens[i-1].Is(token.Punct) && (s.is(i, lexicon.Contrast) || s.subjectFollows(i+1)) {
					n++
				}
			case tag == token.IN && (t.Norm == "that" || t.Norm == "because" || t.Norm == "if" || t.Norm == "while" || t.Norm == "since" || t.Norm == "unless" || t.Norm == "whether" || t.Norm == "so"):
				if s.subjectFollows(i + 1) {
					n++
				}
			}
		}
		s.clause[i-s.First] = n
	}
}

// subjectFollows reports whether a noun phrase with a verb after it stands at
// i, an introducing word aside.
func (s *sentence) subjectFollows(i int) bool {
	for k := 0; k < 2 && i < s.Last && s.chunkAt(i) < 0 && !s.startsGroup(i) && !s.tokens[i].Is(token.Punct); k++ {
		i++
	}
	if i >= s.Last || s.chunkAt(i) < 0 {
		return false
	}
	i = s.chunks[s.chunkAt(i)].last
	for k := 0; k < 2 && i < s.Last && s.tag(i).Adverb(); k++ {
		i++
	}
	return i < s.Last && s.startsGroup(i) && s.tag(i) != token.VBG && s.tag(i) != token.TO && !(s.tag(i) == token.VBN)
}

// tie gives each verb group its subject, object and what prepositions tie to
// it.
func (s *sentence) tie() {
	for k := range s.groups {
		g := &s.groups[k]
		s.tieSubject(k)
		// What follows, up to the next group or the clause's end.
		c := s.chunkFrom(g.last)
		if c < 0 {
			continue
		}
		end := s.Last
		if k+1 < len(s.groups) {
			end = s.groups[k+1].first
		}
		between := s.between(g.last, s.chunks[c].first)
		switch {
		case s.chunks[c].first >= end || between == "stop":
		case between == "":
			g.object = c
			if c+1 < len(s.chunks) && s.chunks[c+1].first == s.chunks[c].last && s.chunks[c].mention >= 0 && s.chunks[c+1].first < end && s.chunks[c+1].owner != c {
				g.complement = c + 1
			} else if c+1 < len(s.chunks) && s.chunks[c+1].first == s.chunks[c].last+1 && s.norm(s.chunks[c].last) == "as" {
				g.complement = c + 1
			}
		case between == "by" && g.passive:
			g.agent = c
		case ties(between):
			g.attached = c
		}
		if g.passive && g.agent < 0 {
			for ; c < len(s.chunks) && s.chunks[c].first < end; c++ {
				if s.norm(s.chunks[c].first-1) == "by" {
					g.agent = c
					break
				}
			}
		} else if g.object >= 0 && g.attached < 0 && c+1 < len(s.chunks) && s.chunks[c+1].first < end && s.chunks[c+1].first == s.chunks[c].last+1 && ties(s.norm(s.chunks[c].last)) {
			g.attached = c + 1
		}
	}
}

// ties reports whether a preposition makes what follows the one that the verb
// is done to.
func ties(preposition string) bool {
	switch preposition {
	case "to", "on", "at", "against", "upon", "toward", "towards", "with", "for", "about":
		return true
	}
	return false
}

// between returns the preposition that stands alone between two places, ""
// where nothing but adverbs does, "stop" where anything else does.
func (s *sentence) between(from, to int) string {
	preposition := ""
	for i := from; i < to; i++ {
		switch tag := s.tag(i); {
		case tag == token.IN || tag == token.TO || tag == token.RP:
			preposition = s.norm(i)
		case tag.Adverb() || s.tokens[i].Is(token.Punct) && (s.norm(i) == "\"" || s.norm(i) == "'"):
		default:
			return "stop"
		}
	}
	return preposition
}

// chunkFrom returns the first chunk at or after token i, or −1.
func (s *sentence) chunkFrom(i int) int {
	for ; i < s.Last; i++ {
		if c := s.chunkAt(i); c >= 0 {
			return c
		}
	}
	return -1
}

// tieSubject finds the subject of group k: the noun phrase before it, the one
// that a relative pronoun stands for, or the subject of the group that "and"
// or an infinitive joins it to.
func (s *sentence) tieSubject(k int) {
	g := &s.groups[k]
	i := g.first - 1
	for i >= s.First && s.chunkAt(i) < 0 && (s.tag(i).Adverb() || s.is(i, lexicon.Negator) && !s.tag(i).Verb() || s.norm(i) == "," && i > s.First && s.tag(i-1).Adverb()) {
		g.negated = g.negated || s.is(i, lexicon.Negator)
		i--
	}
	if i < s.First {
		if tag := s.tag(g.main); (tag == token.VB || tag == token.VBP) && !g.copula {
			if g.mood == told {
				g.mood = ordered
			}
		}
		return
	}
	if k > 0 && s.groups[k-1].last == g.first && s.tag(g.main) == token.VBG {
		switch s.norm(s.groups[k-1].main) {
		case "stop", "stops", "stopped", "quit", "cease", "ceased", "end":
			// To stop it is to have done it.
			g.ceasing, g.subject = !s.groups[k-1].negated, s.groups[k-1].subject
			return
		}
	}
	infinitive, gerund := s.tag(g.first) == token.TO, s.isGerund(g)
	c := s.chunkAt(i)
	switch {
	case c >= 0 && (infinitive || gerund):
		if s.chunks[c].negative || s.is(s.chunks[c].head, lexicon.Negator) {
			g.negated = !g.negated // "no means to threaten X"
		}
		// "told X to leave": X leaves; "wants to bomb X".
		if k > 0 && s.groups[k-1].object == c {
			g.subject = c
		} else if gerund && s.tag(s.chunks[c].first-1) != token.IN {
			g.subject, g.relates = c, true
		} else {
			s.inherit(k)
		}
	case c >= 0:
		c = s.subjectOf(c, k == 0)
		g.subject = c
		if k > 0 {
			if r := &s.groups[k-1]; r.relates && (r.object == c || r.attached == c) && !s.is(r.main, lexicon.Report) {
				g.subject, g.relative = r.subject, k-1
			}
		}
	case s.tag(i) == token.WDT || s.tag(i) == token.WP || s.norm(i) == "that":
		if b := s.chunkBefore(i); b >= 0 && (s.chunks[b].last == i || s.chunks[b].last == i-1 && s.norm(i-1) == ",") {
			g.subject, g.relates = b, true
		}
	case s.tag(i) == token.CC || infinitive:
		s.inherit(k)
	case s.tokens[i].Is(token.Punct):
		switch tag := s.tag(g.main); {
		case (tag == token.VB || tag == token.VBP) && g.mood == told && !g.copula:
			g.mood = ordered
		default:
			s.inherit(k)
		}
	case gerund:
		s.inherit(k)
	case k > 0 && s.groups[k-1].last == g.first: // auxiliaries cut off by an adverb
		s.inherit(k)
	case s.tag(g.first) == token.VB || s.tag(g.first) == token.VBP:
		if s.norm(i) == "please" || s.norm(i) == "so" || s.norm(i) == "then" {
			g.mood = ordered
		} else {
			s.inherit(k)
		}
	}
	if s.tag(i) == token.CC && g.subject < 0 && k == 0 {
		g.mood = ordered
	}
}

// isGerund reports whether a verb group is a form in -ing alone.
func (s *sentence) isGerund(g *group) bool { return s.tag(g.main) == token.VBG && g.first == g.main }

// inherit gives group k the subject and the mood of the one before it.
func (s *sentence) inherit(k int) {
	if k == 0 {
		return
	}
	g, before := &s.groups[k], &s.groups[k-1]
	if g.subject = before.subject; before.passive && s.isGerund(g) {
		g.subject = -1
	}
	if g.mood == told {
		g.mood = before.mood
	}
}

// subjectOf returns the chunk that is the subject of a verb right after chunk c.
// first says whether the verb is the first of its sentence.
func (s *sentence) subjectOf(c int, first bool) int {
	if s.chunks[c].first > s.First {
		// "the policy of the US is": the head of it all.
		for p := c - 1; p >= 0 && s.chunks[p].owner == p+1; p-- {
			c = p
		}
	}
	before := s.chunks[c].first - 1
	if !first || c == 0 || s.tag(before) != token.IN {
		return c
	}
	switch s.norm(before) {
	case "that", "because", "by", "if", "as", "while", "since":
		return c
	}
	if s.chunks[c-1].last == before {
		return c - 1 // "troops in Iraq are": the one before the preposition
	}
	return c
}

// chunkBefore returns the last chunk that ends at or before token i, or −1.
func (s *sentence) chunkBefore(i int) int {
	for i--; i >= s.First; i-- {
		if c := s.chunkAt(i); c >= 0 {
			return c
		}
	}
	return -1
}
