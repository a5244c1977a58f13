package integrations

import (
	"iter"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// request is a Task whose API is known, with what it sends as far as that stands
// in the definition.
type request struct {
	*task
	api  *spec.Integration
	sent syntax.Node
}

var allRequests = &lint.Result[[]*request]{
	Name:     "requests",
	Requires: []lint.Prerequisite{allTasks},
	OfStates: true,
	Compute: func(p *lint.Pass) []*request {
		tasks := allTasks.Of(p)
		found, all := make([]*request, 0, len(tasks)), make([]request, len(tasks))
		for i, task := range tasks {
			if api, parameters := task.api(), task.parameters(); api != nil && parameters != nil && parameters.Node != nil {
				all[i] = request{task, api, parameters.Node}
				found = append(found, &all[i])
			}
		}
		return found
	},
}

// requests yields the Tasks whose API is known and whose parameters are written
// down.
func requests(p *lint.Pass) iter.Seq[*request] { return slices.Values(allRequests.Of(p)) }

// api returns what the Task calls; nil when that is not known, or when its
// pattern does not exist, so that it may not be what was meant.
func (t *task) api() *spec.Integration {
	api, verdict := spec.Lookup(t.resource)
	if verdict != spec.Known || !api.Patterns.Has(t.resource.Pattern) {
		return nil
	}
	return api
}

// written is a value in a request, next to the shape that the API gives it.
type written struct {
	shape *spec.Shape
	node  syntax.Node
	path  string // names from the top, joined by dots; "" at the top
}

// values yields the request and all that is written down inside it, owners
// first. What an expression computes is left out, and so is what has no shape.
func (r *request) values() iter.Seq[written] {
	return func(yield func(written) bool) {
		r.yieldValues(written{shape: r.api.Input, node: r.sent}, yield)
	}
}

// yieldValues recurs as deep as the definition is nested, which the parser
// bounds.
func (r *request) yieldValues(at written, yield func(written) bool) bool {
	if at.shape == nil || at.shape.Kind == spec.Document || r.isComputed(at.node) {
		return true
	}
	if !yield(at) {
		return false
	}
	switch node := at.node.(type) {
	case *syntax.Array:
		for _, item := range node.Items {
			if at.shape.Kind == spec.List && !r.yieldValues(written{at.shape.Element, item, at.path}, yield) {
				return false
			}
		}
	case *syntax.Object:
		for _, member := range node.Members {
			if !r.yieldMember(at, member, yield) {
				return false
			}
		}
	}
	return true
}

func (r *request) yieldMember(at written, member syntax.Member, yield func(written) bool) bool {
	name, computed := r.memberName(member.Key)
	if computed {
		return true
	}
	var shape *spec.Shape
	switch at.shape.Kind {
	case spec.MapOf:
		shape = at.shape.Element
	case spec.Structure:
		if known := at.shape.Member(name); known != nil {
			shape = known.Shape
		}
	}
	return r.yieldValues(written{shape, member.Value, join(at.path, name)}, yield)
}

// memberName returns the name that a key stands for, and whether an expression
// computes its value.
func (r *request) memberName(key *syntax.String) (name string, computed bool) {
	if r.QueryLanguage == asl.JSONata {
		return key.Value, false
	}
	return strings.CutSuffix(key.Value, ".$")
}

// isComputed reports whether the value is only known when the Task runs, or
// when the definition is deployed.
func (r *request) isComputed(node syntax.Node) bool {
	text, ok := node.(*syntax.String)
	if !ok {
		_, bad := node.(*syntax.Bad)
		return bad
	}
	isExpression := r.QueryLanguage == asl.JSONata && strings.HasPrefix(text.Value, "{%")
	return isExpression || isPlaceholder(text.Value) && strings.ContainsAny(text.Value, "{<")
}

// join adds a name to a path; either may be empty.
func join(path, name string) string {
	if path == "" || name == "" {
		return path + name
	}
	return path + "." + name
}
