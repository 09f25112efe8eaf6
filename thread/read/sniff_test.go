package read

import "testing"

// TestSniff holds that each form is known by what it holds.
func TestSniff(t *testing.T) {
	for _, test := range []struct{ want, head string }{
		{"jsonl", `{"id":"1","text":"x"}` + "\n"},
		{"jsonl", "\ufeff  {\"text\":\"link_id and created_utc\"}"},
		{"reddit", `{"author":"a","body":"text","created_utc":1,"link_id":"t3_x"}`},
		{"reddit", `{"title":"a","selftext":"","created_utc":1,"subreddit":"b"}`},
		{"convokit", `{"id":"1","conversation_id":"1","text":"x","speaker":"a"}`},
		{"forum-dl", `{"generator": "forum-dl", "type": "post", "item": {"path": []}}`},
		{"mbox", "From noor@tigris.example Wed Jan  8 06:30:00 2020\nFrom: Noor <noor@tigris.example>\nSubject: x\n\ny"},
		{"mbox", "From: a@b.example (Ann)\nSubject: bases\nLines: 2\n\nOut.\n"},
		{"mbox", "Return-Path: <a@b.example>\r\nReceived: x\r\n\tby y\r\nFrom: a@b.example\r\nTo: c\r\n\r\nOut.\r\n"},
		{"html", "\n<!DOCTYPE html>\n<html><head>"},
		{"html", "<!-- saved from url=(0020)https://f.example/ -->\n<html>"},
		{"csv", "author,text\nAnn,Out\n"},
		{"csv", "id\tauthor\tbody\n1\tAnn\tOut\n"},
		{"csv", "\ufeffSEP=,\r\nauthor,text\r\nAnn,Out\r\n"},
		{"csv", "author,text\rAnn,Out\r"},
		{"text", "author, text.\rAnn.\rOut.\r"},
		{"text", "sep=none\nauthor, text.\nAnn, out.\n"},
		{"text", "From: the river\nto the sea\n"},
		{"text", "Dear author, the text of your comment, Sir, is wrong.\nYours"},
		{"jsonl", "lose it.\"}\n{\"text\":\"Never.\"}\n{\"text\":\"Ever.\"}\n{\"te"},
		{"jsonl", "{}\n{\"text\":\"Never.\"}\n"},
		{"jsonl", "null\n\n{\"text\":\"Never.\"}"},
		{"jsonl", "# posts of May\n// all\n{\"text\":\"Never.\"}\n"},
		{"jsonl", "{\"text\":\"Clos\n{\"text\":\"Never.\"}\n"},
		{"reddit", "{\"a\":[]}],\"score\":3}\n{\"author\":\"a\",\"body\":\"text\",\"created_utc\":1,\"link_id\":\"t3_x\"}\n"},
		{"convokit", "ann\"}\n{\"id\":\"1\",\"conversation_id\":\"1\",\"text\":\"x\",\"speaker\":\"a\"}\n"},
		{"text", "{curly} braces\n"},
		{"text", "[3/12/24, 7:03:11\u202fPM] Maya: {\"text\":1}\n[3/12/24, 7:04:11\u202fPM] Omar: b\n"},
		{"text", "mike: Out, now.\nann: Never, author, text.\n"},
		{"text", "Noor wrote:\n{\"text\":\"Never.\"}\n"},
		{"text", "# Posts\n{\"text\":\"Never.\"}\nis what I get.\n"},
		{"text", "void close() { now(); }\n{\"text\":\"Never.\"}\nwhat is that?"},
		{"text", "# One\n2\n3\n"},
		{"text", "{}\n"},
		{"text", "From the desk of Noor Ali at 10:30\n"},
		{"text", ""},
	} {
		format, err := find([]byte(test.head), Options{})
		if err != nil || format.Name() != test.want {
			t.Errorf("%q is taken for %v (%v), want %s", test.head, format, err, test.want)
		}
	}
}

// TestSniffNamed holds that an input is known for a table by the columns that
// are named, though one of them is not there, and that other text is not.
func TestSniffNamed(t *testing.T) {
	for _, test := range []struct{ want, head, text, author string }{
		{"csv", "Wer;Was;Wann\nAnn;Raus!;2020\n", "Was", "Wer"},
		{"csv", "Wer;Was;Wann\nAnn;Raus!;2020\n", "Wass", "Wer"},
		{"csv", "Username,Body\nAnn,Out.\n", "Bodyy", ""},
		{"csv", "Username,Msg,Date\nAnn,Out.,2020\n", "", "Usr"},
		{"csv", "Was;Wann\nRaus!;2020\n", "Was", ""},
		{"text", "Well, no.\nThey came, and they went.\n", "Body", ""},
		{"text", "Author\tMessage\nNoor\nPosted: Wed Jan 8\n", "Body", ""},
		{"mbox", "From: a@b.example (Ann)\nSubject: bases, roads\n\nOut, I say.\n", "Body", ""},
	} {
		columns := map[string]string{}
		if test.text != "" {
			columns["text"] = test.text
		}
		if test.author != "" {
			columns["author"] = test.author
		}
		format, err := find([]byte(test.head), Options{Columns: columns})
		if err != nil || format.Name() != test.want {
			t.Errorf("%q with the columns %v is taken for %v (%v), want %s", test.head, columns, format, err, test.want)
		}
	}
}
