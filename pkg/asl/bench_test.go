package asl

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func BenchmarkParseCorpus(b *testing.B) {
	dir := sharedData(b, "corpus", "asl")
	var trees []*syntax.Tree
	size := int64(0)
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		size += int64(len(src))
		trees = append(trees, syntax.Parse(syntax.NewFile(path, src)))
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.SetBytes(size)
	for b.Loop() {
		for _, tree := range trees {
			Parse(tree)
		}
	}
}

func BenchmarkParseManyStates(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		tree := syntax.Parse(syntax.NewFile("many.json", []byte(chainOf(n, "S%d"))))
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(tree)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/state")
		})
	}
}

// chainOf writes a machine of n states, each of which leads to the one that
// target names, given the number of the next.
func chainOf(n int, target string) string {
	var text strings.Builder
	text.WriteString(`{"StartAt": "S0", "States": {`)
	for i := range n {
		fmt.Fprintf(&text, `"S%d": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
			"Parameters": {"FunctionName": "f", "Payload": {"id.$": "$.id", "n": %d}}, "ResultPath": "$.r",
			"Retry": [{"ErrorEquals": ["States.ALL"]}], "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "End"}], "Next": "`+target+`"},`, i, i, i+1)
	}
	fmt.Fprintf(&text, `"S%d": {"Type": "Pass", "Next": "End"}, "End": {"Type": "Succeed"}}}`, n)
	return text.String()
}

func TestDecodingIsLinearInBrokenStates(t *testing.T) {
	const states = 20_000
	src := []byte(chainOf(states, "Nowhere%d"))
	start := time.Now()
	_, findings := ParseFile("broken.json", src)
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("%d states with a broken transition each took %v", states, took)
	}
	if len(findings) != states {
		t.Errorf("%d findings, want one for each of %d states", len(findings), states)
	}
}
