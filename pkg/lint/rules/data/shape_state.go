package data

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
)

// passage is how data goes through one state: the shape at each stage.
type passage struct {
	state *asl.State
	at    [asl.Stages]*shape
}

// through computes the passage of a shape through a state.
func through(state *asl.State, input *shape) *passage {
	g := &passage{state: state}
	g.at[asl.RawInput] = input
	last := asl.RawInput
	for _, step := range state.Flow() {
		g.at[step.To] = g.take(step, g.at[step.From])
		last = step.To
	}
	g.at[asl.StateOutput] = g.at[last]
	return g
}

// take returns what a field makes of the stage that it reads.
func (g *passage) take(step asl.FlowStep, from *shape) *shape {
	switch step.Field {
	case "":
		return g.work()
	case "InputPath":
		return g.narrow(g.state.InputPath, from)
	case "OutputPath":
		return g.narrow(g.state.OutputPath, from)
	case "Parameters":
		return g.optional(g.state.Parameters, from, byTemplate)
	case "Arguments":
		return g.optional(g.state.Arguments, from, byTemplate)
	case "ResultSelector":
		return g.optional(g.state.ResultSelector, from, bySelector)
	case "Output":
		return g.optional(g.state.Output, from, byTemplate)
	case "ResultPath":
		return g.merge(g.state.ResultPath, from)
	case "Result":
		if g.state.Pass != nil && g.state.Pass.Result != nil {
			return shapeOf(g.state.Pass.Result.Literal, g.by(byConstant), 0)
		}
	}
	return from
}

func (g *passage) by(kind sourceKind) *source {
	return &source{g.state, kind, g.at[asl.RawInput]}
}

// optional applies a template that need not be there.
func (g *passage) optional(template *asl.Expression, from *shape, kind sourceKind) *shape {
	if template == nil {
		return from
	}
	return g.template(template, from, kind)
}

// work returns the shape of what the state itself does.
func (g *passage) work() *shape {
	switch {
	case g.state.Type == asl.Parallel:
		return array(g.by(byResult))
	case g.state.Map != nil && !g.state.Map.Distributed:
		return array(g.by(byResult))
	case g.state.Task != nil && g.state.Task.Resource != nil:
		return g.taskResult(spec.ParseResource(g.state.Task.Resource.Value))
	}
	return nil
}

// taskResult returns the shape of the answer of an integration, where it is
// known.
func (g *passage) taskResult(resource spec.Resource) *shape {
	described, stable := spec.ResultOf(resource)
	if described == nil {
		return nil
	}
	return g.answer(described, !stable, 0)
}

// maxAnswerMembers is the number of members up to which an object inside an
// answer is followed.
const maxAnswerMembers = 20

func (g *passage) answer(described *spec.Shape, mayGrow bool, depth int) *shape {
	switch described.Kind {
	case spec.Document, spec.MapOf, spec.Blob: // bytes come as text or parsed
		return nil
	case spec.List:
		return array(g.by(byResult))
	case spec.Structure:
		if depth > 2 || depth > 0 && len(described.Members) > maxAnswerMembers {
			return nil
		}
		made := object(g.by(byResult))
		made.mayGrow = mayGrow
		for _, member := range described.Members {
			made.set(member.Name, g.answer(member.Shape, mayGrow, depth+1))
		}
		return made.bounded()
	}
	return &shape{isLeaf: true, source: g.by(byResult)}
}

// narrow applies InputPath or OutputPath.
func (g *passage) narrow(path *asl.Expression, to *shape) *shape {
	switch {
	case path == nil:
		return to
	case path.Kind == asl.Literal && path.Literal.IsNull():
		return object(g.by(byNarrowing))
	}
	return selected(path, to)
}

// selected returns what a path finds in a shape.
func selected(path *asl.Expression, in *shape) *shape {
	if path.Kind != asl.PathExpression || path.Path.Root != jsonpath.RootInput || !path.Path.IsDefinite() {
		return nil
	}
	for _, step := range path.Path.Steps {
		if step.Kind != jsonpath.StepMember || in == nil {
			return nil
		}
		in, _ = in.field(step.Name)
	}
	return in
}

// merge applies ResultPath to the raw input.
func (g *passage) merge(path *asl.Expression, result *shape) *shape {
	switch {
	case path == nil:
		return result
	case path.Kind == asl.Literal && path.Literal.IsNull():
		return g.at[asl.RawInput]
	case path.Kind != asl.PathExpression:
		return nil
	}
	names, fixed := memberNames(path.Path)
	if !fixed {
		return nil
	}
	return g.at[asl.RawInput].with(names, result)
}

// memberNames returns the names of a path that has no other steps.
func memberNames(path *jsonpath.Path) (names []string, fixed bool) {
	for _, step := range path.Steps {
		if step.Kind != jsonpath.StepMember {
			return nil, false
		}
		names = append(names, step.Name)
	}
	return names, true
}

// template returns what a Payload Template, or a JSONata value, makes.
func (g *passage) template(e *asl.Expression, from *shape, kind sourceKind) *shape {
	switch e.Kind {
	case asl.Literal:
		return shapeOf(e.Literal, g.by(kind), 0)
	case asl.ArrayTemplate:
		return array(g.by(kind))
	case asl.PathExpression:
		return selected(e, from)
	case asl.JSONataString:
		return g.jsonata(e)
	case asl.ObjectTemplate:
		made := object(g.by(kind))
		for _, member := range e.Members {
			if asl.HasSubstitution(member.Key) {
				return nil
			}
			made.set(member.Key, g.template(member.Value, from, kind))
		}
		return made.bounded()
	}
	return nil
}

// jsonata returns the shape of an expression that only reads, such as
// $states.input.order; of others nothing is known.
func (g *passage) jsonata(e *asl.Expression) *shape {
	if !isPlainRead(e.Source) {
		return nil
	}
	names := strings.Split(e.Source, ".")
	if len(names) < 2 || names[0] != "$states" {
		return nil
	}
	var in *shape
	switch names[1] {
	case "input":
		in = g.at[asl.RawInput]
	case "result":
		in = g.at[asl.Result]
	case "errorOutput":
		in = g.fault()
	}
	for _, name := range names[2:] {
		if in == nil || in.isArray {
			return nil
		}
		in, _ = in.field(name)
	}
	return in
}

// along returns what the state gives to the next one over an edge.
func (g *passage) along(edge *graph.Edge) *shape {
	switch edge.Kind {
	case graph.Catch:
		return g.caught(g.state.Catch[edge.Index])
	case graph.ChoiceRule:
		if output := g.state.Choice.Rules[edge.Index].Output; output != nil {
			return g.template(output, nil, byTemplate)
		}
		if g.state.QueryLanguage == asl.JSONata {
			return g.at[asl.RawInput] // the Output of the state is for Default only
		}
	}
	return g.at[asl.StateOutput]
}

// fault returns the shape of an error that is caught.
func (g *passage) fault() *shape {
	fault := object(g.by(byCatcher))
	fault.set("Error", &shape{isLeaf: true, source: fault.source})
	fault.set("Cause", &shape{isLeaf: true, source: fault.source})
	return fault
}

func (g *passage) caught(catcher *asl.Catcher) *shape {
	fault := g.fault()
	if g.state.QueryLanguage == asl.JSONata {
		if catcher.Output == nil {
			return fault
		}
		return g.template(catcher.Output, nil, byCatcher)
	}
	return g.merge(catcher.ResultPath, fault)
}

// inner returns what the regions that the state owns begin with.
func (g *passage) inner() *shape {
	if g.state.Type == asl.Parallel {
		return g.at[asl.EffectiveInput]
	}
	m := g.state.Map
	if m == nil || m.ItemBatcher != nil {
		return nil
	}
	selector := m.ItemSelector
	if selector == nil {
		selector = g.state.Parameters
	}
	if selector == nil {
		return nil
	}
	return g.template(selector, g.at[g.state.ReadsFrom("ItemSelector")], byTemplate)
}
