package segment_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/segment"
)

// kinds are the segments of a one-post thread, each as its kind, its source
// where it has one, and its first word.
func kinds(t *testing.T, text string) []string {
	t.Helper()
	th := &thread.Thread{Posts: []thread.Post{{Text: text, ReplyTo: thread.None}}}
	segmenter := segment.Segmenter{News: &lexicon.Default().News}
	segmenter.Segment(th)
	var got []string
	for _, s := range th.Posts[0].Segments {
		line := s.Kind.String()
		if s.Source != "" {
			line += " " + s.Source
		}
		words := text[s.Start:s.End]
		got = append(got, line+": "+words[:min(len(words), 12)])
	}
	return got
}

func TestNews(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{
			"dateline, remark above", `Told you so, I said this would happen.

HODEIDAH (Reuters) - Two tankers changed course on Tuesday after a warning by radio, port officials said, and a third was still waiting at anchor.

The owner of the ships declined to comment. "We follow the advice of the navies," a spokesman said.`,
			[]string{"own: Told you so,", "news Reuters: HODEIDAH (Re"},
		},
		{
			"address and headline, remark below", `https://www.bbc.com/news/harbour-bridge-closed

Harbour bridge to close for a year

The bridge across the harbour will close in March, the transport ministry said on Friday, because its cables have rusted.

Ferries would run every ten minutes, the minister told reporters, and cost nothing until the summer.

My commute is dead. Thanks for nothing, you clowns!`,
			[]string{"news BBC: https://www.", "own: My commute i"},
		},
		{
			"source at the end", `The central bank held its rate at four percent on Thursday, officials said, in line with forecasts by most economists who were asked about it.

Inflation was likely to fall by the end of the year, the governor told a news conference in the capital.

Source: Reuters`,
			[]string{"news Reuters: The central "},
		},
		{
			"no source, but the shape of an article", `General vows answer to rockets on base: statement

The commander of the coalition vowed on Monday to answer the rockets that were fired at the base over the weekend, which his staff attributed to a militia.

“We will choose the time and the place of it,” the general told a forum in the mountains, adding that no one was hurt in the attack of Saturday.

Two drones were intercepted near the same base on Tuesday, and a third fell into the desert without doing harm, a spokeswoman of the base said.`,
			[]string{"news: General vows"},
		},
		{
			"a long post of one's own", `Why I changed my mind about the bridge

I used to think that closing it was madness, because my whole family works on the other side and none of us owns a car.

Then I read what the engineers said about the cables, and it scared me more than the queue for the ferry ever could.

So close it, fix it, and let us hope that the minister keeps his word this once.`,
			[]string{"own: Why I change"},
		},
		{
			"a link in a remark", "See https://www.bbc.com/news/harbour-bridge-closed for what he really said, it is not what you claim.",
			[]string{"own: See https://"},
		},
		{
			"a long view in the third person", `The government has failed the towns of the coast. It promised a railway, and built a roundabout. It promised a hospital, and closed two schools.

The opposition is no better. It voted for every one of these budgets and now pretends to have been asleep at the time, like a night watchman after the burglary.`,
			[]string{"own: The governme"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, kinds(t, test.text)); diff != "" {
				t.Errorf("segments differ (-want +got):\n%s", diff)
			}
		})
	}
}

// articles end in a paragraph of a report; what follows is the poster's or one
// more of theirs.
var articles = map[string]string{
	"Reuters": `KHORRAMSHAHR (Reuters) - Two patrol boats of the Iranian navy turned back a tanker at the mouth of the river on Monday, port officials said, and held its crew of nineteen for questioning.

The owner of the ship called the order "piracy" and said that it had paid all its fees.`,
	"BBC": `https://www.bbc.com/news/articles/patrol-boats

Iran holds crew of tanker

Patrol boats of the Iranian navy have held the crew of a tanker, the president has told reporters. The ship was on its way to the port with nineteen men on board.

The owner of the ship said that it had paid all its fees.`,
	"CNN": `Iran holds crew of tanker

By Maria Lind and Paul Okoro, CNN
Updated 9:05 AM EST, Tue January 14, 2025

Patrol boats of the Iranian navy held the crew of a tanker on Monday, and the White House said that it was watching what would become of the nineteen men.`,
}

func TestRemarkBelowNews(t *testing.T) {
	for _, remark := range []string{
		"Biden is a coward. Reagan would never have let this stand.",
		"The mullahs are thugs and always have been.",
		"Iran should be bombed into the stone age for this.",
		"Typical Reuters, nothing but propaganda for the ayatollahs.",
		"\"Paid all its fees\". Right. The owner is lying and the whole world knows it.",
		"Trump said he would keep the sea lanes open. What a joke.",
		"Hats off to the Iranian navy.",
		"The West deserves every bit of this.",
		"Khamenei is the worst thing that ever happened to Iran.",
		"Congress ought to cut off their money for good.",
		"The crew are the real heroes here.",
		"Nineteen men in a cell and the President plays golf. Disgraceful.",
		"Obama sent them pallets of cash, and here is the thanks. Idiots.",
		"God bless those sailors and their families.",
		"Sanctions are a joke. Iran laughs at them.",
		"America first.",
		"And the Iranian navy has how many boats left?",
		"The Shah had it coming, and so do these crooks.",
		"Trump lied again, as usual.",
		"Sen. Graham is a warmonger and needs to go.",
		"Iran isnt scared of anybody, least of all a senile old man.",
	} {
		for source, article := range articles {
			text := article + "\n\n" + remark
			want := []string{"news " + source + ": " + article[:12], "own: " + remark[:min(len(remark), 12)]}
			if diff := cmp.Diff(want, kinds(t, text)); diff != "" {
				t.Errorf("%q below %s (-want +got):\n%s", remark, source, diff)
			}
		}
	}
}

func TestLastParagraphOfNews(t *testing.T) {
	for _, last := range []string{
		"A spokesman for the port declined to comment.",
		"Trump won the state in 2016 and 2024.",
		"No injuries were reported.",
		"Oil rose two percent in early trading in Singapore.",
		"It was not immediately clear where the men were held.",
		"Talks between the two countries will resume next week in Muscat.",
		"The navy did not respond to a request for comment.",
		"Critics have called the policy a disgrace.",
		"The senator described the deal as \"a shameful surrender to liars\".",
		"\"They are cowards and they will pay for it,\" the minister said.",
		"Opponents accuse the president of being a coward.",
		"The minister said that Congress should approve the money before the summer.",
		"Iran is a member of the treaty and denies that it wants the bomb.",
		"The strait is the world's most important route for oil.",
		"Graham, a Republican, has urged the White House to act and says that Iran deserves no mercy.",
		"The men are to appear before a court in Tehran on Thursday.",
		"So far no group has claimed responsibility.",
		"Iran seized a similar ship in 2023 and let it go after a month.",
		"Anyone with information should call the coast guard.",
		"Additional reporting by Lina Haddad in Dubai",
	} {
		for source, article := range articles {
			want := []string{"news " + source + ": " + article[:12]}
			if diff := cmp.Diff(want, kinds(t, article+"\n\n"+last)); diff != "" {
				t.Errorf("%q below %s (-want +got):\n%s", last, source, diff)
			}
		}
	}
}

// A column judges throughout; its last paragraph is its own.
func TestColumn(t *testing.T) {
	text := `Opinion | The coward of the strait - WSJ

Mr. Trump let nineteen men be taken in broad daylight, and that is a disgrace. No president should shrink from a navy of speedboats, and this one did, as the whole world could see.

History will call it weakness. It was worse.

Iran deserves an answer.`
	want := []string{"news The Wall Street Journal: Opinion | Th"}
	if diff := cmp.Diff(want, kinds(t, text)); diff != "" {
		t.Errorf("segments differ (-want +got):\n%s", diff)
	}
}

func TestCredits(t *testing.T) {
	const report = `The crew of the tanker was let go on Friday after ten days in the port of Bushehr, the foreign ministry said, and went home by air.

The owner of the ship thanked the government of Oman.`
	const headline = "Tanker's crew let go"
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"writer", headline + "\n\nBy Maria Lind, CNN\nPublished 3:12 PM EDT, Fri January 24, 2025\n\n" + report, []string{"news CNN: Tanker's cre"}},
		{"writers of an office", headline + "\nBy MARIA LIND and PAUL OKORO, Associated Press Writers\n\n" + report, []string{"news Associated Press: Tanker's cre"}},
		{"agency as the writer", headline + "\n\nBy Reuters\n\n" + report, []string{"news Reuters: Tanker's cre"}},
		{"name alone", headline + "\nBBC News\n\n" + report, []string{"news BBC: Tanker's cre"}},
		{"a sentence between headline and writer", headline + "\n\nNineteen men are home.\n\nBy Maria Lind, CNN\n\n" + report, []string{"news CNN: Tanker's cre"}},
		{"remark above", "Trump is a hero.\n\n" + headline + "\n\nBy Maria Lind, CNN\n\n" + report, []string{"own: Trump is a h", "news CNN: Tanker's cre"}},
		{"remark above and no headline", "Trump is a hero.\n\nFrom Reuters:\n\n" + report, []string{"own: Trump is a h", "news Reuters: From Reuters"}},
		{"from", "From Reuters:\n\n" + headline + "\n\n" + report + "\n\nPosted without comment.", []string{"news Reuters: From Reuters", "own: Posted witho"}},
		{"an address that is not known", report + "\n\nA spokesman for the owner said that the ship was still at anchor.\n\nSource: https://www.straits.example/2025/crew", []string{"news straits.example: The crew of "}},
		{"today's", "Article in today’s Guardian:\n\n" + headline + "\n\n" + report, []string{"news The Guardian: Article in t"}},
		{"reports", "Jerusalem Post reports:\n\n" + report, []string{"news The Jerusalem Post: Jerusalem Po"}},
		{"genitive", "This is from the BBC's website:\n\n" + report, []string{"news BBC: This is from"}},
		{"title of a page", headline + " | World news | The Guardian\n\n" + report, []string{"news The Guardian: Tanker's cre"}},
		{"title below", report + "\n\nA spokesman for the owner said that the ship was still at anchor.\n\n" + headline + " - CNN.com\n\nSo much for sanctions.", []string{"news CNN: The crew of ", "own: So much for "}},
		{"name below", report + "\n\n- Reuters", []string{"news Reuters: The crew of "}},
		{"a column", "Opinion | The price of a tanker - WSJ\n\nThe President's silence for ten days was a gift to Tehran. He left nineteen men in a cell and asked for nothing, and got what he had asked for.\n\nThe Editorial Board\n\nThoughts?", []string{"news The Wall Street Journal: Opinion | Th", "own: Thoughts?"}},

		{"an outlet in a remark", "Reuters says Iran is lying and I agree.\n\nThe crew is held for ransom, as anyone can see who has said goodbye to wishful thinking about these people and their navy.", []string{"own: Reuters says"}},
		{"a judgement on an outlet", "More lies from the BBC:\n\nThe crew is held for ransom, as anyone can see who has said goodbye to wishful thinking about these people and their navy.", []string{"own: More lies fr"}},
		{"a word that is an outlet's name", "By the time he said it, nobody cared.\n\nTwo sailors died for want of a doctor - time\n\nThe crew is held for ransom, as anyone can see who has said goodbye to wishful thinking about these people and their navy.", []string{"own: By the time "}},
		{"a person with an outlet's name", "By Dawn Forbes\n\nThe crew is held for ransom, as anyone can see who has said goodbye to wishful thinking about these people and their navy.", []string{"own: By Dawn Forb"}},
		{"a title in a remark", "It is the old story, as everyone with eyes has said here for ten years, and the navy of the mullahs will do it again and again.\n\nTanker's crew let go - WSJ.com\nLast sentence of this one", []string{"own: It is the ol"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, kinds(t, test.text)); diff != "" {
				t.Errorf("segments differ (-want +got):\n%s", diff)
			}
		})
	}
}
