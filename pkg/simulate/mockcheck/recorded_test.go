package mockcheck

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/value"
)

// recordedCall is a TestState call as recorded from AWS.
type recordedCall struct {
	Request struct {
		Definition struct{ Resource string }
		Mock       struct {
			Raw  string `json:"result_raw"`
			Mode string `json:"fieldValidationMode"`
		}
	}
	Expected struct {
		Error *struct{ Message string }
	}
}

func TestVerdictsAreThoseRecordedFromAWS(t *testing.T) {
	files, _ := filepath.Glob("../../../../shared/conformance/teststate/*/*.json")
	if len(files) == 0 {
		t.Skip("no recorded calls")
	}
	checked := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var call recordedCall
		if json.Unmarshal(text, &call) != nil || call.Request.Mock.Raw == "" || call.Request.Definition.Resource == "" {
			continue
		}
		result, err := value.Parse(call.Request.Mock.Raw)
		if err != nil {
			continue // TestState refuses it before it looks at the API
		}
		checked++
		want := ""
		if call.Expected.Error != nil && strings.HasPrefix(call.Expected.Error.Message, "Mock result schema") {
			want = call.Expected.Error.Message
		}
		if got := firstMessage(call.Request.Definition.Resource, result, call.Request.Mock.Mode); got != want {
			t.Errorf("%s: got %q, want %q", filepath.Base(file), got, want)
		}
	}
	t.Logf("%d calls", checked)
}

func firstMessage(resource string, result value.Value, mode string) string {
	parsed, _ := ParseMode(mode)
	problems := Check(spec.ParseResource(resource), result, parsed)
	if len(problems) == 0 {
		return ""
	}
	return problems[0].Message()
}
