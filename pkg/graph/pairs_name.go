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
	names := p.readNames()
	if len(names.undos) == 0 {
		return
	}
	for _, action := range p.graph.Nodes {
		if p.settled[action] {
			continue
		}
		for _, did := range names.read[action.ID] {
			p.pairByName(action, did, names, ByName)
		}
		for _, did := range names.read[action.ID] {
			if len(p.undosOf[action]) == 0 {
				p.pairByName(action, did, names, InPassing)
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

// stateNames are the readings of the names of the states that can act.
type stateNames struct {
	read  [][]reading              // by Node.ID
	undos map[string][]undoReading // by noun, by verb of an object, by "" for those that name nothing
	doing map[string]int           // how many actions have the verb
}

func (p *Pairs) readNames() *stateNames {
	names := &stateNames{read: make([][]reading, len(p.graph.Nodes)), undos: map[string][]undoReading{}, doing: map[string]int{}}
	for _, node := range p.graph.Nodes {
		if !canAct(node) {
			continue
		}
		names.read[node.ID] = readings(node.Name())
		for _, read := range names.read[node.ID] {
			if isUndoVerb(read.verb) && !p.contradicted(node, read) {
				names.index(undoReading{node, read})
			}
			if _, does := undoVerbs[read.verb]; does {
				names.doing[read.verb]++
			}
		}
	}
	return names
}

func (n *stateNames) index(undo undoReading) {
	keys := slices.Concat(undo.nouns, undo.objects)
	if len(undo.nouns) == 0 || hasAny(undo.nouns, moneyNouns) || hasAny(undo.nouns, stockNouns) {
		keys = append(keys, "")
	}
	for _, key := range keys {
		n.undos[key] = append(n.undos[key], undo)
	}
}

// contradicted reports whether the API that a state calls shows that it does not
// undo what its name speaks of: it reads, or it writes down what happened.
func (p *Pairs) contradicted(undo *Node, read reading) bool {
	r := resourceOf(undo.State)
	if !r.IsIntegration() || !p.Effects[undo.ID].Certain || isDeclared(p.Effects[undo.ID]) {
		return false
	}
	switch p.Effects[undo.ID].Effect {
	case spec.Read:
		return true
	case spec.Notification:
		return isJournal(undo.State)
	case spec.Write:
		verb := leadingVerb(undo)
		puts := slices.Contains([]string{"put", "create", "insert", "add"}, verb)
		return puts && specificUndoVerbs[read.verb] && !sharesNoun(targetWords(undo.State), read.nouns)
	}
	return false
}

func sharesNoun(words, nouns []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(nouns, singular(word)) })
}

func hasAny(nouns, table []string) bool {
	return slices.ContainsFunc(nouns, func(noun string) bool { return slices.Contains(table, noun) })
}

// pairByName adds the undos that fit an action best.
func (p *Pairs) pairByName(action *Node, did reading, names *stateNames, basis Basis) {
	var found []undoReading
	best := 0
	seen := map[*Node]bool{}
	for _, key := range slices.Concat(did.nouns, []string{did.verb, ""}) {
		candidates := names.undos[key]
		for _, undid := range candidates[:min(len(candidates), 4*maxUndos)] {
			match := names.match(did, undid.reading)
			if match == 0 || match < best || seen[undid.node] && match == best || !p.isBelieved(action, undid.node, did, undid.reading, basis) {
				continue
			}
			if match > best {
				best, found = match, found[:0]
				clear(seen)
			}
			seen[undid.node] = true
			found = append(found, undid)
		}
	}
	for _, undid := range found {
		p.addPair(action, undid.node, basis, whyNames(did, undid.reading))
	}
}

func whyNames(did, undid reading) string {
	if noun := commonNoun(did.nouns, undid.nouns); noun != "" {
		return fmt.Sprintf("%q and %q of %q", did.verb, undid.verb, noun)
	}
	return fmt.Sprintf("%q and %q", did.verb, undid.verb)
}

// match says how well an undo fits an action by their names: 4 when they speak
// of the same thing, 3 when one has more to say than the other, 2 when the undo
// names the doing ("CancelBooking", "CompensateReserve"), 1 when there is only
// one thing that it can mean, or when both speak of money or of stock.
func (n *stateNames) match(did, undid reading) int {
	verbs := undoesVerb(undid.verb, did.verb)
	if nouns := nounMatch(did.nouns, undid.nouns); verbs && nouns > 0 {
		return nouns + 2
	}
	only := n.doing[did.verb] == 1
	if slices.Contains(undid.objects, did.verb) && undoesObject(undid.verb, did.verb) && (only || nounMatch(did.nouns, undid.nouns) > 0) {
		return 2
	}
	switch {
	case !verbs || !only || slices.Contains(generalUndoVerbs, undid.verb):
		return 0
	case len(undid.nouns) == 0 && len(undid.objects) == 0:
		return 1
	case slices.Contains(payingVerbs, did.verb) && slices.Contains(refundingVerbs, undid.verb) && areMoney(did) && areMoney(undid):
		return 1
	case slices.Contains(reservingVerbs, did.verb) && hasAny(did.nouns, stockNouns) && hasAny(undid.nouns, stockNouns):
		return 1
	}
	return 0
}

// areMoney reports whether what a name speaks of, if anything, is money.
func areMoney(r reading) bool {
	return len(r.nouns) == 0 || hasAny(r.nouns, moneyNouns) || slices.Contains(certainPayingVerbs, r.verb)
}

// undoesObject reports whether a verb takes back a doing that it names:
// cancelling, reversing or undoing it, or what undoes that doing anyway.
func undoesObject(undo, doing string) bool {
	return undo == "cancel" || undo == "void" || undoesVerb(undo, doing) || slices.Contains(generalUndoVerbs, undo)
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
		case p.undoesInside(node):
			// It undoes exactly what is undone inside.
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

// undoesInside reports whether something in the regions of the state undoes
// something in particular.
func (p *Pairs) undoesInside(owner *Node) bool {
	for _, region := range owner.Inner {
		for _, node := range region.Nodes {
			if p.isUndo[node.ID] || p.undoesInside(node) {
				return true
			}
		}
	}
	return false
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
		if slices.Contains(generalUndoVerbs, r.verb) && len(r.objects) == 0 && isSubset(r.nouns, failureNouns) {
			return true
		}
	}
	return false
}

// isDestructive reports whether a state removes something, or takes something
// back: nothing could undo it.
func isDestructive(node *Node) bool {
	verb := leadingVerb(node)
	return slices.Contains(destructiveVerbs, verb) || slices.Contains(generalUndoVerbs, verb)
}

// isOverwriting reports whether a state changes something that is there before
// and after. To undo that, the workflow would need the old content.
func isOverwriting(node *Node) bool { return slices.Contains(overwritingVerbs, leadingVerb(node)) }

// leadingVerb returns the word that says what a state does: the first of the
// API it calls, or of its name.
func leadingVerb(node *Node) string {
	words := content(nameWords(node.Name()))
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
