package cli

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/internal/report"
	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// output is one format and where it goes.
type output struct {
	format    string
	file      string // empty for standard output
	formatter report.Formatter
}

// outputs reads the --format flags before any work is done.
func (l *linter) outputs(ctx context.Context) ([]output, error) {
	level, err := l.failLevel("")
	if err != nil {
		return nil, err
	}
	template, err := l.templateText(ctx)
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

func (l *linter) templateText(ctx context.Context) (string, error) {
	name, isFile := strings.CutPrefix(l.flags.template, "@")
	if !isFile {
		return l.flags.template, nil
	}
	text, err := l.env.readFile(ctx, "--template", name)
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

const formatAWS = "aws"

// answersAsAWS reports whether the answer of the service is asked for, on
// standard output or in a file.
func (l *linter) answersAsAWS() bool {
	return slices.ContainsFunc(l.flags.formats, func(text string) bool {
		name, _, _ := strings.Cut(text, "=")
		return name == formatAWS
	})
}

// write prints the report in every format asked for.
func (l *linter) write(ctx context.Context, outputs []output, findings []diag.Diagnostic) error {
	result := &report.Report{Findings: workspace.Presentable(findings), Consequences: l.consequences, Version: buildVersion().Version, Rules: rules.All(), Fixable: countFixable(findings)}
	for _, document := range l.set.Documents {
		if document.Failure == nil {
			result.Files = append(result.Files, document.Name)
			result.Machines += document.Machines
		} else {
			result.Unread++
		}
	}
	var closed error // the reader of standard output went away; files are written all the same
	for _, out := range outputs {
		err := l.writeOne(ctx, out, result)
		if err != nil && !isClosedPipe(err) {
			return err
		}
		closed = cmp.Or(closed, err)
	}
	return closed
}

func (l *linter) writeOne(ctx context.Context, out output, result *report.Report) error {
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
	return l.env.writeFile(ctx, out.file, buffer.Bytes())
}

// appendStepSummary adds a table to the page of a GitHub Actions job.
func (l *linter) appendStepSummary(result *report.Report) error {
	name := l.env.Getenv("GITHUB_STEP_SUMMARY")
	if name == "" {
		return nil
	}
	var table bytes.Buffer
	if err := report.WriteStepSummary(&table, result); err != nil {
		return err
	}
	return l.env.files.Append(l.env.path(name), name, table.Bytes())
}

// accepted returns the findings that are left after the baseline and
// --new-from-rev.
func (l *linter) accepted(ctx context.Context) ([]diag.Diagnostic, error) {
	var findings []diag.Diagnostic
	for _, finding := range l.set.Findings() {
		if finding.Consequence {
			l.consequences = append(l.consequences, finding)
			continue
		}
		findings = append(findings, finding)
	}
	if l.flags.writeBaseline != "" {
		return nil, l.recordBaseline(ctx, findings)
	}
	findings, err := l.withoutBaseline(ctx, findings)
	if err != nil || l.flags.newFromRev == "" {
		return findings, err
	}
	changes, err := changesSince(ctx, l.env, l.flags.newFromRev)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(findings, func(finding diag.Diagnostic) bool { return !changes.touch(finding) }), nil
}

func (l *linter) recordBaseline(ctx context.Context, findings []diag.Diagnostic) error {
	var buffer bytes.Buffer
	if err := lint.NewBaseline(findings).Write(&buffer); err != nil {
		return err
	}
	return l.env.writeFile(ctx, l.flags.writeBaseline, buffer.Bytes())
}

func (l *linter) withoutBaseline(ctx context.Context, findings []diag.Diagnostic) ([]diag.Diagnostic, error) {
	name := l.flags.baseline
	if name == "" && l.set.Base.Baseline != "" {
		name = joinPath(l.set.Base.Dir(), l.set.Base.Baseline)
	}
	if name == "" {
		return findings, nil
	}
	if !l.env.files.Exists(l.env.path(name)) && name != "-" {
		return nil, usagef("baseline %s does not exist; sfnctl lint --write-baseline %s makes it", name, name)
	}
	text, err := l.env.readFile(ctx, "--baseline", name)
	if err != nil {
		return nil, err
	}
	baseline, err := lint.ReadBaseline(bytes.NewReader(text))
	if err != nil {
		return nil, usagef("%s: %w", name, err)
	}
	fresh, gone := baseline.Filter(findings)
	if len(gone) > 0 {
		l.env.note("%s holds %s that no finding answers to any more; --write-baseline %s takes them out", name, count(len(gone), "entry", "entries"), name)
	}
	return fresh, nil
}

// verdict turns the findings into the exit code.
func (l *linter) verdict(findings []diag.Diagnostic) error {
	if err := l.failure(); err != nil {
		return err
	}
	configured := l.set.Base.FailLevel
	if slices.Contains(l.flags.formats, formatAWS) { // what it prints is of errors only
		configured = diag.Error.String()
	}
	level, err := l.failLevel(configured)
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

// note tells the user something that is not a finding, on standard error.
func (e *Env) note(format string, arguments ...any) {
	palette := e.palette(e.Stderr)
	_, _ = io.WriteString(e.Stderr, palette.Info("note:")+" "+printable.Text(fmt.Sprintf(format, arguments...))+"\n")
}
