package cli

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// hintDrawing names the command that shows the findings in a picture. Only a
// person at a terminal is told: what goes into a file or a pipe is the report alone.
func (l *linter) hintDrawing(outputs []output, findings []diag.Diagnostic) {
	if !l.env.IsTerminal(l.env.Stdout) {
		return
	}
	for _, out := range outputs {
		if out.format != "text" || out.file != "" {
			continue
		}
		for _, finding := range findings {
			if finding.State != "" && finding.File != nil {
				fmt.Fprintf(l.env.Stdout, "drawn: sfnctl graph %s --findings\n", printable.Line(finding.File.Name))
				return
			}
		}
	}
}
