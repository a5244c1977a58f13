package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/internal/report"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// output is one format and where it goes.
type output struct {
	format    string
	file      string // empty for standard output
	formatter report.Formatter
}

// outputs reads the --format flags before any work is done.
func (l *linter) outputs() ([]output, error) {
	level, err := l.failLevel("")
	if err != nil {
		return nil, err
	}
	template, err := l.templateText()
	if err != nil {
		return nil, err
	}
	var outputs []output
	toStdout := 0
	for _, text := range l.flags.formats {
		name, file, _ := strings.Cut(text, "=")
		options := report.Options{Template: template, FailLevel: level}
		if file == "" {
			toStdout++
			options.Palette = l.env.palette(l.env.Stdout)
		}
		formatter, err := report.New(name, options)
		if err != nil {
			return nil, usagef("%w", err)
		}
		outputs = append(outputs, output{name, file, formatter})
	}
	if toStdout > 1 {
		return nil, usagef("only one format can go to standard output; give the others a file: --format FORMAT=FILE")
	}
	return outputs, nil
}

func (l *linter) templateText() (string, error) {
	name, isFile := strings.CutPrefix(l.flags.template, "@")
	if !isFile {
		return l.flags.template, nil
	}
	text, err := l.env.readFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return "", usagef("--template: %s: no such file", name)
	}
	return string(text), err
}

// wantsFixes reports whether anybody asks for fixes: --fix, --diff, or a format
// that shows them or counts them.
func (l *linter) wantsFixes() bool {
	if l.flags.fix != "" || l.flags.diff {
		return true
	}
	return slices.ContainsFunc(l.flags.formats, func(text string) bool {
		name, _, _ := strings.Cut(text, "=")
		return report.ShowsFixes(name)
	})
}

// write prints the report in every format asked for.
func (l *linter) write(outputs []output, findings []diag.Diagnostic) error {
	result := &report.Report{Findings: presentable(findings), Version: buildVersion().Version, Rules: l.all, Fixable: countFixable(findings)}
	for _, j := range l.jobs {
		if j.failure == nil {
			result.Files = append(result.Files, j.source.Name)
			result.Machines += j.machines
		}
	}
	for _, out := range outputs {
		if err := l.writeOne(out, result); err != nil {
			return err
		}
	}
	return nil
}

func (l *linter) writeOne(out output, result *report.Report) error {
	if out.format == "github" {
		if err := l.appendStepSummary(result); err != nil {
			return err
		}
	}
	if out.file == "" {
		return out.formatter.Write(l.env.Stdout, result)
	}
	var buffer bytes.Buffer
	if err := out.formatter.Write(&buffer, result); err != nil {
		return err
	}
	return os.WriteFile(l.env.path(out.file), buffer.Bytes(), 0o644)
}

// appendStepSummary adds a table to the page of a GitHub Actions job.
func (l *linter) appendStepSummary(result *report.Report) error {
	name := l.env.Getenv("GITHUB_STEP_SUMMARY")
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	return errors.Join(report.WriteStepSummary(file, result), file.Close())
}

// accepted returns the findings that are left after the baseline and
// --new-from-rev.
func (l *linter) accepted(ctx context.Context) ([]diag.Diagnostic, error) {
	var findings []diag.Diagnostic
	for _, j := range l.jobs {
		findings = append(findings, j.findings...)
	}
	findings = lint.Sort(findings)
	if l.flags.writeBaseline != "" {
		return nil, l.recordBaseline(findings)
	}
	findings, err := l.withoutBaseline(findings)
	if err != nil || l.flags.newFromRev == "" {
		return findings, err
	}
	changes, err := changesSince(ctx, l.env.Dir, l.flags.newFromRev)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(findings, func(finding diag.Diagnostic) bool { return !changes.touch(finding) }), nil
}

func (l *linter) recordBaseline(findings []diag.Diagnostic) error {
	var buffer bytes.Buffer
	if err := lint.NewBaseline(findings).Write(&buffer); err != nil {
		return err
	}
	return os.WriteFile(l.env.path(l.flags.writeBaseline), buffer.Bytes(), 0o644)
}

func (l *linter) withoutBaseline(findings []diag.Diagnostic) ([]diag.Diagnostic, error) {
	name := l.flags.baseline
	if name == "" && l.base.Baseline != "" {
		name = joinPath(l.base.Dir(), l.base.Baseline)
	}
	if name == "" {
		return findings, nil
	}
	text, err := l.env.readFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usagef("baseline %s does not exist; sfnctl lint --write-baseline %s makes it", name, name)
	}
	if err != nil {
		return nil, err
	}
	baseline, err := lint.ReadBaseline(bytes.NewReader(text))
	if err != nil {
		return nil, usagef("%s: %w", name, err)
	}
	fresh, gone := baseline.Filter(findings)
	if len(gone) > 0 {
		l.note("%s holds %s that no finding answers to any more; --write-baseline %s takes them out", name, count(len(gone), "entry", "entries"), name)
	}
	return fresh, nil
}

// verdict turns the findings into the exit code.
func (l *linter) verdict(findings []diag.Diagnostic) error {
	for _, j := range l.jobs {
		if j.failure != nil {
			return j.failure
		}
	}
	level, err := l.failLevel(l.base.FailLevel)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(findings, func(finding diag.Diagnostic) bool { return finding.Severity >= level }) {
		return errFault()
	}
	return nil
}

// never is above every severity.
const never = diag.Error + 1

// failLevel reads --fail-level, else the configured one; the default is warning.
func (l *linter) failLevel(configured string) (diag.Severity, error) {
	text := l.flags.failLevel
	if text == "" {
		text = configured
	}
	switch text {
	case "error":
		return diag.Error, nil
	case "", "warning":
		return diag.Warning, nil
	case "info":
		return diag.Info, nil
	case "never":
		return never, nil
	}
	return 0, usagef("unknown --fail-level %q; there are error, warning, info and never", text)
}

// note tells the user something that is no finding, on standard error.
func (l *linter) note(format string, arguments ...any) {
	palette := l.env.palette(l.env.Stderr)
	_, _ = io.WriteString(l.env.Stderr, palette.Info("note:")+" "+fmt.Sprintf(format, arguments...)+"\n")
}
