package graph

// Verdict is an [Analysis] as plain data, for JSON.
type Verdict struct {
	Terminals []TerminalVerdict `json:"terminals"`
	Actions   []ActionVerdict   `json:"actions"`
	Pivots    []string          `json:"pivots"`
	Saga      bool              `json:"saga"`
}

// TerminalVerdict is a place where an execution can end.
type TerminalVerdict struct {
	State         string     `json:"state"` // "" for the end in no state
	Class         Class      `json:"class"`
	Declared      bool       `json:"declared"` // by a directive or the configuration
	Why           string     `json:"why"`
	Mixed         bool       `json:"mixed"`
	EndsAsSuccess bool       `json:"endsAsSuccess"`
	Path          []PathStep `json:"path"`
}

// PathStep is a state on a path and the error that led there, "" for none.
type PathStep struct {
	State string `json:"state"`
	Via   string `json:"via"`
}

// ActionVerdict is a state that changes something outside.
type ActionVerdict struct {
	State    string           `json:"state"`
	Effect   string           `json:"effect"`
	Certain  bool             `json:"certain"` // the effect is known, not guessed from a name
	Why      string           `json:"why"`
	Undos    []UndoVerdict    `json:"undos"`
	Outcomes []OutcomeVerdict `json:"outcomes"`
}

// UndoVerdict is a state that undoes an action.
type UndoVerdict struct {
	State string `json:"state"`
	Why   string `json:"why"`
}

// OutcomeVerdict is what becomes of an action at a failure: a cell of the matrix.
type OutcomeVerdict struct {
	Terminal string     `json:"terminal"` // "" for the end in no state
	Outcome  string     `json:"outcome"`
	Path     []PathStep `json:"path,omitempty"` // a shortest way with that outcome
}

// Verdict returns the analysis as plain data.
func (a *Analysis) Verdict() Verdict {
	v := Verdict{Terminals: []TerminalVerdict{}, Actions: []ActionVerdict{}, Pivots: []string{}, Saga: a.Saga}
	for _, t := range a.Terminals.All {
		v.Terminals = append(v.Terminals, TerminalVerdict{
			State: stateName(t.Node), Class: t.Class, Declared: t.Basis <= Configured, Why: t.Why,
			Mixed: t.Mixed, EndsAsSuccess: t.EndsAsSuccess, Path: t.Path().plain(),
		})
	}
	for _, action := range a.Compensation.Actions {
		v.Actions = append(v.Actions, action.verdict())
	}
	for _, pivot := range a.Compensation.Pivots {
		v.Pivots = append(v.Pivots, pivot.QualifiedName())
	}
	return v
}

func (a *Action) verdict() ActionVerdict {
	v := ActionVerdict{
		State: stateName(a.Node), Effect: EffectName(a.Effect.Effect), Certain: a.Effect.Certain, Why: a.Effect.Why,
		Undos: []UndoVerdict{}, Outcomes: []OutcomeVerdict{},
	}
	for _, pair := range a.Pairs {
		v.Undos = append(v.Undos, UndoVerdict{stateName(pair.Undo), pair.Why})
	}
	for _, cell := range a.Cells {
		v.Outcomes = append(v.Outcomes, OutcomeVerdict{stateName(cell.Terminal.Node), a.word(cell), cell.Way.plain()})
	}
	return v
}

func stateName(node *Node) string {
	if node == nil {
		return ""
	}
	return node.QualifiedName()
}

func (p Path) plain() []PathStep {
	steps := make([]PathStep, 0, len(p))
	for _, step := range p {
		steps = append(steps, PathStep{stateName(step.Node), step.Via})
	}
	return steps
}
