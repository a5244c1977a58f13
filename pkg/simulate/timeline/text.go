package timeline

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/sfnctl/sfnctl/pkg/history"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Style paints parts of the text; a nil function leaves its part as it is.
type Style struct {
	Good, Bad, Strong, Faint func(string) string
}

func paint(f func(string) string, text string) string {
	if f == nil {
		return text
	}
	return f(text)
}

// Options say how the text is to look.
type Options struct {
	Style  Style
	Class  string           // class of the terminal, when known
	Stages []simulate.Stage // the data of every stage, printed below the states
	Width  int              // of the terminal; 0 for 100
}

// WriteText writes an execution as a timeline: a line for every state with the
// virtual time, what it did, and which members of its data changed.
func WriteText(w io.Writer, result *simulate.Result, options Options) error {
	if options.Width == 0 {
		options.Width = 100
	}
	p := &printer{w: w, options: options, stages: map[int][]simulate.Stage{}, runs: map[string]*simulate.MapRun{}}
	for _, stage := range options.Stages {
		p.stages[stage.Visit] = append(p.stages[stage.Visit], stage)
	}
	for i := range result.MapRuns {
		p.runs[result.MapRuns[i].ARN] = &result.MapRuns[i]
	}
	root := Build(result.Events)
	if len(result.Events) > 0 {
		p.start = result.Events[0].At
	}
	if n := len(result.Events); n > 0 {
		p.clock = len(Clock(result.Events[n-1].At - p.start))
	}
	p.measure(root, 0)
	p.thread(root, 0)
	p.end(result)
	return p.err
}

type printer struct {
	w       io.Writer
	options Options
	stages  map[int][]simulate.Stage
	runs    map[string]*simulate.MapRun // by ARN
	start   time.Duration
	clock   int // width of the column of times
	names   int // width of the column of names
	err     error
}

const maxNameWidth = 36

func (p *printer) measure(t *Thread, depth int) {
	for _, v := range t.Visits {
		p.names = max(p.names, min(2*depth+len([]rune(printable.Line(v.Name))), maxNameWidth))
		for _, inner := range v.Threads {
			p.measure(inner, depth+2)
		}
	}
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

// line prints a line with the virtual time in front.
func (p *printer) line(at time.Duration, depth int, name, text string) {
	p.printf("%s  %s  %s\n", paint(p.options.Style.Faint, fmt.Sprintf("%*s", p.clock, Clock(at-p.start))), p.name(depth, name), text)
}

// more prints a line that goes on with the state above it.
func (p *printer) more(depth int, text string) {
	p.printf("%*s  %s%s\n", p.clock, "", strings.Repeat("  ", depth+1), text)
}

func (p *printer) name(depth int, name string) string {
	indent := strings.Repeat("  ", depth)
	name = printable.Line(name)
	padding := max(p.names-len(indent)-len([]rune(name)), 0)
	return indent + paint(p.options.Style.Strong, name) + strings.Repeat(" ", padding)
}

// Clock formats a time on the virtual clock: 0:00.000, 1:00:00.000, 3d 00:00:00.000.
func Clock(d time.Duration) string {
	days := int(d / (24 * time.Hour))
	d -= time.Duration(days) * 24 * time.Hour
	hours, minutes := int(d/time.Hour), int(d/time.Minute)%60
	seconds := float64(d%time.Minute) / float64(time.Second)
	switch {
	case days > 0:
		return fmt.Sprintf("%dd %02d:%02d:%06.3f", days, hours, minutes, seconds)
	case hours > 0:
		return fmt.Sprintf("%d:%02d:%06.3f", hours, minutes, seconds)
	}
	return fmt.Sprintf("%d:%06.3f", minutes, seconds)
}

func (p *printer) thread(t *Thread, depth int) {
	for i, v := range t.Visits {
		var next *Visit
		if i+1 < len(t.Visits) {
			next = t.Visits[i+1]
		}
		p.visit(v, next, depth)
	}
}

func (p *printer) visit(v, next *Visit, depth int) {
	p.line(v.Entered, depth, v.Name, p.summary(v, next))
	p.threads(v, depth)
	p.attempts(v, depth)
	if failure := v.Failed; failure != nil && len(v.Attempts) == 0 {
		p.more(depth, p.failure(failure))
	}
	if v.Caught && next != nil {
		p.more(depth, "caught, goes to "+printable.Line(next.Name))
	}
	for _, variable := range v.Assigned {
		p.more(depth, paint(p.options.Style.Faint, "$"+printable.Line(variable.Name)+" = "+p.short(variable.Value)))
	}
	previous := ""
	for _, stage := range p.stages[v.ID] {
		if text := stage.Data.Text(); text == previous && stage.Name != "output" {
			continue
		} else {
			previous = text
		}
		p.more(depth, paint(p.options.Style.Faint, fmt.Sprintf("%-19s %s", stage.Name, printable.Line(stage.Data.Text()))))
	}
}

// summary is what stands beside the name of a state.
func (p *printer) summary(v, next *Visit) string {
	parts := []string{fmt.Sprintf("%-8s", v.Type)}
	switch v.Type {
	case "Task":
		if n := len(v.Attempts); n > 0 && v.Attempts[0].Resource != "" {
			parts = append(parts, printable.Line(resource(v.Attempts[n-1].Resource)))
			if n == 1 && v.Attempts[0].Failure == nil && v.Attempts[0].Done {
				parts = append(parts, paint(p.options.Style.Good, "ok")+took(v.Attempts[0]))
			}
		}
	case "Choice":
		if next != nil {
			parts = append(parts, "→ "+printable.Line(next.Name))
		}
	case "Wait":
		if !v.Aborted {
			parts = append(parts, "waits "+span(v.Left-v.Entered))
		}
	case "Map":
		parts = append(parts, p.items(v))
	case "Parallel":
		parts = append(parts, plural(len(v.Threads), "branch"))
	}
	if v.Aborted {
		parts = append(parts, paint(p.options.Style.Bad, "cut off")+" after "+span(v.Left-v.Entered))
	}
	if v.Exited {
		if change := Change(v.Input, v.Output); change != "" {
			parts = append(parts, paint(p.options.Style.Faint, printable.Line(change)))
		}
	}
	return strings.TrimRight(strings.Join(parts, "  "), " ")
}

// items tells how many items a Map has, and in distributed mode what became of them.
func (p *printer) items(v *Visit) string {
	run := p.runs[v.MapRun]
	if run == nil {
		return plural(v.Items, "item")
	}
	text := plural(run.Items.Total, "item") + " in " + plural(run.Executions.Total, "child execution")
	for _, outcome := range []struct {
		count int
		name  string
	}{{run.Items.Failed, "failed"}, {run.Items.TimedOut, "timed out"}, {run.Items.Aborted, "aborted"}} {
		if outcome.count > 0 {
			text += ", " + paint(p.options.Style.Bad, fmt.Sprintf("%d %s", outcome.count, outcome.name))
		}
	}
	return text
}

// resource shortens the ARN of a function or activity to its name.
func resource(text string) string {
	if strings.HasPrefix(text, "arn:") {
		parts := strings.SplitN(text, ":", 7)
		if len(parts) == 7 {
			return parts[2] + " " + parts[6]
		}
	}
	return text
}

func took(a *Attempt) string {
	if a.Ended == a.Started {
		return ""
	}
	return " after " + span(a.Ended-a.Started)
}

// span formats a length of time.
func span(d time.Duration) string {
	if d >= 24*time.Hour {
		days := d / (24 * time.Hour)
		rest := d - days*24*time.Hour
		if rest == 0 {
			return plural(int(days), "day")
		}
		return plural(int(days), "day") + " " + rest.String()
	}
	text := d.String()
	for _, suffix := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, suffix) {
			text = text[:len(text)-2]
		}
	}
	return text
}

func plural(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "ch"):
		return fmt.Sprintf("%d %ses", n, noun)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// attempts prints the tries of a state when there was more than one, or when
// the only one failed.
func (p *printer) attempts(v *Visit, depth int) {
	for i, a := range v.Attempts {
		switch {
		case a.Failure != nil:
			text := p.failure(a.Failure)
			if a.TimedOut {
				text += took(a)
			}
			if i+1 < len(v.Attempts) {
				text += paint(p.options.Style.Faint, "  retried after "+span(v.Attempts[i+1].Started-a.Ended))
			}
			if len(v.Attempts) > 1 {
				text = fmt.Sprintf("attempt %d  %s", i+1, text)
			}
			p.more(depth, text)
		case len(v.Attempts) > 1:
			p.more(depth, fmt.Sprintf("attempt %d  %s%s", i+1, paint(p.options.Style.Good, "ok"), took(a)))
		}
	}
}

func (p *printer) failure(f *history.Failure) string {
	name := f.Error
	if f.NoError || name == "" {
		name = "failed"
	}
	text := paint(p.options.Style.Bad, "✗ "+printable.Line(name))
	if !f.NoCause && f.Cause != "" {
		text += ": " + p.cut(f.Cause)
	}
	return text
}

func (p *printer) cut(text string) string {
	text = printable.Line(strings.Join(strings.Fields(text), " "))
	if runes := []rune(text); len(runes) > p.options.Width {
		return string(runes[:p.options.Width-1]) + "…"
	}
	return text
}

func (p *printer) short(v value.Value) string { return p.cut(v.Text()) }

// threads prints what ran in a Parallel or Map. Iterations that went alike are
// printed once.
func (p *printer) threads(v *Visit, depth int) {
	for _, group := range alike(v.Threads) {
		first, last := group[0], group[len(group)-1]
		title := "branch"
		if v.Type == "Map" {
			title = "iteration"
		}
		text := fmt.Sprintf("%s %d", title, first.Index)
		if len(group) > 1 {
			text = fmt.Sprintf("%ss %d–%d (%d alike)", title, first.Index, last.Index, len(group))
		}
		if first.Outcome == "failed" || first.Outcome == "aborted" {
			text += "  " + paint(p.options.Style.Bad, first.Outcome)
		}
		p.more(depth, paint(p.options.Style.Faint, text))
		p.thread(first, depth+2)
	}
}

// alike groups neighbouring threads that did the same at the same time.
func alike(threads []*Thread) [][]*Thread {
	var groups [][]*Thread
	previous := ""
	for _, t := range threads {
		shape := t.shape()
		if n := len(groups); n > 0 && shape == previous {
			groups[n-1] = append(groups[n-1], t)
			continue
		}
		previous = shape
		groups = append(groups, []*Thread{t})
	}
	return groups
}

// shape describes what a thread did, without its data.
func (t *Thread) shape() string {
	var b strings.Builder
	t.writeShape(&b)
	return b.String()
}

func (t *Thread) writeShape(b *strings.Builder) {
	fmt.Fprintf(b, "%s(", t.Outcome)
	for _, v := range t.Visits {
		fmt.Fprintf(b, "%s@%d-%d:%t", v.Name, v.Entered, v.Left, v.Exited)
		for _, a := range v.Attempts {
			if a.Failure != nil {
				fmt.Fprintf(b, "!%s", a.Failure.Error)
			}
		}
		for _, inner := range v.Threads {
			inner.writeShape(b)
		}
	}
	b.WriteByte(')')
}

// end prints how the execution ended.
func (p *printer) end(r *simulate.Result) {
	style := p.options.Style.Good
	if r.Status != simulate.Succeeded {
		style = p.options.Style.Bad
	}
	text := paint(style, r.Status.String())
	if r.Terminal != "" {
		text += " in " + paint(p.options.Style.Strong, printable.Line(r.Terminal))
	}
	if p.options.Class != "" {
		text += " (" + p.options.Class + ")"
	}
	text += fmt.Sprintf(" after %s, %s", span(r.Duration), plural(len(r.Events), "event"))
	p.printf("\n%s\n", text)
	if f := r.Failure; f != nil {
		if !f.NoError {
			p.printf("error   %s\n", printable.Line(f.Error))
		}
		if !f.NoCause && f.Cause != "" {
			p.printf("cause   %s\n", printable.Text(f.Cause))
		}
	}
	if !r.Output.IsAbsent() {
		p.printf("output  %s\n", printable.Line(r.Output.Text()))
	}
	for _, note := range r.Notes {
		p.printf("note    %s\n", printable.Line(note))
	}
}
