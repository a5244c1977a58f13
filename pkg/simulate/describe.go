package simulate

import (
	"time"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// describeForm is how the description of an execution is to look.
type describeForm uint8

const (
	recordForm describeForm = iota // of a ResultWriter: dates as text, input and output as text
	syncForm                       // of .sync: dates as numbers, input and output as text
	syncParsed                     // of .sync:2: input and output as JSON
)

// describe returns what DescribeExecution says of an execution that has ended,
// its members in the order of the alphabet.
func (x *Execution) describe(form describeForm) value.Value {
	var members []value.Member
	add := func(key string, v value.Value) { members = append(members, value.Member{Key: key, Value: v}) }
	payload := func(v value.Value) value.Value {
		if form == syncParsed {
			return v.WithRaw("")
		}
		return value.String(v.Compact())
	}
	date := func(at time.Duration) value.Value {
		if form == recordForm {
			return value.String(timestamp(at))
		}
		return value.Int(int64(at / time.Millisecond))
	}
	included := value.Object(value.Member{Key: "Included", Value: value.Bool(true)})
	if x.failure != nil && !x.failure.NoCause {
		add("Cause", value.String(x.failure.Cause))
	}
	if x.failure != nil && !x.failure.NoError {
		add("Error", value.String(x.failure.Error))
	}
	add("ExecutionArn", value.String(x.identity.ExecutionARN))
	add("Input", payload(x.input))
	add("InputDetails", included)
	add("Name", value.String(x.identity.ExecutionName))
	if x.status == Succeeded {
		add("Output", payload(x.output))
		add("OutputDetails", included)
	}
	add("RedriveCount", value.Int(0))
	add("RedriveStatus", value.String(x.redriveStatus()))
	if x.status == Succeeded {
		add("RedriveStatusReason", value.String("Execution is SUCCEEDED and cannot be redriven"))
	}
	add("StartDate", date(x.started))
	add("StateMachineArn", value.String(x.identity.MachineARN))
	add("Status", value.String(x.status.String()))
	add("StopDate", date(x.finished))
	return value.Object(members...)
}

func (x *Execution) redriveStatus() string {
	if x.status == Succeeded {
		return "NOT_REDRIVABLE"
	}
	return "REDRIVABLE"
}
