// Package value holds JSON values at run time: what a path selects, a task
// returns and an execution passes from state to state.
//
// A [Value] is immutable and cheap to copy (24 bytes); arrays and objects are
// shared, never cloned. Objects keep the order of their members, numbers keep
// the text they were written with until arithmetic touches them, and a parsed
// document keeps its raw text for as long as nothing transforms it, because
// Step Functions hands JSON text, not a tree, from one state to the next.
package value

import (
	"math"
	"strconv"
	"unsafe"
)

// Kind says what a [Value] is.
type Kind uint8

// The kinds of a value. The zero Value is absent: no value at all, which is
// what a path that selects nothing yields and what JSONata calls undefined.
const (
	KindAbsent Kind = iota
	KindNull
	KindBool
	KindNumber
	KindString
	KindArray
	KindObject
	KindExtension // a value of a host language without a JSON form, such as a JSONata function
)

// String names the kind as JSON does: "null", "boolean", "number", ...
func (k Kind) String() string {
	names := [...]string{"absent", "null", "boolean", "number", "string", "array", "object", "extension"}
	if int(k) < len(names) {
		return names[k]
	}
	return "kind(" + strconv.Itoa(int(k)) + ")"
}

// Value is one immutable JSON value. The zero Value is absent.
type Value struct {
	// ref points at the bytes of a string, at a numberText, an arrayNode, an
	// objectNode or an extensionNode, as kind says.
	ref  unsafe.Pointer
	bits uint64 // a float64, a bool, or the length of a string
	kind Kind
	tag  uint8
}

type numberText struct{ text string }

type arrayNode struct {
	items []Value
	raw   string
}

type extensionNode struct{ data any }

// Null is the JSON null.
func Null() Value { return Value{kind: KindNull} }

// Bool is a JSON boolean.
func Bool(b bool) Value {
	v := Value{kind: KindBool}
	if b {
		v.bits = 1
	}
	return v
}

// Float is a JSON number. NaN and infinities have no JSON form; they print as null.
func Float(f float64) Value { return Value{kind: KindNumber, bits: math.Float64bits(f)} }

// Int is a JSON number. Integers beyond 2^53 keep their exact text.
func Int(i int64) Value {
	if i > 1<<53 || i < -(1<<53) {
		return Number(strconv.FormatInt(i, 10))
	}
	return Float(float64(i))
}

// Number is a JSON number that keeps the text it was written with, which must
// be a valid JSON number; Number(text) prints as text.
func Number(text string) Value {
	f, _ := strconv.ParseFloat(text, 64)
	return numberFrom(text, f)
}

func numberFrom(text string, f float64) Value {
	v := Float(f)
	var buf [32]byte
	if string(AppendFloat(buf[:0], f)) != text {
		v.ref = unsafe.Pointer(&numberText{text})
	}
	return v
}

// String is a JSON string.
func String(s string) Value {
	return Value{kind: KindString, ref: unsafe.Pointer(unsafe.StringData(s)), bits: uint64(len(s))}
}

// Array is a JSON array. It takes over items, which must not change afterwards.
func Array(items ...Value) Value { return arrayWithRaw(items, "") }

func arrayWithRaw(items []Value, raw string) Value {
	return Value{kind: KindArray, ref: unsafe.Pointer(&arrayNode{items: items, raw: raw})}
}

// Extension wraps data that has no JSON form, such as a function.
func Extension(data any) Value {
	return Value{kind: KindExtension, ref: unsafe.Pointer(&extensionNode{data})}
}

// Kind says what v is.
func (v Value) Kind() Kind { return v.kind }

// IsAbsent reports whether v holds no value.
func (v Value) IsAbsent() bool { return v.kind == KindAbsent }

// IsNull reports whether v is the JSON null.
func (v Value) IsNull() bool { return v.kind == KindNull }

// Tag returns the mark an interpreter put on this copy of the value; see [Value.WithTag].
func (v Value) Tag() uint8 { return v.tag }

// WithTag returns a copy of v that carries a mark of an interpreter's own, such
// as "this array is a sequence". The mark is not part of the JSON value: it is
// neither compared nor printed, and the elements are shared.
func (v Value) WithTag(tag uint8) Value {
	v.tag = tag
	return v
}

// Bool returns the boolean; false when v is none.
func (v Value) Bool() bool { return v.kind == KindBool && v.bits == 1 }

// Float returns the number as an IEEE 754 double; 0 when v is not a number.
func (v Value) Float() float64 {
	if v.kind != KindNumber {
		return 0
	}
	return math.Float64frombits(v.bits)
}

// Int returns the number as an integer; false when v is not a number, has a
// fraction, or does not fit in an int64.
func (v Value) Int() (int64, bool) {
	if v.kind != KindNumber {
		return 0, false
	}
	if v.ref != nil {
		if i, err := strconv.ParseInt(v.NumberText(), 10, 64); err == nil {
			return i, true
		}
	}
	f := v.Float()
	if f != math.Trunc(f) || f >= 1<<63 || f < -(1<<63) {
		return 0, false
	}
	return int64(f), true
}

// NumberText returns the text of the number: as it was written when nothing
// computed it, else its shortest exact form; "" when v is not a number.
func (v Value) NumberText() string {
	if v.kind != KindNumber {
		return ""
	}
	if v.ref != nil {
		return (*numberText)(v.ref).text
	}
	return string(AppendFloat(nil, v.Float()))
}

// Str returns the content of a string, unquoted; "" when v is not a string.
func (v Value) Str() string {
	if v.kind != KindString {
		return ""
	}
	return unsafe.String((*byte)(v.ref), int(v.bits))
}

// Extension returns the data given to [Extension]; nil when v is none.
func (v Value) Extension() any {
	if v.kind != KindExtension {
		return nil
	}
	return (*extensionNode)(v.ref).data
}

func (v Value) array() *arrayNode { return (*arrayNode)(v.ref) }

func (v Value) object() *objectNode { return (*objectNode)(v.ref) }

// Items returns the elements of an array, nil for any other kind. The slice is
// shared and must not be changed.
func (v Value) Items() []Value {
	if v.kind != KindArray {
		return nil
	}
	return v.array().items
}

// Len returns the number of elements of an array or members of an object; 0
// for any other kind.
func (v Value) Len() int {
	switch v.kind {
	case KindArray:
		return len(v.array().items)
	case KindObject:
		return len(v.object().members)
	}
	return 0
}

// Index returns element i of an array; absent when there is none.
func (v Value) Index(i int) Value {
	if items := v.Items(); i >= 0 && i < len(items) {
		return items[i]
	}
	return Value{}
}

// Raw returns the text that an array or object was parsed from by [Parse],
// white space included; "" when the value was built or is part of another one.
func (v Value) Raw() string {
	switch v.kind {
	case KindArray:
		return v.array().raw
	case KindObject:
		return v.object().raw
	}
	return ""
}

// WithRaw returns v with raw as the text it prints as in [Value.Text]. The
// caller vouches that raw is a JSON text of the same value.
func (v Value) WithRaw(raw string) Value {
	var fresh Value
	switch v.kind {
	case KindArray:
		fresh = arrayWithRaw(v.array().items, raw)
	case KindObject:
		old := v.object()
		node := &objectNode{members: old.members, raw: raw}
		node.index.Store(old.index.Load())
		fresh = Value{kind: KindObject, ref: unsafe.Pointer(node)}
	default:
		return v
	}
	return fresh.WithTag(v.tag)
}
