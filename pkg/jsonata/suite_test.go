package jsonata_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/jsonata"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// suiteCase is one case of the official test suite.
type suiteCase struct {
	Expression      *string                    `json:"expr"`
	ExpressionFile  string                     `json:"expr-file"`
	Data            json.RawMessage            `json:"data"`
	Dataset         *string                    `json:"dataset"`
	Bindings        map[string]json.RawMessage `json:"bindings"`
	Result          json.RawMessage            `json:"result"`
	UndefinedResult json.RawMessage            `json:"undefinedResult"`
	Code            string                     `json:"code"`
	Error           map[string]json.RawMessage `json:"error"`
	Token           string                     `json:"token"`
	Depth           int                        `json:"depth"`
	Unordered       bool                       `json:"unordered"`
}

// laterGroups are groups about operators of JSONata 2.1, which are an option.
var laterGroups = map[string]bool{"coalescing-operator": true, "default-operator": true}

// TestOfficialSuite runs the suite of release 2.2.2. The 53 cases that 2.0.6
// itself fails are run, too: where that release hangs, fails internally or lacks
// an operator this package follows the later ones.
func TestOfficialSuite(t *testing.T) {
	suite := sharedFolder(t, "jsonata-suite")
	files, err := filepath.Glob(filepath.Join(suite, "groups", "*", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s: %v", suite, err)
	}
	data := datasets{folder: filepath.Join(suite, "datasets"), read: map[string]value.Value{}}
	cases := 0
	for _, file := range files {
		group := filepath.Base(filepath.Dir(file))
		for i, c := range readCases(t, file) {
			name := group + "/" + strings.TrimSuffix(filepath.Base(file), ".json")
			if i > 0 {
				name += "#" + string(rune('0'+i/10)) + string(rune('0'+i%10))
			}
			cases++
			t.Run(name, func(t *testing.T) {
				c.run(t, filepath.Dir(file), &data, laterGroups[group])
			})
		}
	}
	t.Logf("%d cases", cases)
}

// sharedFolder returns a folder of the optional data next to the module.
func sharedFolder(t testing.TB, name string) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			break
		}
	}
	shared := filepath.Join(folder, "..", "shared", name)
	if _, err := os.Stat(shared); err != nil {
		t.Skipf("the data folder ../shared/%s is not there", name)
	}
	return shared
}

func readCases(t *testing.T, file string) []suiteCase {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []suiteCase
	if json.Unmarshal(text, &cases) == nil {
		return cases
	}
	var single suiteCase
	if err := json.Unmarshal(text, &single); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return []suiteCase{single}
}

type datasets struct {
	folder string
	read   map[string]value.Value
}

func (d *datasets) get(t *testing.T, name string) value.Value {
	if v, ok := d.read[name]; ok {
		return v
	}
	text, err := os.ReadFile(filepath.Join(d.folder, name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	d.read[name] = parseJSON(t, string(text))
	return d.read[name]
}

func parseJSON(t testing.TB, text string) value.Value {
	t.Helper()
	v, err := value.ParseCompact(text)
	if err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
	return v
}

func (c *suiteCase) run(t *testing.T, folder string, data *datasets, coalescing bool) {
	text := c.text(t, folder)
	var input value.Value
	switch {
	case c.Data != nil:
		input = parseJSON(t, string(c.Data))
	case c.Dataset != nil:
		input = data.get(t, *c.Dataset)
	}
	env := &jsonata.Environment{Clock: time.Now, Limits: jsonata.Limits{Depth: c.Depth}}
	env.Variables = func(name string) (value.Value, bool) {
		raw, ok := c.Bindings[name]
		if !ok {
			return value.Value{}, false
		}
		return parseJSON(t, string(raw)), true
	}
	expression, err := jsonata.Compile(text, jsonata.Options{Coalescing: coalescing})
	var result value.Value
	if err == nil {
		result, err = expression.Evaluate(input, env)
	}
	c.compare(t, text, result, err)
}

func (c *suiteCase) text(t *testing.T, folder string) string {
	if c.Expression != nil {
		return *c.Expression
	}
	text, err := os.ReadFile(filepath.Join(folder, c.ExpressionFile))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func (c *suiteCase) compare(t *testing.T, text string, result value.Value, err error) {
	var failed *jsonata.Error
	errors.As(err, &failed)
	wanted := c.Code
	if c.Error != nil {
		wanted = parseJSON(t, string(c.Error["code"])).Str()
	}
	if wanted != "" {
		if failed == nil || failed.Code != wanted {
			t.Fatalf("%s\nwant error %s, got %v %v", text, wanted, result, err)
		}
		c.compareError(t, failed)
		return
	}
	if err != nil {
		t.Fatalf("%s\nwant %s, got error %v", text, c.Result, err)
	}
	if c.UndefinedResult != nil {
		if !result.IsAbsent() {
			t.Fatalf("%s\nwant undefined, got %v", text, result)
		}
		return
	}
	want := parseJSON(t, string(c.Result))
	if result.IsAbsent() && !want.IsAbsent() || !value.Equal(c.order(want), c.order(result)) {
		t.Fatalf("%s\nwant %v\ngot  %v", text, want, result)
	}
}

func (c *suiteCase) compareError(t *testing.T, failed *jsonata.Error) {
	if c.Token != "" && failed.Token != c.Token {
		t.Errorf("want token %q, got %q", c.Token, failed.Token)
	}
	for field, raw := range c.Error {
		want := parseJSON(t, string(raw))
		switch field {
		case "message":
			if failed.Message != want.Str() {
				t.Errorf("want message %q, got %q", want.Str(), failed.Message)
			}
		case "token":
			if failed.Token != want.Str() {
				t.Errorf("want token %v, got %q", want, failed.Token)
			}
		case "value":
			if !value.Equal(failed.Value, want) {
				t.Errorf("want value %v, got %v", want, failed.Value)
			}
		case "position":
			if float64(failed.Position) != want.Float() {
				t.Errorf("want position %v, got %d", want, failed.Position)
			}
		}
	}
}

// order sorts the items of a result whose order does not matter.
func (c *suiteCase) order(v value.Value) value.Value {
	if !c.Unordered || v.Kind() != value.KindArray {
		return v
	}
	items := append([]value.Value(nil), v.Items()...)
	sort.Slice(items, func(i, j int) bool { return items[i].Compact() < items[j].Compact() })
	return value.Array(items...)
}
