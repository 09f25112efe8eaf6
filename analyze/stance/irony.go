package stance

import (
	"threadstance/analyze/token"
	"threadstance/thread"
)

// turnIrony turns a stance round, and the evidence for it, where the poster says
// that he means the opposite of all that he says of the actor: "What a genius. /s".
// Which side his words take is told by the cues in them; without any, by the
// verdict, which may have seen through others.
func (r *Rules) turnIrony(in *Input, actor int, s *Stance) {
	mark, ironic := irony(in, r.spoken[actor])
	if !ironic || s.Label == Neutral {
		return
	}
	if r.literally()*s.Score >= 0 {
		s.Label = Favor + Against - s.Label
		s.Score = -s.Score
		for i := range s.Evidence {
			s.Evidence[i].Weight *= -1
		}
	}
	if len(s.Evidence) == maxEvidence {
		s.Evidence = s.Evidence[:maxEvidence-1]
	}
	s.Evidence = append(s.Evidence, Evidence{Span: mark, Weight: s.Score, Why: "the poster says that the opposite is meant"})
}

// literally returns what the cues say of the actor at hand, above 0 for and below
// against, taken at their word.
func (r *Rules) literally() float64 {
	sum := 0.0
	for _, hits := range [...][]Hit{r.hits, r.tones} {
		for i := range hits {
			sum += effect(hits[i].Base, hits[i].Marks&^Sarcastic)
		}
		if sum != 0 {
			break
		}
	}
	return sum
}

// irony reports whether a mark of irony stands behind all that the poster says of an
// actor, whose mentions are given, and where the last does.
func irony(in *Input, mentions []int) (mark thread.Span, ironic bool) {
	marked := -1 // the sentence with that mark
	for _, i := range mentions {
		m := &in.Mentions[i]
		if m.Sentence <= marked {
			continue // one before the mark has it behind it too
		}
		if mark, marked, ironic = ironyBehind(in, m.Sentence); !ironic {
			break
		}
	}
	return mark, ironic
}

// ironyBehind returns where a mark of irony stands at the end of a sentence or of a
// later one of its paragraph, and the sentence that ends with it.
func ironyBehind(in *Input, sentence int) (mark thread.Span, marked int, found bool) {
	tokens := in.Doc.Tokens
	for i := sentence; i < len(in.Doc.Sentences); i++ {
		s := &in.Doc.Sentences[i]
		if i > sentence && (s.Segment != in.Doc.Sentences[sentence].Segment || tokens[s.First].Is(token.Paragraph)) {
			break
		}
		if first, last := ironyMark(in, s); first < last {
			return thread.Span{Start: tokens[first].Start, End: tokens[last-1].End}, i, true
		}
	}
	return thread.Span{}, -1, false
}

// ironyMark returns the tokens of the mark of irony with which a sentence ends, none
// at its end where there is no such mark.
func ironyMark(in *Input, s *token.Sentence) (first, last int) {
	tokens := in.Doc.Tokens
	for k := s.First; k < s.Last; k++ {
		for _, rest := range in.Lexicon.Cues.Irony(tokens[k].Word) {
			if last := k + 1 + len(rest); token.Begin(tokens[k+1:s.Last], rest) && closes(tokens[last:s.Last]) {
				return k, last
			}
		}
	}
	return s.Last, s.Last
}
