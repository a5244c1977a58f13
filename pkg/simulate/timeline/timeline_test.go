package timeline_test

import (
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/simulate/internal/scenario"
	"github.com/sfnctl/sfnctl/pkg/simulate/timeline"
	"github.com/sfnctl/sfnctl/pkg/value"
)

var update = flag.Bool("update", false, "write the timelines into the golden files")

// shown are the archives whose timelines are kept: one for every way in which a
// run can look.
var shown = []string{
	"choice_jsonata", "distributed_failure_allowed", "execution_timeout", "jsonata_undefined", "map_concurrent", "map_failure",
	"map_sequential", "nested", "parallel", "parallel_failure", "parallel_retry", "task_backoff_cap", "task_retry_and_catch", "task_timeout", "trace", "wait",
}

func TestTimelinesAreReadable(t *testing.T) {
	for _, name := range shown {
		s, err := scenario.Load(filepath.Join("..", "testdata", name+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		result, err := s.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		options := timeline.Options{}
		if s.Has("trace") {
			options.Stages = s.Stages
		}
		var out strings.Builder
		if err := timeline.WriteText(&out, result, options); err != nil {
			t.Fatal(err)
		}
		compare(t, filepath.Join("testdata", name+".golden"), out.String())
	}
}

func compare(t *testing.T, file, got string) {
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got), see -update:\n%s", file, diff)
	}
}

// TestEveryRunHasATimelineAndAReport holds both to taking whatever a run leaves,
// and the report to being well-formed and to escaping what is in the data.
func TestEveryRunHasATimelineAndAReport(t *testing.T) {
	files, err := scenario.Files(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		s, err := scenario.Load(file)
		if err != nil {
			t.Fatal(err)
		}
		result, _ := s.Run(t.Context())
		visits := 0
		for i := range result.Events {
			if result.Events[i].IsEntered() {
				visits++
			}
		}
		if got := countVisits(timeline.Build(result.Events)); got > visits || got == 0 {
			t.Errorf("%s: %d visits of %d entries", file, got, visits)
		}
		result.Notes = append(result.Notes, `<script>"&`)
		page := timeline.HTML(result, timeline.HTMLOptions{Title: "<t>", Stages: s.Stages})
		if strings.Contains(string(page), `<script>`) {
			t.Errorf("%s: the page is not escaped", file)
		}
		checkXML(t, file, page)
	}
}

func countVisits(thread *timeline.Thread) int {
	n := 0
	for _, visit := range thread.Visits {
		n++
		for _, inner := range visit.Threads {
			n += countVisits(inner)
		}
	}
	return n
}

// checkXML reads a page as XML that closes all elements but void ones.
func checkXML(t *testing.T, file string, page []byte) {
	decoder := xml.NewDecoder(strings.NewReader(string(page)))
	decoder.Strict = false
	decoder.AutoClose = xml.HTMLAutoClose
	decoder.Entity = xml.HTMLEntity
	for {
		if _, err := decoder.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Errorf("%s: %v", file, err)
			return
		}
	}
}

func TestChangeNamesWhatAStateDid(t *testing.T) {
	for _, test := range []struct{ input, output, want string }{
		{`{"a":1}`, `{"a":1.0}`, ""},
		{`{"a":1,"b":2}`, `{"a":2,"c":3}`, "~a +c -b"},
		{`{"a":1}`, `{"b":1}`, "new data"},
		{`{"a":1}`, `[1]`, "new data"},
		{`{}`, `{"a":1}`, "+a"},
		{`{"k":0}`, `{"k":0,"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1}`, "+a +b +c +d +e +f …"},
	} {
		input, _ := value.Parse(test.input)
		output, _ := value.Parse(test.output)
		if got := timeline.Change(input, output); got != test.want {
			t.Errorf("%s to %s: %q, want %q", test.input, test.output, got, test.want)
		}
	}
}
