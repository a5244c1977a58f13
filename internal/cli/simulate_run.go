package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/internal/workspace"
	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/graph"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/generate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/simulate/timeline"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// runSimulate carries out sfnctl simulate.
func runSimulate(ctx context.Context, env *Env, flags *simulateFlags, argument string) error {
	job, err := newSimulation(ctx, env, flags, argument)
	if err != nil {
		return err
	}
	switch {
	case flags.generateMocks:
		return job.generate(ctx)
	case flags.state != "":
		return job.testState(ctx)
	case flags.runs > 1:
		return job.repeat(ctx)
	}
	return job.once(ctx)
}

// simulationJob is what one call of the command works on.
type simulationJob struct {
	env        *Env
	flags      *simulateFlags
	files      *workspace.Workspace
	file       string // of the definition
	name       string // of the state machine
	definition *workspace.Definition
	program    *simulate.Program
	mocks      *mock.Config
	testCase   *mock.Case
	answers    *mock.Answers
	options    simulate.Options
	childError error         // of writing child executions
	flow       graph.Options // what the configuration says about terminal states
}

// generate prints a mock file for the machine, and what could not be made.
func (j *simulationJob) generate(ctx context.Context) error {
	scenario, err := generate.ForMachine(ctx, j.definition.Machine, generate.Options{Name: j.name, Type: j.options.Type, Start: j.options.Start})
	if err != nil {
		return err
	}
	for _, note := range scenario.Notes {
		fmt.Fprintf(j.env.Stderr, "sfnctl: %s\n", printable.Line(note))
	}
	return j.env.printJSON(scenario.MockFile(j.flags.withInput))
}

// printJSON prints a JSON document.
func (e *Env) printJSON(document []byte) error {
	_, err := e.Stdout.Write(printable.JSON(document))
	return err
}

// executionInput is the input that is given or, without one, that of the test case.
func (j *simulationJob) executionInput(ctx context.Context) (value.Value, error) {
	input, err := j.env.readValue(ctx, "--input", j.flags.input)
	if err == nil && input.IsAbsent() && j.testCase != nil {
		input = j.testCase.Input
	}
	return input, err
}

// once runs the execution and prints it.
func (j *simulationJob) once(ctx context.Context) error {
	input, err := j.executionInput(ctx)
	if err != nil {
		return err
	}
	if len(input.Compact()) > spec.MaxPayloadBytes {
		return usagef("--input: the input is larger than 256 KiB, which StartExecution refuses")
	}
	var stages []simulate.Stage
	if j.flags.trace || j.flags.html != "" || j.flags.format == "html" {
		j.options.Trace = func(stage simulate.Stage) { stages = append(stages, stage) }
	}
	result, err := j.program.Start(input, j.options).Run(ctx)
	if err != nil {
		return j.explain(err)
	}
	if err := errors.Join(j.print(ctx, result, stages), j.childError); err != nil {
		return err
	}
	for _, problem := range j.answers.Unused() {
		fmt.Fprintf(j.env.Stderr, "sfnctl: %s\n", printable.Line(problem.String()))
	}
	if result.Status != simulate.Succeeded {
		return errFault()
	}
	return nil
}

// explain turns what stopped the simulation into an error for the user.
func (j *simulationJob) explain(err error) error {
	var unanswered *simulate.Unanswered
	if errors.As(err, &unanswered) {
		if j.flags.state != "" && j.flags.mocks == "" {
			return usagef(`%s: state %q has no mock for %s; add --mock '{"result": ...}'`, j.file, unanswered.State, unanswered.Resource)
		}
		return usagef("%s: %w", j.file, err)
	}
	return err
}

// print writes the result in the formats asked for.
func (j *simulationJob) print(ctx context.Context, result *simulate.Result, stages []simulate.Stage) error {
	class := j.terminalClass(result)
	if j.flags.history != "" {
		if err := j.env.writeFile(ctx, j.flags.history, historyDocument(result, j.options.Type)); err != nil {
			return err
		}
	}
	page := func() []byte {
		return timeline.HTML(result, timeline.HTMLOptions{Title: j.name, Class: class, Stages: stages})
	}
	if j.flags.html != "" {
		if err := j.env.writeFile(ctx, j.flags.html, page()); err != nil {
			return err
		}
	}
	switch j.flags.format {
	case "json":
		text := simulate.AppendResult(nil, result, simulate.JSONOptions{Type: j.options.Type, Class: class, Stages: j.traced(stages)})
		return j.env.printJSON(append(text, '\n'))
	case "html":
		_, err := j.env.Stdout.Write(page())
		return err
	}
	palette := j.env.palette(j.env.Stdout)
	err := timeline.WriteText(j.env.Stdout, result, timeline.Options{
		Class: class, Stages: j.traced(stages),
		Style: timeline.Style{Good: palette.Good, Bad: palette.Error, Strong: palette.Strong, Faint: palette.Faint},
	})
	if err == nil && j.flags.history != "" {
		_, err = fmt.Fprintf(j.env.Stdout, "drawn   sfnctl graph %s --history %s\n", printable.Line(j.file), printable.Line(j.flags.history))
	}
	return err
}

func (j *simulationJob) traced(stages []simulate.Stage) []simulate.Stage {
	if j.flags.trace {
		return stages
	}
	return nil
}

// repeat runs the execution many times and prints how long that took.
func (j *simulationJob) repeat(ctx context.Context) error {
	input, err := j.executionInput(ctx)
	if err != nil {
		return err
	}
	// What one run leaves is small and soon forgotten: collecting it less often
	// costs a few megabytes and saves much of the time.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	statuses := map[simulate.Status]int{}
	events, started := 0, j.env.Now()
	for i := range j.flags.runs {
		if ctx.Err() != nil {
			return errors.Join(j.printRepeated(statuses, i, events, j.env.Now().Sub(started)), &partialError{i, j.flags.runs, "executions"})
		}
		j.options.Seed = j.flags.seed + uint64(i)
		j.answers.Reset()
		result, err := j.program.Start(input, j.options).Run(ctx)
		if err != nil {
			return j.explain(err)
		}
		statuses[result.Status]++
		events += len(result.Events)
	}
	return j.printRepeated(statuses, j.flags.runs, events, j.env.Now().Sub(started))
}

func (j *simulationJob) printRepeated(statuses map[simulate.Status]int, runs, events int, took time.Duration) error {
	rate := float64(runs) / max(took.Seconds(), 1e-9)
	if j.flags.format == "json" {
		counts := ""
		for status := simulate.Running; status <= simulate.Aborted; status++ {
			if statuses[status] > 0 {
				counts += fmt.Sprintf("%q:%d,", status.String(), statuses[status])
			}
		}
		_, err := fmt.Fprintf(j.env.Stdout, `{"runs":%d,"statuses":{%s},"events":%d,"seconds":%.6f,"executionsPerSecond":%.1f}`+"\n",
			runs, strings.TrimSuffix(counts, ","), events, took.Seconds(), rate)
		return err
	}
	for status := simulate.Running; status <= simulate.Aborted; status++ {
		if statuses[status] > 0 {
			fmt.Fprintf(j.env.Stdout, "%-10s %d\n", status, statuses[status])
		}
	}
	_, err := fmt.Fprintf(j.env.Stdout, "%d executions, %d events in %s: %.0f executions a second\n",
		runs, events, took.Round(time.Millisecond), rate)
	return err
}

// firstError returns the first finding that keeps a definition from being run.
func firstError(findings []diag.Diagnostic) *diag.Diagnostic {
	for i := range findings {
		if findings[i].Severity == diag.Error {
			return &findings[i]
		}
	}
	return nil
}
