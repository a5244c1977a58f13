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
			var certain, guessed []*graph.Undo
			compensation := verdict.Of(p).Compensation
			for _, undo := range compensation.Undos {
				switch {
				case undo.Node.State.Type != asl.Task || retriesTransient(undo.Node):
				case undo.Certain || compensation.Saga:
					certain = append(certain, undo)
				default:
					guessed = append(guessed, undo)
				}
			}
			reportWithoutRetry(p, certain, diag.Warning)
			reportWithoutRetry(p, guessed, diag.Info)
		},
	}
}

// reportWithoutRetry tells of all undos at once: what to do is the same.
func reportWithoutRetry(p *lint.Pass, undos []*graph.Undo, severity diag.Severity) {
	if len(undos) == 0 {
		return
	}
	var states []*asl.State
	for _, undo := range undos {
		states = append(states, undo.Node.State)
	}
	first := states[0]
	finding := verdict.On(first, "%q undoes %s, but one transient error defeats it: it has no Retry for such errors", first.Name, verdict.List(verdict.Names(undos[0].Actions)))
	if len(states) > 1 {
		finding.Message = fmt.Sprintf("one transient error defeats each of the undos %s: they have no Retry for such errors", verdict.All(states))
	}
	finding.Severity = severity
	finding.Help = fmt.Sprintf("add to %s:\n  \"Retry\": [%s]", verdict.All(states), verdict.RetryJSON)
	for _, undo := range undos[1:] {
		finding.Related = append(finding.Related, verdict.Related(p, undo.Node.State.NameNode.Span(), "undoes %s", verdict.List(verdict.Names(undo.Actions))))
	}
	p.Fix(&finding, func() []diag.Fix { return verdict.AddRetry(p, states) })
	p.Report(finding)
}

// retriesTransient reports whether the state or an owner retries errors that a
// second attempt may not meet, or may do so once the template is filled in.
func retriesTransient(node *graph.Node) bool {
	for ; node != nil; node = node.Region.Owner {
		if node.State.RetryUnknown {
			return true
		}
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
