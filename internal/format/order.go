package format

import (
	"cmp"
	"slices"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// kind is what an object is in the language, which decides the order of its
// members. The elements of an array are of the kind of the array.
type kind uint8

const (
	data kind = iota // the author's own: never reordered
	host             // a template, somewhere in which definitions stand
	machine
	states // members are states, in the author's order
	state
	branch
	processor
	processorConfig
	retrier
	catcher
	choiceRule
	itemReader
	readerConfig
	itemBatcher
	resultWriter
	writerConfig
)

// member returns the kind of the value of a member.
func (k kind) member(key string) kind {
	switch k {
	case states:
		return state
	case data:
		return data
	}
	return kindsOfMembers[k][key]
}

// of returns the kind of the value of a member.
func (k kind) of(m *syntax.Member) kind {
	switch {
	case k != host:
		return k.member(m.Key.Value)
	case isDefinition(m):
		return machine
	}
	return host
}

var kindsOfMembers = map[kind]map[string]kind{
	machine:   {"States": states},
	branch:    {"States": states},
	processor: {"States": states, "ProcessorConfig": processorConfig},
	state: {
		"Retry": retrier, "Catch": catcher, "Choices": choiceRule, "Branches": branch,
		"ItemProcessor": processor, "Iterator": processor,
		"ItemReader": itemReader, "ItemBatcher": itemBatcher, "ResultWriter": resultWriter,
	},
	choiceRule:   {"And": choiceRule, "Or": choiceRule, "Not": choiceRule},
	itemReader:   {"ReaderConfig": readerConfig},
	resultWriter: {"WriterConfig": writerConfig},
}

// unknown marks the place of members that the order does not name: unknown
// fields, the comparison operators of Choice Rules.
const unknown = ""

// orders lists the fields of each kind as they are to stand. The order is that
// in which the service uses them: what the state is, what it runs, what that is
// given and how long it may take, what becomes of the result, what becomes of
// errors, where to go on. States come last, since they would hide what follows.
var orders = map[kind][]string{
	machine:   {"Comment", "QueryLanguage", "Version", "TimeoutSeconds", unknown, "StartAt", "States"},
	branch:    {"Comment", unknown, "StartAt", "States"},
	processor: {"Comment", "ProcessorConfig", unknown, "StartAt", "States"},
	state: {
		"Type", "Comment", "QueryLanguage", "Label",
		"Resource", "Credentials",
		"Error", "ErrorPath", "Cause", "CausePath",
		"InputPath",
		"ItemReader", "Items", "ItemsPath", "ItemSelector", "ItemBatcher",
		"Parameters", "Arguments",
		"TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath",
		"MaxConcurrency", "MaxConcurrencyPath",
		"ToleratedFailureCount", "ToleratedFailureCountPath",
		"ToleratedFailurePercentage", "ToleratedFailurePercentagePath",
		"Seconds", "SecondsPath", "Timestamp", "TimestampPath",
		"Result", "Branches", "ItemProcessor", "Iterator",
		"ResultWriter", "ResultSelector", "ResultPath", "OutputPath", "Output", "Assign",
		unknown,
		"Retry", "Catch",
		"Choices", "Default", "Next", "End",
	},
	retrier:         {"Comment", "ErrorEquals", "IntervalSeconds", "MaxAttempts", "BackoffRate", "MaxDelaySeconds", "JitterStrategy"},
	catcher:         {"Comment", "ErrorEquals", "ResultPath", "Output", "Assign", unknown, "Next"},
	choiceRule:      {"Comment", "Variable", unknown, "Not", "And", "Or", "Condition", "Output", "Assign", "Next"},
	processorConfig: namesOf(&spec.ProcessorConfig),
	itemReader:      {"Resource", "ReaderConfig", "Parameters", "Arguments"},
	readerConfig:    namesOf(&spec.ReaderConfig),
	itemBatcher:     namesOf(&spec.ItemBatcher),
	resultWriter:    {"Resource", "WriterConfig", "Parameters", "Arguments"},
	writerConfig:    namesOf(&spec.WriterConfig),
}

// namesOf lists the fields of a table, whose order serves small objects as it is.
func namesOf(table *spec.Table) []string {
	names := make([]string, 0, len(table.Fields))
	for i := range table.Fields {
		names = append(names, table.Fields[i].Name)
	}
	return names
}

// rank returns the place of a field in the order of its kind.
func (k kind) rank(key string) int {
	order := orders[k]
	if i := slices.Index(order, key); i >= 0 && key != unknown {
		return i
	}
	if i := slices.Index(order, unknown); i >= 0 {
		return i
	}
	return len(order)
}

// hasOrder reports whether the members of such an object have an order of
// their own.
func (k kind) hasOrder() bool { return len(orders[k]) > 0 }

// arrange returns the indexes of the members in the order in which they are to
// stand. Members of one place, among them those with the same key, keep theirs.
func (k kind) arrange(members []syntax.Member) []int {
	type placed struct{ index, rank int }
	all := make([]placed, len(members))
	for i := range members {
		all[i].index = i
		if k.hasOrder() {
			all[i].rank = k.rank(members[i].Key.Value)
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.rank, b.rank) })
	indexes := make([]int, len(all))
	for i, p := range all {
		indexes[i] = p.index
	}
	return indexes
}

// standsAlone reports whether such an object always has lines of its own, even
// when it would fit on one.
func (k kind) standsAlone() bool {
	switch k {
	case machine, states, state, branch, processor:
		return true
	}
	return false
}
