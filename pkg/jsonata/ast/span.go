// Package ast is the syntax tree of a JSONata expression, as the parser leaves
// it: location paths are flattened into steps, predicates and groupings are
// attached to what they apply to, and parent operators know the step they name.
// It knows nothing of evaluation.
package ast

// Span is a range of bytes in the text of an expression: Start is the first
// byte, End the one after the last.
type Span struct {
	Start, End int
}

// Of returns the text that the span covers; "" when it lies outside text.
func (s Span) Of(text string) string {
	if s.Start < 0 || s.End > len(text) || s.Start > s.End {
		return ""
	}
	return text[s.Start:s.End]
}

// To returns the span from the start of s to the end of other.
func (s Span) To(other Span) Span { return Span{s.Start, other.End} }

// Range returns the span itself; node types embed Span and so satisfy [Node].
func (s Span) Range() Span { return s }
