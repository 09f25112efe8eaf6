package token

import (
	"testing"

	"github.com/jdkato/prose/v2"

	"threadstance/lexicon"
	"threadstance/thread"
)

func BenchmarkScan(b *testing.B) {
	lex := lexicon.Default()
	var s Scanner
	tokens := 0
	b.SetBytes(int64(len(freeText)))
	b.ReportAllocs()
	for b.Loop() {
		s.Reset(lex, freeText)
		s.Scan(thread.Span{Start: 0, End: len(freeText)}, 0)
		tokens += len(s.Tokens)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkScanWithoutLexicon(b *testing.B) {
	var s Scanner
	tokens := 0
	b.SetBytes(int64(len(freeText)))
	for b.Loop() {
		s.Reset(nil, freeText)
		s.Scan(thread.Span{Start: 0, End: len(freeText)}, 0)
		tokens += len(s.Tokens)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkProseTokenizer(b *testing.B) {
	tokens := 0
	b.SetBytes(int64(len(freeText)))
	model := &prose.Model{}
	for b.Loop() {
		doc, err := prose.NewDocument(freeText, prose.UsingModel(model), prose.WithSegmentation(false), prose.WithTagging(false), prose.WithExtraction(false))
		if err != nil {
			b.Fatal(err)
		}
		tokens += len(doc.Tokens())
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkTag(b *testing.B) {
	var s Scanner
	s.Reset(nil, freeText)
	s.Scan(thread.Span{Start: 0, End: len(freeText)}, 0)
	var tagger Tagger
	tagger.Tag(freeText, s.Tokens[:10])
	tokens := 0
	b.ReportAllocs()
	for b.Loop() {
		for _, sentence := range s.Sentences {
			tagger.Tag(freeText, s.Tokens[sentence.First:sentence.Last])
		}
		tokens += len(s.Tokens)
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tags/s")
}

func BenchmarkLoadTagModel(b *testing.B) {
	for b.Loop() {
		readTagModel()
	}
}
