package intrinsic

import "github.com/sfnctl/sfnctl/pkg/value"

// Function describes an intrinsic function.
type Function struct {
	Name          string // with "States."
	MinArgs       int
	MaxArgs       int  // -1: any number
	ReturnsString bool // such a function may stand in ErrorPath and CausePath

	parameters []parameter // the last one repeats when there are more arguments
	evaluate   func(*evaluation, *Call, []value.Value) (value.Value, error)
}

// parameter says what an argument must be. Both are checked before the
// function runs, and on literals before anything runs.
type parameter struct {
	name  string
	kind  value.Kind               // KindAbsent: any
	check func(value.Value) string // what is wrong with a value of that kind; "" when nothing
}

var (
	anyValue  = parameter{name: "value"}
	anArray   = parameter{name: "array", kind: value.KindArray}
	anObject  = parameter{name: "object", kind: value.KindObject}
	aString   = parameter{name: "string", kind: value.KindString}
	aNumber   = parameter{name: "number", kind: value.KindNumber}
	anInteger = parameter{name: "number", kind: value.KindNumber, check: checkInt32}
)

// functions lists every intrinsic function of the service.
var functions = [...]Function{
	{Name: "States.Format", MinArgs: 1, MaxArgs: -1, ReturnsString: true,
		parameters: []parameter{{name: "template", kind: value.KindString}, anyValue}, evaluate: format},
	{Name: "States.StringToJson", MinArgs: 1, MaxArgs: 1,
		parameters: []parameter{aString}, evaluate: stringToJSON},
	{Name: "States.JsonToString", MinArgs: 1, MaxArgs: 1, ReturnsString: true,
		parameters: []parameter{anyValue}, evaluate: jsonToString},
	{Name: "States.Array", MinArgs: 0, MaxArgs: -1,
		parameters: []parameter{anyValue}, evaluate: array},
	{Name: "States.ArrayPartition", MinArgs: 2, MaxArgs: 2,
		parameters: []parameter{anArray, {name: "chunk size", kind: value.KindNumber, check: checkChunkSize}}, evaluate: arrayPartition},
	{Name: "States.ArrayContains", MinArgs: 2, MaxArgs: 2,
		parameters: []parameter{anArray, anyValue}, evaluate: arrayContains},
	{Name: "States.ArrayRange", MinArgs: 3, MaxArgs: 3,
		parameters: []parameter{aNumber, aNumber, {name: "step", kind: value.KindNumber, check: checkStep}}, evaluate: arrayRange},
	{Name: "States.ArrayGetItem", MinArgs: 2, MaxArgs: 2, ReturnsString: true,
		parameters: []parameter{anArray, {name: "index", kind: value.KindNumber, check: checkIndex}}, evaluate: arrayGetItem},
	{Name: "States.ArrayLength", MinArgs: 1, MaxArgs: 1,
		parameters: []parameter{anArray}, evaluate: arrayLength},
	{Name: "States.ArrayUnique", MinArgs: 1, MaxArgs: 1,
		parameters: []parameter{anArray}, evaluate: arrayUnique},
	{Name: "States.Base64Encode", MinArgs: 1, MaxArgs: 1, ReturnsString: true,
		parameters: []parameter{{name: "string", kind: value.KindString, check: checkLength}}, evaluate: base64Encode},
	{Name: "States.Base64Decode", MinArgs: 1, MaxArgs: 1, ReturnsString: true,
		parameters: []parameter{{name: "string", kind: value.KindString, check: checkLength}}, evaluate: base64Decode},
	{Name: "States.Hash", MinArgs: 2, MaxArgs: 2, ReturnsString: true,
		parameters: []parameter{{name: "data", check: checkLength}, {name: "algorithm", kind: value.KindString, check: checkAlgorithm}}, evaluate: hash},
	{Name: "States.JsonMerge", MinArgs: 3, MaxArgs: 3,
		parameters: []parameter{anObject, anObject, {name: "deep merge flag", check: checkShallow}}, evaluate: jsonMerge},
	{Name: "States.MathRandom", MinArgs: 2, MaxArgs: 3,
		parameters: []parameter{anInteger, anInteger, {name: "seed", kind: value.KindNumber}}, evaluate: mathRandom},
	{Name: "States.MathAdd", MinArgs: 2, MaxArgs: 2,
		parameters: []parameter{anInteger, anInteger}, evaluate: mathAdd},
	{Name: "States.StringSplit", MinArgs: 2, MaxArgs: 2,
		parameters: []parameter{aString, {name: "delimiters", kind: value.KindString}}, evaluate: stringSplit},
	{Name: "States.UUID", MinArgs: 0, MaxArgs: 0, ReturnsString: true, evaluate: uuid},
}

// parameter returns the parameter that argument i is for.
func (f *Function) parameter(i int) parameter {
	if len(f.parameters) == 0 {
		return anyValue
	}
	return f.parameters[min(i, len(f.parameters)-1)]
}

// accepts says what is wrong with v as an argument; "" when nothing is.
func (p *parameter) accepts(v value.Value) string {
	if p.kind != value.KindAbsent && v.Kind() != p.kind {
		return "the " + p.name + " must be " + withArticle(p.kind) + ", not " + withArticle(v.Kind())
	}
	if p.check != nil {
		return p.check(v)
	}
	return ""
}

func withArticle(kind value.Kind) string {
	switch kind {
	case value.KindNull:
		return "null"
	case value.KindArray, value.KindObject:
		return "an " + kind.String()
	}
	return "a " + kind.String()
}

// ArgumentKind returns the kind that argument i must have; KindAbsent for any.
func (f *Function) ArgumentKind(i int) value.Kind {
	parameter := f.parameter(i)
	return parameter.kind
}
