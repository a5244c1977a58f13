// Package files is the one door to the disk. What sfnctl reads comes through a
// [Door], which takes regular files only, holds them to one limit of size and
// lets unsaved texts stand in for files; what it writes is written whole or not
// at all.
package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/bmatcuk/doublestar/v4"
)

// DefaultLimit is how many bytes a file may have: the service takes definitions
// of 1 MiB, and templates and histories are not much larger.
const DefaultLimit = 64 << 20

// Door reads and writes the files of one run. It is safe for concurrent use.
type Door struct {
	Limit int64 // of the size of a file; DefaultLimit unless set

	base fs.FS // nil for the disk

	mutex     sync.Mutex
	unsaved   map[string][]byte // by absolute path
	inputs    map[string]bool   // files that were read, by their path without symbolic links
	temporary map[string]bool   // files that are being written
	closed    bool
}

// OnDisk returns the door to the file system of the machine.
func OnDisk() *Door { return &Door{Limit: DefaultLimit} }

// Over returns the door to another file system, whose root stands for "/".
func Over(base fs.FS) *Door { return &Door{Limit: DefaultLimit, base: base} }

// Keep lets a text that is not saved yet stand in for the file at an absolute
// path. Nil gives the file itself back.
func (d *Door) Keep(path string, text []byte) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if text == nil {
		delete(d.unsaved, path)
		return
	}
	if d.unsaved == nil {
		d.unsaved = map[string][]byte{}
	}
	d.unsaved[path] = text
}

func (d *Door) kept(path string) ([]byte, bool) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	text, ok := d.unsaved[path]
	return text, ok
}

// KindError is a path that names no regular file.
type KindError struct{ Name, Kind string }

// Error says what the path names instead.
func (e *KindError) Error() string {
	if e.Kind == "directory" {
		return e.Name + " is a directory; name a file in it"
	}
	return fmt.Sprintf("%s is a %s; sfnctl reads regular files only, and standard input as -", e.Name, e.Kind)
}

// SizeError is a file beyond the limit.
type SizeError struct {
	Name  string
	Limit int64
}

// Error names the file and the limit.
func (e *SizeError) Error() string {
	limit := fmt.Sprintf("%d bytes", e.Limit)
	if e.Limit%(1<<20) == 0 {
		limit = fmt.Sprintf("%d MiB", e.Limit>>20)
	}
	return fmt.Sprintf("%s is larger than %s; --max-file-size raises the limit", e.Name, limit)
}

// Read returns the content of the regular file at an absolute path; messages
// call it name. From then on the file is an input of the run.
func (d *Door) Read(ctx context.Context, path, name string) ([]byte, error) {
	content, err := d.Look(ctx, path, name)
	if err == nil {
		d.Note(path)
	}
	return content, err
}

// Note makes the file at an absolute path an input of the run.
func (d *Door) Note(path string) {
	resolved := d.Resolve(path)
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.inputs == nil {
		d.inputs = map[string]bool{}
	}
	d.inputs[resolved] = true
}

// IsInput reports whether the file at an absolute path is an input of the run.
func (d *Door) IsInput(path string) bool {
	resolved := d.Resolve(path)
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.inputs[resolved]
}

// Look reads like Read, to see what a file holds rather than to work on it.
func (d *Door) Look(ctx context.Context, path, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if text, ok := d.kept(path); ok {
		return text, nil
	}
	file, err := d.open(path)
	if err != nil {
		return nil, named(err, name)
	}
	defer file.Close()
	return d.readAll(ctx, file, name)
}

// ReadBelow reads like Read, but nothing that lies outside of a directory: a
// symbolic link that leaves it is refused whenever it is made.
func (d *Door) ReadBelow(ctx context.Context, directory, path, name string) ([]byte, error) {
	relative, err := filepath.Rel(directory, path)
	if _, unsaved := d.kept(path); err != nil || unsaved || d.base != nil {
		return d.Read(ctx, path, name)
	}
	root, err := os.OpenRoot(directory)
	if err != nil {
		return nil, named(err, name)
	}
	defer root.Close()
	file, err := root.OpenFile(relative, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, named(err, name)
	}
	defer file.Close()
	return d.readAll(ctx, file, name)
}

// open does not wait for the other end of a named pipe.
func (d *Door) open(path string) (fs.File, error) {
	if d.base != nil {
		return d.base.Open(inBase(path))
	}
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
}

func (d *Door) readAll(ctx context.Context, file fs.File, name string) ([]byte, error) {
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, named(err, name)
	case !info.Mode().IsRegular():
		return nil, &KindError{name, kindOf(info.Mode())}
	case info.Size() > d.Limit:
		return nil, &SizeError{name, d.Limit}
	}
	return d.drain(ctx, file, name)
}

// ReadStream reads standard input, or another stream, until it ends or the
// context does.
func (d *Door) ReadStream(ctx context.Context, stream io.Reader, name string) ([]byte, error) {
	type outcome struct {
		content []byte
		err     error
	}
	finished := make(chan outcome, 1)
	go func() {
		content, err := d.drain(ctx, stream, name)
		finished <- outcome{content, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case read := <-finished:
		return read.content, read.err
	}
}

func (d *Door) drain(ctx context.Context, stream io.Reader, name string) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(patient{ctx, stream}, d.Limit+1))
	switch {
	case err != nil:
		return nil, named(err, name)
	case int64(len(content)) > d.Limit:
		return nil, &SizeError{name, d.Limit}
	}
	return content, nil
}

// patient is a reader that stops when its context ends.
type patient struct {
	ctx  context.Context
	from io.Reader
}

// Read implements io.Reader.
func (p patient) Read(buffer []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.from.Read(buffer)
}

// named gives an error of the system the name that the user knows the file by.
func named(err error, name string) error {
	var pathError *fs.PathError
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &pathError):
		return &fs.PathError{Op: "read", Path: name, Err: pathError.Err}
	}
	return &fs.PathError{Op: "read", Path: name, Err: err}
}

func kindOf(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "directory"
	case mode&fs.ModeNamedPipe != 0:
		return "named pipe"
	case mode&fs.ModeSocket != 0:
		return "socket"
	}
	return "device"
}

// Stat tells what lies at an absolute path, symbolic links followed.
func (d *Door) Stat(path string) (fs.FileInfo, error) {
	if d.base != nil {
		return fs.Stat(d.base, inBase(path))
	}
	return os.Stat(path)
}

// Exists reports whether anything lies at an absolute path.
func (d *Door) Exists(path string) bool {
	if _, unsaved := d.kept(path); unsaved {
		return true
	}
	_, err := d.Stat(path)
	return err == nil
}

// Follow follows the symbolic links in an absolute path.
func (d *Door) Follow(path string) (string, error) {
	if _, unsaved := d.kept(path); unsaved || d.base != nil {
		return path, nil
	}
	return filepath.EvalSymlinks(path)
}

// Resolve follows symbolic links as far as that goes: what cannot be followed
// stays as it is.
func (d *Door) Resolve(path string) string {
	if resolved, err := d.Follow(path); err == nil {
		return resolved
	}
	return path
}

// List returns what lies in the directory at an absolute path, sorted by name.
func (d *Door) List(path string) ([]fs.DirEntry, error) {
	if d.base != nil {
		return fs.ReadDir(d.base, inBase(path))
	}
	return os.ReadDir(path)
}

// Walk goes through all that lies below an absolute path, as [fs.WalkDir] does.
func (d *Door) Walk(path string, visit fs.WalkDirFunc) error {
	if d.base == nil {
		return filepath.WalkDir(path, visit)
	}
	return fs.WalkDir(d.base, inBase(path), func(place string, entry fs.DirEntry, err error) error {
		return visit(filepath.Join(string(filepath.Separator), filepath.FromSlash(place)), entry, err)
	})
}

// Glob returns the absolute paths that match a pattern, which is absolute, too.
// It does not follow symbolic links.
func (d *Door) Glob(pattern string) ([]string, error) {
	if d.base == nil {
		return doublestar.FilepathGlob(pattern, doublestar.WithNoFollow())
	}
	names, err := doublestar.Glob(d.base, inBase(pattern), doublestar.WithNoFollow())
	for i := range names {
		names[i] = filepath.Join(string(filepath.Separator), filepath.FromSlash(names[i]))
	}
	return names, err
}

// inBase returns the name that an absolute path has in an fs.FS.
func inBase(path string) string {
	name := strings.TrimPrefix(filepath.ToSlash(filepath.Clean(path)), "/")
	if name == "" {
		return "."
	}
	return name
}
