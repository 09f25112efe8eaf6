package stance

import (
	"flag"
	"sort"
	"testing"

	"threadstance/analyze/mention"
	"threadstance/thread"
)

var statPath = flag.String("stat", "", "labelled `FILE` to print how well each cue does on")

func TestStat(t *testing.T) {
	if *statPath == "" {
		t.Skip("needs -stat")
	}
	type stat struct {
		n    [2][3]int
		sum  float64
		kind CueKind
	}
	stats := map[string]*stat{}
	r := newReader()
	m := NewMatcher(r.lex)
	for th, err := range thread.Read([]string{*statPath}, thread.Options{Format: "jsonl"}) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range th.Posts {
			p := &th.Posts[i]
			if p.Labels == nil {
				continue
			}
			p.Segments = ownWords(p.Text).Segments
			in := r.read(p)
			hits := m.Hits(in)
			for _, g := range p.Labels.Stance {
				actor := mention.Resolve(r.lex, &g)
				for _, h := range hits {
					if in.Mentions[h.Mention].Actor != actor || h.Effect == 0 || h.Kind == ToneCue && h.Role == Near {
						continue
					}
					key := roleNames[h.Role] + "|" + h.Cue
					s := stats[key]
					if s == nil {
						s = &stat{kind: h.Kind}
						stats[key] = s
					}
					k := 0
					if h.Effect < 0 {
						k = 1
					}
					s.n[k][labelOf(g.Label)]++
				}
			}
		}
	}
	var keys []string
	for k := range stats {
		keys = append(keys, k)
	}
	total := func(s *stat) int {
		n := 0
		for k := range 2 {
			for l := range 3 {
				n += s.n[k][l]
			}
		}
		return n
	}
	sort.Slice(keys, func(a, b int) bool { return total(stats[keys[a]]) > total(stats[keys[b]]) })
	for i, k := range keys {
		if i > 420 {
			break
		}
		s := stats[k]
		t.Logf("%s %-50.50s  +: n%d f%d a%d   -: n%d f%d a%d", kindNames[s.kind], k, s.n[0][0], s.n[0][1], s.n[0][2], s.n[1][0], s.n[1][1], s.n[1][2])
	}
}
