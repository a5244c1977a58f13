package asl

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// stateType returns the type of a state, and the set of types whose fields it
// may have. A misspelt or missing Type is guessed, so that what hangs on it, such
// as the transitions of a Choice, is still there; such a state may have any field.
func (d *decoder) stateType(body *syntax.Object) (StateType, spec.Types) {
	text, _ := body.Get("Type").(*syntax.String)
	if text == nil {
		return typeByFields(body), unknownType
	}
	if t := typeNamed(text.Value); t != Unknown {
		return t, specType(t)
	}
	if t := typeNamed(d.suggest(text.Value, spec.All.Names())); t != Unknown {
		return t, unknownType
	}
	return typeByFields(body), unknownType
}

func typeNamed(name string) StateType {
	for t := Task; t <= Map; t++ {
		if t.String() == name {
			return t
		}
	}
	return Unknown
}

// typeByFields tells the type of a state from the required fields of the types.
func typeByFields(body *syntax.Object) StateType {
	for _, sign := range []struct {
		field string
		t     StateType
	}{
		{"Resource", Task},
		{"Choices", Choice},
		{"Branches", Parallel},
		{"ItemProcessor", Map},
		{"Iterator", Map},
	} {
		if body.Get(sign.field) != nil {
			return sign.t
		}
	}
	return Unknown
}

// specType translates to the sets of the tables.
func specType(t StateType) spec.Types {
	if t == Unknown {
		return unknownType
	}
	return spec.TypeByName(t.String())
}
