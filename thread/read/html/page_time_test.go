package html

import (
	"testing"
	"time"
)

// TestPageTime reads a time from among the other words of a post's head.
func TestPageTime(t *testing.T) {
	for text, want := range map[string]string{
		"#12 02-03-2025, 04:14 PM":                               "2025-02-03 16:14:00",
		"02-03-2025, 04:14 PM #12":                               "2025-02-03 16:14:00",
		"Posted: Mon Feb 03, 2025 4:14 pm Post subject: Re: Oil": "2025-02-03 16:14:00",
		"by Noor » Mon Feb 03, 2025 4:14 pm":                     "2025-02-03 16:14:00",
		"« Reply #1 on: February 03, 2025, 04:14:00 PM »":        "2025-02-03 16:14:00",
		"2025-02-03T16:14:00 1738599240":                         "2025-02-03 16:14:00",
		"#12":                                                    "0001-01-01 00:00:00",
		"Today, 04:14 PM":                                        "0001-01-01 00:00:00",
	} {
		if got := pageTime(text).Time(false).Format(time.DateTime); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
