package graph

import (
	"iter"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// errorNames returns the names a Catcher lists.
func errorNames(catcher *asl.Catcher) []string {
	names := make([]string, 0, len(catcher.ErrorEquals))
	for _, name := range catcher.ErrorEquals {
		names = append(names, name.Value)
	}
	return names
}

// FailError returns the Error that a Fail state raises when the definition
// says it outright; ok is false when it is absent or computed.
func FailError(state *asl.State) (name string, ok bool) {
	if state.Fail == nil || state.Fail.Error == nil || state.Fail.Error.Kind != asl.Literal {
		return "", false
	}
	name = state.Fail.Error.Literal.Str()
	return name, name != ""
}

func raisedByFail(state *asl.State) []string {
	if name, ok := FailError(state); ok {
		return []string{name}
	}
	return nil
}

// maxRaisedNames bounds the names kept of a region; beyond it the region
// counts as raising any error.
const maxRaisedNames = 32

// anyCatchable are the errors that a Catcher can meet at all.
func anyCatchable() spec.ErrorSet { return spec.TakenBy([]string{spec.ErrorAll}) }

// anyButTimeout are those of a task that has no time to exceed.
func anyButTimeout() spec.ErrorSet { return spec.TakenBy([]string{spec.ErrorTaskFailed}) }

// raised returns the errors that a Catcher of the state is to expect: those of
// the task itself, or those that leave the regions it owns. What can go wrong
// in a Pass, a Choice or an inline Map over states that catch everything is a
// fault of the definition or of its data, and raises nothing here.
func (n *Node) raised() spec.ErrorSet {
	switch {
	case n.State.Type == asl.Task && canTimeOut(n.State):
		return anyCatchable()
	case n.State.Type == asl.Task, isDistributed(n):
		// A distributed Map has errors of its own, such as
		// States.ExceedToleratedFailureThreshold; a child that times out is a failed item.
		return anyButTimeout()
	}
	var names []string
	unbounded := spec.ErrorSet{}
	for _, region := range n.Inner {
		for _, inner := range region.Nodes {
			for _, edge := range inner.Out {
				if !edge.Leaves() || edge.Kind == End {
					continue
				}
				if listed, finite := edge.raises.Names(); finite {
					names = append(names, listed...)
				} else {
					unbounded = unbounded.Union(edge.raises)
				}
			}
		}
	}
	set := spec.Errors(names...)
	if listed, _ := set.Names(); len(listed) > maxRaisedNames {
		return anyCatchable()
	}
	return unbounded.Union(set)
}

// canTimeOut reports whether States.Timeout can arise in a Task: it needs a time
// to exceed, a worker that may report it, or a Resource that cannot be told. A
// Lambda function that exceeds its own time fails with Sandbox.Timedout or
// Lambda.Unknown instead. Source: Developer Guide, "Handling errors".
func canTimeOut(state *asl.State) bool {
	task := state.Task
	if task == nil || task.TimeoutSeconds != nil || task.TimeoutPath != nil || task.HeartbeatSeconds != nil || task.HeartbeatPath != nil {
		return true
	}
	if task.Resource == nil {
		return true
	}
	resource := spec.ParseResource(task.Resource.Value)
	switch resource.Kind {
	case spec.LambdaFunction:
		return false
	case spec.OptimizedIntegration, spec.SDKIntegration:
		return resource.Pattern != spec.RequestResponse && !resource.Pattern.IsJob()
	}
	return !standsForFunction(task.Resource.Value)
}

// standsForFunction reports whether a Resource is a substitution that a template
// fills with a function, by its name: "${ImageProcessingLambda}".
func standsForFunction(resource string) bool {
	return strings.HasPrefix(resource, "${") && hasAny(nameWords(resource), []string{"lambda", "function", "func", "fn"})
}

// possible returns the errors that may reach the Catchers of a Parallel or Map:
// those to expect, and those that the service raises when an expression fails
// or data grow too large.
func (n *Node) possible() spec.ErrorSet {
	return n.raises.Union(spec.Errors(
		spec.ErrorDataLimit, spec.ErrorQueryEvaluation, spec.ErrorIntrinsic, spec.ErrorParameterPath, spec.ErrorResultPath, spec.ErrorBranch,
	))
}

// liveCatchers yields the Catchers that can take an error, with their index. One
// is dead when the Catchers before it take all that it names, or when it names
// only errors that nothing in the regions of its state can raise.
func (n *Node) liveCatchers() iter.Seq2[int, *asl.Catcher] {
	return func(yield func(int, *asl.Catcher) bool) {
		var earlier spec.Takers
		for i, catcher := range n.State.Catch {
			names := errorNames(catcher)
			dead := earlier.LeaveNothing(names) ||
				raisedInRegions(n) && !spec.HasWildcard(names) && !n.possible().Meets(spec.TakenBy(names))
			if !dead && !yield(i, catcher) {
				return
			}
			earlier.Add(names)
		}
	}
}

// uncaughtErrors returns the errors that the Catchers of the state let pass.
func (n *Node) uncaughtErrors() spec.ErrorSet {
	var caught []string
	for _, catcher := range n.State.Catch {
		caught = append(caught, errorNames(catcher)...)
	}
	return n.raises.Minus(spec.TakenBy(caught))
}

// shownNames returns the errors of a set when they are few enough to be named,
// else nil. A missed heartbeat shows as States.Timeout.
func shownNames(set spec.ErrorSet) []string {
	names, _ := set.Names()
	if set.Has(spec.ErrorTimeout) {
		names = slices.DeleteFunc(names, func(name string) bool { return name == spec.ErrorHeartbeatTimeout })
	}
	return names
}

func uncaughtLabel(names []string, hasCatch bool) string {
	switch {
	case len(names) == 1:
		return names[0]
	case len(names) > 0:
		return joinShort(names, 3)
	case hasCatch:
		return "any other error"
	}
	return "any error"
}
