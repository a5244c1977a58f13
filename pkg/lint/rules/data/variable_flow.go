package data

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// variableFlow says which variables have a value when a state is entered.
type variableFlow struct {
	variables *variables
	words     int        // of a set
	must      [][]uint64 // by node: assigned on every way to it; nil when not reached
	may       [][]uint64 // by node: assigned on some way to it
}

// maxFlowWords bounds the memory of the analysis, 32 MiB for each of the two
// tables. A machine beyond it, with thousands of variables in as many states, is
// not judged.
const maxFlowWords = 4 << 20

var variableFlows = &lint.Result[*variableFlow]{
	Name:     "variable flow",
	Requires: []lint.Prerequisite{allVariables, lint.Graph},
	Compute: func(p *lint.Pass) *variableFlow {
		v, g := variablesOf(p), p.Graph()
		words := (len(v.names) + 63) / 64
		if words == 0 || words*len(g.Nodes) > maxFlowWords {
			return nil
		}
		flow := &variableFlow{variables: v, words: words, must: make([][]uint64, len(g.Nodes)), may: make([][]uint64, len(g.Nodes))}
		flow.region(g.Root)
		return flow
	},
}

// flowOf computes the flow of variables, once for all rules; nil when the
// machine has no variables or too many.
func flowOf(p *lint.Pass) *variableFlow { return variableFlows.Of(p) }

// region computes the sets of the states of a region, then of what they hold.
func (f *variableFlow) region(region *graph.Region) {
	if region.Entry == nil {
		return
	}
	must, may := make([]uint64, f.words), make([]uint64, f.words)
	if owner := region.Owner; owner != nil && !isDistributed(region.Source) && f.must[owner.ID] != nil {
		copy(must, f.must[owner.ID])
		copy(may, f.may[owner.ID])
	}
	f.must[region.Entry.ID], f.may[region.Entry.ID] = must, may
	f.settle(region.Entry)
	for _, node := range region.Nodes {
		for _, inner := range node.Inner {
			f.region(inner)
		}
	}
}

// settle walks from a state until no set changes any more. Sets only shrink
// (must) or grow (may), so that it ends.
func (f *variableFlow) settle(entry *graph.Node) {
	queue := []*graph.Node{entry}
	queued := map[int]bool{entry.ID: true}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		queued[node.ID] = false
		for _, edge := range node.Out {
			if edge.To != nil && f.pass(edge) && !queued[edge.To.ID] {
				queued[edge.To.ID] = true
				queue = append(queue, edge.To)
			}
		}
	}
}

// pass carries the sets along an edge and reports whether that changes anything.
func (f *variableFlow) pass(edge *graph.Edge) bool {
	from, to := edge.From.ID, edge.To.ID
	must, may := append([]uint64(nil), f.must[from]...), append([]uint64(nil), f.may[from]...)
	for _, variable := range assignedOn(edge) {
		f.set(must, variable.Name)
		f.set(may, variable.Name)
	}
	for _, name := range presentOn(edge) {
		f.set(must, name)
		f.set(may, name)
	}
	if f.must[to] == nil {
		f.must[to], f.may[to] = must, may
		return true
	}
	changed := false
	for i := range must {
		common, any := f.must[to][i]&must[i], f.may[to][i]|may[i]
		changed = changed || common != f.must[to][i] || any != f.may[to][i]
		f.must[to][i], f.may[to][i] = common, any
	}
	return changed
}

func (f *variableFlow) set(set []uint64, name string) {
	if i, known := f.variables.names[name]; known {
		set[i/64] |= 1 << (i % 64)
	}
}

// assignedOn returns the variables that an execution assigns when it takes an
// edge: one Assign of the state at most.
func assignedOn(edge *graph.Edge) []*asl.Variable {
	state := edge.From.State
	assign := state.Assign
	switch edge.Kind {
	case graph.ChoiceRule:
		assign = state.Choice.Rules[edge.Index].Assign
	case graph.Catch:
		assign = state.Catch[edge.Index].Assign
	}
	if assign == nil {
		return nil
	}
	return assign.Variables
}

// knows reports what is known of a variable when a state is entered. A state
// that is not reached has every variable.
func (f *variableFlow) knows(node *graph.Node, name string) (must, may bool) {
	i, known := f.variables.names[name]
	if !known || f.must[node.ID] == nil {
		return true, true
	}
	bit := uint64(1) << (i % 64)
	return f.must[node.ID][i/64]&bit != 0, f.may[node.ID][i/64]&bit != 0
}
