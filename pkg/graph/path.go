package graph

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
)

// Path is the way of an execution through a machine: a witness of a finding.
type Path []Step

// Step is a state on a path. Via is "" when the execution came by an ordinary
// transition, else the error that led here, such as "States.ALL".
type Step struct {
	Node *Node // nil: the execution ended in no state, by the error Via
	Via  string
	Edge *Edge // the Catcher, or the edge that left the machine; nil for ordinary transitions
	// Beside: no transition leads here. The state runs at the same time as the
	// one before, in another branch or iteration.
	Beside bool
}

// QualifiedName returns the name of a state; of a nested one with the names of
// its owners before it, as in "BookAll/BookHotel".
func (n *Node) QualifiedName() string {
	names := []string{n.Name()}
	for owner := n.Region.Owner; owner != nil; owner = owner.Region.Owner {
		names = append(names, owner.Name())
	}
	slices.Reverse(names)
	return strings.Join(names, "/")
}

// maxShownSteps is how many states of a path a message shows; of a longer one
// it shows the beginning and the end.
const maxShownSteps = 8

// String returns the path as a person would tell it:
// "BookHotel → BookFlight ✗ States.ALL → TripFailed".
func (p Path) String() string {
	var b strings.Builder
	for i, step := range p.shown() {
		switch {
		case step.skipped:
			b.WriteString(" → …")
			continue
		case step.Beside:
			b.WriteString(", meanwhile " + step.Node.QualifiedName() + step.where(p[0]))
			continue
		case step.Via != "":
			b.WriteString(" ✗ " + step.Via + " → ")
		case i > 0:
			b.WriteString(" → ")
		}
		if step.Node == nil {
			b.WriteString("the execution fails")
			continue
		}
		b.WriteString(step.Node.QualifiedName())
	}
	return b.String()
}

// where tells that a state beside the first on the path belongs to another item of the same Map.
func (s Step) where(previous Step) string {
	if previous.Node != nil && isInside(s.Node, previous.Node.Region) {
		return " of another item"
	}
	return ""
}

type shownStep struct {
	Step
	skipped bool
}

func (p Path) shown() []shownStep {
	var steps []shownStep
	for i, step := range p {
		hidden := len(p) > maxShownSteps && i >= 3 && i < len(p)-4 && step.Via == ""
		if !hidden {
			steps = append(steps, shownStep{Step: step})
		} else if !steps[len(steps)-1].skipped {
			steps = append(steps, shownStep{skipped: true})
		}
	}
	return steps
}

// Steps returns the path in the form of a finding.
func (p Path) Steps() []diag.Step {
	steps := make([]diag.Step, 0, len(p))
	for _, step := range p {
		name := ""
		if step.Node != nil {
			name = step.Node.Name()
		}
		steps = append(steps, diag.Step{State: name, Via: step.Via})
	}
	return steps
}

// maxPathSteps bounds a path: of a longer one the first state and the last ones
// are kept, so that a machine of ten thousand states in a row has no quadratic
// report.
const maxPathSteps = 100

// via names the error of a failing edge.
func via(e *Edge) string {
	if e == nil || !e.Failing() {
		return ""
	}
	if e.Label == "" {
		return "its error"
	}
	return e.Label
}
