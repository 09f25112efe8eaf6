package quote

import "testing"

func TestMarks(t *testing.T) {
	for _, test := range []struct {
		Line         string
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
		m := ReadMark(test.Line)
		if m.Depth != test.depth || m.Width != test.width {
			t.Errorf("%q is quoted %d deep by %d bytes, want %d by %d", test.Line, m.Depth, m.Width, test.depth, test.width)
		}
	}
}
