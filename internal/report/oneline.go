package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

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
	message := strings.ReplaceAll(p.Message, "\n", " ")
	return fmt.Sprintf("%s %s %s %s", palette.Strong(Printable(where)),
		palette.Severity(p.Severity, p.Severity.String()+":"), Printable(message), palette.Faint("["+p.Rule+"]"))
}
