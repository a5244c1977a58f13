package conformance_test

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// event is an event of a history, normalised for comparison.
type event struct {
	id, previous int
	kind         string
	label        string      // type, and state or iteration
	details      value.Value // of the whole event, without ids
}

var (
	// ignoredDetails depend on the account, never on the interpreter.
	ignoredDetails = map[string]bool{"roleArn": true, "stateMachineVersionArn": true, "stateMachineAliasArn": true}
	truncations    = map[string]bool{"inputDetails": true, "outputDetails": true, "assignedVariablesDetails": true}
	enteredAt      = regexp.MustCompile(`\(entered at the event id #\d+\)`)
)

// events normalises events: what depends on the run is dropped.
func events(list value.Value) []event {
	var out []event
	for _, v := range list.Items() {
		out = append(out, normalise(v))
	}
	return out
}

func number(v value.Value) int {
	n, _ := v.Int()
	return int(n)
}

func normalise(v value.Value) event {
	e := event{id: number(v.Get("id")), previous: number(v.Get("previousEventId")), kind: v.Get("type").Str()}
	var members []value.Member
	name, index := "", ""
	for _, m := range v.Members() {
		switch {
		case m.Key == "id" || m.Key == "previousEventId" || m.Key == "timestamp":
		case strings.HasSuffix(m.Key, "EventDetails"):
			if n := m.Value.Get("name"); !n.IsAbsent() {
				name = n.Str()
			} else if e.kind == "EvaluationFailed" {
				name = m.Value.Get("state").Str()
			}
			if i := m.Value.Get("index"); !i.IsAbsent() {
				index = i.Compact()
			}
			if details := normaliseDetails(m.Value); details.Len() > 0 {
				members = append(members, value.Member{Key: m.Key, Value: details})
			}
		default:
			members = append(members, m)
		}
	}
	e.label = e.kind + " " + name + " " + index
	e.details = value.Object(members...)
	return e
}

func normaliseDetails(v value.Value) value.Value {
	var members []value.Member
	for _, m := range v.Members() {
		switch {
		case ignoredDetails[m.Key] || m.Value.IsNull():
			continue
		case truncations[m.Key] && !m.Value.Get("truncated").Bool():
			continue
		case m.Key == "assignedVariables" && m.Value.Len() == 0:
			continue
		}
		members = append(members, m)
	}
	return value.Object(members...)
}

// sortParallel does to events what the recorder of some histories did to those
// of every Parallel: it zeroed their ids, sorted them and lost the last one
// before an exit. The list changes while it is walked, as it did there.
func sortParallel(list value.Value) value.Value {
	all := slices.Clone(list.Items())
	start, inside := -1, false
	var within []value.Value
	for i := 0; i < len(all); i++ {
		switch kind := all[i].Get("type").Str(); kind {
		case "ParallelStateSucceeded", "ParallelStateAborted", "ParallelStateExited", "ParallelStateFailed":
			if start >= 0 {
				sort.SliceStable(within, func(a, b int) bool { return sortedText(within[a]) < sortedText(within[b]) })
				all = append(append(slices.Clone(all[:start]), within...), all[i:]...)
			}
			inside = false
		case "ParallelStateStarted":
			inside, within, start = true, nil, i+1
		default:
			if inside {
				all[i] = all[i].With("id", value.Int(0)).With("previousEventId", value.Int(0))
				within = append(within, all[i])
			}
		}
	}
	return value.Array(all...)
}

// sortedText is the text by which the recorder sorted: keys in order, blanks
// after colons and commas.
func sortedText(v value.Value) string {
	switch v.Kind() {
	case value.KindObject:
		members := slices.SortedFunc(slices.Values(v.Members()), func(a, b value.Member) int { return strings.Compare(a.Key, b.Key) })
		parts := make([]string, len(members))
		for i, m := range members {
			parts[i] = value.String(m.Key).Compact() + ": " + sortedText(m.Value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case value.KindArray:
		parts := make([]string, v.Len())
		for i, item := range v.Items() {
			parts[i] = sortedText(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return v.Compact()
}

// region is a stretch of events whose order is a matter of chance: the inside of
// a Parallel, or of a Map that runs its iterations side by side.
type region struct{ start, end int }

func regions(list []event, states map[string]value.Value) []region {
	var out []region
	for i := 0; i < len(list); i++ {
		kind, isGroup := strings.CutSuffix(list[i].kind, "Entered")
		if !isGroup || kind != "MapState" && kind != "ParallelState" {
			continue
		}
		name := strings.Fields(list[i].label + " ")[1:]
		exit := kind + "Exited " + strings.Join(name, " ")
		j := i + 1
		for j < len(list) && strings.TrimSpace(list[j].label) != strings.TrimSpace(exit) && !strings.HasPrefix(list[j].kind, "Execution") {
			j++
		}
		end := j
		for end > i+1 && slices.Contains([]string{kind + "Succeeded", kind + "Failed", kind + "Aborted"}, list[end-1].kind) {
			end--
		}
		if isConcurrent(list[i+1:end], kind, states[strings.Join(name, " ")]) {
			out = append(out, region{i + 1, end})
			i = j - 1
		}
	}
	return out
}

func isConcurrent(inside []event, kind string, state value.Value) bool {
	iterations := 0
	for _, e := range inside {
		if e.id == 0 {
			return true
		}
		if e.kind == "MapIterationStarted" {
			iterations++
		}
	}
	if kind == "MapState" {
		return iterations > 1 && number(state.Get("MaxConcurrency")) != 1
	}
	return state.Get("Branches").Len() > 1
}

// statesOf collects the states of a definition by name, nested ones included.
func statesOf(definition value.Value, into map[string]value.Value) {
	for _, m := range definition.Get("States").Members() {
		into[m.Key] = m.Value
		for _, branch := range m.Value.Get("Branches").Items() {
			statesOf(branch, into)
		}
		statesOf(m.Value.Get("Iterator"), into)
		statesOf(m.Value.Get("ItemProcessor"), into)
	}
}

// sequence replaces regions by one entry each.
func sequence(list []event, regs []region) (labels []string, at []int) {
	for i := 0; i < len(list); {
		if len(regs) > 0 && regs[0].start == i && regs[0].end > i {
			labels, at = append(labels, "(region)"), append(at, -1)
			i, regs = regs[0].end, regs[1:]
			continue
		}
		labels, at = append(labels, strings.TrimSpace(list[i].label)), append(at, i)
		i++
	}
	return labels, at
}

func maskIDs(v value.Value) value.Value {
	masked, err := value.ParseCompact(enteredAt.ReplaceAllString(v.Compact(), "(entered at the event id #N)"))
	if err != nil {
		return v
	}
	return masked
}

// threads splits the events of a region by the event they hang on; nil when the
// ids are not known.
func threads(list []event) []string {
	ids, starts, owner := map[int]bool{}, map[int]bool{}, map[int]int{}
	for _, e := range list {
		if e.id == 0 {
			return nil
		}
		ids[e.id] = true
		if e.kind == "MapStateStarted" || e.kind == "ParallelStateStarted" {
			starts[e.id] = true
		}
	}
	texts := map[int]string{}
	for _, e := range list {
		key := e.id
		if e.kind != "MapIterationStarted" && ids[e.previous] && !starts[e.previous] {
			key = owner[e.previous]
		}
		owner[e.id] = key
		texts[key] += fmt.Sprintf("%s; ", strings.TrimSpace(e.label))
	}
	var out []string
	for _, text := range texts {
		out = append(out, text)
	}
	sort.Strings(out)
	return out
}
