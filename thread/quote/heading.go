package quote

import (
	"strings"

	"threadstance/thread/forum"
)

// Heading returns the name in a line of the form that sites put over a quotation:
// phpBB's "Noor wrote:" and "Noor wrote: ↑Mon Feb 03, 2025 10:14 am", with or without
// a number of digits, XenForo's "Noor said: ↑", SMF's "Quote from: Noor on February
// 03, 2025, 10:14:00 AM", Invision's "On 2/3/2025 at 10:14 AM, Noor said:". Prose has
// lines of that form too: what stands for the name may be none.
func Heading(line string) (name string, ok bool) {
	if name, ok := wrote(line); ok {
		return name, true
	}
	line = strings.TrimRight(line, " ↑")
	for _, verb := range saidVerbs {
		if name, ok := strings.CutSuffix(line, verb); ok {
			return name, true
		}
	}
	return "", false
}

// wrote is Heading for the forms that may have a date.
func wrote(line string) (name string, ok bool) {
	var said string
	for _, verb := range wroteVerbs {
		if name, said, ok = strings.Cut(line, verb); ok {
			break
		}
	}
	said = strings.TrimLeft(said, " ↑")
	if ok && said == "" {
		return name, true
	}
	if from, found := strings.CutPrefix(line, "Quote from: "); found {
		name, said, ok = strings.Cut(from, " on ")
	} else if at, found := strings.CutPrefix(strings.TrimSuffix(line, " said:"), "On "); found {
		i := max(0, strings.LastIndex(at, ", "))
		said, name, ok = at[:i], strings.TrimPrefix(at[i:], ", "), strings.HasSuffix(line, " said:")
	}
	if !ok {
		return "", false
	}
	_, _, dated := forum.DateLine(said)
	return name, dated
}

// wroteVerbs are phpBB's words behind the name of whom it quotes, and saidVerbs are
// XenForo's and others'.
var (
	wroteVerbs = []string{" wrote:", " hat geschrieben:", " a écrit :", " a écrit\u00a0:", " a écrit:", " escribió:"}
	saidVerbs  = []string{" said:", " schrieb:", " meinte:", " a dit:", " a dit :", " a dit\u00a0:", " dijo:"}
)
