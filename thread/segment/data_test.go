package segment_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"threadstance/thread"
	"threadstance/thread/read/input"
	"threadstance/thread/read/text"
	"threadstance/thread/segment"
)

// dataFolder returns the folder of labelled data, which is no part of the
// project, and skips the test where there is none.
func dataFolder(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("THREADSTANCE_DATA")
	if folder == "" {
		folder = "../../../shared/data"
	}
	if _, err := os.Stat(folder); err != nil {
		t.Skip("no labelled data here; THREADSTANCE_DATA names its folder")
	}
	return folder
}

type goldPart struct {
	Kind      string `json:"kind"`
	Text      string `json:"text"`
	QuoteOf   *int   `json:"quote_of"`
	Elsewhere bool   `json:"elsewhere"`
}

// TestQuotesOfData holds the finding of quotes to what forum threads of which
// the markup is known have, pasted without it. Passages quoted from elsewhere
// are left out.
func TestQuotesOfData(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(dataFolder(t), "quotes/*.gold.json"))
	if err != nil || len(files) == 0 {
		t.Skip("no threads with known quotes here")
	}
	var hit, said, gold float64 // tokens
	named, right := 0, 0        // quotes of a post, and those whose post was found
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var want struct{ Posts [][]goldPart }
		if err := json.Unmarshal(data, &want); err != nil {
			t.Fatal(err)
		}
		page, err := os.Open(strings.TrimSuffix(file, ".gold.json") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		defer page.Close()
		for got, err := range (text.Format{}).Read(input.Source{Path: file, Reader: page}) {
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Posts) != len(want.Posts) {
				t.Errorf("%s: %d posts, not %d", file, len(got.Posts), len(want.Posts))
				continue
			}
			new(segment.Segmenter).Segment(got)
			for i := range got.Posts {
				post := &got.Posts[i]
				at := 0
				for _, part := range want.Posts[i] {
					tokens, ours := 0, 0
					for _, token := range strings.Fields(part.Text) {
						k := strings.Index(post.Text[at:], token)
						if k < 0 {
							t.Fatalf("%s: post %d has no %q", file, i, token)
						}
						segment := segmentAt(post, at+k)
						quoted := segment != nil && segment.Kind == thread.Quote
						at += k + len(token)
						if part.QuoteOf != nil {
							tokens++
							if quoted && segment.QuoteOf == *part.QuoteOf {
								ours++
							}
						}
						if part.Elsewhere {
							continue
						}
						if quoted {
							said++
						}
						if part.Kind == "quote" {
							gold++
						}
						if quoted && part.Kind == "quote" {
							hit++
						}
						if quoted != (part.Kind == "quote") && os.Getenv("SHOW") != "" {
							t.Logf("%s %d %s %s", filepath.Base(file), i, part.Kind, token)
						}
					}
					if tokens > 0 {
						named++
						if 2*ours > tokens {
							right++
						}
					}
				}
			}
		}
	}
	precision, recall := hit/said, hit/gold
	f1 := 2 * precision * recall / (precision + recall)
	of := float64(right) / float64(named)
	t.Logf("%d threads: precision %.4f, recall %.4f, F1 %.4f of quoted tokens; %.4f of quotes have their post", len(files), precision, recall, f1, of)
	if f1 < 0.985 {
		t.Errorf("F1 of quoted tokens is %.4f, below 0.985", f1)
	}
	if of < 0.9 {
		t.Errorf("%.4f of quotes have their post, below 0.9", of)
	}
}

func segmentAt(post *thread.Post, at int) *thread.Segment {
	for i := range post.Segments {
		if s := &post.Segments[i]; s.Start <= at && at < s.End {
			return s
		}
	}
	return nil
}
