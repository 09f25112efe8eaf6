package mail_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread/read"
	"threadstance/thread/read/input"
	"threadstance/thread/read/mail"
	"threadstance/thread/threadtest"
)

func TestMbox(t *testing.T) {
	in := `From noor@tigris.example Wed Jan  8 06:30:00 2020
From: =?utf-8?q?No=C3=B4r?= <noor@tigris.example>
Subject: The base
Date: Wed, 8 Jan 2020 09:30:00 +0300
Message-ID: <1@tigris.example>

They should close it.
>From now on nobody is safe there.

From here on it gets worse.
-- 
Noor, Mosul

From bill@potomac.example Wed Jan  8 07:30:00 2020
From: bill@potomac.example (Bill Tate)
Subject: Re: The base
Date: Wed, 8 Jan 2020 07:30:00 +0000
Message-ID: <2@potomac.example>
In-Reply-To: <1@tigris.example>
Content-Type: text/plain; charset=iso-8859-1; format=flowed
Content-Transfer-Encoding: quoted-printable

In article <1@tigris.example>, Noor (noor@tigris.example)
writes:
> They should close it.

And then? The caf=E9s of Erbil are full of people who =

remember 2014.

From cy@x.example Wed Jan  8 08:30:00 2020
From: cy@x.example
Subject: RE: the  base
Date: Wed, 8 Jan 2020 08:30:00 +0000
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain

Bill Tate wrote:
[BT] And then? The cafés of Erbil are full of people who remember 2014.
Good.
--b
Content-Type: text/html

<p>Good.</p>
--b--

From di@x.example Wed Jan  8 09:30:00 2020
Subject: Something else
From: "Di" <di@x.example>
Message-ID: <4@x>
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

PHA+T3V0LjwvcD48YmxvY2txdW90ZT5ObyE8L2Jsb2NrcXVvdGU+

`
	threads, failures := threadtest.All(t, mail.Format{}, "in", in, input.Limits{})
	for _, thread := range threads {
		threadtest.Check(t, thread)
	}
	want := `thread "1@tigris.example" "The base"
  0 1@tigris.example "Noôr" 2020-01-08T06:30:00Z reply to -1
    own "They should close it.\nFrom now on nobody is safe there.\n\nFrom here on it gets worse."
    chrome "-- \nNoor, Mosul"
  1 2@potomac.example "Bill Tate" 2020-01-08T07:30:00Z reply to 0
    quote of 0 "In article <1@tigris.example>, Noor (noor@tigris.example)\nwrites:\n> They should close it."
    own "And then? The cafés of Erbil are full of people who remember 2014."
  2  "cy@x.example" 2020-01-08T08:30:00Z reply to 1
    quote of 1 "Bill Tate wrote:\n[BT] And then? The cafés of Erbil are full of people who remember 2014."
    own "Good."
thread "4@x" "Something else"
  0 4@x "Di"  reply to -1
    own "Out.\n\nNo!"
`
	if diff := cmp.Diff(want, threadtest.Dump(threads, failures)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestArticles reads a folder of single articles, as a news spool has them.
func TestArticles(t *testing.T) {
	dir := t.TempDir()
	threadtest.Write(t, dir, "100", "From: ann@a.example (Ann Lee)\nSubject: Sanctions\n\nThey starve the poor.\n\nThe generals eat well.\n--\nAnn\n")
	threadtest.Write(t, dir, "101", `From: Bo <bo@b.example>
Subject: Re: Sanctions
 1@lost.example><2@lost.example>
a line that is no field
 and how it goes on
Organization: none

ann@a.example (Ann Lee) writes:

>They starve the poor.
>> and an older line
Nonsense.

AL> The generals eat well.

True.
------------------------------------
Bo      |  no opinions
------------------------------------
`)
	threadtest.Write(t, dir, "102", "From: cy@c.example\nSubject: Re: Sanctions\n\n| one\n| two\n\nA table: | x |\n")
	threadtest.Write(t, dir, "103", "From: di@d.example\nSubject: Re: Oil\n\nann@a.example writes:\n\n   The generals eat\n   well.\n\nSo they do.\n")
	threads, failures := threadtest.Paths(t, read.Options{}, dir)
	want := `thread "Sanctions" "Sanctions"
  0  "Ann Lee"  reply to -1
    own "They starve the poor.\n\nThe generals eat well."
    chrome "--\nAnn"
  1  "Bo"  reply to 0
    quote of 0 "ann@a.example (Ann Lee) writes:\n\n>They starve the poor."
    quote ">> and an older line"
    own "Nonsense."
    quote of 0 "AL> The generals eat well."
    own "True."
    chrome "------------------------------------\nBo      |  no opinions\n------------------------------------"
  2  "cy@c.example"  reply to -1
    own "| one\n| two\n\nA table: | x |"
thread "Oil" "Oil"
  0  "di@d.example"  reply to -1
    quote "ann@a.example writes:\n\n   The generals eat\n   well."
    own "So they do."
`
	if diff := cmp.Diff(want, threadtest.Dump(threads, failures)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestIndentedAttribution holds that white space before the words over a
// quotation, or instead of one, is no part of them.
func TestIndentedAttribution(t *testing.T) {
	for _, test := range []struct{ body, want string }{
		{
			"Hear, hear.\n    Noor wrote:\n> They close it.\n\nThey never do.\n",
			"own: Hear, hear.\nquote: Noor wrote:\n> They close it.\nown: They never do.\n",
		},
		{
			"       \tNoor wrote:\n> No\n",
			"quote: Noor wrote:\n> No\n",
		},
		{ // spaces of no width
			"Noor wrote:\n  \u200b\n  \u200b\nThey never do.\n",
			"quote: Noor wrote:\nown: They never do.\n",
		},
	} {
		threads, failures := threadtest.All(t, mail.Format{}, "in", "From: bill@potomac.example\nSubject: The base\n\n"+test.body, input.Limits{})
		if len(threads) != 1 || failures != nil {
			t.Fatal(threadtest.Dump(threads, failures))
		}
		threadtest.Check(t, threads[0])
		got := ""
		for _, s := range threads[0].Posts[0].Segments {
			got += s.Kind.String() + ": " + s.Of(threads[0].Posts[0].Text) + "\n"
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got):\n%s", test.body, diff)
		}
	}
}

// Titles are read as they were written, in whatever they are encoded.
func TestMailTitles(t *testing.T) {
	for subject, want := range map[string]string{
		"The base":                     "The base",
		"Re: Re:  The\n base":          "The base",
		"=?utf-8?q?Caf=C3=A9_at_six?=": "Café at six",
		"=?iso-8859-1?q?Caf=E9?= =?utf-8?b?IGF0IHNpeA==?=": "Café at six",
		"Caf\xc3\xa9 at six":   "Café at six",
		"=?no-such?q?Caf=E9?=": "=?no-such?q?Caf=E9?=",
	} {
		threads, _ := threadtest.All(t, mail.Format{}, "in", "From: Noor <noor@tigris.example>\nSubject: "+subject+"\n\nClose it.\n", input.Limits{})
		if len(threads) != 1 || threads[0].Title != want {
			t.Errorf("%q: %s, want the title %q", subject, threadtest.Dump(threads, nil), want)
		}
	}
}

// TestMailFaults holds that a broken message keeps what of it can be read, and
// that what is wrong is named with its line: an error where words are lost, else a
// warning.
func TestMailFaults(t *testing.T) {
	const top = "From: Noor <noor@tigris.example>\nSubject: The base\n"
	for _, test := range []struct{ name, in, text, fault string }{
		{
			"alternatives without a boundary",
			top + "Content-Type: multipart/alternative\n\n--a1\nContent-Type: text/plain\n\nClose it.\n--a1\nContent-Type: text/html\n\n<p>Close it.\n--a1--\n",
			"Close it.",
			`warning multipart bodies with another boundary than is named: 1, the first in line 5, "a1"; they are cut at that`,
		},
		{
			"a boundary that is not closed in the header",
			top + "Content-Type: multipart/mixed; boundary=\"a1\n\n--a1\nContent-Type: text/plain\n\nClose it.\n--a1--\n",
			"Close it.",
			`warning multipart bodies with another boundary than is named: 1, the first in line 5, "a1"; they are cut at that`,
		},
		{
			"no part begins with the boundary",
			top + "Content-Type: multipart/alternative; boundary=b2\n\nClose it now.\n",
			"Close it now.",
			`warning multipart bodies without any boundary: 1, the first in line 5, "b2"; they are read as one text`,
		},
		{
			"base64 with a broken tail",
			top + "Content-Transfer-Encoding: base64\n\nQ2xvc2Ug\naXQu*not\n",
			"Close it.",
			"in:6: the base64 is broken or cut off at byte 13 of its part: the text ends here",
		},
		{
			"base64 that is cut off",
			top + "Content-Transfer-Encoding: base64\n\nQ2xvc2Ug\naXQ",
			"Close",
			"in:6: the base64 is broken or cut off",
		},
		{
			"what stands for nothing in quoted-printable",
			top + "Content-Transfer-Encoding: quoted-printable\n\nCaf=C3=A9 a=b, see\a x?y=zz.\n" + strings.Repeat("long ", 1000) + "\nAnd the =\nrest.\n",
			"Café a=b, see\a x?y=zz.\n" + strings.Repeat("long ", 999) + "long\nAnd the rest.",
			"",
		},
		{
			"an unknown charset",
			top + "Content-Type: text/plain; charset=x-mosul\n\nClose the caf\xe9.\n",
			"Close the café.",
			`warning charsets that are not known: 1, the first in line 5, "x-mosul"; `,
		},
		{
			"an unknown transfer encoding",
			top + "Content-Transfer-Encoding: x-uuencode\n\nClose it.\n",
			"Close it.",
			`warning transfer encodings that are not known: 1, the first in line 5, "x-uuencode"; `,
		},
		{
			"cut off after the first part",
			top + "Content-Type: multipart/mixed; boundary=b2\n\n--b2\n\nClose it.\n--b2\nContent-Type: text/plain\n\nAnd go",
			"Close it.\n\nAnd go",
			"in:11: the message is cut off: no line --b2-- ends its parts",
		},
		{
			"several texts, one of them twice",
			top + "Content-Type: multipart/mixed; boundary=b2\n\n--b2\n\nClose it.\n--b2\nContent-Type: text/html\n\n<p>Close\nit.\n--b2\nContent-Type: text/plain; charset=iso-8859-1\n\nThe caf\xe9s too.\n--b2\nContent-Disposition: attachment\n\nnone of it\n--b2--\n",
			"Close it.\n\nThe cafés too.",
			"",
		},
		{
			"an empty plain alternative",
			top + "Content-Type: multipart/alternative; boundary=b2\n\n--b2\nContent-Type: text/plain\n\n\n--b2\nContent-Type: text/html\n\n<p>Close it.</p>\n--b2--\n",
			"Close it.",
			"",
		},
		{
			"a type without its half",
			top + "Content-Type: TEXT\n\nClose it.\n",
			"Close it.",
			"",
		},
		{
			"no text at all",
			top + "Content-Type: image/png\n\niVBORw\n",
			"",
			`in:5: a message of the type "image/png", which is no text, is left out`,
		},
		{
			"a date that is none",
			top + "Date: the day after\n\nClose it.\n",
			"Close it.",
			`warning dates that cannot be read: 1, the first in line 1, "the day after"; their messages are read without a time`,
		},
		{
			"a part that is only a header",
			top + "Content-Type: multipart/mixed; boundary=b2\n\n--b2\n\nClose it.\n--b2\nContent-Transfer-Encoding: x\n--b2--\n",
			"Close it.",
			`warning transfer encodings that are not known: 1, the first in line 9, "x"; `,
		},
		{
			"a message inside",
			top + "Content-Type: multipart/mixed; boundary=b2\n\n--b2\n\nSee this:\n--b2\nContent-Type: message/rfc822\n\nFrom: x\n\nWords\n--b2--\n",
			"See this:",
			"in:9: a message inside this one is not read",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			threads, failures := threadtest.All(t, mail.Format{}, "in", test.in, input.Limits{})
			if len(threads) != 1 || threads[0].Posts[0].Text != test.text {
				t.Errorf("text %s, want %q", threadtest.Dump(threads, nil), test.text)
			}
			said := strings.Join(failures, "\n")
			for _, warning := range threads[0].Warnings {
				said += "warning " + warning
			}
			if !strings.HasPrefix(said, test.fault) || (said == "") != (test.fault == "") || strings.Contains(said, "\n") {
				t.Errorf("said %q, want %q", said, test.fault)
			}
		})
	}
}

// TestMailDoubts holds that small flaws are counted over all messages of a file, and
// that those of another file of the thread are told by its path.
func TestMailDoubts(t *testing.T) {
	const message = "From noor@tigris.example Wed Jan  8 06:30:00 2020\nFrom: Noor <noor@tigris.example>\nSubject: The base\nDate: %s\n\n%s\n\n"
	dir := t.TempDir()
	one := threadtest.Write(t, dir, "one.mbox", fmt.Sprintf(message+message+message, "the day after", "Close it.", "Wed, 8 Jan 2020 07:00:00 +0000", "Why?", "soon", "Because."))
	two := threadtest.Write(t, dir, "two.mbox", fmt.Sprintf(message, "later", "No."))
	threads, failures := threadtest.Paths(t, read.Options{}, one, two)
	if len(failures) > 0 || len(threads) != 1 || len(threads[0].Posts) != 4 {
		t.Fatal(threadtest.Dump(threads, failures))
	}
	want := []string{
		`dates that cannot be read: 2, the first in line 2, "the day after"; their messages are read without a time`,
		two + `: dates that cannot be read: 1, the first in line 2, "later"; their messages are read without a time`,
	}
	if !slices.Equal(threads[0].Warnings, want) {
		t.Errorf("warnings %q, want %q", threads[0].Warnings, want)
	}
}

// TestMailLongLine holds that no line that is too long is passed over in silence,
// and that none hides where a message begins.
func TestMailLongLine(t *testing.T) {
	long := strings.Repeat("a", 500)
	for _, test := range []struct {
		text  string
		posts int
		want  string
	}{
		{"From: " + long, 0, "in:1: a message of more than 100 bytes; --max-line raises the limit"},
		{"From a Wed Jan  8 06:30:00 2020\nFrom: a\n\n" + long + "\nFrom a Wed Jan  8 06:31:00 2020\n\nFrom a Wed Jan  8 06:32:00 2020\nFrom: b\n\nno\n", 1, "in:2: a message of more than 100 bytes; --max-line raises the limit"},
	} {
		threads, failures := threadtest.All(t, mail.Format{}, "in", test.text, input.Limits{Line: 100})
		posts := 0
		for _, thread := range threads {
			posts += len(thread.Posts)
		}
		if got := strings.Join(failures, "; "); got != test.want || posts != test.posts {
			t.Errorf("%d posts and %q, want %d and %q", posts, got, test.posts, test.want)
		}
	}
}

func FuzzMail(f *testing.F) {
	threadtest.Fuzz(f, mail.Format{},
		"From a@b Wed Jan  8 06:30:00 2020\nFrom: =?utf-8?q?N=C3=B4?= <a@b>\nMessage-ID: <1@b>\nSubject: Re: x\n\n>> a\n> b\nc\n-- \nd\n\nFrom a@b Wed Jan  8 06:31:00 2020\nFrom: c\nReferences: <1@b>\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x\n--b--\n",
		"From: a@b.example (Ann)\nSubject: y\nContent-Type: text/plain; format=flowed; charset=koi8-r\nContent-Transfer-Encoding: base64\n\neA==\n",
		answered+"No.\n-- \nB\n\n----- Original Message ----- From: x\nSent: y\nTo: z\n\n> a\n\n__________________________\nFrom: x\nDate: y\nTo: z\n\nw\n\nOn 1:23 x@y wrote:\n\nv\n",
		answered+"No.\n\nOn Wed, 6:30 noor@tigris.example wrote:\nThey should close the base this year.\n\nFrom: x\nDate: y\nTo: z\n\nYes.\n",
		"From: a@b\nSubject: y\n\nhi\n    Noor wrote:\n> a\n\nhello\n\nBo wrote:\n  \u200b\n  \u200b\n")
}

func BenchmarkMbox(b *testing.B) {
	var box strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&box, "From a@b Wed Jan  8 06:30:00 2020\nFrom: user%d <u%d@b.example>\nSubject: Re: topic %d\nDate: Wed, 8 Jan 2020 06:30:%02d +0000\nMessage-ID: <%d@b>\nIn-Reply-To: <%d@b>\n\n"+
			"user%d writes:\n> The word number %d was said by them all, and nobody heard of it.\n\nI heard of number %d, said I to them, and went on.\n-- \nU\n\n",
			i%50, i%50, i/40, i%60, i, i-1, (i-1)%50, i-1, i)
	}
	threadtest.Benchmark(b, box.String())
}
