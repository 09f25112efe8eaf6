package train

import (
	"strings"
	"testing"

	"threadstance/thread"
)

// TestSentencesOf makes posts of the labelled sentences, whose names are where
// the labels say, and names the line of a mistake and labels of other texts.
func TestSentencesOf(t *testing.T) {
	dir := t.TempDir()
	posts := write(t, dir, "posts.jsonl", `{"thread":"ferry","id":"1","text":"I took the ferry. Mayor Núñez sold it, and Okafor wept."}
{"thread":"ferry","id":"2","text":"Who is Okafor?"}
`)
	read := func(labels string) (texts []string, failure error) {
		t.Helper()
		threads, err := sentencesOf(File{Path: posts, Sentences: write(t, dir, "labels.tsv", labels)})
		if err != nil {
			return nil, err
		}
		for th, err := range threads {
			if err != nil {
				return texts, err
			}
			if th.ID != "ferry" {
				t.Errorf("thread %q", th.ID)
			}
			for i, p := range th.Posts {
				if p.Index != i || len(p.Segments) != 1 || p.Segments[0].Span != (thread.Span{End: len(p.Text)}) {
					t.Errorf("post %d: index %d, segments %+v", i, p.Index, p.Segments)
				}
				line := p.Text
				for _, target := range p.Targets {
					if target.Name != target.Span.Of(p.Text) {
						t.Errorf("%q at %+v of %q", target.Name, target.Span, p.Text)
					}
					line += " | " + target.Name + " " + target.Label
				}
				texts = append(texts, line)
			}
		}
		return texts, nil
	}

	got, err := read("# post, sentence, name, label\n1\t18\t57\t24\t31\t5/5/90\n1\t18\t57\t45\t51\t40/55/5\n2\t0\t14\t7\t13\tneutral\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Mayor Núñez sold it, and Okafor wept. | Núñez 5/5/90 | Okafor 40/55/5",
		"Who is Okafor? | Okafor neutral",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for text, want := range map[string]string{
		"1\t18\t57\t24\t31\n":                ":1: 5 columns",
		"# one\n1\t18\tend\t24\t31\tfavor\n": `:2: the end is "end"`,
		"1\t18\t20\t24\t31\tfavor\n":         ":1: the name at 24 to 31 does not lie in the sentence at 18 to 20",
		"1\t18\t57\t24\t24\tfavor\n":         ":1: the name at 24 to 24",
		"1\t18\t57\t24\t31\tfavour\n":        `:1: no label is called "favour"`,
		"1\t18\t580\t24\t31\tfavor\n":        "post 1 has 57 bytes, and a sentence of it ends at 580",
		"9\t18\t57\t24\t31\tfavor\n":         "1 of its 1 posts are not in",
	} {
		if _, err := read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}
