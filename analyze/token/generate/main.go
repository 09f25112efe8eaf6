//go:build ignore

// The program writes tags.bin: the weights of prose's part-of-speech tagger
// in the order in which the tagger reads them. prose keeps them as maps of
// maps in a gob, which take most of a second to decode.
package main

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"log"
	"maps"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/jdkato/prose/v2"
)

type list map[string]float64 // weights by tag

func main() {
	log.SetFlags(0)
	var (
		weights map[string]map[string]float64
		lookup  map[string]string
		classes []string
	)
	decode("weights", &weights)
	decode("tags", &lookup)
	decode("classes", &classes)
	slices.Sort(classes)

	// The features by what they look at; the longer names come first, since
	// some are the beginning of others.
	names := []string{
		"i-1 tag+i word", "i tag+i-2 tag", "i-1 tag", "i-2 tag", "i pref1", "i suffix", "i-1 suffix", "i+1 suffix",
		"i word", "i-1 word", "i-2 word", "i+1 word", "i+2 word",
	}
	features := map[string]map[string]list{}
	for _, name := range names {
		features[name] = map[string]list{}
	}
	for feature, w := range weights {
		if feature == "bias" {
			continue
		}
		i := slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(feature, name+" ") })
		if i < 0 {
			log.Fatalf("feature %q is of no kind that the tagger knows", feature)
		}
		features[names[i]][feature[len(names[i])+1:]] = w
	}

	texts := map[string]bool{}
	for word := range lookup {
		texts[word] = true
	}
	for _, name := range names[5:] {
		for text := range features[name] {
			texts[text] = true
		}
	}
	for key := range features["i-1 tag+i word"] {
		_, word, _ := strings.Cut(key, " ")
		texts[word] = true
	}
	sorted := slices.Sorted(maps.Keys(texts))
	id := map[string]int{}
	for i, text := range sorted {
		id[text] = i
	}
	tag := map[string]int{"-START-": len(classes), "-START2-": len(classes) + 1}
	for i, class := range classes {
		tag[class] = i
	}

	var out buffer // all but the weights
	out.number(len(classes))
	for _, class := range classes {
		out.text(class)
	}
	out.number(len(sorted))
	for _, text := range sorted {
		out.text(text)
	}
	out.number(len(lookup))
	for _, word := range slices.Sorted(maps.Keys(lookup)) {
		out.number(id[word])
		out.number(tag[lookup[word]])
	}
	out.list(weights["bias"], tag)
	byTag := func(key string) int { return mustFind(tag, key) }
	out.lists(features["i-1 tag"], tag, byTag)
	out.lists(features["i-2 tag"], tag, byTag)
	out.lists(features["i tag+i-2 tag"], tag, func(key string) int {
		one, two, _ := strings.Cut(key, " ")
		return mustFind(tag, one)*(len(classes)+2) + mustFind(tag, two)
	})
	out.lists(features["i pref1"], tag, func(key string) int {
		if len(key) != 1 {
			log.Fatalf("prefix %q is not one byte", key)
		}
		return int(key[0])
	})
	for _, name := range names[5:] {
		out.lists(features[name], tag, func(key string) int { return mustFind(id, key) })
	}
	out.lists(features["i-1 tag+i word"], tag, func(key string) int {
		one, word, _ := strings.Cut(key, " ")
		return mustFind(id, word)<<6 | mustFind(tag, one)
	})
	// The weights come first, all in a row, so that they are read at once.
	file := binary.AppendUvarint(nil, uint64(len(packed)))
	for _, w := range packed {
		file = binary.LittleEndian.AppendUint32(file, uint32(w))
	}
	if err := os.WriteFile("tags.bin", append(file, out...), 0o644); err != nil {
		log.Fatal(err)
	}
}

func decode(name string, to any) {
	data, err := prose.Asset("model/AveragedPerceptron/" + name + ".gob")
	if err != nil {
		log.Fatal(err)
	}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(to); err != nil {
		log.Fatalf("%s: %v", name, err)
	}
}

func mustFind(ids map[string]int, key string) int {
	i, ok := ids[key]
	if !ok {
		log.Fatalf("%q has no number", key)
	}
	return i
}

type buffer []byte

func (b *buffer) number(n int) { *b = binary.AppendUvarint(*b, uint64(n)) }

func (b *buffer) text(s string) {
	b.number(len(s))
	*b = append(*b, s...)
}

// packed holds the weights of all lists in the order in which the lists are
// written: thousandths, which they are exactly, << 6 | the tag's number from 1.
var packed []int32

// list writes how many weights the list has, and keeps them in packed.
func (b *buffer) list(l list, tag map[string]int) {
	b.number(len(l))
	for _, name := range slices.Sorted(maps.Keys(l)) {
		w := math.Round(l[name] * 1000)
		if math.Abs(w/1000-l[name]) > 1e-9 || math.Abs(w) >= 1<<24 {
			log.Fatalf("weight %v does not fit", l[name])
		}
		packed = append(packed, int32(w)<<6|int32(mustFind(tag, name)+1))
	}
}

// lists writes lists by their key, as differences between rising keys.
func (b *buffer) lists(features map[string]list, tag map[string]int, key func(string) int) {
	keys := map[int]list{}
	for text, l := range features {
		keys[key(text)] = l
	}
	b.number(len(keys))
	last := 0
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		b.number(k - last)
		last = k
		b.list(keys[k], tag)
	}
}
