package jsonpath

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// compares evaluates a comparison operator as the library does. Values without
// an order between them never satisfy one, not even !=.
func compares(operator Operator, left, right value.Value) bool {
	if operator != Equal && operator != NotEqual && left.IsNull() != right.IsNull() {
		return false
	}
	order, ok := order(left, right)
	if !ok {
		return false
	}
	switch operator {
	case Equal:
		return order == 0
	case NotEqual:
		return order != 0
	case Less:
		return order < 0
	case LessOrEqual:
		return order <= 0
	case Greater:
		return order > 0
	}
	return order >= 0
}

// order compares two values. Strings are compared with numbers by their number
// and with booleans by their truth; every literal of a filter is a string.
func order(a, b value.Value) (int, bool) {
	switch aNull, bNull := isNullish(a), isNullish(b); {
	case aNull && bNull:
		return 0, true
	case aNull:
		return -1, true
	case bNull:
		return 1, true
	}
	switch {
	case a.Kind() == value.KindString && b.Kind() == value.KindString:
		return value.CompareUTF16(a.Str(), b.Str()), true
	case a.Kind() == value.KindNumber && b.Kind() == value.KindNumber:
		return cmp.Compare(a.Float(), b.Float()), true
	case a.Kind() == value.KindString && b.Kind() == value.KindNumber:
		return compareText(a.Str(), b.Float())
	case a.Kind() == value.KindNumber && b.Kind() == value.KindString:
		opposite, ok := compareText(b.Str(), a.Float())
		return -opposite, ok
	case a.Kind() == value.KindString && b.Kind() == value.KindBool:
		return compareBool(strings.EqualFold(a.Str(), "true"), b.Bool()), true
	case a.Kind() == value.KindBool && b.Kind() == value.KindString:
		return compareBool(a.Bool(), strings.EqualFold(b.Str(), "true")), true
	case a.Kind() == value.KindBool && b.Kind() == value.KindBool:
		return compareBool(a.Bool(), b.Bool()), true
	case a.Kind() == b.Kind():
		return equality(a, b), true
	}
	return 0, false
}

// isNullish: to the library the string "null" is null.
func isNullish(v value.Value) bool {
	return v.IsNull() || v.Kind() == value.KindString && v.Str() == "null"
}

func compareText(text string, number float64) (int, bool) {
	if strings.ContainsAny(text, "xX_iIpP") { // forms of Go that Java's BigDecimal refuses
		return 0, false
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0, false
	}
	return cmp.Compare(f, number), true
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// equality orders arrays and objects just enough to tell equal from different.
func equality(a, b value.Value) int {
	if value.Equal(a, b) {
		return 0
	}
	return 1
}
