package jsonpath

import "fmt"

// ParseReference is [Parse] for a Reference Path, which identifies one node:
// only names and non-negative indexes.
func ParseReference(text string) (*Path, error) {
	path, err := Parse(text)
	if err != nil {
		return nil, err
	}
	if err := path.ReferenceError(); err != nil {
		return nil, err
	}
	return path, nil
}

// IsReference reports whether the path is a Reference Path.
func (p *Path) IsReference() bool { return p.ReferenceError() == nil }

// ReferenceError tells why the path is not a Reference Path; nil when it is one.
// Whether $$ or a variable may start it depends on the field.
func (p *Path) ReferenceError() error {
	for i := range p.Steps {
		step := &p.Steps[i]
		if message := step.notReference(); message != "" {
			return &SyntaxError{step.Start, message + "; a Reference Path selects one node by names and indexes"}
		}
		if step.Kind == StepMember && step.operator >= 0 {
			return &SyntaxError{step.operator, fmt.Sprintf(
				"'%c' is not allowed in a Reference Path; escape it with a backslash or write the name in brackets and quotes", step.symbol)}
		}
	}
	return nil
}

func (s *Step) notReference() string {
	switch s.Kind {
	case StepIndex:
		if s.Index < 0 {
			return "a negative index"
		}
	case StepFromEnd:
		return "a script"
	case StepWildcard:
		return "the wildcard '*'"
	case StepDeepScan:
		return "the deep scan '..'"
	case StepSlice:
		return "a slice"
	case StepNames:
		return "several names"
	case StepIndexes:
		return "several indexes"
	case StepFilter:
		return "a filter"
	case StepFunction:
		return "the function " + s.Name + "()"
	}
	return ""
}
