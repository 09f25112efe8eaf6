package date

import (
	"testing"
	"time"
)

// TestDateLayouts holds that a time is read back from every layout that is
// known, whatever its zone is.
func TestDateLayouts(t *testing.T) {
	for _, zone := range []*time.Location{time.UTC, time.FixedZone("EST", -5*3600), time.FixedZone("", 3*3600+1800)} {
		when := time.Date(2025, 2, 3, 16, 14, 0, 0, zone)
		for _, layout := range allLayouts {
			text := when.Format(layout)
			read, ok := Read(text)
			got := read.Time(false)
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
		"Monday, 3 February 2025, at 4:14pm":   "2025-02-03T16:14:00Z",
		"Tuesday, March 4, 2025 10:25 AM":      "2025-03-04T10:25:00Z",
		"Mon Sept 8, 2025 - 16:14":             "2025-09-08T16:14:00Z",
		"3 Feb 2025, 16:14:22":                 "2025-02-03T16:14:22Z",
		"2/3/25, 4:14 PM":                      "2025-02-03T16:14:00Z",
		"2/3/99":                               "1999-02-03T00:00:00Z",
		"13-02-2025, 04:14 PM":                 "2025-02-13T16:14:00Z",
		"3.2.2025 16:14":                       "2025-02-03T16:14:00Z",
		"Mo 5. Mär 2018, 10:12":                "2018-03-05T10:12:00Z",
		"Mi 31. Okt 2018, 10:12":               "2018-10-31T10:12:00Z",
		"29. April 2012 um 10:12 Uhr":          "2012-04-29T10:12:00Z",
		"lun. 5 mars 2018 10:12":               "2018-03-05T10:12:00Z",
		"mar. 6 févr. 2018 10:12":              "2018-02-06T10:12:00Z",
		"le 15 août 2018 à 10:12":              "2018-08-15T10:12:00Z",
		"Mar Ene 09, 2018 11:02 am":            "2018-01-09T11:02:00Z",
		"Mar Mar 06, 2018 11:02 pm":            "2018-03-06T23:02:00Z",
		"5 de marzo de 2018":                   "2018-03-05T00:00:00Z",
		"Mai 2018":                             "0001-01-01T00:00:00Z",
		"Mo 5. Mär":                            "0001-01-01T00:00:00Z",
		"13/13/2025":                           "0001-01-01T00:00:00Z",
		"31/02/2025":                           "0001-01-01T00:00:00Z",
		"2/3/2025 16:75":                       "0001-01-01T00:00:00Z",
		"2/3-2025":                             "0001-01-01T00:00:00Z",
		"2/3/2025 and more":                    "0001-01-01T00:00:00Z",
		"":                                     "0001-01-01T00:00:00Z",
		"Yesterday, 04:14 PM":                  "0001-01-01T00:00:00Z",
		":: ::":                                "0001-01-01T00:00:00Z",
	} {
		got, _ := Read(text)
		if got := got.Time(false); got.Format(time.RFC3339) != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}

// TestDayFirst tells from all dates of an input whether the day is written
// before the month.
func TestDayFirst(t *testing.T) {
	for _, test := range []struct {
		name  string
		dates []string
		want  bool
	}{
		{"nothing shows it", []string{"3/4/2024", "3/4/2024"}, false},
		{"a day above 12", []string{"3/4/2024", "4/4/2024", "13/4/2024"}, true},
		{"a day above 12 in the second place", []string{"3/4/2024", "4/4/2024", "4/13/2024"}, false},
		{"one against two", []string{"13/4/2024", "14/4/2024", "4/15/2024"}, true},
		{"the first figure changes oftener", []string{"3/4/2024", "4/4/2024", "6/4/2024", "1/5/2024"}, true},
		{"one change, to the same figure twice", []string{"3/4/2024", "4/4/2024"}, true},
		{"dates that are not known, or show nothing", []string{"3/4/2024", "Yesterday", "3/1/2024", "Today", "3/1/2024"}, false},
		{"the second figure changes oftener", []string{"4/3/2024", "4/4/2024", "4/6/2024", "5/1/2024"}, false},
		{"points, and names of months", []string{"3.4.2024", "5.4.2024", "Apr 5, 2024", "3/4/2024", "2024-05-04"}, false},
	} {
		var dates []Date
		for _, text := range test.dates {
			read, _ := Read(text)
			dates = append(dates, read)
		}
		if got := DayFirst(dates, false); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
