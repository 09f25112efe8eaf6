package quote_test

import (
	"strings"
	"testing"
	"time"

	"threadstance/thread/read/input"
	"threadstance/thread/read/mail"
	"threadstance/thread/threadtest"
)

// TestManyShortQuotes holds that the work on a message that quotes a word here
// and there from a long one grows no faster than the two.
func TestManyShortQuotes(t *testing.T) {
	long := "From: noor@tigris.example\nMessage-ID: <1@tigris.example>\nSubject: Base\n\n" + strings.Repeat("They lie.\n", 30_000)
	short := "From: bill@potomac.example\nReferences: <1@tigris.example>\nSubject: Re: Base\n\n> They lie.\nNo.\n\n" + strings.Repeat("> Who?\nNo.\n\n", 30_000)
	start := time.Now()
	threads, _ := threadtest.All(t, mail.Format{}, "in", "From a Wed Jan  8 06:30:00 2020\n"+long+"\nFrom a Wed Jan  8 06:31:00 2020\n"+short, input.Limits{})
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	if len(threads) != 1 || len(threads[0].Posts) != 2 || threads[0].Posts[1].Segments[0].QuoteOf != 0 {
		t.Errorf("%d threads, or the first quote is of no post", len(threads))
	}
}
