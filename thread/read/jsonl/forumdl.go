package jsonl

import (
	"cmp"
	"errors"
	"iter"
	"strings"

	"github.com/goccy/go-json"

	"threadstance/thread"
	"threadstance/thread/quote"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/html"
	"threadstance/thread/read/input"
)

// ForumDL reads the JSON Lines that forum-dl writes: a line for each board,
// thread and post, the text of a post as HTML or, with --textify, plain.
type ForumDL struct{}

// Name returns "forum-dl".
func (ForumDL) Name() string { return "forum-dl" }

// Sniff looks for the program's own name.
func (ForumDL) Sniff(head []byte) bool {
	return firstObjectHas(head, `"generator"`, `"forum-dl"`, `"item"`)
}

// forumDLLine is one line.
type forumDLLine struct {
	Extractor string `json:"extractor"`
	Type      string `json:"type"`
	Item      struct {
		Path     []string        `json:"path"`
		Subpath  []string        `json:"subpath"`
		URL      string          `json:"url"`
		Title    string          `json:"title"`
		Author   json.RawMessage `json:"author"`
		Username json.RawMessage `json:"username"`
		Created  json.RawMessage `json:"creation_time"`
		Date     json.RawMessage `json:"date"`
		Content  *string         `json:"content"`
	} `json:"item"`
}

// Read yields the threads of src; see [input.Format].
func (ForumDL) Read(src input.Source) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		gather.From(src, gather.NewGroups(src.Limits, readForumDL, finishForumDL), yield)
	}
}

func readForumDL(src input.Source, yield func(*gather.Record, error) bool) {
	eachLine(src, yield, func(line []byte) (*gather.Record, error) {
		var l forumDLLine
		if err := json.UnmarshalWithOption(line, &l, noCopy); err != nil {
			return nil, jsonLineError(line, err)
		}
		key := strings.Join(l.Item.Path, "/")
		switch l.Type {
		case "thread":
			// A record with no text and no post is how the title gets there.
			return &gather.Record{Thread: key, Title: l.Item.Title, Answers: titleOnly}, nil
		case "post":
		default:
			return nil, nil
		}
		if l.Item.Content == nil {
			return nil, errors.New(`no "content" in this post`)
		}
		r := &gather.Record{
			Post:   thread.Post{Author: cmp.Or(textOf(l.Item.Author), textOf(l.Item.Username)), ReplyTo: thread.None, Text: *l.Item.Content},
			Thread: key,
		}
		r.SetTime(cmp.Or(textOf(l.Item.Created), textOf(l.Item.Date)))
		if n := len(l.Item.Subpath); n > 0 {
			r.ID = l.Item.Subpath[n-1]
			if n > 1 {
				r.Answers = l.Item.Subpath[n-2]
			}
		}
		return r, nil
	})
}

// titleOnly marks the record of a thread's title.
const titleOnly = "\x00title"

// finishForumDL takes titles from their own lines and turns the posts' HTML
// into text.
func finishForumDL(g *gather.Groups, key string, records []gather.Record) (*thread.Thread, error) {
	title := ""
	posts := records[:0]
	for _, r := range records {
		if r.Answers == titleOnly {
			title = cmp.Or(title, r.Title)
			continue
		}
		posts = append(posts, r)
	}
	if len(posts) == 0 {
		return nil, nil
	}
	t, err := g.Build(key, posts)
	t.Title = title
	hints := make([][]quote.Hint, len(t.Posts))
	for i := range t.Posts {
		p := &t.Posts[i]
		if looksLikeMarkup(p.Text) {
			p.Text, p.Segments, hints[i] = html.Fragment(p.Text)
		}
	}
	quote.Resolve(t, hints)
	return t, err
}

// looksLikeMarkup says whether a post's text is HTML.
func looksLikeMarkup(text string) bool {
	for _, tag := range []string{"<br", "<p>", "<p ", "<div", "<blockquote", "</a>", "<span", "&quot;", "&amp;", "&#"} {
		if strings.Contains(text, tag) {
			return true
		}
	}
	return false
}
