package diag

import (
	"testing"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func at(file *syntax.File, start int, rule string) Diagnostic {
	return Diagnostic{File: file, Span: syntax.Span{Start: start, End: start + 1}, Rule: rule, Message: rule}
}

func TestFindingsAreOrderedByFilePlaceAndRule(t *testing.T) {
	a, b := syntax.NewFile("a", nil), syntax.NewFile("b", nil)
	findings := []Diagnostic{at(b, 1, "x"), at(a, 9, "x"), at(a, 2, "y"), at(a, 2, "x"), {Rule: "none"}, at(a, 2, "x"), at(b, 0, "z")}
	Sort(findings)
	findings = Dedupe(findings)
	want := []Diagnostic{{Rule: "none"}, at(a, 2, "x"), at(a, 2, "y"), at(a, 9, "x"), at(b, 0, "z"), at(b, 1, "x")}
	if len(findings) != len(want) {
		t.Fatalf("got %d, want %d", len(findings), len(want))
	}
	for i := range want {
		if got := findings[i]; got.File != want[i].File || got.Span != want[i].Span || got.Rule != want[i].Rule {
			t.Errorf("%d: got %v %s", i, got.Span, got.Rule)
		}
	}
}

func TestCountAndWorst(t *testing.T) {
	findings := []Diagnostic{{Severity: Warning}, {Severity: Info}, {}, {Severity: Warning}}
	if got, want := Count(findings), (Counts{Warnings: 2, Infos: 2}); got != want {
		t.Errorf("got %+v", got)
	}
	if Worst(findings) != Warning || Worst(nil) != 0 || Worst(append(findings, Diagnostic{Severity: Error})) != Error {
		t.Error("worst")
	}
}

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
	selection := SelectFixes([]Diagnostic{
		fix(file, true, span(0, 2), span(8, 9)),
		fix(file, true, span(2, 3)),
		fix(file, true, span(4, 5), span(1, 3)), // meets the first two
		fix(file, false, span(6, 7)),            // not accepted
		fix(other, true, span(0, 2)),
		{File: file},
		fix(file, true),
	}, func(f Fix) bool { return f.Safe })
	if len(selection.Edits[file]) != 3 || len(selection.Edits[other]) != 1 || len(selection.Fixed) != 3 || selection.Skipped != 1 {
		t.Errorf("%+v", selection)
	}
	if _, err := syntax.Apply(file.Src, selection.Edits[file]); err != nil {
		t.Error(err)
	}
}

func TestSyntaxErrorsBecomeFindings(t *testing.T) {
	file := syntax.NewFile("x.json", []byte(`{"a": 1, "b": ${x}, "a": 2,}`))
	tree := syntax.Parse(file)
	want := []struct {
		rule     string
		severity Severity
		related  int
	}{{"invalid-syntax", Warning, 0}, {"duplicate-key", Error, 1}, {"invalid-syntax", Error, 0}}
	if len(tree.Errors) != len(want) {
		t.Fatal(tree.Errors)
	}
	for i, e := range tree.Errors {
		d := FromSyntax(file, e)
		if d.Rule != want[i].rule || d.Severity != want[i].severity || len(d.Related) != want[i].related || d.Category != "syntax" || d.Message == "" {
			t.Errorf("%d: %+v", i, d)
		}
	}
}
