package report

import (
	"fmt"
	"io"
	"strings"
)

// Markdown writes the tables for a page or an issue tracker: what was read,
// then each table under a heading, with its foot notes.
func Markdown(w io.Writer, p *Page) error {
	var b strings.Builder
	for _, line := range p.headline() {
		b.WriteString(line + "  \n")
	}
	for i := range p.Tables {
		t := &p.Tables[i]
		g := newGrid(t)
		fmt.Fprintf(&b, "\n## By %s\n\n", strings.Join(g.header[:g.left], " and "))
		markdownGrid(&b, g)
		for _, note := range notes(t, g, 0) {
			b.WriteString("\n" + escapeMarkdown(note) + "\n")
		}
	}
	if len(p.Tables) > 0 {
		b.WriteString("\n" + escapeMarkdown(legend) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// markdownGrid writes a table.
func markdownGrid(b *strings.Builder, g *grid) {
	row := func(cells []string) {
		b.WriteByte('|')
		for _, cell := range cells {
			b.WriteString(" " + escapeMarkdown(strings.TrimSpace(cell)) + " |")
		}
		b.WriteByte('\n')
	}
	row(g.header)
	b.WriteByte('|')
	for j := range g.header {
		if j < g.left {
			b.WriteString(" --- |")
		} else {
			b.WriteString(" ---: |")
		}
	}
	b.WriteByte('\n')
	for _, cells := range g.rows {
		row(cells)
	}
}

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", ">", "&gt;",
	"[", `\[`, "]", `\]`, "~", `\~`, "&", "&amp;", "@", "&#64;",
)

// escapeMarkdown keeps a name from being read as markup.
func escapeMarkdown(s string) string { return markdownEscapes.Replace(s) }
