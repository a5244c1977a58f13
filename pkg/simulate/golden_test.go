package simulate_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/history"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
	"github.com/sfnctl/sfnctl/pkg/value"
)

var update = flag.Bool("update", false, "write what the simulator does into the golden files")

// TestExecutionsLeaveTheirHistory runs every archive in testdata. An archive has
// a definition and perhaps input.json, mocks.json, objects (s3/BUCKET/KEY),
// definitions of other machines (machines/NAME) and options (one a line: express,
// trace, case NAME, seed N); "want" is what the run must leave.
func TestExecutionsLeaveTheirHistory(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no archives in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := newScenario(t, archive)
	got := s.run(t)
	if *update {
		s.set("want", got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(s.files["want"], got); diff != "" {
		t.Errorf("the history differs (-want +got), see -update:\n%s", diff)
	}
}

// scenario is one archive.
type scenario struct {
	archive  *txtar.Archive
	files    map[string]string
	options  simulate.Options
	testCase string
	trace    bool
	children []string
	store    s3.Memory
	stages   []string
}

func newScenario(t testing.TB, archive *txtar.Archive) *scenario {
	s := &scenario{archive: archive, files: map[string]string{}, store: s3.Memory{}}
	for _, file := range archive.Files {
		s.files[file.Name] = string(file.Data)
		if path, ok := strings.CutPrefix(file.Name, "s3/"); ok {
			bucket, key, _ := strings.Cut(path, "/")
			if s.store[bucket] == nil {
				s.store[bucket] = map[string][]byte{}
			}
			s.store[bucket][key] = file.Data
		}
	}
	s.options = simulate.Options{
		Start: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), S3: s.store,
		Identity: simulate.Identity{MachineName: "Machine", ExecutionName: "run", Account: "123456789012"},
		Machines: s.machines(t),
		Child:    func(r *simulate.Result) { s.children = append(s.children, describe(r)) },
	}
	for _, line := range strings.Split(s.files["options"], "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch word {
		case "express":
			s.options.Type = asl.Express
		case "case":
			s.testCase = rest
		case "trace":
			s.options.Trace = func(stage simulate.Stage) {
				s.stages = append(s.stages, fmt.Sprintf("%s %s %s", stage.State, stage.Name, stage.Data.Text()))
			}
		case "":
		default:
			t.Fatalf("unknown option %q", word)
		}
	}
	return s
}

func (s *scenario) machines(t testing.TB) func(string) *simulate.Program {
	return func(name string) *simulate.Program {
		text, ok := s.files["machines/"+name[strings.LastIndexByte(name, ':')+1:]]
		if !ok {
			return nil
		}
		return compile(t, text)
	}
}

func compile(t testing.TB, text string) *simulate.Program {
	t.Helper()
	machine, _ := asl.ParseFile("definition.asl.json", []byte(text))
	program, findings := simulate.Compile(machine)
	if program == nil {
		t.Fatalf("the definition cannot be run: %s", findings[0].Message)
	}
	return program
}

func (s *scenario) set(name, text string) {
	for i := range s.archive.Files {
		if s.archive.Files[i].Name == name {
			s.archive.Files[i].Data = []byte(text)
			return
		}
	}
	s.archive.Files = append(s.archive.Files, txtar.File{Name: name, Data: []byte(text)})
}

// run executes the scenario and describes what it left.
func (s *scenario) run(t testing.TB) string {
	before := map[string]bool{}
	for bucket, objects := range s.store {
		for key := range objects {
			before[bucket+"/"+key] = true
		}
	}
	config, problems := mock.Parse("mocks.json", orEmpty(s.files["mocks.json"]))
	for _, problem := range problems {
		t.Errorf("mocks: %s", problem)
	}
	test, err := config.Select("Machine", s.testCase)
	if err != nil {
		t.Fatal(err)
	}
	s.options.Handler = config.Answers(test).Handle
	input, err := value.Parse(orEmpty(s.files["input.json"]))
	if err != nil {
		t.Fatal(err)
	}
	result, err := compile(t, s.files["definition.asl.json"]).Start(input, s.options).Run(t.Context())
	if err != nil {
		return "error: " + err.Error() + "\n"
	}
	var out bytes.Buffer
	out.WriteString(describe(result))
	for i, child := range s.children {
		fmt.Fprintf(&out, "\nchild %d\n%s", i, child)
	}
	for _, stage := range s.stages {
		fmt.Fprintf(&out, "stage %s\n", stage)
	}
	for _, bucket := range sortedKeys(s.store) {
		for _, key := range sortedKeys(s.store[bucket]) {
			if !before[bucket+"/"+key] {
				fmt.Fprintf(&out, "\nobject %s/%s\n%s\n", bucket, key, s.store[bucket][key])
			}
		}
	}
	return out.String()
}

func orEmpty(text string) string {
	if text == "" {
		return "{}"
	}
	return text
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// describe prints a result: one line for every event, with its virtual time.
func describe(r *simulate.Result) string {
	var out strings.Builder
	for i := range r.Events {
		e := &r.Events[i]
		fmt.Fprintf(&out, "%d <- %d  %s  %s%s\n", e.ID, e.Previous, e.Time().Sub(r.Events[0].Time()), e.Type, details(e))
	}
	fmt.Fprintf(&out, "%s in %q after %s\n", r.Status, r.Terminal, r.Duration)
	for _, note := range r.Notes {
		fmt.Fprintf(&out, "note: %s\n", note)
	}
	return out.String()
}

// details prints the details of an event without what every event has.
func details(e *history.Event) string {
	v, err := value.ParseCompact(string(e.AppendJSON(nil)))
	if err != nil {
		return err.Error()
	}
	for _, member := range v.Members() {
		if strings.HasSuffix(member.Key, "EventDetails") {
			text := member.Value.Without("inputDetails").Without("outputDetails").Without("assignedVariablesDetails").Compact()
			return "  " + strings.ReplaceAll(text, `\"`, "'")
		}
	}
	return ""
}
