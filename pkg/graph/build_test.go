package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// parse reads a definition in YAML; it need not be right.
func parse(text string) *asl.Machine {
	machine, _ := asl.ParseFile("test.yaml", []byte(text))
	return machine
}

// edges prints the edges of a graph, one a line, those that leave a region
// with the end of an arrow.
func edges(g *graph.Graph) string {
	kinds := [...]string{"next", "rule", "default", "catch", "end", "fail", "uncaught", "nomatch"}
	var b strings.Builder
	for _, node := range g.Nodes {
		for _, edge := range node.Out {
			to := "."
			if edge.To != nil {
				to = edge.To.Name()
			}
			fmt.Fprintln(&b, strings.TrimSpace(fmt.Sprintf("%s -%s-> %s %s", node.QualifiedName(), kinds[edge.Kind], to, edge.Label)))
		}
	}
	return b.String()
}

const task = `Type: Task, Resource: "arn:aws:lambda:eu-west-1:123456789012:function:f"`

func TestBuildDrawsExplicitAndImplicitEdges(t *testing.T) {
	g := graph.Build(parse(`
StartAt: A
States:
  A: {` + task + `, Next: B, Catch: [{ErrorEquals: [X, Y], Next: C}, {ErrorEquals: [States.TaskFailed], Next: D}]}
  B: {Type: Choice, Choices: [{Variable: $.a, BooleanEquals: true, Next: C}]}
  C: {Type: Parallel, End: true, Branches: [{StartAt: P, States: {P: {` + task + `, End: true}}}, {StartAt: Q, States: {Q: {Type: Pass, End: true}}}]}
  D: {Type: Map, Next: E, ItemProcessor: {StartAt: I, States: {I: {` + task + `, End: true, Catch: [{ErrorEquals: [States.ALL], Next: J}]}, J: {Type: Fail, Error: Bad}}}, Catch: [{ErrorEquals: [Bad], Next: E}]}
  E: {Type: Fail, Error: Worse}
`))
	want := `A -next-> B
A -catch-> C X, Y
A -catch-> D States.TaskFailed
B -rule-> C $.a is true
B -nomatch-> . nothing matches
C -end-> .
C -uncaught-> . any error
C/P -end-> .
C/P -uncaught-> . any error
C/Q -end-> .
D -next-> E
D -catch-> E Bad
D/I -end-> .
D/I -catch-> J States.ALL
D/J -fail-> . Bad
E -fail-> . Worse
`
	if diff := cmp.Diff(want, edges(g)); diff != "" {
		t.Error(diff)
	}
	for i, node := range g.Nodes {
		if node.ID != i || g.Node(node.State) != node {
			t.Errorf("%s has the id %d", node.Name(), node.ID)
		}
	}
	if got := len(g.Nodes[2].In); got != 2 {
		t.Errorf("C has %d edges in", got)
	}
}

func TestBuildTakesBrokenMachines(t *testing.T) {
	for _, text := range []string{
		``, `[]`, `{}`, `{StartAt: A}`, `{States: {}}`, `{StartAt: A, States: []}`, `{StartAt: A, States: {A: 1}}`,
		`{StartAt: B, States: {A: {Type: Pass, Next: Nowhere}}}`,
		`{StartAt: A, States: {A: {Type: Map}}}`,
		`{StartAt: A, States: {A: {Type: Parallel, Branches: [1, {}]}, A: {Type: Choice}}}`,
		`{StartAt: A, States: {A: {Type: Choice, Choices: [1, {Next: A}, {And: []}, {Not: 1}], Default: 3}}}`,
		`{StartAt: A, States: {A: {Type: Task, Catch: [1, {}, {ErrorEquals: 1, Next: A}, {ErrorEquals: [2]}], Retry: {}}}}`,
		`{StartAt: A, States: {A: {Type: Fail, Error: 1}, B: {Type: Wait, Next: A, End: true}}}`,
	} {
		a := analyze(parse(text))
		a.Explain()
		a.Verdict()
	}
}

func TestLabelsReadLikeSentences(t *testing.T) {
	for _, test := range []struct{ rule, want string }{
		{`{And: [{Variable: $.total, NumericGreaterThan: 100}, {Variable: $.kind, StringEquals: x}]}`, `$.total > 100 and $.kind is "x"`},
		{`{Or: [{Variable: $.a, IsPresent: false}, {And: [{Variable: $.b, IsNull: true}, {Variable: $.c, NumericEquals: 1}]}]}`, `$.a is absent or ($.b is null and $.c = 1)`},
		{`{Not: {Variable: $.a, StringMatches: "x*"}}`, `not ($.a matches "x*")`},
		{`{Variable: $.t, TimestampLessThanPath: $.until}`, `$.t is before $.until`},
		{`{Variable: $.t, TimestampGreaterThanEquals: "2026-01-01T00:00:00Z"}`, `$.t is not before "2026-01-01T00:00:00Z"`},
		{`{Variable: $.n, NumericLessThanEquals: 5}`, `$.n <= 5`},
		{`{Variable: $.s, StringEqualsPath: $.other}`, `$.s is $.other`},
		{`{Variable: $.b, BooleanEquals: false}`, `$.b is false`},
		{`{Variable: $.n, IsNumeric: true}`, `$.n is a number`},
		{`{Variable: $.s, StringEquals: "` + strings.Repeat("x", 99) + `"}`, `$.s is "` + strings.Repeat("x", 71) + `…`},
	} {
		machine := parse(`{StartAt: A, States: {A: {Type: Choice, Choices: [` + strings.TrimSuffix(test.rule, "}") + `, Next: B}]}, B: {Type: Succeed}}}`)
		got := graph.ConditionText(machine.Region.State("A").Choice.Rules[0])
		if got != test.want {
			t.Errorf("%s\nwant %s\ngot  %s", test.rule, test.want, got)
		}
	}
	machine := parse(`{QueryLanguage: JSONata, StartAt: A, States: {A: {Type: Choice, Choices: [{Condition: "{% $states.input.total   >  100 %}", Next: B}]}, B: {Type: Succeed}}}`)
	if got := graph.ConditionText(machine.Region.State("A").Choice.Rules[0]); got != "$states.input.total > 100" {
		t.Errorf("JSONata: %q", got)
	}
}

func TestShortenKeepsWhatFits(t *testing.T) {
	for text, want := range map[string]string{"": "", "abc": "abc", "abcd": "abcd", "abcde": "abc…", "äöüßx": "äöü…"} {
		if got := graph.Shorten(text, 4); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestACatcherThatNeverMatchesIsNoEdge(t *testing.T) {
	g := graph.Build(parse(`
StartAt: A
States:
  A: {` + task + `, TimeoutSeconds: 5, Next: B, Catch: [{ErrorEquals: [States.TaskFailed], Next: F}, {ErrorEquals: [X], Next: E}, {ErrorEquals: [States.Timeout], Next: F}, {ErrorEquals: [States.ALL], Next: E}]}
  B:
    Type: Parallel
    End: true
    Branches: [{StartAt: P, States: {P: {Type: Pass, Next: Q}, Q: {Type: Fail, Error: Inside}}}]
    Catch: [{ErrorEquals: [Inside], Next: F}, {ErrorEquals: [Outside], Next: E}, {ErrorEquals: [States.Runtime], Next: E}, {ErrorEquals: [States.DataLimitExceeded], Next: F}]
  E: {Type: Fail, Error: Never}
  F: {Type: Fail, Error: Failed}
`))
	want := `A -next-> B
A -catch-> F States.TaskFailed
A -catch-> F States.Timeout
B -end-> .
B -catch-> F Inside
B -catch-> F States.DataLimitExceeded
B/P -next-> Q
B/Q -fail-> . Inside
E -fail-> . Never
F -fail-> . Failed
`
	if diff := cmp.Diff(want, edges(g)); diff != "" {
		t.Error(diff)
	}
}

func TestATimeoutNeedsATimeToExceedOrAWorker(t *testing.T) {
	for fields, want := range map[string]string{
		task:                           "",
		task + ", TimeoutSeconds: 5":   "States.Timeout",
		task + ", HeartbeatSeconds: 5": "States.Timeout",
		"Type: Task, Resource: arn:aws:states:::ecs:runTask.sync":                                             "",
		"Type: Task, Resource: arn:aws:states:::ecs:runTask.waitForTaskToken":                                 "States.Timeout",
		"Type: Task, Resource: arn:aws:states:::aws-sdk:s3:getObject":                                         "",
		`Type: Task, Resource: "arn:aws:states:eu-west-1:123456789012:activity:a"`:                            "States.Timeout",
		`Type: Task, Resource: "${Anything}"`:                                                                 "States.Timeout",
		"Type: Parallel, Branches: [{StartAt: P, States: {P: {" + task + ", TimeoutSeconds: 9, End: true}}}]": "States.Timeout",
		"Type: Parallel, Branches: [{StartAt: P, States: {P: {" + task + ", End: true}}}]":                    "",
	} {
		g := graph.Build(parse("StartAt: A\nStates:\n  A: {" + fields + ", End: true, Catch: [{ErrorEquals: [States.TaskFailed], Next: F}]}\n  F: {Type: Fail}\n"))
		got := ""
		for _, edge := range g.Nodes[0].Out {
			if edge.Kind == graph.Uncaught {
				got = edge.Label
			}
		}
		if got != want {
			t.Errorf("{%s} lets pass %q, want %q", fields, got, want)
		}
	}
}
