package simulate

import (
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// startNested starts the state machine that a startExecution task names, when
// there is a definition of it. The answer of the task follows from the pattern:
// at once that it was started, or when it has ended what came of it.
func (x *Execution) startNested(f *frame, request value.Value) bool {
	r := f.state.task.resource
	express := r.EventType() == "aws-sdk:sfn" && r.Action == "startSyncExecution"
	if !express && !(r.Action == "startExecution" && (r.EventType() == "states" || r.EventType() == "aws-sdk:sfn")) {
		return false
	}
	name := request.Get("StateMachineArn").Str()
	if x.sim.options.Machines == nil || name == "" {
		return false
	}
	program := x.sim.options.Machines(name)
	if program == nil {
		return false
	}
	prefix := "StepFunctions."
	if r.EventType() == "aws-sdk:sfn" {
		prefix = "Sfn."
	}
	if called := request.Get("Name"); !called.IsAbsent() && !validName(called.Str()) {
		f.task.answer = TaskAnswer{Failure: failed(prefix+"InvalidNameException", "Invalid Name: '"+called.Str()+"'")}
		return true
	}
	if x.sim.nested++; x.sim.nested > maxNested || x.depth() > maxNestedDepth {
		f.task.answer = TaskAnswer{Failure: failed("StepFunctions.ExecutionLimitExceeded",
			"The maximum number of running executions has been reached.")}
		return true
	}
	kind := asl.Standard
	if express {
		kind = asl.Express
	}
	child := x.sim.newExecution(program, kind, x.nestedIdentity(name, request), nestedInput(request.Get("Input")))
	if before := x.sim.started[child.identity.ExecutionARN]; before != nil && !before.ended && r.Pattern == spec.RequestResponse && value.Equal(before.input, child.input) {
		// StartExecution is idempotent while the execution of that name runs with the same input.
		f.task.answer = TaskAnswer{Output: before.startedAnswer()}
		return true
	} else if before != nil {
		f.task.answer = TaskAnswer{Failure: failed(prefix+"ExecutionAlreadyExistsException", "Execution Already Exists: '"+child.identity.ExecutionARN+"'")}
		return true
	}
	if kind == asl.Standard {
		if x.sim.started == nil {
			x.sim.started = map[string]*Execution{}
		}
		x.sim.started[child.identity.ExecutionARN] = child
	}
	child.forget = x.sim.options.Child == nil
	child.parent = f
	f.task.answer = TaskAnswer{Output: child.startedAnswer()}
	f.task.answer.Submitted = f.task.answer.Output
	waits := r.Pattern.IsJob() || express
	if waits {
		f.task.child = child
	} else {
		child.begin()
	}
	return true
}

// maxNested is how many executions the tasks of one simulation may start: a
// machine that starts itself must come to an end.
const maxNested = 10_000

// maxNestedDepth is how deep executions may start one another: each keeps what it
// has until the one inside has ended.
const maxNestedDepth = 1_000

// depth returns how many executions the execution stands in.
func (x *Execution) depth() int {
	depth := 0
	for ; x.parent != nil; x = x.parent.x {
		depth++
	}
	return depth
}

// validName reports whether an execution may be called name: 1 to 80 characters,
// without white space, brackets, wildcards, special and control characters.
func validName(name string) bool {
	n := 0
	for _, r := range name {
		n++
		if r <= ' ' || r >= 0x7F && r <= 0x9F || strings.ContainsRune("<>{}[]?*\"#%\\^|~`$&,;:/", r) {
			return false
		}
	}
	return n >= 1 && n <= 80
}

// nestedIdentity names a nested execution as its task asks for.
func (x *Execution) nestedIdentity(machine string, request value.Value) Identity {
	id := Identity{
		ExecutionName: request.Get("Name").Str(),
		Region:        x.identity.Region, Account: x.identity.Account,
	}
	if strings.HasPrefix(machine, "arn:") {
		id.MachineARN = machine
	} else {
		id.MachineName = machine
	}
	return id
}

// nestedInput returns the input of a nested execution: any JSON, or for the SDK
// integration a JSON text.
func nestedInput(input value.Value) value.Value {
	if input.Kind() == value.KindString {
		if parsed, err := value.ParseCompact(input.Str()); err == nil && parsed.Kind() == value.KindObject {
			return parsed
		}
	}
	return input
}

// startedAnswer is the answer of StartExecution.
func (x *Execution) startedAnswer() value.Value {
	return value.Object(
		value.Member{Key: "ExecutionArn", Value: value.String(x.identity.ExecutionARN)},
		value.Member{Key: "StartDate", Value: value.Int(int64(x.started / time.Millisecond))},
	)
}

// await makes the frame's task wait for the execution that it has started.
func (x *Execution) await(f *frame, child *Execution) {
	child.waits = f.generation
	if f.task.timeout > 0 {
		f.task.answer.Never = true
		x.sim.also(f, f.task.timeout, stepTaskEnd)
	} else {
		x.sim.also(f, spec.Longest, stepTimeLimit)
	}
	child.begin()
}

// childEnd answers a task with what came of the execution that it waited for.
func (x *Execution) childEnd(f *frame) {
	child, form := f.task.child, syncForm
	if f.state.task.resource.Pattern == spec.Sync2 {
		form = syncParsed
	}
	f.task.child = nil
	f.task.answer = TaskAnswer{Output: child.describe(form)}
	if child.status != Succeeded {
		f.task.answer = TaskAnswer{Failure: failed(spec.ErrorTaskFailed, clip(child.describe(syncForm).Compact()))}
	}
	x.taskEnd(f)
}

// abortChildren stops what the state of a frame has running outside of it.
func (x *Execution) abortChildren(f *frame) {
	if child := f.task.child; child != nil {
		f.task.child = nil
		child.Stop()
	}
	if f.group != nil && f.group.mapping != nil {
		f.group.mapping.run.Status = Aborted
		x.stopChildren(f.group.mapping)
	}
}

// stopStarted stops the executions that a frame and those it owns wait for.
func (x *Execution) stopStarted(f *frame) {
	x.abortChildren(f)
	for member := f.firstKid; member != nil; member = member.sibling {
		x.stopStarted(member)
	}
}

// tellParent tells whoever started the execution, and may wait for it, that it
// has ended.
func (x *Execution) tellParent() {
	f := x.parent
	if f == nil {
		return
	}
	if x.sim.options.Child != nil {
		x.sim.options.Child(x.Result())
	}
	switch {
	case x.group != nil:
		f.x.childDone(f, x.group, x)
	case f.task.child == x && f.generation == x.waits && !f.x.ended:
		x.sim.later(f, 0, stepChildEnd)
	}
}

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
