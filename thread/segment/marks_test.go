package segment_test

import (
	"bytes"
	stdcsv "encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/read/csv"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
	"threadstance/thread/read/text"
	"threadstance/thread/segment"
	"threadstance/thread/threadtest"
)

// owners names the owner of each part of a post, and of a quote where it is
// from.
func owners(p *thread.Post) string {
	var parts []string
	for _, s := range p.Segments {
		from := ""
		if s.QuoteOf != thread.None {
			from = fmt.Sprint(" of ", s.QuoteOf)
		}
		parts = append(parts, fmt.Sprintf("%s%s %q", s.Kind, from, s.Of(p.Text)))
	}
	return strings.Join(parts, "; ")
}

// TestQuotesByForm reads quotations that are told by their form, whether or
// not their words stood earlier, in formats that have no marks of their own.
func TestQuotesByForm(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"lines with >", "> They all lie.\n> Every one.\n\nNot all.", `quote "> They all lie.\n> Every one."; own "Not all."`},
		{"the line below is not quoted", "> They all lie.\nNot all.", `quote "> They all lie."; own "Not all."`},
		{"no space", ">They all lie.\n>\"Every one.\"\nNot all.", `quote ">They all lie.\n>\"Every one.\""; own "Not all."`},
		{"between one's words", "First:\n> They all lie.\nNot all.\n> Every one.\nNor that.", `own "First:"; quote "> They all lie."; own "Not all."; quote "> Every one."; own "Nor that."`},
		{"blank lines with >", ">\n> They all lie.\n>\n> Every one.\n\nNot all.", `quote ">\n> They all lie.\n>\n> Every one."; own "Not all."`},
		{"deeper lines", ">> They all lie.\n> > Every one.\n> Not all.\nSome.", `quote ">> They all lie.\n> > Every one."; quote "> Not all."; own "Some."`},
		{"escaped", "&gt; They all lie.\n&gt;&gt; Every one.\n\nNot all.", `quote "&gt; They all lie."; quote "&gt;&gt; Every one."; own "Not all."`},
		{"nothing but a quotation", "> They all lie.", `quote "> They all lie."`},
		{"introduced", "Noor wrote:\n> They all lie.\nNot all.", `chrome "Noor wrote:"; quote "> They all lie."; own "Not all."`},
		{"introduced as in mail", "Sure.\n\nOn Mon, 3 Feb 2025, at 10:14, Noor <noor@tigris.example> wrote:\n> They all lie.\nNot all.", `own "Sure."; chrome "On Mon, 3 Feb 2025, at 10:14, Noor <noor@tigris.example> wrote:"; quote "> They all lie."; own "Not all."`},
		{"introduced by an opinion", "The mayor is a crook, as he himself said:\n> They all lie.", `own "The mayor is a crook, as he himself said:"; quote "> They all lie."`},
		{"a spoiler is none", ">!the end!< I liked it", `own ">!the end!< I liked it"`},
		{"more than", ">50% of them lie, I say.\n&gt;3 of 4", `own ">50% of them lie, I say.\n&gt;3 of 4"`},
		{"a face", ">:(\nNot all.", `own ">:(\nNot all."`},
		{"signs alone", ">\n> \nNot all.", `own ">\n> \nNot all."`},
		{"a post's number", ">>500123\nNot all.", `quote ">>500123"; own "Not all."`},
		{"my own arrows", "a -> b, and 3 > 2", `own "a -> b, and 3 > 2"`},
		{"what she said", "You know what she said: nothing.", `own "You know what she said: nothing."`},
		{"BBCode", "[quote=Noor]They all lie.[/quote] Not all.", `quote "[quote=Noor]They all lie.[/quote]"; own "Not all."`},
		{"BBCode in BBCode", "[QUOTE=\"Noor\"]They [quote]all[/quote]\nlie.[/QUOTE]\nNot all.", `quote "[QUOTE=\"Noor\"]They [quote]all[/quote]\nlie.[/QUOTE]"; own "Not all."`},
		{"BBCode with a number", "Hm. [quote:1f3a=\"Noor\"]They all lie.[/quote:1f3a]\nNot all.\n[QUOTE=Noor;1234]\nEvery one.\n[/QUOTE]", `own "Hm."; quote "[quote:1f3a=\"Noor\"]They all lie.[/quote:1f3a]"; own "Not all."; quote "[QUOTE=Noor;1234]\nEvery one.\n[/QUOTE]"`},
		{"BBCode over lines with >", "[quote]> They all lie.\n\nEvery one.[/quote]\n> Not all.\nSome.", `quote "[quote]> They all lie.\n\nEvery one.[/quote]"; quote "> Not all."; own "Some."`},
		{"open BBCode", "[quote=Noor]They all lie.\nEvery one.\n\nNot all.", `quote "[quote=Noor]They all lie.\nEvery one."; own "Not all."`},
		{"open BBCode, one paragraph", "[quote]\nThey all lie.\nNot all.", `quote "[quote]\nThey all lie."; own "Not all."`},
		{"open BBCode around BBCode", "[quote=Bo][quote=Noor]They all lie.[/quote]\nNot all.", `chrome "[quote=Bo]"; quote "[quote=Noor]They all lie.[/quote]"; own "Not all."`},
		{"BBCode ended by a start", "[quote=Noor]They all lie.[quote] Not all.", `quote "[quote=Noor]They all lie.[quote]"; own "Not all."`},
		{"BBCode ended by a misspelled end", "[quote]They all lie.[quote/] Not all. [Quote]Every one.[/quotes] Nor that.", `quote "[quote]They all lie.[quote/]"; own "Not all."; quote "[Quote]Every one.[/quotes]"; own "Nor that."`},
		{"BBCode spoken of", "No need to [quote] the whole post.\n[quote]\n\nNot all.[/b]", `own "No need to [quote] the whole post.\n[quote]\n\nNot all.[/b]"`},
		{"BBCode without a start", "They all lie.[/quote]\nNot all.", `own "They all lie.[/quote]\nNot all."`},
		{"other BBCode", "[b]They[/b] all [quotes]lie[/quotes=].", `own "[b]They[/b] all [quotes]lie[/quotes=]."`},
		{"HTML", "<blockquote class=\"q\">They all lie.</blockquote><p>Not all.</p>", `quote "<blockquote class=\"q\">They all lie.</blockquote>"; own "<p>Not all.</p>"`},
		{"crossed", "[quote]They <blockquote>all[/quote] lie.</blockquote>", `quote "[quote]They <blockquote>all[/quote]"; own "lie.</blockquote>"`},
		{"said and Click to expand", "Noor said:\nThey all lie.\n\nEvery one.\nClick to expand...\nNot all.", `chrome "Noor said:"; quote "They all lie.\n\nEvery one."; chrome "Click to expand..."; own "Not all."`},
		{"said by the poster", "Like I said:\nThey all lie.\n\nAs my father said:\nNot all.", `own "Like I said:\nThey all lie.\n\nAs my father said:\nNot all."`},
		{"said by who is answered", "You said:\nThey all lie.\nNot all.", `chrome "You said:"; quote "They all lie."; own "Not all."`},
		{"wrote by the poster", "As I wrote:\nThey all lie.\nNot all.", `own "As I wrote:\nThey all lie.\nNot all."`},
		{"Originally Posted, a blank line ends it", "Originally Posted by Noor\nThey all lie.\nEvery one.\n\nNot all.", `chrome "Originally Posted by Noor"; quote "They all lie.\nEvery one."; own "Not all."`},
		{"Originally Posted, one line", "Originally Posted by Noor View Post\nThey all lie.\nNot all.", `chrome "Originally Posted by Noor View Post"; quote "They all lie."; own "Not all."`},
	} {
		t.Run(test.name, func(t *testing.T) {
			line, err := json.Marshal(map[string]string{"text": test.text})
			if err != nil {
				t.Fatal(err)
			}
			var table bytes.Buffer
			rows := stdcsv.NewWriter(&table)
			rows.WriteAll([][]string{{"id", "text"}, {"1", test.text}})
			for _, in := range []struct {
				format input.Format
				text   string
			}{{text.Format{}, test.text}, {jsonl.Posts{}, string(line)}, {csv.Format{}, table.String()}} {
				for thread, err := range in.format.Read(input.Source{Path: "in", Reader: strings.NewReader(in.text)}) {
					if err != nil {
						t.Fatal(err)
					}
					new(segment.Segmenter).Segment(thread)
					threadtest.Check(t, thread)
					threadtest.CheckCovered(t, thread)
					if got := owners(&thread.Posts[0]); got != test.want {
						t.Errorf("%s\ngot  %s\nwant %s", in.format.Name(), got, test.want)
					}
				}
			}
		})
	}
}

// TestLabelledQuotes holds that a labelled post is its poster's throughout.
func TestLabelledQuotes(t *testing.T) {
	const text = "> They all lie.\n\n[quote]Every one.[/quote] Not all."
	thread := &thread.Thread{Posts: []thread.Post{{Text: text, ReplyTo: thread.None, Labels: &thread.Labels{}}}}
	new(segment.Segmenter).Segment(thread)
	if got, want := owners(&thread.Posts[0]), fmt.Sprintf("own %q", text); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestSourceOfMarked finds the posts that marked quotations are from.
func TestSourceOfMarked(t *testing.T) {
	posts := []string{
		"The harbour belongs to the city, and the mayor sold it to his cousin. No way.",
		"> The harbour belongs to the city\n\nAnd he was elected for it, mind you. No way.",
	}
	for _, test := range []struct{ name, text, want string }{
		{"of words", "> The harbour belongs to the city, and the mayor SOLD it\nHe did.", `quote of 0 "> The harbour belongs to the city, and the mayor SOLD it"; own "He did."`},
		{"escaped", "&gt; the mayor sold it\nHe did.", `quote of 0 "&gt; the mayor sold it"; own "He did."`},
		{"shortened and mended", "[quote]The harbour belongs to the city (...) the mayor has sold it to a cousin of his.[/quote]He did.", `quote of 0 "[quote]The harbour belongs to the city (...) the mayor has sold it to a cousin of his.[/quote]"; own "He did."`},
		{"each depth by itself", ">> The harbour belongs to the city\n> And he was elected for it\nHe was.", `quote of 0 ">> The harbour belongs to the city"; quote of 1 "> And he was elected for it"; own "He was."`},
		{"BBCode in BBCode", "[quote=tide][quote=keel]The harbour belongs to the city, and the mayor sold it to his cousin.[/quote]And he was elected for it[/quote]He was.", `quote of 1 "[quote=tide][quote=keel]The harbour belongs to the city, and the mayor sold it to his cousin.[/quote]And he was elected for it[/quote]"; own "He was."`},
		{"few words", "> mind you\nI do.", `quote of 1 "> mind you"; own "I do."`},
		{"few words of whom the tag names", "[quote=keel;12]No way.[/quote]Way.", `quote of 0 "[quote=keel;12]No way.[/quote]"; own "Way."`},
		{"from elsewhere", "> Cousins are people too, said the priest.\nHe did.", `quote "> Cousins are people too, said the priest."; own "He did."`},
		{"introduced in its line", "keel wrote: the mayor sold it to his cousin.\n\nHe did.", `quote of 0 "keel wrote: the mayor sold it to his cousin."; own "He did."`},
		{"a handle before it", "@tide: And he was elected for it, mind you.\n\nHe was.", `quote of 1 "@tide: And he was elected for it, mind you."; own "He was."`},
		{"introduced as another's", "tide wrote: the mayor sold it to his cousin.\n\nHe did.", `own "tide wrote: the mayor sold it to his cousin.\n\nHe did."`},
		{"within one's own sentence", "keel said: the mayor sold it to his cousin, and I nearly fell off my chair.\n\nHe did.", `own "keel said: the mayor sold it to his cousin, and I nearly fell off my chair.\n\nHe did."`},
	} {
		t.Run(test.name, func(t *testing.T) {
			th := &thread.Thread{}
			for i, text := range append(posts[:len(posts):len(posts)], test.text) {
				th.Posts = append(th.Posts, thread.Post{Index: i, ReplyTo: thread.None, Author: []string{"keel", "tide", "rope"}[i], Text: text})
			}
			new(segment.Segmenter).Segment(th)
			threadtest.Check(t, th)
			if got := owners(&th.Posts[2]); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// Of two posts with the few words that are quoted it is the one that is answered,
// else the nearer.
func TestSourceOfFewWords(t *testing.T) {
	for replyTo, want := range map[int]string{0: `quote of 0 "> No way."; own "Way."`, 1: `quote of 1 "> No way."; own "Way."`, thread.None: `quote of 1 "> No way."; own "Way."`} {
		thread := &thread.Thread{Posts: []thread.Post{
			{ReplyTo: thread.None, Text: "The mayor sold it? No way."},
			{Index: 1, ReplyTo: thread.None, Text: "No way. He never would."},
			{Index: 2, ReplyTo: replyTo, Text: "> No way.\nWay."},
		}}
		new(segment.Segmenter).Segment(thread)
		if got := owners(&thread.Posts[2]); got != want {
			t.Errorf("an answer to %d:\ngot  %s\nwant %s", replyTo, got, want)
		}
	}
}

// However an apostrophe is written, or left out, the words are the same.
func TestSourceDespiteApostrophes(t *testing.T) {
	const first = "The mayor's cousin doesn't own it, and the city can't sell it."
	for _, quoted := range []string{first, "The mayor’s cousin doesn’t own it, and the city can’t sell it.", "The mayors cousin doesnt own it, and the city cant sell it."} {
		thread := &thread.Thread{Posts: []thread.Post{
			{ReplyTo: thread.None, Text: first},
			{Index: 1, ReplyTo: thread.None, Text: quoted + "\n\nHe does."},
		}}
		new(segment.Segmenter).Segment(thread)
		if got, want := owners(&thread.Posts[1]), fmt.Sprintf("quote of 0 %q; own %q", quoted, "He does."); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// TestQuotedFromElsewhere finds the words that a post quoted from elsewhere as
// that post's, where they stand again without a mark.
func TestQuotedFromElsewhere(t *testing.T) {
	thread := &thread.Thread{Posts: []thread.Post{
		{ReplyTo: thread.None, Text: "> Cousins are people too, said the priest.\n\nIs he one?"},
		{Index: 1, ReplyTo: thread.None, Text: "Cousins are people too, said the priest.\n\nHe has seven."},
	}}
	new(segment.Segmenter).Segment(thread)
	if got, want := owners(&thread.Posts[1]), `quote of 0 "Cousins are people too, said the priest."; own "He has seven."`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// FuzzSegmenter holds that every byte of a thread's posts gets one owner,
// whatever they mark; a line of "---" parts them.
func FuzzSegmenter(f *testing.F) {
	for _, seed := range []string{
		"They all lie, every one.\n---\n> They all lie\n>> every one\n&gt; no\n\nNot all.",
		"They all lie.\n---\n[quote=Noor]They [quote]all[/quote] lie.[/quote] No.\n[QUOTE=Noor;1]lie\n\n[quote] a\n[quote] b",
		"a b c d\n---\n<blockquote>a b c d</blockquote>Noor said:\n> a b c d\nClick to expand...\n[quote/]\u200b> \u200b",
	} {
		f.Add(seed)
	}
	segmenter := segment.Segmenter{News: &lexicon.Default().News}
	f.Fuzz(func(t *testing.T, text string) {
		th := &thread.Thread{}
		for i, part := range strings.Split(strings.ToValidUTF8(text, "?"), "\n---\n") {
			th.Posts = append(th.Posts, thread.Post{Index: i, ReplyTo: thread.None, Text: part})
		}
		segmenter.Segment(th)
		threadtest.Check(t, th)
		threadtest.CheckCovered(t, th)
	})
}
