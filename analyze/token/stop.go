package token

import "strings"

// stop says how many bytes the full stop at i adds to the word from [from, i),
// as link does.
func (s *Scanner) stop(from, i int, flags *Flag) int {
	text := s.Text
	next := class[s.at(i+1)]
	if i-from == 1 || i > from+2 && text[i-2] == '.' && *flags&Abbreviation != 0 {
		// Initials: a single letter before the stop.
		if next&isLetter != 0 && class[s.at(i+2)]&isWordPart == 0 { // U.S, U.S., e.g.
			*flags |= Abbreviation
			return 2
		}
		if *flags&Abbreviation != 0 && i-from > 1 { // the last stop
			if next&isWordPart == 0 {
				return 1
			}
			return 0
		}
		if class[text[from]]&isUpper != 0 && s.initial(from, i) {
			s.form(from, i+1, isUpper, -1, *flags|Abbreviation)
			return -(i + 1)
		}
	}
	if next&(isLetter|isDigit) != 0 {
		if i-from == 3 && foldPrefix(text[from:i], "www") {
			return -s.addURL(from, s.addressEnd(from), *flags)
		}
		if n := s.domain(i); n > 0 {
			s.addURL(from, n, *flags)
			return -n
		}
		return 0
	}
	if n := i - from; n <= 6 && s.at(i+1) != '.' && s.abbreviated(from, i) {
		*flags |= Abbreviation
		return 1
	}
	return 0
}

// initial reports whether the capital at from, with a stop at i, is the
// initial of a name: "George W. Bush".
func (s *Scanner) initial(from, i int) bool {
	j := i + 1
	if s.at(j) == ' ' {
		j++
	}
	if class[s.at(j)]&isUpper == 0 || class[s.at(j+1)]&(isLower|isHigh) == 0 && s.at(j+1) != '.' {
		return false
	}
	if text := s.Text; text[from] == 'I' { // "So do I. He ..."
		n := len(s.Tokens)
		return n > 0 && s.Tokens[n-1].Flags&Title != 0
	}
	return true
}

// abbreviated reports whether [from, i) is a word that is cut off by the stop
// at i, which then need not end a sentence.
func (s *Scanner) abbreviated(from, i int) bool {
	text := s.Text
	var buf [6]byte
	n := copy(buf[:], text[from:i])
	for k := range buf[:n] {
		buf[k] |= 0x20
	}
	title := class[text[from]]&isUpper != 0
	switch string(buf[:n]) {
	case "mr", "mrs", "dr", "prof", "vs", "etc", "inc", "corp", "ltd", "dept", "approx", "jr", "sr", "sgt", "capt", "cmdr", "messrs", "assn", "bros", "cf", "pp", "viz", "esp", "govt":
		return true
	case "ms", "sen", "rep", "gov", "gen", "col", "lt", "maj", "adm", "rev", "hon", "pres", "st", "mt", "ft", "supt", "amb", "ph", "feb", "aug", "sept", "oct", "nov", "dec", "ave", "blvd", "rd", "co", "univ", "min", "sec", "dir":
		return title && s.goesOn(i+1)
	case "no", "nos", "vol", "fig", "art", "ch", "p", "ca":
		return s.numberFollows(i + 1)
	}
	return false
}

// goesOn reports whether after spaces a word, number or initial follows.
func (s *Scanner) goesOn(i int) bool {
	for s.at(i) == ' ' {
		i++
	}
	return class[s.at(i)]&(isWordPart|isHigh) != 0
}

func (s *Scanner) numberFollows(i int) bool {
	for s.at(i) == ' ' {
		i++
	}
	return class[s.at(i)]&isDigit != 0
}

// neverLast reports whether an abbreviation must be followed by what it
// belongs to.
func neverLast(norm string) bool {
	switch norm {
	case "etc.", "inc.", "corp.", "ltd.", "jr.", "sr.", "co.", "dept.", "assn.", "bros.", "ave.", "blvd.", "rd.", "govt.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec.", "min.", "sec.":
		return false
	}
	return len(norm) < 4 || norm[1] != '.' || strings.Count(norm, ".") < 2 || norm == "e.g." || norm == "i.e."
}

// starter reports whether a capitalised word is one that starts sentences and
// not names.
func starter(norm string) bool {
	switch norm {
	case "the", "a", "an", "this", "that", "these", "those", "it", "he", "she", "they", "we", "i", "you", "his", "her", "their", "our", "my", "your", "its",
		"but", "and", "or", "so", "if", "when", "while", "as", "in", "on", "at", "for", "from", "with", "after", "before", "since", "then", "there", "here",
		"what", "why", "how", "who", "where", "no", "not", "yes", "maybe", "perhaps", "because", "however", "also", "even", "now", "just", "let", "do", "does",
		"did", "is", "are", "was", "were", "to", "by", "of", "all", "some", "most", "many", "both", "only", "once", "although", "though", "until", "unless", "well", "oh", "ok", "lol":
		return true
	}
	return false
}
