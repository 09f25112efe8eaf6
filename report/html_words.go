package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"threadstance/analyze/stance"
	"threadstance/analyze/summary"
)

// htmlWords is the words most typical of those for and against an actor.
type htmlWords struct {
	Actor          string
	Favor, Against []htmlWord
	InFavor        int64 // posts
	AreAgainst     int64
}

// htmlWord is a word typical of a camp.
type htmlWord struct {
	Word        string
	Score       string // z of the log-odds
	Here, There int64  // posts of the camp and of the other that hold it
	z           float64
}

const (
	maxWords      = 15
	minWordPosts  = 3 // posts of the camp that hold a word, at least
	minCampPosts  = 5
	maxWordActors = 8
)

// htmlWordsOf returns the typical words of each camp with posts enough, by the
// log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and
// Quinn 2008, "Fightin' Words", eq. 16 and 22). The prior is the words of all
// posts that are judged, as many of them as the smaller camp has.
func htmlWordsOf(w *summary.Words) []htmlWords {
	var list []htmlWords
	for camp := range w.Camps {
		other := summary.Camp{Actor: camp.Actor, Label: stance.Against}
		if camp.Label != stance.Favor || w.Totals[camp] < minCampPosts || w.Totals[other] < minCampPosts {
			continue
		}
		h := htmlWords{Actor: camp.Actor, InFavor: w.Totals[camp], AreAgainst: w.Totals[other]}
		favor, against := w.Camps[camp], w.Camps[other]
		h.Favor = typical(favor, against, w.All)
		h.Against = typical(against, favor, w.All)
		if len(h.Favor)+len(h.Against) > 0 {
			list = append(list, h)
		}
	}
	slices.SortFunc(list, func(a, b htmlWords) int {
		return cmp.Or(cmp.Compare(b.InFavor+b.AreAgainst, a.InFavor+a.AreAgainst), strings.Compare(a.Actor, b.Actor))
	})
	return list[:min(len(list), maxWordActors)]
}

// typical returns the words that one camp has more often than the other,
// beyond chance; of hundreds of words that are tried some would be by chance
// alone, were each judged by itself.
func typical(here, there, all map[string]summary.WordCount) []htmlWord {
	sum := func(counts map[string]summary.WordCount) (n float64) {
		for _, x := range counts {
			n += float64(x.Uses)
		}
		return n
	}
	inHere, inThere := sum(here), sum(there)
	prior := min(inHere, inThere)
	share := prior / sum(all)
	var list []htmlWord
	var ps []float64
	chance := func(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) } // both tails
	for word, n := range here {
		if n.Posts < minWordPosts {
			continue
		}
		z := logOdds(float64(n.Uses), inHere, float64(there[word].Uses), inThere, share*float64(all[word].Uses), prior)
		if math.IsNaN(z) { // there is no other word
			continue
		}
		ps = append(ps, chance(z))
		list = append(list, htmlWord{word, decimal(z), n.Posts, there[word].Posts, z})
	}
	limit := discoveries(ps)
	list = slices.DeleteFunc(list, func(w htmlWord) bool { return w.z <= 0 || chance(w.z) > limit })
	slices.SortFunc(list, func(a, b htmlWord) int {
		return cmp.Or(cmp.Compare(b.z, a.z), strings.Compare(a.Word, b.Word))
	})
	return list[:min(len(list), maxWords)]
}

// logOdds is the z-score of the log-odds ratio of a word that stands a times
// among n words of one camp and b times among m of the other, with a prior of
// alpha among total.
func logOdds(a, n, b, m, alpha, total float64) float64 {
	odds := func(count, words float64) float64 {
		return math.Log((count + alpha) / (words + total - count - alpha))
	}
	return (odds(a, n) - odds(b, m)) / math.Sqrt(1/(a+alpha)+1/(b+alpha))
}
