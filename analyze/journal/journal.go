// Package journal records which inputs of a run are finished and what they
// gave, so that a run that was killed at any moment can be taken up again with
// the same result.
//
// A journal is a file that only grows: frames of a kind, a length, a checksum
// and the data. What an input gives is written as it comes; the frame that
// says that the input is finished comes last. A frame that is torn or damaged
// ends the journal: it and all that follows is cut off when the journal is
// opened again, and those inputs are read anew.
package journal

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"sync"
	"time"

	"threadstance/thread/read"
)

// magic starts every journal; the number is the version of its form.
const magic = "threadstance journal 1\n"

// Key stands for an input: for its names and content, and for all else that
// decides what it gives.
type Key [sha256.Size]byte

// Journal is an open journal. It may be used concurrently.
type Journal struct {
	mu          sync.Mutex
	file        *os.File
	end         int64 // byte after the last whole frame
	next        uint64
	fingerprint []byte
	entries     map[Key]*Entry
	buf         []byte
	failed      error // after which nothing is written any more
	lost        int64 // bytes of a torn end that were cut off
	synced      time.Time
}

// Entry is what a finished input gave.
type Entry struct {
	Notes   []string // what was said on standard error, line by line
	file    *os.File
	summary piece
	pieces  []piece // of the records
}

// piece says where the summary, or a part of the records, lies in the journal.
type piece struct{ offset, size int64 }

// Open opens the journal at path, or makes it. fingerprint stands for all
// that decides what an input gives besides its content: the lexicon, the
// models, the options and the program's version. Entries made under another
// fingerprint are kept but not found.
func Open(path string, fingerprint []byte) (*Journal, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, fmt.Errorf("journal: %w", err)
	}
	if err := lock(file); err != nil {
		file.Close()
		return nil, fmt.Errorf("journal: %s is in use by another run: %w", path, err)
	}
	j := &Journal{file: file, fingerprint: fingerprint, entries: map[Key]*Entry{}}
	if err := j.load(); err != nil {
		file.Close()
		return nil, fmt.Errorf("journal: %s: %w", path, err)
	}
	return j, nil
}

// Close writes the journal to the disk and closes it. Entries cannot be read
// after it.
func (j *Journal) Close() error {
	return errors.Join(j.file.Sync(), j.file.Close())
}

// Lost is the number of bytes, from the first frame that is torn or damaged on,
// that were cut off when the journal was opened.
func (j *Journal) Lost() int64 { return j.lost }

// Len is the number of finished inputs, under whatever fingerprint.
func (j *Journal) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.entries)
}

// load reads all whole frames and cuts off what follows them.
func (j *Journal) load() error {
	info, err := j.file.Stat()
	if err != nil {
		return err
	}
	size := info.Size()
	if size < int64(len(magic)) {
		// New, or torn in its very first write.
		head := make([]byte, size)
		if _, err := j.file.ReadAt(head, 0); err != nil || string(head) != magic[:size] {
			return notJournal(err)
		}
		if _, err := j.file.WriteAt([]byte(magic), 0); err != nil {
			return err
		}
		j.end = int64(len(magic))
		return j.file.Sync()
	}
	r := bufio.NewReaderSize(j.file, 1<<20)
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != magic {
		return notJournal(err)
	}
	j.end = int64(len(magic))
	if err := j.takeAll(r, size); err != nil {
		return err
	}
	j.lost = size - j.end
	if j.lost == 0 {
		return nil
	}
	if err := j.file.Truncate(j.end); err != nil {
		return err
	}
	return j.file.Sync()
}

// takeAll takes the whole frames of r, of a journal of this size, up to the
// first that is torn. Where reading fails, nothing is known of what follows.
func (j *Journal) takeAll(r io.Reader, size int64) error {
	pieces := map[uint64][]piece{}
	for {
		kind, data, err := readFrame(r, size-j.end)
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF || err == errTorn:
			return nil
		case err != nil:
			return err
		case !j.take(kind, data, pieces):
			return nil
		}
		j.end += frameHead + int64(len(data))
	}
}

func notJournal(err error) error {
	if err != nil {
		return err
	}
	return errors.New("not a journal of this version; name another file, or remove it")
}

// take reads a frame's data; it is false where they make no sense.
func (j *Journal) take(kind byte, data []byte, pieces map[uint64][]piece) bool {
	id, width := binary.Uvarint(data)
	if width <= 0 {
		return false
	}
	j.next = max(j.next, id+1)
	rest := data[width:]
	switch kind {
	case frameRecords:
		offset := j.end + frameHead + int64(width)
		pieces[id] = append(pieces[id], piece{offset, int64(len(rest))})
		return true
	case frameDone:
		var key Key
		if len(rest) < len(key) {
			return false
		}
		copy(key[:], rest)
		summary, rest, ok := cutText(rest[len(key):])
		if !ok {
			return false
		}
		notes, ok := readTexts(rest)
		if !ok {
			return false
		}
		end := j.end + frameHead + int64(len(data)-len(rest))
		entry := &Entry{Notes: notes, file: j.file, summary: piece{end - int64(len(summary)), int64(len(summary))}, pieces: pieces[id]}
		delete(pieces, id)
		j.entries[key] = entry
		return true
	}
	return false
}

// Key hashes an input's names and content, and those of the files beside it that
// tell about its threads. It is false for what cannot be read
// twice, as standard input, and so is not recorded.
func (j *Journal) Key(in *read.Input) (Key, bool, error) {
	if in.Path == "-" || in.Size < 0 {
		return Key{}, false, nil
	}
	hash := sha256.New()
	add := func(data []byte) {
		hash.Write(binary.AppendUvarint(nil, uint64(len(data))))
		hash.Write(data)
	}
	add(j.fingerprint)
	files := in.Files()
	for i, name := range append(files, in.Beside()...) {
		content, err := hashFile(name)
		if i >= len(files) && errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return Key{}, false, err
		}
		add([]byte(name))
		add(content)
	}
	return Key(hash.Sum(nil)), true, nil
}

func hashFile(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return nil, err
	}
	return hash.Sum(nil), nil
}

// Find returns what a finished input gave, or nil where it is not finished.
func (j *Journal) Find(key Key) *Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.entries[key]
}

// Summary reads the partial summary, encoded.
func (e *Entry) Summary() ([]byte, error) {
	summary := make([]byte, e.summary.size)
	if _, err := e.file.ReadAt(summary, e.summary.offset); err != nil {
		return nil, err
	}
	return summary, nil
}

// Records reads the records of the input as they were written.
func (e *Entry) Records() io.Reader {
	readers := make([]io.Reader, len(e.pieces))
	for i, p := range e.pieces {
		readers[i] = io.NewSectionReader(e.file, p.offset, p.size)
	}
	return io.MultiReader(readers...)
}

// Writer takes what one input gives. Several may be open at the same time;
// one Writer must not be used concurrently.
type Writer struct {
	journal *Journal
	id      uint64
	buf     []byte
	pieces  []piece
}

// recordsSize is about how many bytes of records one frame has.
const recordsSize = 256 << 10

// Begin starts to record an input. Until Commit nothing of it counts.
func (j *Journal) Begin() *Writer {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.next++
	return &Writer{journal: j, id: j.next - 1}
}

// Write adds records.
func (w *Writer) Write(records []byte) (int, error) {
	w.buf = append(w.buf, records...)
	if len(w.buf) >= recordsSize {
		if err := w.flush(); err != nil {
			return 0, err
		}
	}
	return len(records), nil
}

func (w *Writer) flush() error {
	if len(w.buf) == 0 {
		return nil
	}
	data := binary.AppendUvarint(nil, w.id)
	width := int64(len(data))
	data = append(data, w.buf...)
	offset, err := w.journal.write(frameRecords, data, false)
	if err != nil {
		return err
	}
	w.pieces = append(w.pieces, piece{offset + width, int64(len(w.buf))})
	w.buf = w.buf[:0]
	return nil
}

// syncInterval is how long at most a finished input waits to be on the disk,
// while others follow.
const syncInterval = time.Second

// Commit records the input as finished.
func (w *Writer) Commit(key Key, summary []byte, notes []string) error {
	if err := w.flush(); err != nil {
		return err
	}
	data := binary.AppendUvarint(nil, w.id)
	data = append(data, key[:]...)
	data = appendText(data, summary)
	end := int64(len(data))
	for _, note := range notes {
		data = appendText(data, note)
	}
	offset, err := w.journal.write(frameDone, data, true)
	if err != nil {
		return err
	}
	size := int64(len(summary))
	j := w.journal
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries[key] = &Entry{Notes: notes, file: j.file, summary: piece{offset + end - size, size}, pieces: w.pieces}
	return nil
}

// A frame is its kind, the length of its data, a checksum over these and the
// data, and the data.
const (
	frameRecords = 'r'
	frameDone    = 'd'
	frameHead    = 1 + 4 + 4
	frameMost    = 1 << 30
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// write appends a frame and returns where its data start.
func (j *Journal) write(kind byte, data []byte, sync bool) (int64, error) {
	if len(data) > frameMost {
		return 0, fmt.Errorf("journal: %d bytes are too many for one entry", len(data))
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.failed != nil {
		return 0, j.failed
	}
	j.buf = encodeFrame(j.buf[:0], kind, data)
	_, err := j.file.WriteAt(j.buf, j.end)
	// What is written outlives the process, however it ends; the disk is
	// waited for now and then, for the machine's sake. What is lost with it is
	// the end of the journal, and known by its checksum.
	if err == nil && sync && time.Since(j.synced) > syncInterval {
		err = j.file.Sync()
		j.synced = time.Now()
	}
	if err != nil {
		// A full disk leaves no half frame; what is recorded so far stays good.
		j.failed = fmt.Errorf("journal: %w", err)
		j.file.Truncate(j.end)
		return 0, j.failed
	}
	at := j.end + frameHead
	j.end += int64(len(j.buf))
	return at, nil
}

// encodeFrame makes a frame in a buffer, which is empty.
func encodeFrame(buf []byte, kind byte, data []byte) []byte {
	buf = append(buf, kind)
	buf = binary.LittleEndian.AppendUint32(buf, uint32(len(data)))
	sum := crc32.Update(crc32.Checksum(buf, castagnoli), castagnoli, data)
	buf = binary.LittleEndian.AppendUint32(buf, sum)
	return append(buf, data...)
}

var errTorn = errors.New("torn frame")

// readFrame reads one frame of at most left bytes.
func readFrame(r io.Reader, left int64) (kind byte, data []byte, err error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	size := int64(binary.LittleEndian.Uint32(head[1:5]))
	if size > frameMost || size > left-frameHead {
		return 0, nil, errTorn
	}
	data = make([]byte, size)
	if _, err := io.ReadFull(r, data); err != nil {
		return 0, nil, err
	}
	sum := crc32.Update(crc32.Checksum(head[:5], castagnoli), castagnoli, data)
	if sum != binary.LittleEndian.Uint32(head[5:]) {
		return 0, nil, errTorn
	}
	return head[0], data, nil
}

func appendText[T string | []byte](dst []byte, text T) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(text)))
	return append(dst, text...)
}

// cutText returns the text that data begin with, and what follows it.
func cutText(data []byte) (text, rest []byte, ok bool) {
	n, width := binary.Uvarint(data)
	if width <= 0 || n > uint64(len(data)-width) {
		return nil, nil, false
	}
	rest = data[width:]
	return rest[:n], rest[n:], true
}

func readTexts(data []byte) (texts []string, ok bool) {
	for len(data) > 0 {
		var text []byte
		if text, data, ok = cutText(data); !ok {
			return nil, false
		}
		texts = append(texts, string(text))
	}
	return texts, true
}
