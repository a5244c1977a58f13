package jsonata_test

import (
	"errors"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// evaluate returns the outcome of an expression as a text: JSON, "undefined",
// or the code of the error after an exclamation mark. Input is JSON, "" for none.
func evaluate(t testing.TB, text, input string, library *jsonata.Library) string {
	t.Helper()
	v, err := evaluateValue(t, text, input, library)
	var failed *jsonata.Error
	switch {
	case errors.As(err, &failed):
		return "!" + failed.Code
	case err != nil:
		t.Fatalf("%s: an error of another type: %v", text, err)
	case v.IsAbsent():
		return "undefined"
	case v.Kind() == value.KindExtension:
		return "function"
	}
	return v.Compact()
}

func evaluateValue(t testing.TB, text, input string, library *jsonata.Library) (value.Value, error) {
	t.Helper()
	expression, err := jsonata.Compile(text, jsonata.Options{Library: library})
	if err != nil {
		return value.Value{}, err
	}
	var v value.Value
	if input != "" {
		v = parseJSON(t, input)
	}
	return expression.Evaluate(v, &jsonata.Environment{Clock: func() time.Time { return time.UnixMilli(1_500_000_000_123) }})
}

// row is one row of a table: an expression and its outcome; see evaluate.
type row struct{ text, want string }

func checkRows(t *testing.T, input string, library *jsonata.Library, rows []row) {
	t.Helper()
	for _, row := range rows {
		if got := evaluate(t, row.text, input, library); got != row.want {
			t.Errorf("%s\nwant %s\ngot  %s", row.text, row.want, got)
		}
	}
}
