package errors

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func errorNotKept() *lint.Rule {
	return &lint.Rule{
		Name: "error-not-kept", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Strict,
		Summary:  "a Fail state of constants ends failures of any kind: the reason is lost",
		Requires: []lint.Prerequisite{verdict.Workshop},
		Run: func(p *lint.Pass) {
			var losing []*graph.Terminal
			for _, terminal := range verdict.Of(p).Terminals.All {
				if terminal.Node != nil && losesReason(terminal) {
					losing = append(losing, terminal)
				}
			}
			if len(losing) > 0 {
				reportLosing(p, losing)
			}
		},
	}
}

// losesReason reports whether failures of any kind end in a Fail state that says
// the same of all. After a Catcher that names an error the way itself tells it.
func losesReason(terminal *graph.Terminal) bool {
	fail := terminal.Node.State.Fail
	if fail == nil || fail.ErrorPath != nil || fail.CausePath != nil || caughtWay(terminal) == nil {
		return false
	}
	return isConstant(fail.Error) && isConstant(fail.Cause)
}

func isConstant(e *asl.Expression) bool { return e == nil || e.Kind == asl.Literal }

// caughtWay returns the way of failures of any kind to the terminal.
func caughtWay(terminal *graph.Terminal) graph.Path {
	for _, path := range []graph.Path{terminal.Unknown, terminal.UndoFailed} {
		for _, step := range path {
			if step.Edge != nil && step.Edge.Kind == graph.Catch && spec.HasWildcard(step.Edge.Errors) {
				return path
			}
		}
	}
	return nil
}

// reportLosing reports a machine once: what to do is the same for all its Fail states.
func reportLosing(p *lint.Pass, losing []*graph.Terminal) {
	first := losing[0]
	path := caughtWay(first)
	finding := verdict.On(first.Node.State, "%q says the same of every failure: the error that was caught is in the history only (%s)", first.Node.Name(), path)
	if len(losing) > 1 {
		var nodes []*graph.Node
		for _, terminal := range losing {
			nodes = append(nodes, terminal.Node)
		}
		finding.Message = fmt.Sprintf("%s say the same of every failure: the error that was caught is in the history only (%s)", verdict.List(verdict.Names(nodes)), path)
	}
	finding.Help = keepHelp(first)
	finding.Path = path.Steps()
	finding.Severity = diag.Info
	for _, terminal := range losing {
		if !notifies(p, caughtWay(terminal)) {
			finding.Severity = diag.Warning
		}
	}
	for _, terminal := range losing[1:] {
		finding.Related = append(finding.Related, verdict.Related(p, terminal.Node.State.NameNode.Span(), "nor does this one keep it: %s", caughtWay(terminal)))
	}
	p.Fix(&finding, func() []diag.Fix { return keepAll(p, losing) })
	p.Report(finding)
}

// notifies reports whether somebody is told on the way, behind the first error.
func notifies(p *lint.Pass, path graph.Path) bool {
	failed := false
	for _, step := range path {
		failed = failed || step.Via != ""
		if failed && step.Node != nil && verdict.Of(p).Effects[step.Node.ID].Effect == spec.Notification {
			return true
		}
	}
	return false
}

func keepHelp(terminal *graph.Terminal) string {
	if terminal.Node.State.QueryLanguage == asl.JSONata {
		return "hand it over with Assign in the Catchers, and write\n  \"Cause\": \"{% $caughtError.Error & ': ' & $caughtError.Cause %}\""
	}
	where := keptAt(terminal)
	if where == "" {
		where = "$.error"
	}
	return fmt.Sprintf("write instead of its Cause, where the Catchers keep the error at %s:\n  \"CausePath\": %q", where, causeAt(where))
}

func causeAt(where string) string {
	return fmt.Sprintf("States.Format('{}: {}', %s.Error, %s.Cause)", where, where)
}

// keptAt returns where the last Catcher on the way keeps the error; "" when it does not.
func keptAt(terminal *graph.Terminal) string {
	for _, step := range slices.Backward(caughtWay(terminal)) {
		if catcher := verdict.CatcherOf(step); catcher != nil {
			return placeOfError(catcher)
		}
	}
	return ""
}

func placeOfError(catcher *asl.Catcher) string {
	if catcher.ResultPath == nil || catcher.ResultPath.Kind != asl.PathExpression || len(catcher.ResultPath.Path.Steps) == 0 {
		return ""
	}
	return catcher.ResultPath.Source
}

// keepAll lets Fail states give the error as their Cause where every way there is
// a Catcher that keeps it at the same place: elsewhere the path may find nothing.
func keepAll(p *lint.Pass, losing []*graph.Terminal) []diag.Fix {
	for _, terminal := range losing {
		state, where := terminal.Node.State, keptAt(terminal)
		direct := where != "" && state.QueryLanguage == asl.JSONPath && state.Fail.Cause == nil && state.Node != nil
		for _, edge := range terminal.Node.In {
			direct = direct && edge.Kind == graph.Catch && placeOfError(edge.From.State.Catch[edge.Index]) == where
		}
		if direct {
			return verdict.AddMember(p, state.Node, "CausePath", fmt.Sprintf("%q", causeAt(where)), fmt.Sprintf("keep the error in the Cause of %q", state.Name))
		}
	}
	return nil
}
