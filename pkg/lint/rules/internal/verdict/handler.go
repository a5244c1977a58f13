package verdict

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
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
// from there undoes.
type routes struct {
	pass    *lint.Pass
	actions []*graph.Node                 // that something undoes, at top level
	undos   map[*graph.Node][]*graph.Node // of an action
	done    map[*graph.Node][]*graph.Node // the actions that are done when a state is entered, and not undone
	chosen  map[*graph.Node]Handler
	caught  map[*graph.Region][]*graph.Edge // see catchAlls
}

// maxRoutes bounds the actions that are followed. A machine with more is judged
// as if nothing in it could be undone by a fix: none is offered.
const maxRoutes = 256

// Routes is where the states of a machine could lead the errors they do not
// catch.
var Routes = &lint.Result[*routes]{
	Name:     "routes",
	Requires: []lint.Prerequisite{Workshop, Shape},
	Compute: func(p *lint.Pass) *routes {
		r := &routes{pass: p, undos: map[*graph.Node][]*graph.Node{}, done: map[*graph.Node][]*graph.Node{}, chosen: map[*graph.Node]Handler{}, caught: map[*graph.Region][]*graph.Edge{}}
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

// fits reports whether what is done is undone on every way from the state, and
// nothing else.
func (r *routes) fits(from *graph.Node, done []*graph.Node) bool {
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
	done := r.done[node]
	for _, candidate := range r.candidates(node, done) {
		if candidate != node && !slices.Contains(ahead(candidate, never), node) && r.fits(candidate, done) && r.endsUnknown(candidate) {
			return r.leadTo(node, existing(candidate), "error")
		}
	}
	if fail := r.failBehind(node); fail != nil {
		return r.leadTo(node, existing(fail), "error")
	}
	kind := unknownFailure
	if takesArrays(node) {
		kind = bareFailure
	}
	handler := r.leadTo(node, failStateIn(r.pass, node, kind), "error")
	if len(done) > 0 {
		last := done[len(done)-1]
		handler.Stays, handler.Undo = last.Name(), r.undos[last][0].Name()
	}
	return handler
}

// candidates returns the states that catch-alls of others lead to, those of
// states at which the same is done first; then the undos of what is done.
func (r *routes) candidates(node *graph.Node, done []*graph.Node) []*graph.Node {
	var same, other []*graph.Node
	for _, edge := range r.catchAlls(node.Region) {
		if slices.Equal(r.done[edge.From], done) {
			same = append(same, edge.To)
		} else {
			other = append(other, edge.To)
		}
	}
	var undos []*graph.Node
	for _, action := range slices.Backward(done) {
		undos = append(undos, r.undos[action]...)
	}
	if len(done) == 0 {
		other = nil // what others lead to may speak of what they did
	}
	return slices.Concat(same, other, undos)
}

// catchAlls returns the Catchers of everything in a region, but for those of
// undos. They are looked for once, since every state of the region asks.
func (r *routes) catchAlls(region *graph.Region) []*graph.Edge {
	if found, ok := r.caught[region]; ok {
		return found
	}
	var found []*graph.Edge
	for _, node := range region.Nodes {
		for _, edge := range node.Out {
			if edge.Kind == graph.Catch && edge.To != nil && slices.Contains(edge.Errors, spec.ErrorAll) && !Of(r.pass).IsUndo(node) {
				found = append(found, edge)
			}
		}
	}
	r.caught[region] = found
	return found
}

// failBehind returns the Fail state for failures of any kind that the state leads
// to anyway, when it stands on a failure path itself.
func (r *routes) failBehind(node *graph.Node) *graph.Node {
	if Reach(r.pass).Normal[node.ID] || len(r.done[node]) > 0 {
		return nil
	}
	for _, behind := range ahead(node, never)[1:] {
		if behind.State.Type == asl.Fail && r.endsUnknown(behind) {
			return behind
		}
	}
	return nil
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
	if takesArrays(node) {
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
// which no ResultPath puts an error: the results of a Parallel or Map, or what a
// Map takes whole.
func takesArrays(node *graph.Node) bool {
	if node.State.QueryLanguage == asl.JSONata {
		return false
	}
	if node.State.Type == asl.Map && node.State.Map != nil && node.State.Map.ItemsPath == nil {
		return true
	}
	seen := map[*graph.Node]bool{}
	for queue := []*graph.Node{node}; len(queue) > 0; queue = queue[1:] {
		for _, edge := range queue[0].In {
			before := edge.From
			if edge.Failing() || seen[before] {
				continue
			}
			seen[before] = true
			state := before.State
			switch {
			case (state.Type == asl.Parallel || state.Type == asl.Map) && state.ResultPath == nil && state.ResultSelector == nil && state.OutputPath == nil:
				return true
			case state.Type == asl.Choice, state.Type == asl.Wait, state.ResultPath != nil && state.ResultPath.Source == "":
				queue = append(queue, before)
			}
		}
	}
	return false
}

func existing(node *graph.Node) FailState {
	return FailState{Name: node.Name(), Exists: true, node: node}
}

// leadTo completes a handler. A Catcher hands over what the Catchers of others
// hand to the same state, else the input with the error in it.
func (r *routes) leadTo(from *graph.Node, target FailState, name string) Handler {
	handler := Handler{Target: target}
	if takesArrays(from) {
		handler.breaks = target.node != nil && !readsNothing(target.node)
		return handler
	}
	// The error of an undo must not take the place of the one that came before.
	if target.node != nil && !(name == "undoError" && readsNothing(target.node)) {
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
		if name == "error" {
			name = "caughtError" // $error is a function of JSONata
		}
		handler.Form = fmt.Sprintf(`"Assign": {%q: "{%% $states.errorOutput %%}"}, "Output": "{%% $states.input %%}"`, name)
	}
	return handler
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
		return fmt.Sprintf("catch every error, undo %q by %q as other failures do, and end in a Fail state", h.Stays, h.Undo)
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
