package workspace

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Presentable returns the findings with those fixes only that a reader of the
// report can make as they are printed. One inside of a template may have to be
// written in another notation there, which --fix does.
func Presentable(findings []diag.Diagnostic) []diag.Diagnostic {
	findings = slices.Clone(findings)
	for i := range findings {
		f := &findings[i]
		if f.File.Outer == nil || len(f.Fixes) == 0 {
			continue
		}
		f.Fixes = slices.DeleteFunc(slices.Clone(f.Fixes), func(fix diag.Fix) bool {
			return slices.ContainsFunc(fix.Edits, func(edit syntax.Edit) bool { return !isLiteral(f.File, edit) })
		})
	}
	return findings
}

// isLiteral reports whether the text around an edit stands in the file that the
// user edits as it is: the same bytes from the quote before it on, and on the
// same column when the edit has several lines.
func isLiteral(file *syntax.File, edit syntax.Edit) bool {
	around := edit.Span
	if i := strings.LastIndexByte(string(file.Src[:around.Start]), '"'); i >= 0 {
		around.Start = i
	}
	outer, place, exact := file.Locate(edit.Span)
	_, wide, wideExact := file.Locate(around)
	if !exact || !wideExact || !sameWords(outer.Text(wide), file.Text(around)) {
		return false
	}
	column := outer.Position(place.Start, syntax.Bytes).Column
	return !strings.Contains(edit.Text, "\n") || column == file.Position(edit.Span.Start, syntax.Bytes).Column
}

// sameWords compares texts without their indentation.
func sameWords(a, b string) bool {
	return slices.Equal(strings.Fields(a), strings.Fields(b))
}
