package graph

import (
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/jsonata/ast"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// writers tells what each state writes, by Node.ID, and where variables belong.
type writers struct {
	scopes scopes
	writes [][]write
}

func findWriters(g *Graph) *writers {
	w := &writers{findScopes(g), make([][]write, len(g.Nodes))}
	for _, node := range g.Nodes {
		w.writes[node.ID] = writesOf(node)
	}
	return w
}

// scopes holds the variables that the states of each region assign.
type scopes map[*Region]map[string]bool

func findScopes(g *Graph) scopes {
	found := scopes{}
	for _, node := range g.Nodes {
		for _, assign := range assignsOf(node.State) {
			if found[node.Region] == nil {
				found[node.Region] = map[string]bool{}
			}
			for _, v := range assign.Variables {
				found[node.Region][v.Name] = true
			}
		}
	}
	return found
}

// of returns the region whose data a place belongs to; a variable belongs to
// the region in which it is assigned.
func (s scopes) of(region *Region, variable string) *Region {
	if variable == "" {
		return region
	}
	for r := region; r != nil; r = r.outer() {
		if s[r][variable] {
			return r
		}
	}
	return region
}

func assignsOf(state *asl.State) []*asl.Assign {
	var assigns []*asl.Assign
	add := func(a *asl.Assign) {
		if a != nil {
			assigns = append(assigns, a)
		}
	}
	add(state.Assign)
	for _, catcher := range state.Catch {
		add(catcher.Assign)
	}
	if state.Choice != nil {
		for _, rule := range state.Choice.Rules {
			add(rule.Assign)
		}
	}
	return assigns
}

// changesInput reports whether a state of the query language JSONPath looks at
// another value than its input.
func changesInput(state *asl.State) bool { return !isRoot(state.InputPath) }

// isRoot reports whether a path is absent or $.
func isRoot(e *asl.Expression) bool {
	return e == nil || e.Kind == asl.PathExpression && e.Path != nil && len(e.Path.Steps) == 0 && e.Source == "$"
}

// write is what leaving a state, or taking one of its edges, puts at a place.
type write struct {
	edge   *Edge // nil: the ordinary transition
	at     place
	value  *asl.Expression // nil: nobody knows what
	source dataSource
}

// dataSource says what "$" means in the value of a write.
type dataSource uint8

const (
	fromState dataSource = iota // the input of the state
	fromTask                    // the result of the task
)

type alternative struct {
	kind  alternativeKind
	value value.Value // constant; absent for none
	place place       // copied
}

type alternativeKind uint8

const (
	unknownValue alternativeKind = iota
	present
	constant
	copied
)

// valueOf returns what a write makes of a flag; false when it does not touch it.
func (w write) valueOf(f *flag, scopes scopes, region *Region) ([]alternative, bool) {
	if w.at.variable != f.variable || f.variable == "" && region != f.region || f.variable != "" && scopes.of(region, f.variable) != f.region {
		return nil, false
	}
	common := 0
	for common < min(len(w.at.path), len(f.path)) && w.at.path[common] == f.path[common] {
		common++
	}
	switch {
	case common == len(w.at.path):
		return alternativesAt(w.value, f.path[common:], w.source, 0), true
	case common == len(f.path): // it becomes an object that holds what is written
		return []alternative{{kind: present}}, true
	}
	return nil, false
}

// alternativesAt returns what a value can hold at a path.
func alternativesAt(e *asl.Expression, path []string, source dataSource, depth int) []alternative {
	if e == nil && len(path) == 0 {
		return []alternative{{kind: present}}
	}
	if e == nil || depth > maxRuleDepth {
		return []alternative{{}}
	}
	switch e.Kind {
	case asl.Literal:
		return literalAlternative(e.Literal, path)
	case asl.ObjectTemplate:
		if len(path) == 0 {
			return []alternative{{kind: present}}
		}
		for _, member := range e.Members {
			if member.Key == path[0] {
				return alternativesAt(member.Value, path[1:], source, depth+1)
			}
		}
		return []alternative{{kind: constant}}
	case asl.PathExpression:
		if where, ok := placeOf(e); ok && (where.variable != "" || source == fromState) {
			return []alternative{{kind: copied, place: place{where.variable, append(slices.Clone(where.path), path...)}}}
		}
		if len(path) == 0 {
			return []alternative{{kind: present}}
		}
	case asl.JSONataString:
		if e.JSONata != nil {
			return jsonataAlternatives(e.JSONata.Tree(), path, depth)
		}
	}
	return []alternative{{}}
}

func literalAlternative(v value.Value, path []string) []alternative {
	for _, name := range path {
		v = v.Get(name)
	}
	if k := v.Kind(); k == value.KindObject || k == value.KindArray {
		return []alternative{{kind: present}}
	}
	return []alternative{{kind: constant, value: v}}
}

// jsonataAlternatives returns what an expression of JSONata can hold at a path.
func jsonataAlternatives(node ast.Node, path []string, depth int) []alternative {
	if where, ok := jsonataPlace(node); ok {
		return []alternative{{kind: copied, place: place{where.variable, append(slices.Clone(where.path), path...)}}}
	}
	if depth > maxRuleDepth {
		return []alternative{{}}
	}
	switch node := node.(type) {
	case *ast.Literal:
		return literalAlternative(node.Value, path)
	case *ast.Block:
		if len(node.Expressions) == 1 {
			return jsonataAlternatives(node.Expressions[0], path, depth+1)
		}
	case *ast.Conditional:
		found := jsonataAlternatives(node.Then, path, depth+1)
		if node.Else == nil {
			return append(found, alternative{kind: constant})
		}
		return append(found, jsonataAlternatives(node.Else, path, depth+1)...)
	case *ast.Object:
		return objectAlternatives(node, path, depth)
	case *ast.Call:
		return mergeAlternatives(node, path, depth)
	}
	return []alternative{{}}
}

func objectAlternatives(node *ast.Object, path []string, depth int) []alternative {
	if len(path) == 0 {
		return []alternative{{kind: present}}
	}
	for _, pair := range slices.Backward(node.Pairs) {
		key, ok := pair.Key.(*ast.Literal)
		if !ok {
			return []alternative{{}}
		}
		if key.Value.Str() == path[0] {
			return jsonataAlternatives(pair.Value, path[1:], depth+1)
		}
	}
	return []alternative{{kind: constant}}
}

// mergeAlternatives reads $merge([a, b]): of each member the last object that has
// it decides.
func mergeAlternatives(node *ast.Call, path []string, depth int) []alternative {
	function, ok := node.Procedure.(*ast.Variable)
	if !ok || function.Name != "merge" || len(node.Arguments) != 1 {
		return []alternative{{}}
	}
	list, ok := node.Arguments[0].(*ast.Array)
	if !ok {
		return []alternative{{}}
	}
	if len(path) == 0 {
		return []alternative{{kind: present}}
	}
	for _, item := range slices.Backward(list.Items) {
		found := jsonataAlternatives(item, path[:1], depth+1)
		if len(found) == 1 && found[0].kind == constant && found[0].value.IsAbsent() {
			continue
		}
		return jsonataAlternatives(item, path, depth+1)
	}
	return []alternative{{kind: constant}}
}

// writesOf returns what leaving a state does to the data and the variables.
func writesOf(node *Node) []write {
	state := node.State
	var writes []write
	assign := func(edge *Edge, a *asl.Assign, source dataSource) {
		if a == nil {
			return
		}
		for _, v := range a.Variables {
			writes = append(writes, write{edge: edge, at: place{variable: v.Name}, value: v.Value, source: source})
		}
	}
	results := state.Type == asl.Task || state.Type == asl.Parallel || state.Type == asl.Map
	source := fromState
	if results {
		source = fromTask
	}
	if w, ok := dataWrite(state, results); ok {
		writes = append(writes, w)
	}
	assign(nil, state.Assign, source)
	for _, edge := range node.Out {
		switch edge.Kind {
		case Catch:
			catcher := state.Catch[edge.Index]
			writes = append(writes, catcherWrites(edge, catcher, state.QueryLanguage)...)
			assign(edge, catcher.Assign, fromTask)
		case ChoiceRule:
			rule := state.Choice.Rules[edge.Index]
			if rule.Output != nil {
				writes = append(writes, write{edge: edge, value: rule.Output})
			}
			assign(edge, rule.Assign, fromState)
		}
	}
	return writes
}

// dataWrite returns what becomes of the data behind a state.
func dataWrite(state *asl.State, results bool) (write, bool) {
	if state.QueryLanguage == asl.JSONata {
		switch {
		case state.Output != nil:
			return write{value: state.Output}, true
		case results:
			return write{}, true
		}
		return write{}, false
	}
	if !isRoot(state.OutputPath) {
		return write{}, true
	}
	switch {
	case results:
		return resultWrite(state.ResultPath, state.ResultSelector, fromTask)
	case state.Type == asl.Pass:
		result := state.Parameters
		if state.Pass != nil && state.Pass.Result != nil {
			result = state.Pass.Result
		}
		if result == nil && isRoot(state.InputPath) && isRoot(state.ResultPath) {
			return write{}, false
		}
		return resultWrite(state.ResultPath, result, fromState)
	}
	return write{}, !isRoot(state.InputPath)
}

// resultWrite returns what a result does at a ResultPath.
func resultWrite(path, result *asl.Expression, source dataSource) (write, bool) {
	if path == nil {
		return write{value: result, source: source}, true
	}
	if path.Kind == asl.Literal && path.Literal.IsNull() {
		return write{}, false
	}
	where, ok := placeOf(path)
	if !ok {
		return write{}, true
	}
	return write{at: where, value: result, source: source}, true
}

// errorOutput is what a Catcher writes: an object with Error and Cause.
var errorOutput = &asl.Expression{Kind: asl.ObjectTemplate, Members: []*asl.TemplateMember{
	{Key: "Error", Value: &asl.Expression{Kind: asl.SubstitutionText}}, {Key: "Cause", Value: &asl.Expression{Kind: asl.SubstitutionText}},
}}

func catcherWrites(edge *Edge, catcher *asl.Catcher, language asl.QueryLanguage) []write {
	if language == asl.JSONata {
		value := catcher.Output
		if value == nil {
			value = errorOutput
		}
		return []write{{edge: edge, value: value}}
	}
	w, ok := resultWrite(catcher.ResultPath, errorOutput, fromTask)
	if !ok {
		return nil
	}
	w.edge = edge
	return []write{w}
}

// first returns the name under which the place is found: of a variable its own,
// of data the first on the path.
func (p place) first() string {
	switch {
	case p.variable != "":
		return "$" + p.variable
	case len(p.path) > 0:
		return p.path[0]
	}
	return ""
}

// firsts returns the names of what a write can set to a constant.
func (w write) firsts() []string {
	if w.at.first() != "" || w.value == nil {
		return []string{w.at.first()}
	}
	var names []string
	for _, member := range w.value.Members {
		names = append(names, member.Key)
	}
	for _, member := range w.value.Literal.Members() {
		names = append(names, member.Key)
	}
	if w.value.JSONata != nil {
		ast.Walk(w.value.JSONata.Tree(), func(node ast.Node) bool {
			if object, ok := node.(*ast.Object); ok {
				for _, pair := range object.Pairs {
					if key, ok := pair.Key.(*ast.Literal); ok {
						names = append(names, key.Value.Str())
					}
				}
			}
			return true
		})
	}
	return names
}
