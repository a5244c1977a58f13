package simulate

import "strings"

// Resource is the Resource of a Task, taken apart.
type Resource struct {
	ARN     string
	Kind    ResourceKind
	Service string // resourceType of the events: "lambda", "aws-sdk:s3"
	Action  string // without suffix: "invoke"
	Pattern Pattern
	Text    string // resource of the events: "sendMessage.waitForTaskToken", or the ARN
}

// ResourceKind tells what answers a task and which events that leaves.
type ResourceKind uint8

// The kinds of resources.
const (
	ServiceAction  ResourceKind = iota // an optimized or SDK integration: Task... events
	LambdaFunction                     // the ARN of a function: LambdaFunction... events
	Activity                           // an activity: Activity... events
)

// Pattern is how a Task waits for the service.
type Pattern uint8

// The patterns.
const (
	RequestResponse Pattern = iota
	RunJob                  // .sync
	RunJobParsed            // .sync:2
	Callback                // .waitForTaskToken
)

var patternSuffixes = [...]string{RunJob: ".sync", RunJobParsed: ".sync:2", Callback: ".waitForTaskToken"}

// ParseResource takes the ARN of a Resource apart. What is no ARN of a known
// form counts as a service action of that name.
func ParseResource(arn string) *Resource {
	parts := strings.SplitN(arn, ":", 6)
	r := &Resource{ARN: arn, Text: arn}
	if len(parts) < 6 {
		return r
	}
	service, rest := parts[2], parts[5]
	switch {
	case service == "lambda":
		r.Kind, r.Service, r.Action = LambdaFunction, "lambda", "invoke"
	case strings.HasPrefix(rest, "activity:"):
		r.Kind, r.Service = Activity, "activity"
	default:
		at := strings.LastIndexByte(rest, ':')
		if strings.HasSuffix(rest, ".sync:2") {
			at = strings.LastIndexByte(strings.TrimSuffix(rest, ":2"), ':')
		}
		r.Service, r.Text = rest[:max(at, 0)], rest[at+1:]
		r.Action, r.Pattern = cutPattern(r.Text)
	}
	return r
}

func cutPattern(action string) (string, Pattern) {
	for pattern := Callback; pattern > RequestResponse; pattern-- {
		if name, found := strings.CutSuffix(action, patternSuffixes[pattern]); found {
			return name, pattern
		}
	}
	return action, RequestResponse
}

// submits reports whether a TaskSubmitted event precedes the answer.
func (r *Resource) submits() bool { return r.Kind == ServiceAction && r.Pattern != RequestResponse }

// limitName is how the cause of a result that is too large names the task.
func (r *Resource) limitName() string {
	if r.Kind == ServiceAction {
		return r.Service
	}
	return r.ARN
}
