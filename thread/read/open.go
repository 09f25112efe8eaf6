package read

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"threadstance/thread"
	"threadstance/thread/read/csv"
	"threadstance/thread/read/gather"
	"threadstance/thread/read/html"
	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
	"threadstance/thread/read/mail"
	"threadstance/thread/read/text"
)

// Options says how inputs are opened and read.
type Options struct {
	Format  string            // read every input as this format; "" finds it by content
	Columns map[string]string // for csv: the column that holds each field, as text=Body
	Limits  input.Limits
	Stdin   io.Reader // what "-" reads; nil stands for os.Stdin
	Except  []string  // files that are passed over where a folder holds them, as those that the caller writes
}

// Formats returns the formats in the order in which they are tried: what has
// the clearest marks first, plain text last.
func Formats(opts Options) []input.Format {
	return []input.Format{jsonl.Reddit{}, jsonl.ForumDL{}, jsonl.ConvoKit{}, jsonl.Posts{}, mail.Format{}, html.Format{}, csv.Format{Columns: opts.Columns}, text.Format{}}
}

// Input is what is read as one: a file, or files that hold one another's
// threads. Different inputs may be read at the same time.
type Input struct {
	Path string // as the user named it or the walk found it; "-" is standard input
	Size int64  // bytes on disk of all its files, for progress; -1 where it is not known
	more []inputFile
	opts Options
	done int64 // bytes of the files that are read
	read *countingReader

	ids   *identifiers // of the walk
	named []Named
}

// Files returns the paths that the input is read from, Path first.
func (in *Input) Files() []string {
	files := []string{in.Path}
	for _, file := range in.more {
		files = append(files, file.path)
	}
	return files
}

// Beside returns the paths of the files, each of which may be missing, that
// tell about the input's threads and hold none.
func (in *Input) Beside() []string {
	var files []string
	for _, name := range in.Files() {
		if file := jsonl.ConversationsFile(name); file != "" {
			files = append(files, file)
		}
	}
	return files
}

// Paths yields the threads of all inputs that paths name, one after another.
// It is Walk and Threads in one, for callers that need no concurrency; its errors
// are those of both.
func Paths(paths []string, opts Options) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
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

// From yields the threads of one input that is open, which path names in
// what is said of it.
func From(in io.Reader, path string, opts Options) iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		r := inputReader{opts: opts, yield: yield, more: true}
		defer r.close()
		r.input(path, &countingReader{r: in}, nil)
		r.finish()
	}
}

// BytesRead is how many of Size bytes have been read so far, for progress. It
// is meant for the goroutine that ranges over Threads.
func (in *Input) BytesRead() int64 {
	if in.read == nil {
		return in.done
	}
	return in.done + in.read.n
}

// Threads opens the input and yields its threads in order. A thread or record
// that cannot be read is yielded as a nil thread and a *input.Error, and reading
// goes on after it where that is possible. The threads stay valid after the
// iteration goes on. Threads that a walk finds in files of the same name are
// told apart by more of their paths, those that are read later.
func (in *Input) Threads() iter.Seq2[*thread.Thread, error] {
	return func(yield func(*thread.Thread, error) bool) {
		in.done, in.read, in.named = 0, nil, nil
		r := inputReader{opts: in.opts, yield: yield, more: true, name: in.name}
		defer r.close()
		for _, name := range in.Files() {
			in.readFile(&r, name)
			if in.read != nil {
				in.done += in.read.n
				in.read = nil
			}
			if !r.more {
				return
			}
		}
		r.finish()
	}
}

func (in *Input) readFile(r *inputReader, name string) {
	file, err := in.openFile(name)
	if err != nil {
		r.fail(openError(name, err))
		return
	}
	defer file.Close()
	in.read = &countingReader{r: file}
	seekable, _ := file.(*os.File)
	r.input(name, in.read, seekable)
}

func (in *Input) openFile(name string) (io.ReadCloser, error) {
	if name != "-" {
		return os.Open(name)
	}
	if in.opts.Stdin != nil {
		return io.NopCloser(in.opts.Stdin), nil
	}
	return io.NopCloser(os.Stdin), nil
}

// inputReader reads the files of one input, and the members of archives.
type inputReader struct {
	opts       Options
	yield      func(*thread.Thread, error) bool
	name       func(path string) string
	more       bool          // the consumer wants more
	doubts     []input.Doubt // to be said with the next thread
	collectors []gather.Collector
	names      []string       // of the collectors' formats
	account    *account       // of the file that is read
	beside     input.OpenFunc // of the archive that is read
}

func (r *inputReader) fail(err error) bool {
	r.more = r.more && r.yield(nil, err)
	return r.more
}

// give hands on what a format yields.
func (r *inputReader) give(t *thread.Thread, err error) bool {
	if t != nil {
		input.Warn(t, r.doubts)
		r.doubts = nil
		if cut := cutTexts(t, r.opts.Limits); cut != nil && !r.fail(cut) {
			return false
		}
	}
	r.more = r.more && r.yield(t, err)
	return r.more
}

// input reads an input. Where it is a file, file is that too, for archives that are
// read from their end.
func (r *inputReader) input(name string, in *countingReader, file *os.File) {
	r.account = &account{in: in, limits: r.opts.Limits}
	r.compressed(name, r.account, file, 0, maxWindow)
}

// compressed reads what in holds once it is decompressed; file is as in input. window
// bounds that of zstd.
func (r *inputReader) compressed(name string, in io.Reader, file *os.File, depth int, window uint64) {
	content, err := decompress(in, r.account, window)
	if err != nil {
		r.fail(openError(name, err))
		return
	}
	defer content.Close()
	if content.layers > 0 {
		file = nil
	}
	head, err := content.Peek(input.SniffSize)
	switch {
	case err != nil && err != io.EOF && len(head) == 0:
		r.fail(&input.Error{Path: name, Offset: 0, Err: err})
		return
	case err == io.EOF && len(bytes.TrimSpace(head)) == 0:
		r.fail(openError(name, errors.New("empty")))
		return
	}

	switch {
	case isTar(head):
		r.tar(name, content, depth)
	case isZip(head):
		r.zip(name, content, file, depth)
	default:
		r.plain(name, content, head)
	}
}

// plain reads an input that is neither compressed nor an archive.
func (r *inputReader) plain(name string, content io.Reader, head []byte) {
	format, err := find(head, r.opts)
	if err != nil {
		r.fail(openError(name, err))
		return
	}
	if _, ok := format.(csv.Format); !ok && len(r.opts.Columns) > 0 && r.doubts == nil {
		r.doubts = []input.Doubt{{Path: name, Text: fmt.Sprintf("read as %s, which has no columns for --columns to name; --from csv reads it as a table", format.Name())}}
	}
	source := input.Source{Path: name, Reader: content, Limits: r.opts.Limits, Name: r.name, Beside: r.beside}
	if format, ok := format.(gather.Format); ok {
		if !r.collector(format).Add(source, r.fail) {
			r.more = false
		}
		return
	}
	for thread, err := range format.Read(source) {
		if thread != nil && thread.Path == "" {
			thread.Path = name
		}
		if !r.give(thread, err) {
			return
		}
	}
}

func (r *inputReader) collector(format gather.Format) gather.Collector {
	for i, name := range r.names {
		if name == format.Name() {
			return r.collectors[i]
		}
	}
	c := format.Collect(r.opts.Limits)
	r.names = append(r.names, format.Name())
	r.collectors = append(r.collectors, c)
	return c
}

// finish yields what the collectors put together.
func (r *inputReader) finish() {
	for _, c := range r.collectors {
		if !r.more {
			return
		}
		c.Threads(r.give)
	}
}

func (r *inputReader) close() {
	for _, c := range r.collectors {
		c.Close()
	}
}

func isTar(head []byte) bool {
	return len(head) > 262 && string(head[257:262]) == "ustar"
}

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06"))
}

// nested says whether an archive at this depth is still read.
func (r *inputReader) nested(name string, depth int) bool {
	if depth < r.opts.Limits.MaxNesting() {
		return true
	}
	r.fail(openError(name, fmt.Errorf("archives nested more than %d deep; --max-nesting raises the limit", depth)))
	return false
}

// zip reads the members of an archive in their order.
func (r *inputReader) zip(name string, content *reader, file *os.File, depth int) {
	if !r.nested(name, depth) {
		return
	}
	archive, err := r.openZip(content, file)
	if err == nil {
		err = r.account.overdrawn() // what is sought in is read at once, as far as that counts
	}
	if err != nil {
		r.fail(openError(name, err))
		return
	}
	outer := r.beside
	defer func() { r.beside = outer }()
	r.beside = func(path string) (io.ReadCloser, error) {
		file, err := archive.Open(strings.TrimPrefix(path, name+"/"))
		if err != nil {
			return nil, err
		}
		return struct {
			io.Reader
			io.Closer
		}{&limitedReader{file, r.account}, file}, nil
	}
	corpora := map[string]bool{} // the folders that are one
	for _, member := range archive.File {
		folder, file := path.Split(member.Name)
		corpora[folder] = corpora[folder] || file == jsonl.Utterances
	}
	for _, member := range archive.File {
		if !r.more || r.account.overdrawn() != nil {
			return
		}
		folder, file := path.Split(member.Name)
		if member.FileInfo().IsDir() || isLeftOut(file) || corpora[folder] && path.Ext(file) == ".json" {
			continue
		}
		r.zipMember(name+"/"+cleanName(member.Name), member, depth, content.window)
	}
}

func (r *inputReader) zipMember(name string, member *zip.File, depth int, window uint64) {
	if isEncrypted := member.Flags&1 != 0; isEncrypted {
		r.fail(openError(name, errors.New("encrypted with a password; unpack it first")))
		return
	}
	opened, err := member.Open()
	if err != nil {
		r.fail(openError(name, err))
		return
	}
	defer opened.Close()
	if member.Method == zstd.ZipMethodWinZip {
		window = innerWindow(window)
	}
	r.compressed(name, &limitedReader{opened, r.account}, nil, depth+1, window)
}

// openZip reads the list of an archive's members, which is at its end: what cannot
// be sought in is held in memory, where it is small.
func (r *inputReader) openZip(content *reader, file *os.File) (*zip.Reader, error) {
	var at io.ReaderAt
	var size int64
	if info, err := fileInfo(file); err == nil {
		at, size = file, info.Size()
		r.account.in = &countingReader{n: size}
	} else {
		most := int64(r.opts.Limits.MaxLine())
		data, err := io.ReadAll(io.LimitReader(content, most+1))
		if err != nil {
			return nil, err
		}
		if int64(len(data)) > most {
			return nil, fmt.Errorf("a zip archive of more than %d bytes inside another input; --max-line raises the limit", most)
		}
		at, size = bytes.NewReader(data), int64(len(data))
	}
	archive, err := zip.NewReader(at, size)
	if err == zip.ErrFormat {
		err = fmt.Errorf("%w: the list of its files, which is at its end, is not there or damaged, as where it is cut short", err)
	}
	if err != nil {
		return nil, err
	}
	archive.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderMaxWindow(content.window)))
	archive.RegisterDecompressor(12, func(in io.Reader) io.ReadCloser { return io.NopCloser(bzip2.NewReader(in)) })
	return archive, nil
}

func fileInfo(file *os.File) (os.FileInfo, error) {
	if file == nil {
		return nil, errors.New("no file")
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("no regular file")
	}
	return info, err
}

// cleanName makes a member's name fit to be shown.
func cleanName(name string) string {
	return strings.TrimPrefix(path.Clean("/"+input.Valid(name)), "/")
}

// find returns the format that is forced, or that head looks like.
func find(head []byte, opts Options) (input.Format, error) {
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
	layers int    // of compression
	window uint64 // the largest of zstd in what it holds
	close  []func()
}

// Close frees the decompressors; the file is not theirs to close.
func (r *reader) Close() {
	for _, f := range r.close {
		f()
	}
}

// maxWindow is the largest window of zstd: archives of posts are made with
// windows of up to 2 GiB (zstd --long=31).
const maxWindow = 2 << 30

// innerWindow is the largest window of what is inside zstd with this window. The
// windows of all that is inside one another take little more than the first.
func innerWindow(window uint64) uint64 { return max(window/16, zstd.MinWindowSize) }

// decompress opens what r holds by its first bytes: gzip, zstd and bzip2, also
// one in another. UTF-16 it returns as UTF-8, anything else as it is.
func decompress(in io.Reader, account *account, window uint64) (*reader, error) {
	out := &reader{Reader: bufio.NewReaderSize(in, input.SniffSize), window: window}
	nesting := account.limits.MaxNesting()
	for range nesting {
		inner, err := out.decompressor()
		if err != nil {
			out.Close()
			return nil, err
		}
		if inner == nil {
			out.Reader = fromUTF16(out.Reader)
			return out, nil
		}
		out.layers++
		out.Reader = bufio.NewReaderSize(&limitedReader{inner, account}, input.SniffSize)
	}
	out.Close()
	return nil, fmt.Errorf("compressed more than %d times over; --max-nesting raises the limit", nesting)
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
		unzipped, err := zstd.NewReader(r.Reader, zstd.WithDecoderMaxWindow(r.window),
			zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, fmt.Errorf("zstd: %w", err)
		}
		r.close = append(r.close, unzipped.Close)
		r.window = innerWindow(r.window)
		return unzipped, nil
	case string(head[:3]) == "BZh" && head[3] >= '1' && head[3] <= '9':
		return bzip2.NewReader(r.Reader), nil
	}
	return nil, nil
}
