package jsonschema_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/internal/jsonschema"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/schemas"
)

// definitions calls check for every JSON definition below testdata and, where
// they are there, the shared collections.
func definitions(t *testing.T, check func(name string, text []byte)) {
	t.Helper()
	for _, root := range []string{"../../testdata", "../../../shared/lintset", "../../../shared/corpus/asl"} {
		if _, err := os.Stat(root); err != nil {
			t.Logf("%s is not there", root)
			continue
		}
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".json") {
				return err
			}
			text, err := os.ReadFile(path)
			if err == nil && strings.Contains(string(text), `"StartAt"`) {
				check(path, text)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// structural are the rules of which every finding must be one of the schema, too.
var structural = []string{asl.RuleMissingField, asl.RuleWrongType, asl.RuleExclusiveFields}

func TestSchemaAndDecoderAgree(t *testing.T) {
	text, _ := schemas.Get("asl")
	schema, err := jsonschema.Compile(text)
	if err != nil {
		t.Fatal(err)
	}
	checked, refused := 0, 0
	definitions(t, func(name string, text []byte) {
		var document any
		if json.Unmarshal(text, &document) != nil {
			return
		}
		violations, err := schema.Validate(document)
		if err != nil {
			t.Fatal(err)
		}
		checked++
		_, findings := asl.ParseFile(name, text)
		findings = slices.DeleteFunc(findings, func(f diag.Diagnostic) bool { return f.Severity != diag.Error })
		switch {
		case len(findings) == 0 && len(violations) > 0:
			t.Errorf("%s: the schema alone complains: %v", name, violations[0])
		case len(violations) == 0 && slices.ContainsFunc(findings, func(f diag.Diagnostic) bool { return slices.Contains(structural, f.Rule) }):
			t.Errorf("%s: the decoder alone complains: %s [%s]", name, findings[0].Message, findings[0].Rule)
		case len(violations) > 0:
			refused++
		}
	})
	t.Logf("%d definitions, of which both refuse %d", checked, refused)
}
