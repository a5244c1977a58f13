package jsonata_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// tight are limits that a normal expression stays well within.
var tight = jsonata.Limits{Depth: 1000, Steps: 2_000_000, Memory: 64 << 20, Sequence: 500_000}

func TestNoExpressionEscapesTheLimits(t *testing.T) {
	const y = "($f := function($x) { %s }; $f(1))"
	tests := map[string]struct {
		text  string
		limit jsonata.Limit
	}{
		"self application":        {"(λ($f){1 + $f($f)})(λ($f){1 + $f($f)})", jsonata.LimitDepth},
		"self application, tail":  {"(λ($f){$f($f)})(λ($f){$f($f)})", jsonata.LimitTime},
		"recursion":               {strings.Replace(y, "%s", "$x + $f($x)", 1), jsonata.LimitDepth},
		"tail recursion":          {strings.Replace(y, "%s", "$f($x)", 1), jsonata.LimitTime},
		"recursion through map":   {strings.Replace(y, "%s", "$map([1,2], $f)", 1), jsonata.LimitDepth},
		"recursion by partials":   {strings.Replace(y, "%s", "1 + $f(?)($x)", 1), jsonata.LimitDepth},
		"recursion by chains":     {strings.Replace(y, "%s", "($f ~> $f)($x)", 1), jsonata.LimitDepth},
		"recursion in sort":       {strings.Replace(y, "%s", "$sort([1,2], $f)", 1), jsonata.LimitDepth},
		"recursion in replace":    {strings.Replace(y, "%s", "$replace('a', /a/, $f)", 1), jsonata.LimitDepth},
		"recursion in transform":  {strings.Replace(y, "%s", "{'a': 1} ~> |$|{'b': $f($x)}|", 1), jsonata.LimitDepth},
		"recursion in eval":       {"($f := function($x) { $eval('$f($x)') & '' }; $f(1))", jsonata.LimitDepth},
		"huge range":              {"[1..900000]", jsonata.LimitMemory},
		"range of ranges":         {"[1..400000].[1..400000]", jsonata.LimitMemory},
		"sum over a huge range":   {"$sum([1..900000])", jsonata.LimitMemory},
		"product of loops":        {"$map([1..2000], function($x) { $map([1..2000], function($y) { $x * $y }) })", jsonata.LimitTime},
		"pad":                     {"$pad('x', 1e15)", jsonata.LimitMemory},
		"pad to the left":         {"$pad('x', -99999999999)", jsonata.LimitMemory},
		"doubling a string":       {"$reduce([1..60], function($s, $i) { $s & $s }, 'x')", jsonata.LimitMemory},
		"doubling an array":       {"$reduce([1..60], function($s, $i) { $append($s, $s) }, [1])", jsonata.LimitMemory},
		"shared objects":          {"$reduce([1..60], function($s, $i) { {'a': $s, 'b': $s} }, 1)", jsonata.LimitMemory},
		"shared objects as text":  {"$string($reduce([1..60], function($s, $i) { {'a': $s, 'b': $s} }, 1))", jsonata.LimitTime},
		"shared objects compared": {"($x := $reduce([1..60], function($s, $i) { {'a': $s, 'b': $s} }, 1); $y := $reduce([1..60], function($s, $i) { {'a': $s, 'b': $s} }, 1); $x = $y)", jsonata.LimitTime},
		"shared objects walked":   {"$count($reduce([1..60], function($s, $i) { {'a': $s, 'b': $s} }, 1).**)", jsonata.LimitMemory},
		"nesting":                 {"$reduce([1..100000], function($s, $i) { {'a': $s} }, 1)", jsonata.LimitDepth},
		"nesting as text":         {"$string($reduce([1..100000], function($s, $i) { [[$s]] }, 1))", jsonata.LimitDepth},
		"catastrophic regex":      {"$contains($pad('', 40, 'a') & 'b', /^(a+)+$/)", jsonata.LimitTime},
		"catastrophic reference":  {"$contains($pad('', 200, 'a') & 'b', /^(a*)*\\1*c$/)", jsonata.LimitTime},
		"replacement that grows":  {"$replace($pad('', 100000, 'a'), 'a', $pad('', 100000, 'b'))", jsonata.LimitMemory},
		"replacement by regex":    {"$replace($pad('', 100000, 'a'), /a/, $pad('', 100000, 'b'))", jsonata.LimitMemory},
		"join":                    {"$join($split($pad('', 100000, 'a'), ''), $pad('', 100000, 'b'))", jsonata.LimitMemory},
		"tuples":                  {"($x := [1..2000]; $x@$a.($x)@$b.($a * $b))", jsonata.LimitMemory},
		"grouping":                {"[1..400000]{$string($): [1..400000]}", jsonata.LimitMemory},
		"base64 again and again":  {"$reduce([1..100], function($s, $i) { $base64encode($s) }, 'x')", jsonata.LimitMemory},
		"url again and again":     {"$reduce([1..100], function($s, $i) { $encodeUrlComponent($s & '%') & $s }, '%')", jsonata.LimitMemory},
		"closures as text":        {"($f := function($n) { {'f': $f, 'n': [$f, $n]} }; $string($reduce([1..60], function($s, $i) { [$f($s), $f($s)] }, 1)))", jsonata.LimitTime},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			started := time.Now()
			expression, err := jsonata.Compile(test.text, jsonata.Options{})
			if err != nil {
				t.Fatal(err)
			}
			v, err := expression.Evaluate(value.Value{}, &jsonata.Environment{Limits: tight})
			var failed *jsonata.Error
			if !errors.As(err, &failed) || failed.Limit != test.limit || failed.Code != "U1001" {
				t.Errorf("want limit %d, got %.80v %v", test.limit, v, err)
			}
			if elapsed := time.Since(started); elapsed > 3*time.Minute { // room for the race detector on a busy machine
				t.Errorf("took %v", elapsed)
			}
		})
	}
}

func TestDeeplyNestedTextIsRefused(t *testing.T) {
	for name, text := range map[string]string{
		"parentheses": strings.Repeat("(", 1_000_000),
		"brackets":    strings.Repeat("[", 1_000_000) + strings.Repeat("]", 1_000_000),
		"negations":   strings.Repeat("-", 1_000_000) + "1",
		"sums":        "1" + strings.Repeat("+1", 1_000_000),
		"predicates":  "a" + strings.Repeat("[a", 1_000_000),
		"functions":   strings.Repeat("function(){", 1_000_000),
		"conditions":  strings.Repeat("1?", 1_000_000) + "1",
		"bindings":    strings.Repeat("$a:=", 1_000_000) + "1",
		"sums inside": strings.Repeat("(1"+strings.Repeat("+1", 1000), 1000),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := jsonata.Compile(text, jsonata.Options{})
			var failed *jsonata.Error
			if !errors.As(err, &failed) || failed.Limit != jsonata.LimitDepth {
				t.Errorf("want a depth error, got %.100v", err)
			}
		})
	}
}

func TestLongChainsAreFine(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"1" + strings.Repeat("+1", 1500), "1501"},
		{"$length('a'" + strings.Repeat("&'a'", 1500) + ")", "1501"},
		{strings.Repeat("(", 900) + "1" + strings.Repeat(")", 900), "1"},
		{"($f := function($n, $a) { $n = 0 ? $a : $f($n - 1, $a + 1) }; $f(100000, 0))", "100000"},
		{"$count([1..10000000])", "10000000"},
	} {
		if got := evaluate(t, test.text, "", nil); got != test.want {
			t.Errorf("%.60s: want %s, got %.100s", test.text, test.want, got)
		}
	}
}
