package mockcheck

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// kindOf returns the JSON kind of a shape's values; wanted is false when any
// will do.
func kindOf(kind spec.ShapeKind) (want value.Kind, wanted bool) {
	switch kind {
	case spec.Structure, spec.MapOf:
		return value.KindObject, true
	case spec.List:
		return value.KindArray, true
	case spec.String, spec.Blob, spec.Timestamp:
		return value.KindString, true
	case spec.Boolean:
		return value.KindBool, true
	case spec.Integer, spec.Float:
		return value.KindNumber, true
	}
	return value.KindAbsent, false
}

func article(kind value.Kind) string {
	switch kind {
	case value.KindObject, value.KindArray:
		return "an " + kind.String()
	}
	return "a " + kind.String()
}

func contains(values []string, text string) bool { return slices.Contains(values, text) }

// escape writes a key as a part of a JSON pointer.
func escape(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}
