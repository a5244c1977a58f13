package intrinsic

import (
	"errors"
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Env is what a call is evaluated against.
type Env interface {
	// Resolve evaluates a path on the state's data, the Context object or a
	// variable, as path.Root says. A *jsonpath.NotFoundError becomes a
	// *PathError, any other error is the result of the call.
	Resolve(path *jsonpath.Path) (value.Value, error)
	// Random returns a number in [0, 1), for States.MathRandom without a seed.
	Random() float64
	// UUID returns a version 4 UUID.
	UUID() string
}

// Failure is a call whose arguments do not fit. The specification names the
// error States.IntrinsicFailure; the service reports States.Runtime.
type Failure struct {
	Call    string // the outermost call, as written
	Message string
}

// Error gives the text of the service.
func (e *Failure) Error() string {
	return fmt.Sprintf("The function '%s' had the following error: %s", e.Call, e.Message)
}

// PathError is a path argument that finds nothing: States.Runtime.
type PathError struct {
	Call string // the outermost call, as written
	Path *jsonpath.Path
	Err  *jsonpath.NotFoundError
}

// Error gives the text of the service without the input; see [PathError.Cause].
func (e *PathError) Error() string {
	return fmt.Sprintf("The function '%s' had the following error: The JsonPath argument for the field '%s' could not be found", e.Call, e.pathText())
}

// Cause gives the text of the service, which quotes the state's input, also
// where the path starts from the Context object. Where an index meets something
// else than an array, the words of the service's library come through.
func (e *PathError) Cause(input value.Value) string {
	if strings.HasPrefix(e.Err.Reason, "Filter: ") {
		return fmt.Sprintf("The function '%s' had the following error: %s", e.Call, e.Err.Reason)
	}
	return fmt.Sprintf("%s in the input '%s'", e.Error(), input.Compact())
}

// Unwrap returns the error of the path.
func (e *PathError) Unwrap() error { return e.Err }

// pathText: the service has taken one $ off a path to the Context object.
func (e *PathError) pathText() string {
	if e.Path.Root == jsonpath.RootContext {
		return e.Path.Text[1:]
	}
	return e.Path.Text
}

// Eval evaluates the call. The error is a *[Failure], a *[PathError], or
// another error of env.
func (c *Call) Eval(env Env) (value.Value, error) {
	e := evaluation{env: env, whole: c}
	return e.call(c)
}

// evaluation is one evaluation of a whole expression.
type evaluation struct {
	env   Env
	whole *Call // named in failures
}

// invalid is the failure whose details the service keeps to itself.
func (e *evaluation) invalid(c *Call) error {
	return &Failure{e.whole.Text, "Invalid arguments in " + c.Name}
}

func (e *evaluation) call(c *Call) (value.Value, error) {
	if c.Function.arityMessage(len(c.Args)) != "" {
		return value.Value{}, e.invalid(c)
	}
	var few [4]value.Value
	args := few[:0]
	for i := range c.Args {
		v, err := e.argument(&c.Args[i])
		if err != nil {
			return value.Value{}, err
		}
		args = append(args, v)
	}
	for i, v := range args {
		if p := c.Function.parameter(i); p.accepts(v) != "" {
			return value.Value{}, e.invalid(c)
		}
	}
	return c.Function.evaluate(e, c, args)
}

func (e *evaluation) argument(a *Argument) (value.Value, error) {
	switch a.Kind {
	case ArgumentPath:
		v, err := e.env.Resolve(a.Path)
		var missing *jsonpath.NotFoundError
		if errors.As(err, &missing) {
			return v, &PathError{e.whole.Text, a.Path, missing}
		}
		return v, err
	case ArgumentCall:
		return e.call(a.Call)
	}
	return a.Literal, nil
}
