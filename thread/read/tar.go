package read

import (
	"archive/tar"
	"fmt"
	"io"
	"os"
	"path"

	"threadstance/thread/plain"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
)

// tar reads the members of an archive as they come, but for the files of ConvoKit
// corpora, which may come before or behind those that tell about them.
func (r *inputReader) tar(name string, content *reader, depth int) {
	if !r.nested(name, depth) {
		return
	}
	var held heldMembers
	defer held.close()
	outer := r.beside
	defer func() { r.beside = outer }()
	r.beside = held.open
	r.tarMembers(name, content, &held, depth)
	for _, m := range held.members {
		if !r.more {
			return
		}
		if file := path.Base(m.name); file != jsonl.Utterances && held.has(path.Join(path.Dir(m.name), jsonl.Utterances)) {
			continue
		}
		r.compressed(m.name, held.section(m), nil, depth+1, content.window)
	}
}

// tarMembers reads the members of a tar up to its end, and holds those of corpora.
func (r *inputReader) tarMembers(name string, content *reader, held *heldMembers, depth int) {
	archive := newTarReader(content)
	for r.more {
		header, err := archive.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			r.fail(&input.Error{Path: name, Offset: -1, Err: fmt.Errorf("tar: %w", err)})
			return
		}
		if header.Typeflag != tar.TypeReg || isLeftOut(path.Base(header.Name)) {
			continue
		}
		member := name + "/" + cleanName(header.Name)
		if !corpusFiles[path.Base(member)] {
			r.compressed(member, archive, nil, depth+1, content.window)
		} else if err := held.add(member, archive); err != nil {
			r.fail(openError(member, err))
		}
	}
}

// tarReader is a tar that says where it is cut short.
type tarReader struct {
	*tar.Reader
	in *countingReader
}

func newTarReader(r io.Reader) tarReader {
	in := &countingReader{r: r}
	return tarReader{tar.NewReader(in), in}
}

// Next goes on to the next member. The library takes an end within the padding
// of a member for that of the archive, which is made of whole blocks.
func (t tarReader) Next() (*tar.Header, error) {
	const block = 512
	header, err := t.Reader.Next()
	if err == io.EOF && t.in.n%block != 0 {
		err = io.ErrUnexpectedEOF
	}
	return header, cutArchive(err)
}

func (t tarReader) Read(p []byte) (int, error) {
	n, err := t.Reader.Read(p)
	return n, cutArchive(err)
}

func cutArchive(err error) error {
	if err == io.ErrUnexpectedEOF {
		return fmt.Errorf("the archive is cut short: %w", err)
	}
	return err
}

// corpusFiles are the names that the files of a corpus have.
var corpusFiles = plain.Set(jsonl.Utterances, "conversations.json", "speakers.json", "users.json", "corpus.json", "index.json")

// heldMembers are members of an archive that are kept in a temporary file.
type heldMembers struct {
	file    *os.File
	size    int64
	members []heldMember
	index   map[string]int // of each member, by its name
}

type heldMember struct {
	name        string
	start, size int64
}

// add keeps what in holds. What of it cannot be read is the error; what is before
// that is kept.
func (h *heldMembers) add(name string, in io.Reader) error {
	if h.file == nil {
		file, err := gather.TemporaryFile()
		if err != nil {
			return gather.DiskError(err)
		}
		h.file, h.index = file, map[string]int{}
	}
	n, err := io.Copy(h.file, in)
	h.index[name] = len(h.members)
	h.members = append(h.members, heldMember{name, h.size, n})
	h.size += n
	return err
}

func (h *heldMembers) has(name string) bool {
	_, ok := h.index[name]
	return ok
}

func (h *heldMembers) section(m heldMember) io.Reader {
	return io.NewSectionReader(h.file, m.start, m.size)
}

// open opens the member of a name.
func (h *heldMembers) open(name string) (io.ReadCloser, error) {
	i, ok := h.index[name]
	if !ok {
		return nil, os.ErrNotExist
	}
	return io.NopCloser(h.section(h.members[i])), nil
}

func (h *heldMembers) close() {
	if h.file != nil {
		h.file.Close()
		os.Remove(h.file.Name())
	}
}
