package train

import (
	"fmt"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat"

	"threadstance/analyze/sentiment"
	"threadstance/lexicon"
)

func TestTonesKeptApart(t *testing.T) {
	folder := t.TempDir()
	posts := write(t, folder, "posts.jsonl", `{"id":"1","text":"The ferry is late. I love the mayor’s new bridge."}`+"\n"+
		`{"id":"2","text":"We meet at noon."}`+"\n")
	for name, test := range map[string]struct{ tones, want string }{
		"parts of a post":  {"1\t0\t18\t70/5/25\n1\t19\t51\t3/95/2\n2\t0\t16\t98/1/1\n", "[The ferry is late. 0 [0.7 0.05 0.25]] [I love the mayor’s new bridge. 1 [0.03 0.95 0.02]] [We meet at noon. 0 [0.98 0.01 0.01]]"},
		"no such post":     {"1\t0\t18\t70/5/25\n7\t0\t18\t70/5/25\n", "tones.tsv: 1 of its 2 posts are not in"},
		"a shorter text":   {"2\t0\t17\t98/1/1\n", "tones.tsv: post 2 has 16 bytes, and a text of it ends at 17"},
		"no number":        {"2\t0\tall\t98/1/1\n", "tones.tsv:1: no text lies at 0 to all"},
		"nothing":          {"2\t4\t4\t98/1/1\n", "tones.tsv:1: no text lies at 4 to 4"},
		"too much":         {"2\t0\t16\t98/1/2\n", "tones.tsv:1: label \"98/1/2\": the shares sum to 101"},
		"a name of a tone": {"2\t0\t16\tneutral\n", "tones.tsv:1: \"neutral\": there must be 3 shares"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			file := File{Path: posts, Labels: write(t, folder, "tones.tsv", test.tones)}
			err := eachTone(file, func(text string, tone *toned) {
				got = append(got, fmt.Sprint("[", text, " ", tone.class, " ", tone.shares, "]"))
			})
			if found := fmt.Sprintln(strings.Join(got, " "), err); !strings.Contains(found, test.want) {
				t.Errorf("found %s, not %s", found, test.want)
			}
		})
	}
}

// TestSentimentOfSharedTones learns words from tones that are not sure.
func TestSentimentOfSharedTones(t *testing.T) {
	folder := t.TempDir()
	var posts, shares strings.Builder
	for i := range 60 {
		word, tone := "plonky", "10/85/5"
		if i%2 == 1 {
			word, tone = "snargled", "10/5/85"
		}
		text := fmt.Sprintf("the %s thing of day %d", word, i)
		fmt.Fprintf(&posts, "{\"id\":\"p%d\",\"text\":%q}\n", i, text)
		fmt.Fprintf(&shares, "p%d\t0\t%d\t%s\n", i, len(text), tone)
	}
	model, err := Sentiment(lexicon.Default(), ToneData{Files: []File{
		{Path: write(t, folder, "tweets/train.jsonl", tones()), Weight: 1},
		{Path: write(t, folder, "web/posts.jsonl", posts.String()), Labels: write(t, folder, "shares.tsv", shares.String()), Weight: 1},
	}, Words: []File{{Path: write(t, folder, "taught/words.tsv", "# Word, tone\nfrimble\t4/95/1\ngloag\t3/2/95\n"), Weight: 1}}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := model.Meta.Data[1]; got.Name != "web/posts.jsonl with shares.tsv" || got.Rows != 60 {
		t.Errorf("the model says that it learned from %+v", got)
	}
	if got := model.Meta.Data[2]; got.Name != "taught/words.tsv" || got.Rows != 6 {
		t.Errorf("the model says that it learned from %+v", got)
	}
	for text, want := range map[string]sentiment.Label{"a frimble": sentiment.Positive, "a gloag": sentiment.Negative, "a plonky evening": sentiment.Positive, "a snargled evening": sentiment.Negative} {
		if score, label := judge(model, text); label != want {
			t.Errorf("%q is %s (%.2f), not %s", text, label, score, want)
		}
	}
}

func TestRated(t *testing.T) {
	dir := t.TempDir()
	for name, test := range map[string]struct{ lines, want string }{
		"each side": {
			"# kind, rating, text\nproduct\t2\tThe lid shuts with a click.\nmovie\t-3.5\tTwo hours of mud.\neditorial\t0.0\tThe vote is on Tuesday.\n",
			"[The lid shuts with a click. 1 [0.4 0.6 0]] [Two hours of mud. 2 [0 0 1]] [The vote is on Tuesday. 0 [1 0 0]]",
		},
		"a hint":        {"tweet\t-1\tmonday again\n", "[monday again 0 [0.7 0 0.3]]"},
		"beyond":        {"tweet\t0\tA.\ntweet\t4.1\tBest day ever!\n", `rated.tsv:2: rating "4.1": there must be a number from -4 to 4`},
		"not a number":  {"tweet\tNaN\tBest day ever!\n", `rated.tsv:1: rating "NaN"`},
		"a tone's name": {"tweet\tpositive\tBest day ever!\n", `rated.tsv:1: rating "positive"`},
		"no kind":       {"3\tBest day ever!\n", "rated.tsv:1: 2 columns"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			err := eachRated(write(t, dir, "rated.tsv", test.lines), func(text string, tone *toned) {
				got = append(got, fmt.Sprintf("[%s %d %.2g]", text, tone.class, tone.shares))
			})
			if found := fmt.Sprintln(strings.Join(got, " "), err); !strings.Contains(found, test.want) {
				t.Errorf("found %s, not %s", found, test.want)
			}
		})
	}
}

// TestHeldOutRatings holds that the embedded model ranks sentences, rated by those
// who rated what it learned from, as they do, and that none of these, or of the
// sentences of other hands that it is tested by, stands in what it learned from.
func TestHeldOutRatings(t *testing.T) {
	learned := map[string]bool{}
	if err := eachRated("labels/rated.tsv", func(text string, _ *toned) { learned[plain(text)] = true }); err != nil {
		t.Fatal(err)
	}
	model, err := sentiment.Default()
	if err != nil {
		t.Fatal(err)
	}
	for path, least := range map[string]float64{
		"testdata/rated.tsv":                     0.47,
		"../sentiment/testdata/graded.tsv":       0.89,
		"../sentiment/testdata/graded-facts.tsv": 0.64,
	} {
		var ratings, scores []float64
		if err := eachRated(path, func(text string, tone *toned) {
			if learned[plain(text)] {
				t.Errorf("%s: the model learned from %q", path, text)
			}
			score, _ := judge(model, text)
			ratings, scores = append(ratings, tone.shares[sentiment.Positive]-tone.shares[sentiment.Negative]), append(scores, score)
		}); err != nil {
			t.Fatal(err)
		}
		if r := stat.Correlation(ratings, scores, nil); r < least {
			t.Errorf("%s: the correlation of %d scores with the ratings is %.3f, less than %.2f", path, len(scores), r, least)
		} else {
			t.Logf("%s: %d sentences, r %.3f", path, len(scores), r)
		}
	}
}
