package analyze

import (
	"strings"
	"testing"
)

func FuzzFields(f *testing.F) {
	f.Add("Yanks need to  go\nhome\u00a0now\u2003and\x85so on \xff\xc2 ")
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := fields(s), len(strings.Fields(s)); got != want {
			t.Errorf("%d fields in %q, want %d", got, s, want)
		}
	})
}
