package token

import "strings"

func foldPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// addressEnd passes what can belong to an address, and leaves the marks of
// the sentence around it.
func (s *Scanner) addressEnd(i int) int {
	text, n := s.Text, i
	depth := 0
scan:
	for n < s.end {
		b := text[n]
		if class[b]&isHigh != 0 {
			r, size := s.rune(n)
			if !isWordRune(r) {
				break
			}
			n += size
			continue
		}
		if class[b]&isSpace != 0 {
			break
		}
		switch b {
		case '<', '>', '"', '`', '{', '}', '|', '\\', '^':
			break scan
		case '(':
			depth++
		case ')':
			depth--
			if depth < 0 {
				break scan
			}
		}
		n++
	}
	for n > i+1 && strings.IndexByte(".,;:!?'*]_", text[n-1]) >= 0 {
		n--
	}
	return n
}

// addURL adds a web address; its norm is the host, or all of it where that was
// cut off.
func (s *Scanner) addURL(from, to int, flags Flag) int {
	host := s.Text[from:to]
	if i := strings.Index(host, "://"); i >= 0 {
		host = host[i+3:]
	}
	if foldPrefix(host, "www.") {
		host = host[4:]
	}
	if i := strings.IndexAny(host, "/?#:"); i >= 0 {
		host = host[:i]
	}
	if host == "" {
		host = s.Text[from:to]
	}
	at := from + strings.Index(s.Text[from:to], host)
	s.add(from, to, s.norm(at, at+len(host), 0), flags&^Stretched|URL)
	return to
}

// address returns the end of the mail address whose sign @ stands at i, or 0.
func (s *Scanner) address(from, i int) int {
	n, dot := i+1, 0
	for n < s.end {
		b := s.Text[n]
		if class[b]&isWordPart != 0 || b == '-' {
			n++
		} else if b == '.' && class[s.at(n+1)]&isWordPart != 0 {
			dot = n
			n++
		} else {
			break
		}
	}
	if dot == 0 || n-dot < 3 {
		return 0
	}
	return n
}

// domain returns the end of a bare address such as "example.com/page" whose
// first full stop is at i, or 0 where that is just a full stop.
func (s *Scanner) domain(i int) int {
	n := i + 1
	for n-i <= longestHost {
		start := n
		for n-i <= longestHost && (class[s.at(n)]&isWordPart != 0 || s.at(n) == '-') {
			n++
		}
		if n == start {
			return 0
		}
		last := s.Text[start:n]
		if s.at(n) == '.' && class[s.at(n+1)]&isWordPart != 0 {
			n++
			continue
		}
		if len(last) > 5 || !topLevel(strings.ToLower(last), s.at(n) == '/') {
			return 0
		}
		if s.at(n) == '/' {
			return s.addressEnd(n)
		}
		return n
	}
	return 0
}

const longestHost = 253 // bytes, RFC 1035

// topLevel knows the ends of host names that are not words, and with a path
// behind them also those that are.
func topLevel(name string, path bool) bool {
	switch name {
	case "com", "org", "net", "gov", "edu", "mil", "info", "biz", "uk", "tv", "ly", "eu", "ru", "ca", "au", "ir", "iq", "il", "pk", "de", "fr", "news", "html", "htm", "pdf", "jpg", "php":
		return true
	case "co", "me", "us", "in", "it", "is", "io", "gl", "gd", "gg", "be", "to", "cc", "im", "am", "fm":
		return path
	}
	return false
}
