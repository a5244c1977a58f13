package layout

// layers is the working state of one level.
type layers struct {
	graph   *Graph
	options Options

	arcs  []arc // the edges without self-loops, all pointing downwards
	loops []int // indexes of self-loops in graph.Edges
	ranks []int // layer of each node
	step  int   // 2 when layers for labels stand between the layers of nodes, else 1

	vertices []vertex
	layers   [][]int // vertex indexes, left to right
	paths    [][]int // for each arc the vertices it visits, top to bottom
	joins    []bool  // for each arc: its path ends in a line another arc draws
	direct   []bool  // for each arc: too long for places on its way, drawn behind the nodes
	scratch  scratch
	ports    map[port]float64
	tracks   map[[2]int]int // for the link between two vertices: how late it bends
	lanes    []int          // for each layer: how many tracks there are below it
	tops     []float64
	bottoms  []float64
}

// arc is an edge made to point downwards.
type arc struct {
	edge     int // index in graph.Edges
	from, to int // nodes; swapped when reversed
	reversed bool
	weight   int
	length   int // the least number of layers between its ends
}

// vertex is what stands in a layer: a node, a label, or a place where a long
// edge passes.
type vertex struct {
	node          int // index in graph.Nodes; -1 for a place on an edge
	label         int // index in graph.Edges of the label here; -1 for none
	layer, order  int
	width, height float64
	x             float64 // centre
	back          bool    // on an edge that leads back
	up, down      []link
}

type link struct {
	to     int // vertex
	weight int
}

func newLayers(g *Graph, options Options) *layers {
	l := &layers{graph: g, options: options, step: 1}
	seen := map[[2]int]bool{}
	for i, edge := range g.Edges {
		if edge.From == edge.To {
			l.loops = append(l.loops, i)
			continue
		}
		ends := [2]int{min(edge.From, edge.To), max(edge.From, edge.To)}
		if edge.Label != (Size{}) || seen[ends] {
			l.step = 2
		}
		seen[ends] = true
		l.arcs = append(l.arcs, arc{edge: i, from: edge.From, to: edge.To, weight: edge.Weight})
	}
	for i := range l.arcs {
		l.arcs[i].length = l.step
	}
	if l.step == 2 {
		l.options.LayerGap /= 2
	}
	return l
}

// breakCycles reverses the arcs that lead back to a node on the way from the
// first node, in the order the nodes and edges are given.
func (l *layers) breakCycles() {
	out := make([][]int, len(l.graph.Nodes))
	for i, a := range l.arcs {
		out[a.from] = append(out[a.from], i)
	}
	const unseen, open, done = 0, 1, 2
	state := make([]uint8, len(l.graph.Nodes))
	type visit struct{ node, next int }
	for root := range l.graph.Nodes {
		if state[root] != unseen {
			continue
		}
		state[root] = open
		stack := []visit{{root, 0}}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next == len(out[top.node]) {
				state[top.node] = done
				stack = stack[:len(stack)-1]
				continue
			}
			a := &l.arcs[out[top.node][top.next]]
			top.next++
			target := a.to
			switch state[target] {
			case open:
				a.from, a.to, a.reversed = a.to, a.from, true
			case unseen:
				state[target] = open
				stack = append(stack, visit{target, 0})
			}
		}
	}
}

// buildVertices makes the vertices of all layers and the path of every arc.
func (l *layers) buildVertices() {
	depth := 0
	for i, node := range l.graph.Nodes {
		width, height := node.Size.Width, node.Size.Height
		for _, loop := range l.loops {
			if l.graph.Edges[loop].From == i {
				width += 2 * l.loopWidth(loop)
				break
			}
		}
		l.vertices = append(l.vertices, vertex{node: i, label: -1, layer: l.ranks[i], width: width, height: height})
		depth = max(depth, l.ranks[i])
	}
	l.layers = make([][]int, depth+1)
	l.paths = make([][]int, len(l.arcs))
	l.joins = make([]bool, len(l.arcs))
	l.direct = l.tooLong()
	trunks := map[trunkKey]map[int]int{}
	for _, i := range l.arcsFromTop() {
		l.buildPath(i, trunks)
	}
}

// trunkKey names a line that several arcs share.
type trunkKey struct {
	to   int
	name string
}

// arcsFromTop returns the arcs by the layer they start in, so that the first
// one of a trunk draws all of it.
func (l *layers) arcsFromTop() []int {
	byLayer := make([][]int, len(l.layers))
	for i, a := range l.arcs {
		byLayer[l.ranks[a.from]] = append(byLayer[l.ranks[a.from]], i)
	}
	var sorted []int
	for _, arcs := range byLayer {
		sorted = append(sorted, arcs...)
	}
	return sorted
}

func (l *layers) buildPath(i int, trunks map[trunkKey]map[int]int) {
	a := l.arcs[i]
	edge := l.graph.Edges[a.edge]
	if l.direct[i] {
		l.paths[i] = []int{a.from, a.to}
		return
	}
	var trunk map[int]int
	if edge.Trunk != "" && !a.reversed {
		key := trunkKey{a.to, edge.Trunk}
		if trunks[key] == nil {
			trunks[key] = map[int]int{}
		}
		trunk = trunks[key]
	}
	path := []int{a.from}
	labelled := edge.Label == (Size{})
	for layer := l.ranks[a.from] + 1; layer < l.ranks[a.to]; layer++ {
		if !labelled {
			path = append(path, l.addVertex(vertex{node: -1, label: a.edge, layer: layer,
				width: edge.Label.Width, height: edge.Label.Height, back: a.reversed}))
			labelled = true
			continue
		}
		if shared, ok := trunk[layer]; ok {
			path = append(path, shared)
			l.joins[i] = true
			break
		}
		passing := l.addVertex(vertex{node: -1, label: -1, layer: layer, back: a.reversed})
		if trunk != nil {
			trunk[layer] = passing
		}
		path = append(path, passing)
	}
	if !l.joins[i] {
		path = append(path, a.to)
	}
	l.paths[i] = path
	for j := 1; j < len(path); j++ {
		weight := l.linkWeight(a, path[j-1], path[j])
		if l.joins[i] && j == len(path)-1 {
			weight = 1 // the line that is joined stays straight
		}
		l.connect(path[j-1], path[j], weight)
	}
}

// linkWeight makes long edges straighter than short ones, as in Gansner et al.
func (l *layers) linkWeight(a arc, upper, lower int) int {
	factor := 1
	switch upperNode, lowerNode := l.vertices[upper].node >= 0, l.vertices[lower].node >= 0; {
	case !upperNode && !lowerNode:
		factor = 8
	case !upperNode || !lowerNode:
		factor = 2
	}
	return factor * max(a.weight, 1)
}

func (l *layers) addVertex(v vertex) int {
	l.vertices = append(l.vertices, v)
	return len(l.vertices) - 1
}

func (l *layers) connect(upper, lower, weight int) {
	l.vertices[upper].down = append(l.vertices[upper].down, link{lower, weight})
	l.vertices[lower].up = append(l.vertices[lower].up, link{upper, weight})
}

// loopWidth is the room a self-loop takes next to its node.
func (l *layers) loopWidth(edge int) float64 {
	return 24 + l.graph.Edges[edge].Label.Width
}
