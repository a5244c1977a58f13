// Package editorconfig finds what the .editorconfig files around a file say
// about its layout. It knows the properties that sfnctl fmt uses, and nothing of
// the formatter.
package editorconfig

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// Settings is the layout of a file. What is not set is zero.
type Settings struct {
	Indent  string // one level of indentation
	Width   int    // the longest line wanted, in columns
	Newline string // "\n" or "\r\n"
}

// Finder reads each .editorconfig once. It is not safe for concurrent use.
type Finder struct{ read map[string]*document }

// NewFinder returns a finder.
func NewFinder() *Finder { return &Finder{read: map[string]*document{}} }

// document is a parsed .editorconfig.
type document struct {
	root     bool
	sections []section
}

type section struct {
	pattern    string
	properties map[string]string // names and values in lower case
}

// For returns the settings of the file at path, an absolute path. Files nearer
// to it, and sections further down, win. It fails when a file cannot be read.
func (f *Finder) For(path string) (Settings, error) {
	properties := map[string]string{}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		found, err := f.in(dir)
		if err != nil {
			return Settings{}, err
		}
		found.collect(dir, path, properties)
		if found.root || dir == filepath.Dir(dir) {
			return settings(properties), nil
		}
	}
}

func (f *Finder) in(dir string) (*document, error) {
	if known := f.read[dir]; known != nil {
		return known, nil
	}
	text, err := os.ReadFile(filepath.Join(dir, ".editorconfig"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the layout settings: %w", err)
	}
	f.read[dir] = parse(string(text))
	return f.read[dir], nil
}

// parse reads the lines of the format: [pattern], name = value, and comments. A
// line that is none of these says nothing.
func parse(text string) *document {
	d := &document{}
	for line := range strings.Lines(strings.TrimPrefix(text, "\uFEFF")) {
		line = strings.TrimSpace(line)
		name, value, isProperty := strings.Cut(line, "=")
		name, value = strings.ToLower(strings.TrimSpace(name)), strings.ToLower(strings.TrimSpace(value))
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '[' && line[len(line)-1] == ']':
			d.sections = append(d.sections, section{line[1 : len(line)-1], map[string]string{}})
		case !isProperty:
		case len(d.sections) > 0:
			d.sections[len(d.sections)-1].properties[name] = value
		case name == "root":
			d.root = value == "true"
		}
	}
	return d
}

// collect adds the properties that hold for a file and that no nearer document
// has set.
func (d *document) collect(dir, path string, into map[string]string) {
	own := map[string]string{}
	relative, err := filepath.Rel(dir, path)
	if err != nil {
		return
	}
	for _, s := range d.sections {
		if !s.takes(filepath.ToSlash(relative)) {
			continue
		}
		for name, value := range s.properties {
			own[name] = value
		}
	}
	for name, value := range own {
		if _, set := into[name]; !set {
			into[name] = value
		}
	}
}

// takes reports whether the pattern of the section names a file. A pattern
// without a slash names files in every directory below.
func (s *section) takes(relative string) bool {
	pattern := strings.TrimPrefix(s.pattern, "/")
	if !strings.Contains(s.pattern, "/") {
		pattern = "**/" + s.pattern
	}
	matched, err := doublestar.Match(pattern, relative)
	return err == nil && matched
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
