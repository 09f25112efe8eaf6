package summary

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"threadstance/analyze/stance"
)

// version is the first byte of an encoded summary. It changes whenever the
// encoding or the meaning of a field does.
const version = 4

// MarshalBinary encodes the summary. Equal summaries give equal bytes.
func (s *Summary) MarshalBinary() ([]byte, error) {
	e := encoder{version}
	e.totals(&s.Totals)
	e.int(int64(len(s.Groups)))
	for i := range s.Groups {
		g := &s.Groups[i]
		e.string(g.By.String())
		keys := slices.SortedFunc(maps.Keys(g.Cells), Key.Compare)
		e.int(int64(len(keys)))
		for _, key := range keys {
			e.value(key.First)
			e.value(key.Second)
			e.cell(g.Cells[key])
		}
	}
	if e.has(s.Replies != nil) {
		e.replies(s.Replies)
	}
	if e.has(s.Words != nil) {
		e.words(s.Words)
	}
	if e.has(s.Posts != nil) {
		e.posts(s.Posts)
	}
	return e, nil
}

// has says whether a part follows.
func (e *encoder) has(part bool) bool {
	n := int64(0)
	if part {
		n = 1
	}
	e.int(n)
	return part
}

// encoder appends to its bytes. Numbers are varints.
type encoder []byte

func (e *encoder) int(ns ...int64) {
	for _, n := range ns {
		*e = binary.AppendVarint(*e, n)
	}
}

func (e *encoder) string(s string) {
	e.int(int64(len(s)))
	*e = append(*e, s...)
}

func (e *encoder) value(v Value) {
	e.has(v.Known)
	e.string(v.Name)
}

func (e *encoder) set(set map[string]struct{}) {
	e.int(int64(len(set)))
	for _, name := range slices.Sorted(maps.Keys(set)) {
		e.string(name)
	}
}

func (e *encoder) totals(t *Totals) {
	e.int(t.Threads, t.Posts, t.NoAuthor, t.NotEnglish, t.NoOwnWords, t.Stances, t.Elsewhere)
	e.int(t.Bytes[:]...)
	e.int(t.Dated, t.Earliest, t.Newest)
	e.set(t.Users)
}

func (e *encoder) cell(c *Cell) {
	e.int(c.Posts, c.Words, c.Toned, c.Tone)
	e.set(c.Users)
	e.int(int64(len(c.Tags)))
	for _, actor := range slices.Sorted(maps.Keys(c.Tags)) {
		e.string(actor)
		t := c.Tags[actor]
		e.int(t.Favor, t.Neutral, t.Against, t.Score, t.Squares, t.LikelyFavor, t.LikelyNeutral, t.LikelyAgainst)
	}
}

func (e *encoder) replies(replies Replies) {
	e.int(int64(len(replies)))
	for _, a := range slices.SortedFunc(maps.Keys(replies), Answer.Compare) {
		e.value(a.From)
		e.value(a.To)
		x := replies[a]
		e.int(x.Answers, x.Agree, x.Disagree)
	}
}

// UnmarshalBinary replaces the summary by an encoded one. It fails on what
// MarshalBinary of this version has not made; what the summary then holds is
// not to be used.
func (s *Summary) UnmarshalBinary(data []byte) error {
	if len(data) == 0 || data[0] != version {
		return fmt.Errorf("not a summary of version %d; make it anew", version)
	}
	d := decoder{rest: data[1:]}
	*s = Summary{}
	d.totals(&s.Totals)
	groups := d.length()
	for range groups {
		by, err := ParseBy(d.string())
		if err != nil {
			d.fail()
		}
		g := Group{by, map[Key]*Cell{}}
		for range d.length() {
			key := Key{d.value(), d.value()}
			g.Cells[key] = d.cell()
		}
		s.Groups = append(s.Groups, g)
	}
	if d.has() {
		s.Replies = d.replies()
	}
	if d.has() {
		s.Words = d.words()
	}
	if d.has() {
		s.Posts = d.posts()
	}
	if len(d.rest) > 0 {
		d.fail()
	}
	return d.err
}

// decoder takes from the front of what is left. After an error it gives zeros.
type decoder struct {
	rest []byte
	err  error
}

var errDamaged = errors.New("damaged summary; make it anew")

func (d *decoder) fail() {
	d.err = errDamaged
	d.rest = nil
}

func (d *decoder) int() int64 {
	n, size := binary.Varint(d.rest)
	if size <= 0 {
		d.fail()
		return 0
	}
	d.rest = d.rest[size:]
	return n
}

func (d *decoder) ints(fields ...*int64) {
	for _, field := range fields {
		*field = d.int()
	}
}

// length takes the number of things that follow, each of a byte at least.
func (d *decoder) length() int {
	n := d.int()
	if n < 0 || n > int64(len(d.rest)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) string() string {
	n := d.length()
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s
}

// below takes a number from 0 up to, but not including, end.
func (d *decoder) below(end int64) int64 {
	n := d.int()
	if n < 0 || n >= end {
		d.fail()
		return 0
	}
	return n
}

func (d *decoder) label() stance.Label { return stance.Label(d.below(int64(stance.Against) + 1)) }

// has takes whether a part follows.
func (d *decoder) has() bool { return d.below(2) == 1 }

func (d *decoder) replies() Replies {
	replies := Replies{}
	for range d.length() {
		a := Answer{d.value(), d.value()}
		var x Exchange
		d.ints(&x.Answers, &x.Agree, &x.Disagree)
		replies[a] = x
	}
	return replies
}

func (d *decoder) value() Value {
	known := d.has()
	return Value{Name: d.string(), Known: known}
}

func (d *decoder) set() map[string]struct{} {
	n := d.length()
	if n == 0 {
		return nil
	}
	set := make(map[string]struct{}, min(n, 1024))
	for range n {
		set[d.string()] = struct{}{}
	}
	return set
}

func (d *decoder) totals(t *Totals) {
	d.ints(&t.Threads, &t.Posts, &t.NoAuthor, &t.NotEnglish, &t.NoOwnWords, &t.Stances, &t.Elsewhere)
	for i := range t.Bytes {
		t.Bytes[i] = d.int()
	}
	d.ints(&t.Dated, &t.Earliest, &t.Newest)
	t.Users = d.set()
}

func (d *decoder) cell() *Cell {
	c := &Cell{}
	d.ints(&c.Posts, &c.Words, &c.Toned, &c.Tone)
	c.Users = d.set()
	for range d.length() {
		t := c.tags(d.string())
		d.ints(&t.Favor, &t.Neutral, &t.Against, &t.Score, &t.Squares, &t.LikelyFavor, &t.LikelyNeutral, &t.LikelyAgainst)
	}
	return c
}
