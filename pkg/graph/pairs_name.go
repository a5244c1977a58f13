package graph

import (
	"fmt"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

// namedPairs pairs states by inverse verbs on the same noun. The verb alone is
// no evidence: the undo must stand on a failure path, or, for an action that
// has none there, speak of the very same thing on every ordinary way behind it:
// "Acquire Lock" and "Release Lock". That is a clean-up that a failure skips.
func (p *Pairs) namedPairs() {
	read := p.readNames()
	undos := p.indexUndos(read)
	if len(undos) == 0 {
		return
	}
	for _, action := range p.graph.Nodes {
		if p.settled[action] {
			continue
		}
		for _, did := range read[action.ID] {
			p.pairByName(action, did, undos, ByName)
		}
		for _, did := range read[action.ID] {
			if len(p.undosOf[action]) == 0 {
				p.pairByName(action, did, undos, InPassing)
			}
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

// readNames reads the names of the states that can act, by Node.ID.
func (p *Pairs) readNames() [][]reading {
	read := make([][]reading, len(p.graph.Nodes))
	for _, node := range p.graph.Nodes {
		if canAct(node) {
			read[node.ID] = readings(node.Name())
		}
	}
	return read
}

func (p *Pairs) indexUndos(read [][]reading) map[string][]undoReading {
	index := map[string][]undoReading{}
	for _, node := range p.graph.Nodes {
		for _, undid := range read[node.ID] {
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

func (p *Pairs) pairByName(action *Node, did reading, undos map[string][]undoReading, basis Basis) {
	var found []undoReading
	best := 0
	for _, noun := range did.nouns {
		candidates := undos[noun]
		for _, undid := range candidates[:min(len(candidates), 4*maxUndos)] {
			match := nounMatch(did.nouns, undid.nouns)
			if match == 0 || !undoesVerb(undid.verb, did.verb) || !p.isBelieved(action, undid.node, did, undid.reading, basis) {
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
		p.addPair(action, undid.node, basis, fmt.Sprintf("%q and %q of %q", did.verb, undid.verb, commonNoun(did.nouns, undid.nouns)))
	}
}

// isBelieved reports whether an undo stands where undos of that basis stand.
func (p *Pairs) isBelieved(action, undo *Node, did, undid reading, basis Basis) bool {
	if basis == ByName {
		return p.onFailure[undo.ID]
	}
	return nounMatch(did.nouns, undid.nouns) == 2 && slices.Contains(holdingVerbs, did.verb) &&
		p.leadsTo(action, undo) && !p.leadsTo(undo, action) && p.alwaysPasses(action, undo)
}

// alwaysPasses reports whether every ordinary way from the action to the end of
// the region of the undo leads through the undo.
func (p *Pairs) alwaysPasses(action, undo *Node) bool {
	from := action
	for from.Region != undo.Region {
		if from = from.Region.Owner; from == nil {
			return false
		}
	}
	seen := map[*Node]bool{undo: true}
	queue := []*Node{from}
	for len(queue) > 0 {
		node := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		for _, edge := range node.Out {
			switch {
			case !p.reach.Ordinary(edge) || seen[edge.To]:
			case edge.To == nil:
				return false
			default:
				seen[edge.To] = true
				queue = append(queue, edge.To)
			}
		}
	}
	return true
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
func (p *Pairs) cleanupPairs() {
	cleanups := p.findCleanups()
	if len(cleanups) == 0 {
		return
	}
	for _, action := range p.graph.Nodes {
		if p.isUndo[action.ID] || len(p.undosOf[action]) > 0 || isDestructive(action) || isKept(action) {
			continue
		}
		for _, cleanup := range cleanups[:min(len(cleanups), maxUndos)] {
			if !isInside(action, cleanup.name.Region) || !p.needsCleanup(action, cleanup.name) {
				continue
			}
			for _, undo := range cleanup.undos {
				p.addPair(action, undo, ByCleanup, cleanup.why)
			}
		}
	}
}

// cleanup is a state with the name of a general clean-up, and those that do it.
type cleanup struct {
	name  *Node
	undos []*Node
	why   string
}

// findCleanups finds the general clean-ups of the failure paths. One that cannot
// act itself, a Choice or a Pass, heads the states that do, unless they are
// known to undo something in particular.
func (p *Pairs) findCleanups() []cleanup {
	var cleanups []cleanup
	headings := 0
	for _, node := range p.graph.Nodes {
		switch {
		case !p.onFailure[node.ID] || !isGeneralCleanup(node.Name()):
		case canAct(node):
			cleanups = append(cleanups, cleanup{node, []*Node{node}, "a general clean-up"})
		case headings < maxUndos:
			headings++
			if undos := p.headedBy(node); len(undos) > 0 {
				cleanups = append(cleanups, cleanup{node, undos, fmt.Sprintf("%q heads a general clean-up", node.Name())})
			}
		}
	}
	return cleanups
}

// headedBy returns the states behind a heading that change something. There are
// none when one of them undoes something in particular, or when the ordinary way
// to success is joined again: "Clean Up Error" may only tidy the data.
func (p *Pairs) headedBy(heading *Node) []*Node {
	var undos []*Node
	seen := map[*Node]bool{heading: true}
	queue := []*Node{heading}
	for len(queue) > 0 {
		node := queue[0]
		queue = queue[1:]
		if p.isUndo[node.ID] || !p.onlyOnFailure(node) {
			return nil
		}
		if effect := p.Effects[node.ID].Effect; canAct(node) && effect != spec.Read && effect != spec.Notification {
			undos = append(undos, node)
		}
		for _, edge := range node.Out {
			if edge.To != nil && !seen[edge.To] {
				seen[edge.To] = true
				queue = append(queue, edge.To)
			}
		}
	}
	return undos
}

// needsCleanup reports whether an action leaves something for a general
// clean-up: it writes, or nobody knows what it does and its own Catcher leads there.
func (p *Pairs) needsCleanup(action, undo *Node) bool {
	switch p.Effects[action.ID].Effect {
	case spec.Write:
		return true
	case spec.UnknownEffect:
		return action.State.Type == asl.Task && slices.ContainsFunc(action.Out, func(e *Edge) bool {
			return e.Kind == Catch && e.To == undo && !p.reach.Ordinary(e)
		})
	}
	return false
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

// isKept reports whether a state makes a copy that is to be there when something
// fails: a backup or a snapshot.
func isKept(node *Node) bool {
	words := nameWords(node.Name())
	if r := resourceOf(node.State); r.IsIntegration() {
		words = nameWords(r.Action)
	}
	last := len(words) - 1
	return last > 0 && slices.Contains(keptNouns, singular(words[last])) && slices.Contains(copyingVerbs, leadingVerb(node)) && !slices.Contains(words, "from")
}
