// Package editorconfig finds what the .editorconfig files around a file say
// about its layout. It knows the properties that sfnctl fmt uses, and nothing of
// the formatter.
package editorconfig

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/editorconfig/editorconfig-core-go/v2"

	"github.com/sfnctl/sfnctl/internal/files"
)

// Settings is the layout of a file. What is not set is zero.
type Settings struct {
	Indent  string // one level of indentation
	Width   int    // the longest line wanted, in columns
	Newline string // "\n" or "\r\n"
}

// Finder reads each .editorconfig once. It is not safe for concurrent use.
type Finder struct {
	files *files.Door
	read  map[string]*editorconfig.Editorconfig // by directory
}

// NewFinder returns a finder.
func NewFinder(door *files.Door) *Finder {
	return &Finder{files: door, read: map[string]*editorconfig.Editorconfig{}}
}

// For returns the settings of the file at path, an absolute path. Files nearer
// to it, and sections further down, win. It fails when a file cannot be read.
func (f *Finder) For(ctx context.Context, path string) (Settings, error) {
	properties := map[string]string{}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		found, err := f.in(ctx, dir)
		if err != nil {
			return Settings{}, err
		}
		if err := collect(found, dir, path, properties); err != nil {
			return Settings{}, err
		}
		if found.Root || dir == filepath.Dir(dir) {
			return settings(properties), nil
		}
	}
}

func (f *Finder) in(ctx context.Context, dir string) (*editorconfig.Editorconfig, error) {
	if known := f.read[dir]; known != nil {
		return known, nil
	}
	path := filepath.Join(dir, editorconfig.ConfigNameDefault)
	text, err := f.files.Read(ctx, path, path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the layout settings: %w", err)
	}
	found, _, err := editorconfig.ParseGraceful(strings.NewReader(wellFormed(string(text))))
	if err != nil {
		return nil, fmt.Errorf("read the layout settings: %s: %w", path, err)
	}
	f.read[dir] = found
	return found, nil
}

// wellFormed leaves out the lines that are neither a section nor a property,
// which say nothing and which the library takes for faults of the whole file.
// The notation has no escapes and no values in quotes or over several lines,
// which the library would read as well.
func wellFormed(text string) string {
	var kept strings.Builder
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		line = strings.TrimSpace(line)
		name, value, isProperty := strings.Cut(line, "=")
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '[' && line[len(line)-1] == ']':
			fmt.Fprintln(&kept, line)
		case isProperty && isWord(strings.TrimSpace(name)) && isWord(strings.TrimSpace(value)):
			fmt.Fprintln(&kept, strings.ToLower(line))
		}
	}
	return kept.String()
}

// isWord reports whether a text is the name or the value of a property that
// says something about the layout.
func isWord(text string) bool {
	return text != "" && strings.Trim(strings.ToLower(text), "abcdefghijklmnopqrstuvwxyz0123456789_-") == ""
}

// collect adds the properties that hold for a file and that no nearer document
// has set.
func collect(document *editorconfig.Editorconfig, dir, path string, into map[string]string) error {
	relative, err := filepath.Rel(dir, path)
	if err != nil {
		return err
	}
	found, err := document.GetDefinitionForFilename(filepath.ToSlash(relative))
	if err != nil {
		return fmt.Errorf("read the layout settings: %s: %w", filepath.Join(dir, editorconfig.ConfigNameDefault), err)
	}
	for name, value := range found.Raw {
		if _, set := into[name]; !set {
			into[name] = value
		}
	}
	return nil
}

const maxIndent = 16

func settings(properties map[string]string) Settings {
	var s Settings
	size, err := strconv.Atoi(properties["indent_size"])
	if err != nil {
		size, err = strconv.Atoi(properties["tab_width"])
	}
	switch {
	case properties["indent_style"] == "tab":
		s.Indent = "\t"
	case err == nil && size > 0 && size <= maxIndent:
		s.Indent = strings.Repeat(" ", size)
	}
	if width, err := strconv.Atoi(properties["max_line_length"]); err == nil && width > 0 {
		s.Width = width
	}
	switch properties["end_of_line"] {
	case "lf":
		s.Newline = "\n"
	case "crlf":
		s.Newline = "\r\n"
	}
	return s
}
