package asl

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// template reads a Payload Template of a JSONPath state, or any JSON with {% %}
// strings of a JSONata state. A part without expressions becomes one Literal.
func (d *decoder) template(node syntax.Node) *Expression {
	switch node := node.(type) {
	case *syntax.Object:
		return d.objectTemplate(node)
	case *syntax.Array:
		return d.arrayTemplate(node)
	case *syntax.String:
		if d.language != spec.JSONPathOnly {
			if e := d.jsonataString(node); e != nil {
				return e
			}
		}
	}
	return d.literal(node)
}

func (d *decoder) objectTemplate(node *syntax.Object) *Expression {
	e := &Expression{Kind: ObjectTemplate, Node: node, Field: d.field(), Members: d.templateMembers(node)}
	literals := make([]value.Member, len(e.Members))
	for i, member := range e.Members {
		if member.Value.Kind != Literal {
			return e
		}
		literals[i] = value.Member{Key: member.Key, Value: member.Value.Literal}
	}
	return &Expression{Kind: Literal, Node: node, Field: e.Field, Literal: value.Object(literals...)}
}

func (d *decoder) arrayTemplate(node *syntax.Array) *Expression {
	e := &Expression{Kind: ArrayTemplate, Node: node, Field: d.field(), Items: make([]*Expression, len(node.Items))}
	isLiteral := true
	for i, item := range node.Items {
		mark := d.pushIndex(i)
		e.Items[i] = d.template(item)
		d.pop(mark)
		isLiteral = isLiteral && e.Items[i].Kind == Literal
	}
	if !isLiteral {
		return e
	}
	literals := make([]value.Value, len(e.Items))
	for i, item := range e.Items {
		literals[i] = item.Literal
	}
	return &Expression{Kind: Literal, Node: node, Field: e.Field, Literal: value.Array(literals...)}
}

func (d *decoder) templateMembers(node *syntax.Object) []*TemplateMember {
	members := make([]*TemplateMember, len(node.Members))
	slab := make([]TemplateMember, len(node.Members))
	dynamic := false
	for i := range node.Members {
		members[i] = &slab[i]
		d.templateMember(node, &node.Members[i], members[i])
		dynamic = dynamic || members[i].Dynamic
	}
	if dynamic {
		d.judgeClashes(members)
	}
	return members
}

func (d *decoder) templateMember(holder *syntax.Object, source *syntax.Member, member *TemplateMember) {
	defer d.pop(d.push(source.Key.Value))
	member.KeyNode = source.Key
	member.Key, member.Dynamic = memberKey(source.Key, d.language)
	if member.Dynamic {
		member.Value = d.dynamic(holder, source.Key, source.Value)
		return
	}
	member.Value = d.template(source.Value)
}

// judgeClashes reports members that get the same key once ".$" is off.
func (d *decoder) judgeClashes(members []*TemplateMember) {
	seen := make(map[string]*TemplateMember, len(members))
	for _, member := range members {
		other, ok := seen[member.Key]
		if !ok {
			seen[member.Key] = member
			continue
		}
		if other.Dynamic == member.Dynamic {
			continue // a duplicate key, which the parser reports
		}
		d.report(RuleInvalidTemplate, member.KeyNode.Span(),
			fmt.Sprintf("%s has both %s and %s, which become the same field", d.subject(), quote(other.KeyNode.Value), quote(member.KeyNode.Value)),
			"keep one of them").
			related(other.KeyNode.Span(), "the other one")
	}
}

// dynamicSuffix marks a field of a Payload Template whose value is evaluated.
const dynamicSuffix = ".$"

// memberKey returns the name that a member of a template has once its suffix is
// off, and whether its value is evaluated. In JSONata ".$" has no meaning.
func memberKey(key *syntax.String, language spec.Language) (name string, dynamic bool) {
	if language != spec.JSONataOnly && strings.HasSuffix(key.Value, dynamicSuffix) {
		return strings.TrimSuffix(key.Value, dynamicSuffix), true
	}
	return key.Value, false
}
