package template

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func lambdaTimeoutExceedsTask() *lint.Rule {
	return &lint.Rule{
		Name: "lambda-timeout-exceeds-task", Category: lint.Template, Severity: diag.Warning, Preset: lint.Recommended,
		Summary: "a Task gives up on a function that goes on running",
		Run: func(p *lint.Pass) {
			if p.Deployment == nil {
				return
			}
			for state := range p.Machine.States() {
				checkTimeout(p, state)
			}
		},
	}
}

func checkTimeout(p *lint.Pass, state *asl.State) {
	if state.Type != asl.Task || state.Node == nil {
		return
	}
	limit, ok := state.Node.Get("TimeoutSeconds").(*syntax.Number)
	function := functionOf(p.Deployment, state)
	if !ok || function == nil {
		return
	}
	seconds, err := strconv.ParseFloat(limit.Text, 64)
	if err != nil || seconds >= function.Timeout {
		return
	}
	p.Report(diag.Diagnostic{
		Span: limit.Span(), State: state.Name,
		Message: fmt.Sprintf("%q gives up after %s s, but its function %q may run for %s s: what it does after that happens unseen",
			state.Name, limit.Text, function.Name, strconv.FormatFloat(function.Timeout, 'f', -1, 64)),
		Help: "give the Task more time than the function, or the function less",
	})
}

// functionOf returns the function of the template that a Task calls, nil when
// it calls none, or one from elsewhere.
func functionOf(d *lint.Deployment, state *asl.State) *lint.Function {
	resource, ok := state.Node.Get("Resource").(*syntax.String)
	if !ok {
		return nil
	}
	parsed := spec.ParseResource(resource.Value)
	name := parsed.Name
	if parsed.Kind == spec.OptimizedIntegration && parsed.Service == "lambda" {
		name = functionName(state.Node)
	} else if parsed.Kind != spec.LambdaFunction {
		return nil
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "${"), "}")
	for i := range d.Functions {
		f := &d.Functions[i]
		if name != "" && (name == f.Name || name == f.Alias || strings.TrimPrefix(name, "aws_lambda_function.") == f.Name) {
			return f
		}
	}
	return nil
}

// functionName returns what a Task gives lambda:invoke as FunctionName: the last
// part of an ARN, or the name.
func functionName(state *syntax.Object) string {
	for _, field := range []string{"Parameters", "Arguments"} {
		input, _ := state.Get(field).(*syntax.Object)
		text, ok := input.Get("FunctionName").(*syntax.String)
		if !ok {
			continue
		}
		if parsed := spec.ParseResource(text.Value); parsed.Kind == spec.LambdaFunction {
			return parsed.Name
		}
		return text.Value
	}
	return ""
}
