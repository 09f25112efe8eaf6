package stance

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"

	"threadstance/analyze/linear"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

//go:embed stance.model
var modelData []byte

// Default returns the embedded model.
var Default = sync.OnceValues(func() (*linear.Model, error) {
	m := new(linear.Model)
	if err := m.UnmarshalBinary(modelData); err != nil {
		return nil, fmt.Errorf("the embedded stance model: %w", err)
	}
	return m, nil
})

// Linear is the Scorer that weighs words, places, roles and cues as a trained
// model does (see MODEL.md).
type Linear struct {
	*Rules
	runs      *linear.Runs            // by the model for all targets
	heads     map[string]*linear.Runs // by target in lower case
	extractor extractor
	totals    []linear.RunTotal // of the runs of bytes of the text at hand, by kind
	tokens    []float64         // by token: how far it pushed the label
}

// NewLinear returns a scorer by models: of two that were trained for the same
// target, or both for all, the later judges.
func NewLinear(lex *lexicon.Lexicon, models ...*linear.Model) *Linear {
	l := &Linear{Rules: NewRules(lex), heads: map[string]*linear.Runs{}}
	for _, m := range models {
		if runs := linear.NewRuns(m, kindChar, runSeeds, lex.Size()); m.Meta.Target == "" {
			l.runs = runs
		} else {
			l.heads[strings.ToLower(m.Meta.Target)] = runs
		}
	}
	l.verdict = l.judge
	return l
}

// Score implements [Scorer].
func (l *Linear) Score(in *Input, dst []Stance) []Stance {
	l.extractor.post = nil // what was read was of another post, or of another text of this one
	l.tokens = resize(l.tokens, len(in.Doc.Tokens))
	return l.Rules.Score(in, dst)
}

// modelFor returns the model that judges stances toward a target.
func (l *Linear) modelFor(target string) *linear.Runs {
	if len(l.heads) > 0 {
		if runs := l.heads[strings.ToLower(target)]; runs != nil {
			return runs
		}
	}
	return l.runs
}

// extract puts the features of what a holder says of an actor into the bag.
func (l *Linear) extract(in *Input, model *linear.Model, who *voice, actor int) {
	l.extractor.extract(in, model, l.Rules, who, actor)
}

func (l *Linear) judge(in *Input, who *voice, actor int, s *Stance) {
	runs := l.modelFor(s.Actor)
	model := runs.Model
	l.extract(in, model, who, actor)
	var p [3]float64
	sums := l.extractor.bag.Sums()
	l.sumRuns(runs, in, &sums)
	model.Calibrated(&sums, l.extractor.form, p[:])
	if who.name == Author {
		l.Rules.declare(in, p[:])
		if l.Rules.hearsay(in, who, actor) {
			weighIn(p[:], Neutral, hearsayOdds)
		}
	}
	s.Label = Label(linear.Choose(p[:], model.Meta.As(l.extractor.form).Lift))
	if who.name != Author && p[s.Label] < likely {
		s.Label = Neutral
	}
	s.Score = p[Favor] - p[Against]
	s.Confidence = p[s.Label]
	if s.Label == Neutral {
		return
	}
	l.Rules.evidence(in, s)
	if len(s.Evidence) < maxEvidence {
		l.pushed(runs, in, who, s)
	}
	if len(s.Evidence) == 0 {
		l.whole(in, s)
	}
	if len(s.Evidence) == 0 {
		s.Label, s.Score, s.Confidence = Neutral, 0, p[Neutral]
	}
}

// whole makes a sentence that names the target evidence, where no words of it say
// more than others: "Trump! Trump! Trump!"
func (l *Linear) whole(in *Input, s *Stance) {
	for _, said := range l.extractor.said {
		if said.names {
			span := thread.Span{Start: in.Doc.Tokens[said.First].Start, End: in.Doc.Tokens[said.Last-1].End}
			s.Evidence = append(s.Evidence, Evidence{Span: span, Weight: s.Score, Why: "sentences like this, from labelled posts"})
			return
		}
	}
}

// likely is how sure it must be that an outlet takes a side. Posters are told to
// take one sooner, by the lifts: an article mostly takes none.
const likely = 0.5

// sumRuns adds what the runs of bytes within words weigh, which addRuns would
// list.
func (l *Linear) sumRuns(runs *linear.Runs, in *Input, to *linear.Sums) {
	f := &l.extractor
	l.totals = resize(l.totals, len(f.runs))
	for k, r := range f.runs {
		total := &l.totals[k]
		for _, i := range f.spelt {
			total.Add(l.runsOf(runs, in, r.kind, i))
		}
		total.To(to, f.length(r.group))
	}
}

func (l *Linear) runsOf(runs *linear.Runs, in *Input, kind uint32, token int32) *linear.RunSums {
	t, hash := &in.Doc.Tokens[token], l.extractor.hash[token]
	if kind != kindChar {
		return runs.OfKind(kind, t.Norm, hash)
	}
	return runs.Of(int(t.Word), t.Norm, hash)
}

// pushed adds the runs of a holder's words whose features pushed the label most.
func (l *Linear) pushed(runs *linear.Runs, in *Input, who *voice, s *Stance) {
	l.weighTokens(runs, in, who, s.Label)
	top := l.strongest(who)
	if top <= 0 {
		return
	}
	from := len(s.Evidence)
	for _, p := range who.parts {
		l.pushedIn(in, p, top, s)
	}
	slices.SortStableFunc(s.Evidence[from:], func(a, b Evidence) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	s.Evidence = s.Evidence[:min(maxEvidence, len(s.Evidence))]
}

// pushedIn adds those of a part, where the most that a word pushed is top.
func (l *Linear) pushedIn(in *Input, p part, top float64, s *Stance) {
	sign := 1.0
	if s.Label == Against {
		sign = -1
	}
	for i := p.first; i < p.last; {
		if l.tokens[i] < top*0.4 {
			i++
			continue
		}
		first, weight := i, 0.0
		for ; i < p.last && l.tokens[i] >= top*beside; i++ {
			weight += l.tokens[i]
		}
		last := i
		for first < last && !telling(&in.Doc.Tokens[first]) {
			first++
		}
		for last > first && !telling(&in.Doc.Tokens[last-1]) {
			last--
		}
		if first == last {
			continue
		}
		span := thread.Span{Start: in.Doc.Tokens[first].Start, End: in.Doc.Tokens[last-1].End}
		overlaps := func(e Evidence) bool { return e.Start < span.End && span.Start < e.End }
		if !slices.ContainsFunc(s.Evidence, overlaps) && !s.has(in.Doc.Text, span) {
			s.Evidence = append(s.Evidence, Evidence{Span: span, Weight: sign * weight, Why: "words like these, from labelled posts"})
		}
	}
}

// weighTokens finds how far each token of a holder pushed the label.
func (l *Linear) weighTokens(runs *linear.Runs, in *Input, who *voice, label Label) {
	push := runs.Model.Push(int(label))
	for _, p := range who.parts {
		clear(l.tokens[p.first:p.last])
	}
	f := &l.extractor
	known := f.bag.Known()
	for i := range known {
		feature := &known[i]
		of := feature.Of
		each := push.Of(feature.Cell) * float64(feature.Value) / float64(of.Last-of.First)
		for k := of.First; k < of.Last; k++ {
			l.tokens[k] += each
		}
	}
	for k, r := range f.runs {
		each := l.totals[k].Value(f.length(r.group))
		for _, i := range f.spelt {
			l.tokens[i] += push.OfRuns(l.runsOf(runs, in, r.kind, i)) * each
		}
	}
}

// strongest returns the most that a word of a holder pushed the label or, where
// none did, the target's name. What people mostly say of a name proves nothing to a
// reader: it is made to stand in evidence only beside other words.
func (l *Linear) strongest(who *voice) float64 {
	top, named := 0.0, 0.0
	for _, p := range who.parts {
		for i := p.first; i < p.last; i++ {
			if l.extractor.hash[i] == hashTarget {
				named = max(named, l.tokens[i])
			} else {
				top = max(top, l.tokens[i])
			}
		}
	}
	if top <= 0 {
		return named
	}
	for _, m := range l.extractor.mentions {
		for i := m.First; i < m.Last; i++ {
			if l.extractor.hash[i] == hashTarget {
				l.tokens[i] = min(l.tokens[i], top*beside)
			}
		}
	}
	return top
}

// beside is how much of the most that one pushed a word must have pushed to be
// evidence together with the words beside it.
const beside = 0.25

// telling says whether a word by itself tells a reader anything.
func telling(t *token.Token) bool {
	if t.Is(token.Punct|token.Number|token.URL) || len(t.Norm) < 2 {
		return false
	}
	switch t.Norm {
	case "'s", "'re", "'ve", "'ll", "'d", "'m", "the", "an", "of", "to", "in", "on", "at", "by", "for", "from", "and", "or", "as", "than", "it", "its", "is", "was", "are", "were",
		"be", "been", "he", "she", "they", "them", "him", "her", "his", "their", "that", "this", "these", "those", "there", "who", "whom", "which", "what", "with", "had", "has", "have", "do", "did", "does":
		return false
	}
	return true
}

// Recorder is the Scorer that judges nothing and hands on the features of
// every author's stance, for training.
type Recorder struct {
	*Linear
	Record func(in *Input, s *Stance, v *linear.Vector, form int)
}

// NewRecorder returns a recorder of features, for a model of a target or, where that
// is "", of all.
func NewRecorder(lex *lexicon.Lexicon, target string, record func(in *Input, s *Stance, v *linear.Vector, form int)) *Recorder {
	r := &Recorder{Linear: &Linear{Rules: NewRules(lex)}, Record: record}
	r.extractor.single = target != ""
	r.verdict = func(in *Input, who *voice, actor int, s *Stance) {
		s.Confidence = 1
		// Words that are said to mean their opposite teach nothing about them.
		if _, ironic := irony(in, r.spoken[actor]); who.name == Author && !ironic {
			r.extract(in, nil, who, actor)
			r.Record(in, s, r.extractor.bag.All(), r.extractor.form)
		}
	}
	return r
}
