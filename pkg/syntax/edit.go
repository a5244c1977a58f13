package syntax

import (
	"fmt"
	"slices"
)

// Edit replaces the text of a span by another.
type Edit struct {
	Span Span
	Text string
}

// Apply returns src with all edits made. Their order does not matter, and an
// edit that is given twice is made once. It is an error when two overlap, when
// two different ones insert at the same place, or when one lies outside of src.
func Apply(src []byte, edits []Edit) ([]byte, error) {
	ordered := slices.Clone(edits)
	slices.SortStableFunc(ordered, compareEdits)
	ordered = slices.Compact(ordered)
	size := len(src)
	for i, e := range ordered {
		if e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > len(src) {
			return nil, fmt.Errorf("edit of bytes %d to %d lies outside of the text of %d bytes", e.Span.Start, e.Span.End, len(src))
		}
		if i > 0 && Conflict(ordered[i-1], e) {
			return nil, fmt.Errorf("two edits meet at byte %d", e.Span.Start)
		}
		size += len(e.Text) - e.Span.Len()
	}
	result := make([]byte, 0, size)
	done := 0
	for _, e := range ordered {
		result = append(result, src[done:e.Span.Start]...)
		result = append(result, e.Text...)
		done = e.Span.End
	}
	return append(result, src[done:]...), nil
}

func compareEdits(a, b Edit) int {
	if a.Span.Start != b.Span.Start {
		return a.Span.Start - b.Span.Start
	}
	return a.Span.End - b.Span.End
}

// Conflict reports whether a and b cannot both be made: they overlap, or insert
// at the same place.
func Conflict(a, b Edit) bool {
	if a == b {
		return false
	}
	if a.Span.Start > b.Span.Start {
		a, b = b, a
	}
	return b.Span.Start < a.Span.End || a.Span.Start == b.Span.Start
}
