// Package summary adds results up into what the tables show. A Summary is a
// commutative monoid: whole numbers and bounded lists under a total order
// only, so that workers, journals and clusters may merge their parts in any
// order and get the same bytes.
package summary

import (
	"maps"
	"math"
	"slices"
	"strings"

	"threadstance/analyze"
	"threadstance/analyze/stance"
	"threadstance/thread"
)

// Summary is what was counted, by the keys of one or more groupings. The zero
// value counts totals only. It is not safe for concurrent use.
type Summary struct {
	Totals Totals
	Groups []Group
	// What is counted on demand; nil where it is not.
	Replies Replies
	Words   *Words
	Posts   *Posts

	keys  []Key // scratch
	facet [2][]Value
}

// Group is the cells of one grouping.
type Group struct {
	By    By
	Cells map[Key]*Cell
}

// Totals is what was read, over all posts.
type Totals struct {
	Threads, Posts   int64
	NoAuthor         int64 // posts whose author the source lost
	NotEnglish       int64 // posts whose own words are not in English
	NoOwnWords       int64 // posts without words of their own
	Stances          int64
	Bytes            [4]int64 // of text, by thread.Kind
	Users            map[string]struct{}
	Elsewhere        int64 // users that are counted but not named here, for who counts the parts of Split one by one
	Dated            int64 // posts whose time is known
	Earliest, Newest int64 // Unix seconds of the dated posts
}

// Cell is what is counted for one key.
type Cell struct {
	Posts int64
	Words int64               // own words; for a source, those of its articles
	Toned int64               // posts that have a tone
	Tone  int64               // sum of their scores, in 1/analyze.Unit
	Users map[string]struct{} // the authors, where known
	Tags  map[string]*Tags    // by actor
}

// Tags is the stances toward one actor.
type Tags struct {
	Favor, Neutral, Against int64 // by label
	Score                   int64 // sum of the scores, in 1/analyze.Unit
	Squares                 int64 // sum of their squares, in 1/analyze.Unit²
	// The sums of the probabilities of each label, in 1/(2*analyze.Unit).
	// Over many tags they are a better guess at the shares than the counts of
	// labels are.
	LikelyFavor, LikelyNeutral, LikelyAgainst int64
}

// Count is the number of tags.
func (t *Tags) Count() int64 { return t.Favor + t.Neutral + t.Against }

// Net is the mean score, in [-1, 1].
func (t *Tags) Net() float64 {
	if n := t.Count(); n > 0 {
		return float64(t.Score) / float64(n*analyze.Unit)
	}
	return 0
}

// Interval is the 95 % interval of the net stance, by Student's t, within
// [-1, 1]. There is none for fewer than two tags. It takes the posts for
// independent of each other.
func (t *Tags) Interval() (low, high float64, ok bool) {
	count := t.Count()
	if count < 2 {
		return 0, 0, false
	}
	half := studentT(count-1) * t.Deviation() / math.Sqrt(float64(count))
	return max(-1, t.Net()-half), min(1, t.Net()+half), true
}

// Deviation is the standard deviation of the scores, as their sample tells it;
// 0 for fewer than two tags.
func (t *Tags) Deviation() float64 {
	n := float64(t.Count())
	if n < 2 {
		return 0
	}
	sum := float64(t.Score) / analyze.Unit
	return math.Sqrt(max(0, (float64(t.Squares)/(analyze.Unit*analyze.Unit)-sum*sum/n)/(n-1)))
}

// studentT returns the 97.5th percentile of Student's t distribution, which is
// within 0.001 of the true one.
func studentT(freedom int64) float64 {
	if freedom <= int64(len(percentiles)) {
		return percentiles[freedom-1]
	}
	f := float64(freedom)
	return 1.95996 + 2.3722/f + 2.8225/(f*f) // after Cornish and Fisher
}

var percentiles = [...]float64{
	12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
	2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
	2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
}

// Shares is the mean probabilities of favor, neutral and against.
func (t *Tags) Shares() (favor, neutral, against float64) {
	n := float64(2 * analyze.Unit * t.Count())
	if n == 0 {
		return 0, 0, 0
	}
	return float64(t.LikelyFavor) / n, float64(t.LikelyNeutral) / n, float64(t.LikelyAgainst) / n
}

// New returns an empty summary of the groupings.
func New(by ...By) *Summary { return Plan{By: by}.New() }

// Plan says what a summary counts besides its totals.
type Plan struct {
	By      []By
	Replies bool // who answers whom
	Words   bool // the words of each side
	Posts   bool // posts to look at
}

// New returns an empty summary.
func (p Plan) New() *Summary {
	s := &Summary{Groups: make([]Group, len(p.By))}
	for i := range p.By {
		s.Groups[i] = Group{p.By[i], map[Key]*Cell{}}
	}
	if p.Replies {
		s.Replies = Replies{}
	}
	if p.Words {
		s.Words = newWords()
	}
	if p.Posts {
		s.Posts = newPosts()
	}
	return s
}

// Add counts a result.
func (s *Summary) Add(r *analyze.Result) {
	s.Totals.add(r)
	for i := range s.Groups {
		s.add(&s.Groups[i], r)
	}
	if s.Replies != nil {
		s.Replies.add(r)
	}
	if s.Words != nil {
		s.Words.add(r)
	}
	if s.Posts != nil {
		s.Posts.add(r)
	}
}

func (t *Totals) add(r *analyze.Result) {
	p := r.Post
	if p.Index == 0 {
		t.Threads++
	}
	t.Posts++
	t.Stances += int64(len(r.Stances))
	if r.Words == 0 {
		t.NoOwnWords++
	} else if !r.English {
		t.NotEnglish++
	}
	for i := range p.Segments {
		t.Bytes[p.Segments[i].Kind] += int64(p.Segments[i].Len())
	}
	if p.Author == "" {
		t.NoAuthor++
	} else {
		insert(&t.Users, p.Author)
	}
	if !p.Time.IsZero() {
		t.date(1, p.Time.Unix(), p.Time.Unix())
	}
}

// UserCount is the number of users.
func (t *Totals) UserCount() int64 { return int64(len(t.Users)) + t.Elsewhere }

// date counts n posts between two times.
func (t *Totals) date(n, earliest, newest int64) {
	if n == 0 {
		return
	}
	if t.Dated == 0 {
		t.Earliest, t.Newest = earliest, newest
	}
	t.Dated += n
	t.Earliest = min(t.Earliest, earliest)
	t.Newest = max(t.Newest, newest)
}

// add counts a result in all cells of a grouping that it belongs to.
func (s *Summary) add(g *Group, r *analyze.Result) {
	s.facet[0] = values(s.facet[0][:0], g.By.First, g.By, r)
	s.keys = s.keys[:0]
	if g.By.Joined {
		s.facet[1] = values(s.facet[1][:0], g.By.Second, g.By, r)
		for _, first := range s.facet[0] {
			for _, second := range s.facet[1] {
				s.keys = append(s.keys, Key{first, second})
			}
		}
	} else {
		for _, first := range s.facet[0] {
			s.keys = append(s.keys, Key{First: first})
		}
	}
	for _, key := range s.keys {
		actor, hasActor := key.value(g.By, Actor)
		source, hasSource := key.value(g.By, Source)
		if hasActor && hasSource && !holds(r, stance.Source(source.Name), actor.Name) {
			continue
		}
		c := g.cell(key)
		c.addPost(r, source, hasSource)
		for i := range r.Stances {
			t := &r.Stances[i]
			if hasActor && t.Actor != actor.Name {
				continue
			}
			if hasSource && t.Holder != stance.Source(source.Name) || !hasSource && t.Holder != stance.Author {
				continue
			}
			c.tags(t.Actor).add(r, t)
		}
	}
}

// value returns the key's value of a dimension, if it has one.
func (k Key) value(by By, d Dimension) (Value, bool) {
	switch {
	case by.First == d:
		return k.First, true
	case by.Joined && by.Second == d:
		return k.Second, true
	}
	return Value{}, false
}

// values appends the values that a result has of a dimension.
func values(dst []Value, d Dimension, by By, r *analyze.Result) []Value {
	p := r.Post
	switch d {
	case User:
		return append(dst, Value{p.Author, p.Author != ""})
	case Thread:
		return append(dst, Value{r.Thread.ID, r.Thread.ID != ""})
	case Month:
		if p.Time.IsZero() {
			return append(dst, Value{})
		}
		return append(dst, Known(p.Time.UTC().Format("2006-01")))
	case Topic:
		for _, t := range r.Topics {
			dst = append(dst, Known(t.Name))
		}
		if len(dst) == 0 {
			dst = append(dst, Value{})
		}
	case Actor:
		for i := range r.Stances {
			if (r.Stances[i].Holder == stance.Author) != by.Has(Source) {
				dst = appendNew(dst, Known(r.Stances[i].Actor))
			}
		}
	case Source:
		for i := range p.Segments {
			if s := &p.Segments[i]; s.Kind == thread.News {
				dst = appendNew(dst, Value{s.Source, s.Source != ""})
			}
		}
	}
	return dst
}

func appendNew(dst []Value, v Value) []Value {
	if slices.Contains(dst, v) {
		return dst
	}
	return append(dst, v)
}

// holds reports whether a holder has a stance toward an actor.
func holds(r *analyze.Result, holder, actor string) bool {
	return slices.ContainsFunc(r.Stances, func(s stance.Stance) bool {
		return s.Holder == holder && s.Actor == actor
	})
}

func (g *Group) cell(key Key) *Cell {
	c := g.Cells[key]
	if c == nil {
		c = &Cell{}
		key.First.Name = strings.Clone(key.First.Name)
		key.Second.Name = strings.Clone(key.Second.Name)
		g.Cells[key] = c
	}
	return c
}

// addPost counts a post; for a source, only the source's part of it.
func (c *Cell) addPost(r *analyze.Result, source Value, hasSource bool) {
	p := r.Post
	c.Posts++
	if p.Author != "" {
		insert(&c.Users, p.Author)
	}
	if hasSource {
		for i := range p.Segments {
			if s := &p.Segments[i]; s.Kind == thread.News && s.Source == source.Name {
				for range strings.FieldsSeq(s.Of(p.Text)) {
					c.Words++
				}
			}
		}
		return
	}
	c.Words += int64(r.Words)
	if r.Tone != nil {
		c.Toned++
		c.Tone += fixed(r.Tone.Score, analyze.Unit)
	}
}

func (c *Cell) tags(actor string) *Tags {
	t := c.Tags[actor]
	if t == nil {
		if c.Tags == nil {
			c.Tags = map[string]*Tags{}
		}
		t = &Tags{}
		c.Tags[strings.Clone(actor)] = t
	}
	return t
}

func (t *Tags) add(r *analyze.Result, s *stance.Stance) {
	switch s.Label {
	case stance.Favor:
		t.Favor++
	case stance.Against:
		t.Against++
	default:
		t.Neutral++
	}
	score := fixed(s.Score, analyze.Unit)
	t.Score += score
	t.Squares += score * score
	favor, _, against := analyze.Shares(s)
	f, a := fixed(favor, 2*analyze.Unit), fixed(against, 2*analyze.Unit)
	t.LikelyFavor += f
	t.LikelyAgainst += a
	t.LikelyNeutral += 2*analyze.Unit - f - a
}

// fixed is x in whole units.
func fixed(x, units float64) int64 { return int64(math.Round(x * units)) }

// insert adds a name to a set, which may be nil. The set has its own copy, so
// that it does not hold the thread in memory that the name was cut from.
func insert(set *map[string]struct{}, name string) {
	if _, ok := (*set)[name]; ok {
		return
	}
	if *set == nil {
		*set = map[string]struct{}{}
	}
	(*set)[strings.Clone(name)] = struct{}{}
}

// Merge adds all that o counted. Both must count the same. o stays
// as it is and may be used further.
func (s *Summary) Merge(o *Summary) {
	s.Totals.merge(&o.Totals)
	for i := range o.Groups {
		g := &s.Groups[i]
		for key, cell := range o.Groups[i].Cells {
			g.cell(key).merge(cell)
		}
	}
	for answer, exchange := range o.Replies {
		s.Replies.count(answer, exchange)
	}
	if o.Words != nil {
		s.Words.merge(o.Words)
	}
	if o.Posts != nil {
		s.Posts.merge(o.Posts)
	}
}

func (t *Totals) merge(o *Totals) {
	t.Threads += o.Threads
	t.Posts += o.Posts
	t.NoAuthor += o.NoAuthor
	t.NotEnglish += o.NotEnglish
	t.NoOwnWords += o.NoOwnWords
	t.Stances += o.Stances
	for i, n := range o.Bytes {
		t.Bytes[i] += n
	}
	mergeSet(&t.Users, o.Users)
	t.Elsewhere += o.Elsewhere
	t.date(o.Dated, o.Earliest, o.Newest)
}

func (c *Cell) merge(o *Cell) {
	c.Posts += o.Posts
	c.Words += o.Words
	c.Toned += o.Toned
	c.Tone += o.Tone
	mergeSet(&c.Users, o.Users)
	for actor, tags := range o.Tags {
		c.tags(actor).merge(tags)
	}
}

func (t *Tags) merge(o *Tags) {
	t.Favor += o.Favor
	t.Neutral += o.Neutral
	t.Against += o.Against
	t.Score += o.Score
	t.Squares += o.Squares
	t.LikelyFavor += o.LikelyFavor
	t.LikelyNeutral += o.LikelyNeutral
	t.LikelyAgainst += o.LikelyAgainst
}

func mergeSet(set *map[string]struct{}, o map[string]struct{}) {
	if *set == nil && len(o) > 0 {
		*set = make(map[string]struct{}, len(o))
	}
	maps.Copy(*set, o)
}
