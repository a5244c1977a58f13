package graph

// failurePaths marks the states that an execution enters when something has
// failed: what a Catcher leads to, up to the state where it joins the ordinary
// way again, and what leads to no success any more although a Choice led there.
func failurePaths(g *Graph, r *Reach) []bool {
	marks := make([]bool, len(g.Nodes))
	hasSuccess := g.Root.Entry != nil && r.Succeeds[g.Root.Entry.ID]
	var queue []*Node
	visit := func(node *Node) {
		if node != nil && !marks[node.ID] {
			marks[node.ID] = true
			queue = append(queue, node)
		}
	}
	for _, node := range g.Nodes {
		doomed := !r.Succeeds[node.ID] && (hasSuccess || !r.Normal[node.ID])
		if doomed && (node.Region.Owner == nil || !r.Succeeds[node.Region.Owner.ID] || !r.Normal[node.ID]) {
			visit(node)
		}
		for _, edge := range node.Out {
			if edge.Kind == Catch && !r.Ordinary(edge) {
				visit(edge.To)
			}
		}
	}
	for len(queue) > 0 {
		node := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, inner := range node.Inner {
			for _, held := range inner.Nodes {
				visit(held)
			}
		}
		if r.Normal[node.ID] && r.Succeeds[node.ID] {
			continue
		}
		for _, edge := range node.Out {
			if edge.To != nil {
				visit(edge.To)
			}
		}
	}
	return marks
}
