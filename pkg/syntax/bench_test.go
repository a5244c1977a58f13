package syntax

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// definition makes a state machine of n states, about 300 bytes each.
func definition(n int) []byte {
	var b strings.Builder
	b.WriteString("{\n  \"Comment\": \"made for measuring\",\n  \"StartAt\": \"State 0\",\n  \"States\": {")
	for i := range n {
		fmt.Fprintf(&b, "\n    \"State %d\": {\n      \"Type\": \"Task\",\n      \"Resource\": \"arn:aws:states:::lambda:invoke\",\n"+
			"      \"Parameters\": {\n        \"FunctionName\": \"f\",\n        \"Payload.$\": \"$.items[%d]\"\n      },\n"+
			"      \"Retry\": [{\"ErrorEquals\": [\"States.ALL\"], \"MaxAttempts\": %d, \"BackoffRate\": 1.5}],\n      \"Next\": \"State %d\"\n    },", i, i, i%5, i+1)
	}
	fmt.Fprintf(&b, "\n    \"State %d\": {\"Type\": \"Succeed\"}\n  }\n}\n", n)
	return []byte(b.String())
}

func BenchmarkJSON(b *testing.B) {
	src := definition(100)
	f := NewFile("x.json", src)
	b.Run("tree", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			ParseJSON(f)
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			var v any
			if err := json.Unmarshal(src, &v); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("broken", func(b *testing.B) {
		broken := []byte(strings.Replace(string(src), "},", "", 10))
		b.SetBytes(int64(len(broken)))
		b.ReportAllocs()
		for b.Loop() {
			ParseJSON(NewFile("x.json", broken))
		}
	})
}

func BenchmarkYAML(b *testing.B) {
	var v any
	if err := json.Unmarshal(definition(100), &v); err != nil {
		b.Fatal(err)
	}
	src, err := yaml.Marshal(v)
	if err != nil {
		b.Fatal(err)
	}
	f := NewFile("x.yaml", src)
	b.Run("tree", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			ParseYAML(f)
		}
	})
	b.Run("library", func(b *testing.B) {
		b.SetBytes(int64(len(src)))
		b.ReportAllocs()
		for b.Loop() {
			var n yaml.Node
			if err := yaml.Unmarshal(src, &n); err != nil {
				b.Fatal(err)
			}
		}
	})
}
