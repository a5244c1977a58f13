package value

import (
	"cmp"
	"strings"
	"unsafe"
)

// Equal reports whether a and b are the same JSON value: numbers by their
// numeric value, objects whatever the order of their members. Extensions are
// equal to themselves only.
func Equal(a, b Value) bool {
	if a.kind != b.kind {
		return false
	}
	switch a.kind {
	case KindBool:
		return a.bits == b.bits
	case KindNumber:
		return a.Float() == b.Float()
	case KindString:
		return a.Str() == b.Str()
	case KindArray:
		return a.ref == b.ref || equalItems(a.Items(), b.Items())
	case KindObject:
		return a.ref == b.ref || equalMembers(a, b)
	case KindExtension:
		return a.ref == b.ref
	}
	return true
}

func equalItems(a, b []Value) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

func equalMembers(a, b Value) bool {
	if a.Len() != b.Len() {
		return false
	}
	for _, member := range a.Members() {
		other := b.Get(member.Key)
		if other.IsAbsent() || !Equal(member.Value, other) {
			return false
		}
	}
	return true
}

// Compare orders two values of one kind, numbers by value and strings by
// their bytes; ok is false when the two have no order between them.
func Compare(a, b Value) (order int, ok bool) {
	switch {
	case a.kind != b.kind:
		return 0, false
	case a.kind == KindNumber:
		return cmp.Compare(a.Float(), b.Float()), true
	case a.kind == KindString:
		return strings.Compare(a.Str(), b.Str()), true
	}
	return 0, false
}

// Identical reports whether a and b are the very same value with the same mark:
// scalars by content, arrays, objects and extensions by identity, so that two
// arrays built apart differ even when their elements do not.
func Identical(a, b Value) bool {
	if a.kind != b.kind || a.tag != b.tag {
		return false
	}
	switch a.kind {
	case KindArray, KindObject, KindExtension:
		return a.ref == b.ref
	}
	return Equal(a, b)
}

// Identity is a key that two arrays, objects or extensions have in common only
// when they are the very same.
type Identity struct{ ref unsafe.Pointer }

// Identity returns the identity of an array, object or extension; for other
// kinds it has no meaning.
func (v Value) Identity() Identity { return Identity{v.ref} }
