package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"threadstance/analyze"
	"threadstance/analyze/stance"
	"threadstance/thread"
)

// Explain writes one post for people to check: its text by segments, where
// «…» is evidence and [word = actor] a mention, then tone, topics, and each
// stance with what decided it.
func Explain(w io.Writer, r *analyze.Result, screen Screen) error {
	e := explainer{result: r, paint: painter(screen.Color)}
	e.heading()
	e.segments()
	e.judgements()
	_, err := io.WriteString(w, e.String())
	return err
}

type explainer struct {
	strings.Builder
	result *analyze.Result
	paint  painter
}

// painter writes colours where they are wanted.
type painter bool

// The colours and what ends them, by Select Graphic Rendition (ECMA-48).
const (
	bold      = "1"
	dim       = "2"
	underline = "4"
	red       = "31"
	green     = "32"
	yellow    = "33"
	plain     = "22;39"
	straight  = "24"
)

func (p painter) code(codes string) string {
	if !p {
		return ""
	}
	return "\x1b[" + codes + "m"
}

func (p painter) text(codes, s string) string { return p.code(codes) + s + p.code(plain) }

func (e *explainer) heading() {
	p := e.result.Post
	parts := []string{"post " + fmt.Sprint(p.Index)}
	if p.ID != "" {
		parts = append(parts, "id "+Clean(p.ID))
	}
	if p.Author == "" {
		parts = append(parts, "by an unknown author")
	} else {
		parts = append(parts, "by "+Clean(p.Author))
	}
	if !p.Time.IsZero() {
		parts = append(parts, p.Time.Format(time.DateTime))
	}
	if p.ReplyTo != thread.None {
		parts = append(parts, fmt.Sprintf("answers post %d", p.ReplyTo))
	}
	title := Clean(e.result.Thread.Title)
	if title == "" {
		title = Clean(e.result.Thread.ID)
	}
	e.WriteString(e.paint.text(bold, title) + "\n" + strings.Join(parts, ", ") + "\n")
}

// mark is something to write within the text.
type mark struct {
	at     int
	closes bool
	length int // of the marked span
	order  int // of those that mark the same span
	text   string
}

// marks returns the marks of the mentions and the evidence, in the order in
// which they are to be written.
func (e *explainer) marks() []mark {
	r := e.result
	var marks []mark
	add := func(s thread.Span, before, after string) {
		order := len(marks)
		marks = append(marks, mark{s.Start, false, s.Len(), order, before}, mark{s.End, true, s.Len(), order, after})
	}
	for i := range r.Mentions {
		m := &r.Mentions[i]
		add(m.Span, e.paint.code(underline)+"[", " = "+Clean(r.ActorName(m.Actor))+"]"+e.paint.code(straight))
	}
	for i := range r.Decoys {
		d := &r.Decoys[i]
		is := "not the actor"
		if d.Alias != nil && d.Alias.Is != "" {
			is = d.Alias.Is
		}
		add(d.Span, e.paint.code(dim)+"[", " ≠ "+Clean(is)+"]"+e.paint.code(plain))
	}
	seen := map[thread.Span]bool{}
	for i := range r.Stances {
		for _, evidence := range r.Stances[i].Evidence {
			if !seen[evidence.Span] {
				seen[evidence.Span] = true
				add(evidence.Span, e.paint.code(bold+";"+side(evidence.Weight))+"«", "»"+e.paint.code(plain))
			}
		}
	}
	slices.SortFunc(marks, func(a, b mark) int {
		if c := cmp.Compare(a.at, b.at); c != 0 {
			return c
		}
		if a.closes != b.closes {
			if a.closes {
				return -1
			}
			return 1
		}
		if a.closes { // the inner first
			return cmp.Or(cmp.Compare(a.length, b.length), cmp.Compare(b.order, a.order))
		}
		return cmp.Or(cmp.Compare(b.length, a.length), cmp.Compare(a.order, b.order))
	})
	return marks
}

// side is the colour of a signed weight.
func side(weight float64) string {
	switch {
	case weight > 0:
		return green
	case weight < 0:
		return red
	}
	return yellow
}

// segments writes the text, each segment under its kind.
func (e *explainer) segments() {
	p := e.result.Post
	marks := e.marks()
	for i := range p.Segments {
		s := &p.Segments[i]
		name := s.Kind.String()
		switch {
		case s.Kind == thread.Quote && s.QuoteOf != thread.None:
			name = fmt.Sprintf("quote of post %d", s.QuoteOf)
		case s.Kind == thread.News && s.Source != "":
			name = "news by " + Clean(s.Source)
		}
		e.WriteString("\n" + e.paint.text(bold, name) + "\n")
		var text strings.Builder
		from := s.Start
		for ; len(marks) > 0; marks = marks[1:] {
			m := &marks[0]
			if m.at > s.End || m.at == s.End && !m.closes {
				break // of a later segment
			}
			if m.at < s.Start || m.at == s.Start && m.closes {
				continue // of none
			}
			text.WriteString(CleanText(p.Text[from:m.at]) + m.text)
			from = m.at
		}
		text.WriteString(CleanText(p.Text[from:s.End]))
		color := ""
		if s.Kind == thread.Quote || s.Kind == thread.Chrome {
			color = dim
		}
		for line := range strings.SplitSeq(strings.TrimRight(text.String(), "\n"), "\n") {
			if color != "" && line != "" {
				line = e.paint.text(color, line)
			}
			e.WriteString(strings.TrimRight("  "+line, " ") + "\n")
		}
	}
}

// judgements writes tone, topics and stances.
func (e *explainer) judgements() {
	r := e.result
	e.WriteByte('\n')
	switch {
	case r.Tone != nil:
		fmt.Fprintf(e, "tone    %s %s\n", signed(r.Tone.Score), r.Tone.Label)
		if len(r.Tone.Reasons) > 0 {
			words := make([]string, len(r.Tone.Reasons))
			for i, reason := range r.Tone.Reasons {
				words[i] = fmt.Sprintf("%s %s", Clean(reason.Of(r.Post.Text)), signed(reason.Weight))
			}
			e.WriteString("        by " + strings.Join(words, ", ") + "\n")
		}
	case r.Words == 0:
		e.WriteString("tone    none: the post has no words of its own\n")
	default:
		e.WriteString("tone    none: the post's own words are not in English\n")
	}
	topics := make([]string, len(r.Topics))
	for i, t := range r.Topics {
		topics[i] = fmt.Sprintf("%s %.2f", Clean(t.Name), t.Score)
	}
	if len(topics) == 0 {
		topics = []string{"none"}
	}
	e.WriteString("topics  " + strings.Join(topics, ", ") + "\n")
	if len(r.Stances) == 0 {
		e.WriteString("stances none\n")
		return
	}
	e.WriteString("stances\n")
	for i := range r.Stances {
		s := &r.Stances[i]
		label := s.Label.String()
		switch s.Label {
		case stance.Favor:
			label = e.paint.text(green, label)
		case stance.Against:
			label = e.paint.text(red, label)
		}
		fmt.Fprintf(e, "  %s on %s: %s, score %s, confidence %.2f\n", Clean(s.Holder), Clean(s.Actor), label, signed(s.Score), s.Confidence)
		for _, evidence := range s.Evidence {
			why := Clean(evidence.Why)
			if why != "" {
				why = ": " + why
			}
			fmt.Fprintf(e, "    %s «%s»%s\n", signed(evidence.Weight), Clean(evidence.Of(r.Post.Text)), why)
		}
	}
}
