package cloudformation

import "github.com/sfnctl/sfnctl/pkg/syntax"

// condition evaluates a condition by its name; known is false when it depends
// on the deployment.
func (t *template) condition(name string) (holds, known bool) {
	if t.depth >= maxDepth {
		return false, false
	}
	t.depth++
	defer func() { t.depth-- }()
	node := t.conditions.Get(name)
	if node == nil {
		return false, false
	}
	if known, ok := t.tested[name]; ok {
		return known.holds, known.known
	}
	t.tested[name] = outcome{} // while it is tested, so that a cycle ends
	holds, known = t.test(node)
	t.tested[name] = outcome{holds, known}
	return holds, known
}

// outcome is what is known of a condition.
type outcome struct{ holds, known bool }

func (t *template) test(node syntax.Node) (holds, known bool) {
	if o := object(node); o != nil && len(o.Members) == 1 && o.Members[0].Key.Value == "Condition" {
		return t.condition(text(o.Members[0].Value))
	}
	c, ok := t.function(node)
	if !ok || t.depth >= maxDepth {
		return false, false
	}
	t.depth++
	defer func() { t.depth-- }()
	switch c.name {
	case "Condition":
		return t.condition(text(c.argument))
	case "Fn::Equals":
		a, b := t.valueOr(c.at(0)), t.valueOr(c.at(1))
		return a.Text == b.Text, a.Known && b.Known
	case "Fn::Not":
		if c.at(0) != nil && c.at(0) != c.node {
			holds, known = t.test(c.at(0))
		}
		return !holds, known
	case "Fn::And", "Fn::Or":
		return t.testAll(c)
	}
	return false, false
}

// testAll evaluates Fn::And and Fn::Or.
func (t *template) testAll(c call) (holds, known bool) {
	or := c.name == "Fn::Or"
	all := true
	for _, item := range c.arguments() {
		if item == c.node {
			return false, false
		}
		one, ok := t.test(item)
		if ok && one == or {
			return or, true
		}
		all = all && ok
	}
	return !or, all
}
