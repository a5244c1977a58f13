package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// oneline writes `path:line:col: severity: message [rule]`, which is also the
// first line of the text format and what the problem matcher reads. Columns
// count code points.
type oneline struct{}

// Write implements [Formatter].
func (oneline) Write(w io.Writer, report *Report) error {
	out := bufio.NewWriter(w)
	for i := range report.Findings {
		fmt.Fprintln(out, headline(locate(&report.Findings[i]), NewPalette(false)))
	}
	return out.Flush()
}

// headline is the line that says it all.
func headline(p place, palette *Palette) string {
	start, _ := p.positions(syntax.CodePoints)
	where := fmt.Sprintf("%s:%d:%d:", p.file.Name, start.Line, start.Column)
	return fmt.Sprintf("%s %s %s %s", palette.Strong(printable.Line(where)),
		palette.Severity(p.Severity, p.Severity.String()+":"), printable.Line(strings.ReplaceAll(p.Message, "\n", " ")), palette.Faint("["+p.Rule+"]"))
}
