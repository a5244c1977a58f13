package integrations

import (
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

// hasTimeout reports whether the Task ends by itself when nothing comes back.
func (t *task) hasTimeout() bool {
	return t.Task.TimeoutSeconds != nil || t.Task.TimeoutPath != nil || hasField(t.State, "TimeoutSeconds")
}

func (t *task) hasHeartbeat() bool {
	return t.Task.HeartbeatSeconds != nil || t.Task.HeartbeatPath != nil || hasField(t.State, "HeartbeatSeconds")
}

// waitsForSomebody reports whether the Task ends only when somebody outside of
// AWS says so.
func (t *task) waitsForSomebody() bool {
	return t.resource.Kind == spec.Activity || t.resource.IsIntegration() && t.resource.Pattern == spec.WaitForTaskToken
}

// endsByItself reports whether the whole execution is bounded: by its own
// TimeoutSeconds, or by the five minutes of an Express workflow.
func endsByItself(p *lint.Pass) bool {
	return p.Type == asl.Express || p.Machine.TimeoutSeconds != nil
}

// withoutTimeout collects the Tasks that are among the wanted ones and run for
// up to a year when nothing comes back.
func withoutTimeout(p *lint.Pass, wanted func(*task) bool) []*task {
	if endsByItself(p) {
		return nil
	}
	var found []*task
	for task := range tasks(p) {
		if wanted(task) && !task.hasTimeout() && expressOwner(task.State) == nil {
			found = append(found, task)
		}
	}
	return found
}
