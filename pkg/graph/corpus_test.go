package graph_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/graph"
)

// labels is what a reader found in some definitions of the corpus.
func labels(t *testing.T, key string) [][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(corpus, "labels.json"))
	if err != nil {
		t.Skip("the corpus is not here:", err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	var list [][]string
	if err := json.Unmarshal(all[key], &list); err != nil {
		t.Fatalf("no labels %q: %v", key, err)
	}
	return list
}

// terminalNamed returns the terminal of that name in one of the machines.
func terminalNamed(machines []*asl.Machine, name string) *graph.Terminal {
	for _, machine := range machines {
		for _, terminal := range analyze(machine).Terminals.All {
			if terminal.Node != nil && terminal.Node.Name() == name {
				return terminal
			}
		}
	}
	return nil
}

func TestFailuresThatEndAsSuccessAreFound(t *testing.T) {
	for _, label := range labels(t, "failure-ends-as-success") {
		terminal := terminalNamed(find(t, label[0], label[1]), label[2])
		if terminal == nil || !terminal.EndsAsSuccess {
			t.Errorf("%v is not found: %+v", label, terminal)
		}
	}
}

func TestOrdinaryControlFlowIsNoFailure(t *testing.T) {
	for _, label := range labels(t, "ordinary control flow through a Catcher, not failure-ends-as-success") {
		terminal := terminalNamed(find(t, label[0], label[1]), label[2])
		if terminal == nil || terminal.EndsAsSuccess || terminal.Failed() {
			t.Errorf("%v is taken for a failure: %+v", label, terminal)
		}
	}
}

// TestHolesOfPublishedSagasAreFound checks the holes that the labels tell in words.
func TestHolesOfPublishedSagasAreFound(t *testing.T) {
	for _, hole := range []struct{ repo, path, action, want string }{
		{"rafty/ServerlessMicroservicesSagaTransaction", "state-machine.json", "PaymentDebit",
			"PaymentDebit → InventoryReserve ✗ any other error → the execution fails"},
		{"rafty/ServerlessMicroservicesSagaTransaction", "state-machine.json", "InventoryReserve",
			"InventoryReserve → OrderApprove ✗ any other error → the execution fails"},
		{"rafty/ServerlessMicroservicesSagaTransaction", "state-machine.json", "OrderCreate",
			"OrderCreate → PaymentDebit → InventoryReserve → OrderApprove ✗ ErrorOrderUpdate, ErrorOrderApprove → sns:NotifyOrderApproveException → OrderFailed"},
		{"aws-samples/step-functions-workflows-collection", "manage-emr-job-cdk", "Create an EMR cluster",
			"Create an EMR cluster → Run first step ✗ any error → the execution fails"},
		{"clowdhaus/terraform-aws-ebs-snapshot-builder", "state_machine.json", "RunInstance",
			"RunInstance → DescribeInstance ✗ any error → the execution fails"},
		{"datamasque/DataMasque-AWS-RDS-masking-stepfunctions-blueprint", "datamasque_blueprint", "Restore DB from Snapshot",
			"Restore DB from Snapshot → CheckDBAvailability ✗ any error → the execution fails"},
		{"alexcasalboni/aws-lambda-power-tuning", "statemachine.asl.json", "Publisher",
			"Publisher → IsCountReached → Branching → Cleaner ✗ any error → the execution fails"},
	} {
		if !leavesDone(find(t, hole.repo, hole.path), hole.action, hole.want) {
			t.Errorf("%s: %s is not found", hole.repo, hole.want)
		}
	}
}

// leavesDone reports whether the action has an undo and stays done on the path.
func leavesDone(machines []*asl.Machine, name, path string) bool {
	for _, machine := range machines {
		for _, action := range analyze(machine).Compensation.Actions {
			for _, cell := range action.Cells {
				if action.Node.Name() == name && len(action.Pairs) > 0 && cell.Pending.String() == path {
					return true
				}
			}
		}
	}
	return false
}

// TestChoiceCanHeadACleanUp: a Choice has the name of the clean-up, and the tasks
// behind it do it, one of them on the ordinary way, too.
func TestChoiceCanHeadACleanUp(t *testing.T) {
	for _, machine := range find(t, "datamasque/DataMasque-AWS-RDS-masking-stepfunctions-blueprint", "datamasque_blueprint") {
		a := analyze(machine)
		var undos []string
		for _, pair := range a.All {
			if pair.Action.Name() == "Restore DB from Snapshot" {
				undos = append(undos, pair.Undo.Name())
			}
		}
		want := []string{
			"DeleteStgClusterInstance", "DeleteStgCluster", "DeleteStgRDS",
			"CleanupStgClusterInstance", "CleanupStgCluster", "CleanupStgRDS",
		}
		if diff := cmp.Diff(want, undos); diff != "" {
			t.Errorf("undos (-want +got)\n%s", diff)
		}
	}
}

func TestErrorsThatNobodyCatchesAreFound(t *testing.T) {
	for _, machine := range find(t, "alexcasalboni/aws-lambda-power-tuning", "statemachine.asl.json") {
		implicit := analyze(machine).Terminals.Implicit()
		if implicit == nil {
			t.Fatal("no error leaves the machine")
		}
		var from []string
		for _, escape := range implicit.Escapes {
			from = append(from, escape.Edge.From.Name())
		}
		for _, name := range []string{"Cleaner", "Analyzer", "Optimizer"} {
			if !slices.Contains(from, name) {
				t.Errorf("%s is not among %q", name, from)
			}
		}
	}
}

func TestSoundSagaHasNoHole(t *testing.T) {
	machines := find(t, "aws-samples/step-functions-workflows-collection", "saga-pattern-sam/statemachine")
	if len(machines) == 0 {
		t.Skip("the saga is not in the corpus")
	}
	for _, action := range analyze(machines[0]).Compensation.Actions {
		for _, cell := range action.Cells {
			if cell.Outcome == graph.StaysDone {
				t.Errorf("%s: %s", action.Node.Name(), cell.Pending)
			}
		}
	}
}

// TestEveryDefinitionIsAnalyzed holds the whole corpus to the promises of the
// analyses: a path for each verdict, and as many cells as failures.
func TestEveryDefinitionIsAnalyzed(t *testing.T) {
	for _, entry := range readCorpus(t) {
		for _, machine := range entry.machines(t) {
			checkAnalysis(t, entry.ID, analyze(machine))
		}
	}
}

func checkAnalysis(t *testing.T, id string, a *graph.Analysis) {
	t.Helper()
	for _, terminal := range a.Terminals.All {
		if (terminal.Mixed || terminal.EndsAsSuccess) && terminal.Path() == nil {
			t.Errorf("%s: %s has a verdict and no path", id, terminal.Name())
		}
		if path := terminal.Path(); path != nil && path[0].Node != a.Graph.Root.Entry {
			t.Errorf("%s: the path %s does not begin at StartAt", id, path)
		}
	}
	for _, action := range a.Compensation.Actions {
		if len(action.Cells) != len(a.Compensation.Failures) {
			t.Errorf("%s: %s has %d cells", id, action.Node.Name(), len(action.Cells))
		}
		for _, cell := range action.Cells {
			if (cell.Outcome == graph.StaysDone) != (cell.Pending != nil) {
				t.Errorf("%s: %s is %s with path %q", id, action.Node.Name(), cell.Outcome, cell.Pending)
			}
		}
	}
	if strings.Contains(a.Explain(), "%!") {
		t.Errorf("%s: %s", id, a.Explain())
	}
}
