package mockcheck

import (
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func parse(t *testing.T, text string) value.Value {
	t.Helper()
	v, err := value.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestResultsAreHeldAgainstTheAPI(t *testing.T) {
	for _, test := range []struct{ name, resource, result, mode, want string }{
		{"required", "states:startExecution", `{}`, "", "Required field 'ExecutionArn' is missing"},
		{"required is not asked for", "states:startExecution", `{}`, "PRESENT", ""},
		{"nothing is asked for", "lambda:invoke", `{"StatusCode":"200"}`, "NONE", ""},
		{"timestamp", "states:startExecution", `{"ExecutionArn":"arn:aws:states:r:a:execution:m:e","StartDate":true}`, "", "Field 'StartDate' must be a string"},
		{"object", "aws-sdk:lambda:getFunction", `{"Configuration":"x"}`, "", "Field 'Configuration' must be an object"},
		{"boolean", "aws-sdk:s3:getObject", `{"DeleteMarker":"true"}`, "", "Field 'DeleteMarker' must be a boolean"},
		{"payload of a function", "lambda:invoke", `{"Payload":{"any":["thing"]}}`, "", ""},
		{"member unknown to the API", "events:putEvents", `{"SdkHttpMetadata":{}}`, "", ""},
		{"null", "lambda:invoke", `{"StatusCode":null}`, "", ""},
		{"a job", "ecs:runTask.sync", `{"Tasks":1}`, "", ""},
		{"attributes in attributes", "dynamodb:getItem", `{"Item":{"a":{"M":{"b":{"N":1}}}}}`, "", "Field 'N' must be a string"},
		{"no object", "lambda:invoke", `[]`, "", "must be a JSON object."},
		{"an API nobody knows", "aws-sdk:s3tables:createTable", `[]`, "", ""},
	} {
		got := firstMessage("arn:aws:states:::"+test.resource, parse(t, test.result), test.mode)
		if (test.want == "") != (got == "") || !strings.HasSuffix(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestProblemsPointIntoTheResult(t *testing.T) {
	problems := Check(spec.ParseResource("arn:aws:states:::events:putEvents"),
		parse(t, `{"Entries":[{"EventId":"a"},{"EventId":[]}]}`), Strict)
	if len(problems) != 1 || problems[0].Pointer != "/Entries/1/EventId" {
		t.Errorf("got %+v", problems)
	}
}

func TestDeepResultsAreWalkedOnce(t *testing.T) {
	deep := strings.Repeat(`{"M":{"x":`, 400) + `{"N":1}` + strings.Repeat(`}}`, 400)
	problems := Check(spec.ParseResource("arn:aws:states:::dynamodb:getItem"), parse(t, `{"Item":{"a":`+deep+`}}`), Strict)
	if len(problems) != 1 {
		t.Errorf("got %d problems", len(problems))
	}
}

func TestExamplesFitTheirAPI(t *testing.T) {
	for _, service := range spec.SDKServices() {
		for _, action := range spec.SDKActions(service) {
			r := spec.ParseResource("arn:aws:states:::aws-sdk:" + service + ":" + action)
			if problems := Check(r, Example(r), Strict); len(problems) > 0 {
				t.Errorf("%s:%s: %s at %s", service, action, problems[0].Message(), problems[0].Pointer)
			}
		}
	}
}
