package token

import (
	_ "embed"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/jdkato/prose/v2"
	"github.com/mingrammer/commonregex"

	"threadstance/lexicon"
	"threadstance/thread"
)

//go:embed testdata/free.txt
var freeText string

// The texts are the Declaration of Independence (1776), Lincoln's addresses
// at Gettysburg (1863) and of 1865, the Bill of Rights (1791), and sentences
// written for this test.
func TestTagsAreThoseOfProse(t *testing.T) {
	for name, lex := range map[string]*lexicon.Lexicon{"words without numbers": nil, "words of the lexicon": lexicon.Default()} {
		t.Run(name, func(t *testing.T) { testTagsOfFreeText(t, lex) })
	}
}

func testTagsOfFreeText(t *testing.T, lex *lexicon.Lexicon) {
	model := prose.ModelFromData("shared")
	var tagger Tagger
	var s Scanner
	s.Reset(lex, freeText)
	s.Scan(thread.Span{Start: 0, End: len(freeText)}, 0)
	compared, skipped := 0, 0
	for _, sentence := range s.Sentences {
		tokens := s.Tokens[sentence.First:sentence.Last]
		tagger.Tag(freeText, tokens)
		words := make([]string, len(tokens))
		last := map[string]int{}
		for i := range tokens {
			words[i] = surface(freeText, &tokens[i])
			last[words[i]] = i
		}
		doc, err := prose.NewDocument(strings.Join(words, " "),
			prose.UsingModel(model), prose.WithSegmentation(false), prose.WithExtraction(false))
		if err != nil {
			t.Fatal(err)
		}
		want := doc.Tokens()
		same := len(want) == len(words)
		for i := 0; same && i < len(words); i++ {
			same = want[i].Text == words[i]
		}
		if !same { // prose cuts a word further
			skipped += len(words)
			continue
		}
		for i, w := range want {
			if last[w.Text] != i {
				continue // prose shares a token between equal words, and so its tag is the last one's
			}
			compared++
			if got := tokens[i].Tag.String(); got != w.Tag {
				t.Errorf("%s: %q is %s, prose says %s", strings.Join(words, " "), w.Text, got, w.Tag)
			}
		}
	}
	t.Logf("compared %d tokens, skipped %d", compared, skipped)
	if compared < 1500 || skipped > compared/20 {
		t.Errorf("compared only %d tokens, skipped %d", compared, skipped)
	}
}

// Words in any order take the tagger where sentences do not.
func TestTagsOfShuffledWords(t *testing.T) {
	model := prose.ModelFromData("shared")
	words := strings.FieldsFunc(freeText, func(r rune) bool { return !('a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9') })
	words = append(words, "-", "0", "1999", "U.S.", "e.g.", "xD", "Khamenei", "Zarif", "MAGA", "-LRB-", "``", "12th", "café", "3-year")
	random := rand.New(rand.NewPCG(1, 2))
	var tagger Tagger
	bad, compared := 0, 0
	for range 300 {
		var text strings.Builder
		var tokens []Token
		seen := map[string]bool{}
		for range 20 {
			word := words[random.IntN(len(words))]
			if seen[word] {
				continue
			}
			seen[word] = true
			if text.Len() > 0 {
				text.WriteByte(' ')
			}
			token := Token{Span: thread.Span{Start: text.Len(), End: text.Len() + len(word)}, Norm: strings.ToLower(word)}
			if word == "xD" {
				token.Flags = Emoticon
			}
			tokens = append(tokens, token)
			text.WriteString(word)
		}
		tagger.Tag(text.String(), tokens)
		doc, err := prose.NewDocument(text.String(),
			prose.UsingModel(model), prose.WithSegmentation(false), prose.WithExtraction(false))
		if err != nil {
			t.Fatal(err)
		}
		want := doc.Tokens()
		if len(want) != len(tokens) {
			t.Fatalf("%q: prose sees %d words of %d", text.String(), len(want), len(tokens))
		}
		for i := range want {
			compared++
			if got := tokens[i].Tag.String(); got != want[i].Tag && !(got == "-" && strings.HasPrefix(want[i].Tag, "-")) {
				if bad++; bad < 10 {
					t.Errorf("%q: %q is %s, prose says %s", text.String(), want[i].Text, got, want[i].Tag)
				}
			}
		}
	}
	t.Logf("compared %d, %d differ", compared, bad)
}

func TestTagNames(t *testing.T) {
	r := tagReader{data: tagData}
	r.weights()
	for i := range r.number() {
		if got := r.text(); got != Tag(i+1).String() {
			t.Errorf("tag %d is %s in the weights and %s here", i+1, got, Tag(i+1))
		}
	}
}

func FuzzLinked(f *testing.F) {
	for _, seed := range []string{"1.25", "3.5", "U.S.-led", "home.They", "...and", "a.(b)", "x.y,z", "e.g.", "p.1é"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, word string) {
		if strings.ContainsAny(word, "()<> \t\n\r\v\f") || strings.ToValidUTF8(word, "") != word || strings.HasPrefix(word, ".") {
			return // no such token comes to the tagger
		}
		if got, want := linked(word), commonregex.LinkRegex.MatchString(word); got != want {
			t.Errorf("linked(%q) = %v, prose says %v", word, got, want)
		}
	})
}

// Each worker has its own Tagger; what they share must not be written to.
func TestTaggersShareTheirWeights(t *testing.T) {
	var want []Tag
	tags := func() (tags []Tag) {
		var s Scanner
		var tagger Tagger
		s.Reset(nil, freeText)
		s.Scan(thread.Span{Start: 0, End: len(freeText)}, 0)
		for _, sentence := range s.Sentences {
			tagger.Tag(freeText, s.Tokens[sentence.First:sentence.Last])
		}
		for i := range s.Tokens {
			tags = append(tags, s.Tokens[i].Tag)
		}
		return tags
	}
	want = tags()
	done := make(chan []Tag)
	for range 4 {
		go func() { done <- tags() }()
	}
	for range 4 {
		if got := <-done; !slices.Equal(got, want) {
			t.Error("tags differ between workers")
		}
	}
}

func FuzzTag(f *testing.F) {
	f.Add("He can't - 0 * -LRB- @x :) 😂 é U.S. 1.25 n't ' \x00")
	var s Scanner
	var tagger Tagger
	f.Fuzz(func(t *testing.T, text string) {
		s.Reset(nil, text)
		s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
		for _, sentence := range s.Sentences {
			tagger.Tag(text, s.Tokens[sentence.First:sentence.Last])
		}
		for i := range s.Tokens {
			if tag := s.Tokens[i].Tag; tag == NoTag || tag > Dash {
				t.Errorf("%q: token %d has tag %d", text, i, tag)
			}
		}
	})
}
