package stance

import (
	_ "embed"
	"encoding/binary"
	"sync"
)

// Words that stand in the same company, "invaded" and "occupied", share a
// class, so that what was learned of one holds for the other. The classes are
// made of text without labels by the command in clusters.
//
//go:generate go run ./clusters ../../../shared/data
//go:embed clusters.bin
var clustersData []byte

// company tells the classes of words by their hashes.
type company struct {
	hashes  []uint32 // open addressing; 0 is free
	classes []uint16
}

const companySize = 1 << 16 // a power of two, well above the number of words

var companies = sync.OnceValue(func() *company {
	c := &company{hashes: make([]uint32, companySize), classes: make([]uint16, companySize)}
	for data := clustersData; len(data) >= 6; data = data[6:] {
		hash := binary.LittleEndian.Uint32(data)
		at := hash % companySize
		for c.hashes[at] != 0 {
			at = (at + 1) % companySize
		}
		c.hashes[at], c.classes[at] = hash, binary.LittleEndian.Uint16(data[4:])+1
	}
	return c
})

// class returns the class of the word with a hash, from 1; 0 where it has none.
func (c *company) class(hash uint32) uint32 {
	for at := hash % companySize; c.hashes[at] != 0; at = (at + 1) % companySize {
		if c.hashes[at] == hash {
			return uint32(c.classes[at])
		}
	}
	return 0
}
