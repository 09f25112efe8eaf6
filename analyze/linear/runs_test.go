package linear

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

var plain RunSeeds

func TestEachRun(t *testing.T) {
	hashes := func(texts ...string) (list []uint32) {
		for _, text := range texts {
			list = append(list, Hash(text))
		}
		return list
	}
	for _, c := range []struct {
		word string
		want []uint32
	}{
		{"war", hashes(" wa", " war", " war ", "war", "war ", "ar ")},
		{"a", hashes(" a ")},
		{"", nil},
	} {
		var got []uint32
		EachRun(c.word, plain, func(h uint32) { got = append(got, h) })
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %d runs %x, want %x", c.word, len(got), got, c.want)
		}
	}
}

// A seed of its own for a length changes the hashes of that length alone.
func TestRunSeeds(t *testing.T) {
	runs := func(seeds RunSeeds) (list []uint32) {
		EachRun("war", seeds, func(h uint32) { list = append(list, h) })
		return list
	}
	other := plain
	other[1]++
	before, after := runs(plain), runs(other)
	for i, differs := range []bool{false, true, false, false, true, false} {
		if (before[i] != after[i]) != differs {
			t.Errorf("run %d: %x and %x", i, before[i], after[i])
		}
	}
}

// Words that share a place among those kept must not share their sums, with
// numbers or without.
func TestRuns(t *testing.T) {
	kind := Hash("char")
	var list []Example
	for class, word := range []string{"spoke", "lovely", "hateful"} {
		for range 5 {
			e := Example{Class: class, Weight: 1}
			EachRun(word, plain, func(h uint32) { e.Add(Mix(kind, h), 1) })
			list = append(list, e)
		}
	}
	w, err := Train(list, wordOptions)
	if err != nil {
		t.Fatal(err)
	}
	m := NewModel(w, Meta{})
	runs := NewRuns(m, kind, plain, keptWords)
	for i := range 3 * keptWords {
		word := []string{"lovely", "hateful", fmt.Sprint("word", i)}[i%3]
		var v Vector
		EachRun(word, plain, func(h uint32) { v.Add(Mix(kind, h), 1) })
		number := 0
		if i%5 == 0 && i%3 == 2 {
			number = 1 + i%7
			word = fmt.Sprint("number", number)
			v.Reset()
			EachRun(word, plain, func(h uint32) { v.Add(Mix(kind, h), 1) })
		}
		got := runs.Of(number, word, Hash(word))
		var want [sides]int32
		for _, feature := range v.Index {
			for c, level := range m.cell(feature).levels() {
				want[c] += level
			}
		}
		if got.Levels != want || int(got.Count) != len(v.Index) {
			t.Fatalf("%q: %v of %d runs, want %v of %d", word, got.Levels, got.Count, want, len(v.Index))
		}
	}
	// A word that is too long to be kept is not taken for its beginning.
	long := strings.Repeat("lovely", 20)
	runs.Of(0, long, 1)
	for _, word := range []string{long[:longestKept], long[:longestKept+1], ""} {
		if got, want := *runs.Of(0, word, 1), runs.sums(kind, word); got != want {
			t.Errorf("%q after a longer one: %v, want %v", word, got, want)
		}
	}
	// Nor is a word taken for itself of another kind, in the place that both have.
	hash, other := Hash("lovely"), Hash("other")
	for range 2 {
		for _, k := range []uint32{kind, other} {
			if got, want := *runs.OfKind(k, "lovely", hash^k), runs.sums(k, "lovely"); got != want {
				t.Errorf("lovely of kind %x: %v, want %v", k, got, want)
			}
		}
	}
	push := m.Push(1)
	if push.OfRuns(runs.Of(0, "lovely", Hash("lovely"))) <= 0 {
		t.Error("lovely does not push toward its class")
	}
}
