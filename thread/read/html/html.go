// Package html reads saved pages of forums: engines.go says by what each software's
// pages are known and where their posts are.
package html

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/plain"
	"threadstance/thread/quote"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/input"
)

// Format reads saved pages of forums: the software is known by its marks, and
// html_engines.go says where each puts the parts of a post. The pages of one
// thread, known by their address or title, become one thread in the order of
// their page numbers. A page of unknown software is read as one text, with a
// warning.
type Format struct{}

// Name returns "html".
func (Format) Name() string { return "html" }

// Sniff looks for the tags that a page starts with.
func (Format) Sniff(head []byte) bool {
	head = bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")))
	if len(head) == 0 || head[0] != '<' {
		return false
	}
	head = bytes.ToLower(head[:min(len(head), 2048)])
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body", "<title", "<meta ", "<div", "<table"} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return false
}

// Read yields the threads of src; see [input.Format].
func (f Format) Read(src input.Source) iter.Seq2[*thread.Thread, error] { return gather.One(f, src) }

// Collect implements [gather.Format].
func (Format) Collect(limits input.Limits) gather.Collector {
	return gather.NewGroups(limits, readPage, finishPages)
}

// readPage yields a page as a record: its markup as the text, its path as the
// title, its number as the identifier.
func readPage(src input.Source, yield func(*gather.Record, error) bool) {
	most := src.Limits.MaxLine()
	raw, err := io.ReadAll(io.LimitReader(src.Reader, int64(most)+1))
	if err != nil {
		yield(nil, &input.Error{Path: src.Path, Offset: int64(len(raw)), Err: err})
		return
	}
	if len(raw) > most {
		yield(nil, &input.Error{Path: src.Path, Offset: int64(most), Err: fmt.Errorf("a page of more than %d bytes; --max-line raises the limit", most)})
		return
	}
	var bad input.BadBytes
	raw = bad.Mend(toUTF8(raw), `\`, 1)
	page := identify(raw)
	r := &gather.Record{Thread: page.key, Title: src.Path}
	if r.Thread == "" {
		r.Thread = gather.Alone + src.Path
	}
	r.ID = strconv.Itoa(page.number)
	r.Text = string(raw)
	if yield(r, nil) && bad.Count > 0 {
		yield(nil, bad.Doubt(src.Path))
	}
}

// toUTF8 decodes a page as its byte order mark or its meta element says. Where
// they say UTF-8 its bytes stay as they are.
func toUTF8(raw []byte) []byte {
	encoding, name, _ := charset.DetermineEncoding(raw, "")
	if name != "utf-8" && !(name == "windows-1252" && isASCII(raw)) {
		if decoded, err := encoding.NewDecoder().Bytes(raw); err == nil {
			raw = decoded
		}
	}
	return raw
}

func isASCII(raw []byte) bool {
	for _, b := range raw {
		if b >= 0x80 {
			return false
		}
	}
	return true
}

// finishPages makes one thread of its pages.
func finishPages(g *gather.Groups, key string, pages []gather.Record) (*thread.Thread, error) {
	t := &thread.Thread{ID: key}
	known := map[string]int{} // posts by identifier: a page may be there twice
	var hints [][]quote.Hint
	var dates []date.Date // of the posts
	var refused error
	missing := missing{}
	reads := parsePages(pages)
	t.Path = reads[0].path
	for _, read := range reads {
		if t.Title == "" {
			t.Title = read.title
		}
		if doubt := read.doubt(); doubt != "" {
			if read.path != t.Path {
				doubt = read.path + ": " + doubt
			}
			t.Warnings = append(t.Warnings, doubt)
		}
		for _, p := range read.posts {
			if _, twice := known[p.ID]; twice && p.ID != "" {
				continue
			}
			if len(t.Posts) >= g.Limits.MaxPosts() {
				refused = fmt.Errorf("thread %q has more than %d posts, the rest is left out; --max-posts raises the limit", t.Title, len(t.Posts))
				break
			}
			n := len(t.Posts)
			known[p.ID] = n
			p.Post.Index = n
			p.Post.ReplyTo = thread.None
			if to, ok := known[p.replyTo]; ok && p.replyTo != "" && to != n {
				p.Post.ReplyTo = to
			}
			missing.count(&p, read.engine)
			t.Posts = append(t.Posts, p.Post)
			hints = append(hints, p.hints)
			dates = append(dates, p.when)
		}
	}
	if len(t.Posts) == 0 {
		return t, errors.New("no post in this page")
	}
	gather.SetTimes(t.Posts, dates)
	t.Warnings = append(t.Warnings, missing.warnings()...)
	quote.Resolve(t, hints)
	return t, refused
}

// parsePages reads pages and returns them in the order of their numbers; without
// those the posts' own tell the order.
func parsePages(pages []gather.Record) []parsedPage {
	reads := make([]parsedPage, len(pages))
	for i, page := range pages {
		reads[i] = parsePage([]byte(page.Text))
		reads[i].path = page.Title
		reads[i].number, _ = strconv.Atoi(page.ID)
	}
	slices.SortStableFunc(reads, func(a, b parsedPage) int {
		return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.firstID(), b.firstID()))
	})
	return reads
}

// missing counts what the markup of a thread did not say.
type missing struct{ posts, authors, times int }

func (m *missing) count(p *parsedPost, engine string) {
	if engine == "" {
		return
	}
	m.posts++
	if p.Author == "" {
		m.authors++
	}
	if p.when.IsZero() {
		m.times++
	}
}

func (m *missing) warnings() []string {
	var all []string
	for _, part := range []struct {
		n    int
		what string
	}{{m.authors, "author"}, {m.times, "time"}} {
		if part.n > 0 {
			all = append(all, fmt.Sprintf("%d of %d posts have no %s that can be read", part.n, m.posts, part.what))
		}
	}
	return all
}

// pageIdentity says which thread a page is of.
type pageIdentity struct {
	key    string // the same for all pages of a thread; "" where nothing tells
	number int    // of the page, or of its first post: good for their order
}

// ThreadKey returns what is the same for all pages of a thread, and for no other's, by
// the first bytes of one of them; "" where nothing tells.
func ThreadKey(head []byte) string {
	return identify(new(input.BadBytes).Mend(toUTF8(head), `\`, 1)).key
}

// identify looks through a page's head for its address or title.
func identify(page []byte) pageIdentity {
	var head htmlHead
	z := html.NewTokenizer(bytes.NewReader(page))
	for range 5000 {
		if !head.take(z, z.Next()) {
			break
		}
	}
	return identity(cmp.Or(head.address, head.saved), head.title)
}

// htmlHead is what the head of a page says of it.
type htmlHead struct {
	address string // that the site gives
	saved   string // the address that it was saved from
	title   string
	inTitle bool
}

// take takes in the token that z stands on; it is false where the head has ended.
func (h *htmlHead) take(z *html.Tokenizer, token html.TokenType) bool {
	switch token {
	case html.ErrorToken:
		return false
	case html.CommentToken:
		h.saved = cmp.Or(h.saved, savedFrom(string(z.Text())))
	case html.TextToken:
		if h.inTitle {
			h.title += string(z.Text())
		}
	case html.EndTagToken:
		name, _ := z.TagName()
		h.inTitle = false
		return string(name) != "head"
	case html.StartTagToken, html.SelfClosingTagToken:
		e := readElement(z)
		switch {
		case e.tag == "body":
			return false
		case e.tag == "title":
			h.inTitle = h.title == ""
		case e.tag == "link" && e.attr("rel") == "canonical":
			h.address = cmp.Or(e.attr("href"), h.address)
		case e.tag == "meta" && e.attr("property") == "og:url":
			h.address = cmp.Or(h.address, e.attr("content"))
		}
	}
	return true
}

// savedFrom reads the address out of the comment that a browser or SingleFile
// leaves in what it saves.
func savedFrom(comment string) string {
	for _, mark := range []string{"saved from url=", "url: "} {
		if _, after, ok := strings.Cut(comment, mark); ok {
			after = strings.TrimLeft(after, "(0123456789)")
			if fields := strings.Fields(after); len(fields) > 0 && strings.Contains(fields[0], "://") {
				return fields[0]
			}
		}
	}
	return ""
}

// identity takes the page number out of an address, or else out of a title.
func identity(address, title string) pageIdentity {
	if u, err := url.Parse(strings.TrimSpace(address)); err == nil && u.Host != "" {
		if id, ok := addressIdentity(u); ok {
			return id
		}
	}
	title, number := titlePage(title)
	return pageIdentity{title, number}
}

// addressIdentity takes the page number out of an address. It is false where
// what is left tells no thread.
func addressIdentity(u *url.URL) (id pageIdentity, ok bool) {
	number := 0
	path := u.Path
	for _, mark := range []string{"/page-", "/page/", "/page"} {
		if i := strings.LastIndex(path, mark); i >= 0 {
			rest := strings.Trim(path[i+len(mark):], "/")
			if n, err := strconv.Atoi(rest); err == nil {
				path, number = path[:i], n
				break
			}
		}
	}
	query := u.Query()
	for _, name := range []string{"page", "start", "st", "pagenumber"} {
		if n, err := strconv.Atoi(query.Get(name)); err == nil {
			number = n
		}
	}
	var kept []string
	// vBulletin 4: showthread.php?812-The-title
	if thread, _, _ := strings.Cut(u.RawQuery, "&"); thread != "" && !strings.Contains(thread, "=") {
		thread, page, _ := strings.Cut(thread, "/page")
		if n, err := strconv.Atoi(strings.Trim(page, "-_st/")); err == nil {
			number = n
		}
		kept = append(kept, strings.TrimRight(thread, "/"))
	}
	for _, name := range []string{"t", "topic", "tid", "threadid", "showtopic", "id"} {
		value := query.Get(name)
		if name == "topic" { // SMF: topic=12.25 is the 25th post of topic 12
			if topic, start, ok := strings.Cut(value, "."); ok {
				value = topic
				number, _ = strconv.Atoi(strings.TrimPrefix(start, "msg"))
			}
		}
		if value != "" {
			kept = append(kept, name+"="+value)
		}
	}
	path = strings.TrimRight(path, "/")
	key := strings.ToLower(u.Host) + path
	if len(kept) > 0 {
		key += "?" + strings.Join(kept, "&")
	}
	// The address of a site's front page tells no thread, nor does that of a
	// script which is asked for a post: showthread.php?p=101.
	name := path[strings.LastIndexByte(path, '/')+1:]
	ofPost := slices.ContainsFunc([]string{"p", "pid", "post", "postid", "msg"}, query.Has) && !strings.ContainsAny(name, "0123456789")
	return pageIdentity{key, number}, len(kept) > 0 || path != "" && !ofPost
}

// titlePage takes "Page 2" out of a page's title.
func titlePage(title string) (string, int) {
	title = plain.Flat(title)
	lower := strings.ToLower(title)
	if len(lower) != len(title) {
		return title, 0
	}
	for _, mark := range []string{" - page ", " | page ", " page ", ", page "} {
		i := strings.LastIndex(lower, mark)
		if i < 0 {
			continue
		}
		digits := lower[i+len(mark):]
		end := 0
		for end < len(digits) && digits[end] >= '0' && digits[end] <= '9' {
			end++
		}
		if n, err := strconv.Atoi(digits[:end]); err == nil {
			return strings.TrimSpace(title[:i] + title[i+len(mark)+end:]), n
		}
	}
	return title, 0
}

// readElement reads the start tag that z stands on.
func readElement(z *html.Tokenizer) element {
	name, more := z.TagName()
	e := element{tag: atom.String(name)}
	wanted := wantedAttributes()
	for more {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch string(key) {
		case "id":
			e.id = string(value)
		case "class":
			e.class = string(value)
		default:
			if name, ok := wanted[string(key)]; ok {
				e.attrs = append(e.attrs, attribute{name, string(value)})
			}
		}
	}
	return e
}

// parsedPage is what one page holds.
type parsedPage struct {
	path   string
	number int
	engine string // "" where no software's posts were found
	marked string // the software that a page without posts has the marks of
	title  string
	posts  []parsedPost
}

// doubt is what is to be said of a page that no software's reader fits, "" where
// one does.
func (p *parsedPage) doubt() string {
	switch {
	case p.marked != "":
		return "a page of " + p.marked + " in which no post is found; its readable text is read as if it had been copied"
	case p.engine == "":
		return "no forum software that is known; its readable text is read as if it had been copied"
	}
	return ""
}

// firstID is the first post's identifier as a number, 0 where it is none.
func (p *parsedPage) firstID() int {
	if len(p.posts) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(p.posts[0].ID)
	return n
}

// parsedPost is a post of a page: its identifier, and that of the post it
// stands under, are the software's.
type parsedPost struct {
	thread.Post
	when    date.Date
	replyTo string
	hints   []quote.Hint
}

// parsePage reads a page by the engine whose marks it has and that finds a
// post, or else as a text.
func parsePage(page []byte) parsedPage {
	all := compiledEngines()
	marked := ""
	for i := range all {
		if !hasMark(page, all[i].marks) {
			continue
		}
		p := pageReader{rules: &all[i]}
		if read := p.read(page); len(read.posts) > 0 {
			return read
		}
		marked = cmp.Or(marked, all[i].name)
	}
	read := readPlainPage(page)
	read.marked = marked
	return read
}

func hasMark(page []byte, marks []string) bool {
	for _, mark := range marks {
		if bytes.Contains(page, []byte(mark)) {
			return true
		}
	}
	return false
}

// pageTime reads a time as it stands among other words of a post's head.
func pageTime(text string) date.Date {
	text = plain.Flat(strings.ReplaceAll(text, "\u00a0", " "))
	if found, ok := date.Read(text); ok {
		return found
	}
	if number, after, ok := strings.Cut(text, " "); ok && strings.HasPrefix(number, "#") {
		text = after // vBulletin 3 may have the post's number before its date
	}
	for _, mark := range []string{" on: ", "Posted: ", "» ", "on ", "Posted on "} {
		if i := strings.Index(text, mark); i >= 0 {
			text = text[i+len(mark):]
			break
		}
	}
	for _, mark := range []string{" Post subject", " #", " »", " (This post", " This post was", " Last edited"} {
		if i := strings.Index(text, mark); i >= 0 {
			text = text[:i]
		}
	}
	// Hacker News gives the time twice: 2020-01-08T06:30:00 1578465000.
	if found, ok := date.Read(strings.Trim(text, " «»|")); ok {
		return found
	}
	if fields := strings.Fields(text); len(fields) == 2 {
		if found, ok := date.Read(fields[0]); ok {
			return found
		}
	}
	return date.Date{}
}
