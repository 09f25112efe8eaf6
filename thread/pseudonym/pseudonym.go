// Package pseudonym replaces the names of users by keyed ones, in whatever of a thread
// they stand.
package pseudonym

import (
	"bytes"
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/plain"
	"threadstance/thread/quote"
)

// Names replaces the names of users by keyed ones, the same for the same
// key and name on every run: "user" and 12 hexadecimal digits of HMAC-SHA256.
// Without the key no name can be found from its pseudonym, not even by trying.
// It may be used concurrently.
type Names struct {
	// Keep says that a name is also a word, so that it is replaced only where
	// it is plain that the user is meant: in "@name", "u/name", "name wrote:",
	// "[quote=name]", and in what the site added. nil keeps none.
	Keep func(name string) bool

	// Public says that a name is an outlet's, so that it is left as it is where
	// nobody posts by it in a thread that quotes it. nil knows none.
	Public func(name string) bool

	key []byte
}

// minimumKey is the shortest key, in bytes, that cannot be guessed.
const minimumKey = 16

// Load reads the key from a file: all of it but the white space
// around. It is never written anywhere.
func Load(path string) (*Names, error) {
	key, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the key for pseudonyms: %w; make one with: openssl rand -hex 32 > %s", err, path)
	}
	key = bytes.TrimSpace(key)
	if len(key) < minimumKey {
		return nil, fmt.Errorf("%s: a key of %d bytes can be guessed; make one with: openssl rand -hex 32 > %s", path, len(key), path)
	}
	return &Names{key: key}, nil
}

// Name returns the pseudonym of a user, "" for "". "Noor" and "noor" are two users,
// as they are to all that counts them.
func (p *Names) Name(name string) string {
	if name == "" {
		return ""
	}
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte(name))
	return "user" + hex.EncodeToString(mac.Sum(nil)[:6])
}

// Replace returns a short text, such as a file's name, with the pseudonyms of those
// whose names stand in it, written as they write them. Users are known by their
// pseudonyms.
func (p *Names) Replace(text string, users map[string]struct{}) string {
	return replaceParts(text, func(name string) (pseudonym string, ok bool) {
		if isShort(name) || p.keeps(name) {
			return "", false
		}
		pseudonym = p.Name(name)
		_, ok = users[pseudonym]
		return pseudonym, ok
	})
}

// maxPart is the longest name that replaceParts looks for, in bytes.
const maxPart = 100

// replaceParts replaces the parts of a text that are names, the longest first. Unlike
// in prose, "_" may stand between a name and other words.
func replaceParts(text string, lookUp func(name string) (pseudonym string, ok bool)) string {
	isEdge := func(at int) bool {
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at:])
		return at == 0 || at == len(text) || before == '_' || after == '_' || utf8.RuneStart(text[at]) && !isWithin(before, after)
	}
	var b strings.Builder
	for at := 0; at < len(text); {
		_, width := utf8.DecodeRuneInString(text[at:])
		end, by := at+width, text[at:at+width]
		for last := min(len(text), at+maxPart); isEdge(at) && last > at; last-- {
			if !isEdge(last) {
				continue
			}
			if pseudonym, ok := lookUp(text[at:last]); ok {
				end, by = last, pseudonym
				break
			}
		}
		b.WriteString(by)
		at = end
	}
	return b.String()
}

// Apply replaces the authors of a thread, and their names, "@name", "u/name"
// and e-mail addresses in its title, identifiers and texts, and in the names of
// those that a record asks or knows the stance toward; spans are moved along. It knows
// the users of this thread only: who is spoken of but neither posts nor is
// quoted by name in it keeps a name that no mark tells from a word.
// A name in a text means the user who is called exactly so, else the one whose name
// differs in letter case; where several are, it has a pseudonym that is no user's.
func (p *Names) Apply(t *thread.Thread) {
	r := replacer{p: p, steps: map[step]int32{}, nodes: make([]alias, 1)}
	for i := range t.Posts {
		r.add(t.Posts[i].Author)
	}
	quoted := make([][]quote.Attribution, len(t.Posts)) // by the text of each post
	for i := range t.Posts {
		for _, text := range t.Posts[i].Context {
			r.addQuoted(quote.Attributions(text))
		}
		quoted[i] = quote.Attributions(t.Posts[i].Text)
		r.addQuoted(quoted[i])
	}
	for _, name := range t.Names {
		r.addStranger(name)
	}
	if len(t.Posts) > 0 && t.ID == t.Posts[0].ID || strings.IndexByte(t.ID, '@') >= 0 {
		t.ID = r.identifier(t.ID)
	} else {
		t.ID = r.text(t.ID) // some threads have their title for one
	}
	t.Title = r.text(t.Title)
	t.Names = nil
	for i := range t.Posts {
		post := &t.Posts[i]
		post.Author = p.Name(post.Author)
		post.ID = r.identifier(post.ID)
		for j, text := range post.Context {
			post.Context[j] = r.text(text)
		}
		r.post(post, quoted[i])
	}
	for i, warning := range t.Warnings {
		t.Warnings[i] = r.text(warning)
	}
}

// alias is what stands for a user's name in a text.
type alias struct {
	name      string // as a user writes it, without the white space around it
	pseudonym string
	word      bool // only replaced where the user is plainly meant
	several   bool // users have names that differ from it in letter case alone
}

// step leads from a node of the tree of names to the next.
type step struct {
	from int32
	by   rune // folded
}

// edit replaces text[start:end].
type edit struct {
	start, end int
	by         string
	to         int // where by starts in the new text
}

// replacer finds the names of one thread's users. They are kept as a tree, a
// step for each character, so that what a text costs does not grow with their
// number.
type replacer struct {
	p     *Names
	steps map[step]int32
	nodes []alias // the root first; empty where no name ends
	edits []edit
}

// add adds the name of a user to those that are replaced.
func (r *replacer) add(name string) {
	trimmed := strings.TrimSpace(name)
	if trimmed == "" {
		return
	}
	switch a := r.node(trimmed); {
	case a.name == "":
		*a = alias{name: trimmed, pseudonym: r.p.Name(name), word: isShort(trimmed) || r.p.keeps(trimmed)}
	case a.name != trimmed:
		a.several = true
	case name == trimmed:
		a.pseudonym = r.p.Name(name)
	}
}

// addStranger adds the name of someone who is quoted, and means a user who is called
// so but for letter case.
func (r *replacer) addStranger(name string) {
	name = strings.TrimSpace(name)
	if name == "" || r.p.Public != nil && r.p.Public(name) {
		return
	}
	if a := r.node(name); a.name == "" {
		isWord := func(word string) bool { return r.p.keeps(strings.Trim(word, ".,")) }
		words := !slices.ContainsFunc(strings.Fields(name), func(word string) bool { return !isWord(word) })
		*a = alias{name: name, pseudonym: r.p.Name(name), word: isShort(name) || words || r.p.keeps(name)}
	}
}

// addQuoted adds the names of those whom a text quotes.
func (r *replacer) addQuoted(attributions []quote.Attribution) {
	for _, a := range attributions {
		r.addStranger(a.Name)
	}
}

// node returns what is known of a name, whatever its letter case and white space.
func (r *replacer) node(name string) *alias {
	node := int32(0)
	for _, c := range plain.Flat(name) {
		s := step{node, fold(c)}
		next, ok := r.steps[s]
		if !ok {
			next = int32(len(r.nodes))
			r.nodes = append(r.nodes, alias{})
			r.steps[s] = next
		}
		node = next
	}
	return &r.nodes[node]
}

func (p *Names) keeps(name string) bool { return p.Keep != nil && p.Keep(name) }

// isShort says whether a name is so short that it may be part of anything.
func isShort(name string) bool {
	n := utf8.RuneCountInString(name)
	return n < 2 || n == 2 && !strings.ContainsFunc(name, plain.IsUnspaced)
}

// fold returns the same for all characters that strings.EqualFold takes for
// one: the first of them.
func fold(c rune) rune {
	for {
		next := unicode.SimpleFold(c)
		if next <= c {
			return next
		}
		c = next
	}
}

// identifier replaces an identifier that holds an address, as those of mail do,
// and the names in any other, where "_" may stand between words.
func (r *replacer) identifier(id string) string {
	if strings.IndexByte(id, '@') >= 0 {
		return r.p.Name(id)
	}
	return replaceParts(r.siteText(id), func(name string) (pseudonym string, ok bool) {
		end, pseudonym := r.known(name, 0, len(name), true)
		return pseudonym, end == len(name)
	})
}

// siteText replaces the names in a text that is no poster's.
func (r *replacer) siteText(text string) string {
	r.find(text, []thread.Segment{{Kind: thread.Chrome, Span: thread.Span{Start: 0, End: len(text)}}}, nil)
	return r.rewrite(text)
}

func (r *replacer) text(text string) string {
	r.find(text, nil, quote.Attributions(text))
	return r.rewrite(text)
}

// post rewrites a post's text, which quotes whom the attributions name, and targets,
// and moves its spans along.
func (r *replacer) post(post *thread.Post, attributions []quote.Attribution) {
	r.targets(post.Targets)
	if post.Labels != nil {
		r.targets(post.Labels.Stance)
	}
	r.find(post.Text, post.Segments, attributions)
	if len(r.edits) == 0 {
		return
	}
	for i := range post.Segments {
		post.Segments[i].Span = r.move(post.Segments[i].Span)
	}
	for i := range post.Targets {
		if post.Targets[i].Span != (thread.Span{}) {
			post.Targets[i].Span = r.move(post.Targets[i].Span)
		}
	}
	post.Text = r.rewrite(post.Text)
}

// targets rewrites the names of targets as a text's are, so that a target is
// still found where its post speaks of it.
func (r *replacer) targets(targets []thread.Target) {
	for i := range targets {
		targets[i].Name = r.text(targets[i].Name)
	}
}

// find lists the names in text, in order.
func (r *replacer) find(text string, segments []thread.Segment, attributions []quote.Attribution) {
	r.edits = r.edits[:0]
	shift := 0
	before := ' ' // the character before at
	for at := 0; at < len(text); {
		c, width := utf8.DecodeRuneInString(text[at:])
		for len(segments) > 0 && segments[0].End <= at {
			segments = segments[1:]
		}
		for len(attributions) > 0 && attributions[0].End <= at {
			attributions = attributions[1:]
		}
		limit := len(text)
		switch {
		case len(segments) == 0:
		case segments[0].Start <= at:
			limit = segments[0].End
		default:
			limit = segments[0].Start
		}
		plainly := len(segments) > 0 && segments[0].Kind == thread.Chrome && segments[0].Start <= at ||
			len(attributions) > 0 && attributions[0].Start <= at
		if end, by := r.match(text, at, limit, before, c, plainly); end > at {
			r.edits = append(r.edits, edit{at, end, by, at + shift})
			shift += len(by) - (end - at)
			before, _ = utf8.DecodeLastRuneInString(text[:end])
			at = end
			continue
		}
		before = c
		at += width
	}
}

// match finds a name that starts at text[at:], where it ends, at limit or before it,
// and what replaces it.
func (r *replacer) match(text string, at, limit int, before, c rune, plainly bool) (end int, by string) {
	if isWithin(before, c) {
		return 0, ""
	}
	if n := handle(text[at:]); n > 0 {
		if r.p.keeps(text[at : at+n]) {
			return 0, ""
		}
		mark := strings.IndexAny(text[at:], "@/") + 1
		if strings.HasPrefix(text[at:], "/u/") {
			mark = len("/u/")
		}
		end, by := r.known(text, at+mark, limit, true)
		if end < at+n {
			end, by = at+n, r.p.Name(text[at+mark:at+n])
		}
		return end, text[at:at+mark] + by
	}
	end, by = r.known(text, at, limit, plainly || before == '@')
	if n := plain.Address(text[at:]); at+n > end {
		return at + n, r.p.Name(text[at : at+n])
	}
	return end, by
}

// known finds the longest name that is known at text[at:], "Noor Ali" before "Noor".
// A line may end between its words.
func (r *replacer) known(text string, at, limit int, plainly bool) (end int, by string) {
	node := int32(0)
	for next := at; next < limit; {
		c, width := utf8.DecodeRuneInString(text[next:])
		if unicode.IsSpace(c) {
			c, width = ' ', gap(text[next:limit])
		}
		var ok bool
		if node, ok = r.steps[step{node, fold(c)}]; !ok {
			break
		}
		next += width
		a := &r.nodes[node]
		if a.name == "" || !a.stands(text[next:], c, plainly) {
			continue
		}
		end, by = next, a.pseudonym
		if a.several {
			by = r.p.Name(text[at:next])
		}
	}
	return end, by
}

// gap is the length of the white space that text begins with, up to the first word
// of the next line, which may be a quoted one.
func gap(text string) int {
	isBlank := func(c rune) bool { return c != '\n' && unicode.IsSpace(c) }
	rest := strings.TrimLeftFunc(text, isBlank)
	if below, ok := strings.CutPrefix(rest, "\n"); ok {
		line := below[:plain.LineEnd(below, 0, len(below))]
		rest = strings.TrimLeftFunc(below[quote.ReadMark(line).Width:], isBlank)
	}
	return len(text) - len(rest)
}

// stands says whether a name whose last character is c, with text after it, is
// whole and means the user.
func (a *alias) stands(after string, c rune, plainly bool) bool {
	follows, _ := utf8.DecodeRuneInString(after)
	if after != "" && isWithin(c, follows) {
		return false
	}
	return !a.word || plainly || speaks(after)
}

// isWithin says whether between two characters a name can neither end nor begin.
// Scripts that are written without spaces do not tell.
func isWithin(before, after rune) bool {
	return plain.IsNameRune(before) && plain.IsNameRune(after) && !plain.IsUnspaced(before) && !plain.IsUnspaced(after)
}

// speaks says whether text goes on as after the name of someone quoted.
func speaks(text string) bool {
	for _, verb := range []string{" said:", " wrote:", " writes:", " says:", " said in"} {
		if strings.HasPrefix(text, verb) {
			return true
		}
	}
	return false
}

// handle is the length of "@name", "u/name" or "/u/name" at the start of text,
// or 0.
func handle(text string) int {
	start := 0
	switch {
	case strings.HasPrefix(text, "@"):
		start = 1
	case strings.HasPrefix(text, "/u/"):
		start = 3
	case strings.HasPrefix(text, "u/"):
		start = 2
	default:
		return 0
	}
	end := start
	for end < len(text) && (text[end] == '_' || text[end] == '-' && start > 1 || plain.IsAlphanumeric(text[end])) {
		end++
	}
	if end-start < 2 {
		return 0
	}
	return end
}

// move moves a span of the old text to the new one; an end inside a name goes
// to the pseudonym's end.
func (r *replacer) move(s thread.Span) thread.Span {
	shift := func(at int, isEnd bool) int {
		before, _ := slices.BinarySearchFunc(r.edits, at, func(e edit, at int) int { return cmp.Compare(e.start, at) })
		if before == 0 {
			return at
		}
		switch e := r.edits[before-1]; {
		case at >= e.end:
			return e.to + len(e.by) + at - e.end
		case isEnd:
			return e.to + len(e.by)
		default:
			return e.to
		}
	}
	return thread.Span{Start: shift(s.Start, false), End: shift(s.End, true)}
}

// rewrite returns a text with the edits made that were found in it.
func (r *replacer) rewrite(text string) string {
	if len(r.edits) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	for _, e := range r.edits {
		b.WriteString(text[at:e.start])
		b.WriteString(e.by)
		at = e.end
	}
	b.WriteString(text[at:])
	return b.String()
}
