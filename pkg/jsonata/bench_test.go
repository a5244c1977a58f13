package jsonata_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// order is the expressions that one execution of a small order workflow
// evaluates, with how often it does.
type order struct {
	Variables   map[string]json.RawMessage
	Expressions []struct {
		Text  string
		Count int
	}
}

func readOrder(b *testing.B) (order, func(string) (value.Value, bool)) {
	b.Helper()
	text, err := os.ReadFile("testdata/order.json")
	if err != nil {
		b.Fatal(err)
	}
	var o order
	if err := json.Unmarshal(text, &o); err != nil {
		b.Fatal(err)
	}
	variables := map[string]value.Value{}
	for name, raw := range o.Variables {
		if variables[name], err = value.Parse(string(raw)); err != nil {
			b.Fatal(err)
		}
	}
	return o, func(name string) (value.Value, bool) {
		v, ok := variables[name]
		return v, ok
	}
}

func BenchmarkCompileOrder(b *testing.B) {
	o, _ := readOrder(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, e := range o.Expressions {
			if _, err := jsonata.Compile(e.Text, jsonata.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkEvaluateOrder(b *testing.B) {
	o, lookup := readOrder(b)
	var round []*jsonata.Expression
	for _, e := range o.Expressions {
		expression, err := jsonata.Compile(e.Text, jsonata.Options{})
		if err != nil {
			b.Fatal(err)
		}
		for range e.Count {
			round = append(round, expression)
		}
	}
	env := &jsonata.Environment{Variables: lookup}
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		for _, expression := range round {
			if v, err := expression.Evaluate(value.Value{}, env); err != nil || v.IsAbsent() {
				b.Fatal(expression.Text(), v, err)
			}
		}
	}
	b.ReportMetric(float64(b.N*len(round))/b.Elapsed().Seconds(), "evaluations/s")
}

func BenchmarkEvaluate(b *testing.B) {
	_, lookup := readOrder(b)
	for name, text := range map[string]string{
		"path":        "$states.input.orderId",
		"predicate":   "$states.input.items[qty > 4].sku",
		"arithmetic":  "$sum($states.input.items.(qty * 2))",
		"objects":     "$states.input.items.{'sku': sku, 'total': qty * 9.5}",
		"group":       "$states.input.items{$string(qty % 3): sku}",
		"sort":        "$states.input.items^(>qty).sku",
		"map":         "$map($states.input.items, function($v, $i) { $v.sku & $i })",
		"reduce":      "$reduce([1..1000], function($a, $b) { $a + $b })",
		"recursion":   "($f := function($n, $a) { $n = 0 ? $a : $f($n - 1, $a + $n) }; $f(1000, 0))",
		"factorial":   "($f := function($n) { $n <= 1 ? 1 : $n * $f($n - 1) }; $f(20))",
		"regex":       "$replace($states.input.orderId, /([A-Z])-(\\d+)/, '$2/$1')",
		"string":      "$string($states.input)",
		"date":        "$fromMillis(1500000000000, '[D01]/[M01]/[Y0001] [h#1]:[m01][P]')",
		"number":      "$formatNumber(12345.678, '#,##0.00')",
		"join":        "$states.input.items@$i#$n.{'n': $n, 'tags': $i.tags}",
		"transform":   "$states.input ~> |items|{'price': qty * 2}, 'tags'|",
		"conditional": "$count($states.input.items) > 5 ? 'many' : 'few'",
	} {
		b.Run(name, func(b *testing.B) {
			expression, err := jsonata.Compile(text, jsonata.Options{})
			if err != nil {
				b.Fatal(err)
			}
			env := &jsonata.Environment{Variables: lookup}
			b.ReportAllocs()
			for b.Loop() {
				if v, err := expression.Evaluate(value.Value{}, env); err != nil || v.IsAbsent() {
					b.Fatal(v, err)
				}
			}
		})
	}
}
