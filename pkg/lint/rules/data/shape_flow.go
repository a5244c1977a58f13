package data

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// shapeFlow is the shape of the input of every state that is reached.
type shapeFlow struct {
	inputs  map[*asl.State]*shape
	reached map[*asl.State]bool
	visits  map[*asl.State]int
	passed  map[*asl.State]*passage // the last one
}

// through returns the passage of a state with what it is known to get.
func (f *shapeFlow) through(state *asl.State) *passage {
	input := f.inputs[state]
	if last := f.passed[state]; last != nil && last.at[asl.RawInput] == input {
		return last
	}
	f.passed[state] = through(state, input)
	return f.passed[state]
}

// maxVisits bounds how often the shape of one state may change before nothing
// is said of it any more.
const maxVisits = 6

var shapes = &lint.Result[*shapeFlow]{
	Name:     "shapes",
	Requires: []lint.Prerequisite{lint.Graph},
	Compute: func(p *lint.Pass) *shapeFlow {
		f := &shapeFlow{inputs: map[*asl.State]*shape{}, reached: map[*asl.State]bool{}, visits: map[*asl.State]int{}, passed: map[*asl.State]*passage{}}
		f.region(p.Graph().Root, nil)
		return f
	},
}

// shapesOf computes the shapes, once for all rules.
func shapesOf(p *lint.Pass) *shapeFlow { return shapes.Of(p) }

func (f *shapeFlow) region(region *graph.Region, input *shape) {
	if region.Entry == nil {
		return
	}
	f.arrive(region.Entry.State, input)
	queue := []*graph.Node{region.Entry}
	queued := map[*graph.Node]bool{region.Entry: true}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		queued[node] = false
		passed := f.through(node.State)
		for _, edge := range node.Out {
			if edge.To != nil && f.arrive(edge.To.State, passed.along(edge)) && !queued[edge.To] {
				queued[edge.To] = true
				queue = append(queue, edge.To)
			}
		}
	}
	for _, node := range region.Nodes {
		if len(node.Inner) == 0 || !f.reached[node.State] {
			continue
		}
		begin := f.through(node.State).inner()
		for _, inner := range node.Inner {
			f.region(inner, begin)
		}
	}
}

// arrive adds a shape to what a state may get and reports whether that is news.
func (f *shapeFlow) arrive(state *asl.State, input *shape) bool {
	if !f.reached[state] {
		f.reached[state], f.inputs[state] = true, input
		return true
	}
	before := f.inputs[state]
	joined := join(before, input)
	if equal(before, joined) {
		f.inputs[state] = joined
		return false
	}
	if f.visits[state]++; f.visits[state] > maxVisits {
		joined = nil
	}
	f.inputs[state] = joined
	return true
}
