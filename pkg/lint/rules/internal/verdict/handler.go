package verdict

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Handler is where a Catcher of everything that a state gets should lead, and
// what it should hand over.
type Handler struct {
	Target FailState // or any other state that exists
	Form   string    // the members of the Catcher between ErrorEquals and Next, as JSON; may be empty
	// Stays names an action that would stay done on the way to the target, "" for
	// none: then no fix is offered.
	Stays string
	Undo  string // that undoes it

	breaks bool // the target reads what the Catcher cannot hand over: no fix is offered
}

// routes knows what is done at the states of the top level, and what each way
// from there undoes. Slices are indexed by Node.ID.
type routes struct {
	pass      *lint.Pass
	actions   []*graph.Node                 // that something undoes, at top level
	undos     map[*graph.Node][]*graph.Node // of an action
	done      map[*graph.Node][]*graph.Node // the actions that are done when a state is entered, and not undone
	arrays    []bool                        // the input may be an array
	escalated []bool                        // entered only after an undo has failed: a person must look
	fails     []*graph.Node                 // the nearest Fail state for failures of any kind that the state leads to
	leads     map[*graph.Node][]bool        // from a candidate: where it leads
	fitting   map[fit]judged
	unknown   map[*graph.Node]bool     // what endsUnknown has found
	general   map[*graph.Node]bool     // what speaksFor has found of Fail states
	tried     map[string][]*graph.Node // the candidates, by what is done
	chosen    map[*graph.Node]Handler
}

// maxRoutes bounds the actions that are followed, and the states that are tried
// as targets. What lies beyond is judged as if no fix could undo it.
const maxRoutes = 64

// Routes is where the states of a machine could lead the errors they do not
// catch.
var Routes = &lint.Result[*routes]{
	Name:     "routes",
	Requires: []lint.Prerequisite{Workshop, Shape},
	Compute: func(p *lint.Pass) *routes {
		r := &routes{
			pass: p, undos: map[*graph.Node][]*graph.Node{}, done: map[*graph.Node][]*graph.Node{},
			leads: map[*graph.Node][]bool{}, tried: map[string][]*graph.Node{}, fitting: map[fit]judged{}, unknown: map[*graph.Node]bool{}, general: map[*graph.Node]bool{}, chosen: map[*graph.Node]Handler{},
		}
		for _, pair := range Of(p).Pairs.All {
			action, undo := Outermost(pair.Action), Outermost(pair.Undo)
			if action == undo || slices.Contains(r.undos[action], undo) {
				continue
			}
			if r.undos[action] == nil {
				r.actions = append(r.actions, action)
			}
			r.undos[action] = append(r.undos[action], undo)
		}
		for _, action := range r.actions[:min(len(r.actions), maxRoutes)] {
			r.follow(action)
		}
		r.arrays = r.findArrays()
		r.escalated = r.findEscalated()
		r.fails = r.findFails()
		return r
	},
}

// Outermost returns the state at top level that holds the node.
func Outermost(node *graph.Node) *graph.Node {
	for node.Region.Owner != nil {
		node = node.Region.Owner
	}
	return node
}

// follow notes the action at every state that is entered while it is done.
func (r *routes) follow(action *graph.Node) {
	seen := map[*graph.Node]bool{}
	queue := []*graph.Node{}
	for _, edge := range action.Out {
		if !edge.Failing() && edge.To != nil {
			queue = append(queue, edge.To)
		}
	}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		if seen[node] {
			continue
		}
		seen[node] = true
		r.done[node] = append(r.done[node], action)
		if slices.Contains(r.undos[action], node) {
			continue
		}
		for _, edge := range node.Out {
			if edge.To != nil {
				queue = append(queue, edge.To)
			}
		}
	}
}

// ahead returns the states that a way from here enters, this one first. Where
// stop holds, no way goes on.
func ahead(from *graph.Node, stop func(*graph.Node) bool) []*graph.Node {
	seen := map[*graph.Node]bool{from: true}
	found := []*graph.Node{from}
	for i := 0; i < len(found); i++ {
		if stop(found[i]) {
			continue
		}
		for _, edge := range found[i].Out {
			if edge.To != nil && !seen[edge.To] {
				seen[edge.To] = true
				found = append(found, edge.To)
			}
		}
	}
	return found
}

func never(*graph.Node) bool { return false }

// undoes reports whether every way from the state undoes the action before it
// ends, or tries to.
func (r *routes) undoes(from, action *graph.Node) bool {
	isUndo := func(node *graph.Node) bool { return slices.Contains(r.undos[action], node) }
	return !slices.ContainsFunc(ahead(from, isUndo), func(node *graph.Node) bool {
		return !isUndo(node) && node.State.IsTerminal()
	})
}

// leadsTo reports whether a candidate leads to a state. Of more candidates than
// are followed that is not known.
func (r *routes) leadsTo(candidate, node *graph.Node) bool {
	leads := r.leads[candidate]
	if leads == nil {
		if len(r.leads) == maxRoutes {
			return true
		}
		leads = make([]bool, len(r.pass.Graph().Nodes))
		for _, reached := range ahead(candidate, never) {
			leads[reached.ID] = true
		}
		r.leads[candidate] = leads
	}
	return leads[node.ID]
}

// speaksFor reports whether a Fail state of constants can tell of an error of the
// node: "manifest not found" tells of one state only. It can when the node leads
// there already, when catch-alls of several states do, or when a fix made it.
func (r *routes) speaksFor(fail, node *graph.Node) bool {
	if !readsNothing(fail) || strings.HasPrefix(fail.Name(), unknownFailure.name) || r.catches(node, fail, false) {
		return true
	}
	general, known := r.general[fail]
	if !known {
		sources := 0
		for _, other := range r.pass.Graph().Root.Nodes {
			if r.catches(other, fail, true) {
				sources++
			}
		}
		general = sources > 1
		r.general[fail] = general
	}
	return general
}

// catches reports whether a Catcher of the state, or a catch-all, leads to a Fail
// state.
func (r *routes) catches(node, fail *graph.Node, all bool) bool {
	return slices.ContainsFunc(node.Out, func(edge *graph.Edge) bool {
		return edge.Kind == graph.Catch && edge.To != nil && (!all || slices.Contains(edge.Errors, "States.ALL")) && r.leadsTo(edge.To, fail)
	})
}

// fits reports whether what is done is undone on every way from the state, and
// nothing else.
func (r *routes) fits(from *graph.Node, done []*graph.Node) bool {
	key := fit{from, len(done), lastOf(done)}
	if known, ok := r.fitting[key]; ok && slices.Equal(known.done, done) {
		return known.fits
	}
	found := r.judge(from, done)
	r.fitting[key] = judged{done, found}
	return found
}

// fit is a question that is asked for many states.
type fit struct {
	from *graph.Node
	n    int
	last *graph.Node
}

type judged struct {
	done []*graph.Node
	fits bool
}

func lastOf(nodes []*graph.Node) *graph.Node {
	if len(nodes) == 0 {
		return nil
	}
	return nodes[len(nodes)-1]
}

func (r *routes) judge(from *graph.Node, done []*graph.Node) bool {
	for _, action := range done {
		if !r.undoes(from, action) {
			return false
		}
	}
	for _, node := range ahead(from, never) {
		for _, action := range r.actions {
			if slices.Contains(r.undos[action], node) && !slices.Contains(done, action) && node != action {
				return false
			}
		}
	}
	return true
}

// endsUnknown reports whether all ways from the state end in Fail states for
// failures of any kind, or in ones of which somebody has declared what they mean.
// A way that ends well would turn a failure into a success.
func (r *routes) endsUnknown(from *graph.Node) bool {
	known, ok := r.unknown[from]
	if !ok {
		known = r.findUnknown(from)
		r.unknown[from] = known
	}
	return known
}

func (r *routes) findUnknown(from *graph.Node) bool {
	ends := 0
	for _, node := range ahead(from, never) {
		terminal := Of(r.pass).Terminals.Of(node)
		if terminal == nil {
			continue
		}
		ends++
		declared := terminal.Basis <= graph.Configured && terminal.Failed()
		if node.State.Type != asl.Fail || !declared && (terminal.Class != graph.UnknownFailure || terminal.Mixed) {
			return false
		}
	}
	return ends > 0
}

// HandlerOf chooses where the errors that the state does not catch should lead:
// after an undo to where the undos of others lead when they fail; else where the
// Catchers of other states lead at which the same actions are done; else to the
// undo of what is done; else to a Fail state for failures of any kind.
func HandlerOf(p *lint.Pass, node *graph.Node) Handler {
	r := Routes.Of(p)
	top := Outermost(node)
	if known, ok := r.chosen[top]; ok {
		return known
	}
	handler := r.choose(top, Of(p).IsUndo(node) || Of(p).IsUndo(top))
	r.chosen[top] = handler
	return handler
}

func (r *routes) choose(node *graph.Node, isUndo bool) Handler {
	if isUndo {
		return r.afterUndo(node)
	}
	if r.escalated[node.ID] {
		return r.afterEscalation(node)
	}
	done := r.done[node]
	for _, candidate := range r.candidates(done) {
		if candidate != node && !r.leadsTo(candidate, node) && r.speaksFor(candidate, node) && r.fits(candidate, done) && r.endsUnknown(candidate) {
			return r.leadTo(node, existing(candidate), "error")
		}
	}
	if fail := r.failBehind(node); fail != nil && len(done) == 0 {
		return r.leadTo(node, existing(fail), "error")
	}
	kind := unknownFailure
	if r.takesArrays(node) {
		kind = bareFailure
	}
	target := failStateIn(r.pass, node, kind)
	if target.node != nil && !r.speaksFor(target.node, node) {
		target = newFailIn(r.pass, node, kind)
	}
	handler := r.leadTo(node, target, "error")
	if len(done) > 0 {
		last := done[len(done)-1]
		handler.Stays, handler.Undo = last.Name(), r.undos[last][0].Name()
	}
	return handler
}

// findEscalated finds the states that no way reaches but by the failure of an undo.
func (r *routes) findEscalated() []bool {
	g := r.pass.Graph()
	escalated := make([]bool, len(g.Nodes))
	for i, node := range g.Nodes {
		escalated[i] = node.Region.Owner == nil && Reach(r.pass).Reachable[i]
	}
	if g.Root.Entry == nil {
		return escalated
	}
	queue := []*graph.Node{g.Root.Entry}
	for escalated[g.Root.Entry.ID] = false; len(queue) > 0; queue = queue[1:] {
		for _, edge := range queue[0].Out {
			afterUndo := edge.Kind == graph.Catch && Of(r.pass).IsUndo(edge.From)
			if edge.To != nil && !afterUndo && escalated[edge.To.ID] {
				escalated[edge.To.ID] = false
				queue = append(queue, edge.To)
			}
		}
	}
	return escalated
}

// afterEscalation leads on to the Fail state that the failure of the undo leads to.
func (r *routes) afterEscalation(node *graph.Node) Handler {
	if fail := r.failBehind(node); fail != nil {
		return r.leadTo(node, existing(fail), "error")
	}
	return r.leadTo(node, failStateIn(r.pass, node, unknownFailure), "error")
}

// maxTried bounds how many targets are tried for one state.
const maxTried = 8

func distinct(nodes []*graph.Node) []*graph.Node {
	seen := map[*graph.Node]bool{}
	return slices.DeleteFunc(nodes, func(node *graph.Node) bool {
		before := seen[node]
		seen[node] = true
		return before
	})
}

// candidates returns the states that catch-alls of others lead to, those of
// states at which the same is done first; then the undos of what is done.
func (r *routes) candidates(done []*graph.Node) []*graph.Node {
	var key strings.Builder
	for _, action := range done {
		fmt.Fprint(&key, action.ID, " ")
	}
	if known, ok := r.tried[key.String()]; ok {
		return known
	}
	var same, other []*graph.Node
	for _, sibling := range r.pass.Graph().Root.Nodes {
		for _, edge := range sibling.Out {
			if edge.Kind != graph.Catch || edge.To == nil || !slices.Contains(edge.Errors, "States.ALL") || Of(r.pass).IsUndo(sibling) {
				continue
			}
			if slices.Equal(r.done[sibling], done) {
				same = append(same, edge.To)
			} else {
				other = append(other, edge.To)
			}
		}
	}
	var undos []*graph.Node
	for _, action := range slices.Backward(done) {
		undos = append(undos, r.undos[action]...)
	}
	if len(done) == 0 {
		other = nil // what others lead to may speak of what they did
	}
	list := distinct(slices.Concat(same, other, undos))
	r.tried[key.String()] = list[:min(len(list), maxTried)]
	return r.tried[key.String()]
}

// failBehind returns the Fail state for failures of any kind that the state leads
// to anyway, when it stands on a failure path itself.
func (r *routes) failBehind(node *graph.Node) *graph.Node {
	if Reach(r.pass).Normal[node.ID] {
		return nil
	}
	return r.fails[node.ID]
}

// findFails walks back from the Fail states.
func (r *routes) findFails() []*graph.Node {
	g := r.pass.Graph()
	fails := make([]*graph.Node, len(g.Nodes))
	var queue []*graph.Node
	for _, node := range g.Root.Nodes {
		if node.State.Type == asl.Fail && r.endsUnknown(node) {
			fails[node.ID] = node
			queue = append(queue, node)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, edge := range queue[0].In {
			if fails[edge.From.ID] == nil {
				fails[edge.From.ID] = fails[queue[0].ID]
				queue = append(queue, edge.From)
			}
		}
	}
	return fails
}

// afterUndo chooses for an undo: the next undo when more is done, else the Fail
// state for undos that failed.
func (r *routes) afterUndo(node *graph.Node) Handler {
	var rest []*graph.Node
	for _, action := range r.done[node] {
		if !slices.Contains(r.undos[action], node) {
			rest = append(rest, action)
		}
	}
	if len(rest) > 0 {
		for _, edge := range node.Out {
			if edge.Kind == graph.Next && edge.To != nil && r.fits(edge.To, rest) && r.endsUnknown(edge.To) {
				return r.leadTo(node, existing(edge.To), "undoError")
			}
		}
	}
	kind := failedUndo
	if r.takesArrays(node) {
		kind = bareUndo
	}
	handler := r.leadTo(node, failStateIn(r.pass, node, kind), "undoError")
	if len(rest) > 0 {
		last := rest[len(rest)-1]
		handler.Stays, handler.Undo = last.Name(), r.undos[last][0].Name()
	}
	return handler
}

// takesArrays reports whether the input of a JSONPath state may be an array, into
// which no ResultPath puts an error.
func (r *routes) takesArrays(node *graph.Node) bool {
	if node.State.QueryLanguage == asl.JSONata {
		return false
	}
	return r.arrays[node.ID] || node.State.Type == asl.Map && node.State.Map != nil && node.State.Map.ItemsPath == nil
}

// findArrays finds the states behind a Parallel or Map that passes on its results
// as they are.
func (r *routes) findArrays() []bool {
	g := r.pass.Graph()
	arrays := make([]bool, len(g.Nodes))
	var queue []*graph.Node
	for _, node := range g.Root.Nodes {
		state := node.State
		if (state.Type == asl.Parallel || state.Type == asl.Map) && state.ResultPath == nil && state.ResultSelector == nil && state.OutputPath == nil {
			queue = append(queue, node)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, edge := range queue[0].Out {
			if edge.To == nil || edge.Failing() || arrays[edge.To.ID] {
				continue
			}
			arrays[edge.To.ID] = true
			state := edge.To.State
			if state.Type == asl.Choice || state.Type == asl.Wait || state.ResultPath != nil && state.ResultPath.Source == "" {
				queue = append(queue, edge.To)
			}
		}
	}
	return arrays
}

func existing(node *graph.Node) FailState {
	return FailState{Name: node.Name(), Exists: true, node: node}
}

// leadTo completes a handler. A Catcher hands over what the Catchers of others
// hand to the same state, else the input with the error in it.
func (r *routes) leadTo(from *graph.Node, target FailState, name string) Handler {
	handler := Handler{Target: target}
	if r.takesArrays(from) {
		handler.breaks = target.node != nil && !readsNothing(target.node) && !takesErrorAlone(target.node)
		return handler
	}
	// The error of an undo must not take the place of the one that came before.
	if target.node != nil && (name != "undoError" || target.node.State.Type == asl.Fail && !readsNothing(target.node)) {
		for _, edge := range target.node.In {
			if edge.Kind == graph.Catch && edge.From.State.QueryLanguage == from.State.QueryLanguage {
				if form := formOf(edge.From.State.Catch[edge.Index]); form != `"ResultPath": null` {
					handler.Form = form
					return handler
				}
			}
		}
	}
	handler.Form = fmt.Sprintf(`"ResultPath": "$.%s"`, name)
	if from.State.QueryLanguage == asl.JSONata {
		handler.Form = jsonataForm(target, name)
	}
	return handler
}

// takesErrorAlone reports whether other Catchers hand the state the error and
// nothing else.
func takesErrorAlone(node *graph.Node) bool {
	return slices.ContainsFunc(node.In, func(edge *graph.Edge) bool {
		return edge.Kind == graph.Catch && edge.From.State.QueryLanguage == asl.JSONPath && formOf(edge.From.State.Catch[edge.Index]) == ""
	})
}

// jsonataForm keeps the input, and the error where something can read it.
func jsonataForm(target FailState, name string) string {
	switch {
	case target.node == nil:
		if name == "error" {
			name = "caughtError" // $error is a function of JSONata
		}
		return fmt.Sprintf(`"Assign": {%q: "{%% $states.errorOutput %%}"}, "Output": "{%% $states.input %%}"`, name)
	case readsNothing(target.node):
		return ""
	}
	return fmt.Sprintf(`"Output": "{%% $merge([$states.input, {'%s': $states.errorOutput}]) %%}"`, name)
}

// formOf writes what a Catcher hands over, as JSON.
func formOf(catcher *asl.Catcher) string {
	var parts []string
	for _, name := range []string{"ResultPath", "Assign", "Output"} {
		if value := catcher.Node.Get(name); value != nil {
			parts = append(parts, fmt.Sprintf("%q: %s", name, jsonOf(value)))
		}
	}
	return strings.Join(parts, ", ")
}

// jsonOf writes a node as JSON on one line.
func jsonOf(node syntax.Node) string {
	switch node := node.(type) {
	case *syntax.String:
		return quoted(node.Value)
	case *syntax.Object:
		var members []string
		for _, member := range node.Members {
			members = append(members, quoted(member.Key.Value)+": "+jsonOf(member.Value))
		}
		return "{" + strings.Join(members, ", ") + "}"
	case *syntax.Array:
		var items []string
		for _, item := range node.Items {
			items = append(items, jsonOf(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	case *syntax.Number:
		return node.Text
	case *syntax.Bool:
		return fmt.Sprint(node.Value)
	}
	return "null"
}

func quoted(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string always encodes
	return strings.TrimSuffix(b.String(), "\n")
}

// Advice is what handlers have in common that one finding can tell of: a Catcher,
// or that there is no state yet that undoes what is done and fails.
func (h Handler) Advice() Handler {
	if h.Stays != "" {
		return Handler{Stays: "what is done"}
	}
	return h
}

// Catcher is the Catcher of everything, as JSON.
func (h Handler) Catcher() string {
	form := h.Form
	if form != "" {
		form += ", "
	}
	return fmt.Sprintf(`{"ErrorEquals": ["States.ALL"], %s"Next": %s}`, form, quoted(h.Target.Name))
}

// Help shows what to add to the states.
func (h Handler) Help(states []*asl.State) string {
	if h.Stays != "" {
		return fmt.Sprintf("catch every error, undo what is done by then (%q by %q), and end in a Fail state", h.Stays, h.Undo)
	}
	var bare, catching []*asl.State
	for _, state := range states {
		if len(state.Catch) == 0 {
			bare = append(bare, state)
		} else {
			catching = append(catching, state)
		}
	}
	var parts []string
	if len(bare) > 0 {
		parts = append(parts, fmt.Sprintf("add to %s:\n  \"Catch\": [%s]", All(bare), h.Catcher()))
	}
	if len(catching) > 0 {
		parts = append(parts, fmt.Sprintf("add at the end of the Catch of %s:\n  %s", All(catching), h.Catcher()))
	}
	return strings.Join(parts, "\nand ") + h.Target.Help()
}

// Fix lets the states, which are at top level, catch what they do not catch yet.
func (h Handler) Fix(p *lint.Pass, states []*asl.State) []diag.Fix {
	if h.Stays != "" || h.breaks {
		return nil
	}
	edits, ok := h.Target.add(p)
	if !ok {
		return nil
	}
	changed := slices.Clone(edits)
	for _, state := range states {
		if state.Node == nil {
			return nil
		}
		edit, ok := addToList(p, state.Node, "Catch", h.Catcher())
		if !ok {
			return nil
		}
		changed = append(changed, edit)
	}
	message := fmt.Sprintf("catch every other error of %s and go to %q", All(states), h.Target.Name)
	return []diag.Fix{{Message: message, Safe: true, Edits: joined(changed)}}
}
