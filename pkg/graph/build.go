package graph

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// Build makes the control-flow graph of a machine. It takes any machine that
// decoding returns: a transition to a state that does not exist has no edge,
// and a region whose StartAt names no state has no entry. The time is linear in
// the size of the machine.
func Build(machine *asl.Machine) *Graph {
	g := &Graph{Machine: machine, byState: map[*asl.State]*Node{}}
	g.Root = g.addRegion(machine.Region, nil)
	// Owners stand before what they hold, so backwards every region is complete
	// before its owner asks which errors can leave it.
	for i := len(g.Nodes) - 1; i >= 0; i-- {
		g.connect(g.Nodes[i])
	}
	markFailingEnds(g.Root)
	for _, node := range g.Nodes {
		for _, edge := range node.Out {
			if edge.To != nil {
				edge.To.In = append(edge.To.In, edge)
			}
		}
	}
	return g
}

func (g *Graph) addRegion(source *asl.Region, owner *Node) *Region {
	region := &Region{Source: source, Owner: owner}
	if source == nil {
		return region
	}
	for _, state := range source.States {
		node := &Node{ID: len(g.Nodes), State: state, Region: region}
		g.Nodes = append(g.Nodes, node)
		g.byState[state] = node
		region.Nodes = append(region.Nodes, node)
		for _, inner := range state.Regions() {
			node.Inner = append(node.Inner, g.addRegion(inner, node))
		}
	}
	region.Entry = g.byState[source.Start()]
	return region
}

// connect draws the edges that leave node, the implicit ones last.
func (g *Graph) connect(node *Node) {
	state := node.State
	g.transition(node, Edge{Kind: Next}, state.Next)
	if state.Type == asl.Succeed || state.End {
		node.leave(Edge{Kind: End})
	}
	if state.Type == asl.Fail {
		names := raisedByFail(state)
		raises := spec.Errors(names...)
		if len(names) == 0 {
			raises = anyCatchable()
		}
		node.leave(Edge{Kind: FailEnd, Errors: names, raises: raises, Label: strings.Join(names, ", ")})
	}
	if state.Choice != nil {
		g.connectChoice(node, state.Choice)
	}
	node.raises = node.raised()
	for i, catcher := range node.liveCatchers() {
		names := errorNames(catcher)
		g.transition(node, Edge{
			Kind: Catch, Index: i, Errors: names, Label: strings.Join(names, ", "), ordinary: allOrdinary(names),
			fromInside: raisedInRegions(node) && node.raises.Meets(spec.TakenBy(names)),
		}, catcher.Next)
	}
	g.connectUncaught(node)
}

func (g *Graph) connectChoice(node *Node, choice *asl.ChoiceFields) {
	for i, rule := range choice.Rules {
		g.transition(node, Edge{Kind: ChoiceRule, Index: i, Label: ConditionText(rule)}, rule.Next)
	}
	if choice.Default != nil {
		g.transition(node, Edge{Kind: Default, Label: "otherwise"}, choice.Default)
		return
	}
	node.leave(Edge{Kind: NoMatch, raises: spec.Errors(spec.ErrorNoChoiceMatched), Label: "nothing matches"})
}

// connectUncaught draws the edge of the errors that leave a Task, Parallel or
// Map because none of its Catchers takes them.
func (g *Graph) connectUncaught(node *Node) {
	escaping := node.uncaughtErrors()
	if escaping.Empty() {
		return
	}
	names := shownNames(escaping)
	node.leave(Edge{Kind: Uncaught, Errors: names, raises: escaping, Label: uncaughtLabel(names, len(node.State.Catch) > 0)})
}

// transition adds an edge unless the target is absent or no state of the region.
func (g *Graph) transition(node *Node, edge Edge, to *asl.Transition) {
	if to == nil {
		return
	}
	target := g.byState[node.State.Region.State(to.Target)]
	if target == nil {
		return
	}
	edge.From, edge.To = node, target
	node.Out = append(node.Out, &edge)
}

func (n *Node) leave(edge Edge) {
	edge.From = n
	n.Out = append(n.Out, &edge)
}
