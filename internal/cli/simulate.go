package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// simulateFlags are the flags of sfnctl simulate.
type simulateFlags struct {
	input      string
	mocks      string
	testCase   string
	validation string
	kind       string
	s3         string
	startTime  string
	context    string
	seed       uint64
	machines   []string

	format   string
	history  string
	html     string
	children string
	trace    bool
	runs     int

	generateMocks bool
	withInput     bool

	state      string
	inspect    string
	variables  string
	mock       string
	roleARN    string
	retries    int
	failures   int
	readerData string
	causedBy   string

	workspaceFlags
}

func newSimulateCommand(env *Env) *cobra.Command {
	flags := &simulateFlags{}
	command := &cobra.Command{
		Use:   "simulate [flags] DEFINITION",
		Short: "Run a state machine offline, event for event as AWS does",
		Long: `simulate executes a state machine on a virtual clock: a Wait of a year takes no
time, and yet every timestamp is right. Tasks are answered by a mock file in the
format of AWS Step Functions Local (MockConfigFile.json); --generate-mocks writes
one to begin with.

DEFINITION is a file, FILE#NAME for one of the state machines of a template, or -
for standard input. The input of the execution is a
file, JSON text, or - for standard input.

Exit codes: 0 the execution SUCCEEDED; 1 it ended otherwise, or the definition
cannot be run; 2 wrong arguments, mocks or input; 3 a file could not be read or written.`,
		Example: strings.Join([]string{
			"  sfnctl simulate orders.asl.json --generate-mocks --with-input",
			"  sfnctl simulate orders.asl.json --mocks orders.mocks.json --case added --input orders.input.json",
			"  sfnctl simulate orders.asl.json --mocks orders.mocks.json --case known-user --format json",
			"  sfnctl simulate workflows/trip.asl.json --mocks workflows/trip.mocks.json --case no-car --history history.json",
			"  sfnctl simulate orders.asl.json --state AddUser --input '{\"name\": \"Ada\"}' --mock '{\"result\": {\"Payload\": {}}}'",
		}, "\n"),
		Args: oneArgument("a definition"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSimulate(cmd.Context(), env, flags, args[0])
		},
	}
	flags.register(command)
	return command
}

func (f *simulateFlags) register(command *cobra.Command) {
	set := command.Flags()
	f.registerTemplates(set)
	set.StringVarP(&f.input, "input", "i", "", "input of the execution: a file, JSON text, or - (default {})")
	set.StringVarP(&f.mocks, "mocks", "m", "", "mock file, MockConfigFile.json of AWS Step Functions Local")
	set.StringVarP(&f.testCase, "case", "c", "", "test case of the mock file (default: the only one there is)")
	set.StringVar(&f.validation, "mock-validation", "PRESENT", "hold mocked results to the APIs of their tasks: STRICT refuses what does not fit, PRESENT warns, NONE")
	set.StringVar(&f.kind, "type", "", "type of the state machine: STANDARD or EXPRESS (default what its template says, else STANDARD)")
	set.StringVar(&f.s3, "s3", "", "folder that stands for Amazon S3: the object KEY of BUCKET is BUCKET/KEY in it")
	set.StringVar(&f.startTime, "start-time", "", "what the virtual clock shows at the start, such as 2030-01-31T08:00:00Z (default now)")
	set.StringVar(&f.context, "context", "", "JSON file with Execution {Id, Name, RoleArn, StartTime} and StateMachine {Id, Name} of the context object")
	set.Uint64Var(&f.seed, "seed", 1, "seed of ids, uuids, random numbers and jitter")
	set.StringArrayVar(&f.machines, "machine", nil, "ARN-OR-NAME=FILE, the definition of a nested state machine; may be given several times")

	set.StringVar(&f.config, "config", "", "the configuration file, instead of the nearest .sfnctl.yaml; it may say what terminal states mean")
	set.BoolVar(&f.noConfig, "no-config", false, "read no configuration file")

	set.StringVarP(&f.format, "format", "f", "text", "the output: text, json or html")
	set.StringVar(&f.history, "history", "", "also write the events to this file, as get-execution-history prints them")
	set.StringVar(&f.html, "html", "", "also write a self-contained HTML report to this file")
	set.StringVar(&f.children, "children", "", "also write every child execution to this folder: NAME.json, as --format json prints it")
	set.BoolVar(&f.trace, "trace", false, "show the data at every stage of every state")
	set.IntVar(&f.runs, "runs", 1, "execute this many times and print how long that took")

	set.BoolVar(&f.generateMocks, "generate-mocks", false, "run nothing; print a mock file: a case that succeeds, and one for each error of each Catcher")
	set.BoolVar(&f.withInput, "with-input", false, "with --generate-mocks, write the input of each case into the file as well, so that it runs by itself")

	set.StringVar(&f.state, "state", "", "test this state alone, as the TestState API does")
	set.StringVar(&f.inspect, "inspect", "INFO", "with --state, what to tell of the data on its way: INFO, DEBUG or TRACE")
	set.StringVar(&f.variables, "variables", "", "with --state, the workflow variables: a file or JSON text")
	set.StringVar(&f.mock, "mock", "", `with --state, the answer: {"result": ...} or {"errorOutput": {"error": ..., "cause": ...}}, a file or JSON text`)
	set.StringVar(&f.roleARN, "role-arn", "", "with --state, the role of the execution")
	set.IntVar(&f.retries, "retrier-retry-count", 0, "with --state, how often the Retrier that takes the error has retried already")
	set.IntVar(&f.failures, "map-iteration-failure-count", -1, "with --state, how many iterations of a Map fail")
	set.StringVar(&f.readerData, "map-item-reader-data", "", "with --state, what the ItemReader of a Map reads")
	set.StringVar(&f.causedBy, "error-caused-by-state", "", "with --state, the inner state that raises the mocked error")
}
