package lexicon

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// folder writes files into a new folder and returns its path.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestDefault(t *testing.T) {
	l, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"US", "Iran", "Iraq", "Trump", "Biden"} {
		if l.Actor(name) < 0 {
			t.Errorf("no actor %s", name)
		}
	}
	for _, test := range []struct {
		word string
		sign float64
	}{{"love", 1}, {"murderer", -1}, {"stooge", -1}, {"table", 0}, {"🙂", 1}, {":)", 1}} {
		v := l.Valence(l.Word(test.word))
		if v*test.sign < 0 || (v == 0) != (test.sign == 0) || v < -1 || v > 1 {
			t.Errorf("valence of %q is %v", test.word, v)
		}
	}
	if l.Word("no-such-word-at-all") != 0 || l.Word("") != 0 {
		t.Error("a word that no file has is known")
	}
}

// find returns the aliases that spell a text, as "Actor kind" each.
func find(l *Lexicon, text string) []string {
	var words []Word
	for _, norm := range split(text) {
		words = append(words, l.Word(norm))
	}
	var found []string
	for _, a := range l.Aliases(words[0]) {
		if slices.Equal(a.Words, words) && (!a.Exact || a.Text == text) {
			found = append(found, l.Actors[a.Actor].Name+" "+a.Kind.String())
		}
	}
	return slices.Compact(found)
}

func TestActors(t *testing.T) {
	l := Default()
	for _, test := range []struct{ text, want string }{
		{"US", "US name"},
		{"us", ""},
		{"Us", ""},
		{"U.S.", "US name"},
		{"america", "US name"},
		{"Americans", "US demonym"},
		{"the Pentagon", ""},
		{"Pentagon", "US institution"},
		{"irgc", "Iran institution"},
		{"Khamenei", "Iran leader"},
		{"Tehran", "Iran name"},
		{"Saddam", "Iraq leader"},
		{"#MAGA", "Trump hashtag"},
		{"Sleepy Joe", "Biden nickname"},
		{"Trump supporters", "Trump not the actor"},
		{"Iran-backed", "Iran not the actor"},
		{"US-led", "US not the actor"},
		{"South America", "US not the actor"},
		{"anti-American", "US not the actor"},
		{"Trump", "Trump name"},
		{"tRump", "Trump nickname, Trump name"},
		{"Joe Biden’s administration", ""},
		{"Biden’s administration", "Biden name"},
		{"Bush", ""},
		{"Obama", ""},
	} {
		if got := strings.Join(find(l, test.text), ", "); got != test.want {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
	}
}

func TestLongestFirst(t *testing.T) {
	l := Default()
	for w := range Word(l.Size()) {
		for i, a := range l.Aliases(w) {
			if a.Words[0] != w {
				t.Errorf("alias %q is found by %q", a.Text, l.vocabulary.words[w])
			}
			if i > 0 && len(a.Words) > len(l.Aliases(w)[i-1].Words) {
				t.Errorf("alias %q comes after a shorter one", a.Text)
			}
		}
		for i, term := range l.Terms(w) {
			if i > 0 && len(term.Words) > len(l.Terms(w)[i-1].Words) {
				t.Errorf("a term of %q comes after a shorter one", l.Topics[term.Topic].Name)
			}
		}
	}
	for i := range l.Actors {
		for k := range l.Actors[i].Leanings {
			leaning := &l.Actors[i].Leanings[k]
			if !slices.Contains(leaningsAt(l, leaning.Words), leaning) {
				t.Errorf("%q of %q is not found by its first words", l.text(leaning.Words), l.Actors[i].Name)
			}
		}
	}
}

// leaningsAt returns the leanings that a text of the words may begin with.
func leaningsAt(l *Lexicon, words []Word) []*Leaning {
	second := Word(0)
	if len(words) > 1 {
		second = words[1]
	}
	alone, longer := l.Leanings(words[0], second)
	return slices.Concat(alone, longer)
}

// sides names the actors, and the sides, that words lean to.
func sides(l *Lexicon, words ...string) string {
	var sides []string
	var numbers []Word
	for _, word := range words {
		numbers = append(numbers, l.Word(word))
	}
	for _, leaning := range leaningsAt(l, numbers) {
		if l.text(leaning.Words) != strings.Join(words, " ") {
			continue
		}
		side := " favor"
		if leaning.Against {
			side = " against"
		}
		sides = append(sides, l.Actors[leaning.Actor].Name+side)
	}
	return strings.Join(sides, ", ")
}

func TestOverlay(t *testing.T) {
	dir := folder(t, map[string]string{
		"actors.toml": `
[[actor]]
name = "Iran"
extend = true
names = ["Iranistan"]
against = ["wobbly centrifuge~", "don't trust them"]
nicknames = [{ text = "Tehran", valence = 0.1 }]
[[actor]]
name = "Biden"
remove = true
[[actor]]
name = "Iraq"
kind = "state"
names = ["Mesopotamia"]
[[actor]]
name = "CIA"
part_of = "US"
names = ["the Company"]
[[actor]]
name = "US"
kind = "state"
exact = ["US"]
`,
		"topics.toml": `
[[topic]]
name = "football"
terms = ["goal~", "world cup"]
[[topic]]
name = "media"
remove = true
[[topic]]
name = "economy"
extend = true
hints = ["pork belly"]
`,
		"valence.tsv": "stooge\t4\r\nwobbly thing\t-2\n",
	})
	l, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		{"Iranistan", "Iran name"},
		{"IRGC", "Iran institution"},
		{"Tehran", "Iran nickname"},
		{"Biden", ""},
		{"Mesopotamia", "Iraq name"},
		{"Baghdad", ""},
		{"CIA", "CIA name"},
		{"the Company", "CIA name"},
		{"Pentagon", ""},
		{"US", "US name"},
		{"us", ""},
	} {
		if got := strings.Join(find(l, test.text), ", "); got != test.want {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
	}
	for _, test := range []struct {
		words []string
		want  string
	}{
		{[]string{"wobbly", "centrifuges"}, "Iran against"},
		{[]string{"do", "n't", "trust", "them"}, "Iran against"},
		{[]string{"death", "to", "america"}, "Iran against"}, // of the embedded file
		{[]string{"yankee", "go", "home"}, ""},               // went with the embedded US
	} {
		if got := sides(l, test.words...); got != test.want {
			t.Errorf("%q leans %q, want %q", test.words, got, test.want)
		}
	}
	if got := l.Actors[l.Actor("cia")].PartOf; got != "US" {
		t.Errorf("CIA is part of %q", got)
	}
	topics := map[string]int{}
	for _, topic := range l.Topics {
		topics[topic.Name] = len(topic.Terms)
	}
	if topics["football"] == 0 || topics["media"] != 0 || topics["economy"] < 10 {
		t.Errorf("topics are %v", topics)
	}
	if got := l.Valence(l.Word("stooge")); got != 1 {
		t.Errorf("valence of stooge is %v, want 1", got)
	}
	if got := l.Valence(l.Word("love")); got <= 0 {
		t.Errorf("valence of love is %v: the overlay took it away", got)
	}
}

// What Init writes loads to the same lexicon, and what a user takes out of it
// is gone.
func TestInit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mine", "lexicon")
	if err := Init(dir); err != nil {
		t.Fatal(err)
	}
	if err := Init(dir); err == nil || !strings.Contains(err.Error(), "actors.toml is there already") {
		t.Errorf("Init writes over files: %v", err)
	}
	l, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	var want, got strings.Builder
	if err := Default().Show(&want); err != nil {
		t.Fatal(err)
	}
	if err := l.Show(&got); err != nil {
		t.Fatal(err)
	}
	// The files have other paths, and a line more.
	bare := func(s string) string {
		var b strings.Builder
		for line := range strings.Lines(s) {
			b.WriteString(line[:strings.LastIndexByte(line, '\t')] + "\n")
		}
		return b.String()
	}
	if diff := cmp.Diff(bare(want.String()), bare(got.String())); diff != "" {
		t.Errorf("the copy differs:\n%s", diff)
	}
	if !strings.Contains(got.String(), "Pentagon\t0\t"+filepath.Join(dir, "actors.toml")+":") {
		t.Error("Show names no file")
	}
	for _, name := range []string{"actors.toml", "valence.tsv"} {
		first := replaceNote + "[[actor]]\nname = \"Sparta\"\n"
		if name == "valence.tsv" {
			first = "# " + replaceNote + "spartan\t1\n"
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(first), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if l, err = Load(dir); err != nil {
		t.Fatal(err)
	}
	if len(l.Actors) != 1 || l.Actor("sparta") != 0 {
		t.Errorf("actors are %v, want Sparta alone", l.Actors)
	}
	if v := l.Valence(l.Word("love")); v != 0 {
		t.Errorf("valence of love is %v, want 0", v)
	}
}

// What a user's own cues say is found by their words, and shown.
func TestCues(t *testing.T) {
	l, err := Load(folder(t, map[string]string{
		"cues.toml": `
sarcasm = ["suuure thing"]
irony = ["jesting pal"]
[[verb]]
lemmas = ["Frobnicate~ "] # blanks at either end count for nothing
nouns = [" Frobnication"]
subject = -0.5
object = 0.25
[[noun]]
words = ["scallywag "]
valence = -0.75
owner = 0.5
[[adjective]]
words = ["splendiferous"]
valence = 0.5
[[phrase]]
texts = ["shooed {X} (away|home)"]
X = -0.5
Y = 0.25
[function]
negator = [" nary"]
`,
		"valence.tsv": "flimflam \t-2\n",
		"tone.toml":   "boosters = [\"wickedly\"]\ndampeners = [\"smidgenish\"]\ncontrasts = [\"albeitly\"]\nnegators = [\"nary\"]\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if v := l.Valence(l.Word("flimflam")); v != -0.5 {
		t.Errorf("flimflam has the valence %v", v)
	}
	c := &l.Cues
	for _, form := range []string{"frobnicate", "frobnicates", "frobnicated", "frobnicating"} {
		if v := c.Verb(l.Word(form)); v == nil || v.Lemma != "frobnicate" || v.Subject != -0.5 || v.Object != 0.25 || v.Noun {
			t.Errorf("%s is %+v", form, v)
		}
	}
	for _, form := range []string{"frobnication", "frobnications"} {
		if v := c.Action(l.Word(form)); v == nil || v.Subject != -0.5 || v.Object != 0.25 || !v.Noun {
			t.Errorf("%s is %+v", form, v)
		}
	}
	for _, form := range []string{"scallywag", "scallywags"} {
		if n := c.Noun(l.Word(form)); n == nil || n.Valence != -0.75 || n.Owner != 0.5 || n.Adjective {
			t.Errorf("%s is %+v", form, n)
		}
	}
	if n := c.Noun(l.Word("splendiferous")); n == nil || n.Valence != 0.5 || n.Owner != 0.5 || !n.Adjective {
		t.Errorf("splendiferous is %+v", n)
	}
	if c.Noun(l.Word("splendiferouses")) != nil {
		t.Error("an adjective has a plural")
	}
	phrases := c.Phrases(l.Word("shooed"))
	for _, p := range phrases {
		if p.X != -0.5 || p.Y != 0.25 || p.Elements[p.Anchor].Kind != Literal {
			t.Errorf("phrase %+v", p)
		}
	}
	if len(phrases) == 0 {
		t.Error("the phrase is not found")
	}
	if !c.Is(l.Word("nary"), Negator) || c.Is(l.Word("nary"), Booster) || c.Is(l.Word("scallywag"), Negator) {
		t.Error("the function of a word is not its own")
	}
	if len(c.Sarcasm(l.Word("suuure"))) != 1 || len(c.Irony(l.Word("jesting"))) != 1 || c.Sarcasm(l.Word("jesting")) != nil {
		t.Error("the marks are not found by their first words")
	}
	var shown strings.Builder
	if err := l.Show(&shown); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"verb\t\tfrobnicate\tsubject -0.5, object 0.25\t", "noun of a verb\t\tfrobnication\tsubject -0.5, object 0.25\t",
		"noun\t\tscallywag\t-0.75, owner 0.5\t", "adjective\t\tsplendiferous\t0.5\t", "phrase\t\tshooed {X} (away|home)\tX -0.5, Y 0.25\t",
		"function\tnegator\tnary\t\t", "mark of sarcasm\t\tsuuure thing\t", "mark of irony\t\tjesting pal\t",
		"tone\t\twickedly\tboosts\t", "tone\t\tsmidgenish\tdampens\t", "tone\t\talbeitly\tcontrasts\t", "tone\t\tnary\tnegates\t",
	} {
		if n := strings.Count(shown.String(), want); n != 1 {
			t.Errorf("%q is shown %d times", want, n)
		}
	}
}

// Every mistake is named by file and line, all at once.
func TestErrors(t *testing.T) {
	for _, test := range []struct {
		name, file, text string
		want             []string
	}{
		{"doubled alias", "actors.toml", "[[actor]]\nname = \"A\"\nnames = [\n  \"same one\",\n]\n[[actor]]\nname = \"B\"\nnames = [\n  \"other\",\n  \"Same  One\",\n]\n", []string{`:10: alias "Same  One" of actor "B" names A already`, `actors.toml:4)`}},
		{"alias of an embedded actor", "actors.toml", "[[actor]]\nname = \"A\"\nnames = [\"Pentagon\"]\n", []string{`:3: alias "Pentagon" of actor "A" names US already (actors.toml:`}},
		{"circle", "actors.toml", "[[actor]]\nname = \"A\"\npart_of = \"B\"\n[[actor]]\nname = \"B\"\npart_of = \"a\"\n", []string{`:3: actor "A" is part of itself`, `:6: actor "B" is part of itself`}},
		{"part of none", "actors.toml", "[[actor]]\nname = \"A\"\npart_of = \"Atlantis\"\n", []string{`:3: actor "A" is part of "Atlantis", which is no actor`}},
		{"no name", "actors.toml", "\n[[actor]]\nkind = \"state\"\n[[actor]]\nname = \" \"\n", []string{":2: this actor has no name", ":4: this actor has no name"}},
		{"alias twice", "actors.toml", "[[actor]]\nname = \"A\"\nnames = [\n  \"A\",\n  \"same one\",\n  \"Same  One\",\n]\n", []string{`:6: alias "Same  One" of actor "A" stands in its lists twice; take one out`}},
		{"twice", "actors.toml", "[[actor]]\nname = \"A\"\n[[actor]]\nname = \"a\"\n", []string{`:3: actor "a" stands in this file twice`}},
		{"kind", "actors.toml", "[[actor]]\nname = \"A\"\nkind = \"country\"\n", []string{`:3: actor "A" has the kind "country"`}},
		{"valence", "actors.toml", "[[actor]]\nname = \"A\"\nhashtags = [{ text = \"#a\", valence = 2 }]\nnicknames = [\n { text = \"b\", valence = nan },\n]", []string{`:3: "#a" has the valence 2`, `:5: "b" has the valence NaN`}},
		{"empty alias", "actors.toml", "[[actor]]\nname = \"A\"\nnames = [\"  \"]\n", []string{`:3: actor "A" has an alias without a word`}},
		{"alias of marks", "actors.toml", "[[actor]]\nname = \"A\"\nnames = [\n  \"B\",\n  \"?!\",\n]\n", []string{`:5: actor "A" has an alias without a word: "?!"`}},
		{"decoy of what", "actors.toml", "[[actor]]\nname = \"A\"\nnot = [\n  { text = \"A team\" },\n]\n", []string{`:4: "A team" of actor "A" says not what it is instead`}},
		{"unknown key", "actors.toml", "[[actor]]\nname = \"A\"\nnicks = [\"b\"]\n\n[[person]]\nname = \"C\"\n", []string{`:3: no such key: "actor.nicks"`, `:5: no such key: "person`}},
		{"no TOML", "actors.toml", "[[actor]]\nname = A\n", []string{":2: "}},
		{"wrong type", "actors.toml", "[[actor]]\nname = \"A\"\nnames = \"B\"\n", []string{":3: "}},
		{"not there to change", "actors.toml", "[[actor]]\nname = \"A\"\nremove = true\n", []string{`:1: actor "A" is to be changed, but there is none of that name`}},
		{"encoding", "actors.toml", "[[actor]]\nname = \"A\"\nnames = [\"caf\xe9\"]\n", []string{":3: not UTF-8; save the file as UTF-8"}},
		{"replace too late", "actors.toml", "# mine\nreplace = true\n[[actor]]\nname = \"A\"\n", []string{`:2: "replace = true" has a meaning as the first line of a file only`}},
		{"unknown table", "actors.toml", "[[actor]]\nname = \"A\"\n[[person]]\nname = \"B\"\n", []string{":3: no such key: \"person\"; lexicon init writes files that show every key$"}},
		{"empty leaning", "actors.toml", "[[actor]]\nname = \"A\"\nfavor = [\"go\"]\nagainst = [\"\"]\n", []string{`:4: actor "A" has a phrase in favor or against without a word`}},
		{"leaning without a word", "actors.toml", "[[actor]]\nname = \"A\"\nfavor = [\n  \"go\",\n  \" \",\n]\n", []string{`:5: actor "A" has a phrase in favor or against without a word`}},
		{"leaning both ways", "actors.toml", "[[actor]]\nname = \"A\"\nfavor = [\"go on\"]\nagainst = [\n  \"go~ on\",\n]\n", []string{`:5: "go on" leans both to actor "A" and against`}},
		{"topic without terms", "topics.toml", "[[topic]]\nname = \"x\"\n", []string{`:1: topic "x" has no terms`}},
		{"topic twice", "topics.toml", "[[topic]]\nname = \"x\"\nterms = [\"a\"]\n[[topic]]\nname = \"X\"\nterms = [\"b\"]\n", []string{`:4: topic "X" stands in this file twice`}},
		{"empty term", "topics.toml", "[[topic]]\nname = \"x\"\nterms = [\n  \"a\",\n  \"\",\n]\n", []string{`:5: topic "x" has a term without a word, or`}},
		{"valence without a tab", "valence.tsv", "good\t1\nbad -1\n", []string{`:2: "bad -1" has no tab`}},
		{"valence out of range", "valence.tsv", "good\t1\nbad\t-5\nworse\tx\nworst\tNaN\n", []string{`:2: "bad" has the valence "-5"`, `:3: "worse" has the valence "x"`, `:4: "worst" has the valence "NaN"`}},
		{"valence of no word", "valence.tsv", "good\t1\n \t2\n", []string{`:2: " \t2" has no word before the tab`}},
		{"cues of no word", "cues.toml", "[[verb]]\nlemmas = [\"frob\", \"~\"]\nnouns = [\n \"\"]\n[[noun]]\nwords = [\"\"]\n[[adjective]]\nwords = [\" \"]\n", []string{`:2: verb "~" has no word`, `:4: noun "" has no word`, `:6: noun "" has no word`, `:8: adjective " " has no word`}},
		{"function of no word", "cues.toml", "[function]\nnegator = [\"\"]\n", []string{`:2: negator "" has no word`}},
		{"mark of no word", "cues.toml", "irony = [\"kidding\",\n \"\"]\n", []string{`:2: "" has no word`}},
		{"cues of many words", "cues.toml", "[[verb]]\nlemmas = [\"give up\"]\nnouns = [\"a sell-out\"]\n[[noun]]\nwords = [\"war dog\"]\n[function]\nnegator = [\"no way\", \"cannot\"]\n", []string{`:2: verb "give up" has more than one word`, `:3: noun "a sell-out" has`, `:5: noun "war dog" has`, `:7: negator "no way" has`, `:7: negator "cannot" has more than one word: ["can" "not"]; write it as a phrase`}},
		{"no such function", "cues.toml", "[function]\nnegators = [\"no\"]\n", []string{`:2: no function is called "negators"; the functions are attitude, `}},
		{"verb out of range", "cues.toml", "[[verb]]\nlemmas = [\n  \"frob\",\n]\nsubject = 3\n", []string{`:3: verb "frob" has the effect 3`}},
		{"cues of nothing", "cues.toml", "[[verb]]\nsubject = 1\n[[noun]]\nvalence = 1\n[[adjective]]\nvalence = 1\n[[phrase]]\nX = 1\n", []string{":1: this verb has no lemmas", ":3: this noun has no words", ":5: this adjective has no words", ":7: this phrase has no texts"}},
		{"cues out of range", "cues.toml", "[[noun]]\nwords = [\"a\"]\nvalence = -1.5\n[[adjective]]\nwords = [\"b\"]\nowner = 2\n[[phrase]]\ntexts = [\"shoo {X}\"]\nX = 1.5\n", []string{`:2: noun "a" has the effect -1.5`, `:5: adjective "b" has the effect 2`, `:8: phrase "shoo {X}" has the effect 1.5`}},
		{"phrase without a target", "cues.toml", "[[phrase]]\ntexts = [\"hands off\"]\nX = 1\n", []string{`:2: phrase "hands off" has no {X}`}},
		{"phrases that are none", "cues.toml", "[[phrase]]\nX = 1\ntexts = [\"{X} and {X} run\",\n\"(shoo {X}\",\n\"{Z} shoos {X}\",\n\"(shoo||go) {X}\",\n\"* {X} shoo?\",\n\"" + strings.Repeat("(shoo|get off) ", 10) + "{X}\"]\n[[phrase]]\ntexts = [\"shoo {X}\"]\n", []string{`:3: phrase "{X} and {X} run" has {X} twice`, `:4: phrase "(shoo {X}" opens a bracket`, `:5: phrase "{Z} shoos {X}" holds braces`, `:6: phrase "(shoo||go) {X}" has an empty choice`, `:7: phrase "* {X} shoo?" has no word that must be there`, `:8: phrase "(shoo|get off) `, ` has too many choices`, `:9: this phrase says nothing`}},
		{"outlet without a name", "news.toml", "\n[[outlet]]\ndomains = [\"a.example\"]\n", []string{`:2: this outlet has no name`}},
		{"domains that are none", "news.toml", "[[outlet]]\nname = \"A\"\ndomains = [\"a.example\",\n \"https://a.example/\"]\nalso = [\"\"]\n", []string{`:4: outlet "A" has the domain "https://a.example/"; write the host alone`, `:5: outlet "A" has an empty name or domain`}},
		{"verdict without a word", "news.toml", "verdicts = [\"4 more years\"]\n", []string{`:1: one of the verdicts of the news is "4 more years"`}},
		{"idiom out of range", "tone.toml", "[idioms]\n\"a b\" = 1\n\"c d\" = 9\n", []string{`:3: "c d" has the valence 9`}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := folder(t, map[string]string{test.file: test.text})
			l, err := Load(dir)
			if err == nil || l != nil {
				t.Fatal("no error")
			}
			for _, want := range test.want {
				if want[0] == ':' {
					want = filepath.Join(dir, test.file) + want
				}
				if !strings.Contains(err.Error()+"$", want) {
					t.Errorf("error is\n%v\nwant\n%s", err, want)
				}
			}
		})
	}
}

func TestErrorsOfFolders(t *testing.T) {
	empty := t.TempDir()
	file := filepath.Join(folder(t, map[string]string{"actors.toml": ""}), "actors.toml")
	bad := folder(t, map[string]string{"actors.toml": "[[actor]]\n", "topics.toml": "[[topic]]\n"})
	stray := folder(t, map[string]string{"actors.toml": "", "topic.toml": "", "Valence.TSV": "", "README.md": "", ".topics.toml": "", "actors.toml~": ""})
	if err := os.Mkdir(filepath.Join(stray, "old.toml"), 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := Load(empty, file, filepath.Join(empty, "none"), bad, stray)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{
		empty + " holds no lexicon file", file + " is no folder", filepath.Join(empty, "none"), "actors.toml:1: this actor has no name", "topics.toml:1: this topic has no name",
		filepath.Join(stray, "topic.toml") + ": no lexicon file has this name; there are actors.toml, topics.toml, ", filepath.Join(stray, "Valence.TSV") + ": no lexicon file",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error is\n%v\nwant %s", err, want)
		}
	}
	if n := strings.Count(err.Error(), "no lexicon file has this name"); n != 2 {
		t.Errorf("%d files are said to have no lexicon's name:\n%v", n, err)
	}
}

func TestVocabulary(t *testing.T) {
	var v vocabulary
	if v.find("a") != 0 {
		t.Error("an empty vocabulary knows a word")
	}
	text := strings.Repeat("abcdefghijklmnopqrstuvwxyz", 1600)
	for n := range Word(40_000) {
		if got := v.add(text[n : n+11+Word(n%7)]); got == 0 || v.words[got] != text[n:n+11+Word(n%7)] {
			t.Fatalf("word %d has the number %d", n, got)
		}
	}
	for n, word := range v.words {
		if n > 0 && v.find(word) != Word(n) {
			t.Fatalf("%q is %d, want %d", word, v.find(word), n)
		}
	}
}

// Load neither panics nor accepts what it cannot show, whatever a file holds.
func FuzzLoad(f *testing.F) {
	for i, name := range Files {
		data, err := embedded.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(i, data[:min(len(data), 4000)])
	}
	f.Add(0, []byte("[[actor]]\nname=\"a\"\npart_of=\"a\"\nnot=[{text=\"a\",is=\"b\",exact=true}]"))
	f.Add(0, []byte("[[actor]]\nname=\"C++/#$,\"\nnames=[\"a/b (c)\",\"é#\",\"?!\"]"))
	f.Add(1, []byte("[[topic]]\nname=\"a\"\nterms=[\"~\",\"be~ ~ a~\"]"))
	f.Add(2, []byte("[[phrase]]\ntexts=[\"{X} (a|b c)? *\",\"{Y}'s {X} (\",\"(|) {X}\"]\nX=1\n[function]\nnegator=[\"~\"]"))
	f.Add(5, []byte("a\t1\n\t2\n' \t3"))
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		name := Files[uint(which)%uint(len(Files))]
		l, err := load([]*sourceFile{{path: name, name: name, data: data}}, nil)
		if err != nil {
			if !strings.Contains(err.Error(), name+":") {
				t.Errorf("the error names no place: %v", err)
			}
			return
		}
		if !utf8.Valid(data) {
			t.Error("accepted what is not UTF-8")
		}
		var b strings.Builder
		if err := l.Show(&b); err != nil {
			t.Error(err)
		}
		if l.Valence(0) != 0 || l.Tone(0) != 0 || l.Cues.Verb(0) != nil || l.Cues.Noun(0) != nil || l.Cues.Is(0, ^Function(0)) {
			t.Error("something is said of the words that are not known")
		}
		for w := range Word(l.Size()) {
			if v := l.Valence(w); !(v >= -1 && v <= 1) {
				t.Errorf("valence of %q is %v", l.vocabulary.words[w], v)
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}

// A phrase of agencies is found wherever it stands, whatever its capitals.
func TestHasPhrases(t *testing.T) {
	news := &Default().News
	for _, phrase := range news.Phrases {
		text := "Officials, “" + strings.ToUpper(phrase) + "” — " + phrase
		if !news.HasPhrases(text, 2) {
			t.Errorf("%q is not found twice in %q", phrase, text)
		}
	}
	if news.HasPhrases("Retold reporters, and nobody else, unsaid Mondays.", 1) {
		t.Error("phrases are found within words")
	}
}

// A verdict is whole words, whatever its capitals and apostrophes.
func TestJudges(t *testing.T) {
	news := &Default().News
	for text, want := range map[string]bool{"Hero of Tehran": true, "HEROES": true, "heroin": false, "Belongs in jail.": true, "belongs in jails": false, "Shouldn’t they": true, "It's time.": true, "": false} {
		word := strings.IndexFunc(text+" ", func(r rune) bool { return strings.ContainsRune(" .", r) })
		if got := news.Judges(text, word); got != want {
			t.Errorf("%q judges: %v", text, got)
		}
	}
}

func TestOutlet(t *testing.T) {
	news := &Default().News
	for name, want := range map[string]string{"REUTERS": "Reuters", "BBC.co.uk": "BBC", "HÜRRIYET": "Hürriyet", "The Christian Science Monitor": "The Christian Science Monitor", "Reuter": "", "": "", strings.Repeat("Reuters", 9): ""} {
		if got := news.Outlet(name); got != want {
			t.Errorf("outlet of %q is %q, not %q", name, got, want)
		}
	}
}

// The version is of what is known, wherever the files are.
func TestVersion(t *testing.T) {
	version := func(text string, named ...string) string {
		l, err := Load(folder(t, map[string]string{"actors.toml": text}))
		if err != nil {
			t.Fatal(err)
		}
		if l, err = l.With(named...); err != nil {
			t.Fatal(err)
		}
		return l.Version()
	}
	const keel = "[[actor]]\nname = \"Keel\"\n"
	first := version(keel)
	for _, test := range []struct {
		is    string
		same  bool
		other string
	}{
		{"of another folder", true, version(keel)},
		{"with a remark", true, version("# Of the harbour.\n" + keel)},
		{"with a name more", false, version(keel + "names = [\"the Keel\"]\n")},
		{"with someone named", false, version(keel, "Ruritania")},
		{"the built-in one", false, Default().Version()},
	} {
		if (test.other == first) != test.same {
			t.Errorf("the lexicon %s has the version %s, and the first %s", test.is, test.other, first)
		}
	}
}

// A name may be listed in two ways that are the same words.
func TestNameOfMarksInTwoWays(t *testing.T) {
	l, err := LoadTexts(map[string]string{"actors.toml": "[[actor]]\nname = \"Marchers\"\nnames = [\"LGBTQ+\", \"LGBTQ +\"]\n"})
	if err != nil {
		t.Fatal(err)
	}
	if i := l.Named("LGBTQ+"); i < 0 || l.Actors[i].Name != "Marchers" {
		t.Errorf("LGBTQ+ is actor %d", i)
	}
}

func TestWith(t *testing.T) {
	l := Default()
	named, err := l.With("Ruritania", "america", "Rudolf Rassendyll", "Melania Trump", "WHO", "Khamenei", "American Idol", "ruritania")
	if err != nil {
		t.Fatal(err)
	}
	var added []string
	for _, a := range named.Actors[len(l.Actors):] {
		added = append(added, strings.TrimSpace(a.Name+" "+a.PartOf))
	}
	if diff := cmp.Diff([]string{"Ruritania", "Rudolf Rassendyll", "Melania Trump", "WHO", "Khamenei Iran", "American Idol"}, added); diff != "" {
		t.Error("added, with whom they are part of (-want +got):\n", diff)
	}
	for text, want := range map[string][]string{
		"ruritania":         {"Ruritania name"},
		"Rudolf Rassendyll": {"Rudolf Rassendyll name"},
		"Rassendyll":        {"Rudolf Rassendyll name"},
		"Rudolf":            nil,
		"Trump":             {"Trump name"},
		"WHO":               {"WHO name"},
		"who":               nil,
		"Khamenei":          {"Khamenei name"},
		"American Idol":     {"American Idol name"},
	} {
		if got := find(named, text); !slices.Equal(got, want) {
			t.Errorf("%q means %v, want %v", text, got, want)
		}
	}
	if l.Actor("Ruritania") >= 0 || slices.Equal(find(l, "Khamenei"), find(named, "Khamenei")) {
		t.Error("the lexicon it was made of has changed")
	}
	if same, err := l.With("US", "Trump"); same != l || err != nil {
		t.Errorf("with known actors alone it is another lexicon (%v)", err)
	}
	if _, err := l.With("?!"); err == nil || !strings.Contains(err.Error(), "without a word") {
		t.Errorf("of a name that is marks it is said: %v", err)
	}
	if _, err := l.With(" "); err == nil {
		t.Error("an actor without a name is taken")
	}
}
