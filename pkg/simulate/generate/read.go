package generate

import (
	"encoding/base64"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/intrinsic"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// sight is what the expressions of a field see.
type sight struct {
	*solver
	soon    value.Value // a timestamp in the near future
	data    term        // $, or $states.input
	result  term        // $states.result; absent where the field has none
	failure term        // $states.errorOutput
	context term        // $$, or $states.context
	scope   *scope
}

// scope is the workflow variables, the newest first.
type scope struct {
	name  string
	term  term
	outer *scope
}

func (s *scope) variable(name string) (term, bool) {
	for ; s != nil; s = s.outer {
		if s.name == name {
			return s.term, true
		}
	}
	return term{}, false
}

// template evaluates an expression; false when it would fail.
func (s sight) template(e *asl.Expression) (term, bool) {
	switch e.Kind {
	case asl.PathExpression:
		return s.path(e.Path)
	case asl.Intrinsic:
		return s.call(e.Intrinsic)
	case asl.JSONataString:
		return s.jsonata(e.JSONata)
	case asl.ObjectTemplate:
		members := make([]member, 0, len(e.Members))
		for _, m := range e.Members {
			inner, ok := s.template(m.Value)
			if !ok {
				return term{}, false
			}
			if !inner.isConstant() || !inner.constant.IsAbsent() {
				members = append(members, member{m.Key, inner})
			}
		}
		return objectOf(members...), true
	case asl.ArrayTemplate:
		items := make([]term, 0, len(e.Items))
		for _, item := range e.Items {
			inner, ok := s.template(item)
			if !ok {
				return term{}, false
			}
			items = append(items, inner)
		}
		return array(items...), true
	}
	return constant(e.Literal), true
}

// orElse evaluates an expression where there is one.
func (s sight) orElse(e *asl.Expression, otherwise term) (term, bool) {
	if e == nil {
		return otherwise, true
	}
	return s.template(e)
}

// filtered is what InputPath and OutputPath do: null stands for {}.
func (s sight) filtered(e *asl.Expression, data term) (term, bool) {
	switch {
	case e == nil:
		return data, true
	case e.Kind == asl.Literal && e.Literal.IsNull():
		return constant(value.Object()), true
	}
	s.data = data
	return s.template(e)
}

func (s sight) root(p *jsonpath.Path) (term, bool) {
	switch p.Root {
	case jsonpath.RootContext:
		return s.context, true
	case jsonpath.RootVariable:
		return s.scope.variable(p.Variable)
	}
	return s.data, true
}

// path evaluates a path. What it reads of unknowns they have from then on.
func (s sight) path(p *jsonpath.Path) (term, bool) {
	root, ok := s.root(p)
	if !ok {
		return term{}, false
	}
	nodes := []term{root}
	for i, step := range p.Steps {
		if nodes, ok = s.step(nodes, step, i > 0 && p.Steps[i-1].Kind == jsonpath.StepDeepScan); !ok {
			return s.chosen(root, p)
		}
	}
	if p.IsDefinite() {
		return nodes[0], true
	}
	return array(nodes...), true
}

// chosen evaluates a path on the values as they are chosen now: constants, and
// steps that nothing can be asked by.
func (s sight) chosen(root term, p *jsonpath.Path) (term, bool) {
	v, err := p.Eval(root.value())
	return constant(v), err == nil
}

func (s sight) step(nodes []term, step jsonpath.Step, deep bool) (found []term, ok bool) {
	found = []term{}
	for _, node := range nodes {
		var more []term
		switch step.Kind {
		case jsonpath.StepMember:
			inner, ok := s.get(node, step.Name)
			if !ok {
				return nil, false
			}
			more = []term{inner}
		case jsonpath.StepIndex:
			inner, ok := s.index(node, step.Index)
			if !ok {
				return nil, false
			}
			more = []term{inner}
		case jsonpath.StepDeepScan:
			more = []term{node}
		case jsonpath.StepWildcard, jsonpath.StepSlice, jsonpath.StepFilter:
			if more, ok = s.several(node, step); !ok {
				return nil, false
			}
		default:
			return nil, false
		}
		found = append(found, more...)
	}
	return found, !deep || len(found) > 0
}

// several reads elements of an array: those of an unknown one meet the filter.
func (s sight) several(node term, step jsonpath.Step) ([]term, bool) {
	if node.unknown == nil || node.unknown.kind == value.KindObject {
		return nil, false
	}
	elements, ok := s.elements(node)
	if ok && step.Kind == jsonpath.StepFilter {
		s.suit(elements[0], step.Filter.Expression)
	}
	return elements, ok
}

// suit asks an element to meet a filter, as far as that is simple. A filter that
// nothing meets selects nothing, so nothing fails here.
func (s sight) suit(element term, condition jsonpath.Expression) {
	mark := s.mark()
	switch c := condition.(type) {
	case *jsonpath.And:
		s.suit(element, c.Left)
		s.suit(element, c.Right)
	case *jsonpath.Or:
		s.suit(element, c.Left)
	case *jsonpath.Exists:
		if c.Path.Root == jsonpath.RootItem {
			s.member1(element, c.Path)
		}
	case *jsonpath.Comparison:
		if c.Left.Path == nil || c.Left.Path.Root != jsonpath.RootItem {
			return
		}
		operand := constant(c.Right.Literal)
		if c.Right.Path != nil && c.Right.Path.Root != jsonpath.RootItem {
			operand, _ = s.path(c.Right.Path)
		}
		place, ok := s.member1(element, c.Left.Path)
		if !ok || operand.value().IsAbsent() || !s.meet(place, filterTest(c.Operator, operand.value())) {
			s.back(mark)
		}
	}
}

// member1 reads a path that starts from an element.
func (s sight) member1(element term, p *jsonpath.Path) (term, bool) {
	ok := true
	for _, step := range p.Steps {
		if step.Kind != jsonpath.StepMember {
			return term{}, false
		}
		if element, ok = s.get(element, step.Name); !ok {
			return term{}, false
		}
	}
	return element, true
}

// filterTest is what a comparison of a filter asks; every literal of a filter
// may stand for a number.
func filterTest(operator jsonpath.Operator, operand value.Value) test {
	switch operator {
	case jsonpath.Equal:
		return equals(operand)
	case jsonpath.NotEqual:
		t := equals(operand)
		return test{func(v value.Value) bool { return !t.holds(v) }, nil}
	case jsonpath.Greater, jsonpath.GreaterOrEqual:
		return ordered(operand, 1)
	case jsonpath.Less, jsonpath.LessOrEqual:
		return ordered(operand, -1)
	}
	return test{func(value.Value) bool { return true }, nil}
}

// ordered asks for a value on one side of another.
func ordered(operand value.Value, sign int) test {
	return test{func(v value.Value) bool {
		order, ok := value.Compare(v, operand)
		return ok && order*sign > 0
	}, near(operand)}
}

// call evaluates an intrinsic function: what it needs is asked of its
// arguments, and what it can look into stays open.
func (s sight) call(c *intrinsic.Call) (term, bool) {
	arguments := make([]term, len(c.Args))
	for i, argument := range c.Args {
		var ok bool
		switch argument.Kind {
		case intrinsic.ArgumentPath:
			arguments[i], ok = s.path(argument.Path)
		case intrinsic.ArgumentCall:
			arguments[i], ok = s.call(argument.Call)
		default:
			arguments[i], ok = constant(argument.Literal), true
		}
		if kind := c.Function.ArgumentKind(i); ok && kind != value.KindAbsent {
			ok = s.kind(arguments[i], kind)
		}
		if !ok {
			return term{}, false
		}
	}
	if result, ok := s.open(c.Name, arguments); ok {
		return result, true
	}
	v, err := c.Eval(evaluation{s, c.Args, arguments})
	return constant(v), err == nil
}

// open evaluates the functions whose results hold their arguments.
func (s sight) open(name string, arguments []term) (result term, ok bool) {
	switch name {
	case "States.Array":
		return array(arguments...), true
	case "States.StringToJson":
		if len(arguments) == 1 && arguments[0].unknown != nil {
			u, ok := s.contentOf(arguments[0].unknown)
			return term{unknown: u}, ok
		}
	case "States.ArrayGetItem":
		if i, isInteger := arguments[len(arguments)-1].value().Int(); isInteger && len(arguments) == 2 {
			return s.index(arguments[0], int(i))
		}
	case "States.Base64Decode":
		return term{}, len(arguments) != 1 || !s.meet(arguments[0], base64Text)
	}
	return term{}, false
}

var base64Text = test{func(v value.Value) bool {
	_, err := base64.StdEncoding.DecodeString(v.Str())
	return v.Kind() == value.KindString && err == nil
}, []value.Value{value.String(base64.StdEncoding.EncodeToString([]byte(`{"example":"text"}`)))}}

// evaluation hands the values of arguments to a call of an intrinsic function.
type evaluation struct {
	sight
	given []intrinsic.Argument
	terms []term
}

// Resolve returns the value of a path.
func (e evaluation) Resolve(path *jsonpath.Path) (value.Value, error) {
	root, _ := e.root(path)
	return path.Eval(root.value())
}

// Random returns a number that is always the same.
func (evaluation) Random() float64 { return 0.5 }

// UUID returns a UUID that is always the same.
func (evaluation) UUID() string { return "11111111-1111-4111-8111-111111111111" }
