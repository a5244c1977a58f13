package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/simulate/mockcheck"
	"github.com/sfnctl/sfnctl/pkg/syntax"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// newSimulation reads everything that a simulation needs.
func newSimulation(ctx context.Context, env *Env, flags *simulateFlags, argument string) (*simulationJob, error) {
	j := &simulationJob{env: env, flags: flags, file: argument}
	switch flags.format {
	case "text", "json", "html":
	default:
		return nil, usagef("--format is %q; it can be text, json or html", flags.format)
	}
	if flags.withInput && !flags.generateMocks {
		return nil, usagef("--with-input goes with --generate-mocks; the input of an execution is given with --input")
	}
	if flags.runs < 1 {
		return nil, usagef("--runs is %d; it must be at least 1", flags.runs)
	}
	loads := []func(context.Context) error{j.loadDefinition, j.loadConfig, j.loadContext, j.checkType, j.loadMocks, j.loadMachines, j.loadStore, j.loadChildren}
	for _, load := range loads {
		if err := load(ctx); err != nil {
			return nil, err
		}
	}
	return j, nil
}

func (j *simulationJob) loadDefinition(ctx context.Context) error {
	var err error
	if j.files, err = j.flags.workspace(ctx, j.env); err != nil {
		return err
	}
	if j.definition, err = j.files.ReadOne(ctx, j.file); err != nil {
		return err
	}
	j.name = machineName(j.file)
	if j.definition.Name != "" {
		j.name = j.definition.Name
	}
	if j.flags.state != "" {
		return nil
	}
	j.program, err = compile(j.file, j.definition)
	return err
}

// compile makes a definition ready to run, or says what keeps it from running.
func compile(file string, d *workspace.Definition) (*simulate.Program, error) {
	program, findings := simulate.Compile(d.Machine)
	if program != nil {
		return program, nil
	}
	finding := firstError(d.Findings)
	if finding == nil {
		finding = firstError(findings)
	}
	place, span, _ := finding.File.Locate(finding.Span)
	at := place.Position(span.Start, syntax.CodePoints)
	if d.Name != "" {
		file = place.Name
	}
	text := fmt.Sprintf("%s:%d:%d: %s", file, at.Line, at.Column, finding.Message)
	if finding.Help != "" {
		text += "; " + finding.Help
	}
	return nil, faultf("%s", text)
}

// checkType reports that the service would not create the machine with the type
// it is to run with.
func (j *simulationJob) checkType(context.Context) error {
	if j.program == nil {
		return nil
	}
	for _, finding := range j.program.RefusedAs(j.options.Type) {
		place, span, _ := finding.File.Locate(finding.Span)
		at := place.Position(span.Start, syntax.CodePoints)
		return faultf("%s:%d:%d: %s; %s", j.file, at.Line, at.Column, finding.Message, finding.Help)
	}
	return nil
}

// machineName is what a state machine is called after its file.
func machineName(file string) string {
	name := filepath.Base(file)
	for _, suffix := range []string{".json", ".yaml", ".yml", ".asl"} {
		name = strings.TrimSuffix(name, suffix)
	}
	if name == "-" || name == "" {
		return "StateMachine"
	}
	return name
}

// loadContext works out who the execution is and when it starts.
func (j *simulationJob) loadContext(ctx context.Context) error {
	switch strings.ToUpper(j.flags.kind) {
	case "":
		j.options.Type = j.definition.Type
	case "STANDARD":
	case "EXPRESS":
		j.options.Type = asl.Express
	default:
		return usagef("--type is %q; it can be STANDARD or EXPRESS", j.flags.kind)
	}
	j.options.Seed = j.flags.seed
	j.options.Start = j.env.Now().UTC().Truncate(time.Millisecond)
	contextObject, err := j.env.readValue(ctx, "--context", j.flags.context)
	if err != nil {
		return err
	}
	if j.flags.state == "" { // a state that is tested gets the context object as it is
		j.identify(contextObject)
	}
	started := j.flags.startTime
	if started == "" {
		started = j.options.Identity.StartTime
	} else {
		j.options.Identity.StartTime = ""
	}
	if started == "" {
		return nil
	}
	j.options.Start, err = time.Parse(time.RFC3339Nano, started)
	if err != nil {
		return usagef("the start time %q is no timestamp such as 2030-01-31T08:00:00Z", started)
	}
	return nil
}

// identify takes names and ARNs from a context object; the rest of it the
// expressions see as it is.
func (j *simulationJob) identify(contextObject value.Value) {
	execution, machine := contextObject.Get("Execution"), contextObject.Get("StateMachine")
	id := &j.options.Identity
	id.ExecutionARN, id.ExecutionName = execution.Get("Id").Str(), execution.Get("Name").Str()
	id.RoleARN, id.StartTime = execution.Get("RoleArn").Str(), execution.Get("StartTime").Str()
	id.MachineARN, id.MachineName = machine.Get("Id").Str(), machine.Get("Name").Str()
	if id.MachineName == "" && id.MachineARN == "" {
		id.MachineName = j.name
	}
	if id.MachineName == "" {
		id.MachineName = id.MachineARN[strings.LastIndexByte(id.MachineARN, ':')+1:]
	}
	j.name = id.MachineName
	j.options.Context = contextObject
}

// loadMocks reads the mock file, if there is one, and chooses the test case.
func (j *simulationJob) loadMocks(ctx context.Context) error {
	j.mocks = &mock.Config{}
	if j.flags.mocks != "" {
		text, err := j.env.readFile(ctx, "--mocks", j.flags.mocks)
		if err != nil {
			return err
		}
		var problems []mock.Problem
		j.mocks, problems = mock.Parse(j.flags.mocks, string(text))
		if err := j.refuse(problems); err != nil {
			return err
		}
		if j.testCase, err = j.mocks.Select(j.name, j.flags.testCase); err != nil {
			return usagef("%w", err)
		}
		if j.testCase != nil {
			mode, known := mockcheck.ParseMode(strings.ToUpper(j.flags.validation))
			if !known {
				return usagef("--mock-validation is %q; it can be STRICT, PRESENT or NONE", j.flags.validation)
			}
			if err := j.refuse(j.mocks.CheckMachine(j.definition.Machine, j.testCase, j.flags.machines != nil, mode)); err != nil {
				return err
			}
		}
	}
	j.answers = j.mocks.Answers(j.testCase)
	j.options.Handler = j.answers.Handle
	return nil
}

// refuse prints warnings about mocks, and makes an error of what cannot work.
func (j *simulationJob) refuse(problems []mock.Problem) error {
	var wrong []string
	for _, problem := range problems {
		if problem.Warning {
			fmt.Fprintf(j.env.Stderr, "sfnctl: %s\n", printable.Line(problem.String()))
		} else {
			wrong = append(wrong, problem.String())
		}
	}
	if len(wrong) > 0 {
		return usagef("%s", strings.Join(wrong, "\n"))
	}
	return nil
}

// loadMachines reads the definitions of nested state machines.
func (j *simulationJob) loadMachines(ctx context.Context) error {
	programs := map[string]*simulate.Program{}
	for _, pair := range j.flags.machines {
		at := strings.LastIndexByte(pair, '=')
		if at <= 0 {
			return usagef("--machine is %q; it must be ARN-OR-NAME=FILE", pair)
		}
		name, file := pair[:at], pair[at+1:]
		d, err := j.files.ReadOne(ctx, file)
		if err != nil {
			return err
		}
		if programs[name], err = compile(file, d); err != nil {
			return err
		}
	}
	j.options.Machines = func(name string) *simulate.Program {
		if program := programs[name]; program != nil {
			return program
		}
		return programs[name[strings.LastIndexByte(name, ':')+1:]]
	}
	return nil
}

// readValue reads JSON from a flag: a file, JSON text, or - for standard input;
// absent when the flag is not given.
func (e *Env) readValue(ctx context.Context, flag, argument string) (value.Value, error) {
	if argument == "" {
		return value.Value{}, nil
	}
	text := argument
	isFile := argument == "-" || e.files.Exists(e.path(argument))
	switch {
	case isFile:
		content, err := e.readFile(ctx, flag, argument)
		if err != nil {
			return value.Value{}, err
		}
		text = strings.TrimPrefix(string(content), "\uFEFF")
	case !looksLikeJSON(argument):
		return value.Value{}, usagef("%s: there is no file %q, and it is not JSON text", flag, argument)
	}
	v, err := value.Parse(text)
	var fault *value.SyntaxError
	if isFile && errors.As(err, &fault) {
		at := syntax.NewFile(argument, []byte(text)).Position(fault.Offset, syntax.CodePoints)
		return v, usagef("%s: %s:%d:%d: invalid JSON: %s", flag, argument, at.Line, at.Column, fault.Message)
	}
	if err != nil {
		return v, usagef("%s: %w", flag, err)
	}
	return v, nil
}

func looksLikeJSON(text string) bool {
	_, err := value.Parse(text)
	return err == nil || strings.HasPrefix(strings.TrimSpace(text), "{") || strings.HasPrefix(strings.TrimSpace(text), "[")
}
