package jsonl_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread/read"
	"threadstance/thread/read/jsonl"
	"threadstance/thread/threadtest"
)

func TestConvoKit(t *testing.T) {
	dir := t.TempDir()
	threadtest.Write(t, dir, "utterances.jsonl", `{"id":"1","conversation_id":"1","text":"Close the base.","speaker":"ann","meta":{},"reply-to":null,"timestamp":1578465000,"vectors":[]}
{"id":"5","root":"5","text":"Other.","user":{"id":"cy"},"reply_to":null,"timestamp":null}
{"id":"2","conversation_id":"1","text":"Never.","speaker":"bo","reply-to":"1","timestamp":"1578465900"}
{"id":"3","conversation_id":"1","speaker":"bo"}
{"id":"4","conversation_id":"1","text":"Ever.","speaker":"ann","reply-to":"2","timestamp":"noon"}
{"text":"On its own.","speaker":"[deleted]"}
{"text":"[deleted]","speaker":{"name":"[deleted]"}}
`)
	threadtest.Write(t, dir, "conversations.json", `{"1":{"meta":{"title":"Ain al-Asad","n":3},"vectors":[]},"5":{"meta":{"title":7}}}`)
	threadtest.Write(t, dir, "speakers.json", `{"ann":{}}`)
	threadtest.Write(t, dir, "corpus.json", `{}`)
	threads, failures := threadtest.Paths(t, read.Options{}, dir)
	want := `thread "1" "Ain al-Asad"
warning times that cannot be read: 1, the first in line 5, "noon"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)
  0 1 "ann" 2020-01-08T06:30:00Z reply to -1
    text "Close the base."
  1 2 "bo" 2020-01-08T06:45:00Z reply to 0
    text "Never."
  2 4 "ann"  reply to 1
    text "Ever."
thread "5" "7"
  0 5 "cy"  reply to -1
    text "Other."
thread "" ""
  0  ""  reply to -1
    text "On its own."
thread "" ""
  0  ""  reply to -1
    chrome "[deleted]"
failure DIR/utterances.jsonl:4: no "text" in this utterance
`
	if diff := cmp.Diff(want, strings.ReplaceAll(threadtest.Dump(threads, failures), dir, "DIR")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestConversations holds that what cannot be read of a corpus's titles is said,
// and takes away no other.
func TestConversations(t *testing.T) {
	for _, test := range []struct{ name, conversations, title, failure string }{
		{"none", "", "", ""},
		{"of other kinds", `{"0":7,"2":{"title":["x"],"meta":"y"},"1":{"title":"Bases","meta":null}}`, "Bases", ""},
		{"no object", `["1"]`, "", "byte 1: not an object of conversations; the conversations from here on have no title"},
		{"cut short within one", `{"1":{"title":"Bases"},"2":{"title":"Fer`, "Bases", "byte 27: unexpected EOF; the conversations from here on have no title"},
		{"cut short between two", `{"1":{"title":"Bases"},`, "Bases", "byte 23: unexpected EOF; the conversations from here on have no title"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			threadtest.Write(t, dir, "utterances.jsonl", `{"id":"1","conversation_id":"1","text":"Close the base.","speaker":"ann"}`)
			if test.conversations != "" {
				threadtest.Write(t, dir, "conversations.json", test.conversations)
			}
			threads, failures := threadtest.Paths(t, read.Options{}, dir)
			if len(threads) != 1 || threads[0].Title != test.title {
				t.Error(threadtest.Dump(threads, nil))
			}
			failure := ""
			if len(failures) > 0 {
				_, failure, _ = strings.Cut(failures[0], "conversations.json: ")
			}
			if failure != test.failure {
				t.Errorf("failure is %q, want %q", failure, test.failure)
			}
		})
	}
}

func FuzzConvoKit(f *testing.F) {
	threadtest.Fuzz(f, jsonl.ConvoKit{}, `{"id":"1","conversation_id":"1","text":"a","speaker":{"id":"b"},"reply-to":"1","timestamp":1.5}`)
}
