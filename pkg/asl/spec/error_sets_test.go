package spec_test

import (
	"slices"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// universe holds an error of every kind that the algebra tells apart.
var universe = []string{
	"", "CardDeclined", "Lambda.ServiceException", spec.ErrorTimeout, spec.ErrorHeartbeatTimeout, spec.ErrorRuntime,
	spec.ErrorDataLimit, spec.ErrorQueryEvaluation, spec.ErrorTaskFailed,
}

func TestErrorEqualsTakesWhatTheServiceTakes(t *testing.T) {
	for _, test := range []struct {
		listed, name string
		want         bool
	}{
		{spec.ErrorAll, "CardDeclined", true},
		{spec.ErrorAll, "", true},
		{spec.ErrorAll, spec.ErrorTimeout, true},
		{spec.ErrorAll, spec.ErrorDataLimit, true},
		{spec.ErrorAll, spec.ErrorRuntime, false},
		{spec.ErrorRuntime, spec.ErrorRuntime, false},
		{spec.ErrorDataLimit, spec.ErrorDataLimit, true},
		{spec.ErrorTaskFailed, "CardDeclined", true},
		{spec.ErrorTaskFailed, "", true},
		{spec.ErrorTaskFailed, spec.ErrorDataLimit, true},
		{spec.ErrorTaskFailed, spec.ErrorTimeout, false},
		{spec.ErrorTaskFailed, spec.ErrorHeartbeatTimeout, false},
		{spec.ErrorTimeout, spec.ErrorHeartbeatTimeout, true},
		{spec.ErrorHeartbeatTimeout, spec.ErrorTimeout, false},
		{"CardDeclined", "CardDeclined", true},
		{"carddeclined", "CardDeclined", false},
		{"", "", false},
	} {
		if got := spec.Takes([]string{"Other", test.listed}, test.name); got != test.want {
			t.Errorf("%q takes %q: %t", test.listed, test.name, got)
		}
	}
}

func TestWhatANameTakesIsTheSetOfWhatItTakes(t *testing.T) {
	for _, listed := range universe[1:] {
		for _, name := range universe {
			if got, want := spec.TakenBy([]string{listed}).Has(name), spec.Takes([]string{listed}, name); got != want {
				t.Errorf("%q is in the set of %q: %t, but Takes says %t", name, listed, got, want)
			}
		}
	}
}

func TestUnionAndDifferenceOfErrorSetsAreExact(t *testing.T) {
	sets := []spec.ErrorSet{{}, spec.AllErrors()}
	for _, listed := range append(universe[1:], spec.ErrorAll) {
		sets = append(sets, spec.TakenBy([]string{listed}), spec.AllErrors().Minus(spec.Errors(listed, "CardDeclined")))
	}
	for i, a := range sets {
		for j, b := range sets {
			meets := false
			for _, name := range append([]string{"NameOfNobody"}, universe...) {
				if got, want := a.Union(b).Has(name), a.Has(name) || b.Has(name); got != want {
					t.Errorf("union of %d and %d has %q: %t", i, j, name, got)
				}
				if got, want := a.Minus(b).Has(name), a.Has(name) && !b.Has(name); got != want {
					t.Errorf("difference of %d and %d has %q: %t", i, j, name, got)
				}
				meets = meets || a.Has(name) && b.Has(name)
			}
			if got := a.Meets(b); got != meets {
				t.Errorf("%d meets %d: %t", i, j, got)
			}
		}
	}
}

func TestOnlyAFiniteErrorSetHasNames(t *testing.T) {
	names, finite := spec.Errors("B", "A", "B").Names()
	if !finite || !slices.Equal(names, []string{"A", "B"}) {
		t.Errorf("names are %v, finite: %t", names, finite)
	}
	if names, finite := spec.AllErrors().Minus(spec.Errors("A")).Names(); finite || names != nil {
		t.Errorf("names of all but one are %v, finite: %t", names, finite)
	}
	if left := spec.AllErrors().Minus(spec.TakenBy([]string{spec.ErrorTaskFailed, spec.ErrorTimeout, spec.ErrorRuntime})); left.Empty() || !left.Has(spec.ErrorRuntime) {
		t.Error("States.Runtime is taken")
	}
}

func TestBackoffGrowsUpToItsLimit(t *testing.T) {
	half := func() float64 { return 0.5 }
	for _, test := range []struct {
		backoff spec.Backoff
		n       int
		want    time.Duration
	}{
		{spec.Backoff{IntervalSeconds: 3, BackoffRate: 2}, 1, 3 * time.Second},
		{spec.Backoff{IntervalSeconds: 3, BackoffRate: 2}, 3, 12 * time.Second},
		{spec.Backoff{IntervalSeconds: 3, BackoffRate: 2, MaxDelaySeconds: 5}, 2, 5 * time.Second},
		{spec.Backoff{IntervalSeconds: 3, BackoffRate: 2, MaxDelaySeconds: 5, FullJitter: true}, 2, 2500 * time.Millisecond},
		{spec.Backoff{IntervalSeconds: 3, BackoffRate: 1.5, FullJitter: true}, 2, 2250 * time.Millisecond},
		{spec.Backoff{IntervalSeconds: 1, BackoffRate: 2}, 2000, 100 * 366 * 24 * time.Hour},
	} {
		if got := test.backoff.Delay(test.n, half); got != test.want {
			t.Errorf("%+v waits %s before retry %d, want %s", test.backoff, got, test.n, test.want)
		}
	}
}
