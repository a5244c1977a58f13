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
	return func(yield func(*Expression) bool) { s.yieldExpressions(yield) }
}

// yieldExpressions and the like make no list: every rule comes by here for every
// state. They return false when nobody wants more.
func (s *State) yieldExpressions(yield func(*Expression) bool) bool {
	if !yieldEach(yield, s.InputPath, s.OutputPath, s.Parameters, s.Arguments, s.ResultSelector, s.ResultPath, s.Output) || !s.Assign.yieldExpressions(yield) {
		return false
	}
	for _, catcher := range s.Catch {
		if !yieldEach(yield, catcher.ResultPath, catcher.Output) || !catcher.Assign.yieldExpressions(yield) {
			return false
		}
	}
	switch {
	case s.Task != nil:
		return yieldEach(yield, s.Task.Credentials, s.Task.TimeoutSeconds, s.Task.TimeoutPath, s.Task.HeartbeatSeconds, s.Task.HeartbeatPath)
	case s.Pass != nil:
		return yieldEach(yield, s.Pass.Result)
	case s.Choice != nil:
		return s.yieldRuleExpressions(yield)
	case s.Wait != nil:
		return yieldEach(yield, s.Wait.Seconds, s.Wait.Timestamp, s.Wait.SecondsPath, s.Wait.TimestampPath)
	case s.Fail != nil:
		return yieldEach(yield, s.Fail.Error, s.Fail.Cause, s.Fail.ErrorPath, s.Fail.CausePath)
	case s.Map != nil:
		return s.Map.yieldExpressions(yield)
	}
	return true
}

// yieldEach yields the expressions that are not absent.
func yieldEach(yield func(*Expression) bool, expressions ...*Expression) bool {
	for _, e := range expressions {
		if e != nil && !yield(e) {
			return false
		}
	}
	return true
}

func (a *Assign) yieldExpressions(yield func(*Expression) bool) bool {
	if a == nil {
		return true
	}
	for _, variable := range a.Variables {
		if !yieldEach(yield, variable.Value) {
			return false
		}
	}
	return true
}

func (s *State) yieldRuleExpressions(yield func(*Expression) bool) bool {
	for r := range s.ChoiceRules() {
		if !yieldEach(yield, r.Variable, r.Condition, r.Output) || !r.Assign.yieldExpressions(yield) {
			return false
		}
		if r.Comparison != nil && !yieldEach(yield, r.Comparison.Value) {
			return false
		}
	}
	return true
}

func (m *MapFields) yieldExpressions(yield func(*Expression) bool) bool {
	if !yieldEach(yield, m.ItemsPath, m.Items, m.ItemSelector,
		m.MaxConcurrency, m.MaxConcurrencyPath, m.ToleratedFailureCount, m.ToleratedFailureCountPath,
		m.ToleratedFailurePercentage, m.ToleratedFailurePercentagePath) {
		return false
	}
	if reader := m.ItemReader; reader != nil {
		if !yieldEach(yield, reader.Parameters) {
			return false
		}
		if config := reader.Config; config != nil && !yieldEach(yield, config.MaxItems, config.MaxItemsPath) {
			return false
		}
	}
	if batcher := m.ItemBatcher; batcher != nil && !yieldEach(yield, batcher.MaxItemsPerBatch, batcher.MaxItemsPerBatchPath,
		batcher.MaxInputBytesPerBatch, batcher.MaxInputBytesPerBatchPath, batcher.BatchInput) {
		return false
	}
	return m.ResultWriter == nil || yieldEach(yield, m.ResultWriter.Parameters)
}
