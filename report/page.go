package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"threadstance/analyze/summary"
	"threadstance/thread"
)

// Page is all that is printed of a summary.
type Page struct {
	Totals  *summary.Totals
	Tables  []Table
	Partial string // why the reading ended early, as "the reading was interrupted"; "" where it did not

	Run        *Run     // how it was made; nil where that is not told
	Failures   []string // what could not be read, and why
	MoreFailed int      // failures that are not named
}

// headline says in a few lines what was read.
func (p *Page) headline() []string {
	t := p.Totals
	read := count(t.Threads, "thread") + ", " + count(t.Posts, "post") + ", " + count(t.UserCount(), "user")
	if t.Dated > 0 {
		day := func(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.DateOnly) }
		read += ", " + day(t.Earliest)
		if day(t.Earliest) != day(t.Newest) {
			read += " to " + day(t.Newest)
		}
	}
	lines := []string{read}
	total := int64(0)
	for _, n := range t.Bytes {
		total += n
	}
	if total > 0 {
		share := func(k thread.Kind) string { return percent(t.Bytes[k], total) }
		lines = append(lines, fmt.Sprintf("text: own %s, quoted %s, news %s, site's %s",
			share(thread.Own), share(thread.Quote), share(thread.News), share(thread.Chrome)))
	}
	var notes []string
	if t.NotEnglish > 0 {
		notes = append(notes, count(t.NotEnglish, "post")+" not in English (not judged)")
	}
	if t.NoOwnWords > 0 {
		notes = append(notes, count(t.NoOwnWords, "post")+" without words of their own")
	}
	if t.NoAuthor > 0 {
		notes = append(notes, count(t.NoAuthor, "post")+" whose author the source lost")
	}
	if len(notes) > 0 {
		lines = append(lines, strings.Join(notes, ", "))
	}
	if p.Partial != "" {
		lines = append(lines, "partial: "+p.Partial)
	}
	return lines
}

// percent is part of whole in percent, and "<1%" rather than 0 where there is
// some.
func percent(part, whole int64) string {
	n := (200*part + whole) / (2 * whole)
	if n == 0 && part > 0 {
		return "<1%"
	}
	return strconv.FormatInt(n, 10) + "%"
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.FormatInt(n, 10) + " " + what + "s"
}
