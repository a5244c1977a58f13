package conformance_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// recording is a case of the conformance data: what the service was given and
// what it did.
type recording struct {
	ID         string          `json:"id"`
	Kind       string          `json:"kind"`
	Type       string          `json:"type"`
	Definition json.RawMessage `json:"definition"`
	Input      json.RawMessage `json:"input"`
	InputRaw   *string         `json:"input_raw"`
	Context    struct {
		StateMachineName, StateMachineArn string
		ExecutionName, ExecutionArn       string
		StartTime                         string
	} `json:"context"`
	Mocks     json.RawMessage `json:"mocks"`
	S3Objects []struct {
		Bucket, Key, Body string
	} `json:"s3_objects"`
	Expected       json.RawMessage `json:"expected"`
	Normalisations []string        `json:"normalisations"`
	Flags          []string        `json:"flags"`
}

func (r *recording) flagged(flag string) bool {
	for _, f := range r.Flags {
		if f == flag {
			return true
		}
	}
	return false
}

// sharedFolder returns a folder of the shared data, which lies beside the module.
func sharedFolder(t testing.TB, elements ...string) string {
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if parent := filepath.Dir(dir); parent != dir {
			dir = parent
			continue
		}
		t.Fatal("there is no go.mod above the test")
	}
	folder := filepath.Join(append([]string{dir, "..", "shared"}, elements...)...)
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the recordings are not here: %v", err)
	}
	return folder
}

// jsonFiles lists the JSON files below a folder.
func jsonFiles(t testing.TB, folder string) []string {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(path, ".json") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func loadRecordings(t testing.TB, folder string) []*recording {
	var recordings []*recording
	for _, file := range jsonFiles(t, folder) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		r := &recording{}
		if err := json.Unmarshal(text, r); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		recordings = append(recordings, r)
	}
	return recordings
}

// run simulates a recording.
func (r *recording) run(t testing.TB) (*simulate.Result, error) {
	machine, _ := asl.ParseFile("definition.asl.json", r.Definition)
	program, findings := simulate.Compile(machine)
	if program == nil {
		t.Fatalf("%s: %v", r.ID, findings[0].Message)
	}
	options := simulate.Options{S3: r.store(), Identity: simulate.Identity{
		MachineName: r.Context.StateMachineName, MachineARN: r.Context.StateMachineArn,
		ExecutionName: r.Context.ExecutionName, ExecutionARN: r.Context.ExecutionArn,
	}}
	options.Start, _ = time.Parse(time.RFC3339, r.Context.StartTime)
	if r.Type == "EXPRESS" {
		options.Type = asl.Express
	}
	config, problems := mock.Parse("mocks.json", string(r.Mocks))
	for _, problem := range problems {
		if !problem.Warning {
			t.Errorf("%s: %s", r.ID, problem)
		}
	}
	test, err := config.Select(r.Context.StateMachineName, "recorded")
	if err != nil {
		t.Fatal(err)
	}
	options.Handler = config.Answers(test).Handle
	text := string(r.Input)
	if r.InputRaw != nil {
		text = *r.InputRaw
	}
	input, err := value.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return program.Start(input, options).Run(t.Context())
}

func (r *recording) store() s3.Store {
	store := s3.Memory{}
	for _, object := range r.S3Objects {
		if store[object.Bucket] == nil {
			store[object.Bucket] = map[string][]byte{}
		}
		store[object.Bucket][object.Key] = []byte(object.Body)
	}
	return store
}
