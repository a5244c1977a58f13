package lint

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func finding(file, rule, state, message string, start int) diag.Diagnostic {
	return diag.Diagnostic{
		File: &syntax.File{Name: file}, Rule: rule, State: state, Message: message,
		Span: syntax.Span{Start: start, End: start + 1},
	}
}

func TestABaselineSurvivesEditsAndCountsWhatIsAlike(t *testing.T) {
	old := []diag.Diagnostic{finding("a", "r", "A", "m", 10), finding("a", "r", "A", "m", 20), finding("b", "r", "B", "m", 5)}
	var file bytes.Buffer
	if err := NewBaseline(old).Write(&file); err != nil {
		t.Fatal(err)
	}
	baseline, err := ReadBaseline(&file)
	if err != nil {
		t.Fatal(err)
	}
	moved := []diag.Diagnostic{finding("a", "r", "A", "m", 110), finding("a", "r", "A", "m", 120), finding("a", "r", "A", "m", 130)}
	fresh, gone := baseline.Filter(moved)
	if len(fresh) != 1 || fresh[0].Span.Start != 130 {
		t.Errorf("fresh: %v", fresh)
	}
	want := []BaselineEntry{{baselineKey{File: "b", Rule: "r", State: "B", Message: "m"}, 1}}
	if diff := cmp.Diff(want, gone, cmp.AllowUnexported(BaselineEntry{})); diff != "" {
		t.Error(diff)
	}
}

func TestReadBaselineRefusesOtherFiles(t *testing.T) {
	for text, want := range map[string]string{
		`{"findings": []}`: "not a baseline",
		`{"version": 9}`:   "baseline of version 9",
		`[`:                "not a baseline",
	} {
		if _, err := ReadBaseline(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestSortIsTotalAndDropsRepetitions(t *testing.T) {
	b := &syntax.File{Name: "b"}
	a := finding("a", "r", "", "m", 3)
	one := diag.Diagnostic{File: b, Rule: "y", Message: "m", Span: syntax.Span{Start: 1, End: 2}}
	two := diag.Diagnostic{File: b, Rule: "x", Message: "m", Span: syntax.Span{Start: 1, End: 2}}
	got := Sort([]diag.Diagnostic{one, two, one, a})
	var rules []string
	for _, f := range got {
		rules = append(rules, f.File.Name+f.Rule)
	}
	if diff := cmp.Diff([]string{"ar", "bx", "by"}, rules); diff != "" {
		t.Error(diff)
	}
}
