package jsonata

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func arrayFunctions() []Function {
	return []Function{
		{"append", "<xx:a>", appendFunction},
		{"sort", "<af?:a>", sortFunction},
		{"reverse", "<a:a>", reverse},
		{"shuffle", "<a:a>", shuffle},
		{"distinct", "<x:x>", distinct},
		{"zip", "<a+>", zip},
	}
}

func appendFunction(c Call) (value.Value, error) {
	return c.machine.appendValues(c.Arg(0), c.Arg(1))
}

// newArray makes a plain array of items that a function computed.
func (c Call) newArray(items []value.Value) (value.Value, error) {
	return value.Array(items...), c.machine.allocateItems(len(items))
}

func sortFunction(c Call) (value.Value, error) {
	array, comparator := c.Arg(0), c.Arg(1)
	items := array.Items()
	if len(items) <= 1 {
		return array, nil
	}
	if err := c.machine.allocateItems(len(items)); err != nil {
		return value.Value{}, err
	}
	if err := c.Spend(2 * len(items)); err != nil {
		return value.Value{}, err
	}
	if !comparator.IsAbsent() {
		sorted, err := mergeSort(items, func(a, b value.Value) (bool, error) {
			v, err := c.Invoke(comparator, a, b)
			if err != nil {
				return false, err
			}
			return isTrueInScript(collapse(v)), nil
		})
		return value.Array(sorted...), err
	}
	return c.sortPlainly(items)
}

// isTrueInScript is the truth of JavaScript, which the reference asks of the
// result of a comparator: arrays and objects are true.
func isTrueInScript(v value.Value) bool {
	switch v.Kind() {
	case value.KindAbsent, value.KindNull:
		return false
	case value.KindArray, value.KindObject, value.KindExtension:
		return true
	}
	ok, _ := truthy(v)
	return ok
}

// sortPlainly sorts numbers or strings.
func (c Call) sortPlainly(items []value.Value) (value.Value, error) {
	kind := items[0].Kind()
	for _, item := range items {
		if item.Kind() != kind || kind != value.KindNumber && kind != value.KindString {
			err := failure("D3070", value.Value{})
			err.Index = 1
			return value.Value{}, err
		}
		if _, err := isNumeric(item); err != nil {
			return value.Value{}, err
		}
	}
	sorted := slices.Clone(items)
	if kind == value.KindNumber {
		slices.SortStableFunc(sorted, func(a, b value.Value) int { return count(a.Float() > b.Float()) - count(a.Float() < b.Float()) })
	} else {
		slices.SortStableFunc(sorted, func(a, b value.Value) int { return compareStrings(a.Str(), b.Str()) })
	}
	return value.Array(sorted...), nil
}

func reverse(c Call) (value.Value, error) {
	array := c.Arg(0)
	if array.Len() <= 1 {
		return array, nil
	}
	items := slices.Clone(array.Items())
	slices.Reverse(items)
	return c.newArray(items)
}

func shuffle(c Call) (value.Value, error) {
	array := c.Arg(0)
	if array.Len() <= 1 {
		return array, nil
	}
	items := slices.Clone(array.Items())
	for i := len(items) - 1; i > 0; i-- {
		j := int(c.machine.randomFloat() * float64(i+1))
		items[i], items[j] = items[j], items[i]
	}
	return c.newArray(items)
}

// distinct keeps the first of equal items. Scalars are compared through a set.
func distinct(c Call) (value.Value, error) {
	array := c.Arg(0)
	if array.Kind() != value.KindArray || array.Len() <= 1 {
		return array, nil
	}
	var kept, containers []value.Value
	seen := map[any]bool{}
	for _, item := range array.Items() {
		known := false
		if key := scalarKey(item); key != nil {
			known = seen[key]
			seen[key] = true
		} else {
			var err error
			if known, err = c.contains(containers, item); err != nil {
				return value.Value{}, err
			}
			if !known {
				containers = append(containers, item)
			}
		}
		if known {
			continue
		}
		var err error
		if kept, err = c.machine.add(kept, item); err != nil {
			return value.Value{}, err
		}
	}
	return value.Array(kept...).WithTag(array.Tag() & tagSequence), nil
}

// scalarKey returns a key that equal scalars share; nil for what is compared deeply.
func scalarKey(v value.Value) any {
	switch v.Kind() {
	case value.KindString:
		return v.Str()
	case value.KindNumber:
		return v.Float()
	case value.KindBool:
		return v.Bool()
	case value.KindNull, value.KindAbsent:
		return v.Kind()
	}
	return nil
}

func (c Call) contains(items []value.Value, wanted value.Value) (bool, error) {
	for _, item := range items {
		if ok, err := c.machine.equal(item, wanted, 0); ok || err != nil {
			return ok, err
		}
	}
	return false, c.Spend(len(items)/8 + 1)
}

// zip makes arrays of the first items, the second ones and so on.
func zip(c Call) (value.Value, error) {
	shortest := c.Arg(0).Len()
	for _, arg := range c.Args {
		shortest = min(shortest, arg.Len())
	}
	if err := c.machine.allocateItems(shortest * (len(c.Args) + 2)); err != nil {
		return value.Value{}, err
	}
	rows := make([]value.Value, shortest)
	for i := range rows {
		row := make([]value.Value, len(c.Args))
		for j, arg := range c.Args {
			row[j] = arg.Index(i)
			c.machine.nested = c.machine.nested || row[j].Tag() != 0
		}
		rows[i] = value.Array(row...)
	}
	return value.Array(rows...), c.Spend(shortest)
}
