package asl

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// StateType is the type of a state.
type StateType uint8

// The eight state types. Unknown stands for a Type that is missing or misspelt
// beyond guessing; a guessed one has a finding.
const (
	Unknown StateType = iota
	Task
	Pass
	Choice
	Wait
	Succeed
	Fail
	Parallel
	Map
)

// String returns the name as definitions spell it; "" for Unknown.
func (t StateType) String() string {
	names := [...]string{"", "Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"}
	if int(t) < len(names) {
		return names[t]
	}
	return ""
}

// State is one state. The fields that several types share stand here; those of
// one type stand in the part that is named after it and nil for other types.
// An absent or broken field is nil.
type State struct {
	Name          string
	NameNode      *syntax.String // the key in States
	Node          *syntax.Object // nil when the state is no object
	Type          StateType
	Region        *Region
	QueryLanguage QueryLanguage // in effect for this state
	Comment       *syntax.String

	Next *Transition
	End  bool

	InputPath      *Expression // nil when absent; a Literal null when null
	OutputPath     *Expression
	Parameters     *Expression // Payload Template; for a Map the old name of ItemSelector
	Arguments      *Expression
	ResultSelector *Expression
	ResultPath     *Expression
	Output         *Expression
	Assign         *Assign
	Retry          []*Retrier
	Catch          []*Catcher
	RetryUnknown   bool // a substitution stands for Retry or for an element of it
	CatchUnknown   bool // the same of Catch

	Task     *TaskFields
	Pass     *PassFields
	Choice   *ChoiceFields
	Wait     *WaitFields
	Fail     *FailFields
	Parallel *ParallelFields
	Map      *MapFields
}

// TaskFields are the fields of a Task.
type TaskFields struct {
	Resource         *syntax.String // nil when absent or no string
	Credentials      *Expression    // object with RoleArn
	TimeoutSeconds   *Expression    // a Literal, or JSONata
	HeartbeatSeconds *Expression
	TimeoutPath      *Expression // TimeoutSecondsPath
	HeartbeatPath    *Expression // HeartbeatSecondsPath
}

// PassFields are the fields of a Pass.
type PassFields struct {
	Result *Expression // always a Literal
}

// ChoiceFields are the fields of a Choice.
type ChoiceFields struct {
	Rules   []*ChoiceRule
	Default *Transition
}

// WaitFields are the fields of a Wait; one of them is set.
type WaitFields struct {
	Seconds, Timestamp         *Expression // a Literal, or JSONata
	SecondsPath, TimestampPath *Expression
}

// FailFields are the fields of a Fail.
type FailFields struct {
	Error, Cause         *Expression // a Literal, or JSONata
	ErrorPath, CausePath *Expression // a Path or an Intrinsic
}

// ParallelFields are the fields of a Parallel.
type ParallelFields struct {
	Branches []*Region
}

// MapFields are the fields of a Map.
type MapFields struct {
	Processor     *Region // ItemProcessor, or Iterator; nil when both are absent
	UsesIterator  bool    // written with the old name
	Distributed   bool    // ProcessorConfig.Mode is DISTRIBUTED
	ExecutionType WorkflowType
	Config        *syntax.Object // ProcessorConfig; nil when absent

	ItemsPath    *Expression
	Items        *Expression
	ItemSelector *Expression
	ItemReader   *ItemReader
	ItemBatcher  *ItemBatcher
	ResultWriter *ResultWriter
	Label        *syntax.String

	MaxConcurrency, MaxConcurrencyPath                         *Expression
	ToleratedFailureCount, ToleratedFailureCountPath           *Expression
	ToleratedFailurePercentage, ToleratedFailurePercentagePath *Expression
}

// ItemReader says where a distributed Map reads its items from.
type ItemReader struct {
	Node       *syntax.Object
	Resource   *syntax.String
	Parameters *Expression // Parameters, or Arguments
	Config     *ReaderConfig
}

// ReaderConfig is the ReaderConfig of an ItemReader. Text fields are nil when absent.
type ReaderConfig struct {
	Node                   *syntax.Object
	InputType              *syntax.String
	Transformation         *syntax.String
	ManifestType           *syntax.String
	CSVHeaderLocation      *syntax.String
	CSVHeaders             []*syntax.String
	CSVDelimiter           *syntax.String
	ItemsPointer           *syntax.String
	MaxItems, MaxItemsPath *Expression
}

// ItemBatcher groups the items of a distributed Map.
type ItemBatcher struct {
	Node                                             *syntax.Object
	MaxItemsPerBatch, MaxItemsPerBatchPath           *Expression
	MaxInputBytesPerBatch, MaxInputBytesPerBatchPath *Expression
	BatchInput                                       *Expression
}

// ResultWriter says where a distributed Map writes its results.
type ResultWriter struct {
	Node           *syntax.Object
	Resource       *syntax.String
	Parameters     *Expression // Parameters, or Arguments
	Transformation *syntax.String
	OutputType     *syntax.String
}

// Retrier is one element of Retry. Numbers are nil when absent;
// Backoff and Retries know the defaults.
type Retrier struct {
	Node            *syntax.Object
	ErrorEquals     []*syntax.String
	IntervalSeconds *Number
	MaxAttempts     *Number
	BackoffRate     *Number
	MaxDelaySeconds *Number
	JitterStrategy  *syntax.String
	Comment         *syntax.String
}

// Backoff returns how the Retrier spaces its retries.
func (r *Retrier) Backoff() spec.Backoff {
	return spec.Backoff{
		IntervalSeconds: r.IntervalSeconds.or(spec.DefaultIntervalSeconds),
		BackoffRate:     r.BackoffRate.or(spec.DefaultBackoffRate),
		MaxDelaySeconds: r.MaxDelaySeconds.or(0),
		FullJitter:      r.JitterStrategy != nil && r.JitterStrategy.Value == "FULL",
	}
}

// Retries returns how often the Retrier tries again.
func (r *Retrier) Retries() float64 { return r.MaxAttempts.or(spec.DefaultMaxAttempts) }

// or returns the number, or another one where the field is absent.
func (n *Number) or(otherwise float64) float64 {
	if n == nil {
		return otherwise
	}
	return n.Value
}

// Catcher is one element of Catch.
type Catcher struct {
	Node        *syntax.Object
	ErrorEquals []*syntax.String
	Next        *Transition
	ResultPath  *Expression // JSONPath; a Literal null when null
	Output      *Expression // JSONata
	Assign      *Assign
	Comment     *syntax.String
}

// ChoiceRule is a rule of a Choice, or one nested in And, Or and Not.
type ChoiceRule struct {
	Node    *syntax.Object
	Comment *syntax.String

	// Exactly one of the following is set in a rule that is not broken.
	And, Or   []*ChoiceRule
	Not       *ChoiceRule
	Variable  *Expression // with Comparison
	Condition *Expression // JSONata

	Comparison *Comparison
	Next       *Transition // top-level rules only
	Assign     *Assign
	Output     *Expression
}

// Comparison is the operator of a data-test rule, such as
// "StringEquals": "x" or "NumericLessThanPath": "$.limit".
type Comparison struct {
	OperatorNode *syntax.String
	Operator     string      // as spelt, such as "NumericLessThanPath"
	Value        *Expression // a Literal, or a Path for the ...Path operators
}

// Assign is an Assign field: the variables that leaving a state sets.
type Assign struct {
	Node      *syntax.Object
	Variables []*Variable // source order
}

// Variable is one assignment.
type Variable struct {
	NameNode *syntax.String // as written, with ".$" when it has it
	Name     string         // without ".$"
	Value    *Expression
}

// Regions returns the regions a Parallel or Map owns, nil for other types.
func (s *State) Regions() []*Region {
	switch {
	case s.Parallel != nil:
		return s.Parallel.Branches
	case s.Map != nil && s.Map.Processor != nil:
		return []*Region{s.Map.Processor}
	}
	return nil
}

// Owner returns the Parallel or Map that holds the state, nil at top level.
func (s *State) Owner() *State { return s.Region.Owner }

// IsTerminal reports whether the state ends its region: a Succeed, a Fail, or
// End: true.
func (s *State) IsTerminal() bool { return s.Type == Succeed || s.Type == Fail || s.End }
