package browser

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
)

// Whatever is to be used has a name in the browser's accessibility tree, and
// axe-core finds nothing serious. THREADSTANCE_AXE is its script, axe.min.js.
func TestAccessible(t *testing.T) {
	path := makePage(t, input()...)
	axe, err := os.ReadFile(os.Getenv("THREADSTANCE_AXE"))
	if err != nil {
		t.Log("THREADSTANCE_AXE does not name axe.min.js of axe-core: only the accessibility tree is looked at")
	}
	for _, scheme := range []string{"light", "dark"} {
		for _, hash := range []string{"", `#open=%5B%22topic%22%2C%22troop+presence%22%2C%22US%22%5D`} {
			name := scheme
			if hash != "" {
				name += " with posts"
			}
			t.Run(name, func(t *testing.T) {
				p := open(t, path, hash, emulate(1280, scheme))
				named(p)
				if len(axe) > 0 {
					judge(p, string(axe))
				}
			})
		}
	}
}

// named holds that what is to be used or heard has a name.
func named(p *tab) {
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		p.Fatal(err)
	}
	value := func(v *accessibility.Value) string {
		if v == nil {
			return ""
		}
		return strings.Trim(string(v.Value), `"`)
	}
	counts := map[string]int{}
	for _, node := range tree.Nodes {
		role := value(node.Role)
		counts[role]++
		switch role {
		case "button", "link", "combobox", "textbox", "dialog", "region", "image", "heading", "table", "DateTime":
			// A browser's own parts of a field have names of its making.
			if !node.Ignored && value(node.Name) == "" && role != "table" {
				p.Errorf("a %s has no name", role)
			}
		}
	}
	if counts["heading"] == 0 || counts["button"] == 0 {
		p.Errorf("the tree has no headings or no buttons: %v", counts)
	}
}

// judge lets axe-core judge the page.
func judge(p *tab, axe string) {
	eval[bool](p, axe+"; true")
	type finding struct {
		ID, Impact, Help string
		Nodes            []struct{ HTML, FailureSummary string }
	}
	findings := eval[[]finding](p, `axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)`)
	for _, f := range findings {
		text := fmt.Sprintf("axe: %s (%s): %s, %d times", f.ID, f.Impact, f.Help, len(f.Nodes))
		for _, node := range f.Nodes[:min(3, len(f.Nodes))] {
			text += fmt.Sprintf("\n\t%.200s\n\t%s", node.HTML, node.FailureSummary)
		}
		p.Error(text)
	}
	p.Logf("axe: %d kinds of violation", len(findings))
}
