package report

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/printable"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// text is the format for people: the headline, the source with a caret, the
// places that explain it, the way an execution takes there, and what to do.
type text struct{ palette *Palette }

func newText(options Options) text {
	if options.Palette == nil {
		return text{NewPalette(false)}
	}
	return text{options.Palette}
}

// maxRelated is how many related places one finding shows.
const maxRelated = 5

// Write implements [Formatter].
func (t text) Write(w io.Writer, report *Report) error {
	out := bufio.NewWriter(w)
	for i := range report.Findings {
		t.finding(out, locate(&report.Findings[i]))
		fmt.Fprintln(out)
	}
	fmt.Fprintln(out, t.summary(report))
	return out.Flush()
}

func (t text) finding(out io.Writer, p place) {
	fmt.Fprintln(out, headline(p, t.palette))
	inline, block := splitHelp(p.Help)
	related, elsewhere := relatedSnippets(p)
	snippets := append([]snippet{{file: p.file, span: p.span, mark: '^', label: inline}}, related...)
	gutter := gutterWidth(snippets)
	margin := strings.Repeat(" ", gutter)
	for _, s := range snippets {
		fmt.Fprintf(out, "%s\n", t.palette.Faint(margin+" |"))
		for _, line := range s.render(gutter, t.palette, p.Severity) {
			fmt.Fprintln(out, line)
		}
	}
	for _, note := range elsewhere {
		t.note(out, margin, "see", note)
	}
	if len(p.Path) > 0 {
		t.note(out, margin, "path", PathText(p.Path))
	}
	if block != "" {
		t.note(out, margin, "help", block)
	}
}

// note prints a remark below the source; further lines are indented.
func (t text) note(out io.Writer, margin, kind, content string) {
	lines := strings.Split(strings.TrimRight(content, "\n"), "\n")
	fmt.Fprintf(out, "%s %s %s\n", margin, t.palette.Faint("= "+kind+":"), printable.Line(lines[0]))
	for _, line := range lines[1:] {
		fmt.Fprintf(out, "%s     %s\n", margin, printable.Line(line))
	}
}

// inlineHelp is the length up to which a help stands next to the caret.
const inlineHelp = 60

func splitHelp(help string) (inline, block string) {
	if help == "" || len(help) > inlineHelp || strings.Contains(help, "\n") {
		return "", help
	}
	return "help: " + help, ""
}

// relatedSnippets returns the related places as snippets where they are in the
// same file, else as text.
func relatedSnippets(p place) (snippets []snippet, elsewhere []string) {
	for i, related := range p.Related {
		if i == maxRelated {
			elsewhere = append(elsewhere, fmt.Sprintf("and %d more places", len(p.Related)-maxRelated))
			break
		}
		file, span := locateRelated(related, p)
		if file == p.file {
			snippets = append(snippets, snippet{file: file, span: span, mark: '-', label: related.Message})
			continue
		}
		start := file.Position(span.Start, syntax.CodePoints)
		elsewhere = append(elsewhere, fmt.Sprintf("%s:%d:%d: %s", file.Name, start.Line, start.Column, related.Message))
	}
	return snippets, elsewhere
}

func gutterWidth(snippets []snippet) int {
	last := 0
	for _, s := range snippets {
		last = max(last, s.file.Position(s.span.Start, syntax.Bytes).Line)
	}
	return len(strconv.Itoa(last))
}

func (t text) summary(report *Report) string {
	counts := []string{}
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Info} {
		if n := report.Count(severity); n > 0 {
			counts = append(counts, t.palette.Severity(severity, plural(n, severity.String())))
		}
	}
	where := plural(report.Machines, "state machine")
	if len(report.Files) != report.Machines {
		where += " of " + plural(len(report.Files), "file")
	}
	if len(counts) == 0 && report.Unread > 0 {
		return "no findings in " + where + "; " + t.unread(report)
	}
	if len(counts) == 0 {
		return t.palette.Good("nothing to complain of") + " in " + where
	}
	summary := strings.Join(counts, ", ") + " in " + where
	if report.Fixable > 0 {
		summary += fmt.Sprintf("; %d can be fixed with --fix", report.Fixable)
	}
	if report.Unread > 0 {
		summary += "; " + t.unread(report)
	}
	return summary
}

func (t text) unread(report *Report) string {
	return t.palette.Severity(diag.Error, plural(report.Unread, "file")+" could not be checked")
}

func plural(n int, word string) string {
	switch {
	case n == 1:
		return "1 " + word
	case word == "info":
		return fmt.Sprintf("%d infos", n)
	}
	return fmt.Sprintf("%d %ss", n, word)
}
