//go:build unix

package files

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// put writes a file into a directory and returns its path.
func put(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func get(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// names lists what lies in a directory.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return list
}

func fifo(t *testing.T, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	return path
}

func TestOnlyRegularFilesUpToTheLimitAreRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	door := OnDisk()
	door.Limit = 10
	for _, test := range []struct{ path, want string }{
		{dir, "in is a directory; name a file in it"},
		{fifo(t, dir), "in is a named pipe; sfnctl reads regular files only, and standard input as -"},
		{"/dev/zero", "in is a device; sfnctl reads regular files only, and standard input as -"},
		{put(t, dir, "large", "12345678901"), "in is larger than 10 bytes; --max-file-size raises the limit"},
		{filepath.Join(dir, "none"), "read in: no such file or directory"},
	} {
		if _, err := door.Read(t.Context(), test.path, "in"); err == nil || err.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.path, err, test.want)
		}
	}
	content, err := door.Read(t.Context(), put(t, dir, "exact", "1234567890"), "in")
	if err != nil || string(content) != "1234567890" {
		t.Errorf("%q, %v", content, err)
	}
}

func TestAStreamIsLeftWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	silent, _ := io.Pipe()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := OnDisk().ReadStream(ctx, silent, "-"); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	door := OnDisk()
	door.Limit = 3
	var tooLarge *SizeError
	if _, err := door.ReadStream(t.Context(), strings.NewReader("1234"), "-"); !errors.As(err, &tooLarge) {
		t.Error(err)
	}
}

func TestUnsavedTextsStandInForFiles(t *testing.T) {
	t.Parallel()
	door := Over(fstest.MapFS{"a/b.json": {Data: []byte("saved")}})
	door.Keep("/a/b.json", []byte("unsaved"))
	door.Keep("/a/new.json", []byte("new"))
	for path, want := range map[string]string{"/a/b.json": "unsaved", "/a/new.json": "new"} {
		if content, err := door.Read(t.Context(), path, path); err != nil || string(content) != want || !door.Exists(path) {
			t.Errorf("%s: %q, %v", path, content, err)
		}
	}
	door.Keep("/a/b.json", nil)
	if content, _ := door.Read(t.Context(), "/a/b.json", ""); string(content) != "saved" {
		t.Errorf("%q", content)
	}
	if err := door.Write(t.Context(), "/a/b.json", "b", nil); err == nil {
		t.Error("a file system that is not the disk was written to")
	}
}

func TestASymbolicLinkOutOfTheDirectoryIsNotRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	secret := put(t, dir, "secret", "secret")
	inside := filepath.Join(dir, "project")
	put(t, inside, "own", "own")
	if err := os.Symlink(secret, filepath.Join(inside, "link")); err != nil {
		t.Skip(err)
	}
	door := OnDisk()
	if content, err := door.ReadBelow(t.Context(), inside, filepath.Join(inside, "own"), "own"); err != nil || string(content) != "own" {
		t.Errorf("%q, %v", content, err)
	}
	if content, err := door.ReadBelow(t.Context(), inside, filepath.Join(inside, "link"), "link"); err == nil {
		t.Errorf("read %q", content)
	}
}

func TestWritingKeepsModeAndLinks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	door := OnDisk()
	path := put(t, dir, "file", "old")
	const mode = 0o640 | fs.ModeSetgid
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink("file", link); err != nil {
		t.Skip(err)
	}
	if err := door.Write(t.Context(), link, "link", []byte("new")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(link)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	if info, _ := os.Stat(path); info.Mode() != mode || get(t, path) != "new" {
		t.Errorf("mode %v, content %q", info.Mode(), get(t, path))
	}
	other := filepath.Join(dir, "other")
	if err := os.Link(path, other); err != nil {
		t.Skip(err)
	}
	if err := door.Write(t.Context(), path, "file", []byte("shorter?")); err != nil || get(t, other) != "shorter?" {
		t.Errorf("the other name shows %q, %v", get(t, other), err)
	}
	if err := door.Write(t.Context(), path, "file", []byte("x")); err != nil || get(t, other) != "x" {
		t.Errorf("the other name shows %q, %v", get(t, other), err)
	}
	dangling := filepath.Join(dir, "dangling")
	if err := os.Symlink("made", dangling); err != nil {
		t.Skip(err)
	}
	if err := door.Write(t.Context(), dangling, "dangling", []byte("made")); err != nil || get(t, filepath.Join(dir, "made")) != "made" {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"dangling", "file", "link", "made", "other"}, names(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestWhatMustNotBeWrittenIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	door := OnDisk()
	locked := put(t, dir, "locked", "old")
	if err := os.Chmod(locked, 0o444); err != nil {
		t.Fatal(err)
	}
	if err := door.Write(t.Context(), locked, "locked", []byte("new")); err == nil || err.Error() != "write locked: the file is read-only" {
		t.Error(err)
	}
	changed := put(t, dir, "changed", "newer")
	if err := door.Replace(t.Context(), changed, "changed", []byte("old"), []byte("new")); !errors.Is(err, ErrChanged) {
		t.Error(err)
	}
	var kind *KindError
	if err := door.Write(t.Context(), dir, "dir", nil); !errors.As(err, &kind) {
		t.Error(err)
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	if err := door.Write(stopped, changed, "changed", nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	door.Close()
	if err := door.Write(t.Context(), changed, "changed", []byte("late")); err == nil || get(t, changed) != "newer" {
		t.Errorf("%v, %q", err, get(t, changed))
	}
	if diff := cmp.Diff([]string{"changed", "locked"}, names(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestDevicesAndPipesAreWrittenThrough(t *testing.T) {
	t.Parallel()
	door := OnDisk()
	if err := door.Write(t.Context(), os.DevNull, "null", []byte("x")); err != nil {
		t.Error(err)
	}
	pipe := fifo(t, t.TempDir())
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if err := door.Write(ctx, pipe, "pipe", []byte("x")); err == nil {
		t.Error("written to a pipe that nobody reads")
	}
	read := make(chan string)
	go func() {
		content, _ := os.ReadFile(pipe)
		read <- string(content)
	}()
	_ = door.Write(t.Context(), pipe, "pipe", []byte("x"))
	if content := <-read; !strings.Contains(content, "x") {
		t.Errorf("the pipe gave %q", content)
	}
}

func TestLeftoversOfAKilledRunAreRemoved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const nobody = "4194305" // above the largest number of a process on Linux
	put(t, dir, temporaryPrefix+nobody+"-1"+temporarySuffix, "left over")
	put(t, dir, temporaryPrefix+"1-1"+temporarySuffix, "of a process that runs")
	old := put(t, dir, temporaryPrefix+"1-2"+temporarySuffix, "old")
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*abandoned)); err != nil {
		t.Fatal(err)
	}
	put(t, dir, temporaryPrefix+"notes"+temporarySuffix, "of somebody else")
	if err := OnDisk().Write(t.Context(), filepath.Join(dir, "file"), "file", []byte("new")); err != nil {
		t.Fatal(err)
	}
	want := []string{temporaryPrefix + "1-1" + temporarySuffix, temporaryPrefix + "notes" + temporarySuffix, "file"}
	if diff := cmp.Diff(want, names(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestNothingLeavesAJail(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	outside := put(t, dir, "outside/secret", "secret")
	folder := filepath.Join(dir, "jail")
	put(t, folder, "bucket/key", "object")
	for link, target := range map[string]string{"bucket/out": outside, "bucket/dir": filepath.Dir(outside)} {
		if err := os.Symlink(target, filepath.Join(folder, link)); err != nil {
			t.Skip(err)
		}
	}
	jail, err := OnDisk().Jail(folder)
	if err != nil {
		t.Fatal(err)
	}
	if content, err := fs.ReadFile(jail, "bucket/key"); err != nil || string(content) != "object" {
		t.Errorf("%q, %v", content, err)
	}
	for _, name := range []string{"bucket/out", "bucket/dir/secret", "../outside/secret"} {
		if content, err := fs.ReadFile(jail, name); err == nil || strings.Contains(err.Error(), dir) {
			t.Errorf("%s: read %q, %v", name, content, err)
		}
		writer, err := jail.Create(name)
		if err == nil {
			_, _ = writer.Write([]byte("overwritten"))
			err = writer.Close()
		}
		if err == nil || strings.Contains(err.Error(), dir) {
			t.Errorf("%s: written, %v", name, err)
		}
	}
	if get(t, outside) != "secret" {
		t.Errorf("outside of the jail lies %q", get(t, outside))
	}
	writer, err := jail.Create("bucket/new/key")
	if err != nil {
		t.Fatal(err)
	}
	_, _ = writer.Write([]byte("whole"))
	if _, err := os.Stat(filepath.Join(folder, "bucket/new/key")); err == nil {
		t.Error("the object is there before it is whole")
	}
	if err := writer.Close(); err != nil || get(t, filepath.Join(folder, "bucket/new/key")) != "whole" {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"key"}, names(t, filepath.Join(folder, "bucket/new"))); diff != "" {
		t.Error(diff)
	}
}
