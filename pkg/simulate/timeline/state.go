package timeline

import (
	"fmt"
	"io"

	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// WriteState writes the answer of a test of one state.
func WriteState(w io.Writer, name string, report *simulate.StateReport, style Style) error {
	p := &printer{w: w, options: Options{Style: style, Width: 100}}
	status := paint(style.Good, report.Status)
	if report.Status == "FAILED" || report.Status == "RETRIABLE" {
		status = paint(style.Bad, report.Status)
	}
	p.printf("%s  %s", paint(style.Strong, printable.Line(name)), status)
	if report.NextState != "" {
		p.printf("  → %s", printable.Line(report.NextState))
	}
	p.printf("\n\n")
	row := func(label, text string) {
		p.printf("%s  %s\n", paint(style.Faint, fmt.Sprintf("%-26s", label)), printable.Line(text))
	}
	for _, stage := range report.Inspection {
		text := stage.Value.Compact()
		if stage.Value.Kind() == value.KindString {
			text = stage.Value.Str()
		}
		row(stage.Key, text)
	}
	if f := report.Failure; f != nil {
		if !f.NoError {
			row("error", f.Error)
		}
		if !f.NoCause && f.Cause != "" {
			row("cause", f.Cause)
		}
	}
	if !report.Output.IsAbsent() {
		row("output", report.Output.Text())
	}
	return p.err
}
