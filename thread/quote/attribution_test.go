package quote

import (
	"strings"
	"testing"
	"time"
)

func TestAttributions(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"Noor wrote:\n> Close it.", "Noor"},
		{"Noor wrote: ↑Mon Feb 03, 2025 10:14 am\nClose it.", "Noor"},
		{"Noor Aziz said:\nClose it.", "Noor Aziz"},
		{"noor hat geschrieben:\nWeg damit.", "noor"},
		{"On 2/3/2025 at 10:14 AM, Noor said:\nClose it.", "Noor"},
		{"As Noor wrote:\n> Close it.", "Noor"},
		{"Zitat von Noor\nWeg damit.", "Noor"},
		{"Quote Originally Posted by Noor Aziz View Post\nClose it.", "Noor Aziz"},
		{"Originally posted by noor_7]\nClose it.", "noor_7"},
		{"(02-03-2025, 10:14 AM)Noor Wrote:\nClose it.", "Noor"},
		{"[quote=Noor;12]Close it.[/quote] [quote name=\"Cy\" post=\"3\"]No.[/quote]", "Noor|Cy"},
		{"[quote][quote=Noor]Close it.[/quote] Cy wrote:", "Noor|Cy"},
		{"In article <1@tigris.example> noor@tigris.example (Noor Aziz) writes:", "Noor Aziz"},
		{">>In article <1@tigris.example>, Noor Aziz (noor@tigris.example) writes:", "Noor Aziz"},
		{"> noor@tigris.example (\"Noor\n> Aziz\") writes:\n>> No.", "Noor Aziz"},
		{"On Wed, Jan 8, 2020 at 6:30 AM Noor Aziz <noor@tigris.example>\nwrote:", "Noor Aziz"},
		{"On 8 Jan 2020, 06:30 +0100, Noor Aziz <noor@tigris.example>, wrote:", "Noor Aziz"},
		{"Le mer. 8 janv. 2020 à 06:30, Noor Aziz <noor@tigris.example> a écrit :", "Noor Aziz"},
		{"Am 8. Januar 2020 um 6:30 Uhr schrieb Noor Aziz:", "Noor Aziz"},
		{"Noor Aziz writes\n\n> Close it.", "Noor Aziz"},
		{"From: \"Noor Aziz\" <noor@tigris.example>", "Noor Aziz"},
		{"so says noor@tigris.example (Noor Aziz) of us", "Noor Aziz"},
		{"so says noor@tigris.example\n(Noor Aziz) of us (Cy Reed)", "Noor Aziz"},
		// Nobody is named here.
		{"Then he wrote:\n> Close it.", ""},
		{"The mayor said:\n> Close it.", ""},
		{"> In article <1@tigris.example> you wrote:\n>> Close it.", ""},
		{"Noor Aziz writes\nbooks.", ""},
		{"I know what Noor wrote, and it was: no.", ""},
		{"From: here to there", ""},
		{"noor@tigris.example (see below) and (Noor Aziz)", ""},
		{"[quote]Close it.[/quote] [note=Noor]", ""},
		{strings.Repeat("x", 300) + " wrote:", ""},
		{"", ""},
	} {
		var names []string
		at := 0
		for _, a := range Attributions(test.text) {
			names = append(names, a.Name)
			if a.Start < at || a.End <= a.Start || a.End > len(test.text) {
				t.Errorf("%q: %v after byte %d", test.text, a.Span, at)
			}
			at = a.End
		}
		if got := strings.Join(names, "|"); got != test.want {
			t.Errorf("%q names %q, want %q", test.text, got, test.want)
		}
	}
}

// TestManyAttributions holds that the time grows with the text and no faster.
func TestManyAttributions(t *testing.T) {
	start := time.Now()
	for _, part := range []string{"Noor wrote:\n", "[quote=Noor]", "a@b.example (", "In article <1@b.example>\n", "Noor writes\n\n\n\n", "\n", "> ", "( ) "} {
		Attributions(strings.Repeat(part, 200_000))
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
}
