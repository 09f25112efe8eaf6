package read

import (
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"

	"threadstance/thread/read/input"
)

// ratioFloor is how much an input may decompress to before Ratio applies: a
// small file of blanks harms nobody.
const ratioFloor = 64 << 20

// countingReader counts the bytes that went through it.
type countingReader struct {
	r io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// account holds what was read of an input, and what has come out of all its
// decompressors, those of what is inside others included.
type account struct {
	in     *countingReader // the input itself
	out    int64
	limits input.Limits
}

// overdrawn is an error once more was read or has come out than the limits allow.
func (a *account) overdrawn() error {
	if a.in.n > a.limits.MaxBytes() {
		return fmt.Errorf("more than %d bytes; --max-bytes raises the limit", a.limits.MaxBytes())
	}
	if a.out > a.limits.MaxBytes() {
		return fmt.Errorf("decompresses to more than %d bytes; --max-bytes raises the limit", a.limits.MaxBytes())
	}
	if a.out > ratioFloor && a.out/a.limits.MaxRatio() > a.in.n {
		return fmt.Errorf("decompresses to more than %d times its size; --max-ratio raises the limit", a.limits.MaxRatio())
	}
	return nil
}

// Read reads the input itself.
func (a *account) Read(p []byte) (int, error) {
	if err := a.overdrawn(); err != nil {
		return 0, err
	}
	if left := a.limits.MaxBytes() - a.in.n; left < int64(len(p)) {
		p = p[:left+1] // no more than tells that there is more
	}
	return a.in.Read(p)
}

// limitedReader is a decompressor that fails once the account is overdrawn.
type limitedReader struct {
	r       io.Reader
	account *account
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if err := l.account.overdrawn(); err != nil {
		return 0, err
	}
	n, err := l.r.Read(p)
	l.account.out += int64(n)
	switch err {
	case io.ErrUnexpectedEOF:
		err = fmt.Errorf("the compressed input is cut short: %w", err)
	case zstd.ErrWindowSizeExceeded, zstd.ErrDecoderSizeExceeded:
		err = fmt.Errorf("zstd: %w: 2 GiB at most, and inside other zstd a sixteenth of what may be around it; decompress it first", err)
	}
	return n, err
}
