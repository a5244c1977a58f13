package limits

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// loop is a set of states that lead to each other.
type loop struct {
	nodes  []*graph.Node // source order
	inside map[*graph.Node]bool
	timed  bool // the execution as a whole has a timeout
}

var loops = &lint.Result[[]*loop]{
	Name:     "loops",
	Requires: []lint.Prerequisite{lint.Graph},
	Compute: func(p *lint.Pass) []*loop {
		g := p.Graph()
		t := &tarjan{index: make([]int, len(g.Nodes)), low: make([]int, len(g.Nodes)), onStack: make([]bool, len(g.Nodes))}
		for _, node := range g.Nodes {
			if t.index[node.ID] == 0 {
				t.visit(node)
			}
		}
		for _, loop := range t.loops {
			loop.timed = p.Machine.TimeoutSeconds != nil && p.Machine.TimeoutSeconds.Value > 0
		}
		return t.loops
	},
}

// loopsOf finds the loops of the machine, once for all rules: the strongly
// connected sets of each region.
func loopsOf(p *lint.Pass) []*loop { return loops.Of(p) }

// tarjan finds strongly connected sets with a stack of its own, so that a long
// chain of states cannot exhaust the one of the program.
type tarjan struct {
	next    int
	index   []int // by node; 0: not visited
	low     []int
	stack   []*graph.Node
	onStack []bool
	loops   []*loop
}

type tarjanFrame struct {
	node *graph.Node
	edge int
}

func (t *tarjan) visit(start *graph.Node) {
	frames := []tarjanFrame{t.enter(start)}
	for len(frames) > 0 {
		frame := &frames[len(frames)-1]
		node := frame.node
		if frame.edge < len(node.Out) {
			to := node.Out[frame.edge].To
			frame.edge++
			switch {
			case to == nil:
			case t.index[to.ID] == 0:
				frames = append(frames, t.enter(to))
			case t.onStack[to.ID]:
				t.low[node.ID] = min(t.low[node.ID], t.index[to.ID])
			}
			continue
		}
		frames = frames[:len(frames)-1]
		if len(frames) > 0 {
			parent := frames[len(frames)-1].node
			t.low[parent.ID] = min(t.low[parent.ID], t.low[node.ID])
		}
		if t.low[node.ID] == t.index[node.ID] {
			t.leave(node)
		}
	}
}

func (t *tarjan) enter(node *graph.Node) tarjanFrame {
	t.next++
	t.index[node.ID], t.low[node.ID] = t.next, t.next
	t.stack = append(t.stack, node)
	t.onStack[node.ID] = true
	return tarjanFrame{node: node}
}

// leave takes a finished set off the stack.
func (t *tarjan) leave(root *graph.Node) {
	from := len(t.stack) - 1
	for t.stack[from] != root {
		from--
	}
	set := append([]*graph.Node(nil), t.stack[from:]...)
	slices.SortFunc(set, func(a, b *graph.Node) int { return a.ID - b.ID })
	t.stack = t.stack[:from]
	for _, node := range set {
		t.onStack[node.ID] = false
	}
	if len(set) > 1 || leadsToItself(root) {
		found := &loop{nodes: set, inside: make(map[*graph.Node]bool, len(set))}
		for _, node := range set {
			found.inside[node] = true
		}
		t.loops = append(t.loops, found)
	}
}

func leadsToItself(node *graph.Node) bool {
	for _, edge := range node.Out {
		if edge.To == node {
			return true
		}
	}
	return false
}

// bounded reports whether something ends the loop by itself: a timeout of the
// execution, or a Choice that compares a number, which counts or measures, or
// looks whether items are left.
func (l *loop) bounded() bool {
	if l.timed {
		return true
	}
	for _, node := range l.nodes {
		if node.State.Choice != nil && l.decides(node) && boundsRounds(node.State) {
			return true
		}
	}
	return false
}

// decides reports whether a Choice can leave the loop.
func (l *loop) decides(node *graph.Node) bool {
	for _, edge := range node.Out {
		if !l.inside[edge.To] && !edge.Failing() {
			return true
		}
	}
	return false
}

func boundsRounds(state *asl.State) bool {
	for rule := range state.ChoiceRules() {
		if ruleBounds(rule) {
			return true
		}
	}
	return false
}

// ruleBounds judges a rule without those nested in it.
func ruleBounds(rule *asl.ChoiceRule) bool {
	switch {
	case rule.Condition != nil:
		return conditionBounds(rule.Condition)
	case rule.Comparison == nil:
		return false
	case strings.HasPrefix(rule.Comparison.Operator, "Numeric"), strings.HasPrefix(rule.Comparison.Operator, "Timestamp"):
		return true
	}
	// A token or an item that is not there any more ends a walk through pages or a list.
	return rule.Comparison.Operator == "IsPresent" || rule.Comparison.Operator == "IsNull"
}

// conditionBounds reports whether a JSONata condition compares or counts.
func conditionBounds(condition *asl.Expression) bool {
	source := condition.Source
	for _, sign := range []string{"<", ">", "$count", "$exists", "$length", "null", "$millis", "$now"} {
		if strings.Contains(source, sign) {
			return true
		}
	}
	return strings.Contains(source, "=") && strings.ContainsAny(source, "0123456789") && !strings.ContainsAny(source, `"'`)
}
