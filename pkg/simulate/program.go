package simulate

import (
	"sync"
	"sync/atomic"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Program is a state machine ready to be executed, any number of times and by
// several goroutines at once. Everything that does not depend on data is worked
// out here: transitions are pointers, templates know the order of their members.
type Program struct {
	machine *asl.Machine
	root    *region
	timeout float64 // seconds; 0 for none

	// events is how many events the last execution wrote: what the next one
	// makes room for.
	events atomic.Int64

	// members and objects are how many of them it made out of its arena.
	members, objects atomic.Int64

	// spare holds what executions that have ended leave for the next ones.
	spare sync.Pool
}

// workspace is the memory that an execution works with and that outlives it.
type workspace struct {
	agenda agenda
	frames framePool
	call   TaskCall
}

// workspace returns memory to work with: used before, or new.
func (p *Program) workspace() *workspace {
	if w, ok := p.spare.Get().(*workspace); ok {
		return w
	}
	return &workspace{}
}

// Machine returns the machine that was compiled.
func (p *Program) Machine() *asl.Machine { return p.machine }

type region struct {
	start  *state
	states []*state
	owner  *state
}

// state is a compiled state. Of the parts below the line those of its type are set.
type state struct {
	ast     *asl.State
	name    string
	kind    asl.StateType
	jsonata bool
	region  *region
	next    *state
	end     bool

	entered, exited history.Type

	inputPath, outputPath *pathField // nil: $
	resultPath            *pathField // nil: $
	parameters            *template  // Parameters, or Arguments
	resultSelector        *template
	output                *template
	assign                *assignment
	retry                 []*retrier
	catch                 []*catcher

	task     *taskState
	pass     value.Value // Result; absent when there is none
	choice   *choiceState
	wait     *waitState
	fail     *failState
	branches []*region
	mapping  *mapState
}

// pathField is a field that holds a path, or null.
type pathField struct {
	path    *jsonpath.Path // nil for null
	isWhole bool           // $ itself
	text    string
}

type assignment struct {
	names  []string
	values []*template
}

type retrier struct {
	errors      []string
	backoff     spec.Backoff
	maxAttempts int
}

type catcher struct {
	errors     []string
	next       *state
	resultPath *pathField
	output     *template
	assign     *assignment
}

type taskState struct {
	resource    *spec.Resource
	kind        taskKind
	marker      *history.Details // shared by the events that only name the resource
	credentials *template
	timeout     *quantity
	heartbeat   *quantity
	checks      []parameterCheck
}

type choiceState struct {
	rules     []*choiceRule
	otherwise *state
}

type choiceRule struct {
	condition *template // JSONata
	test      ruleTest  // JSONPath
	next      *state
	assign    *assignment
	output    *template
}

type waitState struct {
	seconds, timestamp         *template
	secondsPath, timestampPath *pathField
}

type failState struct {
	err, cause           *template
	errorPath, causePath *template
}

type mapState struct {
	processor      *region
	program        *Program // of the child executions of a distributed Map
	distributed    bool
	express        bool
	label          string
	itemsPath      *pathField
	items          *template
	itemSelector   *template
	maxConcurrency *quantity
	failureCount   *quantity
	failurePercent *quantity
	reader         *readerConfig
	batcher        *batcherConfig
	writer         *writerConfig
}

// quantity is a number that stands in a field as it is, behind a path, or as
// the value of an expression.
type quantity struct {
	field string
	value *template  // the literal or JSONata form
	path  *pathField // the ...Path form
}
