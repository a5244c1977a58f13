package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// MistakeError is a command line that cannot be followed: the mistake of the
// user, not of a definition.
type MistakeError struct{ problem error }

// Error says what is wrong.
func (e *MistakeError) Error() string { return e.problem.Error() }

// Unwrap returns what the mistake comes from.
func (e *MistakeError) Unwrap() error { return e.problem }

func mistakef(format string, arguments ...any) error {
	return &MistakeError{fmt.Errorf(format, arguments...)}
}

// UnreadError is a definition that is there and cannot be read.
type UnreadError struct{ File, Name, Reason string }

// Error says which definition it is, and why.
func (e *UnreadError) Error() string {
	return fmt.Sprintf("%s: the definition of %q cannot be read: %s", e.File, e.Name, e.Reason)
}

func isMissing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

// SplitName splits FILE#NAME, unless there is a file of that very name.
func (w *Workspace) SplitName(argument string) (file, name string) {
	i := strings.LastIndexByte(argument, '#')
	if i <= 0 || w.Files.Exists(w.path(argument)) {
		return argument, ""
	}
	return argument[:i], argument[i+1:]
}

// splitNames takes the names out of arguments FILE#NAME: by path, the one state
// machine that is asked for.
func (w *Workspace) splitNames(arguments []string) (names []string, only map[string]string) {
	only = map[string]string{}
	names = make([]string, len(arguments))
	for i, argument := range arguments {
		file, name := w.SplitName(argument)
		names[i] = file
		if name != "" {
			only[w.path(file)] = name
		}
	}
	return names, only
}

// ReadOne reads the state machine that an argument names: a file, FILE#NAME for
// one of several in a template, or "-" for standard input.
func (w *Workspace) ReadOne(ctx context.Context, argument string) (*Definition, error) {
	name, wanted := w.SplitName(argument)
	content, err := w.ReadFile(ctx, name)
	if err != nil {
		return nil, err
	}
	return Choose(w.Decode(w.path(name), name, content, nil).Definitions, name, wanted)
}

// ReadFile reads a file that the user named, "-" being standard input.
func (w *Workspace) ReadFile(ctx context.Context, name string) ([]byte, error) {
	if name == "-" {
		return w.Files.ReadStream(ctx, w.Stdin, "standard input")
	}
	return w.Files.Read(ctx, w.path(name), name)
}

// Choose returns the state machine of a name; where there is one only, the name
// may be left out.
func Choose(definitions []Definition, file, wanted string) (*Definition, error) {
	var names []string
	var found *Definition
	for i := range definitions {
		names = append(names, file+"#"+definitions[i].Name)
		if definitions[i].Name == wanted || wanted == "" && len(definitions) == 1 {
			found = &definitions[i]
		}
	}
	switch {
	case found != nil && found.Machine == nil:
		return nil, &UnreadError{file, found.Name, found.Unread}
	case found != nil:
		return found, nil
	case len(definitions) == 0:
		return nil, mistakef("%s holds no state machine", file)
	case wanted != "" && names[0] == file+"#":
		return nil, mistakef("%s is a plain definition, which has no name; leave out #%s", file, wanted)
	case wanted != "":
		return nil, mistakef("%s holds no state machine %q; it holds %s", file, wanted, strings.Join(names, ", "))
	}
	return nil, mistakef("%s holds %d state machines; name one: %s", file, len(definitions), strings.Join(names, ", "))
}
