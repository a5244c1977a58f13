package history

// Type is the type of an event.
type Type uint8

// The types of events that a simulated execution can write.
const (
	None Type = iota

	ExecutionStarted
	ExecutionSucceeded
	ExecutionFailed
	ExecutionTimedOut
	ExecutionAborted

	PassStateEntered
	TaskStateEntered
	ChoiceStateEntered
	WaitStateEntered
	SucceedStateEntered
	FailStateEntered
	ParallelStateEntered
	MapStateEntered

	PassStateExited
	TaskStateExited
	ChoiceStateExited
	WaitStateExited
	SucceedStateExited
	ParallelStateExited
	MapStateExited

	TaskStateAborted
	WaitStateAborted
	ParallelStateAborted
	MapStateAborted

	TaskScheduled
	TaskStarted
	TaskStartFailed
	TaskSubmitted
	TaskSubmitFailed
	TaskSucceeded
	TaskFailed
	TaskTimedOut

	LambdaFunctionScheduled
	LambdaFunctionScheduleFailed
	LambdaFunctionStarted
	LambdaFunctionStartFailed
	LambdaFunctionSucceeded
	LambdaFunctionFailed
	LambdaFunctionTimedOut

	ActivityScheduled
	ActivityScheduleFailed
	ActivityStarted
	ActivitySucceeded
	ActivityFailed
	ActivityTimedOut

	ParallelStateStarted
	ParallelStateSucceeded
	ParallelStateFailed

	MapStateStarted
	MapStateSucceeded
	MapStateFailed
	MapIterationStarted
	MapIterationSucceeded
	MapIterationFailed
	MapIterationAborted

	MapRunStarted
	MapRunSucceeded
	MapRunFailed
	MapRunAborted

	EvaluationFailed

	typeCount
)

// shape says which members the details of a type of event have.
type shape uint8

const (
	noDetails     shape = iota
	started             // input, roleArn
	output              // output
	failure             // error, cause
	entered             // name, input
	exited              // name, output, assignedVariables
	taskScheduled       // resourceType, resource, region, parameters, timeouts, credentials
	taskMarker          // resourceType, resource
	taskOutput          // resourceType, resource, output
	taskFailure         // resourceType, resource, error, cause
	scheduled           // resource, input, timeouts, credentials
	worker              // workerName
	length              // length
	iteration           // name, index
	mapRun              // mapRunArn
	evaluation          // state, location, error, cause
)

type typeInfo struct {
	name    string
	details string // the member that holds the details
	shape   shape
}

// types describes every type: its name, the member that holds its details in
// GetExecutionHistory, and what stands there.
var types = [typeCount]typeInfo{
	ExecutionStarted:   {"ExecutionStarted", "executionStartedEventDetails", started},
	ExecutionSucceeded: {"ExecutionSucceeded", "executionSucceededEventDetails", output},
	ExecutionFailed:    {"ExecutionFailed", "executionFailedEventDetails", failure},
	ExecutionTimedOut:  {"ExecutionTimedOut", "executionTimedOutEventDetails", failure},
	ExecutionAborted:   {"ExecutionAborted", "executionAbortedEventDetails", failure},

	PassStateEntered:     {"PassStateEntered", "stateEnteredEventDetails", entered},
	TaskStateEntered:     {"TaskStateEntered", "stateEnteredEventDetails", entered},
	ChoiceStateEntered:   {"ChoiceStateEntered", "stateEnteredEventDetails", entered},
	WaitStateEntered:     {"WaitStateEntered", "stateEnteredEventDetails", entered},
	SucceedStateEntered:  {"SucceedStateEntered", "stateEnteredEventDetails", entered},
	FailStateEntered:     {"FailStateEntered", "stateEnteredEventDetails", entered},
	ParallelStateEntered: {"ParallelStateEntered", "stateEnteredEventDetails", entered},
	MapStateEntered:      {"MapStateEntered", "stateEnteredEventDetails", entered},

	PassStateExited:     {"PassStateExited", "stateExitedEventDetails", exited},
	TaskStateExited:     {"TaskStateExited", "stateExitedEventDetails", exited},
	ChoiceStateExited:   {"ChoiceStateExited", "stateExitedEventDetails", exited},
	WaitStateExited:     {"WaitStateExited", "stateExitedEventDetails", exited},
	SucceedStateExited:  {"SucceedStateExited", "stateExitedEventDetails", exited},
	ParallelStateExited: {"ParallelStateExited", "stateExitedEventDetails", exited},
	MapStateExited:      {"MapStateExited", "stateExitedEventDetails", exited},

	TaskStateAborted:     {"TaskStateAborted", "", noDetails},
	WaitStateAborted:     {"WaitStateAborted", "", noDetails},
	ParallelStateAborted: {"ParallelStateAborted", "", noDetails},
	MapStateAborted:      {"MapStateAborted", "", noDetails},

	TaskScheduled:    {"TaskScheduled", "taskScheduledEventDetails", taskScheduled},
	TaskStarted:      {"TaskStarted", "taskStartedEventDetails", taskMarker},
	TaskStartFailed:  {"TaskStartFailed", "taskStartFailedEventDetails", taskFailure},
	TaskSubmitted:    {"TaskSubmitted", "taskSubmittedEventDetails", taskOutput},
	TaskSubmitFailed: {"TaskSubmitFailed", "taskSubmitFailedEventDetails", taskFailure},
	TaskSucceeded:    {"TaskSucceeded", "taskSucceededEventDetails", taskOutput},
	TaskFailed:       {"TaskFailed", "taskFailedEventDetails", taskFailure},
	TaskTimedOut:     {"TaskTimedOut", "taskTimedOutEventDetails", taskFailure},

	LambdaFunctionScheduled:      {"LambdaFunctionScheduled", "lambdaFunctionScheduledEventDetails", scheduled},
	LambdaFunctionScheduleFailed: {"LambdaFunctionScheduleFailed", "lambdaFunctionScheduleFailedEventDetails", failure},
	LambdaFunctionStarted:        {"LambdaFunctionStarted", "", noDetails},
	LambdaFunctionStartFailed:    {"LambdaFunctionStartFailed", "lambdaFunctionStartFailedEventDetails", failure},
	LambdaFunctionSucceeded:      {"LambdaFunctionSucceeded", "lambdaFunctionSucceededEventDetails", output},
	LambdaFunctionFailed:         {"LambdaFunctionFailed", "lambdaFunctionFailedEventDetails", failure},
	LambdaFunctionTimedOut:       {"LambdaFunctionTimedOut", "lambdaFunctionTimedOutEventDetails", failure},

	ActivityScheduled:      {"ActivityScheduled", "activityScheduledEventDetails", scheduled},
	ActivityScheduleFailed: {"ActivityScheduleFailed", "activityScheduleFailedEventDetails", failure},
	ActivityStarted:        {"ActivityStarted", "activityStartedEventDetails", worker},
	ActivitySucceeded:      {"ActivitySucceeded", "activitySucceededEventDetails", output},
	ActivityFailed:         {"ActivityFailed", "activityFailedEventDetails", failure},
	ActivityTimedOut:       {"ActivityTimedOut", "activityTimedOutEventDetails", failure},

	ParallelStateStarted:   {"ParallelStateStarted", "", noDetails},
	ParallelStateSucceeded: {"ParallelStateSucceeded", "", noDetails},
	ParallelStateFailed:    {"ParallelStateFailed", "", noDetails},

	MapStateStarted:       {"MapStateStarted", "mapStateStartedEventDetails", length},
	MapStateSucceeded:     {"MapStateSucceeded", "", noDetails},
	MapStateFailed:        {"MapStateFailed", "", noDetails},
	MapIterationStarted:   {"MapIterationStarted", "mapIterationStartedEventDetails", iteration},
	MapIterationSucceeded: {"MapIterationSucceeded", "mapIterationSucceededEventDetails", iteration},
	MapIterationFailed:    {"MapIterationFailed", "mapIterationFailedEventDetails", iteration},
	MapIterationAborted:   {"MapIterationAborted", "mapIterationAbortedEventDetails", iteration},

	MapRunStarted:   {"MapRunStarted", "mapRunStartedEventDetails", mapRun},
	MapRunSucceeded: {"MapRunSucceeded", "", noDetails},
	MapRunFailed:    {"MapRunFailed", "mapRunFailedEventDetails", failure},
	MapRunAborted:   {"MapRunAborted", "", noDetails},

	EvaluationFailed: {"EvaluationFailed", "evaluationFailedEventDetails", evaluation},
}

// String returns the name as the API spells it.
func (t Type) String() string {
	if t < typeCount {
		return types[t].name
	}
	return ""
}
