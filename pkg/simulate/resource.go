package simulate

import "github.com/sfnctl/sfnctl/pkg/asl/spec"

// taskKind tells which events a task leaves.
type taskKind uint8

const (
	serviceTask  taskKind = iota // an optimized or SDK integration: Task... events
	lambdaTask                   // the ARN of a function: LambdaFunction... events
	activityTask                 // an activity: Activity... events
)

func kindOf(r *spec.Resource) taskKind {
	switch r.Kind {
	case spec.LambdaFunction:
		return lambdaTask
	case spec.Activity:
		return activityTask
	}
	return serviceTask
}

// submits reports whether a TaskSubmitted event precedes the answer of a task.
func submits(r *spec.Resource) bool {
	return kindOf(r) == serviceTask && r.Pattern != spec.RequestResponse && r.Pattern != spec.UnknownPattern
}

// limitName is how the cause of a result that is too large names a task.
func limitName(r *spec.Resource) string {
	if kindOf(r) == serviceTask {
		return r.Service
	}
	return r.Text
}
