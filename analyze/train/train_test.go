package train

import (
	"slices"
	"testing"

	"threadstance/analyze/linear"
)

func TestMarkSided(t *testing.T) {
	neutral, favor, against := linear.Example{Class: 0}, linear.Example{Class: 1}, linear.Example{Class: 2}
	unsure := linear.Example{Class: 1, Shares: [3]float64{0.3, 0.6, 0.1}}
	for name, test := range map[string]struct {
		files [][]linear.Example
		want  []bool // by file
	}{
		"a file without the neutral beside one with it": {[][]linear.Example{{neutral, favor}, {favor, against}}, []bool{false, true}},
		"shares of it are neutral too":                  {[][]linear.Example{{neutral}, {against, unsure}}, []bool{false, false}},
		"nothing neutral anywhere":                      {[][]linear.Example{{favor}, {against}}, []bool{false, false}},
		"an empty file":                                 {[][]linear.Example{{neutral}, {}, {favor}}, []bool{false, false, true}},
	} {
		var examples []linear.Example
		var ends []int
		for _, file := range test.files {
			examples = append(examples, file...)
			ends = append(ends, len(examples))
		}
		markSided(examples, ends)
		from := 0
		for i, end := range ends {
			if slices.ContainsFunc(examples[from:end], func(e linear.Example) bool { return e.Sided != test.want[i] }) {
				t.Errorf("%s: the examples of file %d are not sided %v", name, i, test.want[i])
			}
			from = end
		}
	}
}
