package read

import (
	"io"
	"os"
)

// spool keeps pieces of data to be read again in any order: in memory at
// first, past a bound in a temporary file.
type spool struct {
	memory int // bytes that are kept in memory
	data   []byte
	file   *os.File
	size   int64 // of the file
}

// spooled says where a piece lies.
type spooled struct {
	offset int64
	size   int
}

func newSpool() *spool { return &spool{memory: gatherMemory} }

func (s *spool) put(piece []byte) (spooled, error) {
	if len(s.data)+len(piece) > s.memory && len(s.data) > 0 {
		if err := s.flush(); err != nil {
			return spooled{}, diskError(err)
		}
	}
	at := spooled{s.size + int64(len(s.data)), len(piece)}
	s.data = append(s.data, piece...)
	return at, nil
}

// flush moves what is in memory to the file.
func (s *spool) flush() error {
	if s.file == nil {
		file, err := temporaryFile()
		if err != nil {
			return err
		}
		s.file = file
	}
	n, err := s.file.WriteAt(s.data, s.size)
	if err != nil {
		return err
	}
	s.size += int64(n)
	s.data = s.data[:0]
	return nil
}

func (s *spool) get(at spooled) ([]byte, error) {
	if at.offset >= s.size {
		from := at.offset - s.size
		return s.data[from : from+int64(at.size)], nil
	}
	piece := make([]byte, at.size)
	_, err := s.file.ReadAt(piece, at.offset)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return piece, err
}

func (s *spool) close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
