package graph

// failurePaths marks the states that an execution enters when something has
// failed: what a Catcher leads to, up to the state where it joins the ordinary
// way again, and what leads to no success any more although a Choice led there.
func failurePaths(g *Graph, r *Reach) []bool {
	marks := make([]bool, len(g.Nodes))
	hasSuccess := g.Root.Entry != nil && r.Succeeds[g.Root.Entry.ID]
	var seeds []*Node
	for _, node := range g.Nodes {
		doomed := !r.Succeeds[node.ID] && (hasSuccess || !r.Normal[node.ID])
		if doomed && (node.Region.Owner == nil || !r.Succeeds[node.Region.Owner.ID] || !r.Normal[node.ID]) {
			seeds = append(seeds, node)
		}
		for _, edge := range node.Out {
			if edge.Kind == Catch && !r.Ordinary(edge) {
				seeds = append(seeds, edge.To)
			}
		}
	}
	Spread(marks, seeds, func(node *Node, visit func(*Node)) {
		for _, inner := range node.Inner {
			for _, held := range inner.Nodes {
				visit(held)
			}
		}
		if r.Normal[node.ID] && r.Succeeds[node.ID] {
			return
		}
		for _, edge := range node.Out {
			visit(edge.To)
		}
	})
	return marks
}
