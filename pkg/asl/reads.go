package asl

import (
	"iter"

	"github.com/sfnctl/sfnctl/pkg/asl/intrinsic"
	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Source says what an expression reads from.
type Source uint8

// The sources of data. Which value Input is depends on the field: "$" of a
// ResultSelector is the result, "$" of an InputPath the state input.
const (
	FromInput    Source = iota // $, or $states.input
	FromContext                // $$, or $states.context
	FromResult                 // $states.result
	FromError                  // $states.errorOutput
	FromVariable               // $name
)

// Read is one thing that an expression reads.
type Read struct {
	Expression *Expression // the innermost one that holds it: never a template
	Source     Source
	Variable   string   // FromVariable: the name, without $
	Path       []string // the members below it that are read by name, as far as they are fixed
	Whole      bool     // Path says it all: no index or wildcard narrows what is read; never set for JSONata
	Span       syntax.Span
}

// Reads yields what the expression and every expression inside it reads, in
// source order.
func (e *Expression) Reads() iter.Seq[Read] {
	return func(yield func(Read) bool) {
		for inner := range e.All() {
			if !inner.yieldReads(yield) {
				return
			}
		}
	}
}

// Variables yields the names of the workflow variables that the expression
// reads, one for each place.
func (e *Expression) Variables() iter.Seq[string] {
	return func(yield func(string) bool) {
		for read := range e.Reads() {
			if read.Source == FromVariable && !yield(read.Variable) {
				return
			}
		}
	}
}

func (e *Expression) yieldReads(yield func(Read) bool) bool {
	switch e.Kind {
	case PathExpression:
		return e.yieldPath(e.Path, e.Node.Span(), yield)
	case Intrinsic:
		return e.yieldCall(yield)
	case JSONataString:
		return e.yieldJSONata(yield)
	}
	return true
}

func (e *Expression) yieldPath(path *jsonpath.Path, span syntax.Span, yield func(Read) bool) bool {
	goOn := true
	path.Walk(func(inner *jsonpath.Path) {
		if goOn && inner.Root != jsonpath.RootItem {
			goOn = yield(readOfPath(e, inner, span))
		}
	})
	return goOn
}

func readOfPath(e *Expression, path *jsonpath.Path, span syntax.Span) Read {
	read := Read{Expression: e, Span: span}
	switch path.Root {
	case jsonpath.RootContext:
		read.Source = FromContext
	case jsonpath.RootVariable:
		read.Source, read.Variable = FromVariable, path.Variable
	}
	for _, step := range path.Steps {
		if step.Kind != jsonpath.StepMember {
			return read
		}
		read.Path = append(read.Path, step.Name)
	}
	read.Whole = true
	return read
}

func (e *Expression) yieldCall(yield func(Read) bool) bool {
	goOn := true
	text, _ := e.Node.(*syntax.String)
	e.Intrinsic.Paths(func(argument intrinsic.Argument) {
		if goOn {
			goOn = e.yieldPath(argument.Path, text.SpanOf(argument.Start, argument.End), yield)
		}
	})
	return goOn
}

func (e *Expression) yieldJSONata(yield func(Read) bool) bool {
	for _, variable := range e.references.Variables {
		read, ok := readOfVariable(variable)
		if !ok {
			continue
		}
		read.Expression = e
		read.Span = e.JSONataSpan(variable)
		if !yield(read) {
			return false
		}
	}
	return true
}

// readOfVariable tells a read of $states or of a workflow variable; ok is false
// for functions and for $states as a whole.
func readOfVariable(variable jsonata.VariableReference) (read Read, ok bool) {
	read.Path = variable.Path
	if variable.Name != "states" {
		read.Source, read.Variable = FromVariable, variable.Name
		return read, !variable.Called && !isBuiltin(variable.Name)
	}
	if len(variable.Path) == 0 {
		return read, false
	}
	read.Path = variable.Path[1:]
	switch variable.Path[0] {
	case "input":
		read.Source = FromInput
	case "context":
		read.Source = FromContext
	case "result":
		read.Source = FromResult
	case "errorOutput":
		read.Source = FromError
	default:
		return read, false
	}
	return read, true
}

// isBuiltin reports whether a name is that of a function of JSONata or of Step
// Functions, which an expression can also pass on without calling it.
func isBuiltin(name string) bool { return jsonata.Extended().Has(name) }

// JSONataSpan returns the source of a variable that a JSONata expression reads.
func (e *Expression) JSONataSpan(variable jsonata.VariableReference) syntax.Span {
	text, ok := e.Node.(*syntax.String)
	if !ok {
		return e.Node.Span()
	}
	offset := sourceOffset(text.Value)
	return text.SpanOf(offset+variable.Span.Start, offset+variable.Span.End)
}

// EachPath visits the paths that stand as arguments in an intrinsic function
// call, with their offsets in its text.
func (e *Expression) EachPath(visit func(path *jsonpath.Path, start, end int)) {
	if e.Kind == Intrinsic {
		e.Intrinsic.Paths(func(argument intrinsic.Argument) { visit(argument.Path, argument.Start, argument.End) })
	}
}

// Expressions yields every expression of the state by itself, without those of
// nested states: the values of its fields, of its Assign, Catchers, Choice Rules
// and of the parts of a Map. Templates come as a whole; see [Expression.All].
func (s *State) Expressions() iter.Seq[*Expression] {
	return func(yield func(*Expression) bool) {
		for _, e := range s.expressions() {
			if e != nil && !yield(e) {
				return
			}
		}
	}
}

func (s *State) expressions() []*Expression {
	all := []*Expression{s.InputPath, s.OutputPath, s.Parameters, s.Arguments, s.ResultSelector, s.ResultPath, s.Output}
	all = append(all, s.Assign.values()...)
	for _, catcher := range s.Catch {
		all = append(all, catcher.ResultPath, catcher.Output)
		all = append(all, catcher.Assign.values()...)
	}
	switch {
	case s.Task != nil:
		all = append(all, s.Task.Credentials, s.Task.TimeoutSeconds, s.Task.TimeoutPath, s.Task.HeartbeatSeconds, s.Task.HeartbeatPath)
	case s.Pass != nil:
		all = append(all, s.Pass.Result)
	case s.Choice != nil:
		for _, rule := range s.Choice.Rules {
			all = rule.appendExpressions(all)
		}
	case s.Wait != nil:
		all = append(all, s.Wait.Seconds, s.Wait.Timestamp, s.Wait.SecondsPath, s.Wait.TimestampPath)
	case s.Fail != nil:
		all = append(all, s.Fail.Error, s.Fail.Cause, s.Fail.ErrorPath, s.Fail.CausePath)
	case s.Map != nil:
		all = s.Map.appendExpressions(all)
	}
	return all
}

func (a *Assign) values() []*Expression {
	if a == nil {
		return nil
	}
	values := make([]*Expression, len(a.Variables))
	for i, variable := range a.Variables {
		values[i] = variable.Value
	}
	return values
}

func (r *ChoiceRule) appendExpressions(all []*Expression) []*Expression {
	all = append(all, r.Variable, r.Condition, r.Output)
	all = append(all, r.Assign.values()...)
	if r.Comparison != nil {
		all = append(all, r.Comparison.Value)
	}
	for _, inner := range r.And {
		all = inner.appendExpressions(all)
	}
	for _, inner := range r.Or {
		all = inner.appendExpressions(all)
	}
	if r.Not != nil {
		all = r.Not.appendExpressions(all)
	}
	return all
}

func (m *MapFields) appendExpressions(all []*Expression) []*Expression {
	all = append(all, m.ItemsPath, m.Items, m.ItemSelector,
		m.MaxConcurrency, m.MaxConcurrencyPath, m.ToleratedFailureCount, m.ToleratedFailureCountPath,
		m.ToleratedFailurePercentage, m.ToleratedFailurePercentagePath)
	if reader := m.ItemReader; reader != nil {
		all = append(all, reader.Parameters)
		if config := reader.Config; config != nil {
			all = append(all, config.MaxItems, config.MaxItemsPath)
		}
	}
	if batcher := m.ItemBatcher; batcher != nil {
		all = append(all, batcher.MaxItemsPerBatch, batcher.MaxItemsPerBatchPath,
			batcher.MaxInputBytesPerBatch, batcher.MaxInputBytesPerBatchPath, batcher.BatchInput)
	}
	if writer := m.ResultWriter; writer != nil {
		all = append(all, writer.Parameters)
	}
	return all
}
