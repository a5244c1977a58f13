package cloudformation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// converter makes the tree of a definition of an object in the template: what
// the intrinsic functions in it give stands in their place.
type converter struct {
	template *template
	text     func(*syntax.String) syntax.Node // fills in a string; nil leaves them as they are
	numbers  *numbers                         // judges what stands where a number belongs; may be nil
}

// converter returns one that fills in substitutions, for a resource of that
// type.
func (s *substitutions) converter(kind string) *converter {
	return &converter{s.template, s.text, &numbers{s.template, s.machine, kind == samType}}
}

// convert returns node itself where nothing in it changes.
func (c *converter) convert(node syntax.Node, depth int) syntax.Node {
	c.template.steps++
	if depth > syntax.MaxDepth || c.template.steps > maxSteps {
		return syntax.NewBad(node.Span())
	}
	if call, ok := c.template.function(node); ok {
		return c.evaluate(call, depth)
	}
	switch n := node.(type) {
	case *syntax.Object:
		return c.object(n, depth)
	case *syntax.Array:
		items := make([]syntax.Node, 0, len(n.Items))
		changed := false
		for _, item := range n.Items {
			if c.template.isNoValue(item) {
				changed = true
				continue
			}
			converted := c.convert(item, depth+1)
			changed = changed || converted != item
			items = append(items, converted)
		}
		if changed {
			return syntax.NewArray(n.Span(), items...)
		}
	case *syntax.String:
		if word, ok := c.template.oldYAML(n); ok {
			return word
		}
		if c.text != nil {
			return c.text(n)
		}
	case *syntax.Number:
		if number, ok := c.template.oldYAML(n); ok {
			return number
		}
	}
	return node
}

// oldYAML returns what a plain scalar means in YAML 1.1, where CloudFormation
// reads a template so and YAML 1.2 does otherwise: yes, no, on and off are
// booleans, 010 is an octal number, and 0o10 is text.
func (t *template) oldYAML(n syntax.Node) (syntax.Node, bool) {
	span := n.Span()
	if !t.yaml11 || t.tree.Format != syntax.YAML || t.tree.Tag(n) != "" {
		return nil, false
	}
	plain := t.file.Text(span)
	if s, isText := n.(*syntax.String); isText && s.Value != plain {
		return nil, false // in quotes, or a block
	}
	switch plain {
	case "yes", "Yes", "YES", "on", "On", "ON":
		return syntax.NewBool(span, true), true
	case "no", "No", "NO", "off", "Off", "OFF":
		return syntax.NewBool(span, false), true
	}
	digits, isOctal := strings.CutPrefix(plain, "0")
	if text, isText := strings.CutPrefix(digits, "o"); isOctal && isText && isDigits(text) {
		return host.Placed(span, plain), true
	}
	if isOctal && isDigits(digits) {
		if number, err := strconv.ParseInt(digits, 8, 64); err == nil {
			return syntax.NewNumber(span, strconv.FormatInt(number, 10)), true
		}
	}
	return nil, false
}

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

func (c *converter) object(n *syntax.Object, depth int) syntax.Node {
	list := make([]syntax.Member, 0, len(n.Members))
	changed := false
	for _, member := range n.Members {
		if strings.HasPrefix(member.Key.Value, "Fn::ForEach") {
			return host.Placed(n.Span(), host.Unknown(member.Key.Value).Text) // a transform makes members of it
		}
		if c.template.isNoValue(member.Value) {
			changed = true
			continue
		}
		c.numbers.check(member)
		converted := c.convertMember(member, depth)
		changed = changed || converted != member.Value
		list = append(list, syntax.Member{Key: member.Key, Value: converted})
		if c.text != nil {
			c.text(member.Key)
		}
	}
	if !changed {
		return n
	}
	return syntax.NewObject(n.Span(), slices.Clip(list)...)
}

// convertMember converts a value. Inside of a payload anything may stand.
func (c *converter) convertMember(member syntax.Member, depth int) syntax.Node {
	if c.numbers == nil || !isPayload(member.Key.Value) {
		return c.convert(member.Value, depth+1)
	}
	inner := *c
	inner.numbers = nil
	return inner.convert(member.Value, depth+1)
}

// text fills in the substitutions of a string.
func (s *substitutions) text(n *syntax.String) syntax.Node {
	if !strings.Contains(n.Value, "${") {
		return n
	}
	expanded := s.expand(host.TextOfString(s.template.file, n), syntax.YAML)
	if expanded.String() == n.Value {
		return n
	}
	return expanded.Node(n.Span())
}

// evaluate puts the value of a function where the function stands. A number
// that it gives may stand where ASL wants one: which type arrives there, only
// the deployment knows.
func (c *converter) evaluate(call call, depth int) syntax.Node {
	t := c.template
	span := call.node.Span()
	if t.depth >= maxDepth {
		return syntax.NewString(span, host.Unknown(call.name).Text)
	}
	t.depth++
	defer func() { t.depth-- }()
	switch call.name {
	case "Fn::If":
		if chosen := t.choose(call); chosen != nil && !call.tagged || chosen != nil && chosen != call.node {
			return c.convert(chosen, depth+1)
		}
	case "Fn::FindInMap":
		if found := t.findInMap(call); found != nil {
			return c.typed(found, span)
		}
	case "Ref":
		if node := object(t.parameters.Get(text(call.argument))).Get("Default"); node != nil {
			if v, known := t.defaultOf(text(call.argument)); known && v.List != nil {
				return c.list(v, span)
			} else if known && v.Text == t.ref(text(call.argument)).Text {
				return c.typed(node, span)
			}
		}
	case "Fn::Sub":
		if source, ok := t.subText(call).(*syntax.String); ok && source.Span() != span {
			return t.sub(call, syntax.YAML, nil).Node(span)
		} else if ok {
			return t.sub(call, syntax.YAML, nil).Node(source.Span())
		}
	}
	value := t.call(call)
	if value.List != nil {
		return c.list(value, span)
	}
	return host.Placed(span, value.Text)
}

// typed returns a value of the template at another place.
func (c *converter) typed(node syntax.Node, span syntax.Span) syntax.Node {
	switch n := node.(type) {
	case *syntax.Number:
		return syntax.NewNumber(span, n.Text)
	case *syntax.Bool:
		return syntax.NewBool(span, n.Value)
	}
	value := c.template.value(node)
	if value.List != nil {
		return c.list(value, span)
	}
	return host.Placed(span, value.Text)
}

func (c *converter) list(value host.Value, span syntax.Span) syntax.Node {
	items := make([]syntax.Node, 0, len(value.List))
	for _, item := range value.List {
		items = append(items, host.Placed(span, item.Text))
	}
	return syntax.NewArray(span, items...)
}
