package graph

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/sfnctl/sfnctl/pkg/printable"
)

// Explain returns the verdict a reviewer wants to see: every terminal with its
// class and why, every action with its effect and what undoes it, and what
// becomes of each action at each failure.
func (a *Analysis) Explain() string {
	var b strings.Builder
	a.explainTerminals(&b)
	a.explainActions(&b)
	a.explainMatrix(&b)
	a.explainPivots(&b)
	return b.String()
}

func (a *Analysis) explainTerminals(b *strings.Builder) {
	b.WriteString("Terminals\n")
	if len(a.Terminals.All) == 0 {
		b.WriteString("  none\n")
		return
	}
	var rows [][]string
	for _, t := range a.Terminals.All {
		rows = append(rows, []string{t.Name(), strings.ReplaceAll(string(t.Class), "-", " ") + t.mark(), t.Why})
		if path := t.Path(); path != nil {
			rows = append(rows, []string{"", "", path.String()})
		}
	}
	writeTable(b, rows)
}

// mark tells in the column of the class what is wrong with it.
func (t *Terminal) mark() string {
	switch {
	case t.Mixed:
		return " (mixed)"
	case t.EndsAsSuccess:
		return " (reports SUCCEEDED)"
	case t.Shared:
		return " (shared)"
	}
	return ""
}

func (a *Analysis) explainActions(b *strings.Builder) {
	b.WriteString("\nActions\n")
	if len(a.Compensation.Actions) == 0 {
		b.WriteString("  none: no task is known, declared or guessed to change anything\n")
		return
	}
	var rows [][]string
	for _, action := range a.Compensation.Actions {
		effect := "write, by " + action.Effect.Why
		if EffectName(action.Effect.Effect) != "write" {
			effect = "write, because it is undone"
		}
		if len(action.Pairs) == 0 {
			rows = append(rows, []string{action.Node.QualifiedName(), effect, "nothing undoes it"})
		}
		for i, pair := range action.Pairs {
			name := action.Node.QualifiedName()
			if i > 0 {
				name, effect = "", ""
			}
			rows = append(rows, []string{name, effect, fmt.Sprintf("undone by %s: %s", pair.Undo.QualifiedName(), pair.Why)})
		}
	}
	writeTable(b, rows)
}

// explainMatrix shows what becomes of each action at each failure.
func (a *Analysis) explainMatrix(b *strings.Builder) {
	c := a.Compensation
	if len(c.Actions) == 0 || len(c.Failures) == 0 {
		return
	}
	b.WriteString("\nWhen the execution fails\n")
	head := []string{""}
	for _, t := range c.Failures {
		head = append(head, t.Name())
	}
	rows := [][]string{head}
	for _, action := range c.Actions {
		row := []string{action.Node.QualifiedName()}
		for _, cell := range action.Cells {
			row = append(row, action.word(cell))
		}
		rows = append(rows, row)
	}
	writeTable(b, rows)
	a.explainWays(b)
}

// explainWays shows for each cell of the matrix a way on which it is so.
func (a *Analysis) explainWays(b *strings.Builder) {
	var rows [][]string
	for _, action := range a.Compensation.Actions {
		for _, cell := range action.Cells {
			if cell.Way != nil {
				rows = append(rows, []string{cell.Terminal.Name(), action.word(cell), cell.Way.String()})
			}
		}
	}
	if len(rows) > 0 {
		b.WriteString("\nHow it comes to that\n")
		writeTable(b, rows)
	}
}

// word is what the matrix says of an action at a failure. What nothing undoes is
// simply pending, whether the undo of something else failed or not.
func (a *Action) word(cell Cell) string {
	if len(a.Pairs) == 0 && cell.Outcome == UndoFailed {
		return StaysDone.String()
	}
	return cell.Outcome.String()
}

func (a *Analysis) explainPivots(b *strings.Builder) {
	for _, pivot := range a.Compensation.Pivots {
		fmt.Fprintf(b, "\nPivot: past %s the workflow goes forward.\n", printable.Line(pivot.QualifiedName()))
	}
}

// writeTable writes rows with their cells below each other; the last cell of a
// row takes what room it needs.
func writeTable(b *strings.Builder, rows [][]string) {
	for _, row := range rows {
		for i := range row {
			row[i] = printable.Line(row[i])
		}
	}
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			if i < len(row)-1 {
				widths[i] = max(widths[i], utf8.RuneCountInString(cell))
			}
		}
	}
	for _, row := range rows {
		line := ""
		for i, cell := range row {
			line += "  " + cell
			if i < len(row)-1 {
				line += strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}
