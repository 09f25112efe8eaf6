// Package reddit says what Reddit writes, in its dumps and on its pages: posts that are
// gone, quotes in Markdown, links whose title is an outlet's.
package reddit

import (
	"strings"

	"threadstance/thread"
	"threadstance/thread/plain"
)

// LinkedOutlet returns the host that a title links to, "" where its users show
// what they like there, so that the title is the poster's.
func LinkedOutlet(host string) string {
	for domain := host; domain != ""; _, domain, _ = strings.Cut(domain, ".") {
		if usersHosts[domain] {
			return ""
		}
	}
	return host
}

// usersHosts are Reddit's hosts, and those of sites for pictures, videos and
// posts of anyone.
var usersHosts = plain.Set("reddit.com", "redd.it", "redditmedia.com", "imgur.com", "gfycat.com", "redgifs.com", "giphy.com", "tenor.com", "imgflip.com", "gyazo.com", "ibb.co", "postimg.cc", "flickr.com",
	"youtube.com", "youtu.be", "vimeo.com", "streamable.com", "twitch.tv", "dailymotion.com", "rumble.com", "bitchute.com", "odysee.com", "tiktok.com",
	"x.com", "twitter.com", "t.co", "bsky.app", "threads.net", "threads.com", "truthsocial.com", "instagram.com", "facebook.com", "fb.watch", "tumblr.com", "t.me", "pinterest.com")

// Markdown marks the block quotes of a Markdown text: lines that start
// with ">" (but not the spoiler mark ">!"), and the lines that lazily continue
// them.
func Markdown(text string) []thread.Segment {
	if strings.IndexByte(text, '>') < 0 {
		return thread.AppendSegment(nil, text, thread.Own, 0, len(text))
	}
	var segments []thread.Segment
	kind, start := thread.Own, 0
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		line := strings.TrimLeft(text[at:end], " ")
		is := thread.Own
		switch {
		case strings.HasPrefix(line, ">") && !strings.HasPrefix(line, ">!"):
			is = thread.Quote
		case kind == thread.Quote && strings.TrimSpace(line) != "":
			is = thread.Quote
		}
		if is != kind {
			segments = thread.AppendSegment(segments, text, kind, start, at)
			kind, start = is, at
		}
		at = end
	}
	return thread.AppendSegment(segments, text, kind, start, len(text))
}

// Deleted is what Reddit, and what is made of its posts, has in place of a name
// or a text that is gone.
const Deleted = "[deleted]"

// IsRemoved says whether text is what Reddit leaves of a post that is gone.
func IsRemoved(text string) bool {
	switch text {
	case Deleted, "[removed]", "[deleted by user]", "[removed by reddit]", "[ Removed by Reddit ]":
		return true
	}
	return false
}
