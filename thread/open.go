package thread

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// Options says how inputs are opened and read.
type Options struct {
	Format  string            // read every input as this format; "" finds it by content
	Columns map[string]string // for csv: the column that holds each field, as text=Body
	Limits  Limits
	Stdin   io.Reader // what "-" reads; nil stands for os.Stdin
}

// Formats returns the formats in the order in which they are tried: what has
// the clearest marks first, plain text last.
func Formats(opts Options) []Format {
	return []Format{JSONLines{}, Text{}}
}

// Input is what is read as one: a file, or files that hold one another's
// threads. Different inputs may be read at the same time.
type Input struct {
	Path string // as the user named it or the walk found it; "-" is standard input
	Size int64  // bytes on disk, for progress; -1 where it is not known
	opts Options
	read *countingReader
}

// Walk yields the inputs that paths name: files, folders (read recursively in
// name order; names that start with a dot are left out), and "-" for standard
// input. What cannot be opened is yielded as a nil Input and a *ReadError, and
// the walk goes on.
func Walk(paths []string, opts Options) iter.Seq2[*Input, error] {
	return func(yield func(*Input, error) bool) {
		for _, path := range paths {
			if path == "-" {
				if !yield(&Input{Path: path, Size: -1, opts: opts}, nil) {
					return
				}
				continue
			}
			if !walkPath(path, opts, yield) {
				return
			}
		}
	}
}

// errStop ends a walk whose consumer has seen enough.
var errStop = errors.New("stop")

func walkPath(root string, opts Options, yield func(*Input, error) bool) bool {
	// A link that the user names is followed; links inside a folder are not,
	// so that no walk is endless.
	info, err := os.Stat(root)
	if err != nil {
		return yield(nil, openError(root, err))
	}
	if !info.IsDir() {
		return yield(&Input{Path: root, Size: fileSize(info), opts: opts}, nil)
	}
	found := false
	err = filepath.WalkDir(root+string(filepath.Separator), func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			if !yield(nil, openError(path, err)) {
				return errStop
			}
			return nil
		}
		hidden := strings.HasPrefix(entry.Name(), ".") && found
		found = true
		switch {
		case entry.IsDir() && hidden:
			return filepath.SkipDir
		case entry.IsDir() || hidden:
			return nil
		}
		info, err := os.Stat(path)
		if err != nil {
			if !yield(nil, openError(path, err)) {
				return errStop
			}
			return nil
		}
		if info.IsDir() || !info.Mode().IsRegular() {
			return nil
		}
		if !yield(&Input{Path: filepath.Clean(path), Size: fileSize(info), opts: opts}, nil) {
			return errStop
		}
		return nil
	})
	return err != errStop
}

func fileSize(info fs.FileInfo) int64 {
	if !info.Mode().IsRegular() {
		return -1
	}
	return info.Size()
}

// openError says that path could not be opened, without naming it twice.
func openError(path string, err error) *ReadError {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		err = pathErr.Err
	}
	return &ReadError{Path: path, Offset: -1, Err: err}
}

// Threads opens the input and yields its threads in order. A thread or record
// that cannot be read is yielded as a nil thread and a *ReadError, and reading
// goes on after it where that is possible. The threads stay valid after the
// iteration goes on.
func (in *Input) Threads() iter.Seq2[*Thread, error] {
	return func(yield func(*Thread, error) bool) {
		file, err := in.open()
		if err != nil {
			yield(nil, openError(in.Path, err))
			return
		}
		defer file.Close()
		in.read = &countingReader{r: file}
		r, err := decompress(in.read, in.opts.Limits)
		if err != nil {
			yield(nil, openError(in.Path, err))
			return
		}
		defer r.Close()
		head, err := r.Peek(sniffSize)
		if err != nil && err != io.EOF && len(head) == 0 {
			yield(nil, &ReadError{Path: in.Path, Offset: 0, Err: cutShort(err)})
			return
		}
		if len(bytes.TrimSpace(head)) == 0 && err == io.EOF {
			yield(nil, openError(in.Path, errors.New("empty")))
			return
		}
		format, err := find(head, in.opts)
		if err != nil {
			yield(nil, openError(in.Path, err))
			return
		}
		source := Source{Path: in.Path, Reader: r.Reader, Limits: in.opts.Limits}
		for thread, err := range format.Read(source) {
			if thread != nil {
				thread.Path = in.Path
			}
			if !yield(thread, err) {
				return
			}
		}
	}
}

// Read yields the threads of all inputs that paths name, one after another.
// It is Walk and Threads in one, for callers that need no concurrency.
func Read(paths []string, opts Options) iter.Seq2[*Thread, error] {
	return func(yield func(*Thread, error) bool) {
		for in, err := range Walk(paths, opts) {
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			for thread, err := range in.Threads() {
				if !yield(thread, err) {
					return
				}
			}
		}
	}
}

// BytesRead is how many of Size bytes have been read so far, for progress. It
// is meant for the goroutine that ranges over Threads.
func (in *Input) BytesRead() int64 {
	if in.read == nil {
		return 0
	}
	return in.read.n
}

func (in *Input) open() (io.ReadCloser, error) {
	if in.Path != "-" {
		return os.Open(in.Path)
	}
	if in.opts.Stdin != nil {
		return io.NopCloser(in.opts.Stdin), nil
	}
	return io.NopCloser(os.Stdin), nil
}

// sniffSize is how much of an input its format is found by.
const sniffSize = 64 << 10

// find returns the format that is forced, or that head looks like.
func find(head []byte, opts Options) (Format, error) {
	var names []string
	for _, format := range Formats(opts) {
		if opts.Format == format.Name() || opts.Format == "" && format.Sniff(head) {
			return format, nil
		}
		names = append(names, format.Name())
	}
	if opts.Format == "" {
		return nil, fmt.Errorf("not a format that is known; --from forces one of %s", strings.Join(names, ", "))
	}
	return nil, fmt.Errorf("no format is called %q; the formats are %s", opts.Format, strings.Join(names, ", "))
}

// reader is a decompressed input that can be looked into.
type reader struct {
	*bufio.Reader
	close []func()
}

// Close frees the decompressors; the file is not theirs to close.
func (r *reader) Close() {
	for _, f := range r.close {
		f()
	}
}

// decompress opens what r holds by its first bytes: gzip, zstd and bzip2, also
// one in another; anything else is returned as it is.
func decompress(r io.Reader, limits Limits) (*reader, error) {
	counted := &countingReader{r: r}
	out := &reader{Reader: bufio.NewReaderSize(counted, sniffSize)}
	for range limits.nesting() {
		inner, err := out.decompressor()
		if err != nil {
			out.Close()
			return nil, err
		}
		if inner == nil {
			return out, nil
		}
		out.Reader = bufio.NewReaderSize(&limitedReader{r: inner, compressed: counted, limits: limits}, sniffSize)
	}
	out.Close()
	return nil, fmt.Errorf("compressed more than %d times over; --max-nesting raises the limit", limits.nesting())
}

// decompressor returns what undoes the compression that the next bytes of r
// show, or nil where they show none.
func (r *reader) decompressor() (io.Reader, error) {
	head, _ := r.Peek(4)
	if len(head) < 4 {
		return nil, nil
	}
	switch {
	case head[0] == 0x1f && head[1] == 0x8b:
		unzipped, err := gzip.NewReader(r.Reader)
		if err != nil {
			return nil, fmt.Errorf("gzip: %w", err)
		}
		return unzipped, nil
	case string(head) == "\x28\xb5\x2f\xfd",
		head[0]&0xf0 == 0x50 && string(head[1:]) == "\x2a\x4d\x18": // a skippable frame
		// Archives of posts are made with windows of up to 2 GiB (zstd --long=31).
		unzipped, err := zstd.NewReader(r.Reader, zstd.WithDecoderMaxWindow(2<<30),
			zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, fmt.Errorf("zstd: %w", err)
		}
		r.close = append(r.close, unzipped.Close)
		return unzipped, nil
	case string(head[:3]) == "BZh" && head[3] >= '1' && head[3] <= '9':
		return bzip2.NewReader(r.Reader), nil
	}
	return nil, nil
}
