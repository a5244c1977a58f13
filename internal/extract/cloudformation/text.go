package cloudformation

import (
	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// definitionText puts the text of a DefinitionString together. An object means
// that the definition is one (Fn::ToJsonString); both are nil when only the
// deployment knows.
func (t *template) definitionText(n syntax.Node, m *host.Machine) (*host.Text, syntax.Node) {
	c, isCall := t.function(n)
	if !isCall {
		if s, ok := n.(*syntax.String); ok {
			m.Form = "DefinitionString"
			return host.TextOfString(t.file, s), nil
		}
		return nil, nil
	}
	if t.depth >= maxDepth {
		return nil, nil
	}
	t.depth++
	defer func() { t.depth-- }()
	m.Form = "DefinitionString with " + c.name
	switch c.name {
	case "Fn::Sub":
		if _, ok := t.subText(c).(*syntax.String); ok {
			return t.sub(c, syntax.JSON, m), nil
		}
	case "Fn::Join":
		return t.joinText(c, m), nil
	case "Fn::ToJsonString":
		return nil, c.argument
	case "Fn::If":
		if chosen := t.choose(c); chosen != nil {
			return t.definitionText(chosen, m)
		}
	case "Fn::FindInMap":
		if found := t.findInMap(c); found != nil {
			return t.definitionText(found, m)
		}
	case "Ref":
		if node := object(t.parameters.Get(text(c.argument))).Get("Default"); node != nil {
			return t.definitionText(node, m)
		}
	}
	return nil, nil
}

// subText returns the text of an Fn::Sub, which may stand in a list with a map.
func (t *template) subText(c call) syntax.Node {
	if list, ok := c.argument.(*syntax.Array); ok && len(list.Items) > 0 {
		return list.Items[0]
	}
	return c.argument
}

// sub evaluates an Fn::Sub. With a machine, names that the template does not
// have are reported.
func (t *template) sub(c call, notation syntax.Format, m *host.Machine) *host.Text {
	out := host.NewText(t.file)
	t.appendSub(out, c, notation, m)
	return out
}

func (t *template) appendSub(out *host.Text, c call, notation syntax.Format, m *host.Machine) {
	source, _ := t.subText(c).(*syntax.String)
	own := object(nil)
	if list, ok := c.argument.(*syntax.Array); ok && len(list.Items) > 1 {
		own = object(list.Items[1])
	}
	whole := host.TextOfString(t.file, source)
	out.Expand(whole, notation, true, func(s host.Substitution) (host.Value, bool) {
		if m != nil && own.Get(s.Name) == nil && !t.knows(s.Name) {
			t.reportUnknownName(m, s)
		}
		return t.substitution(s.Name, own), true
	})
}

// joinText evaluates an Fn::Join whose items are pieces of a definition.
func (t *template) joinText(c call, m *host.Machine) *host.Text {
	list, ok := c.at(1).(*syntax.Array)
	separator, isText := c.at(0).(*syntax.String)
	if !ok || !isText || t.tree.Tag(list) != "" {
		return nil
	}
	out := host.NewText(t.file)
	for i, item := range list.Items {
		if i > 0 {
			out.AppendAt(separator.Value, separator.Span())
		}
		t.appendItem(out, item, m)
	}
	return out
}

func (t *template) appendItem(out *host.Text, item syntax.Node, m *host.Machine) {
	c, isCall := t.function(item)
	s, isString := item.(*syntax.String)
	switch {
	case isString && !isCall:
		out.AppendString(s)
	case isCall && c.name == "Fn::Sub":
		if _, ok := t.subText(c).(*syntax.String); ok {
			t.appendSub(out, c, syntax.JSON, m)
		}
	default:
		out.AppendValue(t.value(item), item.Span(), syntax.JSON)
	}
}
