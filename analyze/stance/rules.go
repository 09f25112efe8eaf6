package stance

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"threadstance/analyze/mention"
	"threadstance/lexicon"
	"threadstance/thread"
)

// Rules is the Scorer that weighs the cues found at an actor's mentions. How
// much each sort of cue counts was fitted once (see weights.go); what the cues
// are and say is in cues.toml.
type Rules struct {
	matcher  *Matcher
	voices   voices
	all      []Hit                // of the post, in the order of their mentions
	hitsFrom []int                // by mention: where its hits begin among them; and their number
	spoken   [][]int              // by actor: its mentions in the words of the holder at hand
	hits     []Hit                // of the actor and holder at hand
	tones    []Hit                // pleasant and unpleasant words anywhere in the holder's words
	features features             // of the actor and holder at hand
	placed   map[thread.Span]bool // cues of the actor that stand in a role, not merely near
	done     []bool
	proofs   []proof
	proven   map[thread.Span]int // which of the proofs stands at a span
	gathered []Evidence
	line     []byte
	// verdict judges by what was gathered of an actor and holder; the other
	// engines put theirs here.
	verdict func(in *Input, who *voice, actor int, s *Stance)
}

// NewRules returns a scorer by the lexicon's cues.
func NewRules(lex *lexicon.Lexicon) *Rules {
	r := &Rules{matcher: NewMatcher(lex), placed: map[thread.Span]bool{}, proven: map[thread.Span]int{}}
	r.verdict = func(in *Input, _ *voice, _ int, s *Stance) { r.judge(in, &r.features, s) }
	return r
}

// Score judges the stances of a post.
func (r *Rules) Score(in *Input, dst []Stance) []Stance {
	r.listHits(in)
	r.voices.list(in)
	actors := len(in.Lexicon.Actors)
	r.done = resize(r.done, len(in.Post.Targets))
	for i := range r.voices.all {
		who := &r.voices.all[i]
		r.listTones(in, who)
		r.listSpoken(in, who)
		for actor := range r.spoken {
			if len(r.spoken[actor]) == 0 {
				continue
			}
			r.collect(in, who, actor)
			dst = append(dst, Stance{Actor: in.ActorName(actor), Target: thread.None, Holder: who.name})
			s := &dst[len(dst)-1]
			if actor >= actors {
				s.Target = actor - actors
			}
			r.decide(in, who, actor, s)
			if who.name == Author {
				r.answer(in, actor)
			}
		}
	}
	r.listSpoken(in, r.voices.author())
	for i := range in.Post.Targets {
		if !r.done[i] {
			s, actor := r.silent(in, i)
			dst = append(dst, s)
			r.answer(in, actor) // it may be asked for under other names as well
		}
	}
	return dst
}

// listHits finds the cues of a post.
func (r *Rules) listHits(in *Input) {
	r.all = r.matcher.Hits(in)
	r.hitsFrom = resize(r.hitsFrom, len(in.Mentions)+1)
	n := 0
	for i := range in.Mentions {
		r.hitsFrom[i] = n
		for n < len(r.all) && r.all[n].Mention == i {
			n++
		}
	}
	r.hitsFrom[len(in.Mentions)] = n
}

// hitsOf returns the cues at a mention.
func (r *Rules) hitsOf(mention int) []Hit { return r.all[r.hitsFrom[mention]:r.hitsFrom[mention+1]] }

// listSpoken lists a holder's mentions by actor.
func (r *Rules) listSpoken(in *Input, who *voice) {
	n := len(in.Lexicon.Actors) + len(in.Post.Targets)
	r.spoken = slices.Grow(r.spoken[:0], n)[:n]
	for actor := range r.spoken {
		r.spoken[actor] = r.spoken[actor][:0]
	}
	for _, i := range who.mentions {
		actor := in.Mentions[i].Actor
		r.spoken[actor] = append(r.spoken[actor], i)
	}
}

// decide has the verdict judge. Evidence is gathered in memory that is used again,
// and what came of it takes no more than it needs: stances are kept as long as
// their thread is.
func (r *Rules) decide(in *Input, who *voice, actor int, s *Stance) {
	s.Evidence = r.gathered[:0]
	r.verdict(in, who, actor, s)
	if who.name == Author {
		r.turnIrony(in, actor, s)
	}
	r.gathered = s.Evidence
	s.Evidence = append([]Evidence(nil), s.Evidence...)
}

// answer notes which of the record's targets have their stance.
func (r *Rules) answer(in *Input, actor int) {
	for i := range in.Post.Targets {
		if n := len(in.Lexicon.Actors); actor == n+i || actor < n && mention.Resolve(in.Lexicon, &in.Post.Targets[i]) == actor {
			r.done[i] = true
		}
	}
}

// silent is the stance toward a target that the post does not speak of, and the
// actor that the target is.
func (r *Rules) silent(in *Input, target int) (Stance, int) {
	s := Stance{Actor: in.Post.Targets[target].Name, Target: target, Holder: Author}
	actor := mention.Resolve(in.Lexicon, &in.Post.Targets[target])
	if actor >= 0 {
		s.Actor, s.Target = in.Lexicon.Actors[actor].Name, thread.None
	} else {
		actor = len(in.Lexicon.Actors) + target
	}
	r.hits, r.tones = r.hits[:0], r.tones[:0]
	r.features = features{bias: 1, absent: 1}
	r.decide(in, r.voices.author(), actor, &s)
	return s, actor
}

// listTones lists the pleasant and unpleasant words of a holder.
func (r *Rules) listTones(in *Input, who *voice) {
	r.tones = r.tones[:0]
	for _, si := range who.sentences {
		s := &in.Doc.Sentences[si]
		negated := 0
		for i := s.First; i < s.Last; i++ {
			t := &in.Doc.Tokens[i]
			if negated--; in.Lexicon.Cues.Is(t.Word, lexicon.Negator) {
				negated = 3
			}
			v := in.Lexicon.Valence(t.Word)
			if math.Abs(v) < 0.25 {
				continue
			}
			var marks Mark
			if negated > 0 {
				marks = Negated
			}
			r.tones = append(r.tones, Hit{Mention: -1, Kind: ToneCue, Role: Near, Marks: marks, Cue: t.Norm, Base: 0.5 * v, Effect: effect(0.5*v, marks), Span: t.Span})
		}
	}
}

// feature is what the judgement rests on. Those of a sort of cue come in
// pairs: what speaks for the actor, and next to it what speaks against.
type feature int

const (
	subjectCue feature = 2 * iota
	objectCue
	tiedCue
	describedCue
	ownerCue
	phraseCue
	otherCue
	nameCue
	saidTone // pleasant and unpleasant words said of the actor
	nearTone
	farTone // in another clause
	postTone
	bias
)

const (
	mentions     = bias + 1 + iota
	mentionsOnly = bias + 1 + iota // no cue at all
	modifying
	locative // "in Iraq"
	asking
	length
	people
	firstPlural
	secondPerson
	demonym
	absent
	numFeatures
)

type features [numFeatures]float64

// group returns which features a hit adds to.
func (h *Hit) group() feature {
	switch h.Kind {
	case PhraseCue:
		if h.Role == OtherSlot {
			return otherCue
		}
		return phraseCue
	case NicknameCue:
		return nameCue
	case ToneCue:
		switch {
		case h.Role != Near:
			return saidTone
		case h.Mention < 0:
			return postTone
		case h.Distance > 0:
			return farTone
		}
		return nearTone
	}
	switch h.Role {
	case Subject:
		return subjectCue
	case Object:
		return objectCue
	case Participant:
		return tiedCue
	case Owner:
		return ownerCue
	}
	return describedCue
}

// most is how much of one sort of cue counts.
const most = 1.5

func (f *features) add(h *Hit) {
	g := h.group()
	if h.Effect < 0 {
		g++
	}
	f[g] = min(most, f[g]+math.Abs(h.Effect))
}

// collect gathers what a holder's words, which speak of an actor, hold of it.
func (r *Rules) collect(in *Input, who *voice, actor int) {
	r.hits, r.features = r.hits[:0], features{}
	f := &r.features
	count, places, questions, kinds := 0.0, 0.0, 0.0, 0.0
	for _, i := range r.spoken[actor] {
		m := &in.Mentions[i]
		count++
		if m.First > 0 {
			switch in.Doc.Tokens[m.First-1].Norm {
			case "in", "from", "into":
				places++
			}
		}
		if m.Kind == lexicon.Demonym {
			kinds++
		}
		if s := &in.Doc.Sentences[m.Sentence]; in.Doc.Tokens[s.Last-1].Asks() {
			questions++
		}
		for _, h := range r.hitsOf(i) {
			if h.Effect == 0 || who.name != Author && h.Kind == ToneCue {
				continue // news is full of unpleasant words
			}
			r.hits = append(r.hits, h)
			if h.Marks&Modifying != 0 {
				f[modifying] = 1
			}
		}
	}
	for i := range r.hits {
		if h := &r.hits[i]; h.Role != Near {
			r.placed[h.Span] = true
		}
	}
	r.hits = slices.DeleteFunc(r.hits, func(h Hit) bool { return h.Role == Near && r.placed[h.Span] })
	for i := range r.hits {
		f.add(&r.hits[i])
		delete(r.placed, r.hits[i].Span) // to clear it takes as long as it ever was
	}
	if who.name == Author {
		for i := range r.tones {
			f.add(&r.tones[i])
		}
	}
	f[bias] = 1
	f[mentions] = math.Log1p(count)
	if len(r.hits) == 0 {
		f[mentionsOnly] = 1
	}
	f[locative], f[asking], f[demonym] = places/count, questions/count, kinds/count
	f.addStyle(in, who)
	if actor >= len(in.Lexicon.Actors) || in.Lexicon.Actors[actor].Kind != "state" {
		f[people] = 1
	}
}

// addStyle adds how long a holder's words are, and whom they speak of and to.
func (f *features) addStyle(in *Input, who *voice) {
	words := 0
	for _, i := range who.sentences {
		s := &in.Doc.Sentences[i]
		words += s.Last - s.First
		for _, t := range in.Doc.Tokens[s.First:s.Last] {
			switch t.Norm {
			case "we", "our", "us":
				f[firstPlural]++
			case "you", "your":
				f[secondPerson]++
			}
		}
	}
	f[length] = math.Log1p(float64(words)) / 5
	f[firstPlural] = f[firstPlural] / float64(words+10) * 10
	f[secondPerson] = f[secondPerson] / float64(words+10) * 10
}

// probabilities returns how likely each label is.
func probabilities(f *features) (p [3]float64) {
	sum := 0.0
	for label := range p {
		z := 0.0
		for i, x := range f {
			z += weights[label][i] * x
		}
		p[label] = math.Exp(z)
		sum += p[label]
	}
	for label := range p {
		p[label] /= sum
	}
	return p
}

// choose returns the label: the likeliest, where the sides taken count for
// more than their share, since a table that misses them all is of no use.
func choose(p [3]float64) Label {
	best := Neutral
	for _, label := range []Label{Favor, Against} {
		if p[label]*lift[label] > p[best]*lift[best] {
			best = label
		}
	}
	return best
}

// maxEvidence is how many spans a stance names at most.
const maxEvidence = 6

func (r *Rules) judge(in *Input, f *features, s *Stance) {
	p := probabilities(f)
	s.Label = choose(p)
	s.Score = p[Favor] - p[Against]
	if s.Label != Neutral {
		sum := r.evidence(in, s)
		if sum < leastEvidence {
			s.Label, s.Evidence = Neutral, s.Evidence[:0]
		}
	}
	s.Confidence = p[s.Label]
}

// leastEvidence is how much the hits must weigh together for a side to be
// taken: less would not convince who asks why.
const leastEvidence = 0.05

// leastEffect is the effect below which a hit is no evidence.
const leastEffect = 0.1

// evidence adds the hits that speak for the label, strongest first, and
// returns what they weigh together.
func (r *Rules) evidence(in *Input, s *Stance) (sum float64) {
	sign := 1.0
	if s.Label == Against {
		sign = -1
	}
	r.proofs = r.proofs[:0]
	for i := range r.hits {
		sum += r.prove(&r.hits[i], sign)
	}
	if sum < leastEvidence && s.Holder == Author {
		for i := range r.tones {
			sum += r.prove(&r.tones[i], sign)
		}
	}
	for _, p := range r.proofs {
		delete(r.proven, p.hit.Span)
	}
	slices.SortStableFunc(r.proofs, func(a, b proof) int { return cmp.Compare(math.Abs(b.weight), math.Abs(a.weight)) })
	for _, p := range r.proofs {
		if len(s.Evidence) < maxEvidence && !s.has(in.Doc.Text, p.hit.Span) {
			s.Evidence = append(s.Evidence, Evidence{Span: p.hit.Span, Weight: p.weight, Why: r.why(in, p.hit)})
		}
	}
	return sum
}

// proof is a hit that speaks for the label at hand.
type proof struct {
	hit    *Hit
	weight float64
}

// prove adds a hit to the proofs if it speaks for the side of that sign, and
// returns by how much their weight grew. Of two at one span the stronger stays.
func (r *Rules) prove(h *Hit, sign float64) float64 {
	g := h.group()
	if h.Effect < 0 {
		g++
	}
	w := (weights[Favor][g] - weights[Against][g]) * math.Abs(h.Effect)
	if h.Effect*sign < leastEffect || w*sign <= 0 {
		return 0
	}
	if i, ok := r.proven[h.Span]; ok {
		p := &r.proofs[i]
		more := max(0, math.Abs(w)-math.Abs(p.weight))
		if more > 0 {
			*p = proof{h, w}
		}
		return more
	}
	r.proven[h.Span] = len(r.proofs)
	r.proofs = append(r.proofs, proof{h, w})
	return math.Abs(w)
}

var kindNames = [...]string{"verb", "noun", "adjective", "phrase", "name", "tone of"}

// markNames says what each mark does, in the order of the bits.
var markNames = [...]string{
	"negated", "in a question", "only supposed", "in quoted words", "in doubting quotation marks", "as others see it", "as the deluded see it",
	"meant sarcastically", "strengthened", "weakened", "as an order", "passive", "as advice", "of the pronoun", "of what is theirs", "of those against them",
}

// why is the line that explain prints of a hit.
func (r *Rules) why(in *Input, h *Hit) string {
	b := r.line[:0]
	b = append(b, kindNames[h.Kind]...)
	b = append(b, " '"...)
	for i := range len(h.Cue) { // "kick~ {X} out" is "kick X out"
		if c := h.Cue[i]; c != '{' && c != '}' && c != '~' {
			b = append(b, c)
		}
	}
	b = append(b, "' · "...)
	if h.Mention >= 0 {
		m := &in.Mentions[h.Mention]
		for _, c := range []byte(m.Span.Of(in.Doc.Text)) {
			if c <= ' ' { // a line break in a name
				if b[len(b)-1] != ' ' {
					b = append(b, ' ')
				}
				continue
			}
			b = append(b, c)
		}
		b = append(b, " is "...)
		b = append(b, roleNames[h.Role]...)
		if m.Pronoun {
			b = append(b, " ("...)
			b = append(b, in.ActorName(m.Actor)...)
			b = append(b, ')')
		}
	} else {
		b = append(b, "elsewhere in the text"...)
	}
	for i, name := range markNames {
		if mark := Mark(1) << i; h.Marks&mark != 0 && mark&(Pronominal|Passive) == 0 {
			b = append(b, " · "...)
			b = append(b, name...)
		}
	}
	if h.Effect < 0 {
		b = append(b, " · against "...)
	} else {
		b = append(b, " · for +"...)
	}
	b = strconv.AppendFloat(b, h.Effect, 'f', 2, 64)
	r.line = b
	return string(b)
}
