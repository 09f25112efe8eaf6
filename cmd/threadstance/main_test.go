package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite what the scripts and the README expect")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"threadstance": main})
}

// TestScripts runs the scripts of testdata/script, each of which tells about a
// command or a kind of input.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "../../testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("COLUMNS", "")
			return errors.Join(os.CopyFS(env.WorkDir+"/threads", os.DirFS("../../testdata/threads")), os.CopyFS(env.WorkDir+"/gold", os.DirFS("../../testdata/gold")))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"status": status},
	})
}

// status runs a program and holds its exit status: "status 2 threadstance
// analyze".
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N program [argument ...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if exit, ok := err.(interface{ ExitCode() int }); ok {
		got = string(rune('0' + exit.ExitCode()))
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

const line = `{"thread":"harbour","author":"tide","text":"The US should go home. I hate this."}` + "\n"

// An interrupt ends with the tables of what was read, and says so.
func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	stdin, feed := io.Pipe()
	var stdout, stderr bytes.Buffer
	go func() {
		for i := range 2000 {
			// A thread a line, so that the pipeline has batches to finish.
			io.WriteString(feed, strings.Replace(line, "harbour", "harbour"+string(rune('a'+i%26)), 1))
		}
		time.Sleep(50 * time.Millisecond)
		cancel() // the feed stays open: reading would wait for ever
	}()
	if code := run(ctx, []string{"analyze", "--from", "jsonl"}, stdin, &stdout, &stderr); code != exitFailed {
		t.Errorf("exit status %d, want %d", code, exitFailed)
	}
	if !strings.Contains(stdout.String(), "partial") || !strings.Contains(stdout.String(), "by user") {
		t.Errorf("no tables marked as partial:\n%s", stdout.String())
	}
	if !strings.Contains(stderr.String(), "interrupted") {
		t.Errorf("no word of the interrupt: %s", stderr.String())
	}
}

// closedPipe is standard output whose reader has gone.
type closedPipe struct{ written int }

func (c *closedPipe) Write(p []byte) (int, error) {
	if c.written += len(p); c.written > 100 {
		return 0, syscall.EPIPE
	}
	return len(p), nil
}

func TestClosedPipeEndsQuietly(t *testing.T) {
	for _, format := range []string{"jsonl", "table"} {
		var stderr bytes.Buffer
		code := run(t.Context(), []string{"analyze", "--format", format}, strings.NewReader(strings.Repeat(line, 5000)), &closedPipe{}, &stderr)
		if code != exitOK || stderr.Len() > 0 {
			t.Errorf("--format %s: exit status %d, said %q", format, code, stderr.String())
		}
	}
}
