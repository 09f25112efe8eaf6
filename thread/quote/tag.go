package quote

import (
	"strings"

	"threadstance/thread"
	"threadstance/thread/plain"
)

// Tag is where a quotation starts or ends in BBCode or HTML.
type Tag struct {
	thread.Span
	Markup byte   // what the tag begins with, '[' or '<'
	Ends   bool   // it ends a quotation
	Author string // whom it names
}

// maxTag is the longest a tag may be, in bytes.
const maxTag = 200

// ReadTag reads the tag that text begins with: "[quote]", "[QUOTE=Noor;12]",
// "[/quote]", "<blockquote>". An end may be misspelled: "[quote/]", "[/quotes]".
func ReadTag(text string) (Tag, bool) {
	text = text[:min(len(text), maxTag)]
	tag := Tag{Markup: text[0]}
	name, last := "quote", byte(']')
	if tag.Markup == '<' {
		name, last = "blockquote", '>'
	}
	rest, ends := strings.CutPrefix(text[1:], "/")
	if !plain.HasPrefixFold(rest, name) {
		return tag, false
	}
	rest = rest[len(name):]
	n := strings.IndexByte(rest, last)
	if n < 0 || strings.ContainsAny(rest[:n], "\n[<") {
		return tag, false
	}
	tag.End = len(text) - len(rest) + n + 1
	attributes := rest[:n]
	tag.Ends = ends || attributes == "/"
	if tag.Markup == '[' && !tag.Ends {
		tag.Author = taggedAuthor(attributes)
	}
	return tag, tag.Ends || attributes == "" || strings.IndexByte(" =:", attributes[0]) >= 0
}

// taggedAuthor returns whom the attributes of a [quote] name: `="Noor"`,
// "=Noor;1234", `="Noor, post: 12, member: 3"`, " author=Noor link=topic=1".
func taggedAuthor(attributes string) string {
	_, name, _ := strings.Cut(attributes, "=")
	for _, end := range []string{";", ", post:", " post=", " link=", " date="} {
		name, _, _ = strings.Cut(name, end)
	}
	return strings.Trim(name, "\"' ")
}
