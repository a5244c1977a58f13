// Package cli is the command line: one file a command, each with a
// constructor that takes the [Env]. It reads arguments, calls the packages that
// do the work, prints and decides the exit code; it holds no logic of its own.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"time"

	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// grace is how long an interrupted command may take to say what it has done.
const grace = 100 * time.Millisecond

// Main runs the command that args name and returns the exit code of the process.
// When the context ends, so does the command: by itself within a moment, else it
// is left where it is, with nothing half written.
func Main(ctx context.Context, args []string, env *Env) int {
	env.files = files.OnDisk()
	env.Dir = env.files.Resolve(env.Dir)
	finished := make(chan int, 1)
	go func() { finished <- execute(ctx, args, env) }()
	select {
	case code := <-finished:
		return code
	case <-ctx.Done():
	}
	select {
	case <-finished:
	case <-time.After(grace):
		env.files.Close()
		sayInterrupted(env, context.Canceled)
	}
	return exitInterrupted
}

func execute(ctx context.Context, args []string, env *Env) (code int) {
	defer func() {
		if fault := recover(); fault != nil {
			reportCrash(env, fault)
			code = exitFailed
		}
	}()
	root := newRootCommand(env)
	root.SetArgs(args)
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		sayInterrupted(env, err)
		return exitInterrupted
	}
	printError(env, err)
	return exitCode(err)
}

// partialError is an interrupted command that did a part of its work.
type partialError struct {
	done, total int
	what        string
}

// Error says how much was done.
func (e *partialError) Error() string {
	return fmt.Sprintf("%d of %d %s; what is printed covers these alone", e.done, e.total, e.what)
}

// Unwrap makes it an interruption.
func (*partialError) Unwrap() error { return context.Canceled }

func sayInterrupted(env *Env, err error) {
	var partial *partialError
	text := "interrupted; what is printed is not complete"
	if errors.As(err, &partial) {
		text = "interrupted after " + partial.Error()
	}
	_, _ = io.WriteString(env.Stderr, "sfnctl: "+text+"\n")
}

// printError says on standard error why the command ended, unless it is said.
func printError(env *Env, err error) {
	var exit *exitError
	silent := errors.As(err, &exit) && exit.err == nil
	if silent || isClosedPipe(err) {
		return
	}
	palette := env.palette(env.Stderr)
	fmt.Fprintf(env.Stderr, "%s %s\n", palette.Error("sfnctl:"), printable.Text(describe(err)))
}

func reportCrash(env *Env, fault any) {
	fmt.Fprintf(env.Stderr, "sfnctl: this is a fault of sfnctl, not of your files: %v\n\n%s\n", fault, debug.Stack())
	fmt.Fprintln(env.Stderr, "Please report it with the text above at https://github.com/sfnctl/sfnctl/issues")
}
