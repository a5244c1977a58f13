package simulate

import (
	"errors"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/intrinsic"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

type templateKind uint8

const (
	literalTemplate templateKind = iota
	pathTemplate
	intrinsicTemplate
	jsonataTemplate
	objectTemplate
	arrayTemplate
)

// template is a compiled expression: a Payload Template with its members in the
// order in which the service writes them, a path, a call, or plain JSON.
type template struct {
	kind      templateKind
	literal   value.Value
	path      *jsonpath.Path
	intrinsic *intrinsic.Call
	jsonata   *jsonata.Expression
	context   bool // the JSONata expression reads more of $states than input, result and errorOutput
	keys      []string
	repeats   bool // two members have the same key, as "a" and "a.$" do
	parts     []*template
	field     string // as causes name it: "value.$" in JSONPath states, "Output/value" in JSONata states
	source    string // the text of the expression
}

// template compiles an expression; nil for an absent one.
func (c *compiler) template(s *state, from *asl.Expression) *template {
	if from == nil {
		return nil
	}
	t := &template{field: from.Field, source: from.Source}
	switch from.Kind {
	case asl.PathExpression:
		t.kind, t.path, t.field = pathTemplate, from.Path, pathFieldName(from.Field)
	case asl.Intrinsic:
		t.kind, t.intrinsic, t.field = intrinsicTemplate, from.Intrinsic, pathFieldName(from.Field)
	case asl.JSONataString:
		t.kind, t.jsonata = jsonataTemplate, from.JSONata
		t.context = readsContext(from.JSONata)
	case asl.ObjectTemplate:
		t.kind = objectTemplate
		c.members(s, t, from)
	case asl.ArrayTemplate:
		t.kind = arrayTemplate
		for _, item := range from.Items {
			t.parts = append(t.parts, c.template(s, item))
		}
	case asl.Literal, asl.SubstitutionText:
		t.literal = from.Literal
	}
	if from.Kind == asl.Broken || t.kind == pathTemplate && t.path == nil || t.kind == jsonataTemplate && t.jsonata == nil || t.kind == intrinsicTemplate && t.intrinsic == nil {
		c.report(from.Node, s.name, "", "the field %s of state %q cannot be evaluated", from.Field, s.name)
		return &template{}
	}
	return t
}

// pathFieldName is how causes name a field with a path: by its own key, with
// the ".$" of a Payload Template.
func pathFieldName(field string) string {
	name := field[strings.LastIndexByte(field, '/')+1:]
	if name == "ErrorPath" || name == "CausePath" || strings.HasSuffix(name, ".$") {
		return name
	}
	return name + ".$"
}

// readsContext reports whether a JSONata expression may read the context object.
// Making that for the many that cannot would cost more than they do.
func readsContext(e *jsonata.Expression) bool {
	if e == nil {
		return false
	}
	for _, reference := range e.References().Variables {
		if reference.Name == "states" && (len(reference.Path) == 0 || reference.Path[0] == "context") {
			return true
		}
	}
	return false
}

// members lays out an object as the service writes it: first the members that
// stand as they are, in their order, then those that a path or a call fills in,
// in the iteration order of java.util.HashMap. JSONata keeps the order as written.
func (c *compiler) members(s *state, t *template, from *asl.Expression) {
	var dynamic []string
	byKey := map[string]*asl.TemplateMember{}
	for _, member := range from.Members {
		if member.Dynamic {
			dynamic = append(dynamic, member.Key)
			byKey[member.Key] = member
			continue
		}
		t.keys = append(t.keys, member.Key)
		t.parts = append(t.parts, c.template(s, member.Value))
	}
	for _, at := range value.JavaHashOrder(dynamic) {
		key := dynamic[at]
		t.keys = append(t.keys, key)
		t.parts = append(t.parts, c.template(s, byKey[key].Value))
	}
	seen := map[string]bool{}
	for _, key := range t.keys {
		t.repeats = t.repeats || seen[key]
		seen[key] = true
	}
}

// eval evaluates a template on the data. An absent template yields otherwise.
func (t *template) eval(d *data) (value.Value, *evalError) {
	switch t.kind {
	case pathTemplate:
		return d.templatePath(t)
	case intrinsicTemplate:
		return d.intrinsic(t)
	case jsonataTemplate:
		return d.jsonata(t)
	case objectTemplate:
		return t.evalObject(d)
	case arrayTemplate:
		items := make([]value.Value, len(t.parts))
		for i, part := range t.parts {
			item, err := part.eval(d)
			if err != nil {
				return value.Value{}, err
			}
			items[i] = item
		}
		return value.Array(items...), nil
	}
	return t.literal, nil
}

func (t *template) evalObject(d *data) (value.Value, *evalError) {
	members := d.x.sim.arena.Members(len(t.parts))
	for i, part := range t.parts {
		member, err := part.eval(d)
		if err != nil {
			return value.Value{}, err
		}
		if part.kind == pathTemplate && member.Raw() != "" {
			member = member.WithRaw("") // what becomes a part of something else loses its blanks
		}
		members[i] = value.Member{Key: t.keys[i], Value: member}
	}
	if t.repeats {
		return value.Object(members...), nil
	}
	return d.x.sim.arena.Object(members), nil
}

// evalOr evaluates a template that may be absent.
func (t *template) evalOr(d *data, otherwise value.Value) (value.Value, *evalError) {
	if t == nil {
		return otherwise, nil
	}
	return t.eval(d)
}

// evalError is an expression that could not be evaluated. It becomes a
// [Failure] with the prefix that names the state; see [data.failure].
type evalError struct {
	name     string // the error name
	cause    string // without the prefix
	location string // JSONata: where, for the EvaluationFailed event
	late     bool   // the event follows the entry of the state rather than what was before it
	bare     bool   // the cause gets no prefix
}

func runtimeError(cause string) *evalError { return &evalError{name: spec.ErrorRuntime, cause: cause} }

// templatePath evaluates the path of a ".$" member.
func (d *data) templatePath(t *template) (value.Value, *evalError) {
	v, err := d.lookup(t.path)
	if err == nil {
		return v, nil
	}
	var missing *jsonpath.NotFoundError
	if !errors.As(err, &missing) {
		return value.Value{}, runtimeError(err.Error())
	}
	// Measured: an index past the end of an array gives null in a template.
	if missing.PastEnd {
		return value.Null(), nil
	}
	quoted := d.input
	if t.path.Root == jsonpath.RootContext {
		quoted = d.contextObject()
	}
	return value.Value{}, runtimeError("The JSONPath '" + t.source + "' specified for the field '" + t.field +
		"' could not be found in the input '" + quoted.Compact() + "'")
}

// intrinsic evaluates an intrinsic function call. Failing calls are reported
// as States.Runtime by the service, not as the States.IntrinsicFailure of the
// specification.
func (d *data) intrinsic(t *template) (value.Value, *evalError) {
	v, err := t.intrinsic.Eval(d)
	if err == nil {
		return v, nil
	}
	var missing *intrinsic.PathError
	if errors.As(err, &missing) {
		return value.Value{}, runtimeError(missing.Cause(d.input))
	}
	return value.Value{}, runtimeError(err.Error())
}
