package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// The reserved names that matter to control flow.
const (
	errorAll              = "States.ALL"
	errorTaskFailed       = "States.TaskFailed"
	errorTimeout          = "States.Timeout"
	errorHeartbeatTimeout = "States.HeartbeatTimeout"
	errorNoChoiceMatched  = "States.NoChoiceMatched"
	errorRuntime          = "States.Runtime"
	errorDataLimit        = "States.DataLimitExceeded"
)

// Uncatchable reports whether a Catcher can never take the error, not even
// one that names States.ALL: AWS counts States.Runtime and
// States.DataLimitExceeded as terminal.
func Uncatchable(name string) bool { return name == errorRuntime || name == errorDataLimit }

// Catches reports whether a list of error names takes the error: by equality,
// by States.ALL, or by States.TaskFailed, which takes everything but
// States.Timeout.
func Catches(errorEquals []string, name string) bool {
	if Uncatchable(name) {
		return false
	}
	for _, e := range errorEquals {
		if e == name || e == errorAll || e == errorTaskFailed && name != errorTimeout {
			return true
		}
	}
	return false
}

// CatchesAll reports whether the Catchers of a state leave nothing out that
// can be caught: one of them names States.ALL, or they name States.TaskFailed
// and States.Timeout.
func CatchesAll(state *asl.State) bool {
	failed, timeout := false, false
	for _, catcher := range state.Catch {
		for _, name := range catcher.ErrorEquals {
			switch name.Value {
			case errorAll:
				return true
			case errorTaskFailed:
				failed = true
			case errorTimeout:
				timeout = true
			}
		}
	}
	return failed && timeout
}

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

// errorSet is the set of errors that a state or region can raise: all of them,
// or those listed.
type errorSet struct {
	any   bool
	names []string
}

func (s errorSet) empty() bool { return !s.any && len(s.names) == 0 }

func (s *errorSet) add(names ...string) {
	for _, name := range names {
		if !slices.Contains(s.names, name) {
			s.names = append(s.names, name)
		}
	}
	if len(s.names) > maxRaisedNames {
		s.any = true
	}
}

// known returns the names when they are all there is, else nil.
func (s errorSet) known() []string {
	if s.any {
		return nil
	}
	return s.names
}

// without returns what the Catchers let pass.
func (s errorSet) without(catchers []*asl.Catcher) errorSet {
	var caught []string
	for _, catcher := range catchers {
		caught = append(caught, errorNames(catcher)...)
	}
	rest := errorSet{any: s.any}
	if s.any && slices.Contains(caught, errorAll) {
		rest.any = false
	}
	if s.any && slices.Contains(caught, errorTaskFailed) {
		rest.any = false
		if !Catches(caught, errorTimeout) {
			rest.add(errorTimeout)
		}
	}
	for _, name := range s.names {
		if !Catches(caught, name) {
			rest.add(name)
		}
	}
	return rest
}

func (s errorSet) label(hasCatch bool) string {
	switch {
	case !s.any && len(s.names) == 1:
		return s.names[0]
	case !s.any:
		return joinShort(s.names, 3)
	case hasCatch:
		return "any other error"
	}
	return "any error"
}

// raised returns the errors that a Catcher of the state can meet: those of the
// task itself, or those that leave the regions it owns. What only
// States.Runtime can go wrong with (a Pass, a Choice, an inline Map over
// states that catch everything) raises nothing here, because nothing can take it.
func (n *Node) raised() errorSet {
	var set errorSet
	switch n.State.Type {
	case asl.Task:
		set.any = true
	case asl.Map:
		// A distributed Map has errors of its own: ItemReaderFailed,
		// ResultWriterFailed, ExceedToleratedFailureThreshold.
		set.any = n.State.Map != nil && n.State.Map.Distributed
	}
	for _, region := range n.Inner {
		for _, inner := range region.Nodes {
			set.addLeaving(inner)
		}
	}
	return set
}

func (s *errorSet) addLeaving(node *Node) {
	for _, edge := range node.Out {
		switch {
		case !edge.Leaves():
		case edge.Kind == NoMatch:
			s.add(errorNoChoiceMatched)
		case edge.Kind == Uncaught || edge.Kind == FailEnd:
			if edge.Errors == nil {
				s.any = true
			}
			s.add(edge.Errors...)
		}
	}
}
