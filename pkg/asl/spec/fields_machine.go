package spec

// Machine is the table of the top level of a definition. Source: Amazon States
// Language, "Top-level fields". The service takes a TimeoutSeconds of 0 here.
var Machine = Table{
	Name: "a state machine",
	Fields: []Field{
		{Name: "Comment", Kind: StringValue},
		{Name: "QueryLanguage", Kind: EnumValue, Values: queryLanguages},
		{Name: "States", Kind: ObjectValue, Required: true},
		{Name: "StartAt", Kind: StateNameValue, Required: true},
		{Name: "TimeoutSeconds", Kind: IntegerValue, Max: MaxSeconds},
		{Name: "Version", Kind: EnumValue, Values: []string{"1.0"}},
	},
}

// Branch is the table of a branch of a Parallel. The service refuses a
// QueryLanguage here: nested states take that of the whole state machine.
var Branch = Table{
	Name: "a branch",
	Fields: []Field{
		{Name: "Comment", Kind: StringValue},
		{Name: "States", Kind: ObjectValue, Required: true},
		{Name: "StartAt", Kind: StateNameValue, Required: true},
	},
}

// Processor is the table of the ItemProcessor (or Iterator) of a Map.
var Processor = Table{
	Name: "an ItemProcessor",
	Fields: []Field{
		{Name: "ProcessorConfig", Kind: ObjectValue},
		{Name: "Comment", Kind: StringValue},
		{Name: "States", Kind: ObjectValue, Required: true},
		{Name: "StartAt", Kind: StateNameValue, Required: true},
	},
}

// ProcessorConfig is the table of ItemProcessor.ProcessorConfig. Mode
// DISTRIBUTED requires an ExecutionType; INLINE refuses one.
var ProcessorConfig = Table{
	Name: "a ProcessorConfig",
	Fields: []Field{
		{Name: "Mode", Kind: EnumValue, Values: []string{"INLINE", "DISTRIBUTED"}},
		{Name: "ExecutionType", Kind: EnumValue, Values: []string{"STANDARD", "EXPRESS"}},
	},
}
