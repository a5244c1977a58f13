package aslschema

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// machine is the schema of the whole definition. Its QueryLanguage decides what
// its states may hold.
func (g *generator) machine() value.Value {
	root := g.objectOf(&spec.Machine, scope{anyLanguage, anyLanguage}, 0)
	states := func(l language) value.Value { return property("States", g.orPlaceholder(g.states(l))) }
	constant := anyOf(not(required("QueryLanguage")), holds("QueryLanguage", string(jsonPath)))
	own := either(holds("QueryLanguage", string(jsonata)), states(jsonata), either(constant, states(jsonPath), states(anyLanguage)))
	return root.With("allOf", value.Array(append(root.Get("allOf").Items(), own)...))
}

// states refers to the schema of a States object. Under a name with a placeholder
// anything may stand for a state.
func (g *generator) states(machine language) value.Value {
	return g.refer("states."+string(machine), func() value.Value {
		state := g.state(machine)
		return object(
			is("type", text("object")),
			is("minProperties", value.Int(1)),
			is("propertyNames", object(is("minLength", value.Int(1)), is("maxLength", value.Int(spec.MaxStateName)))),
			is("patternProperties", object(is(placeholderPattern, when(ofType("object"), state)))),
			is("additionalProperties", g.orPlaceholder(state)),
		)
	})
}

// state refers to the schema of a state, by its query language.
func (g *generator) state(machine language) value.Value {
	return g.refer("state.in."+string(machine), func() value.Value {
		own := func(l language) value.Value { return g.stateIn(scope{l, machine}) }
		name := "QueryLanguage"
		hidden := object(is("properties", object(is(name, g.placeholder()))), is("required", texts([]string{name})))
		members := []value.Member{is("type", text("object"))}
		switch machine {
		case anyLanguage:
			return own(anyLanguage)
		case jsonata: // has no JSONPath states
			allowed := anyOf(object(is("enum", texts([]string{string(jsonata)}))), g.placeholder())
			members = append(members, is("properties", object(is(name, allowed))))
			return object(append(members, either(hidden, own(anyLanguage), own(jsonata)).Members()...)...)
		}
		otherwise := either(hidden, own(anyLanguage), own(jsonPath))
		return object(append(members, either(holds(name, string(jsonata)), own(jsonata), otherwise).Members()...)...)
	})
}

// stateIn refers to the schema of a state of a known language, by its type. One
// whose type is hidden may have the fields of all types.
func (g *generator) stateIn(s scope) value.Value {
	return g.refer("state."+string(s.state)+".in."+string(s.machine), func() value.Value {
		kind := spec.State.Find("Type")
		rules := []value.Value{when(plainKeys(), required(kind.Name))}
		for _, name := range spec.All.Names() {
			types := spec.TypeByName(name)
			inside := scope{s.state, anyLanguage}
			if types&(spec.Parallel|spec.Map) != 0 {
				inside.machine = s.machine
			}
			rules = append(rules, when(holds(kind.Name, name), g.table(&spec.State, inside, types)))
		}
		hidden := not(holds(kind.Name, spec.All.Names()...))
		rules = append(rules, when(hidden, g.anyFields(s.state)))
		return object(
			is("properties", object(is(kind.Name, g.field(&spec.State, kind, s)))),
			is("allOf", value.Array(rules...)),
		)
	})
}

// anyFields refers to the schema of a state of which only the names of its
// fields are known.
func (g *generator) anyFields(l language) value.Value {
	return g.refer("fields."+string(l), func() value.Value {
		var properties []value.Member
		for i := range spec.State.Fields {
			if field := &spec.State.Fields[i]; l.speaks(field) {
				properties = append(properties, is(field.Name, value.Bool(true)))
			}
		}
		return object(
			is("properties", object(properties...)),
			is("patternProperties", object(is(placeholderPattern, value.Bool(true)))),
			is("additionalProperties", value.Bool(false)),
		)
	})
}
