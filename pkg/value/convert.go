package value

import (
	"fmt"
	"maps"
	"slices"
)

// FromAny returns the value of what encoding/json decodes into an any: nil, bool,
// float64, string, []any and map[string]any, and of Go's integers. The members
// of a map come in the order of their keys. The error names a type that has no
// JSON form.
func FromAny(data any) (Value, error) {
	switch data := data.(type) {
	case nil:
		return Null(), nil
	case bool:
		return Bool(data), nil
	case float64:
		return Float(data), nil
	case int:
		return Int(int64(data)), nil
	case int64:
		return Int(data), nil
	case string:
		return String(data), nil
	case []any:
		items := make([]Value, len(data))
		for i, item := range data {
			var err error
			if items[i], err = FromAny(item); err != nil {
				return Value{}, fmt.Errorf("[%d]: %w", i, err)
			}
		}
		return Array(items...), nil
	case map[string]any:
		members := make([]Member, 0, len(data))
		for _, key := range slices.Sorted(maps.Keys(data)) {
			member, err := FromAny(data[key])
			if err != nil {
				return Value{}, fmt.Errorf("%q: %w", key, err)
			}
			members = append(members, Member{key, member})
		}
		return Object(members...), nil
	}
	return Value{}, fmt.Errorf("a %T has no JSON form", data)
}

// ToAny returns what encoding/json would decode the value into: nil, bool,
// float64, string, []any or map[string]any. Absent values and extensions are nil.
func (v Value) ToAny() any {
	switch v.Kind() {
	case KindBool:
		return v.Bool()
	case KindNumber:
		return v.Float()
	case KindString:
		return v.Str()
	case KindArray:
		items := make([]any, v.Len())
		for i, item := range v.Items() {
			items[i] = item.ToAny()
		}
		return items
	case KindObject:
		members := make(map[string]any, v.Len())
		for _, member := range v.Members() {
			members[member.Key] = member.Value.ToAny()
		}
		return members
	}
	return nil
}
