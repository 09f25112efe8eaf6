package gather_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread/read/csv"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
	"threadstance/thread/threadtest"
)

// TestRemoved holds that in whatever form posts of Reddit come, those whose author
// is gone are nobody's, and what stands for a text that is gone is no one's words.
func TestRemoved(t *testing.T) {
	want := `thread "s1" ""
  0 c1 ""  reply to -1
    chrome "[removed]"
  1 c2 "gil"  reply to -1
    text "They wrote [removed] there."
`
	for _, test := range []struct {
		format input.Format
		in     string
	}{
		{csv.Format{}, "id,thread,author,text\nc1,s1,[deleted],[removed]\nc2,s1,gil,They wrote [removed] there.\n"},
		{jsonl.Posts{}, `{"id":"c1","thread":"s1","author":"[deleted]","text":"[removed]"}` + "\n" + `{"id":"c2","thread":"s1","author":"gil","text":"They wrote [removed] there."}`},
	} {
		threads, failures := threadtest.All(t, test.format, "in", test.in, input.Limits{})
		if diff := cmp.Diff(want, threadtest.Dump(threads, failures)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.format.Name(), diff)
		}
	}
}
