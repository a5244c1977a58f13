package spec

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTableKnowsWhatAWSAccepted holds the table to definitions that AWS took:
// each integration in them must be known, with every parameter and none missing.
func TestTableKnowsWhatAWSAccepted(t *testing.T) {
	tasks := 0
	for _, folder := range []string{"conformance/validation", "conformance/history", "lintset/valid"} {
		for path, definition := range definitionsIn(t, folder) {
			if strings.Contains(path, "/validation/") && !strings.Contains(path, "/accepted.") {
				continue
			}
			eachTask(definition, func(state map[string]any) {
				tasks++
				checkAcceptedTask(t, path, state)
			})
		}
	}
	t.Logf("%d tasks", tasks)
}

// newerThanTheTable lists parameters of published samples that the APIs gained
// after July 2024, and one that AWS accepts in a definition and refuses in the run.
var newerThanTheTable = map[string]bool{
	"bedrock/ApplicationType":                                 true,
	"bedrock/EvaluationConfig/Automated/EvaluatorModelConfig": true,
	"bedrock/InferenceConfig/RagConfigs":                      true,
	"bedrockagent/KnowledgeBaseConfiguration/VectorKnowledgeBaseConfiguration/EmbeddingModelConfiguration" +
		"/BedrockEmbeddingModelConfiguration/EmbeddingDataType": true,
	"lambda/TaskToken": true,
}

func checkAcceptedTask(t *testing.T, path string, state map[string]any) {
	text, _ := state["Resource"].(string)
	r := ParseResource(text)
	if r.Kind == InvalidResource || r.Kind == ForeignResource {
		t.Errorf("%s: %s is taken for no resource of a Task", path, text)
		return
	}
	integration, verdict := Lookup(r)
	if verdict != Known {
		if verdict != Uncharted {
			t.Errorf("%s: %s is unknown", path, text)
		}
		return
	}
	if !integration.Patterns.Has(r.Pattern) {
		t.Errorf("%s: %s: the pattern is unknown", path, text)
	}
	parameters, found := state["Arguments"]
	if !found {
		parameters = state["Parameters"]
	}
	for _, name := range unknownMembers(integration.Input, parameters, "") {
		if !newerThanTheTable[r.Service+name] {
			t.Errorf("%s: %s: parameter %s is unknown", path, text, name)
		}
	}
	object, ok := parameters.(map[string]any)
	for _, member := range integration.Input.Members {
		_, static := object[member.Name]
		_, dynamic := object[member.Name+".$"]
		if ok && member.Required && !static && !dynamic {
			t.Errorf("%s: %s: parameter %s is taken for required", path, text, member.Name)
		}
	}
}

func unknownMembers(shape *Shape, value any, at string) []string {
	var unknown []string
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			name, dynamic := strings.CutSuffix(key, ".$")
			element := shape.Element
			if shape.Kind == Structure {
				member := shape.Member(name)
				if member == nil {
					unknown = append(unknown, at+"/"+name)
					continue
				}
				element = member.Shape
			}
			if element != nil && !dynamic {
				unknown = append(unknown, unknownMembers(element, inner, at+"/"+name)...)
			}
		}
	case []any:
		for _, inner := range value {
			if shape.Kind == List {
				unknown = append(unknown, unknownMembers(shape.Element, inner, at+"/0")...)
			}
		}
	}
	return unknown
}

func eachTask(value any, visit func(map[string]any)) {
	switch value := value.(type) {
	case map[string]any:
		if value["Type"] == "Task" {
			visit(value)
		}
		for _, inner := range value {
			eachTask(inner, visit)
		}
	case []any:
		for _, inner := range value {
			eachTask(inner, visit)
		}
	}
}

// definitionsIn yields the JSON files of a folder of the shared data.
func definitionsIn(t *testing.T, folder string) func(func(string, any) bool) {
	root := filepath.Join("..", "..", "..", "..", "shared", folder)
	if _, err := os.Stat(root); err != nil {
		t.Skipf("no judged definitions: %v", err)
	}
	return func(yield func(string, any) bool) {
		_ = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".json") {
				return err
			}
			text, err := os.ReadFile(path)
			var value any
			if err == nil && json.Unmarshal(text, &value) == nil && !yield(path, value) {
				return fs.SkipAll
			}
			return nil
		})
	}
}
