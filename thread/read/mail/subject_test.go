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
