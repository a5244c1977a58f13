package graph

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/directive"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// Basis says what a pair of action and undo rests on, the strongest first.
type Basis uint8

// What a pair can rest on.
const (
	Declared   Basis = iota // a directive
	Configured              // the configuration
	ByAPI                   // one API is the inverse of the other
	ByName                  // inverse verbs on the same noun
	ByCleanup               // an undo that speaks of nothing in particular, such as "Rollback"
)

// Certain reports whether the pair rests on more than names.
func (b Basis) Certain() bool { return b <= ByAPI }

// Pair is an action with a state that undoes it.
type Pair struct {
	Action, Undo *Node
	Basis        Basis
	Why          string // as in `"book" and "cancel" of "hotel"`
}

// maxUndos bounds the undos looked at for one action, so that pairing stays
// linear on machines where every state is named alike.
const maxUndos = 64

// findPairs finds which state undoes which, most certain first. What an action
// declares itself, with compensated-by, leaves no room for guesses about it.
func (a *Analysis) findPairs() {
	a.declaredPairs()
	a.configuredPairs()
	a.apiPairs()
	a.namedPairs()
	a.cleanupPairs()
	slices.SortStableFunc(a.Pairs, func(x, y *Pair) int {
		return cmp.Or(cmp.Compare(x.Action.ID, y.Action.ID), cmp.Compare(x.Undo.ID, y.Undo.ID))
	})
}

func (a *Analysis) addPair(action, undo *Node, basis Basis, why string) {
	if action == undo || len(a.undosOf[action]) >= maxUndos || slices.Contains(a.undosOf[action], undo) {
		return
	}
	a.Pairs = append(a.Pairs, &Pair{action, undo, basis, why})
	a.undosOf[action] = append(a.undosOf[action], undo)
	a.isUndo[undo.ID] = true
	if basis != ByAPI || a.onFailure[undo.ID] {
		a.Saga = true
	}
}

func (a *Analysis) declaredPairs() {
	for _, placed := range a.Options.Directives.All {
		node := a.Graph.Node(placed.State)
		if node == nil || !placed.Direct {
			continue
		}
		why := "declared: " + directive.Prefix + placed.Key
		for _, other := range a.statesNamed(placed.Directive) {
			switch placed.Key {
			case directive.CompensatedBy:
				a.addPair(node, other, Declared, why)
				a.settled[node] = true
			case directive.Compensates:
				a.addPair(other, node, Declared, why)
			}
		}
	}
}

// statesNamed returns the states that the value of a directive names: one whose
// name may have blanks, or several with commas between them.
func (a *Analysis) statesNamed(d directive.Directive) []*Node {
	for _, name := range d.Extended() {
		if node := a.byName[name]; node != nil {
			return []*Node{node}
		}
	}
	var nodes []*Node
	for _, name := range d.List() {
		if node := a.byName[name]; node != nil {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

func (a *Analysis) configuredPairs() {
	for _, pattern := range a.Options.Pairs {
		why := fmt.Sprintf("the configuration pairs %q with %q", pattern.Action, pattern.Undo)
		var actions, undos []*Node
		for _, node := range a.Graph.Nodes {
			if matchOrEmpty(pattern.Action, node.Name()) {
				actions = append(actions, node)
			}
			if matchOrEmpty(pattern.Undo, node.Name()) {
				undos = append(undos, node)
			}
		}
		for _, action := range actions {
			for _, undo := range undos {
				if pattern.matches(action.Name(), undo.Name()) {
					a.addPair(action, undo, Configured, why)
				}
			}
		}
	}
}

// apiPairs pairs tasks whose APIs are inverse. Such an undo counts on the
// ordinary path too, behind its action: it is a clean-up that a failure skips.
func (a *Analysis) apiPairs() {
	byResource := map[string][]*Node{}
	var resources []spec.Resource
	for _, node := range a.Graph.Nodes {
		if r := resourceOf(node.State); r.IsIntegration() {
			if byResource[r.Text] == nil {
				resources = append(resources, r)
			}
			byResource[r.Text] = append(byResource[r.Text], node)
		}
	}
	for _, action := range resources {
		for _, undo := range resources {
			if target, ok := spec.Undoes(undo, action); ok {
				why := fmt.Sprintf("the APIs %s:%s and %s", action.Service, action.Action, undo.Action)
				a.pairTasks(byResource[action.Text], byResource[undo.Text], target, why)
			}
		}
	}
}

func (a *Analysis) pairTasks(actions, undos []*Node, target []spec.TargetField, why string) {
	for _, action := range actions {
		if a.settled[action] {
			continue
		}
		for _, undo := range undos[:min(len(undos), maxUndos)] {
			if (a.onFailure[undo.ID] || a.leadsTo(action, undo)) && sameTarget(action.State, undo.State, target) {
				a.addPair(action, undo, ByAPI, why)
			}
		}
	}
}

// sameTarget reports whether nothing shows that two tasks work on different
// things. Only parameters that both write out can show it.
func sameTarget(action, undo *asl.State, target []spec.TargetField) bool {
	for _, field := range target {
		did, undid := parameter(action, field.Action), parameter(undo, field.Undo)
		if did.IsAbsent() || undid.IsAbsent() {
			continue
		}
		if !field.Within && did.Text() != undid.Text() {
			return false
		}
		for _, member := range undid.Members() {
			if part := did.Get(member.Key); field.Within && !part.IsAbsent() && part.Text() != member.Value.Text() {
				return false
			}
		}
	}
	return true
}

// namedPairs pairs states by inverse verbs on the same noun. The verb alone is
// no evidence: the undo must stand on a failure path.
func (a *Analysis) namedPairs() {
	undos := a.indexUndos()
	for _, action := range a.Graph.Nodes {
		if !canAct(action) || a.settled[action] {
			continue
		}
		for _, did := range readings(action.Name()) {
			a.pairByName(action, did, undos)
		}
	}
}

// canAct reports whether the state can change something outside: it is a task,
// or holds regions that may have some.
func canAct(node *Node) bool { return node.State.Type == asl.Task || len(node.Inner) > 0 }

type undoReading struct {
	node *Node
	reading
}

func (a *Analysis) indexUndos() map[string][]undoReading {
	index := map[string][]undoReading{}
	for _, node := range a.Graph.Nodes {
		if !a.onFailure[node.ID] || !canAct(node) {
			continue
		}
		for _, undid := range readings(node.Name()) {
			if !isUndoVerb(undid.verb) {
				continue
			}
			for _, noun := range undid.nouns {
				index[noun] = append(index[noun], undoReading{node, undid})
			}
		}
	}
	return index
}

func (a *Analysis) pairByName(action *Node, did reading, undos map[string][]undoReading) {
	var found []undoReading
	best := 0
	for _, noun := range did.nouns {
		candidates := undos[noun]
		for _, undid := range candidates[:min(len(candidates), 4*maxUndos)] {
			match := nounMatch(did.nouns, undid.nouns)
			if match == 0 || !undoesVerb(undid.verb, did.verb) {
				continue
			}
			if match > best {
				best, found = match, found[:0]
			}
			if match == best {
				found = append(found, undid)
			}
		}
	}
	for _, undid := range found {
		a.addPair(action, undid.node, ByName, fmt.Sprintf("%q and %q of %q", did.verb, undid.verb, commonNoun(did.nouns, undid.nouns)))
	}
}

func commonNoun(a, b []string) string {
	for _, noun := range a {
		if slices.Contains(b, noun) {
			return noun
		}
	}
	return ""
}

// cleanupPairs lets an undo that speaks of nothing in particular, such as
// "Rollback" or "CleanUpOnError", serve the actions that nothing else undoes.
func (a *Analysis) cleanupPairs() {
	var cleanups []*Node
	for _, node := range a.Graph.Nodes {
		if a.onFailure[node.ID] && canAct(node) && isGeneralCleanup(node.Name()) {
			cleanups = append(cleanups, node)
		}
	}
	if len(cleanups) == 0 {
		return
	}
	for _, action := range a.Graph.Nodes {
		effect := a.Effects[action.ID]
		if effect.Effect != spec.Write || a.isUndo[action.ID] || len(a.undosOf[action]) > 0 || isDestructive(action) {
			continue
		}
		for _, undo := range cleanups {
			if undo.Region == action.Region || isInside(action, undo.Region) {
				a.addPair(action, undo, ByCleanup, "a general clean-up")
			}
		}
	}
}

func isGeneralCleanup(name string) bool {
	for _, r := range readings(name) {
		if slices.Contains(generalUndoVerbs, r.verb) && isSubset(r.nouns, failureNouns) {
			return true
		}
	}
	return false
}

// isDestructive reports whether a state removes something: nothing could undo it.
func isDestructive(node *Node) bool { return slices.Contains(destructiveVerbs, leadingVerb(node)) }

// isOverwriting reports whether a state changes something that is there before
// and after. To undo that, the workflow would need the old content.
func isOverwriting(node *Node) bool { return slices.Contains(overwritingVerbs, leadingVerb(node)) }

// leadingVerb returns the word that says what a state does: the first of the
// API it calls, or of its name.
func leadingVerb(node *Node) string {
	words := nameWords(node.Name())
	if r := resourceOf(node.State); r.IsIntegration() && spec.EffectOf(r) != spec.UnknownEffect {
		words = nameWords(r.Action)
	}
	for _, word := range words {
		if !slices.Contains(genericNouns, word) {
			return word
		}
	}
	return ""
}

// isInside reports whether the region holds the node, at any depth.
func isInside(node *Node, region *Region) bool {
	for r := node.Region; ; r = r.Owner.Region {
		if r == region {
			return true
		}
		if r.Owner == nil {
			return false
		}
	}
}
