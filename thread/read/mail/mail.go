// Package mail reads mail and news, and says whose words each line of a message is.
package mail

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/charset"
	"github.com/emersion/go-message/textproto"
	"golang.org/x/text/encoding/charmap"

	"threadstance/thread"
	"threadstance/thread/date"
	"threadstance/thread/plain"
	"threadstance/thread/quote"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/input"
)

// Format reads mail and news: mboxes, the folders of a maildir, and single
// messages or Usenet articles. Messages are put into threads by their
// References and In-Reply-To, and by their subject where those are lost.
type Format struct{}

// Name returns "mbox".
func (Format) Name() string { return "mbox" }

// Sniff looks for the line that starts an mbox, or for the header of a
// message.
func (Format) Sniff(head []byte) bool {
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	if line, rest, ok := bytes.Cut(head, []byte("\n")); ok && isFromLine(line) {
		head = rest
	}
	var from, other bool
	lines, stray := 0, 0
	for len(head) > 0 && lines < 200 {
		var line []byte
		line, head, _ = bytes.Cut(head, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		lines++
		if len(line) == 0 {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if lines == 1 {
				return false
			}
			continue
		}
		name, _, ok := bytes.Cut(line, []byte(":"))
		if !ok || !isFieldName(name) {
			// Old archives hold headers with lines that were cut.
			if stray++; stray > 3 || !from && !other {
				return false
			}
			continue
		}
		switch strings.ToLower(string(name)) {
		case "from":
			from = true
		case "subject", "date", "message-id", "newsgroups", "path", "references", "received", "to":
			other = true
		}
	}
	return from && other
}

func isFieldName(name []byte) bool {
	if len(name) == 0 || len(name) > 70 {
		return false
	}
	for _, b := range name {
		if b <= ' ' || b >= 0x7f {
			return false
		}
	}
	return true
}

// isFromLine says whether a line parts the messages of an mbox: "From ", an
// address, and a date with a time of day.
func isFromLine(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("From ")) {
		return false
	}
	fields := bytes.Fields(line[5:])
	if len(fields) < 5 {
		return false
	}
	colon := false
	for _, field := range fields[1:] {
		if n := bytes.IndexByte(field, ':'); n > 0 && n < 3 && field[0] >= '0' && field[0] <= '9' {
			colon = true
		}
	}
	return colon
}

// Read yields the threads of src; see [input.Format].
func (f Format) Read(src input.Source) iter.Seq2[*thread.Thread, error] { return gather.One(f, src) }

// Collect implements [gather.Format].
func (Format) Collect(limits input.Limits) gather.Collector {
	return &mailbox{limits: limits, spool: gather.NewSpool(), ids: map[string]int{}, subjects: map[string]int{}}
}

// mailbox puts messages into threads: sets of messages that name one another,
// united as messages come (union-find over their identifiers).
type mailbox struct {
	limits   input.Limits
	path     string
	spool    *gather.Spool
	messages []mailEntry
	sets     []int          // the set that each set was united with, itself where none
	ids      map[string]int // set by message identifier
	subjects map[string]int // set by subject, of messages that name no other
	doubts   doubts         // of the input that is read,
	unsaid   []input.Doubt  // and of all, to be said with the first thread
}

// mailEntry says where a message lies and which set it belongs to.
type mailEntry struct {
	at  gather.Spooled
	set int
}

// Close implements [gather.Collector].
func (m *mailbox) Close() { m.spool.Close() }

// root returns the set that stands for all that set is united with.
func (m *mailbox) root(set int) int {
	for m.sets[set] != set {
		m.sets[set] = m.sets[m.sets[set]]
		set = m.sets[set]
	}
	return set
}

// unite makes one of two sets; the older stands for both.
func (m *mailbox) unite(a, b int) int {
	a, b = m.root(a), m.root(b)
	if a > b {
		a, b = b, a
	}
	m.sets[b] = a
	return a
}

// rawMessage is a message while its lines are read.
type rawMessage struct {
	begun bool
	start int    // the number of its first line
	size  int    // in bytes
	data  []byte // as far as the limit goes
}

// Add implements [gather.Collector].
func (m *mailbox) Add(src input.Source, report func(error) bool) bool {
	if m.path == "" {
		m.path = src.Path
	}
	m.doubts = doubts{}
	defer func() { m.unsaid = append(m.unsaid, m.doubts.list(src.Path)...) }()
	lines := input.NewLineReader(src)
	most := src.Limits.MaxLine()
	var raw rawMessage
	blank, isMbox := true, false // whether the line above is blank
	for {
		line, err := lines.Next()
		if err != nil && err != input.ErrLongLine {
			// What was read of the last message is still told.
			if err == io.EOF {
				return m.deliver(&raw, src, report)
			}
			return m.deliver(&raw, src, report) && report(lines.ErrorAt(src.Path, err))
		}
		if blank && isFromLine(line) && (isMbox || lines.Line == 1) {
			isMbox = true
			if !m.deliver(&raw, src, report) {
				return false
			}
			raw, blank = rawMessage{begun: true, start: lines.Line + 1, data: raw.data[:0]}, false
			continue
		}
		if !raw.begun {
			raw.begun, raw.start = true, lines.Line
		}
		if err == input.ErrLongLine {
			raw.size, blank = most+1, false
			continue
		}
		blank = len(line) == 0
		if isMbox && len(line) > 5 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
			line = line[1:]
		}
		if raw.size += len(line) + 1; raw.size <= most {
			raw.data = append(append(raw.data, line...), '\n')
		}
	}
}

// deliver adds a message whose lines are all read, and reports what of it could
// not be read.
func (m *mailbox) deliver(raw *rawMessage, src input.Source, report func(error) bool) bool {
	if !raw.begun {
		return true
	}
	if most := src.Limits.MaxLine(); raw.size > most {
		err := fmt.Errorf("a message of more than %d bytes; --max-line raises the limit", most)
		return report(&input.Error{Path: src.Path, Line: raw.start, Err: err})
	}
	if len(bytes.TrimSpace(raw.data)) == 0 {
		return true
	}
	faults, err := m.message(raw, src.Limits)
	if err != nil {
		return report(&input.Error{Path: src.Path, Line: raw.start, Err: err})
	}
	for _, fault := range faults {
		if !report(&input.Error{Path: src.Path, Line: raw.start + fault.line, Err: fault.err}) {
			return false
		}
	}
	return true
}

// message adds one message to its thread, and returns what of it could not be
// read.
func (m *mailbox) message(raw *rawMessage, limits input.Limits) ([]mailFault, error) {
	r, references, faults, err := parseMessage(raw.data, raw.start, limits, &m.doubts)
	if err != nil {
		return nil, err
	}
	set := len(m.sets)
	m.sets = append(m.sets, set)
	named := references
	if r.ID != "" {
		named = append(named, r.ID)
	}
	for _, id := range named {
		if other, ok := m.ids[id]; ok {
			set = m.unite(set, other)
		}
	}
	for _, id := range named {
		m.ids[id] = set
	}
	subject, isReply := baseSubject(r.Title)
	if subject != "" {
		other, ok := m.subjects[subject]
		if ok && (len(references) == 0 && isReply || r.ID == "") {
			set = m.unite(set, other)
		}
		if !ok || !isReply {
			m.subjects[subject] = set
		}
	}
	at, err := m.spool.Put(r)
	if err != nil {
		return nil, err
	}
	m.messages = append(m.messages, mailEntry{at, set})
	return faults, nil
}

// baseSubject is the subject without "Re:", "Fwd:" and the list's name, in lower
// case, and whether it had a "Re:".
func baseSubject(subject string) (base string, isReply bool) {
	subject = plain.Flat(subject)
	for {
		length, answers := subjectMark(subject)
		if length == 0 {
			return strings.ToLower(subject), isReply
		}
		subject, isReply = strings.TrimLeft(subject[length:], " "), isReply || answers
	}
}

// subjectMark is the length of what programs put at the start of a subject, 0
// where they did not, and whether it is the mark of an answer: "Re:", "Re[2]:".
// The name of a list is such only where a subject follows it.
func subjectMark(subject string) (length int, answers bool) {
	for _, mark := range []string{"re:", "aw:", "sv:"} {
		if plain.HasPrefixFold(subject, mark) {
			return len(mark), true
		}
	}
	for _, mark := range []string{"fwd:", "fw:"} {
		if plain.HasPrefixFold(subject, mark) {
			return len(mark), false
		}
	}
	if plain.HasPrefixFold(subject, "re[") || plain.HasPrefixFold(subject, "re^") {
		return strings.IndexByte(subject[:min(9, len(subject))], ':') + 1, true
	}
	list := strings.Index(subject[:min(40, len(subject))], "] ")
	if strings.HasPrefix(subject, "[") && list > 0 {
		return list + len("] "), false
	}
	return 0, false
}

// Threads implements [gather.Collector].
func (m *mailbox) Threads(yield func(*thread.Thread, error) bool) {
	// In the order of their first messages, each thread's together.
	order := make([]int, len(m.messages))
	for i := range m.messages {
		order[i] = i
		m.messages[i].set = m.root(m.messages[i].set)
	}
	firstOf := map[int]int{}
	for i, e := range m.messages {
		if _, ok := firstOf[e.set]; !ok {
			firstOf[e.set] = i
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return firstOf[m.messages[a].set] - firstOf[m.messages[b].set]
	})
	for i := 0; i < len(order); {
		set := m.messages[order[i]].set
		var records []gather.Record
		for ; i < len(order) && m.messages[order[i]].set == set; i++ {
			r, err := m.spool.Get(m.messages[order[i]].at)
			if err == nil {
				records = append(records, r)
			} else if !yield(nil, &input.Error{Path: m.path, Offset: -1, Err: err}) {
				return
			}
		}
		t, err := m.build(records)
		if err != nil && !yield(nil, &input.Error{Path: m.path, Offset: -1, Err: err}) {
			return
		}
		if t == nil {
			continue
		}
		input.Warn(t, m.unsaid)
		m.unsaid = nil
		if !yield(t, nil) {
			return
		}
	}
}

// build makes a thread of its messages.
func (m *mailbox) build(records []gather.Record) (*thread.Thread, error) {
	timed := true
	for _, r := range records {
		timed = timed && !r.Time.IsZero()
	}
	if timed {
		slices.SortStableFunc(records, func(a, b gather.Record) int { return a.Time.Compare(b.Time) })
	}
	b := gather.Builder{Limits: m.limits}
	var refused error
	var addresses []string
	for _, r := range gather.WithoutRepeats(records) { // one may have been sent to two groups
		name, address, _ := strings.Cut(r.Author, "\x00")
		r.Author = cmp.Or(name, address)
		if err := b.Add(&r); err != nil {
			refused = err
			break
		}
		addresses = append(addresses, address)
	}
	if b.Thread == nil {
		return nil, refused
	}
	t := b.Finish()
	t.Title = cleanSubject(t.Title)
	t.Path = m.path
	if t.ID == "" {
		t.ID = cmp.Or(t.Posts[0].ID, t.Title)
	}
	authors := map[string]string{}
	for i, p := range t.Posts {
		authors[strings.ToLower(addresses[i])] = p.Author
		authors[strings.ToLower(p.Author)] = p.Author
	}
	hints := make([][]quote.Hint, len(t.Posts))
	for i := range t.Posts {
		p := &t.Posts[i]
		answered := ""
		if p.ReplyTo != thread.None {
			answered = t.Posts[p.ReplyTo].Text
		}
		p.Segments, hints[i] = mailSegments(p.Text, p.Author, answered)
		for j := range hints[i] {
			h := &hints[i][j]
			var stranger string
			h.Author, stranger = attributed(authors, h.Author)
			if stranger != "" && len(t.Names) < quote.MaxNames {
				t.Names = append(t.Names, stranger)
			}
		}
	}
	quote.Resolve(t, hints)
	return t, refused
}

// cleanSubject is a subject without its "Re:".
func cleanSubject(subject string) string {
	subject = plain.Flat(subject)
	for len(subject) > 3 && strings.EqualFold(subject[:3], "re:") {
		subject = strings.TrimSpace(subject[3:])
	}
	return subject
}

// attributed finds the author that an attribution speaks of, by the address or
// the name in it; authors holds them by both, in lower case. Where that author
// has no message in the thread, it returns the name alone.
func attributed(authors map[string]string, line string) (author, stranger string) {
	if line == "" {
		return "", ""
	}
	names := []string{quote.NameInBrackets(line), quote.Author(quote.AfterIdentifier(line))}
	for i := 0; i < len(line); i++ {
		if i > 0 && (plain.IsAlphanumeric(line[i-1]) || line[i-1] == '.') {
			continue
		}
		if n := plain.Address(line[i:]); n > 0 {
			if author, ok := authors[strings.ToLower(line[i:i+n])]; ok {
				return author, ""
			}
			i += n
		}
	}
	for _, name := range names {
		if author, ok := authors[strings.ToLower(name)]; ok && name != "" {
			return author, ""
		}
	}
	return "", names[0]
}

// parseMessage reads one message: its author as the name and the address with
// a NUL between them, its subject as the title, all that it refers to, and
// what of it could not be read. It begins in the line start; small flaws are
// counted among the doubts.
func parseMessage(raw []byte, start int, limits input.Limits, doubts *doubts) (*gather.Record, []string, []mailFault, error) {
	header, body := splitMessage(raw)
	if header == nil {
		return nil, nil, nil, errors.New("no header of a message")
	}
	parsed, err := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(header)))
	if err != nil {
		return nil, nil, nil, fmt.Errorf("message: %w", err)
	}
	text := mailText{raw: raw, start: start, nesting: limits.MaxNesting(), doubts: doubts}
	head := message.Header{Header: parsed}
	field := func(name string) string {
		text := head.Get(name)
		if decoded, err := words.DecodeHeader(text); err == nil {
			text = decoded
		}
		return decodeBytes([]byte(text), new(input.BadBytes))
	}
	r := &gather.Record{Title: plain.Flat(field("Subject")), Post: thread.Post{ReplyTo: thread.None}}
	r.Author = fromName(field("From"))
	if ids := messageIDs(field("Message-Id")); len(ids) > 0 {
		r.ID = ids[0]
	}
	references := messageIDs(field("References"))
	replies := messageIDs(field("In-Reply-To"))
	if len(replies) > 0 {
		r.Answers = replies[0]
	} else if n := len(references); n > 0 {
		r.Answers = references[n-1]
	}
	references = append(references, replies...)
	sent := field("Date")
	if r.Time = mailTime(sent); r.Time.IsZero() && strings.TrimSpace(sent) != "" {
		text.doubt(badDate, raw, sent)
	}
	r.Text = text.of(head, body, 0)
	return r, references, text.allFaults(), nil
}

// words decodes RFC 2047 words in a header.
var words = mime.WordDecoder{CharsetReader: charset.Reader}

// decodeBytes makes text of bytes in UTF-8, or in Windows-1252 where its signs
// stand alone among ASCII; bad counts those that are of neither.
func decodeBytes(data []byte, bad *input.BadBytes) string {
	if !utf8.Valid(data) && input.MostlyASCII(data) {
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(data); err == nil {
			data = decoded
		}
	}
	return string(bad.Mend(data, `\`, 0))
}

// splitMessage parts a message at its first blank line, and drops what is no
// field from the header: old archives hold cut ones.
func splitMessage(raw []byte) (header, body []byte) {
	keep, field := false, ""
	for len(raw) > 0 {
		line, rest, ended := bytes.Cut(raw, []byte("\n"))
		if !ended {
			rest = raw[len(raw):] // still a slice of the message, by which its line is known
		}
		trimmed := bytes.TrimRight(line, "\r")
		if len(trimmed) == 0 {
			raw = rest
			if header == nil {
				continue
			}
			break
		}
		name, _, ok := bytes.Cut(trimmed, []byte(":"))
		switch {
		case trimmed[0] == ' ' || trimmed[0] == '\t':
			// References whose first line is lost are no part of the subject.
			if field == "subject" && bytes.IndexByte(trimmed, '@') >= 0 && len(bytes.Fields(trimmed)) == 1 {
				keep = false
			}
		case ok && isFieldName(name):
			keep, field = true, strings.ToLower(string(name))
		case header == nil:
			return nil, raw
		default:
			keep = false
		}
		if keep {
			header = append(append(header, trimmed...), "\r\n"...)
		}
		raw = rest
	}
	if header == nil {
		return nil, raw
	}
	return append(header, "\r\n"...), raw
}

// fromName parts "Noor <noor@tigris.example>" and "noor@tigris.example
// (Noor)" into a name and an address.
func fromName(from string) string {
	from = plain.Flat(from)
	if address, comment, ok := strings.Cut(from, "("); ok && strings.HasSuffix(comment, ")") && !strings.Contains(address, "<") {
		name := strings.Trim(strings.TrimSuffix(comment, ")"), " \"")
		return clean(name) + "\x00" + clean(strings.TrimSpace(address))
	}
	if address, err := mail.ParseAddress(from); err == nil {
		return clean(address.Name) + "\x00" + clean(address.Address)
	}
	if name, rest, ok := strings.Cut(from, "<"); ok {
		return clean(strings.Trim(name, " \"")) + "\x00" + clean(strings.Trim(rest, " <>"))
	}
	return "\x00" + clean(from)
}

func clean(text string) string { return strings.ReplaceAll(input.Valid(text), "\x00", "") }

// messageIDs reads the identifiers between "<" and ">".
func messageIDs(text string) []string {
	var ids []string
	for {
		_, rest, ok := strings.Cut(text, "<")
		if !ok {
			return ids
		}
		id, after, ok := strings.Cut(rest, ">")
		if !ok {
			return ids
		}
		if id = strings.TrimSpace(id); id != "" && len(id) < 1000 && len(ids) < 1000 {
			ids = append(ids, id)
		}
		text = after
	}
}

func mailTime(text string) time.Time {
	if when, err := mail.ParseDate(text); err == nil {
		return when.UTC()
	}
	when, _ := date.Read(text)
	return when.Time(false)
}
