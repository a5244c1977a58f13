package intrinsic

import (
	"math"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func array(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	return value.Array(args...), nil
}

// arrayPartition cuts the fraction off the size.
func arrayPartition(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	items := args[0].Items()
	size := int(math.Min(args[1].Float(), math.MaxInt32))
	chunks := make([]value.Value, 0, len(items)/size+1)
	for chunk := range slices.Chunk(items, size) {
		chunks = append(chunks, value.Array(chunk...))
	}
	return value.Array(chunks...), nil
}

// arrayContains compares texts, as the service does: true is the same as
// "true", and objects with their members in another order differ.
func arrayContains(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	wanted := plainText(args[1])
	for _, item := range args[0].Items() {
		if item.Kind() == value.KindNumber && args[1].Kind() == value.KindNumber {
			if item.Float() == args[1].Float() {
				return value.Bool(true), nil
			}
			continue
		}
		if plainText(item) == wanted {
			return value.Bool(true), nil
		}
	}
	return value.Bool(false), nil
}

// arrayRange cuts the fractions off its arguments; the end is included.
func arrayRange(e *evaluation, c *Call, args []value.Value) (value.Value, error) {
	start, end, step := math.Trunc(args[0].Float()), math.Trunc(args[1].Float()), math.Trunc(args[2].Float())
	count := math.Floor((end-start)/step) + 1
	if !(count <= maxRange) { // also when it is not a number
		return value.Value{}, e.invalid(c)
	}
	items := make([]value.Value, int(max(count, 0)))
	for i := range items {
		items[i] = value.Float(start + float64(i)*step)
	}
	return value.Array(items...), nil
}

// arrayGetItem cuts the fraction off the index. The service returns null for
// any index of an empty array, and fails past the end of any other.
func arrayGetItem(e *evaluation, c *Call, args []value.Value) (value.Value, error) {
	if args[0].Len() == 0 {
		return value.Null(), nil
	}
	index := args[1].Float()
	if index >= float64(args[0].Len()) {
		return value.Value{}, e.invalid(c)
	}
	return args[0].Index(int(index)), nil
}

func arrayLength(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	return value.Int(int64(args[0].Len())), nil
}

// arrayUnique keeps one of each value, in the order of a java.util.HashSet:
// [true,false] becomes [false,true]. 1 and 1.0 are an Integer and a Double, which
// differ in their hash codes.
func arrayUnique(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	var unique []value.Value
	seen := map[int32][]value.Value{}
	for _, item := range args[0].Items() {
		code := value.JavaHashCode(item)
		if !slices.ContainsFunc(seen[code], func(other value.Value) bool { return value.Equal(item, other) }) {
			seen[code] = append(seen[code], item)
			unique = append(unique, item)
		}
	}
	ordered := make([]value.Value, len(unique))
	for i, at := range value.JavaHashSetOrder(unique) {
		ordered[i] = unique[at]
	}
	return value.Array(ordered...), nil
}

// jsonMerge merges the members of two objects; those of the second win. The result is in the order of a java.util.HashMap.
func jsonMerge(_ *evaluation, _ *Call, args []value.Value) (value.Value, error) {
	merged := slices.Clone(args[0].Members())
	merged = value.Object(append(merged, args[1].Members()...)...).Members()
	keys := make([]string, len(merged))
	for i, member := range merged {
		keys[i] = member.Key
	}
	ordered := make([]value.Member, len(merged))
	for i, at := range value.JavaHashOrder(keys) {
		ordered[i] = merged[at]
	}
	return value.Object(ordered...), nil
}
