package graph

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Many tasks succeed and say in their result whether they did what they were
// asked for: {"ok": false}, {"status": "DECLINED"}, the status of a job that
// polling returns. A Choice that looks at such a result decides whether the
// action was done; its failure arm is like a Catcher of the action.

// outcomes tells what the arms of Choices say about actions.
type outcomes struct {
	says map[*Edge]map[*Node]phase
}

// along is what has become of the action behind an edge.
func (o *outcomes) along(edge *Edge, action *Node, p phase) phase {
	if p != pending && p != denied {
		return p
	}
	if said, ok := o.says[edge][action]; ok && (said != denied || p == pending) {
		return said
	}
	return p
}

// findOutcomes judges every Choice of the machine.
func (a *Analysis) findOutcomes() *outcomes {
	o := &outcomes{says: map[*Edge]map[*Node]phase{}}
	f := outcomeFinder{a, o}
	for _, node := range a.Graph.Nodes {
		if node.State.Choice != nil && !changesInput(node.State) {
			f.judgeChoice(node)
		}
	}
	return o
}

type outcomeFinder struct {
	a *Analysis
	*outcomes
}

// origin is a task whose result a Choice tests.
type origin struct {
	task   *Node
	action *Node // whose outcome that is: the task itself, or what it polls
}

func (f outcomeFinder) judgeChoice(node *Node) {
	var rules []condition
	byAction := map[*Node]map[string]bool{} // the places that tell of an action
	var actions []*Node
	polled := map[*Node]bool{}
	for _, rule := range node.State.Choice.Rules {
		asked := conditionOf(rule)
		asked.each(func(t *test) {
			if judgeTest(*t, true) == silent {
				return
			}
			for _, found := range f.origins(node, t.place) {
				if byAction[found.action] == nil {
					byAction[found.action] = map[string]bool{}
					actions = append(actions, found.action)
				}
				byAction[found.action][t.key()] = true
				polled[found.action] = polled[found.action] || found.task != found.action
			}
		})
		rules = append(rules, asked)
	}
	for _, action := range actions {
		j := judge{about: byAction[action]}
		for _, edge := range node.Out {
			if edge.Kind == ChoiceRule || edge.Kind == Default {
				f.judgeEdge(edge, action, j, rules, polled[action])
			}
		}
	}
}

func (f outcomeFinder) judgeEdge(edge *Edge, action *Node, j judge, rules []condition, polled bool) {
	verdict := j.edge(edge, rules, func() bool { return f.leadsBack(edge.To, edge.From) })
	switch {
	case verdict == failed:
		f.say(edge, action, notDone)
	case verdict == succeeded && polled && f.a.isJob(action):
		f.say(edge, action, over)
	case verdict == unclear && !f.a.Reach.Succeeds[edge.To.ID]:
		f.say(edge, action, denied)
	}
}

func (o *outcomes) say(edge *Edge, action *Node, p phase) {
	if o.says[edge] == nil {
		o.says[edge] = map[*Node]phase{}
	}
	o.says[edge][action] = p
}

// maxTraced bounds how many states are looked at to find where a value comes
// from, so that the search stays linear on machines with thousands of Choices.
const maxTraced = 48

// origins returns the actions of whose outcome the value at a place tells.
func (f outcomeFinder) origins(choice *Node, where place) []origin {
	var found []origin
	for _, task := range f.trace(choice, where) {
		if f.a.isAction(task) || f.a.isJob(task) {
			found = append(found, origin{task, task})
			continue
		}
		for _, action := range f.polledBy(task) {
			found = append(found, origin{task, action})
		}
	}
	return found
}

// traced is a state that is left ordinarily, and the place to look for behind it.
type traced struct {
	node  *Node
	place place
}

// trace returns the tasks that write a place which a state reads, on the
// ordinary ways that lead to the state.
func (f outcomeFinder) trace(reader *Node, where place) []*Node {
	var found []*Node
	var queue []traced
	follow := func(node *Node, p place) {
		known := slices.ContainsFunc(queue, func(t traced) bool { return t.node == node && t.place.is(p) })
		if !known && len(queue) < maxTraced {
			queue = append(queue, traced{node, p})
		}
	}
	before := func(node *Node, p place) {
		for _, edge := range node.In {
			if edge.Kind != Catch && f.a.Reach.Ordinary(edge) {
				follow(edge.From, p)
			}
		}
	}
	before(reader, where)
	for i := 0; i < len(queue); i++ {
		node, p := queue[i].node, queue[i].place
		written, value, source := f.lastWrite(node, p)
		switch {
		case !written:
			before(node, p)
		case source == fromTask && node.State.Type == asl.Task:
			if !slices.Contains(found, node) {
				found = append(found, node)
			}
		case source == fromTask && node.State.Type == asl.Parallel:
			f.intoBranch(node, p, follow)
		default:
			for _, alternative := range value {
				if alternative.kind == copied {
					before(node, alternative.place)
				}
			}
		}
	}
	return found
}

// intoBranch follows an element of the results of a Parallel to where its branch ends.
func (f outcomeFinder) intoBranch(owner *Node, p place, follow func(*Node, place)) {
	for i, name := range p.path {
		for number, region := range owner.Inner {
			if name != indexName(number) {
				continue
			}
			for _, node := range region.Nodes {
				if node.hasEdge(End) {
					follow(node, place{path: p.path[i+1:]})
				}
			}
			return
		}
	}
}

// lastWrite tells whether leaving a state writes a place, what, and whether that
// comes from the result of a task.
func (f outcomeFinder) lastWrite(node *Node, p place) (written bool, found []alternative, source dataSource) {
	writes := f.a.data.writes[node.ID]
	if len(writes) == 0 {
		return false, nil, fromState
	}
	target := &flag{place: p, region: f.a.data.scopes.of(node.Region, p.variable)}
	for _, w := range writes {
		if w.edge != nil && w.edge.Kind == Catch {
			continue
		}
		alternatives, touched := w.valueOf(target, f.a.data.scopes, node.Region)
		if !touched {
			continue
		}
		source = w.source
		if node.State.QueryLanguage == asl.JSONata && isResultOf(node.State) {
			source = fromTask
			if slices.ContainsFunc(alternatives, func(x alternative) bool { return x.kind == copied }) {
				source = fromState
			}
		}
		return true, alternatives, source
	}
	return false, nil, fromState
}

func isResultOf(state *asl.State) bool {
	return state.Type == asl.Task || state.Type == asl.Parallel || state.Type == asl.Map
}

// polledBy returns the actions whose progress a reading task asks for: it stands
// in a loop with a Wait, or calls the service that the action called, and what it
// asks with comes from the result of the action.
func (f outcomeFinder) polledBy(poll *Node) []*Node {
	effect := f.a.Effects[poll.ID].Effect
	if effect == spec.Write || effect == spec.Notification {
		return nil
	}
	loops := f.waitsInLoop(poll)
	var found []*Node
	for _, action := range f.askedWith(poll) {
		sameService := serviceOf(action) != "" && serviceOf(action) == serviceOf(poll)
		if (f.a.isAction(action) || f.a.isJob(action)) && (loops || sameService) && !slices.Contains(found, action) {
			found = append(found, action)
		}
	}
	return found
}

// askedWith returns the tasks whose results a task reads. Where it gets the
// whole input, that is the last task before it.
func (f outcomeFinder) askedWith(poll *Node) []*Node {
	arguments := poll.State.Parameters
	if poll.State.QueryLanguage == asl.JSONata {
		arguments = poll.State.Arguments
	}
	var found []*Node
	whole := arguments == nil
	if arguments != nil {
		for read := range arguments.Reads() {
			switch {
			case read.Source == asl.FromInput && len(read.Path) == 0:
				whole = true
			case read.Source == asl.FromInput || read.Source == asl.FromVariable:
				found = append(found, f.trace(poll, place{read.Variable, read.Path})...)
			}
		}
	}
	if whole {
		found = append(found, f.lastTask(poll)...)
	}
	return found
}

// lastTask returns the actions that come last before a state on the ordinary way.
func (f outcomeFinder) lastTask(node *Node) []*Node {
	var found []*Node
	visits := 0
	Closure([]*Node{node}, func(at *Node, visit func(*Node)) {
		if visits++; visits > maxTraced {
			return
		}
		if at != node && f.a.isAction(at) {
			found = append(found, at)
			return
		}
		for _, edge := range at.In {
			if edge.Kind != Catch && f.a.Reach.Ordinary(edge) {
				visit(edge.From)
			}
		}
	})
	slices.SortFunc(found, func(x, y *Node) int { return x.ID - y.ID })
	return found
}

// leadsBack reports whether ordinary transitions lead from one state to another,
// as far as the search goes.
func (f outcomeFinder) leadsBack(from, to *Node) bool {
	_, found := f.ahead(from)[to]
	return found
}

func (f outcomeFinder) waitsInLoop(node *Node) bool {
	for ahead := range f.ahead(node) {
		if ahead.State.Type == asl.Wait && f.leadsBack(ahead, node) {
			return true
		}
	}
	return false
}

func (f outcomeFinder) ahead(from *Node) map[*Node]bool {
	visits := 0
	return Closure([]*Node{from}, func(node *Node, visit func(*Node)) {
		if visits++; visits > maxTraced {
			return
		}
		for _, edge := range node.Out {
			if edge.To != nil && f.a.Reach.Ordinary(edge) {
				visit(edge.To)
			}
		}
	})
}

func serviceOf(node *Node) string {
	r := resourceOf(node.State)
	if !r.IsIntegration() || r.IsLambda() {
		return ""
	}
	return r.SDKService()
}

// isJob reports whether a task starts a job that ends by itself.
func (a *Analysis) isJob(node *Node) bool {
	r := resourceOf(node.State)
	return spec.JobIntegration(r) != nil && !spec.JobLeaves(r)
}

// endsByItself reports whether what a task started is over when the task is: a
// job that it has waited for, which leaves nothing but its result. What is said
// to undo it by more than stopping it undoes what the job did.
func (a *Analysis) endsByItself(node *Node) bool {
	r := resourceOf(node.State)
	if !r.Pattern.IsJob() || spec.JobLeaves(r) {
		return false
	}
	for _, undo := range a.undosOf[node] {
		if u := resourceOf(undo.State); !u.IsIntegration() || u.IsLambda() {
			return false
		}
	}
	return true
}

// outcomeVerdict is what an arm of a Choice says of an action.
type outcomeVerdict uint8

const (
	silent outcomeVerdict = iota // it asks for something else
	unclear
	succeeded
	failed
)

// judge tells what conditions on the result of an action say about it.
type judge struct {
	about map[string]bool // the places that tell of the action
}

// edge judges an arm: what its rule says, else what it means that no earlier
// rule matched. That nothing is known yet, because polling goes on, is no outcome.
func (j judge) edge(edge *Edge, rules []condition, goesOn func() bool) outcomeVerdict {
	taken := len(rules)
	if edge.Kind == ChoiceRule {
		taken = edge.Index
		if said := j.condition(rules[taken], true); said >= succeeded {
			return said
		}
	}
	said := silent
	for _, rule := range rules[:min(taken, maxAsked)] {
		said = both(said, j.condition(rule, false))
	}
	if edge.Kind == ChoiceRule {
		said = both(said, j.condition(rules[taken], true))
	}
	if said >= succeeded && goesOn() {
		return silent
	}
	return said
}

// both is what two statements say together.
func both(x, y outcomeVerdict) outcomeVerdict {
	if x >= succeeded && y >= succeeded && x != y {
		return unclear
	}
	return max(x, y)
}

func (j judge) condition(c condition, holds bool) outcomeVerdict {
	switch c.kind {
	case single:
		if !j.about[c.test.key()] {
			return silent
		}
		return judgeTest(c.test, holds)
	case negation:
		return j.condition(c.parts[0], !holds)
	case allOf, anyOf:
		said := silent
		certain := (c.kind == allOf) == holds
		for i, part := range c.parts {
			found := j.condition(part, holds)
			switch {
			case certain:
				said = both(said, found)
			case i == 0:
				said = found
			case said != found:
				said = min(unclear, max(said, found))
			}
		}
		return said
	}
	return silent
}

// judgeTest tells what it says of an action that a test of its result holds.
func judgeTest(t test, holds bool) outcomeVerdict {
	troubled := speaksOfFailure(t.name())
	said := unclear
	switch t.operator {
	case isTrue:
		said = judgeBoolean(true, t.name(), troubled)
	case isPresent, isNull:
		if said = succeeded; speaksOfMore(t.name()) {
			return silent
		}
		if troubled != (t.operator == isNull) {
			said = failed
		}
	case equals, matches:
		said = judgeConstant(t.operand, t.name(), troubled)
	default:
		return judgeNumber(t, troubled, holds)
	}
	if !holds {
		return said.opposite()
	}
	return said
}

func (v outcomeVerdict) opposite() outcomeVerdict {
	switch v {
	case succeeded:
		return failed
	case failed:
		return succeeded
	}
	return v
}

func judgeConstant(v value.Value, name string, troubled bool) outcomeVerdict {
	switch v.Kind() {
	case value.KindBool:
		return judgeBoolean(v.Bool(), name, troubled)
	case value.KindNull:
		if troubled {
			return succeeded
		}
		return failed
	case value.KindString:
		return judgeWord(v.Str())
	case value.KindNumber:
		return judgeCode(v.Float(), name, troubled)
	}
	return unclear
}

// judgeBoolean reads a flag of a result by its name: "ok", "isReserved", "declined".
func judgeBoolean(v bool, name string, troubled bool) outcomeVerdict {
	switch {
	case speaksOfMore(name):
		return silent
	case troubled:
		v = !v
	case judgeWord(name) != succeeded:
		return unclear
	}
	if v {
		return succeeded
	}
	return failed
}

// speaksOfMore reports whether a name tells whether there is more to do, which
// says nothing about what has been done.
func speaksOfMore(name string) bool {
	words := nameWords(name)
	return slices.ContainsFunc([]string{"continue", "more", "next", "marker", "token", "last", "remaining", "again", "retry", "iterate"}, func(word string) bool {
		return slices.Contains(words, word)
	})
}

// judgeCode reads the numbers that have a meaning of their own: status codes of
// HTTP, exit codes, counts of failures.
func judgeCode(code float64, name string, troubled bool) outcomeVerdict {
	name = strings.ToLower(name)
	switch {
	case strings.Contains(name, "exit") || strings.Contains(name, "returncode") || troubled:
		if code == 0 {
			return succeeded
		}
		return failed
	case strings.Contains(name, "code") || strings.Contains(name, "status"):
		switch {
		case code >= 200 && code < 300:
			return succeeded
		case code >= 400 && code < 600:
			return failed
		}
	}
	return unclear
}

// judgeNumber reads comparisons with a status code or a count of failures; other
// numbers, such as a score, tell nothing about what was done.
func judgeNumber(t test, troubled, holds bool) outcomeVerdict {
	name, bound := strings.ToLower(t.name()), t.operand.Float()
	status := strings.Contains(name, "code") && bound >= 200 && bound < 600
	counted := troubled && bound <= 1
	if !status && !counted {
		return silent
	}
	said := failed
	if t.operator == less || t.operator == lessOrEqual {
		said = succeeded
	}
	if !holds {
		return said.opposite()
	}
	return said
}

// failingWords and doneWords are the words of a status that says how it went.
// The failing ones come first: "UNAVAILABLE" and "NOT_CONFIRMED" are no success.
var (
	failingWords = []string{
		"fail", "error", "reject", "declin", "denied", "deny", "cancel", "abort", "timedout", "timeout", "invalid", "unavailable",
		"insufficient", "stopped", "rollback", "unhealthy", "expired", "missing", "refused", "exception", "terminated", "unsuccess",
		"incomplete", "unpaid", "outofstock", "soldout", "notfound", "unauthorized", "not", "no", "ko", "nok", "false", "unable", "unconfirmed", "lost", "killed",
	}
	doneWords = []string{
		"succe", "ok", "complete", "done", "confirm", "approved", "accepted", "reserved", "booked", "paid", "charged", "created", "active",
		"available", "finished", "ready", "valid", "authorized", "captured", "settled", "passed", "healthy", "true", "yes", "processed",
		"shipped", "instock", "success", "running", "deployed", "allocated", "granted", "issued", "placed", "sent", "delivered", "in-service", "inservice",
	}
)

// judgeWord reads a status.
func judgeWord(text string) outcomeVerdict {
	text = strings.ToLower(strings.Trim(text, "* "))
	plain := strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-. ", r) {
			return -1
		}
		return r
	}, text)
	words := nameWords(text)
	says := func(list []string) bool {
		return slices.ContainsFunc(list, func(word string) bool {
			return slices.Contains(words, word) || len(word) > 3 && strings.HasPrefix(plain, word) ||
				len(word) > 3 && slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, word) })
		})
	}
	switch {
	case says(failingWords):
		return failed
	case says(doneWords):
		return succeeded
	}
	return unclear
}

// speaksOfFailure reports whether the name of a value is that of a failure, so
// that it is well when there is none: "error", "hasFailed", "rejected".
func speaksOfFailure(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{
		"error", "fail", "reject", "declin", "denied", "invalid", "exception", "outofstock", "soldout", "insufficient", "timedout", "fault",
		"unavailable", "unprocessed", "cancel",
	}, func(word string) bool { return strings.Contains(name, word) })
}
