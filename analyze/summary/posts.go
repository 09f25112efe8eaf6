package summary

import (
	"cmp"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"

	"threadstance/analyze"
	"threadstance/analyze/stance"
	"threadstance/thread"
)

// What is kept of posts. All that is more is counted and left out.
const (
	// MaxSample is how many posts are kept without their words: all, or where
	// there are more, a random sample of as many.
	MaxSample = 20_000
	// MaxTexts is the bytes of text up to which the words of all posts are
	// kept. Of more, only those of each cell's strongest stances are.
	MaxTexts = 16 << 20
	// maxText bounds the text of one post.
	maxText = 16 << 10
)

// Strongest returns how many posts of a cell are kept for each side that is
// taken toward an actor, where not all are.
func Strongest(d Dimension) int {
	switch d {
	case Topic:
		return 4
	case Source:
		return 3
	}
	return 2
}

// Posts is a bounded choice of posts to look at: a sample of what is known of
// posts, and the words of those with the strongest stances in each cell. Which
// are chosen depends on the posts alone, not on their order. Posts that are
// equal in all are one.
type Posts struct {
	Count int64 // posts seen
	Bytes int64 // of their texts

	facts  map[uint64][]byte // encoded, by the post's hash
	bodies map[uint64][]byte
	cells  map[evidenceKey][]evidence
	limit  uint64 // the sample is of the posts whose hash is at most this
	held   int    // bytes of bodies
	pruned int    // held when it was last pruned
	kept   int    // facts when they were last pruned

	maxSample int // MaxSample and MaxTexts, but in tests
	maxTexts  int64

	fact, body encoder // of the post at hand
}

// Post is a post as Posts keeps it.
type Post struct {
	Hash     uint64 // of all that follows; says which posts are equal
	Sampled  bool   // of the sample, rather than kept for its words only
	Thread   string // identifier
	Title    string // of the thread
	Index    int
	ID       string
	Author   string // "" where it is not known
	Time     time.Time
	ReplyTo  int
	Words    int
	Toned    bool
	Tone     float64
	Topics   []string
	Stances  []PostStance
	Outlets  []string // of the articles in it, "" for one that is not known
	HasText  bool     // the rest is known
	Text     string
	Cut      int // bytes that were cut off the end of Text
	Segments []thread.Segment
	Mentions []PostMention
}

// PostStance is a stance of a kept post.
type PostStance struct {
	Actor, Holder     string
	Label             stance.Label
	Score, Confidence float64
	Evidence          []thread.Span // where HasText
}

// PostMention is a mention in a kept post.
type PostMention struct {
	Actor string
	thread.Span
}

// evidenceKey is a cell whose strongest posts are kept.
type evidenceKey struct {
	dimension Dimension
	value     Value
	actor     string
	label     stance.Label
}

func (k evidenceKey) compare(o evidenceKey) int {
	return cmp.Or(cmp.Compare(k.dimension, o.dimension), k.value.Compare(o.value), strings.Compare(k.actor, o.actor), cmp.Compare(k.label, o.label))
}

// evidence is a post of a cell.
type evidence struct {
	strength int64 // of the score, in 1/analyze.Unit
	hash     uint64
}

func (e evidence) compare(o evidence) int {
	return cmp.Or(cmp.Compare(o.strength, e.strength), cmp.Compare(e.hash, o.hash))
}

func newPosts() *Posts {
	return &Posts{facts: map[uint64][]byte{}, bodies: map[uint64][]byte{}, cells: map[evidenceKey][]evidence{}, limit: math.MaxUint64, maxSample: MaxSample, maxTexts: MaxTexts}
}

// add keeps a result if it is among those to be kept.
func (s *Posts) add(r *analyze.Result) {
	fact, body := s.fact[:0], s.body[:0]
	fact.fact(r)
	body.body(r)
	s.fact, s.body = fact, body
	digest := xxhash.New()
	digest.Write(fact)
	digest.Write(body)
	digest.WriteString(r.Post.Text) // of which the body has only so much
	hash := digest.Sum64()

	s.Count++
	s.Bytes += int64(len(r.Post.Text))
	strongest := s.rank(r, hash)
	whole := strongest || s.Bytes <= s.maxTexts
	if whole || hash <= s.limit {
		s.facts[hash] = slices.Clone(fact)
	}
	if whole {
		if _, ok := s.bodies[hash]; !ok {
			s.bodies[hash] = slices.Clone(body)
			s.held += len(body)
		}
	}
	s.pruneIfLarge()
}

// rank enters a post in the cells that it is among the strongest of, and
// reports whether there is one.
func (s *Posts) rank(r *analyze.Result, hash uint64) (any bool) {
	for i := range r.Stances {
		t := &r.Stances[i]
		e := evidence{strength(fixed(t.Score, analyze.Unit)), hash}
		enter := func(d Dimension, v Value) {
			if s.enter(evidenceKey{d, v, t.Actor, t.Label}, e) {
				any = true
			}
		}
		if outlet, ok := strings.CutPrefix(t.Holder, stance.Source("")); ok {
			enter(Source, Value{outlet, outlet != ""})
			continue
		}
		for _, d := range []Dimension{User, Topic, Month} {
			for _, v := range values(nil, d, By{First: d}, r) {
				enter(d, v)
			}
		}
	}
	return any
}

// enter adds a post to a cell if it is among its strongest.
func (s *Posts) enter(key evidenceKey, e evidence) bool {
	most := Strongest(key.dimension)
	if key.label == stance.Neutral {
		most = 1
	}
	list := s.cells[key]
	at, found := slices.BinarySearchFunc(list, e, evidence.compare)
	if found {
		return true
	}
	if at == most {
		return false
	}
	// Copies of the names, which do not hold the thread in memory.
	key.value.Name, key.actor = strings.Clone(key.value.Name), strings.Clone(key.actor)
	list = slices.Insert(slices.Clip(list), at, e)
	s.cells[key] = list[:min(most, len(list))]
	return true
}

// pruneIfLarge prunes where much was added to what the last time left, so that
// it costs little, also where nothing can be dropped.
func (s *Posts) pruneIfLarge() {
	last := max(s.maxSample, s.kept)
	if len(s.facts) > last+last/8 || s.Bytes > s.maxTexts && int64(s.held-s.pruned) > s.maxTexts/4 {
		s.prune()
	}
}

// prune drops what is not to be kept.
func (s *Posts) prune() {
	if s.Bytes > s.maxTexts {
		strongest := map[uint64]bool{}
		for _, list := range s.cells {
			for _, e := range list {
				strongest[e.hash] = true
			}
		}
		for hash, body := range s.bodies {
			if !strongest[hash] {
				s.held -= len(body)
				delete(s.bodies, hash)
			}
		}
		s.pruned = s.held
	}
	var sample []uint64
	for hash := range s.facts {
		if hash <= s.limit {
			sample = append(sample, hash)
		}
	}
	if len(sample) > s.maxSample {
		slices.Sort(sample)
		s.limit = sample[s.maxSample-1]
	}
	for hash := range s.facts {
		if hash > s.limit && s.bodies[hash] == nil {
			delete(s.facts, hash)
		}
	}
	s.kept = len(s.facts)
}

// Narrow keeps the words of the strongest posts for those cells only that are
// shown, where not all words are kept, and returns how many bytes it keeps.
func (s *Posts) Narrow(shown func(Dimension, Value) bool) int {
	if !s.AllTexts() {
		maps.DeleteFunc(s.cells, func(key evidenceKey, _ []evidence) bool { return !shown(key.dimension, key.value) })
		s.prune()
	}
	return s.held
}

func (s *Posts) merge(o *Posts) {
	s.Count += o.Count
	s.Bytes += o.Bytes
	s.limit = min(s.limit, o.limit)
	for key, list := range o.cells {
		for _, e := range list {
			s.enter(key, e)
		}
	}
	maps.Copy(s.facts, o.facts)
	for hash, body := range o.bodies {
		if _, ok := s.bodies[hash]; !ok {
			s.bodies[hash] = body
			s.held += len(body)
		}
	}
	s.pruneIfLarge()
}

// AllSampled reports whether the sample is of all posts.
func (s *Posts) AllSampled() bool {
	s.prune()
	return s.limit == math.MaxUint64
}

// AllTexts reports whether the words of all posts are kept.
func (s *Posts) AllTexts() bool { return s.Bytes <= s.maxTexts }

// All yields the kept posts, in the same order for the same posts. A Post is
// the caller's.
func (s *Posts) All() iter.Seq[*Post] {
	s.prune()
	return func(yield func(*Post) bool) {
		for _, hash := range slices.Sorted(maps.Keys(s.facts)) {
			p := &Post{Hash: hash, Sampled: hash <= s.limit}
			d := decoder{rest: s.facts[hash]}
			d.fact(p)
			if body, ok := s.bodies[hash]; ok {
				d := decoder{rest: body}
				d.body(p)
			}
			if !yield(p) {
				return
			}
		}
	}
}

// fact encodes what is known of a post besides its words.
func (e *encoder) fact(r *analyze.Result) {
	p := r.Post
	e.string(r.Thread.ID)
	e.string(r.Thread.Title)
	e.string(p.ID)
	e.string(p.Author)
	e.int(int64(p.Index), int64(p.ReplyTo), int64(r.Words))
	if e.has(!p.Time.IsZero()) {
		e.int(p.Time.Unix())
	}
	if e.has(r.Tone != nil) {
		e.int(fixed(r.Tone.Score, analyze.Unit))
	}
	e.int(int64(len(r.Topics)))
	for i := range r.Topics {
		e.string(r.Topics[i].Name)
	}
	e.int(int64(len(r.Stances)))
	for i := range r.Stances {
		s := &r.Stances[i]
		e.string(s.Actor)
		e.string(s.Holder)
		e.int(int64(s.Label), fixed(s.Score, analyze.Unit), fixed(s.Confidence, analyze.Unit))
	}
	for _, outlet := range values(nil, Source, By{First: Source}, r) {
		e.has(true)
		e.string(outlet.Name)
	}
	e.has(false)
}

func (d *decoder) fact(p *Post) {
	p.Thread, p.Title, p.ID, p.Author = d.string(), d.string(), d.string(), d.string()
	p.Index, p.ReplyTo, p.Words = int(d.int()), int(d.int()), int(d.int())
	if d.has() {
		p.Time = time.Unix(d.int(), 0).UTC()
	}
	if p.Toned = d.has(); p.Toned {
		p.Tone = float64(d.int()) / analyze.Unit
	}
	for range d.length() {
		p.Topics = append(p.Topics, d.string())
	}
	for range d.length() {
		p.Stances = append(p.Stances, PostStance{
			Actor: d.string(), Holder: d.string(), Label: d.label(),
			Score: float64(d.int()) / analyze.Unit, Confidence: float64(d.int()) / analyze.Unit,
		})
	}
	for d.has() {
		p.Outlets = append(p.Outlets, d.string())
	}
}

// body encodes a post's words and what is marked in them. What lies in a part
// that is cut off is left out.
func (e *encoder) body(r *analyze.Result) {
	p := r.Post
	text := p.Text
	if len(text) > maxText {
		text = strings.ToValidUTF8(text[:maxText], "")
	}
	e.string(text)
	e.int(int64(len(p.Text) - len(text)))
	inside := func(s thread.Span) bool { return s.Start < len(text) }
	span := func(s thread.Span) { e.int(int64(s.Start), int64(min(s.End, len(text)))) }
	for i := range p.Segments {
		if s := &p.Segments[i]; inside(s.Span) {
			e.has(true)
			e.int(int64(s.Kind), int64(s.QuoteOf))
			e.string(s.Source)
			span(s.Span)
		}
	}
	e.has(false)
	for i := range r.Mentions {
		if m := &r.Mentions[i]; inside(m.Span) {
			e.has(true)
			e.string(r.ActorName(m.Actor))
			span(m.Span)
		}
	}
	e.has(false)
	for i := range r.Stances {
		for _, x := range r.Stances[i].Evidence {
			if inside(x.Span) {
				e.has(true)
				span(x.Span)
			}
		}
		e.has(false)
	}
}

// body is for a post whose fact is known already.
func (d *decoder) body(p *Post) {
	p.HasText, p.Text, p.Cut = true, d.string(), int(d.int())
	span := func() thread.Span {
		s := thread.Span{Start: int(d.int()), End: int(d.int())}
		if s.Start < 0 || s.End < s.Start || s.End > len(p.Text) {
			d.fail()
			return thread.Span{}
		}
		return s
	}
	for d.has() {
		s := thread.Segment{Kind: thread.Kind(d.below(int64(thread.Chrome) + 1)), QuoteOf: int(d.int()), Source: d.string()}
		s.Span = span()
		p.Segments = append(p.Segments, s)
	}
	for d.has() {
		p.Mentions = append(p.Mentions, PostMention{d.string(), span()})
	}
	for i := range p.Stances {
		for d.has() {
			p.Stances[i].Evidence = append(p.Stances[i].Evidence, span())
		}
	}
}

func (e *encoder) posts(s *Posts) {
	s.prune()
	e.int(s.Count, s.Bytes, int64(s.limit))
	e.int(int64(len(s.facts)))
	for _, hash := range slices.Sorted(maps.Keys(s.facts)) {
		e.int(int64(hash))
		e.string(string(s.facts[hash]))
		if body, ok := s.bodies[hash]; e.has(ok) {
			e.string(string(body))
		}
	}
	e.int(int64(len(s.cells)))
	for _, key := range slices.SortedFunc(maps.Keys(s.cells), evidenceKey.compare) {
		e.int(int64(key.dimension))
		e.value(key.value)
		e.string(key.actor)
		e.int(int64(key.label), int64(len(s.cells[key])))
		for _, x := range s.cells[key] {
			e.int(x.strength, int64(x.hash))
		}
	}
}

func (d *decoder) posts() *Posts {
	s := newPosts()
	s.Count, s.Bytes, s.limit = d.int(), d.int(), uint64(d.int())
	for range d.length() {
		hash := uint64(d.int())
		s.facts[hash] = []byte(d.string())
		if d.has() {
			s.bodies[hash] = []byte(d.string())
			s.held += len(s.bodies[hash])
		}
	}
	for range d.length() {
		key := evidenceKey{Dimension(d.below(int64(len(dimensions)))), d.value(), d.string(), d.label()}
		list := make([]evidence, 0, 4)
		for range d.length() {
			list = append(list, evidence{d.int(), uint64(d.int())})
		}
		s.cells[key] = list
	}
	return s
}

// strength is how far a score is from neutral.
func strength(score int64) int64 { return max(score, -score) }
