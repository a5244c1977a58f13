package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// Report is the outcome of a run of the linter.
type Report struct {
	Findings []diag.Diagnostic
	Files    []string // every file that was checked, sorted
	Unread   int      // files that could not be read or checked
	Machines int      // the state machines in them
	Fixable  int      // findings that --fix can remove
	Version  string   // of sfnctl
	Rules    []*lint.Rule

	Consequences []diag.Diagnostic // what the service answers because of the findings; for the format aws
}

// Count returns how many findings have a severity.
func (r *Report) Count(severity diag.Severity) int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == severity {
			n++
		}
	}
	return n
}

// Formatter writes a report in one format.
type Formatter interface {
	Write(w io.Writer, report *Report) error
}

// Options are what some formats need to know.
type Options struct {
	Palette   *Palette      // text
	Template  string        // template: the text of a text/template
	FailLevel diag.Severity // junit: findings below it are not failures; 0 counts all as failures
}

// format is a row of the table of formats.
type format struct {
	name    string
	purpose string
	make    func(Options) (Formatter, error)
}

func formats() []format {
	plain := func(formatter Formatter) func(Options) (Formatter, error) {
		return func(Options) (Formatter, error) { return formatter, nil }
	}
	return []format{
		{"text", "for people: source, caret and help", func(o Options) (Formatter, error) { return newText(o), nil }},
		{"oneline", "one line a finding, for editors and grep", plain(oneline{})},
		{"json", "one document, described by `sfnctl schema report`", plain(jsonDocument{})},
		{"jsonl", "one finding a line", plain(jsonLines{})},
		{"sarif", "SARIF 2.1.0, for code scanning", plain(sarif{})},
		{"github", "annotations of GitHub Actions", plain(github{})},
		{"gitlab", "GitLab code quality", plain(gitlab{})},
		{"junit", "JUnit XML, for test tabs of CI servers", func(o Options) (Formatter, error) { return junit{o.FailLevel}, nil }},
		{"checkstyle", "Checkstyle XML", plain(checkstyle{})},
		{"rdjson", "reviewdog, one document", plain(rdjson{})},
		{"rdjsonl", "reviewdog, one finding a line", plain(rdjsonl{})},
		{"aws", "the answer of ValidateStateMachineDefinition, for what AWS would refuse", plain(aws{})},
		{"template", "your own, by --template", func(o Options) (Formatter, error) { return newTemplate(o.Template) }},
	}
}

// New returns the formatter of that name.
func New(name string, options Options) (Formatter, error) {
	for _, format := range formats() {
		if format.name == name {
			return format.make(options)
		}
	}
	problem := fmt.Sprintf("unknown format %q", name)
	if nearest := diag.Suggest(name, Names()); nearest != "" {
		return nil, fmt.Errorf("%s; did you mean %s?", problem, nearest)
	}
	return nil, fmt.Errorf("%s; there are %s", problem, strings.Join(Names(), ", "))
}

// Names lists the formats in the order of documentation.
func Names() []string {
	var names []string
	for _, format := range formats() {
		names = append(names, format.name)
	}
	return names
}

// ShowsFixes reports whether a format shows fixes, or says how many there are.
func ShowsFixes(name string) bool {
	return !slices.Contains([]string{"oneline", "github", "gitlab", "junit", "checkstyle", "aws"}, name)
}

// Describe lists the formats with what they are for, one a line.
func Describe() string {
	var b strings.Builder
	for _, format := range formats() {
		fmt.Fprintf(&b, "  %-11s %s\n", format.name, format.purpose)
	}
	return b.String()
}

// byFile groups findings by the file that the user edits, in the order of the
// checked files; files without findings have an empty group.
func byFile(report *Report) (files []string, findings map[string][]place) {
	findings = map[string][]place{}
	files = slices.Clone(report.Files)
	for i := range report.Findings {
		p := locate(&report.Findings[i])
		if !slices.Contains(files, p.file.Name) && findings[p.file.Name] == nil {
			files = append(files, p.file.Name)
		}
		findings[p.file.Name] = append(findings[p.file.Name], p)
	}
	return files, findings
}
