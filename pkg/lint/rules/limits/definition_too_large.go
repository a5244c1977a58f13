package limits

import (
	"bytes"
	"encoding/json"
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
	var compact bytes.Buffer
	if json.Compact(&compact, source) == nil && utf8.RuneCount(compact.Bytes()) <= spec.MaxDefinition {
		return "without blanks and line breaks it is short enough: send it in compact form"
	}
	return "move parts into state machines of their own and start them with states:startExecution"
}
