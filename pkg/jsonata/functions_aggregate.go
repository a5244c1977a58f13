package jsonata

import (
	"math"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func aggregateFunctions() []Function {
	return []Function{
		{"sum", "<a<n>:n>", sum},
		{"count", "<a:n>", countItems},
		{"max", "<a<n>:n>", extreme(math.Max)},
		{"min", "<a<n>:n>", extreme(math.Min)},
		{"average", "<a<n>:n>", average},
	}
}

func sum(c Call) (value.Value, error) {
	if !c.Has(0) {
		return value.Value{}, nil
	}
	return value.Float(total(c.Arg(0).Items())), nil
}

func total(numbers []value.Value) (sum float64) {
	for i := range numbers {
		sum += numbers[i].Float()
	}
	return sum
}

func countItems(c Call) (value.Value, error) { return value.Float(float64(c.Arg(0).Len())), nil }

func extreme(choose func(a, b float64) float64) func(Call) (value.Value, error) {
	return func(c Call) (value.Value, error) {
		items := c.Arg(0).Items()
		if len(items) == 0 {
			return value.Value{}, nil
		}
		result := items[0].Float()
		for _, item := range items[1:] {
			result = choose(result, item.Float())
		}
		return value.Float(result), nil
	}
}

func average(c Call) (value.Value, error) {
	items := c.Arg(0).Items()
	if len(items) == 0 {
		return value.Value{}, nil
	}
	return value.Float(total(items) / float64(len(items))), nil
}
