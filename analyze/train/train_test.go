package train

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"threadstance/analyze/linear"
	"threadstance/lexicon"
)

// ferryPosts returns 40 labelled posts with the fields given before the text of each.
func ferryPosts(fields func(i int) string) string {
	var posts strings.Builder
	for i := range 40 {
		text, label := "The ferry is on time and the crew is kind.", "favor"
		if i%2 == 0 {
			text, label = "The ferry is late and the crew is rude.", "against"
		}
		fmt.Fprintf(&posts, `{%s"text":%q,"stance":{"ferry":%q}}`+"\n", fields(i), text, label)
	}
	return posts.String()
}

// TestOneThread trains on labels of a single thread, which cannot be held back
// by threads, and says so where there are too few even by posts.
func TestOneThread(t *testing.T) {
	posts := ferryPosts(func(i int) string { return fmt.Sprintf(`"thread":"harbour","id":"%d",`, i) })
	dir := t.TempDir()
	file := File{Path: write(t, dir, "thread.jsonl", posts), Weight: 1}
	model, err := Stance(lexicon.Default(), []File{file}, Options{Target: "ferry"})
	if err != nil {
		t.Fatal(err)
	}
	if rows := model.Meta.Data[0].Rows; rows != 40 {
		t.Errorf("trained on %d labels", rows)
	}
	one, _, _ := strings.Cut(posts, "\n")
	file.Path = write(t, dir, "post.jsonl", one)
	if _, err := Stance(lexicon.Default(), []File{file}, Options{}); err == nil || !strings.Contains(err.Error(), "1 labels are too few") {
		t.Errorf("of one label: %v", err)
	}
}

// TestNamelessThreads trains on posts of which only the text is given: each is a
// thread of its own.
func TestNamelessThreads(t *testing.T) {
	posts := ferryPosts(func(int) string { return "" })
	file := File{Path: write(t, t.TempDir(), "posts.jsonl", posts), Weight: 1}
	if _, err := Stance(lexicon.Default(), []File{file}, Options{Target: "ferry"}); err != nil {
		t.Error(err)
	}
}

// TestFair says by what a model is calibrated.
func TestFair(t *testing.T) {
	sided := linear.Example{Class: 1, Sided: true}
	plain := linear.Example{Class: 0}
	for name, test := range map[string]struct {
		examples []linear.Example
		drawn    []bool
		firstEnd int
		want     []bool
	}{
		"the first file's that were drawn":  {[]linear.Example{plain, plain, plain}, []bool{true, false, true}, 2, []bool{true, false, false}},
		"not a first file without neutral":  {[]linear.Example{sided, plain, plain}, []bool{true, true, false}, 1, []bool{false, true, false}},
		"picked ones where none were drawn": {[]linear.Example{sided, plain, plain}, []bool{false, false, false}, 2, []bool{false, true, true}},
		"all where all are sided":           {[]linear.Example{sided, sided}, []bool{true, true}, 1, []bool{true, true}},
	} {
		var origins []origin
		for _, drawn := range test.drawn {
			origins = append(origins, origin{drawn: drawn})
		}
		of := fair(test.examples, origins, test.firstEnd)
		for i, want := range test.want {
			if of(i) != want {
				t.Errorf("%s: example %d is taken: %v", name, i, of(i))
			}
		}
	}
}

func TestMarkSided(t *testing.T) {
	neutral, favor, against := linear.Example{Class: 0}, linear.Example{Class: 1}, linear.Example{Class: 2}
	unsure := linear.Example{Class: 1, Shares: [3]float64{0.3, 0.6, 0.1}}
	for name, test := range map[string]struct {
		files [][]linear.Example
		want  []bool // by file
	}{
		"a file without the neutral beside one with it": {[][]linear.Example{{neutral, favor}, {favor, against}}, []bool{false, true}},
		"shares of it are neutral too":                  {[][]linear.Example{{neutral}, {against, unsure}}, []bool{false, false}},
		"nothing neutral anywhere":                      {[][]linear.Example{{favor}, {against}}, []bool{false, false}},
		"an empty file":                                 {[][]linear.Example{{neutral}, {}, {favor}}, []bool{false, false, true}},
	} {
		var examples []linear.Example
		var ends []int
		for _, file := range test.files {
			examples = append(examples, file...)
			ends = append(ends, len(examples))
		}
		markSided(examples, ends)
		from := 0
		for i, end := range ends {
			if slices.ContainsFunc(examples[from:end], func(e linear.Example) bool { return e.Sided != test.want[i] }) {
				t.Errorf("%s: the examples of file %d are not sided %v", name, i, test.want[i])
			}
			from = end
		}
	}
}
