package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// The values of --fix.
const (
	fixSafe = "safe"
	fixAll  = "all"
)

// fix applies fixes until nothing is left to fix, then writes the files, or
// with --diff prints what would change.
func (l *linter) fix(ctx context.Context) error {
	if l.flags.fix != "" && l.flags.fix != fixSafe && l.flags.fix != fixAll {
		return usagef("unknown --fix=%s; there are %s and %s", l.flags.fix, fixSafe, fixAll)
	}
	changes, err := l.set.Fix(ctx, l.flags.fix == fixAll)
	if err != nil {
		return err
	}
	if l.flags.diff {
		return l.printDiffs(changes)
	}
	return l.save(ctx, changes)
}

// printDiff prints how a file changes, in the notation of diff -u.
func (e *Env) printDiff(name string, before, after []byte) error {
	var shown strings.Builder
	for line := range strings.Lines(string(diff.Diff("a/"+printable.Line(name), before, "b/"+printable.Line(name), after))) {
		body := strings.TrimRight(line, "\r\n") // the ends of lines stay, so that patch can read it
		shown.WriteString(printable.Text(body) + line[len(body):])
	}
	_, err := io.WriteString(e.Stdout, shown.String())
	return err
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

func (l *linter) printDiffs(changes []*workspace.Change) error {
	for _, c := range changes {
		if err := l.env.printDiff(c.Name, c.Before, c.After); err != nil {
			return err
		}
	}
	if err := l.failure(); err != nil {
		return err
	}
	if len(changes) > 0 {
		return errFault()
	}
	return nil
}

func (l *linter) save(ctx context.Context, changes []*workspace.Change) error {
	for _, c := range changes {
		if c.Path == "" {
			return usagef("--fix cannot write to standard input; --diff prints the changes")
		}
		if err := l.env.files.Replace(ctx, c.Path, c.Name, c.Before, c.After); err != nil {
			return err
		}
	}
	if len(changes) > 0 {
		l.env.note("changed %s", count(len(changes), "file", "files"))
	}
	return nil
}
