package data

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
)

func unknownContextField() *lint.Rule {
	return &lint.Rule{
		Name: "unknown-context-field", Category: lint.Data, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a state reads a field that the context object does not have",
		Requires: []lint.Prerequisite{allExpressions},
		Run: func(p *lint.Pass) {
			for _, found := range expressionsOf(p).context {
				reportContext(p, found.state, found.read)
			}
		},
	}
}

// contextFields are the fields of the context object by their path; nil means
// that anything can be below. Source: Developer Guide, "Accessing execution data
// from the Context object".
func contextFields(path string) (fields []string, open bool) {
	switch path {
	case "":
		return []string{"Execution", "StateMachine", "State", "Task", "Map"}, false
	case "Execution":
		return []string{"Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"}, false
	case "StateMachine":
		return []string{"Id", "Name"}, false
	case "State":
		return []string{"Name", "EnteredTime", "RetryCount"}, false
	case "Task":
		return []string{"Token"}, false
	case "Map":
		return []string{"Item"}, false
	case "Map.Item":
		return []string{"Index", "Value", "Key", "Source"}, false
	}
	return nil, true
}

func reportContext(p *lint.Pass, state *asl.State, read asl.Read) {
	for i, name := range read.Path {
		path := strings.Join(read.Path[:i], ".")
		fields, open := contextFields(path)
		if open {
			break
		}
		if slices.Contains(fields, name) {
			continue
		}
		p.Report(diag.Diagnostic{
			Span: read.Span, State: state.Name,
			Message: fmt.Sprintf("state %q reads %q of the context object, which does not exist", state.Name, strings.Join(read.Path[:i+1], ".")),
			Help:    contextHelp(path, name, fields),
		})
		return
	}
	if len(read.Path) > 0 && read.Path[0] == "Map" && !isInMap(state) {
		p.Report(diag.Diagnostic{
			Span: read.Span, State: state.Name,
			Message: fmt.Sprintf("state %q reads the item of a Map, but it is in no Map", state.Name),
			Help:    "read it in the ItemSelector of the Map",
		})
	}
}

func contextHelp(path, name string, fields []string) string {
	if near := diag.Suggest(name, fields); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	where := "the context object"
	if path != "" {
		where = path
	}
	return where + " has " + strings.Join(fields, ", ")
}

func isInMap(state *asl.State) bool {
	for ; state != nil; state = state.Owner() {
		if state.Type == asl.Map {
			return true
		}
	}
	return false
}
