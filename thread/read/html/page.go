package html

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"threadstance/thread"
	"threadstance/thread/plain"
	"threadstance/thread/quote"
	"threadstance/thread/read/input"
	"threadstance/thread/read/reddit"
)

// role is what an open element stands for.
type role uint8

const (
	roleNone role = iota
	roleSkip
	rolePost
	roleBody
	roleQuote
	roleHead   // the line over a quotation
	roleChrome // also the code and spoilers of a body
	roleAuthor
	roleTime
	roleTitle
)

// open is an element that has not ended.
type open struct {
	element
	role role
	post int         // index of the post, for rolePost
	from *quote.Hint // of a roleQuote
	pre  bool
}

// pageReader walks through the tags of a page with the stack of elements that
// are open, and no tree.
type pageReader struct {
	rules *rules

	stack    []open
	overflow int            // elements open beyond the limit on nesting
	tags     map[string]int // elements open, by tag
	counts   [roleTitle + 1]int
	pre      int
	note     bool // inside a comment's chrome
	out      parsedPage
	posts    []*pagePost
	current  *pagePost
	pending  quote.Hint // from a line over a quotation that is still to come
	captured strings.Builder

	pageTitle string // of the title element
	inTitle   bool
}

// pagePost is a post that is being read.
type pagePost struct {
	parsedPost
	composer
	bodies int
	indent int // of Hacker News; -1 where there is none
}

// read walks through the page.
func (p *pageReader) read(page []byte) parsedPage {
	p.out.engine = p.rules.name
	p.tags = map[string]int{}
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			for len(p.stack) > 0 {
				p.pop()
			}
			p.finishPosts()
			return p.out
		case html.TextToken:
			if p.inTitle {
				p.pageTitle, p.inTitle = string(z.Text()), false
			}
			p.text(string(z.Text()))
		case html.CommentToken:
			p.comment(strings.TrimSpace(string(z.Text())))
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(string(name))
		case html.StartTagToken, html.SelfClosingTagToken:
			e := readElement(z)
			p.inTitle = e.tag == "title" && p.pageTitle == ""
			p.start(e, isVoid(e.tag))
		}
	}
}

func isVoid(tag string) bool {
	switch tag {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "param":
		return true
	}
	return false
}

// gapAround is the white space that parts an element from what is before or after
// it, as [composer.space] takes it: a paragraph a blank line, a block a new line,
// a cell a space.
func gapAround(tag string) int {
	switch tag {
	case "p", "blockquote", "pre", "aside", "table", "h1", "h2", "h3", "h4", "h5", "h6":
		return 3
	case "div", "ul", "ol", "li", "dl", "dt", "dd", "tr", "section", "article",
		"header", "footer", "form", "fieldset", "details", "summary", "figure", "hr":
		return 2
	case "td", "th":
		return 1
	}
	return 0
}

// blockGap parts a block from what is before or after it.
func (p *pageReader) blockGap(tag string) {
	if p.current != nil {
		p.current.space(gapAround(tag))
	}
}

func (p *pageReader) in(r role) bool { return p.counts[r] > 0 }

// writing says whether text now belongs to a post.
func (p *pageReader) writing() bool {
	return p.current != nil && (p.in(roleBody) || p.in(roleChrome) || p.in(roleHead) || p.note || p.rules.loose && p.in(roleQuote))
}

func (p *pageReader) start(e element, void bool) {
	if void {
		p.void(&e)
		return
	}
	// An unclosed paragraph, item or cell ends where the next begins.
	if n := len(p.stack); n > 0 && p.stack[n-1].tag == e.tag {
		switch e.tag {
		case "p", "li", "td", "tr", "dt", "dd", "option":
			p.pop()
		}
	}
	if len(p.stack) >= maxOpen {
		p.overflow++
		return
	}
	p.blockGap(e.tag)
	o := open{element: e}
	o.role = p.role(&o)
	if e.tag == "pre" || e.tag == "textarea" {
		o.pre = true
		p.pre++
	}
	p.counts[o.role]++
	p.tags[o.tag]++
	p.stack = append(p.stack, o)
}

// maxOpen bounds the stack: what is nested deeper keeps its text but not its
// meaning.
const maxOpen = 512

// void handles an element that has no end.
func (p *pageReader) void(e *element) {
	if p.current == nil || p.in(roleSkip) {
		return
	}
	p.takeAttributes(e)
	switch e.tag {
	case "br":
		if p.writing() {
			p.current.breakLine()
		}
	case "hr":
		p.current.space(3)
	case "img":
		if p.writing() && isSmiley(e) {
			p.text(" " + e.attr("alt") + " ")
		}
	}
}

// isSmiley says whether an image stands for characters that were typed.
func isSmiley(e *element) bool {
	alt := e.attr("alt")
	if alt == "" || alt == "View Post" || len(alt) > 30 {
		return false
	}
	for _, mark := range []string{"smil", "moji", "inlineimg"} {
		if strings.Contains(e.class, mark) {
			return true
		}
	}
	return strings.Contains(e.attr("src"), "smil") || strings.Contains(e.attr("src"), "emoji")
}

// takeAttributes reads identifiers, authors and times that stand in attributes.
func (p *pageReader) takeAttributes(e *element) {
	c := p.current
	if c == nil || p.in(roleBody) || p.in(roleChrome) {
		return
	}
	if c.ID == "" {
		c.ID = p.identifier(p.taken(p.rules.ids, e))
	}
	if c.Author == "" {
		c.Author = strings.TrimSpace(p.taken(p.rules.authors, e))
	}
	if c.when.IsZero() {
		if text := p.taken(p.rules.times, e); text != "" {
			c.when = pageTime(text)
		}
	}
	if n, err := strconv.Atoi(p.taken(p.rules.indents, e)); err == nil {
		c.indent = n
	}
}

// taken is the attribute that the first selector to match e, and to find one,
// takes of it.
func (p *pageReader) taken(all []selector, e *element) string {
	for i := range all {
		if all[i].take != "" && all[i].match(e, p.stack) {
			if value := e.attr(all[i].take); value != "" {
				return value
			}
		}
	}
	return ""
}

// role says what an element that starts stands for, and takes what its
// attributes say.
func (p *pageReader) role(o *open) role {
	e := &o.element
	if p.in(roleSkip) {
		return roleNone
	}
	switch e.tag {
	case "script", "style", "template", "select", "button", "textarea", "svg", "iframe", "object", "title":
		return roleSkip
	}
	rules := p.rules
	switch {
	case anyMatch(rules.posts, e, p.stack) && (rules.nested || !p.in(roleBody) && !p.in(rolePost) || rules.open):
		return p.startPost(o)
	case anyMatch(rules.skips, e, p.stack):
		return roleSkip
	case p.out.title == "" && !p.in(roleBody) && !p.in(roleTitle) && anyMatch(rules.titles, e, p.stack):
		return p.capture(roleTitle)
	case p.current == nil:
		return roleNone
	}
	p.takeAttributes(e)
	inBody := p.in(roleBody) && !p.in(roleChrome)
	switch {
	case (inBody || rules.loose) && anyMatch(rules.heads, e, p.stack):
		return p.capture(roleHead)
	case (inBody || rules.loose) && !p.in(roleHead) && anyMatch(rules.quotes, e, p.stack):
		return p.startQuote(o)
	case (p.in(roleBody) || p.current.bodies > 0) && (anyMatch(rules.chromes, e, p.stack) || p.in(roleBody) && e.tag == "pre"):
		p.current.space(2)
		return roleChrome
	case p.in(roleChrome):
		return roleNone
	case inBody && e.tag == "blockquote":
		return p.startQuote(o)
	case !inBody && anyMatch(rules.bodies, e, p.stack):
		p.current.bodies++
		p.current.space(3)
		return roleBody
	}
	if p.in(roleHead) && e.tag == "a" {
		p.headLink(e)
	}
	switch {
	case inBody:
		return roleNone
	case p.current.Author == "" && p.current.bodies == 0 && !p.in(roleAuthor) && p.textOf(rules.authors, e):
		return p.capture(roleAuthor)
	case p.current.when.IsZero() && !p.in(roleAuthor) && !p.in(roleTime) && p.textOf(rules.times, e):
		return p.capture(roleTime)
	}
	return roleNone
}

// textOf says whether a selector that takes an element's text matches e.
func (p *pageReader) textOf(all []selector, e *element) bool {
	for i := range all {
		if all[i].take == "" && all[i].match(e, p.stack) {
			return true
		}
	}
	return false
}

func (p *pageReader) startPost(o *open) role {
	post := &pagePost{indent: -1}
	post.reset()
	if outer := p.innermost(rolePost); p.rules.nested && outer != nil {
		post.replyTo = p.posts[outer.post].ID
	}
	o.post = len(p.posts)
	p.posts = append(p.posts, post)
	p.current = post
	p.pending = quote.Hint{}
	p.takeAttributes(&o.element)
	if p.rules.open {
		// The element is the first part of the post, not its whole.
		if p.textOf(p.rules.authors, &o.element) {
			return p.capture(roleAuthor)
		}
		return roleNone
	}
	return rolePost
}

func (p *pageReader) startQuote(o *open) role {
	from := p.pending
	p.pending = quote.Hint{}
	for _, name := range p.rules.quoteByAttrs {
		from.Author = cmp.Or(strings.TrimSpace(o.attr(name)), from.Author)
	}
	for _, name := range p.rules.quoteOfAttrs {
		from.Post = cmp.Or(p.identifier(o.attr(name)), from.Post)
	}
	o.from = &from
	p.current.space(3)
	if p.rules.loose && p.current.bodies == 0 {
		p.current.bodies++
	}
	return roleQuote
}

// quotation is the innermost quotation that is open, or nil.
func (p *pageReader) quotation() *quote.Hint {
	if o := p.innermost(roleQuote); o != nil {
		return o.from
	}
	return nil
}

// innermost is the innermost open element of a role, or nil.
func (p *pageReader) innermost(r role) *open {
	if !p.in(r) {
		return nil
	}
	for i := len(p.stack) - 1; i >= 0; i-- {
		if p.stack[i].role == r {
			return &p.stack[i]
		}
	}
	return nil
}

// headLink reads the quoted post's identifier out of a link over a quotation.
func (p *pageReader) headLink(e *element) {
	id := p.identifier(e.attr("data-post-id"))
	if id == "" {
		id = p.linkedPost(e.attr("href"))
	}
	if id == "" {
		return
	}
	if q := p.quotation(); q != nil {
		q.Post = cmp.Or(q.Post, id)
	} else {
		p.pending.Post = cmp.Or(p.pending.Post, id)
	}
}

// linkedPost finds the post that an address points to.
func (p *pageReader) linkedPost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if id := p.identifier(u.Fragment); id != "" {
		return id
	}
	query := u.Query()
	for _, name := range []string{"p", "pid", "post", "msg", "comment"} {
		if id := query.Get(name); id != "" {
			return p.identifier(id)
		}
	}
	if strings.Contains(u.Path, "goto/post") {
		return p.identifier(query.Get("id"))
	}
	return ""
}

// identifier reduces "post-123", "pid_123" or "msg123#top" to what is the same
// everywhere: the last number in it.
func (p *pageReader) identifier(text string) string {
	if p.rules.wholeID {
		return strings.TrimSpace(text)
	}
	end := len(text)
	for end > 0 && (text[end-1] < '0' || text[end-1] > '9') {
		end--
	}
	start := end
	for start > 0 && text[start-1] >= '0' && text[start-1] <= '9' {
		start--
	}
	return text[start:end]
}

func (p *pageReader) end(tag string) {
	if p.overflow > 0 {
		p.overflow--
		return
	}
	if p.tags[tag] == 0 {
		return
	}
	for i := len(p.stack) - 1; i >= 0; i-- {
		if p.stack[i].tag != tag {
			// A stray end tag closes nothing beyond its cell or post.
			if p.stack[i].role == rolePost && tag != "body" && tag != "html" && !closesPost(tag) {
				return
			}
			continue
		}
		for len(p.stack) > i {
			p.pop()
		}
		return
	}
}

// closesPost says whether the end tag of what is around a post also ends the
// post, which some software leaves unclosed.
func closesPost(tag string) bool {
	switch tag {
	case "ol", "ul", "main", "section":
		return true
	}
	return false
}

// pop ends the innermost element, and takes what was read in it.
func (p *pageReader) pop() {
	o := p.stack[len(p.stack)-1]
	p.stack = p.stack[:len(p.stack)-1]
	p.counts[o.role]--
	p.tags[o.tag]--
	if o.pre {
		p.pre--
	}
	p.blockGap(o.tag)
	switch o.role {
	case rolePost:
		p.current = nil
		if outer := p.innermost(rolePost); outer != nil {
			p.current = p.posts[outer.post]
		}
	case roleAuthor:
		if p.current != nil && p.current.Author == "" {
			p.current.Author = strings.TrimPrefix(p.capturedText(), "by ")
		}
	case roleTime:
		if p.current != nil && p.current.when.IsZero() {
			p.current.when = pageTime(p.capturedText())
		}
	case roleTitle:
		if p.out.title == "" {
			p.out.title = p.capturedText()
		}
	case roleHead:
		by := quote.Author(p.capturedText())
		if q := p.quotation(); q != nil {
			q.Author = cmp.Or(q.Author, by)
		} else if by != "" {
			p.pending.Author = by
		}
		if p.current != nil {
			p.current.space(2)
		}
	}
}

// capture begins to take down the text of an element of that role.
func (p *pageReader) capture(r role) role {
	p.captured.Reset()
	return r
}

// capturedText is what was taken down, in one line.
func (p *pageReader) capturedText() string {
	return plain.Flat(p.captured.String())
}

// comment opens and closes the chrome that only comments mark.
func (p *pageReader) comment(text string) {
	if p.current == nil {
		return
	}
	for _, note := range p.rules.notes {
		switch {
		case text == note:
			p.note = true
			p.current.space(3)
		case text == "/ "+note || text == "/"+note:
			p.note = false
		}
	}
}

func (p *pageReader) text(text string) {
	if p.in(roleSkip) || p.overflow > 0 && p.current == nil {
		return
	}
	if p.in(roleAuthor) || p.in(roleTime) || p.in(roleTitle) || p.in(roleHead) {
		if p.captured.Len() < 4096 {
			p.captured.WriteString(text)
		}
	}
	if !p.writing() {
		return
	}
	q := p.quotation()
	if q != nil && q.Author == "" && !p.in(roleHead) {
		p.inlineHead(text)
	}
	switch {
	case p.in(roleHead) || p.in(roleChrome) || p.note && !p.in(roleBody):
		p.current.owner(thread.Chrome, nil)
	case q != nil:
		p.current.owner(thread.Quote, q)
	default:
		p.current.owner(thread.Own, nil)
	}
	p.current.write(text, p.pre > 0)
}

// inlineHead takes the element that starts with "Originally Posted by" for the
// line over the quotation it stands in: some software gives it no class.
func (p *pageReader) inlineHead(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	if !strings.HasPrefix(text, "originally posted by") && !strings.HasPrefix(text, "quote from:") {
		return
	}
	top := &p.stack[len(p.stack)-1]
	if top.role != roleNone {
		return
	}
	top.role = roleHead
	p.counts[roleNone]--
	p.counts[roleHead]++
	p.captured.Reset()
	p.captured.WriteString(text)
}

// finishPosts closes what was read of each post.
func (p *pageReader) finishPosts() {
	var under []*pagePost // the posts a reply may stand under, by indent
	if p.out.title == "" {
		p.out.title, _ = titlePage(p.pageTitle)
	}
	p.out.title = input.Valid(p.out.title)
	for i, post := range p.posts {
		if i == 0 && p.rules.titled {
			post.entitle(p.out.title)
		}
		if post.bodies == 0 {
			continue
		}
		post.Text = string(post.text)
		post.Segments, post.parsedPost.hints = post.segments, post.composer.hints
		if p.rules.markdown {
			post.Segments = markdownWithin(post.Text, post.Segments)
			post.parsedPost.hints = nil
		}
		if reddit.IsRemoved(post.Text) {
			post.Segments = []thread.Segment{{Kind: thread.Chrome, Span: thread.Span{Start: 0, End: len(post.Text)}, QuoteOf: thread.None}}
			post.parsedPost.hints = nil
		}
		markSignature(&post.parsedPost)
		if len(p.rules.indents) > 0 {
			depth := post.indent + 1 // the submission has no indent
			under = under[:min(depth, len(under))]
			if depth > 0 && len(under) > 0 {
				post.replyTo = under[len(under)-1].ID
			}
			under = append(under, post)
		}
		if p.rules.nested && post.replyTo == "" && len(p.out.posts) > 0 {
			post.replyTo = p.out.posts[0].ID
		}
		if post.Author = input.Valid(post.Author); reddit.IsRemoved(post.Author) {
			post.Author = ""
		}
		p.out.posts = append(p.out.posts, post.parsedPost)
	}
}

// entitle puts the title before the words of a post that is the submission
// itself: often it has no others.
func (p *pagePost) entitle(title string) {
	if title == "" {
		return
	}
	body := p.composer
	p.composer = composer{text: []byte(title)}
	p.segments = []thread.Segment{{Kind: thread.Own, Span: thread.Span{Start: 0, End: len(title)}, QuoteOf: thread.None}}
	p.composer.hints = []quote.Hint{{}}
	p.bodies = 1
	if len(body.text) == 0 {
		return
	}
	p.text = append(append(p.text, "\n\n"...), body.text...)
	shift := len(title) + 2
	for i, s := range body.segments {
		s.Start += shift
		s.End += shift
		if i == 0 && s.Kind == thread.Own {
			p.segments[0].End = s.End
			continue
		}
		p.segments = append(p.segments, s)
		p.composer.hints = append(p.composer.hints, body.hints[i])
	}
}

// markdownWithin marks the ">" lines of the own segments as quotations.
func markdownWithin(text string, segments []thread.Segment) []thread.Segment {
	var out []thread.Segment
	for _, s := range segments {
		if s.Kind != thread.Own {
			out = append(out, s)
			continue
		}
		for _, part := range reddit.Markdown(s.Of(text)) {
			part.Start += s.Start
			part.End += s.Start
			out = append(out, part)
		}
	}
	return out
}

// markSignature turns what follows the rule of underscores that vBulletin 3
// and phpBB 2 draw over a signature into chrome.
func markSignature(p *parsedPost) {
	const rule = "\n_______________"
	at := strings.LastIndex(p.Text, rule)
	if at < 0 {
		if !strings.HasPrefix(p.Text, rule[1:]) {
			return
		}
	} else {
		at++
	}
	at = max(at, 0)
	for i := range p.Segments {
		s := &p.Segments[i]
		if s.Kind != thread.Own || s.End <= at {
			continue
		}
		if s.Start >= at {
			s.Kind = thread.Chrome
			continue
		}
		head := thread.AppendSegment(nil, p.Text, thread.Own, s.Start, at)
		tail := thread.AppendSegment(nil, p.Text, thread.Chrome, at, s.End)
		if len(head) != 1 || len(tail) != 1 {
			s.Kind = thread.Chrome
			continue
		}
		*s = head[0]
		p.Segments = slices.Insert(p.Segments, i+1, tail[0])
		if p.hints != nil {
			p.hints = slices.Insert(p.hints, i+1, quote.Hint{})
		}
	}
}

// Fragment reads the HTML of one post, as an archive of posts holds it,
// with what every engine knows of quotations.
func Fragment(fragment string) (string, []thread.Segment, []quote.Hint) {
	p := pageReader{rules: fragmentRules()}
	post := &pagePost{parsedPost: parsedPost{Post: thread.Post{ID: "-"}}, bodies: 1}
	post.reset()
	p.posts = []*pagePost{post}
	p.current = post
	p.stack = append(p.stack, open{role: roleBody})
	p.counts[roleBody]++
	p.read([]byte(fragment))
	return post.Text, post.Segments, post.parsedPost.hints
}
