package token

import (
	"strings"
	"testing"

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
		{"Sooooo gooood!!! WHAT?!?", "soo good !!! // what ?!?"},
		{"He said \"Go home!\" and left. \"Never.\" She did.", "he said \" go home ! \" and left . // \" never . \" // she did ."},
		{"well... i think. Then… We go", "well ... i think . // then ... // we go"},
		{"no stop here\n\nnew paragraph", "no stop here // new paragraph"},
		{"O'Brien's f**king 5-year-old y'all w/o sh*t", "o'brien 's f**king 5-year-old y'all w/o sh*t"},
		{"Great idea, oh wait /s and/or", "great idea , oh wait /s and / or"},
		{"go home.They lied", "go home . // they lied"},
		{"👨‍👩‍👧 👍🏽🇺🇸🇮🇷 ❤️", "👨‍👩‍👧 👍 🇺🇸 🇮🇷 ❤"},
	} {
		if got := norms(scan(test.text)); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}
