package graph

import (
	"fmt"
	"slices"
	"sort"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/directive"
)

// classify finds the terminals of the machine and the class of each.
func (a *Analysis) classify() *Terminals {
	ways := a.walkModes()
	t := &Terminals{byNode: map[*Node]*Terminal{}}
	for _, node := range a.Graph.Nodes {
		terminal := &Terminal{Node: node}
		arrivals, arrived := ways.arrivals[node]
		if !arrived && (node.Region.Owner != nil || !node.State.IsTerminal()) {
			continue
		}
		if arrived && node.Region.Owner != nil && !node.hasEdge(FailEnd) && !arrivals.failed() {
			continue // the terminal is the Parallel around it
		}
		if arrived {
			arrivals.give(ways, terminal)
		}
		a.giveClass(terminal)
		t.All = append(t.All, terminal)
		t.byNode[node] = terminal
	}
	if len(ways.leaks) > 0 {
		t.addImplicit(ways)
	}
	return t
}

func (t *Terminals) addImplicit(ways *modeWalk) {
	terminal := &Terminal{Class: UnknownFailure, Basis: ByName, Why: "errors that no Catcher takes end the execution in no state"}
	terminal.Escapes = ways.leaks
	// Escapes are found in the order of the search, so the first is nearest.
	terminal.Unknown = ways.leaks[0].Path()
	sort.SliceStable(terminal.Escapes, func(i, j int) bool {
		return terminal.Escapes[i].Edge.From.ID < terminal.Escapes[j].Edge.From.ID
	})
	t.All = append(t.All, terminal)
	t.byNode[nil] = terminal
}

func (a *Analysis) giveClass(t *Terminal) {
	a.inferClass(t)
	if class, basis, why, ok := a.statedClass(t.Node); ok {
		t.Class, t.Basis, t.Why = class, basis, why
		t.Mixed = false
		t.Shared = false
		t.EndsAsSuccess = class != Success && t.Node.State.Type != asl.Fail
	}
}

// statedClass returns what a directive or the configuration says.
func (a *Analysis) statedClass(node *Node) (Class, Basis, string, bool) {
	for _, placed := range a.Options.Directives.Of(node.State, directive.Terminal) {
		if class, ok := ParseClass(placed.Value); ok {
			return class, Declared, "declared: " + directive.Prefix + "terminal=" + placed.Value, true
		}
	}
	name, _ := FailError(node.State)
	for _, pattern := range a.Options.Terminals {
		if matchOrEmpty(pattern.State, node.Name()) && matchOrEmpty(pattern.Error, name) && (pattern.Error == "" || name != "") {
			return pattern.Class, Configured, "the configuration says so", true
		}
	}
	return "", 0, "", false
}

func (a *Analysis) inferClass(t *Terminal) {
	t.Basis = ByName
	if t.Node.State.Type == asl.Fail {
		inferFail(t)
		return
	}
	switch {
	case t.Node.endsInFailure() && t.Path() != nil:
		t.EndsAsSuccess = true
		if t.Class = KnownFailure; t.Unknown != nil {
			t.Class = UnknownFailure
		}
		t.Why = "it says that the execution failed, which reports SUCCEEDED"
	case t.Normal != nil && t.Unknown == nil && t.Known == nil:
		t.Class, t.Why = Success, "reached when nothing failed"
	case t.Normal != nil:
		t.Class, t.Why, t.Shared = Success, "reached when nothing failed, and after failures that were undone", true
	case t.Unknown != nil:
		t.Class, t.EndsAsSuccess = UnknownFailure, true
		t.Why = fmt.Sprintf("reached only after %s, yet the execution reports SUCCEEDED", t.Unknown.lastError())
	case t.Known != nil:
		t.Class, t.EndsAsSuccess = KnownFailure, true
		t.Why = fmt.Sprintf("reached only after %s, yet the execution reports SUCCEEDED", t.Known.lastError())
	case t.UndoFailed != nil:
		t.Class, t.EndsAsSuccess = UnknownFailure, true
		t.Why = "reached only after an undo has failed, yet the execution reports SUCCEEDED"
	default:
		t.Class, t.Why = Success, "no way leads here"
	}
}

func inferFail(t *Terminal) {
	switch foreseen := t.Normal != nil || t.Known != nil; {
	case foreseen && t.Unknown != nil:
		t.Class, t.Mixed = UnknownFailure, true
		t.Why = "reached after failures the workflow foresaw and after any other"
	case foreseen && t.Known != nil && t.Known.caughtAnything():
		t.Class, t.Why = KnownFailure, "a Choice that looks at the error leads here"
	case foreseen && t.Known != nil:
		t.Class, t.Why = KnownFailure, fmt.Sprintf("reached after %s, which a Catcher names", t.Known.lastError())
	case foreseen:
		t.Class, t.Why = KnownFailure, "a Choice or the way of the workflow leads here"
	case t.Unknown != nil:
		t.Class, t.Why = UnknownFailure, fmt.Sprintf("reached after %s, whatever the cause", t.Unknown.lastError())
	case t.UndoFailed != nil:
		t.Class, t.Why = UnknownFailure, "reached after an undo has failed"
	default:
		t.Class, t.Why = UnknownFailure, "no way leads here"
	}
}

// caughtAnything reports whether the last Catcher on the path tells nothing about
// what failed.
func (p Path) caughtAnything() bool {
	for _, step := range slices.Backward(p) {
		if step.Edge != nil && step.Edge.Kind == Catch {
			return takesAnything(step.Edge)
		}
	}
	return false
}

// lastError names the last error on the path, "an error" when there is none.
func (p Path) lastError() string {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i].Via != "" {
			return p[i].Via
		}
	}
	return "an error"
}
