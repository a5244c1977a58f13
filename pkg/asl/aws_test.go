package asl

import (
	"regexp"
	"strings"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// The recorded answers of the service to what it refused for its structure.
func TestTheServicesOwnWordsAreKnown(t *testing.T) {
	dir := sharedData(t, "conformance", "validation")
	answer := regexp.MustCompile(`(?s)^Invalid State Machine Definition: '([A-Z_]+): (.*) at (/.*)'$`)
	compared := 0
	walkCases(t, dir, func(path string, src []byte, c recorded) {
		want := answer.FindStringSubmatch(c.Expected.Message)
		if want == nil || strings.Contains(want[2], "not recognized") || strings.Contains(want[2], "Express") {
			return
		}
		compared++
		tree := syntax.Parse(syntax.NewFile("case.json", src))
		_, findings := Parse(tree)
		if len(findings) != 1 || findings[0].AWS == nil {
			t.Errorf("%s: %d findings, want one with the words of the service:\n%s", path, len(findings), listing(findings))
			return
		}
		got := findings[0].AWS
		if got.Code != want[1] || got.Message != want[2] || AWSLocation(tree, got.Span) != want[3] {
			t.Errorf("%s:\n got %s: %s at %s\nwant %s: %s at %s", path, got.Code, got.Message, AWSLocation(tree, got.Span), want[1], want[2], want[3])
		}
	})
	t.Logf("%d answers compared", compared)
}

func TestLocationsAreWrittenAsTheServiceDoes(t *testing.T) {
	tree := syntax.Parse(syntax.NewFile("x.json", []byte(`{"States": {"A/B~": {"Choices": [{}, {"Next": "C"}]}}}`)))
	at := strings.Index(string(tree.File.Src), `"C"`)
	if got := AWSLocation(tree, syntax.Span{Start: at, End: at + 3}); got != "/States/A/B~/Choices[1]/Next" {
		t.Errorf("location %q", got)
	}
	if got := AWSLocation(tree, tree.Root.Span()); got != "/" {
		t.Errorf("location of the top level %q", got)
	}
}
