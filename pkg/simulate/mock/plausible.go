package mock

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// want is a member of a task's result that something reads, with a value that
// lets the workflow go on.
type want struct {
	path  []string
	value value.Value
}

// result is a plausible result of a task: what its action returns, with every
// member that the task itself or the states around it read from it.
func result(state *asl.State) value.Value {
	v := Sample(spec.ParseResource(state.Task.Resource.Value))
	for _, w := range append(readByItself(state), readFromData(state)...) {
		v = with(v, w)
	}
	return v
}

// readByItself lists what the task's own fields read from its result.
func readByItself(state *asl.State) []want {
	var wants []want
	add := func(e *asl.Expression, source asl.Source) {
		if e == nil {
			return
		}
		for read := range e.Reads() {
			path := read.Path
			if source == asl.FromResult && read.Source == asl.FromResult || source == asl.FromInput && read.Source == asl.FromInput {
				wants = append(wants, want{path, value.Value{}})
			}
		}
	}
	source := asl.FromInput // what $ stands for in these fields
	if state.QueryLanguage == asl.JSONata {
		source = asl.FromResult
		add(state.Output, source)
	}
	add(state.ResultSelector, source)
	if state.Assign != nil {
		for _, variable := range state.Assign.Variables {
			add(variable.Value, source)
		}
	}
	return wants
}

// readFromData lists what the states around the task read from where the task
// puts its result in their data.
func readFromData(state *asl.State) []want {
	mount, kept := mountPoint(state)
	if !kept {
		return nil
	}
	var wants []want
	for _, w := range readsOf(state.Region, state) {
		if len(w.path) <= len(mount) || !slices.Equal(w.path[:len(mount)], mount) {
			continue
		}
		w.path = w.path[len(mount):]
		if w.path = throughSelector(state, w.path); w.path != nil {
			wants = append(wants, w)
		}
	}
	return wants
}

// mountPoint tells where in the data of the following states the result stands.
func mountPoint(state *asl.State) (path []string, kept bool) {
	switch {
	case state.QueryLanguage == asl.JSONata:
		return nil, state.Output == nil
	case state.ResultPath == nil:
		return nil, true
	case state.ResultPath.Path == nil:
		return nil, false
	}
	return memberNames(state.ResultPath.Path), true
}

// memberNames are the names that a path begins with.
func memberNames(path *jsonpath.Path) []string {
	var names []string
	for _, step := range path.Steps {
		if step.Kind != jsonpath.StepMember {
			break
		}
		names = append(names, step.Name)
	}
	return names
}

// throughSelector follows a path through ResultSelector into the result; nil
// when it does not lead there.
func throughSelector(state *asl.State, path []string) []string {
	selector := state.ResultSelector
	if selector == nil {
		return path
	}
	for _, member := range selector.Members {
		if member.Key == path[0] && member.Value.Kind == asl.PathExpression && member.Value.Path.Root == jsonpath.RootInput {
			return append(memberNames(member.Value.Path), path[1:]...)
		}
	}
	return nil
}

// readsOf lists what the states of a region read from their data. Comparisons
// come first, for they know the values that matter.
func readsOf(region *asl.Region, except *asl.State) []want {
	var compared, read []want
	for _, state := range region.States {
		if state.Choice != nil {
			for _, rule := range state.Choice.Rules {
				compared = append(compared, comparisons(rule)...)
			}
		}
		for e := range state.Expressions() {
			if state == except && e != state.Parameters && e != state.InputPath {
				continue
			}
			for r := range e.Reads() {
				if r.Source == asl.FromInput {
					read = append(read, want{r.Path, forField(state, e)})
				}
			}
		}
	}
	return append(compared, read...)
}

// forField is a value of the kind that a field needs.
func forField(state *asl.State, e *asl.Expression) value.Value {
	switch {
	case state.Map != nil && (e == state.Map.ItemsPath || e == state.Map.Items):
		item := value.Object()
		if state.Map.ItemSelector == nil && state.Map.Processor != nil {
			for _, w := range readsOf(state.Map.Processor, nil) {
				item = with(item, w)
			}
		}
		return value.Array(item)
	case state.Wait != nil && e == state.Wait.TimestampPath:
		return value.String("2030-01-01T00:00:00Z")
	case strings.Contains(e.Field, "Seconds") || strings.HasPrefix(e.Field, "Max") || strings.HasPrefix(e.Field, "Tolerated"):
		return value.Int(1)
	}
	return value.Value{}
}

// comparisons lists the values for which a rule holds.
func comparisons(rule *asl.ChoiceRule) []want {
	var wants []want
	for _, inner := range append(slices.Clone(rule.And), rule.Or...) {
		wants = append(wants, comparisons(inner)...)
	}
	if rule.Variable == nil || rule.Variable.Path == nil || rule.Comparison == nil || rule.Variable.Path.Root != jsonpath.RootInput {
		return wants
	}
	v := value.Value{}
	operator := rule.Comparison.Operator
	switch literal := rule.Comparison.Value; {
	case strings.HasPrefix(operator, "Is"):
		v = map[string]value.Value{"IsNumeric": value.Int(1), "IsBoolean": value.Bool(true), "IsTimestamp": value.String("2030-01-01T00:00:00Z")}[operator]
	case strings.HasSuffix(operator, "Path") || literal == nil:
		v = value.Int(1)
	case literal.Literal.Kind() == value.KindNumber:
		v = near(operator, literal.Literal)
	default:
		v = literal.Literal
	}
	return append(wants, want{memberNames(rule.Variable.Path), v})
}

// near is a number for which a comparison with n holds.
func near(operator string, n value.Value) value.Value {
	switch {
	case strings.Contains(operator, "LessThan") && !strings.Contains(operator, "Equals"):
		return value.Float(n.Float() - 1)
	case strings.Contains(operator, "GreaterThan") && !strings.Contains(operator, "Equals"):
		return value.Float(n.Float() + 1)
	}
	return n
}

// with returns v with the member that is wanted, unless it has it.
func with(v value.Value, w want) value.Value {
	if len(w.path) == 0 {
		return v
	}
	if v.Kind() != value.KindObject {
		if !v.IsAbsent() && v.Kind() != value.KindString {
			return v
		}
		v = value.Object()
	}
	name := w.path[0]
	inner := v.Get(name)
	switch {
	case len(w.path) > 1:
		inner = with(inner, want{w.path[1:], w.value})
	case !inner.IsAbsent():
		return v
	case w.value.IsAbsent():
		inner = value.String("example " + strings.ToLower(name))
	default:
		inner = w.value
	}
	return v.With(name, inner)
}
