package layout

import (
	"cmp"
	"math"
	"slices"
)

// arrange finds an order of the vertices in their layers with few crossings,
// and their x. Sweeps only find what lies near the order they begin with, so
// that several beginnings are tried; what counts is crossings, then length.
func (l *layers) arrange() {
	beginnings := []beginning{{}, {backFirst: true}, {mirrored: true}, {mirrored: true, backFirst: true}, {upwards: true}}
	const some, many = 600, 1500 // vertices from which fewer beginnings must do
	switch {
	case len(l.vertices) > many:
		beginnings = beginnings[:1]
	case len(l.vertices) > some:
		beginnings = beginnings[:3]
	}
	var best []int
	var fewest int
	var shortest float64
	for _, b := range beginnings {
		crossings := l.order(b)
		l.placeX()
		length := l.length()
		const clearly = 0.9 // what stands first in the definition stays left otherwise
		if best == nil || crossings < fewest || crossings == fewest && length < clearly*shortest {
			best, fewest, shortest = l.snapshot(), crossings, length
		}
	}
	if len(beginnings) > 1 {
		l.restore(best)
		l.placeX()
	}
}

// length says how far the links go sideways, by weight, and how wide it all is.
func (l *layers) length() float64 {
	total, right := 0.0, 0.0
	for _, v := range l.vertices {
		right = max(right, v.x+v.width/2)
		for _, link := range v.down {
			total += math.Abs(v.x-l.vertices[link.to].x) * float64(min(link.weight, 4))
		}
	}
	return total + right*float64(len(l.layers))
}

// order arranges the vertices of every layer so that few edges cross: sweeps
// down and up that sort each layer by the median of its neighbours, followed
// by exchanges of neighbours, keeping the best arrangement seen.
func (l *layers) order(b beginning) (crossings int) {
	l.initialOrder(b)
	best, crossings := l.snapshot(), l.crossings()
	rounds := l.options.MaxRounds
	const large, huge = 20_000, 100_000 // vertices from which fewer rounds must do
	switch {
	case len(l.vertices) > huge:
		rounds = 2
	case len(l.vertices) > large:
		rounds = 4
	}
	for round, idle := 0, 0; round < rounds && idle < 8 && crossings > 0; round++ {
		flip := round%4 >= 2
		l.sweep(round, flip)
		l.transpose(flip)
		if now := l.crossings(); now < crossings {
			best, crossings, idle = l.snapshot(), now, 0
		} else {
			idle++
		}
	}
	l.restore(best)
	return crossings
}

// beginning says which order the sweeps start from.
type beginning struct {
	mirrored  bool // what the definition says first stands right
	backFirst bool // lines that lead back stand left of the others
	upwards   bool // from the ends to the start
}

// initialOrder visits the vertices depth first from the first node, in the
// order the edges are given, so that what a definition says first stands left.
func (l *layers) initialOrder(b beginning) {
	for layer := range l.layers {
		l.layers[layer] = l.layers[layer][:0]
	}
	seen := make([]bool, len(l.vertices))
	var stack []int
	visit := func(start int) {
		stack = append(stack[:0], start)
		for len(stack) > 0 {
			v := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if seen[v] {
				continue
			}
			seen[v] = true
			l.append(v)
			stack = append(stack, l.nextVertices(v, b)...)
		}
	}
	if b.upwards {
		for v := range l.graph.Nodes {
			if len(l.vertices[v].down) == 0 {
				visit(v)
			}
		}
	}
	for v := range l.vertices {
		visit(v)
	}
}

// nextVertices returns the neighbours that a visit of v goes to, the first one last.
func (l *layers) nextVertices(v int, b beginning) []int {
	links := l.vertices[v].down
	if b.upwards {
		links = l.vertices[v].up
	}
	var next, back []int
	for i := len(links) - 1; i >= 0; i-- {
		if to := links[i].to; b.backFirst && l.vertices[to].back {
			back = append(back, to)
		} else {
			next = append(next, to)
		}
	}
	if b.mirrored {
		slices.Reverse(next)
	}
	return append(next, back...)
}

func (l *layers) append(v int) {
	layer := l.vertices[v].layer
	l.vertices[v].order = len(l.layers[layer])
	l.layers[layer] = append(l.layers[layer], v)
}

func (l *layers) snapshot() []int {
	orders := make([]int, len(l.vertices))
	for i := range l.vertices {
		orders[i] = l.vertices[i].order
	}
	return orders
}

func (l *layers) restore(orders []int) {
	for i, order := range orders {
		l.vertices[i].order = order
		l.layers[l.vertices[i].layer][order] = i
	}
}

// sweep goes down on even rounds and up on odd ones.
func (l *layers) sweep(round int, flip bool) {
	if round%2 == 0 {
		for layer := 1; layer < len(l.layers); layer++ {
			l.sortByMedian(layer, func(v *vertex) []link { return v.up }, flip)
		}
		return
	}
	for layer := len(l.layers) - 2; layer >= 0; layer-- {
		l.sortByMedian(layer, func(v *vertex) []link { return v.down }, flip)
	}
}

// sortByMedian sorts a layer by the medians of its vertices' neighbours;
// vertices without neighbours there keep their places. Those with equal medians
// change places when flip is set.
func (l *layers) sortByMedian(layer int, neighbours func(*vertex) []link, flip bool) {
	movable, places := l.scratch.movable[:0], l.scratch.places[:0]
	for place, v := range l.layers[layer] {
		links := neighbours(&l.vertices[v])
		if len(links) > 0 {
			movable = append(movable, weighted{v, l.median(links)})
			places = append(places, place)
		}
	}
	if flip {
		slices.Reverse(movable)
	}
	slices.SortStableFunc(movable, func(a, b weighted) int { return cmp.Compare(a.median, b.median) })
	for i, moved := range movable {
		l.layers[layer][places[i]] = moved.vertex
		l.vertices[moved.vertex].order = places[i]
	}
	l.scratch.movable, l.scratch.places = movable, places
}

// scratch is memory that ordering uses again and again.
type scratch struct {
	movable []weighted
	places  []int
	orders  []int
	links   []link
	tree    []int
}

// weighted is a vertex and where it would like to stand.
type weighted struct {
	vertex int
	median float64
}

// median returns the weighted median of Gansner et al.: between the two middle
// neighbours, nearer to the side where they are packed more tightly.
func (l *layers) median(links []link) float64 {
	at := l.scratch.orders[:0]
	for _, link := range links {
		at = append(at, l.vertices[link.to].order)
	}
	l.scratch.orders = at
	slices.Sort(at)
	middle := len(at) / 2
	switch {
	case len(at)%2 == 1:
		return float64(at[middle])
	case len(at) == 2:
		return float64(at[0]+at[1]) / 2
	}
	left, right := float64(at[middle-1]-at[0]), float64(at[len(at)-1]-at[middle])
	if left+right == 0 {
		return float64(at[middle-1]+at[middle]) / 2
	}
	return (float64(at[middle-1])*right + float64(at[middle])*left) / (left + right)
}

// transpose exchanges neighbours as long as that saves crossings; with flip
// also where it makes no difference, to get out of a dead end.
func (l *layers) transpose(flip bool) {
	for range 4 {
		improved := false
		for _, layer := range l.layers {
			for i := 1; i < len(layer); i++ {
				left, right := &l.vertices[layer[i-1]], &l.vertices[layer[i]]
				before := l.pairCrossings(left.up, right.up) + l.pairCrossings(left.down, right.down)
				if before == 0 {
					continue
				}
				after := l.pairCrossings(right.up, left.up) + l.pairCrossings(right.down, left.down)
				if after < before || flip && after == before {
					left.order, right.order = right.order, left.order
					layer[i-1], layer[i] = layer[i], layer[i-1]
					improved = improved || after < before
				}
			}
		}
		if !improved {
			return
		}
	}
}

// pairCrossings counts the crossings between the links of two neighbours, left
// standing left of right.
func (l *layers) pairCrossings(left, right []link) int {
	const bound = 64 // links of a hub that are looked at; keeps the count linear
	crossings := 0
	for _, a := range left[:min(len(left), bound)] {
		for _, b := range right[:min(len(right), bound)] {
			if l.vertices[a.to].order > l.vertices[b.to].order {
				crossings += crossingWeight(a, b)
			}
		}
	}
	return crossings
}

func crossingWeight(a, b link) int { return min(a.weight, 4) * min(b.weight, 4) }

// crossings counts the weighted crossings of the whole level, layer by layer
// with an accumulator tree (Barth, Juenger, Mutzel: Simple and Efficient
// Bilayer Cross Counting, 2002).
func (l *layers) crossings() int {
	total := 0
	for layer := 0; layer+1 < len(l.layers); layer++ {
		total += l.bilayerCrossings(layer)
	}
	return total
}

func (l *layers) bilayerCrossings(layer int) int {
	width := len(l.layers[layer+1])
	tree := append(l.scratch.tree[:0], make([]int, width+1)...)
	total := 0
	for _, v := range l.layers[layer] {
		links := append(l.scratch.links[:0], l.vertices[v].down...)
		l.scratch.links = links
		slices.SortFunc(links, func(a, b link) int {
			return cmp.Compare(l.vertices[a.to].order, l.vertices[b.to].order)
		})
		for _, link := range links {
			weight := min(link.weight, 4)
			// the links drawn so far that end right of this one cross it
			total += weight * (prefix(tree, width) - prefix(tree, l.vertices[link.to].order+1))
		}
		for _, link := range links {
			for i := l.vertices[link.to].order + 1; i <= width; i += i & -i {
				tree[i] += min(link.weight, 4)
			}
		}
	}
	l.scratch.tree = tree
	return total
}

// prefix sums the first n counters of a Fenwick tree.
func prefix(tree []int, n int) int {
	sum := 0
	for i := n; i > 0; i -= i & -i {
		sum += tree[i]
	}
	return sum
}
