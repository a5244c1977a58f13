package integrations

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func pollingLoop() *lint.Rule {
	return &lint.Rule{
		Name: "polling-loop", Category: lint.Integrations, Severity: diag.Info, Preset: lint.Recommended,
		Summary:  "a loop asks again and again for a job that an integration with .sync would wait for",
		Requires: []lint.Prerequisite{allTasks, lint.Graph},
		Run: func(p *lint.Pass) {
			if p.Type == asl.Standard {
				checkPolling(p)
			}
		},
	}
}

// checkPolling reports each Task that starts a job of a service when a loop with
// a Wait in it reads from the same service.
func checkPolling(p *lint.Pass) {
	starts := map[string][]*task{} // by service
	for task := range tasks(p) {
		if task.resource.Pattern == spec.RequestResponse && spec.JobIntegration(task.resource) != nil {
			service := task.resource.SDKService()
			starts[service] = append(starts[service], task)
		}
	}
	if len(starts) == 0 {
		return
	}
	for poll := range tasks(p) {
		service := poll.resource.SDKService()
		if len(starts[service]) == 0 || spec.EffectOf(poll.resource) != spec.Read || !waitsInLoop(p.Graph(), poll.State) {
			continue
		}
		for _, start := range starts[service] {
			reportPolling(p, start, poll)
		}
		delete(starts, service)
	}
}

func reportPolling(p *lint.Pass, start, poll *task) {
	job := spec.JobIntegration(start.resource)
	start.report(p, diag.Diagnostic{
		Span:    start.node.Span(),
		Message: fmt.Sprintf("%s starts a job that %q polls in a loop; Step Functions can wait for it", start.subject(), poll.Name),
		Help: fmt.Sprintf("use arn:%s:states:::%s:%s.sync and drop the loop: fewer state transitions, and a failed job raises an error",
			start.resource.Partition, job.Service, job.Action),
		Related: []diag.Related{{File: p.Machine.File(), Span: poll.node.Span(), Message: "polled here"}},
	})
}

// waitsInLoop reports whether the state is part of a loop that a Wait is part of.
func waitsInLoop(g *graph.Graph, state *asl.State) bool {
	start := g.Node(state)
	if start == nil {
		return false
	}
	ahead := reach(start, func(n *graph.Node) []*graph.Edge { return n.Out }, func(e *graph.Edge) *graph.Node { return e.To })
	behind := reach(start, func(n *graph.Node) []*graph.Edge { return n.In }, func(e *graph.Edge) *graph.Node { return e.From })
	for node := range ahead {
		if behind[node] && node.State.Type == asl.Wait {
			return true
		}
	}
	return false
}

// reach returns the nodes that ordinary transitions lead to, or come from.
func reach(start *graph.Node, edges func(*graph.Node) []*graph.Edge, end func(*graph.Edge) *graph.Node) map[*graph.Node]bool {
	var seeds []*graph.Node
	follow := func(node *graph.Node, visit func(*graph.Node)) {
		for _, edge := range edges(node) {
			if to := end(edge); to != nil && !edge.Failing() {
				visit(to)
			}
		}
	}
	follow(start, func(node *graph.Node) { seeds = append(seeds, node) })
	return graph.Closure(seeds, follow)
}
