package jsonata_test

import (
	"errors"
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func ExampleExpression_Evaluate() {
	expression, err := jsonata.Compile("$sum($order.items.(price * quantity)) > $limit ? 'review' : 'accept'", jsonata.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	order, _ := value.Parse(`{"items": [{"price": 9.5, "quantity": 2}, {"price": 4, "quantity": 5}]}`)
	variables := map[string]value.Value{"order": order, "limit": value.Float(35)}
	result, err := expression.Evaluate(value.Value{}, &jsonata.Environment{
		Variables: func(name string) (value.Value, bool) {
			v, ok := variables[name]
			return v, ok
		},
	})
	fmt.Println(result, err)
	// Output: "review" <nil>
}

func ExampleError() {
	_, err := jsonata.Compile("$orders[total > 10", jsonata.Options{})
	var failed *jsonata.Error
	if errors.As(err, &failed) {
		fmt.Println(failed)
		fmt.Println("at byte", failed.Span.Start)
	}
	// Output:
	// S0203: Expected "]" before end of expression
	// at byte 18
}

func ExampleLimits() {
	expression, _ := jsonata.Compile("$count([1..5000000])", jsonata.Options{})
	_, err := expression.Evaluate(value.Value{}, &jsonata.Environment{Limits: jsonata.Limits{Sequence: 100_000}})
	var failed *jsonata.Error
	fmt.Println(errors.As(err, &failed) && failed.Limit == jsonata.LimitMemory)
	// Output: true
}

func ExampleExpression_References() {
	expression, _ := jsonata.Compile("$states.input.items[qty > $minimum].sku & phone", jsonata.Options{})
	found := expression.References()
	for _, use := range found.Variables {
		fmt.Println(use.Name, use.Path)
	}
	for _, place := range found.Context {
		fmt.Println("reads the input:", place.Text)
	}
	// Output:
	// states [input items sku]
	// minimum []
	// reads the input: phone
}

func ExampleLibrary_With() {
	library := jsonata.Standard().With(jsonata.Function{
		Name:      "shout",
		Signature: "<s-:s>",
		Call: func(c jsonata.Call) (value.Value, error) {
			return value.String(c.Arg(0).Str() + "!"), nil
		},
	})
	expression, _ := jsonata.Compile("$shout('hello')", jsonata.Options{Library: library})
	result, err := expression.Evaluate(value.Value{}, nil)
	fmt.Println(result, err)
	// Output: "hello!" <nil>
}
