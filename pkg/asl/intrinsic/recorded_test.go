package intrinsic

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// testEnv resolves paths on fixed documents.
type testEnv struct{ input, context, variables value.Value }

func (e *testEnv) Resolve(path *jsonpath.Path) (value.Value, error) {
	switch path.Root {
	case jsonpath.RootContext:
		return path.Eval(e.context)
	case jsonpath.RootVariable:
		return path.Eval(e.variables.Get(path.Variable))
	}
	return path.Eval(e.input)
}

func (e *testEnv) Random() float64 { return 0.5 }

func (e *testEnv) UUID() string { return "b5c2ad8c-2a2f-4c5d-9f5e-1c9a4f7d2f11" }

// template evaluates a Payload Template: static members first, then the
// dynamic ones in the order of a hash map.
func (e *testEnv) template(v value.Value) (value.Value, error) {
	switch v.Kind() {
	case value.KindArray:
		items := make([]value.Value, 0, v.Len())
		for _, item := range v.Items() {
			done, err := e.template(item)
			if err != nil {
				return done, err
			}
			items = append(items, done)
		}
		return value.Array(items...), nil
	case value.KindObject:
		return e.object(v)
	}
	return v, nil
}

func (e *testEnv) object(v value.Value) (value.Value, error) {
	var static, dynamic []value.Member
	var keys []string
	for _, member := range v.Members() {
		name, isDynamic := strings.CutSuffix(member.Key, ".$")
		if !isDynamic {
			done, err := e.template(member.Value)
			if err != nil {
				return done, err
			}
			static = append(static, value.Member{Key: name, Value: done})
			continue
		}
		done, err := e.dynamic(member.Key, member.Value.Str())
		if err != nil {
			return done, err
		}
		keys = append(keys, name)
		dynamic = append(dynamic, value.Member{Key: name, Value: done})
	}
	for _, at := range value.JavaHashOrder(keys) {
		static = append(static, dynamic[at])
	}
	return value.Object(static...), nil
}

func (e *testEnv) dynamic(key, text string) (value.Value, error) {
	if !strings.HasPrefix(text, "$") {
		call, err := Parse(text)
		if err != nil {
			return value.Value{}, err
		}
		return call.Eval(e)
	}
	path, err := jsonpath.Parse(text)
	if err != nil {
		return value.Value{}, err
	}
	v, err := e.Resolve(path)
	var missing *jsonpath.NotFoundError
	if errors.As(err, &missing) {
		return v, fmt.Errorf("The JSONPath '%s' specified for the field '%s' could not be found in the input '%s'", text, key, e.input)
	}
	return v, err
}

// pass runs a Pass state.
func (e *testEnv) pass(state value.Value) (value.Value, error) {
	raw := e.input
	if err := e.replaceInput(state.Get("InputPath")); err != nil {
		return value.Value{}, err
	}
	result := state.Get("Result")
	if parameters := state.Get("Parameters"); !parameters.IsAbsent() {
		done, err := e.template(parameters)
		if err != nil {
			return done, err
		}
		e.input = done
	}
	if result.IsAbsent() {
		result = e.input
	}
	if path := state.Get("ResultPath"); path.IsNull() {
		result = raw
	} else if !path.IsAbsent() {
		reference, err := jsonpath.ParseReference(path.Str())
		if err != nil {
			return result, err
		}
		if result, err = reference.Set(raw, result); err != nil {
			return result, err
		}
	}
	e.input = result
	err := e.replaceInput(state.Get("OutputPath"))
	return e.input, err
}

func (e *testEnv) replaceInput(path value.Value) error {
	switch {
	case path.IsAbsent():
		return nil
	case path.IsNull():
		e.input = value.Object()
		return nil
	}
	parsed, err := jsonpath.Parse(path.Str())
	if err != nil {
		return err
	}
	e.input, err = e.Resolve(parsed)
	return err
}

// recordedContext builds what a case needs of the Context object.
func recordedContext(c value.Value) value.Value {
	context, input := c.Get("context"), c.Get("input")
	if input.IsAbsent() || input.IsNull() && c.Get("input_raw").IsNull() {
		input = value.Object()
	}
	execution := value.Object(
		value.Member{Key: "Id", Value: context.Get("executionArn")}, value.Member{Key: "Input", Value: input},
		value.Member{Key: "Name", Value: context.Get("executionName")})
	machine := value.Object(
		value.Member{Key: "Id", Value: context.Get("stateMachineArn")}, value.Member{Key: "Name", Value: context.Get("stateMachineName")})
	return value.Object(value.Member{Key: "Execution", Value: execution}, value.Member{Key: "StateMachine", Value: machine})
}

// passChain returns the states of a machine of Pass states in the order they
// run; nil for any other machine.
func passChain(definition value.Value) []value.Value {
	var chain []value.Value
	if definition.Get("QueryLanguage").Str() == "JSONata" {
		return nil
	}
	for name := definition.Get("StartAt").Str(); name != ""; {
		state := definition.Get("States").Get(name)
		if state.Get("Type").Str() != "Pass" || state.Get("QueryLanguage").Str() == "JSONata" || state.Has("Assign") || len(chain) > 20 {
			return nil
		}
		chain = append(chain, state)
		name = state.Get("Next").Str()
	}
	return chain
}

func TestPassStatesAnswerAsRecorded(t *testing.T) {
	ran := 0
	jsonFiles(t, sharedFolder(t, "conformance", "history"), func(name string, c value.Value) {
		chain := passChain(c.Get("definition"))
		expected := c.Get("expected")
		if chain == nil || beyondTemplates(c) {
			return
		}
		ran++
		context := recordedContext(c)
		env := &testEnv{input: context.Get("Execution").Get("Input"), context: context}
		var err error
		for _, state := range chain {
			if env.input, err = env.pass(state); err != nil {
				break
			}
		}
		compareOutcome(t, name, expected, env.input, err)
	})
	t.Logf("%d executions compared", ran)
	if ran < 60 {
		t.Errorf("only %d executions were compared", ran)
	}
}

// beyondTemplates reports whether a case needs more of an interpreter than
// paths and templates: the rest of the Context object, randomness, size limits.
func beyondTemplates(c value.Value) bool {
	definition, expected := c.Get("definition").Compact(), c.Get("expected")
	for _, part := range []string{`$$.State"`, "$$.State.", `$$"`, "$$.Execution.StartTime", `$$.Execution"`, "$$.Execution.RoleArn", "States.UUID", "States.MathRandom"} {
		if strings.Contains(definition, part) {
			return true
		}
	}
	return expected.Get("error").Str() == "States.DataLimitExceeded"
}

func compareOutcome(t *testing.T, name string, expected, got value.Value, err error) {
	t.Helper()
	if err != nil {
		if cause := expected.Get("cause").Str(); !strings.HasSuffix(cause, err.Error()) {
			t.Errorf("%s: failed with %q, recorded %q", name, err, cause)
		}
		return
	}
	want := expected.Get("output")
	text := want.Compact()
	if want.Kind() == value.KindString { // a text that does not start with {
		text = strings.TrimSpace(want.Str())
		if parsed, err := value.ParseCompact(text); err == nil {
			text = parsed.Compact()
		}
	}
	if !matchesWildcards(text, got.Compact()) {
		t.Errorf("%s:\n got %s\nwant %s", name, got, text)
	}
}

// matchesWildcards compares texts in which <name> stands for anything.
func matchesWildcards(pattern, text string) bool {
	for {
		open := strings.IndexByte(pattern, '<')
		end := strings.IndexByte(pattern[max(open, 0):], '>')
		if open < 0 || end < 0 {
			return pattern == text
		}
		if !strings.HasPrefix(text, pattern[:open]) {
			return false
		}
		pattern, text = pattern[open+end+1:], text[open:]
		next, _, _ := strings.Cut(pattern, "<")
		at := strings.Index(text, next)
		if at < 0 {
			return false
		}
		if next == "" {
			return true
		}
		text = text[at:]
	}
}

func TestTaskParametersAreBuiltAsRecorded(t *testing.T) {
	ran := 0
	jsonFiles(t, sharedFolder(t, "conformance", "history"), func(name string, c value.Value) {
		if strings.HasPrefix(name, "services.sns") { // the service drops what is not a field of the request
			return
		}
		states := c.Get("definition").Get("States")
		var entered value.Value
		for _, event := range c.Get("expected").Get("events").Items() {
			if details := event.Get("stateEnteredEventDetails"); !details.IsAbsent() {
				entered = details
			}
			scheduled := event.Get("taskScheduledEventDetails").Get("parameters")
			state := states.Get(entered.Get("name").Str())
			if scheduled.Kind() != value.KindObject || strings.Contains(state.Compact(), "$$.") || state.Has("Arguments") || !state.Has("Parameters") {
				continue
			}
			ran++
			compareParameters(t, name, c, entered, state, scheduled)
		}
	})
	t.Logf("%d requests compared", ran)
	if ran < 50 {
		t.Errorf("only %d requests were compared", ran)
	}
}

func compareParameters(t *testing.T, name string, c, entered, state, scheduled value.Value) {
	t.Helper()
	env := &testEnv{input: entered.Get("input"), context: recordedContext(c)}
	if env.input.Kind() == value.KindString {
		env.input, _ = value.ParseCompact(env.input.Str())
	}
	if err := env.replaceInput(state.Get("InputPath")); err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	got, err := env.template(state.Get("Parameters"))
	if err != nil {
		if !strings.Contains(state.Compact(), `.$":"$`) || strings.Contains(err.Error(), "$") && !strings.Contains(err.Error(), "could not be found") {
			t.Errorf("%s: %v", name, err)
		}
		return
	}
	if !matchesWildcards(scheduled.Compact(), got.Compact()) {
		t.Errorf("%s %s:\n got %s\nwant %s", filepath.ToSlash(name), entered.Get("name"), got, scheduled)
	}
}
