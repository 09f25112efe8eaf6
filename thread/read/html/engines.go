package html

import "sync"

// engine says where one forum software puts the parts of a post. Each field
// but the marks is a list of selectors, parted by commas:
//
//	tag.class#id[attr=value]
//
// every part of which may be missing; "#id*" and "[attr^=value]" match what
// starts so, and "@attr" after a selector takes the attribute's value instead
// of the element's text. What a selector may match is bounded by where it
// stands in the page: authors and times inside a post but outside its body,
// quotations inside a body, and so on.
type engine struct {
	name  string
	marks []string // any of these in the page says that it is the software's

	title      string // the thread's title
	post       string // a whole post
	id         string // where its identifier stands: an attribute of the post or of an element in it
	author     string
	time       string
	body       string // the poster's words, quotations included
	quote      string // a quotation
	quoteBy    string // attributes of the quotation with the author's name
	quoteOf    string // attributes of the quotation with the post's identifier
	quoteHead  string // the line over a quotation, inside or before it
	chrome     string // what the software or a signature adds, inside a body or after it
	skip       string // what is left out of the text: buttons, hidden copies
	indent     string // how deep a post stands under the one it answers
	chromeNote string // comments that open and close chrome: "sig" and "/ sig"

	open     bool // a post ends where the next begins, not with its element
	nested   bool // answers stand inside the post they answer, or else answer the first
	wholeID  bool // identifiers are not just their digits
	loose    bool // quotations may stand outside the body
	titled   bool // the first post is a submission, whose title is its author's words
	markdown bool // lines that start with ">" are quotations
}

// engines are tried in this order.
var engines = []engine{
	{
		name:      "XenForo 2",
		marks:     []string{`data-app="public"`, `id="XF"`, `message--post`},
		title:     "h1.p-title-value",
		post:      "article.message--post",
		id:        "article.message--post@data-content",
		author:    "article.message--post@data-author, .message-name",
		time:      "time.u-dt@datetime",
		body:      ".bbWrapper",
		quote:     "blockquote.bbCodeBlock--quote, .bbCodeBlock--quote",
		quoteBy:   "data-quote",
		quoteOf:   "data-source",
		quoteHead: ".bbCodeBlock-title, .bbCodeBlock-sourceJump",
		chrome: ".bbCodeBlock-expandLink, .bbCodeSpoiler, .bbCodeBlock--code, .bbCodeBlock--unfurl, .bbCodeBlock--screenLimited, " +
			".message-signature, .message-lastEdit, .reactionsBar, .message-attachments, .likesBar",
		skip: ".js-selectToQuoteEnd, .message-actionBar, .message-attribution-opposite, .label, .labelLink, .u-srOnly, .message-cell--user, .js-historyTarget",
	},
	{
		name:      "XenForo 1",
		marks:     []string{`id="XenForo"`, `class="messageText`},
		title:     ".titleBar h1, h1",
		post:      "li.message[data-author]",
		id:        "li.message@id",
		author:    "li.message@data-author",
		time:      ".DateTime@data-time, .DateTime@title, .DateTime",
		body:      "blockquote.messageText",
		quote:     ".bbCodeQuote",
		quoteBy:   "data-author",
		quoteHead: ".attribution",
		chrome:    ".quoteExpand, .bbCodeSpoilerContainer, .bbCodeCode, .bbCodePHP, .bbCodeHtml, .signature, .editDate, .likesSummary, .attachedFiles",
		skip:      ".messageTextEndMarker, .prefix, .messageUserInfo",
	},
	{
		name:       "vBulletin 3",
		marks:      []string{`content="vBulletin 3`, `id="post_message_`},
		title:      "td.navbar strong",
		post:       "table[id^=post]",
		id:         "table@id",
		author:     ".bigusername",
		time:       "td.thead, div.normal",
		body:       "#post_message_*",
		quote:      "td.alt2",
		quoteHead:  "div.smallfont",
		chrome:     "pre.alt2, .spoiler",
		chromeNote: "sig, edit note",
		skip:       "fieldset",
	},
	{
		name:      "vBulletin 4",
		marks:     []string{`content="vBulletin 4`, `postbitlegacy`, `class="postbit `},
		title:     ".threadtitle",
		post:      "li.postcontainer, li[id^=post_]",
		id:        "li@id",
		author:    ".username",
		time:      ".postdate",
		body:      "blockquote.postcontent.restore",
		quote:     ".bbcode_quote",
		quoteHead: ".bbcode_postedby",
		chrome:    ".bbcode_code, .bbcode_description, .signature, .lastedited, .postcontent.lastedited, .spoiler, .attachments",
		skip:      ".usertitle, .nodecontrols, .postfoot, .userinfo_extra",
	},
	{
		name:      "vBulletin 5",
		marks:     []string{`content="vBulletin 5`, `content="vBulletin 6`, `js-post__content-text`},
		title:     ".main-title, .b-post__title, h1",
		post:      "li.b-post",
		id:        "li.b-post@data-node-id",
		author:    ".author [itemprop=name], [itemprop=name], .b-userinfo__details a",
		time:      "time@datetime",
		body:      ".js-post__content-text",
		quote:     ".bbcode_quote",
		quoteHead: ".bbcode_postedby",
		chrome:    ".bbcode_code, .bbcode_description, .b-post__signature, .signature, .post-signature, .b-post__edit-note, .b-post__edited, .js-spoiler",
		skip:      ".b-post-control, .b-post__footer",
	},
	{
		name:      "phpBB 3",
		marks:     []string{`id="phpbb"`, `phpBB&reg;`, `phpBB®`, `class="postbody"`},
		title:     "h2.topic-title, h2, h3.first",
		post:      "div.post[id^=p]",
		id:        "div.post@id",
		author:    ".username, .username-coloured, .postauthor",
		time:      ".author time@datetime, time@datetime, p.author",
		body:      "div.content",
		quote:     "blockquote",
		quoteOf:   "data-post-id",
		quoteHead: "cite",
		chrome:    ".codebox, .spoiler, .spoilwrapper, .signature, .notice, .attachbox, .inline-attachment, .thanks_list, .reactions",
		skip:      ".post-buttons, .back2top",
	},
	{
		name:      "phpBB 2",
		marks:     []string{`class="postbody"`, `class="postdetails"`},
		title:     "a.maintitle",
		post:      "span.name",
		id:        "a@name",
		author:    "span.name",
		time:      "span.postdetails",
		body:      "span.postbody",
		quote:     "td.quote",
		quoteHead: "span.genmed",
		chrome:    "td.code, span.gensmall",
		open:      true,
		loose:     true,
	},
	{
		name:      "SMF 2",
		marks:     []string{`Simple Machines`, `smf_theme_url`, `id="forumposts"`},
		title:     "#top_subject, .display_title",
		post:      ".post_wrapper",
		id:        ".inner@id",
		author:    ".poster h4 a, h4 a, h4",
		time:      ".keyinfo .smalltext, .postinfo a.smalltext, .postinfo .smalltext, .smalltext",
		body:      ".inner",
		quote:     "blockquote",
		quoteHead: ".quoteheader, .topslice_quote, blockquote cite, cite",
		chrome:    ".codeheader, .bbc_code, .quotefooter, .signature, .modified, .spoiler, .sp-wrap, .attachments, .likes, .smflikebutton",
		skip:      ".quickbuttons",
	},
	{
		name:      "SMF 1.1",
		marks:     []string{`smf_theme_url`, `smf_scripturl`},
		post:      "td.windowbg, td.windowbg2",
		id:        "div[id^=subject_]@id",
		author:    "a[title^=View the profile of]",
		time:      ".smalltext",
		body:      "div.post",
		quote:     "div.quote",
		quoteHead: ".quoteheader",
		chrome:    ".codeheader, .code, .signature, [id^=modified_]",
	},
	{
		name:      "Discourse",
		marks:     []string{`content="Discourse`, `class="crawler`, `class="topic-post`, `id="discourse`},
		title:     "#topic-title h1, .fancy-title, h1",
		post:      ".topic-post, .crawler-post, .topic-body.crawler-post",
		id:        ".crawler-post@id, article[id^=post_]@id",
		author:    "a[data-user-card]@data-user-card, .creator [itemprop=name], [itemprop=name]",
		time:      ".relative-date@data-time, time@datetime",
		body:      ".cooked, .post[itemprop=text], .crawler-post .post",
		quote:     "aside.quote, blockquote",
		quoteBy:   "data-username",
		quoteOf:   "data-post",
		quoteHead: "aside .title",
		chrome:    "aside.onebox, .spoiler, .spoiled, details, .lightbox-wrapper .meta, .crawler-linkback-list, .discourse-reactions-list, .user-signature",
		skip:      ".post-menu-area, .quote-controls, .topic-map, .badge, .small-action",
	},
	{
		name:      "Invision 3",
		marks:     []string{`id="ipboard_body"`, `class="post_block`},
		title:     "h1.ipsType_pagetitle",
		post:      "div.post_block",
		id:        "div.post_block@id",
		author:    "span.author",
		time:      ".published@title, .published",
		body:      "div.entry-content",
		quote:     "blockquote",
		quoteBy:   "data-author",
		quoteOf:   "data-cid",
		quoteHead: "p.citation",
		chrome:    "p.edit, .signature, .bbc_spoiler, .ipsLikeBar, .attachment_block",
		skip:      ".post_controls, .author_info",
	},
	{
		name:      "Invision",
		marks:     []string{`data-ipshook`, `ipsComment`, `Invision Community`, `IPS, Inc`},
		title:     ".ipsType_pageTitle, h1",
		post:      "article[id^=elComment_], article.cPost, article.ipsComment",
		id:        "article@id",
		author:    ".cAuthorPane_author, .ipsComment_author h3, .ipsEntry__username",
		time:      "time@datetime",
		body:      "[data-role=commentContent]",
		quote:     "blockquote.ipsQuote, blockquote",
		quoteBy:   "data-ipsquote-username",
		quoteOf:   "data-ipsquote-contentcommentid",
		quoteHead: ".ipsQuote_citation",
		chrome:    ".ipsSpoiler, .ipsCode, .ipsStyle_spoiler, [data-role=memberSignature], [data-excludequote], .ipsType_edited, .ipsEdited, .ipsReact, .ipsReactBlurb, .ipsEmbeddedOther",
		skip:      ".ipsComment_toolWrap, .ipsComment_controls, .ipsMenu",
	},
	{
		name:      "MyBB",
		marks:     []string{`MyBB`, `post_body scaleimages`},
		title:     "td.thead strong, .thead strong",
		post:      "div.post[id^=post_], table[id^=post_]",
		id:        "div.post@id, table@id",
		author:    ".author_information .largetext, .largetext a, .largetext",
		time:      ".post_date",
		body:      ".post_body",
		quote:     "blockquote",
		quoteHead: "cite",
		chrome:    ".codeblock, .spoiler, .spoiler_wrap, .signature, .post_edit, .edited_post",
		skip:      ".float_right, .post_controls, .post_management_buttons",
	},
	{
		name:    "old Reddit",
		marks:   []string{`old.reddit.com`, `class="sitetable`, `data-fullname="t3_`},
		title:   "a.title",
		post:    "div.thing",
		id:      "div.thing@data-fullname",
		author:  "div.thing@data-author, a.author",
		time:    "time@datetime",
		body:    ".md",
		quote:   "blockquote",
		chrome:  ".md-spoiler-text, pre, .edited-timestamp",
		skip:    ".usertext-edit, .morecomments, .flat-list, .bottommenu, .side, .promoted",
		nested:  true,
		wholeID: true,
		titled:  true,
	},
	{
		name:    "Reddit",
		marks:   []string{`<shreddit-post`, `<shreddit-comment `},
		title:   "h1",
		post:    "shreddit-post, shreddit-comment",
		id:      "shreddit-comment@thingid, shreddit-post@id",
		author:  "shreddit-post@author, shreddit-comment@author",
		time:    "shreddit-post@created-timestamp, time@datetime",
		body:    "[slot=text-body], [slot=comment]",
		quote:   "blockquote",
		chrome:  "shreddit-spoiler, pre",
		nested:  true,
		wholeID: true,
		titled:  true,
	},
	{
		name:     "Hacker News",
		marks:    []string{`news.ycombinator.com`, `class="hnname"`, `class="athing`},
		title:    ".titleline a, a.storylink",
		post:     "table.fatitem, tr.athing.comtr",
		id:       "tr.athing@id",
		author:   "a.hnuser",
		time:     ".age@title",
		body:     ".toptext, .commtext",
		indent:   "td.ind@indent",
		skip:     ".reply, .navs",
		titled:   true,
		markdown: true,
	},
}

// rules are an engine's selectors, ready to match.
type rules struct {
	*engine
	titles, posts, ids, authors, times, bodies, quotes, heads, chromes, skips, indents []selector
	quoteByAttrs, quoteOfAttrs, notes                                                  []string
}

var compiledEngines = sync.OnceValue(func() []rules {
	all := make([]rules, len(engines))
	for i := range engines {
		e := &engines[i]
		all[i] = rules{
			engine: e,
			titles: selectors(e.title), posts: selectors(e.post), ids: selectors(e.id),
			authors: selectors(e.author), times: selectors(e.time), bodies: selectors(e.body),
			quotes: selectors(e.quote), heads: selectors(e.quoteHead), chromes: selectors(e.chrome),
			skips: selectors(e.skip), indents: selectors(e.indent),
			quoteByAttrs: list(e.quoteBy), quoteOfAttrs: list(e.quoteOf), notes: list(e.chromeNote),
		}
	}
	return all
})

// fragmentRules are all engines' rules for what is inside a post.
var fragmentRules = sync.OnceValue(func() *rules {
	all := &rules{engine: &engine{name: "post"}}
	for _, r := range compiledEngines() {
		all.quotes = append(all.quotes, r.quotes...)
		all.heads = append(all.heads, r.heads...)
		all.chromes = append(all.chromes, r.chromes...)
		all.skips = append(all.skips, r.skips...)
		all.quoteByAttrs = append(all.quoteByAttrs, r.quoteByAttrs...)
		all.quoteOfAttrs = append(all.quoteOfAttrs, r.quoteOfAttrs...)
	}
	return all
})

// wantedAttributes are the attributes that some rule or reader asks for, but
// id and class, which all do.
var wantedAttributes = sync.OnceValue(func() map[string]string {
	wanted := map[string]string{}
	add := func(names ...string) {
		for _, name := range names {
			wanted[name] = name
		}
	}
	add("href", "src", "alt", "rel", "property", "content", "data-post-id")
	for _, r := range compiledEngines() {
		add(r.quoteByAttrs...)
		add(r.quoteOfAttrs...)
		for _, all := range [][]selector{r.titles, r.posts, r.ids, r.authors, r.times, r.bodies, r.quotes, r.heads, r.chromes, r.skips, r.indents} {
			for i := range all {
				for s := &all[i]; s != nil; s = s.within {
					add(s.attr, s.take)
				}
			}
		}
	}
	return wanted
})
