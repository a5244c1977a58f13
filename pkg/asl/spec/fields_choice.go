package spec

// Operand says what the comparison operators of a Choice Rule compare with.
type Operand uint8

// The operands of comparison operators.
const (
	StringOperand Operand = iota
	NumberOperand
	BooleanOperand
	TimestampOperand
)

// Operator is a comparison operator of a Choice Rule.
type Operator struct {
	Name    string // without "Path"
	Operand Operand
	Path    bool // there is a ...Path variant, which compares with the value at a path
}

// Operators lists the comparison operators: 39 with their ...Path variants.
// Source: Amazon States Language, "Data-test expressions".
var Operators = []Operator{
	{"StringEquals", StringOperand, true},
	{"StringLessThan", StringOperand, true},
	{"StringGreaterThan", StringOperand, true},
	{"StringLessThanEquals", StringOperand, true},
	{"StringGreaterThanEquals", StringOperand, true},
	{"StringMatches", StringOperand, false},
	{"NumericEquals", NumberOperand, true},
	{"NumericLessThan", NumberOperand, true},
	{"NumericGreaterThan", NumberOperand, true},
	{"NumericLessThanEquals", NumberOperand, true},
	{"NumericGreaterThanEquals", NumberOperand, true},
	{"BooleanEquals", BooleanOperand, true},
	{"TimestampEquals", TimestampOperand, true},
	{"TimestampLessThan", TimestampOperand, true},
	{"TimestampGreaterThan", TimestampOperand, true},
	{"TimestampLessThanEquals", TimestampOperand, true},
	{"TimestampGreaterThanEquals", TimestampOperand, true},
	{"IsNull", BooleanOperand, false},
	{"IsPresent", BooleanOperand, false},
	{"IsNumeric", BooleanOperand, false},
	{"IsString", BooleanOperand, false},
	{"IsBoolean", BooleanOperand, false},
	{"IsTimestamp", BooleanOperand, false},
}

// FindOperator returns the operator that a definition spells name, and whether
// it is the ...Path variant; nil when there is none.
func FindOperator(name string) (operator *Operator, path bool) {
	for i := range Operators {
		operator := &Operators[i]
		if name == operator.Name {
			return operator, false
		}
		if operator.Path && len(name) == len(operator.Name)+len("Path") &&
			name[:len(operator.Name)] == operator.Name && name[len(operator.Name):] == "Path" {
			return operator, true
		}
	}
	return nil, false
}

// OperatorNames lists all 39 comparison operators.
func OperatorNames() []string {
	names := make([]string, 0, 2*len(Operators))
	for _, operator := range Operators {
		names = append(names, operator.Name)
		if operator.Path {
			names = append(names, operator.Name+"Path")
		}
	}
	return names
}

// ChoiceRule is the table of the top-level rules of a Choice without the
// comparison operators; NestedRule that of the rules in And, Or and Not.
// Source: Amazon States Language, "Choice state". The editor schema of AWS takes
// Assign in nested rules too, which the specification does not list.
var (
	ChoiceRule = Table{
		Name: "a Choice Rule",
		Fields: append([]Field{
			{Name: "Next", Kind: StateNameValue, Required: true},
			{Name: "Assign", Kind: ObjectValue},
			{Name: "Output", Kind: TemplateValue, Language: JSONataOnly, Expression: true},
			{Name: "Condition", Kind: BooleanValue, Language: JSONataOnly, Expression: true},
		}, selectors...),
	}
	NestedRule = Table{
		Name:   "a nested Choice Rule",
		Fields: append([]Field{{Name: "Assign", Kind: ObjectValue}}, selectors...),
	}
)

var selectors = []Field{
	{Name: "Comment", Kind: StringValue},
	{Name: "And", Kind: NonEmptyArrayValue, Language: JSONPathOnly},
	{Name: "Or", Kind: NonEmptyArrayValue, Language: JSONPathOnly},
	{Name: "Not", Kind: ObjectValue, Language: JSONPathOnly},
	{Name: "Variable", Kind: ReferencePathValue, Language: JSONPathOnly, Heads: AnyHead},
}

// Selectors are the fields that say what a Choice Rule tests; a rule has
// exactly one of them.
var Selectors = []string{"And", "Or", "Not", "Variable", "Condition"}
