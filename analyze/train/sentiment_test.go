package train

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threadstance/analyze/linear"
	"threadstance/analyze/sentiment"
	"threadstance/analyze/token"
	"threadstance/lexicon"
	"threadstance/thread"
)

// write makes a file below the test's folder.
func write(t *testing.T, folder, name, content string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// tones is labelled records in which made-up words decide.
func tones() string {
	var b strings.Builder
	for i := range 120 {
		word, tone := "zibbly", "positive"
		switch i % 3 {
		case 1:
			word, tone = "grobbed", "negative"
		case 2:
			word, tone = "table", "neutral"
		}
		fmt.Fprintf(&b, "{\"id\":\"%d\",\"text\":\"the %s thing of day %d\",\"tone\":%q}\n", i, word, i, tone)
	}
	return b.String()
}

// judge returns what a model makes of a text.
func judge(model *linear.Model, text string) (score float64, label sentiment.Label) {
	var doc token.Scanner
	doc.Reset(lexicon.Default(), text)
	doc.Scan(thread.Span{End: len(text)}, 0)
	return sentiment.NewLinear(lexicon.Default(), model).Judge(&doc, doc.Sentences)
}

func TestSentiment(t *testing.T) {
	folder := t.TempDir()
	data := ToneData{
		Files: []File{
			{Path: write(t, folder, "tweets/train.jsonl", tones()), Weight: 1},
			{Path: write(t, folder, "news/train.jsonl", `{"id":"n","text":"the zibbly mayor","targets":[{"name":"mayor","start":11,"end":16,"label":"favor"}]}`+"\n"), Weight: 0.5},
		},
		Without: []string{write(t, folder, "tweets/dev.jsonl", `{"id":"d","text":"@who The zibbly thing of DAY 0!","tone":"positive"}`+"\n")},
	}
	model, err := Sentiment(lexicon.Default(), data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var rows []int
	for _, d := range model.Meta.Data {
		rows = append(rows, d.Rows)
	}
	if got, want := fmt.Sprint(rows), "[119 1]"; got != want {
		t.Errorf("%s examples of each set, not %s: the text of dev is to be left out", got, want)
	}
	for text, want := range map[string]sentiment.Label{
		"a zibbly evening": sentiment.Positive, "a grobbed evening": sentiment.Negative, "the table thing": sentiment.Neutral,
	} {
		if score, label := judge(model, text); label != want {
			t.Errorf("%q is %s (%.2f), not %s", text, label, score, want)
		}
	}

	// The same data gives the same bytes, and they are read back.
	again, err := Sentiment(lexicon.Default(), data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	one, _ := model.MarshalBinary()
	two, _ := again.MarshalBinary()
	if !bytes.Equal(one, two) {
		t.Error("two models of the same data differ")
	}
	back := new(linear.Model)
	if err := back.UnmarshalBinary(one); err != nil {
		t.Fatal(err)
	}
	three, _ := back.MarshalBinary()
	if !bytes.Equal(one, three) {
		t.Error("a model that was read back differs")
	}
}

func TestSentimentWithoutData(t *testing.T) {
	folder := t.TempDir()
	for name, test := range map[string]struct {
		data ToneData
		want string
	}{
		"no files":  {ToneData{}, "no files"},
		"no file":   {ToneData{Files: []File{{Path: filepath.Join(folder, "none.jsonl"), Weight: 1}}}, "none.jsonl"},
		"no labels": {ToneData{Files: []File{{Path: write(t, folder, "bare.jsonl", "{\"text\":\"x\"}\n"), Weight: 1}}}, "no tones"},
	} {
		if _, err := Sentiment(lexicon.Default(), test.data, Options{}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
