package integrations

import (
	"fmt"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
	"github.com/sfnctl/sfnctl/pkg/diag"
	"github.com/sfnctl/sfnctl/pkg/lint"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

func unsupportedPattern() *lint.Rule {
	return &lint.Rule{
		Name: "unsupported-pattern", Category: lint.Integrations, Severity: diag.Error, Preset: lint.Spec,
		Summary:  "an integration does not offer the pattern that the end of its Resource asks for",
		Requires: []lint.Prerequisite{allTasks},
		Run: func(p *lint.Pass) {
			for task := range tasks(p) {
				if fault, help := patternFault(task.resource); fault != "" {
					task.report(p, diag.Diagnostic{
						Span: task.suffixSpan(), Message: task.subject() + " " + fault, Help: help, AWS: task.unrecognized(),
					})
				}
			}
		},
	}
}

// patternFault says why the pattern cannot be used, and what can be done.
func patternFault(r spec.Resource) (fault, help string) {
	if !r.IsIntegration() {
		return "", ""
	}
	integration, verdict := spec.Lookup(r)
	switch {
	case verdict == spec.UnknownService, verdict == spec.NotOffered,
		verdict == spec.UnknownAction && r.Kind == spec.OptimizedIntegration:
		return "", "" // unknown-integration says so
	case r.Pattern == spec.UnknownPattern:
		return fmt.Sprintf("asks for a pattern that does not exist: %q", r.Suffix), misspeltHelp(r, integration)
	case r.Kind == spec.SDKIntegration && r.Pattern.IsJob():
		return fmt.Sprintf("uses %s, which SDK integrations do not have", r.Pattern.Suffix()),
			"call the service's optimized integration if it has a job pattern, or poll the job with a Wait"
	case verdict == spec.Known && !integration.Patterns.Has(r.Pattern):
		return fmt.Sprintf("uses %s, which %s does not have", r.Pattern.Suffix(), call(r)), patternHelp(r, integration)
	}
	return "", ""
}

func misspeltHelp(r spec.Resource, integration *spec.Integration) string {
	for _, pattern := range []spec.Pattern{spec.Sync, spec.WaitForTaskToken} {
		if nearMiss(r.Suffix, pattern.Suffix()) {
			return didYouMean(pattern.Suffix())
		}
	}
	return patternHelp(r, integration)
}

// patternHelp lists the suffixes that the integration offers.
func patternHelp(r spec.Resource, integration *spec.Integration) string {
	if integration == nil {
		return `a Resource ends in its action, or in ".waitForTaskToken"`
	}
	var offered []string
	for _, pattern := range []spec.Pattern{spec.Sync, spec.Sync2, spec.WaitForTaskToken} {
		if integration.Patterns.Has(pattern) {
			offered = append(offered, pattern.Suffix())
		}
	}
	if len(offered) == 0 {
		return fmt.Sprintf("leave out %q: the Task goes on when the service has answered", r.Suffix)
	}
	return fmt.Sprintf("%s offers %s, or no suffix at all", call(r), strings.Join(offered, ", "))
}

// suffixSpan is the place of the pattern in the Resource.
func (t *task) suffixSpan() syntax.Span {
	end := len(t.node.Value)
	return t.node.SpanOf(end-len(t.resource.Suffix), end)
}
