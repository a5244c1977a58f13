package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// walk explores a machine breadth-first over the product of a state and a fact:
// what has happened on the way there. A state is left once in each fact, however
// many ways lead to it, so that a walk is linear in the graph for one fact; and
// the first arrival in a fact is a shortest way, the witness.
//
// The walk itself knows how executions move: into regions and out of them, along
// transitions, and with an error outwards until Catchers take it. What that does
// to the fact, and what is to be noted, its tracer says.
type walk[F comparable] struct {
	reach  *Reach
	tracer tracer[F]
	visits []visit[F]
	latest []int32 // by Node.ID: the last visit of the state, or -1; see visit.before
	count  []uint8 // by Node.ID: the visits of the state
	raised map[raise[F]]bool
}

// maxFacts is how many facts are told apart at one state.
const maxFacts = 48

// tracer is what one kind of walk makes of the facts.
type tracer[F comparable] interface {
	// enters reports whether the walk goes on in a state.
	enters(node *Node, f F) bool
	// begins is the fact at the beginning of a region.
	begins(region *Region, f F) F
	// widened is the fact without what makes too many of them at one state.
	widened(f F) F
	// left is the fact behind a state that is left by its ordinary transition.
	left(node *Node, f F) F
	// along is the fact behind an ordinary transition; false when no execution
	// takes it in that fact.
	along(edge *Edge, f F) (F, bool)
	// caught is the fact behind a Catcher. The error is one of its own state, or
	// came from inside, where it was raised in that fact. False when the walk does not go on there.
	caught(edge *Edge, f F, inside bool) (F, bool)
	// fails is the fact in which an error leaves its state.
	fails(edge *Edge, f F) F
	// ends takes the end of a region, at that visit.
	ends(node *Node, f F, at int32)
	// arrives takes the end of an execution in a Fail state.
	arrives(node *Node, f F, at int32)
	// escapes takes an error that ends the execution in no state.
	escapes(edge *Edge, f F, at int32)
}

// visit is a state reached in a fact.
type visit[F comparable] struct {
	node   *Node
	fact   F
	edge   *Edge // as in Step
	parent int32 // index in visits; -1 at the beginning
	before int32 // the previous visit of the same state; -1 for none
	beside bool  // the state runs at the same time as its parent
}

// raise is an error on its way out of the regions of an owner.
type raise[F comparable] struct {
	owner *Node
	fact  F
	error string // "" stands for any
}

// newWalk makes a walk. The memory of an earlier one, which is at its end then,
// can be used again; nil when there is none.
func newWalk[F comparable](reach *Reach, tracer tracer[F], earlier *walk[F]) *walk[F] {
	w := earlier
	if w == nil {
		w = &walk[F]{latest: make([]int32, len(reach.g.Nodes)), count: make([]uint8, len(reach.g.Nodes)), raised: map[raise[F]]bool{}}
	}
	w.reach, w.tracer, w.visits = reach, tracer, w.visits[:0]
	clear(w.raised)
	clear(w.count)
	for i := range w.latest {
		w.latest[i] = -1
	}
	return w
}

// begin notes the state that all ways of the walk begin at, as done.
func (w *walk[F]) begin(node *Node, f F) { w.note(visit[F]{node: node, fact: f, parent: -1}) }

// note keeps a visit that is not to be left by run.
func (w *walk[F]) note(v visit[F]) int32 {
	v.before = -1
	w.visits = append(w.visits, v)
	return int32(len(w.visits) - 1)
}

// visit enters a state in a fact, unless the walk has been there.
func (w *walk[F]) visit(node *Node, f F, parent int32, edge *Edge) {
	if node == nil {
		return
	}
	if w.count[node.ID] >= maxFacts {
		f = w.tracer.widened(f)
	}
	if w.visited(node, f) || !w.tracer.enters(node, f) {
		return
	}
	w.count[node.ID]++
	w.visits = append(w.visits, visit[F]{node: node, fact: f, edge: edge, parent: parent, before: w.latest[node.ID]})
	w.latest[node.ID] = int32(len(w.visits) - 1)
}

func (w *walk[F]) visited(node *Node, f F) bool {
	for i := w.latest[node.ID]; i >= 0; i = w.visits[i].before {
		if w.visits[i].fact == f {
			return true
		}
	}
	return false
}

// run leaves the visits from the given one on, until nothing new is reached.
func (w *walk[F]) run(from int) {
	for i := from; i < len(w.visits); i++ {
		if !w.visits[i].beside {
			w.leave(int32(i))
		}
	}
}

// leave follows the edges out of a visit.
func (w *walk[F]) leave(at int32) {
	node, fact := w.visits[at].node, w.visits[at].fact
	for _, inner := range node.Inner {
		w.visit(inner.Entry, w.tracer.begins(inner, fact), at, nil)
	}
	left := w.tracer.left(node, fact)
	w.goOn(node, left, at)
	for _, edge := range node.Out {
		switch edge.Kind {
		case Catch:
			if !edge.fromInside {
				w.catch(edge, fact, false, at)
			}
		case FailEnd:
			w.fail(edge, fact, at)
		case NoMatch:
			if behind, ok := w.tracer.along(edge, left); ok {
				w.fail(edge, behind, at)
			}
		case Uncaught:
			if !raisedInRegions(node) {
				w.fail(edge, fact, at)
			}
		}
	}
}

// goOn follows the ordinary transitions of a state in the fact behind it.
func (w *walk[F]) goOn(node *Node, f F, at int32) {
	if !w.reach.completes[node.ID] {
		return
	}
	for _, edge := range node.Out {
		switch edge.Kind {
		case Next, ChoiceRule, Default:
			if behind, ok := w.tracer.along(edge, f); ok {
				w.visit(edge.To, behind, at, nil)
			}
		case End:
			w.tracer.ends(node, f, at)
		}
	}
}

// catch follows a Catcher.
func (w *walk[F]) catch(edge *Edge, f F, inside bool, at int32) {
	if behind, ok := w.tracer.caught(edge, f, inside); ok {
		w.visit(edge.To, behind, at, edge)
	}
}

// fail follows an error that leaves its state: none of the Catchers there takes it.
func (w *walk[F]) fail(edge *Edge, f F, at int32) {
	f = w.tracer.fails(edge, f)
	for _, name := range raisedNames(edge) {
		switch {
		case !w.raise(edge.From.Region.Owner, name, f, at):
		case edge.Kind == FailEnd:
			w.tracer.arrives(edge.From, f, at)
		default:
			w.tracer.escapes(edge, f, at)
		}
	}
}

// raise follows an error outwards, from owner to owner, until Catchers take all
// of it. It reports whether it leaves the machine. A distributed Map counts
// failed items and raises an error of its own, which is followed from there.
func (w *walk[F]) raise(owner *Node, name string, f F, at int32) bool {
	if owner == nil {
		return true
	}
	if isDistributed(owner) {
		return false
	}
	key := raise[F]{owner, f, name}
	if leaves, ok := w.raised[key]; ok {
		return leaves
	}
	takers, rest := owner.takers(name)
	for _, catcher := range takers {
		w.catch(catcher, f, true, at)
	}
	leaves := false
	for _, name := range rest {
		leaves = w.raise(owner.Region.Owner, name, f, at) || leaves
	}
	w.raised[key] = leaves
	return leaves
}

// path returns the way to a visit, from where the walk began.
func (w *walk[F]) path(at int32) Path {
	path := make(Path, 0, 8)
	for i := at; i >= 0; i = w.visits[i].parent {
		if len(path) == maxPathSteps-1 {
			i = 0
		}
		v := w.visits[i]
		path = append(path, Step{Node: v.node, Via: via(v.edge), Edge: v.edge, Beside: v.beside})
	}
	slices.Reverse(path)
	return path
}

// raisedInRegions reports whether the errors of a state are those of its
// regions. A distributed Map has errors of its own.
func raisedInRegions(node *Node) bool { return len(node.Inner) > 0 && !isDistributed(node) }

func isDistributed(node *Node) bool { return node.State.Map != nil && node.State.Map.Distributed }

// raisedNames returns the errors that taking a failing edge raises; "" stands
// for any.
func raisedNames(edge *Edge) []string {
	switch {
	case edge.Kind == NoMatch:
		return []string{spec.ErrorNoChoiceMatched}
	case len(edge.Errors) == 0:
		return []string{""}
	}
	return edge.Errors
}

// takers returns the Catchers of an owner that an error may meet, and what of
// the error none of them takes. An error without a name can be any of those that
// the owner is to expect.
func (n *Node) takers(name string) (takers []*Edge, rest []string) {
	for _, edge := range n.Out {
		switch {
		case edge.Kind == Catch && name == "":
			takers = append(takers, edge)
		case edge.Kind == Catch && spec.Takes(edge.Errors, name):
			return append(takers, edge), nil
		case edge.Kind == Uncaught && name == "":
			rest = raisedNames(edge)
		}
	}
	if name != "" {
		rest = []string{name}
	}
	return takers, rest
}

// Closure returns what can be reached from the seeds, the seeds among it, by
// following next, each member once.
func Closure[T comparable](seeds []T, next func(T, func(T))) map[T]bool {
	reached := make(map[T]bool, len(seeds))
	var queue []T
	visit := func(member T) {
		if !reached[member] {
			reached[member] = true
			queue = append(queue, member)
		}
	}
	for _, seed := range seeds {
		visit(seed)
	}
	for len(queue) > 0 {
		member := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		next(member, visit)
	}
	return reached
}

// Spread marks, in a set by Node.ID, the seeds and what next leads to from any
// state that it marks, each once. What is marked before is not left again.
func Spread(marks []bool, seeds []*Node, next func(*Node, func(*Node))) {
	var queue []*Node
	visit := func(node *Node) {
		if node != nil && !marks[node.ID] {
			marks[node.ID] = true
			queue = append(queue, node)
		}
	}
	for _, seed := range seeds {
		visit(seed)
	}
	for len(queue) > 0 {
		node := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		next(node, visit)
	}
}

// Settle runs pass over the edges out of the states of a region, from its entry
// on, until nothing changes any more: pass reports whether it changed what holds
// at the state that the edge leads to. It ends when what holds only grows or only shrinks.
func Settle(entry *Node, pass func(*Edge) bool) {
	if entry == nil {
		return
	}
	queue := []*Node{entry}
	queued := map[*Node]bool{entry: true}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		queued[node] = false
		for _, edge := range node.Out {
			if edge.To != nil && pass(edge) && !queued[edge.To] {
				queued[edge.To] = true
				queue = append(queue, edge.To)
			}
		}
	}
}
