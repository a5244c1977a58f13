package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// closedPipe is the write end of a pipe whose reader went away.
type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, syscall.EPIPE }

func TestAClosedPipeEndsQuietly(t *testing.T) {
	var stderr strings.Builder
	env := System()
	env.Dir, env.Stdout, env.Stderr = exampleDir(t), closedPipe{}, &stderr
	env.Getenv = func(string) string { return "" }
	if code := Main(context.Background(), []string{"lint", "--fail-level", "never", "."}, env); code != exitOK || stderr.Len() > 0 {
		t.Errorf("exit code %d, stderr %q", code, stderr.String())
	}
}

func TestAnInterruptedRunSaysSo(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	env := System()
	env.Dir, env.Stdout, env.Stderr = exampleDir(t), io.Discard, io.Discard
	if code := Main(ctx, []string{"lint", "."}, env); code != exitInterrupted {
		t.Errorf("exit code %d, want %d", code, exitInterrupted)
	}
}

func TestOutputDoesNotDependOnTheOrderOfArguments(t *testing.T) {
	root := filepath.Join("..", "..", "testdata")
	_, forward, _ := run(t, root, "", "lint", "--format", "json", "faulty", "workflows")
	_, backward, _ := run(t, root, "", "lint", "--format", "json", "workflows", "faulty/user-information-as-printed.asl.json")
	if forward != backward || forward == "" {
		t.Error("the reports differ")
	}
}

// BenchmarkLintCorpus is one whole run over the shared collection of real
// definitions, from the arguments to the last byte of output.
func BenchmarkLintCorpus(b *testing.B) {
	corpus, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "corpus"))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := os.Stat(corpus); err != nil {
		b.Skip("the shared corpus is not there")
	}
	env := System()
	env.Dir, env.Stdout, env.Stderr = corpus, io.Discard, io.Discard
	b.ReportAllocs()
	for b.Loop() {
		if code := Main(b.Context(), []string{"lint", "--no-config", "--format", "json", "asl"}, env); code != exitFault {
			b.Fatalf("exit code %d", code)
		}
	}
}
