package gather

import (
	"bufio"
	"container/heap"
	encoding "encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"strings"
	"time"

	"threadstance/thread"
)

// store puts records that belong together side by side, however far apart
// they come, in memory that grows with the largest threads and not with the
// input: past a bound they go to temporary files by the hash of their thread,
// and each file is then put in order by itself, in the same way. Threads leave
// in the order of their first record.
type store struct {
	memory int // bytes that are kept before records go to files
	groups map[string]*group
	order  []*group
	size   int
	seq    uint64
	parts  []*part
	seed   maphash.Seed
	buf    []byte
}

// group is the records of one thread, encoded one after another.
type group struct {
	key   string
	first uint64 // number of its first record in the input
	data  []byte
}

const (
	gatherMemory = 32 << 20
	gatherParts  = 64
	// groupCost is about what a group takes besides its records.
	groupCost = 200
)

func newStore() *store { return newStoreOf(gatherMemory) }

func newStoreOf(memory int) *store {
	return &store{memory: memory, groups: map[string]*group{}, seed: maphash.MakeSeed()}
}

// add keeps a record under its thread's key.
func (g *store) add(key string, r *Record) error {
	g.seq++
	g.buf = appendRecord(g.buf[:0], r)
	return g.put(key, g.seq, g.buf)
}

// put adds encoded records to their group. A single thread stays in memory,
// where it is wanted whole in the end.
func (g *store) put(key string, seq uint64, data []byte) error {
	if g.parts != nil {
		return g.part(key).write(key, seq, data)
	}
	g.size += len(data)
	in, ok := g.groups[key]
	if !ok {
		key = strings.Clone(key) // it may refer to a line that is soon overwritten
		in = &group{key: key, first: seq}
		g.groups[key] = in
		g.order = append(g.order, in)
		g.size += groupCost + len(key)
	}
	in.data = append(in.data, data...)
	if g.size > g.memory && len(g.order) > 1 {
		return g.spill()
	}
	return nil
}

func (g *store) part(key string) *part {
	return g.parts[maphash.String(g.seed, key)%gatherParts]
}

// spill moves what is in memory to files.
func (g *store) spill() error {
	g.parts = make([]*part, gatherParts)
	for i := range g.parts {
		p, err := newPart()
		if err != nil {
			return err
		}
		g.parts[i] = p
	}
	for _, in := range g.order {
		if err := g.part(in.key).write(in.key, in.first, in.data); err != nil {
			return err
		}
	}
	g.groups, g.order, g.size = nil, nil, 0
	return nil
}

// each calls do with every thread's records, in the order of the threads'
// first records, until do returns false.
func (g *store) each(do func(key string, records []Record) bool) error {
	for in, err := range g.sorted {
		if err != nil {
			return err
		}
		records, err := decodeRecords(in.data)
		if err != nil {
			return err
		}
		if !do(in.key, records) {
			return nil
		}
	}
	return nil
}

// sorted yields the groups in the order of their first records, and lets go of
// them.
func (g *store) sorted(yield func(group, error) bool) {
	for _, kept := range g.order {
		in := *kept
		kept.data = nil
		if !yield(in, nil) {
			return
		}
	}
	for _, p := range g.parts {
		if err := p.sort(g.memory); err != nil {
			yield(group{}, err)
			return
		}
	}
	merge := mergeHeap{}
	for _, p := range g.parts {
		if err := merge.advance(p); err != nil {
			yield(group{}, err)
			return
		}
	}
	for len(merge) > 0 {
		p := merge[0]
		heap.Pop(&merge)
		if !yield(p.head, nil) {
			return
		}
		if err := merge.advance(p); err != nil {
			yield(group{}, err)
			return
		}
	}
}

// close removes the temporary files.
func (g *store) close() {
	for _, p := range g.parts {
		if p != nil {
			p.close()
		}
	}
	g.parts = nil
}

// part is one temporary file of records.
type part struct {
	file *os.File
	w    *bufio.Writer
	r    *bufio.Reader
	head group // while merging: the group to come
	buf  []byte
}

func newPart() (*part, error) {
	file, err := TemporaryFile()
	if err != nil {
		return nil, DiskError(err)
	}
	return &part{file: file, w: bufio.NewWriterSize(file, 32<<10)}, nil
}

// TemporaryFile makes a file for what does not fit the memory. Where the system
// allows it the file goes at once, so that none is left behind by a run that is
// killed.
func TemporaryFile() (*os.File, error) {
	file, err := os.CreateTemp("", "threadstance-*")
	if err == nil {
		os.Remove(file.Name())
	}
	return file, err
}

// DiskError says that a temporary file failed with err, if it did.
func DiskError(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("cannot put threads together on disk: %w; TMPDIR names another folder for that", err)
}

func (p *part) write(key string, seq uint64, data []byte) error {
	p.buf = encoding.AppendUvarint(p.buf[:0], seq)
	p.buf = appendText(p.buf, key)
	p.buf = encoding.AppendUvarint(p.buf, uint64(len(data)))
	p.w.Write(p.buf) // where it fails, so does what is written next
	_, err := p.w.Write(data)
	return DiskError(err)
}

// rewind makes the file ready to be read from its start.
func (p *part) rewind() error {
	if err := p.w.Flush(); err != nil {
		return DiskError(err)
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	p.r = bufio.NewReaderSize(p.file, 32<<10)
	return nil
}

func (p *part) read() (group, error) {
	var in group
	var err error
	if in.first, err = encoding.ReadUvarint(p.r); err != nil {
		return in, err
	}
	key, err := readBytes(p.r)
	if err != nil {
		return in, unexpected(err)
	}
	in.key = string(key)
	in.data, err = readBytes(p.r)
	return in, unexpected(err)
}

func readBytes(r *bufio.Reader) ([]byte, error) {
	n, err := encoding.ReadUvarint(r)
	if err != nil {
		return nil, err
	}
	data := make([]byte, n)
	_, err = io.ReadFull(r, data)
	return data, err
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

// sort rewrites the file with the records of each thread side by side, the
// threads in the order of their first records. What does not fit the memory is
// parted again, by another hash.
func (p *part) sort(memory int) error {
	if err := p.rewind(); err != nil {
		return err
	}
	together := newStoreOf(memory)
	defer together.close()
	for {
		in, err := p.read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if err := together.put(in.key, in.first, in.data); err != nil {
			return err
		}
	}
	if err := p.file.Truncate(0); err != nil {
		return err
	}
	if _, err := p.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	p.w.Reset(p.file)
	for in, err := range together.sorted {
		if err != nil {
			return err
		}
		if err := p.write(in.key, in.first, in.data); err != nil {
			return err
		}
	}
	return p.rewind()
}

func (p *part) close() {
	p.file.Close()
	os.Remove(p.file.Name())
}

// mergeHeap has the part whose next thread began first on top.
type mergeHeap []*part

func (h mergeHeap) Len() int           { return len(h) }
func (h mergeHeap) Less(i, j int) bool { return h[i].head.first < h[j].head.first }
func (h mergeHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *mergeHeap) Push(x any)        { *h = append(*h, x.(*part)) }
func (h *mergeHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// advance reads a part's next thread and puts the part back, unless it is done.
func (h *mergeHeap) advance(p *part) error {
	in, err := p.read()
	if err == io.EOF {
		return nil
	}
	if err != nil {
		return err
	}
	p.head = in
	heap.Push(h, p)
	return nil
}

func appendText(dst []byte, text string) []byte {
	dst = encoding.AppendUvarint(dst, uint64(len(text)))
	return append(dst, text...)
}

// appendRecord encodes what a reader fills in of a record before its thread is
// put together.
func appendRecord(dst []byte, r *Record) []byte {
	for _, text := range []string{r.ID, r.Author, r.Text, r.Title, r.Answers, r.Outlet} {
		dst = appendText(dst, text)
	}
	switch {
	case r.Time.IsZero():
		return append(dst, 0)
	case r.EitherDay:
		dst = append(dst, 2)
	default:
		dst = append(dst, 1)
	}
	dst = encoding.AppendVarint(dst, r.Time.Unix())
	return encoding.AppendUvarint(dst, uint64(r.Time.Nanosecond()))
}

var errDamaged = errors.New("a temporary file is damaged")

// decodeRecords reads what appendRecord made of records.
func decodeRecords(data []byte) ([]Record, error) {
	var records []Record
	for len(data) > 0 {
		var r Record
		for _, text := range []*string{&r.ID, &r.Author, &r.Text, &r.Title, &r.Answers, &r.Outlet} {
			n, width := encoding.Uvarint(data)
			if width <= 0 || n > uint64(len(data)-width) {
				return nil, errDamaged
			}
			*text = string(data[width : width+int(n)])
			data = data[width+int(n):]
		}
		if len(data) == 0 {
			return nil, errDamaged
		}
		timed := data[0] > 0
		r.EitherDay = data[0] == 2
		data = data[1:]
		if timed {
			seconds, width := encoding.Varint(data)
			if width <= 0 {
				return nil, errDamaged
			}
			nanos, more := encoding.Uvarint(data[width:])
			if more <= 0 {
				return nil, errDamaged
			}
			data = data[width+more:]
			r.Time = time.Unix(seconds, int64(nanos)).UTC()
		}
		r.ReplyTo = thread.None
		records = append(records, r)
	}
	return records, nil
}
