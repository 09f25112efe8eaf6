package thread

import (
	"testing"
	"time"
)

// TestDateLayouts holds that a time is read back from every layout that is
// known, whatever its zone is.
func TestDateLayouts(t *testing.T) {
	for _, zone := range []*time.Location{time.UTC, time.FixedZone("EST", -5*3600), time.FixedZone("", 3*3600+1800)} {
		when := time.Date(2025, 2, 3, 16, 14, 0, 0, zone)
		for _, layout := range dateLayouts {
			text := when.Format(layout)
			got, ok := parseDate(text)
			// Zones by letters cannot hold a figure.
			want, err := time.Parse(layout, text)
			if err == nil && (!ok || !got.Equal(want)) {
				t.Errorf("%q: %v %v, want %v", text, got, ok, want)
			}
		}
	}
	for text, want := range map[string]string{
		"Mon, 3 Feb 2025 16:14:00 -0500 (EST)": "2025-02-03T21:14:00Z",
		"February 3rd, 2025, 4:14 p.m.":        "2025-02-03T16:14:00Z",
		"1738599240":                           "2025-02-03T16:14:00Z",
		"2025-02-03 16:14":                     "2025-02-03T16:14:00Z",
		"":                                     "0001-01-01T00:00:00Z",
		"Yesterday, 04:14 PM":                  "0001-01-01T00:00:00Z",
		":: ::":                                "0001-01-01T00:00:00Z",
	} {
		if got, _ := parseDate(text); got.Format(time.RFC3339) != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}
