package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
)

// loadStore makes the folder that stands for S3 available.
func (j *simulationJob) loadStore(context.Context) error {
	if j.flags.s3 == "" {
		return nil
	}
	folder := j.env.path(j.flags.s3)
	if info, err := j.env.files.Stat(folder); err != nil {
		return usagef("--s3: there is no folder %s; the object KEY of BUCKET is the file BUCKET/KEY in it", j.flags.s3)
	} else if !info.IsDir() {
		return usagef("--s3: %s is not a folder; the object KEY of BUCKET is the file BUCKET/KEY in it", j.flags.s3)
	}
	jail, err := j.env.files.Jail(folder)
	if err != nil {
		return fmt.Errorf("--s3: %w", err)
	}
	j.options.S3 = s3.Files{Root: jail, Writer: jail.Create}
	return nil
}

// historyDocument returns the events of an execution as get-execution-history
// prints them; Express workflows leave log records instead.
func historyDocument(result *simulate.Result, kind asl.WorkflowType) []byte {
	text := append([]byte(`{"events":`), simulate.AppendEvents(nil, result, kind)...)
	return append(text, '}', '\n')
}

// loadChildren makes the folder for the child executions, if they are wanted.
func (j *simulationJob) loadChildren(ctx context.Context) error {
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
		if err := j.env.writeFile(ctx, filepath.Join(folder, name), append(text, '\n')); err != nil && j.childError == nil {
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
