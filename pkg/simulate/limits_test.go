package simulate_test

import (
	"flag"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// execute runs a definition that calls nothing.
func execute(t testing.TB, definition string, input value.Value, options simulate.Options) *simulate.Result {
	t.Helper()
	result, err := compile(t, definition).Start(input, options).Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestLoopEndsWhenTheHistoryIsFull(t *testing.T) {
	result := execute(t, `{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Choice", "Choices": [
		{"Variable": "$.stop", "IsPresent": true, "Next": "End"}], "Default": "A"}, "End": {"Type": "Succeed"}}}`, value.Object(), simulate.Options{})
	if result.Status != simulate.Failed || len(result.Events) != 25_000 {
		t.Fatalf("%s after %d events", result.Status, len(result.Events))
	}
	last := result.Events[len(result.Events)-1]
	const cause = "The execution reached the maximum number of history events (25000)."
	if last.ID != 25_000 || last.Previous != 24_999 || last.Failure() == nil || last.Failure().Cause != cause || result.Failure.Error != "States.Runtime" {
		t.Errorf("the last event is %s", last.AppendJSON(nil))
	}
}

func TestYearTakesNoTime(t *testing.T) {
	started := time.Now()
	result := execute(t, `{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 31535999, "End": true}}}`, value.Object(), simulate.Options{})
	if result.Status != simulate.Succeeded || result.Duration != 31535999*time.Second {
		t.Errorf("%s after %s", result.Status, result.Duration)
	}
	if took := time.Since(started); took > time.Second {
		t.Errorf("a year took %s", took)
	}
}

func TestStandardWorkflowHasAYear(t *testing.T) {
	result := execute(t, `{"StartAt": "W", "States": {"W": {"Type": "Wait", "Seconds": 99999999, "End": true}}}`, value.Object(), simulate.Options{})
	if result.Status != simulate.TimedOut || result.Duration != 365*24*time.Hour {
		t.Errorf("%s after %s", result.Status, result.Duration)
	}
}

func TestTenThousandBranches(t *testing.T) {
	branch := `{"StartAt": "S%d", "States": {"S%d": {"Type": "Succeed"}}}`
	var branches []string
	for i := range 10_000 {
		branches = append(branches, fmt.Sprintf(branch, i, i))
	}
	definition := `{"StartAt": "P", "States": {"P": {"Type": "Parallel", "Branches": [` + strings.Join(branches, ",") + `], "ResultPath": null, "End": true}}}`
	result := execute(t, definition, value.Object(), simulate.Options{})
	// Every branch writes two events: 20,000 and those of the Parallel fit.
	if result.Status != simulate.Succeeded || len(result.Events) != 20_006 {
		t.Errorf("%s with %d events", result.Status, len(result.Events))
	}
}

func TestDeepInputIsPassedThrough(t *testing.T) {
	text := strings.Repeat(`{"a":[`, 4_999) + "1" + strings.Repeat("]}", 4_999)
	input, err := value.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	result := execute(t, `{"StartAt": "P", "States": {"P": {"Type": "Pass", "ResultPath": "$.b", "Next": "Q"}, "Q": {"Type": "Pass", "Parameters": {"deep.$": "$..a"}, "End": true}}}`, input, simulate.Options{})
	if result.Status == simulate.Running {
		t.Errorf("the execution did not end")
	}
}

func TestPayloadLimitIsExact(t *testing.T) {
	const definition = `{"StartAt": "P", "States": {"P": {"Type": "Pass", "Parameters": {"a.$": "$.text"}, "End": true}}}`
	for _, test := range []struct {
		size int
		want simulate.Status
	}{{262_144, simulate.Succeeded}, {262_145, simulate.Failed}} {
		text := strings.Repeat("x", test.size-len(`{"a":""}`))
		result := execute(t, definition, value.Object(value.Member{Key: "text", Value: value.String(text)}), simulate.Options{})
		if result.Status != test.want {
			t.Errorf("an output of %d bytes: %s", test.size, result.Status)
		}
	}
}

func TestDefinitionOfAMegabyte(t *testing.T) {
	var states strings.Builder
	for i := range 12_000 {
		fmt.Fprintf(&states, `"State number %05d": {"Type": "Pass", "Next": "State number %05d", "Comment": "x"},`, i, i+1)
	}
	states.WriteString(`"State number 12000": {"Type": "Succeed"}`)
	definition := `{"StartAt": "State number 00000", "States": {` + states.String() + `}}`
	result := execute(t, definition, value.Object(), simulate.Options{})
	if result.Status != simulate.Succeeded {
		t.Errorf("%s: %+v", result.Status, result.Failure)
	}
}

// rows is an object of many CSV rows that is made while it is read.
type rows struct {
	s3.Memory
	count int
}

func (r rows) Open(string, string) (io.ReadCloser, error) {
	in, out := io.Pipe()
	go func() {
		fmt.Fprintln(out, "id,name,amount")
		for i := range r.count {
			if _, err := fmt.Fprintf(out, "%d,customer %d,%d\n", i, i, i%100); err != nil {
				return
			}
		}
		out.Close()
	}()
	return in, nil
}

const manyRows = `{"StartAt": "Each", "States": {"Each": {"Type": "Map", "ToleratedFailurePercentage": 50,
	"ItemReader": {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}, "Parameters": {"Bucket": "b", "Key": "k.csv"}},
	"ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "Check", "States": {
		"Check": {"Type": "Choice", "Choices": [{"Variable": "$.amount", "StringEquals": "13", "Next": "Unlucky"}], "Default": "Fine"},
		"Unlucky": {"Type": "Fail", "Error": "Thirteen"}, "Fine": {"Type": "Pass", "Parameters": {"id.$": "$.id"}, "End": true}}},
	"ResultWriter": {"Resource": "arn:aws:states:::s3:putObject", "Parameters": {"Bucket": "out", "Prefix": "p"}},
	"End": true}}}`

// nowhere is a store that forgets what is written.
type nowhere struct{ rows }

func (nowhere) Create(string, string) (io.WriteCloser, error) { return discard{}, nil }

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }
func (discard) Close() error                { return nil }

var manyRowsCount = flag.Int("rows", 100_000, "how many rows the test of a large Map has")

func TestManyRowsNeedLittleMemory(t *testing.T) {
	count := *manyRowsCount
	runtime.GC() // what earlier tests left does not count
	peak := make(chan uint64)
	done := make(chan bool)
	go func() {
		var most uint64
		var stats runtime.MemStats
		for {
			select {
			case <-done:
				peak <- most
				return
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&stats)
				most = max(most, stats.HeapAlloc)
			}
		}
	}()
	started := time.Now()
	result := execute(t, manyRows, value.Object(), simulate.Options{S3: nowhere{rows{count: count}}})
	close(done)
	most := <-peak
	t.Logf("%d rows in %s, at most %d MiB of heap", count, time.Since(started).Round(time.Millisecond), most>>20)
	if result.Status != simulate.Succeeded || len(result.MapRuns) != 1 {
		t.Fatalf("%s: %+v", result.Status, result.Failure)
	}
	run := result.MapRuns[0]
	if run.Items.Total != count || run.Items.Failed != count/100 || run.Items.Succeeded != count-count/100 {
		t.Errorf("the run: %+v", run)
	}
	if most > 128<<20 {
		t.Errorf("the heap grew to %d MiB", most>>20)
	}
}

// TestWhatStartsItselfIsBounded: machines that multiply or call themselves come
// to an end, in the memory of a small machine.
func TestWhatStartsItselfIsBounded(t *testing.T) {
	distributed := func(inner string) string {
		return `{"Type": "Map", "ItemsPath": "$", "End": true, "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
			"StartAt": "Many", "States": {"Many": {"Type": "Pass", "Result": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30], "Next": "M"}, "M": ` + inner + `}}}`
	}
	nested := `{"Type": "Pass", "End": true}`
	for range 5 {
		nested = distributed(nested)
	}
	program := compiled(t, `{"StartAt": "M", "States": {"M": `+nested+`}}`)
	if _, err := program.Start(value.Array(value.Int(1), value.Int(2)), simulate.Options{}).Run(t.Context()); err == nil || !strings.Contains(err.Error(), "the simulation gives up after 50000 child executions") {
		t.Error(err)
	}
	self := compiled(t, `{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
		"Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:123456789012:stateMachine:self"}, "End": true}}}`)
	result, err := self.Start(value.Object(), simulate.Options{Machines: func(string) *simulate.Program { return self }}).Run(t.Context())
	if err != nil || result.Status != simulate.Failed {
		t.Errorf("%v, %v", result.Status, err)
	}
}
