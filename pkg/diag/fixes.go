package diag

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// FixSelection collects fixes that can be made in one go: of each finding the
// first one that is accepted, as long as its edits do not meet those of an
// earlier one. A fix is taken whole or not at all; what is left out waits for
// another round.
type FixSelection struct {
	accept func(Fix) bool
	taken  map[string][]syntax.Edit // by the name of the file that the user edits
}

// NewFixSelection returns an empty selection of the fixes that accept agrees to.
func NewFixSelection(accept func(Fix) bool) *FixSelection {
	return &FixSelection{accept, map[string][]syntax.Edit{}}
}

// ProposedFix is a fix that can join a selection.
type ProposedFix struct {
	Fix
	File  *syntax.File  // that the user edits
	Outer []syntax.Edit // the edits in that file
}

// Propose returns the fix of a finding that can join the selection. In a
// definition that stands in another file, one whose place there is not exact is passed over.
func (s *FixSelection) Propose(finding *Diagnostic) (ProposedFix, bool) {
	for _, fix := range finding.Fixes {
		proposed, exact := locate(finding, fix)
		if exact && len(fix.Edits) > 0 && s.accept(fix) {
			return proposed, !s.meets(proposed)
		}
	}
	return ProposedFix{}, false
}

// locate finds the place of a fix in the file that the user edits.
func locate(finding *Diagnostic, fix Fix) (ProposedFix, bool) {
	proposed := ProposedFix{Fix: fix}
	proposed.File, _, _ = finding.File.Locate(finding.Span)
	for _, edit := range fix.Edits {
		_, span, exact := finding.File.Locate(edit.Span)
		if !exact {
			return proposed, false
		}
		proposed.Outer = append(proposed.Outer, syntax.Edit{Span: span, Text: edit.Text})
	}
	return proposed, true
}

func (s *FixSelection) meets(proposed ProposedFix) bool {
	for _, edit := range proposed.Outer {
		if slices.ContainsFunc(s.taken[proposed.File.Name], func(other syntax.Edit) bool { return syntax.Conflict(edit, other) }) {
			return true
		}
	}
	return false
}

// Take adds a fix that was proposed.
func (s *FixSelection) Take(proposed ProposedFix) {
	name := proposed.File.Name
	s.taken[name] = append(s.taken[name], proposed.Outer...)
}

// TakeAll takes what can be taken of the findings, in their order.
func (s *FixSelection) TakeAll(findings []Diagnostic) {
	for i := range findings {
		if proposed, ok := s.Propose(&findings[i]); ok {
			s.Take(proposed)
		}
	}
}

// Edits returns the edits taken in a file.
func (s *FixSelection) Edits(file *syntax.File) []syntax.Edit { return s.taken[file.Name] }
