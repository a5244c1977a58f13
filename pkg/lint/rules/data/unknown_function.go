package data

import (
	"fmt"
	"iter"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func unknownFunction() *lint.Rule {
	return &lint.Rule{
		Name: "unknown-function", Category: lint.Data, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "an expression calls a function that Step Functions does not have",
		Requires: []lint.Prerequisite{allExpressions},
		Run: func(p *lint.Pass) {
			for _, found := range expressionsOf(p).jsonata {
				reportUnknownFunctions(p, found.state, found.expression)
			}
			for state := range p.Machine.States() {
				if state.QueryLanguage == asl.JSONPath {
					reportPathFunctions(p, state)
				}
			}
		},
	}
}

func reportUnknownFunctions(p *lint.Pass, state *asl.State, e *asl.Expression) {
	library := jsonata.Extended()
	for _, variable := range e.References().Variables {
		if !variable.Called || len(variable.Path) > 0 || library.Has(variable.Name) {
			continue
		}
		finding := diag.Diagnostic{
			Span: e.JSONataSpan(variable), State: state.Name,
			Message: fmt.Sprintf("%q of state %q calls $%s, a function that does not exist", e.Field, state.Name, variable.Name),
			Help:    "evaluating it fails with T1006: Attempted to invoke a non-function",
		}
		if variable.Name == "eval" {
			finding.Help = "Step Functions leaves $eval out of JSONata; use $parse to read JSON text"
		} else if near := diag.Suggest(variable.Name, library.Names()); near != "" {
			finding.Help = fmt.Sprintf("did you mean $%s?", near)
		}
		p.Report(finding)
	}
}

// reportPathFunctions reports the paths that end like a function call. The
// service looks for a member of that name: "length()".
func reportPathFunctions(p *lint.Pass, state *asl.State) {
	for e := range eachPathOf(state) {
		step, calls := e.path.Function()
		if !calls {
			continue
		}
		help := "compute it in a JSONata state, or in a function: paths have no functions, and the state fails when it runs"
		if step.Name == "length" {
			help = fmt.Sprintf(`write "States.ArrayLength(%s)" under a key that ends in ".$": paths have no functions, and the state fails when it runs`, e.path.Text[:max(0, step.Start)])
		}
		p.Report(diag.Diagnostic{
			Span: e.span, State: state.Name, Help: help,
			Message: fmt.Sprintf("%q of state %q calls %s() in a path, a function that does not exist", e.field, state.Name, step.Name),
		})
	}
}

// pathAt is a path with the field and the place in which it stands.
type pathAt struct {
	path  *jsonpath.Path
	field string
	span  syntax.Span
}

// eachPathOf yields the paths of a state, those in calls of intrinsic functions
// among them.
func eachPathOf(state *asl.State) iter.Seq[pathAt] {
	return func(yield func(pathAt) bool) {
		for expression := range state.Expressions() {
			for inner := range expression.All() {
				goOn := true
				eachPath(inner, func(path *jsonpath.Path, span syntax.Span) {
					goOn = goOn && yield(pathAt{path, inner.Field, span})
				})
				if !goOn {
					return
				}
			}
		}
	}
}
