package simulate_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/simulate/mock"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// benchFolder returns the folder of the workflows to measure with, which lies
// beside the module.
func benchFolder(b testing.TB) string {
	folder := filepath.Join("..", "..", "..", "shared", "bench")
	if _, err := os.Stat(folder); err != nil {
		b.Skipf("the workflows to measure with are not here: %v", err)
	}
	return folder
}

func read(b testing.TB, path ...string) []byte {
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		b.Fatal(err)
	}
	return text
}

func BenchmarkOrder(b *testing.B) {
	for _, name := range []string{"order", "order.jsonata", "order.pass"} {
		b.Run(name, func(b *testing.B) { benchmark(b, name) })
	}
}

func benchmark(b *testing.B, name string) {
	folder := benchFolder(b)
	machine, _ := asl.ParseFile(name, read(b, folder, name+".asl.json"))
	program, findings := simulate.Compile(machine)
	if program == nil {
		b.Fatal(findings)
	}
	config, _ := mock.Parse("mocks.json", string(read(b, folder, "mocks.json")))
	test, err := config.Select("order", "HappyPath")
	if err != nil {
		b.Fatal(err)
	}
	input, err := value.Parse(string(read(b, folder, "input.json")))
	if err != nil {
		b.Fatal(err)
	}
	answers := config.Answers(test)
	options := simulate.Options{Handler: answers.Handle}
	b.ReportAllocs()
	events := 0
	for b.Loop() {
		answers.Reset()
		result, err := program.Start(input, options).Run(b.Context())
		if err != nil || result.Status != simulate.Succeeded {
			b.Fatalf("%v %+v", err, result.Failure)
		}
		events = len(result.Events)
	}
	b.ReportMetric(float64(events), "events")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "executions/s")
}
