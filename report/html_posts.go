package report

import (
	"bufio"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"threadstance/analyze/stance"
	"threadstance/analyze/summary"
	"threadstance/thread"
)

// writeHTMLData writes what the script of a page works on, as JSON that stands
// safely inside of HTML. Names are numbered; positions in texts count UTF-16
// units, as the script does. The form of it is the page's own:
//
//	posts: [thread, index, user, minutes since 1970, tone, words, [topic, …],
//	        [[actor, holder, label, score, confidence], …],
//	        [holder of news, …], sampled, text]
//	text:  [id, reply to, text, cut, [[kind, start, end, quote of or source], …],
//	        [[actor, start, end], …], [[stance, start, end], …]]
func writeHTMLData(w *bufio.Writer, page *htmlPage, posts *summary.Posts) {
	actors, users, holders, topics := numbering{}, numbering{}, numbering{}, numbering{}
	for _, actor := range page.Actors {
		actors.of(actor)
	}
	for _, topic := range page.Topics {
		topics.of(topic)
	}
	holders.of(stance.Author)
	var b []byte
	b = append(b, `{"posts":[`...)
	first := true
	for p := range posts.All() {
		if !first {
			b = append(b, ",\n"...)
		}
		first = false
		b = appendNumbers(append(b, '['), page.threads[p.Thread], p.Index)
		user := -1
		if p.Author != "" {
			user = users.of(p.Author)
		}
		b = appendNumbers(append(b, ','), user)
		if p.Time.IsZero() {
			b = append(b, ",null"...)
		} else {
			b = strconv.AppendInt(append(b, ','), p.Time.Unix()/60, 10)
		}
		if p.Toned {
			b = appendNumbers(append(b, ','), int(math.Round(p.Tone*1e4)))
		} else {
			b = append(b, ",null"...)
		}
		b = appendNumbers(append(b, ','), p.Words)
		b = append(b, ",["...)
		for i, topic := range p.Topics {
			b = appendNumbers(comma(b, i), topics.of(topic))
		}
		b = append(b, "],["...)
		for i, s := range p.Stances {
			b = appendNumbers(append(comma(b, i), '['), actors.of(s.Actor), holders.of(s.Holder), int(s.Label),
				int(math.Round(s.Score*1e4)), int(math.Round(s.Confidence*1e4)))
			b = append(b, ']')
		}
		b = append(b, "],["...)
		for i, outlet := range p.Outlets {
			b = appendNumbers(comma(b, i), holders.of(stance.Source(outlet)))
		}
		sampled := 0
		if p.Sampled {
			sampled = 1
		}
		b = appendNumbers(append(b, "],"...), sampled)
		if p.HasText {
			b = appendText(append(b, ','), p, &actors)
		}
		b = append(b, ']')
		w.Write(b)
		b = b[:0]
	}
	b = append(b, `],`+"\n"+`"actors":`...)
	b = append(appendNames(b, actors.names), `,"users":`...)
	b = append(appendNames(b, users.names), `,"holders":`...)
	b = append(appendNames(b, holders.names), `,"topics":`...)
	b = append(appendNames(b, topics.names), `,"threads":[`...)
	for i, t := range page.Threads {
		b = appendMarkupString(append(comma(b, i), '['), Clean(t.ID))
		b = append(appendMarkupString(append(b, ','), t.Title), ']')
	}
	b = append(b, "]}"...)
	w.Write(b)
}

// numbering gives names numbers, in the order in which it meets them.
type numbering struct {
	numbers map[string]int
	names   []string
}

func (n *numbering) of(name string) int {
	number, ok := n.numbers[name]
	if !ok {
		if n.numbers == nil {
			n.numbers = map[string]int{}
		}
		number = len(n.names)
		n.numbers[name] = number
		n.names = append(n.names, name)
	}
	return number
}

func appendNumbers(b []byte, list ...int) []byte {
	for i, n := range list {
		b = strconv.AppendInt(comma(b, i), int64(n), 10)
	}
	return b
}

func appendNames(b []byte, names []string) []byte {
	b = append(b, '[')
	for i, name := range names {
		b = appendMarkupString(comma(b, i), Clean(name))
	}
	return append(b, ']')
}

// appendMarkupString appends a JSON string without a character that HTML gives
// a meaning to, and without control characters.
func appendMarkupString(b []byte, s string) []byte {
	from := len(b)
	b = appendString(b, CleanText(s))
	if !strings.ContainsAny(s, "<>&") {
		return b
	}
	var escaped []byte
	for _, c := range b[from:] {
		switch c {
		case '<':
			escaped = append(escaped, `\u003c`...)
		case '>':
			escaped = append(escaped, `\u003e`...)
		case '&':
			escaped = append(escaped, `\u0026`...)
		default:
			escaped = append(escaped, c)
		}
	}
	return append(b[:from], escaped...)
}

// appendText appends a post's text and what is marked in it.
func appendText(b []byte, p *summary.Post, actors *numbering) []byte {
	var offsets []int
	spans := func(yield func(*thread.Span)) {
		for i := range p.Segments {
			yield(&p.Segments[i].Span)
		}
		for i := range p.Mentions {
			yield(&p.Mentions[i].Span)
		}
		for i := range p.Stances {
			for j := range p.Stances[i].Evidence {
				yield(&p.Stances[i].Evidence[j])
			}
		}
	}
	spans(func(s *thread.Span) { offsets = append(offsets, s.Start, s.End) })
	slices.Sort(offsets)
	offsets = slices.Compact(offsets)
	text, units := visible(p.Text, offsets)
	unit := func(offset int) int {
		i, _ := slices.BinarySearch(offsets, offset)
		return units[i]
	}
	b = appendMarkupString(append(b, '['), Clean(p.ID))
	b = appendNumbers(append(b, ','), p.ReplyTo)
	b = appendMarkupString(append(b, ','), text)
	b = appendNumbers(append(b, ','), p.Cut)
	b = append(b, ",["...)
	for i, s := range p.Segments {
		b = appendNumbers(append(comma(b, i), '['), int(s.Kind), unit(s.Start), unit(s.End))
		switch {
		case s.Kind == thread.Quote:
			b = appendNumbers(append(b, ','), s.QuoteOf)
		case s.Kind == thread.News && s.Source != "":
			b = appendMarkupString(append(b, ','), Clean(s.Source))
		}
		b = append(b, ']')
	}
	b = append(b, "],["...)
	for i, m := range p.Mentions {
		b = appendNumbers(append(comma(b, i), '['), actors.of(m.Actor), unit(m.Start), unit(m.End))
		b = append(b, ']')
	}
	b = append(b, "],["...)
	n := 0
	for i := range p.Stances {
		for _, e := range p.Stances[i].Evidence {
			b = appendNumbers(append(comma(b, n), '['), i, unit(e.Start), unit(e.End))
			b = append(b, ']')
			n++
		}
	}
	return append(b, "]]"...)
}

// visible returns a text without what is not to be shown, and where in it, in
// UTF-16 units, the given offsets are, which go up.
func visible(text string, offsets []int) (string, []int) {
	var b strings.Builder
	units := make([]int, 0, len(offsets))
	at := 0
	for i := 0; i <= len(text); {
		for len(units) < len(offsets) && offsets[len(units)] <= i {
			units = append(units, at)
		}
		if i == len(text) {
			break
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if r == '\n' || r == '\t' || !isUnsafe(r) {
			b.WriteRune(r)
			at++
			if r > 0xffff {
				at++
			}
		}
	}
	for len(units) < len(offsets) {
		units = append(units, at)
	}
	return b.String(), units
}
