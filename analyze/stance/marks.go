package stance

import (
	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// scareQuote is the most words that quotation marks doubt; more of them are
// somebody's words.
const scareQuote = 3

// mark finds, for each word, what does not depend on the mention: whose view
// it stands in, whether it is asked, supposed, quoted or mocked.
func (s *sentence) mark(in *Input) {
	s.markQuoted()
	var all Mark
	if s.question {
		switch s.answer(in) {
		case "no", "never", "nope", "hardly", "wrong":
			all |= Negated
		case "yes", "yep", "yeah", "yup", "absolutely", "definitely":
		default:
			all |= Questioned
		}
	}
	if s.sarcastic(in) {
		all |= Sarcastic
	}
	if all != 0 {
		s.spread(s.First, s.Last, all)
	}
	for i := s.First; i < s.Last; i++ {
		if s.is(i, lexicon.Condition) && s.norm(i) != "whether" {
			to := i + 1
			for to < s.Last && !(s.norm(to) == "," || s.norm(to) == "then") {
				to++
			}
			s.spread(i, to, Hypothetical)
		}
		if s.is(i, lexicon.Delusion) && s.opensView(i+1) {
			s.spread(i+1, s.viewEnd(i+1), Deluded)
		}
		if s.norm(i) == "according" && s.norm(i+1) == "to" {
			s.spread(s.First, s.Last, Reported)
		}
	}
	for k := range s.groups {
		s.markReported(&s.groups[k])
	}
}

func (s *sentence) spread(from, to int, mark Mark) {
	for i := from; i < to; i++ {
		s.marks[i-s.First] |= mark
	}
}

// markQuoted tells quotation marks that doubt a word from those that hold
// someone's words.
func (s *sentence) markQuoted() {
	for i := s.First; i < s.Last; {
		if !s.tokens[i].Is(token.Quoted) {
			i++
			continue
		}
		from, words := i, 0
		for i < s.Last && s.tokens[i].Is(token.Quoted) {
			if !s.tokens[i].Is(token.Punct) {
				words++
			}
			i++
		}
		mark := Quoted
		if words <= scareQuote {
			mark = Scare
		}
		s.spread(from, i, mark)
	}
}

// answer returns the first word of a short sentence that follows, in the same
// segment: what the poster answers to a question of his own.
func (s *sentence) answer(in *Input) string {
	next := s.index + 1
	if next >= len(in.Doc.Sentences) {
		return ""
	}
	if n := &in.Doc.Sentences[next]; n.Segment == s.Segment && n.Last-n.First <= 4 {
		return in.Doc.Tokens[n.First].Norm
	}
	return ""
}

// sarcastic reports whether the sentence, or a short one right after it,
// holds a mark of sarcasm.
func (s *sentence) sarcastic(in *Input) bool {
	if s.sarcasmIn(s.First, s.Last) {
		return true
	}
	if next := s.index + 1; next < len(in.Doc.Sentences) {
		n := &in.Doc.Sentences[next]
		return n.Segment == s.Segment && n.Last-n.First <= 4 && s.sarcasmIn(n.First, n.Last)
	}
	return false
}

func (s *sentence) sarcasmIn(from, to int) bool {
	for i := from; i < to; i++ {
		for _, rest := range s.lex.Cues.Sarcasm(s.tokens[i].Word) {
			if token.Begin(s.tokens[i+1:to], rest) {
				return true
			}
		}
	}
	return false
}

// opensView reports whether what is thought or said begins within three words
// of token i: "fooled into thinking that", "the myth that".
func (s *sentence) opensView(i int) bool {
	for k := 0; k < 3; k, i = k+1, i+1 {
		if s.is(i, lexicon.Report) || s.norm(i) == "that" || s.norm(i) == "into" {
			return true
		}
		if i >= s.Last || s.tokens[i].Is(token.Punct) {
			return false
		}
	}
	return false
}

// viewEnd returns where a view ends that is told from token i on.
func (s *sentence) viewEnd(i int) int {
	for i++; i < s.Last; i++ {
		if s.is(i, lexicon.Contrast) || s.norm(i) == ";" || s.norm(i) == "..." {
			return i
		}
	}
	return s.Last
}

// markReported marks what a verb of saying or thinking reports: another's
// view, or one that the poster denies ("I don't think", "nobody believes").
func (s *sentence) markReported(g *group) {
	if !s.is(g.main, lexicon.Report) {
		return
	}
	clausal := s.norm(g.last) == "that" || s.subjectFollows(g.last) || s.norm(g.last) == ":"
	if !clausal && g.complement < 0 {
		return
	}
	first, nobody := g.subject < 0, false
	if g.subject >= 0 {
		head := s.chunks[g.subject].head
		first = s.is(head, lexicon.FirstPerson)
		nobody = s.is(head, lexicon.Negator) || s.chunks[g.subject].negative
	}
	end := s.viewEnd(g.last)
	if to := s.laughedOff(g.last, end); to > 0 && g.subject < 0 {
		s.spread(g.last, to, Deluded) // "to claim that ... is absurd"
		return
	}
	if g.negated != nobody {
		s.spread(g.last, end, Negated)
	}
	if !first && !nobody {
		s.spread(g.last, end, Reported)
	}
}

// laughedOff returns where a predicate stands within [from, to) that calls what
// is before it absurd, or 0.
func (s *sentence) laughedOff(from, to int) int {
	for i := from; i+1 < to; i++ {
		if isCopula(s.norm(i)) && (s.is(i+1, lexicon.Delusion) || s.is(i+2, lexicon.Delusion)) {
			return i
		}
	}
	return 0
}

// effect is what a cue says, all marks considered.
func effect(base float64, marks Mark) float64 {
	e := base
	if marks&Opposed != 0 {
		e *= -0.9
	}
	if marks&Negated != 0 {
		if e > 0 {
			e *= -0.85
		} else {
			e *= -0.45
		}
	}
	if marks&Sarcastic != 0 && marks&(Reported|Deluded) != 0 {
		// Whoever mocks those who say it so holds it to be true after all.
		marks &^= Sarcastic
		if marks&Deluded == 0 {
			marks &^= Reported
		}
	}
	if marks&Deluded != 0 {
		e *= -1.1
		marks &^= Reported
	}
	if marks&Reported != 0 {
		e *= 0.1
	}
	if marks&Sarcastic != 0 {
		if e > 0 {
			e *= -0.7
		} else {
			e *= 0.8
		}
	}
	if marks&Scare != 0 {
		if e > 0 {
			e *= -0.9
		} else {
			e *= 0.5
		}
	}
	if marks&Quoted != 0 {
		e *= 0.1
	}
	if marks&(Quoted|Scare) != 0 && base <= -0.7 {
		e = 0.15 // hostile words are quoted to be rejected
	}
	if marks&Hypothetical != 0 {
		e *= 0.5
	}
	if marks&Questioned != 0 {
		e *= 0.6
	}
	if marks&Boosted != 0 {
		e *= 1.25
	}
	if marks&Dampened != 0 {
		e *= 0.6
	}
	if marks&Modifying != 0 {
		e *= 0.6
	}
	return max(-1, min(1, e))
}
