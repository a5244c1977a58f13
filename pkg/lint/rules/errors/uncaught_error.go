package errors

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

func uncaughtError() *lint.Rule {
	return &lint.Rule{
		Name: "uncaught-error", Category: lint.Errors, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "an error can leave the state machine with no terminal state to tell what happened",
		Requires: []lint.Prerequisite{verdict.Routes},
		Run: func(p *lint.Pass) {
			r := uncaughtReport{Pass: p, lone: isLoneTask(p), undos: map[*graph.Node]*graph.Undo{}}
			for _, undo := range verdict.Of(p).Compensation.Undos {
				r.undos[undo.Node] = undo
			}
			for _, group := range r.group(uncaught(p)) {
				r.report(group)
			}
		},
	}
}

// uncaughtReport is one run of the rule.
type uncaughtReport struct {
	*lint.Pass
	lone  bool // see isLoneTask
	undos map[*graph.Node]*graph.Undo
}

// escapes are ways for errors to leave the machine for which the advice is the
// same. One finding tells of all.
type escapes struct {
	list    []*graph.Escape // the worst ones first
	handler verdict.Handler
	undos   bool // of actions that stay done
}

// group puts together what the same Catcher would mend: one of the undos,
// one of all other states.
func (p *uncaughtReport) group(all []*graph.Escape) []*escapes {
	type advice struct {
		verdict.Handler
		undos bool
	}
	var groups []*escapes
	byAdvice := map[advice]*escapes{}
	for _, escape := range all {
		handler := verdict.HandlerOf(p.Pass, escape.Edge.From)
		key := advice{handler.Advice(), verdict.Of(p.Pass).IsUndo(escape.Edge.From)}
		if byAdvice[key] == nil {
			byAdvice[key] = &escapes{handler: handler, undos: key.undos}
			groups = append(groups, byAdvice[key])
		}
		byAdvice[key].list = append(byAdvice[key].list, escape)
	}
	for _, group := range groups {
		slices.SortStableFunc(group.list, func(a, b *graph.Escape) int { return cmp.Compare(p.severity(b), p.severity(a)) })
	}
	return groups
}

// uncaught returns the ways for an error of a task, Parallel or Map to leave
// the machine.
func uncaught(p *lint.Pass) []*graph.Escape {
	implicit := verdict.Of(p).Terminals.Implicit()
	if implicit == nil {
		return nil
	}
	var escapes []*graph.Escape
	for _, escape := range implicit.Escapes {
		if escape.Edge.Kind == graph.Uncaught && !hasUnknownCatch(escape.Edge.From) {
			escapes = append(escapes, escape)
		}
	}
	return escapes
}

// hasUnknownCatch reports whether the Catchers of a state or of an owner are only
// known to the deployment.
func hasUnknownCatch(node *graph.Node) bool {
	for ; node != nil; node = node.Region.Owner {
		if node.State != nil && node.State.CatchUnknown {
			return true
		}
	}
	return false
}

// maxRelated is how many places one finding points at.
const maxRelated = 50

func (p *uncaughtReport) report(group *escapes) {
	first := group.list[0]
	states := group.states()
	finding := verdict.On(first.Edge.From.State, "%s", p.message(group))
	finding.Severity = p.severity(first)
	finding.Help = group.handler.Help(states)
	finding.Path = first.Path().Steps()
	for _, escape := range group.list[1:min(len(group.list), maxRelated)] {
		finding.Related = append(finding.Related, verdict.Related(p.Pass, escape.Edge.From.State.NameNode.Span(), "nor is every error caught here"))
	}
	p.Fix(&finding, func() []diag.Fix { return group.handler.Fix(p.Pass, states) })
	p.Report(finding)
}

// states returns the states at top level that could catch the errors.
func (g *escapes) states() []*asl.State {
	var states []*asl.State
	seen := map[*asl.State]bool{}
	for _, escape := range g.list {
		if top := verdict.Outermost(escape.Edge.From).State; !seen[top] {
			seen[top] = true
			states = append(states, top)
		}
	}
	return states
}

func (p *uncaughtReport) message(g *escapes) string {
	first := g.list[0]
	node := first.Edge.From
	if len(g.list) == 1 {
		return fmt.Sprintf("%s of %q ends the execution in no state%s%s", escapingErrors(first), node.Name(), becauseOf(node), p.staysDone(g.list))
	}
	var nodes []*graph.Node
	catches := false
	for _, escape := range g.list {
		nodes = append(nodes, escape.Edge.From)
		catches = catches || len(escape.Edge.From.State.Catch) > 0
	}
	what := "any error"
	if catches {
		what = "an uncaught error"
	}
	return fmt.Sprintf("%s of %s ends the execution in no state%s", what, verdict.AnyOf(nodes), p.staysDone(g.list))
}

// severity is information where the execution fails anyway and nothing is left
// to undo: a notification, the last task on a failure path, a machine with one task.
func (p *uncaughtReport) severity(escape *graph.Escape) diag.Severity {
	analysis, node := verdict.Of(p.Pass), escape.Edge.From
	top := verdict.Outermost(node)
	switch {
	case analysis.IsUndo(node) || analysis.IsUndo(top):
		return diag.Warning
	case analysis.Effects[node.ID].Effect == spec.Notification, p.lone, failsAnyway(p.Pass, top):
		return diag.Info
	}
	return diag.Warning
}

// isLoneTask reports whether the machine has one task beside its notifications,
// catches nothing and undoes nothing: whoever sees it fail knows what failed.
func isLoneTask(p *lint.Pass) bool {
	analysis := verdict.Of(p)
	tasks := 0
	for _, node := range p.Graph().Nodes {
		if len(node.State.Catch) > 0 {
			return false
		}
		if node.State.Type == asl.Task && analysis.Effects[node.ID].Effect != spec.Notification {
			tasks++
		}
	}
	return tasks <= 1 && len(analysis.Pairs.All) == 0
}

// failsAnyway reports whether a state stands on failure paths only, and all that
// follows it are Fail states.
func failsAnyway(p *lint.Pass, node *graph.Node) bool {
	if verdict.Reach(p).Normal[node.ID] || node.State.IsTerminal() {
		return false
	}
	for _, edge := range node.Out {
		if edge.To != nil && edge.To.State.Type != asl.Fail {
			return false
		}
	}
	return true
}

// staysDone says what the failure of undos leaves behind.
func (p *uncaughtReport) staysDone(list []*graph.Escape) string {
	var nodes []*graph.Node
	seen := map[*graph.Node]bool{}
	for _, escape := range list {
		if undo := p.undos[escape.Edge.From]; undo != nil {
			for _, node := range undo.LeavesDone {
				if !seen[node] {
					seen[node] = true
					nodes = append(nodes, node)
				}
			}
		}
	}
	switch len(nodes) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf(", and %s stays done", verdict.List(verdict.Names(nodes)))
	}
	return fmt.Sprintf(", and %s stay done", verdict.List(verdict.Names(nodes)))
}

func escapingErrors(escape *graph.Escape) string {
	switch {
	case len(escape.Edge.Errors) > 0:
		return "the error " + escape.Edge.Label
	case len(escape.Edge.From.State.Catch) > 0:
		return "any other error"
	}
	return "any error"
}

// becauseOf names the owners that do not catch it either.
func becauseOf(node *graph.Node) string {
	if node.Region.Owner == nil {
		return ""
	}
	return fmt.Sprintf(": neither it nor %q catches all errors", verdict.Outermost(node).Name())
}
