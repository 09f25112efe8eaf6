package jsonl

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"threadstance/thread/read/input"
)

// TestTargetsLeft holds that a record gets no more targets than can be judged in
// seconds, the first of those that it asks for, and that the others are spoken of.
func TestTargetsLeft(t *testing.T) {
	record := func(text string, targets int) string {
		var list []string
		for i := range targets {
			list = append(list, fmt.Sprintf(`"Ferry %d"`, i))
		}
		return fmt.Sprintf(`{"thread":"quay","text":%q,"targets":[%s]}`, text, strings.Join(list, ","))
	}
	harbour := strings.Repeat("The harbour is closed. ", 1<<20/23)
	for _, test := range []struct {
		name    string
		records []string
		want    []int // targets of each
		left    string
	}{
		{"as many as may be", []string{record("Late.", 200)}, []int{200}, ""},
		{"one more", []string{record("Late.", 2), record("Late again.", 201)}, []int{2, 200}, "targets that are left out: 1, the first in line 2; "},
		{"two records", []string{record("Late.", 210), record("Late again.", 220)}, []int{200, 200}, "targets that are left out: 30, the first in line 1; "},
		{"as many as may be of a long text", []string{record(harbour, 16)}, []int{16}, ""},
		{"too many of a long text", []string{record(harbour, 200)}, []int{16}, "targets that are left out: 184, the first in line 1; "},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []int
			var warnings []string
			for thread, err := range (Posts{}).Read(input.Source{Path: "in", Reader: strings.NewReader(strings.Join(test.records, "\n"))}) {
				if err != nil {
					t.Fatal(err)
				}
				warnings = append(warnings, thread.Warnings...)
				for i := range thread.Posts {
					targets := thread.Posts[i].Targets
					got = append(got, len(targets))
					if last := targets[len(targets)-1].Name; last != fmt.Sprintf("Ferry %d", len(targets)-1) {
						t.Errorf("the last of %d targets is %s", len(targets), last)
					}
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("targets: %v, want %v", got, test.want)
			}
			if said := strings.Join(warnings, "\n"); (said == "") != (test.left == "") || !strings.HasPrefix(said, test.left) {
				t.Errorf("said %q, want %q", said, test.left)
			}
		})
	}
}
