package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"

	"github.com/sfnctl/sfnctl/internal/config"
	"github.com/sfnctl/sfnctl/internal/discover"
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

// exitCode tells which code err ends the process with.
func exitCode(err error) int {
	var exit *exitError
	switch {
	case err == nil || isClosedPipe(err):
		return exitOK
	case errors.As(err, &exit):
		return exit.code
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
	return errors.As(err, &argument) || errors.As(err, &configuration) || errors.As(err, &name)
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
