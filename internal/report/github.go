package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// github writes workflow commands that GitHub Actions turns into annotations.
// GitHub keeps ten of each kind a step, so the worst come first.
type github struct{}

// githubKept is how many annotations of one kind GitHub shows for a step.
const githubKept = 10

// Write implements [Formatter].
func (github) Write(w io.Writer, report *Report) error {
	out := bufio.NewWriter(w)
	findings := slices.Clone(report.Findings)
	slices.SortStableFunc(findings, func(a, b diag.Diagnostic) int { return cmp.Compare(b.Severity, a.Severity) })
	for i := range findings {
		fmt.Fprintln(out, githubCommand(locate(&findings[i])))
	}
	fmt.Fprintln(out, newText(Options{}).summary(report))
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		if n := report.Count(severity); n > githubKept {
			fmt.Fprintf(out, "GitHub shows %d of %s as annotations\n", githubKept, plural(n, severity.String()))
		}
	}
	return out.Flush()
}

func githubCommand(p place) string {
	kind := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Info: "notice"}[p.Severity]
	start, end := p.positions(syntax.UTF16)
	properties := []string{
		"file=" + githubProperty(p.file.Name),
		fmt.Sprintf("line=%d", start.Line),
		fmt.Sprintf("endLine=%d", end.Line),
	}
	if start.Line == end.Line { // GitHub refuses columns over several lines
		properties = append(properties, fmt.Sprintf("col=%d", start.Column), fmt.Sprintf("endColumn=%d", end.Column))
	}
	properties = append(properties, "title="+githubProperty(p.Rule))
	return fmt.Sprintf("::%s %s::%s", kind, strings.Join(properties, ","), githubData(p.fullMessage()))
}

func githubData(text string) string {
	return strings.NewReplacer("%", "%25", "\n", "%0A").Replace(printable.Text(text))
}

func githubProperty(text string) string {
	return strings.NewReplacer("%", "%25", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(printable.Line(text))
}

// WriteStepSummary writes the Markdown that the job page of GitHub Actions
// shows: a table of the findings.
func WriteStepSummary(w io.Writer, report *Report) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "### sfnctl lint\n\n%s\n", newText(Options{}).summary(report))
	if len(report.Findings) > 0 {
		fmt.Fprint(out, "\n| | place | finding | rule |\n|---|---|---|---|\n")
	}
	for i := range report.Findings {
		p := locate(&report.Findings[i])
		start, _ := p.positions(syntax.CodePoints)
		fmt.Fprintf(out, "| %s | `%s:%d` | %s | [%s](%s) |\n", p.Severity, markdownCell(p.file.Name), start.Line,
			markdownCell(p.Message), p.Rule, documentationURL(p.Rule))
	}
	return out.Flush()
}

func markdownCell(text string) string {
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "`", "'").Replace(printable.Line(text))
}
