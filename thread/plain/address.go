package plain

import "strings"

// Address is the length of an e-mail address at the start of text, or 0.
func Address(text string) int {
	at := 0
	for at < len(text) && at < 64 && (IsAlphanumeric(text[at]) || strings.IndexByte("._%+-=", text[at]) >= 0) {
		at++
	}
	if at == 0 || at >= len(text) || text[at] != '@' {
		return 0
	}
	end, dot := at+1, false
	for end < len(text) && (IsAlphanumeric(text[end]) || text[end] == '-' || text[end] == '.') {
		dot = dot || text[end] == '.'
		end++
	}
	for end > at+1 && (text[end-1] == '.' || text[end-1] == '-') {
		end--
	}
	if !dot || end < at+4 {
		return 0
	}
	return end
}

// Host returns the host of an address, without "www.".
func Host(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	host, _, _ := strings.Cut(address, "/")
	return strings.ToLower(strings.TrimPrefix(host, "www."))
}
