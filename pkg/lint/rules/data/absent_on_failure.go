package data

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
)

// absence is a read of what states of the workflow write, on a way on which
// none of them has written it yet.
type absence struct {
	reader *graph.Node
	read   reading
	way    *graph.Edge // what begins the way: the Catcher, or the arm of a Choice
	// certain says that the input cannot well have the place.
	certain bool
}

// place is a place in the data, as a ResultPath names it.
type place struct {
	names []string
	// byCatchers says that only Catchers write there: it is the error, which no
	// input has.
	byCatchers bool
}

// reading is an expression that reads a place, and fails where nothing is.
type reading struct {
	node       *graph.Node
	expression *asl.Expression
	path       []string
	text       string
}

// absences finds, for each place that states write, the states that read it
// after a failure before it was written. What the workflow writes, the input is
// taken not to have, unless a state reads it on an ordinary way before any has
// written it. Only ways without a Choice count: a Choice may know which way came.
var absences = &lint.Result[[]absence]{
	Name:     "absences",
	Requires: []lint.Prerequisite{lint.Graph},
	Compute: func(p *lint.Pass) []absence {
		g := p.Graph()
		var found []absence
		budget := maxPassages
		for _, scope := range scopesOf(g) {
			reads := scope.reads()
			for _, written := range placesIn(scope) {
				w := &presence{place: written, through: map[*graph.Node]*passage{}, budget: &budget}
				found = append(found, w.find(scope, w.readers(reads))...)
				if budget <= 0 {
					return found
				}
			}
		}
		return found
	},
}

// maxPassages bounds how often a place is followed through a state, over all
// places, so that a large machine with many of them costs no square.
const maxPassages = 10_000

// scope is a region with the regions inside it that begin with its data as it is.
type scope struct {
	entry *graph.Node
	nodes []*graph.Node
}

func scopesOf(g *graph.Graph) []*scope {
	var scopes []*scope
	of := map[*graph.Region]*scope{}
	for _, node := range g.Nodes {
		own := of[node.Region]
		if own == nil {
			if owner := node.Region.Owner; owner != nil && passesOn(owner.State) {
				own = of[owner.Region]
			} else {
				own = &scope{entry: node.Region.Entry}
				scopes = append(scopes, own)
			}
			of[node.Region] = own
		}
		own.nodes = append(own.nodes, node)
	}
	return scopes
}

// passesOn reports whether the regions of a state begin with its input as it is.
func passesOn(state *asl.State) bool {
	return state.Type == asl.Parallel && state.Parameters == nil && state.Arguments == nil && isWhole(state.InputPath)
}

func isWhole(path *asl.Expression) bool { return path == nil || path.Source == "$" }

// placesIn returns the places that results and errors are written to, in source order.
func placesIn(s *scope) []place {
	var places []place
	at := map[string]int{}
	add := func(path *asl.Expression, byCatcher bool) {
		if path == nil || path.Kind != asl.PathExpression {
			return
		}
		names, fixed := memberNames(path.Path)
		if !fixed || len(names) == 0 {
			return
		}
		i, known := at[path.Source]
		if !known {
			i = len(places)
			at[path.Source] = i
			places = append(places, place{names, true})
		}
		places[i].byCatchers = places[i].byCatchers && byCatcher
	}
	for _, node := range s.nodes {
		add(node.State.ResultPath, false)
		for _, catcher := range node.State.Catch {
			add(catcher.ResultPath, true)
		}
	}
	return places
}

// presence follows one place through a scope.
type presence struct {
	place   place
	scope   *scope
	through map[*graph.Node]*passage
	budget  *int
	may     map[*graph.Node]bool // the place may be there when the state is entered
	reached map[*graph.Node]bool
}

// marker stands for what is at the place: a state that hands it on, hands on this.
var marker = &shape{isLeaf: true}

// absentAfter reports whether a place that is absent before an edge is absent
// after it, for certain.
func (w *presence) absentAfter(edge *graph.Edge) bool {
	passed := w.through[edge.From]
	if passed == nil {
		*w.budget--
		passed = through(edge.From.State, (*shape)(nil).with(w.place.names, marker))
		w.through[edge.From] = passed
	}
	out := passed.along(edge)
	for _, name := range w.place.names {
		if out == nil {
			return false
		}
		below, absent := out.field(name)
		if absent {
			return edge.Kind != graph.Catch // what such a Catcher loses is told by catch-loses-input
		}
		out = below
	}
	return out == marker
}

func (w *presence) find(s *scope, readers map[*graph.Node]reading) []absence {
	if len(readers) == 0 || s.entry == nil {
		return nil
	}
	w.scope = s
	w.settle(s.entry)
	if w.isInput(s.entry, readers) || *w.budget <= 0 {
		return nil
	}
	var found []absence
	seen := map[*graph.Node]bool{}
	for _, node := range s.nodes {
		if !w.reached[node] || w.may[node] {
			continue
		}
		for _, edge := range node.Out {
			if edge.To != nil && w.begins(edge) && w.absentAfter(edge) {
				w.follow(edge.To, edge, readers, seen, &found)
			}
		}
	}
	return found
}

// begins reports whether an edge begins a way that can lead to a state which
// relies on the place: a Catcher does; the arm of a Choice that does not test the
// place does where the place is for errors only.
func (w *presence) begins(edge *graph.Edge) bool {
	switch edge.Kind {
	case graph.Catch:
		return true
	case graph.ChoiceRule, graph.Default:
		return w.place.byCatchers && !w.isTested(edge.From.State)
	}
	return false
}

func (w *presence) isTested(choice *asl.State) bool {
	for rule := range choice.ChoiceRules() {
		for _, e := range []*asl.Expression{rule.Variable, rule.Condition} {
			for read := range e.Reads() {
				if read.Source == asl.FromInput && w.isAt(read.Path) {
					return true
				}
			}
		}
	}
	return false
}

// isAt reports whether a path leads to the place or into it.
func (w *presence) isAt(path []string) bool {
	return len(path) >= len(w.place.names) && slices.Equal(path[:len(w.place.names)], w.place.names)
}

// settle finds where the place may be there.
func (w *presence) settle(entry *graph.Node) {
	w.may, w.reached = map[*graph.Node]bool{}, map[*graph.Node]bool{entry: true}
	for queue := []*graph.Node{entry}; len(queue) > 0 && *w.budget > 0; queue = queue[1:] {
		node := queue[0]
		arrive := func(to *graph.Node, may bool) {
			if !w.reached[to] || may && !w.may[to] {
				w.reached[to], w.may[to] = true, w.may[to] || may
				queue = append(queue, to)
			}
		}
		for _, edge := range node.Out {
			if edge.To != nil {
				arrive(edge.To, w.may[node] && w.keepsOrWrites(edge) || !w.may[node] && !w.absentAfter(edge))
			}
		}
		if passesOn(node.State) {
			for _, inner := range node.Inner {
				if inner.Entry != nil {
					arrive(inner.Entry, w.may[node])
				}
			}
		}
	}
}

// keepsOrWrites reports whether the place may be there after an edge if it was
// there before. Where that is not plain it may.
func (w *presence) keepsOrWrites(edge *graph.Edge) bool {
	w.absentAfter(edge) // fills in the passage
	out := w.through[edge.From].along(edge)
	for _, name := range w.place.names {
		below, absent := out.field(name)
		if absent {
			return false
		}
		out = below
	}
	return true
}

// isInput reports whether a state reads the place on an ordinary way before any
// state writes it: then the input has it.
func (w *presence) isInput(entry *graph.Node, readers map[*graph.Node]reading) bool {
	seen := map[*graph.Node]bool{entry: true}
	for queue := []*graph.Node{entry}; len(queue) > 0; queue = queue[1:] {
		node := queue[0]
		if _, reads := readers[node]; reads && !w.may[node] {
			return true
		}
		visit := func(to *graph.Node) {
			if to != nil && !seen[to] {
				seen[to] = true
				queue = append(queue, to)
			}
		}
		for _, edge := range node.Out {
			if !edge.Failing() {
				visit(edge.To)
			}
		}
		if passesOn(node.State) {
			for _, inner := range node.Inner {
				visit(inner.Entry)
			}
		}
	}
	return false
}

// isCertain reports whether the place comes from the workflow alone: its name says
// so, the reader knows the form of the result, or every state before the result
// takes by name what it needs. A task that gets its input whole may get it there.
func (w *presence) isCertain(read reading) bool {
	if w.place.byCatchers || isNameOfResult(w.place.names[len(w.place.names)-1]) {
		return true
	}
	for _, node := range w.scope.nodes {
		if w.writesWhatIsRead(node.State, read) {
			return true
		}
	}
	return !slices.ContainsFunc(w.scope.nodes, func(node *graph.Node) bool {
		return w.reached[node] && !w.may[node] && takesWhole(node.State)
	})
}

func isNameOfResult(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "result") || strings.Contains(name, "response") || strings.Contains(name, "output")
}

// writesWhatIsRead reports whether the result that a state writes at the place has
// what is read there: a member of the answer of a service, or an element of what
// a Parallel or Map gives.
func (w *presence) writesWhatIsRead(state *asl.State, read reading) bool {
	if state.ResultPath == nil || state.ResultPath.Kind != asl.PathExpression {
		return false
	}
	names, fixed := memberNames(state.ResultPath.Path)
	if !fixed || !slices.Equal(names, w.place.names) {
		return false
	}
	last := asl.EffectiveResult
	if state.Type == asl.Pass {
		last = asl.Result
	}
	result := through(state, nil).at[last]
	switch {
	case result == nil:
		return false
	case result.isArray:
		return true
	case len(read.path) == len(names):
		return false
	}
	_, has := result.fields[read.path[len(names)]]
	return has
}

// takesWhole reports whether a state hands its input to a task, or to what is
// inside, as a whole.
func takesWhole(state *asl.State) bool {
	switch {
	case state.QueryLanguage == asl.JSONata:
		return true // what an expression does with the input is not followed
	case state.Type == asl.Task && state.Parameters == nil:
		return true
	}
	for expression := range state.Expressions() {
		if expression == state.InputPath || expression == state.OutputPath || !readsData(state, expression.Field) {
			continue
		}
		for read := range expression.Reads() {
			if read.Source == asl.FromInput && len(read.Path) == 0 {
				return true
			}
		}
	}
	return false
}

// follow goes on from a state at which the place is absent, up to the first
// state that reads it, writes it or chooses.
func (w *presence) follow(node *graph.Node, way *graph.Edge, readers map[*graph.Node]reading, seen map[*graph.Node]bool, found *[]absence) {
	for stack := []*graph.Node{node}; len(stack) > 0; {
		node := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[node] {
			continue
		}
		seen[node] = true
		if read, reads := readers[node]; reads {
			*found = append(*found, absence{node, read, way, w.isCertain(read)})
			continue
		}
		if node.State.Type == asl.Choice {
			continue
		}
		if passesOn(node.State) {
			for _, inner := range node.Inner {
				if inner.Entry != nil {
					stack = append(stack, inner.Entry)
				}
			}
		}
		for _, edge := range node.Out {
			if edge.To != nil && w.absentAfter(edge) {
				stack = append(stack, edge.To)
			}
		}
	}
}

// reads returns what the states of the scope read of their data in such a way
// that they fail where it is absent, by the first name on the path.
func (s *scope) reads() map[string][]reading {
	found := map[string][]reading{}
	for _, node := range s.nodes {
		for expression := range node.State.Expressions() {
			if !readsData(node.State, expression.Field) {
				continue
			}
			for read := range expression.Reads() {
				if read.Source == asl.FromInput && len(read.Path) > 0 && failsOnAbsence(read) {
					found[read.Path[0]] = append(found[read.Path[0]], reading{node, read.Expression, read.Path, readText(read)})
				}
			}
		}
	}
	return found
}

// readers returns the states that read the place, with the first such read of each.
func (w *presence) readers(reads map[string][]reading) map[*graph.Node]reading {
	readers := map[*graph.Node]reading{}
	for _, read := range reads[w.place.names[0]] {
		if _, known := readers[read.node]; !known && w.isAt(read.path) {
			readers[read.node] = read
		}
	}
	return readers
}

// readsData reports whether a field reads the input of the state as it is, and
// is always evaluated.
func readsData(state *asl.State, field string) bool {
	first, rest, _ := strings.Cut(field, "/")
	switch {
	case first == "ItemsPath" && state.Map != nil && state.Map.ItemReader != nil, strings.HasPrefix(first, "Catch["):
		return false
	case strings.HasPrefix(first, "Choices["):
		return first == "Choices[0]" && rest == "Variable" && !(&passage{state: state}).asksPresence()
	}
	switch state.ReadsFrom(field) {
	case asl.RawInput:
		return true
	case asl.SelectedInput:
		return isWhole(state.InputPath)
	}
	return false
}

// failsOnAbsence reports whether an expression fails for certain when what it
// reads is not there. A path that selects several finds none of them.
func failsOnAbsence(read asl.Read) bool {
	switch e := read.Expression; e.Kind {
	case asl.PathExpression:
		return e.Path.IsDefinite()
	case asl.Intrinsic:
		return read.Whole
	case asl.JSONataString:
		return isPlainRead(e.Source)
	}
	return false
}

func readText(read asl.Read) string {
	if read.Expression.Kind == asl.Intrinsic {
		return "$." + strings.Join(read.Path, ".")
	}
	return read.Expression.Source
}

// reportAbsentOnWays reports one finding for a state, however much it reads that is
// not there: it fails at the first. What missing-data has told is not said again.
func reportAbsentOnWays(p *lint.Pass, told map[*asl.State]bool) {
	byReader := map[*graph.Node][]absence{}
	var order []*graph.Node
	for _, a := range absences.Of(p) {
		if told[a.reader.State] {
			continue
		}
		if byReader[a.reader] == nil {
			order = append(order, a.reader)
		}
		byReader[a.reader] = append(byReader[a.reader], a)
	}
	for _, reader := range order {
		reportAbsentOnWay(p, byReader[reader])
	}
}

func reportAbsentOnWay(p *lint.Pass, alike []absence) {
	first := alike[0]
	from := first.way.From.State
	finding := diag.Diagnostic{
		Span: first.read.expression.Node.Span(), State: first.reader.State.Name,
		Message: fmt.Sprintf("state %q reads %q, which is not there %s", first.reader.State.Name, first.read.text, first.when()),
		Help:    first.help(),
	}
	if !slices.ContainsFunc(alike, func(a absence) bool { return a.certain }) {
		finding.Severity = diag.Info
		finding.Message += ", unless the input has it"
	}
	switch {
	case first.way.Kind == graph.Catch && first.way.Index < len(from.Catch):
		finding.Related = append(finding.Related, verdict.Related(p, from.Catch[first.way.Index].Node.Span(), "this Catcher of %q leads there", from.Name))
	default:
		finding.Related = append(finding.Related, verdict.Related(p, from.NameNode.Span(), "%q leads there", from.Name))
	}
	for _, other := range alike[1:min(len(alike), maxRelated)] {
		finding.Related = append(finding.Related, verdict.Related(p, other.read.expression.Node.Span(), "nor is %q, which it reads here, %s", other.read.text, other.when()))
	}
	p.Report(finding)
}

// when says on which way the place is absent.
func (a absence) when() string {
	from := a.way.From.State
	switch {
	case a.way.Kind == graph.Default:
		return fmt.Sprintf("when the Default of %q leads here", from.Name)
	case a.way.Kind == graph.ChoiceRule:
		return fmt.Sprintf("when a rule of %q leads here", from.Name)
	case a.dropsBranches():
		return fmt.Sprintf("when %q fails: a %s that fails drops all that its %s have made", from.Name, from.Type, partsOf(from))
	}
	return fmt.Sprintf("when %q fails", from.Name)
}

func partsOf(owner *asl.State) string {
	if owner.Type == asl.Parallel {
		return "branches"
	}
	return "iterations"
}

// dropsBranches reports whether what is read is the result of the Parallel or Map
// that fails.
func (a absence) dropsBranches() bool {
	from := a.way.From.State
	if len(from.Regions()) == 0 || from.ResultPath == nil || from.ResultPath.Path == nil {
		return false
	}
	names, fixed := memberNames(from.ResultPath.Path)
	return fixed && len(names) > 0 && strings.HasPrefix(a.read.text, from.ResultPath.Source)
}

func (a absence) help() string {
	switch {
	case a.dropsBranches():
		return fmt.Sprintf("let the %s undo their own work before they fail, or make what the undo needs, such as an id, before %q", partsOf(a.way.From.State), a.way.From.State.Name)
	case a.way.Kind == graph.Catch:
		return fmt.Sprintf("give it a value before %q, as with a Pass, or lead the Catcher to a state that does not read it", a.way.From.State.Name)
	}
	return "give it a value on this way, as with a Pass, or lead the Choice to a state that does not read it"
}
