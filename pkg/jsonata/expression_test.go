package jsonata_test

import (
	"sync"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func compile(t testing.TB, text string) *jsonata.Expression {
	t.Helper()
	expression, err := jsonata.Compile(text, jsonata.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return expression
}

func TestZeroEnvironmentStandsStill(t *testing.T) {
	expression := compile(t, "[$now(), $millis(), $random()]")
	first, err := expression.Evaluate(value.Value{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if first.Index(0).Str() != "1970-01-01T00:00:00.000Z" || first.Index(1).Float() != 0 {
		t.Error(first)
	}
	second, _ := expression.Evaluate(value.Value{}, nil)
	if !value.Equal(first, second) {
		t.Errorf("%v, then %v", first, second)
	}
}

func TestClockIsReadOnceInAnEvaluation(t *testing.T) {
	reads := 0
	env := &jsonata.Environment{Clock: func() time.Time {
		reads++
		return time.UnixMilli(int64(1000 * reads))
	}}
	v, err := compile(t, "[$millis(), $millis(), $toMillis($now())]").Evaluate(value.Value{}, env)
	if err != nil || v.Compact() != "[1000,1000,1000]" || reads != 1 {
		t.Error(v, err, reads)
	}
}

func TestVariablesComeBeforeTheLibrary(t *testing.T) {
	env := &jsonata.Environment{Variables: func(name string) (value.Value, bool) {
		return value.String("mine"), name == "sum"
	}}
	for text, want := range map[string]string{"$sum": `"mine"`, "$count([1])": "1", "($sum := 5; $sum)": "5"} {
		if v, err := compile(t, text).Evaluate(value.Value{}, env); err != nil || v.Compact() != want {
			t.Errorf("%s: %v %v", text, v, err)
		}
	}
}

func TestVariablesAreAskedOnceForAName(t *testing.T) {
	asked := map[string]int{}
	env := &jsonata.Environment{Variables: func(name string) (value.Value, bool) {
		asked[name]++
		return value.Float(1), name == "x"
	}}
	if _, err := compile(t, "$x + $x + $map([1..5], function($v) { $x + $v })[0]").Evaluate(value.Value{}, env); err != nil {
		t.Fatal(err)
	}
	if asked["x"] != 1 || asked["map"] != 1 {
		t.Error(asked)
	}
}

func TestEvaluationsRunSideBySide(t *testing.T) {
	expression := compile(t, "($f := function($n) { $n < 2 ? $n : $f($n - 1) + $f($n - 2) }; $f($x))")
	var group sync.WaitGroup
	for n := range 12 {
		group.Go(func() {
			env := &jsonata.Environment{Variables: func(string) (value.Value, bool) { return value.Float(float64(n)), true }}
			for range 50 {
				v, err := expression.Evaluate(value.Value{}, env)
				if err != nil || int(v.Float()) != fibonacci(n) {
					t.Error(n, v, err)
				}
			}
		})
	}
	group.Wait()
}

func fibonacci(n int) int {
	if n < 2 {
		return n
	}
	return fibonacci(n-1) + fibonacci(n-2)
}

func TestResultsCarryNoMarks(t *testing.T) {
	input := parseJSON(t, `{"a":[{"b":1},{"b":2}],"one":[{"b":7}]}`)
	for _, text := range []string{"a.b", "{'x': a.b}", "[a.[b]]", "one.b[]", "{'x': [one.b[]]}", "$map(a, $keys)", "$partition(a.b, 1)"} {
		expression, err := jsonata.Compile(text, jsonata.Options{Library: jsonata.Extended()})
		if err != nil {
			t.Fatal(err)
		}
		v, err := expression.Evaluate(input, nil)
		if err != nil {
			t.Fatal(text, err)
		}
		checkUnmarked(t, text, v)
	}
}

func checkUnmarked(t *testing.T, text string, v value.Value) {
	t.Helper()
	if v.Tag() != 0 || v.IsAbsent() {
		t.Errorf("%s: mark %d on %v", text, v.Tag(), v)
	}
	for _, item := range v.Items() {
		checkUnmarked(t, text, item)
	}
	for _, member := range v.Members() {
		checkUnmarked(t, text, member.Value)
	}
}

func TestFunctionsOutliveTheirEvaluation(t *testing.T) {
	function, err := compile(t, "($k := 10; function($x) { $map([$x], function($v) { $v + $k })[0] })").Evaluate(value.Value{}, nil)
	if err != nil || function.Kind() != value.KindExtension {
		t.Fatal(function, err)
	}
	env := &jsonata.Environment{Variables: func(name string) (value.Value, bool) { return function, name == "f" }}
	v, err := compile(t, "$f(1) + $sum([$f(2)])").Evaluate(value.Value{}, env)
	if err != nil || v.Float() != 23 {
		t.Error(v, err)
	}
}

func TestNumbersKeepTheirTextWhereNothingComputes(t *testing.T) {
	input, err := value.Parse(`{"n":1.50,"big":12345678901234567890}`)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"n": "1.50", "[n, big]": "[1.50,12345678901234567890]", "n + 0": "1.5", "{'x': big}": `{"x":12345678901234567890}`} {
		if v, err := compile(t, text).Evaluate(input, nil); err != nil || v.Compact() != want {
			t.Errorf("%s: %v %v", text, v, err)
		}
	}
}

func TestCoalescingIsAnOption(t *testing.T) {
	for text, want := range map[string]string{
		"missing ?? 1": "1", "0 ?? 1": "0", "0 ?: 1": "1", "missing ?: 2 + 3": "5", "null ?? 1": "null", "'a' ?: $error('x')": `"a"`,
	} {
		expression, err := jsonata.Compile(text, jsonata.Options{Coalescing: true})
		if err != nil {
			t.Fatal(text, err)
		}
		if v, err := expression.Evaluate(value.Value{}, nil); err != nil || v.Compact() != want {
			t.Errorf("%s: %v %v", text, v, err)
		}
	}
}
