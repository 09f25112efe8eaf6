package main

import (
	"bytes"
	"testing"
)

// What is said while the progress is told stands on a line of its own.
func TestErrorsReplaceProgress(t *testing.T) {
	var screen bytes.Buffer
	sys := &system{stderr: &console{Writer: &screen}}
	sys.errorf("one")
	sys.stderr.progress("files 1")
	sys.stderr.progress("files 2")
	sys.errorf("two")
	sys.errorf("three")
	sys.stderr.progress("")
	sys.stderr.progress("files 3")
	sys.stderr.progress("")
	want := "threadstance: one\n\r\x1b[Kfiles 1\r\x1b[Kfiles 2\r\x1b[Kthreadstance: two\nthreadstance: three\n\r\x1b[Kfiles 3\r\x1b[K"
	if got := screen.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
