// Package fault is what can go wrong with a JSONata expression: one error type
// for parsing and evaluation, with the reference implementation's codes and
// messages.
package fault

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Limit says which limit of an evaluation an [Error] is about.
type Limit uint8

// The limits of an evaluation.
const (
	NoLimit     Limit = iota // an error in the expression or its data
	LimitDepth               // nested too deeply
	LimitTime                // too much work
	LimitMemory              // a value, or all of them together, too large
)

// Error is a failed parse or evaluation.
type Error struct {
	Code     string      // such as "S0202" or "T2001"; "U1001" for a limit
	Message  string      // the reference text with the values filled in, without the code
	Position int         // the byte offset after the token, which is how the reference counts
	Span     ast.Span    // the token or expression at fault
	Token    string      // the operator, function or text at fault
	Literal  value.Value // the token when it is a number, boolean or null
	Value    value.Value // the value at fault, absent when there is none
	Value2   value.Value // the other one of two values that do not go together
	Index    int         // the number of the argument at fault, from 1; 0 when there is none
	Expected string      // what the message calls for: an argument's type, a missing token
	Limit    Limit       // which limit was passed; NoLimit for every other error
}

// Error gives the code and the message, as Step Functions prints them.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// New returns an error at span. Its message is filled in by [Error.Complete].
func New(code string, span ast.Span) *Error {
	return &Error{Code: code, Span: span, Position: span.End}
}

// At sets the place and the token of an error that has none yet.
func (e *Error) At(span ast.Span, token string) *Error {
	if e.Span == (ast.Span{}) {
		e.Span = span
		e.Position = span.End
	}
	if e.Token == "" {
		e.Token = token
	}
	return e
}

// Complete fills in the message from the code and the other fields, unless
// there is one already.
func (e *Error) Complete() *Error {
	if e.Message == "" {
		e.Message = e.fill(messages[e.Code])
	}
	return e
}

// fill replaces {{field}} by the JSON text of the field and {{{field}}} by its
// plain text.
func (e *Error) fill(template string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, _ := strings.Cut(rest, "}}")
		template = after
		if plain, ok := strings.CutPrefix(name, "{"); ok {
			out.WriteString(e.field(plain).Str())
			template = strings.TrimPrefix(template, "}")
			continue
		}
		out.WriteString(clip(e.field(name)))
	}
}

func (e *Error) field(name string) value.Value {
	switch name {
	case "token":
		if !e.Literal.IsAbsent() {
			return e.Literal
		}
		if e.Token != "" {
			return value.String(e.Token)
		}
	case "value":
		if e.Value.IsAbsent() && e.Expected != "" {
			return value.String(e.Expected)
		}
		return e.Value
	case "value2":
		return e.Value2
	case "index":
		return value.Int(int64(e.Index))
	case "type":
		return value.String(e.Expected)
	case "exp":
		return e.Value2
	case "functionName":
		return value.String(e.Token)
	}
	return value.Value{}
}

// longestText is how many bytes of a value a message shows.
const longestText = 2000

// clip returns the JSON text of v as a message shows it: "undefined" for no
// value, and not more than a screenful.
func clip(v value.Value) string {
	if v.IsAbsent() {
		return "undefined"
	}
	text := string(appendClipped(nil, v, 0))
	if len(text) > longestText {
		text = strings.ToValidUTF8(text[:longestText], "") + "..."
	}
	return text
}

func appendClipped(dst []byte, v value.Value, depth int) []byte {
	if len(dst) > longestText || depth > 100 {
		return dst
	}
	switch v.Kind() {
	case value.KindArray:
		dst = append(dst, '[')
		for i, item := range v.Items() {
			if len(dst) > longestText {
				break
			}
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendClipped(dst, item, depth+1)
		}
		return append(dst, ']')
	case value.KindObject:
		dst = append(dst, '{')
		for i, member := range v.Members() {
			if len(dst) > longestText {
				break
			}
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(value.AppendQuoted(dst, member.Key), ':')
			dst = appendClipped(dst, member.Value, depth+1)
		}
		return append(dst, '}')
	case value.KindExtension:
		return append(dst, `""`...)
	case value.KindString:
		return value.AppendQuoted(dst, v.Str()[:min(len(v.Str()), longestText)])
	}
	return v.Append(dst)
}
