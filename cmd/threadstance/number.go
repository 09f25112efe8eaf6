package main

import (
	"fmt"
	"reflect"
	"strconv"

	"github.com/alecthomas/kong"
)

// decodeCount reads the number of a flag, which counts something: a whole one,
// at least what the flag's tag "least" says, else 0.
func decodeCount(ctx *kong.DecodeContext, target reflect.Value) error {
	text := popText(ctx.Scan)
	n, err := strconv.ParseInt(text, 0, target.Type().Bits())
	if err != nil {
		return fmt.Errorf("a whole number is needed, not %q", text)
	}
	least, err := ctx.Value.Tag.GetInt("least")
	if err != nil {
		least = 0
	}
	if n < least {
		return fmt.Errorf("it is %d or more, not %d", least, n)
	}
	target.SetInt(n)
	return nil
}

// decodeProbability reads the number of a flag, which is a probability.
func decodeProbability(ctx *kong.DecodeContext, target reflect.Value) error {
	text := popText(ctx.Scan)
	p, err := strconv.ParseFloat(text, 64)
	if err != nil || !(p >= 0 && p <= 1) {
		return fmt.Errorf("a probability is needed, from 0 to 1, not %q", text)
	}
	target.SetFloat(p)
	return nil
}

// popText takes the next argument, "" where there is none. One that begins with
// a hyphen is taken too, to say what is wrong with it: "-1".
func popText(scan *kong.Scanner) string {
	if scan.Peek().IsEOL() {
		return ""
	}
	return scan.Pop().String()
}
