package extract

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParametersComeInTheFormsOfTheTools(t *testing.T) {
	want := map[string]string{"Stage": "prod", "Wait": "5", "Debug": "true"}
	for name, content := range map[string]string{
		"list.json":   `[{"ParameterKey": "Stage", "ParameterValue": "prod"}, {"ParameterKey": "Wait", "ParameterValue": "5"}, {"ParameterKey": "Debug", "ParameterValue": "true"}]`,
		"object.json": `{"Parameters": {"Stage": "prod", "Wait": 5, "Debug": true}, "Tags": {"a": "b"}}`,
		"flat.yaml":   "Stage: prod\nWait: 5\nDebug: true\n",
		"prod.tfvars": "Stage = \"prod\"\nWait = 5\nDebug = true\nlist = [1]\n",
	} {
		got, err := ReadParameters(name, []byte(content))
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
	for name, content := range map[string]string{"x.json": `{"a": `, "x.yaml": "- a: [", "text.json": `"x"`, "x.tfvars": "a = ", "call.tfvars": "a = file(\"x\")"} {
		if _, err := ReadParameters(name, []byte(content)); err == nil || strings.TrimSpace(err.Error()) == "" {
			t.Errorf("%s is taken", name)
		}
	}
}
