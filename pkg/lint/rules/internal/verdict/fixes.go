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

// failKind is a kind of Fail state that fixes add where there is none.
type failKind struct {
	name  string
	class graph.Class
	// The state in both query languages. Its Cause keeps what the Catcher hands over.
	jsonPath, jsonata string
}

var (
	// unknownFailure is for failures that the workflow does not know.
	unknownFailure = failKind{
		"CriticalError", graph.UnknownFailure,
		`{"Type": "Fail", "Error": "CriticalError", "CausePath": "States.Format('{}: {}', $.error.Error, $.error.Cause)"}`,
		`{"Type": "Fail", "Error": "CriticalError", "Cause": "{% $caughtError.Error & ': ' & $caughtError.Cause %}"}`,
	}
	// failedUndo is for undos that failed, after which a person must look.
	failedUndo = failKind{
		"UndoFailed", graph.UnknownFailure,
		`{"Type": "Fail", "Error": "UndoFailed", "CausePath": "States.Format('{}: {}', $.undoError.Error, $.undoError.Cause)"}`,
		`{"Type": "Fail", "Error": "UndoFailed", "Cause": "{% $undoError.Error & ': ' & $undoError.Cause %}"}`,
	}
	// bareFailure and bareUndo are the same after a state whose input may be an
	// array, so that a Catcher cannot put the error into it: it hands over the error alone.
	bareFailure = failKind{
		"CriticalError", graph.UnknownFailure,
		`{"Type": "Fail", "Error": "CriticalError", "CausePath": "States.Format('{}: {}', $.Error, $.Cause)"}`, "",
	}
	bareUndo = failKind{
		"UndoFailed", graph.UnknownFailure,
		`{"Type": "Fail", "Error": "UndoFailed", "CausePath": "States.Format('{}: {}', $.Error, $.Cause)"}`, "",
	}
	// noMatch is for a Choice of which no rule matches: the workflow itself decides
	// that, so it must not end where failures of any kind do.
	noMatch = failKind{
		"NoRuleMatched", graph.KnownFailure,
		`{"Type": "Fail", "Error": "NoRuleMatched", "Cause": "No rule of a Choice matched its input."}`,
		`{"Type": "Fail", "Error": "NoRuleMatched", "Cause": "No rule of a Choice matched its input."}`,
	}
	// plainFailure is unknownFailure where what is handed over is not known.
	plainFailure = failKind{
		"CriticalError", graph.UnknownFailure,
		`{"Type": "Fail", "Error": "CriticalError", "Cause": "A failure that the workflow does not know. Look at the execution history."}`,
		`{"Type": "Fail", "Error": "CriticalError", "Cause": "A failure that the workflow does not know. Look at the execution history."}`,
	}
)

// workshop is what the fixes of one machine share.
type workshop struct {
	fails  map[failPlace]FailState
	fresh  map[failPlace]FailState  // those that are added although there is another
	taken  map[string]bool          // the names of states, which are unique in a machine
	added  map[string][]syntax.Edit // the edit that adds a Fail state, by its name
	budget int                      // bytes that may still be read again to verify edits
}

// failPlace is where a Fail state is looked for.
type failPlace struct {
	region   *graph.Region
	kind     failKind
	language asl.QueryLanguage
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
			fails: map[failPlace]FailState{}, fresh: map[failPlace]FailState{}, taken: map[string]bool{},
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

// FailState is a Fail state that a fix or a help leads to. Where there is none it
// is the one to add.
type FailState struct {
	Name   string
	Exists bool
	json   string      // of the one to add
	node   *graph.Node // of the one that exists
	region *graph.Region
}

// UnknownFailureIn finds the Fail state of a region for failures of any kind.
func UnknownFailureIn(p *lint.Pass, region *graph.Region) FailState {
	return failIn(p, failPlace{region, plainFailure, p.Machine.QueryLanguage})
}

// NoMatchIn finds the Fail state of a region for a Choice of which no rule matches.
func NoMatchIn(p *lint.Pass, region *graph.Region) FailState {
	return failIn(p, failPlace{region, noMatch, p.Machine.QueryLanguage})
}

// failStateIn finds the Fail state of a kind that a Catcher of the node can lead to.
func failStateIn(p *lint.Pass, node *graph.Node, kind failKind) FailState {
	return failIn(p, failPlace{node.Region, kind, node.State.QueryLanguage})
}

func failIn(p *lint.Pass, place failPlace) FailState {
	w := workshopOf(p)
	if found, ok := w.fails[place]; ok {
		return found
	}
	if node := servingFail(p, place); node != nil {
		w.fails[place] = existing(node)
		return w.fails[place]
	}
	w.fails[place] = newFail(p, place)
	return w.fails[place]
}

// newFailIn returns the Fail state of a kind to add, whatever exists.
func newFailIn(p *lint.Pass, node *graph.Node, kind failKind) FailState {
	place := failPlace{node.Region, kind, node.State.QueryLanguage}
	w := workshopOf(p)
	if _, ok := w.fresh[place]; !ok {
		w.fresh[place] = newFail(p, place)
	}
	return w.fresh[place]
}

func newFail(p *lint.Pass, place failPlace) FailState {
	w := workshopOf(p)
	name := place.kind.name
	for i := 2; w.taken[name]; i++ {
		name = fmt.Sprintf("%s%d", place.kind.name, i)
	}
	w.taken[name] = true
	text := place.kind.in(place.language, p.Machine.QueryLanguage)
	if p.Options.Strict { // which wants every class declared
		text = strings.Replace(text, "{", fmt.Sprintf(`{"Comment": "sfnctl:terminal=%s", `, place.kind.class), 1)
	}
	return FailState{Name: name, json: text, region: place.region}
}

func (k failKind) isBare() bool { return k == bareFailure || k == bareUndo }

func (k failKind) isOfUndos() bool { return k == failedUndo || k == bareUndo }

// in returns the state in a query language, which it names when it is not that
// of the machine.
func (k failKind) in(language, ofMachine asl.QueryLanguage) string {
	text := k.jsonPath
	if language == asl.JSONata {
		text = k.jsonata
	}
	if language == ofMachine {
		return text
	}
	return strings.Replace(text, `"Type": "Fail"`, fmt.Sprintf(`"Type": "Fail", "QueryLanguage": %q`, language), 1)
}

// servingFail returns the first Fail state of the kind wanted. Undos that failed
// would rather have one for themselves, which serves nothing else.
func servingFail(p *lint.Pass, place failPlace) *graph.Node {
	var shared *graph.Node
	for _, node := range place.region.Nodes {
		if node.State.Type != asl.Fail || !serves(p, node, place) {
			continue
		}
		switch own := onlyAfterUndos(p, node); {
		case own == place.kind.isOfUndos():
			return node
		case !own && shared == nil:
			shared = node
		}
	}
	return shared
}

// serves reports whether a Fail state is of the kind wanted.
func serves(p *lint.Pass, node *graph.Node, place failPlace) bool {
	terminal := Of(p).Terminals.Of(node)
	switch {
	case terminal == nil:
		return false
	case place.kind == noMatch:
		return node.State.Fail.Error != nil && node.State.Fail.Error.Source == noMatch.name
	}
	return terminal.Class == graph.UnknownFailure && !terminal.Mixed && (place.kind == plainFailure || readsNothing(node) || !place.kind.isBare() && takesWhat(node, place.language))
}

// takesWhat reports whether a Catcher in the query language can hand the Fail
// state what it reads: what other Catchers hand it.
func takesWhat(node *graph.Node, language asl.QueryLanguage) bool {
	direct := false
	for _, edge := range node.In {
		direct = direct || edge.Kind == graph.Catch && edge.From.State.QueryLanguage == language
	}
	return direct
}

// readsNothing reports whether a state is a Fail state of constants.
func readsNothing(node *graph.Node) bool {
	isConstant := func(e *asl.Expression) bool { return e == nil || e.Kind == asl.Literal }
	fail := node.State.Fail
	return fail != nil && fail.ErrorPath == nil && fail.CausePath == nil && isConstant(fail.Error) && isConstant(fail.Cause)
}

func onlyAfterUndos(p *lint.Pass, node *graph.Node) bool {
	for _, edge := range node.In {
		if edge.Kind != graph.Catch || !Of(p).IsUndo(edge.From) {
			return false
		}
	}
	return len(node.In) > 0
}

// add returns the edit that adds the state where it does not exist.
func (u FailState) add(p *lint.Pass) ([]syntax.Edit, bool) {
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
		if edit, ok := p.Machine.Tree.InsertMember(states, u.Name, u.json); ok {
			added[u.Name] = []syntax.Edit{edit}
		}
	}
	return added[u.Name], len(added[u.Name]) > 0
}

// Help tells how to add the state; "" where it exists.
func (u FailState) Help() string {
	if u.Exists {
		return ""
	}
	return fmt.Sprintf("\nand to \"States\":\n  %q: %s", u.Name, u.json)
}

// HelpAfter tells the same behind a sentence that does not begin with "add".
func (u FailState) HelpAfter() string {
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
func AddDefault(p *lint.Pass, node *graph.Node, target FailState) []diag.Fix {
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

// AddRetry is the fix that lets states retry transient errors.
func AddRetry(p *lint.Pass, states []*asl.State) []diag.Fix {
	var edits []syntax.Edit
	for _, state := range states {
		if state.Node == nil || slices.ContainsFunc(state.Retry, retriesAll) {
			return nil // what takes States.ALL must be the last
		}
		edit, ok := addToList(p, state.Node, "Retry", RetryJSON)
		if !ok {
			return nil
		}
		edits = append(edits, edit)
	}
	return []diag.Fix{{Message: fmt.Sprintf("retry %s on any error", All(states)), Safe: true, Edits: joined(edits)}}
}

func retriesAll(retrier *asl.Retrier) bool {
	return slices.ContainsFunc(retrier.ErrorEquals, func(name *syntax.String) bool { return name.Value == "States.ALL" })
}

// AddMember is a fix that adds a field to an object. It changes what the next
// state gets, so a person must look.
func AddMember(p *lint.Pass, object *syntax.Object, field, value, message string) []diag.Fix {
	return AddMembers(p, object, fmt.Sprintf("%q: %s", field, value), message)
}

// AddMembers is [AddMember] for several fields, written as the members of a JSON
// object.
func AddMembers(p *lint.Pass, object *syntax.Object, members, message string) []diag.Fix {
	written, ok := syntax.ParseJSON(syntax.NewFile("members.json", []byte("{"+members+"}"))).Root.(*syntax.Object)
	if !ok {
		return nil
	}
	var edits []syntax.Edit
	for _, member := range written.Members {
		if !spend(p) {
			return nil
		}
		edit, ok := p.Machine.Tree.InsertMember(object, member.Key.Value, jsonOf(member.Value))
		if !ok {
			return nil
		}
		edits = append(edits, edit)
	}
	return []diag.Fix{{Message: message, Edits: joined(edits)}}
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
