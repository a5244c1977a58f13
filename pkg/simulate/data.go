package simulate

import (
	"errors"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// data is what an expression can see: the document it reads, the context
// object and the variables. One is kept per execution and set before every
// evaluation, for evaluations never nest.
type data struct {
	x     *Execution
	frame *frame

	input       value.Value // what $ stands for, or $states.input
	result      value.Value // $states.result; absent where there is none
	errorOutput value.Value // $states.errorOutput; absent outside of Catchers
	context     value.Value // the context object once somebody asked for it
	part        value.Value // a context object of one member, the last that was asked for
	partName    string
	states      value.Value // $states once somebody asked for it
	lean        value.Value // $states without the context object
	withContext bool        // the expression may read the context object
	item        value.Value // Map.Item of the context object; absent outside of Maps

	fixedContext value.Value // the context object, when it is given as a whole
}

// on returns the execution's data set to frame with input as the document.
func (x *Execution) on(f *frame, input value.Value) *data {
	d := &x.data
	d.frame, d.input = f, input
	d.result, d.errorOutput = value.Value{}, value.Value{}
	d.context, d.states, d.lean, d.partName = d.fixedContext, value.Value{}, value.Value{}, ""
	d.item = f.mapItem()
	return d
}

// lookup evaluates a path on whatever its root stands for.
func (d *data) lookup(path *jsonpath.Path) (value.Value, error) {
	switch path.Root {
	case jsonpath.RootContext:
		if v := d.contextValue(path); !v.IsAbsent() {
			return v, nil
		}
		return path.Eval(d.contextRoot(path))
	case jsonpath.RootVariable:
		v, ok := d.frame.scope.get(path.Variable)
		if !ok {
			return value.Value{}, &jsonpath.NotFoundError{Path: path.Text, Reason: "No results for path: $['" + path.Variable + "']"}
		}
		return path.Eval(v)
	}
	return path.Eval(d.input)
}

// field evaluates a path field such as InputPath: null gives {}, an absent one
// the document itself.
func (d *data) field(p *pathField) (value.Value, *evalError) {
	switch {
	case p == nil || p.isWhole:
		return d.input, nil
	case p.path == nil:
		return value.Object(), nil
	}
	v, err := d.lookup(p.path)
	if err != nil {
		return value.Value{}, runtimeError(err.Error())
	}
	return v, nil
}

// setPath merges the result into the state's input as ResultPath says: null
// drops it, an absent ResultPath replaces the input.
func setPath(p *pathField, input, result value.Value) (value.Value, *evalError) {
	switch {
	case p == nil || p.isWhole:
		return result, nil
	case p.path == nil:
		return input, nil
	}
	merged, err := p.path.Set(input, result)
	if err != nil {
		var mismatch *jsonpath.AssignError
		if errors.As(err, &mismatch) {
			return value.Value{}, &evalError{name: spec.ErrorResultPath, cause: err.Error()}
		}
		return value.Value{}, runtimeError(err.Error())
	}
	return merged, nil
}

// Resolve, Random and UUID are what intrinsic functions need.

// Resolve evaluates a path argument.
func (d *data) Resolve(path *jsonpath.Path) (value.Value, error) { return d.lookup(path) }

// Random returns the next random number in [0,1).
func (d *data) Random() float64 { return d.x.sim.random.Float64() }

// UUID returns the next uuid.
func (d *data) UUID() string { return d.x.sim.uuid() }

// jsonata evaluates an expression of a JSONata state, whose value must be JSON.
func (d *data) jsonata(t *template) (value.Value, *evalError) {
	d.withContext = t.context
	v, err := t.jsonata.Evaluate(value.Value{}, d.x.environment())
	switch {
	case err != nil:
		return value.Value{}, t.queryError(jsonataCause(err))
	case v.IsAbsent():
		return value.Value{}, t.queryError("returned nothing (undefined).")
	case v.Kind() == value.KindExtension:
		return value.Value{}, t.queryError("returned an unsupported result type.")
	}
	return v.WithTag(0), nil
}

// queryError is the failure of an expression, with what the service says of it.
func (t *template) queryError(what string) *evalError {
	return &evalError{
		name: spec.ErrorQueryEvaluation, location: t.field,
		cause: "The JSONata expression '" + t.source + "' specified for the field '" + t.field + "' " + what,
	}
}

func jsonataCause(err error) string {
	var failure *jsonata.Error
	if !errors.As(err, &failure) {
		return "threw an error during evaluation: " + err.Error()
	}
	switch failure.Limit {
	case jsonata.LimitDepth:
		return "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive"
	case jsonata.LimitTime:
		return "threw an error during evaluation: Expression evaluation timeout: Check for infinite loop"
	case jsonata.LimitMemory:
		return "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage"
	}
	if failure.Code == "" {
		return "threw an error during evaluation: " + failure.Message
	}
	return "threw an error during evaluation. " + failure.Code + ": " + failure.Message
}

// typeError is the failure of an expression whose value has the wrong type.
func (t *template) typeError(expected string, v value.Value) *evalError {
	if t.kind != jsonataTemplate {
		return &evalError{
			name: spec.ErrorQueryEvaluation, location: t.field,
			cause: "The field '" + t.field + "' has an unexpected type. Expected '" + expected + "', but was '" +
				v.Kind().String() + "' for value: " + v.Compact(),
		}
	}
	return t.queryError("returned an unexpected result type. Expected '" + expected + "', but was '" +
		v.Kind().String() + "' for value: " + v.Compact())
}

// failure turns an expression that could not be evaluated into the failure of
// the frame's state: the cause names the state and its entry.
func (f *frame) failure(err *evalError) *Failure {
	if err.bare || f.x.control.alone() {
		return failed(err.name, err.cause)
	}
	var b strings.Builder
	b.WriteString("An error occurred while executing the state '")
	b.WriteString(f.state.name)
	b.WriteString("' (entered at the event id #")
	b.WriteString(strconv.Itoa(f.enteredID))
	b.WriteString("). ")
	b.WriteString(err.cause)
	return failed(err.name, b.String())
}

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

// seconds evaluates a timeout or heartbeat; 0 when it is not set.
func (d *data) seconds(q *quantity) (int, *evalError) {
	if q == nil {
		return 0, nil
	}
	if q.path != nil {
		v, err := d.field(q.path)
		if err != nil {
			return 0, err
		}
		n, ok := v.Int()
		if !ok || n <= 0 {
			return 0, runtimeError("The " + q.field + "Path field refers to value \"" + plainText(v) +
				"\" which is not a valid integer: " + q.path.text)
		}
		return int(min(n, spec.MaxSeconds)), nil
	}
	n, err := d.integer(q)
	if err == nil && n <= 0 && q.value.kind != literalTemplate {
		return 0, &evalError{name: spec.ErrorQueryEvaluation, location: q.value.field,
			cause: "The " + q.field + " field must be a positive integer but was: " + strconv.Itoa(n)}
	}
	return n, err
}

// integer evaluates the literal or JSONata form of a number.
func (d *data) integer(q *quantity) (int, *evalError) {
	v, err := q.value.eval(d)
	if err != nil {
		return 0, err
	}
	n, ok := v.Int()
	switch {
	case v.Kind() != value.KindNumber && q.value.kind == literalTemplate:
		return 0, nil // a ${...} that nothing has filled in
	case v.Kind() != value.KindNumber:
		return 0, q.value.typeError("number", v)
	case !ok:
		return 0, q.value.typeError("integer", v)
	}
	return int(n), nil
}

// count evaluates a number of items: absent, it is otherwise. Behind a path a
// string of digits counts as a number.
func (d *data) count(q *quantity, otherwise int) (int, *evalError) {
	if q == nil {
		return otherwise, nil
	}
	if q.path == nil {
		return d.integer(q)
	}
	v, err := d.field(q.path)
	if err != nil {
		return 0, err
	}
	n, ok := v.Int()
	if v.Kind() == value.KindString {
		parsed, parseError := strconv.ParseInt(strings.TrimSpace(v.Str()), 10, 64)
		n, ok = parsed, parseError == nil
	}
	if !ok {
		return 0, q.invalid(v, "integer")
	}
	return int(n), nil
}

// share evaluates a percentage.
func (d *data) share(q *quantity) (float64, *evalError) {
	if q == nil {
		return 0, nil
	}
	if q.path == nil {
		v, err := q.value.eval(d)
		if err == nil && v.Kind() != value.KindNumber {
			err = q.value.typeError("number", v)
		}
		return v.Float(), err
	}
	v, err := d.field(q.path)
	if err != nil {
		return 0, err
	}
	switch v.Kind() {
	case value.KindNumber:
		return v.Float(), nil
	case value.KindString:
		if f, parseError := strconv.ParseFloat(strings.TrimSpace(v.Str()), 64); parseError == nil {
			return f, nil
		}
	}
	return 0, q.invalid(v, "float")
}

// invalid is the failure of a path that leads to no number.
func (q *quantity) invalid(v value.Value, kind string) *evalError {
	return runtimeError("The " + q.field + "Path field refers to value \"" + plainText(v) +
		"\" which is not a valid " + kind + ": " + q.path.text)
}
