// Package signature reads function signatures such as <s-:n> and checks
// arguments against them. Matching works on one letter per argument, the way
// the reference implementation does it with a regular expression, because users
// can see the difference: a missing first argument takes the context, and an
// argument that does not fit the first parameter may be taken for the second.
package signature

import "github.com/sfnctl/sfnctl/pkg/value"

// Kinds is a set of argument types.
type Kinds uint8

// The types an argument can have, by their letters.
const (
	Array    Kinds = 1 << iota // a
	String                     // s
	Number                     // n
	Boolean                    // b
	Null                       // l
	Function                   // f
	Object                     // o
	Missing                    // m: undefined

	json     = Array | String | Number | Boolean | Null | Object | Missing
	anything = json | Function
)

// KindOf returns the type of one argument.
func KindOf(v value.Value) Kinds {
	kinds := [...]Kinds{
		value.KindAbsent: Missing, value.KindNull: Null, value.KindBool: Boolean, value.KindNumber: Number,
		value.KindString: String, value.KindArray: Array, value.KindObject: Object, value.KindExtension: Function,
	}
	return kinds[v.Kind()]
}

func letterKind(letter byte) Kinds {
	switch letter {
	case 'a':
		return Array
	case 's':
		return String
	case 'n':
		return Number
	case 'b':
		return Boolean
	case 'l':
		return Null
	case 'f':
		return Function
	case 'o':
		return Object
	case 'm':
		return Missing
	}
	return 0
}

type parameter struct {
	letter   byte   // its type, '(' for a choice
	accepts  Kinds  // which arguments it takes
	subtype  string // what stands in the angle brackets of an array
	typed    bool   // there are angle brackets
	context  bool   // takes the context when it is missing
	optional bool
	repeated bool
}

// Signature is a parsed signature. It is immutable.
type Signature struct {
	parameters []parameter
}

// Len returns the number of parameters.
func (s *Signature) Len() int { return len(s.parameters) }

// Error is a signature that cannot be read, or arguments that do not match one.
type Error struct {
	Code     string // of the reference implementation: S0401, S0402, T0410, T0411, T0412
	Offset   int    // of a signature that cannot be read, in bytes
	Index    int    // the argument at fault, from 1
	Value    value.Value
	Expected string // the type of the elements that an array must have
}

// Error gives the code.
func (e *Error) Error() string { return e.Code }

// Parse reads a signature, its angle brackets included.
func Parse(text string) (*Signature, error) {
	s := &Signature{}
	for pos := 1; pos < len(text) && text[pos] != ':'; pos++ {
		next, err := s.parseSymbol(text, pos)
		if err != nil {
			return nil, err
		}
		pos = next
	}
	return s, nil
}

// parseSymbol reads the symbol at pos and returns the position of its last byte.
func (s *Signature) parseSymbol(text string, pos int) (int, error) {
	last := &parameter{}
	if n := len(s.parameters); n > 0 {
		last = &s.parameters[n-1]
	}
	switch letter := text[pos]; letter {
	case 's', 'n', 'b', 'l', 'o':
		s.add(parameter{letter: letter, accepts: letterKind(letter) | Missing})
	case 'a', 'x':
		s.add(parameter{letter: letter, accepts: anything})
	case 'j':
		s.add(parameter{letter: letter, accepts: json})
	case 'f':
		s.add(parameter{letter: letter, accepts: Function})
	case '-':
		last.context, last.optional = true, true
	case '?':
		last.optional = true
	case '+':
		last.repeated = true
	case '(':
		return s.parseChoice(text, pos)
	case '<':
		if last.letter != 'a' && last.letter != 'f' {
			return 0, &Error{Code: "S0401", Offset: pos, Value: value.String(string(last.letter))}
		}
		end := closing(text, pos, '<', '>')
		last.typed, last.subtype = true, text[pos+1:end]
		return end, nil
	}
	return pos, nil
}

func (s *Signature) add(p parameter) { s.parameters = append(s.parameters, p) }

func (s *Signature) parseChoice(text string, pos int) (int, error) {
	end := closing(text, pos, '(', ')')
	p := parameter{letter: '(', accepts: Missing}
	for i := pos + 1; i < end; i++ {
		if text[i] == '<' {
			return 0, &Error{Code: "S0402", Offset: pos, Value: value.String(text[pos+1 : end])}
		}
		p.accepts |= letterKind(text[i])
	}
	s.add(p)
	return end, nil
}

// closing returns the position of the bracket that closes the one at pos, or
// the end of the text.
func closing(text string, pos int, opens, closes byte) int {
	depth := 0
	for i := pos; i < len(text); i++ {
		switch text[i] {
		case opens:
			depth++
		case closes:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(text)
}
