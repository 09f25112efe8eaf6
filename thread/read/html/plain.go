package html

import (
	"bytes"

	"golang.org/x/net/html"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/plain"
	"threadstance/thread/read/input"
	"threadstance/thread/read/text"
)

// readPlainPage reads the readable text of a page as a text that was copied
// from a browser.
func readPlainPage(page []byte) parsedPage {
	words, title := readableText(page)
	read := parsedPage{title: title}
	if words == "" {
		return read
	}
	var t thread.Thread
	text.Split(&t, words)
	for _, post := range t.Posts {
		read.posts = append(read.posts, parsedPost{Post: post, when: date.Known(post.Time)})
	}
	return read
}

// readableText is the text of a page without its navigation, forms and
// scripts, and the page's title.
func readableText(page []byte) (text, title string) {
	z := html.NewTokenizer(bytes.NewReader(page))
	var c composer
	c.reset()
	hidden, depth := "", 0 // the outermost element that is left out, and how often it is open
	inTitle := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return string(c.text), plain.Flat(title)
		case html.TextToken:
			switch {
			case inTitle:
				title += input.Valid(string(z.Text()))
			case hidden == "":
				c.write(string(z.Text()), false)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			tag := string(name)
			inTitle = tag == "title" && title == ""
			switch {
			case tag == hidden:
				depth++
			case hidden != "":
			case isHidden(tag):
				hidden, depth = tag, 1
			case tag == "br":
				c.breakLine()
			default:
				c.space(gapAround(tag))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := string(name)
			inTitle = false
			if tag == hidden {
				if depth--; depth == 0 {
					hidden = ""
				}
			} else if hidden == "" {
				c.space(gapAround(tag))
			}
		}
	}
}

func isHidden(tag string) bool {
	switch tag {
	case "script", "style", "template", "nav", "header", "footer", "aside", "form", "select", "button", "svg", "iframe", "noscript", "head", "object":
		return true
	}
	return false
}
