package spec

import (
	"slices"
	"strings"
	"sync"
)

// ReservedError is an error name that Step Functions itself defines.
type ReservedError struct {
	Name     string
	Wildcard bool // matches other names in ErrorEquals
	// Task, Parallel, Map and HTTP say where it can be raised. Which names take it
	// is told by [Takes].
	Task, Parallel, Map, HTTP bool
	Summary                   string // one sentence without a full stop
}

// reservedErrors is the table of reserved names. Source: the specification,
// appendix A; Developer Guide, "Handling errors in Step Functions workflows";
// recorded executions.
var reservedErrors = []ReservedError{
	{Name: "States.ALL", Wildcard: true, Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "takes every error but States.Runtime; stands alone and last"},
	{Name: "States.TaskFailed", Wildcard: true, Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "takes every error but States.Runtime and timeouts; also the name under which a failed job is reported"},
	{Name: "States.Timeout", Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "a Task ran longer than TimeoutSeconds, or sent no heartbeat in time"},
	{Name: "States.HeartbeatTimeout", Task: true, Parallel: true, Map: true,
		Summary: "a Task sent no heartbeat within HeartbeatSeconds"},
	{Name: "States.Permissions", Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "the role of the execution may not do what the Task wants"},
	{Name: "States.DataLimitExceeded", Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "a payload is larger than 256 KiB"},
	{Name: "States.Runtime", Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "the execution could not go on, for example because a path found nothing"},
	{Name: "States.QueryEvaluationError", Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "a JSONata expression failed or gave a value of the wrong type"},
	{Name: "States.NoChoiceMatched", Parallel: true, Map: true,
		Summary: "no rule of a Choice matched and it has no Default"},
	{Name: "States.IntrinsicFailure", Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "an intrinsic function failed"},
	{Name: "States.ParameterPathFailure", Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "a path in a Payload Template found nothing"},
	{Name: "States.ResultPathMatchFailure", Task: true, Parallel: true, Map: true, HTTP: true,
		Summary: "ResultPath cannot be applied to the input"},
	{Name: "States.BranchFailed", Parallel: true,
		Summary: "a branch of a Parallel failed"},
	{Name: "States.ExceedToleratedFailureThreshold", Parallel: true, Map: true,
		Summary: "more items of a distributed Map failed than it tolerates"},
	{Name: "States.ItemReaderFailed", Parallel: true, Map: true,
		Summary: "a distributed Map could not read its items"},
	{Name: "States.ResultWriterFailed", Parallel: true, Map: true,
		Summary: "a distributed Map could not write its results"},
	{Name: "States.Http.Socket", Parallel: true, Map: true, HTTP: true,
		Summary: "an HTTP task got no answer within 60 seconds"},
}

// HTTPStatusErrorPrefix begins the names of errors of HTTP tasks that got a
// status outside of 200 to 299; the status follows.
const HTTPStatusErrorPrefix = "States.Http.StatusCode."

// ReservedErrors returns the names that Step Functions defines.
func ReservedErrors() []ReservedError { return slices.Clone(reservedErrors) }

// LookupReservedError finds a reserved name, also one of the form
// States.Http.StatusCode.404.
func LookupReservedError(name string) (ReservedError, bool) {
	for _, reserved := range reservedErrors {
		if reserved.Name == name {
			return reserved, true
		}
	}
	if status, found := strings.CutPrefix(name, HTTPStatusErrorPrefix); found && isStatus(status) {
		return ReservedError{
			Name: name, Parallel: true, Map: true, HTTP: true,
			Summary: "an HTTP task got status " + status,
		}, true
	}
	return ReservedError{}, false
}

func isStatus(text string) bool {
	return len(text) == 3 && strings.Trim(text, "0123456789") == ""
}

// IsReservedName reports whether the name belongs to Step Functions.
func IsReservedName(name string) bool { return strings.HasPrefix(name, "States.") }

// ErrorPrefix returns what the names of the service's errors begin with when a
// Task with the resource fails, without the dot; empty when it is not known.
func ErrorPrefix(r Resource) string {
	switch r.Kind {
	case LambdaFunction:
		return "Lambda"
	case SDKIntegration:
		if service := apis().services[r.Service]; service != nil {
			return service.prefix
		}
	case OptimizedIntegration:
		for _, row := range optimizedRows {
			if row.service == r.Service {
				return row.prefix
			}
		}
	}
	return ""
}

// ErrorPrefixes returns every prefix that names of services' errors can have, in
// alphabetical order. The caller must not change it.
func ErrorPrefixes() []string { return errorPrefixes() }

var errorPrefixes = sync.OnceValue(func() []string {
	prefixes := []string{"AWS"}
	for _, service := range apis().services {
		prefixes = append(prefixes, service.prefix)
	}
	for _, row := range optimizedRows {
		if row.prefix != "" {
			prefixes = append(prefixes, row.prefix)
		}
	}
	slices.Sort(prefixes)
	return slices.Compact(prefixes)
})

// LambdaTransientErrors are the failures of the Lambda service itself that a
// Task should retry. Source: Developer Guide, best practices.
var LambdaTransientErrors = []string{
	"Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException",
	"Lambda.SdkClientException", "Lambda.TooManyRequestsException",
}
