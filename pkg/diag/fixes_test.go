package diag

import (
	"testing"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func TestFixesThatMeetWaitForAnotherRound(t *testing.T) {
	file, other := syntax.NewFile("a", []byte("0123456789")), syntax.NewFile("b", []byte("0123456789"))
	fix := func(f *syntax.File, safe bool, spans ...syntax.Span) Diagnostic {
		edits := make([]syntax.Edit, 0, len(spans))
		for _, span := range spans {
			edits = append(edits, syntax.Edit{Span: span, Text: "x"})
		}
		return Diagnostic{File: f, Fixes: []Fix{{Safe: safe, Edits: edits}}}
	}
	span := func(start, end int) syntax.Span { return syntax.Span{Start: start, End: end} }
	selection := NewFixSelection(func(f Fix) bool { return f.Safe })
	selection.TakeAll([]Diagnostic{
		fix(file, true, span(0, 2), span(8, 9)),
		fix(file, true, span(2, 3)),
		fix(file, true, span(4, 5), span(1, 3)), // meets the first two
		fix(file, false, span(6, 7)),            // not accepted
		fix(other, true, span(0, 2)),
		{File: file},
		fix(file, true),
	})
	if len(selection.Edits(file)) != 3 || len(selection.Edits(other)) != 1 {
		t.Errorf("%+v", selection)
	}
	if _, err := syntax.Apply(file.Src, selection.Edits(file)); err != nil {
		t.Error(err)
	}
}
