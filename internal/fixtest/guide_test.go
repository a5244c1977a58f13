package fixtest

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// healing are the workflows of the guide: their findings, and where each case of
// their mocks ends.
var healing = []struct {
	name     string
	findings []string // rule and state
	cases    map[string]string
}{
	{"exclusive", nil, map[string]string{
		"placed": "OrderPlaced success", "declined": "OrderFailed known-failure", "room-stays-reserved": "UndoFailed unknown-failure",
	}},
	{"inclusive", nil, map[string]string{
		"placed": "OrderPlaced success", "charge-times-out": "OrderFailed known-failure", "refund-fails": "UndoFailed unknown-failure",
	}},
	{"mixed", nil, map[string]string{
		"placed": "OrderPlaced success", "declined": "Declined known-failure", "charge-times-out": "CriticalError unknown-failure",
	}},
	{"parallel-undo", []string{"compensation-stops-early RefundCard"}, map[string]string{
		"placed": "OrderPlaced success", "charge-times-out": "OrderFailed known-failure", "refund-fails": "UndoFailed unknown-failure",
	}},
	{"told-by-result", nil, map[string]string{
		"ready": "RoomReady success", "sold-out": "SoldOut known-failure", "not-usable": "RoomFailed unknown-failure",
	}},
	{"pivot", nil, map[string]string{
		"placed": "OrderPlaced success", "declined": "OrderFailed known-failure", "no-receipt": "ReceiptMissing unknown-failure",
	}},
}

func TestWorkflowsOfTheGuideHeal(t *testing.T) {
	set, err := lint.Select(rules.All(), lint.Selection{Preset: lint.Recommended})
	if err != nil {
		t.Fatal(err)
	}
	for _, workflow := range healing {
		t.Run(workflow.name, func(t *testing.T) {
			machine := readHealing(t, workflow.name)
			var got []string
			for _, finding := range (&lint.Runner{Rules: set}).Check(lint.Target{Machine: machine}) {
				got = append(got, finding.Rule+" "+finding.State)
			}
			if diff := cmp.Diff(workflow.findings, got); diff != "" {
				t.Errorf("findings (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(workflow.cases, endsOf(t, workflow.name, machine, slices.Collect(maps.Keys(workflow.cases)))); diff != "" {
				t.Errorf("ends of the cases (-want +got)\n%s", diff)
			}
		})
	}
}

func readHealing(t *testing.T, name string) *asl.Machine {
	t.Helper()
	name += ".asl.yaml"
	src, err := os.ReadFile(filepath.Join("../../testdata/healing", name))
	if err != nil {
		t.Fatal(err)
	}
	machine, decoded := asl.ParseFile(name, src)
	for _, finding := range decoded {
		t.Errorf("%s: %s", name, finding.Message)
	}
	return machine
}

// endsOf runs cases of the mocks, and returns of each the terminal and its class.
func endsOf(t *testing.T, machineName string, machine *asl.Machine, cases []string) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../testdata/healing/mocks.json")
	if err != nil {
		t.Fatal(err)
	}
	config, faults := mock.Parse("mocks.json", string(text))
	program, findings := simulate.Compile(machine)
	if config == nil || program == nil {
		t.Fatal(faults, findings)
	}
	classes := map[string]graph.Class{}
	for _, terminal := range graph.Classify(graph.Build(machine), graph.Options{}).All {
		classes[terminal.Name()] = terminal.Class
	}
	ends := map[string]string{}
	for _, name := range cases {
		test, err := config.Select(machineName, name)
		if err != nil {
			t.Fatal(err)
		}
		execution := program.Start(value.Object(), simulate.Options{Start: time.Unix(0, 0).UTC(), Handler: config.Answers(test).Handle})
		result, err := execution.Run(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		ends[name] = result.Terminal + " " + string(classes[result.Terminal])
	}
	return ends
}

// TestGuideShowsWhatIsTested: a block of the guide that names a file shows parts
// of it, with "# ..." between them.
func TestGuideShowsWhatIsTested(t *testing.T) {
	guide, err := os.ReadFile("../../docs/guide-self-healing.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for _, block := range strings.Split(string(guide), "```yaml\n# ")[1:] {
		block, _, _ = strings.Cut(block, "```")
		name, parts, _ := strings.Cut(block, "\n")
		src, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Error(err)
			continue
		}
		shown++
		for _, part := range strings.Split(parts, "# ...\n") {
			if !strings.Contains(string(src), part) {
				t.Errorf("%s has no\n%s", name, part)
			}
		}
	}
	if shown != len(healing) {
		t.Errorf("the guide shows %d workflows", shown)
	}
}
