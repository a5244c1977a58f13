package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// scope holds the variables of one States object: the top level, a branch or an
// iteration. Inner scopes read what the outer ones hold, never the other way.
type scope struct {
	outer     *scope
	variables []history.Variable
}

// get returns the variable named name from the innermost scope that has it.
func (s *scope) get(name string) (value.Value, bool) {
	for ; s != nil; s = s.outer {
		for i := range s.variables {
			if s.variables[i].Name == name {
				return s.variables[i].Value, true
			}
		}
	}
	return value.Value{}, false
}

// set makes the assignments of one Assign visible. Outer scopes are never
// written to: what an outer scope also has is hidden.
func (s *scope) set(assigned []history.Variable) {
	for _, variable := range assigned {
		s.setOne(variable)
	}
}

func (s *scope) setOne(variable history.Variable) {
	for i := range s.variables {
		if s.variables[i].Name == variable.Name {
			s.variables[i].Value = variable.Value
			return
		}
	}
	s.variables = append(s.variables, variable)
}

// evaluate works out the values of an Assign, all against the variables as they
// were when the state was entered.
func (a *assignment) evaluate(d *data) ([]history.Variable, *evalError) {
	if a == nil {
		return nil, nil
	}
	assigned := make([]history.Variable, len(a.names))
	for i, t := range a.values {
		v, err := t.eval(d)
		if err != nil {
			return nil, err
		}
		assigned[i] = history.Variable{Name: a.names[i], Value: v}
	}
	return assigned, nil
}
