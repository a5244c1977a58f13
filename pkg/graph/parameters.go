package graph

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// parameter returns the literal value of a parameter of a task, by its slash
// path; absent when it is not there or computed.
func parameter(state *asl.State, path string) value.Value {
	e := state.Parameters
	if e == nil {
		e = state.Arguments
	}
	return literalAt(e, strings.Split(path, "/"))
}

func literalAt(e *asl.Expression, path []string) value.Value {
	if e == nil {
		return value.Value{}
	}
	if e.Kind == asl.Literal {
		v := e.Literal
		for _, key := range path {
			v = v.Get(key)
		}
		return v
	}
	if len(path) == 0 {
		return value.Value{}
	}
	for _, member := range e.Members {
		if member.Key == path[0] && !member.Dynamic {
			return literalAt(member.Value, path[1:])
		}
	}
	return value.Value{}
}

// functionName returns the name of the function or workflow that a task runs,
// as far as the definition tells: the last part of an ARN, the inside of a
// substitution, or the text itself.
func functionName(state *asl.State) string {
	text := ""
	for _, path := range []string{"FunctionName", "StateMachineArn", "JobName", "ProjectName", "TaskDefinition"} {
		if text = parameter(state, path).Str(); text != "" {
			break
		}
	}
	if text == "" && state.Task != nil && state.Task.Resource != nil {
		if text = state.Task.Resource.Value; strings.Contains(text, ":states:") && !strings.Contains(text, ":activity:") {
			return ""
		}
	}
	return bareName(text)
}

// bareName strips what surrounds a name in an ARN or a substitution.
func bareName(text string) string {
	for _, marker := range []string{":function:", ":activity:", ":stateMachine:"} {
		if i := strings.Index(text, marker); i >= 0 {
			text = text[i+len(marker):]
			break
		}
	}
	text = strings.TrimPrefix(strings.TrimSuffix(text, "}"), "${")
	text, _, _ = strings.Cut(text, ":")
	for _, suffix := range []string{".Arn", "Arn", "FunctionName", "Function", "Lambda", "_arn", ".arn"} {
		text = strings.TrimSuffix(text, suffix)
	}
	return text
}
