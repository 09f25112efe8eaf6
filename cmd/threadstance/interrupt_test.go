//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A command that has nothing to finish ends at an interrupt, whatever it waits
// for, and leaves no file behind.
func TestInterruptEndsAtOnce(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{
		"explain --post 0 -",
		"eval - -o out",
		"lexicon suggest -",
		"train fifo -o out",
		"analyze posts.jsonl -o fifo", // that nobody reads
	} {
		dir := t.TempDir()
		if err := errors.Join(os.WriteFile(filepath.Join(dir, "posts.jsonl"), []byte(line), 0o644), syscall.Mkfifo(filepath.Join(dir, "fifo"), 0o600)); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		cmd := exec.CommandContext(ctx, "threadstance", strings.Fields(command)...)
		cmd.Path, cmd.Err, cmd.Dir = self, nil, dir
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		stdin, err := cmd.StdinPipe() // which stays open
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
		stdin.Close()
		cancel()
		if code := cmd.ProcessState.ExitCode(); code != exitFailed || stderr.String() != "threadstance: interrupted\n" {
			t.Errorf("%s: exit status %d, said %q", command, code, stderr.String())
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
			t.Errorf("%s: left %v (%v)", command, left, err)
		}
	}
}
