package jsonata_test

import (
	"errors"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
)

func TestErrorsCarryMessageTokenAndPlace(t *testing.T) {
	tests := []struct {
		text, message, token, span string
		position                   int
	}{
		{`1 + "a"`, `T2002: The right side of the "+" operator must evaluate to a number`, "+", "+", 3},
		{`$sum("a")`, `T0412: Argument 1 of function "sum" must be an array of "numbers"`, "sum", "(", 5},
		{`$length(1, 2)`, `T0410: Argument 1 of function "length" does not match function signature`, "length", "(", 8},
		{`$f(1)`, `T1006: Attempted to invoke a non-function`, "f", "(", 3},
		{`sum(1)`, `T1005: Attempted to invoke a non-function. Did you mean $sum?`, "sum", "(", 4},
		{`{1: 2}`, `T1003: Key in object structure must evaluate to a string; got: 1`, "", "{1: 2}", 6},
		{`1 < "a"`, `T2009: The values 1 and "a" either side of operator "<" must be of the same data type`, "<", "<", 3},
		{`-"a"`, `D1002: Cannot negate a non-numeric value: "a"`, "-", `-"a"`, 4},
		{`$error("my message")`, `D3137: my message`, "error", "(", 7},
		{`$decodeUrl("%")`, `D3140: Malformed URL passed to $decodeUrl(): "%"`, "decodeUrl", "(", 11},
		{`$power(10, 999)`, `D3061: The power function has resulted in a value that cannot be represented as a JSON number: base=10, exponent=999`, "power", "(", 7},
		{`"abc`, `S0101: String literal must be terminated by a matching quote`, "", `"abc`, 4},
		{`1 2`, `S0201: Syntax error: 2`, "2", "2", 3},
		{`a b`, `S0201: Syntax error: "b"`, "b", "b", 3},
		{`(1`, `S0203: Expected ")" before end of expression`, "(end)", "", 2},
		{`[1)`, `S0202: Expected "]", got ")"`, ")", ")", 3},
		{`1 + ]`, `S0211: The symbol "]" cannot be used as a unary operator`, "]", "]", 5},
		{`1 +`, `S0207: Unexpected end of expression`, "", "", 3},
		{`"\q"`, `S0103: Unsupported escape sequence: \"q"`, "q", `\q`, 3},
		{`1e999`, `S0102: Number out of range: "1e999"`, "1e999", "1e999", 0},
		{`a ?? b`, `S0211: The symbol "?" cannot be used as a unary operator`, "?", "?", 4},
		{`a ?: b`, `S0211: The symbol ":" cannot be used as a unary operator`, ":", ":", 4},
		{`a := 1`, `S0212: The left side of := must be a variable name (start with $)`, "a", "a", 1},
	}
	for _, test := range tests {
		_, err := evaluateValue(t, test.text, "", nil)
		var failed *jsonata.Error
		if !errors.As(err, &failed) {
			t.Errorf("%s: no error but %v", test.text, err)
			continue
		}
		if failed.Error() != test.message || failed.Token != test.token || failed.Span.Of(test.text) != test.span || failed.Position != test.position {
			t.Errorf("%s\nwant %s, token %q, span %q, position %d\ngot  %s, token %q, span %q, position %d", test.text,
				test.message, test.token, test.span, test.position, failed, failed.Token, failed.Span.Of(test.text), failed.Position)
		}
	}
}

func TestMessagesShowNoMoreThanAScreenful(t *testing.T) {
	_, err := evaluateValue(t, `1 + [1..100000]`, "", nil)
	if err == nil || len(err.Error()) > 3000 {
		t.Errorf("%d bytes", len(err.Error()))
	}
	_, err = evaluateValue(t, `{[1..100000]: 1}`, "", nil)
	if err == nil || len(err.Error()) > 3000 {
		t.Errorf("%d bytes", len(err.Error()))
	}
}
