package token

import (
	"strings"
	"testing"

	"threadstance/lexicon"
	"threadstance/thread"
)

func scan(text string) *Scanner {
	var s Scanner
	s.Reset(nil, text)
	s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
	return &s
}

// norms lists the norms, with "/" between sentences.
func norms(s *Scanner) string {
	var b strings.Builder
	for i, sentence := range s.Sentences {
		if i > 0 {
			b.WriteString(" // ")
		}
		for j, t := range s.Tokens[sentence.First:sentence.Last] {
			if j > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(t.Norm)
		}
	}
	return b.String()
}

func TestScan(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"Hands off Iraq.", "hands off iraq ."},
		{"I don't, can't and won't.", "i do n't , can n't and will n't ."},
		{"They aren’t; he CAN’T, we cannot, it dont, isnt", "they are n't ; he can n't , we can not , it do n't , is n't"},
		{"Trump's and the US's, they're I'd've", "trump 's and the us 's , they 're i 'd 've"},
		{"U.S. troops left. The U.S. They lied.", "u.s. troops left . // the u.s. // they lied ."},
		{"The U.S.-led war, Iran-backed militias", "the u.s.-led war , iran-backed militias"},
		{"Mr. Bush met George W. Bush. No. 5 was I. Then no. Yes.", "mr. bush met george w. bush . // no. 5 was i . // then no . // yes ."},
		{"It cost $1,200.50, e.g. 60% on 9/11 in 2003-2011.", "it cost $1,200.50 , e.g. 60% on 9/11 in 2003-2011 ."},
		{"See https://www.Reuters.com/a?b=(c). and example.com/x, or me@here.org!", "see reuters.com . // and example.com , or @ !"},
		{"@realDonaldTrump is #MAGA :-)) emoticon_xclown :rolleyes: <3", "@realdonaldtrump is #maga :-) :clown: :rolleyes: <3"},
		{"Cut off HTTPS://… and http://www./x or ftp://😀", "cut off https:// ... and http://www./x or ftp:// 😀"},
		{"Sooooo gooood!!! WHAT?!?", "soo good !!! // what ?!?"},
		{"He said \"Go home!\" and left. \"Never.\" She did.", "he said \" go home ! \" and left . // \" never . \" // she did ."},
		{"well... i think. Then… We go", "well ... i think . // then ... // we go"},
		{"no stop here\n\nnew paragraph", "no stop here // new paragraph"},
		{"O'Brien's f**king 5-year-old y'all w/o sh*t", "o'brien 's f**king 5-year-old y'all w/o sh*t"},
		{"Great idea, oh wait /s and/or", "great idea , oh wait /s and / or"},
		{"it!Looked sh!t U$A _so_ you_", "it ! // looked sh!t u$a _ so _ you _"},
		{"emoticon_xkillemoticon_xkillemoticon_rolleyes no", ":kill: :kill: :rolleyes: no"},
		{"Yankeesemoticon_angry", "yankees :angry:"},
		{"<3 >:( =) :'( xD (: ^_^ 10:30 http://x.org/:) a:b", "<3 >:( =) :'( xd (: ^_^ 10:30 x.org :) a : b"},
		{"n`t I don`t he´s ‘quoted’ ’em", "n't i do n't he 's ' quoted ' 'em"},
		{"Iran‑backed co‐op US–Iran talks—now", "iran-backed co-op us -- iran talks -- now"},
		{"Prof. Smith vs. Gen. Lee Inc. said so. The i.e. part", "prof. smith vs. gen. lee inc. said so . // the i.e. part"},
		{"at 5 p.m. The army left", "at 5 p.m. // the army left"},
		{"in the U.S. Army, by the U.S", "in the u.s. army , by the u.s."},
		{"(He left.) Then what? \"No.\" she said.", "( he left . ) // then what ? // \" no . \" she said ."},
		{"they lied!!! all of them?! yes", "they lied !!! // all of them ?! // yes"},
		{"AT&T W.H.O. R2D2 F-16 covid-19 #9 $5bn €5 £3.50 50% 1st 3.5m", "at&t w.h.o. r2d2 f-16 covid-19 #9 $5bn €5 £3.50 50% 1st 3.5m"},
		{"&amp; &lt;b&gt; A&B", "& < b > a&b"},
		{"WWIII www.bbc.co.uk/news ftp://a.b noooo yesss", "wwiii bbc.co.uk a.b noo yess"},
		{"x\r\ny\r\n\r\nz", "x // y // z"},
		{"café naïve ÉTÉ Привет", "café naïve été привет"},
		{"YOU'RE I'M TRUMP'S", "you 're i 'm trump 's"},
		{"wo n't do n't they 're", "wo n't do n't they 're"},
		{"go home.They lied", "go home . // they lied"},
		{"👨‍👩‍👧 👍🏽🇺🇸🇮🇷 ❤️", "👨‍👩‍👧 👍 🇺🇸 🇮🇷 ❤"},
	} {
		if got := norms(scan(test.text)); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestFlags(t *testing.T) {
	for _, test := range []struct {
		text  string
		token int
		want  Flag
	}{
		{"LIARS", 0, Upper | Title | Line | Paragraph},
		{"the Liars", 1, Title | Spaced},
		{"CAN'T", 0, Upper | Title | Line | Paragraph},
		{"CAN'T", 1, Upper},
		{"US's", 0, Upper | Title | Line | Paragraph},
		{"US's", 1, 0},
		{"I'm", 0, Title | Line | Paragraph},
		{"sooo", 0, Stretched | Line | Paragraph},
		{"WWIII", 0, Upper | Title | Line | Paragraph},
		{"a 50%", 1, Number | Spaced},
		{"a 5-year-old", 1, Number | Spaced},
		{"a @b", 1, Handle | Spaced},
		{"a #b", 1, Hashtag | Spaced},
		{"a www.b.org", 1, URL | Spaced},
		{"a b.com/x", 1, URL | Spaced},
		{"a me@b.org", 1, URL | Spaced},
		{"a :)))", 1, Emoticon | Stretched | Spaced},
		{"a :rolleyes:", 1, Emoticon | Spaced},
		{"a 😂", 1, Emoji | Spaced},
		{"a 1️⃣", 1, Emoji | Spaced},
		{"a U.S.", 1, Abbreviation | Upper | Title | Spaced},
		{"a Mr. B", 1, Abbreviation | Title | Spaced},
		{"a\nb", 1, Line | Spaced},
		{"a\n \nb", 1, Line | Paragraph | Spaced},
		{"a, b", 1, Punct},
		{"he said \"they win\" again", 2, Punct | Spaced},
		{"he said \"they win\" again", 3, Quoted},
		{"he said \"they win\" again", 4, Quoted | Spaced},
		{"he said \"they win\" again", 5, Punct},
		{"he said \"they win\" again", 6, Spaced},
		{"he said “they” again", 3, Quoted},
		{"he said ''they'' again", 3, Quoted},
		{"an open \"mark and on", 3, 0},
		{"an open \"mark\n\nand\" on", 3, 0},
		{"it 's 'not' quoted", 3, 0},
		{"5'10\" tall and 6\" wide", 4, Spaced},
	} {
		s := scan(test.text)
		if test.token >= len(s.Tokens) {
			t.Errorf("%q has %d tokens", test.text, len(s.Tokens))
			continue
		}
		if got := s.Tokens[test.token].Flags; got != test.want {
			t.Errorf("%q: token %q has flags %b, want %b", test.text, s.Tokens[test.token].Norm, got, test.want)
		}
	}
}

// Lines wrapped at a width go on; lines that the writer ended are sentences.
func TestLines(t *testing.T) {
	for _, test := range []struct {
		text string
		want int
	}{
		{"Troops out\nHands off\nNo war", 3},
		{"The minister told reporters in the capital on Tuesday that the\ngovernment would not ask the troops to leave before the end of the\nyear, whatever parliament said.", 1},
		{"The minister told reporters in the capital on Tuesday that the\ngovernment would not ask the troops to leave.\nHe was wrong about that and everyone who was there knew it to be\nso.", 2},
		{"\"The coalition is taking part in the planning for the Mission\nIraq and will do its share,\" he said.", 1},
		{"Look at the\nmap", 1},
		{"He says that they should all leave at once and for good, and I for one cannot see what speaks against it today.\nShe disagrees", 2},
	} {
		if s := scan(test.text); len(s.Sentences) != test.want {
			t.Errorf("%d sentences, not %d: %s", len(s.Sentences), test.want, norms(s))
		}
	}
}

func TestStretchedWordsTakeTheFormTheLexiconKnows(t *testing.T) {
	var s Scanner
	text := "soooo gooood noooo haaaate"
	s.Reset(lexicon.Default(), text)
	s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
	if got, want := norms(&s), "so good no hate"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The scanner may be used again, and what is scanned does not depend on what
// was before.
func TestResetForgets(t *testing.T) {
	var s Scanner
	for _, text := range []string{"He SAID “WON’T”", strings.Repeat("LOUD ", 4000), "He SAID “WON’T”"} {
		s.Reset(nil, text)
		s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
		if got, want := norms(&s), norms(scan(text)); got != want {
			t.Errorf("got %.60s, want %.60s", got, want)
		}
	}
}

func TestSegmentsEndSentences(t *testing.T) {
	text := "no stop here and none there"
	var s Scanner
	s.Reset(nil, text)
	s.Scan(thread.Span{Start: 0, End: 12}, 0)
	s.Scan(thread.Span{Start: 13, End: len(text)}, 1)
	if len(s.Sentences) != 2 || s.Sentences[0].Segment != 0 || s.Sentences[1].Segment != 1 {
		t.Errorf("sentences %+v", s.Sentences)
	}
}

func TestScanDoesNotAllocate(t *testing.T) {
	text := "The WAR isn't over, “they” said… #Peace NOW soooo 👍🏽 http://X.org/A"
	var s Scanner
	run := func() {
		s.Reset(nil, text)
		s.Scan(thread.Span{Start: 0, End: len(text)}, 0)
	}
	run()
	if n := testing.AllocsPerRun(100, run); n > 0 {
		t.Errorf("%v allocations a text", n)
	}
}
