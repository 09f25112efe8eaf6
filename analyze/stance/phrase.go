package stance

import (
	"slices"

	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// binding is where the elements of a phrase were found.
type binding struct {
	phrase      *lexicon.Phrase
	x, y        int // mentions, or −1
	other       int // chunk that is {Y}, or −1
	xMarks      Mark
	first, last int // tokens, half open
	words       [24]bool
	at          int // token that words counts from
}

// phrases adds the phrases of the lexicon that stand around a mention, those of
// more words first: they say it better ("regret voting for X").
func (m *Matcher) phrases() {
	m.bindings = m.bindings[:0]
	for i := m.First; i < m.Last; i++ {
		w := m.tokens[i].Word
		if w == 0 {
			continue
		}
		for _, p := range m.lex.Cues.Phrases(w) {
			b := binding{phrase: p, x: -1, y: -1, other: -1, first: i, last: i + 1, at: i - 8}
			b.word(i)
			if m.forward(p.Elements[p.Anchor+1:], i+1, &b) && m.backward(p.Elements[:p.Anchor], i, &b) && b.x >= 0 && !m.spelt(&b) {
				m.bindings = append(m.bindings, b)
			}
		}
	}
	slices.SortStableFunc(m.bindings, func(a, b binding) int { return b.count() - a.count() })
	for k := range m.bindings {
		m.phrase(&m.bindings[k])
	}
}

// spelt reports whether words of the phrase are part of the target's own name, as
// in "Let's go Brandon".
func (m *Matcher) spelt(b *binding) bool {
	x := &m.in.Mentions[b.x]
	for i := x.First; i < x.Last; i++ {
		if b.isWord(i) {
			return true
		}
	}
	return false
}

// count returns of how many words the phrase is, slots aside.
func (b *binding) count() int {
	n := 0
	for _, is := range b.words {
		if is {
			n++
		}
	}
	return n
}

func (b *binding) word(i int) {
	if k := i - b.at; k >= 0 && k < len(b.words) {
		b.words[k] = true
	}
}

func (b *binding) isWord(i int) bool {
	k := i - b.at
	return k >= 0 && k < len(b.words) && b.words[k]
}

// phrase adds the hits of a phrase found.
func (m *Matcher) phrase(b *binding) {
	p, marks := b.phrase, b.xMarks
	anchor := -1
	for i := b.first; i < b.last; i++ {
		if b.isWord(i) {
			anchor = i
			break
		}
	}
	if anchor < 0 {
		return
	}
	about, ok := m.aside(b)
	if !ok {
		return
	}
	marks |= about
	clause := m.clauseAt(anchor)
	if b.isWord(m.in.Mentions[b.x].Last) {
		marks &^= Modifying // the phrase knows that it is about what is theirs
	}
	from := b.first
	if m.marks[anchor-m.First]&Negated == 0 {
		from = max(m.First, from-3)
	}
	for i := from; i < b.last; i++ {
		if !b.isWord(i) && m.is(i, lexicon.Negator) && m.clauseAt(i) == clause && m.outsideMentions(i, b) {
			marks ^= Negated
		}
	}
	for k := range m.groups {
		if g := &m.groups[k]; g.first <= anchor && anchor < g.last && g.mood == hedged {
			marks |= Hypothetical
		}
	}
	x := p.X
	if x < 0 && b.other >= 0 && m.chunkValence(b.other) < -0.2 {
		x = 0.5 // to harm the bad is good
	}
	if marks&Modifying != 0 {
		x *= 0.6 // "we need the American spirit"
	}
	if m.marks[anchor-m.First]&Hypothetical != 0 { // "if X had not invaded": X did
		if marks&Negated != 0 && x < 0 {
			marks &^= Negated
		} else if x > 0 && m.negatesItself(b) {
			x = -x
		}
	}
	m.hit(b.x, PhraseCue, Slot, p.Text, x, marks|m.degree(b.first, b.last), b.first, b.last)
	for c := m.chunkAt(m.in.Mentions[b.x].First) + 1; c < len(m.chunks) && m.chunks[c].coordinate == c-1; c++ {
		m.hit(m.chunks[c].mention, PhraseCue, Slot, p.Text, p.X, marks&^Modifying, b.first, b.last)
	}
	if b.y >= 0 {
		m.hit(b.y, PhraseCue, OtherSlot, p.Text, p.Y, marks&^Modifying, b.first, b.last)
	}
}

// aside tells phrases apart that are said of others than the mention, in "those
// who bash X should be ashamed": with marks where it is known on whose side they
// are. ok is false where that is unknown, and where the phrase is what tells of
// them ("bash X").
func (m *Matcher) aside(b *binding) (marks Mark, ok bool) {
	for k := range m.groups {
		g := &m.groups[k]
		if g.relative < 0 {
			continue
		}
		if r := &m.groups[g.relative]; b.isWord(r.main) {
			return 0, false
		}
		if m.in.Mentions[b.x].Last == g.first && b.isWord(g.first) {
			m.related(g, func(mention int, more Mark) {
				if mention == b.x {
					marks, ok = more, true
				}
			})
			return marks, ok
		}
	}
	return 0, true
}

// negatesItself reports whether a negator is among the words of a phrase.
func (m *Matcher) negatesItself(b *binding) bool {
	for i := b.first; i < b.last; i++ {
		if b.isWord(i) && m.is(i, lexicon.Negator) {
			return true
		}
	}
	return false
}

// outsideMentions reports whether token i is no part of the slots' names.
func (m *Matcher) outsideMentions(i int, b *binding) bool {
	x := &m.in.Mentions[b.x]
	return i < x.First || i >= x.Last
}

// passable reports whether token i may stand between two elements unasked:
// an adverb or a modal that does not negate.
func (m *Matcher) passable(i int) bool {
	return (m.tag(i).Adverb() || m.tag(i) == token.MD) && !m.is(i, lexicon.Negator)
}

// slack is how many such words may stand between two elements of a phrase.
const slack = 2

// forward matches elements from token i on.
func (m *Matcher) forward(elements []lexicon.Element, i int, b *binding) bool {
	if len(elements) == 0 {
		b.last = max(b.last, i)
		return true
	}
	e := &elements[0]
	saved := *b
	switch e.Kind {
	case lexicon.Gap:
		for n := 0; n <= 3 && i+n <= m.Last; n++ {
			if m.forward(elements[1:], i+n, b) {
				return true
			}
			*b = saved
			if i+n < m.Last && m.tokens[i+n].Is(token.Punct) {
				break
			}
		}
		return false
	case lexicon.SlotX, lexicon.SlotY:
		if m.addressed >= 0 && m.norm(i) == "," && m.in.Mentions[m.addressed].First == i+1 {
			i++ // "bravo, X"
		}
		if i < m.Last {
			if c := m.chunkAt(i); c >= 0 && m.chunks[c].first <= i {
				for _, end := range m.ends(c, i) {
					if end > i && m.opensSlot(c, i) && m.bind(e.Kind, c, b) && m.forward(elements[1:], end, b) {
						return true
					}
					*b = saved
				}
			}
		}
	default:
		for n := 0; n <= slack && i+n < m.Last; n++ {
			if m.literal(e, i+n) {
				b.word(i + n)
				if m.forward(elements[1:], i+n+1, b) {
					return true
				}
				*b = saved
			}
			if !m.passable(i + n) {
				break
			}
		}
	}
	if e.Optional {
		return m.forward(elements[1:], i, b)
	}
	return false
}

// opensSlot reports whether only what qualifies a mention stands before it
// from token i on: "the poor", and not "bombing".
func (m *Matcher) opensSlot(c, i int) bool {
	mention := m.chunks[c].named()
	if mention < 0 {
		return true
	}
	for ; i < m.in.Mentions[mention].First; i++ {
		switch tag := m.tag(i); {
		case tag == token.DT, tag == token.PDT, tag == token.PRPS, tag == token.CD, tag.Adjective(), tag.Adverb():
		default:
			return false
		}
	}
	return true
}

// ends returns where a slot that begins at token i within chunk c may end: at
// the chunk's end or right after the mention in it.
func (m *Matcher) ends(c, i int) [2]int {
	k := &m.chunks[c]
	end := k.last
	if mention := k.named(); mention >= 0 && m.in.Mentions[mention].Last > i {
		end = m.in.Mentions[mention].Last
	}
	return [2]int{k.last, end}
}

// backward matches elements up to token i.
func (m *Matcher) backward(elements []lexicon.Element, i int, b *binding) bool {
	if len(elements) == 0 {
		b.first = min(b.first, i)
		return true
	}
	e := &elements[len(elements)-1]
	rest := elements[:len(elements)-1]
	saved := *b
	switch e.Kind {
	case lexicon.Gap:
		for n := 0; n <= 3 && i-n >= m.First; n++ {
			if m.backward(rest, i-n, b) {
				return true
			}
			*b = saved
			if i-n-1 >= m.First && m.tokens[i-n-1].Is(token.Punct) {
				break
			}
		}
		return false
	case lexicon.SlotX, lexicon.SlotY:
		j := i
		for n := 0; n <= slack && j > m.First && m.chunkAt(j-1) < 0 && m.passable(j-1); n++ {
			j--
		}
		if j > m.First {
			if c := m.chunkAt(j - 1); c >= 0 {
				k := &m.chunks[c]
				mention := k.named()
				if k.last == j || mention >= 0 && m.in.Mentions[mention].Last == j {
					if m.bind(e.Kind, c, b) && m.backward(rest, k.first, b) {
						return true
					}
					*b = saved
					if mention >= 0 && m.bind(e.Kind, c, b) && m.backward(rest, m.in.Mentions[mention].First, b) {
						return true
					}
					*b = saved
				}
			}
		}
	default:
		for n := 0; n <= slack && i-n > m.First; n++ {
			if m.literal(e, i-n-1) {
				b.word(i - n - 1)
				if m.backward(rest, i-n-1, b) {
					return true
				}
				*b = saved
			}
			if !m.passable(i - n - 1) {
				break
			}
		}
	}
	if e.Optional {
		return m.backward(rest, i, b)
	}
	return false
}

func (m *Matcher) literal(e *lexicon.Element, i int) bool {
	w := m.tokens[i].Word
	if w == 0 {
		return false
	}
	for _, choice := range e.Words {
		if choice == w {
			return true
		}
	}
	return false
}

// bind lets a chunk be the slot.
func (m *Matcher) bind(kind lexicon.ElementKind, c int, b *binding) bool {
	if k := &m.chunks[c]; k.mention < 0 && k.modifier >= 0 && kind == lexicon.SlotX && (m.action(k.head) != nil || m.chunkValence(c) < 0) {
		return false // "tired of X bashing" is not tired of X
	}
	found, marks := -1, Mark(0)
	m.each(c, func(mention int, more Mark) {
		if found < 0 {
			found, marks = mention, more
		}
	})
	if kind == lexicon.SlotY {
		b.y, b.other = found, c
		return true
	}
	if found < 0 {
		return false
	}
	b.x, b.xMarks = found, marks
	return true
}
