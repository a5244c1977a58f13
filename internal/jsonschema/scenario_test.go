package jsonschema_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/sfnctl/sfnctl/internal/jsonschema"
	"github.com/sfnctl/sfnctl/schemas"
)

func TestMockFilesOfTheWorkflowsKeepToTheSchema(t *testing.T) {
	text, _ := schemas.Get("scenario")
	schema, err := jsonschema.Compile(text)
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../testdata/workflows/*.mocks.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no mock files", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var document any
		if err := json.Unmarshal(content, &document); err != nil {
			t.Fatal(err)
		}
		violations, err := schema.Validate(document)
		if err != nil || len(violations) > 0 {
			t.Errorf("%s: %v %v", file, violations, err)
		}
	}
	wrong := map[string]any{"MockedResponses": map[string]any{"Booked": map[string]any{"first": map[string]any{}}}}
	if violations, err := schema.Validate(wrong); err != nil || len(violations) == 0 {
		t.Errorf("an invocation called first is not refused: %v", err)
	}
}
