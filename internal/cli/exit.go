package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"

	"github.com/sfnctl/sfnctl/internal/config"
	"github.com/sfnctl/sfnctl/internal/discover"
	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// The exit codes. They are a contract with scripts: see docs/exit-codes.md.
const (
	exitOK     = 0 // nothing to complain of
	exitFault  = 1 // the user's definition or execution is at fault
	exitUsage  = 2 // the user's command line or configuration is at fault
	exitFailed = 3 // the tool or its surroundings failed

	exitInterrupted = 130 // the user pressed Ctrl-C, as shells have it
)

// exitError is an error that knows with which code the process ends.
type exitError struct {
	code int
	err  error // nil when everything has been said already
}

func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// errFault ends a command whose findings or status have been printed.
func errFault() error { return &exitError{code: exitFault} }

// faultf ends a command because the definition or execution is at fault.
func faultf(format string, args ...any) error {
	return &exitError{code: exitFault, err: fmt.Errorf(format, args...)}
}

// usagef ends a command because its arguments or the configuration are wrong.
func usagef(format string, args ...any) error {
	return &exitError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// failures are files that could not be read or written while others were.
type failures []error

func (f *failures) add(err error) {
	if err != nil {
		*f = append(*f, err)
	}
}

// err names each file on standard error and returns a summary with the gravest
// exit code; nil when there is no failure. Of one file alone it returns why.
func (f failures) err(env *Env, files int) error {
	if len(f) == 0 {
		return nil
	}
	code, cancelled := 0, 0
	for _, failure := range f {
		if errors.Is(failure, context.Canceled) {
			cancelled++
		}
		code = max(code, exitCode(failure))
	}
	if cancelled > 0 {
		return &partialError{files - cancelled, files, "files"}
	}
	if files == 1 {
		return f[0]
	}
	for _, failure := range f {
		printError(env, failure)
	}
	return &exitError{code, fmt.Errorf("%d of %d files could not be read or written; what is said of the others does not hold for %s",
		len(f), files, pronoun(len(f)))}
}

func pronoun(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// exitCode tells which code err ends the process with.
func exitCode(err error) int {
	var exit *exitError
	var unread *workspace.UnreadError
	switch {
	case err == nil || isClosedPipe(err):
		return exitOK
	case errors.As(err, &exit):
		return exit.code
	case errors.As(err, &unread):
		return exitFault
	case isUsersMistake(err):
		return exitUsage
	}
	return exitFailed
}

// isUsersMistake tells errors of other packages that are about the command
// line or the configuration.
func isUsersMistake(err error) bool {
	var argument *discover.ArgumentError
	var configuration *config.Error
	var name *lint.UnknownNameError
	var mistake *workspace.MistakeError
	var kind *files.KindError
	var path *fs.PathError
	missing := errors.Is(err, fs.ErrNotExist) && errors.As(err, &path) && path.Op == "read"
	return missing || errors.As(err, &argument) || errors.As(err, &configuration) || errors.As(err, &name) ||
		errors.As(err, &mistake) || errors.As(err, &kind)
}

// isClosedPipe reports whether the reader of our output went away, as `head`
// does; that is no failure.
func isClosedPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }

// describe returns the text of an error for the user; file errors lose the
// name of the system call.
func describe(err error) string {
	var pathError *fs.PathError
	var name *lint.UnknownNameError
	if errors.As(err, &pathError) && errors.Is(err, fs.ErrNotExist) {
		return pathError.Path + ": no such file or directory"
	}
	if errors.As(err, &name) {
		return err.Error() + hint(name.Name, namesLike(name.Kind), "", "")
	}
	return err.Error()
}

// namesLike lists what an unknown name could have been meant to be.
func namesLike(kind string) []string {
	switch kind {
	case "preset":
		return words(lint.Presets())
	case "level":
		return words(lint.Levels())
	}
	return slices.Concat(ruleNames(), words(lint.Categories()))
}
