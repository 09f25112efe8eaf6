package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/pkg/twwidth"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"

	"threadstance/analyze/summary"
)

// FewTags is the number of tags below which a net stance is marked as a hint
// rather than a finding.
const FewTags = 5

// Screen is what a table is shown on.
type Screen struct {
	Width int  // in columns; 0 is unlimited
	Color bool // ANSI colours
}

// Terminal writes tables for people to read: what was read, then each table
// with its foot notes.
func Terminal(w io.Writer, p *Page, screen Screen) error {
	var b strings.Builder
	for _, line := range p.headline() {
		wrap(&b, line, screen.Width)
	}
	for i := range p.Tables {
		b.WriteByte('\n')
		if err := terminalTable(&b, &p.Tables[i], screen); err != nil {
			return err
		}
	}
	if len(p.Tables) > 0 {
		b.WriteByte('\n')
		wrap(&b, legend, screen.Width)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// legend says what the figures of tables mean.
const legend = "Net stance: from -1, against, to +1, in favor; in brackets the posts with a stance. Tone: how pleasant the words are, from -1 to +1."

// grid is a table as text.
type grid struct {
	header []string
	left   int // columns that are names, aligned to the left
	actors int // the last columns, which may be dropped
	rows   [][]string
	few    bool // a cell is marked as having few tags

	opposed bool // a row is marked for tone and stance being of opposite sides
}

// wrap writes a line, broken between words where it is wider than the screen.
func wrap(w io.StringWriter, line string, width int) {
	column := 0
	for i, word := range strings.Split(line, " ") {
		n := twwidth.Width(word)
		switch {
		case i == 0:
		case width > 0 && column+1+n > width:
			w.WriteString("\n  ")
			column = 2
		default:
			w.WriteString(" ")
			column++
		}
		w.WriteString(word)
		column += n
	}
	w.WriteString("\n")
}

func terminalTable(w *strings.Builder, t *Table, screen Screen) error {
	g := newGrid(t)
	dropped := g.fit(screen.Width)
	fmt.Fprintf(w, "by %s\n", strings.Join(g.header[:g.left], " and "))
	if screen.Color {
		g.color(painter(true))
	}
	if err := g.render(w); err != nil {
		return err
	}
	for _, note := range notes(t, g, dropped) {
		wrap(w, note, screen.Width)
	}
	return nil
}

// notes are the foot notes of a table.
func notes(t *Table, g *grid, dropped int) []string {
	var notes []string
	if g.few {
		notes = append(notes, fmt.Sprintf("* fewer than %d tags: not enough evidence, a hint at most", FewTags))
	}
	if g.opposed {
		notes = append(notes, "≠ tone and stance are of opposite sides")
	}
	if dropped > 0 {
		names := make([]string, dropped)
		for i, actor := range t.Actors[len(t.Actors)-dropped:] {
			names[i] = Clean(actor)
		}
		const shown = 5
		list := strings.Join(names[:min(shown, dropped)], ", ")
		if dropped > shown {
			list += ", …"
		}
		notes = append(notes, fmt.Sprintf("%s not shown for want of width: %s", count(int64(dropped), "actor"), list))
	}
	if t.Cut > 0 {
		notes = append(notes, fmt.Sprintf("%d of %d rows; --limit 0 shows all", len(t.Rows), len(t.Rows)+t.Cut))
	}
	return notes
}

// newGrid writes a table's figures as text, those of a column equally long.
func newGrid(t *Table) *grid {
	g := &grid{actors: len(t.Actors)}
	dimensions := t.By.Dimensions()
	g.left = len(dimensions)
	for _, d := range dimensions {
		g.header = append(g.header, d.String())
	}
	for _, f := range t.columns() {
		g.header = append(g.header, f.String())
	}
	if t.byActor() {
		g.header = append(g.header, "net", "95 %", "favor", "neutral", "against")
	}
	for _, actor := range t.Actors {
		g.header = append(g.header, Clean(actor))
	}
	digits := countDigits(t)
	for i := range t.Rows {
		row := &t.Rows[i]
		cells := make([]string, 0, len(g.header))
		for j, d := range dimensions {
			cells = append(cells, Clean(name(row.value(j), d)))
		}
		for _, f := range t.columns() {
			cells = append(cells, figureText(row, f))
		}
		if t.byActor() {
			tags := row.tags(t.By)
			cells = append(cells, g.net(tags, digits[0])+g.apart(row, tags), interval(tags))
			for _, n := range []int64{tags.Favor, tags.Neutral, tags.Against} {
				cells = append(cells, strconv.FormatInt(n, 10))
			}
		}
		for j, actor := range t.Actors {
			cells = append(cells, g.net(row.Cell.Tags[actor], digits[j]))
		}
		g.rows = append(g.rows, cells)
	}
	return g
}

// name is what a table shows for a value. A user who is called as the rows of
// unknown users are is shown in quotation marks.
func name(v summary.Value, d summary.Dimension) string {
	switch {
	case !v.Known:
		return unknown(d)
	case v.Name == unknown(d):
		return strconv.Quote(v.Name)
	}
	return v.Name
}

func figureText(row *Row, f figure) string {
	if f != tone {
		return strconv.FormatFloat(row.figure(f), 'f', 0, 64)
	}
	if mean, ok := row.tone(); ok {
		return signed(mean)
	}
	return "–"
}

// signed writes a score with two decimals, never "-0.00".
func signed(x float64) string {
	s := fmt.Sprintf("%+.2f", x)
	if s == "-0.00" || s == "+0.00" {
		return "0.00"
	}
	return s
}

// countDigits returns the most digits that the number of tags has in each of
// the actors' columns.
func countDigits(t *Table) []int {
	digits := make([]int, max(len(t.Actors), 1))
	for i := range t.Rows {
		if t.byActor() {
			digits[0] = max(digits[0], len(strconv.FormatInt(t.Rows[i].tags(t.By).Count(), 10)))
		}
		for j, actor := range t.Actors {
			if tags := t.Rows[i].Cell.Tags[actor]; tags != nil {
				digits[j] = max(digits[j], len(strconv.FormatInt(tags.Count(), 10)))
			}
		}
	}
	return digits
}

// net writes a net stance and the number of tags behind it.
func (g *grid) net(t *summary.Tags, digits int) string {
	if t == nil || t.Count() == 0 {
		return "– "
	}
	mark := " "
	if t.Count() < FewTags {
		mark = "*"
		g.few = true
	}
	n := "(" + strconv.FormatInt(t.Count(), 10) + ")"
	return fmt.Sprintf("%s %*s%s", signed(t.Net()), digits+2, n, mark)
}

// apart marks a row whose tone and stance are of opposite sides.
func (g *grid) apart(row *Row, t *summary.Tags) string {
	if row.apart(t) {
		g.opposed = true
		return "≠"
	}
	return " "
}

// interval writes the 95 % interval of a net stance.
func interval(t *summary.Tags) string {
	if low, high, ok := t.Interval(); ok {
		return signed(low) + " to " + signed(high)
	}
	return "–"
}

// Names are cut to no less than minName columns of a terminal before actors
// are dropped, and to no more than maxName where there is room.
const (
	minName   = 12
	maxName   = 40
	separator = 2 // columns that part two columns of a table
)

// fit brings the grid into a width: names are cut, then the actors with
// fewest tags are dropped. It returns how many.
func (g *grid) fit(width int) (dropped int) {
	limit := maxName
	if width > 0 {
		over := g.width() - width
		widest := g.columnWidth(0)
		for _, i := range []int{0, 1}[:g.left] {
			widest = max(widest, g.columnWidth(i))
		}
		limit = min(maxName, max(minName, widest-(over+g.left-1)/g.left))
	}
	for i := range g.left {
		for _, row := range g.rows {
			row[i] = truncate(row[i], limit)
		}
	}
	for i := len(g.header) - g.actors; i < len(g.header); i++ {
		g.header[i] = truncate(g.header[i], maxName)
	}
	if width > 0 {
		last := len(g.header) - 1
		for over := g.width() - width; over > 0 && dropped < g.actors-1; dropped++ {
			over -= g.columnWidth(last-dropped) + separator
		}
	}
	g.actors -= dropped
	g.header = g.header[:len(g.header)-dropped]
	for i := range g.rows {
		g.rows[i] = g.rows[i][:len(g.header)]
	}
	return dropped
}

// truncate cuts s to a width in columns, with an ellipsis where it was cut.
func truncate(s string, width int) string {
	if twwidth.Width(s) <= width {
		return s
	}
	return twwidth.Truncate(s, width, "…")
}

func (g *grid) columnWidth(i int) int {
	width := twwidth.Width(g.header[i])
	for _, row := range g.rows {
		width = max(width, twwidth.Width(row[i]))
	}
	return width
}

func (g *grid) width() int {
	width := 0
	for i := range g.header {
		width += g.columnWidth(i) + separator
	}
	return width
}

// color marks the header, and the figures by their sign.
func (g *grid) color(paint painter) {
	for i, name := range g.header {
		g.header[i] = paint.text(bold, name)
	}
	for _, row := range g.rows {
		for i := g.left; i < len(row); i++ {
			switch {
			case strings.HasPrefix(row[i], "+"):
				row[i] = paint.text(green, row[i])
			case strings.HasPrefix(row[i], "-"):
				row[i] = paint.text(red, row[i])
			}
		}
	}
}

// render draws the grid with a rule below the header and no other lines.
func (g *grid) render(w *strings.Builder) error {
	aligns := make(tw.Alignment, len(g.header))
	for i := range aligns {
		aligns[i] = tw.AlignRight
		if i < g.left {
			aligns[i] = tw.AlignLeft
		}
	}
	padding := tw.CellPadding{Global: tw.Padding{Left: " ", Right: " ", Overwrite: true}}
	cell := tw.CellConfig{
		Formatting: tw.CellFormatting{AutoFormat: tw.Off, AutoWrap: tw.WrapNone},
		Alignment:  tw.CellAlignment{PerColumn: aligns},
		Padding:    padding,
	}
	var b strings.Builder
	table := tablewriter.NewTable(&b,
		tablewriter.WithRenderer(renderer.NewBlueprint()),
		tablewriter.WithRendition(tw.Rendition{
			Borders: tw.Border{Left: tw.Off, Right: tw.Off, Top: tw.Off, Bottom: tw.Off},
			Symbols: tw.NewSymbols(tw.StyleLight),
			Settings: tw.Settings{
				Lines:      tw.Lines{ShowHeaderLine: tw.On},
				Separators: tw.Separators{BetweenColumns: tw.Off, BetweenRows: tw.Off},
			},
		}),
		tablewriter.WithConfig(tablewriter.Config{Header: cell, Row: cell}),
		tablewriter.WithTrimSpace(tw.Off),
		tablewriter.WithHeaderAutoFormat(tw.Off),
	)
	table.Header(g.header)
	for _, row := range g.rows {
		if err := table.Append(row); err != nil {
			return err
		}
	}
	if err := table.Render(); err != nil {
		return err
	}
	for line := range strings.Lines(b.String()) {
		w.WriteString(strings.TrimRight(line, " \n") + "\n")
	}
	return nil
}
