package stance

import (
	"slices"

	"threadstance/thread"
)

// voice is one of those whose words a post holds, and where they stand.
type voice struct {
	name      string // as Stance.Holder has it
	sentences []int
	parts     []part // their tokens, a part for each segment
	mentions  []int
}

// part is a run of tokens, half open. What stands between two parts of a voice
// are others' words.
type part struct{ first, last int }

// voices are those of a post: the author, then the sources that speak of anyone,
// in the order in which they do. All that is judged of a voice goes through its own
// words alone: a post may hold thousands of them.
type voices struct {
	all       []voice
	named     map[string]int // the places in all
	ofSegment []int          // by segment: whose words it is, or thread.None
}

func (v *voices) author() *voice { return &v.all[0] }

// list lists the voices of a post.
func (v *voices) list(in *Input) {
	v.all = v.all[:0]
	v.named = map[string]int{}
	v.add(Author)
	for i := range in.Mentions {
		name := segmentHolder(in, in.Doc.Sentences[in.Mentions[i].Sentence].Segment)
		if _, ok := v.named[name]; !ok && name != "" {
			v.add(name)
		}
	}
	v.ofSegment = v.ofSegment[:0]
	for i := range in.Post.Segments {
		at, ok := v.named[segmentHolder(in, i)]
		if !ok {
			at = thread.None
		}
		v.ofSegment = append(v.ofSegment, at)
	}
	v.listSentences(in)
	for i := range in.Mentions {
		if at := v.ofSegment[in.Doc.Sentences[in.Mentions[i].Sentence].Segment]; at != thread.None {
			v.all[at].mentions = append(v.all[at].mentions, i)
		}
	}
}

// add adds a voice, in the memory of one that was there before.
func (v *voices) add(name string) {
	n := len(v.all)
	v.named[name] = n
	v.all = slices.Grow(v.all, 1)[:n+1]
	who := &v.all[n]
	*who = voice{name, who.sentences[:0], who.parts[:0], who.mentions[:0]}
}

// listSentences gives each voice its sentences.
func (v *voices) listSentences(in *Input) {
	segment := thread.None
	for i, s := range in.Doc.Sentences {
		begins := s.Segment != segment
		segment = s.Segment
		at := v.ofSegment[segment]
		if at == thread.None {
			continue
		}
		who := &v.all[at]
		who.sentences = append(who.sentences, i)
		if begins {
			who.parts = append(who.parts, part{s.First, s.Last})
		}
		who.parts[len(who.parts)-1].last = s.Last
	}
}

// segmentHolder returns whose words a segment is, "" where they are nobody's here.
func segmentHolder(in *Input, index int) string {
	segment := &in.Post.Segments[index]
	switch segment.Kind {
	case thread.Own:
		return Author
	case thread.News:
		return Source(segment.Source)
	}
	return ""
}
