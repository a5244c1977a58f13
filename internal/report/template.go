package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/template"

	"github.com/sfnctl/sfnctl/pkg/printable"
)

// templated writes a report by the user's text/template over the [Document].
type templated struct{ template *template.Template }

func newTemplate(source string) (Formatter, error) {
	if source == "" {
		return nil, errors.New("format template needs --template TEXT, or --template @FILE")
	}
	parsed, err := template.New("template").Funcs(template.FuncMap{
		"json":    toJSON,
		"replace": func(old, replacement, text string) string { return strings.ReplaceAll(text, old, replacement) },
		"upper":   strings.ToUpper,
		"path":    pathOf,
	}).Parse(source)
	if err != nil {
		return nil, fmt.Errorf("--template: %w", err)
	}
	return templated{parsed}, nil
}

func toJSON(value any) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

// pathOf tells the witness path of a finding in one line.
func pathOf(finding Finding) string {
	var b strings.Builder
	for i, step := range finding.Path {
		if step.Via != "" {
			b.WriteString(" ✗ " + step.Via)
		}
		if i > 0 {
			b.WriteString(" → ")
		}
		b.WriteString(step.State)
	}
	return b.String()
}

// Write implements [Formatter].
func (t templated) Write(w io.Writer, report *Report) error {
	var text strings.Builder
	if err := t.template.Execute(&text, NewDocument(report)); err != nil {
		return err
	}
	_, err := io.WriteString(w, printable.Text(text.String()))
	return err
}
