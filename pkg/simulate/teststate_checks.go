package simulate

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// check finds what the API refuses a test for before anything runs.
func (t *StateTest) check(s *asl.State) *Rejection {
	checks := []func(*asl.State) *Rejection{t.checkMock, t.checkContext, t.checkResult, t.checkConfiguration}
	for _, check := range checks {
		if rejection := check(s); rejection != nil {
			return rejection
		}
	}
	return nil
}

func isGroup(s *asl.State) bool { return s.Type == asl.Map || s.Type == asl.Parallel }

// checkMock checks whether the state can have a mock, or must.
func (t *StateTest) checkMock(s *asl.State) *Rejection {
	switch {
	case s.Type == asl.Parallel && s.Parallel != nil && len(s.Parallel.Branches) == 0:
		return invalidDefinition("Value cannot be empty at /States/" + s.Name + "/Branches")
	case t.Mock == nil && t.MapIterationFailureCount != nil:
		return invalid("TestState does not support MapIterationFailureCount when a mock is not specified.")
	case t.Mock == nil && isGroup(s):
		return &Rejection{"InvalidDefinition", "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]"}
	case t.Mock == nil && s.Type == asl.Task && t.RoleARN == "":
		return invalid("RoleArn must be specified when testing a Task state")
	case t.Mock == nil:
		return nil
	case t.Mock.Result != nil && t.Mock.ErrorOutput != nil:
		return invalid("A test mock should have only one of the following fields: [result, errorOutput].")
	case s.Type == asl.Pass || s.Type == asl.Fail || s.Type == asl.Succeed:
		return invalid("State type '" + s.Type.String() + "' is not supported when a mock is specified")
	case t.Reveal:
		return invalid("TestState does not support RevealSecrets when a mock is specified.")
	}
	return nil
}

// checkResult checks that the mocked result is JSON of the kind that the state's
// work gives.
func (t *StateTest) checkResult(s *asl.State) *Rejection {
	if t.Mock == nil || t.Mock.Result == nil {
		return nil
	}
	v, err := value.Parse(*t.Mock.Result)
	if err != nil {
		return invalid("Mocked result must be valid JSON")
	}
	switch s.Type {
	case asl.Map:
		if s.Map != nil && s.Map.ResultWriter != nil && s.Map.ResultWriter.Resource != nil {
			if v.Kind() != value.KindObject {
				return invalid("Mocked result must be a JSON object.")
			}
		} else if v.Kind() != value.KindArray {
			return invalid("Mocked result must be an array.")
		}
	case asl.Parallel:
		if v.Kind() != value.KindArray {
			return invalid("Mocked result must be an array.")
		}
		if s.Parallel != nil && v.Len() != len(s.Parallel.Branches) {
			return invalid("Mocked result must contain the same number of items as number of Parallel branches.")
		}
	case asl.Task:
		if t.Mock.Validate != nil {
			if complaint := t.Mock.Validate(v); complaint != "" {
				return invalid(complaint)
			}
		}
	}
	return nil
}

// checkConfiguration checks the number of iterations that are to fail, as far
// as that can be told from the mock alone.
func (t *StateTest) checkConfiguration(s *asl.State) *Rejection {
	if t.MapIterationFailureCount == nil || s.Type != asl.Map || t.Mock == nil || t.Mock.Result == nil {
		return nil
	}
	if v, err := value.Parse(*t.Mock.Result); err == nil && v.Kind() == value.KindArray && *t.MapIterationFailureCount > v.Len() {
		return tooManyFailures()
	}
	return nil
}

func tooManyFailures() *Rejection {
	return invalid("Map iteration failure count must be less than or equal to the number of Map iterations")
}

// contextFields are the members that a context object can have, and which of
// them are strings.
var contextFields = map[string]map[string]value.Kind{
	"Execution": {
		"Id": value.KindString, "Input": value.KindAbsent, "Name": value.KindString, "RoleArn": value.KindString,
		"StartTime": value.KindString, "RedriveCount": value.KindNumber, "RedriveTime": value.KindString,
	},
	"State":        {"EnteredTime": value.KindString, "Name": value.KindString, "RetryCount": value.KindNumber},
	"StateMachine": {"Id": value.KindString, "Name": value.KindString},
	"Task":         {"Token": value.KindString},
}

// checkContext checks a context object that the caller gives.
func (t *StateTest) checkContext(s *asl.State) *Rejection {
	if t.Context.IsAbsent() {
		return nil
	}
	const prefix = "Invalid Context object provided: "
	if t.Context.Kind() != value.KindObject {
		return invalid(prefix + "Context object must be a JSON object")
	}
	for _, member := range t.Context.Members() {
		fields, known := contextFields[member.Key]
		switch {
		case member.Key == "Map":
			return invalid(prefix + "'Map' field is not supported when mocking a Context object")
		case !known:
			return invalid(prefix + "Field '" + member.Key + "' is not allowed")
		case member.Key == "Task" && !hasToken(s):
			return invalid(prefix + "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern")
		case member.Value.Kind() != value.KindObject:
			return invalid(prefix + member.Key + " must be an object")
		}
		for _, field := range member.Value.Members() {
			kind, known := fields[field.Key]
			if !known {
				return invalid(prefix + "Field '" + field.Key + "' is not allowed")
			}
			if kind != value.KindAbsent && field.Value.Kind() != kind {
				return invalid(prefix + member.Key + "." + field.Key + " must be a " + kind.String())
			}
		}
	}
	return nil
}

func hasToken(s *asl.State) bool {
	if s.Task == nil || s.Task.Resource == nil {
		return false
	}
	r := spec.ParseResource(s.Task.Resource.Value)
	return r.Pattern != spec.RequestResponse
}
