package simulate

import (
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// timestamp formats a moment as the context object shows it: UTC, milliseconds.
func timestamp(at time.Duration) string {
	return time.Unix(0, int64(at)).UTC().Format("2006-01-02T15:04:05.000Z")
}

// timestamp formats a moment of the simulation. Most states are entered at the
// moment at which the one before was.
func (sim *simulation) timestamp(at time.Duration) value.Value {
	if at != sim.formattedAt || sim.formatted.IsAbsent() {
		sim.formattedAt, sim.formatted = at, value.String(timestamp(at))
	}
	return sim.formatted
}

// contextValue is the value of a path into the context object that can be had
// without making the objects on its way; absent for any other path.
func (d *data) contextValue(path *jsonpath.Path) value.Value {
	if !d.context.IsAbsent() || !d.x.contextOverlay.IsAbsent() || !path.IsDefinite() {
		return value.Value{}
	}
	var v value.Value
	for i := range path.Steps {
		switch step := &path.Steps[i]; {
		case step.Kind != jsonpath.StepMember:
			return value.Value{}
		case i == 0 && step.Name == "Map":
			if d.item.IsAbsent() || len(path.Steps) < 2 || path.Steps[1].Kind != jsonpath.StepMember || path.Steps[1].Name != "Item" {
				return value.Value{}
			}
		case i == 0:
			v = d.contextMember(step.Name)
		case i == 1 && path.Steps[0].Name == "Map":
			v = d.item
		default:
			v = v.Get(step.Name)
		}
	}
	return v
}

// contextRoot returns what a path that starts with $$ is evaluated on: the
// context object, or as much of it as the path can reach.
func (d *data) contextRoot(path *jsonpath.Path) value.Value {
	if !d.context.IsAbsent() || !d.x.contextOverlay.IsAbsent() || len(path.Steps) == 0 || path.Steps[0].Kind != jsonpath.StepMember {
		return d.contextObject()
	}
	name := path.Steps[0].Name
	if name == d.partName {
		return d.part
	}
	member := d.contextMember(name)
	if member.IsAbsent() {
		return value.Object()
	}
	d.partName, d.part = name, value.Object(value.Member{Key: name, Value: member})
	return d.part
}

// contextMember returns one member of the context object; absent when it has
// none of that name.
func (d *data) contextMember(name string) value.Value {
	switch name {
	case "Execution":
		return d.x.contextExecution()
	case "StateMachine":
		return d.x.contextMachine
	case "State":
		return d.frame.contextState()
	case "Task":
		if token := d.taskToken(); token != "" {
			return value.Object(value.Member{Key: "Token", Value: value.String(token)})
		}
	case "Map":
		if !d.item.IsAbsent() {
			return value.Object(value.Member{Key: "Item", Value: d.item})
		}
	}
	return value.Value{}
}

// taskToken returns the task token, made when a Task first asks for it: a Task
// whose service is waited for has one, whether by callback or as a job.
func (d *data) taskToken() string {
	if f := d.frame; f.token == "" && f.open && f.state.waits() {
		f.token = d.x.sim.token()
	}
	return d.frame.token
}

var contextMembers = [...]string{"Execution", "StateMachine", "State", "Task", "Map"}

// contextObject returns the context object, made when first asked for. The
// order of its members is the service's.
func (d *data) contextObject() value.Value {
	if !d.context.IsAbsent() {
		return d.context
	}
	members := make([]value.Member, 0, len(contextMembers))
	for _, name := range contextMembers {
		if member := d.contextMember(name); !member.IsAbsent() {
			members = append(members, value.Member{Key: name, Value: member})
		}
	}
	d.context = overlay(value.Object(members...), d.x.contextOverlay)
	return d.context
}

// waits reports whether the state is a Task whose service is waited for.
func (s *state) waits() bool {
	return s.task != nil && s.task.resource.Pattern != spec.RequestResponse
}

// overlay replaces members of base with those of over, object by object.
func overlay(base, over value.Value) value.Value {
	if over.Kind() != value.KindObject {
		return base
	}
	for _, member := range over.Members() {
		old, replacement := base.Get(member.Key), member.Value
		if old.Kind() == value.KindObject && replacement.Kind() == value.KindObject {
			replacement = overlay(old, replacement)
		}
		base = base.With(member.Key, replacement)
	}
	return base
}

// contextExecution returns the member Execution, which stays the same for the
// whole execution. Standard and Express differ in the order of its members.
func (x *Execution) contextExecution() value.Value {
	if !x.contextExecutionValue.IsAbsent() {
		return x.contextExecutionValue
	}
	text := func(key, s string) value.Member { return value.Member{Key: key, Value: value.String(s)} }
	id, input := text("Id", x.identity.ExecutionARN), value.Member{Key: "Input", Value: x.input.WithRaw("")}
	start, name := text("StartTime", x.identity.StartTime), text("Name", x.identity.ExecutionName)
	role, redrives := text("RoleArn", x.identity.RoleARN), value.Member{Key: "RedriveCount", Value: value.Int(0)}
	switch {
	case x.control.alone():
		x.contextExecutionValue = value.Object(id, input, name, role, start)
	case x.kind == asl.Express && x.parent != nil && x.group == nil:
		// Synchronous executions have no count of redrives.
		x.contextExecutionValue = value.Object(id, input, name, role, start)
	case x.kind == asl.Express:
		x.contextExecutionValue = value.Object(id, input, name, role, start, redrives)
	default:
		x.contextExecutionValue = value.Object(id, input, start, name, role, redrives)
	}
	return x.contextExecutionValue
}

// contextState returns the member State. Only states that can be retried show
// a count of retries.
func (f *frame) contextState() value.Value {
	members := make([]value.Member, 2, 3)
	members[0] = value.Member{Key: "Name", Value: value.String(f.state.name)}
	members[1] = value.Member{Key: "EnteredTime", Value: f.x.sim.timestamp(f.enteredAt)}
	if f.state.kind == asl.Task || f.x.control.alone() && f.state.kind >= asl.Parallel {
		members = append(members, value.Member{Key: "RetryCount", Value: value.Int(int64(f.retries))})
	}
	return value.Object(members...)
}

// statesObject returns $states: what a JSONata expression can see beside the
// variables.
func (d *data) statesObject() value.Value {
	known := &d.lean
	if d.withContext {
		known = &d.states
	}
	if !known.IsAbsent() {
		return *known
	}
	members := make([]value.Member, 0, 4)
	members = append(members, value.Member{Key: "input", Value: d.input})
	if d.withContext {
		members = append(members, value.Member{Key: "context", Value: d.contextObject()})
	}
	if !d.result.IsAbsent() {
		members = append(members, value.Member{Key: "result", Value: d.result})
	}
	if !d.errorOutput.IsAbsent() {
		members = append(members, value.Member{Key: "errorOutput", Value: d.errorOutput})
	}
	*known = value.Object(members...)
	return *known
}
