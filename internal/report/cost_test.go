package report

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// TestAReportOfOneLongLineCostsWhatItShows: a definition of half a megabyte in
// one line, with a finding for every state, must not be laid out anew for each.
func TestAReportOfOneLongLineCostsWhatItShows(t *testing.T) {
	const findings = 4_000
	line := strings.Repeat(`{"Type": "Pass", "Comment": "höher", "Next": "There"}, `, findings)
	file := syntax.NewFile("long.asl.json", []byte(line))
	var all Report
	for i := range findings {
		start := i * len(line) / findings
		all.Findings = append(all.Findings, diag.Diagnostic{
			Rule: "made-up", File: file, Span: syntax.Span{Start: start, End: start + 5}, Message: fmt.Sprint("finding ", i),
		})
	}
	for _, format := range []string{"text", "oneline", "json"} {
		formatter, err := New(format, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := formatter.Write(io.Discard, &all); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		if made := (after.TotalAlloc - before.TotalAlloc) >> 20; made > 256 {
			t.Errorf("%s: %d MiB are allocated for %d findings", format, made, findings)
		}
	}
}

func TestALongLineIsShownAroundTheMark(t *testing.T) {
	line := strings.Repeat("a", 300) + "MARK" + strings.Repeat("b", 300)
	file := syntax.NewFile("long.asl.json", []byte(line))
	for _, c := range []struct {
		mark          int
		before, after bool
	}{{0, false, true}, {300, true, true}, {603, true, false}} {
		cells, before, after := window(file, file.LineSpan(1), c.mark)
		if (before != "") != c.before || (after != "") != c.after || len(cells) != windowWidth {
			t.Errorf("mark at %d: %q, %d cells, %q", c.mark, before, len(cells), after)
		}
		if first := cells[0].offset; first > c.mark || first+len(cells) <= c.mark-1 {
			t.Errorf("mark at %d: the window begins at %d", c.mark, first)
		}
	}
}
