//go:build unix

package rules_test

import (
	"syscall"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/lint"
)

// TestTheCostIsLinearInTheStates fails when ten times the states take much more
// than ten times the processor time, which a busy machine does not change.
func TestTheCostIsLinearInTheStates(t *testing.T) {
	if testing.Short() {
		t.Skip("measures time")
	}
	runner := linter(t, lint.Recommended)
	cheapest := func(src []byte) time.Duration {
		best := time.Hour
		for range 3 {
			start := cpuTime(t)
			lintAll(runner, "made.json", src)
			best = min(best, cpuTime(t)-start)
		}
		return best
	}
	for name, made := range map[string]func(int) []byte{"usual": machineOf, "hostile": hostileMachine} {
		if one, ten := cheapest(made(500)), cheapest(made(5_000)); ten > 40*one {
			t.Errorf("%s: 500 states take %s, 5,000 take %s", name, one, ten)
		}
	}
}

// cpuTime returns the processor time that the process has used.
func cpuTime(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
