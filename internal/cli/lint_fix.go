package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/sfnctl/sfnctl/pkg/diag"
)

// The values of --fix.
const (
	fixSafe = "safe"
	fixAll  = "all"
)

// fixRounds bounds how often files are checked and fixed again: a fix can make
// another one possible.
const fixRounds = 10

// change is what --fix makes of one file.
type change struct {
	name, path    string // as messages call it, and where it lies; no path for standard input
	before, after []byte
}

// fix applies fixes until nothing is left to fix, then writes the files, or
// with --diff prints what would change.
func (l *linter) fix(ctx context.Context) error {
	if l.flags.fix != "" && l.flags.fix != fixSafe && l.flags.fix != fixAll {
		return usagef("unknown --fix=%s; there are %s and %s", l.flags.fix, fixSafe, fixAll)
	}
	f := &fixer{linter: l, changes: map[string]*change{}}
	for range fixRounds {
		changed := f.round()
		if len(changed) == 0 {
			break
		}
		l.check(ctx, changed)
	}
	changes := f.made()
	if l.flags.diff {
		return l.printDiffs(changes)
	}
	return l.save(changes)
}

// countFixable counts the findings that --fix can remove.
func countFixable(findings []diag.Diagnostic) int {
	n := 0
	for i := range findings {
		if slices.ContainsFunc(findings[i].Fixes, func(fix diag.Fix) bool { return fix.Safe }) {
			n++
		}
	}
	return n
}

func (l *linter) printDiffs(changes []*change) error {
	for _, c := range changes {
		text := diff.Diff("a/"+c.name, c.before, "b/"+c.name, c.after)
		if _, err := l.env.Stdout.Write(text); err != nil {
			return err
		}
	}
	for _, j := range l.jobs {
		if j.failure != nil {
			return j.failure
		}
	}
	if len(changes) > 0 {
		return errFault()
	}
	return nil
}

func (l *linter) save(changes []*change) error {
	for _, c := range changes {
		if c.path == "" {
			return usagef("--fix cannot write to standard input; --diff prints the changes")
		}
		if err := replaceFile(c.path, c.before, c.after); err != nil {
			return err
		}
	}
	if len(changes) > 0 {
		l.note("changed %s", count(len(changes), "file", "files"))
	}
	return nil
}

// replaceFile writes a file so that a reader sees the old or the new content,
// never a part. It refuses when the file is no longer what was checked.
func replaceFile(path string, before, content []byte) error {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, before) {
		return fmt.Errorf("%s changed while it was checked; nothing was written to it", path)
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".sfnctl-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	_, err = temporary.Write(content)
	for _, step := range []func() error{
		func() error { return temporary.Chmod(info.Mode().Perm()) },
		temporary.Sync,
		temporary.Close,
	} {
		if stepErr := step(); err == nil {
			err = stepErr
		}
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return os.Rename(temporary.Name(), path)
}
