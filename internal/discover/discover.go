// Package discover turns the arguments of a command line into the files to
// work on: files, directories that are walked, globs, and standard input.
package discover

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/internal/files"
)

// Source is one file to work on.
type Source struct {
	Name     string // as shown to the user: slashes, relative as the argument was; a stand-in for standard input
	Path     string // in the file system; "" for standard input
	Explicit bool   // named by the user, not met in a walk
	Content  []byte // what was read to sniff it; nil when not read yet
}

// Stdin reports whether the source is standard input.
func (s Source) Stdin() bool { return s.Path == "" }

// Options say where to look and what to take.
type Options struct {
	Files     *files.Door
	Dir       string   // where relative arguments start
	StdinName string   // the name that "-" goes by; "-" when empty
	Exclude   []string // doublestar patterns of paths that a walk passes over

	// Sniff tells whether a file met in a walk, whose name does not say what it
	// is, is wanted. Nil takes none of them.
	Sniff func(name string, content []byte) bool
	// Skipped is told of everything a walk passes over, and why. It may be nil.
	Skipped func(name, reason string)
}

// ArgumentError is an argument that leads nowhere: the user's mistake, not a
// failure of the machine.
type ArgumentError struct {
	Argument string
	Problem  string
}

// Error returns "ARGUMENT: PROBLEM".
func (e *ArgumentError) Error() string { return e.Argument + ": " + e.Problem }

// Find returns the files that the arguments name, each once, sorted by name.
// No arguments mean the directory itself. It fails with an [ArgumentError] on
// an argument that names nothing.
func Find(ctx context.Context, arguments []string, options Options) ([]Source, error) {
	if len(arguments) == 0 {
		arguments = []string{"."}
	}
	f := &finder{Options: options, ctx: ctx, seen: map[string]bool{}}
	for _, argument := range arguments {
		if err := f.add(argument); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(f.found, func(a, b Source) int { return strings.Compare(a.Name, b.Name) })
	return f.found, nil
}

type finder struct {
	Options
	ctx   context.Context
	found []Source
	seen  map[string]bool // by cleaned path
}

func (f *finder) add(argument string) error {
	if argument == "-" {
		f.addStdin()
		return nil
	}
	if argument == "" {
		return &ArgumentError{`""`, "an empty argument names no file"}
	}
	if dir, found := strings.CutSuffix(argument, "/..."); found {
		argument = dir // as Go's tools spell "and all below"
	}
	path := f.absolute(argument)
	info, err := f.Files.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return f.walk(argument, path)
	case err == nil:
		f.take(Source{Name: showName(argument), Path: path, Explicit: true})
		return nil
	case isGlob(argument):
		return f.glob(argument)
	case isMissing(err):
		return &ArgumentError{argument, "no such file or directory"}
	}
	return err
}

func (f *finder) absolute(name string) string {
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(f.Dir, name)
}

func (f *finder) addStdin() {
	name := f.StdinName
	if name == "" {
		name = "-"
	}
	if !f.seen["-"] {
		f.seen["-"] = true
		f.found = append(f.found, Source{Name: filepath.ToSlash(name), Explicit: true})
	}
}

// take adds a source unless it is there; naming a file beats meeting it.
func (f *finder) take(source Source) {
	if !f.seen[source.Path] {
		f.seen[source.Path] = true
		f.found = append(f.found, source)
		return
	}
	for i := range f.found {
		if f.found[i].Path == source.Path && source.Explicit {
			f.found[i].Explicit = true
		}
	}
}

func isGlob(argument string) bool { return strings.ContainsAny(argument, "*?[{") }

// isMissing also takes a path that goes through a file for missing.
func isMissing(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || strings.Contains(err.Error(), "not a directory")
}

// glob expands a pattern that the shell left alone (Windows, or quotes).
func (f *finder) glob(pattern string) error {
	matches, err := f.Files.Glob(f.absolute(pattern))
	if err != nil {
		return &ArgumentError{pattern, "not a pattern that can be understood: " + err.Error()}
	}
	before := len(f.found)
	for _, match := range matches {
		f.addMatch(pattern, match)
	}
	if len(f.found) == before && len(matches) == 0 {
		return &ArgumentError{pattern, "no file matches"}
	}
	return nil
}

func (f *finder) addMatch(pattern, path string) {
	info, err := f.Files.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	name := path
	if !filepath.IsAbs(pattern) {
		if relative, err := filepath.Rel(f.Dir, path); err == nil {
			name = relative
		}
	}
	if reason := f.passOver(showName(name), pattern); reason != "" {
		f.skip(showName(name), reason)
		return
	}
	f.take(Source{Name: showName(name), Path: path, Explicit: true})
}

// passOver gives the reason to leave out a match of a glob: it lies in a folder
// that walks skip, and the pattern does not name that folder.
func (f *finder) passOver(name, pattern string) string {
	for _, segment := range strings.Split(filepath.ToSlash(filepath.Dir(name)), "/") {
		if reason := skippedDirectory(segment); reason != "" && !strings.Contains(pattern, segment) {
			return fmt.Sprintf("in %s: %s", segment, reason)
		}
	}
	return f.excluded(name)
}

func (f *finder) skip(name, reason string) {
	if f.Skipped != nil {
		f.Skipped(name, reason)
	}
}

// showName is the form in which a path stands in messages.
func showName(path string) string {
	name := filepath.ToSlash(filepath.Clean(path))
	return strings.TrimPrefix(name, "./")
}
