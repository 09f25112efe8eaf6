package lexicon

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Show writes all that the lexicon holds, one entry a line with tabs between
// its columns: what it is, what it belongs to, its text, what it says (a
// figure in [-1, 1], or what a decoy is instead) and the file and line that it
// is from.
func (l *Lexicon) Show(w io.Writer) error { return l.show(w, newOrigins(l.sources).of) }

// Version tells lexicons apart by what they hold, wherever it is from.
func (l *Lexicon) Version() string {
	hash := sha256.New()
	l.show(hash, func(file, _ string) string { return file }) // a hash takes all that is written
	return hex.EncodeToString(hash.Sum(nil))
}

// show is Show with what origin says of the texts of a file.
func (l *Lexicon) show(w io.Writer, origin func(file, text string) string) error {
	out := bufio.NewWriter(w)
	row := func(file, kind, of, text, says string) {
		for _, column := range []string{kind, of, text, says} {
			out.WriteString(strings.Map(printable, column))
			out.WriteByte('\t')
		}
		out.WriteString(origin(file, text) + "\n")
	}
	for i := range l.Actors {
		actor := &l.Actors[i]
		for j := range actor.Aliases {
			a := &actor.Aliases[j]
			says := figure(a.Valence)
			if a.Kind == Decoy {
				says = a.Is
			}
			row("actors.toml", a.Kind.String(), actor.Name, a.Text, says)
		}
	}
	for _, from := range l.leanings {
		for _, leaning := range slices.Concat(from.alone, from.longer) {
			says := "favor"
			if leaning.Against {
				says = "against"
			}
			row("actors.toml", "leaning", l.Actors[leaning.Actor].Name, l.text(leaning.Words), says)
		}
	}
	for i := range l.Topics {
		topic := &l.Topics[i]
		for j := range topic.Terms {
			t := &topic.Terms[j]
			row("topics.toml", "term", topic.Name, l.text(t.Words), figure(t.Weight))
		}
	}
	l.showCues(row)
	for _, name := range slices.Sorted(maps.Keys(l.News.Outlets)) {
		row("news.toml", "outlet", l.News.Outlets[name], name, "")
	}
	for _, list := range []struct {
		kind  string
		texts []string
	}{{"phrase", l.News.Phrases}, {"remark", l.News.Remarks}, {"verdict", l.News.Verdicts}, {"credit", l.News.Credits}} {
		for _, text := range list.texts {
			row("news.toml", list.kind, "news", text, "")
		}
	}
	for w, first := range l.vocabulary.words {
		if tone := l.tones[w]; tone != 0 {
			row("tone.toml", "tone", "", first, tone.String())
		}
		for _, idiom := range l.idioms[w] {
			says := figure(idiom.Valence)
			if idiom.Tone != 0 {
				says = idiom.Tone.String()
			}
			row("tone.toml", "idiom", "", l.text(append([]Word{Word(w)}, idiom.Words...)), says)
		}
		if v := l.valence[w]; v != 0 {
			row("valence.tsv", "valence", "", first, figure(float64(v)))
		}
	}
	return out.Flush()
}

// showCues gives a row for each cue, in the order of the vocabulary.
func (l *Lexicon) showCues(row func(file, kind, of, text, says string)) {
	c := &l.Cues
	shown := map[any]bool{}
	first := func(cue any) bool {
		was := shown[cue]
		shown[cue] = true
		return !was
	}
	for w, text := range l.vocabulary.words {
		for _, v := range []*Verb{c.verbs[w], c.actions[w]} {
			if v != nil && first(v) {
				kind := "verb"
				if v.Noun {
					kind = "noun of a verb"
				}
				row("cues.toml", kind, "", v.Lemma, "subject "+figure(v.Subject)+", object "+figure(v.Object))
			}
		}
		if n := c.nouns[w]; n != nil && first(n) {
			kind := "noun"
			if n.Adjective {
				kind = "adjective"
			}
			says := figure(n.Valence)
			if n.Owner != n.Valence {
				says += ", owner " + figure(n.Owner)
			}
			row("cues.toml", kind, "", n.Text, says)
		}
		for _, p := range c.phrases[w] {
			if first(p.Text) {
				says := "X " + figure(p.X)
				if p.Y != 0 {
					says += ", Y " + figure(p.Y)
				}
				row("cues.toml", "phrase", "", p.Text, says)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(functionNames)) {
			if c.Is(Word(w), functionNames[name]) {
				row("cues.toml", "function", name, text, "")
			}
		}
		for _, mark := range c.sarcasm[w] {
			row("cues.toml", "mark of sarcasm", "", l.text(append([]Word{Word(w)}, mark...)), "")
		}
		for _, mark := range c.irony[w] {
			row("cues.toml", "mark of irony", "", l.text(append([]Word{Word(w)}, mark...)), "")
		}
	}
}

// printable keeps a column on its line, and a terminal from being steered.
func printable(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

func figure(v float64) string { return strconv.FormatFloat(v, 'g', 3, 64) }

// String names what the tone does.
func (t Tone) String() string {
	switch {
	case t&Negates != 0:
		return "negates"
	case t&Boosts != 0:
		return "boosts"
	case t&Dampens != 0:
		return "dampens"
	case t&Contrasts != 0:
		return "contrasts"
	}
	return ""
}

// origins knows where texts stand in the lexicon's files: for each name of a
// file the place of every text, of the last file that has it.
type origins map[string]map[string]place

// newOrigins notes every string of the files. It is for Show alone: Load has
// no use for it.
func newOrigins(sources []*sourceFile) origins {
	o := origins{}
	for _, f := range sources {
		places := o[f.name]
		if places == nil {
			places = map[string]place{}
			o[f.name] = places
		}
		number := 0
		for line := range bytes.SplitSeq(f.data, []byte("\n")) {
			number++
			at := place{file: f, line: number}
			note := func(text string) {
				places[plain(text)] = at
				if !strings.Contains(text, "~") {
					return
				}
				for _, words := range inflections(text) {
					form := strings.Join(words, " ")
					if _, ok := places[form]; !ok {
						places[form] = at
					}
				}
			}
			if f.name == "valence.tsv" {
				if word, _, ok := bytes.Cut(line, []byte("\t")); ok {
					note(string(word))
				}
				continue
			}
			if bytes.HasPrefix(bytes.TrimSpace(line), []byte("#")) {
				continue
			}
			for i, part := range bytes.Split(line, []byte(`"`)) {
				if i%2 == 1 {
					note(string(part))
				}
			}
		}
	}
	return o
}

// plain is the form in which texts are compared.
func plain(text string) string { return strings.Join(split(text), " ") }

// of returns where a text of a file stands, the file's name where that is not
// to be said.
func (o origins) of(file, text string) string {
	for _, name := range []string{file, "valence.tsv"} {
		if at, ok := o[name][plain(text)]; ok {
			return at.String()
		}
	}
	return file
}
