package ast

// Walk calls visit for node and, as long as visit returns true, for everything
// below it in the order of the text. Nil nodes are not visited.
func Walk(node Node, visit func(Node) bool) {
	if node == nil || !visit(node) {
		return
	}
	Children(node, func(child Node) { Walk(child, visit) })
}

// Children calls each with the expressions directly below node, in the order of
// the text. Missing parts, such as an absent else, are left out.
func Children(node Node, each func(Node)) {
	some := func(nodes ...Node) {
		for _, n := range nodes {
			if n != nil {
				each(n)
			}
		}
	}
	switch n := node.(type) {
	case *Negate:
		some(n.Operand)
	case *Array:
		some(n.Items...)
	case *Range:
		some(n.From, n.To)
	case *Object:
		pairs(n.Pairs, some)
	case *Block:
		some(n.Expressions...)
	case *Binary:
		some(n.Left, n.Right)
	case *Bind:
		some(n.Variable, n.Value)
	case *Conditional:
		some(n.Condition, n.Then, n.Else)
	case *Lambda:
		for _, parameter := range n.Parameters {
			each(parameter)
		}
		some(n.Body)
	case *Call:
		some(n.Procedure)
		some(n.Arguments...)
	case *Partial:
		some(n.Procedure)
		some(n.Arguments...)
	case *Apply:
		some(n.Left, n.Right)
	case *Transform:
		some(n.Pattern, n.Update, n.Delete)
	case *Path:
		for _, step := range n.Steps {
			step.children(some)
		}
		if n.Group != nil {
			pairs(n.Group.Pairs, some)
		}
	case *Filter:
		some(n.Node)
		stages(n.Predicates, some)
		if n.Group != nil {
			pairs(n.Group.Pairs, some)
		}
	}
}

func (s *Step) children(some func(...Node)) {
	some(s.Node)
	if s.Sort != nil {
		for _, term := range s.Sort.Terms {
			some(term.Key)
		}
	}
	stages(s.Stages, some)
}

func stages(list []Stage, some func(...Node)) {
	for _, stage := range list {
		some(stage.Predicate)
	}
}

func pairs(list []Pair, some func(...Node)) {
	for _, pair := range list {
		some(pair.Key, pair.Value)
	}
}
