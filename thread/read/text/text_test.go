package text_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"threadstance/lexicon"
	"threadstance/thread"
	"threadstance/thread/read"
	"threadstance/thread/read/input"
	"threadstance/thread/read/text"
	"threadstance/thread/segment"
	"threadstance/thread/threadtest"
)

// TestText reads a thread in each layout in which pages are pasted, with the
// owner of every byte.
func TestText(t *testing.T) {
	files, err := filepath.Glob("../../../testdata/threads/text/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no threads: ", err)
	}
	more, _ := filepath.Glob("testdata/text/*.txt")
	files = append(append(files, more...), "../../../testdata/threads/us-troops.txt")
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			threads, failures := threadtest.Paths(t, read.Options{}, file)
			segmenter := segment.Segmenter{News: &lexicon.Default().News}
			for _, thread := range threads {
				segmenter.Segment(thread)
				threadtest.Check(t, thread)
			}
			threadtest.Golden(t, "text/"+strings.TrimSuffix(filepath.Base(file), ".txt"), threadtest.Dump(threads, failures))
		})
	}
}

// TestChatDates tells the day from the month.
func TestChatDates(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"no number above 12", "3/4/2024, 19:04 - Leila: a\n3/4/2024, 19:05 - Omar: b", "2024-04-03T19:04:00Z 2024-04-03T19:05:00Z"},
		{"as the United States write it", "3/4/24, 7:04 PM - Leila: a\n3/4/24, 12:05 AM - Omar: b", "2024-03-04T19:04:00Z 2024-03-04T00:05:00Z"},
		{"as India writes it", "03/04/24, 7:04 pm - Leila: a\n10/12/24, 7:05 pm - Omar: b", "2024-04-03T19:04:00Z 2024-12-10T19:05:00Z"},
		{"the month told by its staying", "3/4/24, 7:04 pm - Leila: a\n3/5/24, 7:05 pm - Omar: b\n3/7/24, 7:05 pm - Omar: c", "2024-03-04T19:04:00Z 2024-03-05T19:05:00Z 2024-03-07T19:05:00Z"},
		{"the day told by its change", "3/4/24, 7:04 PM - Leila: a\n5/4/24, 7:05 PM - Omar: b", "2024-04-03T19:04:00Z 2024-04-05T19:05:00Z"},
		{"Telegram's, with the name of the month", "Katja, [3 Feb 2023, 10:17:22]:\na\n\nJan, [3. Feb 2023 at 10:18]:\nb", "2023-02-03T10:17:22Z 2023-02-03T10:18:00Z"},
		{"a day told by another message", "3/4/24, 7:04 PM - Leila: a\n13/4/24, 7:05 PM - Omar: b", "2024-04-03T19:04:00Z 2024-04-13T19:05:00Z"},
		{"a day told by what the messenger says", "3/13/2024, 19:01 - Leila added you\n3/4/2024, 19:04 - Leila: a", "2024-03-04T19:04:00Z"},
		{"a number above 12 in either place", "13/4/24, 19:04 - Leila: a\n3/14/24, 19:05 - Omar: b", "2024-04-13T19:04:00Z 2024-03-14T19:05:00Z"},
		{"points", "3.4.24, 19:04 - Leila: a\n3.4.24, 19:05 - Omar: b", "2024-04-03T19:04:00Z 2024-04-03T19:05:00Z"},
		{"the year first", "2024-03-04, 19:04 - Leila: a\n2024-03-14, 7:05 p. m. - Omar: b", "2024-03-04T19:04:00Z 2024-03-14T19:05:00Z"},
		{"Telegram's", "Katja, [3/4/2024 7:04 PM]\na\n\nJan, [3/14/2024 7:05 PM]\nb", "2024-03-04T19:04:00Z 2024-03-14T19:05:00Z"},
		{"no such month", "13/13/24, 19:04 - Leila: a\n3/4/24, 19:05 - Omar: b\n3/4/24, 19:06 - Leila: c", "2024-04-03T19:05:00Z 2024-04-03T19:06:00Z"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, post := range readTextPosts(t, test.text) {
				got = append(got, post.Time.Format(time.RFC3339))
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestPageDates tells the day from the month in pages, and finds the posts whose
// dates have the day first or are no dates.
func TestPageDates(t *testing.T) {
	const block = "\nMarram\nSenior Member\nJoin Date\nApr 2010\nPosts\n1,204\n"
	for _, test := range []struct{ name, text, want string }{
		{"vBulletin, the day first", "13-02-2025, 09:12 AM\n#1" + block + "a\n\n03-03-2025, 09:40 AM\n#2" + block + "b", "2025-02-13T09:12:00Z a; 2025-03-03T09:40:00Z b"},
		{"vBulletin, the month first", "02-13-2025, 09:12 AM\n#1" + block + "a\n\n03-04-2025, 09:40 AM\n#2" + block + "b", "2025-02-13T09:12:00Z a; 2025-03-04T09:40:00Z b"},
		{"a figure below a name is no date", "13-02-2025, 09:12 AM\n#1\nMarram\n1204\nJoin Date\nApr 2010\na\n14-02-2025, 09:40 AM\n#2\nOmar\n12\nJoin Date\nApr 2010\nb", "2025-02-13T09:12:00Z a; 2025-02-14T09:40:00Z b"},
		{"phpBB", "by Marram » 13/02/2025 10:14\n\na\n\nby Omar » 01/03/2025, 11:14 am\n\nb", "2025-02-13T10:14:00Z a; 2025-03-01T11:14:00Z b"},
		{"phpBB, of yesterday", "by Marram » Mon Feb 03, 2025 10:14 am\n\na\n\nby Omar » Yesterday, 11:14\n\nb", "2025-02-03T10:14:00Z a; 0001-01-01T00:00:00Z b"},
		{"vBulletin, with the word for a picture", "02-13-2025, 09:12 AM #1\nMarram's Avatar\nMarram\nMember\nJoin Date\nApr 2010\na\n02-14-2025, 09:12 AM #2\nOmar's Avatar\nOmar\nMember\nJoin Date\nApr 2010\nb", "2025-02-13T09:12:00Z a; 2025-02-14T09:12:00Z b"},
		{"XenForo, of a while ago", "Marram\nMember\nJoined\nApr 4, 2010\n\nFeb 3, 2025\n#1\na\n\nOmar\nMember\nJoined\nApr 4, 2010\n\n13 minutes ago\n#2\nb", "2025-02-03T00:00:00Z a; 0001-01-01T00:00:00Z b"},
		{"names with dates", "Katja — 13/02/2025 10:14\na\nJan — 2/3/25, 10:15 AM\nb", "2025-02-13T10:14:00Z a; 2025-03-02T10:15:00Z b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, post := range readTextPosts(t, test.text) {
				got = append(got, post.Time.Format(time.RFC3339)+" "+post.Text)
			}
			if got := strings.Join(got, "; "); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestNoChat holds that a text in which figures or colons stand as in a chat is
// read as one post.
func TestNoChat(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"a message alone", "12/03/2024, 19:04 - Leila: Out now."},
		{"a chat that someone shows", "See what they write of us.\n\nI could not believe it:\n\n12/03/2024, 19:04 - Leila: Out now.\n12/03/2024, 19:05 - Omar: Never."},
		{"nobody speaks", "12/03/2024, 19:04 - Leila left\n12/03/2024, 19:05 - Omar left"},
		{"openings of one's own", "Note: the ferry is late.\nPS: it always was.\nNote: I like it still.\nSource: the Port News.\nEdit: two words.\nNote: no more."},
		{"points for and against", "Pro: it is cheap.\n\nCon: it is late.\n\nPro: it has tea.\n\nCon: it has no milk."},
		{"steps", "Step 1: buy a ticket.\nStep 2: wait.\nDay 1: wait.\nDay 1: wait more."},
		{"one speaks", "mike: It is late.\nmike: It is very late.\nmike: Hello?"},
		{"nobody comes again", "mike: It is late.\nAlice: Is it?\nBo: It is."},
		{"few come again", "Erbil: two.\nBasra: one.\nMosul: five.\nErbil: three.\nKirkuk: six.\nDohuk: none."},
		{"most has no speaker", "mike: It is late.\n\nSo it was on Monday.\n\nAlice: Is it?\n\nIt never was in spring.\n\nmike: It is."},
		{"a dialogue in a post", "I like this one.\n\nIt is from a film.\n\nmike: It is late.\nAlice: Is it?\nmike: It is.\nAlice: Oh."},
		{"phrases", "my view: it is late.\nthe truth is: it is not.\nmy view: it is.\nthe truth is: no."},
		{"labels of a profile", "Joined: today\nPosts: 12\nLocation: Erbil\nPosts: 13\nJoined: now"},
		{"tags", "<li> It is late.\n<b> It is very late.\n<li> Hello?\n<b> Oh."},
		{"a list of news", "Troops to stay\n3 hours ago\nThe Pentagon says so.\nFerry late again\n2 hours ago\nThe port says why.\nRain in Basra\n1 hour ago\nAt last."},
		{"a programme", "10:30\nCoffee\nFoyer\n11:00\nThe troops and the law, with Omar Bay\nHall\n12:00\nLunch\nFoyer\n13:00\nThe ferry and the port, with Noor Tate\nHall"},
		{"fixtures", "Erbil\n15:00\nBasra\nMosul\n17:30\nErbil\nBasra\n15:00\nMosul\nErbil\n17:30\nBasra"},
		{"a timetable", "Leave Erbil  10:14 AM\nArrive Mosul  11:20 AM\nLeave Mosul  11:30 AM\nArrive Dohuk  12:40 PM"},
		{"a log in brackets", "[10:01] server started\n[10:02] Ann joined\n[10:03] Ann left"},
		{"recipes", "TEA:\nleaves\nhot water\n\nMILK TEA:\nleaves\nmilk\n\nTEA:\nmore leaves\n\nMILK TEA:\nmore milk"},
		{"headings", "SYNOPSIS:\n\nIt is late.\n\nOPTIONS:\n\nNone.\n\nSYNOPSIS:\n\nIt is very late.\n\nOPTIONS:\n\nNone."},
		{"questions and answers below words", "I asked him.\n\nHe said this:\n\nQ: Is it late?\n\nA: Yes.\n\nQ: Very?\n\nA: Yes."},
		{"labels of a file", "Format: 1.0\nFiles: a\nCopyright: me\nLicense: mine\n\nFiles: b\nCopyright: me\nLicense: mine"},
		{"a log of the day", "10:01 It is late.\n10:02 It is very late.\n10:03 Hello?"},
		{"headings alone", "FERRY\nIs it late? It is.\n\nPORT\nIt is shut.\n\nMARKET\nIt is open."},
		{"headings alone that come again", "BREAKFAST\nTea and bread.\n\nDINNER\nFish.\n\nBREAKFAST\nTea and eggs.\n\nDINNER\nRice."},
		{"labels alone", "PROS\nIs it cheap? It is.\n\nCONS\nIt is late.\n\nPROS\nIt has tea.\n\nCONS\nNo milk."},
		{"one name in capitals does not come again", "HOST\nIs it late?\n\nREED\nYes.\n\nHOST\nVery?\n\nREED\nVery.\n\nADVERTISEMENT\nBuy tea."},
		{"one shouts between names in capitals", "HOST\nIs it late?\n\nREED\nYes.\nGO HOME!\n\nHOST\nVery?\n\nREED\nVery."},
		{"one name in capitals, again and again", "IRAN\nIs it late? It is.\n\nIRAN\nIt is very late.\n\nIRAN\nAt last."},
		{"names in capitals who say nothing", "HOST\nREED\nIs it late?\nHOST\nREED\nYes."},
		{"a name in capitals that begins a sentence", "NATO, he says, is late. Is it?\n\nUSA, he says, is not.\n\nNATO, he says, is very late.\n\nUSA, he says, is not."},
		{"links", "http: //a.example\nhttps: //b.example\nhttp: //c.example"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if posts := readTextPosts(t, test.text); len(posts) != 1 || posts[0].Text != test.text {
				t.Errorf("%d posts, the first %q", len(posts), posts[0].Text)
			}
		})
	}
}

// TestComments reads comments in the forms in which sites show them, and who is
// answered.
func TestComments(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{
			"names of one word, as on Reddit",
			"marram • 16 days ago\nIt is late.\n \n•Reply•Share ›\nOmar Bay  marram • 2 days ago\nVery.\n1\n•Reply•Share ›\ndune • a month ago\nNo.\n•Reply•Share ›",
			`"" marram(-1): own "It is late."; chrome "•Reply•Share ›"; Omar Bay(0): own "Very."; chrome "1\n•Reply•Share ›"; dune(-1): own "No."; chrome "•Reply•Share ›"`,
		},
		{
			"capitals, and names without a sign",
			"1,204 Comments\nSORT BY\nAdd a public comment...\nOmar Bay\n3 hours ago\nIt is late.\n12\nREPLY\nView 2 replies\nMarram\n2 months ago (edited)\nVery.\n\nREPLY",
			`"" Omar Bay(-1): own "It is late."; chrome "12\nREPLY\nView 2 replies"; Marram(-1): own "Very."; chrome "REPLY"`,
		},
		{
			"who is spoken to, of those who were there",
			"@marram\n3 hours ago\nIt is late.\nReply\n@dune\n2 hours ago\n@marram, why?\nReply\n@omar\n1 hour ago\n@noor why?\nReply\n@dune\n1 hour ago\n@dune me again\nReply",
			`"" marram(-1): own "It is late."; chrome "Reply"; dune(0): own "@marram, why?"; chrome "Reply"; omar(-1): own "@noor why?"; chrome "Reply"; dune(-1): own "@dune me again"; chrome "Reply"`,
		},
		{
			"a number that is said, and words as the site has above comments",
			"@marram\n3 hours ago\n2025\nanyone?\nReply\n@dune\n2 hours ago\nHere.\n3 days\nnow\nReply\n@omar\n1 hour ago\nSad\nReply\n@noor\n1 hour ago\nThe best of\nall\nReply",
			`"" marram(-1): own "2025\nanyone?"; chrome "Reply"; dune(-1): own "Here.\n3 days\nnow"; chrome "Reply"; omar(-1): own "Sad"; chrome "Reply"; noor(-1): own "The best of\nall"; chrome "Reply"`,
		},
		{
			"ages among the buttons, in one line",
			"Comments\nOmar Bay\nIt is late.\n\nMuch too late.\nLike · Reply · 3h\nLeila Tate\nOmar Bay Very.\nLike · Reply · 2h · Edited\nTom Bo\nIs it?\nLike · Reply · February 3 at 10:14 AM",
			`"" Omar Bay(-1): own "It is late.\n\nMuch too late."; chrome "Like · Reply · 3h"; Leila Tate(0): own "Omar Bay Very."; chrome "Like · Reply · 2h · Edited"; Tom Bo(-1): own "Is it?"; chrome "Like · Reply · February 3 at 10:14 AM"`,
		},
		{
			"Instagram's",
			"marram\nIt is late.\n3h\n12 likes\nReply\ndune\n@marram very\n2h\nReply",
			`"" marram(-1): own "It is late."; chrome "3h\n12 likes\nReply"; dune(0): own "@marram very"; chrome "2h\nReply"`,
		},
		{
			"badges, and a name that ends in an initial",
			"Most relevant\nNoor H.\nTop fan\nIt is late.\n3h\nLike\nReply\nAuthor\nTom Bo\nVery.\n2h\nLike\nReply",
			`"" Noor H.(-1): own "It is late."; chrome "3h\nLike\nReply\nAuthor"; Tom Bo(-1): own "Very."; chrome "2h\nLike\nReply"`,
		},
		{
			"WordPress's, below an article",
			"The ferry once more\n\nThe ferry is late again.\n\n2 thoughts on “The ferry once more”\nOmar Bay says:\nFebruary 3, 2025 at 10:14 am\n\nSo it is.\n\nReply\nLeila says:\nFebruary 4, 2025 at 9:02 am\n\nVery.\n\nReply\nLeave a Reply\nYour email address will not be published.",
			`"The ferry once more" (-1): own "The ferry is late again."; chrome "2 thoughts on “The ferry once more”"; Omar Bay(-1): own "So it is."; chrome "Reply"; Leila(-1): own "Very."; chrome "Reply\nLeave a Reply\nYour email address will not be published."`,
		},
		{
			"ages and buttons in German",
			"1.204 Kommentare\n@marram\nvor 3 Stunden (bearbeitet)\nIt is late.\n12\n\nAntworten\n2 Antworten\n@dune\nvor einem Tag\n@marram very\n\nAntworten",
			`"" marram(-1): own "It is late."; chrome "12\n\nAntworten\n2 Antworten"; dune(0): own "@marram very"; chrome "Antworten"`,
		},
		{
			"ages among the buttons, in French",
			"Plus pertinents\nOmar Bay\nIt is late.\n3 h\nJ’aime\nRépondre\nLeila Tate\nOmar Bay very\n2 j\nJ’aime\nRépondre\nModifié",
			`"" Omar Bay(-1): own "It is late."; chrome "3 h\nJ’aime\nRépondre"; Leila Tate(0): own "Omar Bay very"; chrome "2 j\nJ’aime\nRépondre\nModifié"`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkAnswers(t, test.text, test.want)
		})
	}
}

// TestPreviews tells what Discord shows of a message above one that answers it from
// what is said to someone.
func TestPreviews(t *testing.T) {
	const said = "marram — 02/03/2025 10:14 AM\nIt is late.\nSo it was on Monday.\n"
	for _, test := range []struct{ name, text, want string }{
		{"of the message above", said + "@marram\nIt is late. So it was on Monday.\ndune — 02/03/2025 10:20 AM\nVery.", `"" marram(-1): own "It is late.\nSo it was on Monday."; dune(0): quote "@marram\nIt is late. So it was on Monday."; own "Very."`},
		{"of one before, and of an answer", said + "dune — 02/03/2025 10:20 AM\nVery.\n@marram It is late. So it…\nomar — 02/03/2025 10:21 AM\nIs it so?\n@omar Is it so?\ndune — 02/03/2025 10:22 AM\nYes.", `"" marram(-1): own "It is late.\nSo it was on Monday."; dune(-1): own "Very."; omar(0): quote "@marram It is late. So it…"; own "Is it so?"; dune(2): quote "@omar Is it so?"; own "Yes."`},
		{"words to someone", said + "dune — 02/03/2025 10:20 AM\nIt is?\n@marram It was.\nomar — 02/03/2025 10:21 AM\n@dune It\nmarram — 02/03/2025 10:22 AM\nOh.", `"" marram(-1): own "It is late.\nSo it was on Monday."; dune(-1): own "It is?\n@marram It was."; omar(-1): own "@dune It"; marram(-1): own "Oh."`},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkAnswers(t, test.text, test.want)
		})
	}
}

// TestChannels reads messages in the forms in which messengers show them.
func TestChannels(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"Slack's, in one line", "Omar Bay  10:14 AM\nIt is late.\nSo it is.\n\nLeila Tate  10:20 AM\nVery. (edited)\nOmar Bay  11:02 AM\nOh.", `"" Omar Bay: own "It is late.\nSo it is."; Leila Tate: own "Very."; chrome "(edited)"; Omar Bay: own "Oh."`},
		{"Slack's, with what parts the days", "general\nYesterday\nOmar Bay\n  10:14 AM\nIt is late.\n10:15\nVery.\n:+1::tada:\n2\n2 replies\nToday\nLeila Tate\n:tea:  9:20 AM\nIs it so late as that?", `"" Omar Bay: own "It is late."; chrome "10:15"; own "Very."; chrome ":+1::tada:\n2\n2 replies\nToday"; Leila Tate: own "Is it so late as that?"`},
		{"Discord's", "marram — Yesterday at 10:14 AM\nIt is late.\n[10:15 AM]\nVery.\nFebruary 3, 2025\ndune — 10:20 AM\nIs it so late as that?", `"" marram: own "It is late."; chrome "[10:15 AM]"; own "Very."; chrome "February 3, 2025"; dune: own "Is it so late as that?"`},
		{"Discord's, in German", "marram — gestern um 10:14 Uhr\nIt is late.\ndune — heute um 10:20\nVery.", `"" marram: own "It is late."; dune: own "Very."`},
		{"Teams'", "Omar Bay\n2/3 10:14 AM\nIt is late once more.\n1 Like reaction.\n1\nTate, Leila (Guest)\nMonday 10:20\nVery.\nEdited\nOmar Bay\nYesterday 11:02 AM\nOh.", `"" Omar Bay: own "It is late once more."; chrome "1 Like reaction.\n1"; Tate, Leila (Guest): own "Very."; chrome "Edited"; Omar Bay: own "Oh."`},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkOwners(t, test.text, test.want)
		})
	}
}

// TestTurns reads who speaks in the forms that transcripts have.
func TestTurns(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"titles", "The hearing of Monday\n\nSEN. HALE: Is it late?\n\nDr. Noor: It is.\n\nSEN. HALE: Very?", `"The hearing of Monday" SEN. HALE: own "Is it late?"; Dr. Noor: own "It is."; SEN. HALE: own "Very?"`},
		{"a time of day", "[00:10:01] Ann: Is it late?\n[00:10:05] Bo: It is.\n[00:10:09] Ann: Very?", `"" Ann: own "Is it late?"; Bo: own "It is."; Ann: own "Very?"`},
		{"a time of day, and tabs", "00:10:01\tAnn Hale:\tIs it late?\n00:10:05\tBo:\tIt is.\n00:10:09\tAnn Hale:\tVery?", `"" Ann Hale: own "Is it late?"; Bo: own "It is."; Ann Hale: own "Very?"`},
		{"brackets", "[10:01] <ann> Is it late?\n[10:01] <bo> It is: very.\n[10:02] <ann> Oh.", `"" ann: own "Is it late?"; bo: own "It is: very."; ann: own "Oh."`},
		{"names in capitals, who speak on", "ANN HALE (R-OH), CHAIR:\n\nIs it late?\n\nI think so.\n\n(APPLAUSE)\n\nThey know.\n\nMr. McTATE: It is.\n\nHALE: Very?\n\nMr. McTATE:\n\nVery --", `"" ANN HALE: own "Is it late?\n\nI think so."; chrome "(APPLAUSE)"; own "They know."; Mr. McTATE: own "It is."; ANN HALE: own "Very?"; Mr. McTATE: own "Very --"`},
		{"names in capitals alone above", "The evening hour\n\nHOST\nIs it late?\n\nSENATOR ANN REED, D-RI\nI think so.\n\nVery.\n\nHOST\nVery?\n\n(LAUGHTER)\n\nREED\nVery.", `"The evening hour" HOST: own "Is it late?"; SENATOR ANN REED: own "I think so.\n\nVery."; HOST: own "Very?"; chrome "(LAUGHTER)"; SENATOR ANN REED: own "Very."`},
		{"names in capitals alone, below a title in capitals", "THE HOUR\n\nMcTATE\n\nIs it late?\n\nBOYD\n\nYes.\n\nMcTATE\n\nVery?\n\nBOYD\n\nVery.", `"THE HOUR" McTATE: own "Is it late?"; BOYD: own "Yes."; McTATE: own "Very?"; BOYD: own "Very."`},
		{"marks alone", "Q\nIs it late?\nA\nYes.\nQ\nVery?\nA\nVery.", `"" Q: own "Is it late?"; A: own "Yes."; Q: own "Very?"; A: own "Very."`},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkOwners(t, test.text, test.want)
		})
	}
}

// TestKeptWords holds that a line at the edge of a post is taken for the site's
// only where it is, and that no poster loses words.
func TestKeptWords(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{
			"bylines without subjects",
			"Post by Marram » Mon Feb 03, 2025 10:14 am\n\nThe mullahs had it coming.\n\nPost by Sandbar » Mon Feb 03, 2025 11:02 am\n\nSo did we.\n\nWe paid.\n\nPost by Marram » Mon Feb 03, 2025 11:40 am\n\nNot enough.",
			`"" Marram: own "The mullahs had it coming."; Sandbar: own "So did we.\n\nWe paid."; Marram: own "Not enough."`,
		},
		{
			"subjects that repeat the title, answer, or stand below the end of a post",
			"Oil\nby Marram » Mon Feb 03, 2025 10:14 am\n\nToo dear.\n\noil\nQuote\nby Sandbar » Mon Feb 03, 2025 11:02 am\n\nStill cheap.\n\nRe: Oil\nby Marram » Mon Feb 03, 2025 11:40 am\n\nRe: your point, no.\n\nby Sandbar » Mon Feb 03, 2025 11:50 am\n\nYes.\nTop\nBlame Tehran\nby Marram » Mon Feb 03, 2025 12:10 pm\n\nNo.",
			`"Oil" Marram: own "Too dear."; Sandbar: own "Still cheap."; Marram: own "Re: your point, no."; Sandbar: own "Yes."; chrome "Top"; Marram: own "Blame Tehran\n\nNo."`,
		},
		{
			"a subject below the poster's block",
			"The price of oil\nby Marram » Mon Feb 03, 2025 10:14 am\n\nToo dear.\n\nMarram\n\nPosts: 77\nJoined: Sun Jan 05, 2014 9:12 am\n\nBlame Tehran\nby Sandbar » Mon Feb 03, 2025 11:02 am\n\nWhy?",
			`"The price of oil" Marram: own "Too dear."; Sandbar: own "Blame Tehran\n\nWhy?"`,
		},
		{
			"the foot of a page, and a word that begins like it",
			"by Marram » Mon Feb 03, 2025 10:14 am\nDo something.\nby Sandbar » Mon Feb 03, 2025 11:02 am\nReturn to the deal, I say.\nIt worked.\nTop\n2 posts • Page 1 of 1\nReturn to World",
			`"" Marram: own "Do something."; Sandbar: own "Return to the deal, I say.\nIt worked."; chrome "Top\n2 posts • Page 1 of 1\nReturn to World"`,
		},
		{
			"the icon of a post, and a word like it",
			"03-02-2025, 09:12 AM #1\nMarram\nMember\nJoin Date: Apr 2010\nDefault The debt\nPay it.\n03-02-2025, 09:40 AM #2\nSandbar\nMember\nJoin Date: Jan 2018\nDefault on it would ruin us.\n03-02-2025, 10:02 AM #3\nMarram\nMember\nJoin Date: Apr 2010\nDefault\nSo what.",
			`"The debt" Marram: own "Pay it."; Sandbar: own "Default on it would ruin us."; Marram: own "So what."`,
		},
		{
			"German bylines, and words that begin as they do",
			"Öl\nvon Marram » Mo 5. Mär 2018, 10:12\n\nZu teuer.\n\nNach oben\nAW: Öl\nBeitrag von Sandbar » Gestern, 11:02\n\nvon wegen » teuer\nSo 5 Leute sagen das.\n\nNach oben\nAntwort erstellen\n2 Beiträge • Seite 1 von 1\nZurück zu „Welt“",
			`"Öl" Marram: own "Zu teuer."; chrome "Nach oben"; Sandbar: own "von wegen » teuer\nSo 5 Leute sagen das."; chrome "Nach oben\nAntwort erstellen\n2 Beiträge • Seite 1 von 1\nZurück zu „Welt“"`,
		},
		{
			"the names of those quoted, in German, French and Spanish",
			"Marram wrote:\nIl est tard.\n\nSandbar wrote:\nMarram a dit:\nIl est tard.\nCliquez pour agrandir...\nOui.\n\nDune wrote:\nSandbar escribió:\nOui.\n\nSí.\n\nBo wrote:\nZitat von Dune\nSí.\n\nJa.\nZuletzt bearbeitet: 1. Mai 2012",
			`"" Marram: own "Il est tard."; Sandbar: chrome "Marram a dit:"; quote "Il est tard."; chrome "Cliquez pour agrandir..."; own "Oui."; Dune: chrome "Sandbar escribió:"; quote "Oui."; own "Sí."; Bo: chrome "Zitat von Dune"; quote "Sí."; own "Ja."; chrome "Zuletzt bearbeitet: 1. Mai 2012"`,
		},
		{
			"words above the first head",
			"Should the sanctions stay?\n\nLift them. The mullahs eat well.\n\nWho gains? Nobody.\n\nMarram wrote:\nThey keep the bombs away.\n\nSandbar wrote:\nThey do not.",
			`"Should the sanctions stay?" : own "Lift them. The mullahs eat well.\n\nWho gains? Nobody."; Marram: own "They keep the bombs away."; Sandbar: own "They do not."`,
		},
		{
			"what the site says there",
			"Should the sanctions stay?\nDiscussion in 'World' started by Marram, Feb 3, 2025.\n\nMarram wrote:\nThey keep the bombs away.\n\nSandbar wrote:\nThey do not.",
			`"Should the sanctions stay?" Marram: own "They keep the bombs away."; Sandbar: own "They do not."`,
		},
		{
			"words like those over a quotation, or in a head",
			"Marram wrote:\nQuote from: the mayor on trust\nOn the whole, Noor said:\nNo.\n\nSandbar wrote:\nOn 2/3/2025 at 10:14 AM, Marram said:\nNo.\n\nPosted no bills.",
			`"" Marram: own "Quote from: the mayor on trust\nOn the whole, Noor said:\nNo."; Sandbar: chrome "On 2/3/2025 at 10:14 AM, Marram said:"; quote "No."; own "Posted no bills."`,
		},
		{
			"a first post of one line",
			"The sanctions should go.\n\u00a0\nThey keep the bombs away.",
			`"The sanctions should go." : own "The sanctions should go."; : own "They keep the bombs away."`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkOwners(t, test.text, test.want)
		})
	}
}

func readTextPosts(t *testing.T, words string) []thread.Post {
	t.Helper()
	var posts []thread.Post
	for thread, err := range (text.Format{}).Read(input.Source{Path: "in", Reader: strings.NewReader(words)}) {
		if err != nil {
			t.Fatal(err)
		}
		posts = append(posts, thread.Posts...)
	}
	return posts
}

// TestRedditPage reads what Reddit says around posts as its own, and a link's
// title as its outlet's.
func TestRedditPage(t *testing.T) {
	const comments = "\nUpvote\n2.3K\nDownvote\n312\nComments\nShare\nSort by:\nBest\nAdd a comment\n\nu/[deleted] avatar\n[deleted]\n•\n3h ago\nComment removed by moderator\n\nu/fennel avatar\nfennel\n•\n2h ago\nBiden ran.\n\nUpvote\n210\nDownvote\nReply\nAward\nShare\n\nu/[deleted] avatar\n[deleted]\n•\n1h ago\n[removed]"
	const said = `chrome "Upvote\n2.3K\nDownvote\n312\nComments\nShare\nSort by:\nBest\nAdd a comment\n\nu/[deleted] avatar"; : chrome "Comment removed by moderator\n\nu/fennel avatar"; fennel: own "Biden ran."; chrome "Upvote\n210\nDownvote\nReply\nAward\nShare\n\nu/[deleted] avatar"; : chrome "[removed]"`
	for _, test := range []struct{ name, submission, want string }{
		{"a link", "US to keep troops in Iraq\n\nreuters.com", `news "US to keep troops in Iraq" Reuters; chrome "reuters.com"; `},
		{"a link with a button and words", "US to keep troops in Iraq\nlocal.example\nOpen\nShame on them.", `news "US to keep troops in Iraq" local.example; chrome "local.example\nOpen"; own "Shame on them."; `},
		{"a video", "US to keep troops in Iraq\nm.youtube.com", `own "US to keep troops in Iraq"; chrome "m.youtube.com"; `},
		{"a text", "US to keep troops in Iraq\nreuters.com says so\nAnd reuters.com lies.", `own "US to keep troops in Iraq\nreuters.com says so\nAnd reuters.com lies."; `},
		{"a text that names a host", "US to keep troops in Iraq\nreuters.com\nsays so.", `own "US to keep troops in Iraq\nreuters.com\nsays so."; `},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkOwners(t, "r/worldtalk\n•\n5 hr. ago\ntamarind\n\n"+test.submission+comments, `"US to keep troops in Iraq" tamarind: `+test.want+said)
		})
	}
	for _, test := range []struct{ title, want string }{
		{"US to keep troops in Iraq (edition.cnn.com)", `news "US to keep troops in Iraq (edition.cnn.com)" CNN`},
		{"US to keep troops in Iraq (i.imgur.com)", `own "US to keep troops in Iraq (i.imgur.com)"`},
		{"US to keep troops in Iraq (self.worldtalk)", `own "US to keep troops in Iraq (self.worldtalk)"`},
		{"US to keep troops in Iraq (for now)", `own "US to keep troops in Iraq (for now)"`},
	} {
		t.Run(test.title, func(t *testing.T) {
			checkOwners(t, test.title+"\nsubmitted 5 hours ago by tamarind\n[–]fennel 12 points 4 hours ago\nBiden ran.", fmt.Sprintf(`%q tamarind: %s; fennel: own "Biden ran."`, test.title, test.want))
		})
	}
}

// TestRedditHeads finds each post in the forms in which the site has shown who
// wrote it.
func TestRedditHeads(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{
			"a post that is gone, and one of this moment",
			"[–]fennel 12 points 4 hours ago\nBiden ran.\n[–][deleted] 3 hours ago*\n[removed]\n[–]tamarind[S] [score hidden] just now (1 child)\nHe won.\n[–]dune Mod Team 1 point 59 minutes ago\nOff topic.",
			`"" fennel: own "Biden ran."; : chrome "[removed]"; tamarind: own "He won."; dune: own "Off topic."`,
		},
		{
			"words behind the mark of a list",
			"[–]fennel 12 points 4 hours ago\nBiden ran.\n[-] long ago that was\n[–]dune 1 point 1 hour ago\nYes.",
			`"" fennel: own "Biden ran.\n[-] long ago that was"; dune: own "Yes."`,
		},
		{
			"the age behind a dot, below the name",
			"level 1\nfennel\n·\n4 hr. ago\nBiden ran.\n210\nReply\nlevel 2\ntamarind\nOp · 3 hr. ago\nHe won.\nlevel 1\ndune\n· 1 hr. ago\nYes.",
			`"" fennel: own "Biden ran."; chrome "210\nReply\nlevel 2"; tamarind: own "He won."; chrome "level 1"; dune: own "Yes."`,
		},
		{
			"a title, and the site's words above it",
			"r/worldtalk icon\nGo to worldtalk\nr/worldtalk\n•\n5 hr. ago\ntamarind\n\nBiden ran.\nUpvote\nfennel\n•\n1h ago\nHe won.",
			`"Biden ran." tamarind: own "Biden ran."; chrome "Upvote"; fennel: own "He won."`,
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkOwners(t, test.text, test.want)
		})
	}
}

// checkAnswers holds that a pasted text is read as one thread with the owners of
// [threadtest.Owners], and what each post answers behind its author.
func checkAnswers(t *testing.T, words, want string) {
	t.Helper()
	threads, failures := threadtest.All(t, text.Format{}, "in", words, input.Limits{})
	if len(threads) != 1 || len(failures) > 0 {
		t.Fatal(len(threads), failures)
	}
	new(segment.Segmenter).Segment(threads[0])
	threadtest.Check(t, threads[0])
	for i := range threads[0].Posts {
		p := &threads[0].Posts[i]
		p.Author = fmt.Sprintf("%s(%d)", p.Author, p.ReplyTo)
	}
	if got := threadtest.Owners(threads[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// checkOwners holds that a pasted text is read as one thread with the title and
// the owners of [threadtest.Owners].
func checkOwners(t *testing.T, words, want string) {
	t.Helper()
	threads, failures := threadtest.All(t, text.Format{}, "in", words, input.Limits{})
	if len(threads) != 1 || len(failures) > 0 {
		t.Fatal(len(threads), failures)
	}
	segmenter := segment.Segmenter{News: &lexicon.Default().News}
	segmenter.Segment(threads[0])
	threadtest.Check(t, threads[0])
	if got := threadtest.Owners(threads[0]); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestLongThread holds that a thread of very many posts that quote one another
// is read, each quote with its post: pairwise comparing would not end.
func TestLongThread(t *testing.T) {
	const posts = 100_000
	var b strings.Builder
	b.WriteString("A long thread about everything\n")
	words := strings.Fields("the mayor ferry harbour said bridge water never always people money vote truth liar honest paper wind salt rope tide")
	say := func(i int) string {
		var s []string
		for k := range 9 {
			s = append(s, words[(i*7+k*k+i/(k+1))%len(words)], fmt.Sprint(i/(k+1)))
		}
		return strings.Join(s, " ")
	}
	for i := range posts {
		if i > 0 {
			b.WriteString("\n\u00a0\n")
			fmt.Fprintf(&b, "%s\n\nno, %d times no\n", say(i/2), i)
		}
		b.WriteString(say(i))
	}
	for th, err := range (text.Format{}).Read(input.Source{Path: "in", Reader: strings.NewReader(b.String()), Limits: input.Limits{Posts: posts}}) {
		if err != nil {
			t.Fatal(err)
		}
		new(segment.Segmenter).Segment(th)
		if len(th.Posts) != posts {
			t.Fatalf("%d posts, not %d", len(th.Posts), posts)
		}
		wrong := 0
		for i := 1; i < posts; i++ {
			if p := &th.Posts[i]; p.Segments[0].Kind != thread.Quote || p.Segments[0].QuoteOf != i/2 {
				wrong++
			}
		}
		if wrong > posts/1000 {
			t.Errorf("%d of %d quotes without their post", wrong, posts)
		}
	}
}

// TestTooManyPosts names the posts that the limit leaves out.
func TestTooManyPosts(t *testing.T) {
	var posts []int
	var failures []string
	words := "Title of it\none\n\u00a0\ntwo\n\u00a0\nthree"
	for thread, err := range (text.Format{}).Read(input.Source{Path: "in.txt", Reader: strings.NewReader(words), Limits: input.Limits{Posts: 2}}) {
		if err != nil {
			failures = append(failures, err.Error())
			continue
		}
		posts = append(posts, len(thread.Posts))
	}
	if fmt.Sprint(posts) != "[2]" || len(failures) != 1 || !strings.Contains(failures[0], "--max-posts") {
		t.Errorf("posts %v, failures %q", posts, failures)
	}
}

func FuzzText(f *testing.F) {
	files, _ := filepath.Glob("../../../testdata/threads/text/*.txt")
	more, _ := filepath.Glob("testdata/text/*.txt")
	files = append(files, more...)
	var seeds []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		seeds = append(seeds, string(data))
	}
	// What is said over and over is where the work grows with its square.
	for _, line := range repeated {
		seeds = append(seeds, strings.Repeat(line, 300))
	}
	threadtest.Fuzz(f, text.Format{}, append(seeds, "r/a\n1h ago\nb\n\u200b\nc.de\nOpen\n\nd\n•\n1h ago\ne", "r/a\n1h ago\nb\nT\n\nc.de\nOpen\nd\nUpvote\ne\n•\n1h ago\nComment removed by moderator", "T (c.de)\nsubmitted 5 hours ago by b\n[–]e 1 point 1 hour ago\nf", "a.\n\nPost by b » Feb 3, 2025\nc\nTop\nd\nby e » Feb 3, 2025\nf\ng\nby b » Feb 3, 2025\nReturn to “h”", "\ufeff\ufeff", "\u200b> a\n\u200b\nb\u200b\n\u200b> c", "T\na\n\u00a0\n[quote]a[/quote] b\n> c", "BAGHDAD (AFP) - x\n\nhttp://bbc.com\nSource: y\n\nso what", "T\n\nHOST\na?\n\nREED\nb.\n\nHOST\nc.\n\nREED\nd.")...)
}

// repeated are lines that may open a post or a quotation, or seem to.
var repeated = []string{
	"a b c\n", "Marigold\n", "joined\n\n\n\n\n", "\n", "Feb 3, 2025\n", "#1\n", "> no\n", "&gt; no\n", ">\n", "\u00a0\n", "[quote]", "[quote=a]\n", "[quote]a\n", "[/quote] a\n", "<blockquote>", "[quote]a</blockquote>\n", "[quote] a b c d [/quote]\n",
	"Noor wrote:\n", "Noor wrote:\n> they are all liars\n", "Bo wrote:\nthey are all liars\nNoor wrote:\n> they are all liars\n", "Noor said:\na\n", "Click to expand...\n", "[–]noor 3 points 2 hours ago\n", "•\n", "r/a\n•\n", "__________\n",
	"Registriert: a\n", "von Noor » Mo 5. Mär 2018, 10:12\n", "Noor hat geschrieben:\n", "Joined: a\n", "by Noor » Feb 3, 2025\n", "by Top » Feb 3, 2025\nTop\nJoined: a\n", "Return to a\n", "Default a\n", "12/03/2024, 19:04 - Leila: a\n", "12/03/2024, 19:04 - Leila left\n", "Katja, [01.02.2023 10:17]\n[Forwarded from a]\n", "mike: a\nann: b\n", "mike: a\n\nann: b\n\n",
	"Noor\n3 hours ago\na\nReply\n", "Noor • 3 hours ago\n", "Reply\nNoor\n", "Noor\na\n3h\nLike\nReply\n", "Noor  10:14 AM\na\n", "Noor\n — 10:14 AM\n", "[10:14 AM] Noor\na\n", "Noor — 10:14 AM\na\n@Noor a\n", "Noor says:\nFeb 3, 2025\na\nReply\n", "NOOR HALE:\n\na.\n\nHALE:\n\nb.\n\n", "Q: a\n\nA: b\n\n", "Next\n1\n", "BAGHDAD (AFP) - x\n", "http://bbc.com\n\n", "the US is bad the US is bad ", "a, a (Feb 3, 2025), ",
}

// TestTextRepeated reads pages of one line over and over, and of blank lines,
// which are read in time that grows with their length: where it grew with its
// square, they took minutes.
func TestTextRepeated(t *testing.T) {
	for _, line := range repeated {
		words := strings.Repeat(line, 20_000)
		posts := 0
		for th, err := range (&text.Format{}).Read(input.Source{Path: "page.txt", Reader: strings.NewReader(words)}) {
			if err == nil && th != nil {
				posts += len(th.Posts)
				new(segment.Segmenter).Segment(th)
			}
		}
		if strings.TrimSpace(line) != "" && posts == 0 {
			t.Errorf("%q: no post", line)
		}
	}
}
