package read

import "testing"

func TestMarks(t *testing.T) {
	for _, test := range []struct {
		line         string
		depth, width int
	}{
		{"> one", 1, 1},
		{">> two", 2, 2},
		{"> > two", 2, 3},
		{">|> two", 2, 3},
		{"|> one", 1, 2},
		{"[SB] one", 1, 4},
		{"SB> one", 1, 3},
		{"  > one", 1, 3},
		{"     > none", 0, 0},
		{"[1] none", 0, 0},
		{"I think", 0, 0},
		{"x > y", 0, 0},
		{"NATO none", 0, 0},
		{"", 0, 0},
		{">", 1, 1},
		{"| weak", 1, 1},
		{": weak", 1, 1},
		{":-) none", 0, 0},
	} {
		m := readMark(test.line)
		if m.depth != test.depth || m.width != test.width {
			t.Errorf("%q is quoted %d deep by %d bytes, want %d by %d", test.line, m.depth, m.width, test.depth, test.width)
		}
	}
}
