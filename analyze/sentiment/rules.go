package sentiment

import (
	"math"
	"strings"

	"threadstance/analyze/token"
	"threadstance/lexicon"
)

// Rules judges tone by the valence of the words and by what stands around
// them. The arithmetic is VADER's: C.J. Hutto and E. Gilbert, "VADER: A
// Parsimonious Rule-based Model for Sentiment Analysis of Social Media Text",
// ICWSM 2014. Unlike in VADER, a negator reaches further within its clause,
// "but" turns within its sentence, words in names and questions that are no
// outcry weigh less, and idioms, emoji and hashtags are read as what they are.
type Rules struct {
	lex *lexicon.Lexicon
}

// NewRules returns the engine on a lexicon's valences, tones and idioms.
func NewRules(lex *lexicon.Lexicon) *Rules { return &Rules{lex} }

// VADER's figures, on its scale of valence from -4 to 4.
const (
	boost       = 0.293 // what a booster adds
	capitals    = 0.733 // what ALL CAPITALS add, where not all is in capitals
	turn        = -0.74 // what a negator multiplies by
	exclamation = 0.292 // what each of at most four ! adds
	question    = 0.18  // what each of two or three ? adds
	questions   = 0.96  // what more of them add
	expectation = 15    // approximates the largest sum to be expected, squared
	weakened    = 0.5   // before "but"
	stressed    = 1.5   // after it
	inName      = 0.3   // of a word in a name, as in "Peace Corps" (ours, as the next two)
	capital     = 0.7   // of a word that has a capital with none beside it
	inQuestion  = 0.6   // of a sentence that asks
	reach       = 3     // words over which boosters act, and negators in any case
	scope       = 5     // words over which a negator acts within its clause
)

// The thresholds of the labels are those of the best macro recall on labelled
// training data.
const (
	rulesNegative = -0.05
	rulesPositive = 0.33
)

// word is a word of a sentence, its clitics included, as the rules see it.
type word struct {
	token   *token.Token
	valence float64 // from -4 to 4
	tone    lexicon.Tone
	polar   bool // the lexicon has a valence for it
	idiom   bool // its valence is an idiom's, which its own words do not change
	clause  int  // number of its clause in the sentence
	at      int  // which of the text's tokens it is
}

// reading is what the rules made of a text on the way to its score.
type reading struct {
	score        float64
	positive     float64   // sum of the valences above 0, in their places
	negative     float64   // sum of those below
	most, least  float64   // the largest and the smallest
	last         float64   // the last
	exclamations int       // marks
	asked        int       // marks
	contrast     bool      // some sentence turns at a "but"
	valences     []float64 // by token, in its place; kept only where it is as long as the tokens are many
}

// note keeps the valence of a word in its place.
func (r *reading) note(w *word, v float64) {
	if v > 0 {
		r.positive += v
	} else {
		r.negative += v
	}
	r.most, r.least = max(r.most, v), min(r.least, v)
	if v != 0 {
		r.last = v
	}
	if w.at < len(r.valences) {
		r.valences[w.at] = v
	}
}

// Score sums what the sentences' words say and brings the sum into [-1, 1].
func (r *Rules) Score(doc *token.Scanner, sentences []token.Sentence) float64 {
	var read reading
	r.read(doc, sentences, &read)
	return read.score
}

// Judge returns the score and the label that it stands for.
func (r *Rules) Judge(doc *token.Scanner, sentences []token.Sentence) (float64, Label) {
	score := r.Score(doc, sentences)
	return score, label(score, rulesNegative, rulesPositive)
}

// Reasons returns the words by their valences in their places.
func (r *Rules) Reasons(doc *token.Scanner, sentences []token.Sentence) []Reason {
	read := reading{valences: make([]float64, len(doc.Tokens))}
	r.read(doc, sentences, &read)
	return strongest(doc, read.valences)
}

// read sets a reading, whose valences may have been made ready.
func (r *Rules) read(doc *token.Scanner, sentences []token.Sentence, read *reading) {
	var buffer [96]word
	sum := 0.0
	exclamations, asked := 0, 0
	shouting := someCapitals(doc, sentences)
	for _, s := range sentences {
		words := buffer[:0]
		words, e, q := r.words(words, doc.Tokens[s.First:s.Last], s.First)
		exclamations += e
		asked += q
		v := r.sentence(words, shouting, read)
		if q == 1 && e == 0 {
			v *= inQuestion
		}
		sum += v
	}
	emphasis := exclamation * float64(min(exclamations, 4))
	if asked > 3 {
		emphasis += questions
	} else if asked > 1 {
		emphasis += question * float64(asked)
	}
	switch {
	case sum > 0:
		sum += emphasis
	case sum < 0:
		sum -= emphasis
	}
	read.exclamations, read.asked = exclamations, asked
	read.score = sum / math.Sqrt(sum*sum+expectation)
}

// someCapitals reports whether some words but not all are in capitals.
func someCapitals(doc *token.Scanner, sentences []token.Sentence) bool {
	some, all := false, true
	for _, s := range sentences {
		for i := range doc.Tokens[s.First:s.Last] {
			t := &doc.Tokens[s.First+i]
			switch {
			case t.Is(token.Symbol):
			case t.Is(token.Upper):
				some = true
			default:
				all = false
			}
		}
	}
	return some && !all
}

// words gathers the words of a sentence, the first token of which is the text's
// token number first, and counts its marks.
func (r *Rules) words(words []word, tokens []token.Token, first int) (_ []word, exclamations, asked int) {
	clause := 0
	for i := 0; i < len(tokens); i++ {
		t := &tokens[i]
		if t.Is(token.Punct) {
			switch t.Norm[0] {
			case '!', '?':
				n := strings.Count(t.Norm, "!")
				exclamations += n
				asked += len(t.Norm) - n
				clause++
			case ',', ';', ':', '(', ')', '.':
				clause++
			default:
				if t.Norm == "--" {
					clause++
				}
			}
			if t.Word == 0 || r.lex.Valence(t.Word) == 0 {
				continue
			}
		}
		w := word{token: t, clause: clause, at: first + i}
		id := t.Word
		if t.Is(token.Hashtag) && id == 0 {
			id = r.lex.Word(t.Norm[1:])
		}
		if id != 0 && !t.Is(token.URL|token.Handle) {
			if n := len(words); n > 0 && t.Norm[0] == '\'' || t.Norm == "n't" { // a clitic is a part of the word before it
				if n > 0 {
					words[n-1].tone |= r.lex.Tone(id) & lexicon.Negates
					if r.idiomAt(tokens, i) == nil {
						continue
					}
				}
			}
			w.tone = r.lex.Tone(id)
			if v := r.lex.Valence(id); v != 0 && w.tone == 0 {
				w.valence, w.polar = 4*v, true
			}
			if idiom := r.idiomAt(tokens, i); idiom != nil {
				w.valence, w.tone, w.polar, w.idiom = 4*idiom.Valence, idiom.Tone, idiom.Tone == 0, true
				i += len(idiom.Words)
			}
		}
		words = append(words, w)
	}
	return words, exclamations, asked
}

// idiomAt returns the longest idiom that begins at token i, or nil.
func (r *Rules) idiomAt(tokens []token.Token, i int) *lexicon.Idiom {
	idioms := r.lex.Idioms(tokens[i].Word)
	for k := range idioms {
		if token.Begin(tokens[i+1:], idioms[k].Words) {
			return &idioms[k]
		}
	}
	return nil
}

// sentence sums what the words of one sentence say.
func (r *Rules) sentence(words []word, shouting bool, read *reading) float64 {
	title := 0
	for i := range words {
		if words[i].token.Flags&(token.Title|token.Upper) == token.Title {
			title++
		}
	}
	names := 4*title <= 3*len(words) // else it is a headline
	sum, before := 0.0, 0.0
	contrast := false
	for i := range words {
		w := &words[i]
		if w.tone&lexicon.Contrasts != 0 && !contrast {
			contrast, read.contrast = true, true
			before = sum
			sum = 0
			continue
		}
		if w.polar {
			v := r.value(words, i, shouting)
			if names && i > 0 && w.token.Flags&(token.Title|token.Upper) == token.Title {
				if i > 1 && capitalised(&words[i-1]) || i+1 < len(words) && capitalised(&words[i+1]) {
					v *= inName
				} else {
					v *= capital
				}
			}
			read.note(w, v)
			sum += v
		}
	}
	if contrast {
		return weakened*before + stressed*sum
	}
	return sum
}

func capitalised(w *word) bool { return w.token.Is(token.Title | token.Upper) }

// value is the valence of word i in its place.
func (r *Rules) value(words []word, i int, shouting bool) float64 {
	w := &words[i]
	v := w.valence
	if v == 0 {
		return 0
	}
	if w.token.Norm == "like" && !w.idiom && !liked(words, i) {
		return 0
	}
	is := func(back int, norm string) bool {
		return i >= back && !words[i-back].idiom && words[i-back].token.Norm == norm
	}
	polar := func(at int) bool { return at < len(words) && words[at].polar }
	if w.token.Norm == "no" && polar(i+1) {
		return 0 // it negates the next word
	}
	if is(1, "no") || is(2, "no") || is(3, "no") && (is(1, "or") || is(1, "nor")) {
		v *= turn
	}
	if shouting && w.token.Is(token.Upper) {
		v += math.Copysign(capitals, v)
	}
	if laughs(w.token) {
		return v
	}
	for back := 1; back <= reach && back <= i; back++ {
		m := &words[i-back]
		if m.polar {
			continue
		}
		if s := scale(m, v, shouting); s != 0 {
			switch back {
			case 2:
				s *= 0.95
			case 3:
				s *= 0.9
			}
			v += s
		}
		v = negated(words, i, back, v)
	}
	if i > reach && farNegator(words, i) {
		v *= turn
	}
	if is(1, "least") && !is(2, "at") && !is(2, "very") {
		v *= turn
	}
	return v
}

// liked reports whether "like" at word i is the verb and not the preposition.
func liked(words []word, i int) bool {
	if i == 0 {
		return false
	}
	switch words[i-1].token.Norm {
	case "i", "you", "we", "they", "who", "to", "really", "do", "did", "does", "also", "would", "people", "don", "not", "n't", "actually", "always", "never", "i'd", "'d", "still", "both", "all":
		return true
	}
	return false
}

// laughs reports whether a token is no part of what the sentence says, so
// that nothing before it turns or scales it.
func laughs(t *token.Token) bool {
	switch t.Norm {
	case "lol", "lmao", "lmfao", "rofl", "haha", "hahaha", "lolol", "xd":
		return true
	}
	return t.Is(token.Emoticon | token.Emoji)
}

// farNegator reports whether a negator further back than VADER looks reaches
// word i: one in the same clause with nothing polar between.
func farNegator(words []word, i int) bool {
	for back := 1; back <= i && back <= scope; back++ {
		m := &words[i-back]
		if m.clause != words[i].clause || m.polar || m.tone&lexicon.Contrasts != 0 {
			return false
		}
		if back > reach && m.tone&lexicon.Negates != 0 {
			next := words[i-back+1].token.Norm
			return next != "only" && next != "just" && next != "merely"
		}
		switch m.token.Norm {
		case "and", "or", "because", "if", "when", "while", "who", "which", "than", "as", "until", "since",
			"i", "he", "she", "it", "they", "we", "you":
			return false
		}
	}
	return false
}

// scale is what a word before adds to a valence.
func scale(m *word, v float64, shouting bool) float64 {
	var s float64
	switch {
	case m.tone&lexicon.Boosts != 0:
		s = boost
	case m.tone&lexicon.Dampens != 0:
		s = -boost
	default:
		return 0
	}
	if shouting && m.token.Is(token.Upper) {
		s += capitals
	}
	if v < 0 {
		return -s
	}
	return s
}

// negated turns a valence where the word that many places before negates it.
func negated(words []word, i, back int, v float64) float64 {
	m := &words[i-back]
	norm := m.token.Norm
	if back == reach {
		if last := words[i-1].token.Norm; last == "so" || last == "this" {
			return v * 1.25
		}
	}
	if back > 1 {
		next := words[i-back+1].token.Norm
		if norm == "never" && (next == "so" || next == "this") {
			return v * 1.25
		}
		if norm == "without" && (next == "doubt" || i-back+2 < i && words[i-back+2].token.Norm == "doubt") {
			return v
		}
		if (norm == "can" || norm == "could") && next == "believe" {
			return v // disbelief is not denial
		}
		if norm == "not" && (next == "only" || next == "just" || next == "merely") {
			return v
		}
	}
	if m.tone&lexicon.Negates != 0 {
		return v * turn
	}
	return v
}
