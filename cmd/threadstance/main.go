// Command threadstance reads discussion threads and tells who is for or
// against whom. See the README.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"runtime/debug"
	"sync"
	"syscall"

	"github.com/alecthomas/kong"

	"threadstance/report"
	"threadstance/thread"
	"threadstance/thread/read/input"
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error of the write, handled there
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program, whatever it is at
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// Exit statuses.
const (
	exitOK     = 0
	exitFailed = 1 // some input could not be read
	exitUsage  = 2 // usage, or nothing could be read
)

// commands is the command line.
type commands struct {
	Analyze analyzeCommand `cmd:"" help:"Read threads, tag them, print the tables."`
	Explain explainCommand `cmd:"" help:"Show one post with its segments, mentions and stances, and the words that caused them."`
	Eval    evalCommand    `cmd:"" help:"Score the program against labelled data, beside the floors."`
	Diff    diffCommand    `cmd:"" help:"Tell what moved between two runs, beyond chance."`
	Train   trainCommand   `cmd:"" help:"Train a stance model from labelled data."`
	Lexicon lexiconCommand `cmd:"" help:"Print, check or copy out the lexicon of actors, topics and cues."`

	Version versionFlag `help:"Print the version and exit."`
}

type versionFlag bool

// BeforeReset prints the version, as kong prints the help.
func (versionFlag) BeforeReset(app *kong.Kong) error {
	fmt.Fprintln(app.Stdout, "threadstance", version())
	app.Exit(exitOK)
	return nil
}

// version returns the program's version.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		return info.Main.Version
	}
	return "unknown"
}

// system is where a command reads and writes.
type system struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr *console

	mu         sync.Mutex
	unfinished map[string]bool // temporary files, to be taken away where the program is interrupted
	finishes   bool            // an interrupt is the command's to deal with
}

// finishing says that the command has something to finish, and looks itself
// for the interrupt from here on.
func (s *system) finishing() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finishes = true
}

// untilInterrupt runs a command. An interrupt ends it wherever it is, and no
// half file is left, unless it has something to finish.
func (s *system) untilInterrupt(command func() error) error {
	done := make(chan error, 1)
	go func() { done <- command() }()
	select {
	case err := <-done:
		return err
	case <-s.ctx.Done():
	}
	s.mu.Lock()
	if s.finishes {
		s.mu.Unlock()
		return <-done
	}
	// The lock is kept: nothing is begun or finished any more.
	for name := range s.unfinished {
		os.Remove(name)
	}
	s.errorf("interrupted")
	return exitCode(exitFailed)
}

// errorf says on standard error what went wrong.
func (s *system) errorf(format string, args ...any) {
	fmt.Fprintf(s.stderr, "threadstance: "+format+"\n", args...)
}

// failed says what is wrong with an input, and returns how many could not be read:
// one, or none where err is no more than a doubt.
func (s *system) failed(err error) int {
	s.errorf("%s", report.Clean(err.Error()))
	if isDoubt(err) {
		return 0
	}
	return 1
}

// isDoubt says whether an error is a doubt about what could be read.
func isDoubt(err error) bool {
	_, doubtful := errors.AsType[input.Doubt](err)
	return doubtful
}

// warn says what the reading of a thread found doubtful.
func (s *system) warn(t *thread.Thread) {
	for _, warning := range warnings(t) {
		s.errorf("%s", report.Clean(warning.Error()))
	}
}

// exitCode is an error that has been said already, or needs not be.
type exitCode int

func (exitCode) Error() string { return "exit" }

// usageError is a mistake in how the program was called.
type usageError struct{ error }

// usagef returns a usage error.
func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run is the whole program. It returns the exit status.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	sys := &system{ctx: ctx, stdin: stdin, stdout: stdout, stderr: &console{Writer: stderr}, unfinished: map[string]bool{}}
	switch err := sys.run(args); {
	case err == nil, isClosedPipe(err):
		return exitOK
	default:
		if code, ok := errors.AsType[exitCode](err); ok {
			return int(code)
		}
		printErrors(sys, err)
		if _, ok := errors.AsType[usageError](err); ok {
			sys.errorf("threadstance --help tells the usage")
		}
		return exitUsage
	}
}

// isClosedPipe reports whether who was to read the output has gone.
func isClosedPipe(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe)
}

// printErrors says each of the errors that err may be joined of.
func printErrors(sys *system, err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, err := range joined.Unwrap() {
			printErrors(sys, err)
		}
		return
	}
	sys.errorf("%v", err)
}

func (s *system) run(args []string) (err error) {
	defer func() {
		switch value := recover().(type) {
		case nil:
		case exitCode:
			err = value
		default:
			panic(value) // a fault of ours must not end as if all were well
		}
	}()
	var cli commands
	parser, err := kong.New(&cli,
		kong.Name("threadstance"),
		kong.Description("Who is for or against whom in a discussion, in tables and post by post."),
		kong.Writers(s.stdout, s.stderr),
		kong.Exit(func(code int) { panic(exitCode(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Vars{"jobs": jobs()},
		kong.KindMapper(reflect.Int, kong.MapperFunc(decodeCount)),
		kong.KindMapper(reflect.Int64, kong.MapperFunc(decodeCount)),
		kong.KindMapper(reflect.Float64, kong.MapperFunc(decodeProbability)),
	)
	if err != nil {
		return err
	}
	if len(args) == 0 { // the help, but as an error
		parser.Stdout = s.stderr
		parser.Exit = func(int) { panic(exitCode(exitUsage)) }
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if err != nil {
		return usageError{err}
	}
	return s.untilInterrupt(func() error { return command.Run(s) })
}
