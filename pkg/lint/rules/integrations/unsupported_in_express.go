package integrations

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func unsupportedInExpress() *lint.Rule {
	return &lint.Rule{
		Name: "unsupported-in-express", Category: lint.Integrations, Severity: diag.Error, Preset: lint.Spec,
		Summary:  "an Express workflow has jobs, callbacks, activities or a distributed Map, which only Standard workflows have",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			for task := range tasks(p) {
				if message, aws := expressFault(task.resource); message != "" {
					reportExpress(p, task.State, task.node.Span(), message, aws)
				}
			}
			for state := range p.Machine.States() {
				if state.Map != nil && state.Map.Distributed {
					reportExpress(p, state, modeSpan(state.Map), "is a distributed Map",
						"The field 'Mode' with value 'DISTRIBUTED' is not supported inside 'EXPRESS' state machines")
				}
			}
		},
	}
}

// expressFault is [spec.Resource.ExpressFault], except that a pattern which the
// service does not have at all is the fault of that.
func expressFault(r spec.Resource) (message, aws string) {
	if fault, _ := patternFault(r); fault != "" {
		return "", ""
	}
	return r.ExpressFault()
}

// reportExpress reports a state that runs as a part of an Express workflow: the
// machine itself, or the children of a distributed Map. What the service checks
// of the latter is not on record.
func reportExpress(p *lint.Pass, state *asl.State, span syntax.Span, message, aws string) {
	finding := diag.Diagnostic{Span: span, State: state.Name, AWS: &diag.AWS{Code: awsCode, Message: aws, Span: span}}
	if p.Type == asl.Express {
		finding.Message = fmt.Sprintf("state %q %s, which Express workflows do not support", state.Name, message)
		finding.Help = "deploy the state machine with the type STANDARD, or move this state into a Standard one"
		p.Report(finding)
		return
	}
	if owner := expressOwner(state); owner != nil {
		finding.AWS = nil
		finding.Severity = diag.Warning
		finding.Message = fmt.Sprintf("state %q %s, but the child executions of Map %q are Express workflows", state.Name, message, owner.Name)
		finding.Help = fmt.Sprintf(`set "ExecutionType": "STANDARD" in the ProcessorConfig of %q`, owner.Name)
		p.Report(finding)
	}
}

// expressOwner returns the distributed Map around the state whose children are
// Express workflows, nil when there is none.
func expressOwner(state *asl.State) *asl.State {
	for owner := state.Owner(); owner != nil; owner = owner.Owner() {
		if owner.Map != nil && owner.Map.Distributed {
			if owner.Map.ExecutionType == asl.Express {
				return owner
			}
			return nil
		}
	}
	return nil
}

// modeSpan is the place that says that a Map is distributed.
func modeSpan(m *asl.MapFields) syntax.Span {
	if mode := m.Config.Get("Mode"); mode != nil {
		return mode.Span()
	}
	return m.Config.Span()
}
