// Package scenario runs the archives with which the packages of the simulator are
// tested: a txtar archive holds a definition, and perhaps input.json, mocks.json,
// objects (s3/BUCKET/KEY), definitions of other machines (machines/NAME) and
// options (one a line: express, case NAME).
package scenario

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/simulate/s3"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// Scenario is one archive.
type Scenario struct {
	Archive  *txtar.Archive
	Options  simulate.Options
	Children []*simulate.Result // that the execution started
	Stages   []simulate.Stage   // the data at every stage
	Store    s3.Memory

	files    map[string]string
	testCase string
}

// Files lists the archives of a folder.
func Files(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.txtar"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("there are no archives in %s", folder)
	}
	return files, err
}

// Load reads an archive.
func Load(file string) (*Scenario, error) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		return nil, err
	}
	s := &Scenario{Archive: archive, files: map[string]string{}, Store: s3.Memory{}}
	for _, part := range archive.Files {
		s.files[part.Name] = string(part.Data)
		if path, isObject := strings.CutPrefix(part.Name, "s3/"); isObject {
			bucket, key, _ := strings.Cut(path, "/")
			if s.Store[bucket] == nil {
				s.Store[bucket] = map[string][]byte{}
			}
			s.Store[bucket][key] = part.Data
		}
	}
	s.Options = simulate.Options{
		Start: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), S3: s.Store, Machines: s.machine,
		Identity: simulate.Identity{MachineName: "Machine", ExecutionName: "run", Account: "123456789012"},
		Child:    func(r *simulate.Result) { s.Children = append(s.Children, r) },
		Trace:    func(stage simulate.Stage) { s.Stages = append(s.Stages, stage) },
	}
	return s, s.readOptions()
}

func (s *Scenario) readOptions() error {
	for _, line := range strings.Split(s.files["options"], "\n") {
		switch word, rest, _ := strings.Cut(line, " "); word {
		case "express":
			s.Options.Type = asl.Express
		case "case":
			s.testCase = rest
		case "trace", "":
		default:
			return fmt.Errorf("unknown option %q", word)
		}
	}
	return nil
}

// Has reports whether the options of the archive have a line with the word alone.
func (s *Scenario) Has(option string) bool {
	return strings.Contains("\n"+s.files["options"]+"\n", "\n"+option+"\n")
}

// File returns the text of a part of the archive, "" when it has none.
func (s *Scenario) File(name string) string { return s.files[name] }

// Set replaces or adds a part of the archive.
func (s *Scenario) Set(name, text string) {
	for i := range s.Archive.Files {
		if s.Archive.Files[i].Name == name {
			s.Archive.Files[i].Data = []byte(text)
			return
		}
	}
	s.Archive.Files = append(s.Archive.Files, txtar.File{Name: name, Data: []byte(text)})
}

func (s *Scenario) machine(name string) *simulate.Program {
	text, known := s.files["machines/"+name[strings.LastIndexByte(name, ':')+1:]]
	if !known {
		return nil
	}
	program, err := Compile(text)
	if err != nil {
		return nil
	}
	return program
}

// Compile makes a definition ready to run.
func Compile(definition string) (*simulate.Program, error) {
	machine, _ := asl.ParseFile("definition.asl.json", []byte(definition))
	program, findings := simulate.Compile(machine)
	if program == nil {
		return nil, errors.New(findings[0].Message)
	}
	return program, nil
}

// Run executes the scenario.
func (s *Scenario) Run(ctx context.Context) (*simulate.Result, error) {
	program, err := Compile(s.files["definition.asl.json"])
	if err != nil {
		return nil, err
	}
	config, problems := mock.Parse("mocks.json", orEmpty(s.files["mocks.json"]))
	for _, problem := range problems {
		return nil, errors.New(problem.String())
	}
	test, err := config.Select("Machine", s.testCase)
	if err != nil {
		return nil, err
	}
	s.Options.Handler = config.Answers(test).Handle
	input, err := value.Parse(orEmpty(s.files["input.json"]))
	if err != nil {
		return nil, err
	}
	return program.Start(input, s.Options).Run(ctx)
}

func orEmpty(text string) string {
	if text == "" {
		return "{}"
	}
	return text
}
