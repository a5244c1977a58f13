package host

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// MaxFileSize bounds a file that a template refers to, in bytes.
const MaxFileSize = 16 << 20

// Project reads the files that templates refer to, each once, and nothing
// outside of the tree of its root. It is safe for concurrent use.
type Project struct {
	Root         string // an absolute path
	AllowOutside bool   // read files outside of Root, too

	mutex sync.Mutex
	files map[string]*syntax.File // by path
	paths map[*syntax.File]string
	cache map[any]any
}

// NewProject returns a project whose files lie below root, an absolute path.
func NewProject(root string, allowOutside bool) *Project {
	if resolved, err := filepath.EvalSymlinks(root); err == nil {
		root = resolved
	}
	return &Project{
		Root: root, AllowOutside: allowOutside,
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
	if !p.AllowOutside && !p.contains(location) {
		return nil, outside(name)
	}
	resolved, err := filepath.EvalSymlinks(location)
	if err != nil {
		return nil, explain(name, err)
	}
	if !p.AllowOutside && !p.contains(resolved) {
		return nil, outside(name)
	}
	info, err := os.Stat(resolved)
	switch {
	case err != nil:
		return nil, explain(name, err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no file that can be read", name)
	case info.Size() > MaxFileSize:
		return nil, fmt.Errorf("%s is larger than %d MiB, which is no definition", name, MaxFileSize>>20)
	}
	file, err := os.Open(resolved)
	if err != nil {
		return nil, explain(name, err)
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, MaxFileSize))
	if err != nil {
		return nil, explain(name, err)
	}
	return content, nil
}

func (p *Project) contains(location string) bool {
	relative, err := filepath.Rel(p.Root, location)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

func outside(name string) error {
	return fmt.Errorf("%s lies outside of the project, and is not read without --allow-outside", name)
}

// explain says what keeps a file from being read, without the name of the
// system call.
func explain(name string, err error) error {
	var pathError *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &MissingError{name}
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
func (p *Project) Files(beside *syntax.File, suffix string) []*syntax.File {
	const most = 1000
	dir := filepath.Dir(p.Path(beside))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return []*syntax.File{beside}
	}
	var files []*syntax.File
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), suffix) || entry.IsDir() || len(files) == most {
			continue
		}
		if file, err := p.OpenAt(filepath.Join(dir, entry.Name()), path.Join(path.Dir(beside.Name), entry.Name())); err == nil {
			files = append(files, file)
		}
	}
	return files
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
