package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/lint/rules/internal/verdict"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func missingData() *lint.Rule {
	return &lint.Rule{
		Name: "missing-data", Category: lint.Data, Severity: diag.Warning, Preset: lint.Recommended,
		Summary:  "a state reads data that no way to it provides, or that a failure has left out",
		Requires: []lint.Prerequisite{misses, absences},
		Run: func(p *lint.Pass) {
			told := map[*asl.State]bool{}
			for _, alike := range grouped(missesOf(p)) {
				reportMissing(p, alike)
			}
			for _, m := range missesOf(p) {
				told[m.state] = true
			}
			reportAbsentOnWays(p, told)
			reportFromBehind(p)
		},
	}
}

// grouped puts the misses together that have one cause: those of one state in
// data that one state has made, and those of the states behind it that read the
// same. What a result has overwritten is told by another rule.
func grouped(misses []miss) [][]miss {
	var groups [][]miss
	byPlace := map[string]int{}       // the group in which a place was missed first
	byState := map[*asl.State][]int{} // the groups that have a read of the state
	for _, m := range misses {
		if m.isOverwritten() {
			continue
		}
		at := len(groups)
		candidates := byState[m.state]
		if first, missed := byPlace[m.place()]; missed {
			candidates = append(candidates[:len(candidates):len(candidates)], first)
		}
		for _, candidate := range candidates {
			if groups[candidate][0].hasCauseOf(m) {
				at = candidate
				break
			}
		}
		if at == len(groups) {
			groups = append(groups, nil)
		}
		if last := len(groups[at]) - 1; last < 0 || groups[at][last].state != m.state {
			byState[m.state] = append(byState[m.state], at)
		}
		groups[at] = append(groups[at], m)
		if _, missed := byPlace[m.place()]; !missed {
			byPlace[m.place()] = at
		}
	}
	return groups
}

// place returns what was read, up to the name that is not there.
func (m miss) place() string {
	if end := strings.Index(m.text, m.name); end >= 0 {
		return m.text[:end+len(m.name)]
	}
	return m.text
}

// hasCauseOf reports whether two reads miss something of the same data: one
// state has made it, or the second is the first with more in it.
func (m miss) hasCauseOf(other miss) bool {
	switch {
	case m.depth != other.depth:
		return false
	case m.in == other.in, m.in.source != nil && same(m.in.source, other.in.source) != nil:
		return true
	case m.in.source != nil || other.in.source != nil || len(m.in.fields) == 0:
		return false
	}
	for name := range m.in.fields {
		if _, has := other.in.fields[name]; !has {
			return false
		}
	}
	return true
}

// miss is a read that cannot find anything.
type miss struct {
	state *asl.State
	span  syntax.Span
	text  string // the path as written
	name  string // the first name that is not there
	depth int    // how many names come before it on the path
	in    *shape // where it is not
}

// isCertain reports whether nothing can be there. The names that an API has
// gained since the tables were made begin with a capital letter as all do.
func (m miss) isCertain() bool {
	return !m.in.mayGrow || m.name == "" || m.name[0] < 'A' || m.name[0] > 'Z' || m.isInside() || m.nearest() != ""
}

// isOverwritten reports whether the data may have been there before the result
// of one state has taken its place.
func (m miss) isOverwritten() bool {
	if m.depth > 0 || m.in.source == nil || m.in.source.byRule != byResult || m.in.source.state == m.state {
		return false
	}
	_, absent := m.in.source.before.field(m.name)
	return !absent
}

var misses = &lint.Result[[]miss]{
	Name:     "misses",
	Requires: []lint.Prerequisite{shapes},
	Compute: func(p *lint.Pass) []miss {
		flow := shapesOf(p)
		var misses []miss
		for state := range p.Machine.States() {
			if flow.reached[state] {
				misses = append(misses, missesIn(flow.through(state))...)
			}
		}
		return misses
	},
}

// missesOf finds the reads that cannot succeed, once for all rules.
func missesOf(p *lint.Pass) []miss { return misses.Of(p) }

// missesIn judges the reads of one state, each place once.
func missesIn(passed *passage) []miss {
	state := passed.state
	if passed.at == [asl.Stages]*shape{} {
		return nil
	}
	var misses []miss
	seen := map[string]bool{}
	add := func(m miss, found bool) {
		isError := found && m.depth == 0 && m.in.source != nil && m.in.source.byRule == byCatcher // catch-loses-input tells it
		if found && !isError && !seen[m.place()] {
			seen[m.place()] = true
			m.state = state
			misses = append(misses, m)
		}
	}
	for expression := range state.Expressions() {
		for inner := range expression.All() {
			if state.QueryLanguage == asl.JSONata {
				add(passed.missedJSONata(inner))
				continue
			}
			eachPath(inner, func(path *jsonpath.Path, span syntax.Span) { add(passed.missed(inner.Field, path, span)) })
		}
	}
	return misses
}

// eachPath visits the paths of an expression with their places.
func eachPath(e *asl.Expression, visit func(*jsonpath.Path, syntax.Span)) {
	switch e.Kind {
	case asl.PathExpression:
		visit(e.Path, e.Node.Span())
	case asl.Intrinsic:
		if text, ok := e.Node.(*syntax.String); ok {
			e.EachPath(func(path *jsonpath.Path, start, end int) { visit(path, text.SpanOf(start, end)) })
		}
	}
}

// readBy returns the shape that a field of a JSONPath state reads from; ok is
// false for fields that write, tolerate absence, or read what is not followed.
func (g *passage) readBy(field string) (from *shape, ok bool) {
	first, rest, _ := strings.Cut(field, "/")
	switch {
	case strings.HasPrefix(first, "Choices["):
		if g.asksPresence() || strings.HasPrefix(rest, "Assign") {
			return nil, false
		}
	case first == "ItemsPath" && g.state.Map != nil && g.state.Map.ItemReader != nil, first == "ItemReader", first == "ItemBatcher", first == "ResultWriter":
		return nil, false
	}
	from = g.at[g.state.ReadsFrom(field)]
	return from, from != nil
}

func (g *passage) asksPresence() bool {
	for rule := range g.state.ChoiceRules() {
		if rule.Comparison != nil && rule.Comparison.Operator == "IsPresent" {
			return true
		}
	}
	return false
}

// missed judges a path of a JSONPath state.
func (g *passage) missed(field string, path *jsonpath.Path, span syntax.Span) (miss, bool) {
	from, ok := g.readBy(field)
	if !ok || path.Root != jsonpath.RootInput || !path.IsDefinite() {
		return miss{}, false
	}
	for depth, step := range path.Steps {
		if from == nil || step.Kind != jsonpath.StepMember {
			return miss{}, false
		}
		below, absent := from.field(step.Name)
		if absent {
			return miss{span: span, text: path.Text, name: step.Name, depth: depth, in: from}, true
		}
		from = below
	}
	return miss{}, false
}

// missedJSONata judges an expression that only reads.
func (g *passage) missedJSONata(e *asl.Expression) (miss, bool) {
	if e.Kind != asl.JSONataString || !isPlainRead(e.Source) || strings.HasPrefix(e.Field, "Catch[") {
		return miss{}, false
	}
	names := strings.Split(e.Source, ".")
	if len(names) < 3 || names[0] != "$states" {
		return miss{}, false
	}
	var from *shape
	switch names[1] {
	case "input":
		from = g.at[asl.RawInput]
	case "result":
		from = g.at[asl.Result]
	}
	for depth, name := range names[2:] {
		if from == nil || from.isArray { // a step maps over an array
			return miss{}, false
		}
		below, absent := from.field(name)
		if absent {
			return miss{span: e.Node.Span(), text: e.Source, name: name, depth: depth, in: from}, true
		}
		from = below
	}
	return miss{}, false
}

func reportMissing(p *lint.Pass, alike []miss) {
	m := alike[0]
	finding := diag.Diagnostic{
		Span: m.span, State: m.state.Name,
		Message: fmt.Sprintf("state %q reads %q, but no way to it provides %q", m.state.Name, m.text, m.name),
		Help:    m.help(),
	}
	if !slices.ContainsFunc(alike, miss.isCertain) {
		finding.Severity = diag.Info
	}
	if m.in.source != nil {
		finding.Related = []diag.Related{verdict.Related(p, m.in.source.state.NameNode.Span(), "%q %s", m.in.source.state.Name, m.origin())}
	}
	var readers []string
	for _, other := range alike[1:] {
		reader := "it"
		if other.state != m.state {
			reader = fmt.Sprintf("%q", other.state.Name)
			if !slices.Contains(readers, other.state.Name) {
				readers = append(readers, other.state.Name)
			}
		}
		if len(finding.Related) < maxRelated {
			finding.Related = append(finding.Related, verdict.Related(p, other.span, "nor %q, which %s reads here", other.name, reader))
		}
	}
	if len(readers) > 0 {
		finding.Message += "; later it is missing in " + verdict.List(readers) + " as well"
	}
	p.Report(finding)
}

// origin says what the state has done that made the data.
func (m miss) origin() string {
	switch m.in.source.byRule {
	case byTemplate:
		return "makes the data anew"
	case bySelector:
		return "selects what is left of its result"
	case byConstant:
		return "puts a constant in the place of the data"
	case byNarrowing:
		return "empties the data"
	case byCatcher:
		return "puts the error there that it has caught"
	}
	if m.depth > 0 {
		return "puts its result there"
	}
	return "puts its result in the place of the data"
}

// envelopes are the members under which a service puts what it was asked for.
var envelopes = []string{"Payload", "ResponseBody", "Item", "QueryExecution", "Step", "Output"}

// help tells what is there instead.
func (m miss) help() string {
	switch {
	case m.in.isArray:
		return "the value there is an array: select an element, as in [0]"
	case m.in.isLeaf && m.in.source != nil && m.in.source.byRule == byCatcher:
		return `Error and Cause are text: parse the text first, with States.StringToJson or $parse`
	case m.in.isLeaf:
		return "the value there is no object"
	case len(m.in.fields) == 0:
		return "the value there is an empty object"
	}
	if near := m.nearest(); near != "" && !m.isInside() {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if read := m.insideEnvelope(); read != "" {
		return fmt.Sprintf("the answer has it inside: read %q", read)
	}
	return "what is there is " + verdict.List(m.present())
}

// insideEnvelope returns the read as it finds the name inside what the service
// answers; "" when there is no such place.
func (m miss) insideEnvelope() string {
	names := strings.Split(m.text, ".")
	at := slices.Index(names, m.name)
	if at < 0 || slices.Index(names[at+1:], m.name) >= 0 || m.in.source == nil || m.in.source.byRule != byResult {
		return ""
	}
	for _, member := range slices.Concat(envelopes, m.present()) {
		below, has := m.in.fields[member]
		if !has || below == nil && !slices.Contains(envelopes, member) {
			continue
		}
		if _, absent := below.field(m.name); !absent && (below == nil || below.fields != nil) {
			return strings.Join(slices.Insert(names, at, member), ".")
		}
	}
	return ""
}

// isInside reports whether a member is known to have the name.
func (m miss) isInside() bool {
	for _, below := range m.in.fields {
		if below != nil && below.fields != nil {
			if _, has := below.fields[m.name]; has {
				return true
			}
		}
	}
	return false
}

// present returns the names that are there.
func (m miss) present() []string { return slices.Sorted(maps.Keys(m.in.fields)) }

// nearest returns the name that was meant, "" when none is near.
func (m miss) nearest() string {
	for name := range m.in.fields {
		if strings.EqualFold(name, m.name) {
			return name
		}
	}
	return diag.Suggest(m.name, m.present())
}

// reportFromBehind reports the paths that count from the end of an array with an
// index, which finds nothing there.
func reportFromBehind(p *lint.Pass) {
	for state := range p.Machine.States() {
		for e := range eachPathOf(state) {
			step, behind := e.path.FromBehind()
			if !behind {
				continue
			}
			p.Report(diag.Diagnostic{
				Span: e.span, State: state.Name,
				Message: fmt.Sprintf("state %q reads %q, but an index does not count from the end of an array: it finds nothing", state.Name, e.path.Text),
				Help:    fmt.Sprintf("write %q", e.path.Text[:step.Start]+fmt.Sprintf("[(@.length%d)]", step.Index)+e.path.Text[step.End:]),
			})
		}
	}
}
