package errors

import (
	"fmt"
	"regexp"
	"sync"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func catchLosesError() *lint.Rule {
	return &lint.Rule{
		Name: "catch-loses-error", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a Catcher drops the error, so no reason survives",
		Requires: []lint.Prerequisite{verdict.Flow, verdict.Shape},
		Run: func(p *lint.Pass) {
			for c := range catchers(p) {
				if dropsError(c) && !tellsByItself(c.edge.Errors) {
					reportLostError(p, c)
				}
			}
		},
	}
}

func dropsError(c caught) bool {
	if c.edge.From.State.QueryLanguage == asl.JSONata {
		// Without an Output the error itself goes on.
		return c.Output != nil && !mentionsError(c.Output) && !assigns(c.Assign, mentionsError)
	}
	return isNull(c.ResultPath) && !assigns(c.Assign, func(e *asl.Expression) bool {
		return e.Kind == asl.PathExpression || e.Kind == asl.Intrinsic
	})
}

// mentionsError reports whether an expression reads the error, or all of
// $states, which holds it.
func mentionsError(e *asl.Expression) bool {
	for read := range e.Reads() {
		if read.Source == asl.FromError {
			return true
		}
	}
	for part := range e.All() {
		if part.Kind == asl.SubstitutionText || part.Kind == asl.JSONataString && wholeStates().MatchString(part.Source) {
			return true
		}
	}
	return false
}

var wholeStates = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\$states\s*([^.\w\s]|$)`) })

func assigns(assign *asl.Assign, pass func(*asl.Expression) bool) bool {
	if assign == nil {
		return false
	}
	for _, variable := range assign.Variables {
		for e := range variable.Value.All() {
			if pass(e) {
				return true
			}
		}
	}
	return false
}

// tellsByItself reports whether the names leave no question what happened: one
// error that is no wildcard, or ordinary control flow.
func tellsByItself(errors []string) bool {
	if len(errors) == 1 && errors[0] != "States.ALL" && errors[0] != "States.TaskFailed" {
		return true
	}
	for _, name := range errors {
		if !graph.IsOrdinaryError(name) {
			return false
		}
	}
	return true
}

func reportLostError(p *lint.Pass, c caught) {
	finding := verdict.On(c.edge.From.State, "when %s is caught, the error is dropped: %q cannot tell what happened", verdict.Either(c.edge.Errors), c.edge.To.Name())
	finding.Span = c.Node.Span()
	finding.Help = fmt.Sprintf("keep it: \"ResultPath\": %q", verdict.ErrorPath(p, c.edge.From.State))
	if c.ResultPath != nil {
		finding.Span = c.ResultPath.Node.Span()
	}
	if c.edge.From.State.QueryLanguage == asl.JSONata {
		finding.Help = "keep it: mention $states.errorOutput in Output or Assign"
	}
	if reach := verdict.Reach(p); reach.Normal[c.edge.To.ID] && reach.Succeeds[c.edge.To.ID] {
		finding.Severity = diag.Info // the workflow goes on as if nothing had happened
	}
	p.Report(finding)
}
