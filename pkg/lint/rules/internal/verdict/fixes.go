package verdict

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// criticalError is the Fail state that fixes add where there is none for
// failures that the workflow does not know.
const (
	criticalErrorName = "CriticalError"
	criticalErrorJSON = `{"Type": "Fail", "Error": "CriticalError", "Cause": "A failure that the workflow does not know. Look at the execution history."}`
)

// workshop is what the fixes of one machine share.
type workshop struct {
	unknown map[*graph.Region]UnknownFailure
	taken   map[string]bool          // the names of states, which are unique in a machine
	added   map[string][]syntax.Edit // the edit that adds a Fail state, by its name
	budget  int                      // bytes that may still be read again to verify edits
}

// fixBudget bounds what is spent on fixes of one machine. Every edit is
// verified by reading the whole text again, so a long definition with thousands
// of findings gets fixes for the first of them, and for the next when those are made.
const fixBudget = 4 << 20

// Workshop is what the rules need that offer fixes or tell how to mend a flow.
var Workshop = &lint.Result[*workshop]{
	Name:     "fixes",
	Requires: []lint.Prerequisite{Flow},
	Compute: func(p *lint.Pass) *workshop {
		w := &workshop{
			unknown: map[*graph.Region]UnknownFailure{}, taken: map[string]bool{},
			added: map[string][]syntax.Edit{}, budget: fixBudget,
		}
		for state := range p.Machine.States() {
			w.taken[state.Name] = true
		}
		return w
	},
}

func workshopOf(p *lint.Pass) *workshop { return Workshop.Of(p) }

// spend takes an edit of the machine's text from the budget.
func spend(p *lint.Pass) bool {
	w := workshopOf(p)
	if w.budget < 0 {
		return false
	}
	w.budget -= len(p.Machine.File().Src)
	return true
}

// UnknownFailure names the Fail state of a region that takes failures of any
// kind. Where there is none it is the name of the state to add.
type UnknownFailure struct {
	Name   string
	Exists bool
	region *graph.Region
}

// UnknownFailureIn finds the Fail state of a region for failures of any kind.
func UnknownFailureIn(p *lint.Pass, region *graph.Region) UnknownFailure {
	known := workshopOf(p).unknown
	if found, ok := known[region]; ok {
		return found
	}
	known[region] = findUnknownFailure(p, region)
	return known[region]
}

func findUnknownFailure(p *lint.Pass, region *graph.Region) UnknownFailure {
	terminals := Of(p).Terminals
	for _, node := range region.Nodes {
		if node.State.Type != asl.Fail {
			continue
		}
		terminal := terminals.Of(node)
		if terminal != nil && terminal.Class == graph.UnknownFailure && !terminal.Mixed {
			return UnknownFailure{node.Name(), true, region}
		}
	}
	taken := workshopOf(p).taken
	name := criticalErrorName
	for i := 2; taken[name]; i++ {
		name = fmt.Sprintf("%s%d", criticalErrorName, i)
	}
	taken[name] = true
	return UnknownFailure{name, false, region}
}

// add returns the edit that adds the state where it does not exist.
func (u UnknownFailure) add(p *lint.Pass) ([]syntax.Edit, bool) {
	if u.Exists {
		return nil, true
	}
	added := workshopOf(p).added
	if edits, ok := added[u.Name]; ok {
		return edits, len(edits) > 0
	}
	added[u.Name] = nil
	object, _ := u.region.Source.Node.(*syntax.Object)
	if states, ok := object.Get("States").(*syntax.Object); ok && spend(p) {
		if edit, ok := p.Machine.Tree.InsertMember(states, u.Name, criticalErrorJSON); ok {
			added[u.Name] = []syntax.Edit{edit}
		}
	}
	return added[u.Name], len(added[u.Name]) > 0
}

// Help tells how to add the state; "" where it exists.
func (u UnknownFailure) Help() string {
	if u.Exists {
		return ""
	}
	return fmt.Sprintf("\nand to \"States\":\n  %q: %s", u.Name, criticalErrorJSON)
}

// HelpAfter tells the same behind a sentence that does not begin with "add".
func (u UnknownFailure) HelpAfter() string {
	return strings.Replace(u.Help(), "and to", "and add to", 1)
}

// ErrorPath is where a Catcher of the state may put the error: that of an undo
// must not take the place of the one that came before.
func ErrorPath(p *lint.Pass, state *asl.State) string {
	if node := p.Graph().Node(state); node != nil && Of(p).IsUndo(node) {
		return "$.undoError"
	}
	return "$.error"
}

// catchAllJSON is a Catcher of everything that leads to the state named.
func catchAllJSON(p *lint.Pass, state *asl.State, next string) string {
	if state.QueryLanguage == asl.JSONata {
		return fmt.Sprintf(`{"ErrorEquals": ["States.ALL"], "Next": %q}`, next)
	}
	return fmt.Sprintf(`{"ErrorEquals": ["States.ALL"], "ResultPath": %q, "Next": %q}`, ErrorPath(p, state), next)
}

// CatchAllHelp shows the JSON of a catch-all to add to a state.
func CatchAllHelp(p *lint.Pass, state *asl.State, target UnknownFailure) string {
	catcher := catchAllJSON(p, state, target.Name)
	if len(state.Catch) > 0 {
		return fmt.Sprintf("add at the end of the Catch of %q:\n  %s%s", state.Name, catcher, target.Help())
	}
	return fmt.Sprintf("add to %q:\n  \"Catch\": [%s]%s", state.Name, catcher, target.Help())
}

// AddCatchAll is the fix that lets states at top level catch what they do not
// catch yet, and go to the Fail state for failures of any kind.
func AddCatchAll(p *lint.Pass, states []*asl.State, target UnknownFailure) []diag.Fix {
	edits, ok := target.add(p)
	if !ok {
		return nil
	}
	message := "catch every error of these states"
	if len(states) == 1 {
		message = fmt.Sprintf("catch every other error of %q and go to %q", states[0].Name, target.Name)
	}
	changed := slices.Clone(edits)
	for _, state := range states {
		if state.Node == nil {
			continue
		}
		if edit, ok := addToList(p, state.Node, "Catch", catchAllJSON(p, state, target.Name)); ok {
			changed = append(changed, edit)
		}
	}
	if len(changed) == len(edits) {
		return nil
	}
	return []diag.Fix{{Message: message, Safe: true, Edits: joined(changed)}}
}

// joined makes one edit of those that put something in at the same place: in
// YAML the end of a state can be the end of all states. What stands deeper comes first.
func joined(edits []syntax.Edit) []syntax.Edit {
	slices.SortStableFunc(edits, func(a, b syntax.Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End), cmp.Compare(indentation(b.Text), indentation(a.Text)))
	})
	var result []syntax.Edit
	for _, edit := range edits {
		if last := len(result) - 1; last >= 0 && edit.Span.Len() == 0 && result[last].Span == edit.Span {
			result[last].Text += edit.Text
			continue
		}
		result = append(result, edit)
	}
	return result
}

func indentation(text string) int {
	text = strings.TrimLeft(text, ",\r\n")
	return len(text) - len(strings.TrimLeft(text, " \t"))
}

// addToList adds an item to an array field of an object, or the field itself.
func addToList(p *lint.Pass, object *syntax.Object, field, item string) (syntax.Edit, bool) {
	tree := p.Machine.Tree
	if !spend(p) {
		return syntax.Edit{}, false
	}
	switch list := object.Get(field).(type) {
	case nil:
		return tree.InsertMember(object, field, "["+item+"]")
	case *syntax.Array:
		return tree.InsertItem(list, item)
	}
	return syntax.Edit{}, false
}

// AddDefault is the fix that gives a Choice a Default.
func AddDefault(p *lint.Pass, node *graph.Node, target UnknownFailure) []diag.Fix {
	edits, ok := target.add(p)
	if !ok || node.State.Node == nil || node.State.Node.Get("Default") != nil {
		return nil
	}
	if !spend(p) {
		return nil
	}
	edit, ok := p.Machine.Tree.InsertMember(node.State.Node, "Default", fmt.Sprintf("%q", target.Name))
	if !ok {
		return nil
	}
	return []diag.Fix{{
		Message: fmt.Sprintf("let %q go to %q when nothing matches", node.Name(), target.Name),
		// In a region the owner may catch what the Choice raises; the new state raises another error.
		Safe: node.Region.Owner == nil, Edits: joined(append(slices.Clone(edits), edit)),
	}}
}

// RetryJSON is a Retrier that outlasts transient errors.
const RetryJSON = `{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxAttempts": 6, "BackoffRate": 2}`

// AddRetry is the fix that lets a state retry transient errors.
func AddRetry(p *lint.Pass, state *asl.State) []diag.Fix {
	if state.Node == nil {
		return nil
	}
	for _, retrier := range state.Retry {
		for _, name := range retrier.ErrorEquals {
			if name.Value == "States.ALL" { // which must be the last
				return nil
			}
		}
	}
	edit, ok := addToList(p, state.Node, "Retry", RetryJSON)
	if !ok {
		return nil
	}
	return []diag.Fix{{Message: fmt.Sprintf("retry %q on any error", state.Name), Safe: true, Edits: []syntax.Edit{edit}}}
}

// AddMember is a fix that adds a field to an object. It changes what the next
// state gets, so a person must look.
func AddMember(p *lint.Pass, object *syntax.Object, field, value, message string) []diag.Fix {
	if !spend(p) {
		return nil
	}
	edit, ok := p.Machine.Tree.InsertMember(object, field, value)
	if !ok {
		return nil
	}
	return []diag.Fix{{Message: message, Edits: []syntax.Edit{edit}}}
}

// SplitName is the fix that makes several error names of one with commas in it.
func SplitName(p *lint.Pass, name *syntax.String) []diag.Fix {
	var parts []string
	for _, part := range strings.Split(name.Value, ",") {
		if part = strings.Trim(part, ` '"`); part == "" || part == "States.ALL" || strings.ContainsAny(part, "\"\\\n") {
			return nil
		}
		parts = append(parts, `"`+part+`"`)
	}
	text := p.Machine.File().Text(name.Span())
	if len(text) == 0 || text[0] != '"' {
		return nil
	}
	return []diag.Fix{{
		Message: "split the text into one string a name", Safe: true,
		Edits: []syntax.Edit{{Span: name.Span(), Text: strings.Join(parts, ", ")}},
	}}
}
