package parse

import (
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonata/fault"
)

// ancestry resolves parent operators: each opens a slot, which is handed up the
// tree until a path is found that has a step for it to name.
type ancestry struct {
	labels int
	open   map[any][]*ast.Slot // by node or step: the slots below it
}

func (p *parser) newParent(span ast.Span) *ast.Parent {
	p.labels++
	return &ast.Parent{Span: span, Slot: &ast.Slot{Label: p.labels, Level: 1}}
}

// seek adds slots to those that are open at a node or step.
func (p *parser) seek(at any, slots ...*ast.Slot) {
	if len(slots) == 0 {
		return
	}
	if p.open == nil {
		p.open = map[any][]*ast.Slot{}
	}
	p.open[at] = append(p.open[at], slots...)
}

// move hands the open slots of a node on to what takes its place.
func (p *parser) move(to any, node ast.Node) {
	if p.labels > 0 {
		p.seek(to, p.open[node]...)
	}
}

// inherit hands the open slots of a part on to the whole.
func (p *parser) inherit(whole any, part ast.Node) {
	if p.labels == 0 || part == nil {
		return
	}
	p.seek(whole, p.open[part]...)
	if parent, ok := unwrap(part).(*ast.Parent); ok {
		p.seek(whole, parent.Slot)
	}
}

// isSeeking reports whether parent operators are left without a step to name.
func (p *parser) isSeeking(node ast.Node) bool {
	_, isParent := unwrap(node).(*ast.Parent)
	return isParent || len(p.open[node]) > 0
}

// resolve looks for the steps that the slots of the last step name, from right
// to left. What is still open then is handed up.
func (p *parser) resolve(path *ast.Path) {
	if p.labels == 0 {
		return
	}
	last := path.Steps[len(path.Steps)-1]
	slots := p.open[last]
	if parent, ok := unwrap(last.Node).(*ast.Parent); ok {
		slots = append(slots[:len(slots):len(slots)], parent.Slot)
	}
	for _, slot := range slots {
		at := len(path.Steps) - 2
		for slot.Level > 0 {
			if at < 0 {
				p.seek(path, slot)
				break
			}
			step := path.Steps[at]
			at--
			// of steps in a row that bind the focus, all but the first are skipped
			for at >= 0 && step.Focus != nil && path.Steps[at].Focus != nil {
				step = path.Steps[at]
				at--
			}
			if !p.name(step, step.Node, slot) {
				return
			}
		}
	}
}

// resolveInPredicate handles the slots of a predicate: one level up is what the
// step itself was taken from.
func (p *parser) resolveInPredicate(at any, node ast.Node, predicate ast.Node) {
	if p.labels == 0 {
		return
	}
	for _, slot := range p.open[predicate] {
		if slot.Level != 1 {
			slot.Level--
			continue
		}
		step, _ := at.(*ast.Step)
		if _, isWildcard := node.(*ast.Wildcard); isWildcard && step == nil {
			slot.Level = 0
			at.(*ast.Filter).Ancestor = slot
			continue
		}
		p.name(step, node, slot)
	}
	p.inherit(at, predicate)
}

// name lets a step answer for a slot: a name or wildcard is one level up, a
// parent operator one level down, a block stands for its last expression. It
// returns false when nothing can be derived.
func (p *parser) name(step *ast.Step, node ast.Node, slot *ast.Slot) bool {
	switch n := unwrap(node).(type) {
	case *ast.Name, *ast.Wildcard:
		if slot.Level--; slot.Level == 0 && step != nil {
			if step.Ancestor != nil {
				slot.Label = step.Ancestor.Label
			}
			step.Ancestor, step.Tuple = slot, true
		}
		return true
	case *ast.Parent:
		slot.Level++
		return true
	case *ast.Block:
		if len(n.Expressions) == 0 {
			return true
		}
		n.Tuple = true
		if step != nil {
			step.Tuple = true
		}
		return p.name(nil, n.Expressions[len(n.Expressions)-1], slot)
	case *ast.Path:
		return p.nameInPath(n, slot)
	}
	p.misused(fault.New("S0217", slotSpan(step, node)))
	return false
}

func (p *parser) nameInPath(path *ast.Path, slot *ast.Slot) bool {
	path.Tuple = true
	for at := len(path.Steps) - 1; at >= 0; at-- {
		step := path.Steps[at]
		if !p.name(step, step.Node, slot) {
			return false
		}
		if slot.Level <= 0 {
			break
		}
	}
	return true
}

func slotSpan(step *ast.Step, node ast.Node) ast.Span {
	if step != nil {
		return step.Span
	}
	return node.Range()
}
