package jsonschema_test

import (
	"encoding/json"
	"testing"

	"github.com/sfnctl/sfnctl/internal/jsonschema"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/schemas"
)

// inMock puts a mock into a file that uses it.
func inMock(text string) string {
	return `{"StateMachines": {"M": {"TestCases": {"C": {"S": "R"}}}}, "MockedResponses": {"R": ` + text + `}}`
}

// The schema and the reader of mock files complain of the same files. The reader
// lets unknown members pass with a warning, which an editor shows as well.
func TestSchemaAndReaderOfMockFilesAgree(t *testing.T) {
	text, _ := schemas.Get("scenario")
	schema, err := jsonschema.Compile(text)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		file  string
		sound bool
	}{
		{`{}`, true},
		{`[]`, false},
		{`{"$schema": "x", "Comment": "y", "StateMachines": {"M": {}}}`, true},
		{`{"StateMachine": {}}`, false},
		{`{"StateMachines": {"M": {"Testcases": {}}}}`, false},
		{`{"StateMachines": {"M": {"TestCases": {"C": {"S": {"0": {"Return": 1}}}}}}}`, true},
		{`{"StateMachines": {"M": {"TestCases": {"C": {"S": 1}}}}}`, false},
		{`{"StateMachines": {"M": {"TestCases": {"C": {"S": "R"}}}}, "MockedResponse": {"R": {"0": {"Return": 1}}}}`, true},
		{inMock(`{"0": {"Return": null}}`), true},
		{inMock(`{"0-2": {"Throw": {"Error": "E", "Cause": {"a": 1}}}, "3": {"Return": {}}}`), true},
		{inMock(`{"default": {"TimedOut": true}, "*": {"Pending": true}}`), true},
		{inMock(`{"0": {}}`), false},
		{inMock(`{"0": {"TimedOut": false}}`), false},
		{inMock(`{"0": {"Return": 1, "Throw": {}}}`), false},
		{inMock(`{"first": {"Return": 1}}`), false},
		{inMock(`{"0": {"Retrun": 1}}`), false},
		{inMock(`{"0": {"Throw": "E"}}`), false},
		{inMock(`{"0": {"Throw": {"Error": 1}}}`), false},
		{inMock(`{"0": {"Return": 1, "Duration": 1.5, "Heartbeat": "1h30m"}}`), true},
		{inMock(`{"0": {"Return": 1, "Duration": "+.5s"}}`), true},
		{inMock(`{"0": {"Return": 1, "Duration": "0"}}`), true},
		{inMock(`{"0": {"Return": 1, "Duration": "5"}}`), false},
		{inMock(`{"0": {"Return": 1, "Duration": -1}}`), false},
		{inMock(`[{"Match": {"Input": {"a": 1}, "Attempt": 0}, "Return": 1}, {"Throw": {}}]`), true},
		{inMock(`[{"Match": {"Try": 0}, "Return": 1}]`), false},
		{inMock(`[{"Match": {"Item": -1}, "Return": 1}]`), false},
		{inMock(`"text"`), false},
	}
	for _, test := range tests {
		var document any
		if err := json.Unmarshal([]byte(test.file), &document); err != nil {
			t.Fatal(err)
		}
		violations, err := schema.Validate(document)
		if err != nil {
			t.Fatal(err)
		}
		_, problems := mock.Parse("mocks.json", test.file)
		if (len(violations) == 0) != test.sound || (len(problems) == 0) != test.sound {
			t.Errorf("%s\nsound: %v, the schema says %v, the reader %v", test.file, test.sound, violations, problems)
		}
	}
}
