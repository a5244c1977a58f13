package render

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/printable"
)

// caption says in a few words what a state does: its type, the service it
// calls and how, and how often it tries again.
func caption(node *graph.Node) string {
	state := node.State
	parts := []string{stateKind(state)}
	if state.Task != nil && state.Task.Resource != nil {
		parts = append(parts, serviceLabel(state))
	}
	if state.Map != nil && state.Map.Distributed {
		parts = append(parts, "distributed")
	}
	if text := waitLabel(state); text != "" {
		parts = append(parts, text)
	}
	if retries := retryLabel(state); retries != "" {
		parts = append(parts, retries)
	}
	return printable.Line(strings.Join(parts, " · "))
}

func stateKind(state *asl.State) string {
	if state.Type == asl.Unknown {
		return "unknown type"
	}
	return state.Type.String()
}

// serviceLabel names what a Task calls: "lambda", "dynamodb putItem",
// "states startExecution .sync:2", "sqs sendMessage callback".
func serviceLabel(state *asl.State) string {
	resource := spec.ParseResource(state.Task.Resource.Value)
	switch resource.Kind {
	case spec.LambdaFunction:
		return "lambda " + lastPart(resource.Name)
	case spec.Activity:
		return "activity " + lastPart(resource.Name)
	case spec.OptimizedIntegration, spec.SDKIntegration:
		label := resource.Service + " " + resource.Action
		switch resource.Pattern {
		case spec.WaitForTaskToken:
			return label + " callback"
		case spec.Sync, spec.Sync2:
			return label + " " + resource.Pattern.Suffix()
		}
		return label
	}
	return graph.Shorten(state.Task.Resource.Value, 30)
}

// lastPart shortens a long resource name to what tells it apart.
func lastPart(name string) string { return graph.Shorten(name, 30) }

func waitLabel(state *asl.State) string {
	if state.Wait == nil {
		return ""
	}
	switch wait := state.Wait; {
	case wait.Seconds != nil && wait.Seconds.Kind == asl.Literal:
		return wait.Seconds.Literal.Text() + " s"
	case wait.Timestamp != nil && wait.Timestamp.Kind == asl.Literal:
		return "until " + wait.Timestamp.Literal.Str()
	}
	return ""
}

// retryLabel adds up the attempts of all Retriers.
func retryLabel(state *asl.State) string {
	attempts := 0
	for _, retrier := range state.Retry {
		attempts += int(retrier.Retries())
	}
	switch attempts {
	case 0:
		return ""
	case 1:
		return "1 retry"
	}
	return fmt.Sprintf("%d retries", attempts)
}

// noClass is the class of states that end nothing.
const noClass graph.Class = ""

// className names a class in words.
func className(class graph.Class) string { return strings.ReplaceAll(string(class), "-", " ") }
