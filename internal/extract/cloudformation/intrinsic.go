package cloudformation

import (
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// call is an intrinsic function: {"Fn::Sub": ...}, or !Sub ... in YAML.
type call struct {
	name     string // long form: "Ref", "Condition", "Fn::Sub"
	argument syntax.Node
	node     syntax.Node
	tagged   bool // the short form: argument is node itself
}

// function returns n as an intrinsic function.
func (t *template) function(n syntax.Node) (call, bool) {
	if tag := t.tree.Tag(n); strings.HasPrefix(tag, "!") {
		name := tag[1:]
		if name != "Ref" && name != "Condition" {
			name = "Fn::" + name
		}
		return call{name, n, n, true}, true
	}
	o, ok := n.(*syntax.Object)
	if !ok || len(o.Members) != 1 {
		return call{}, false
	}
	name := o.Members[0].Key.Value
	if name == "Ref" || strings.HasPrefix(name, "Fn::") && !strings.HasPrefix(name, "Fn::ForEach") {
		return call{name, o.Members[0].Value, n, false}, true
	}
	return call{}, false
}

// arguments returns the items of a list argument; a single value is one item.
func (c call) arguments() []syntax.Node {
	if list, ok := c.argument.(*syntax.Array); ok {
		return list.Items
	}
	return []syntax.Node{c.argument}
}

func (c call) at(i int) syntax.Node {
	if list := c.arguments(); i < len(list) {
		return list[i]
	}
	return nil
}

// Bounds of how deep functions and references are followed, how many in all,
// and how long a text may become, in bytes: the service takes 1 MiB.
const (
	maxDepth = 50
	maxSteps = 200_000
	maxText  = 1 << 20
)

// value evaluates a node of the template as far as the template tells.
func (t *template) value(n syntax.Node) host.Value {
	if c, ok := t.function(n); ok {
		return t.call(c)
	}
	return t.plain(n)
}

func (t *template) plain(n syntax.Node) host.Value {
	switch n := n.(type) {
	case *syntax.String:
		if strings.Contains(n.Value, "{{resolve:") {
			return host.Unknown(n.Value)
		}
		return host.Known(n.Value)
	case *syntax.Number:
		return host.Known(n.Text)
	case *syntax.Bool:
		return host.Known(strconv.FormatBool(n.Value))
	case *syntax.Array:
		list := host.Unknown("list")
		for _, item := range n.Items {
			list.List = append(list.List, t.value(item))
		}
		return list
	}
	return host.Unknown("value")
}

// call evaluates a function.
func (t *template) call(c call) host.Value {
	t.steps++
	if t.depth >= maxDepth || t.steps > maxSteps {
		return host.Unknown(c.name)
	}
	t.depth++
	defer func() { t.depth-- }()
	switch c.name {
	case "Ref":
		return t.ref(text(c.argument))
	case "Fn::GetAtt":
		return t.getAtt(c)
	case "Fn::Sub":
		if _, ok := t.subText(c).(*syntax.String); ok {
			return host.Partly(t.sub(c, syntax.YAML, nil).String())
		}
	case "Fn::Join":
		return t.join(c)
	case "Fn::Select":
		return t.selectItem(c)
	case "Fn::Split":
		return t.split(c)
	case "Fn::FindInMap":
		if found := t.findInMap(c); found != nil {
			return t.value(found)
		}
	case "Fn::If":
		if chosen := t.choose(c); chosen != nil {
			return t.value(chosen)
		}
	case "Fn::ImportValue":
		return host.Unknown("ImportValue " + inner(t.argumentValue(c).Text))
	}
	return host.Unknown(strings.TrimPrefix(c.name, "Fn::"))
}

// argumentValue evaluates the single argument of a function.
func (t *template) argumentValue(c call) host.Value {
	if c.tagged {
		return t.plain(c.argument)
	}
	return t.value(c.argument)
}

// inner takes the braces of placeholders out of a text that goes into one.
func inner(text string) string { return strings.NewReplacer("${", "", "}", "").Replace(text) }

func (t *template) getAtt(c call) host.Value {
	var path []string
	for _, item := range c.arguments() {
		if item == c.node {
			path = append(path, text(item))
			continue
		}
		path = append(path, t.value(item).Text)
	}
	resource, attribute, _ := strings.Cut(strings.Join(path, "."), ".")
	return t.attribute(resource, attribute)
}

func (t *template) join(c call) host.Value {
	separator := text(c.at(0))
	list, _ := t.listValue(c.at(1))
	if list == nil {
		return host.Unknown("Join")
	}
	var b strings.Builder
	for i, item := range list {
		if i > 0 {
			b.WriteString(separator)
		}
		b.WriteString(item.Text)
		if b.Len() > maxText {
			return host.Unknown("Join")
		}
	}
	return host.Partly(b.String())
}

// listValue evaluates a list, or a function that gives one.
func (t *template) listValue(n syntax.Node) ([]host.Value, bool) {
	if n == nil {
		return nil, false
	}
	v := t.value(n)
	return v.List, v.List != nil
}

func (t *template) selectItem(c call) host.Value {
	list, ok := t.listValue(c.at(1))
	index, err := strconv.Atoi(t.valueOr(c.at(0)).Text)
	if !ok || err != nil || index < 0 || index >= len(list) {
		return host.Unknown("Select")
	}
	return list[index]
}

func (t *template) valueOr(n syntax.Node) host.Value {
	if n == nil {
		return host.Unknown("value")
	}
	return t.value(n)
}

func (t *template) split(c call) host.Value {
	whole := t.valueOr(c.at(1))
	result := host.Unknown("Split")
	if separator := text(c.at(0)); whole.Known && separator != "" {
		for _, part := range strings.Split(whole.Text, separator) {
			result.List = append(result.List, host.Known(part))
		}
	}
	return result
}

// findInMap returns the node in Mappings, or the default of the language
// extension; nil when the keys are not known.
func (t *template) findInMap(c call) syntax.Node {
	node := syntax.Node(t.mappings)
	for i := range 3 {
		key := t.valueOr(c.at(i))
		next := object(node).Get(key.Text)
		if !key.Known || next == nil {
			return object(c.at(3)).Get("DefaultValue")
		}
		node = next
	}
	return node
}

// choose returns the branch of an Fn::If. Where the condition depends on the
// deployment it is the first, unless that is AWS::NoValue.
func (t *template) choose(c call) syntax.Node {
	first, second := c.at(1), c.at(2)
	holds, known := t.condition(text(c.at(0)))
	if known && !holds || !known && t.isNoValue(first) {
		return second
	}
	return first
}

func (t *template) isNoValue(n syntax.Node) bool {
	c, ok := t.function(n)
	return ok && c.name == "Ref" && text(c.argument) == "AWS::NoValue"
}

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
