package asl_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

// TestDirectivesSpeakOfTheObjectTheyStandIn writes of each directive its value,
// the state and whether it stands on the state itself.
func TestDirectivesSpeakOfTheObjectTheyStandIn(t *testing.T) {
	for _, test := range []struct {
		name, file, source string
		want               []string
	}{
		{"JSON", "x.json", `{"Comment": "sfnctl:effect=machine", "StartAt": "A", "States": {
			"A": {"Comment": "sfnctl:effect=state", "Type": "Choice", "Choices": [
				{"Comment": "sfnctl:effect=rule", "Not": {"And": [{"Comment": "sfnctl:effect=nested", "Variable": "$.x", "IsPresent": true}]}, "Next": "M"}
			], "Default": "M"},
			"M": {"Type": "Map", "ItemProcessor": {"Comment": "sfnctl:effect=region", "StartAt": "T", "States": {
				"T": {"Type": "Task", "Resource": "r", "End": true,
					"Retry": [{"Comment": "sfnctl:effect=retrier", "ErrorEquals": ["X"]}],
					"Catch": [{"Comment": "sfnctl:effect=catcher", "ErrorEquals": ["X"], "Next": "T"}]}
			}}, "End": true}
		}}`, []string{"machine", "state of A itself", "rule of A", "nested of A", "region of M", "retrier of T", "catcher of T"}},
		{"YAML", "x.yaml", `
# sfnctl:effect=machine
StartAt: A
States: # sfnctl:effect=states
  # sfnctl:effect=above
  A: # sfnctl:effect=name
    Type: Choice
    Choices:
      # sfnctl:effect=rule
      - Not:
          And:
            - Variable: $.x # sfnctl:effect=nested
              IsPresent: true
        Next: M
    Default: M # sfnctl:effect=last
  M:
    Type: Map
    ItemProcessor:
      # sfnctl:effect=region
      StartAt: T
      States:
        T:
          Type: Task
          Resource: r
          Parameters:
            # sfnctl:effect=inside
            a: 1
          Retry:
            - ErrorEquals: [X] # sfnctl:effect=retrier
          Catch:
            - ErrorEquals: [X]
              # sfnctl:effect=catcher
              Next: T
          End: true
    End: true
`, []string{
			"machine", "states", "above of A itself", "name of A itself", "rule of A", "nested of A", "last of A itself",
			"region of M", "inside of T itself", "retrier of T", "catcher of T",
		}},
	} {
		machine, decoded := asl.ParseFile(test.file, []byte(test.source))
		if len(decoded) > 0 {
			t.Fatal(decoded)
		}
		var got []string
		for _, d := range asl.ReadDirectives(machine).All {
			text := d.Value
			if d.State != nil {
				text += fmt.Sprintf(" of %s", d.State.Name)
			}
			if d.Direct {
				text += " itself"
			}
			got = append(got, text)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}
