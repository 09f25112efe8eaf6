package stance

import (
	_ "embed"
	"encoding/binary"
	"sync"
)

// Words of like meaning, "invaded" and "conquest", share a class, so that what
// was learned of one holds for the other. tools/wordclasses makes the classes;
// MODEL.md tells of what.
//
//go:embed classes.bin
var classesData []byte

// wordClasses tells the classes of words by their hashes.
type wordClasses struct {
	hashes  []uint32 // open addressing; 0 is free
	classes []uint16
}

const classSlots = 1 << 16 // a power of two, half as many again as the number of words

var classesOfWords = sync.OnceValue(func() *wordClasses {
	c := &wordClasses{hashes: make([]uint32, classSlots), classes: make([]uint16, classSlots)}
	for data := classesData; len(data) >= 6; data = data[6:] {
		hash := binary.LittleEndian.Uint32(data)
		at := hash % classSlots
		for c.hashes[at] != 0 {
			at = (at + 1) % classSlots
		}
		c.hashes[at], c.classes[at] = hash, binary.LittleEndian.Uint16(data[4:])+1
	}
	return c
})

// class returns the class of the word with a hash, from 1; 0 where it has none.
func (c *wordClasses) class(hash uint32) uint32 {
	for at := hash % classSlots; c.hashes[at] != 0; at = (at + 1) % classSlots {
		if c.hashes[at] == hash {
			return uint32(c.classes[at])
		}
	}
	return 0
}
