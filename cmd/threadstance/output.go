package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// output is where the data goes: standard output, or a file that appears
// under its name only once it is whole.
type output struct {
	io.Writer
	file *os.File
	path string
}

// openOutput opens path, or standard output where it is "" or "-".
func openOutput(sys *system, path string) (*output, error) {
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
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return nil, usagef("-o %s: cannot write beside it: %w", path, pathCause(err))
	}
	return &output{Writer: file, file: file, path: path}, nil
}

// commit makes the file appear under its name.
func (o *output) commit() error {
	if o.file == nil {
		return nil
	}
	err := o.file.Chmod(o.mode())
	if closeErr := o.file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(o.file.Name(), o.path)
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
		o.file.Close()
		os.Remove(o.file.Name())
		o.file = nil
	}
}

// mode returns the permissions of the file that is replaced, or the usual.
func (o *output) mode() os.FileMode {
	if info, err := os.Stat(o.path); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
}

// pathCause is what went wrong with a path, without the path.
func pathCause(err error) error {
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		return pathErr.Err
	}
	return err
}
