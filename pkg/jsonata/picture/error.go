// Package picture formats and reads numbers and dates by picture strings, as
// XPath and XQuery Functions and Operators 3.1 defines them and JSONata adapts
// them.
package picture

// Error is a picture that cannot be used, with the code of JSONata for it.
type Error struct {
	Code string
	Text string // the part of the picture at fault, if the message shows one
}

// Error gives the code.
func (e *Error) Error() string { return "picture: " + e.Code + " " + e.Text }
