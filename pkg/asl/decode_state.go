package asl

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func (d *decoder) decodeState(state *State, node syntax.Node) {
	state.QueryLanguage = d.machine.QueryLanguage
	body := d.asStateObject(state, node)
	if body == nil {
		return
	}
	state.Node = body
	var types spec.Types
	state.Type, types = d.stateType(body)
	state.QueryLanguage = d.stateLanguage(body)
	d.language = specLanguage(state.QueryLanguage)
	o := d.open(body, &spec.State, types, d.language)
	o.text("Type")
	d.judgeLanguage(o)
	state.Comment = o.text("Comment")
	d.decodeTransition(state, o)
	d.decodeDataFlow(state, o)
	d.decodeErrorHandling(state, o)
	switch state.Type {
	case Task:
		state.Task = d.decodeTask(o)
	case Pass:
		state.Pass = d.decodePass(o)
	case Choice:
		state.Choice = d.decodeChoice(o)
	case Wait:
		state.Wait = d.decodeWait(o)
	case Fail:
		state.Fail = d.decodeFail(o)
	case Parallel:
		state.Parallel = d.decodeParallel(o)
	case Map:
		state.Map = d.decodeMap(o)
	}
}

// asStateObject returns the object that a state must be. A field of the state
// machine that has slipped into States is reported as such.
func (d *decoder) asStateObject(state *State, node syntax.Node) *syntax.Object {
	switch node := node.(type) {
	case *syntax.Object:
		return node
	case *syntax.Bad:
		return nil
	}
	if isSubstituted(node) || HasSubstitution(state.Name) {
		return nil
	}
	if spec.Machine.Find(state.Name) != nil {
		d.report(RuleMisplacedField, state.NameNode.Span(),
			fmt.Sprintf("%s stands among the states, where every member is a state", quote(state.Name)),
			fmt.Sprintf(`move %s out of "States", beside it`, quote(state.Name))).
			schema(node.Span(), "Expected value of type Object")
		return nil
	}
	d.reportType(node, d.subject(), "an object", "Object")
	return nil
}

func (d *decoder) decodeTransition(state *State, o *object) {
	state.Next = o.transition("Next")
	state.End = o.boolean("End")
}

// decodeDataFlow reads the fields by which states of several types pass data on.
func (d *decoder) decodeDataFlow(state *State, o *object) {
	state.InputPath = o.expression("InputPath")
	state.OutputPath = o.expression("OutputPath")
	state.Parameters = o.expression("Parameters")
	state.Arguments = o.expression("Arguments")
	state.ResultSelector = o.expression("ResultSelector")
	state.ResultPath = o.expression("ResultPath")
	if o.types&spec.Working != 0 {
		d.readable = resultReadable
	}
	state.Output = o.expression("Output")
	state.Assign = d.decodeAssign(o)
	d.readable = 0
}

func (d *decoder) decodeErrorHandling(state *State, o *object) {
	state.Retry = d.decodeRetry(o)
	state.Catch = d.decodeCatch(o)
	state.RetryUnknown = isPartlySubstituted(o.get("Retry"))
	state.CatchUnknown = isPartlySubstituted(o.get("Catch"))
}
