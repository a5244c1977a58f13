package jsonschema

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const schema = `{
	"$schema": "http://json-schema.org/draft-07/schema#",
	"type": "object",
	"required": ["name"],
	"additionalProperties": false,
	"properties": {
		"name": {"type": "string"},
		"list": {"type": "array", "items": {"$ref": "#/definitions/level"}}
	},
	"definitions": {"level": {"enum": ["a", "b"]}}
}`

func TestValidateNamesPlaceAndMember(t *testing.T) {
	compiled, err := Compile([]byte(schema))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		document any
		want     []Violation
	}{
		{map[string]any{"name": "x"}, nil},
		{map[string]any{"nmae": "x"}, []Violation{
			{Path: []string{}, Missing: "name", Expected: "name is required"},
			{Path: []string{}, Unknown: "nmae", Expected: "Additional property nmae is not allowed"},
		}},
		{map[string]any{"name": "x", "list": []any{"a", "c"}}, []Violation{
			{Path: []string{"list", "1"}, Expected: `list.1 must be one of the following: "a", "b"`},
		}},
	}
	for _, test := range tests {
		got, err := compiled.Validate(test.document)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%v (-want +got)\n%s", test.document, diff)
		}
	}
}

func TestReferencesOutOfTheSchemaAreRefused(t *testing.T) {
	for _, reference := range []string{"http://example.com/schema.json", "file:///etc/hostname"} {
		_, err := Compile([]byte(`{"properties": {"x": {"$ref": "` + reference + `"}}}`))
		if err == nil || !strings.Contains(err.Error(), "not followed") {
			t.Errorf("%s: %v", reference, err)
		}
	}
}
