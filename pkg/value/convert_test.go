package value_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func TestValuesComeFromAndGoToWhatEncodingJSONKnows(t *testing.T) {
	t.Parallel()
	text := `{"a":[1,2.5,"x",null,true],"b":{"c":{}}}`
	var decoded any
	if err := json.Unmarshal([]byte(text), &decoded); err != nil {
		t.Fatal(err)
	}
	v, err := value.FromAny(decoded)
	if err != nil || v.Compact() != text {
		t.Errorf("%s, %v", v, err)
	}
	if diff := cmp.Diff(decoded, v.ToAny()); diff != "" {
		t.Error(diff)
	}
	if v, err := value.FromAny(map[string]any{"n": 7}); err != nil || v.Compact() != `{"n":7}` {
		t.Errorf("%s, %v", v, err)
	}
	if _, err := value.FromAny(map[string]any{"a": []any{make(chan int)}}); err == nil || !strings.Contains(err.Error(), `"a": [0]: a chan int has no JSON form`) {
		t.Error(err)
	}
}
