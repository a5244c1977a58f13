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
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// The values of --fix.
const (
	fixSafe = "safe"
	fixAll  = "all"
)

// fixRounds bounds how often files are checked and fixed again: a fix can make
// another one possible.
const fixRounds = 10

// fix applies fixes until nothing is left to fix, then writes the files, or
// with --diff prints what would change.
func (l *linter) fix(ctx context.Context) error {
	if l.flags.fix != "" && l.flags.fix != fixSafe && l.flags.fix != fixAll {
		return usagef("unknown --fix=%s; there are %s and %s", l.flags.fix, fixSafe, fixAll)
	}
	before := map[*job][]byte{}
	for _, j := range l.jobs {
		before[j] = j.content
	}
	for range fixRounds {
		changed := l.fixOnce()
		if len(changed) == 0 {
			break
		}
		l.check(ctx, changed)
	}
	changed := slices.DeleteFunc(slices.Clone(l.jobs), func(j *job) bool { return bytes.Equal(before[j], j.content) })
	if l.flags.diff {
		return l.printDiffs(changed, before)
	}
	return l.save(changed, before)
}

// fixOnce applies to each file the fixes that do not conflict, and returns the
// files that changed.
func (l *linter) fixOnce() []*job {
	var changed []*job
	for _, j := range l.jobs {
		edits := l.chooseEdits(j.findings)
		if len(edits) == 0 {
			continue
		}
		content, err := syntax.Apply(j.content, edits)
		if err != nil || bytes.Equal(content, j.content) {
			continue
		}
		j.content = content
		changed = append(changed, j)
	}
	return changed
}

// chooseEdits takes the first fix of every finding, unless it conflicts with
// one taken before: that one waits for the next round.
func (l *linter) chooseEdits(findings []diag.Diagnostic) []syntax.Edit {
	var chosen []syntax.Edit
	for i := range findings {
		fix, ok := l.chooseFix(&findings[i])
		if !ok || slices.ContainsFunc(fix, func(edit syntax.Edit) bool { return conflicts(edit, chosen) }) {
			continue
		}
		chosen = append(chosen, fix...)
	}
	return chosen
}

func conflicts(edit syntax.Edit, others []syntax.Edit) bool {
	return slices.ContainsFunc(others, func(other syntax.Edit) bool { return syntax.Conflict(edit, other) })
}

// chooseFix returns the edits of the first fix that may be applied, in the file
// that the user edits. A fix whose place there is not exact is refused.
func (l *linter) chooseFix(finding *diag.Diagnostic) ([]syntax.Edit, bool) {
	for _, fix := range finding.Fixes {
		if !fix.Safe && l.flags.fix != fixAll {
			continue
		}
		edits := make([]syntax.Edit, 0, len(fix.Edits))
		for _, edit := range fix.Edits {
			if _, span, exact := finding.File.Locate(edit.Span); exact {
				edits = append(edits, syntax.Edit{Span: span, Text: edit.Text})
			}
		}
		if len(edits) == len(fix.Edits) && len(edits) > 0 {
			return edits, true
		}
	}
	return nil, false
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

func (l *linter) printDiffs(changed []*job, before map[*job][]byte) error {
	for _, j := range changed {
		text := diff.Diff("a/"+j.source.Name, before[j], "b/"+j.source.Name, j.content)
		if _, err := l.env.Stdout.Write(text); err != nil {
			return err
		}
	}
	for _, j := range l.jobs {
		if j.failure != nil {
			return j.failure
		}
	}
	if len(changed) > 0 {
		return errFault()
	}
	return nil
}

func (l *linter) save(changed []*job, before map[*job][]byte) error {
	for _, j := range changed {
		if j.source.Stdin() {
			return usagef("--fix cannot write to standard input; --diff prints the changes")
		}
		if err := replaceFile(j.source.Path, before[j], j.content); err != nil {
			return err
		}
	}
	if len(changed) > 0 {
		l.note("changed %s", count(len(changed), "file", "files"))
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
