package csv

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"threadstance/thread/read/input"
)

// TestWestern holds that a table is read as Windows-1252 where that is what it
// is in, however late that shows.
func TestWestern(t *testing.T) {
	long := strings.Repeat("Bo,No.\n", 20_000)
	accents := strings.Repeat("é", input.SniffSize) // the look ahead ends within one
	for _, test := range []struct{ name, in, want string }{
		{"ascii", long, long},
		{"western", "Zo\xeb,They don\x92t.\n", "Zoë,They don’t.\n"},
		{"late", long + "Zo\xeb,They don\x92t.\n" + long + "Ren\xe9,\x93No\x94\n", long + "Zoë,They don’t.\n" + long + "René,“No”\n"},
		{"at the end", "Bo,caf\xe9", "Bo,café"},
		{"UTF-8", "Zoë,They don’t.\n" + long, "Zoë,They don’t.\n" + long},
		{"UTF-8 with damage", "Zoë,They don’t \x92.\n", "Zoë,They don’t \x92.\n"},
		{"a look ahead that ends within a character", "é\x92\x92" + accents, "é\x92\x92" + accents},
		{"one character, and the look ahead ends within the next", "€" + long[:input.SniffSize-5] + "€", "€" + long[:input.SniffSize-5] + "€"},
	} {
		for kind, r := range map[string]io.Reader{
			"at once": strings.NewReader(test.in), "in halves": iotest.HalfReader(strings.NewReader(test.in)),
		} {
			got, err := io.ReadAll(newWestern(r))
			if err != nil || string(got) != test.want {
				t.Errorf("%s, %s: %.80q of %d bytes (%v), want %.80q of %d", test.name, kind, got, len(got), err, test.want, len(test.want))
			}
		}
	}
}
