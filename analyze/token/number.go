package token

// number adds the number at from, with the sign of its currency before it
// ([from, i) is that) and its unit after it: "$1,200.50", "60%", "9/11",
// "2003-2011", "20th", "5-year-old".
func (s *Scanner) number(from, i int, flags Flag) int {
	text := s.Text
	for i < s.end {
		b := text[i]
		switch c := class[b]; {
		case c&isDigit != 0:
			i++
			continue
		case b == '.' || b == ',' || b == ':' || b == '/':
			if class[s.at(i+1)]&isDigit != 0 {
				i++
				continue
			}
		case b == '-':
			if class[s.at(i+1)]&isDigit != 0 {
				i++
				continue
			}
			if class[s.at(i+1)]&isLetter != 0 { // 5-year-old
				return s.word(from, i+1, isDigit, flags|Number)
			}
		case b == '%':
			i++
		case c&isLetter != 0: // 20th, 5k, 1990s
			return s.word(from, i, isDigit, flags|Number)
		case c&isHigh != 0:
			r, size := s.rune(i)
			if r == 0xfe0f || r == 0x20e3 { // keycaps
				if r == 0xfe0f && i+size < s.end {
					if r2, size2 := s.rune(i + size); r2 == 0x20e3 {
						size += size2
					}
				}
				s.add(from, i+size, text[from:i], flags|Emoji)
				return i + size
			}
			if r == '€' || r == '£' || r == '¢' {
				i += size
			}
		}
		break
	}
	s.add(from, i, text[from:i], flags|Number)
	return i
}
