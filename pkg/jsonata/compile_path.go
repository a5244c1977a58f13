package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func (c *compiler) path(n *ast.Path) node {
	first := firstTuple(n)
	if first < len(n.Steps) {
		return c.tuplePath(n, first)
	}
	if fields := c.fieldsPath(n); fields != nil {
		return fields
	}
	p := &pathNode{keepSingleton: n.KeepSingleton, keepArray: n.KeepArray}
	p.absolute = isVariable(n.Steps[0])
	for i, step := range n.Steps {
		p.steps = append(p.steps, c.step(step, i))
	}
	if n.Group != nil {
		p.group = c.object(n.Group.Pairs, n.Group.Span)
	}
	return p
}

// fieldsPath compiles the commonest path: a variable or name and names after
// it, without anything attached. It returns nil when n is another one.
func (c *compiler) fieldsPath(n *ast.Path) node {
	if n.Group != nil || n.KeepSingleton || n.KeepArray {
		return nil
	}
	var names []string
	for i, step := range n.Steps {
		if step.Sort != nil || len(step.Stages) > 0 {
			return nil
		}
		if i == 0 && isVariable(step) {
			continue
		}
		name, ok := step.Node.(*ast.Name)
		if !ok {
			return nil
		}
		names = append(names, name.Name)
	}
	fields := &fieldsNode{names: names}
	if len(names) < len(n.Steps) {
		c.depth++
		fields.start = c.compile(n.Steps[0].Node)
		c.depth--
	}
	return fields
}

// isVariable reports whether a step is a variable: a path that begins with one
// does not map over the context.
func isVariable(step *ast.Step) bool {
	n := step.Node
	if filter, ok := n.(*ast.Filter); ok {
		n = filter.Node
	}
	_, ok := n.(*ast.Variable)
	return ok
}

func (c *compiler) step(n *ast.Step, position int) *stepNode {
	step := &stepNode{}
	if n.Sort != nil {
		step.sort = c.sortTerms(n.Sort, c.compile)
	} else {
		step.node = c.compile(n.Node)
		step.whole = position == 0 && isConstructed(n.Node)
	}
	for _, stage := range n.Stages {
		step.stages = append(step.stages, c.stage(stage, c.compile))
	}
	return step
}

// isConstructed reports whether an expression is an array that stays one item,
// or a block that begins with one.
func isConstructed(n ast.Node) bool {
	if filter, ok := n.(*ast.Filter); ok {
		n = filter.Node
	}
	switch n := n.(type) {
	case *ast.Array:
		return n.Constructed
	case *ast.Block:
		return n.Constructed
	}
	return false
}

func (c *compiler) stage(n ast.Stage, compile func(ast.Node) node) stage {
	if n.Index != nil {
		return stage{slot: c.scope.slot(n.Index.Name), numbering: true}
	}
	return stage{predicate: compilePredicate(n.Predicate, compile)}
}

// compilePredicate turns a number into an index at compile time.
func compilePredicate(n ast.Node, compile func(ast.Node) node) predicate {
	if literal, ok := n.(*ast.Literal); ok && literal.Value.Kind() == value.KindNumber {
		return predicate{index: literal.Value.Float(), isIndex: true}
	}
	return predicate{test: compile(n)}
}

func (c *compiler) sortTerms(n *ast.Sort, compile func(ast.Node) node) *sortNode {
	sort := &sortNode{span: n.Span}
	for _, term := range n.Terms {
		sort.terms = append(sort.terms, sortTerm{key: compile(term.Key), descending: term.Descending})
	}
	return sort
}

func (c *compiler) filter(n *ast.Filter) node {
	c.depth--
	inner := c.compile(n.Node)
	c.depth++
	if len(n.Predicates) == 0 && n.Group == nil {
		if call, ok := inner.(*callNode); ok && n.KeepArray {
			return keep(call, true)
		}
	}
	f := &filterNode{node: inner, keep: n.KeepArray, layout: tupleNames(n.Node)}
	if f.layout != nil {
		c.inTuples(&scope{names: f.layout}, func() { f.predicates = predicates(n, c.scoped) })
	} else {
		f.predicates = predicates(n, c.compile)
	}
	if n.Group != nil {
		f.group = c.object(n.Group.Pairs, n.Group.Span)
	}
	return f
}

func predicates(n *ast.Filter, compile func(ast.Node) node) (list []predicate) {
	for _, stage := range n.Predicates {
		list = append(list, compilePredicate(stage.Predicate, compile))
	}
	return list
}

// tuplePath compiles a path that carries tuples from step number first on.
func (c *compiler) tuplePath(n *ast.Path, first int) node {
	p := &tuplePathNode{exported: n.Tuple, keepSingleton: n.KeepSingleton, keepArray: n.KeepArray}
	p.prefix = &pathNode{absolute: isVariable(n.Steps[0]), partial: true}
	for i, step := range n.Steps[:first] {
		p.prefix.steps = append(p.prefix.steps, c.step(step, i))
	}
	s := &scope{names: tupleNames(n)}
	p.layout = s.names
	c.inTuples(s, func() {
		for i, step := range n.Steps[first:] {
			p.steps = append(p.steps, c.tupleStep(step, first+i))
		}
		if n.Group != nil {
			p.group = newObjectNode(n.Group.Pairs, n.Group.Span, c.scoped)
		}
	})
	return p
}

// inTuples compiles within the scope of a tuple, which makes a frame even when
// it has no names.
func (c *compiler) inTuples(s *scope, compile func()) {
	outer := c.scope
	s.parent = outer
	c.scope = s
	compile()
	c.scope = outer
}

func (c *compiler) tupleStep(n *ast.Step, position int) *tupleStep {
	step := &tupleStep{focus: -1, index: -1, ancestor: -1}
	if n.Sort != nil {
		step.sort = c.sortTerms(n.Sort, c.scoped)
	} else {
		step.node = c.scoped(n.Node)
		step.whole = position == 0 && isConstructed(n.Node)
		for _, name := range tupleNames(n.Node) {
			step.imports = append(step.imports, c.scope.slot(name))
		}
	}
	if n.Focus != nil {
		step.focus = c.scope.slot(n.Focus.Name)
	}
	if n.Index != nil {
		step.index = c.scope.slot(n.Index.Name)
	}
	if n.Ancestor != nil {
		step.ancestor = c.scope.slot(labelName(n.Ancestor))
	}
	for _, stage := range n.Stages {
		step.stages = append(step.stages, c.stage(stage, c.scoped))
	}
	return step
}

// tupleNames lists what the tuples of an expression hold: of a path the names
// its steps bind, of a block those of its last expression; nil for anything
// else. What a path inside a step hands on is held, too.
func tupleNames(n ast.Node) []string {
	switch n := n.(type) {
	case *ast.Filter:
		return tupleNames(n.Node)
	case *ast.Block:
		if n.Tuple && len(n.Expressions) > 0 {
			return handedOn(n.Expressions[len(n.Expressions)-1])
		}
	case *ast.Path:
		s := &scope{}
		for _, step := range n.Steps {
			s.declareTuple(step)
		}
		return s.names
	}
	return nil
}

// handedOn lists the names of the tuples that an expression yields as tuples.
func handedOn(n ast.Node) []string {
	if path, ok := n.(*ast.Path); ok && !path.Tuple {
		return nil
	}
	return tupleNames(n)
}

func (s *scope) declareTuple(step *ast.Step) {
	if step.Focus != nil {
		s.declare(step.Focus.Name)
	}
	if step.Index != nil {
		s.declare(step.Index.Name)
	}
	if step.Ancestor != nil {
		s.declare(labelName(step.Ancestor))
	}
	for _, stage := range step.Stages {
		if stage.Index != nil {
			s.declare(stage.Index.Name)
		}
	}
	if _, isPath := step.Node.(*ast.Path); !isPath {
		for _, name := range tupleNames(step.Node) {
			s.declare(name)
		}
	}
}
