package diag

import "github.com/sfnctl/sfnctl/pkg/syntax"

// The rules about the notation, and the one that a definition breaks which can be
// read but not run.
const (
	InvalidSyntax = "invalid-syntax"
	DuplicateKey  = "duplicate-key"
	NotExecutable = "not-executable"
)

// FromSyntax turns an error of the notation into a finding, under the rule
// duplicate-key or invalid-syntax. A file with substitutions may be fine once
// they are filled in; that is a warning.
func FromSyntax(f *syntax.File, e syntax.Error) Diagnostic {
	d := Diagnostic{
		Rule:     InvalidSyntax,
		Category: "syntax",
		Severity: Error,
		File:     f,
		Span:     e.Span,
		Message:  e.Message,
		Help:     e.Help,
	}
	related := "it starts here"
	switch e.Code {
	case syntax.DuplicateKey:
		d.Rule, related = DuplicateKey, "the first one"
	case syntax.Substitution:
		d.Severity = Warning
	}
	if e.Related != (syntax.Span{}) {
		d.Related = []Related{{File: f, Span: e.Related, Message: related}}
	}
	return d
}
