package simulate_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

const (
	tooDeep   = "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive"
	tooLarge  = "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage"
	noTailSum = "($f := function($n) { $n > 0 ? $f($n - 1) + 1 : 0 }; $f(%d))"
)

// TestExpressionsMeetTheLimitsOfTheService: where a boundary was measured in
// public, both sides of it; see serviceLimits.
func TestExpressionsMeetTheLimitsOfTheService(t *testing.T) {
	t.Parallel()
	doubled := "($p := function($s, $n) { $n = 0 ? $s : $p($s & $s, $n - 1) }; $length($p('x', %d)))"
	for _, c := range []struct{ name, expression, output, cause string }{
		{"a sequence of 873,782 numbers", "[1..873782] ~> $count()", "873782", ""},
		{"one number more", "[1..873783] ~> $count()", "", tooLarge},
		{"$range of 360,145 numbers", "$count($range(1, 360145, 1))", "360145", ""},
		{"$range of one more", "$count($range(1, 360146, 1))", "", tooLarge},
		{"a string of 2^22 characters", fmt.Sprintf(doubled, 22), "4194304", ""},
		{"a string of 2^23 characters", fmt.Sprintf(doubled, 23), "", tooLarge},
		{"a sum of 105 terms", "1" + strings.Repeat("+1", 104), "105", ""},
		{"a sum of 200 terms", "1" + strings.Repeat("+1", 199), "", tooDeep},
		{"arrays in arrays", strings.Repeat("[", 120) + "1" + strings.Repeat("]", 120), "", tooDeep},
		{"a recursive function", fmt.Sprintf(noTailSum, 20), "20", ""},
		{"a deep recursive function", fmt.Sprintf(noTailSum, 60), "", tooDeep},
		{"tail recursion", "($f := function($n, $a) { $n > 0 ? $f($n - 1, $a + 1) : $a }; $f(5000, 0))", "5000", ""},
		{"the truth of arrays that share their parts", "$boolean($reduce([1..28], function($a, $b) {[[$a], [$a]]}, false))", "", "threw an error during evaluation: Expression evaluation timeout"},
		{"an infinity in an array", "[1/0, -1/0]", `["Infinity","-Infinity"]`, ""},
		{"what is no number in an object", "{'k': 0/0}", `{"k":"NaN"}`, ""},
		{"an infinity that is compared", "1/0 > 5", "true", ""},
		{"$range with fractions", "$range(-1.7, 2, 1)", "[-1,0,1,2]", ""},
		{"$base64decode of base64", "$base64decode('aGk=')", `"hi"`, ""},
		{"$base64decode of something else", "$base64decode('!!!')", "", "threw an error during evaluation. D3153: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			output, cause := evaluated(t, c.expression)
			if output != c.output || !strings.Contains(cause, c.cause) || c.cause == "" && cause != "" {
				t.Errorf("output %s, cause %.300s; want %s, %s", output, cause, c.output, c.cause)
			}
		})
	}
}

// evaluated returns the output of a Pass whose Output is the expression, and the
// cause of its failure.
func evaluated(t *testing.T, expression string) (output, cause string) {
	t.Helper()
	text, err := json.Marshal("{% " + expression + " %}")
	if err != nil {
		t.Fatal(err)
	}
	machine, _ := asl.ParseFile("d.asl.json", fmt.Appendf(nil, `{"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": %s, "End": true}}}`, text))
	program, findings := simulate.Compile(machine)
	if program == nil {
		t.Fatal(findings)
	}
	result, err := program.Start(value.Object(), simulate.Options{}).Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if result.Failure != nil {
		return "", result.Failure.Cause
	}
	return result.Output.Compact(), ""
}
