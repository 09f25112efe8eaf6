package stance

import (
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"
	"strings"
	"testing"

	"threadstance/analyze/linear"
	"threadstance/analyze/mention"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

type loaded struct {
	linear.Example
	set, target string
}

func load(t *testing.T, set string, f *extractor) []loaded {
	lex := lexicon.Default()
	f.lex = lex
	var doc token.Scanner
	var tagger token.Tagger
	finder := mention.NewFinder(lex)
	matcher := NewMatcher(lex)
	var out []loaded
	for th, err := range thread.Read([]string{"/work/shared/data/" + set + ".jsonl"}, thread.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range th.Posts {
			p := &th.Posts[i]
			doc.Reset(lex, p.Text)
			doc.Scan(thread.Span{Start: 0, End: len(p.Text)}, 0)
			gold := p.Targets
			if p.Labels != nil {
				gold = append(gold, p.Labels.Stance...)
			}
			p.Targets = gold
			ms := finder.Find(&doc, gold)
			tagged := -1
			for _, m := range ms {
				if m.Sentence != tagged {
					tagged = m.Sentence
					s := doc.Sentences[m.Sentence]
					tagger.Tag(p.Text, doc.Tokens[s.First:s.Last])
				}
			}
			p.Segments = []thread.Segment{{Kind: thread.Own, Span: thread.Span{Start: 0, End: len(p.Text)}, QuoteOf: thread.None}}
			in := &Input{Lexicon: lex, Post: p, Doc: &doc, Mentions: ms, Decoys: finder.Decoys, Title: th.Title}
			if len(p.Context) > 0 {
				in.Parent = p.Context[len(p.Context)-1]
			}
			hits := matcher.Hits(in)
			for k, g := range gold {
				target := mention.Resolve(lex, &gold[k])
				if target < 0 {
					target = len(lex.Actors) + k
				}
				want, ok := ParseLabelX(g.Label)
				if !ok {
					continue
				}
				v := f.extract(in, hits, target, func(int) bool { return true })
				e := loaded{set: set, target: g.Name}
				e.Index = append([]uint32(nil), v.Index...)
				e.Value = append([]float32(nil), v.Value...)
				e.Class = int(want)
				e.Weight = 1
				out = append(out, e)
			}
		}
	}
	return out
}

func ParseLabelX(name string) (Label, bool) {
	switch name {
	case "neutral":
		return Neutral, true
	case "favor":
		return Favor, true
	case "against":
		return Against, true
	}
	return 0, false
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

func env(name string, v float64) float64 {
	if s := os.Getenv(name); s != "" {
		v, _ = strconv.ParseFloat(s, 64)
	}
	return v
}

func TestExp(t *testing.T) {
	f := &extractor{skip: map[string]bool{}}
	for _, s := range strings.Split(os.Getenv("SKIP"), ",") {
		f.skip[s] = true
	}
	sets := strings.Split(os.Getenv("TRAIN"), ",")
	if os.Getenv("TRAIN") == "" {
		sets = []string{"forum", "newsmtsc", "mtcsd", "pstance"}
	}
	weights := map[string]float64{"forum": env("WF", 2), "newsmtsc": env("WN", 1), "mtcsd": env("WM", 1.5), "pstance": env("WP", 0.7)}
	var train []linear.Example
	for _, s := range sets {
		for _, e := range load(t, s+"/train", f) {
			e.Weight = weights[s]
			train = append(train, e.Example)
		}
	}
	nnz := 0
	for _, e := range train {
		nnz += len(e.Index)
	}
	fmt.Printf("examples %d nnz/ex %d\n", len(train), nnz/len(train))
	devs := map[string][]loaded{}
	for _, cfg := range strings.Split(os.Getenv("CFG"), ";") {
		o := linear.Options{Classes: 3, L2: 1e-5, Prior: 1, Power: 1, Rate: 0.03, Passes: 6, MinCount: 2}
		for _, kv := range strings.Fields(cfg) {
			k, v, _ := strings.Cut(kv, "=")
			x, _ := strconv.ParseFloat(v, 64)
			switch k {
			case "l2":
				o.L2 = x
			case "prior":
				o.Prior = x
			case "power":
				o.Power = x
			case "rate":
				o.Rate = x
			case "min":
				o.MinCount = int(x)
			case "passes":
				o.Passes = int(x)
			}
		}
		fmt.Println("=====", cfg)
		w, err := linear.Train(train, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{"forum/dev", "newsmtsc/dev-mt", "newsmtsc/dev-rw", "mtcsd/dev", "pstance/dev"} {
			if devs[s] == nil {
				devs[s] = load(t, s, f)
			}
			dev := devs[s]
			probs := make([][3]float64, len(dev))
			for i := range dev {
				w.Logits(&dev[i].Vector, probs[i][:])
				linear.Softmax(probs[i][:])
			}
			var conf [3][3]int
			byTarget := map[string]*[3][3]int{}
			for i := range dev {
				l := 0
				for c := range 3 {
					if probs[i][c] > probs[i][l] {
						l = c
					}
				}
				if s == "pstance/dev" {
					l = 1
					if probs[i][2] > probs[i][1] {
						l = 2
					}
					if byTarget[dev[i].target] == nil {
						byTarget[dev[i].target] = &[3][3]int{}
					}
					byTarget[dev[i].target][dev[i].Class][l]++
				}
				conf[dev[i].Class][l]++
			}
			x := f1s(conf)
			fmt.Printf("%-16s n=%d neutral %.1f favor %.1f against %.1f macro3 %.1f meanFA %.1f", s, len(dev), x[0], x[1], x[2], (x[0]+x[1]+x[2])/3, (x[1]+x[2])/2)
			// oracle thresholds
			best, bt := 0.0, [2]float64{}
			for _, a := range []float64{0.7, 1, 1.3, 1.6, 2, 2.5, 3, 4} {
				for _, b := range []float64{0.7, 1, 1.3, 1.6, 2, 2.5} {
					var c [3][3]int
					for i := range dev {
						q := [3]float64{probs[i][0], probs[i][1] * a, probs[i][2] * b}
						l := 0
						for k := range 3 {
							if q[k] > q[l] {
								l = k
							}
						}
						c[dev[i].Class][l]++
					}
					y := f1s(c)
					if m := (y[0] + y[1] + y[2]) / 3; m > best {
						best, bt = m, [2]float64{a, b}
					}
				}
			}
			fmt.Printf(" | best macro3 %.1f at %v", best, bt)
			names := []string{}
			for n := range byTarget {
				names = append(names, n)
			}
			sort.Strings(names)
			for _, n := range names {
				y := f1s(*byTarget[n])
				fmt.Printf(" | %s %.1f", n, (y[1]+y[2])/2)
			}
			fmt.Println()
		}
	}
	_ = math.Abs
}
