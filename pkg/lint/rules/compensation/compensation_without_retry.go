package compensation

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func compensationWithoutRetry() *lint.Rule {
	return &lint.Rule{
		Name: "compensation-without-retry", Category: lint.Compensation, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "one transient error defeats an undo",
		Requires: []lint.Prerequisite{verdict.Workshop},
		Run: func(p *lint.Pass) {
			compensation := verdict.Of(p).Compensation
			for _, undo := range compensation.Undos {
				state := undo.Node.State
				if state.Type != asl.Task || retriesTransient(undo.Node) {
					continue
				}
				finding := verdict.On(state, "%q undoes %s, but one transient error defeats it: it has no Retry for such errors", state.Name, verdict.List(verdict.Names(undo.Actions)))
				finding.Help = fmt.Sprintf("add to %q:\n  \"Retry\": [%s]", state.Name, verdict.RetryJSON)
				p.Fix(&finding, func() []diag.Fix { return verdict.AddRetry(p, state) })
				if !undo.Certain && !compensation.Saga {
					finding.Severity = diag.Info
				}
				p.Report(finding)
			}
		},
	}
}

// retriesTransient reports whether the state or an owner retries errors that a
// second attempt may not meet.
func retriesTransient(node *graph.Node) bool {
	for ; node != nil; node = node.Region.Owner {
		for _, retrier := range node.State.Retry {
			if isTransient(retrier) {
				return true
			}
		}
	}
	return false
}

// isTransient reports whether a Retrier takes errors of services or any error.
// Names without a prefix are the function's own and speak of the business.
func isTransient(retrier *asl.Retrier) bool {
	if retrier.MaxAttempts != nil && retrier.MaxAttempts.Value == 0 {
		return false
	}
	for _, name := range retrier.ErrorEquals {
		if strings.Contains(name.Value, ".") {
			return true
		}
	}
	return false
}
