package mail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"threadstance/thread/read/input"
)

func TestUnflow(t *testing.T) {
	in := "One \nline.\n> quoted \n> too\nown \n-- \nsig\n stuffed\n"
	want := "One line.\n> quoted too\nown \n-- \nsig\nstuffed\n"
	if diff := cmp.Diff(want, unflow(in, false)); diff != "" {
		t.Error(diff)
	}
	if got := unflow("a b \nc\n", true); got != "a bc\n" {
		t.Errorf("delsp: %q", got)
	}
}

func TestBaseSubject(t *testing.T) {
	for subject, want := range map[string]string{
		"Re: re:  The  Base": "the base", "RE[2]: Base": "base", "Fwd: Base": "base", "Regime": "regime", "": "",
		"[oil-talk] Re: Base": "base", "Re: [oil-talk] AW: Base": "base", "[oil-talk]": "[oil-talk]", "Re[2 Base": "re[2 base",
		strings.Repeat("Re:", 300_000) + " Base": "base", // takes minutes in time that grows with the square
	} {
		if got, _ := baseSubject(subject); got != want {
			t.Errorf("%q gives %q, want %q", input.Shorten(subject), got, want)
		}
	}
	if _, isReply := baseSubject("Regime"); isReply {
		t.Error("Regime is taken for a reply")
	}
	if strings.TrimSpace(cleanSubject("Re: RE: Oil")) != "Oil" {
		t.Error(cleanSubject("Re: RE: Oil"))
	}
}

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
		if got := afterIdentifier(line); got != want {
			t.Errorf("%q leaves %q, want %q", line, got, want)
		}
	}
}
