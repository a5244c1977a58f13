package spec

// Retrier is the table of one element of Retry. Source: Amazon States Language,
// "Retrying after error"; ranges from the Developer Guide, "Handling errors in
// Step Functions workflows". The service takes an IntervalSeconds of 0, although
// both texts ask for a positive one.
var Retrier = Table{
	Name: "a Retrier",
	Fields: []Field{
		{Name: "ErrorEquals", Kind: NonEmptyArrayValue, Required: true},
		{Name: "IntervalSeconds", Kind: IntegerValue, Max: MaxSeconds},
		{Name: "MaxAttempts", Kind: IntegerValue, Max: MaxSeconds},
		{Name: "BackoffRate", Kind: NumberValue, Min: 1},
		{Name: "MaxDelaySeconds", Kind: IntegerValue, Min: 1, Max: MaxDelaySeconds},
		{Name: "JitterStrategy", Kind: EnumValue, Values: []string{"NONE", "FULL"}},
		{Name: "Comment", Kind: StringValue},
	},
}

// Catcher is the table of one element of Catch. Source: Amazon States Language,
// "Fallback states".
var Catcher = Table{
	Name: "a Catcher",
	Fields: []Field{
		{Name: "ErrorEquals", Kind: NonEmptyArrayValue, Required: true},
		{Name: "Next", Kind: StateNameValue, Required: true},
		{Name: "ResultPath", Kind: ReferencePathValue, Language: JSONPathOnly, Nullable: true},
		{Name: "Output", Kind: TemplateValue, Language: JSONataOnly, Expression: true},
		{Name: "Assign", Kind: ObjectValue},
		{Name: "Comment", Kind: StringValue},
	},
}
