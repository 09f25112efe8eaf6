package stance

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"math"
	"os"
	"path/filepath"
	"sort"
	"testing"

	"gonum.org/v1/gonum/optimize"

	"threadstance/analyze/mention"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/read"
)

var (
	fitPath   = flag.String("fit", "", "labelled `FILE`s to fit weights.go to, separated by commas")
	tryPath   = flag.String("try", "", "labelled `FILE` to print figures of")
	fitStiff  = flag.Float64("stiff", 15, "penalty on cues' weights that leave the prior")
	tryErrors = flag.Int("errors", 0, "print `N` errors of -try")
)

// row is one gold label with what the rules see of it.
type row struct {
	f     features
	label Label
	post  *thread.Post
	actor string
	s     Stance
	spoke bool
}

func labelOf(name string) Label {
	switch name {
	case "favor":
		return Favor
	case "against":
		return Against
	}
	return Neutral
}

// reader runs the stages before stance.
type reader struct {
	lex    *lexicon.Lexicon
	doc    token.Scanner
	finder *mention.Finder
	tagger token.Tagger
}

func newReader() *reader {
	lex := lexicon.Default()
	return &reader{lex: lex, finder: mention.NewFinder(lex)}
}

func (r *reader) read(post *thread.Post) *Input {
	r.doc.Reset(r.lex, post.Text)
	for i, s := range post.Segments {
		if s.Kind == thread.Own || s.Kind == thread.News {
			r.doc.Scan(s.Span, i)
		}
	}
	in := &Input{Lexicon: r.lex, Post: post, Doc: &r.doc, Mentions: r.finder.Find(&r.doc, post.Targets)}
	last := -1
	for i := range in.Mentions {
		if s := in.Mentions[i].Sentence; s != last {
			r.tagger.Tag(post.Text, r.doc.Tokens[r.doc.Sentences[s].First:r.doc.Sentences[s].Last])
			last = s
		}
	}
	return in
}

func ownWords(text string) *thread.Post {
	return &thread.Post{ReplyTo: thread.None, Text: text, Segments: []thread.Segment{{Kind: thread.Own, Span: thread.Span{Start: 0, End: len(text)}, QuoteOf: thread.None}}}
}

func loadRows(t testing.TB, path string) []row {
	t.Helper()
	var rows []row
	r := newReader()
	rules := NewRules(r.lex)
	for th, err := range read.Paths([]string{path}, read.Options{Format: "jsonl"}) {
		if err != nil {
			t.Fatal(err)
		}
		for i := range th.Posts {
			p := &th.Posts[i]
			if p.Labels == nil && len(p.Targets) == 0 {
				continue
			}
			p.Segments = ownWords(p.Text).Segments
			gold := []thread.Target(nil)
			if p.Labels != nil {
				gold = p.Labels.Stance
			}
			gold = append(gold, p.Targets...)
			if p.Labels != nil && len(p.Labels.Stance) > 0 {
				p.Targets = append([]thread.Target(nil), p.Labels.Stance...)
			}
			in := r.read(p)
			rules.listHits(in)
			rules.voices.list(in)
			author := rules.voices.author()
			rules.listTones(in, author)
			rules.listSpoken(in, author)
			for k := range gold {
				if gold[k].Label == "" {
					continue
				}
				actor := mention.Resolve(r.lex, &gold[k])
				if actor < 0 {
					actor = len(r.lex.Actors) + k
				}
				x := row{label: labelOf(gold[k].Label), post: p, actor: gold[k].Name, s: Stance{Holder: Author}}
				if x.spoke = len(rules.spoken[actor]) > 0; x.spoke {
					rules.collect(in, author, actor)
					x.f = rules.features
				} else {
					x.f[bias], x.f[absent] = 1, 1
				}
				rules.judge(in, &x.f, &x.s)
				rows = append(rows, x)
			}
		}
	}
	return rows
}

type tally struct{ tp, fp, fn [3]float64 }

func (s *tally) add(gold, got Label) {
	if gold == got {
		s.tp[gold]++
	} else {
		s.fp[got]++
		s.fn[gold]++
	}
}

func (s *tally) f1(l Label) float64 {
	if s.tp[l] == 0 {
		return 0
	}
	return 100 * 2 * s.tp[l] / (2*s.tp[l] + s.fp[l] + s.fn[l])
}

func (s *tally) macro() float64 { return (s.f1(0) + s.f1(1) + s.f1(2)) / 3 }

func (s *tally) String() string {
	return fmt.Sprintf("macro F1 %.1f (favor %.1f, against %.1f, neutral %.1f)", s.macro(), s.f1(Favor), s.f1(Against), s.f1(Neutral))
}

// trust is what is expected of each sort of cue before any data is seen: how
// far one of full effect moves the odds of its side. Cues that hardly occur in
// the data keep it.
var trust = map[feature]float64{
	subjectCue: 1.8, objectCue: 1.5, tiedCue: 0.8, describedCue: 2.4, ownerCue: 1.6, phraseCue: 2.6, otherCue: 0.8, nameCue: 2,
	saidTone: 0.8, nearTone: 0.4, farTone: 0.2, postTone: 0.1,
}

// fit fits the multinomial logistic model by maximum likelihood with an L2
// penalty on what leaves the prior.
func fit(rows []row, penalty float64) [3]features {
	n := int(numFeatures)
	x0 := make([]float64, 3*n)
	stiff := make([]float64, 3*n)
	for i := range stiff {
		stiff[i] = penalty
	}
	for g, t := range trust {
		for side := range 2 {
			i := int(g) + side
			x0[int(Favor)*n+i], x0[int(Against)*n+i] = t*0.9, -t*0.6
			if side == 1 {
				x0[int(Favor)*n+i], x0[int(Against)*n+i] = -t*0.6, t*0.9
			}
			x0[i] = -t * 0.5
			for l := range 3 {
				stiff[l*n+i] = *fitStiff
			}
		}
	}
	for l := range 3 {
		stiff[l*n+int(people)] = 100 // the forum's few labels of persons say little of persons elsewhere
	}
	prior := append([]float64(nil), x0...)
	eval := func(x, grad []float64) float64 {
		loss := 0.0
		for i := range grad {
			grad[i] = 2 * stiff[i] * (x[i] - prior[i])
		}
		for i := range x {
			loss += stiff[i] * (x[i] - prior[i]) * (x[i] - prior[i])
		}
		for k := range rows {
			var z [3]float64
			for l := range 3 {
				for i, v := range rows[k].f {
					z[l] += x[l*n+i] * v
				}
			}
			top := max(z[0], z[1], z[2])
			sum := 0.0
			for l := range 3 {
				z[l] = math.Exp(z[l] - top)
				sum += z[l]
			}
			loss -= math.Log(z[rows[k].label] / sum)
			if grad != nil {
				for l := range 3 {
					d := z[l] / sum
					if Label(l) == rows[k].label {
						d--
					}
					for i, v := range rows[k].f {
						grad[l*n+i] += d * v
					}
				}
			}
		}
		return loss
	}
	problem := optimize.Problem{
		Func: func(x []float64) float64 { return eval(x, nil) },
		Grad: func(grad, x []float64) { eval(x, grad) },
	}
	result, _ := optimize.Minimize(problem, x0, &optimize.Settings{MajorIterations: 150, GradientThreshold: 1e-3}, &optimize.LBFGS{})
	var w [3]features
	for l := range 3 {
		copy(w[l][:], result.X[l*n:])
	}
	return w
}

func predict(w *[3]features, f *features) (p [3]float64) {
	saved := weights
	weights = *w
	p = probabilities(f)
	weights = saved
	return p
}

// bestLift returns the lifts that give the highest macro F1 on held-out
// probabilities.
func bestLift(rows []row, p [][3]float64) ([3]float64, *tally) {
	saved := lift
	defer func() { lift = saved }()
	var best [3]float64
	var most *tally
	for favor := 1.0; favor <= 5; favor *= 1.1 {
		for against := 1.0; against <= 3; against *= 1.1 {
			lift = [3]float64{1, favor, against}
			var s tally
			for k := range rows {
				s.add(rows[k].label, choose(p[k]))
			}
			if most == nil || s.macro() > most.macro() {
				most, best = &s, lift
			}
		}
	}
	return best, most
}

func crossValidate(rows []row, penalty float64) ([3]float64, *tally, float64) {
	const folds = 5
	p := make([][3]float64, len(rows))
	for fold := range folds {
		var train []row
		for k := range rows {
			if k%folds != fold {
				train = append(train, rows[k])
			}
		}
		w := fit(train, penalty)
		for k := range rows {
			if k%folds == fold {
				p[k] = predict(&w, &rows[k].f)
			}
		}
	}
	best, s := bestLift(rows, p)
	return best, s, calibrationError(rows, p)
}

func calibrationError(rows []row, p [][3]float64) float64 {
	var n, sure, right [10]float64
	for k := range rows {
		l := choose(p[k])
		b := min(9, int(p[k][l]*10))
		n[b]++
		sure[b] += p[k][l]
		if l == rows[k].label {
			right[b]++
		}
	}
	e := 0.0
	for b := range n {
		e += math.Abs(sure[b] - right[b])
	}
	return e / float64(len(rows))
}

// TestFit fits weights.go anew.
func TestFit(t *testing.T) {
	if *fitPath == "" {
		t.Skip("needs -fit")
	}
	rows := loadRows(t, *fitPath)
	const penalty = 2
	best, s, ece := crossValidate(rows, penalty)
	t.Logf("%d labels, cross-validated: %v, calibration error %.3f, lift %.2f", len(rows), s, ece, best)
	w := fit(rows, penalty)
	var b bytes.Buffer
	fmt.Fprintf(&b, `package stance

// weights is how much each feature speaks for neutral, favor and against: a
// multinomial logistic model, so that its probabilities are calibrated. On
// the %d labels that it was fitted to, cross-validated, it has
// %v and a calibration error of %.3f.
// Made by
//
//	go test ./analyze/stance -run TestFit -fit %s
var weights = [3]features{
`, len(rows), s, ece, "../../"+rel(*fitPath))
	for l := range w {
		b.WriteString("\t{")
		for i, v := range w[l] {
			if i%8 == 0 {
				b.WriteString("\n\t\t")
			}
			fmt.Fprintf(&b, "%.3f, ", v)
		}
		b.WriteString("\n\t},\n")
	}
	fmt.Fprintf(&b, `}

// lift is how many times its probability a label counts when one is chosen:
// what gave the highest macro F1 on held-out folds.
var lift = [3]float64{%.2f, %.2f, %.2f}
`, best[0], best[1], best[2])
	source, err := format.Source(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("weights.go", source, 0o644); err != nil {
		t.Fatal(err)
	}
	for i := range w[0] {
		t.Logf("%2d %7.2f %7.2f %7.2f", i, w[0][i], w[1][i], w[2][i])
	}
}

func rel(path string) string {
	if i := bytes.Index([]byte(path), []byte("shared/")); i >= 0 {
		return "../" + path[i:]
	}
	return filepath.Base(path)
}

// TestTry prints the figures of a labelled file.
func TestTry(t *testing.T) {
	if *tryPath == "" {
		t.Skip("needs -try")
	}
	rows := loadRows(t, *tryPath)
	p := make([][3]float64, len(rows))
	var all tally
	by := map[string]*tally{}
	spoke := 0
	var judged tally
	for k := range rows {
		p[k] = probabilities(&rows[k].f)
		judged.add(rows[k].label, rows[k].s.Label)
		all.add(rows[k].label, choose(p[k]))
		if by[rows[k].actor] == nil {
			by[rows[k].actor] = &tally{}
		}
		by[rows[k].actor].add(rows[k].label, choose(p[k]))
		if rows[k].spoke {
			spoke++
		}
	}
	t.Logf("with evidence: %v", &judged)
	t.Logf("%s: %d labels, %d spoken of: %v, calibration error %.3f", *tryPath, len(rows), spoke, &all, calibrationError(rows, p))
	var names []string
	for n := range by {
		names = append(names, n)
	}
	sort.Strings(names)
	if len(names) < 12 {
		for _, n := range names {
			t.Logf("  %-8s %v", n, by[n])
		}
	}
	if *tryErrors > 0 {
		var wrong []int
		for k := range rows {
			if choose(p[k]) != rows[k].label {
				wrong = append(wrong, k)
			}
		}
		sort.SliceStable(wrong, func(a, b int) bool {
			return p[wrong[a]][rows[wrong[a]].label] < p[wrong[b]][rows[wrong[b]].label]
		})
		for n, k := range wrong {
			if n >= *tryErrors {
				break
			}
			x := &rows[k]
			text := x.post.Text
			if len(text) > 900 {
				text = text[:900] + " …"
			}
			t.Logf("\n=== %s gold %v, got %v (%.2f)\n%s", x.actor, x.label, choose(p[k]), p[k], text)
			for _, e := range x.s.Evidence {
				t.Logf("    %+.2f %q %s", e.Weight, e.Of(x.post.Text), e.Why)
			}
		}
	}
}
