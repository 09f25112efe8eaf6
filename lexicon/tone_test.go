package lexicon

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func toneFolder(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tone.toml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTone(t *testing.T) {
	l := Default()
	for _, test := range []struct {
		word string
		want Tone
	}{
		{"n't", Negates},
		{"never", Negates},
		{"very", Boosts},
		{"slightly", Dampens},
		{"but", Contrasts},
		{"good", 0},
		{"sea", 0},
	} {
		if got := l.Tone(l.Word(test.word)); got != test.want {
			t.Errorf("%s has tone %b, want %b", test.word, got, test.want)
		}
	}
	longest := l.Idioms(l.Word("sick"))
	if len(longest) < 2 || len(longest[0].Words) < len(longest[1].Words) {
		t.Errorf("idioms of sick: %+v, not the longest first", longest)
	}
	if fedUp := l.Idioms(l.Word("fed")); len(fedUp) != 1 || fedUp[0].Valence != -0.45 {
		t.Errorf("the phrase of valence.tsv is %+v", fedUp)
	}
}

func TestToneIsLaidOver(t *testing.T) {
	l, err := Load(toneFolder(t, "boosters = [\"wicked\"]\n[idioms]\n\"sick of\" = 1\n\"on the fence\" = -0.4\n"))
	if err != nil {
		t.Fatal(err)
	}
	if l.Tone(l.Word("wicked")) != Boosts || l.Tone(l.Word("very")) != Boosts {
		t.Error("a user's booster is not added to the others")
	}
	for first, want := range map[string]float64{"sick": 0.25, "on": -0.1} {
		found := false
		for _, idiom := range l.Idioms(l.Word(first)) {
			found = found || idiom.Valence == want
		}
		if !found {
			t.Errorf("no idiom with %q has the valence %v: %+v", first, want, l.Idioms(l.Word(first)))
		}
	}
}

func TestToneErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"[idioms]\n\"a b\" = 5\n", "tone.toml:2: "},
		{"boosters = [\"\"]\n", "tone.toml:1: "},
		{"booster = [\"x\"]\n", "tone.toml:1: "},
		{"boosters = 3\n", "tone.toml:1: "},
	} {
		_, err := Load(toneFolder(t, test.text))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: %v, want %s…", test.text, err, test.want)
		}
	}
}
