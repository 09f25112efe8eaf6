package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"threadstance/analyze/evaluate"
)

// Evaluation writes the figures of an evaluation as text for a terminal.
// Figures are in percent, with their 95 % interval.
func Evaluation(w io.Writer, r *evaluate.Report, screen Screen) error {
	var b strings.Builder
	err := evaluationGrids(r, func(title string, g *grid, notes ...string) error {
		fmt.Fprintf(&b, "%s\n", title)
		if err := g.render(&b); err != nil {
			return err
		}
		for _, note := range notes {
			wrap(&b, note, screen.Width)
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		return err
	}
	wrap(&b, evaluationNote, screen.Width)
	for i := range r.Errors {
		if i == 0 {
			b.WriteString("\nthe most confident mistakes\n")
		}
		m := &r.Errors[i]
		fmt.Fprintf(&b, "%s %s: %s, judged %s with confidence %.2f\n", Clean(m.ID), Clean(m.Target), m.Gold, m.Label, m.Confidence)
		wrap(&b, "  "+Clean(strings.Join(strings.Fields(m.Text), " ")), screen.Width)
		for _, e := range m.Evidence {
			wrap(&b, "  · "+Clean(e), screen.Width)
		}
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// EvaluationMarkdown writes the figures of an evaluation as Markdown.
func EvaluationMarkdown(w io.Writer, r *evaluate.Report) error {
	var b strings.Builder
	err := evaluationGrids(r, func(title string, g *grid, notes ...string) error {
		fmt.Fprintf(&b, "## %s\n\n", escapeMarkdown(title))
		markdownGrid(&b, g)
		for _, note := range notes {
			b.WriteString("\n" + escapeMarkdown(note) + "\n")
		}
		b.WriteByte('\n')
		return nil
	})
	if err != nil {
		return err
	}
	b.WriteString(escapeMarkdown(evaluationNote) + "\n")
	for i := range r.Errors {
		if i == 0 {
			b.WriteString("\n## the most confident mistakes\n\n")
		}
		m := &r.Errors[i]
		fmt.Fprintf(&b, "- %s %s: %s, judged %s (%.2f): %s\n", escapeMarkdown(Clean(m.ID)), escapeMarkdown(Clean(m.Target)), m.Gold, m.Label, m.Confidence,
			escapeMarkdown(Clean(strings.Join(strings.Fields(m.Text), " "))))
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// EvaluationJSON writes the figures of an evaluation as one JSON object, as
// shares of 1.
func EvaluationJSON(w io.Writer, r *evaluate.Report) error {
	data, err := json.MarshalIndent(struct {
		Schema string `json:"schema"`
		*evaluate.Report
	}{"threadstance.evaluation/1", r}, "", " ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

// evaluationGrids yields the tables of an evaluation.
func evaluationGrids(r *evaluate.Report, yield func(title string, g *grid, notes ...string) error) error {
	for _, part := range []struct {
		name   string
		groups []evaluate.Group
	}{{"stance", r.Stance}, {"tone", r.Tone}} {
		for i := range part.groups {
			group := &part.groups[i]
			title := fmt.Sprintf("%s: %s (%d labels)", part.name, Clean(group.Name), group.Count)
			g := &grid{header: []string{"", "n", "precision", "recall", "F1"}, left: 1}
			for _, l := range group.Labels {
				if l.Count > 0 {
					g.rows = append(g.rows, []string{l.Label, fmt.Sprint(l.Count), withInterval(l.Precision), withInterval(l.Recall), withInterval(l.F1)})
				}
			}
			notes := []string{
				fmt.Sprintf("Cohen's kappa %.2f (%.2f to %.2f)", group.Kappa.Value, group.Kappa.Low, group.Kappa.High),
			}
			if part.name == "stance" {
				note := fmt.Sprintf("calibration error %.3f", group.CalibrationError)
				if group.PrevalenceCount > 0 {
					note += fmt.Sprintf("; error of the labels' shares over groups of 50: %.3f by probabilities, %.3f by counting labels", group.Prevalence, group.PrevalenceCount)
				}
				notes = append(notes, note)
			}
			if group.SignF1 != nil {
				notes = append(notes, "read by the score's sign, macro F1 is "+withInterval(*group.SignF1))
			}
			if err := yield(title, g, notes...); err != nil {
				return err
			}
			f := &grid{header: []string{"", "macro F1", "F1 of the sides", "macro recall", "accuracy"}, left: 1}
			f.rows = append(f.rows, []string{"threadstance", withInterval(group.MacroF1), withInterval(group.SidesF1), withInterval(group.MacroRecall), withInterval(group.Accuracy)})
			for _, floor := range group.Floors {
				f.rows = append(f.rows, []string{floor.Name, inPercent(floor.MacroF1), inPercent(floor.SidesF1), inPercent(floor.MacroRecall), inPercent(floor.Accuracy)})
			}
			if err := yield("beside the floors", f); err != nil {
				return err
			}
		}
		if len(part.groups) > 0 && part.name == "stance" {
			g := &grid{header: []string{"confidence", "n", "mean confidence", "right"}, left: 1}
			for _, bin := range part.groups[0].Reliability {
				g.rows = append(g.rows, []string{fmt.Sprintf("%.1f to %.1f", bin.Low, bin.High), fmt.Sprint(bin.Count), inPercent(bin.Confidence), inPercent(bin.Accuracy)})
			}
			if err := yield("reliability", g); err != nil {
				return err
			}
		}
	}
	return nil
}

// evaluationNote says what the figures are.
const evaluationNote = "Figures are in percent, with the 95 % interval of a bootstrap over the labels in brackets. F1 of the sides leaves neutral out."

func inPercent(share float64) string { return fmt.Sprintf("%.1f", 100*share) }

func withInterval(f evaluate.Figure) string {
	return fmt.Sprintf("%.1f (%.1f–%.1f)", 100*f.Value, 100*f.Low, 100*f.High)
}
