package thread

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"unicode"
)

// Text reads a thread that was copied from a browser as plain text. The site's
// layout is known by its marks: what parts two posts, where a name and a date
// stand, and what the site itself says.
type Text struct{}

// Name is "text".
func (Text) Name() string { return "text" }

// Sniff says yes to all: plain text is what nothing else claims.
func (Text) Sniff([]byte) bool { return true }

// maxText is how much of one pasted thread is read, in bytes.
const maxText = 256 << 20

// Read yields the one thread that src holds.
func (Text) Read(src Source) iter.Seq2[*Thread, error] {
	return func(yield func(*Thread, error) bool) {
		t, err := readText(src)
		if err != nil {
			yield(nil, &ReadError{Path: src.Path, Offset: -1, Err: err})
			return
		}
		yield(t, nil)
	}
}

func readText(src Source) (*Thread, error) {
	data, err := io.ReadAll(io.LimitReader(src.Reader, maxText+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxText {
		return nil, fmt.Errorf("more than %d MB of text in one thread; split it, or hand it over as JSON Lines", maxText>>20)
	}
	text, repaired, err := decode(data)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("empty")
	}
	t := &Thread{ID: strings.TrimSuffix(filepath.Base(src.Path), filepath.Ext(src.Path)), Path: src.Path}
	if repaired > 0 {
		t.Warnings = append(t.Warnings, fmt.Sprintf("%d characters could not be read and stand as U+FFFD", repaired))
	}
	splitText(t, text)
	return t, nil
}

// splitText finds the layout of the pasted text and sets the thread's title
// and posts.
func splitText(t *Thread, text string) {
	lines := strings.Split(text, "\n")
	for _, layout := range layouts {
		if layout.split(t, lines) {
			break
		}
	}
	for i := range t.Posts {
		t.Posts[i].Index = i
		t.Posts[i].ReplyTo = None
		if t.Posts[i].ID == "" {
			t.Posts[i].ID = fmt.Sprint(i + 1)
		}
	}
}

// layout is one way in which a site's page looks when it is copied as text.
type layout struct {
	name string
	// split sets the thread's posts, or returns false where lines are not of
	// this layout.
	split func(t *Thread, lines []string) bool
}

var layouts = []layout{
	{"separators", splitSeparators},
	{"single post", splitNothing},
}

// splitNothing makes one post of it all, and says so.
func splitNothing(t *Thread, lines []string) bool {
	t.Posts = []Post{{Text: strings.TrimSpace(strings.Join(lines, "\n"))}}
	t.Warnings = append(t.Warnings, "nothing in the text parts one post from the next: it is read as one post")
	return true
}

// isSeparator says whether a line holds nothing but white space with a
// no-break space in it, which is what XenForo leaves between two posts where
// the poster's block was not copied.
func isSeparator(line string) bool {
	return strings.ContainsRune(line, '\u00a0') && strings.TrimFunc(line, unicode.IsSpace) == ""
}

// splitSeparators reads XenForo's text without poster blocks: lines with only
// a no-break space part the posts, and only the first post may have its block.
func splitSeparators(t *Thread, lines []string) bool {
	lines = trimPage(lines)
	count := 0
	for _, line := range lines {
		if isSeparator(line) {
			count++
		}
	}
	if count == 0 {
		return false
	}
	lines = takeTitle(t, lines)
	for start := 0; start <= len(lines); {
		end := start
		for end < len(lines) && !isSeparator(lines[end]) {
			end++
		}
		part := lines[start:end]
		var post Post
		if start == 0 {
			part = takePosterBlock(&post, part)
		}
		post.Text = strings.TrimSpace(strings.Join(part, "\n"))
		if post.Text != "" || end < len(lines) {
			t.Posts = append(t.Posts, post)
		}
		start = end + 1
	}
	return true
}

// trimPage drops what stands above and below the thread on the page.
func trimPage(lines []string) []string {
	for len(lines) > 0 && (strings.TrimSpace(lines[0]) == "" && !isSeparator(lines[0]) || pageHead[strings.TrimSpace(lines[0])]) {
		lines = lines[1:]
	}
	for len(lines) > 0 && (strings.TrimSpace(lines[len(lines)-1]) == "" || pageFoot[strings.TrimSpace(lines[len(lines)-1])]) {
		lines = lines[:len(lines)-1]
	}
	return lines
}

var (
	pageHead = set("What's new", "Home", "Forums", "Menu", "Log in", "Register", "Search", "New posts", "Skip to main content")
	pageFoot = set("Back", "Top", "Bottom", "Back / Top", "Back to top", "You must log in or register to reply here.", "Share:")
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}

// takeTitle takes the thread's title off the first line that says anything.
func takeTitle(t *Thread, lines []string) []string {
	for i, line := range lines {
		if isSeparator(line) {
			return lines[i+1:]
		}
		if line = strings.TrimSpace(line); line != "" {
			t.Title = line
			return lines[i+1:]
		}
	}
	return lines
}

// takePosterBlock takes XenForo's poster block off the lines of a post: name,
// rank, "Joined" and its date, then pairs of a label and a figure.
func takePosterBlock(post *Post, lines []string) []string {
	joined := -1
	var head []string
	for i, line := range lines[:min(len(lines), 12)] {
		line = strings.TrimSpace(line)
		if line == "Joined" {
			joined = i
			break
		}
		if line != "" {
			head = append(head, line)
		}
	}
	if joined < 0 || len(head) == 0 || len(head) > 4 {
		return lines
	}
	post.Author = head[0]
	rest := lines[min(joined+2, len(lines)):]
	for len(rest) >= 2 && posterLabels[strings.TrimSpace(rest[0])] {
		rest = rest[2:]
	}
	return rest
}

// posterLabels are what XenForo and its skins count beside a poster's name.
var posterLabels = set("Joined", "Messages", "Runs", "Posts", "Reaction score", "Points", "Likes", "Location", "Trophy points", "Solutions", "Age", "Gender", "Website", "Post of the Week", "Awards", "Score", "Country")
