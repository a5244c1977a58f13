package generate

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// jsonata evaluates an expression: what it reads is asked of the unknowns, and
// what it can be seen to hold stays open. Everything else is computed from the
// values as they are chosen now.
func (s sight) jsonata(e *jsonata.Expression) (term, bool) {
	mark := s.mark()
	reader := reader{sight: s}
	result, open := reader.read(e.Tree())
	if reader.refused {
		s.back(mark)
	}
	if open && !reader.refused {
		return result, true
	}
	v, ok := s.compute(e)
	return constant(v), ok
}

// condition asks the data to make a Condition hold, or fail.
func (s sight) condition(e *asl.Expression, holds bool) bool {
	if e.JSONata == nil {
		return e.Literal.Kind() == value.KindBool && e.Literal.Bool() == holds
	}
	reader := reader{sight: s}
	if !reader.truth(e.JSONata.Tree(), holds) {
		return false
	}
	wanted := func() bool {
		v, ok := s.compute(e.JSONata)
		return ok && v.Kind() == value.KindBool && v.Bool() == holds
	}
	return wanted() || s.try(reader.touched, literals(e.JSONata.Tree()), wanted)
}

// maxTries bounds how often one condition is computed.
const maxTries = 200

// try gives unknowns one value after the other, until the condition is as wanted.
func (s sight) try(touched []*unknown, candidates []value.Value, wanted func() bool) bool {
	tries := 0
	for _, u := range touched {
		if len(u.members) > 0 || u.element != nil {
			continue
		}
		for _, candidate := range candidates {
			if tries++; tries > maxTries {
				return false
			}
			mark := s.mark()
			if s.require(u, equals(candidate)) && wanted() {
				return true
			}
			s.back(mark)
		}
	}
	return false
}

// literals lists values that may matter to a condition: those written in it,
// and others that conditions commonly ask for.
func literals(tree ast.Node) []value.Value {
	var found []value.Value
	ast.Walk(tree, func(node ast.Node) bool {
		if literal, ok := node.(*ast.Literal); ok {
			found = append(found, near(literal.Value)...)
		}
		return true
	})
	return append(found, value.Bool(true), value.Bool(false), value.Int(0), value.Int(1), value.Int(100), value.String(""),
		value.String("9999-01-01T00:00:00Z"), value.String("1970-01-01T00:00:00Z"), value.Null())
}

// compute evaluates an expression on the values as they are chosen now.
func (s sight) compute(e *jsonata.Expression) (value.Value, bool) {
	v, err := e.Evaluate(value.Value{}, &jsonata.Environment{
		Variables: func(name string) (value.Value, bool) {
			if name == "states" {
				return s.states(), true
			}
			t, ok := s.scope.variable(name)
			return t.value(), ok
		},
		Clock: func() time.Time {
			now, _ := time.Parse(time.RFC3339, s.soon.Str())
			return now
		},
		Limits: jsonata.Limits{Steps: 1 << 20, Memory: 64 << 20},
	})
	return v, err == nil
}

func (s sight) states() value.Value {
	v := value.Object(
		value.Member{Key: "input", Value: s.data.value()},
		value.Member{Key: "context", Value: s.context.value()},
	)
	if result := s.result.value(); !result.IsAbsent() {
		v = v.With("result", result)
	}
	if failure := s.failure.value(); !failure.IsAbsent() {
		v = v.With("errorOutput", failure)
	}
	return v
}

// reader reads the tree of an expression for what it asks of unknowns.
type reader struct {
	sight
	locals  *scope // of blocks and functions
	context term   // $ inside a predicate or a step
	inside  bool   // context is set
	refused bool   // something that is asked for cannot be had
	touched []*unknown
}

// read returns the value of a node where it is open: one that still holds
// unknowns. Whatever it is, its parts are asked for what they are used as.
func (r *reader) read(node ast.Node) (term, bool) {
	switch n := node.(type) {
	case *ast.Literal:
		return constant(n.Value), true
	case *ast.Variable:
		return r.variable(n.Name)
	case *ast.Path:
		return r.path(n)
	case *ast.Filter:
		t, ok := r.read(n.Node)
		return r.stages(t, ok, n.Predicates)
	case *ast.Object:
		return r.object(n)
	case *ast.Array:
		return r.array(n)
	case *ast.Block:
		return r.block(n)
	case *ast.Bind:
		t, ok := r.read(n.Value)
		if ok {
			r.locals = &scope{n.Variable.Name, t, r.locals}
		}
		return t, ok
	case *ast.Conditional:
		r.quietly(n.Condition)
		r.quietly(n.Then)
		if n.Else != nil {
			r.quietly(n.Else)
		}
	case *ast.Binary:
		r.binary(n)
	case *ast.Negate:
		r.ask(n.Operand, value.KindNumber)
	case *ast.Call:
		return r.call(n)
	case *ast.Apply:
		if call, ok := n.Right.(*ast.Call); ok {
			return r.call(&ast.Call{Span: call.Span, Procedure: call.Procedure, Arguments: append([]ast.Node{n.Left}, call.Arguments...)})
		}
		if name, ok := n.Right.(*ast.Variable); ok {
			return r.call(&ast.Call{Procedure: name, Arguments: []ast.Node{n.Left}})
		}
		r.read(n.Left)
	}
	return term{}, false
}

// quietly reads what may not be needed: it asks for nothing that cannot be had.
func (r *reader) quietly(node ast.Node) {
	mark, refused := r.mark(), r.refused
	r.read(node)
	if r.refused && !refused {
		r.back(mark)
		r.refused = false
	}
}

func (r *reader) variable(name string) (term, bool) {
	if name == "" {
		return r.context, r.inside
	}
	if t, ok := r.locals.variable(name); ok {
		return t, true
	}
	if name == "states" {
		return term{}, false
	}
	return r.scope.variable(name)
}

// path reads a location path. The value of a path stays open while its steps
// are names and indexes.
func (r *reader) path(path *ast.Path) (term, bool) {
	steps := path.Steps
	current, open := r.context, r.inside
	if first, ok := steps[0].Node.(*ast.Variable); ok && first.Name == "states" && len(steps) > 1 {
		name, _ := steps[1].Node.(*ast.Name)
		if name == nil {
			return term{}, false
		}
		current, open = r.part(name.Name)
		current, open = r.stages(current, open, steps[1].Stages)
		steps = steps[2:]
	} else if _, isName := steps[0].Node.(*ast.Name); !isName {
		current, open = r.read(steps[0].Node)
		current, open = r.stages(current, open, steps[0].Stages)
		steps = steps[1:]
	}
	for _, step := range steps {
		name, isName := step.Node.(*ast.Name)
		if !open || step.Sort != nil || step.Focus != nil || step.Index != nil {
			return term{}, false
		}
		if !isName {
			r.within(current, func() { r.read(step.Node) })
			return term{}, false
		}
		if current, open = r.name(current, name.Name); !open {
			return term{}, false
		}
		current, open = r.stages(current, open, step.Stages)
	}
	return current, open && path.Group == nil && !path.KeepArray
}

// part returns a member of $states.
func (r *reader) part(name string) (term, bool) {
	switch name {
	case "input":
		return r.sight.data, true
	case "context":
		return r.sight.context, true
	case "result":
		return r.sight.result, true
	case "errorOutput":
		return r.sight.failure, true
	}
	return term{}, false
}

// name reads a member. JSONata yields nothing, rather than fail, where there is
// none, and looks into every element of an array.
func (r *reader) name(t term, name string) (term, bool) {
	if t.unknown != nil && t.unknown.kind == value.KindArray {
		element, ok := r.elementOf(t.unknown, 1)
		if ok {
			t = term{unknown: element}
			if t, ok = r.get(t, name); ok {
				return array(t), true
			}
		}
		return term{}, false
	}
	if t.unknown != nil || t.object != nil {
		mark := r.mark()
		inner, ok := r.get(t, name)
		if !ok {
			r.back(mark)
		}
		if inner.unknown != nil {
			r.touched = append(r.touched, inner.unknown)
		}
		return inner, ok
	}
	return term{}, false
}

// within reads something with an element of the data as its context.
func (r *reader) within(data term, read func()) {
	element := data
	if data.unknown != nil && data.unknown.kind == value.KindArray {
		if u, ok := r.elementOf(data.unknown, 1); ok {
			element = term{unknown: u}
		}
	} else if len(data.items) > 0 {
		element = data.items[0]
	}
	context, inside := r.context, r.inside
	r.context, r.inside = element, true
	read()
	r.context, r.inside = context, inside
}

func (r *reader) stages(t term, open bool, stages []ast.Stage) (term, bool) {
	for _, stage := range stages {
		if !open || stage.Predicate == nil {
			return term{}, false
		}
		if literal, ok := stage.Predicate.(*ast.Literal); ok && literal.Value.Kind() == value.KindNumber {
			i, _ := literal.Value.Int()
			if t.isConstant() || t.object != nil || t.unknown != nil && t.unknown.kind == value.KindObject {
				return term{}, false
			}
			if t, open = r.index(t, int(i)); !open {
				return term{}, false
			}
			continue
		}
		if t.unknown != nil && t.unknown.kind == value.KindAbsent {
			r.elementOf(t.unknown, 1)
		}
		r.within(t, func() {
			mark := r.mark()
			if !r.truth(stage.Predicate, true) {
				r.back(mark)
			}
		})
		return term{}, false
	}
	return t, open
}

func (r *reader) object(n *ast.Object) (term, bool) {
	var members []member
	open := true
	for _, pair := range n.Pairs {
		key, isLiteral := pair.Key.(*ast.Literal)
		t, ok := r.read(pair.Value)
		if open = open && isLiteral && ok; open {
			members = append(members, member{key.Value.Str(), t})
		}
	}
	return objectOf(members...), open
}

func (r *reader) array(n *ast.Array) (term, bool) {
	items := []term{}
	open := true
	for _, item := range n.Items {
		if between, ok := item.(*ast.Range); ok {
			r.ask(between.From, value.KindNumber)
			r.ask(between.To, value.KindNumber)
			open = false
			continue
		}
		t, ok := r.read(item)
		// The items of an array in an array constructor become its own.
		if open = open && ok && t.items == nil && t.unknown == nil; open {
			items = append(items, t)
		}
	}
	return array(items...), open
}

func (r *reader) block(n *ast.Block) (term, bool) {
	locals := r.locals
	defer func() { r.locals = locals }()
	var t term
	open := false
	for _, expression := range n.Expressions {
		t, open = r.read(expression)
	}
	return t, open
}

// ask reads a node and asks its value for a kind.
func (r *reader) ask(node ast.Node, kind value.Kind) {
	if t, open := r.read(node); open && t.unknown != nil && !r.kind(t, kind) {
		r.refused = true
	}
}

func (r *reader) binary(n *ast.Binary) {
	switch n.Operator {
	case "+", "-", "*", "/", "%":
		r.ask(n.Left, value.KindNumber)
		r.ask(n.Right, value.KindNumber)
	case "in":
		r.read(n.Left)
		r.ask(n.Right, value.KindArray)
	default:
		r.quietly(n.Left)
		r.quietly(n.Right)
	}
}

// argumentKinds are the kinds that functions need of their first argument.
var argumentKinds = map[string]value.Kind{
	"sum": value.KindArray, "max": value.KindArray, "min": value.KindArray, "average": value.KindArray,
	"count": value.KindArray, "append": value.KindArray, "sort": value.KindArray, "reverse": value.KindArray,
	"shuffle": value.KindArray, "distinct": value.KindArray, "zip": value.KindArray, "partition": value.KindArray,
	"join": value.KindArray, "map": value.KindArray, "filter": value.KindArray, "reduce": value.KindArray, "single": value.KindArray,
	"keys": value.KindObject, "spread": value.KindObject, "each": value.KindObject, "sift": value.KindObject, "lookup": value.KindObject,
	"substring": value.KindString, "substringBefore": value.KindString, "substringAfter": value.KindString,
	"uppercase": value.KindString, "lowercase": value.KindString, "length": value.KindString, "trim": value.KindString,
	"pad": value.KindString, "contains": value.KindString, "split": value.KindString, "match": value.KindString,
	"replace": value.KindString, "base64encode": value.KindString, "encodeUrl": value.KindString, "encodeUrlComponent": value.KindString,
	"decodeUrl": value.KindString, "decodeUrlComponent": value.KindString, "hash": value.KindString,
	"abs": value.KindNumber, "floor": value.KindNumber, "ceil": value.KindNumber, "round": value.KindNumber,
	"power": value.KindNumber, "sqrt": value.KindNumber, "formatNumber": value.KindNumber, "formatBase": value.KindNumber,
	"formatInteger": value.KindNumber, "fromMillis": value.KindNumber, "range": value.KindNumber,
}

// numericElements are the functions that need an array of numbers.
var numericElements = map[string]bool{"sum": true, "max": true, "min": true, "average": true}

func (r *reader) call(n *ast.Call) (term, bool) {
	procedure, _ := n.Procedure.(*ast.Variable)
	if procedure == nil || len(n.Arguments) == 0 {
		for _, argument := range n.Arguments {
			r.read(argument)
		}
		return term{}, false
	}
	switch name := procedure.Name; name {
	case "exists", "not", "boolean", "type":
		r.quietly(n.Arguments[0])
		return term{}, false
	case "parse":
		if t, open := r.read(n.Arguments[0]); open && t.unknown != nil {
			u, ok := r.contentOf(t.unknown)
			r.refused = r.refused || !ok
			return term{unknown: u}, ok
		}
		return term{}, false
	default:
		r.arguments(name, n.Arguments)
	}
	return term{}, false
}

func (r *reader) arguments(name string, arguments []ast.Node) {
	if name == "number" || name == "toMillis" {
		arguments = append([]ast.Node{trimmed(arguments[0])}, arguments[1:]...)
	}
	first, open := r.read(arguments[0])
	if kind, known := argumentKinds[name]; known && open && first.unknown != nil {
		r.refused = r.refused || !r.kind(first, kind)
	}
	if open && first.unknown != nil {
		r.particular(name, first)
	}
	for _, argument := range arguments[1:] {
		lambda, ok := argument.(*ast.Lambda)
		if !ok {
			r.read(argument)
			continue
		}
		locals := r.locals
		if len(lambda.Parameters) > 0 && open && first.unknown != nil && first.unknown.kind == value.KindArray {
			if element, ok := r.elementOf(first.unknown, 1); ok {
				r.locals = &scope{lambda.Parameters[0].Name, term{unknown: element}, r.locals}
			}
		}
		r.quietly(lambda.Body)
		r.locals = locals
	}
}

// trimmed looks through the functions that change nothing of a number or a
// timestamp.
func trimmed(node ast.Node) ast.Node {
	call, ok := node.(*ast.Call)
	if !ok || len(call.Arguments) != 1 {
		return node
	}
	procedure, ok := call.Procedure.(*ast.Variable)
	if ok && (procedure.Name == "trim" || procedure.Name == "string") {
		return trimmed(call.Arguments[0])
	}
	return node
}

// particular asks an argument for what only one function needs.
func (r *reader) particular(name string, argument term) {
	ok := true
	switch {
	case numericElements[name]:
		if element, isArray := r.elementOf(argument.unknown, 1); isArray {
			ok = r.ofKind(element, value.KindNumber)
		}
	case name == "number":
		ok = r.meet(argument, aNumber)
	case name == "toMillis":
		ok = r.meet(argument, r.aTime())
	case name == "base64decode":
		ok = r.meet(argument, base64Text)
	}
	r.refused = r.refused || !ok
}

var aNumber = test{func(v value.Value) bool {
	if v.Kind() == value.KindString {
		_, err := value.ParseCompact(v.Str())
		return err == nil
	}
	return v.Kind() == value.KindNumber
}, []value.Value{value.String("1"), value.Int(1)}}

// truth asks for a condition to hold, or to fail, as far as its form shows how;
// false when it cannot.
func (r *reader) truth(node ast.Node, holds bool) bool {
	switch n := node.(type) {
	case *ast.Block:
		if len(n.Expressions) == 1 {
			return r.truth(n.Expressions[0], holds)
		}
	case *ast.Conditional:
		then, isLiteral := n.Then.(*ast.Literal)
		if otherwise, ok := n.Else.(*ast.Literal); ok && isLiteral && then.Value.Bool() != otherwise.Value.Bool() {
			return r.truth(n.Condition, then.Value.Bool() == holds)
		}
	case *ast.Binary:
		return r.binaryTruth(n, holds)
	case *ast.Call:
		return r.callTruth(n, holds)
	case *ast.Path, *ast.Variable:
		t, open := r.read(node)
		if open && t.unknown != nil && t.unknown.kind == value.KindAbsent {
			return r.meet(t, test{func(v value.Value) bool { return truthy(v) == holds }, []value.Value{value.Bool(holds)}})
		}
		return true
	}
	r.quietly(node)
	return true
}

// truthy is what $boolean says of a value that is not an array.
func truthy(v value.Value) bool {
	switch v.Kind() {
	case value.KindBool:
		return v.Bool()
	case value.KindNumber:
		return v.Float() != 0
	case value.KindString:
		return v.Str() != ""
	}
	return v.Len() > 0
}

func (r *reader) binaryTruth(n *ast.Binary, holds bool) bool {
	switch n.Operator {
	case "and", "or":
		if holds == (n.Operator == "and") {
			return r.truth(n.Left, holds) && r.truth(n.Right, holds)
		}
		mark := r.mark()
		if r.truth(n.Left, holds) {
			return true
		}
		r.back(mark)
		return r.truth(n.Right, holds)
	case "=", "!=", "<", "<=", ">", ">=":
		return r.compared(n, holds)
	case "in":
		left, open := r.read(n.Left)
		right, known := r.read(n.Right)
		if items, ok := n.Right.(*ast.Array); ok && open && left.unknown != nil && known {
			_ = items
			choices := right.value().Items()
			return r.meet(left, test{func(v value.Value) bool {
				for _, choice := range choices {
					if value.Equal(v, choice) {
						return holds
					}
				}
				return !holds
			}, choices})
		}
		return true
	}
	r.quietly(n)
	return true
}

// mirrored are the operators with their sides changed.
var mirrored = map[string]string{"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

func (r *reader) compared(n *ast.Binary, holds bool) bool {
	left, leftOpen := r.counted(n.Left)
	right, rightOpen := r.counted(n.Right)
	operator := n.Operator
	if rightOpen && right.unknown != nil && !(leftOpen && left.unknown != nil) {
		left, right, leftOpen, rightOpen = right, left, rightOpen, leftOpen
		operator = mirrored[operator]
	}
	if !leftOpen || left.unknown == nil || !rightOpen {
		return true
	}
	operand := right.value()
	if left.unknown == right.unknown {
		return true
	}
	if right.unknown != nil && !r.meet(right, equals(operand)) {
		return false
	}
	wanted := test{func(v value.Value) bool { return compareJSONata(operator, v, operand) == holds }, near(operand)}
	if size, ok := counts(n.Left); ok && operand.Kind() == value.KindNumber {
		return r.sized(size, wanted)
	}
	return r.meet(left, wanted)
}

// counted reads a side of a comparison.
func (r *reader) counted(node ast.Node) (term, bool) {
	if argument, ok := counts(node); ok {
		t, open := r.read(argument)
		return t, open && t.unknown != nil
	}
	return r.read(node)
}

// counts returns the argument of $count or $length.
func counts(node ast.Node) (argument ast.Node, ok bool) {
	call, isCall := node.(*ast.Call)
	if !isCall || len(call.Arguments) != 1 {
		return nil, false
	}
	procedure, isName := call.Procedure.(*ast.Variable)
	return call.Arguments[0], isName && procedure.Name == "count"
}

// sized asks an array for a length.
func (r *reader) sized(node ast.Node, wanted test) bool {
	t, open := r.read(node)
	if !open || t.unknown == nil {
		return true
	}
	for _, candidate := range append(wanted.candidates, value.Int(1), value.Int(0)) {
		length, ok := candidate.Int()
		if !ok || length < 0 || !wanted.holds(candidate) {
			continue
		}
		if length == 0 {
			return r.meet(t, equals(value.Array()))
		}
		_, ok = r.elementOf(t.unknown, int(length))
		return ok
	}
	return false
}

func compareJSONata(operator string, a, b value.Value) bool {
	switch operator {
	case "=":
		return value.Equal(a, b)
	case "!=":
		return !value.Equal(a, b)
	}
	order, ok := value.Compare(a, b)
	switch {
	case !ok:
		return false
	case operator == "<":
		return order < 0
	case operator == "<=":
		return order <= 0
	case operator == ">":
		return order > 0
	}
	return order >= 0
}

func (r *reader) callTruth(n *ast.Call, holds bool) bool {
	procedure, _ := n.Procedure.(*ast.Variable)
	if procedure == nil || len(n.Arguments) == 0 {
		return true
	}
	argument := n.Arguments[0]
	switch procedure.Name {
	case "not":
		return r.truth(argument, !holds)
	case "boolean":
		return r.truth(argument, holds)
	case "exists":
		if holds {
			r.quietly(argument)
			return true
		}
		return r.unread(argument)
	case "contains":
		t, open := r.read(argument)
		part, known := r.read(n.Arguments[len(n.Arguments)-1])
		if open && t.unknown != nil && known && part.isConstant() {
			return r.meet(t, containing(part.constant.Str(), holds))
		}
		return true
	}
	r.quietly(n)
	return true
}

// unread asks for what a path reads not to be there.
func (r *reader) unread(node ast.Node) bool {
	path, ok := node.(*ast.Path)
	if !ok || len(path.Steps) < 2 {
		return true
	}
	last, isName := path.Steps[len(path.Steps)-1].Node.(*ast.Name)
	if !isName {
		return true
	}
	outer := *path
	outer.Steps = path.Steps[:len(path.Steps)-1]
	t, open := r.path(&outer)
	if len(outer.Steps) == 1 {
		if first, ok := outer.Steps[0].Node.(*ast.Variable); !ok || first.Name == "states" {
			return true
		}
	}
	return !open || r.without(t, last.Name)
}

func containing(part string, holds bool) test {
	return test{func(v value.Value) bool {
		return v.Kind() == value.KindString && strings.Contains(v.Str(), part) == holds
	}, []value.Value{value.String(part), value.String("")}}
}
