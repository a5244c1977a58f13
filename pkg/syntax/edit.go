package syntax

// Edit replaces the text of a span by another.
type Edit struct {
	Span Span
	Text string
}
