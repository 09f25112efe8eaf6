package sentiment

import (
	_ "embed"
	"fmt"
	"sync"

	"threadstance/analyze/linear"
	"threadstance/analyze/token"
	"threadstance/lexicon"
)

//go:embed sentiment.model
var modelData []byte

// Default returns the embedded model.
var Default = sync.OnceValues(func() (*linear.Model, error) {
	m := new(linear.Model)
	if err := m.UnmarshalBinary(modelData); err != nil {
		return nil, fmt.Errorf("the embedded sentiment model: %w", err)
	}
	return m, nil
})

// Linear judges tone by a trained model of words, parts of words and what the
// rules make of them (see MODEL.md).
type Linear struct {
	model    *linear.Model
	features sync.Pool // of *Features
}

// NewLinear returns the engine by a model of the classes neutral, positive and
// negative; the rules are those of the lexicon.
func NewLinear(lex *lexicon.Lexicon, model *linear.Model) *Linear {
	return &Linear{model: model, features: sync.Pool{New: func() any { return NewFeatures(lex) }}}
}

// rulesShare is how much of the score is the rules'. They were made after how
// strong people find words, the model after which side they are on, and both
// together rank texts better than either.
const rulesShare = 0.55

// How far score and label may differ, as each alone would have them.
const (
	decided = 0.55 // a text of at least this score is not called neutral
	doubted = 0.15 // one of this score on the other side of 0 is
)

// Judge returns the likeliest label, and as score a mean of the rules' score
// and P(positive) − P(negative).
func (l *Linear) Judge(doc *token.Scanner, sentences []token.Sentence) (float64, Label) {
	if !speaks(doc, sentences) {
		return 0, Neutral
	}
	f := l.features.Get().(*Features)
	defer l.features.Put(f)
	sentences = f.ends(sentences)
	var p [3]float64
	sums := f.Sum(doc, sentences, l.model)
	l.model.Calibrated(&sums, 0, p[:])
	label := Label(linear.Choose(p[:], l.model.Meta.Lift))
	score := rulesShare*f.read.score + (1-rulesShare)*(p[Positive]-p[Negative])
	switch { // score and label do not gainsay one another
	case label == Neutral && score >= decided:
		label = Positive
	case label == Neutral && score <= -decided:
		label = Negative
	case label == Positive && score < -doubted, label == Negative && score > doubted:
		label = Neutral
	case label == Positive:
		score = max(score, 0)
	case label == Negative:
		score = min(score, 0)
	}
	return score, label
}

// Reasons returns the words by what the model's weights of all their features
// and the rules' valences say of them, one unit of valence counting as much as
// half a unit of log-odds.
func (l *Linear) Reasons(doc *token.Scanner, sentences []token.Sentence) []Reason {
	f := l.features.Get().(*Features)
	defer l.features.Put(f)
	weights := make([]float64, len(doc.Tokens))
	for _, known := range f.Known(doc, f.ends(sentences), l.model) {
		for i := known.Of.First; i < known.Of.Last; i++ {
			weights[i] += l.model.Weight(known.Cell, known.Value, int(Positive), int(Negative))
		}
	}
	for i, valence := range f.valences {
		weights[i] += 0.5 * valence
	}
	return strongest(doc, weights)
}

// speaks reports whether there is a word, an emoticon or an emoji.
func speaks(doc *token.Scanner, sentences []token.Sentence) bool {
	for _, s := range sentences {
		for i := s.First; i < s.Last; i++ {
			if !doc.Tokens[i].Is(token.Punct | token.URL | token.Handle | token.Number) {
				return true
			}
		}
	}
	return false
}
