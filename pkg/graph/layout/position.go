package layout

import (
	"math"
	"slices"
)

// placeX gives every vertex its x by the method of Brandes and Koepf (Fast and
// Simple Horizontal Coordinate Assignment, 2001): four alignments of vertices
// with their median neighbours, each compacted, then averaged. Long edges come
// out straight.
func (l *layers) placeX() {
	conflicts := l.conflicts()
	var runs [4][]float64
	for i := range runs {
		a := alignment{layers: l, conflicts: conflicts, upwards: i >= 2, rightwards: i%2 == 1}
		runs[i] = a.run()
	}
	l.combine(runs)
}

// conflicts marks the links that cross a straight part of a long edge; the
// long edge wins.
func (l *layers) conflicts() map[[2]int]bool {
	marked := map[[2]int]bool{}
	for layer := 1; layer < len(l.layers); layer++ {
		l.markConflicts(layer, marked)
	}
	return marked
}

func (l *layers) markConflicts(layer int, marked map[[2]int]bool) {
	left, scanned := 0, 0
	current := l.layers[layer]
	for i, v := range current {
		inner := l.innerUp(v)
		if inner < 0 && i != len(current)-1 {
			continue
		}
		right := len(l.layers[layer-1])
		if inner >= 0 {
			right = l.vertices[inner].order
		}
		for ; scanned <= i; scanned++ {
			for _, link := range l.vertices[current[scanned]].up {
				at := l.vertices[link.to].order
				straight := l.innerUp(current[scanned]) == link.to
				if (at < left || at > right) && !straight {
					marked[[2]int{link.to, current[scanned]}] = true
				}
			}
		}
		left = right
	}
}

// innerUp returns the place above v on the same long edge, -1 when v is a node
// or starts at one. Lines that join there do not count.
func (l *layers) innerUp(v int) int {
	if l.vertices[v].node >= 0 {
		return -1
	}
	above, heaviest := -1, 0
	for _, link := range l.vertices[v].up {
		if link.weight > heaviest {
			above, heaviest = link.to, link.weight
		}
	}
	if above < 0 || heaviest == 1 && len(l.vertices[v].up) > 1 || l.vertices[above].node >= 0 {
		return -1
	}
	return above
}

// alignment is one of the four runs.
type alignment struct {
	*layers
	conflicts           map[[2]int]bool
	upwards, rightwards bool
	root, next          []int // blocks of aligned vertices, as rings
}

func (a *alignment) run() []float64 {
	a.align()
	return a.compact()
}

// align joins each vertex with its median neighbour in the layer before, as
// long as no joined pairs cross.
func (a *alignment) align() {
	n := len(a.vertices)
	a.root, a.next = make([]int, n), make([]int, n)
	for v := range n {
		a.root[v], a.next[v] = v, v
	}
	for _, layer := range a.sequence(len(a.layers.layers), a.upwards) {
		taken := -1
		if a.rightwards {
			taken = math.MaxInt
		}
		vertices := a.layers.layers[layer]
		for _, place := range a.sequence(len(vertices), a.rightwards) {
			taken = a.alignVertex(vertices[place], taken)
		}
	}
}

// alignVertex joins v with a median neighbour and returns the place of the
// neighbour joined last in this layer.
func (a *alignment) alignVertex(v, taken int) int {
	for _, neighbour := range a.medians(v) {
		if a.next[v] != v {
			break
		}
		at := a.vertices[neighbour].order
		free := at > taken
		if a.rightwards {
			free = at < taken
		}
		pair := [2]int{neighbour, v}
		if a.upwards {
			pair = [2]int{v, neighbour}
		}
		if free && !a.conflicts[pair] && a.prefers(neighbour, v) {
			a.next[neighbour] = v
			a.root[v] = a.root[neighbour]
			a.next[v] = a.root[v]
			taken = at
		}
	}
	return taken
}

// prefers reports whether no other link of a node to this layer pulls it much
// harder than the one to v, so that the heavy way stays straight and the light
// ones bend. Places on long edges have only one way to go.
func (a *alignment) prefers(neighbour, v int) bool {
	links := a.vertices[neighbour].down
	if a.upwards {
		links = a.vertices[neighbour].up
	}
	mine, heaviest := 0, 0
	for _, link := range links {
		heaviest = max(heaviest, link.weight)
		if link.to == v {
			mine = max(mine, link.weight)
		}
	}
	return 2*mine > heaviest
}

// medians returns the one or two middle neighbours of v in the layer before,
// the preferred one first. Heavier links count more often.
func (a *alignment) medians(v int) []int {
	links := a.vertices[v].up
	if a.upwards {
		links = a.vertices[v].down
	}
	if len(links) == 0 {
		return nil
	}
	heaviest := 0
	for _, link := range links {
		heaviest = max(heaviest, link.weight)
	}
	var neighbours []int
	for _, link := range links {
		if 2*link.weight > heaviest {
			neighbours = append(neighbours, link.to)
		}
	}
	slices.SortFunc(neighbours, func(x, y int) int { return a.vertices[x].order - a.vertices[y].order })
	lower, upper := neighbours[(len(neighbours)-1)/2], neighbours[len(neighbours)/2]
	switch {
	case lower == upper:
		return []int{lower}
	case a.rightwards:
		return []int{upper, lower}
	}
	return []int{lower, upper}
}

// sequence returns 0..n-1, or n-1..0 when reversed.
func (a *alignment) sequence(n int, reversed bool) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
		if reversed {
			numbers[i] = n - 1 - i
		}
	}
	return numbers
}

// compact places the blocks as far left as their neighbours allow, then moves
// each as near as it can to the block on its right (or the mirror image).
func (a *alignment) compact() []float64 {
	before, after := a.blockGraph()
	order := a.blockOrder(before, after)
	x := make([]float64, len(a.vertices))
	for _, block := range order {
		for _, neighbour := range before[block] {
			x[block] = math.Max(x[block], x[neighbour.block]+neighbour.gap)
		}
	}
	for i := len(order) - 1; i >= 0; i-- {
		block := order[i]
		room := math.Inf(1)
		for _, neighbour := range after[block] {
			room = math.Min(room, x[neighbour.block]-neighbour.gap)
		}
		if len(after[block]) > 0 {
			x[block] = math.Max(x[block], room)
		}
	}
	for v := range x {
		if root := a.root[v]; root != v {
			x[v] = x[root]
		}
	}
	if a.rightwards {
		for v := range x {
			x[v] = -x[v]
		}
	}
	return x
}

type blockLink struct {
	block int
	gap   float64
}

// blockGraph says which block must stand how far from which, from left to
// right (mirrored when the run goes from the right).
func (a *alignment) blockGraph() (before, after [][]blockLink) {
	before, after = make([][]blockLink, len(a.vertices)), make([][]blockLink, len(a.vertices))
	for _, layer := range a.layers.layers {
		for i := 1; i < len(layer); i++ {
			left, right := layer[i-1], layer[i]
			gap := a.gap(left, right)
			if a.rightwards {
				left, right = right, left
			}
			from, to := a.root[left], a.root[right]
			before[to] = append(before[to], blockLink{from, gap})
			after[from] = append(after[from], blockLink{to, gap})
		}
	}
	return before, after
}

// blockOrder returns the roots of all blocks so that each comes after those it
// must stand right of.
func (a *alignment) blockOrder(before, after [][]blockLink) []int {
	missing := make([]int, len(a.vertices))
	var order []int
	for v := range a.vertices {
		missing[v] = len(before[v])
		if a.root[v] == v && missing[v] == 0 {
			order = append(order, v)
		}
	}
	for i := 0; i < len(order); i++ {
		for _, neighbour := range after[order[i]] {
			if missing[neighbour.block]--; missing[neighbour.block] == 0 {
				order = append(order, neighbour.block)
			}
		}
	}
	return order
}

// gap is the least distance between the centres of two neighbours.
func (l *layers) gap(left, right int) float64 {
	a, b := l.vertices[left], l.vertices[right]
	between := l.options.NodeGap
	if a.node < 0 && b.node < 0 {
		between = l.options.EdgeGap
	} else if a.node < 0 || b.node < 0 {
		between = (l.options.NodeGap + l.options.EdgeGap) / 2
	}
	return (a.width+b.width)/2 + between
}

// combine moves the four runs to the bounds of the narrowest one and takes the
// mean of the two middle values of each vertex.
func (l *layers) combine(runs [4][]float64) {
	var least, most [4]float64
	narrowest := 0
	for i, x := range runs {
		least[i], most[i] = l.bounds(x)
		if most[i]-least[i] < most[narrowest]-least[narrowest] {
			narrowest = i
		}
	}
	for i, x := range runs {
		move := least[narrowest] - least[i]
		if i%2 == 1 {
			move = most[narrowest] - most[i]
		}
		for v := range x {
			x[v] += move
		}
	}
	left := math.Inf(1)
	for v := range l.vertices {
		four := []float64{runs[0][v], runs[1][v], runs[2][v], runs[3][v]}
		slices.Sort(four)
		l.vertices[v].x = (four[1] + four[2]) / 2
		left = math.Min(left, l.vertices[v].x-l.vertices[v].width/2)
	}
	for v := range l.vertices {
		l.vertices[v].x -= left
	}
}

func (l *layers) bounds(x []float64) (least, most float64) {
	least, most = math.Inf(1), math.Inf(-1)
	for v := range l.vertices {
		half := l.vertices[v].width / 2
		least, most = math.Min(least, x[v]-half), math.Max(most, x[v]+half)
	}
	return least, most
}
