package linear

// WordHashes keeps the hashes of the words that have a number, which come again
// and again. It is for one goroutine at a time.
type WordHashes []uint32

// NewWordHashes returns the hashes of words with numbers of less than numbers.
func NewWordHashes(numbers int) WordHashes { return make(WordHashes, numbers) }

// Of returns the [Hash] of a word with its number, 0 for one that has none.
func (w WordHashes) Of(number int, word string) uint32 {
	if number == 0 {
		return Hash(word)
	}
	hash := &w[number]
	if *hash == 0 {
		*hash = Hash(word)
	}
	return *hash
}
