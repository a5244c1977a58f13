package graph

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/directive"
)

// markFailingEnds marks where the machine ends well by its status and says that
// it failed, as in "NotifyFailure" with "End": true. When all its ends say so, the machine
// itself is about failures, and they are what it is for.
func markFailingEnds(root *Region) {
	var failing []*Edge
	others := false
	for _, node := range root.Nodes {
		for _, edge := range node.Out {
			switch {
			case edge.Kind != End:
			case saysFailed(node.State):
				failing = append(failing, edge)
			default:
				others = true
			}
		}
	}
	for _, edge := range failing {
		edge.failing = others
	}
}

// endsInFailure reports whether the state ends the execution and says that it failed.
func (n *Node) endsInFailure() bool {
	return slices.ContainsFunc(n.Out, func(e *Edge) bool { return e.failing })
}

// saysFailed reports whether a state says by its name, or by a constant status
// that it notes, that the execution has failed: "NotifyFailure", "OrderFailed",
// {"status": "FAILED"}.
func saysFailed(state *asl.State) bool {
	switch state.Type {
	case asl.Task, asl.Pass, asl.Succeed, asl.Parallel:
	default:
		return false
	}
	if state.Comment != nil && strings.Contains(state.Comment.Value, directive.Prefix+directive.Terminal+"="+string(Success)) {
		return false
	}
	return nameSaysFailed(state.Name) || notesFailure(state)
}

// failureVerbs begin the names of states that deal with failures and go on with
// the work: what failed may be a part of it.
var failureVerbs = []string{
	"retry", "redrive", "process", "reprocess", "handle", "check", "get", "list", "count", "is", "has", "are", "any", "collect", "clear",
	"ignore", "skip", "fetch", "find", "filter", "reset", "recover", "resolve", "analyze", "inspect", "wait", "resume", "rerun", "replay", "no", "not", "if", "on",
	"describe", "query", "scan", "select", "summarize", "split", "fix", "repair", "resubmit", "requeue",
}

// nameSaysFailed reads the name of a state: the word stands at its end, as in
// "OrderFailed", or at its beginning, as in "FailOrder" and "Failure notification".
func nameSaysFailed(name string) bool {
	words := nameWords(name)
	for len(words) > 1 && slices.Contains(genericNouns, words[0]) {
		words = words[1:]
	}
	if len(words) == 0 || slices.Contains(failureVerbs, words[0]) {
		return false
	}
	isFailure := func(word string) bool {
		return word == "fail" || word == "failed" || word == "failure" || word == "failures"
	}
	return isFailure(words[0]) || isFailure(words[len(words)-1])
}

// notesFailure reports whether a state notes a status that says so.
func notesFailure(state *asl.State) bool {
	noted := []*asl.Expression{state.Parameters, state.Arguments, state.Output}
	if state.Pass != nil {
		noted = append(noted, state.Pass.Result)
	}
	for _, e := range noted {
		for _, name := range []string{"status", "Status", "state", "outcome", "result"} {
			switch strings.ToUpper(literalAt(e, []string{name}).Str()) {
			case "FAILED", "FAILURE":
				return true
			}
		}
	}
	return false
}
