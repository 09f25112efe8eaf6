package topic

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

func scan(lex *lexicon.Lexicon, text string) *token.Scanner {
	var s token.Scanner
	s.Reset(lex, text)
	s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
	return &s
}

func TestTopics(t *testing.T) {
	tagger := NewTagger(lexicon.Default())
	for _, test := range []struct{ text, title, first string }{
		{"They should bring the troops home from that base.", "", "troop presence"},
		{"The sanctions on their oil exports hurt only the poor.", "", "sanctions and oil"},
		{"They enrich uranium and build centrifuges.", "", "nuclear programme"},
		{"NATO is an alliance without a purpose.", "", "NATO and alliances"},
		{"The Democrats lost the election in the swing states.", "", "elections and party politics"},
		{"ISIS and Al Qaeda are terrorists.", "", "terrorism and ISIS"},
		{"Gaza is under siege and Israel builds settlements.", "", "Israel and Palestine"},
		{"I had soup for lunch.", "", ""},
		{"I had soup for lunch.", "Troops leave the base", ""},
		{"", "Troops", ""},
	} {
		var title *token.Scanner
		if test.title != "" {
			title = scan(lexicon.Default(), test.title)
		}
		first := ""
		if got := tagger.Topics(scan(lexicon.Default(), test.text), title, nil); len(got) > 0 {
			first = got[0].Name
		}
		if first != test.first {
			t.Errorf("%q is of %q, want %q", test.text, first, test.first)
		}
	}
}

// A term makes its topic, as two hints do; each more makes it surer, and so does the
// thread's title, which alone makes none.
func TestScores(t *testing.T) {
	lex := harbour(t)
	tagger := NewTagger(lex)
	for _, test := range []struct {
		text, title string
		want        []Topic
	}{
		{"The ferry is late.", "", []Topic{{"ferries", 0.5}}},
		{"The ferry is late at its pier.", "", []Topic{{"ferries", 0.61}}},
		{"The deck and the pier.", "", []Topic{{"ferries", 0.38}}},
		{"A cold deck.", "", nil},
		// The title is less than a hint, however much of it is of the topic.
		{"I had soup for lunch.", "Ferry company sells its ferries", nil},
		{"A cold deck.", "The ferry, its deck and its pier", []Topic{{"ferries", 0.36}}},
		{"The deck and the pier.", "Fishing boats", []Topic{{"ferries", 0.38}}},
		// However often a term stands there, it counts once, and the longest at its place.
		{"The ferry came. The ferry went. Ferry!", "", []Topic{{"ferries", 0.5}}},
		{"They let a fishing boat in.", "", []Topic{{"fishing", 0.5}}},
		// In "ferry~" and in "ferries" it is the same one.
		{"Two ferries.", "", []Topic{{"ferries", 0.5}}},
		// Of two topics it counts for both.
		{"What of the quota?", "", []Topic{{"fishing", 0.5}, {"law", 0.5}}},
		// The surest first, and of equal ones that which comes first in topics.toml.
		{"A court for the ferry.", "", []Topic{{"ferries", 0.5}, {"law", 0.5}}},
		{"A court and a bylaw for the ferry.", "", []Topic{{"law", 0.75}, {"ferries", 0.5}}},
		{"A court for the ferry.", "The court", []Topic{{"law", 0.59}, {"ferries", 0.5}}},
		// No more than four.
		{"Fares, fog, a court, a cod, the ferry.", "", []Topic{{"ferries", 0.5}, {"fishing", 0.5}, {"law", 0.5}, {"money", 0.5}}},
	} {
		var title *token.Scanner
		if test.title != "" {
			title = scan(lex, test.title)
		}
		if got := tagger.Topics(scan(lex, test.text), title, nil); !slices.Equal(got, test.want) {
			t.Errorf("%q in %q: %v, want %v", test.text, test.title, got, test.want)
		}
	}
}

// harbour returns a lexicon with topics of its own, after the embedded ones.
func harbour(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	dir := t.TempDir()
	topics := `
[[topic]]
name = "ferries"
terms = ["ferry~", "ferries"]
hints = ["deck", "pier"]
[[topic]]
name = "fishing"
terms = ["fishing boat~", "cod", "quota"]
hints = ["boat", "fishing"]
[[topic]]
name = "law"
terms = ["court", "bylaw", "quota"]
[[topic]]
name = "money"
terms = ["fares"]
[[topic]]
name = "weather"
terms = ["fog"]
`
	if err := os.WriteFile(filepath.Join(dir, "topics.toml"), []byte(topics), 0o666); err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

func BenchmarkTopics(b *testing.B) {
	doc := scan(lexicon.Default(), "The sanctions on their oil exports hurt only the poor, and the troops should leave the base before the election.")
	tagger := NewTagger(lexicon.Default())
	var dst []Topic
	b.ReportAllocs()
	for b.Loop() {
		dst = tagger.Topics(doc, nil, dst[:0])
	}
}
