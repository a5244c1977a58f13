package timeline

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// maxNamed is how many members a change names.
const maxNamed = 6

// Change tells which members a state added to, changed in and took from its
// data: "+meta ~total -items"; "" when nothing changed.
func Change(input, output value.Value) string {
	if value.Equal(input, output) {
		return ""
	}
	if input.Kind() != value.KindObject || output.Kind() != value.KindObject {
		return "new data"
	}
	var parts []string
	kept := 0
	for _, member := range output.Members() {
		old := input.Get(member.Key)
		switch {
		case old.IsAbsent():
			parts = append(parts, "+"+member.Key)
		case !value.Equal(old, member.Value):
			parts = append(parts, "~"+member.Key)
			kept++
		default:
			kept++
		}
	}
	if kept == 0 && input.Len() > 0 {
		return "new data"
	}
	for _, member := range input.Members() {
		if !output.Has(member.Key) {
			parts = append(parts, "-"+member.Key)
		}
	}
	if len(parts) > maxNamed {
		parts = append(parts[:maxNamed], "…")
	}
	return strings.Join(parts, " ")
}
