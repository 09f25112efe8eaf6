package quote

import "strings"

// Author takes the name out of the line over a quotation: "Noor said:",
// "Originally Posted by Noor", "Quote from: Noor on January 8, 2020".
func Author(line string) string {
	lower := strings.ToLower(line)
	if len(lower) != len(line) {
		return ""
	}
	for _, mark := range []string{"originally posted by", "quote from:", "quote from", "quote:", "quoting"} {
		if i := strings.Index(lower, mark); i >= 0 {
			line, lower = line[i+len(mark):], lower[i+len(mark):]
			break
		}
	}
	if i := strings.LastIndex(lower, " on "); i > 0 && strings.ContainsAny(lower[i:], "0123456789") {
		line, lower = line[:i], lower[:i]
	}
	for _, mark := range []string{" said", " wrote", " schrieb"} {
		if i := strings.Index(lower, mark); i >= 0 {
			line, lower = line[:i], lower[:i]
			break
		}
	}
	// MyBB and Invision put the time before the name.
	if i := strings.LastIndex(line, ")"); i >= 0 && strings.HasPrefix(strings.TrimSpace(line), "(") {
		line = line[i+1:]
	} else if i := strings.LastIndex(line, ", "); i >= 0 && strings.HasPrefix(strings.TrimSpace(lower), "on ") {
		line = line[i+2:]
	}
	line = strings.Trim(line, " :>»«↑\u00a0")
	if len(line) > 60 {
		return ""
	}
	return line
}
