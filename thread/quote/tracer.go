package quote

import (
	"encoding/binary"
	"math/bits"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"threadstance/thread"
	"threadstance/thread/forum"
	"threadstance/thread/plain"
)

// The tracing of quotes: a post's line that stood in an earlier post is a
// quote of it. Words are compared, not bytes, so that re-wrapping, letter
// case, typographic quotes and punctuation do not hide a quote. Every run of
// shingleWords own words is indexed by its hash; a later post's run that is
// found in the index is verified word by word and extended as far as it goes.
// The work is linear in the length of the thread: each word is indexed once,
// and at most maxCandidates earlier places are compared for each look-up.
const (
	shingleWords  = 4  // words that are looked up together
	maxCandidates = 48 // places compared for one look-up, the newest first
	resyncWords   = 3  // equal words that must follow an edited one
	maxEdit       = 4  // words that may be changed, lost or added at one place
)

// word is a run of letters and digits in a post's text.
type word struct {
	hash       uint32
	start, end int32 // bytes of Post.Text
	post       int32
}

// Line is a line of a post's text that holds at least one word.
type Line struct {
	thread.Span     // without the white space around it
	first, last int // words, half open
}

// Count is the number of its words.
func (l Line) Count() int { return l.last - l.first }

// match is a run of words that stood in an earlier post.
type match struct {
	first, last int // words of the quoting post, half open
	source      int // word of the earlier post where it begins
	equal       int // words that are the same, edits left out
}

// Tracer finds the quotes of one thread. Reset begins a thread and Start a passage of
// one of its posts, whose parts Scan adds; then Owners or Source tell where it is from,
// and Index makes findable what of it is the post's own. Its memory is reused from
// thread to thread.
type Tracer struct {
	posts   []thread.Post
	post    *thread.Post // under way
	begin   int          // its first word that is asked about
	words   []word
	Lines   []Line  // of the passage under way
	heads   []int32 // by hash of a shingle: 1 + the newest word that begins one
	next    []int32 // by word: 1 + the word before it in the chain
	starts  []int32 // as heads, by hash of a line's or sentence's first word
	earlier []int32 // as next, for starts
	matches []match
	covered []int // by post: the words of the line under way that it has
	few     fewWords
}

// Reset prepares for a thread of these posts, whose passages are then to come in
// their order.
func (t *Tracer) Reset(posts []thread.Post) {
	t.posts = posts
	t.few = fewWords{posts: posts}
	bytes := 0
	for i := range posts {
		bytes += len(posts[i].Text)
	}
	if len(t.covered) < len(posts) {
		t.covered = make([]int, len(posts))
	}
	t.words = t.words[:0]
	t.next = t.next[:0]
	t.earlier = t.earlier[:0]
	size := 1 << 10
	for size < bytes/4 {
		size <<= 1
	}
	if cap(t.heads) < size {
		t.heads = make([]int32, size)
		t.starts = make([]int32, size/8) // lines and sentences are fewer than words
	}
	t.heads, t.starts = t.heads[:size], t.starts[:size/8]
	clear(t.heads)
	clear(t.starts)
}

// Start begins a passage of a post of the thread, which scan adds the parts of.
func (t *Tracer) Start(post *thread.Post) {
	t.post = post
	t.begin = len(t.words)
	t.Lines = t.Lines[:0]
}

// Scan adds the words and lines of a span of the post to the passage.
func (t *Tracer) Scan(span thread.Span) {
	text := t.post.Text
	first := len(t.words)
	for at := span.Start; at < span.End; {
		end := plain.LineEnd(text, at, span.End)
		from := len(t.words)
		t.scanLine(text[:end], at, int32(t.post.Index))
		if len(t.words) > from {
			t.Lines = append(t.Lines, Line{thread.Trim(text, thread.Span{Start: at, End: end}), from, len(t.words)})
		}
		at = end + 1
	}
	t.next = append(t.next, make([]int32, len(t.words)-first)...)
	t.earlier = append(t.earlier, make([]int32, len(t.words)-first)...)
}

// scanLine adds the words of text from at to its end. An apostrophe within a
// word is passed over, so that "don’t", "don't" and "dont" are one word.
func (t *Tracer) scanLine(text string, at int, post int32) {
	var hash wordHash
	start, end := -1, 0
	for at < len(text) {
		letter, size := letterAt(text, at)
		switch {
		case letter == 0:
			if start >= 0 && !isApostrophe(text[at:at+size]) {
				t.words = append(t.words, word{hash.sum(), int32(start), int32(end), post})
				hash, start = wordHash{}, -1
			}
		case start < 0:
			if letters, n := shortWord(text, at); n > 0 {
				t.words = append(t.words, word{letters.sum(), int32(at), int32(at + n), post})
				at += n
				continue
			}
			start = at
			fallthrough
		default:
			hash.add(uint64(letter))
			end = at + size
		}
		at += size
	}
	if start >= 0 {
		t.words = append(t.words, word{hash.sum(), int32(start), int32(end), post})
	}
}

// letterAt returns the letter in lower case, or the digit, that stands at a byte
// of text, or 0 where something else does, and how many bytes it has.
func letterAt(text string, at int) (letter rune, size int) {
	if c := text[at]; c < utf8.RuneSelf {
		return rune(plain.FoldASCII(c)), 1
	}
	r, size := utf8.DecodeRuneInString(text[at:])
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return unicode.ToLower(r), size
	}
	return 0, size
}

func isApostrophe(text string) bool { return text == "'" || text == "’" }

// wordHash makes the hash of a word of its letters. They are put side by side
// and mixed eight at a time: a product for each would take most of the time.
type wordHash struct {
	letters uint64 // the last of them is the lowest byte
	count   int
}

const hashMix = 0x9e3779b97f4a7c15

func (h *wordHash) add(letter uint64) {
	if h.count >= 8 && h.count%8 == 0 {
		h.letters *= hashMix
	}
	h.letters = bits.RotateLeft64(h.letters, 8) ^ letter
	h.count++
}

func (h *wordHash) sum() uint32 { return uint32(h.letters * hashMix >> 32) }

// shortWord reads the word at a letter or digit of text, and its length, all
// bytes at once, where it is as most are: up to eight of ASCII that no
// apostrophe and no other letter follows, and not at the very end. Of others
// the length is 0.
func shortWord(text string, at int) (hash wordHash, length int) {
	if at+8 >= len(text) {
		return hash, 0
	}
	x := binary.LittleEndian.Uint64([]byte(text[at : at+8]))
	const each, high = 0x0101010101010101, 0x80 * 0x0101010101010101
	lower := x | 0x20*each
	low := lower &^ high // no sum of two bytes reaches the next one
	letters := (low + (0x80-'a')*each) &^ (low + (0x80-'z'-1)*each)
	low = x &^ high
	digits := (low + (0x80-'0')*each) &^ (low + (0x80-'9'-1)*each)
	length = bits.TrailingZeros64((^(letters|digits)|x)&high) / 8
	if next := text[at+length]; next == '\'' || next >= utf8.RuneSelf || plain.FoldASCII(next) != 0 {
		return hash, 0
	}
	hash.letters = bits.ReverseBytes64(lower) >> (64 - 8*length)
	return hash, length
}

// shingle hashes the words from i on, so many of them.
func (t *Tracer) shingle(i, count int) uint32 {
	hash := uint32(count)
	for _, w := range t.words[i : i+count] {
		hash = bits.RotateLeft32(hash, 9) ^ w.hash
	}
	hash *= 0x85ebca6b
	return hash ^ hash>>15
}

// indexWords makes the own words from first to last findable.
func (t *Tracer) indexWords(first, last int) {
	mask := uint32(len(t.heads) - 1)
	for i := first; i+shingleWords <= last; i++ {
		bucket := t.shingle(i, shingleWords) & mask
		t.next[i] = t.heads[bucket]
		t.heads[bucket] = int32(i + 1)
	}
}

// indexStart makes the line or sentence that begins with word i findable.
func (t *Tracer) indexStart(i int) {
	bucket := t.shingle(i, 1) & uint32(len(t.starts)-1)
	t.earlier[i] = t.starts[bucket]
	t.starts[bucket] = int32(i + 1)
}

// extend compares the words from i with the earlier ones from j, up to the
// ends given, passing over small edits, and returns the match.
func (t *Tracer) extend(i, end, j, sourceEnd int) match {
	m := match{first: i, last: i, source: j}
	for i < end && j < sourceEnd {
		if t.words[i].hash == t.words[j].hash {
			i, j = i+1, j+1
			m.equal++
			m.last = i
			continue
		}
		di, dj, ok := t.resync(i, end, j, sourceEnd)
		if !ok {
			break
		}
		i, j = i+di, j+dj
	}
	return m
}

// resync finds the fewest words to pass over on both sides after which
// resyncWords words are equal.
func (t *Tracer) resync(i, end, j, sourceEnd int) (di, dj int, ok bool) {
	for total := 1; total <= 2*maxEdit; total++ {
		for di = max(0, total-maxEdit); di <= min(total, maxEdit); di++ {
			dj = total - di
			if i+di+resyncWords > end || j+dj+resyncWords > sourceEnd {
				continue
			}
			equal := true
			for k := range resyncWords {
				if t.words[i+di+k].hash != t.words[j+dj+k].hash {
					equal = false
					break
				}
			}
			if equal {
				return di, dj, true
			}
		}
	}
	return 0, 0, false
}

// find returns the longest earlier run that the words from i on repeat. Of
// equally long ones it takes the one that goes on from prefer, a post, then
// the newest.
func (t *Tracer) find(i, end, before int, prefer int32) match {
	var best match
	if i+shingleWords > end {
		return best
	}
	bucket := t.shingle(i, shingleWords) & uint32(len(t.heads)-1)
	candidates := 0
	for at := t.heads[bucket]; at > 0 && candidates < maxCandidates; at = t.next[at-1] {
		j := int(at - 1)
		candidates++
		if !t.sameWords(i, j, shingleWords) {
			continue
		}
		m := t.extend(i, end, j, t.postEnd(j, before))
		if m.equal > best.equal || m.equal == best.equal && t.words[j].post == prefer && t.words[best.source].post != prefer {
			best = m
		}
	}
	return best
}

func (t *Tracer) sameWords(i, j, count int) bool {
	for k := range count {
		if t.words[i+k].hash != t.words[j+k].hash {
			return false
		}
	}
	return true
}

// postEnd returns the end of the words of the post that word j is of; before
// is the first word of the post under way.
func (t *Tracer) postEnd(j, before int) int {
	post := t.words[j].post
	low, high := j+1, before
	for low < high {
		middle := (low + high) / 2
		if t.words[middle].post > post {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

// match finds the runs among the words of the passage that earlier posts hold.
func (t *Tracer) match() {
	t.matches = t.matches[:0]
	prefer := int32(thread.None)
	for i := t.begin; i < len(t.words); {
		m := t.find(i, len(t.words), t.begin, prefer)
		if m.equal == 0 {
			i++
			continue
		}
		t.matches = append(t.matches, m)
		prefer = t.words[m.source].post
		i = m.last
	}
}

// Owners returns, by line of the passage, the index of the post that it is a quote
// of, or None. It appends them to owners, which is empty.
func (t *Tracer) Owners(owners []int32) []int32 {
	t.match()
	for _, l := range t.Lines {
		owner := t.owner(l)
		if int(owner) == t.post.Index {
			owner = thread.None // words said twice in one post, in two of its segments
		}
		owners = append(owners, owner)
	}
	t.shortLines(owners)
	return owners
}

// owner returns the post that the line is a quote of, or None.
func (t *Tracer) owner(l Line) int32 {
	count := l.Count()
	if count < shingleWords {
		return t.shortOwner(l)
	}
	// The matches stand in order, and none reaches into the next.
	from := sort.Search(len(t.matches), func(k int) bool { return t.matches[k].last > l.first })
	to := from
	for to < len(t.matches) && t.matches[to].first < l.last {
		to++
	}
	for _, m := range t.matches[from:to] {
		t.covered[t.words[m.source].post] += min(m.last, l.last) - max(m.first, l.first)
	}
	best, covered := int32(thread.None), 0
	for _, m := range t.matches[from:to] {
		if source := t.words[m.source].post; t.covered[source] > covered {
			best, covered = source, t.covered[source]
		}
	}
	for _, m := range t.matches[from:to] {
		t.covered[t.words[m.source].post] = 0
	}
	if best != thread.None && covered*10 < count*9 {
		count -= t.named(t.posts[best].Author, l)
	}
	if count < shingleWords || covered*10 < count*9 {
		return thread.None
	}
	return best
}

// named returns how many words at the start of a line only name the author
// whose words follow: "Noor wrote:", "@Noor:", MyBB's "(02-03-2025, 10:14 AM)Noor
// Wrote:".
func (t *Tracer) named(author string, l Line) int {
	says := strings.TrimPrefix(l.Of(t.post.Text), "@")
	if when, rest, ok := strings.Cut(strings.TrimPrefix(says, "("), ")"); ok && forum.IsDated(when) {
		says = rest
	}
	if author == "" || !plain.HasPrefixFold(says, author) {
		return 0
	}
	for _, verb := range []string{":", " wrote:", " said:", " writes:", " says:"} {
		if words := says[len(author):]; plain.HasPrefixFold(words, verb) {
			n := 0
			for l.first+n < l.last && int(t.words[l.first+n].start) < l.End-len(words)+len(verb) {
				n++
			}
			return n
		}
	}
	return 0
}

// shortOwner is owner for a line of fewer words than a shingle has. It must
// be a line or sentence of the earlier post from end to end, to the letter;
// and where it is of one or two words, which anyone may say again, of the
// post right before.
func (t *Tracer) shortOwner(l Line) int32 {
	count := l.Count()
	post := t.words[l.first].post
	bucket := t.shingle(l.first, 1) & uint32(len(t.starts)-1)
	candidates := 0
	for at := t.starts[bucket]; at > 0 && candidates < maxCandidates; at = t.earlier[at-1] {
		j := int(at - 1)
		candidates++
		source := t.words[j].post
		if count < 3 && source != post-1 {
			break
		}
		if j+count > t.postEnd(j, t.begin) || !t.sameWords(l.first, j, count) {
			continue
		}
		earlier := t.posts[source].Text
		from := int(t.words[j].start) - (int(t.words[l.first].start) - l.Start)
		if from >= 0 && from+l.Len() <= len(earlier) && earlier[from:from+l.Len()] == l.Of(t.post.Text) {
			return source
		}
	}
	return thread.None
}

// Index makes the words of a line of the passage findable, with the sentences
// that begin in it.
func (t *Tracer) Index(l Line) {
	t.indexWords(l.first, l.last)
	t.indexStart(l.first)
	for i := l.first + 1; i < l.last; i++ {
		for _, c := range []byte(t.post.Text[t.words[i-1].end:t.words[i].start]) {
			if c == '.' || c == '?' || c == '!' {
				t.indexStart(i)
				break
			}
		}
	}
}

// Source returns the earlier post that the passage, marked as a quotation of this
// author ("" where the mark names none), is from, or None: where it is of a few words
// one that has them in a row, else one that half or more of them stood in.
func (t *Tracer) Source(author string) int {
	count := len(t.words) - t.begin
	if count < shingleWords {
		return t.few.find(t.post.Index, t.text(), author)
	}
	t.match()
	equal := map[int]int{} // words, by the post they stood in
	for _, m := range t.matches {
		post := int(t.words[m.source].post)
		if equal[post] += m.equal; post != t.post.Index && 2*equal[post] >= count {
			return post
		}
	}
	return thread.None
}

// text returns the words of the passage, parted by spaces.
func (t *Tracer) text() string {
	var b strings.Builder
	for _, w := range t.words[t.begin:] {
		b.WriteString(t.post.Text[w.start:w.end])
		b.WriteByte(' ')
	}
	return b.String()
}

// shortLines gives short lines to the post that the
// line beside them is quoted from, where they are a whole line of it too.
func (t *Tracer) shortLines(owners []int32) {
	lines := t.Lines
	tries := 0
	for i := range lines {
		if owners[i] != thread.None || lines[i].Count() > 2*quotedWords {
			continue
		}
		owner := int32(thread.None)
		if i > 0 {
			owner = owners[i-1]
		}
		if owner == thread.None && i+1 < len(lines) {
			owner = owners[i+1]
		}
		if owner == thread.None {
			continue
		}
		if tries++; tries > maxShortLines {
			return
		}
		if hasLine(t.posts[owner].Text, lines[i].Of(t.post.Text)) {
			owners[i] = owner
		}
	}
}

// hasLine says whether a line of text is, but for white space around it, line.
func hasLine(text, line string) bool {
	if len(text) > 1<<16 {
		text = text[:1<<16]
	}
	for at := 0; ; {
		i := strings.Index(text[at:], line)
		if i < 0 {
			return false
		}
		at += i
		before := strings.TrimRight(text[:at], " \t")
		at += len(line)
		after := strings.TrimLeft(text[at:], " \t")
		if (before == "" || before[len(before)-1] == '\n') && (after == "" || after[0] == '\n' || after[0] == '\r') {
			return true
		}
	}
}
