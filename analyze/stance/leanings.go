package stance

import (
	"math"

	"threadstance/analyze/linear"
	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// leaning is how often words lean to the sides of an actor.
type leaning struct{ favor, against float64 }

func (l *leaning) add(against bool) {
	if against {
		l.against++
	} else {
		l.favor++
	}
}

// bucket numbers the differences between the sides from −3 to 3.
func (l leaning) bucket() uint32 { return uint32(int(max(-3, min(3, l.favor-l.against))) + 3) }

// leaned is a word or phrase of a text that leans to a side of an actor.
type leaned struct {
	*lexicon.Leaning
	first, last int    // tokens, half open
	hash        uint32 // of its words
}

// lean finds the words and phrases of a text that lean.
func (f *extractor) lean(in *Input) {
	doc := in.Doc
	f.leaned, f.leansFrom = f.leaned[:0], f.leansFrom[:0]
	for si := range doc.Sentences {
		s := doc.Sentences[si]
		f.leansFrom = append(f.leansFrom, len(f.leaned))
		for i := s.First; i < s.Last; i++ {
			first, second := doc.Tokens[i].Word, lexicon.Word(0)
			if i+1 < s.Last {
				second = doc.Tokens[i+1].Word
			}
			if !in.Lexicon.Leans(first, second) {
				continue
			}
			alone, longer := in.Lexicon.Leanings(first, second)
			for _, list := range [...][]*lexicon.Leaning{longer, alone} {
				for _, l := range list {
					if token.Begin(doc.Tokens[i:s.Last], l.Words) {
						hash := uint32(1)
						for k := range l.Words {
							hash = linear.Mix(hash, linear.Hash(doc.Tokens[i+k].Norm))
						}
						f.leaned = append(f.leaned, leaned{l, i, i + len(l.Words), hash})
					}
				}
			}
		}
	}
	f.leansFrom = append(f.leansFrom, len(f.leaned))
}

// leanings adds the words and phrases by which the sides of an actor are known,
// whatever is said of him in their sentence: who speaks of mass graves is
// seldom for the regime that dug them. Those of the target are features each
// and by their numbers, in the text and in the sentences that name the target;
// those of the other actors by their numbers.
func (f *extractor) leanings(in *Input, who *voice, actor int, name uint32) {
	f.leans = resize(f.leans, len(in.Lexicon.Actors)+len(in.Post.Targets))
	var named leaning // in the sentences that name the target
	for _, si := range who.sentences {
		for _, l := range f.leaned[f.leansFrom[si]:f.leansFrom[si+1]] {
			f.leans[l.Actor].add(l.Against)
			if l.Actor != actor {
				continue
			}
			f.bag.On(l.first, l.last)
			f.add(linear.Mix(kindLeaning^2, name), l.hash)
			side := uint32(0)
			if l.Against {
				side = 1
			}
			f.add(linear.Mix(kindLeaning^3, name), side)
			f.add(kindLeaning^3, side)
			if f.names(in.Doc.Sentences[si]) {
				named.add(l.Against)
			}
		}
	}
	f.bag.OnNone()
	f.end(groupLeanings)
	for k, l := range [...]leaning{named, f.leans[actor]} {
		kind := linear.Mix(kindLeaning, uint32(k))
		for side, n := range [...]float64{l.favor, l.against} {
			kind := linear.Mix(kind, uint32(side))
			for _, kind := range [...]uint32{kind, linear.Mix(kind, name)} {
				f.add(kind, uint32(min(n, 4)))
				f.addValue(kind, float32(math.Log1p(n)))
			}
		}
		f.add(linear.Mix(kind, 2), l.bucket())
		f.add(linear.Mix(linear.Mix(kind, 2), name), l.bucket())
	}
	f.end(groupLeans)
	for other, l := range f.leans {
		if other == actor || l == (leaning{}) {
			continue
		}
		kind := linear.Mix(linear.Mix(kindLeaning^1, linear.Hash(in.ActorName(other))), name)
		f.addValue(linear.Mix(kind, 0), float32(math.Log1p(l.favor)))
		f.addValue(linear.Mix(kind, 1), float32(math.Log1p(l.against)))
		f.add(linear.Mix(kind, 2), l.bucket())
	}
	f.end(groupOtherLeans)
}
