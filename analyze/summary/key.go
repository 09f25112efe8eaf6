package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Dimension is what results are grouped by.
type Dimension uint8

const (
	User   Dimension = iota // the post's author
	Topic                   // each of the post's topics
	Actor                   // each actor that a stance is held toward
	Thread                  // the thread's identifier
	Source                  // each outlet of which the post holds an article
	Month                   // of the post, as 2006-01, in UTC
)

var dimensions = []string{"user", "topic", "actor", "thread", "source", "month"}

// String returns the dimension's name as --by takes it.
func (d Dimension) String() string { return dimensions[d] }

// By is what one table is grouped by: one dimension, or two joined.
type By struct {
	First, Second Dimension
	Joined        bool // Second counts
}

// ParseBy reads a grouping as --by takes it: "user", or "user,actor".
func ParseBy(s string) (By, error) {
	var by By
	parts := strings.Split(s, ",")
	if len(parts) > 2 {
		return by, fmt.Errorf("%q joins %d keys; a table has one or two", s, len(parts))
	}
	for i, part := range parts {
		at := slices.Index(dimensions, strings.TrimSpace(part))
		if at < 0 {
			return by, fmt.Errorf("%q is no key; there are %s, or two joined as user,actor", strings.TrimSpace(part), strings.Join(dimensions, ", "))
		}
		if i == 0 {
			by.First = Dimension(at)
		} else {
			by.Second, by.Joined = Dimension(at), true
		}
	}
	if by.Joined && by.First == by.Second {
		return by, fmt.Errorf("%q joins a key with itself", s)
	}
	return by, nil
}

// Dimensions returns the one or two dimensions.
func (by By) Dimensions() []Dimension {
	if by.Joined {
		return []Dimension{by.First, by.Second}
	}
	return []Dimension{by.First}
}

// Has reports whether d is one of the dimensions.
func (by By) Has(d Dimension) bool { return by.First == d || by.Joined && by.Second == d }

// String returns the grouping as ParseBy reads it.
func (by By) String() string {
	if by.Joined {
		return by.First.String() + "," + by.Second.String()
	}
	return by.First.String()
}

// Value is a value of a dimension. One that is not known is Value{}, which no
// name is equal to, the empty name included.
type Value struct {
	Name  string
	Known bool
}

// Known is the value called name.
func Known(name string) Value { return Value{name, true} }

// Compare orders values by name; what is not known comes last.
func (v Value) Compare(o Value) int {
	if v.Known != o.Known {
		if v.Known {
			return -1
		}
		return 1
	}
	return strings.Compare(v.Name, o.Name)
}

// Key says which cell of a grouping; Second is the zero Value where only one
// dimension is grouped by.
type Key struct{ First, Second Value }

// Compare orders keys by their first value, then by their second.
func (k Key) Compare(o Key) int {
	return cmp.Or(k.First.Compare(o.First), k.Second.Compare(o.Second))
}
