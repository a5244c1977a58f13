package errors

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func failWithoutError() *lint.Rule {
	return &lint.Rule{
		Name: "fail-without-error", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a Fail state names no Error, so there is nothing to alarm on",
		Run: func(p *lint.Pass) {
			var nameless []*asl.State
			for state := range p.Machine.States() {
				if state.Type == asl.Fail && state.Node != nil && state.Node.Get("Error") == nil && state.Node.Get("ErrorPath") == nil {
					nameless = append(nameless, state)
				}
			}
			if len(nameless) > 0 {
				reportNameless(p, nameless)
			}
		},
	}
}

// reportNameless tells of all such states at once: what to do is the same.
func reportNameless(p *lint.Pass, nameless []*asl.State) {
	first := nameless[0]
	finding := verdict.On(first, "%q fails without an Error: an alarm cannot tell this failure from others", first.Name)
	finding.Help = "add to it:\n  \"Error\": \"NameOfTheFailure\""
	if len(nameless) > 1 {
		finding.Message = fmt.Sprintf("%s fail without an Error: an alarm cannot tell these failures from others", verdict.All(nameless))
		finding.Help = "add to each, with a name of its own:\n  \"Error\": \"NameOfTheFailure\""
	}
	for _, state := range nameless[1:] {
		finding.Related = append(finding.Related, verdict.Related(p, state.NameNode.Span(), "nor has this one an Error"))
	}
	p.Report(finding)
}
