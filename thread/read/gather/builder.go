package gather

import (
	"fmt"
	"slices"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/read/input"
	"threadstance/thread/read/reddit"
)

// Record is a post before its thread is known: what it answers is still an
// identifier.
type Record struct {
	thread.Post
	Thread, Title string // identifier and title of its thread
	Answers       string // identifier of the post it answers
	Outlet        string // the host whose words the title is, "" where it is the poster's
	BadTime       string // what stands for its time, where that cannot be read
	TargetsLeft   int    // how many of those that it asks for are left out
	EitherDay     bool   // the day and the month of its time may stand the other way round
}

// SetTime sets the time as a machine wrote it; one that cannot be read is noted.
func (r *Record) SetTime(text string) {
	var ok bool
	if r.Time, ok = date.ParseTime(text); !ok {
		r.BadTime = text
	}
}

// WithoutRepeats drops the records whose identifier an earlier one has.
func WithoutRepeats(records []Record) []Record {
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

// Builder makes threads of records that come in the order of their posts.
type Builder struct {
	Limits input.Limits
	Thread *thread.Thread // that is under way, nil where none is

	posts   []thread.Post  // of the thread so far
	replies []string       // what each post answers, by identifier
	index   map[string]int // of each post, by identifier
	refused bool           // the limit on posts was said
}

// StartsNew says whether a record of the thread called id belongs to another
// thread than the last; one without a name always does.
func (b *Builder) StartsNew(id string) bool {
	return b.Thread == nil || id == "" || id != b.Thread.ID
}

// Add appends a post to the thread, starting one where there is none.
func (b *Builder) Add(r *Record) error {
	if b.Thread == nil {
		b.Thread = &thread.Thread{ID: r.Thread, Title: r.Title}
		b.replies = b.replies[:0]
		b.refused = false
	}
	if b.Thread.Title == "" {
		b.Thread.Title = r.Title
	}
	n := len(b.posts)
	if n >= b.Limits.MaxPosts() {
		if b.refused {
			return nil
		}
		b.refused = true
		return fmt.Errorf("thread %q has more than %d posts, the rest is left out; --max-posts raises the limit", b.Thread.ID, n)
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
	b.replies = append(b.replies, r.Answers)
	return nil
}

// Finish returns the thread with its reply edges, or nil where there is none,
// and makes ready for the next.
func (b *Builder) Finish() *thread.Thread {
	t := b.Thread
	if t == nil {
		return nil
	}
	b.Thread = nil
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
func (b *Builder) answer(posts []thread.Post) {
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
