package quote

import "testing"

// A line within a line is no line of its own.
func TestHasLine(t *testing.T) {
	for _, test := range []struct {
		text string
		want bool
	}{
		{"x so so\nthe army", false},
		{"x so\n so \nthe army", true},
		{"so", true},
		{"so so", false},
		{"x so\r\nso\r\n", true},
		{"", false},
	} {
		if got := hasLine(test.text, "so"); got != test.want {
			t.Errorf("%q has the line: %v", test.text, got)
		}
	}
}
