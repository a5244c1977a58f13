package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/sfnctl/sfnctl/internal/files"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Project reads the files that templates refer to, each once, and nothing
// outside of the tree of its root. It is safe for concurrent use.
type Project struct {
	Root         string      // an absolute path, without symbolic links
	AllowOutside bool        // read files outside of Root, too
	Door         *files.Door // the disk, unless set before the first use

	given string // Root as it was given

	mutex sync.Mutex
	files map[string]*syntax.File // by path
	paths map[*syntax.File]string
	cache map[any]any
}

// NewProject returns a project whose files lie below root, an absolute path.
func NewProject(root string, allowOutside bool) *Project {
	door := files.OnDisk()
	return &Project{
		Root: door.Resolve(root), AllowOutside: allowOutside, Door: door, given: root,
		files: map[string]*syntax.File{}, paths: map[*syntax.File]string{}, cache: map[any]any{},
	}
}

// Add makes the content of a file known, in the place of what the disk has.
func (p *Project) Add(location, name string, content []byte) *syntax.File {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if known := p.files[location]; known != nil && known.Name == name && bytes.Equal(known.Src, content) {
		return known
	}
	file := syntax.NewFile(name, content)
	if p.files[location] != nil {
		clear(p.cache)
	}
	p.files[location] = file
	p.paths[file] = location
	return file
}

// Path returns where the file lies that the user edits; "" when it is none of
// this project.
func (p *Project) Path(file *syntax.File) string {
	for file.Outer != nil {
		file = file.Outer.File
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.paths[file]
}

// Open reads the file that a template names by a path relative to its own
// directory. The error says to the user what is wrong.
func (p *Project) Open(from *syntax.File, reference string) (*syntax.File, error) {
	if scheme, _, found := strings.Cut(reference, "://"); found {
		return nil, fmt.Errorf("%q is a remote location (%s); nothing is fetched from the network", reference, scheme)
	}
	if reference == "" || strings.ContainsAny(reference, "\x00") {
		return nil, errors.New("the name of the file is empty or no path")
	}
	base := filepath.Dir(p.Path(from))
	location := filepath.FromSlash(reference)
	name := filepath.ToSlash(reference)
	if !filepath.IsAbs(location) {
		location = filepath.Join(base, location)
		name = path.Join(path.Dir(from.Name), name)
	}
	return p.OpenAt(location, name)
}

// OpenAt reads the file at an absolute path, which messages call name.
func (p *Project) OpenAt(location, name string) (*syntax.File, error) {
	location = filepath.Clean(location)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if file := p.files[location]; file != nil {
		return file, nil
	}
	content, err := p.read(location, name)
	if err != nil {
		return nil, err
	}
	file := syntax.NewFile(name, content)
	p.files[location] = file
	p.paths[file] = location
	return file, nil
}

func (p *Project) read(location, name string) ([]byte, error) {
	if !p.AllowOutside && !below(p.Root, location) && !below(p.given, location) {
		return nil, outside(name)
	}
	resolved, err := p.Door.Follow(location)
	if err != nil {
		return nil, explain(name, err)
	}
	var content []byte
	switch {
	case p.AllowOutside:
		content, err = p.Door.Read(context.Background(), resolved, name)
	case !below(p.Root, resolved):
		return nil, outside(name)
	default:
		content, err = p.Door.ReadBelow(context.Background(), p.Root, resolved, name)
	}
	if err != nil {
		return nil, explain(name, err)
	}
	return content, nil
}

// below reports whether a path lies in a directory, by its name.
func below(directory, location string) bool {
	relative, err := filepath.Rel(directory, location)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

func outside(name string) error {
	return fmt.Errorf("%s lies outside of the project, and is not read without --allow-outside", name)
}

// explain says what keeps a file from being read, without the name of the
// system call.
func explain(name string, err error) error {
	var pathError *fs.PathError
	var kind *files.KindError
	var size *files.SizeError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &MissingError{name}
	case errors.As(err, &kind), errors.As(err, &size):
		return err
	case errors.As(err, &pathError):
		return fmt.Errorf("%s cannot be read: %w", name, pathError.Err)
	}
	return fmt.Errorf("%s cannot be read: %w", name, err)
}

// MissingError is a reference to a file that does not exist.
type MissingError struct{ Name string }

// Error says which file.
func (e *MissingError) Error() string { return "there is no file " + e.Name }

// Files lists the files in the directory of a file whose names end in suffix,
// itself included. What cannot be read is left out.
func (p *Project) Files(sibling *syntax.File, suffix string) []*syntax.File {
	const most = 1000
	dir := filepath.Dir(p.Path(sibling))
	entries, err := p.Door.List(dir)
	if err != nil {
		return []*syntax.File{sibling}
	}
	var found []*syntax.File
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), suffix) || entry.IsDir() || len(found) == most {
			continue
		}
		if file, err := p.OpenAt(filepath.Join(dir, entry.Name()), path.Join(path.Dir(sibling.Name), entry.Name())); err == nil {
			found = append(found, file)
		}
	}
	return found
}

// Cached returns what compute makes, computed once for each key until a file
// changes. Keys have a type of their own.
func Cached[T any](p *Project, key any, compute func() T) T {
	p.mutex.Lock()
	known, ok := p.cache[key]
	p.mutex.Unlock()
	if ok {
		return known.(T)
	}
	result := compute()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.cache[key] = result
	return result
}
