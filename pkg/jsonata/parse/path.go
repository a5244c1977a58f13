package parse

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/fault"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// unwrap returns the expression that predicates, a grouping or an empty
// predicate are attached to.
func unwrap(node ast.Node) ast.Node {
	if filter, ok := node.(*ast.Filter); ok {
		return filter.Node
	}
	return node
}

// asPath returns node as a path, making it the first step of a new one when it
// is none. Its predicates stay with the expression.
func (p *parser) asPath(node ast.Node) *ast.Path {
	if path, ok := node.(*ast.Path); ok {
		return path
	}
	return &ast.Path{Span: node.Range(), Steps: []*ast.Step{p.asStep(node)}}
}

func (p *parser) asStep(node ast.Node) *ast.Step {
	step := &ast.Step{Span: node.Range(), Node: node}
	if filter, ok := node.(*ast.Filter); ok {
		step.KeepArray = filter.KeepArray
		step.Focus, step.Ancestor = filter.Focus, filter.Ancestor
		step.Tuple = step.Focus != nil || step.Ancestor != nil
	}
	if block, ok := unwrap(node).(*ast.Block); ok {
		step.Tuple = step.Tuple || block.Tuple
	}
	p.move(step, node)
	return step
}

// asFilter returns node as an expression to which predicates can be attached.
func (p *parser) asFilter(node ast.Node) *ast.Filter {
	if filter, ok := node.(*ast.Filter); ok {
		return filter
	}
	filter := &ast.Filter{Span: node.Range(), Node: node}
	p.move(filter, node)
	return filter
}

// step reads left.right: both become steps of one path.
func (p *parser) step(t token, left ast.Node) (ast.Node, *fault.Error) {
	right, err := p.expression(t.bindingPower())
	if err != nil {
		return nil, err
	}
	path := p.asPath(left)
	if parent, ok := unwrap(left).(*ast.Parent); ok {
		p.seek(path, parent.Slot)
	}
	if rest, ok := right.(*ast.Path); ok {
		path.Steps = append(path.Steps, rest.Steps...)
	} else {
		path.Steps = append(path.Steps, p.lastStep(right))
	}
	path.Span = left.Range().To(right.Range())
	p.checkSteps(path)
	p.resolve(path)
	return path, nil
}

// lastStep makes a step of the right side of a dot: its predicates are applied
// to the step, after everything else.
func (p *parser) lastStep(node ast.Node) *ast.Step {
	step := p.asStep(node)
	if filter, ok := node.(*ast.Filter); ok {
		step.Stages, filter.Predicates = filter.Predicates, nil
		if filter.Group == nil && !filter.KeepArray {
			step.Node = filter.Node
		}
	}
	return step
}

// checkSteps turns strings into names, refuses other literals and marks what
// has a special meaning at the ends of a path.
func (p *parser) checkSteps(path *ast.Path) {
	for _, step := range path.Steps {
		path.KeepSingleton = path.KeepSingleton || step.KeepArray
		literal, ok := unwrap(step.Node).(*ast.Literal)
		if !ok {
			continue
		}
		if literal.Value.Kind() != value.KindString {
			err := fault.New("S0213", literal.Span)
			err.Value = literal.Value
			p.misused(err)
			continue
		}
		name := &ast.Name{Span: literal.Span, Name: literal.Value.Str()}
		if filter, ok := step.Node.(*ast.Filter); ok {
			filter.Node = name
		} else {
			step.Node = name
		}
	}
	construct(path.Steps[0])
	construct(path.Steps[len(path.Steps)-1])
}

func construct(step *ast.Step) {
	if array, ok := unwrap(step.Node).(*ast.Array); ok {
		array.Constructed = true
	}
}

// predicate reads left[expression] or left[].
func (p *parser) predicate(t token, left ast.Node) (ast.Node, *fault.Error) {
	if p.tok.is("]") {
		err := p.read(false)
		return p.keepArray(left), err
	}
	test, err := p.expression(0)
	if err != nil {
		return nil, err
	}
	if err := p.expectClosing("]"); err != nil {
		return nil, err
	}
	stage := ast.Stage{Span: p.from(t.Start), Predicate: test}
	if path, ok := left.(*ast.Path); ok {
		step := path.Steps[len(path.Steps)-1]
		if inner, ok := step.Node.(*ast.Filter); ok && inner.Group != nil {
			p.misused(fault.New("S0209", t.Span))
		}
		p.resolveInPredicate(step, step.Node, test)
		step.Stages = append(step.Stages, stage)
		path.Span = p.from(path.Start)
		return path, nil
	}
	filter := p.asFilter(left)
	if filter.Group != nil {
		p.misused(fault.New("S0209", t.Span))
	}
	p.resolveInPredicate(filter, filter.Node, test)
	filter.Predicates = append(filter.Predicates, stage)
	filter.Span = p.from(filter.Start)
	return filter, nil
}

// keepArray attaches an empty predicate. Behind a name it belongs to the step,
// after a sorting, grouping or numbering to the whole path.
func (p *parser) keepArray(left ast.Node) ast.Node {
	path, ok := left.(*ast.Path)
	if !ok {
		filter := p.asFilter(left)
		filter.KeepArray = true
		filter.Span = p.from(filter.Start)
		return filter
	}
	path.Span = p.from(path.Start)
	path.KeepArray = true
	step := path.Steps[len(path.Steps)-1]
	switch {
	case path.Group != nil || step.Sort != nil || isNumbered(step):
	case step.Focus != nil:
		step.KeepArray = true
	default:
		step.KeepArray = true
		path.KeepSingleton = true
	}
	return path
}

func isNumbered(step *ast.Step) bool {
	for _, stage := range step.Stages {
		if stage.Index != nil {
			return true
		}
	}
	return step.Index != nil
}

// group reads left{key: value, ...}.
func (p *parser) group(t token, left ast.Node) (ast.Node, *fault.Error) {
	pairs, err := p.pairs()
	if err != nil {
		return nil, err
	}
	group := &ast.Group{Span: p.from(t.Start), Pairs: pairs}
	place := func(at **ast.Group, span *ast.Span) {
		if *at != nil {
			p.misused(fault.New("S0210", t.Span))
		}
		*at = group
		span.End = p.lastEnd
	}
	if path, ok := left.(*ast.Path); ok {
		place(&path.Group, &path.Span)
		return path, nil
	}
	filter := p.asFilter(left)
	place(&filter.Group, &filter.Span)
	return filter, nil
}

// sort reads left^(term, ...).
func (p *parser) sort(t token, left ast.Node) (ast.Node, *fault.Error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	sort := &ast.Sort{}
	step := &ast.Step{Sort: sort}
	for more := true; more; {
		term, err := p.term()
		if err != nil {
			return nil, err
		}
		sort.Terms = append(sort.Terms, term)
		p.inherit(step, term.Key)
		if more, err = p.accept(","); err != nil {
			return nil, err
		}
	}
	if err := p.expect(")"); err != nil {
		return nil, err
	}
	sort.Span = p.from(t.Start)
	step.Span = sort.Span
	path := p.asPath(left)
	path.Steps = append(path.Steps, step)
	path.Span = p.from(path.Start)
	p.resolve(path)
	return path, nil
}

func (p *parser) term() (term ast.Term, err *fault.Error) {
	ascending, err := p.accept("<")
	if err == nil && !ascending {
		term.Descending, err = p.accept(">")
	}
	if err == nil {
		term.Key, err = p.expression(0)
	}
	return term, err
}

// variable reads the variable that an @ or # must be followed by.
func (p *parser) variable(t token) (*ast.Variable, *fault.Error) {
	right, err := p.expression(t.bindingPower())
	if err != nil {
		return nil, err
	}
	variable, ok := right.(*ast.Variable)
	if !ok {
		err := fault.New("S0214", right.Range())
		err.Token = t.text
		return nil, err
	}
	return variable, nil
}

// focus reads left@$name.
func (p *parser) focus(t token, left ast.Node) (ast.Node, *fault.Error) {
	variable, err := p.variable(t)
	if err != nil {
		return nil, err
	}
	path, ok := left.(*ast.Path)
	if !ok {
		filter := p.asFilter(left)
		if len(filter.Predicates) > 0 {
			p.misused(fault.New("S0215", t.Span))
		}
		filter.Focus = variable
		filter.Span = p.from(filter.Start)
		return filter, nil
	}
	step := path.Steps[len(path.Steps)-1]
	switch {
	case len(step.Stages) > 0:
		p.misused(fault.New("S0215", t.Span))
	case step.Sort != nil:
		p.misused(fault.New("S0216", t.Span))
	}
	step.Focus, step.Tuple = variable, true
	path.Span = p.from(path.Start)
	return path, nil
}

// index reads left#$name.
func (p *parser) index(t token, left ast.Node) (ast.Node, *fault.Error) {
	variable, err := p.variable(t)
	if err != nil {
		return nil, err
	}
	path, ok := left.(*ast.Path)
	if !ok {
		path = &ast.Path{Span: left.Range(), Steps: []*ast.Step{p.lastStep(left)}}
	}
	step := path.Steps[len(path.Steps)-1]
	if len(step.Stages) == 0 {
		step.Index = variable
	} else {
		step.Stages = append(step.Stages, ast.Stage{Span: t.Span.To(variable.Span), Index: variable})
	}
	step.Tuple = true
	path.Span = p.from(path.Start)
	return path, nil
}
