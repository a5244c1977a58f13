package layout

// rank gives every node its layer: the assignment with the least weighted
// total length of the arcs, found by network simplex (Gansner, Koutsofios,
// North, Vo: A Technique for Drawing Directed Graphs, 1993).
func (l *layers) rank() {
	s := newSimplex(len(l.graph.Nodes), l.arcs)
	s.rankByLongestPath()
	const practical = 4000 // beyond this many nodes the simplex takes too long
	if len(l.graph.Nodes) <= practical {
		s.optimise(l.options.MaxRounds * (10 + len(l.graph.Nodes)))
	} else {
		s.pullDown()
	}
	s.normalise()
	l.ranks = s.ranks
}

type simplex struct {
	arcs     []arc // the given ones, then one of weight 0 to each component's root
	in, out  [][]int
	ranks    []int
	tree     []bool  // per arc: in the spanning tree
	adjacent [][]int // per node: its tree arcs
	cut      []int   // per tree arc
	parent   []int   // per node: the tree arc towards the root; -1 at the root
	low, lim []int   // postorder numbering of the tree
}

// newSimplex adds a node above all others, so that the graph is connected.
func newSimplex(nodes int, arcs []arc) *simplex {
	s := &simplex{arcs: append([]arc{}, arcs...)}
	hasIn := make([]bool, nodes)
	for _, a := range arcs {
		hasIn[a.to] = true
	}
	for node := range nodes {
		if !hasIn[node] {
			s.arcs = append(s.arcs, arc{from: nodes, to: node, length: 1, weight: 1})
		}
	}
	s.in, s.out = make([][]int, nodes+1), make([][]int, nodes+1)
	for i, a := range s.arcs {
		s.out[a.from] = append(s.out[a.from], i)
		s.in[a.to] = append(s.in[a.to], i)
	}
	s.ranks = make([]int, nodes+1)
	return s
}

func (s *simplex) root() int { return len(s.ranks) - 1 }

func (s *simplex) slack(i int) int {
	a := s.arcs[i]
	return s.ranks[a.to] - s.ranks[a.from] - a.length
}

// topological returns the nodes with every arc pointing forwards.
func (s *simplex) topological() []int {
	missing := make([]int, len(s.ranks))
	for node := range missing {
		missing[node] = len(s.in[node])
	}
	order := []int{s.root()}
	for i := 0; i < len(order); i++ {
		for _, a := range s.out[order[i]] {
			to := s.arcs[a].to
			if missing[to]--; missing[to] == 0 {
				order = append(order, to)
			}
		}
	}
	return order
}

func (s *simplex) rankByLongestPath() {
	for _, node := range s.topological() {
		for _, i := range s.out[node] {
			a := s.arcs[i]
			s.ranks[a.to] = max(s.ranks[a.to], s.ranks[node]+a.length)
		}
	}
}

// pullDown moves every node as near to its successors as it can go.
func (s *simplex) pullDown() {
	order := s.topological()
	for i := len(order) - 1; i > 0; i-- {
		node := order[i]
		if len(s.out[node]) == 0 || len(s.in[node]) > len(s.out[node]) {
			continue
		}
		nearest := s.slack(s.out[node][0])
		for _, a := range s.out[node] {
			nearest = min(nearest, s.slack(a))
		}
		s.ranks[node] += nearest
	}
}

func (s *simplex) normalise() {
	s.ranks = s.ranks[:s.root()]
	if len(s.ranks) == 0 {
		return
	}
	least := s.ranks[0]
	for _, r := range s.ranks {
		least = min(least, r)
	}
	for i := range s.ranks {
		s.ranks[i] -= least
	}
}

func (s *simplex) optimise(rounds int) {
	s.buildTightTree()
	s.numberTree()
	s.computeCuts()
	from := 0
	for range rounds {
		leaving := s.leavingArc(from)
		if leaving < 0 {
			return
		}
		from = leaving + 1
		s.exchange(leaving, s.enteringArc(leaving))
	}
}

// buildTightTree spans the nodes with arcs of no slack, moving nodes as needed.
func (s *simplex) buildTightTree() {
	s.tree = make([]bool, len(s.arcs))
	inTree := make([]bool, len(s.ranks))
	members := s.growTree(s.root(), inTree, nil)
	for len(members) < len(s.ranks) {
		i, delta := s.nearestOutside(inTree)
		for _, node := range members {
			s.ranks[node] += delta
		}
		a := s.arcs[i]
		next := a.to
		if inTree[next] {
			next = a.from
		}
		s.tree[i] = true
		members = s.growTree(next, inTree, members)
	}
	s.adjacent = make([][]int, len(s.ranks))
	for i, in := range s.tree {
		if in {
			s.link(i)
		}
	}
}

func (s *simplex) growTree(start int, inTree []bool, members []int) []int {
	inTree[start] = true
	first := len(members)
	members = append(members, start)
	for at := first; at < len(members); at++ {
		node := members[at]
		for _, arcs := range [2][]int{s.out[node], s.in[node]} {
			for _, i := range arcs {
				other := s.arcs[i].from + s.arcs[i].to - node
				if !inTree[other] && s.slack(i) == 0 {
					inTree[other], s.tree[i] = true, true
					members = append(members, other)
				}
			}
		}
	}
	return members
}

// nearestOutside finds the arc of least slack out of the tree and how far the
// tree must move to make it tight.
func (s *simplex) nearestOutside(inTree []bool) (best, delta int) {
	best = -1
	for i, a := range s.arcs {
		if inTree[a.from] != inTree[a.to] && (best < 0 || s.slack(i) < s.slack(best)) {
			best = i
		}
	}
	delta = s.slack(best)
	if inTree[s.arcs[best].to] {
		delta = -delta
	}
	return best, delta
}

func (s *simplex) link(i int) {
	s.adjacent[s.arcs[i].from] = append(s.adjacent[s.arcs[i].from], i)
	s.adjacent[s.arcs[i].to] = append(s.adjacent[s.arcs[i].to], i)
}

func (s *simplex) unlink(i int) {
	for _, node := range [2]int{s.arcs[i].from, s.arcs[i].to} {
		kept := s.adjacent[node][:0]
		for _, other := range s.adjacent[node] {
			if other != i {
				kept = append(kept, other)
			}
		}
		s.adjacent[node] = kept
	}
}

// numberTree gives each node its postorder number (lim) and the least number
// below it (low), so that "is below" is a comparison.
func (s *simplex) numberTree() {
	n := len(s.ranks)
	s.parent, s.low, s.lim = make([]int, n), make([]int, n), make([]int, n)
	next := make([]int, n)
	s.parent[s.root()] = -1
	stack, count := []int{s.root()}, 1
	s.low[s.root()] = count
	for len(stack) > 0 {
		node := stack[len(stack)-1]
		if next[node] == len(s.adjacent[node]) {
			s.lim[node] = count
			count++
			stack = stack[:len(stack)-1]
			continue
		}
		i := s.adjacent[node][next[node]]
		next[node]++
		if i == s.parent[node] {
			continue
		}
		child := s.arcs[i].from + s.arcs[i].to - node
		s.parent[child], s.low[child] = i, count
		stack = append(stack, child)
	}
}

func (s *simplex) below(node, top int) bool {
	return s.low[top] <= s.lim[node] && s.lim[node] <= s.lim[top]
}

// child returns the end of a tree arc that is farther from the root.
func (s *simplex) child(i int) int {
	if a := s.arcs[i]; s.parent[a.from] == i {
		return a.from
	}
	return s.arcs[i].to
}

// computeCuts computes the cut values of all tree arcs, leaves first.
func (s *simplex) computeCuts() {
	s.cut = make([]int, len(s.arcs))
	byLim := make([]int, len(s.ranks)+1)
	for node, lim := range s.lim {
		byLim[lim] = node
	}
	for lim := 1; lim < len(byLim)-1; lim++ {
		i := s.parent[byLim[lim]]
		s.cut[i] = s.cutOf(i, byLim[lim])
	}
}

// cutOf computes the cut value of the arc above child from those below it.
func (s *simplex) cutOf(i, child int) int {
	a := s.arcs[i]
	outwards := a.from == child // the arc leaves the subtree
	total := a.weight
	add := func(j int, leaves bool) {
		if j == i {
			return
		}
		sign := -1
		if leaves == outwards {
			sign = 1
		}
		total += sign * s.arcs[j].weight
		if s.tree[j] {
			total -= sign * s.cut[j]
		}
	}
	for _, j := range s.out[child] {
		add(j, true)
	}
	for _, j := range s.in[child] {
		add(j, false)
	}
	return total
}

// leavingArc finds a tree arc with a negative cut value, searching round from
// where the last one was found; -1 when the ranks are optimal.
func (s *simplex) leavingArc(from int) int {
	for k := range s.arcs {
		i := (from + k) % len(s.arcs)
		if s.tree[i] && s.cut[i] < 0 {
			return i
		}
	}
	return -1
}

// enteringArc finds the arc of least slack that crosses the cut of leaving
// against its direction.
func (s *simplex) enteringArc(leaving int) int {
	child := s.child(leaving)
	intoChild := s.arcs[leaving].from == child
	best := -1
	for i, a := range s.arcs {
		fromBelow, toBelow := s.below(a.from, child), s.below(a.to, child)
		crosses := intoChild && !fromBelow && toBelow || !intoChild && fromBelow && !toBelow
		if crosses && (best < 0 || s.slack(i) < s.slack(best)) {
			best = i
		}
	}
	return best
}

func (s *simplex) exchange(leaving, entering int) {
	child := s.child(leaving)
	delta := s.slack(entering)
	if s.below(s.arcs[entering].to, child) {
		delta = -delta
	}
	for node := range s.ranks {
		if s.below(node, child) {
			s.ranks[node] += delta
		}
	}
	s.tree[leaving], s.tree[entering] = false, true
	s.unlink(leaving)
	s.link(entering)
	s.numberTree()
	s.computeCuts()
}
