package topic

import (
	"testing"

	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

func scan(text string) *token.Scanner {
	var s token.Scanner
	s.Reset(lexicon.Default(), text)
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
			title = scan(test.title)
		}
		got := tagger.Topics(scan(test.text), title, nil)
		first := ""
		for i, topic := range got {
			if i == 0 {
				first = topic.Name
			}
			if !(topic.Score > 0 && topic.Score <= 1) {
				t.Errorf("%q: %s has score %v", test.text, topic.Name, topic.Score)
			}
			if i > 0 && topic.Score > got[i-1].Score {
				t.Errorf("%q: %v is not in order", test.text, got)
			}
		}
		if first != test.first {
			t.Errorf("%q: got %v, want %q first", test.text, got, test.first)
		}
	}
}

func BenchmarkTopics(b *testing.B) {
	doc := scan("The sanctions on their oil exports hurt only the poor, and the troops should leave the base before the election.")
	tagger := NewTagger(lexicon.Default())
	var dst []Topic
	b.ReportAllocs()
	for b.Loop() {
		dst = tagger.Topics(doc, nil, dst[:0])
	}
}
