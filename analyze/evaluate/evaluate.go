package evaluate

import (
	"cmp"
	"fmt"
	"slices"
	"sort"

	"threadstance/analyze"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/stance"
	"threadstance/analyze/train"
	"threadstance/lexicon"
	"threadstance/thread"
)

// Options say how labelled data is scored.
type Options struct {
	By     string // a field of the records by whose values the figures are split as well
	Errors int    // how many of the most confident mistakes are kept
}

// Report is the figures of one run.
type Report struct {
	Stance []Group   `json:"stance,omitempty"` // of all labels, then of each target, then of each value of the field
	Tone   []Group   `json:"tone,omitempty"`
	Errors []Mistake `json:"errors,omitempty"`
}

// Group is the figures of a part of the rows.
type Group struct {
	Name        string        `json:"name"`
	Count       int           `json:"n"`
	Labels      []LabelFigure `json:"labels"`
	MacroF1     Figure        `json:"macro_f1"`
	SidesF1     Figure        `json:"sides_f1"` // of favor and against, or positive and negative
	MacroRecall Figure        `json:"macro_recall"`
	Accuracy    Figure        `json:"accuracy"`
	Kappa       Figure        `json:"kappa"`
	// SignF1 is macro F1 of the sides with neutral read by the score's sign, as
	// sets without neutral are scored; none where the rows have neutral.
	SignF1 *Figure `json:"sign_f1,omitempty"`
	// Of stance alone: tone has a score and no probabilities.
	CalibrationError float64 `json:"calibration_error,omitempty"`
	Reliability      []Bin   `json:"reliability,omitempty"`
	// The mean error of a label's share over groups of 50 rows, by summed
	// probabilities, as the tables do, and by counted labels; 0 with fewer rows.
	Prevalence      float64 `json:"prevalence_error,omitempty"`
	PrevalenceCount float64 `json:"prevalence_error_counted,omitempty"`
	Floors          []Floor `json:"floors"`
}

// Figure is a figure with its 95 % interval.
type Figure struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// LabelFigure is the figures of one label.
type LabelFigure struct {
	Label     string `json:"label"`
	Count     int    `json:"n"`
	Precision Figure `json:"precision"`
	Recall    Figure `json:"recall"`
	F1        Figure `json:"f1"`
}

// Floor is how well a simple way does on the same rows.
type Floor struct {
	Name        string  `json:"name"`
	MacroF1     float64 `json:"macro_f1"`
	SidesF1     float64 `json:"sides_f1"`
	MacroRecall float64 `json:"macro_recall"`
	Accuracy    float64 `json:"accuracy"`
}

// Mistake is a label that is wrong.
type Mistake struct {
	ID         string   `json:"id"`
	Target     string   `json:"target,omitempty"`
	Gold       string   `json:"gold"`
	Label      string   `json:"label"`
	Confidence float64  `json:"confidence"`
	Text       string   `json:"text"`
	Evidence   []string `json:"evidence"`
}

// judged is a row with what the floors say of it.
type judged struct {
	Row
	target string
	field  string
	sign   int    // the label that the score's sign says
	floors [2]int // the sign of the sentiment, and of cdipaolo's
}

// Evaluator gathers the rows of labelled threads.
type Evaluator struct {
	lex     *lexicon.Lexicon
	worker  *analyze.Worker
	tone    sentiment.Engine // floors
	bayes   sentiment.Engine
	options Options
	stances []judged
	tones   []judged
	errors  []Mistake
	posts   int // so far
}

// New returns an evaluator of an analyzer's answers.
func New(lex *lexicon.Lexicon, a *analyze.Analyzer, options Options) (*Evaluator, error) {
	bayes, err := sentiment.NewBayes()
	if err != nil {
		return nil, err
	}
	return &Evaluator{lex: lex, worker: a.Worker(), tone: sentiment.NewRules(lex), bayes: bayes, options: options}, nil
}

// Add analyzes a labelled thread. It returns how many labels it had.
func (e *Evaluator) Add(t *thread.Thread) int {
	train.AskGold(t)
	before := len(e.stances) + len(e.tones)
	e.worker.Thread(t, func(r *analyze.Result) bool {
		e.result(r)
		return true
	})
	return len(e.stances) + len(e.tones) - before
}

// result adds the rows of an analyzed post: its stances toward what was labelled,
// and its tone.
func (e *Evaluator) result(r *analyze.Result) {
	p := r.Post
	e.posts++
	field := ""
	if p.Labels != nil && e.options.By != "" {
		field = p.Labels.Fields[e.options.By]
	}
	var floors [2]int
	for i, engine := range []sentiment.Engine{e.tone, e.bayes} {
		score, _ := engine.Judge(e.worker.Doc(), e.worker.Doc().Sentences)
		floors[i] = sideOf(score)
	}
	for i := range r.Stances {
		s := &r.Stances[i]
		if s.Holder != stance.Author {
			continue
		}
		gold, ok := train.Gold(e.lex, p, s)
		if !ok {
			continue
		}
		favor, neutral, against := analyze.Shares(s)
		row := judged{
			target: s.Actor, field: field, sign: signOf(s.Score), floors: floors,
			Row: Row{Post: e.posts, Gold: int(gold), Label: int(s.Label), P: [3]float64{neutral, favor, against}, Confidence: s.Confidence},
		}
		e.stances = append(e.stances, row)
		if s.Label != gold {
			e.mistake(p, s.Actor, gold.String(), s.Label.String(), s.Confidence, s.Evidence)
		}
	}
	e.unanswered(r, field, floors)
	if p.Labels == nil || p.Labels.Tone == "" {
		return
	}
	gold := slices.Index([]string{"neutral", "positive", "negative"}, p.Labels.Tone)
	if gold < 0 {
		return
	}
	row := judged{field: field, floors: floors, sign: signOf(0), Row: Row{Post: e.posts, Gold: gold}}
	if r.Tone != nil {
		row.Label = int(r.Tone.Label)
		row.sign = signOf(r.Tone.Score)
	}
	row.P[row.Label], row.Confidence = 1, 1
	e.tones = append(e.tones, row)
}

// unanswered adds the labels of a post that the program judged no stance of, as of
// one that is not in English: where a side was taken, saying nothing is wrong.
func (e *Evaluator) unanswered(r *analyze.Result, field string, floors [2]int) {
	for i := range r.Post.Targets {
		t := &r.Post.Targets[i]
		gold, ok := stance.ParseLabel(t.Label)
		if !ok || slices.ContainsFunc(r.Stances, func(s stance.Stance) bool {
			return s.Holder == stance.Author && train.Answers(e.lex, &s, r.Post, i)
		}) {
			continue
		}
		e.stances = append(e.stances, judged{
			target: t.Name, field: field, sign: signOf(0), floors: floors,
			Row: Row{Post: e.posts, Gold: int(gold), Label: int(stance.Neutral), P: [3]float64{1, 0, 0}, Confidence: 1},
		})
		if gold != stance.Neutral {
			e.mistake(r.Post, t.Name, gold.String(), stance.Neutral.String(), 1, nil)
		}
	}
}

// signOf returns the label of a score's sign, where neutral is none.
func signOf(score float64) int {
	if score < 0 {
		return 2
	}
	return 1
}

// sideOf returns the label of a score of which only the sign counts, but for one
// near 0.
func sideOf(score float64) int {
	switch {
	case score >= 0.05:
		return 1
	case score <= -0.05:
		return 2
	}
	return 0
}

// mistake keeps the most confident ones.
func (e *Evaluator) mistake(p *thread.Post, target, gold, label string, confidence float64, evidence []stance.Evidence) {
	if e.options.Errors == 0 {
		return
	}
	m := Mistake{ID: p.ID, Target: target, Gold: gold, Label: label, Confidence: confidence, Text: p.Text, Evidence: []string{}}
	for _, v := range evidence {
		m.Evidence = append(m.Evidence, fmt.Sprintf("%q: %s", v.Of(p.Text), v.Why))
	}
	at, _ := slices.BinarySearchFunc(e.errors, m, func(a, b Mistake) int {
		if c := cmp.Compare(b.Confidence, a.Confidence); c != 0 {
			return c
		}
		return -1 // the earlier first
	})
	if at >= e.options.Errors {
		return
	}
	e.errors = slices.Insert(e.errors, at, m)
	if len(e.errors) > e.options.Errors {
		e.errors = e.errors[:e.options.Errors]
	}
}

// Report returns the figures of all threads added.
func (e *Evaluator) Report() *Report {
	r := &Report{Errors: e.errors}
	r.Stance = groups(e.stances, []string{"neutral", "favor", "against"}, e.options.By)
	r.Tone = groups(e.tones, []string{"neutral", "positive", "negative"}, e.options.By)
	return r
}

// groups returns the figures of all rows and, where there are several, of each
// target and each value of the field called by.
func groups(rows []judged, labels []string, by string) []Group {
	if len(rows) == 0 {
		return nil
	}
	out := []Group{figures("all", rows, labels)}
	for _, part := range []struct {
		prefix string
		key    func(*judged) string
	}{{"", func(r *judged) string { return r.target }}, {by + "=", func(r *judged) string { return r.field }}} {
		parts := map[string][]judged{}
		var names []string
		for i := range rows {
			name := part.key(&rows[i])
			if name == "" {
				continue
			}
			if parts[name] == nil {
				names = append(names, name)
			}
			parts[name] = append(parts[name], rows[i])
		}
		if len(names) < 2 {
			continue
		}
		sort.Strings(names)
		const most = 20 // a file may name another target in each row
		if len(names) > most {
			sort.SliceStable(names, func(i, j int) bool { return len(parts[names[i]]) > len(parts[names[j]]) })
			names = names[:most]
		}
		for _, name := range names {
			if len(parts[name]) > 1 {
				out = append(out, figures(part.prefix+name, parts[name], labels))
			}
		}
	}
	return out
}

// figures returns the figures of rows, whose labels are numbered as labels are.
func figures(name string, judgements []judged, labels []string) Group {
	rows := make([]Row, len(judgements))
	signs := make([]Row, len(judgements))
	floors := [3][]Row{make([]Row, len(rows)), make([]Row, len(rows)), make([]Row, len(rows))}
	for i := range judgements {
		j := &judgements[i]
		rows[i] = j.Row
		signs[i] = Row{Post: j.Post, Gold: j.Gold, Label: j.sign}
		for k := range j.floors {
			floors[1+k][i] = Row{Gold: j.Gold, Label: j.floors[k]}
		}
	}
	c := Confuse(rows)
	majority := 0
	for label := range labels {
		if c.Gold(label) > c.Gold(majority) {
			majority = label
		}
	}
	for i := range rows {
		floors[0][i] = Row{Gold: rows[i].Gold, Label: majority}
	}
	figure := func(of func(*Confusion) float64) Figure {
		interval := Bootstrap(rows, of)
		return Figure{of(c), interval.Low, interval.High}
	}
	g := Group{
		Name: name, Count: len(rows),
		MacroF1: figure(func(x *Confusion) float64 { return c.Macro(x.F1) }), SidesF1: figure((*Confusion).SidesF1),
		MacroRecall: figure(func(x *Confusion) float64 { return c.Macro(x.Recall) }),
		Accuracy:    figure((*Confusion).Accuracy), Kappa: figure((*Confusion).Kappa),
	}
	for label, text := range labels {
		g.Labels = append(g.Labels, LabelFigure{
			Label: text, Count: c.Gold(label),
			Precision: figure(func(c *Confusion) float64 { return c.Precision(label) }),
			Recall:    figure(func(c *Confusion) float64 { return c.Recall(label) }),
			F1:        figure(func(c *Confusion) float64 { return c.F1(label) }),
		})
	}
	if c.Gold(0) == 0 {
		interval := Bootstrap(signs, (*Confusion).SidesF1)
		g.SignF1 = &Figure{Confuse(signs).SidesF1(), interval.Low, interval.High}
	}
	if slices.Contains(labels, "favor") {
		g.Reliability, g.CalibrationError = Reliability(rows)
		g.PrevalenceCount, g.Prevalence = Prevalence(rows)
	}
	for k, name := range []string{"always " + labels[majority], "sign of the sentiment", "sign of cdipaolo/sentiment"} {
		f := Confuse(floors[k])
		g.Floors = append(g.Floors, Floor{name, f.MacroF1(), f.SidesF1(), f.MacroRecall(), f.Accuracy()})
	}
	return g
}
