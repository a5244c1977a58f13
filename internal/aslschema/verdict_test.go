package aslschema

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/internal/jsonschema"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// structural are the rules whose findings the schema can have as well. What the
// others find is beyond a schema: where transitions lead, what expressions mean.
var structural = []string{
	asl.RuleMissingField, asl.RuleUnknownField, asl.RuleMisplacedField, asl.RuleWrongType, asl.RuleExclusiveFields,
	asl.RuleInvalidValue, asl.RuleQueryLanguage, asl.RuleInvalidChoiceRule, asl.RuleInvalidStateName,
}

var mutants = flag.Int("mutants", 1, "how often each definition is changed")

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	source, err := Generate()
	if err != nil {
		t.Fatal(err)
	}
	schema, err := jsonschema.Compile(source)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// definitions calls use for every definition of the examples and the optional
// data that can be read whole.
func definitions(t *testing.T, use func(name string, document any)) {
	t.Helper()
	for _, folder := range []string{"../../testdata/workflows", "../../../shared/lintset", "../../../shared/corpus/asl"} {
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
			t.Logf("optional data folder %s is absent", folder)
			continue
		}
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || !slices.Contains([]string{".json", ".yaml", ".yml", ".asl"}, filepath.Ext(path)) {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			tree := syntax.Parse(syntax.NewFile(path, text))
			document, isObject := plain(tree.Root).(map[string]any)
			if isObject && len(tree.Errors) == 0 && (document["States"] != nil || document["StartAt"] != nil) {
				use(path, document)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// plain converts a tree to what encoding/json makes of it.
func plain(n syntax.Node) any {
	switch n := n.(type) {
	case *syntax.Object:
		members := make(map[string]any, len(n.Members))
		for _, m := range n.Members {
			members[m.Key.Value] = plain(m.Value)
		}
		return members
	case *syntax.Array:
		items := make([]any, 0, len(n.Items))
		for _, item := range n.Items {
			items = append(items, plain(item))
		}
		return items
	case *syntax.String:
		return n.Value
	case *syntax.Number:
		return json.Number(n.Text)
	case *syntax.Bool:
		return n.Value
	}
	return nil
}

// verdicts are those of the schema and the decoder on one definition.
type verdicts struct {
	text       []byte
	violations []jsonschema.Violation
	findings   []diag.Diagnostic // errors only
}

func judge(t *testing.T, schema *jsonschema.Schema, document any) verdicts {
	t.Helper()
	text, err := json.MarshalIndent(document, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	violations, err := schema.Validate(document)
	if err != nil {
		t.Fatal(err)
	}
	_, findings := asl.ParseFile("x.json", text)
	findings = slices.DeleteFunc(findings, func(f diag.Diagnostic) bool { return f.Severity != diag.Error })
	return verdicts{text, violations, findings}
}

// rules lists the rules of the findings, each once.
func (v verdicts) rules() string {
	rules := map[string]bool{}
	for _, found := range v.findings {
		rules[found.Rule] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(rules)), ", ")
}

func (v verdicts) isStructural() bool {
	return slices.ContainsFunc(v.findings, func(f diag.Diagnostic) bool { return slices.Contains(structural, f.Rule) })
}

// beyond names the faults of structure that a schema of this kind cannot express.
var beyond = map[string]string{
	"cdk-preflight--credentials-on-activity.json":       "whether Credentials are allowed depends on the text of Resource",
	"localstack-recorded--wait-timestamp-bad-date.json": "the thirteenth month keeps to the pattern of timestamps",
	"own--heartbeat-ge-timeout.json":                    "two numbers are compared",
}

func TestSchemaRefusesWhatTheDecoderRefusesForItsStructure(t *testing.T) {
	schema := compiled(t)
	both, neither, alone := 0, 0, map[string]int{}
	definitions(t, func(name string, document any) {
		v := judge(t, schema, document)
		switch {
		case len(v.findings) == 0 && len(v.violations) > 0:
			t.Errorf("%s: the schema alone complains: %+v", name, v.violations[0])
		case len(v.findings) > 0 && len(v.violations) > 0:
			both++
		case len(v.findings) == 0:
			neither++
		default:
			alone[v.rules()]++
			if v.isStructural() && beyond[filepath.Base(name)] == "" {
				t.Errorf("%s: the decoder alone complains: %s", name, v.findings[0].Message)
			}
		}
	})
	t.Logf("%d refused by both, %d by neither, by the decoder alone: %v", both, neither, alone)
}

// TestSchemaNeverRefusesWhatTheDecoderAccepts changes definitions at random and
// compares the verdicts.
func TestSchemaNeverRefusesWhatTheDecoderAccepts(t *testing.T) {
	schema := compiled(t)
	random := rand.New(rand.NewSource(1))
	both, neither, structuralAlone, otherAlone, kinds := 0, 0, 0, 0, map[string]int{}
	definitions(t, func(name string, document any) {
		original, err := json.Marshal(document)
		if err != nil || len(original) > 8000 {
			return
		}
		for range *mutants {
			var mutant any
			if err := json.Unmarshal(original, &mutant); err != nil {
				t.Fatal(err)
			}
			what := mutate(random, mutant)
			v := judge(t, schema, mutant)
			switch {
			case len(v.findings) == 0 && len(v.violations) > 0:
				t.Errorf("%s: %s: the schema alone complains: %+v\n%s", name, what, v.violations[0], v.text)
			case len(v.findings) > 0 && len(v.violations) > 0:
				both++
			case len(v.findings) == 0:
				neither++
			case v.isStructural():
				structuralAlone++
				kinds[v.findings[0].Rule]++
				t.Logf("%s: %s: the decoder alone complains: %s", name, what, v.findings[0].Message)
			default:
				otherAlone++
			}
		}
	})
	t.Logf("%d refused by both, %d by neither, by the decoder alone %d for structure %v and %d for more", both, neither, structuralAlone, kinds, otherAlone)
	if structuralAlone*100 > both {
		t.Errorf("the schema misses %d of %d faults of structure", structuralAlone, both+structuralAlone)
	}
}

// slot is a member of an object or an element of an array.
type slot struct {
	in    map[string]any
	key   string
	list  []any
	index int
}

func slots(document any) []slot {
	var found []slot
	switch d := document.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(d)) {
			found = append(append(found, slot{in: d, key: key}), slots(d[key])...)
		}
	case []any:
		for i := range d {
			found = append(append(found, slot{list: d, index: i}), slots(d[i])...)
		}
	}
	return found
}

// mutate changes one place of a document and says how.
func mutate(random *rand.Rand, document any) string {
	all := slots(document)
	at := all[random.Intn(len(all))]
	values := []any{nil, true, false, 0, -1, 1.5, 7, "text", "$.path", "${Placeholder}", "{% $states.input %}", []any{}, []any{"a"}, map[string]any{}, "JSONata", "Pass", "Map"}
	v := values[random.Intn(len(values))]
	if at.in == nil {
		at.list[at.index] = v
		return fmt.Sprintf("element %d becomes %v", at.index, v)
	}
	switch random.Intn(4) {
	case 0:
		delete(at.in, at.key)
		return at.key + " is gone"
	case 1:
		at.in[at.key] = v
		return fmt.Sprintf("%s becomes %v", at.key, v)
	case 2:
		name := fieldNames()[random.Intn(len(fieldNames()))]
		at.in[name] = at.in[at.key]
		delete(at.in, at.key)
		return at.key + " becomes " + name
	}
	name := fieldNames()[random.Intn(len(fieldNames()))]
	at.in[name] = v
	return fmt.Sprintf("%s %v comes together with %s", name, v, at.key)
}

func fieldNames() []string {
	names := []string{"${Key}", "Nxt", "StringEquals", "IsPresent", "NumericLessThanPath"}
	for _, table := range []*spec.Table{&spec.Machine, &spec.State, &spec.Retrier, &spec.Catcher, &spec.ChoiceRule, &spec.ReaderConfig} {
		for i := range table.Fields {
			names = append(names, table.Fields[i].Name)
		}
	}
	return names
}
