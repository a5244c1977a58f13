package mock

import (
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/simulate/mockcheck"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// CheckResult holds a mocked result to the API behind a resource. It returns the
// complaint in the words of the TestState API, "" when there is none.
func CheckResult(r spec.Resource, v value.Value, mode mockcheck.Mode) string {
	if r.Service == "states" && r.Action == "startExecution" && r.Pattern.IsJob() {
		// Such a task returns what it watches the execution with. With .sync:2
		// the input and output in it are JSON rather than text.
		if r.Pattern == spec.Sync2 {
			v = v.Without("Input").Without("Output")
		}
		r = spec.Resource{Kind: spec.SDKIntegration, Service: "sfn", Action: "describeExecution"}
	}
	if problems := mockcheck.Check(r, v, mode); len(problems) > 0 {
		return problems[0].Message()
	}
	return ""
}

// checkReturns finds results that the API of their task would never give.
// Dates pass as they are: real results have them as numbers too.
func (p *parser) checkReturns(where string, r spec.Resource, responses *Responses, mode mockcheck.Mode) {
	check := func(response *Response) {
		if response == nil || response.Return.Kind() != value.KindObject {
			return
		}
		problems := mockcheck.Check(r, response.Return, mode)
		if len(problems) == 0 || problems[0].Field == "StartDate" || problems[0].Field == "StopDate" {
			return
		}
		p.warn(where, "%s", problems[0].Message())
		p.problems[len(p.problems)-1].Warning = mode != mockcheck.Strict
	}
	for i := range responses.Ranges {
		check(responses.Ranges[i].Response)
	}
	for i := range responses.Rules {
		check(responses.Rules[i].Response)
	}
	check(responses.Default)
}
