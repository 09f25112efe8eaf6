package analyze

import (
	"strings"
	"testing"

	"threadstance/lexicon"
	"threadstance/thread"
)

func FuzzFields(f *testing.F) {
	f.Add("Yanks need to  go\nhome\u00a0now\u2003and\x85so on \xff\xc2 ")
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := fields(s), len(strings.Fields(s)); got != want {
			t.Errorf("%d fields in %q, want %d", got, s, want)
		}
	})
}

// TestFieldsOfEachByte puts every byte at every place among eight.
func TestFieldsOfEachByte(t *testing.T) {
	for b := range 256 {
		for at := range 8 {
			for _, around := range []string{"aaaaaaaa", "        "} {
				s := around[:at] + string([]byte{byte(b)}) + around[at+1:] + around
				if got, want := fields(s), len(strings.Fields(s)); got != want {
					t.Errorf("%d fields in %q, want %d", got, s, want)
				}
			}
		}
	}
}

// TestThreadStops holds that no work is done for posts that nobody asks for:
// an interrupt is not to wait for the rest of a long thread.
func TestThreadStops(t *testing.T) {
	analyzer, err := New(lexicon.Default(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	long := &thread.Thread{Posts: []thread.Post{
		{Index: 0, ReplyTo: thread.None, Text: "The US should go home."},
		{Index: 1, ReplyTo: thread.None, Text: "It stays."},
	}}
	analyzer.Worker().Thread(long, func(*Result) bool { return false })
	if long.Posts[0].Segments == nil || long.Posts[1].Segments != nil {
		t.Errorf("segments %v and %v, want those of the first post alone", long.Posts[0].Segments, long.Posts[1].Segments)
	}
}
