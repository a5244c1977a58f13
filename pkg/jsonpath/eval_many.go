package jsonpath

import "github.com/sfnctl/sfnctl/pkg/value"

// maxVisits bounds how many nodes one evaluation looks at: several deep scans
// in a row visit a number that grows with a power of the depth.
const maxVisits = 5_000_000

// walker evaluates a path that can select several nodes.
type walker struct {
	root   value.Value
	found  []value.Value
	budget *int
	err    error // of a filter that cannot be evaluated
}

func (p *Path) evalMany(root value.Value) (value.Value, error) {
	budget := maxVisits
	w := walker{root: root, budget: &budget}
	w.walk(p.Steps, root)
	switch {
	case budget <= 0:
		return value.Value{}, &LimitError{p.Text, "it visits too many values"}
	case w.err != nil:
		return value.Value{}, &LimitError{p.Text, w.err.Error()}
	}
	return value.Array(w.found...), nil
}

// walk applies steps to v and collects what they select. What does not fit is
// passed over.
func (w *walker) walk(steps []Step, v value.Value) {
	if *w.budget--; *w.budget <= 0 || v.IsAbsent() || w.err != nil {
		return
	}
	if len(steps) == 0 {
		w.found = append(w.found, v)
		return
	}
	step, rest := &steps[0], steps[1:]
	switch step.Kind {
	case StepMember, StepFunction, StepIndex, StepFromEnd:
		w.walk(rest, step.child(v))
	case StepWildcard:
		w.walkChildren(rest, v)
	case StepDeepScan:
		w.scan(rest, v)
	case StepSlice:
		w.walkSlice(step.Slice, rest, v)
	case StepIndexes:
		for _, index := range step.Indexes {
			w.walk(rest, element(v, index))
		}
	case StepNames:
		w.walkNames(step.Names, rest, v)
	case StepFilter:
		w.filter(step.Filter, rest, v)
	}
}

func (w *walker) walkChildren(rest []Step, v value.Value) {
	for _, item := range v.Items() {
		w.walk(rest, item)
	}
	for _, member := range v.Members() {
		w.walk(rest, member.Value)
	}
}

// walkNames merges the members into one object at the end of a path, and
// follows each of them before it.
func (w *walker) walkNames(names []string, rest []Step, v value.Value) {
	if len(rest) == 0 {
		w.walk(rest, pick(v, names))
		return
	}
	for _, name := range names {
		w.walk(rest, v.Get(name))
	}
}

// walkSlice follows Jayway, which counts from one bound to the other without
// normalising them when both are given: [1:-1] is empty.
func (w *walker) walkSlice(slice Slice, rest []Step, v value.Value) {
	length := v.Len()
	if v.Kind() != value.KindArray {
		return
	}
	from, to := 0, length
	switch {
	case slice.From != nil && slice.To != nil:
		from, to = max(*slice.From, -length), min(length, *slice.To)
	case slice.From != nil:
		if from = *slice.From; from < 0 {
			from = max(0, from+length)
		}
	default:
		if to = *slice.To; to < 0 {
			to += length
		}
		to = min(length, to)
	}
	for i := from; i < to; i++ {
		w.walk(rest, element(v, i))
	}
}

// scan applies steps to v and to every object and array below it, parents
// first. A filter judges each object itself.
func (w *walker) scan(steps []Step, v value.Value) {
	switch kind := v.Kind(); {
	case kind != value.KindObject && kind != value.KindArray:
		return
	case steps[0].Kind == StepFilter && kind == value.KindArray:
		*w.budget--
	default:
		w.walk(steps, v)
	}
	if *w.budget <= 0 || w.err != nil {
		return
	}
	for _, item := range v.Items() {
		w.scan(steps, item)
	}
	for _, member := range v.Members() {
		w.scan(steps, member.Value)
	}
}

// filter keeps the elements of an array for which the condition holds; of an
// object it is the object itself that is kept or not.
func (w *walker) filter(f *Filter, rest []Step, v value.Value) {
	condition := &filtering{walker: w}
	switch v.Kind() {
	case value.KindArray:
		for _, item := range v.Items() {
			if *w.budget <= 0 || w.err != nil {
				return
			}
			if f.Expression.holds(condition, item) {
				w.walk(rest, item)
			}
		}
	case value.KindObject:
		if f.Expression.holds(condition, v) {
			w.walk(rest, v)
		}
	}
}
