package mail_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread"
	"threadstance/thread/read/input"
	"threadstance/thread/read/mail"
	"threadstance/thread/threadtest"
)

// answered is an mbox of one message, and the beginning of one that answers it.
const answered = `From noor@tigris.example Wed Jan  8 06:30:00 2020
From: Noor Aziz <noor@tigris.example>
Subject: The base
Message-ID: <1@tigris.example>

They should close the base this year.

The generals eat well, and nobody else does.

From bill@potomac.example Wed Jan  8 07:30:00 2020
From: Bill Tate <bill@potomac.example>
Subject: Re: The base
Message-ID: <2@potomac.example>
In-Reply-To: <1@tigris.example>

`

// TestTopPosted holds whose words stand below the head of another message, or
// below words that introduce one. Each part is what a segment is to be, and its
// words.
func TestTopPosted(t *testing.T) {
	const (
		question     = "own: Then who guards Erbil?"
		noors        = "\n\nThey should close the base this year.\n\nThe generals eat well, and nobody else does."
		strangers    = "\n\nTrump will keep all of them where they are."
		introduction = "On Wed, Jan 8, 2020 at 6:30 AM Noor Aziz <noor@tigris.example>\nwrote:\n\n"
	)
	for _, test := range []struct {
		name  string
		parts []string
	}{
		{"Outlook", []string{question, "quote of 0: -----Original Message-----\nFrom: Noor Aziz [mailto:noor@tigris.example]\nSent: Wednesday, January 8, 2020 6:30 AM\nTo: list@potomac.example; Bill Tate;\n\tSome One Else\nSubject: The base" + noors}},
		{"a head without a title, and a signature above it", []string{question, "chrome: -- \nBill\nPotomac Falls", "quote of 0: From: list-bounces@potomac.example On Behalf Of Noor Aziz\nSent: Wednesday, January 8, 2020 6:30 AM\nTo: Bill Tate\nSubject: The base" + noors}},
		{"a line above the head, and the list's words at the end", []string{question, "quote of 0: ________________________________\n\nFrom: Noor Aziz\nSent: Wednesday, January 8, 2020 6:30 AM\nTo: Bill Tate\nSubject: The base" + noors, "chrome: _______________________________________________\nBase mailing list\nhttps://lists.potomac.example/base"}},
		{"the title and the first field in one line", []string{question, "quote of 0: ----- Original Message ----- From: \"Noor Aziz\" <noor@tigris.example>\nTo: <list@potomac.example>\nSent: Wednesday, January 08, 2020 6:30 AM\nSubject: The base" + noors}},
		{"a title alone", []string{question, "quote of 0: ----- Original Message -----" + noors}},
		{"a title alone with nothing above it", []string{"own: ----- Original Message -----\n\nThen who guards Erbil?"}},
		{"a title over an introduction", []string{question, "quote of 0: ------- Original Message -------\n" + introduction + "> They should close the base this year.", "own: Nobody does."}},
		{"passed on, of a stranger", []string{"own: See below.", "quote: ---------- Forwarded message ---------\nFrom: Cy Reed <cy@x.example>\nDate: Tue, Jan 7, 2020 at 8:00 PM\nSubject: Bases" + strangers}},
		{"passed on without a word", []string{"quote: Begin forwarded message:\n\nFrom: Cy Reed <cy@x.example>\nSubject: Bases\nDate: January 7, 2020 at 20:00:00 EST\nTo: Bill Tate <bill@potomac.example>" + strangers}},
		{"the message's own head once more", []string{"own: From: Bill Tate <bill@potomac.example>\nDate: Tue, Jan 7, 2020 at 8:00 PM\nSubject: Bases\n\nThen who guards Erbil?"}},
		{"messages below one another", []string{question, "quote of 0: From: Noor Aziz <noor@tigris.example>\nSent: Wednesday, January 8, 2020 6:30 AM\nTo: Cy Reed\nSubject: RE: Bases" + noors, "quote: *From:* Cy Reed\n*Sent:* Tuesday, January 7, 2020 8:00 PM\n*To:* Noor Aziz\n*Subject:* Bases" + strangers}},
		{"a quotation in the message below", []string{question, "quote: -----Original Message-----\nFrom: Noor Aziz\n\nCy Reed wrote:\n> Trump will keep all of them.", "quote of 0: They should close the base this year.\n\nThe generals eat well, and nobody else does."}},
		{"a head over a quotation with signs", []string{"quote of 0: ----- Original Message -----\nFrom: \"Noor Aziz\" <noor@tigris.example>\nTo: <list@potomac.example>\nSent: Wednesday, January 08, 2020 6:30 AM\n\n> They should close the base this year.", question}},
		{"a head over nothing", []string{question, "quote: From: Noor Aziz\nSent: Wednesday, January 8, 2020 6:30 AM\nTo: Bill Tate\nSubject: The base"}},
		{"a head over a signature", []string{question, "quote: From: Noor Aziz\nSent: Wednesday, January 8, 2020 6:30 AM\nTo: Bill Tate\nSubject: The base", "chrome: -- \nNoor"}},
		{"parts that Mailman took out", []string{question, "chrome: -------------- next part --------------\nAn HTML attachment was scrubbed...\nURL: <http://lists.potomac.example/a.html>\n-------------- next part --------------\nA non-text attachment was scrubbed...\nName: a.png"}},
		{"a part that it left in", []string{question + "\n\n-------------- next part --------------\nThe generals, I say."}},
		{"introductions in German, French and Spanish", []string{
			"quote of 0: Am 08.01.20 um 06:30 schrieb Noor Aziz:\n> They should close the base this year.", "own: Yes.",
			"quote of 0: Am Mi., 8. Jan. 2020 um 06:30 Uhr schrieb Noor Aziz <\nnoor@tigris.example>:\n\n> The generals eat well, and nobody else does.", "own: They do.",
			"quote of 0: Le mer. 8 janv. 2020 à 06:30, Noor Aziz <noor@tigris.example> a\nécrit :\n> They should close the base this year.", "own: So he schrieb then:\n\nNo.",
			"quote of 0: El mié, 8 ene 2020 a las 6:30, Noor Aziz (<noor@tigris.example>) escribió:\n> The generals eat well, and nobody else does.", "own: Nobody.",
		}},
		{"German", []string{question, "quote of 0: Von: Noor Aziz <noor@tigris.example>\nGesendet: Mittwoch, 8. Januar 2020 06:30\nAn: Bill Tate\nBetreff: The base" + noors}},
		{"French", []string{question, "quote of 0: De\u00a0: Noor Aziz <noor@tigris.example>\nEnvoyé\u00a0: mercredi 8 janvier 2020 06:30\nÀ\u00a0: Bill Tate\nObjet\u00a0: The base" + noors}},
		{"Spanish", []string{question, "quote of 0: De: Noor Aziz <noor@tigris.example>\nEnviado el: miércoles, 8 de enero de 2020 6:30\nPara: Bill Tate\nAsunto: The base" + noors}},
		{"introduced", []string{question, "quote of 0: " + introduction + noors[2:]}},
		{"introduced, of a stranger", []string{question, "quote: Cy Reed <cy@x.example> writes:" + strangers}},
		{"introduced, and a reply below", []string{"own: Hello all,", "quote of 0: " + introduction + "They should close the base\nthis year.", "own: Then who guards Erbil? The generals?"}},
		{"introduced, and nothing above", []string{"own: " + introduction + "Then who guards Erbil?"}},
		{"introduced below a quotation with signs", []string{"quote of 0: Noor wrote:\n> They should close the base this year.", "own: No.\n\n" + introduction + "Then who guards Erbil?"}},
		{"introduced by the poster", []string{"own: On a Monday in 2016 Trump wrote:\n\nNobody guards Erbil.\n\nAnd at 9:30 he wrote:\n\nNobody does."}},
		{"a memo", []string{"own: To: the generals\nFrom: all of us\nDate: today\nSubject: the base\n\nClose it."}},
		{"a word that is a field's too", []string{"own: Some tips.\n\nFrom: the top\nTo: the bottom\n\nThen who guards Erbil?"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			body := ""
			for _, part := range test.parts {
				_, words, _ := strings.Cut(part, ": ")
				body += words + "\n\n"
			}
			threads, failures := threadtest.All(t, mail.Format{}, "in", answered+body, input.Limits{})
			if len(threads) != 1 || len(threads[0].Posts) != 2 || failures != nil {
				t.Fatal(threadtest.Dump(threads, failures))
			}
			threadtest.Check(t, threads[0])
			post := threads[0].Posts[1]
			var parts []string
			for _, s := range post.Segments {
				kind := s.Kind.String()
				if s.QuoteOf != thread.None {
					kind += fmt.Sprint(" of ", s.QuoteOf)
				}
				parts = append(parts, kind+": "+s.Of(post.Text))
			}
			if diff := cmp.Diff(test.parts, parts); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestHeadNames holds that who is named over a message is known by that name
// where they have no message of their own.
func TestHeadNames(t *testing.T) {
	threads, _ := threadtest.All(t, mail.Format{}, "in", answered+"No.\n\n-----Original Message-----\nFrom: Cy Reed <cy@x.example>\n\nTrump will keep it.\n", input.Limits{})
	if len(threads) != 1 || !slices.Contains(threads[0].Names, "Cy Reed") {
		t.Error(threadtest.Dump(threads, nil))
	}
}

// TestManyHeads holds that the work grows no faster than the message.
func TestManyHeads(t *testing.T) {
	for _, part := range []string{"-----Original Message-----\n", "From: x\n", "From: x\nDate: y\nTo: z\n\n", "\n", "Hi\nx@y writes:\n", "On 1:23 x@y wrote:\n\n"} {
		body := "No.\n\n" + strings.Repeat(part, 1<<19/len(part))
		start := time.Now()
		threads, _ := threadtest.All(t, mail.Format{}, "in", answered+body, input.Limits{})
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%d bytes of %q took %v", len(body), part, took)
		}
		for _, thread := range threads {
			threadtest.Check(t, thread)
		}
	}
}
