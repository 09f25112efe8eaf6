package jsonl_test

import (
	"bytes"
	"testing"

	"threadstance/thread"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
	"threadstance/thread/threadtest"
)

// TestThreadOf brings the lines of mixed threads together by what ThreadOf
// says of each, and holds that they are read as the whole is.
func TestThreadOf(t *testing.T) {
	for _, test := range []struct {
		format input.Lines
		text   string
	}{
		{jsonl.Posts{}, `{"thread":"a","id":"1","text":"One."}
{"thread":7,"id":"2","text":"Two."}
{"thread":"a","id":"3","reply_to":"1","text":"Three."}
`},
		{jsonl.Reddit{}, `{"id":"b1","author":"keel","link_id":"t3_s","parent_id":"t3_s","created_utc":1700000001,"body":"Hands off Iran."}
{"id":"x","author":"tide","title":"Other","selftext":"","created_utc":1700000002,"subreddit":"w"}
{"id":"s","author":"tide","title":"Strikes","selftext":"What now?","created_utc":"1700000000","subreddit":"w"}
`},
	} {
		groups := map[string][]byte{}
		for line := range bytes.Lines([]byte(test.text)) {
			key, err := test.format.ThreadOf(line)
			if err != nil || key == "" {
				t.Fatalf("%s: thread %q (%v) of %s", test.format.Name(), key, err, line)
			}
			groups[key] = append(groups[key], line...)
		}
		want := map[string]string{}
		for th, err := range test.format.Read(input.Source{Path: "p", Reader: bytes.NewReader([]byte(test.text))}) {
			if err != nil {
				t.Fatal(err)
			}
			want[th.ID] = threadtest.Dump([]*thread.Thread{th}, nil)
		}
		if len(groups) != len(want) || len(want) != 2 {
			t.Fatalf("%s: %d groups, %d threads", test.format.Name(), len(groups), len(want))
		}
		for key, group := range groups {
			for th, err := range test.format.Read(input.Source{Path: "p", Reader: bytes.NewReader(group)}) {
				if err != nil {
					t.Fatal(err)
				}
				if got := threadtest.Dump([]*thread.Thread{th}, nil); got != want[key] {
					t.Errorf("%s: thread %q is read as\n%s\nwant\n%s", test.format.Name(), key, got, want[key])
				}
			}
		}
		if _, err := test.format.ThreadOf([]byte(`{"text":`)); err == nil {
			t.Errorf("%s: half a line has a thread", test.format.Name())
		}
	}
	for line, format := range map[string]input.Lines{
		`{"text":"alone"}`:                       jsonl.Posts{},
		`{"title":"Bases","created_utc":170000}`: jsonl.Reddit{},
	} {
		if key, err := format.ThreadOf([]byte(line)); key != "" || err != nil {
			t.Errorf("a line without a thread: %q (%v)", key, err)
		}
	}
}
