package asl

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func (d *decoder) decodeChoice(o *object) *ChoiceFields {
	return &ChoiceFields{Rules: d.decodeRules(o, "Choices", &spec.ChoiceRule), Default: o.transition("Default")}
}

// decodeRules reads the Choice Rules in an array: Choices, And, Or.
func (d *decoder) decodeRules(o *object, name string, table *spec.Table) []*ChoiceRule {
	items, _ := o.items(name)
	if len(items) == 0 {
		return nil
	}
	defer d.pop(d.push(name))
	rules := make([]*ChoiceRule, 0, len(items))
	for i, item := range items {
		mark := d.pushIndex(i)
		if body := d.asObject(item); body != nil {
			rules = append(rules, d.decodeRule(body, table))
		}
		d.pop(mark)
	}
	return rules
}

func (d *decoder) decodeRule(body *syntax.Object, table *spec.Table) *ChoiceRule {
	o := d.open(body, table, 0, d.language)
	rule := &ChoiceRule{
		Node:      body,
		Comment:   o.text("Comment"),
		And:       d.decodeRules(o, "And", &spec.NestedRule),
		Or:        d.decodeRules(o, "Or", &spec.NestedRule),
		Variable:  o.expression("Variable"),
		Condition: o.expression("Condition"),
		Next:      o.transition("Next"),
		Assign:    d.decodeAssign(o),
		Output:    o.expression("Output"),
	}
	if not := o.member("Not"); not != nil {
		mark := d.push("Not")
		rule.Not = d.decodeRule(not, &spec.NestedRule)
		d.pop(mark)
	}
	if d.judgeSelectors(o) {
		rule.Comparison = d.decodeComparison(o)
	}
	return rule
}

// judgeSelectors holds a rule to exactly one test. It reports whether
// comparison operators are to be read.
func (d *decoder) judgeSelectors(o *object) bool {
	const aws = "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]"
	var present []*syntax.String
	for i := range o.node.Members {
		if key := o.node.Members[i].Key; isSelector(key.Value) {
			present = appendKey(present, key)
		}
	}
	switch {
	case len(present) == 1 && present[0].Value == "Variable":
		return o.get("Variable") != nil
	case len(present) == 1:
		d.judgeStrayComparison(o, present[0])
	case len(present) > 1:
		d.report(RuleInvalidChoiceRule, present[1].Span(),
			fmt.Sprintf("%s has both %s and %s", d.subject(), quote(present[0].Value), quote(present[1].Value)), "a Choice Rule tests one thing: join several with And or Or").
			schema(o.node.Span(), aws).
			related(present[0].Span(), "the other one")
	case !o.hasSubstitutedKey() && !o.meant(spec.Selectors...):
		d.report(RuleInvalidChoiceRule, o.node.Span(), d.subject()+" "+o.lackOfTest(), testHelp(d.language)).schema(o.node.Span(), aws)
	}
	return false
}

// judgeStrayComparison refuses a comparison in a rule that tests something
// else: an operator compares the Variable of its own rule.
func (d *decoder) judgeStrayComparison(o *object, selector *syntax.String) {
	for i := range o.node.Members {
		key := o.node.Members[i].Key
		if !o.isOperator(key.Value) {
			continue
		}
		help := fmt.Sprintf("a comparison goes with Variable, in a rule of its own: remove %s, or move it into %s", quote(key.Value), quote(selector.Value))
		if selector.Value == "Condition" {
			help = fmt.Sprintf("remove %s, and compare in Condition", quote(key.Value))
		}
		d.report(RuleInvalidChoiceRule, key.Span(),
			fmt.Sprintf("%s has %s beside %s", d.subject(), quote(key.Value), quote(selector.Value)), help).
			schema(o.node.Span(), "Field '%s' is not supported", key.Value)
		return
	}
}

func (o *object) lackOfTest() string {
	for _, member := range o.node.Members {
		if o.isOperator(member.Key.Value) {
			return "has a comparison but no Variable"
		}
	}
	return "tests nothing"
}

func testHelp(language spec.Language) string {
	if language == spec.JSONataOnly {
		return `add "Condition": "{% ... %}"`
	}
	return `add "Variable": "$. ..." with a comparison, or And, Or, Not`
}

func isSelector(name string) bool {
	switch name {
	case "And", "Or", "Not", "Variable", "Condition":
		return true
	}
	return false
}

// meant reports whether an unknown field was meant to be one of names.
func (o *object) meant(names ...string) bool {
	for _, name := range names {
		for _, misspelt := range o.misspelt {
			if name == misspelt {
				return true
			}
		}
	}
	return false
}

// decodeComparison reads the operator of a data-test rule, of which there must
// be exactly one.
func (d *decoder) decodeComparison(o *object) *Comparison {
	var found []*syntax.Member
	for i := range o.node.Members {
		if member := &o.node.Members[i]; o.isOperator(member.Key.Value) {
			found = append(found, member)
		}
	}
	if len(found) == 0 {
		if !o.hasSubstitutedKey() && len(o.misspelt) == 0 {
			d.report(RuleInvalidChoiceRule, o.node.Span(), d.subject()+" has a Variable but no comparison", "add a comparison such as StringEquals or IsPresent").
				schema(o.node.Span(), "This object should have only one of the following fields: [%s]", strings.Join(spec.OperatorNames(), ", "))
		}
		return nil
	}
	if len(found) > 1 && found[0].Key.Value != found[1].Key.Value {
		d.report(RuleInvalidChoiceRule, found[1].Key.Span(),
			fmt.Sprintf("%s compares twice, with %s and %s", d.subject(), quote(found[0].Key.Value), quote(found[1].Key.Value)), "join two comparisons with And").
			schema(o.node.Span(), "There should only be one of the following fields: [%s]", strings.Join(spec.OperatorNames(), ", ")).
			related(found[0].Key.Span(), "the other one")
	}
	operator, path := spec.FindOperator(found[0].Key.Value)
	defer d.pop(d.push(found[0].Key.Value))
	return &Comparison{
		OperatorNode: found[0].Key,
		Operator:     found[0].Key.Value,
		Value:        d.operand(operator, path, found[0].Value),
	}
}

// operand reads what an operator compares with.
func (d *decoder) operand(operator *spec.Operator, path bool, node syntax.Node) *Expression {
	text, isString := node.(*syntax.String)
	switch _, broken := node.(*syntax.Bad); {
	case broken:
		return nil
	case path && isString:
		return d.pathExpression(text, true, spec.AnyHead)
	case path:
		d.reportType(node, d.subject(), "a path", "String")
		return d.broken(node)
	case operator.Operand == spec.TimestampOperand && isString:
		return d.timestamp(text)
	case fits(operator.Operand, node):
		return d.literal(node)
	case isSubstituted(node):
		return d.substitution(text)
	}
	want, aws := operandWords(operator.Operand)
	d.reportType(node, d.subject(), want, aws)
	return d.broken(node)
}

func fits(operand spec.Operand, node syntax.Node) bool {
	switch node.(type) {
	case *syntax.String:
		return operand == spec.StringOperand
	case *syntax.Number:
		return operand == spec.NumberOperand
	case *syntax.Bool:
		return operand == spec.BooleanOperand
	}
	return false
}

func operandWords(operand spec.Operand) (want, aws string) {
	switch operand {
	case spec.NumberOperand:
		return "a number", "Number"
	case spec.BooleanOperand:
		return "a boolean", "Boolean"
	case spec.TimestampOperand:
		return "a timestamp", "String"
	}
	return "a string", "String"
}
