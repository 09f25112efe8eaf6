package quote

import "testing"

// TestAfterIdentifier holds what is left of the words over a quotation.
func TestAfterIdentifier(t *testing.T) {
	for line, want := range map[string]string{
		"In article <1@tigris.example>, Noor Aziz writes:":             "Noor Aziz writes:",
		"In <1@tigris.example> Noor Aziz <noor@tigris.example> wrote:": "Noor Aziz wrote:",
		"On Monday, <1@tigris.example>, in <2@x.example> Noor wrote:":  "On Monday, in Noor wrote:",
		"Noor Aziz <noor@tigris.example> <noor@erbil.example> wrote:":  "Noor Aziz wrote:",
		"Noor wrote in message <1@tigris.example>":                     "",
		"Noor wrote, 3 < 4:": "Noor wrote, 3 < 4:",
	} {
		if got := AfterIdentifier(line); got != want {
			t.Errorf("%q leaves %q, want %q", line, got, want)
		}
	}
}
