package train

import (
	"fmt"
	"os"
	"testing"

	"threadstance/analyze"
	"threadstance/analyze/stance"
	"threadstance/lexicon"
	"threadstance/thread"
)

func TestTry(t *testing.T) {
	for _, set := range []string{"forum/dev", "newsmtsc/dev-mt", "newsmtsc/dev-rw", "mtcsd/dev", "pstance/dev"} {
		lex := lexicon.Default()
		a, err := analyze.New(lex, analyze.Options{Stance: os.Getenv("ENGINE")})
		if err != nil {
			t.Fatal(err)
		}
		w := a.Worker()
		var conf [3][3]int
		by := map[string]*[3][3]int{}
		n, ece := 0, [10][3]float64{}
		for th, err := range thread.Read([]string{"/work/shared/data/" + set + ".jsonl"}, thread.Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			AskGold(th)
			w.Thread(th, func(r *analyze.Result) bool {
				for i := range r.Stances {
					s := &r.Stances[i]
					if s.Holder != stance.Author {
						continue
					}
					g, ok := Gold(lex, r.Post, s)
					if !ok {
						continue
					}
					n++
					l := s.Label
					b := min(9, int(s.Confidence*10))
					ece[b][0]++
					ece[b][1] += s.Confidence
					if l == g {
						ece[b][2]++
					}
					if set == "pstance/dev" {
						l = stance.Favor
						if s.Score < 0 {
							l = stance.Against
						}
						if by[s.Actor] == nil {
							by[s.Actor] = &[3][3]int{}
						}
						by[s.Actor][g][l]++
					}
					conf[g][l]++
				}
				return true
			})
		}
		x := f1s(conf)
		e := 0.0
		for _, b := range ece {
			e += max(b[1]-b[2], b[2]-b[1]) / float64(n)
		}
		fmt.Printf("%-16s n=%d neutral %.1f favor %.1f against %.1f macro3 %.1f meanFA %.1f ECE %.3f %v", set, n, x[0], x[1], x[2], (x[0]+x[1]+x[2])/3, (x[1]+x[2])/2, e, conf)
		for _, k := range []string{"Trump", "Biden"} {
			if c := by[k]; c != nil {
				y := f1s(*c)
				fmt.Printf(" %s %.1f", k, (y[1]+y[2])/2)
			}
		}
		fmt.Println()
	}
}

func f1s(conf [3][3]int) [3]float64 {
	var out [3]float64
	for l := range 3 {
		tp := conf[l][l]
		fp, fn := 0, 0
		for k := range 3 {
			if k != l {
				fp += conf[k][l]
				fn += conf[l][k]
			}
		}
		if 2*tp+fp+fn > 0 {
			out[l] = 200 * float64(tp) / float64(2*tp+fp+fn)
		}
	}
	return out
}
