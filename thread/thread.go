// Package thread says what a discussion is: threads, their posts, and whose words each
// part of a post is. The packages below it read threads, find quotes and news in them,
// and replace the names of their users.
package thread

import "time"

// Span is a half-open range of byte offsets, [Start, End), into Post.Text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Of returns the bytes of text that the span covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Kind says whose words a segment of a post is.
type Kind uint8

const (
	Own    Kind = iota // the poster's own words
	Quote              // an earlier post's words, or anyone's marked as a quotation block
	News               // a pasted article
	Chrome             // what the site added: "Last edited by", signatures, "Click to expand"
)

// String returns the kind's name as the records print it.
func (k Kind) String() string { return [...]string{"own", "quote", "news", "chrome"}[k] }

// None stands for no post, where an index of a post is asked for.
const None = -1

// Segment is a part of a post whose bytes all have one owner. A post's
// segments are in order and do not overlap, and what lies between two of them
// is white space only.
type Segment struct {
	Kind Kind
	Span
	QuoteOf int    // index of the quoted post in the thread, or None
	Source  string // the outlet of a News segment, "" where it is not given
}

// Post is one utterance of a thread.
type Post struct {
	ID       string
	Index    int       // counts from 0 in the thread
	Author   string    // "" where the source lost it
	Time     time.Time // zero where it is not known
	ReplyTo  int       // index of the post it answers in the thread, or None
	Text     string    // valid UTF-8; what the spans index
	Segments []Segment
	// Targets, Labels and Context come with labelled data and with records
	// that ask for targets of their own; all else leaves them empty.
	Targets []Target
	Labels  *Labels
	Context []string // the texts this post answers, oldest first, where they are not posts of the thread
}

// Target is someone or something that a record asks the stance toward.
type Target struct {
	Name  string
	Span  Span   // where it is named; empty (0, 0) where the record does not say
	Label string // gold label: favor, against, neutral, or "" where there is none
}

// Labels is what a person judged of a post.
type Labels struct {
	Stance []Target          // by actor name, in the order of the record
	Tone   string            // positive, negative, neutral, or "" where it was not judged
	Fields map[string]string // every other scalar field of the record, for evaluation by field
}

// Thread is one discussion: its posts in order.
type Thread struct {
	ID       string
	Title    string
	Path     string // the input it was read from
	Posts    []Post
	Names    []string // users that the source names besides the authors, as over quotations
	Warnings []string // what the reader could not make out, each to be said once on standard error
}
