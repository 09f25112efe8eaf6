// Package analyze takes a thread through the stages, each a package of its
// own: sentences and tokens, mentions, tone, stances, topics.
package analyze

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/analyze/linear"
	"threadstance/analyze/mention"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/stance"
	"threadstance/analyze/token"
	"threadstance/analyze/topic"
	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/segment"
)

// Options choose the engines and what is kept of what they say. The zero
// value takes the defaults.
type Options struct {
	Stance        string   // linear (""), or rules
	Sentiment     string   // linear (""), rules or bayes
	Actors        []string // only stances toward these, by any of their names; empty is all
	MinConfidence float64  // stances below it are neutral, with a score of 0
	// Models judge in place of the embedded one: the target that each was
	// trained for, or all where it was trained for all.
	Models []*linear.Model
	// Scorer makes the stance scorers of the workers in place of the engine
	// that Stance names; nil leaves it to that.
	Scorer func() stance.Scorer
}

// Analyzer holds what all workers share. It does not change after New and is
// safe for concurrent use.
type Analyzer struct {
	lex     *lexicon.Lexicon
	tone    sentiment.Engine
	stances func() stance.Scorer
	actors  map[string]bool // by name in lower case; nil is all
	floor   float64
}

// New returns an analyzer by a lexicon. It fails where options name an engine
// that there is not.
func New(lex *lexicon.Lexicon, options Options) (*Analyzer, error) {
	a := &Analyzer{lex: lex, floor: options.MinConfidence}
	switch options.Sentiment {
	case "", "linear":
		model, err := sentiment.Default()
		if err != nil {
			return nil, err
		}
		a.tone = sentiment.NewLinear(lex, model)
	case "rules":
		a.tone = sentiment.NewRules(lex)
	case "bayes":
		bayes, err := sentiment.NewBayes()
		if err != nil {
			return nil, err
		}
		a.tone = bayes
	default:
		return nil, fmt.Errorf("no sentiment engine is called %q; there are linear, rules and bayes", options.Sentiment)
	}
	switch {
	case options.Scorer != nil:
		a.stances = options.Scorer
	case options.Stance == "" || options.Stance == "linear":
		model, err := stance.Default()
		if err != nil {
			return nil, err
		}
		a.stances = func() stance.Scorer {
			return stance.NewLinear(lex, append([]*linear.Model{model}, options.Models...)...)
		}
	case options.Stance == "rules":
		a.stances = func() stance.Scorer { return stance.NewRules(lex) }
	default:
		return nil, fmt.Errorf("no stance engine is called %q; there are linear and rules", options.Stance)
	}
	if len(options.Actors) > 0 {
		a.actors = map[string]bool{}
		for _, name := range options.Actors {
			a.actors[strings.ToLower(lex.TableName(name))] = true
		}
	}
	return a, nil
}

// Worker analyzes threads, one after another. It keeps the memory that the
// stages reuse, and is for one goroutine at a time.
type Worker struct {
	analyzer  *Analyzer
	segmenter segment.Segmenter
	doc       token.Scanner
	title     token.Scanner
	tagger    token.Tagger
	mentions  *mention.Finder
	stances   stance.Scorer
	topics    *topic.Tagger

	own    []token.Sentence
	input  stance.Input
	held   [][]stance.Stance // by post of the thread: what its author holds
	result Result
	tone   Tone // of the result
}

// Worker returns a new worker.
func (a *Analyzer) Worker() *Worker {
	return &Worker{
		analyzer:  a,
		segmenter: segment.Segmenter{News: &a.lex.News},
		mentions:  mention.NewFinder(a.lex),
		stances:   a.stances(),
		topics:    topic.NewTagger(a.lex),
	}
}

// Thread analyzes the posts of a thread in order and calls yield for each,
// until it returns false. It sets the segments of those posts. A Result is valid until
// yield returns.
func (w *Worker) Thread(t *thread.Thread, yield func(*Result) bool) {
	for i := range t.Posts {
		// What was labelled by hand is the poster's own words.
		if p := &t.Posts[i]; p.Labels != nil && len(p.Segments) == 0 {
			if own := thread.Trim(p.Text, thread.Span{End: len(p.Text)}); own.Len() > 0 {
				p.Segments = []thread.Segment{{Kind: thread.Own, Span: own, QuoteOf: thread.None}}
			}
		}
	}
	w.segmenter.Begin(t)
	w.title.Reset(w.analyzer.lex, t.Title)
	w.title.Scan(thread.Span{End: len(t.Title)}, 0)
	w.held = append(w.held[:0], make([][]stance.Stance, len(t.Posts))...)
	for i := range t.Posts {
		w.segmenter.Post(t, i) // one at a time: of a long thread yield may soon have seen enough
		w.post(t, i)
		if !yield(&w.result) {
			return
		}
	}
}

// Doc returns the scanned words of the post last analyzed: its own and those of
// pasted articles.
func (w *Worker) Doc() *token.Scanner { return &w.doc }

// ExplainTone adds the reasons of its tone to the result last yielded, while it
// is valid, where the engine can say them.
func (w *Worker) ExplainTone(r *Result) {
	if engine, ok := w.analyzer.tone.(sentiment.Explainer); ok && r.Tone != nil {
		r.Tone.Reasons = engine.Reasons(&w.doc, w.own)
	}
}

// post takes one post through the stages.
func (w *Worker) post(t *thread.Thread, index int) {
	p, r := &t.Posts[index], &w.result
	*r = Result{Lexicon: w.analyzer.lex, Thread: t, Post: p, Stances: r.Stances[:0], Answered: r.Answered[:0], Topics: r.Topics[:0]}

	// Sentences and tokens: of what the poster and the pasted articles say.
	// Quotes are their own posters' to answer for.
	w.doc.Reset(w.analyzer.lex, p.Text)
	for i, s := range p.Segments {
		if s.Kind == thread.Own || s.Kind == thread.News {
			w.doc.Scan(s.Span, i)
		}
	}
	w.own = w.own[:0]
	for _, s := range w.doc.Sentences {
		if p.Segments[s.Segment].Kind == thread.Own {
			w.own = append(w.own, s)
		}
	}
	r.Words = ownWords(p)
	r.English = token.English(&w.doc, w.own)

	// Tone: of the poster's own words.
	if r.Words > 0 && r.English {
		score, label := w.analyzer.tone.Judge(&w.doc, w.own)
		w.tone = Tone{Score: round(score), Label: label}
		r.Tone = &w.tone
	}

	// Mentions, and parts of speech where there is one.
	mentions := w.mentions.Find(&w.doc, p.Targets)
	tagged := -1
	for i := range mentions {
		if n := mentions[i].Sentence; n > tagged {
			s := w.doc.Sentences[n]
			w.tagger.Tag(p.Text, w.doc.Tokens[s.First:s.Last])
			tagged = n
		}
	}

	// Stances.
	input := &w.input
	*input = stance.Input{
		Lexicon: w.analyzer.lex, Post: p, Doc: &w.doc,
		Mentions: mentions, Title: t.Title,
	}
	if p.ReplyTo >= 0 && p.ReplyTo < index {
		input.Parent = t.Posts[p.ReplyTo].Text
	} else if n := len(p.Context); n > 0 {
		input.Parent = p.Context[n-1]
	}
	r.Stances = w.stances.Score(input, r.Stances)
	r.Mentions, r.Decoys = mentions, w.mentions.Decoys
	w.keepStances(index)

	// Topics: of the poster's own words and the pasted articles.
	r.Topics = w.topics.Topics(&w.doc, &w.title, r.Topics)
	for i := range r.Topics {
		r.Topics[i].Score = round(r.Topics[i].Score)
	}
}

// keepStances finds the sides that the post answers, drops the stances that were
// not asked for or cannot be known, and brings the rest into the form that is
// reported.
func (w *Worker) keepStances(index int) {
	r := &w.result
	if to := r.Post.ReplyTo; to >= 0 && to < index {
		for _, s := range w.held[to] {
			if s.Confidence >= w.analyzer.floor {
				r.Answered = append(r.Answered, s)
			}
		}
	}
	kept := r.Stances[:0]
	for _, s := range r.Stances {
		if s.Holder == stance.Author {
			if r.Words == 0 || !r.English {
				continue
			}
			if s.Label != stance.Neutral {
				w.held[index] = append(w.held[index], s)
			}
		}
		if w.analyzer.actors != nil && !w.analyzer.actors[strings.ToLower(s.Actor)] {
			continue
		}
		if s.Label != stance.Neutral && s.Confidence < w.analyzer.floor {
			favor, _, against := Shares(&s)
			s.Label, s.Score, s.Confidence = stance.Neutral, 0, 1-favor-against
		}
		s.Score, s.Confidence = round(s.Score), round(s.Confidence)
		kept = append(kept, s)
	}
	r.Stances = kept
}

// Shares returns the probabilities of favor, neutral and against that a
// stance's label, score and confidence stand for. They add up to 1.
func Shares(s *stance.Stance) (favor, neutral, against float64) {
	switch s.Label {
	case stance.Favor:
		favor = s.Confidence
		against = favor - s.Score
	case stance.Against:
		against = s.Confidence
		favor = against + s.Score
	default:
		favor = (1 - s.Confidence + s.Score) / 2
		against = (1 - s.Confidence - s.Score) / 2
	}
	favor = min(max(favor, 0), 1)
	against = min(max(against, 0), 1-favor)
	return favor, 1 - favor - against, against
}

// round cuts a figure to the four decimals that are reported, so that sums
// over results and sums over printed records are the same.
func round(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return math.Round(x*Unit) / Unit
}

// Unit is what the figures of a Result are whole multiples of, as 1/Unit.
const Unit = 10_000

// ownWords counts the words of a post's own segments, as white space parts
// them.
func ownWords(p *thread.Post) int {
	n := 0
	for _, s := range p.Segments {
		if s.Kind == thread.Own {
			n += fields(s.Of(p.Text))
		}
	}
	return n
}

// fields returns how many runs of other than white space there are in s, as
// strings.Fields finds them.
func fields(s string) int {
	n, before := 0, uint8(0)
	for i := 0; i < len(s); {
		if i+8 <= len(s) {
			if shown, ascii := shown8(s[i : i+8]); ascii {
				n += bits.OnesCount64(shown &^ (shown<<8 | uint64(before)<<7))
				before = uint8(shown >> 63)
				i += 8
				continue
			}
		}
		shown := uint8(1)
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			shown = 0
		}
		n += int(shown &^ before)
		before = shown
		i += size
	}
	return n
}

// shown8 sets the highest bit of each of eight bytes that is not white space.
// It is false where one of them is not ASCII.
func shown8(s string) (shown uint64, ascii bool) {
	x := binary.LittleEndian.Uint64([]byte(s))
	const each, high = 0x0101010101010101, 0x80 * 0x0101010101010101
	if x&high != 0 {
		return 0, false
	}
	// No sum of two bytes reaches the next one: both are below 128.
	notBlank := (x ^ ' '*each) + 0x7f*each                        // high where the byte is not " "
	control := (x + (0x80-'\t')*each) &^ (x + (0x80-'\r'-1)*each) // high from \t to \r
	return notBlank &^ control & high, true
}
