package pipeline

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/core/sdf"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/fileio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/rtrackers/offsetrange"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"threadstance/thread/read/input"
	"threadstance/thread/read/jsonl"
)

func init() {
	register.DoFn5x1[context.Context, *sdf.LockRTracker, fileio.FileMetadata, func(string, Line), func(Failure), error](&splitFn{})
	register.DoFn4x1[context.Context, fileio.FileMetadata, func(string, Line), func(Failure), error](&wholeFn{})
	register.DoFn3x0[fileio.FileMetadata, func(fileio.FileMetadata), func(fileio.FileMetadata)](&partFn{})
	register.Emitter1[fileio.FileMetadata]()
}

// namespace is that of the counters.
const namespace = "threadstance"

var (
	readLines = beam.NewCounter(namespace, "lines")
	readBytes = beam.NewCounter(namespace, "bytes")
	failed    = beam.NewCounter(namespace, "failures")
)

// lines returns the format of the inputs.
func (o *Options) lines() (input.Lines, error) {
	for _, format := range []input.Lines{jsonl.Posts{}, jsonl.Reddit{}} {
		if o.From == format.Name() {
			return format, nil
		}
	}
	return nil, fmt.Errorf("--from %s: there are jsonl and reddit, of one record a line", o.From)
}

// linesOf returns the lines of files by thread, and what could not be read. A
// file that is not compressed is read in splits.
func linesOf(s beam.Scope, o Options, files beam.PCollection) (lines, failures beam.PCollection) {
	plain, compressed := beam.ParDo2(s, &partFn{}, files)
	linesA, failuresA := beam.ParDo2(s.Scope("splits"), &splitFn{reader{o}}, plain)
	linesB, failuresB := beam.ParDo2(s.Scope("whole"), &wholeFn{reader{o}}, compressed)
	return beam.Flatten(s, linesA, linesB), beam.Flatten(s, failuresA, failuresB)
}

// partFn parts the files that can be split from those that cannot.
type partFn struct{}

func (*partFn) ProcessElement(f fileio.FileMetadata, plain, compressed func(fileio.FileMetadata)) {
	if decompressor(f.Path) == nil {
		plain(f)
	} else {
		compressed(f)
	}
}

// decompressor returns what opens a file of this name, nil where it is plain.
func decompressor(name string) func(io.Reader) (io.Reader, error) {
	switch path.Ext(name) {
	case ".gz":
		return func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }
	case ".bz2":
		return func(r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil }
	case ".zst":
		return func(r io.Reader) (io.Reader, error) {
			d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(1<<31))
			if err != nil {
				return nil, err
			}
			return d.IOReadCloser(), nil
		}
	}
	return nil
}

// reader reads lines.
type reader struct{ Options Options }

// splitBytes is how much of a plain file one worker takes at a time.
const splitBytes = 64 << 20

// splitFn reads the lines of a plain file that begin within a range of bytes.
type splitFn struct{ reader }

// CreateInitialRestriction returns the whole file.
func (*splitFn) CreateInitialRestriction(f fileio.FileMetadata) offsetrange.Restriction {
	return offsetrange.Restriction{Start: 0, End: f.Size}
}

// SplitRestriction cuts a file into ranges of which each is worth a worker.
func (*splitFn) SplitRestriction(_ fileio.FileMetadata, r offsetrange.Restriction) []offsetrange.Restriction {
	return r.SizedSplits(splitBytes)
}

// RestrictionSize returns the bytes of a range.
func (*splitFn) RestrictionSize(_ fileio.FileMetadata, r offsetrange.Restriction) float64 {
	return r.Size()
}

// CreateTracker returns a tracker of a range, which may be cut short while it
// is read.
func (*splitFn) CreateTracker(r offsetrange.Restriction) *sdf.LockRTracker {
	return sdf.NewLockRTracker(offsetrange.NewTracker(r))
}

// ProcessElement reads the lines that begin within the range.
func (fn *splitFn) ProcessElement(ctx context.Context, tracker *sdf.LockRTracker, f fileio.FileMetadata, emit func(string, Line), fail func(Failure)) error {
	r := tracker.GetRestriction().(offsetrange.Restriction)
	file, err := openAt(ctx, f.Path, max(r.Start-1, 0))
	if err != nil {
		return err // another worker may have more luck
	}
	defer file.Close()
	buffer := bufio.NewReaderSize(file, 1<<20)
	offset := r.Start
	if r.Start > 0 {
		// A line that began before is the one's whose range it began in. From
		// the byte before, a line that begins right here is not taken for it.
		n, err := skipLine(buffer)
		if err != nil && err != io.EOF {
			return err
		}
		offset = r.Start - 1 + n
	}
	more := true
	claim := func(at int64) bool {
		more = tracker.TryClaim(at)
		return more
	}
	if err := fn.each(ctx, f.Path, buffer, offset, claim, emit, fail); err != nil {
		return err // the bundle is read again: nothing of the range is lost
	}
	if more {
		tracker.TryClaim(r.End) // all of the range is done
	}
	return nil
}

// openAt opens a file at an offset, by seeking where the file system can.
func openAt(ctx context.Context, name string, offset int64) (io.ReadCloser, error) {
	fs, err := filesystem.New(ctx, name)
	if err != nil {
		return nil, err
	}
	defer fs.Close()
	file, err := fs.OpenRead(ctx, name)
	if err != nil {
		return nil, err
	}
	if seeker, ok := file.(io.Seeker); ok {
		_, err = seeker.Seek(offset, io.SeekStart)
	} else {
		_, err = io.CopyN(io.Discard, file, offset)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// skipLine reads to the end of a line and returns how many bytes that were.
func skipLine(r *bufio.Reader) (int64, error) {
	n := int64(0)
	for {
		piece, err := r.ReadSlice('\n')
		n += int64(len(piece))
		if !errors.Is(err, bufio.ErrBufferFull) {
			return n, err
		}
	}
}

// wholeFn reads the lines of a compressed file, which cannot be split.
type wholeFn struct{ reader }

// ProcessElement reads all lines. A file that is damaged is a failure, and
// what could be read of it counts.
func (fn *wholeFn) ProcessElement(ctx context.Context, f fileio.FileMetadata, emit func(string, Line), fail func(Failure)) error {
	file, err := openAt(ctx, f.Path, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	plain, err := decompressor(f.Path)(file)
	if err != nil {
		failed.Inc(ctx, 1)
		fail(Failure{Path: f.Path, Offset: -1, Cause: fmt.Sprintf("not compressed as its name says: %v", err)})
		return nil
	}
	buffer := bufio.NewReaderSize(plain, 1<<20)
	err = fn.each(ctx, f.Path, buffer, 0, func(int64) bool { return true }, emit, fail)
	if damage, ok := errors.AsType[*readError](err); ok {
		failed.Inc(ctx, 1)
		fail(Failure{Path: f.Path, Offset: damage.offset, Cause: damage.Error()})
		return nil
	}
	return err
}

// readError is that a file could not be read on.
type readError struct {
	error
	offset int64 // of the line that it broke off in
}

func (e *readError) Unwrap() error { return e.error }

// byteOrderMark is what some programs put before the first line of a file.
var byteOrderMark = []byte("\ufeff")

// each emits the lines of a file from an offset on, as long as they may be
// claimed. Where the file cannot be read on, the error is a *readError.
func (fn *reader) each(ctx context.Context, name string, r *bufio.Reader, offset int64, claim func(int64) bool, emit func(string, Line), fail func(Failure)) error {
	format, err := fn.Options.lines()
	if err != nil {
		return err
	}
	refuse := func(offset int64, cause error) {
		failed.Inc(ctx, 1)
		fail(Failure{Path: name, Offset: offset, Cause: cause.Error()})
	}
	var line []byte
	for {
		if _, err := r.Peek(1); err == nil && !claim(offset) {
			return nil
		}
		line = line[:0]
		length, tooLong := int64(0), false
		var end error
		for {
			piece, err := r.ReadSlice('\n')
			length += int64(len(piece))
			if tooLong = tooLong || length > int64(fn.Options.MaxLine); !tooLong {
				line = append(line, piece...)
			}
			if !errors.Is(err, bufio.ErrBufferFull) {
				end = err
				break
			}
		}
		readBytes.Inc(ctx, length)
		if end != nil && end != io.EOF {
			return &readError{end, offset}
		}
		text := bytes.TrimRight(line, "\r\n")
		if offset == 0 {
			text = bytes.TrimPrefix(text, byteOrderMark)
		}
		switch {
		case tooLong:
			refuse(offset, fmt.Errorf("a line of more than %d bytes; --max-line raises the limit", fn.Options.MaxLine))
		case len(bytes.TrimSpace(text)) > 0:
			readLines.Inc(ctx, 1)
			id, err := format.ThreadOf(text)
			if err != nil {
				refuse(offset, err)
				break
			}
			key := "thread " + id
			if id == "" {
				key = fmt.Sprintf("line %d of %s", offset, name)
			}
			emit(key, Line{name, offset, bytes.Clone(text)})
		}
		if end != nil {
			return nil
		}
		offset += length
	}
}

// before says whether one place of the input is before another.
func before(path string, offset int64, otherPath string, otherOffset int64) int {
	if c := strings.Compare(path, otherPath); c != 0 {
		return c
	}
	switch {
	case offset < otherOffset:
		return -1
	case offset > otherOffset:
		return 1
	}
	return 0
}
