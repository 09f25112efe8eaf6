package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// output is where the data goes: standard output, or a file that appears
// under its name only once it is whole.
type output struct {
	io.Writer
	sys    *system
	file   *os.File
	path   string // as the user named it
	target string // the file that is written or replaced: path, or where that links to
}

// openOutput opens path, or standard output where it is "" or "-". It refuses the
// files that the command reads, as they would be lost.
func openOutput(sys *system, path string, sources ...string) (*output, error) {
	if path == "" || path == "-" {
		return &output{Writer: sys.stdout}, nil
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return nil, usagef("-o %s: it is a folder; name a file in it", path)
		}
		device, err := os.OpenFile(path, os.O_WRONLY, 0) // such as /dev/null
		return &output{Writer: device}, err
	}
	for _, source := range sources {
		if sameFile(path, source) {
			return nil, usagef("-o %s: the command reads this file, and would write over it; name another", path)
		}
	}
	target := path
	if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		if target, err = filepath.EvalSymlinks(path); err != nil { // the link stays, and what it leads to is written anew
			return nil, usagef("-o %s: a link that leads nowhere: %w", path, pathCause(err))
		}
	}
	sys.mu.Lock()
	defer sys.mu.Unlock()
	file, err := createBeside(target)
	if err != nil {
		return nil, usagef("-o %s: cannot write beside it: %w", path, pathCause(err))
	}
	sys.unfinished[file.Name()] = true
	return &output{Writer: file, sys: sys, file: file, path: path, target: target}, nil
}

// sameFile says whether two paths lead to one file, which need not be there yet.
func sameFile(a, b string) bool {
	if b == "" {
		return false
	}
	if filepath.Clean(a) == filepath.Clean(b) {
		return true
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// createBeside makes a new hidden file in the folder of path, with the
// permissions that the user's mask leaves.
func createBeside(path string) (*os.File, error) {
	for {
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%08x", filepath.Base(path), rand.Uint32()))
		file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
}

// commit makes the file appear under its name.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	o.sys.mu.Lock()
	defer o.sys.mu.Unlock()
	delete(o.sys.unfinished, o.file.Name())
	var err error
	if replaced, statErr := os.Stat(o.target); statErr == nil {
		err = o.file.Chmod(replaced.Mode().Perm())
	}
	if closeErr := o.file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(o.file.Name(), o.target)
	}
	if err != nil {
		os.Remove(o.file.Name())
	}
	o.file = nil
	return err
}

// discard takes the unfinished file away. After commit it does nothing.
func (o *output) discard() {
	if o.file != nil {
		o.sys.mu.Lock()
		defer o.sys.mu.Unlock()
		delete(o.sys.unfinished, o.file.Name())
		o.file.Close()
		os.Remove(o.file.Name())
		o.file = nil
	}
}

// pathCause is what went wrong with a path, without the path.
func pathCause(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	return err
}

// writeError is an error of writing; the reader having gone is none.
func writeError(sys *system, path string, err error) error {
	if isClosedPipe(err) {
		return err
	}
	if path == "" {
		path = "standard output"
	}
	sys.errorf("%s: cannot write: %v", path, pathCause(err))
	return exitCode(exitFailed)
}
