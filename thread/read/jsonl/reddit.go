package jsonl

import (
	"cmp"
	"errors"
	"html"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-json"

	"threadstance/thread"
	"threadstance/thread/plain"
	"threadstance/thread/quote"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/input"
	"threadstance/thread/read/reddit"
)

// Reddit reads dumps of submissions and comments as Pushshift and Arctic Shift
// publish them, one object a line. A comment joins the submission of its
// link_id, in whatever order and from whichever input they come.
type Reddit struct{}

// Name returns "reddit".
func (Reddit) Name() string { return "reddit" }

// Sniff looks for the fields that only these dumps have together.
func (Reddit) Sniff(head []byte) bool {
	return firstObjectHas(head, `"created_utc"`) &&
		(firstObjectHas(head, `"link_id"`, `"body"`) || firstObjectHas(head, `"selftext"`) || firstObjectHas(head, `"title"`, `"subreddit"`))
}

// Read yields the threads of src; see [input.Format].
func (f Reddit) Read(src input.Source) iter.Seq2[*thread.Thread, error] { return gather.One(f, src) }

// Collect implements [gather.Format].
func (Reddit) Collect(limits input.Limits) gather.Collector {
	return gather.NewGroups(limits, readReddit, finishReddit)
}

// redditPost is a submission or a comment.
type redditPost struct {
	ID       string          `json:"id"`
	Author   string          `json:"author"`
	Title    string          `json:"title"`
	Selftext string          `json:"selftext"`
	Body     *string         `json:"body"`
	LinkID   string          `json:"link_id"`
	ParentID json.RawMessage `json:"parent_id"`
	Created  json.RawMessage `json:"created_utc"`

	IsSelf   json.RawMessage `json:"is_self"`
	Domain   string          `json:"domain"`
	URL      string          `json:"url"`
	PostHint string          `json:"post_hint"`
}

// outlet returns the host of the page that a submission links to, whose words
// the title is. It is "" where the title is the poster's: over a text, or a
// picture or video.
func (p *redditPost) outlet() string {
	address, _, _ := strings.Cut(p.URL, "?")
	if string(p.IsSelf) == "true" || strings.HasPrefix(p.Domain, "self.") || strings.HasSuffix(p.PostHint, "video") || p.PostHint == "image" || mediaFiles[strings.ToLower(path.Ext(address))] {
		return ""
	}
	return reddit.LinkedOutlet(plain.Host(cmp.Or(p.Domain, address)))
}

var mediaFiles = plain.Set(".jpg", ".jpeg", ".png", ".gif", ".gifv", ".webp", ".mp4", ".webm", ".mov")

func readReddit(src input.Source, yield func(*gather.Record, error) bool) {
	eachLine(src, yield, parseReddit)
}

// parseReddit reads one line of a dump.
func parseReddit(line []byte) (*gather.Record, error) {
	var p redditPost
	if err := json.UnmarshalWithOption(line, &p, noCopy); err != nil {
		return nil, jsonLineError(line, err)
	}
	r := &gather.Record{Post: thread.Post{Author: p.Author, ReplyTo: thread.None}}
	r.SetTime(textOf(p.Created))
	if p.Body == nil {
		if p.Title == "" && p.Selftext == "" {
			return nil, errors.New(`neither "body" nor "title" in this record`)
		}
		r.ID = fullName("t3_", p.ID)
		r.Thread = r.ID
		r.Title = unescapeReddit(p.Title)
		r.Outlet = p.outlet()
		r.Text = r.Title
		if p.Selftext != "" {
			r.Text += "\n\n" + unescapeReddit(p.Selftext)
		}
		return r, nil
	}
	if p.LinkID == "" {
		return nil, errors.New(`no "link_id" in this comment`)
	}
	r.Thread = p.LinkID
	r.Text = unescapeReddit(*p.Body)
	r.ID = fullName("t1_", p.ID)
	// Some years of the dumps hold top-level parents as null or a number.
	parent := textOf(p.ParentID)
	if !strings.HasPrefix(parent, "t") {
		parent = r.Thread
	}
	r.Answers = parent
	return r, nil
}

// fullName is an identifier with the sign of its kind, by which others refer to
// it; "" where there is none.
func fullName(kind, id string) string {
	if id == "" {
		return ""
	}
	return kind + id
}

// finishReddit puts the submission first and the comments by time, those without
// one last.
func finishReddit(g *gather.Groups, key string, records []gather.Record) (*thread.Thread, error) {
	rank := func(r *gather.Record) int {
		switch {
		case strings.HasPrefix(r.ID, "t3_"):
			return 0
		case !r.Time.IsZero():
			return 1
		}
		return 2
	}
	slices.SortStableFunc(records, func(a, b gather.Record) int {
		return cmp.Or(rank(&a)-rank(&b), a.Time.Compare(b.Time))
	})
	t, err := g.Build(key, gather.WithoutRepeats(records)) // dumps may overlap
	for i := range t.Posts {
		t.Posts[i].Segments = redditSegments(&records[i])
	}
	quote.Resolve(t, nil)
	return t, err
}

// redditSegments marks the title that is an outlet's, what is left of a text that
// is gone, and the lines that are quoted.
func redditSegments(r *gather.Record) []thread.Segment {
	title := len(r.Title)
	gone := reddit.IsRemoved(strings.TrimSpace(r.Text[title:]))
	var segments []thread.Segment
	switch {
	case r.Outlet != "":
		segments = thread.AppendSegment(nil, r.Text, thread.News, 0, title)
		for i := range segments {
			segments[i].Source = r.Outlet
		}
	case gone:
		segments = thread.AppendSegment(nil, r.Text, thread.Own, 0, title)
	default:
		title = 0
	}
	if gone {
		return thread.AppendSegment(segments, r.Text, thread.Chrome, title, len(r.Text))
	}
	for _, s := range reddit.Markdown(r.Text[title:]) {
		s.Start, s.End = s.Start+title, s.End+title
		segments = append(segments, s)
	}
	return segments
}

var redditEscapes = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// unescapeReddit undoes the escapes of the dumps, and then the entities that
// the writer's own Markdown holds.
func unescapeReddit(text string) string {
	if strings.IndexByte(text, '&') >= 0 {
		text = html.UnescapeString(redditEscapes.Replace(text))
	}
	return text
}

// ThreadOf returns the identifier of the thread that a line belongs to; see [input.Lines].
func (Reddit) ThreadOf(line []byte) (string, error) {
	post, err := parseReddit(line)
	if err != nil {
		return "", err
	}
	return strings.Clone(post.Thread), nil
}
