package gather

import (
	"io"
	"os"
)

// Spool keeps records to be read again in any order: in memory at first, past a
// bound in a temporary file.
type Spool struct {
	memory int // bytes that are kept in memory
	data   []byte
	file   *os.File
	size   int64 // of the file
}

// Spooled says where a record lies.
type Spooled struct {
	offset int64
	size   int
}

// NewSpool returns an empty spool, to be closed.
func NewSpool() *Spool { return &Spool{memory: gatherMemory} }

// Put keeps a record and returns where it lies.
func (s *Spool) Put(r *Record) (Spooled, error) {
	piece := appendRecord(nil, r)
	if len(s.data)+len(piece) > s.memory && len(s.data) > 0 {
		if err := s.flush(); err != nil {
			return Spooled{}, DiskError(err)
		}
	}
	at := Spooled{s.size + int64(len(s.data)), len(piece)}
	s.data = append(s.data, piece...)
	return at, nil
}

// flush moves what is in memory to the file.
func (s *Spool) flush() error {
	if s.file == nil {
		file, err := TemporaryFile()
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

// Get returns the record that lies there.
func (s *Spool) Get(at Spooled) (Record, error) {
	piece, err := s.piece(at)
	if err != nil {
		return Record{}, err
	}
	records, err := decodeRecords(piece)
	if err != nil {
		return Record{}, err
	}
	return records[0], nil
}

// piece returns the bytes that lie there, valid until the next call of Put.
func (s *Spool) piece(at Spooled) ([]byte, error) {
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

// Close frees what the spool holds.
func (s *Spool) Close() {
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
