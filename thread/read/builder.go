package read

import (
	"fmt"
	"slices"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/read/input"
	"threadstance/thread/read/reddit"
)

// record is a post before its thread is known: what it answers is still an
// identifier.
type record struct {
	thread.Post
	thread, title string
	replyTo       string
	outlet        string // the host whose words the title is, "" where it is the poster's
	badTime       string // what stands for its time, where that cannot be read
	eitherDay     bool   // the day and the month of its time may stand the other way round
}

// setTime sets the time as a machine wrote it; one that cannot be read is noted.
func (r *record) setTime(text string) {
	var ok bool
	if r.Time, ok = date.ParseTime(text); !ok {
		r.badTime = text
	}
}

// withoutRepeats drops the records whose identifier an earlier one has.
func withoutRepeats(records []record) []record {
	known := map[string]bool{}
	kept := records[:0]
	for _, r := range records {
		if r.ID == "" || !known[r.ID] {
			kept = append(kept, r)
		}
		known[r.ID] = true
	}
	return kept
}

// builder makes threads of records that come in the order of their posts.
type builder struct {
	limits  input.Limits
	thread  *thread.Thread
	posts   []thread.Post  // of the thread so far
	replies []string       // what each post answers, by identifier
	index   map[string]int // of each post, by identifier
	refused bool           // the limit on posts was said
}

// startsNew says whether a record of the thread called id belongs to another
// thread than the last; one without a name always does.
func (b *builder) startsNew(id string) bool {
	return b.thread == nil || id == "" || id != b.thread.ID
}

// add appends a post to the thread, starting one where there is none.
func (b *builder) add(r *record) error {
	if b.thread == nil {
		b.thread = &thread.Thread{ID: r.thread, Title: r.title}
		b.replies = b.replies[:0]
		b.refused = false
	}
	if b.thread.Title == "" {
		b.thread.Title = r.title
	}
	n := len(b.posts)
	if n >= b.limits.MaxPosts() {
		if b.refused {
			return nil
		}
		b.refused = true
		return fmt.Errorf("thread %q has more than %d posts, the rest is left out; --max-posts raises the limit", b.thread.ID, n)
	}
	b.posts = append(b.posts, r.Post)
	p := &b.posts[n]
	p.Index, p.ReplyTo = n, thread.None
	if p.Author == reddit.Deleted {
		p.Author = ""
	}
	if reddit.IsRemoved(p.Text) {
		p.Segments = []thread.Segment{{Kind: thread.Chrome, Span: thread.Span{Start: 0, End: len(p.Text)}, QuoteOf: thread.None}}
	}
	b.replies = append(b.replies, r.replyTo)
	return nil
}

// finish returns the thread with its reply edges, or nil where there is none,
// and makes ready for the next.
func (b *builder) finish() *thread.Thread {
	t := b.thread
	if t == nil {
		return nil
	}
	b.thread = nil
	t.Posts = slices.Clone(b.posts)
	clear(b.posts)
	b.posts = b.posts[:0]
	b.answer(t.Posts)
	if t.ID == "" && len(t.Posts) == 1 {
		t.ID = t.Posts[0].ID
	}
	return t
}

// answer sets what each post answers, where the thread has it. Of posts with
// one identifier the first is meant.
func (b *builder) answer(posts []thread.Post) {
	if !slices.ContainsFunc(b.replies, func(id string) bool { return id != "" }) {
		return
	}
	if b.index == nil {
		b.index = map[string]int{}
	}
	clear(b.index)
	for i := len(posts) - 1; i >= 0; i-- {
		b.index[posts[i].ID] = i
	}
	for i, id := range b.replies {
		if to, ok := b.index[id]; ok && id != "" && to != i {
			posts[i].ReplyTo = to
		}
	}
}
