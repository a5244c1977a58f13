package simulate

import (
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

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
