package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReportsOfferOnlyFixesThatFitTheTemplate: a text of JSON inside of a JSON
// string needs escapes, which a reader of the report would have to guess.
func TestReportsOfferOnlyFixesThatFitTheTemplate(t *testing.T) {
	const definition = `{"StartAt": "Don", "States": {"Done": {"Type": "Succeed"}}}`
	machine := func(text string) string {
		return "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: " + text + "\n"
	}
	for name, test := range map[string]struct {
		text  string
		fixes bool
	}{
		"in a block":          {"|\n        " + definition, true},
		"in single quotes":    {"'" + definition + "'", true},
		"in escapes":          {`"` + strings.ReplaceAll(definition, `"`, `\"`) + `"`, false},
		"behind substitution": {"!Sub '{\"Comment\": \"${AWS::Region}\", " + definition[1:] + "'", true},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "template.yaml"), []byte(machine(test.text)), 0o644); err != nil {
			t.Fatal(err)
		}
		_, stdout, stderr := run(t, dir, "", "lint", "--format", "json", "--only", "undefined-target", "template.yaml")
		if !strings.Contains(stdout, "undefined-target") || strings.Contains(stdout, `"edits"`) != test.fixes {
			t.Errorf("%s: %s%s", name, stdout, stderr)
		}
	}
}
