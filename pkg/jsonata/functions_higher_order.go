package jsonata

import (
	"github.com/sfnctl/sfnctl/pkg/value"
)

func higherOrderFunctions() []Function {
	return []Function{
		{"map", "<af>", mapFunction},
		{"filter", "<af>", filterFunction},
		{"single", "<af?>", single},
		{"reduce", "<afj?:j>", reduce},
	}
}

// call3 calls a function with an item, its position and the collection, but
// with no more of them than it declares.
func (c Call) call3(function, item, position, collection value.Value) (value.Value, error) {
	args := [3]value.Value{item, position, collection}
	count := 1
	if f, ok := asFunction(function); ok {
		count = min(max(f.arity(), 1), 3)
	}
	if err := c.machine.spend(1); err != nil {
		return value.Value{}, err
	}
	return c.Invoke(function, args[:count]...)
}

func mapFunction(c Call) (value.Value, error) {
	array, function := c.Arg(0), c.Arg(1)
	if array.IsAbsent() {
		return value.Value{}, nil
	}
	results := make([]value.Value, 0, array.Len())
	for i, item := range array.Items() {
		v, err := c.call3(function, item, value.Float(float64(i)), array)
		if err != nil {
			return value.Value{}, err
		}
		if v.IsAbsent() {
			continue
		}
		if results, err = c.machine.add(results, v); err != nil {
			return value.Value{}, err
		}
	}
	return newSequence(results), nil
}

func filterFunction(c Call) (value.Value, error) {
	array, function := c.Arg(0), c.Arg(1)
	if array.IsAbsent() {
		return value.Value{}, nil
	}
	var kept []value.Value
	for i, item := range array.Items() {
		ok, err := c.accepts(function, item, i, array)
		if err != nil {
			return value.Value{}, err
		}
		if !ok {
			continue
		}
		if kept, err = c.machine.add(kept, item); err != nil {
			return value.Value{}, err
		}
	}
	return newSequence(kept), nil
}

func (c Call) accepts(function, item value.Value, i int, array value.Value) (bool, error) {
	v, err := c.call3(function, item, value.Float(float64(i)), array)
	if err != nil {
		return false, err
	}
	return truthy(v)
}

// single returns the one item that matches.
func single(c Call) (value.Value, error) {
	array, function := c.Arg(0), c.Arg(1)
	if array.IsAbsent() {
		return value.Value{}, nil
	}
	var result value.Value
	found := false
	for i, item := range array.Items() {
		ok := function.IsAbsent()
		if !ok {
			var err error
			if ok, err = c.accepts(function, item, i, array); err != nil {
				return value.Value{}, err
			}
		}
		if ok && found {
			err := failure("D3138", value.Value{})
			err.Index = i
			return value.Value{}, err
		}
		if ok {
			result, found = item, true
		}
	}
	if !found {
		return value.Value{}, failure("D3139", value.Value{})
	}
	return result, nil
}

func reduce(c Call) (value.Value, error) {
	array, function, result := c.Arg(0), c.Arg(1), c.Arg(2)
	if array.IsAbsent() {
		return value.Value{}, nil
	}
	f, ok := asFunction(function)
	if !ok || f.arity() < 2 {
		err := failure("D3050", value.Value{})
		err.Index = 1
		return value.Value{}, err
	}
	items := array.Items()
	first := 0
	if result.IsAbsent() && len(items) > 0 {
		result, first = items[0], 1
	}
	for i := first; i < len(items); i++ {
		args := [4]value.Value{result, items[i], value.Float(float64(i)), array}
		var err error
		if result, err = c.Invoke(function, args[:min(f.arity(), 4)]...); err != nil {
			return value.Value{}, err
		}
	}
	return result, nil
}
