package evaluate_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"threadstance/analyze"
	"threadstance/analyze/evaluate"
	"threadstance/lexicon"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
)

// report scores the rules on labelled lines.
func report(t *testing.T, lines ...string) *evaluate.Report {
	t.Helper()
	return reportWith(t, evaluate.Options{Errors: 10}, lines...)
}

func reportWith(t *testing.T, options evaluate.Options, lines ...string) *evaluate.Report {
	t.Helper()
	lex := lexicon.Default()
	analyzer, err := analyze.New(lex, analyze.Options{Stance: "rules", Sentiment: "rules"})
	if err != nil {
		t.Fatal(err)
	}
	e, err := evaluate.New(lex, analyzer, options)
	if err != nil {
		t.Fatal(err)
	}
	labels := 0
	for th, err := range (jsonl.Posts{}).Read(input.Source{Path: "gold.jsonl", Reader: strings.NewReader(strings.Join(lines, "\n"))}) {
		if err != nil {
			t.Fatal(err)
		}
		labels += e.Add(th)
	}
	r := e.Report()
	rows := 0
	for _, list := range [][]evaluate.Group{r.Stance, r.Tone} {
		if len(list) > 0 {
			rows += list[0].Count
		}
	}
	if rows != labels {
		t.Errorf("%d labels were added, and %d are reported", labels, rows)
	}
	return r
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

// A stance that was not judged is neutral for sure, so that its shares sum to 1
// as those of any other do.
func TestUnansweredIsNeutral(t *testing.T) {
	var lines []string
	for range 50 {
		lines = append(lines, `{"text":"Trump es un mentiroso y un ladrón, todo el mundo lo sabe desde hace años.","stance":{"Trump":"neutral"}}`)
	}
	r := report(t, lines...)
	if g := r.Stance[0]; g.Accuracy.Value != 1 || g.Prevalence != 0 || g.CalibrationError != 0 || len(r.Errors) > 0 {
		t.Errorf("prevalence error %v, calibration error %v, %d mistakes", g.Prevalence, g.CalibrationError, len(r.Errors))
	}
}

// The figures are of all rows, then of each target and each value of a field that
// more than one row has, where that splits them: of the 20 that have the most rows,
// those of one size by name.
func TestGroups(t *testing.T) {
	line := func(target, board string) string {
		return fmt.Sprintf(`{"text":"I read about it on the bus.","stance":{%q:"neutral"},"board":%q}`, target, board)
	}
	var towns, one []string
	want := []string{"all 43"}
	for i := range 21 {
		target := fmt.Sprintf("Town %02d", 20-i)
		towns = append(towns, line(target, ""), line(target, ""))
		if i < 19 {
			want = append(want, fmt.Sprintf("Town %02d 2", i))
		}
	}
	towns = append(towns, line("Town 20", ""))
	want = slices.Insert(want, 1, "Town 20 3")
	for range 3 {
		one = append(one, line("Trump", "harbour"))
	}
	for name, test := range map[string]struct{ lines, want []string }{
		"targets":                     {[]string{line("Trump", ""), line("Iran", ""), line("Trump", ""), line("Biden", ""), line("Iran", "")}, []string{"all 5", "Iran 2", "Trump 2"}},
		"boards":                      {[]string{line("Trump", "news"), line("Trump", "harbour"), line("Trump", ""), line("Trump", "harbour"), line("Trump", "")}, []string{"all 5", "board=harbour 2"}},
		"one target, one board":       {one, []string{"all 3"}},
		"more targets than are shown": {towns, want},
	} {
		r := reportWith(t, evaluate.Options{By: "board"}, test.lines...)
		var got []string
		for _, g := range r.Stance {
			got = append(got, fmt.Sprint(g.Name, " ", g.Count))
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
		if len(r.Tone) > 0 || len(r.Errors) > 0 {
			t.Errorf("%s: figures of tone %v, mistakes %v, which nobody asked for", name, r.Tone, r.Errors)
		}
	}
}

// Tone is scored over all posts of a thread that have a label for it: with no words
// in English it is neutral.
func TestTones(t *testing.T) {
	r := report(t,
		`{"thread":"ferry","text":"What a wonderful, lovely day on the ferry!","tone":"positive"}`,
		`{"thread":"ferry","text":"The ferry was a horrible, disgusting mess.","tone":"negative"}`,
		`{"thread":"ferry","text":"The ferry leaves at nine.","tone":"neutral"}`,
		`{"thread":"ferry","text":"The ferry leaves at ten."}`,
		`{"thread":"ferry","text":"Der Dampfer ist schon wieder nicht gekommen, und keiner sagt uns, warum.","tone":"negative"}`,
	)
	if len(r.Stance) > 0 || len(r.Tone) != 1 || len(r.Errors) > 0 {
		t.Fatalf("%d groups of stance, %d of tone, %d mistakes", len(r.Stance), len(r.Tone), len(r.Errors))
	}
	g := r.Tone[0]
	if g.Count != 4 || g.Accuracy.Value != 0.75 || g.Labels[1].Recall.Value != 1 || g.Labels[2].Recall.Value != 0.5 || g.Labels[0].Precision.Value != 0.5 {
		t.Errorf("%d labels, figures %+v", g.Count, g.Labels)
	}
	if floor := g.Floors[1]; floor.Name != "sign of the sentiment" || floor.Accuracy != 0.75 {
		t.Errorf("floor %+v", floor)
	}
}

// The mistakes that are kept are those that the program was surest of, in their
// order; of equal ones the first.
func TestMostConfidentMistakes(t *testing.T) {
	const foreign = "Trump es un mentiroso y un ladrón, todo el mundo lo sabe desde hace años."
	lines := []string{
		`{"id":"right","text":"Trump is a liar and a crook.","stance":{"Trump":"against"}}`,
		`{"id":"unsure","text":"Trump is a liar and a crook.","stance":{"Trump":"favor"}}`,
		`{"id":"sure","text":"` + foreign + `","stance":{"Trump":"against"}}`,
		`{"id":"sure as well","text":"` + foreign + `","stance":{"Trump":"favor"}}`,
		`{"id":"unsure as well","text":"Trump is a liar and a crook.","stance":{"Trump":"favor"}}`,
	}
	all := []string{"sure", "sure as well", "unsure", "unsure as well"}
	for n := range 6 {
		got := []string{}
		for _, m := range reportWith(t, evaluate.Options{Errors: n}, lines...).Errors {
			got = append(got, m.ID)
			unsure := strings.HasPrefix(m.ID, "unsure")
			if unsure != (len(m.Evidence) > 0) || unsure && !strings.Contains(m.Evidence[0], `"liar"`) {
				t.Errorf("the evidence of %q is %q", m.ID, m.Evidence)
			}
		}
		if want := all[:min(n, len(all))]; !slices.Equal(got, want) {
			t.Errorf("of %d mistakes %q are kept, want %q", n, got, want)
		}
	}
}
