package summary

import (
	"encoding/binary"
	"hash/fnv"
	"maps"
	"strconv"
)

// userParts is how many parts the names of all users are split into.
const userParts = 256

// Split cuts a summary into parts that merge to it again, in any order: its
// totals, the names of its users by their hashes, and each cell, so that each
// can be summed up apart from the others. The totals are of one size; a part of
// the names grows with the number of users, of which it has about one in 256,
// and a cell with that of its own users and of the actors they speak of. Parts
// of several summaries that have the same key belong together. What is counted
// on demand is left out.
func (s *Summary) Split(yield func(key string, part *Summary) bool) {
	empty := func() *Summary {
		part := &Summary{Groups: make([]Group, len(s.Groups))}
		for i := range s.Groups {
			part.Groups[i] = Group{s.Groups[i].By, map[Key]*Cell{}}
		}
		return part
	}
	totals := empty()
	totals.Totals = s.Totals
	totals.Totals.Users = nil
	if !yield("totals", totals) {
		return
	}
	users := map[uint32]*Summary{}
	for name := range s.Totals.Users {
		h := fnv.New32a()
		h.Write([]byte(name))
		n := h.Sum32() % userParts
		if users[n] == nil {
			users[n] = empty()
		}
		insert(&users[n].Totals.Users, name)
	}
	for n := range uint32(userParts) {
		if users[n] != nil && !yield("users "+strconv.Itoa(int(n)), users[n]) {
			return
		}
	}
	for i := range s.Groups {
		for key := range maps.Keys(s.Groups[i].Cells) {
			part := empty()
			part.Groups[i].Cells[key] = s.Groups[i].Cells[key]
			name := binary.AppendUvarint([]byte("cell "), uint64(i))
			e := encoder(name)
			e.value(key.First)
			e.value(key.Second)
			if !yield(string(e), part) {
				return
			}
		}
	}
}
