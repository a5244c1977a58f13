package spec

// ItemReader is the table of Map.ItemReader. Source: Developer Guide,
// "ItemReader (Map)". The service refuses any other Resource.
var ItemReader = Table{
	Name: "an ItemReader",
	Fields: []Field{
		{Name: "Resource", Kind: StringValue, Required: true},
		{Name: "Parameters", Kind: TemplateValue, Language: JSONPathOnly},
		{Name: "Arguments", Kind: TemplateValue, Language: JSONataOnly, Expression: true},
		{Name: "ReaderConfig", Kind: ObjectValue},
	},
}

// ReaderActions and WriterActions are the integrations that read the items and
// write the results of a Map, without the partition of their ARN.
var (
	ReaderActions = []string{"s3:getObject", "s3:listObjectsV2"}
	WriterActions = []string{"s3:putObject"}
)

// ReaderConfig is the table of ItemReader.ReaderConfig.
var ReaderConfig = Table{
	Name: "a ReaderConfig",
	Fields: []Field{
		{Name: "InputType", Kind: EnumValue, Values: []string{"CSV", "JSON", "JSONL", "PARQUET", "MANIFEST"}},
		{Name: "Transformation", Kind: EnumValue, Values: []string{"NONE", "LOAD_AND_FLATTEN"}},
		{Name: "ManifestType", Kind: EnumValue, Values: []string{"ATHENA_DATA", "S3_INVENTORY"}},
		{Name: "CSVHeaderLocation", Kind: EnumValue, Values: []string{"FIRST_ROW", "GIVEN"}},
		{Name: "CSVHeaders", Kind: ArrayValue},
		{Name: "CSVDelimiter", Kind: EnumValue, Values: []string{"COMMA", "PIPE", "SEMICOLON", "SPACE", "TAB"}},
		{Name: "ItemsPointer", Kind: StringValue},
		{Name: "MaxItems", Kind: IntegerValue, Expression: true, Max: MaxItems},
		{Name: "MaxItemsPath", Kind: ReferencePathValue, Language: JSONPathOnly, Heads: Variable},
	},
	Groups: []Group{{Fields: []string{"MaxItems", "MaxItemsPath"}}},
}

// ItemBatcher is the table of Map.ItemBatcher. Source: Developer Guide,
// "ItemBatcher (Map)": at least one of the sizes.
var ItemBatcher = Table{
	Name: "an ItemBatcher",
	Fields: []Field{
		{Name: "MaxItemsPerBatch", Kind: IntegerValue, Expression: true, Min: 1},
		{Name: "MaxItemsPerBatchPath", Kind: ReferencePathValue, Language: JSONPathOnly, Heads: Variable},
		{Name: "MaxInputBytesPerBatch", Kind: IntegerValue, Expression: true, Min: 1, Max: MaxBatchBytes},
		{Name: "MaxInputBytesPerBatchPath", Kind: ReferencePathValue, Language: JSONPathOnly, Heads: Variable},
		{Name: "BatchInput", Kind: TemplateValue, Expression: true},
	},
	Groups: []Group{
		{Fields: []string{"MaxItemsPerBatch", "MaxItemsPerBatchPath"}},
		{Fields: []string{"MaxInputBytesPerBatch", "MaxInputBytesPerBatchPath"}},
	},
}

// ResultWriter is the table of Map.ResultWriter. Source: Developer Guide,
// "ResultWriter (Map)": WriterConfig alone, Resource with its request, or all.
var ResultWriter = Table{
	Name: "a ResultWriter",
	Fields: []Field{
		{Name: "Resource", Kind: StringValue},
		{Name: "Parameters", Kind: TemplateValue, Language: JSONPathOnly},
		{Name: "Arguments", Kind: TemplateValue, Language: JSONataOnly, Expression: true},
		{Name: "WriterConfig", Kind: ObjectValue},
	},
}

// WriterConfig is the table of ResultWriter.WriterConfig.
var WriterConfig = Table{
	Name: "a WriterConfig",
	Fields: []Field{
		{Name: "Transformation", Kind: EnumValue, Values: []string{"NONE", "COMPACT", "FLATTEN"}},
		{Name: "OutputType", Kind: EnumValue, Values: []string{"JSON", "JSONL"}},
	},
}
