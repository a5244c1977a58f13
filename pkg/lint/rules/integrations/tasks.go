package integrations

import (
	"fmt"
	"iter"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// task is a Task state with its resource taken apart.
type task struct {
	*asl.State
	resource spec.Resource
	node     *syntax.String // the value of Resource
}

var allTasks = &lint.Result[[]*task]{
	Name:     "tasks",
	OfStates: true,
	Compute: func(p *lint.Pass) []*task {
		n := 0
		for state := range p.Machine.States() {
			if state.Task != nil {
				n++
			}
		}
		found, all := make([]*task, 0, n), make([]task, n)
		for state := range p.Machine.States() {
			if state.Task != nil && state.Task.Resource != nil {
				node := state.Task.Resource
				at := &all[len(found)]
				*at = task{state, spec.ParseResource(node.Value), node}
				found = append(found, at)
			}
		}
		return found
	},
}

// tasks yields the Tasks of the machine that have a Resource.
func tasks(p *lint.Pass) iter.Seq[*task] { return slices.Values(allTasks.Of(p)) }

// parameters returns what the Task sends: Parameters or Arguments, nil when it
// has neither.
func (t *task) parameters() *asl.Expression {
	if t.QueryLanguage == asl.JSONata {
		return t.Arguments
	}
	return t.Parameters
}

// parametersField is the name of the field that [task.parameters] returns.
func (t *task) parametersField() string {
	if t.QueryLanguage == asl.JSONata {
		return "Arguments"
	}
	return "Parameters"
}

// call names the integration as people do: "dynamodb:putItem",
// "aws-sdk:s3:getObject".
func call(r spec.Resource) string { return r.EventType() + ":" + r.Action }

// subject names the state as messages begin.
func (t *task) subject() string { return fmt.Sprintf("state %q", t.Name) }

// report adds a finding about the Task.
func (t *task) report(p *lint.Pass, finding diag.Diagnostic) {
	finding.State = t.Name
	p.Report(finding)
}

// awsCode is the service's code for every fault of an integration.
const awsCode = "SCHEMA_VALIDATION_FAILED"

// unrecognized is what the service says to a resource it does not know.
func (t *task) unrecognized() *diag.AWS {
	return &diag.AWS{Code: awsCode, Span: t.node.Span(), Message: fmt.Sprintf("The resource provided %s is not recognized. "+
		"The value is not a valid resource ARN, or the resource is not available in this region.", t.node.Value)}
}
