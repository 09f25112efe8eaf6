package evaluate_test

import (
	"strings"
	"testing"

	"threadstance/analyze"
	"threadstance/analyze/evaluate"
	"threadstance/lexicon"
	"threadstance/thread"
)

// report scores the rules on labelled lines.
func report(t *testing.T, lines ...string) *evaluate.Report {
	t.Helper()
	lex := lexicon.Default()
	analyzer, err := analyze.New(lex, analyze.Options{Stance: "rules", Sentiment: "rules"})
	if err != nil {
		t.Fatal(err)
	}
	e, err := evaluate.New(lex, analyzer, evaluate.Options{Errors: 10})
	if err != nil {
		t.Fatal(err)
	}
	for th, err := range (thread.JSONLines{}).Read(thread.Source{Path: "gold.jsonl", Reader: strings.NewReader(strings.Join(lines, "\n"))}) {
		if err != nil {
			t.Fatal(err)
		}
		e.Add(th)
	}
	return e.Report()
}

// Every label is a row: of one that the program has no stance for, saying nothing
// is neutral.
func TestEveryLabelCounts(t *testing.T) {
	r := report(t,
		`{"text":"Trump is a liar and a crook.","stance":{"Trump":"against"}}`,
		`{"text":"Trump is a liar and a crook.","targets":["Trump"],"stance":{"Trump":"against"}}`,
		`{"text":"Trump es un mentiroso y un ladrón, todo el mundo lo sabe desde hace años.","stance":{"Trump":"against","Iran":"neutral"}}`,
	)
	all := r.Stance[0]
	if all.Count != 4 || all.Accuracy.Value != 0.75 {
		t.Errorf("%d rows, accuracy %v; want 4, 0.75", all.Count, all.Accuracy.Value)
	}
	if len(r.Errors) != 1 || r.Errors[0].Label != "neutral" || !strings.Contains(r.Errors[0].Text, "mentiroso") {
		t.Errorf("mistakes %+v", r.Errors)
	}
}

// The interval of a mean over labels is of the labels that the rows have, though
// most samples have no row of a rare one.
func TestIntervalOfRareLabel(t *testing.T) {
	lines := []string{`{"text":"I met Trump.","stance":{"Trump":"favor"}}`}
	for range 60 {
		lines = append(lines, `{"text":"I met Trump.","stance":{"Trump":"neutral"}}`)
	}
	f := report(t, lines...).Stance[0].MacroF1
	if f.Value > 0.5 || f.High > 0.51 {
		t.Errorf("macro F1 %v up to %v, of labels one of which is never found", f.Value, f.High)
	}
}

// A label for an actor that the record asks for besides, by the same name or
// another, is one row, though the post does not speak of the actor.
func TestLabelOfTargetCountsOnce(t *testing.T) {
	r := report(t, `{"text":"I waited for the bus all day.","targets":["Trump","Donald Trump"],"stance":{"Trump":"neutral"}}`)
	if n := r.Stance[0].Count; n != 1 {
		t.Errorf("%d rows of one label", n)
	}
}
