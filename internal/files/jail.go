package files

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
)

// Jail is a directory out of which nothing is read or written, whatever symbolic
// links there are. Its errors name files as seen from it, and never where it lies.
type Jail struct {
	door *Door
	root *os.Root
}

// Jail opens the jail of a directory, an absolute path.
func (d *Door) Jail(directory string) (*Jail, error) {
	root, err := os.OpenRoot(directory)
	if err != nil {
		return nil, err
	}
	return &Jail{d, root}, nil
}

// Open implements [fs.FS]. It opens regular files and directories.
func (j *Jail) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	file, err := j.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, inJail(err, name)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = errors.New("it is a " + kindOf(info.Mode()))
	}
	if err != nil {
		_ = file.Close()
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return file, nil
}

// ReadDir implements [fs.ReadDirFS].
func (j *Jail) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(j.root.FS(), name)
	return entries, inJail(err, name)
}

// Create makes or replaces a file, and the directories that it needs. The file
// has its content once it is closed, and not before.
func (j *Jail) Create(name string) (io.WriteCloser, error) {
	place := filepath.FromSlash(name)
	if err := j.root.MkdirAll(filepath.Dir(place), 0o755); err != nil {
		return nil, inJail(err, name)
	}
	if info, err := j.root.Stat(place); err == nil && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "write", Path: name, Err: errors.New("it is a " + kindOf(info.Mode()))}
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, inJail(err, name)
	}
	j.door.removeLeftovers(filepath.Join(j.root.Name(), filepath.Dir(place)))
	temporary := filepath.Join(filepath.Dir(place), fmt.Sprintf("%s%d-%d%s", temporaryPrefix, os.Getpid(), rand.Uint32(), temporarySuffix))
	file, err := j.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, inJail(err, name)
	}
	j.door.remember(filepath.Join(j.root.Name(), temporary))
	return &jailed{Writer: bufio.NewWriterSize(file, 64*1024), jail: j, file: file, temporary: temporary, place: place}, nil
}

// jailed is a file that is being written.
type jailed struct {
	*bufio.Writer
	jail             *Jail
	file             *os.File
	temporary, place string
}

// Close gives the file its name.
func (f *jailed) Close() error {
	err := errors.Join(f.Flush(), f.file.Close())
	if err == nil {
		err = f.jail.root.Rename(f.temporary, f.place)
	}
	f.jail.door.discard(filepath.Join(f.jail.root.Name(), f.temporary))
	return inJail(err, filepath.ToSlash(f.place))
}

// inJail makes an error say what it is about, seen from inside.
func inJail(err error, name string) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case err == nil:
		return nil
	case strings.Contains(err.Error(), "escapes from parent"): // os has no variable for it
		err = errors.New("a symbolic link leads out of the folder")
	case errors.As(err, &pathError):
		err = pathError.Err
	case errors.As(err, &linkError):
		err = linkError.Err
	}
	return &fs.PathError{Op: "open", Path: path.Clean(name), Err: err}
}
