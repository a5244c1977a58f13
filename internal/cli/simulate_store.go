package cli

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
)

// loadStore makes the folder that stands for S3 available.
func (j *simulationJob) loadStore() error {
	if j.flags.s3 == "" {
		return nil
	}
	folder := j.env.path(j.flags.s3)
	if info, err := os.Stat(folder); err != nil {
		return usagef("--s3: there is no folder %s; the object KEY of BUCKET is the file BUCKET/KEY in it", j.flags.s3)
	} else if !info.IsDir() {
		return usagef("--s3: %s is no folder; the object KEY of BUCKET is the file BUCKET/KEY in it", j.flags.s3)
	}
	j.options.S3 = s3.Files{Root: os.DirFS(folder), Writer: func(name string) (io.WriteCloser, error) {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, err
		}
		file, err := os.Create(path)
		if err != nil {
			return nil, err
		}
		return &bufferedFile{bufio.NewWriterSize(file, 64*1024), file}, nil
	}}
	return nil
}

// bufferedFile gathers what is written in small pieces.
type bufferedFile struct {
	*bufio.Writer
	file *os.File
}

// Close writes what is left and closes the file.
func (f *bufferedFile) Close() error {
	return errors.Join(f.Flush(), f.file.Close())
}

// historyDocument returns the events of an execution as get-execution-history
// prints them; Express workflows leave log records instead.
func historyDocument(result *simulate.Result, kind asl.WorkflowType) []byte {
	text := append([]byte(`{"events":`), simulate.AppendEvents(nil, result, kind)...)
	return append(text, '}', '\n')
}

// loadChildren makes the folder for the child executions, if they are wanted.
func (j *simulationJob) loadChildren() error {
	if j.flags.children == "" {
		return nil
	}
	folder := j.env.path(j.flags.children)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	j.options.Child = func(child *simulate.Result) {
		name := strings.Map(fileRune, child.Identity.ExecutionName) + ".json"
		text := simulate.AppendResult(nil, child, simulate.JSONOptions{Type: asl.Standard})
		if err := os.WriteFile(filepath.Join(folder, name), append(text, '\n'), 0o644); err != nil && j.childError == nil {
			j.childError = err
		}
	}
	return nil
}

// fileRune replaces what cannot stand in the name of a file.
func fileRune(r rune) rune {
	if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
		return '_'
	}
	return r
}
