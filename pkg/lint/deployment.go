package lint

import "github.com/sfnctl/sfnctl/pkg/syntax"

// The rules that reading a template checks.
const (
	DefinitionNotRead  = "definition-not-read"
	UnsetSubstitution  = "unset-substitution"
	UnusedSubstitution = "unused-substitution"
	InvalidTemplate    = "template-property"
	TextAsNumber       = "text-as-number"
)

// Deployment is what the template that deploys a state machine says of it,
// beside the definition: CloudFormation, SAM, Terraform, the Serverless
// Framework. A plain definition has none.
type Deployment struct {
	Format    string       // how messages call the kind of template: "SAM template"
	Name      string       // the logical id, or the name of the resource
	File      *syntax.File // the template
	Span      syntax.Span  // where Name stands in it
	Logging   Property     // the level: ALL, ERROR, FATAL or OFF
	Tracing   Property     // "true" or "false"
	Functions []Function   // the functions that the template deploys
	Alarms    []Alarm      // the alarms on metrics of Step Functions
	Rules     []EventRule  // the event rules on the status of executions
	Complete  bool         // the template holds all that is deployed, as far as it says
}

// Property is a property whose value may depend on the deployment.
type Property struct {
	Value string
	State PropertyState
	Span  syntax.Span // in the template; the name of the resource when it is absent
}

// PropertyState says how much is known of a [Property].
type PropertyState uint8

// The states of a property.
const (
	Absent   PropertyState = iota // the template does not set it
	Set                           // Value is what it is set to
	Computed                      // set to what only the deployment knows
)

// Function is a Lambda function that the template deploys.
type Function struct {
	Name    string  // the logical id, or the name of the resource
	Alias   string  // the function's own name when it is known
	Timeout float64 // seconds
	Span    syntax.Span
}

// Alarm is a CloudWatch alarm on a metric of the namespace AWS/States.
type Alarm struct {
	Metric  string // such as "ExecutionsFailed"
	Machine string // the name of the resource it watches; "" when that is not known
}

// EventRule is an EventBridge rule on Step Functions events.
type EventRule struct {
	Statuses []string // such as "FAILED"
	Machine  string   // the name of the resource it watches; "" for any
}
