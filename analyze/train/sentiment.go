package train

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"threadstance/analyze/linear"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

// toneSettings were chosen by macro recall on tweets of a year that the model
// had not been trained on.
var toneSettings = linear.Options{L2: 1e-5, Prior: 1, Power: 1, Rate: 0.04, Passes: 6, MinCount: 3, Bits: 17}

// ToneData is what a sentiment model is trained on.
type ToneData struct {
	// Files of records with a tone, or with one target whose label stands for
	// it, or of posts whose tones are kept in Labels (see readTones). The first
	// file is what the model is calibrated on.
	Files []File
	// Words are files of single words, a line for each with its tone (see
	// eachWord).
	Words []File
	// Rated are files of sentences, a line for each with a rating of its tone (see
	// eachRated).
	Rated []File
	// Without names files of records whose texts are left out of training: the
	// sets by which the model is judged, which may repeat texts of the others.
	Without []string
}

// toneTrainer gathers the examples.
type toneTrainer struct {
	doc      token.Scanner
	lex      *lexicon.Lexicon
	features *sentiment.Features
	examples []linear.Example
	without  map[string]bool
	warn     func(error)
	meta     linear.Meta
}

// Sentiment trains a sentiment model. The same data gives the same bytes.
func Sentiment(lex *lexicon.Lexicon, data ToneData, options Options) (*linear.Model, error) {
	if len(data.Files) == 0 {
		return nil, errors.New("no files to train on")
	}
	t := &toneTrainer{
		lex: lex, features: sentiment.NewFeatures(lex), without: map[string]bool{}, warn: options.Warn,
		meta: linear.Meta{Name: "sentiment", Classes: []string{"neutral", "positive", "negative"}},
	}
	for _, path := range data.Without {
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		t.eachRecord(path, content, func(p *thread.Post) { t.without[plain(p.Text)] = true })
	}
	first := 0
	for i, file := range data.Files {
		by := t.records
		if file.Labels != "" {
			by = t.apart
		}
		if err := t.learn(file, by); err != nil {
			return nil, err
		}
		if i == 0 {
			first = len(t.examples)
		}
	}
	for _, file := range data.Words {
		if err := t.learn(file, t.words); err != nil {
			return nil, err
		}
	}
	for _, file := range data.Rated {
		if err := t.learn(file, t.rated); err != nil {
			return nil, err
		}
	}
	if first == 0 {
		return nil, fmt.Errorf("no tones to train on in %s", data.Files[0].Path)
	}
	folds := options.Folds
	if folds == 0 {
		folds = 4
	}
	p, err := linear.CrossValidate(t.examples, folds, toneSettings)
	if err != nil {
		return nil, err
	}
	weights, err := linear.Train(t.examples, toneSettings)
	if err != nil {
		return nil, err
	}
	held, told := t.examples[:first], p[:first]
	t.meta.Temperature = linear.Temperature(told, held)
	t.meta.Lift = linear.Lift(told, held, macroRecall, 0.004)
	t.meta.Figures = map[string]float64{"macro_recall": macroRecall(told, held, t.meta.Lift)}
	return linear.NewModel(weights, t.meta), nil
}

// learn adds the examples of a file, by the way given, and notes them.
func (t *toneTrainer) learn(file File, by func(file File, content []byte) error) error {
	content, err := file.content()
	if err != nil {
		return err
	}
	before := len(t.examples)
	if err := by(file, content); err != nil {
		return err
	}
	// What is seldom does not count more than four times over.
	linear.Balance(t.examples[before:], file.Weight, 4)
	t.meta.Data = append(t.meta.Data, file.note(content, len(t.examples)-before))
	return nil
}

// records adds the records of a file that have a tone.
func (t *toneTrainer) records(file File, content []byte) error {
	t.eachRecord(file.Path, content, func(p *thread.Post) {
		if label, ok := toneOf(p); ok {
			t.add(p.Text, linear.Example{Class: int(label)})
		}
	})
	return nil
}

// apart adds the texts of a file whose tones are kept apart from them.
func (t *toneTrainer) apart(file File, _ []byte) error {
	return eachTone(file, func(text string, tone *toned) { t.add(text, tone.example()) })
}

// words adds single words, each by itself and as sentences speak of one: in as many
// texts as a feature must be seen in.
func (t *toneTrainer) words(file File, _ []byte) error {
	return eachWord(file.Path, func(word string, tone *toned) {
		t.add(word, tone.example())
		t.add("It was "+word+".", tone.example())
		t.add("So "+word+"!", tone.example())
	})
}

// rated adds sentences that are rated.
func (t *toneTrainer) rated(file File, _ []byte) error {
	return eachRated(file.Path, func(text string, tone *toned) { t.add(text, tone.example()) })
}

// eachRecord reads the records of a file.
func (t *toneTrainer) eachRecord(path string, content []byte, yield func(p *thread.Post)) {
	for th, err := range records(path, content) {
		if err != nil {
			if t.warn != nil {
				t.warn(err)
			}
			continue
		}
		for i := range th.Posts {
			yield(&th.Posts[i])
		}
	}
}

// toneOf returns the tone that a record was labelled with.
func toneOf(p *thread.Post) (sentiment.Label, bool) {
	tone := ""
	if p.Labels != nil {
		tone = p.Labels.Tone
	}
	if tone == "" && len(p.Targets) > 0 {
		tone = p.Targets[0].Label
	}
	switch tone {
	case "neutral":
		return sentiment.Neutral, true
	case "positive", "favor":
		return sentiment.Positive, true
	case "negative", "against":
		return sentiment.Negative, true
	}
	return sentiment.Neutral, false
}

// add appends an example of the label given, unless its text is one to be left
// out.
func (t *toneTrainer) add(text string, e linear.Example) {
	group := plain(text)
	if t.without[group] {
		return
	}
	t.doc.Reset(t.lex, text)
	t.doc.Scan(thread.Span{End: len(text)}, 0)
	v := t.features.Extract(&t.doc, t.doc.Sentences)
	e.Index = append([]uint32(nil), v.Index...)
	e.Value = append([]float32(nil), v.Value...)
	e.Group = linear.Mix(linear.Hash(group), 0)
	t.examples = append(t.examples, e)
}

// plain is the letters and digits of a text without its addresses and handles,
// by which two copies of it are known for one.
func plain(text string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		if strings.HasPrefix(word, "http") || strings.HasPrefix(word, "@") {
			continue
		}
		for _, r := range word {
			if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// macroRecall is the mean of the classes' recalls.
func macroRecall(p [][]float64, examples []linear.Example, lift []float64) float64 {
	var hit, gold [3]float64
	for i := range p {
		c := examples[i].Class
		gold[c]++
		if linear.Choose(p[i], lift) == c {
			hit[c]++
		}
	}
	sum := 0.0
	for c := range gold {
		sum += hit[c] / max(gold[c], 1) / 3
	}
	return sum
}
