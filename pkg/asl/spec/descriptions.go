package spec

// Describe says in one sentence what a field of a table is for; "" when the
// table has no such field.
func Describe(table *Table, field string) string {
	if table.Find(field) == nil {
		return ""
	}
	if text := descriptionsIn[table.Name][field]; text != "" {
		return text
	}
	return descriptions[field]
}

// descriptionsIn holds what differs from one table to another.
var descriptionsIn = map[string]map[string]string{
	Machine.Name: {
		"QueryLanguage":  "The language of paths and expressions: JSONPath, the default, or JSONata. In a JSONPath machine single states can choose JSONata.",
		"TimeoutSeconds": "The longest that an execution may take, in seconds; then it ends with States.Timeout.",
	},
	Catcher.Name: {
		"ErrorEquals": "The names of the errors that are caught. States.ALL takes nearly all; it stands alone, in the last Catcher.",
		"Next":        "The state that goes on after a caught error.",
		"ResultPath":  "Where the error output goes in the input of the state; without it, it replaces the whole input. null drops it.",
		"Output":      "What is passed on after a caught error. It can read $states.errorOutput.",
		"Assign":      "Variables to set after a caught error.",
	},
	Retrier.Name: {
		"ErrorEquals": "The names of the errors that are retried. States.ALL takes nearly all; it stands alone, in the last Retrier.",
	},
	ChoiceRule.Name: {
		"Next":   "The state that goes on when the rule matches.",
		"Output": "What is passed on when the rule matches.",
		"Assign": "Variables to set when the rule matches.",
	},
	ItemReader.Name: {
		"Resource":   "The action that reads the items: s3:getObject for a file, s3:listObjectsV2 for the objects of a bucket.",
		"Parameters": "Where the items are, such as Bucket and Key.",
		"Arguments":  "Where the items are, such as Bucket and Key.",
	},
	ResultWriter.Name: {
		"Resource":   "The action that writes the results: s3:putObject.",
		"Parameters": "Where the results go: Bucket and Prefix.",
		"Arguments":  "Where the results go: Bucket and Prefix.",
	},
	WriterConfig.Name: {
		"Transformation": "The shape of the results: NONE with metadata, COMPACT without, FLATTEN for one list.",
	},
}

var descriptions = map[string]string{
	"Comment":        "A note for readers. Directives such as sfnctl:terminal=known-failure stand here, too.",
	"QueryLanguage":  "The language of the paths and expressions of this state. A JSONata machine has no JSONPath states.",
	"StartAt":        "The name of the state that comes first.",
	"States":         "The states by name. Names are unique in the whole state machine and have at most 80 characters.",
	"TimeoutSeconds": "The longest that the task may take, in seconds; then it fails with States.Timeout.",
	"Version":        "The version of the Amazon States Language: 1.0.",

	"Type": "What the state does.",
	"Next": "The state that goes on.",
	"End":  "true ends the execution, the branch or the iteration after this state.",

	"InputPath":      "The part of the input that the state works on; null stands for an empty object.",
	"OutputPath":     "The part of the result that is passed on; null stands for an empty object.",
	"Parameters":     "The payload that the state works on: fields that end in .$ take a path or an intrinsic function.",
	"ResultSelector": "What is taken out of the raw result: fields that end in .$ take a path or an intrinsic function.",
	"ResultPath":     "Where the result goes in the input of the state; $ replaces the input, null drops the result.",
	"Arguments":      "What the task or the branches are given.",
	"Output":         "What is passed on in place of the result. It can read $states.result.",
	"Assign":         "Variables to set, for the states that follow.",
	"Retry":          "What to try again, and how often; the first Retrier that takes the error counts.",
	"Catch":          "Where to go on after an error that is not retried; the first Catcher that takes it counts.",
	"Result":         "The result, as it stands.",

	"Resource":             "The ARN of what runs: a Lambda function, an activity, or an action of a service.",
	"Credentials":          "The role that the task takes on, as RoleArn.",
	"TimeoutSecondsPath":   "A path to the number for TimeoutSeconds.",
	"HeartbeatSeconds":     "The longest time between two heartbeats of the task, in seconds; shorter than the timeout.",
	"HeartbeatSecondsPath": "A path to the number for HeartbeatSeconds.",

	"Choices": "The rules, of which the first that matches decides.",
	"Default": "The state that goes on when no rule matches. Without it, that is the error States.NoChoiceMatched.",

	"Seconds":       "How long to wait, in seconds.",
	"SecondsPath":   "A path to the number for Seconds.",
	"Timestamp":     "Until when to wait, such as 2030-01-31T08:00:00Z.",
	"TimestampPath": "A path to the text for Timestamp.",

	"Error":     "The name of the error that the execution fails with.",
	"Cause":     "The explanation of the error, for people.",
	"ErrorPath": "A path or an intrinsic function that gives the text for Error.",
	"CausePath": "A path or an intrinsic function that gives the text for Cause.",

	"Branches": "State machines that run side by side, each with the same input; the result is the list of theirs.",

	"ItemProcessor":                  "The states that each item goes through.",
	"Iterator":                       "The former name of ItemProcessor.",
	"ItemsPath":                      "A path to the list of items.",
	"Items":                          "The list of items.",
	"ItemSelector":                   "The input of each iteration in place of the item; the context has it as Map.Item.Value.",
	"ItemReader":                     "Reads the items from Amazon S3, in a distributed Map.",
	"ItemBatcher":                    "Gives each iteration several items at once, in a distributed Map.",
	"ResultWriter":                   "Writes the results to Amazon S3, in a distributed Map.",
	"Label":                          "A part of the ARN of the Map Runs of a distributed Map.",
	"MaxConcurrency":                 "How many iterations run at a time; 0 is as many as possible.",
	"MaxConcurrencyPath":             "A path to the number for MaxConcurrency.",
	"ToleratedFailureCount":          "How many items may fail before the Map fails.",
	"ToleratedFailureCountPath":      "A path to the number for ToleratedFailureCount.",
	"ToleratedFailurePercentage":     "What share of the items may fail before the Map fails, in percent.",
	"ToleratedFailurePercentagePath": "A path to the number for ToleratedFailurePercentage.",

	"ErrorEquals":     "The names of errors.",
	"IntervalSeconds": "How long to wait before the first retry, in seconds; 1 unless set.",
	"MaxAttempts":     "How many retries there are; 3 unless set, 0 for none.",
	"BackoffRate":     "The factor by which the wait grows with each retry; 2.0 unless set.",
	"MaxDelaySeconds": "The longest wait before a retry, in seconds.",
	"JitterStrategy":  "FULL draws each wait at random between 0 and its length, so that retries spread.",

	"And":       "Rules that must all match.",
	"Or":        "Rules of which one must match.",
	"Not":       "A rule that must not match.",
	"Variable":  "A path to the value that is compared.",
	"Condition": "An expression that gives true or false.",

	"ProcessorConfig": "How the iterations run.",
	"Mode":            "INLINE, the default, runs them in this execution; DISTRIBUTED runs each as an execution of its own.",
	"ExecutionType":   "The type of the executions of a distributed Map.",

	"ReaderConfig":      "What the items are written in.",
	"InputType":         "The notation of the file.",
	"Transformation":    "LOAD_AND_FLATTEN reads the objects of a listing, and not only their names.",
	"ManifestType":      "The kind of the manifest.",
	"CSVHeaderLocation": "Where the names of the columns are: FIRST_ROW of the file, or GIVEN in CSVHeaders.",
	"CSVHeaders":        "The names of the columns.",
	"CSVDelimiter":      "What separates the columns; COMMA unless set.",
	"ItemsPointer":      "A JSON Pointer to the list of items in a JSON file.",
	"MaxItems":          "How many items are read at most.",
	"MaxItemsPath":      "A path to the number for MaxItems.",

	"MaxItemsPerBatch":          "How many items a batch has at most.",
	"MaxItemsPerBatchPath":      "A path to the number for MaxItemsPerBatch.",
	"MaxInputBytesPerBatch":     "How many bytes a batch has at most.",
	"MaxInputBytesPerBatchPath": "A path to the number for MaxInputBytesPerBatch.",
	"BatchInput":                "What every batch is given besides its items.",

	"WriterConfig": "What the results are written in.",
	"OutputType":   "The notation of the results: JSON, or JSONL with one a line.",
}
