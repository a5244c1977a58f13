package graph

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// condition is what a Choice Rule asks, alike for both query languages: a test,
// or a combination of conditions. What the analyses cannot judge is opaque.
type condition struct {
	kind  conditionKind
	parts []condition // of and, or, not
	test  test
}

type conditionKind uint8

const (
	opaque conditionKind = iota
	single
	allOf
	anyOf
	negation
)

// test asks something of one value.
type test struct {
	place
	operator testOperator
	operand  value.Value // what the value is compared with
	flag     int         // see flags; -1 when the place is not followed
}

type testOperator uint8

const (
	equals testOperator = iota
	isPresent
	isNull
	isTrue // JSONata: its boolean value
	matches
	less
	lessOrEqual
	greater
	greaterOrEqual
)

// place names a value: a path in the data of a region, or in a variable.
type place struct {
	variable string // without $; "" for the data
	path     []string
}

func (p place) key() string { return p.variable + "\x00" + strings.Join(p.path, "\x00") }

func (p place) is(other place) bool {
	return p.variable == other.variable && slices.Equal(p.path, other.path)
}

// name returns the last name on the path, or that of the variable.
func (p place) name() string {
	for _, name := range slices.Backward(p.path) {
		if !strings.HasPrefix(name, "[") {
			return name
		}
	}
	return p.variable
}

// conditionOf reads a Choice Rule.
func conditionOf(rule *asl.ChoiceRule) condition { return readRule(rule, 0) }

// maxRuleDepth bounds how deep rules inside a rule are looked at.
const maxRuleDepth = 16

func readRule(rule *asl.ChoiceRule, depth int) condition {
	if rule == nil || depth > maxRuleDepth {
		return condition{}
	}
	return asl.Match(rule, asl.RuleCases[condition]{
		And: func(parts []*asl.ChoiceRule) condition { return condition{kind: allOf, parts: readRules(parts, depth)} },
		Or:  func(parts []*asl.ChoiceRule) condition { return condition{kind: anyOf, parts: readRules(parts, depth)} },
		Not: func(part *asl.ChoiceRule) condition {
			return condition{kind: negation, parts: []condition{readRule(part, depth+1)}}
		},
		Test: func(rule *asl.ChoiceRule) condition { return readTest(rule, depth) },
	})
}

func readTest(rule *asl.ChoiceRule, depth int) condition {
	switch {
	case rule.Condition != nil && rule.Condition.Kind == asl.JSONataString && rule.Condition.JSONata != nil:
		return readJSONata(rule.Condition.JSONata.Tree(), depth)
	case rule.Comparison != nil:
		return readComparison(rule)
	}
	return condition{}
}

func readRules(rules []*asl.ChoiceRule, depth int) []condition {
	parts := make([]condition, 0, len(rules))
	for _, rule := range rules {
		parts = append(parts, readRule(rule, depth+1))
	}
	return parts
}

func readComparison(rule *asl.ChoiceRule) condition {
	where, ok := placeOf(rule.Variable)
	comparison := rule.Comparison
	if !ok || comparison.Value == nil || comparison.Value.Kind != asl.Literal {
		return condition{}
	}
	found := condition{kind: single, test: test{place: where, operand: comparison.Value.Literal}}
	switch operator := comparison.Operator; {
	case operator == "IsPresent" || operator == "IsNull":
		if found.test.operator = isPresent; operator == "IsNull" {
			found.test.operator = isNull
		}
		if !comparison.Value.Literal.Bool() {
			return condition{kind: negation, parts: []condition{found}}
		}
	case operator == "StringMatches":
		found.test.operator = matches
	case strings.HasSuffix(operator, "LessThanEquals"):
		found.test.operator = lessOrEqual
	case strings.HasSuffix(operator, "GreaterThanEquals"):
		found.test.operator = greaterOrEqual
	case strings.HasSuffix(operator, "LessThan"):
		found.test.operator = less
	case strings.HasSuffix(operator, "GreaterThan"):
		found.test.operator = greater
	case strings.HasSuffix(operator, "Equals"):
		found.test.operator = equals
	default:
		return condition{}
	}
	return found
}

// placeOf returns the place that a path of JSONPath names.
func placeOf(e *asl.Expression) (place, bool) {
	if e == nil || e.Kind != asl.PathExpression || e.Path == nil || e.Path.Root == jsonpath.RootContext {
		return place{}, false
	}
	p := place{}
	if e.Path.Root == jsonpath.RootVariable {
		p.variable = e.Path.Variable
	}
	for _, step := range e.Path.Steps {
		switch step.Kind {
		case jsonpath.StepMember:
			p.path = append(p.path, step.Name)
		case jsonpath.StepIndex:
			p.path = append(p.path, indexName(step.Index))
		default:
			return place{}, false
		}
	}
	return p, true
}

func indexName(index int) string { return "[" + strconv.Itoa(index) + "]" }

// readJSONata reads a condition of JSONata.
func readJSONata(node ast.Node, depth int) condition {
	if depth > maxRuleDepth {
		return condition{}
	}
	switch node := node.(type) {
	case *ast.Block:
		if len(node.Expressions) == 1 {
			return readJSONata(node.Expressions[0], depth+1)
		}
	case *ast.Binary:
		return readBinary(node, depth)
	case *ast.Call:
		return readCall(node, depth)
	case *ast.Path, *ast.Variable:
		if where, ok := jsonataPlace(node); ok {
			return condition{kind: single, test: test{place: where, operator: isTrue}}
		}
	}
	return condition{}
}

func readBinary(node *ast.Binary, depth int) condition {
	switch node.Operator {
	case "and", "or":
		kind := allOf
		if node.Operator == "or" {
			kind = anyOf
		}
		return condition{kind: kind, parts: []condition{readJSONata(node.Left, depth+1), readJSONata(node.Right, depth+1)}}
	case "!=":
		same := readJSONataTest(node.Left, equals, node.Right)
		return condition{kind: negation, parts: []condition{same}}
	case "in":
		return readMember(node)
	}
	operators := map[string][2]testOperator{
		"=": {equals, equals}, "<": {less, greater}, "<=": {lessOrEqual, greaterOrEqual}, ">": {greater, less}, ">=": {greaterOrEqual, lessOrEqual},
	}
	operator, ok := operators[node.Operator]
	if !ok {
		return condition{}
	}
	if found := readJSONataTest(node.Left, operator[0], node.Right); found.kind != opaque {
		return found
	}
	return readJSONataTest(node.Right, operator[1], node.Left)
}

func readJSONataTest(left ast.Node, operator testOperator, right ast.Node) condition {
	where, ok := jsonataPlace(left)
	literal, constant := right.(*ast.Literal)
	if !ok || !constant {
		return condition{}
	}
	return condition{kind: single, test: test{place: where, operator: operator, operand: literal.Value}}
}

// readMember reads "place in [constants]".
func readMember(node *ast.Binary) condition {
	list, ok := node.Right.(*ast.Array)
	if !ok {
		return condition{}
	}
	found := condition{kind: anyOf}
	for _, item := range list.Items {
		found.parts = append(found.parts, readJSONataTest(node.Left, equals, item))
	}
	return found
}

func readCall(node *ast.Call, depth int) condition {
	function, ok := node.Procedure.(*ast.Variable)
	if !ok || len(node.Arguments) == 0 {
		return condition{}
	}
	switch function.Name {
	case "not":
		return condition{kind: negation, parts: []condition{readJSONata(node.Arguments[0], depth+1)}}
	case "boolean":
		return readJSONata(node.Arguments[0], depth+1)
	case "exists":
		if where, ok := jsonataPlace(node.Arguments[0]); ok {
			return condition{kind: single, test: test{place: where, operator: isPresent}}
		}
	case "contains":
		if len(node.Arguments) == 2 {
			if text, ok := node.Arguments[1].(*ast.Literal); ok {
				pattern := ast.Literal{Value: value.String("*" + text.Value.Str() + "*")}
				return readJSONataTest(node.Arguments[0], matches, &pattern)
			}
		}
	}
	return condition{}
}

// jsonataPlace returns the place that an expression of JSONata reads.
func jsonataPlace(node ast.Node) (place, bool) {
	names, ok := jsonataNames(node)
	if !ok {
		return place{}, false
	}
	if names[0] != "states" {
		return place{names[0], names[1:]}, true
	}
	if len(names) < 2 || names[1] != "input" {
		return place{}, false
	}
	return place{path: names[2:]}, true
}

// jsonataNames returns a variable and the names and indexes that follow it.
func jsonataNames(node ast.Node) ([]string, bool) {
	switch node := node.(type) {
	case *ast.Variable:
		return []string{node.Name}, node.Name != "" && node.Name != "$"
	case *ast.Path:
		var names []string
		for i, step := range node.Steps {
			switch inner := step.Node.(type) {
			case *ast.Variable:
				if i > 0 || inner.Name == "" || inner.Name == "$" {
					return nil, false
				}
				names = append(names, inner.Name)
			case *ast.Name:
				names = append(names, inner.Name)
			default:
				return nil, false
			}
			for _, stage := range step.Stages {
				index, ok := stage.Predicate.(*ast.Literal)
				if !ok || index.Value.Kind() != value.KindNumber {
					return nil, false
				}
				names = append(names, "["+index.Value.Text()+"]")
			}
		}
		_, begins := node.Steps[0].Node.(*ast.Variable)
		return names, begins && node.Group == nil
	}
	return nil, false
}

// each visits the tests of a condition.
func (c *condition) each(visit func(t *test)) {
	if c.kind == single {
		visit(&c.test)
	}
	for i := range c.parts {
		c.parts[i].each(visit)
	}
}
