package timeline

import (
	"bytes"
	_ "embed"
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/simulate"
)

// HTMLOptions say what an HTML report holds beside the result.
type HTMLOptions struct {
	Title  string
	Class  string // class of the terminal, when known
	Stages []simulate.Stage
}

//go:embed report.html
var reportHTML string

// page is what the template of the report is given.
type page struct {
	Title, Class, Status, Terminal string
	Good                           bool
	Started                        string
	Duration                       string
	Events                         int
	Error, Cause, Input, Output    string
	Rows                           []row
	MapRuns                        []simulate.MapRun
	Notes                          []string
}

// row is one visit of a state.
type row struct {
	Depth        int
	Name, Type   string
	Context      string // "branch 1", "iteration 3"
	At, Span     string
	Left, Width  float64 // of the bar, in percent of the execution
	State        string  // "ok", "failed", "caught", "aborted"
	Note, Change string
	Attempts     []attemptRow
	Stages       []stageRow
}

type attemptRow struct {
	Number                 int
	Resource, At, Span     string
	Request, Result, Fault string
}

type stageRow struct{ Name, Data string }

// HTML returns a report of an execution as one HTML page that needs nothing else:
// a bar for every visit of a state, and its data.
func HTML(result *simulate.Result, options HTMLOptions) []byte {
	b := &pageBuilder{result: result, stages: map[int][]simulate.Stage{}}
	for _, stage := range options.Stages {
		b.stages[stage.Visit] = append(b.stages[stage.Visit], stage)
	}
	p := page{
		Title: options.Title, Class: options.Class, Status: result.Status.String(), Terminal: printable.Line(result.Terminal),
		Good: result.Status == simulate.Succeeded, Duration: span(result.Duration), Events: len(result.Events),
		Input: result.Input.Text(), MapRuns: result.MapRuns, Notes: result.Notes,
	}
	if !result.Output.IsAbsent() {
		p.Output = result.Output.Text()
	}
	if f := result.Failure; f != nil {
		p.Error, p.Cause = printable.Line(f.Error), printable.Text(f.Cause)
	}
	if len(result.Events) > 0 {
		b.start = result.Events[0].At
		p.Started = result.Events[0].Time().Format(time.RFC3339Nano)
	}
	b.thread(Build(result.Events), 0)
	p.Rows = b.rows
	var out bytes.Buffer
	if err := template.Must(template.New("report").Parse(reportHTML)).Execute(&out, p); err != nil {
		return []byte(template.HTMLEscapeString(err.Error()))
	}
	return []byte(printable.Text(out.String()))
}

type pageBuilder struct {
	result *simulate.Result
	stages map[int][]simulate.Stage
	start  time.Duration
	rows   []row
}

func (b *pageBuilder) thread(t *Thread, depth int) {
	for _, v := range t.Visits {
		b.visit(v, depth)
		for _, inner := range v.Threads {
			b.thread(inner, depth+1)
		}
	}
}

func (b *pageBuilder) visit(v *Visit, depth int) {
	r := row{
		Depth: depth, Name: printable.Line(v.Name), Type: v.Type, At: Clock(v.Entered - b.start), Span: span(v.Left - v.Entered),
		State: "ok", Left: b.percent(v.Entered - b.start), Width: b.percent(v.Left - v.Entered),
	}
	if owner := v.Thread.Owner; owner != nil {
		r.Context = "branch "
		if owner.Type == "Map" {
			r.Context = "iteration "
		}
		r.Context += strconv.Itoa(v.Thread.Index)
	}
	switch {
	case v.Caught:
		r.State, r.Note = "caught", "error caught"
	case v.Aborted || v.Thread.Outcome == "aborted" && !v.Exited:
		r.State = "aborted"
	case !v.Exited:
		r.State = "failed"
	}
	if v.Exited {
		r.Change = Change(v.Input, v.Output)
	}
	if v.Type == "Map" {
		r.Note = strings.TrimSpace(r.Note + " " + plural(v.Items, "item"))
	}
	if v.Failed != nil && len(v.Attempts) == 0 {
		r.Note = fault(v.Failed)
	}
	b.details(&r, v)
	b.rows = append(b.rows, r)
}

func (b *pageBuilder) details(r *row, v *Visit) {
	for i, a := range v.Attempts {
		text := attemptRow{Number: i + 1, Resource: resource(a.Resource), At: Clock(a.Started - b.start), Span: span(a.Ended - a.Started)}
		if !a.Request.IsAbsent() {
			text.Request = a.Request.Text()
		}
		if !a.Result.IsAbsent() {
			text.Result = a.Result.Text()
		}
		if a.Failure != nil {
			text.Fault = fault(a.Failure)
		}
		r.Attempts = append(r.Attempts, text)
	}
	stages := b.stages[v.ID]
	if len(stages) == 0 {
		r.Stages = append(r.Stages, stageRow{"input", v.Input.Text()})
		if v.Exited {
			r.Stages = append(r.Stages, stageRow{"output", v.Output.Text()})
		}
	}
	for _, stage := range stages {
		r.Stages = append(r.Stages, stageRow{stage.Name, stage.Data.Text()})
	}
	for _, variable := range v.Assigned {
		r.Stages = append(r.Stages, stageRow{"$" + variable.Name, variable.Value.Text()})
	}
}

func (b *pageBuilder) percent(d time.Duration) float64 {
	if b.result.Duration <= 0 {
		return 0
	}
	return 100 * float64(d) / float64(b.result.Duration)
}

func fault(f *history.Failure) string {
	switch {
	case f.NoError:
		return "failed"
	case f.NoCause || f.Cause == "":
		return printable.Line(f.Error)
	}
	return printable.Line(f.Error) + ": " + printable.Text(f.Cause)
}
