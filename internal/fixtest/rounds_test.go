package fixtest

import (
	"slices"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// maxRounds is how often a definition is fixed before something is wrong.
const maxRounds = 10

func TestSafeFixesTogetherLeaveNothingToFix(t *testing.T) {
	c := newChecker(t, lint.Recommended)
	for _, s := range ownMachines(t) {
		c.fixAll(t, s)
	}
	if c.succeed == 0 || c.compared == 0 {
		t.Error("nothing is fixed and run")
	}
}

func TestSafeFixesOfRealDefinitionsLeaveNothingToFix(t *testing.T) {
	if testing.Short() {
		t.Skip("fixes hundreds of definitions")
	}
	c := newChecker(t, lint.Recommended)
	for _, s := range slices.Concat(realMachines(t), judgedMachines(t)) {
		c.fixAll(t, s)
	}
	t.Logf("%d definitions are fixed; %d run to success as before", c.succeed, c.compared)
}

// fixAll makes all safe fixes, round by round, as the command does.
func (c *checker) fixAll(t *testing.T, s source) {
	t.Helper()
	machine, findings := c.read(s)
	world := scenarioOf(machine)
	before, first := run(machine, world), tally(findings)
	for round := 0; ; round++ {
		selection := diag.NewFixSelection(func(fix diag.Fix) bool { return fix.Safe })
		selection.TakeAll(findings)
		edits := selection.Edits(machine.File())
		if len(edits) == 0 {
			if round > 0 {
				c.succeed++
				c.compareFixed(t, s.name, before, machine, world)
			}
			break
		}
		if round == maxRounds {
			t.Errorf("%s: there is still something to fix after %d rounds", s.name, round)
			return
		}
		fixed, err := syntax.Apply(s.src, edits)
		if err != nil {
			t.Errorf("%s: %v", s.name, err)
			return
		}
		s.src = fixed
		machine, findings = c.read(s)
	}
	for key, n := range tally(findings) {
		if n > first[key] {
			t.Errorf("%s: fixing makes a new finding, %s:\n%s", s.name, key, s.src)
		}
	}
}

// tally counts findings by rule and state.
func tally(findings []diag.Diagnostic) map[string]int {
	counts := map[string]int{}
	for _, f := range findings {
		counts[f.Rule+" of "+f.State]++
	}
	return counts
}

func (c *checker) compareFixed(t *testing.T, name string, before *outcome, machine *asl.Machine, world scenario) {
	t.Helper()
	if !before.succeeded {
		return
	}
	c.compared++
	if after := run(machine, world); *after != *before {
		t.Errorf("%s: after all fixes the execution changes from\n%+v to\n%+v", name, *before, *after)
	}
}
