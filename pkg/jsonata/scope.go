package jsonata

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
)

// scope is the variables of a frame at compile time.
type scope struct {
	parent *scope
	names  []string // by slot
}

func (s *scope) slot(name string) int { return slices.Index(s.names, name) }

// declare adds a name unless it is there already, and returns its slot.
func (s *scope) declare(name string) int {
	if at := s.slot(name); at >= 0 {
		return at
	}
	s.names = append(s.names, name)
	return len(s.names) - 1
}

// declareBound declares what the expressions bind in the scope they are
// evaluated in, but not in scopes of their own below.
func (s *scope) declareBound(nodes ...ast.Node) {
	for _, node := range nodes {
		if node == nil {
			continue
		}
		switch n := node.(type) {
		case *ast.Block, *ast.Lambda:
			continue
		case *ast.Bind:
			s.declare(n.Variable.Name)
			s.declareBound(n.Value)
			continue
		case *ast.Path:
			if first := firstTuple(n); first < len(n.Steps) {
				s.declareInSteps(n.Steps[:first])
				continue
			}
		}
		ast.Children(node, func(child ast.Node) { s.declareBound(child) })
	}
}

func (s *scope) declareInSteps(steps []*ast.Step) {
	prefix := &ast.Path{Steps: steps}
	ast.Children(prefix, func(child ast.Node) { s.declareBound(child) })
}

// firstTuple returns the number of the first step that makes tuples, or the
// number of steps when none does. That step and everything after it is
// evaluated in a frame for each tuple.
func firstTuple(path *ast.Path) int {
	for i, step := range path.Steps {
		if step.Tuple {
			return i
		}
	}
	return len(path.Steps)
}

// binds reports whether evaluating the expression binds variables in the scope
// around it.
func binds(node ast.Node) bool {
	probe := scope{}
	probe.declareBound(node)
	return len(probe.names) > 0
}
