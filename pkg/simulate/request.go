package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// parameterCheck finds what the service refuses in a request before it calls
// anything.
type parameterCheck func(request value.Value) *evalError

// checksFor returns the checks for a resource.
func checksFor(r *spec.Resource) []parameterCheck {
	if r.Service == "apigateway" && r.Action == "invoke" {
		return []parameterCheck{listsOfText("Headers"), listsOfText("QueryParameters")}
	}
	return nil
}

// listsOfText checks that a member of the request, if there, is an object of
// arrays: API Gateway takes any number of values for a header.
func listsOfText(field string) parameterCheck {
	return func(request value.Value) *evalError {
		v := request.Get(field)
		if v.IsAbsent() || v.IsNull() {
			return nil
		}
		valid := v.Kind() == value.KindObject
		for _, member := range v.Members() {
			valid = valid && member.Value.Kind() == value.KindArray
		}
		if valid {
			return nil
		}
		return runtimeError("The Parameters '" + request.Compact() + "' could not be used to start the Task: [The value of the field '" +
			field + "' has an invalid format]")
	}
}

// addedByService adds to a request what the service adds by itself: for a job of
// ECS, who started it.
func addedByService(r *spec.Resource, request value.Value) value.Value {
	if r.Service == "ecs" && r.Action == "runTask" && r.Pattern == spec.Sync && !request.Has("StartedBy") {
		return request.With("StartedBy", value.String("AWS Step Functions"))
	}
	return request
}
