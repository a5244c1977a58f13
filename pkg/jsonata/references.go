package jsonata

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
)

// References is what an expression reads from outside itself.
type References struct {
	// Variables are the uses of variables that the expression does not bind, in
	// the order of the text. Functions of the library are among them.
	Variables []VariableReference
	// Context are the places that read the input of the expression: names, $, *
	// and ** that stand at its top level and not after a path step or in a
	// predicate, a sort term, a grouping or a function body; and $$ anywhere.
	Context []ContextReference
}

// VariableReference is one use of a free variable.
type VariableReference struct {
	Name string // without the dollar sign
	// Path are the names of the fields that are read below the variable, as far
	// as they are known without evaluation: input and x for $states.input.x.
	Path      []string
	Span      ast.Span // of the variable and the path
	Called    bool     // it is called as a function
	Arguments int      // how many arguments a call has
}

// ContextReference is one place that reads the input of the expression.
type ContextReference struct {
	Text string // the name, "$", "$$", "*" or "**"
	Span ast.Span
}

// References finds what the expression reads from outside itself.
func (e *Expression) References() *References { return FindReferences(e.tree) }

// FindReferences is [Expression.References] for a tree from [Parse].
func FindReferences(tree ast.Node) *References {
	f := &finder{found: &References{}}
	scope := &names{}
	scope.declare(tree)
	f.visit(tree, scope, true)
	slices.SortStableFunc(f.found.Variables, func(a, b VariableReference) int { return a.Span.Start - b.Span.Start })
	slices.SortStableFunc(f.found.Context, func(a, b ContextReference) int { return a.Span.Start - b.Span.Start })
	return f.found
}

// names are the variables bound in a scope.
type names struct {
	outer *names
	bound []string
}

// declare adds what an expression binds in the scope around it.
func (n *names) declare(nodes ...ast.Node) {
	s := scope{names: n.bound}
	s.declareBound(nodes...)
	n.bound = s.names
}

func (n *names) has(name string) bool {
	for ; n != nil; n = n.outer {
		if slices.Contains(n.bound, name) {
			return true
		}
	}
	return false
}

// inside returns a scope within n.
func (n *names) inside(bound ...string) *names { return &names{outer: n, bound: bound} }

type finder struct{ found *References }

// visit looks through an expression. Top says that its context is the input.
func (f *finder) visit(node ast.Node, scope *names, top bool) {
	switch n := node.(type) {
	case nil:
	case *ast.Variable:
		f.variable(n, scope, top, VariableReference{Span: n.Span})
	case *ast.Name:
		f.context(n.Name, n.Span, top)
	case *ast.Wildcard:
		f.context("*", n.Span, top)
	case *ast.Descendants:
		f.context("**", n.Span, top)
	case *ast.Path:
		f.path(n, scope, top)
	case *ast.Filter:
		f.filter(n, scope, top)
	case *ast.Call:
		f.call(n.Procedure, n.Arguments, scope, top)
	case *ast.Partial:
		f.call(n.Procedure, n.Arguments, scope, top)
	case *ast.Block:
		inner := scope.inside()
		inner.declare(n.Expressions...)
		f.visitAll(n.Expressions, inner, top)
	case *ast.Lambda:
		f.lambda(n, scope)
	case *ast.Bind:
		f.visit(n.Value, scope, top)
	case *ast.Transform:
		f.visitAll([]ast.Node{n.Pattern, n.Update, n.Delete}, scope, false)
	case *ast.Apply:
		f.visit(n.Left, scope, top)
		f.visit(n.Right, scope, top)
	default:
		ast.Children(n, func(child ast.Node) { f.visit(child, scope, top) })
	}
}

func (f *finder) visitAll(nodes []ast.Node, scope *names, top bool) {
	for _, node := range nodes {
		if node != nil {
			f.visit(node, scope, top)
		}
	}
}

func (f *finder) context(text string, span ast.Span, top bool) {
	if top {
		f.found.Context = append(f.found.Context, ContextReference{text, span})
	}
}

// variable notes a use of a variable, unless the expression binds it.
func (f *finder) variable(n *ast.Variable, scope *names, top bool, use VariableReference) {
	switch {
	case n.Name == "":
		f.context("$", n.Span, top)
	case n.Name == "$":
		f.context("$$", n.Span, true)
	case !scope.has(n.Name):
		use.Name = n.Name
		f.found.Variables = append(f.found.Variables, use)
	}
}

func (f *finder) call(procedure ast.Node, arguments []ast.Node, scope *names, top bool) {
	if variable, ok := procedure.(*ast.Variable); ok {
		f.variable(variable, scope, top, VariableReference{Span: variable.Span, Called: true, Arguments: len(arguments)})
	} else {
		f.visit(procedure, scope, top)
	}
	f.visitAll(arguments, scope, top)
}

func (f *finder) lambda(n *ast.Lambda, scope *names) {
	inner := scope.inside()
	for _, parameter := range n.Parameters {
		inner.bound = append(inner.bound, parameter.Name)
	}
	inner.declare(n.Body)
	f.visit(n.Body, inner, false)
}

func (f *finder) filter(n *ast.Filter, scope *names, top bool) {
	f.visit(n.Node, scope, top)
	f.stages(n.Predicates, scope)
	f.group(n.Group, scope)
}

func (f *finder) stages(list []ast.Stage, scope *names) {
	for _, stage := range list {
		f.visit(stage.Predicate, scope, false)
	}
}

func (f *finder) group(group *ast.Group, scope *names) {
	if group == nil {
		return
	}
	for _, pair := range group.Pairs {
		f.visit(pair.Key, scope, false)
		f.visit(pair.Value, scope, false)
	}
}

// path looks through the steps. Only the first one has the context of the path;
// the names that steps bind are known in the rest of it.
func (f *finder) path(n *ast.Path, scope *names, top bool) {
	inner := scope
	if tuples := tupleNames(n); len(tuples) > 0 {
		inner = scope.inside(tuples...)
	}
	for i, step := range n.Steps {
		isFirst := i == 0
		if variable, ok := step.Node.(*ast.Variable); ok && isFirst {
			f.variable(variable, scope, top, f.pathBelow(n, variable))
		} else if step.Node != nil {
			f.visit(step.Node, inner, top && isFirst)
		}
		if step.Sort != nil {
			for _, term := range step.Sort.Terms {
				f.visit(term.Key, inner, false)
			}
		}
		f.stages(step.Stages, inner)
	}
	f.group(n.Group, inner)
}

// pathBelow describes the use of a variable that begins a path: the fields up
// to the first step that is not a plain name.
func (f *finder) pathBelow(n *ast.Path, variable *ast.Variable) VariableReference {
	use := VariableReference{Span: variable.Span}
	for _, step := range n.Steps[1:] {
		name, ok := step.Node.(*ast.Name)
		if !ok {
			break
		}
		use.Path = append(use.Path, name.Name)
		use.Span.End = name.End
	}
	return use
}
