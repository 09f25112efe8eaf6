package mail

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"threadstance/thread"
	"threadstance/thread/read/input"
)

// TestManyParts holds that the work grows no faster than the message, and that
// a message of faults does not say all of them.
func TestManyParts(t *testing.T) {
	const parts, last = 1 << 15, "--b\n\nClose it.\n--b--\n"
	for _, test := range []struct {
		name, body string
		faults     int
	}{
		{"texts that differ", strings.Join(numbered(parts, "--b\n\nReason %d\n"), "") + last, 0},
		{"messages inside", strings.Repeat("--b\nContent-Type: message/rfc822\n\nNo.\n", parts) + last, maxFaults + 1},
		{"identifiers in an attribution", "--b\n\nIn article " + strings.Repeat("Noor <1@x> ", parts) + "wrote:\n> Close it.\n--b--\n", 0},
	} {
		start := time.Now()
		message := "From: Noor <noor@tigris.example>\nSubject: The base\nContent-Type: multipart/mixed; boundary=b\n\n" + test.body
		var threads []*thread.Thread
		var failures []string
		for th, err := range (Format{}).Read(input.Source{Path: "in", Reader: strings.NewReader(message)}) {
			if err != nil {
				failures = append(failures, err.Error())
				continue
			}
			threads = append(threads, th)
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: %d bytes took %v", test.name, len(test.body), took)
		}
		if len(threads) != 1 || !strings.HasSuffix(threads[0].Posts[0].Text, "Close it.") || len(failures) != test.faults {
			t.Errorf("%s: %d threads, %d faults", test.name, len(threads), len(failures))
		}
		if want := fmt.Sprintf("further faults in this message: %d", parts-maxFaults); test.faults > 0 && !strings.HasSuffix(failures[maxFaults], want) {
			t.Errorf("%s: said %q, want %q", test.name, failures[maxFaults], want)
		}
	}
}

// numbered returns so many texts with a number in each.
func numbered(count int, format string) []string {
	texts := make([]string, count)
	for i := range texts {
		texts[i] = fmt.Sprintf(format, i)
	}
	return texts
}
