package limits

import (
	"fmt"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func definitionTooLarge() *lint.Rule {
	return &lint.Rule{
		Name: "definition-too-large", Category: lint.Limits, Severity: diag.Error, Preset: lint.Spec,
		Summary: "the definition is longer than the API takes",
		Run: func(p *lint.Pass) {
			source := p.Machine.File().Src
			// YAML is converted before it is sent; its own length says nothing.
			if p.Machine.Tree.Format != syntax.JSON || len(source) <= spec.MaxDefinition {
				return
			}
			length := utf8.RuneCount(source)
			if length <= spec.MaxDefinition {
				return
			}
			p.Report(diag.Diagnostic{
				Span:    p.Machine.Tree.Root.Span(),
				Message: fmt.Sprintf("the definition has %d characters, but at most %d are allowed", length, spec.MaxDefinition),
				Help:    sizeHelp(source),
			})
		},
	}
}

// sizeHelp tells whether blanks are the whole trouble.
func sizeHelp(source []byte) string {
	if compactLength(source) <= spec.MaxDefinition {
		return "without blanks and line breaks it is short enough: send it in compact form"
	}
	return "move parts into state machines of their own and start them with states:startExecution"
}

// compactLength counts the characters of JSON text without the blanks between
// its parts.
func compactLength(source []byte) int {
	length, inString := 0, false
	for i := 0; i < len(source); i++ {
		c := source[i]
		switch {
		case c == '"':
			inString = !inString
		case inString && c == '\\':
			i++ // what is escaped ends no string; it counts with the backslash
			length++
		case !inString && (c == ' ' || c == '\t' || c == '\n' || c == '\r'):
			continue
		}
		if utf8.RuneStart(c) {
			length++
		}
	}
	return length
}
