// Package jsonpath is the JSONPath dialect of AWS Step Functions: Paths and
// Reference Paths, parsed with the place of every step and evaluated on
// [value.Value].
//
// The service uses the Java library Jayway JsonPath, in a version without path
// functions: "$.list.length()" parses and then finds no member of that name.
// What a path means, and the text of its failure, follows that library.
package jsonpath

import (
	"strconv"
	"strings"
)

// Root says what a path starts from.
type Root uint8

// The roots of a path.
const (
	RootInput    Root = iota // $: the state's data
	RootContext              // $$: the Context object
	RootVariable             // $name: a workflow variable
	RootItem                 // @: the element a filter looks at; inside filters only
)

// Path is a parsed path. It is immutable and safe for concurrent use.
type Path struct {
	Text     string // as written
	Root     Root
	Variable string // without $; of RootVariable
	Steps    []Step

	definite bool
}

// StepKind says what a [Step] selects.
type StepKind uint8

// The kinds of steps.
const (
	StepMember   StepKind = iota // .name or ['name']
	StepIndex                    // [3]; [-1] parses, but the service finds nothing
	StepFromEnd                  // [(@.length-1)]
	StepWildcard                 // .* or [*]
	StepDeepScan                 // ..: the next step applies to every node below
	StepSlice                    // [1:3]
	StepNames                    // ['a','b']
	StepIndexes                  // [0,2]
	StepFilter                   // [?(...)]
	StepFunction                 // .length(): parses, but the service finds nothing
)

// Step is one step of a path.
type Step struct {
	Kind       StepKind
	Start, End int      // byte offsets in the text that was parsed
	Name       string   // StepMember; StepFunction: without the parentheses
	Arguments  string   // StepFunction: what stands between the parentheses
	Index      int      // StepIndex; StepFromEnd: what is taken from the length
	Names      []string // StepNames
	Indexes    []int    // StepIndexes
	Slice      Slice    // StepSlice
	Filter     *Filter  // StepFilter

	key      string // the member looked up: Name, or name and parentheses of a function
	operator int    // offset of the first character that a Reference Path must escape, or -1
	symbol   byte   // that character
}

// Slice is the range of a [StepSlice]; a nil end is open. The service reads a
// third number, the step of other dialects, and ignores it.
type Slice struct {
	From, To *int
	Stride   *int
}

// IsDefinite reports whether the path selects exactly one node or fails. Any
// other path yields an array.
func (p *Path) IsDefinite() bool { return p.definite }

// Function returns the first step that is written as a function call. The
// service accepts such a path and fails when it evaluates it.
func (p *Path) Function() (Step, bool) {
	for _, step := range p.Steps {
		if step.Kind == StepFunction {
			return step, true
		}
	}
	return Step{}, false
}

// FromBehind returns the first step with a negative index. The service accepts
// such a path and finds no element: only slices and (@.length-1) count from the end.
func (p *Path) FromBehind() (Step, bool) {
	for _, step := range p.Steps {
		if step.Kind == StepIndex && step.Index < 0 {
			return step, true
		}
	}
	return Step{}, false
}

// Walk calls visit for p and for every path inside its filters.
func (p *Path) Walk(visit func(*Path)) {
	visit(p)
	for _, step := range p.Steps {
		if step.Filter != nil {
			walkExpression(step.Filter.Expression, visit)
		}
	}
}

// String returns the path in the normal form that the service prints:
// $['a'][0]. The root keeps its spelling: $, $$, $name or @.
func (p *Path) String() string {
	return p.rootText() + stepsText(p.Steps)
}

func (p *Path) rootText() string {
	switch p.Root {
	case RootContext:
		return "$$"
	case RootVariable:
		return "$" + p.Variable
	case RootItem:
		return "@"
	}
	return "$"
}

func stepsText(steps []Step) string {
	var b strings.Builder
	for i := range steps {
		b.WriteString(steps[i].text())
	}
	return b.String()
}

func (s *Step) text() string {
	switch s.Kind {
	case StepMember, StepFunction:
		return "['" + s.key + "']"
	case StepIndex:
		return "[" + strconv.Itoa(s.Index) + "]"
	case StepFromEnd:
		return "[(@.length-" + strconv.Itoa(s.Index) + ")]"
	case StepWildcard:
		return "[*]"
	case StepDeepScan:
		return ".."
	case StepSlice:
		return "[" + boundText(s.Slice.From) + ":" + boundText(s.Slice.To) + "]"
	case StepNames:
		return "['" + strings.Join(s.Names, "', '") + "']"
	case StepIndexes:
		return "[" + joinInts(s.Indexes) + "]"
	}
	return "[?" + s.Filter.Text + "]"
}

func boundText(bound *int) string {
	if bound == nil {
		return ""
	}
	return strconv.Itoa(*bound)
}

func joinInts(numbers []int) string {
	texts := make([]string, len(numbers))
	for i, n := range numbers {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ",")
}

// isDefinite follows Jayway: names that end a path are merged into one object.
func isDefinite(steps []Step) bool {
	for i := range steps {
		switch steps[i].Kind {
		case StepMember, StepIndex, StepFromEnd, StepFunction:
		case StepNames:
			if i != len(steps)-1 {
				return false
			}
		default:
			return false
		}
	}
	return true
}
