package thread

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type goldPart struct {
	Kind      string `json:"kind"`
	Text      string `json:"text"`
	QuoteOf   *int   `json:"quote_of"`
	Elsewhere bool   `json:"elsewhere"`
}

func TestQuotesData(t *testing.T) {
	files, _ := filepath.Glob("../../shared/data/quotes/*.gold.json")
	if len(files) == 0 {
		files, _ = filepath.Glob("/work/shared/data/quotes/*.gold.json")
	}
	var tp, fp, fn, qn, qok int
	for _, f := range files {
		raw, _ := os.ReadFile(f)
		var gold struct{ Posts [][]goldPart }
		json.Unmarshal(raw, &gold)
		txt, _ := os.ReadFile(strings.TrimSuffix(f, ".gold.json") + ".txt")
		parts := splitNBSP(string(txt))
		if len(parts) != len(gold.Posts) {
			t.Errorf("%s: %d posts, want %d", f, len(parts), len(gold.Posts))
			continue
		}
		th := &Thread{}
		for i, p := range parts {
			th.Posts = append(th.Posts, Post{Index: i, ReplyTo: None, Text: p})
		}
		var s Segmenter
		s.Segment(th)
		for i := range th.Posts {
			text := th.Posts[i].Text
			at := 0
			for _, g := range gold.Posts[i] {
				k := strings.Index(text[at:], g.Text) + at
				end := k + len(g.Text)
				at = end
				gq, okq := 0, 0
				off := k
				for _, tok := range strings.Fields(g.Text) {
					off = strings.Index(text[off:], tok) + off
					q := kindAt(th.Posts[i].Segments, off)
					off += len(tok)
					if g.Elsewhere {
						continue
					}
					isq := q != nil && q.Kind == Quote
					switch {
					case g.Kind == "quote" && isq:
						tp++
					case g.Kind == "quote":
						fn++
					case isq:
						fp++
					}
					if g.Kind == "quote" && g.QuoteOf != nil {
						gq++
						if isq && q.QuoteOf == *g.QuoteOf {
							okq++
						}
					}
				}
				if gq > 0 {
					qn++
					if okq*2 > gq {
						qok++
					}
				}
				if os.Getenv("SHOW") != "" {
					for _, sg := range th.Posts[i].Segments {
						if sg.Start >= end || sg.End <= k {
							continue
						}
						if (sg.Kind == Quote) != (g.Kind == "quote") && !g.Elsewhere {
							a, b := max(sg.Start, k), min(sg.End, end)
							fmt.Printf("%s %d gold=%s got=%v of %d: %.5000q\n", filepath.Base(f), i, g.Kind, sg.Kind, sg.QuoteOf, text[a:b])
						} else if os.Getenv("SHOW") == "of" && g.QuoteOf != nil && sg.QuoteOf != *g.QuoteOf && !g.Elsewhere {
							fmt.Printf("%s %d OF gold=%d got %d: %.100q\n", filepath.Base(f), i, *g.QuoteOf, sg.QuoteOf, text[k:end])
						}
					}
				}
			}
		}
	}
	p, r := float64(tp)/float64(tp+fp), float64(tp)/float64(tp+fn)
	t.Logf("P %.4f R %.4f F1 %.4f tokens %d; quote_of %d/%d = %.4f", p, r, 2*p*r/(p+r), tp+fn, qok, qn, float64(qok)/float64(qn))
}

func kindAt(segs []Segment, off int) *Segment {
	for i := range segs {
		if segs[i].Start <= off && off < segs[i].End {
			return &segs[i]
		}
	}
	return nil
}

func splitNBSP(s string) []string {
	var out []string
	var b strings.Builder
	lines := strings.Split(s, "\n")
	// title
	i := 0
	for i < len(lines) && (strings.TrimSpace(lines[i]) == "" || lines[i] == "What's new") {
		i++
	}
	for _, l := range lines[i+1:] {
		if strings.ContainsRune(l, '\u00a0') && strings.TrimSpace(l) == "" {
			out = append(out, b.String())
			b.Reset()
			continue
		}
		b.WriteString(l + "\n")
	}
	return out
}
