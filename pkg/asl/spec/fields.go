package spec

import "slices"

// Kind says which JSON value a field takes. In a JSONata state a field with
// Expression set takes a {% %} string as well, whatever its kind.
type Kind uint8

// The kinds of values of fields.
const (
	AnyValue           Kind = iota // any JSON, taken as it stands
	StringValue                    // a constant string
	StateNameValue                 // a string that names a state of the same States object
	EnumValue                      // one of Field.Values
	TimestampValue                 // an RFC 3339 timestamp
	BooleanValue                   // true or false
	IntegerValue                   // a whole number between Min and Max
	NumberValue                    // a number between Min and Max
	ObjectValue                    // an object with a table of its own, or one that its decoder reads
	ArrayValue                     // a list
	NonEmptyArrayValue             // a list with at least one element
	PathValue                      // a JSONPath expression
	ReferencePathValue             // a path that names exactly one place
	PathOrCallValue                // a Reference Path or an intrinsic that gives a string
	TemplateValue                  // JSONPath: a Payload Template; JSONata: any JSON with {% %} strings in it
)

// Language says in which query language a field is supported.
type Language uint8

// The languages of a field.
const (
	Both Language = iota
	JSONPathOnly
	JSONataOnly
)

// Types is a set of state types.
type Types uint16

// The state types, and the sets that tables use often.
const (
	Task Types = 1 << iota
	Pass
	Choice
	Wait
	Succeed
	Fail
	Parallel
	Map

	All     = Task | Pass | Choice | Wait | Succeed | Fail | Parallel | Map
	Working = Task | Parallel | Map     // states that can fail: Retry, Catch, a result
	Moving  = Working | Pass | Wait     // states with Next or End
	Piping  = Moving | Choice | Succeed // states that pass data on: all but Fail
)

// Names returns the names of the types in the set, in the order in which the
// service lists them.
func (t Types) Names() []string {
	var names []string
	for i, name := range typeNames {
		if t&typeOrder[i] != 0 {
			names = append(names, name)
		}
	}
	return names
}

var (
	typeNames = []string{"Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map"}
	typeOrder = []Types{Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map}
)

// TypeByName returns the state type that definitions spell name; 0 when there
// is none. The case counts.
func TypeByName(name string) Types {
	if i := slices.Index(typeNames, name); i >= 0 {
		return typeOrder[i]
	}
	return 0
}

// Heads says which roots a path may have besides "$".
type Heads uint8

// The roots of paths.
const (
	Context  Heads = 1 << iota // $$, the context object
	Variable                   // $name, a workflow variable
	AnyHead  = Context | Variable
)

// Field is one field of an object in a definition.
type Field struct {
	Name       string
	Kind       Kind
	Types      Types    // states: the types that have it; 0 elsewhere
	Language   Language // in which query language it is supported
	Required   bool     // states: required by every type in Types
	Expression bool     // a JSONata state may compute it with {% %}
	Nullable   bool     // null is a value of its own
	Min, Max   float64  // IntegerValue and NumberValue: the range; Max 0 is none
	Values     []string // EnumValue: the accepted values
	Heads      Heads    // PathValue and ReferencePathValue: roots besides "$"
}

// Group is a set of fields of which at most one, or exactly one, may be there.
type Group struct {
	Fields   []string
	Types    Types // states: the types it holds for; 0 is all
	Required bool  // one of them must be there
	// Either says that the service words a missing one as "This object should
	// have only one of the following fields".
	Either bool
}

// Table is the list of fields of one kind of object.
type Table struct {
	Name   string // as messages name it, with its article: "a Retrier"
	Fields []Field
	Groups []Group
}

// Find returns the field named name, nil when the table has none.
func (t *Table) Find(name string) *Field {
	for i := range t.Fields {
		if t.Fields[i].Name == name {
			return &t.Fields[i]
		}
	}
	return nil
}

// Limits that tables and decoders share. Sources: Developer Guide "Step
// Functions service quotas" and the specification.
const (
	MaxSeconds          = 99_999_999 // any number of seconds, and MaxAttempts
	MaxDelaySeconds     = 31_622_400 // Retrier.MaxDelaySeconds
	MaxItems            = 100_000_000
	MaxBatchBytes       = 262_144
	MaxStateName        = 80 // Unicode characters
	MaxVariableName     = 80
	MaxLabel            = 40
	MaxDefinition       = 1_048_576 // characters
	MaxItemsPointer     = 2000
	MaxCSVHeaderBytes   = 10 * 1024
	LabelForbiddenRunes = "?*<>{}[]:;,\\|^~$#%&`\""
)
