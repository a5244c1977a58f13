package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/internal/jsonschema"
	"github.com/sfnctl/sfnctl/schemas"
)

func TestTheVerdictAsJSONKeepsToItsSchema(t *testing.T) {
	code, stdout, stderr := run(t, "../..", "", "lint", "--no-config", "--explain-flow", "--format", "json",
		"testdata/workflows/trip-saga.asl.json", "testdata/healing/mixed.asl.yaml")
	if code != exitOK || stderr != "" {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	text, _ := schemas.Get("flow")
	schema, err := jsonschema.Compile(text)
	if err != nil {
		t.Fatal(err)
	}
	var document any
	if err := json.Unmarshal([]byte(stdout), &document); err != nil {
		t.Fatal(err)
	}
	violations, err := schema.Validate(document)
	if err != nil || len(violations) > 0 {
		t.Errorf("%v %v", violations, err)
	}
	var verdict struct {
		Machines []struct {
			Machine string
			Actions []struct {
				State    string
				Outcomes []struct {
					Terminal, Outcome string
					Path              []struct{ State, Via string }
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &verdict); err != nil || len(verdict.Machines) != 2 {
		t.Fatalf("%d machines, %v", len(verdict.Machines), err)
	}
	for _, outcome := range verdict.Machines[0].Actions[0].Outcomes {
		if outcome.Outcome != "not reached" && len(outcome.Path) == 0 {
			t.Errorf("no way to %s, where the action is %s", outcome.Terminal, outcome.Outcome)
		}
	}
}

func TestTheVerdictHasTwoFormats(t *testing.T) {
	code, _, stderr := run(t, "../..", "", "lint", "--no-config", "--explain-flow", "--format", "sarif", "testdata/workflows/trip-saga.asl.json")
	if code != exitUsage || !strings.Contains(stderr, "--explain-flow prints text or json, not sarif") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}
