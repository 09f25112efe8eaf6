package token

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"threadstance/lexicon"
	"threadstance/thread"
)

// check fails where the tokens of a scanned span do not hold what Scan promises.
func check(t *testing.T, s *Scanner, span thread.Span) {
	t.Helper()
	at := span.Start
	gap := func(to int) {
		for _, r := range s.Text[at:to] {
			if !blank(r) {
				t.Errorf("%q: %q at %d is in no token", s.Text, r, at)
			}
		}
	}
	for i := range s.Tokens {
		token := &s.Tokens[i]
		if token.Start < at || token.End <= token.Start || token.End > span.End {
			t.Fatalf("%q: token %d is [%d, %d) after %d", s.Text, i, token.Start, token.End, at)
		}
		if token.Norm == "" || !utf8.ValidString(token.Norm) {
			t.Errorf("%q: norm %q of %q", s.Text, token.Norm, token.Of(s.Text))
		}
		gap(token.Start)
		at = token.End
	}
	gap(span.End)
	next := 0
	for _, sentence := range s.Sentences {
		if sentence.First != next || sentence.Last <= sentence.First {
			t.Fatalf("%q: sentence [%d, %d) after %d", s.Text, sentence.First, sentence.Last, next)
		}
		next = sentence.Last
	}
	if next != len(s.Tokens) {
		t.Errorf("%q: sentences end at %d of %d tokens", s.Text, next, len(s.Tokens))
	}
}

func FuzzScan(f *testing.F) {
	for _, seed := range []string{
		"Mr. O'Brien's U.S.-led $1,200.50 60% 9/11 war... don't \"quote\" it!",
		"@a #b :-)) emoticon_xclownemoticon_smile :lol: <3 >:( http://a.b/c?d www.x a@b.com",
		"It lies http://…", "It lies http://www./x", "It lies HTTP://😀 www.",
		"Sooooo IIII noooo’t ’’“” ‘a’ — – … €5 £ 1️⃣ 👨‍👩‍👧🏽🇺🇸 ❤️\u200b\ufeff\u00ad",
		"a.b.c. U.S U.S. J.Smith W. B.\n\nx\r\ny\vz n't 's ' ` `` '' \"\" ** -- __ //s /s :::",
		"I\u0307İ ﬁ é日本語 привет سلام\x00\x7f\x1f",
	} {
		f.Add(seed, 0, len(seed))
	}
	var s Scanner
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		text = strings.ToValidUTF8(text, "?")
		span := thread.Span{Start: 0, End: len(text)}
		if 0 <= from && from <= to && to <= len(text) && utf8.ValidString(text[from:to]) && utf8.ValidString(text[:from]) {
			span = thread.Span{Start: from, End: to}
		}
		s.Reset(nil, text)
		s.Scan(span, 0)
		check(t, &s, span)
	})
}

// A word is the same token whatever stands behind it: one that more text
// follows may be read another way, all of its letters at once.
func TestWordsAreReadAlike(t *testing.T) {
	lex := lexicon.Default()
	words := strings.FieldsFunc(freeText, func(r rune) bool { return !isWordRune(r) })
	words = append(words, strings.Fields(`I A Ok NO iPhone aaah Aaah ooo noooo sooooon hmmm committee Mississippi president Presidents
		cant dont Wont ive ts es cannot Cannot aint thats theyre x y2k zz aZ Zz Zaz état naïve`)...)
	var alone, followed Scanner
	for _, word := range words {
		for _, behind := range []string{" and then some", ", as it were", "\nthe next line"} {
			alone.Reset(lex, word)
			alone.Scan(thread.Span{End: len(word)}, 0)
			followed.Reset(lex, word+behind)
			followed.Scan(thread.Span{End: len(word + behind)}, 0)
			for i, want := range alone.Tokens {
				if got := followed.Tokens[i]; got != want {
					t.Errorf("%q before %q is %+v, alone %+v", word, behind, got, want)
				}
			}
		}
	}
}

// Text that is not UTF-8 should not come here, and must do no harm.
func FuzzScanBroken(f *testing.F) {
	f.Add([]byte("\xff\xfe don\xe2\x80t \xf0\x9f"))
	var s Scanner
	f.Fuzz(func(t *testing.T, text []byte) {
		s.Reset(nil, string(text))
		s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
	})
}

// Texts made to be slow: one of 200 times the length may take about as long as
// 200 of them. A scan that looks back or ahead without bounds takes 200 times as
// long.
func TestHostileTexts(t *testing.T) {
	var s Scanner
	var tagger Tagger
	took := func(text string, times int) time.Duration {
		start := time.Now()
		for range times {
			s.Reset(nil, text)
			s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
			for _, sentence := range s.Sentences {
				tagger.Tag(text, s.Tokens[sentence.First:sentence.Last])
			}
			English(&s, s.Sentences)
		}
		return time.Since(start)
	}
	const length, times, most, tries = 1000, 200, 20, 4
	for _, unit := range []string{
		"a's", "'s", "ab.", "a.", "a.b", "emoticon_x", "\"a ", "\"", ")", "(", "a\n", "\n", "a@", "a@b.", "http://", "www.", ":a", "-a", "1.", "1,1:",
		"a*", "sh!", "!", "?!", ".", "…", "–", "’", "n’t", "\u200d👩", "🇺", "1\ufe0f\u20e3", "é", "aaaa", "A", "日", "&amp;", "no. 5 ", "Mr. ", "W. ",
		"x\u2028", "x\r", "X\f",
	} {
		short := strings.Repeat(unit, length/len(unit))
		long := strings.Repeat(short, times)
		slow := true
		for try := 0; slow && try < tries; try++ { // another program may have had the processor
			slow = took(long, 1) > most*took(short, times)
		}
		if slow {
			t.Errorf("%q: the time grows faster than the text", unit)
		}
		took(long, 1)
		check(t, &s, thread.Span{Start: 0, End: len(long)})
	}
}
