package mail

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime/quotedprintable"
	"slices"
	"strings"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/charset"
	"github.com/emersion/go-message/textproto"

	"threadstance/thread"
	"threadstance/thread/plain"
	"threadstance/thread/read/html"
	"threadstance/thread/read/input"
)

// mailFault is something of a message that could not be read.
type mailFault struct {
	line int // of the message, from 0
	err  error
}

// mailText reads the text of one message. What of it cannot be read is a fault;
// what is amiss and loses none of it, a doubt.
// It cuts a message into its parts itself: a broken one is read as far as it
// goes, and each fault has its line, which the library's readers do not know.
type mailText struct {
	raw     []byte // the message; all bodies are slices of it
	start   int    // the number of its first line
	nesting int    // how deep parts may be in one another
	doubts  *doubts
	faults  []mailFault
	unsaid  int // faults past the first maxFaults
}

// maxFaults bounds what is said of one message, which may be all faults.
const maxFaults = 20

// fault notes what is wrong at a byte of body.
func (m *mailText) fault(body []byte, at int, format string, args ...any) {
	if len(m.faults) == maxFaults {
		m.unsaid++
		return
	}
	m.faults = append(m.faults, mailFault{m.line(body, at), fmt.Errorf(format, args...)})
}

// line returns the line of the message that a byte of body stands in.
func (m *mailText) line(body []byte, at int) int {
	at = min(at+cap(m.raw)-cap(body), len(m.raw)) // both slices go on to the end of the same memory
	return bytes.Count(m.raw[:at], []byte("\n"))
}

// doubt notes that something of body is amiss, and what stands there.
func (m *mailText) doubt(kind doubt, body []byte, stands string) {
	m.doubts.note(kind, stands, func() int { return m.start + m.line(body, 0) })
}

// allFaults are the faults that were noted, and how many more there are.
func (m *mailText) allFaults() []mailFault {
	if m.unsaid == 0 {
		return m.faults
	}
	last := m.faults[len(m.faults)-1]
	return append(m.faults, mailFault{last.line, fmt.Errorf("further faults in this message: %d", m.unsaid)})
}

// of is the text of a message, or of a part in it that is so deep inside: the
// body, in plain text or HTML, or the texts of its parts.
func (m *mailText) of(header message.Header, body []byte, depth int) string {
	kind, params, err := header.ContentType()
	if err != nil { // kind is the whole field then, with what is wrong in it
		kind, _, _ = strings.Cut(kind, ";")
		kind = strings.ToLower(strings.TrimSpace(kind))
	}
	switch {
	case strings.HasPrefix(kind, "multipart/"):
		return m.parts(kind, params["boundary"], body, depth)
	case !strings.Contains(kind, "/"): // none, or "TEXT" as before MIME
		kind = "text/plain"
	case !strings.HasPrefix(kind, "text/"):
		m.fault(body, 0, "a message of the type %q, which is no text, is left out", input.Shorten(kind))
		return ""
	}
	text := m.charset(params["charset"], m.transfer(header.Get("Content-Transfer-Encoding"), body), body)
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\x00", "")
	switch {
	case kind == "text/html":
		text, _, _ = html.Fragment(text)
	case strings.EqualFold(params["format"], "flowed"):
		text = unflow(text, strings.EqualFold(params["delsp"], "yes"))
	}
	return strings.TrimRight(text, "\n \t")
}

// transfer undoes the encoding that a body was sent in, as far as it is whole.
func (m *mailText) transfer(encoding string, body []byte) []byte {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "", "7bit", "8bit", "binary":
		return body
	case "base64":
		// The decoder passes over new lines, but not over other white space.
		lines := bytes.ReplaceAll(bytes.ReplaceAll(body, []byte(" "), []byte("\n")), []byte("\t"), []byte("\n"))
		data := make([]byte, base64.StdEncoding.DecodedLen(len(lines)))
		n, err := base64.StdEncoding.Decode(data, lines)
		if at, ok := errors.AsType[base64.CorruptInputError](err); ok {
			m.fault(body, min(int(at), len(body)), "the base64 is broken or cut off at byte %d of its part: the text ends here", int(at))
		}
		return data[:n]
	case "quoted-printable":
		// The reader fails at control characters, and at lines that its
		// buffer does not hold.
		mended := encodeControls(body)
		data, err := io.ReadAll(quotedprintable.NewReader(bufio.NewReaderSize(bytes.NewReader(mended), len(mended)+1)))
		if err != nil {
			m.fault(body, 0, "%w: the text ends there", err)
		}
		return data
	}
	m.doubt(badEncoding, body, encoding)
	return body
}

// encodeControls writes the control characters of a quoted-printable text in
// its code.
func encodeControls(body []byte) []byte {
	isControl := func(c byte) bool { return c < ' ' && c != '\n' && c != '\r' && c != '\t' || c == 0x7f }
	if !slices.ContainsFunc(body, isControl) {
		return body
	}
	var out []byte
	for _, c := range body {
		if isControl(c) {
			out = fmt.Appendf(out, "=%02X", c)
		} else {
			out = append(out, c)
		}
	}
	return out
}

// charset makes text of the data that a body holds.
func (m *mailText) charset(name string, data, body []byte) string {
	switch strings.ToLower(name) {
	case "", "utf-8", "us-ascii":
	default:
		r, err := charset.Reader(name, bytes.NewReader(data))
		if err == nil {
			if data, err = io.ReadAll(r); err == nil {
				return input.Valid(string(data))
			}
		}
		m.doubt(badCharset, body, name)
	}
	var bad input.BadBytes
	text := decodeBytes(data, &bad)
	if bad.Count > 0 {
		m.doubt(badBytes, body, "")
	}
	return text
}

// parts is the text of a multipart body: of alternatives the plain one, else
// all of them.
func (m *mailText) parts(kind, boundary string, body []byte, depth int) string {
	if depth >= m.nesting {
		m.fault(body, 0, "parts nested more than %d deep are left out; --max-nesting raises the limit", depth)
		return ""
	}
	parts, whole := cutParts(body, boundary)
	if len(parts) == 0 && !whole {
		named := boundary
		if boundary = guessBoundary(body); boundary == "" {
			m.doubt(noBoundary, body, named)
			return strings.TrimSpace(m.charset("", body, body))
		}
		m.doubt(badBoundary, body, boundary)
		parts, whole = cutParts(body, boundary)
	}
	if !whole {
		m.fault(body, len(bytes.TrimRight(body, "\n")), "the message is cut off: no line --%s-- ends its parts", input.Shorten(boundary))
	}
	var texts []string
	unformatted := ""
	said := map[string]bool{} // the words of texts: some programs send them twice, broken into other lines
	for _, part := range parts {
		text, isPlain := m.part(kind, part, depth)
		words := plain.Flat(text)
		if text == "" || said[words] {
			continue
		}
		said[words] = true
		if isPlain && unformatted == "" {
			unformatted = text
		}
		texts = append(texts, text)
	}
	switch {
	case len(texts) == 0:
		return ""
	case kind == "multipart/alternative":
		return cmp.Or(unformatted, texts[0])
	}
	return strings.Join(texts, "\n\n")
}

// part is the text of one part, "" where it is an attachment or no text, and
// whether it is plain text.
func (m *mailText) part(kind string, part []byte, depth int) (text string, isPlain bool) {
	var header message.Header
	body, headless := bytes.CutPrefix(part, []byte("\n"))
	if !headless {
		var fields []byte
		if fields, body = splitMessage(part); fields != nil {
			parsed, err := textproto.ReadHeader(bufio.NewReader(bytes.NewReader(fields)))
			if err != nil {
				m.doubt(badPart, part, "")
			}
			header = message.Header{Header: parsed}
		}
	}
	inner, _, _ := header.ContentType()
	if inner == "" && kind == "multipart/digest" {
		inner = "message/rfc822"
	}
	if disposition, _, _ := header.ContentDisposition(); disposition == "attachment" {
		return "", false
	}
	switch {
	case inner == "message/rfc822":
		m.fault(part, 0, "a message inside this one is not read; save it as a message of its own")
		return "", false
	case inner == "" || inner == "text/plain":
		return m.of(header, body, depth+1), true
	case inner == "text/html" || strings.HasPrefix(inner, "multipart/"):
		return m.of(header, body, depth+1), false
	}
	return "", false
}

// cutParts cuts a body at the lines that are the boundary; whole says that the
// line that ends the last part is there.
func cutParts(body []byte, boundary string) (parts [][]byte, whole bool) {
	if boundary == "" {
		return nil, false
	}
	start := thread.None
	for at := 0; at < len(body); {
		end := len(body)
		if i := bytes.IndexByte(body[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		rest, ok := bytes.CutPrefix(bytes.TrimRight(body[at:end], " \t\r\n"), []byte("--"+boundary))
		last := ok && string(rest) == "--"
		if ok && (len(rest) == 0 || last) {
			if start != thread.None {
				parts = append(parts, bytes.TrimSuffix(body[start:at], []byte("\n")))
			}
			if last {
				return parts, true
			}
			start = end
		}
		at = end
	}
	if start != thread.None {
		parts = append(parts, body[start:])
	}
	return parts, false
}

// guessBoundary is the boundary that a body seems to be cut by: the first line
// that begins with "--" and has a part's header below it.
func guessBoundary(body []byte) string {
	for len(body) > 0 {
		var line []byte
		line, body, _ = bytes.Cut(body, []byte("\n"))
		boundary, ok := bytes.CutPrefix(bytes.TrimRight(line, " \t\r"), []byte("--"))
		if ok && len(boundary) > 0 && len(boundary) <= 100 && len(body) > 8 && strings.EqualFold(string(body[:8]), "Content-") {
			return string(boundary)
		}
	}
	return ""
}

// unflow joins the lines that RFC 3676 parted: each that ends in a space goes
// on in the next, where that is quoted as deep.
func unflow(text string, deleteSpace bool) string {
	var b strings.Builder
	b.Grow(len(text))
	open, depth := false, 0 // whether the last line goes on, and how deep it is quoted
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		content := strings.TrimLeft(line, ">")
		deep := len(line) - len(content)
		content = strings.TrimPrefix(content, " ") // stuffed
		isSignature := content == "-- "
		if open && (deep != depth || isSignature) {
			b.WriteByte('\n')
			open = false
		}
		if !open && deep > 0 {
			b.WriteString(line[:deep])
			b.WriteByte(' ')
		}
		open = strings.HasSuffix(content, " ") && !isSignature
		depth = deep
		if open && deleteSpace {
			content = strings.TrimSuffix(content, " ")
		}
		b.WriteString(content)
		if !open {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
