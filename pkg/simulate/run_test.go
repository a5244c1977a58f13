package simulate_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl"
	"github.com/sfnctl/sfnctl/pkg/simulate"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func TestOneCallRunsAMachine(t *testing.T) {
	t.Parallel()
	machine, _ := asl.ParseFile("d.asl.json", []byte(`{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": {"ok": true}, "End": true}}}`))
	result, err := simulate.Run(t.Context(), machine, value.Value{}, simulate.Options{})
	if err != nil || result.Output.Compact() != `{"ok":true}` {
		t.Errorf("%v, %v", result, err)
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := simulate.Run(over, machine, value.Value{}, simulate.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that is over: %v", err)
	}
	broken, _ := asl.ParseFile("d.asl.json", []byte(`{"States": {}}`))
	var notExecutable *simulate.NotExecutableError
	if _, err := simulate.Run(t.Context(), broken, value.Value{}, simulate.Options{}); !errors.As(err, &notExecutable) || !strings.HasPrefix(err.Error(), "d.asl.json: the definition cannot run: ") {
		t.Error(err)
	}
}
