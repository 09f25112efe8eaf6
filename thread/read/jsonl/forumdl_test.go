package jsonl_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
	"threadstance/thread/threadtest"
)

func TestForumDL(t *testing.T) {
	in := `{"generator":"forum-dl","version":"0.3.0","extractor":"phpbb","type":"board","item":{"path":["2"],"title":"News"}}
{"generator":"forum-dl","version":"0.3.0","extractor":"phpbb","type":"thread","item":{"path":["2","90"],"url":"https://fireside.example/t=90","title":"The embassy"}}
{"generator":"forum-dl","version":"0.3.0","extractor":"phpbb","type":"post","item":{"path":["2","90"],"subpath":["401"],"author":"Hedda","creation_time":"2020-01-08T06:30:00","content":"It will fall.<br>Soon."}}
{"generator":"forum-dl","version":"0.3.0","extractor":"phpbb","type":"post","item":{"path":["2","90"],"subpath":["401","402"],"author":"Ivo","creation_time":"yesterday","content":"<blockquote><div><cite>Hedda wrote:</cite>It will fall.</div></blockquote>It stands &amp; will."}}
`
	threads, failures := threadtest.All(t, jsonl.ForumDL{}, "in", in, input.Limits{})
	want := `thread "2/90" "The embassy"
warning times that cannot be read: 1, the first in line 4, "yesterday"; their posts are read without one (RFC 3339 and seconds since 1970 can be read)
  0 401 "Hedda" 2020-01-08T06:30:00Z reply to -1
    own "It will fall.\nSoon."
  1 402 "Ivo"  reply to 0
    chrome "Hedda wrote:"
    quote of 0 "It will fall."
    own "It stands & will."
`
	if diff := cmp.Diff(want, threadtest.Dump(threads, failures)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzForumDL(f *testing.F) {
	threadtest.Fuzz(f, jsonl.ForumDL{}, `{"generator":"forum-dl","type":"post","item":{"path":["2"],"subpath":["1","2"],"content":"<blockquote>a</blockquote>b<br>c"}}`)
}
