package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/asl"
)

// machinesIn reads a file of a folder of its own, within a time that a person
// waits.
func machinesIn(t *testing.T, dir, name, content string) Result {
	t.Helper()
	project := host.NewProject(dir, false)
	file := project.Add(filepath.Join(project.Root, name), name, []byte(content))
	start := time.Now()
	result := Machines(&host.Request{Project: project, File: file})
	for _, m := range result.Machines {
		if m.Tree != nil {
			asl.Parse(m.Tree)
		}
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
	return result
}

// doubling makes lines in which each name stands for the next one twice.
func doubling(line string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, line, i, i+1, i+1)
	}
	return b.String()
}

func TestReferencesThatDoubleEachTimeAreBounded(t *testing.T) {
	machine := "  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n"
	tests := map[string]struct{ name, content string }{
		"substitutions": {"template.yaml", "Resources:\n" + machine +
			"      DefinitionString: '{\"StartAt\": \"${k0}\", \"States\": {}}'\n      DefinitionSubstitutions:\n" +
			doubling("        k%d: '${k%d}${k%d}'\n", 60) + "        k60: " + strings.Repeat("x", 100) + "\n"},
		"conditions": {"template.yaml", "Conditions:\n" + doubling("  k%d: !And [!Condition k%d, !Condition k%d]\n", 60) +
			"Resources:\n" + machine + "      Definition: {StartAt: !If [k0, A, B], States: {A: {Type: Succeed}}}\n"},
		"mappings": {"template.yaml", "Mappings:\n  m:\n    k:\n" +
			doubling("      k%d: {'Fn::Join': ['', [{'Fn::FindInMap': [m, k, k%d]}, {'Fn::FindInMap': [m, k, k%d]}]]}\n", 60) +
			"Resources:\n" + machine + "      Definition: {StartAt: !FindInMap [m, k, k0], States: {A: {Type: Succeed}}}\n"},
		"aliases": {"template.yaml", "x0: &a0 [1, 2]\n" + aliases(40) + "Resources:\n" + machine +
			"      Definition: {StartAt: A, States: {A: {Type: Pass, Result: *a40, End: true}}}\n"},
		"variables": {"serverless.yml", "custom:\n" + doubling("  k%d: '${self:custom.k%d}${self:custom.k%d}'\n", 60) +
			"stepFunctions:\n  stateMachines:\n    m:\n      definition: {StartAt: '${self:custom.k0}', States: {A: {Type: Succeed}}}\n"},
		"objects": {"serverless.yml", "custom:\n" + doubling("  k%d: {a: '${self:custom.k%d}', b: '${self:custom.k%d}'}\n", 60) +
			"stepFunctions:\n  stateMachines:\n    m:\n      definition: {StartAt: A, States: '${self:custom.k0}'}\n"},
		"texts": {"main.tf", "locals {\n" + doubling("  k%d = \"${local.k%d}${local.k%d}\"\n", 60) + "  k60 = \"xxxxxxxx\"\n}\n" +
			"resource \"aws_sfn_state_machine\" \"m\" {\n  definition = jsonencode({ StartAt = local.k0, States = {} })\n}\n"},
		"lists": {"main.tf", "locals {\n" + doubling("  k%d = [local.k%d, local.k%d]\n", 60) + "  k60 = [1]\n}\n" +
			"resource \"aws_sfn_state_machine\" \"m\" {\n  definition = jsonencode({ StartAt = \"A\", States = local.k0 })\n}\n"},
		"functions": {"main.tf", "resource \"aws_sfn_state_machine\" \"m\" {\n  definition = jsonencode({ StartAt = " +
			strings.Repeat("replace(", 40) + `"aaaaaaaaaa"` + strings.Repeat(`, "a", "aaaaaaaaaa")`, 40) + ", B = format(\"%0999999999d\", 1), States = {} })\n}\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if result := machinesIn(t, t.TempDir(), test.name, test.content); len(result.Machines) != 1 {
				t.Errorf("%d machines", len(result.Machines))
			}
		})
	}
}

func aliases(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "x%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	return b.String()
}

func TestDeepNestingEnds(t *testing.T) {
	deep := strings.Repeat(`{"Fn::If": ["c", `, 20_000) + `"x"` + strings.Repeat(`, "y"]}`, 20_000)
	machinesIn(t, t.TempDir(), "template.json", `{"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"Definition": {"StartAt": `+deep+`}}}}}`)
	machinesIn(t, t.TempDir(), "main.tf", `resource "aws_sfn_state_machine" "m" { definition = jsonencode(`+strings.Repeat("[", 5_000)+strings.Repeat("]", 5_000)+`) }`)
}

func TestNothingOutsideOfTheProjectIsRead(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret.asl.json")
	root := filepath.Join(dir, "project")
	if err := os.MkdirAll(root, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(secret, []byte(`{"StartAt": "Secret"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(root, "link.asl.json")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	for name, target := range map[string]string{"loop.asl.json": "loop.asl.json", "up": ".."} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Fatal(err)
		}
	}
	for reference, want := range map[string]string{
		"../secret.asl.json":             "outside of the project",
		secret:                           "outside of the project",
		"link.asl.json":                  "outside of the project",
		"up/secret.asl.json":             "outside of the project",
		"a/../../secret.asl.json":        "outside of the project",
		"loop.asl.json":                  "cannot be read",
		"http://example.com/x.asl.json":  "nothing is fetched",
		"s3://bucket/x.asl.json":         "Amazon S3",
		"missing.asl.json":               "there is no file missing.asl.json",
		strings.Repeat("x", 5_000):       "cannot be read",
		"git::https://example.com/x.git": "nothing is fetched",
	} {
		template := "Transform: AWS::Serverless-2016-10-31\nResources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties: {DefinitionUri: '" + reference + "'}\n"
		result := machinesIn(t, root, "template.yaml", template)
		m := result.Machines[0]
		if m.Tree != nil || !strings.Contains(m.Unread, want) {
			t.Errorf("%.40s: %q, want %q", reference, m.Unread, want)
		}
	}
	project := host.NewProject(root, true)
	file := project.Add(filepath.Join(project.Root, "main.tf"), "main.tf", []byte(`resource "aws_sfn_state_machine" "m" { definition = file("../secret.asl.json") }`))
	if result := Machines(&host.Request{Project: project, File: file}); result.Machines[0].Tree == nil {
		t.Errorf("the user allows it: %s", result.Machines[0].Unread)
	}
}

func TestWhatTakesTooManyStepsIsNotRead(t *testing.T) {
	content := "locals {\n" + doubling("  k%d = \"${local.k%d}${local.k%d}\"\n", 40) + "  k40 = \"x\"\n}\n" +
		"resource \"aws_sfn_state_machine\" \"m\" {\n  definition = local.k0\n}\n" +
		"resource \"aws_sfn_state_machine\" \"other\" {\n  definition = jsonencode({ StartAt = local.k40, States = {} })\n}\n"
	machines := machinesIn(t, t.TempDir(), "main.tf", content).Machines
	if m := machines[0]; m.Tree != nil || !strings.Contains(m.Unread, "too many steps") {
		t.Errorf("%q", m.Unread)
	}
	if m := machines[1]; m.Tree == nil {
		t.Errorf("what another state machine takes does not count: %q", m.Unread)
	}
}

// TestWideObjectsAreReadInLinearTime has objects that a quadratic reader would
// take a minute for.
func TestWideObjectsAreReadInLinearTime(t *testing.T) {
	var keys, uses strings.Builder
	for i := range 16_000 {
		fmt.Fprintf(&keys, "    k%d = \"v\"\n", i)
		fmt.Fprintf(&uses, "    k%d = local.wide[\"k%d\"]\n", i, i)
	}
	content := "locals {\n  wide = {\n" + keys.String() + "  }\n}\nresource \"aws_sfn_state_machine\" \"m\" {\n" +
		"  definition = jsonencode({ StartAt = \"A\", States = { A = { Type = \"Pass\", End = true, Parameters = merge(local.wide, {\n" +
		uses.String() + "}) } } })\n}\n"
	if m := machinesIn(t, t.TempDir(), "main.tf", content).Machines[0]; m.Tree == nil {
		t.Error(m.Unread)
	}
}
