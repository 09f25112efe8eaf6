package stance

import (
	"math"
	"slices"
	"strings"

	"threadstance/analyze/mention"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

// Matcher finds the cues at the mentions of a post. It reuses its memory:
// what it returned is valid until the next call. It is for one goroutine at a
// time.
type Matcher struct {
	sentence
	in   *Input
	hits []Hit
	from int // the first hit of the sentence at hand

	bindings []binding // of the phrases found in it

	addressed int // the mention that the sentence speaks to, or −1: "Trump, you liar"
}

// NewMatcher returns a matcher of the lexicon's cues.
func NewMatcher(lex *lexicon.Lexicon) *Matcher { return &Matcher{sentence: sentence{lex: lex}} }

// Hits returns the cues at the mentions of a post, in the order of the
// mentions.
func (m *Matcher) Hits(in *Input) []Hit {
	m.in, m.hits = in, m.hits[:0]
	for from := 0; from < len(in.Mentions); {
		index := in.Mentions[from].Sentence
		to := from + 1
		for to < len(in.Mentions) && in.Mentions[to].Sentence == index {
			to++
		}
		m.from = len(m.hits)
		m.parse(in, index, from, to)
		m.mark(in)
		m.address()
		for i := from; i < to; i++ {
			if in.Mentions[i].Declared {
				m.named(i) // "I'm a Trump hater" is no defence of him
			}
		}
		m.phrases()
		for k := range m.groups {
			m.verb(&m.groups[k])
		}
		for k := range m.chunks {
			m.nouns(k)
		}
		for i := from; i < to; i++ {
			if !in.Mentions[i].Part {
				if !in.Mentions[i].Declared {
					m.named(i)
				}
				m.tone(i)
			}
		}
		m.wholes(from, to)
		slices.SortStableFunc(m.hits[m.from:], func(a, b Hit) int { return a.Mention - b.Mention })
		from = to
	}
	return m.hits
}

// wholes lets what is said of one who is part of an actor be said of that one too.
func (m *Matcher) wholes(from, to int) {
	for i := from + 1; i < to; i++ {
		if !m.in.Mentions[i].Part {
			continue
		}
		for _, h := range m.hits[m.from:] {
			if h.Mention == i-1 {
				h.Mention = i
				m.hits = append(m.hits, h)
			}
		}
	}
}

// weak is below which an effect is not worth a hit.
const weak = 0.04

// hit adds a cue found at a mention: at words [from, to), which have marks of
// their own beside those of their place.
func (m *Matcher) hit(mention int, kind CueKind, role Role, cue string, base float64, marks Mark, from, to int) {
	if mention < 0 || math.Abs(base) < weak {
		return
	}
	at := &m.in.Mentions[mention]
	marks ^= m.marks[from-m.First] & Negated // a double negation is none
	marks |= m.marks[from-m.First] &^ Negated
	if at.Pronoun {
		marks |= Pronominal
	}
	if kind != NicknameCue && kind != PhraseCue && m.inName(from, to) {
		return // the name itself says it
	}
	span := thread.Span{Start: m.tokens[from].Start, End: m.tokens[to-1].End}
	for k := m.from; k < len(m.hits); k++ {
		if h := &m.hits[k]; h.Mention == mention && h.Span.Start < span.End && span.Start < h.Span.End {
			return // a cue that came before says it better
		}
	}
	m.hits = append(m.hits, Hit{
		Mention: mention, Kind: kind, Role: role, Marks: marks, Cue: cue, Base: base, Effect: effect(base, marks),
		Distance: abs(m.clauseAt(from) - m.clauseAt(at.First)), Span: span,
	})
}

// inName reports whether any of the tokens [from, to) is part of a name: what
// "great" is in "the Great Satan" says nothing by itself.
func (m *Matcher) inName(from, to int) bool {
	return slices.ContainsFunc(m.mentioned, func(at mention.Mention) bool {
		return !at.Pronoun && at.First < to && from < at.Last
	})
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// each calls yield with the mentions that a chunk speaks of: its head or, with
// Modifying, whom its head belongs to; then those of the chunks that "and"
// joins before it.
func (m *Matcher) each(c int, yield func(mention int, marks Mark)) {
	for n := 0; c >= 0 && n < 4; n++ {
		qualifies := Modifying | m.opposed(c)
		switch k := &m.chunks[c]; {
		case k.mention >= 0 && m.in.Mentions[k.mention].Possessive && !m.in.Mentions[k.mention].Pronoun:
			yield(k.mention, Modifying)
		case k.mention >= 0:
			yield(k.mention, 0)
		case k.modifier >= 0:
			yield(k.modifier, qualifies)
		case k.owner >= 0 && k.owner != c && m.chunks[k.owner].mention >= 0:
			yield(m.chunks[k.owner].mention, qualifies)
		}
		c = m.chunks[c].coordinate
	}
}

// opposed returns the mark of what is said of a chunk, where that names someone
// by whom he is against: "X's critics".
func (m *Matcher) opposed(c int) Mark {
	if m.is(m.chunks[c].head, lexicon.Opponent) {
		return Opposed
	}
	return 0
}

// address finds whom the sentence speaks to, and lets "you" mean him: "Trump,
// you liar".
func (m *Matcher) address() {
	m.addressed = -1
	for c := range m.chunks {
		k := &m.chunks[c]
		if k.mention < 0 || m.in.Mentions[k.mention].Possessive {
			continue
		}
		opens := k.first == m.First && m.norm(k.last) == ","
		closes := m.norm(k.first-1) == "," && (k.last >= m.Last || m.tokens[k.last].Is(token.Punct) && m.norm(k.last) != ",")
		if opens || closes {
			m.addressed = k.mention
		}
	}
	if m.addressed < 0 {
		return
	}
	for c := range m.chunks {
		if k := &m.chunks[c]; k.mention < 0 && k.last == k.first+1 && (m.norm(k.head) == "you" || m.norm(k.head) == "u") {
			k.mention = m.addressed
		}
	}
}

// verb adds what a verb says of its subject and of whom it is done to.
func (m *Matcher) verb(g *group) {
	if g.copula && !g.passive {
		m.predicate(g)
	}
	subject, object, lemma := m.verbEffect(g.main)
	if subject == 0 && object == 0 {
		if g.complement >= 0 {
			m.complement(g)
		}
		return
	}
	var marks Mark
	if g.negated {
		marks |= Negated
	}
	if g.mood == hedged {
		marks |= Hypothetical
	}
	marks |= m.degree(g.first, g.last)
	from, to := g.main, g.main+1
	doer, done := g.subject, g.object
	if g.passive {
		doer, done = g.agent, g.subject
		marks |= Passive
	}
	if g.mood == advised || g.mood == ordered {
		// Who calls for harm to someone is against him, and blames nobody for it.
		if subject < -0.2 && object >= 0 {
			object = -0.7
		}
		subject = 0
		if g.mood == advised {
			marks |= Advised
		} else {
			marks |= Imperative
		}
	}
	if g.ceasing && subject < -0.2 && object >= 0 {
		object = 0.6
	}
	if doer >= 0 && subject < -0.2 && object >= 0 && m.chunkValence(doer) < -0.2 {
		object = 0.4 // whom the bad harm has sympathy
	}
	if g.negated && m.marks[g.main-m.First]&Hypothetical != 0 && g.mood == told {
		marks &^= Negated // "if X had not invaded": X did
	}
	// To harm the bad is good, and to help them is bad.
	if done >= 0 && g.mood != advised && g.mood != ordered {
		if v := m.chunkValence(done); v < -0.2 {
			switch {
			case subject < -0.2 && object >= 0 || subject >= 0 && object < -0.3:
				subject, object = 0.5, min(object, 0)
			case object > 0.3 || subject > 0.2:
				subject = -0.6
			}
		}
	}
	if doer >= 0 && subject != 0 {
		m.each(doer, func(mention int, more Mark) {
			m.hit(mention, VerbCue, Subject, lemma, subject, marks|more, from, to)
		})
	}
	if doer >= 0 && m.distant(doer) && g.mood == told && !g.ceasing {
		if object <= -0.3 {
			object *= -0.4 // who tells of others' hostility mostly does not share it
		} else {
			object *= 0.5 // what others feel for someone is not yet the poster's
		}
	}
	if doer < 0 && g.mood == told && object <= -0.3 && !g.passive {
		object *= 0.3 // "an excuse to blame X": nobody knows whose
	}
	if done >= 0 {
		m.each(done, func(mention int, more Mark) {
			m.hit(mention, VerbCue, Object, lemma, object, marks|more, from, to)
		})
		for c := done + 1; c < len(m.chunks) && m.chunks[c].coordinate == c-1 && !g.passive; c++ {
			if mention := m.chunks[c].mention; mention >= 0 {
				m.hit(mention, VerbCue, Object, lemma, object, marks, from, to)
			}
		}
	}
	if g.attached >= 0 {
		m.each(g.attached, func(mention int, more Mark) {
			m.hit(mention, VerbCue, Participant, lemma, 0.6*object, marks|more, from, to)
		})
	}
}

// distant reports whether a chunk is someone other than the poster and than
// everyone.
func (m *Matcher) distant(c int) bool {
	k := &m.chunks[c]
	if k.mention >= 0 {
		return true
	}
	switch w := m.norm(k.head); w {
	case "everyone", "everybody", "world", "nobody", "anyone":
		return false
	}
	return !m.is(k.head, lexicon.FirstPerson)
}

// verbEffect returns what the verb at token i says of who does it and to whom
// it is done: as cues.toml has it or, failing that, as far as its own
// pleasantness goes.
func (m *Matcher) verbEffect(i int) (subject, object float64, lemma string) {
	w := m.tokens[i].Word
	if w == 0 {
		return 0, 0, ""
	}
	if v := m.lex.Cues.Verb(w); v != nil {
		return v.Subject, v.Object, v.Lemma
	}
	if v := m.lex.Valence(w); math.Abs(v) >= 0.3 && !isBe(m.norm(i)) {
		return 0.5 * v, max(0, 0.3*v), m.norm(i)
	}
	return 0, 0, ""
}

// nounEffect returns what the noun or adjective at token i says of what it is
// said of, and of whose it is.
func (m *Matcher) nounEffect(i int) (valence, owner float64, cue string, kind CueKind) {
	w := m.tokens[i].Word
	if w == 0 || m.tokens[i].Is(token.Symbol) {
		return 0, 0, "", ToneCue
	}
	if n := m.lex.Cues.Noun(w); n != nil {
		kind = NounCue
		if n.Adjective {
			kind = AdjectiveCue
		}
		return n.Valence, n.Owner, n.Text, kind
	}
	if v := m.lex.Valence(w); math.Abs(v) >= 0.25 {
		return 0.7 * v, 0.4 * v, m.norm(i), ToneCue
	}
	return 0, 0, "", ToneCue
}

// chunkValence is how good or bad the one is that a chunk speaks of.
func (m *Matcher) chunkValence(c int) float64 {
	k := &m.chunks[c]
	sum := 0.0
	for i := k.first; i < k.last; i++ {
		if n := m.lex.Cues.Noun(m.tokens[i].Word); n != nil { // not mere unpleasant words: "prisoners"
			sum += n.Valence
		}
	}
	if k.negative {
		sum = -sum
	}
	if k.owner > c { // "thousands of terrorists"
		sum += m.chunkValence(k.owner)
	}
	return sum
}

// degree tells words that strengthen or weaken among [from, to).
func (m *Matcher) degree(from, to int) (marks Mark) {
	for i := from; i < to; i++ {
		if m.is(i, lexicon.Booster) {
			marks |= Boosted
		}
		if m.is(i, lexicon.Dampener) {
			marks |= Dampened
		}
	}
	return marks
}

// predicate adds what "X is ..." says of X, and "... is X".
func (m *Matcher) predicate(g *group) {
	if g.subject < 0 {
		return
	}
	var marks Mark
	if g.negated {
		marks |= Negated
	}
	if g.mood == hedged {
		marks |= Hypothetical
	}
	said := false // a word of the predicate said something
	for i := g.last; i < m.Last && i < g.last+10; i++ {
		if m.takesBack(i) {
			marks ^= Negated
			i++
			continue
		}
		tag := m.tag(i)
		if tag == token.IN || tag == token.TO || tag == token.WDT || tag == token.WP || m.tokens[i].Is(token.Punct) && m.norm(i) != "," && m.norm(i) != "\"" && m.norm(i) != "'" || tag.Verb() && m.chunkAt(i) < 0 && i > g.last && tag != token.VBN && tag != token.VBG {
			break
		}
		if m.is(i, lexicon.Negator) && !tag.Verb() {
			marks ^= Negated
			continue
		}
		v, owner, cue, kind := m.nounEffect(i)
		if v == 0 && m.chunkAt(i) < 0 && (tag == token.VBN || tag == token.VBG || tag.Adjective()) {
			v, _, cue = m.verbEffect(i)
			owner, kind = v, VerbCue
		}
		if v == 0 {
			continue
		}
		said = true
		m.each(g.subject, func(mention int, more Mark) {
			value, role := v, Described
			if more&Modifying != 0 {
				value, role = owner, Owner
				if kind == AdjectiveCue || more&Opposed != 0 {
					value = v
				}
			}
			m.hit(mention, kind, role, cue, value, marks|more|m.degree(max(g.last, i-2), i), i, i+1)
		})
		m.related(g, func(mention int, more Mark) {
			m.hit(mention, kind, Participant, cue, v, marks|more, i, i+1)
		})
		if v > 0 {
			m.compared(i, cue, kind, v, marks)
		}
	}
	if c := g.subject - 1; !said && c >= 0 && m.chunks[c].last == m.chunks[g.subject].first && g.object < 0 && (m.norm(m.chunks[c].first) == "what" || m.norm(m.chunks[c].first-1) == "what") {
		// "What a great country X is!"
		for i := m.chunks[c].first; i < m.chunks[c].last; i++ {
			if v, _, cue, kind := m.nounEffect(i); v != 0 {
				m.hit(m.chunks[g.subject].mention, kind, Described, cue, v, marks, i, i+1)
			}
		}
	}
	if said || g.object < 0 {
		return
	}
	// "The problem is X."
	k := &m.chunks[g.subject]
	for i := k.first; i < k.last; i++ {
		if v, _, cue, kind := m.nounEffect(i); v != 0 {
			m.hit(m.chunks[g.object].mention, kind, Described, cue, v, marks, i, i+1)
		}
	}
}

// takesBack reports whether two words from token i on negate what follows:
// "anything but great".
func (m *Matcher) takesBack(i int) bool {
	switch m.norm(i) {
	case "anything":
		return m.norm(i+1) == "but"
	case "far":
		return m.norm(i+1) == "from"
	case "nowhere":
		return m.norm(i+1) == "near"
	}
	return false
}

// related calls yield with the mentions that the subject of a group is told to be
// for or against: "those who bash X are", "anyone who trusts X is".
func (m *Matcher) related(g *group, yield func(mention int, marks Mark)) {
	if g.relative < 0 {
		return
	}
	r := &m.groups[g.relative]
	subject, object, _ := m.verbEffect(r.main)
	against := object < -0.2 || object >= 0 && subject < -0.2
	if !against && object <= 0.2 {
		return // neither for nor against
	}
	marks := Modifying
	if against != r.negated {
		marks |= Opposed
	}
	c := r.object
	if c < 0 || m.chunks[c].mention < 0 && m.chunks[c].modifier < 0 {
		c = r.attached
	}
	m.each(c, func(mention int, more Mark) { yield(mention, marks^more&Opposed) })
}

// compared adds what "better than Y" says of Y.
func (m *Matcher) compared(i int, cue string, kind CueKind, v float64, marks Mark) {
	for k := i + 1; k < i+4 && k < m.Last; k++ {
		if m.norm(k) != "than" {
			continue
		}
		if c := m.chunkFrom(k); c >= 0 && m.chunks[c].first <= k+2 {
			m.hit(m.chunks[c].mention, kind, Participant, cue, -0.8*max(v, 0.5), marks, i, i+1)
		}
	}
}

// complement adds what "call X a liar" says of X.
func (m *Matcher) complement(g *group) {
	var marks Mark
	if g.negated {
		marks |= Negated
	}
	if g.subject < 0 || m.distant(g.subject) {
		marks |= Reported
	}
	k := &m.chunks[g.complement]
	for i := k.first; i < k.last; i++ {
		if v, _, cue, kind := m.nounEffect(i); v != 0 {
			m.hit(m.chunks[g.object].mention, kind, Described, cue, v, marks, i, i+1)
		}
	}
}

// nouns adds what the words of a noun phrase say of the mention in it or of
// the one that it belongs to.
func (m *Matcher) nouns(c int) {
	k := &m.chunks[c]
	var marks Mark
	if k.negative {
		marks |= Negated
	}
	owner, of := k.modifier, false
	if owner < 0 && k.owner >= 0 {
		o := &m.chunks[k.owner]
		owner = o.mention
		of = k.owner > c && m.norm(k.last) == "of"
		if owner < 0 && of { // "the crimes of the US government"
			owner = o.modifier
		}
	}
	// "Trump, the liar, ..."
	if c > 0 && m.chunks[c-1].mention >= 0 && k.mention < 0 && k.first == m.chunks[c-1].last+1 && m.norm(k.first-1) == "," &&
		(k.last >= m.Last || m.tokens[k.last].Is(token.Punct) || m.norm(k.last) == "of") && m.tag(k.first) == token.DT {
		if v, _, cue, kind := m.nounEffect(k.head); v != 0 {
			m.hit(m.chunks[c-1].mention, kind, Described, cue, v, marks, k.head, k.head+1)
		}
	}
	attached := m.attachedTo(c)
	if k.mention < 0 && owner < 0 && attached < 0 {
		return
	}
	for i := k.first; i < k.last; i++ {
		if action := m.action(i); action != nil && k.mention >= 0 && i < m.in.Mentions[k.mention].First && strings.HasSuffix(m.norm(i), "ing") {
			m.hit(k.mention, VerbCue, Object, action.Lemma, action.Object, marks, i, i+1) // "bombing X"
			continue
		} else if action != nil && i == k.head {
			// "US aggression against Iran", "the invasion of Iraq by the US"
			done := of || k.modifier >= 0 && strings.HasSuffix(m.norm(i), "ing") // "X bashing"
			if done && math.Abs(action.Object) >= weak {
				m.hit(owner, VerbCue, Object, action.Lemma, action.Object, marks, i, i+1)
			} else {
				m.hit(owner, VerbCue, Subject, action.Lemma, action.Subject, marks|Modifying, i, i+1)
			}
			m.hit(attached, VerbCue, Object, action.Lemma, action.Object, marks, i, i+1)
			continue
		}
		v, whose, cue, kind := m.nounEffect(i)
		if v == 0 && whose == 0 {
			continue
		}
		degree := m.degree(max(k.first, i-2), i)
		m.hit(k.mention, kind, Described, cue, v, marks|degree, i, i+1)
		if kind == AdjectiveCue {
			whose = 0.8 * v
		}
		if i != k.head {
			degree |= m.opposed(c) // "X's stupid critics"
		}
		m.hit(owner, kind, Owner, cue, whose, marks|degree, i, i+1)
	}
}

// attachedTo returns the mention that a preposition ties to a noun: "attack
// on X", "support for X".
func (m *Matcher) attachedTo(c int) int {
	k := &m.chunks[c]
	if c+1 >= len(m.chunks) || m.chunks[c+1].first != k.last+1 || !ties(m.norm(k.last)) {
		return -1
	}
	if next := &m.chunks[c+1]; next.mention >= 0 {
		return next.mention
	} else {
		return next.modifier
	}
}

// action returns what the noun at token i says as a verb would.
func (m *Matcher) action(i int) *lexicon.Verb {
	w := m.tokens[i].Word
	if w == 0 {
		return nil
	}
	if v := m.lex.Cues.Action(w); v != nil {
		return v
	}
	if m.tag(i).Noun() && m.lex.Cues.Noun(w) == nil {
		return m.lex.Cues.Verb(w)
	}
	return nil
}

// named adds what the name used says.
func (m *Matcher) named(mention int) {
	at := &m.in.Mentions[mention]
	cue := ""
	switch {
	case at.Declared:
		cue = at.Span.Of(m.in.Doc.Text)
	case at.Alias != nil:
		cue = at.Alias.Text
	}
	m.hit(mention, NicknameCue, Named, cue, at.Valence, 0, at.First, at.Last)
}

// toneWindow is how many words away a pleasant or unpleasant word still
// colours a mention.
const toneWindow = 12

// tone adds the pleasant and unpleasant words around a mention of which no
// cue has told more.
func (m *Matcher) tone(mention int) {
	at := &m.in.Mentions[mention]
	if w := m.norm(at.First - 1); w == "in" || m.tag(at.First-1) == token.DT && m.norm(at.First-2) == "in" {
		return // a place
	}
	for i := max(m.First, at.First-toneWindow); i < min(m.Last, at.Last+toneWindow); i++ {
		w := m.tokens[i].Word
		if w == 0 || i >= at.First && i < at.Last {
			continue
		}
		v := m.lex.Valence(w)
		if v == 0 {
			if n := m.lex.Cues.Noun(w); n != nil {
				v = 0.5 * n.Valence
			}
		}
		if math.Abs(v) < 0.25 {
			continue
		}
		var marks Mark
		for k := i - 1; k >= max(m.First, i-3); k-- {
			if m.is(k, lexicon.Negator) {
				marks |= Negated
				break
			}
		}
		m.hit(mention, ToneCue, Near, m.norm(i), 0.5*v, marks, i, i+1)
	}
}
