package diag

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// FixSelection is a set of fixes that can be made in one go.
type FixSelection struct {
	Edits   map[*syntax.File][]syntax.Edit
	Fixed   []Diagnostic // whose fix is in Edits
	Skipped int          // fixes left for another round: they meet one that is in Edits
}

// SelectFixes takes the first fix of each finding that accept agrees to, as
// long as its edits do not meet those of an earlier one. A fix is taken whole or
// not at all.
func SelectFixes(findings []Diagnostic, accept func(Fix) bool) FixSelection {
	selection := FixSelection{Edits: map[*syntax.File][]syntax.Edit{}}
	for _, d := range findings {
		i := slices.IndexFunc(d.Fixes, accept)
		if i < 0 || len(d.Fixes[i].Edits) == 0 {
			continue
		}
		taken := selection.Edits[d.File]
		if meets(taken, d.Fixes[i].Edits) {
			selection.Skipped++
			continue
		}
		selection.Edits[d.File] = append(taken, d.Fixes[i].Edits...)
		selection.Fixed = append(selection.Fixed, d)
	}
	return selection
}

func meets(taken, edits []syntax.Edit) bool {
	for _, edit := range edits {
		if slices.ContainsFunc(taken, func(other syntax.Edit) bool { return syntax.Conflict(edit, other) }) {
			return true
		}
	}
	return false
}
