package thread_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/lexicon"
	"threadstance/thread"
)

// kinds are the segments of a one-post thread, each as its kind, its source
// where it has one, and its first word.
func kinds(t *testing.T, text string) []string {
	t.Helper()
	th := &thread.Thread{Posts: []thread.Post{{Text: text, ReplyTo: thread.None}}}
	segmenter := thread.Segmenter{News: &lexicon.Default().News}
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
