package sentiment

import (
	"fmt"
	"strings"
	"sync"

	classic "github.com/cdipaolo/sentiment"

	"threadstance/analyze/token"
)

// Bayes judges tone by the naive Bayes model of github.com/cdipaolo/sentiment,
// which was trained on film reviews and knows positive and negative only.
type Bayes struct {
	models classic.Models
}

// restore takes half a second, and so is done once and only when asked for.
var restore = sync.OnceValues(classic.Restore)

// NewBayes returns the engine; the first call loads its model, which takes
// half a second.
func NewBayes() (*Bayes, error) {
	models, err := restore()
	if err != nil {
		return nil, fmt.Errorf("load the model of the bayes engine: %w", err)
	}
	return &Bayes{models}, nil
}

// Judge returns the share of the words in positive sentences less that in
// negative ones, and the label that its sign says.
func (b *Bayes) Judge(doc *token.Scanner, sentences []token.Sentence) (float64, Label) {
	model := b.models[classic.English]
	sum, total := 0, 0
	var clean strings.Builder
	for _, s := range sentences {
		// The model splits at spaces only and drops other marks without
		// parting what stands around them.
		clean.Reset()
		n := 0
		for i := s.First; i < s.Last; i++ {
			t := &doc.Tokens[i]
			if t.Is(token.Punct | token.URL | token.Handle | token.Emoticon | token.Emoji) {
				continue
			}
			if n > 0 && t.Norm[0] != '\'' && t.Norm != "n't" { // it knows "dont", and "its"
				clean.WriteByte(' ')
			}
			clean.WriteString(t.Norm)
			n++
		}
		if n == 0 {
			continue // it would say negative
		}
		total += n
		if model.Predict(clean.String()) == 1 {
			sum += n
		} else {
			sum -= n
		}
	}
	if total == 0 {
		return 0, Neutral
	}
	score := float64(sum) / float64(total)
	return score, label(score, -1e-9, 1e-9)
}
