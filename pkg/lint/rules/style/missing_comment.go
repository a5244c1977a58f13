package style

import (
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func missingComment() *lint.Rule {
	return &lint.Rule{
		Name: "missing-comment", Category: lint.Style, Severity: diag.Info, Preset: lint.Strict,
		Summary: "the state machine does not say what it is for",
		Run: func(p *lint.Pass) {
			root, ok := p.Machine.Tree.Root.(*syntax.Object)
			if !ok || p.Machine.Comment != nil || root.Get("Comment") != nil || len(p.Machine.Region.States) == 0 {
				return
			}
			p.Report(diag.Diagnostic{
				Span:    p.Machine.Region.States[0].NameNode.Span(),
				Message: "the state machine does not say what it is for",
				Help:    `add "Comment" at the top level, in a sentence for whoever is on call`,
			})
		},
	}
}
