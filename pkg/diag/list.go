package diag

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Sort orders findings by file, place and rule, so that output never depends on
// the order of work.
func Sort(findings []Diagnostic) {
	slices.SortStableFunc(findings, func(a, b Diagnostic) int {
		return cmp.Or(
			strings.Compare(fileName(a), fileName(b)),
			cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Span.End, b.Span.End),
			strings.Compare(a.Rule, b.Rule),
			strings.Compare(a.Message, b.Message),
		)
	})
}

// Dedupe returns sorted findings without those that say the same of the same
// place as the one before. It reuses the slice.
func Dedupe(findings []Diagnostic) []Diagnostic {
	return slices.CompactFunc(findings, func(a, b Diagnostic) bool {
		return fileName(a) == fileName(b) && a.Span == b.Span && a.Rule == b.Rule && a.Message == b.Message
	})
}

func fileName(d Diagnostic) string {
	if d.File == nil {
		return ""
	}
	return d.File.Name
}

// Counts is how many findings there are of each severity.
type Counts struct{ Errors, Warnings, Infos int }

// Count counts findings by severity; one without a severity counts as an info.
func Count(findings []Diagnostic) Counts {
	var c Counts
	for _, d := range findings {
		switch d.Severity {
		case Error:
			c.Errors++
		case Warning:
			c.Warnings++
		default:
			c.Infos++
		}
	}
	return c
}

// Worst returns the highest severity among findings, zero when there are none.
func Worst(findings []Diagnostic) Severity {
	var worst Severity
	for _, d := range findings {
		worst = max(worst, d.Severity)
	}
	return worst
}

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
