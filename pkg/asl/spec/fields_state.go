package spec

// State is the table of the fields of states.
//
// Source: Amazon States Language, "State Types" (its table of fields), as
// measured with ValidateStateMachineDefinition for all eight types; ranges from
// the Developer Guide's pages on each state type. Where the two disagree the
// service holds: Succeed takes InputPath and OutputPath, a Wait may last 0 s.
var State = Table{
	Name: "a state",
	Fields: []Field{
		{Name: "Type", Kind: EnumValue, Types: All, Required: true, Values: typeNames},
		{Name: "Comment", Kind: StringValue, Types: All},
		{Name: "QueryLanguage", Kind: EnumValue, Types: All, Values: queryLanguages},

		// Transitions.
		{Name: "Next", Kind: StateNameValue, Types: Moving},
		{Name: "End", Kind: BooleanValue, Types: Moving},

		// Data flow.
		{Name: "InputPath", Kind: PathValue, Types: Piping, Language: JSONPathOnly, Nullable: true, Heads: AnyHead},
		{Name: "OutputPath", Kind: PathValue, Types: Piping, Language: JSONPathOnly, Nullable: true, Heads: AnyHead},
		{Name: "Parameters", Kind: TemplateValue, Types: Working | Pass, Language: JSONPathOnly},
		{Name: "ResultSelector", Kind: TemplateValue, Types: Working, Language: JSONPathOnly},
		{Name: "ResultPath", Kind: ReferencePathValue, Types: Working | Pass, Language: JSONPathOnly, Nullable: true},
		{Name: "Arguments", Kind: TemplateValue, Types: Task | Parallel, Language: JSONataOnly, Expression: true},
		{Name: "Output", Kind: TemplateValue, Types: Piping, Language: JSONataOnly, Expression: true},
		{Name: "Assign", Kind: ObjectValue, Types: Moving | Choice},

		// Errors.
		{Name: "Retry", Kind: ArrayValue, Types: Working},
		{Name: "Catch", Kind: ArrayValue, Types: Working},

		// Pass.
		{Name: "Result", Kind: AnyValue, Types: Pass, Language: JSONPathOnly},

		// Task.
		{Name: "Resource", Kind: StringValue, Types: Task, Required: true},
		{Name: "Credentials", Kind: ObjectValue, Types: Task},
		{Name: "TimeoutSeconds", Kind: IntegerValue, Types: Task, Expression: true, Min: 1, Max: MaxSeconds},
		{Name: "TimeoutSecondsPath", Kind: ReferencePathValue, Types: Task, Language: JSONPathOnly, Heads: AnyHead},
		{Name: "HeartbeatSeconds", Kind: IntegerValue, Types: Task, Expression: true, Min: 1, Max: MaxSeconds},
		{Name: "HeartbeatSecondsPath", Kind: ReferencePathValue, Types: Task, Language: JSONPathOnly, Heads: AnyHead},

		// Choice.
		{Name: "Choices", Kind: NonEmptyArrayValue, Types: Choice, Required: true},
		{Name: "Default", Kind: StateNameValue, Types: Choice},

		// Wait.
		{Name: "Seconds", Kind: IntegerValue, Types: Wait, Expression: true, Max: MaxSeconds},
		{Name: "Timestamp", Kind: TimestampValue, Types: Wait, Expression: true},
		{Name: "SecondsPath", Kind: ReferencePathValue, Types: Wait, Language: JSONPathOnly, Heads: AnyHead},
		{Name: "TimestampPath", Kind: ReferencePathValue, Types: Wait, Language: JSONPathOnly, Heads: AnyHead},

		// Fail.
		{Name: "Error", Kind: StringValue, Types: Fail, Expression: true},
		{Name: "Cause", Kind: StringValue, Types: Fail, Expression: true},
		{Name: "ErrorPath", Kind: PathOrCallValue, Types: Fail, Language: JSONPathOnly, Heads: AnyHead},
		{Name: "CausePath", Kind: PathOrCallValue, Types: Fail, Language: JSONPathOnly, Heads: AnyHead},

		// Parallel.
		{Name: "Branches", Kind: NonEmptyArrayValue, Types: Parallel, Required: true},

		// Map. Of the fields with numbers only ItemsPath takes the context object.
		{Name: "ItemProcessor", Kind: ObjectValue, Types: Map},
		{Name: "Iterator", Kind: ObjectValue, Types: Map},
		{Name: "ItemsPath", Kind: ReferencePathValue, Types: Map, Language: JSONPathOnly, Heads: AnyHead},
		{Name: "Items", Kind: TemplateValue, Types: Map, Language: JSONataOnly, Expression: true},
		{Name: "ItemSelector", Kind: TemplateValue, Types: Map, Expression: true},
		{Name: "ItemReader", Kind: ObjectValue, Types: Map},
		{Name: "ItemBatcher", Kind: ObjectValue, Types: Map},
		{Name: "ResultWriter", Kind: ObjectValue, Types: Map},
		{Name: "Label", Kind: StringValue, Types: Map},
		{Name: "MaxConcurrency", Kind: IntegerValue, Types: Map, Expression: true},
		{Name: "MaxConcurrencyPath", Kind: ReferencePathValue, Types: Map, Language: JSONPathOnly, Heads: Variable},
		{Name: "ToleratedFailureCount", Kind: IntegerValue, Types: Map, Expression: true},
		{Name: "ToleratedFailureCountPath", Kind: ReferencePathValue, Types: Map, Language: JSONPathOnly, Heads: Variable},
		{Name: "ToleratedFailurePercentage", Kind: NumberValue, Types: Map, Expression: true, Max: 100},
		{Name: "ToleratedFailurePercentagePath", Kind: ReferencePathValue, Types: Map, Language: JSONPathOnly, Heads: Variable},
	},
	Groups: []Group{
		{Fields: []string{"Next", "End"}, Types: Moving, Required: true, Either: true},
		{Fields: []string{"TimeoutSeconds", "TimeoutSecondsPath"}, Types: Task},
		{Fields: []string{"HeartbeatSeconds", "HeartbeatSecondsPath"}, Types: Task},
		{Fields: []string{"SecondsPath", "Seconds", "TimestampPath", "Timestamp"}, Types: Wait, Required: true},
		{Fields: []string{"Error", "ErrorPath"}, Types: Fail},
		{Fields: []string{"Cause", "CausePath"}, Types: Fail},
		{Fields: []string{"ItemProcessor", "Iterator"}, Types: Map, Required: true, Either: true},
		{Fields: []string{"Parameters", "ItemSelector"}, Types: Map},
		{Fields: []string{"MaxConcurrency", "MaxConcurrencyPath"}, Types: Map},
		{Fields: []string{"ToleratedFailureCount", "ToleratedFailureCountPath"}, Types: Map},
		{Fields: []string{"ToleratedFailurePercentage", "ToleratedFailurePercentagePath"}, Types: Map},
	},
}

var queryLanguages = []string{"JSONPath", "JSONata"}
