package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrChanged is a file that is no longer what it was when it was read.
var ErrChanged = errors.New("the file changed while it was checked; nothing was written to it")

// errClosed is what writing fails with once the run has been interrupted.
var errClosed = errors.New("interrupted; nothing was written")

// Write replaces the file at an absolute path, or makes it: whoever reads it
// meanwhile sees the old or the new content, never a part of it, and when the
// disk is full the old content stays. Mode, group and, where the system allows
// it, owner are kept. A symbolic link stays, and what it leads to is written. A
// file that has several names is written in place, so that all of them show the
// new content. Devices and pipes are written straight through. A file that is
// read-only is refused.
func (d *Door) Write(ctx context.Context, path, name string, content []byte) error {
	return d.write(ctx, path, name, nil, content)
}

// Replace writes like Write, but only when the file still holds what was read
// from it.
func (d *Door) Replace(ctx context.Context, path, name string, before, content []byte) error {
	return d.write(ctx, path, name, &before, content)
}

func (d *Door) write(ctx context.Context, path, name string, before *[]byte, content []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.base != nil {
		return writing(errors.New("this file system is for reading only"), name)
	}
	target, err := followed(path)
	if err != nil {
		return writing(err, name)
	}
	info, err := os.Stat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return writing(d.rename(target, nil, before, content), name)
	case err != nil:
		return writing(err, name)
	case info.IsDir():
		return &KindError{name, "directory"}
	case !info.Mode().IsRegular():
		return writing(writeThrough(ctx, target, content), name)
	}
	if err := writable(target, info); err != nil {
		return writing(err, name)
	}
	if links(info) > 1 {
		return writing(d.inPlace(target, before, content), name)
	}
	return writing(d.rename(target, info, before, content), name)
}

// Append adds to the end of the file at an absolute path, which others may write
// to as well.
func (d *Door) Append(path, name string, content []byte) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return writing(err, name)
	}
	_, err = file.Write(content)
	return writing(errors.Join(err, file.Close()), name)
}

func writing(err error, name string) error {
	var pathError *fs.PathError
	var linkError *os.LinkError
	switch {
	case err == nil || errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &pathError):
		err = pathError.Err
	case errors.As(err, &linkError):
		err = linkError.Err
	}
	return &fs.PathError{Op: "write", Path: name, Err: err}
}

// followed returns the file that a path leads to, which may not exist yet.
func followed(path string) (string, error) {
	const most = 40 // links, as the kernel has it
	for range most {
		target, err := os.Readlink(path)
		if err != nil {
			return path, nil
		}
		if !filepath.IsAbs(target) {
			target = filepath.Join(filepath.Dir(path), target)
		}
		path = target
	}
	return "", syscall.ELOOP
}

// writable refuses a read-only file, which a rename would replace all the same.
func writable(path string, info fs.FileInfo) error {
	const anyoneWrites = 0o222
	if info.Mode().Perm()&anyoneWrites == 0 {
		return errors.New("the file is read-only")
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	return file.Close()
}

func writeThrough(ctx context.Context, path string, content []byte) error {
	finished := make(chan error, 1)
	go func() {
		file, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err == nil {
			_, err = file.Write(content)
			err = errors.Join(err, file.Close())
		}
		finished <- err
	}()
	select {
	case <-ctx.Done(): // a pipe that nobody reads
		return ctx.Err()
	case err := <-finished:
		return err
	}
}

// inPlace overwrites a file that has several names, and puts the old content
// back when that fails.
func (d *Door) inPlace(path string, before *[]byte, content []byte) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if before != nil && !bytes.Equal(old, *before) {
		return ErrChanged
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer file.Close()
	if err = overwrite(file, content); err != nil {
		return errors.Join(err, overwrite(file, old))
	}
	return nil
}

func overwrite(file *os.File, content []byte) error {
	if _, err := file.WriteAt(content, 0); err != nil {
		return err
	}
	if err := file.Truncate(int64(len(content))); err != nil {
		return err
	}
	return file.Sync()
}

// rename writes a temporary file next to the target and gives it its name.
// info describes the file that is there already; nil when there is none.
func (d *Door) rename(target string, info fs.FileInfo, before *[]byte, content []byte) (err error) {
	d.removeLeftovers(filepath.Dir(target))
	temporary, err := d.create(target)
	if err != nil {
		return err
	}
	defer d.discard(temporary.Name())
	_, err = temporary.Write(content)
	err = errors.Join(err, inherit(temporary, info), temporary.Sync(), temporary.Close())
	if err != nil {
		return err
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.closed {
		return errClosed
	}
	if before != nil {
		if now, err := os.ReadFile(target); err != nil || !bytes.Equal(now, *before) {
			return ErrChanged
		}
	}
	if err := os.Rename(temporary.Name(), target); err != nil {
		return err
	}
	delete(d.temporary, temporary.Name())
	return nil
}

// inherit gives a file the owner and mode of the one that it replaces. The owner
// comes first, because changing it clears setuid and setgid.
func inherit(file *os.File, info fs.FileInfo) error {
	if info == nil {
		return nil
	}
	keepOwner(file, info)
	return file.Chmod(info.Mode() & (fs.ModePerm | fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky))
}

// Temporary files are called .sfnctl-PID-RANDOM.tmp.
const temporaryPrefix, temporarySuffix = ".sfnctl-", ".tmp"

func (d *Door) create(target string) (*os.File, error) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.closed {
		return nil, errClosed
	}
	name := fmt.Sprintf("%s%d-%d%s", temporaryPrefix, os.Getpid(), rand.Uint32(), temporarySuffix)
	file, err := os.OpenFile(filepath.Join(filepath.Dir(target), name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	d.rememberLocked(file.Name())
	return file, nil
}

// remember notes a temporary file, so that nothing is left of it.
func (d *Door) remember(temporary string) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.rememberLocked(temporary)
}

func (d *Door) rememberLocked(temporary string) {
	if d.temporary == nil {
		d.temporary = map[string]bool{}
	}
	d.temporary[temporary] = true
}

func (d *Door) discard(temporary string) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.temporary[temporary] {
		_ = os.Remove(temporary)
		delete(d.temporary, temporary)
	}
}

// Close ends all writing and removes the temporary files of what was being
// written, for a run that is interrupted.
func (d *Door) Close() {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.closed = true
	for name := range d.temporary {
		_ = os.Remove(name)
	}
}

// removeLeftovers removes the temporary files that a killed run left in a
// directory.
func (d *Door) removeLeftovers(directory string) {
	paths, _ := filepath.Glob(filepath.Join(escaped(directory), temporaryPrefix+"*"+temporarySuffix))
	for _, path := range paths {
		if d.isLeftover(path) {
			_ = os.Remove(path)
		}
	}
}

func escaped(directory string) string {
	return strings.NewReplacer(`\`, `\\`, "[", `\[`, "*", `\*`, "?", `\?`).Replace(directory)
}

// abandoned is the age from which a temporary file is left over even when some
// process has its number: writing takes milliseconds.
const abandoned = time.Hour

func (d *Door) isLeftover(path string) bool {
	name := strings.TrimPrefix(filepath.Base(path), temporaryPrefix)
	number, _, _ := strings.Cut(name, "-")
	pid, err := strconv.Atoi(number)
	if err != nil {
		return false // not one of ours
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	if pid == os.Getpid() {
		d.mutex.Lock()
		defer d.mutex.Unlock()
		return !d.temporary[path]
	}
	return !isRunning(pid) || time.Since(info.ModTime()) > abandoned
}

func isRunning(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	return !errors.Is(process.Signal(syscall.Signal(0)), os.ErrProcessDone)
}
